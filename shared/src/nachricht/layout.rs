//! The vocabulary in which a message is laid out.

use crate::{
    angaben::View,
    bausteine::without_blanks,
    formular::{Bedingung, Datenfeld, Feld, Feldgruppe, Inhalt},
    nachricht::{Anlage, Folge, Kopf},
    werte::{Nummer, Wert, Xoev},
};

/// A message of one application, in one release of its standard.
pub struct Nachricht {
    /// The root element: `OZG.Verpflichtungserklaerung.130201`
    pub name: &'static str,
    /// Code of the Nachrichtentyp: `130201`
    pub typ: &'static str,
    pub standard: &'static Standard,
    /// Names and order as in the schema, without the header.
    pub inhalt: &'static [Element],
    /// Questions whose answers have no element, each with the reason. Paths as in
    /// [`Nachricht::felder`].
    pub ohne_element: &'static [(&'static str, &'static str)],
}

/// A release of a standard.
pub struct Standard {
    /// Attribute `standard` of the root.
    pub name: &'static str,
    /// What the operator calls this release: `xauslaender2611`.
    pub release: &'static str,
    /// Attribute `version` of the root.
    pub version: &'static str,
    pub namespace: &'static str,
    /// Prefix of the standard's own elements. There is no default namespace: elements of the XÖV
    /// library are in none.
    pub praefix: &'static str,
    /// What every message begins with.
    pub kopf: &'static [Element],
}

/// A part of a message. Elements in which nothing was answered are left out.
pub enum Element {
    /// An element with children; `immer`: even without any.
    Parent { name: &'static str, children: &'static [Element], immer: bool },
    /// The answer to a question.
    Wert { name: &'static str, feld: &'static Datenfeld, read: fn(&str) -> Option<Xoev> },
    /// Worked out from the answers to these questions, or from the header.
    Aus {
        name: &'static str,
        felder: &'static [&'static Datenfeld],
        compute: fn(&Quelle<'_>) -> Option<Xoev>,
    },
    /// Always the same; written only where something else is beside it.
    Fest { name: &'static str, urn: &'static str, version: &'static str, code: &'static str },
    /// Answers that the schema has no element for, as lines of text.
    Anmerkungen { name: &'static str, inhalt: &'static [Inhalt] },
    /// Once for each entry of a group; paths are those of the entry.
    Je(&'static Feldgruppe, &'static [Element]),
    /// Paths below this praefix.
    Unter(&'static str, &'static [Element]),
    /// Only then.
    Wenn(Bedingung, &'static [Element]),
    /// The first of these in which there is anything.
    Wahl(&'static [Element]),
    /// From here on elements of the XÖV library: without a namespace.
    Bibliothek(&'static [Element]),
    /// Once for each Nachweis.
    JeNachweis(&'static [Element]),
    /// Once, with the summary as the Anlage.
    Zusammenfassung(&'static [Element]),
    /// The bytes of the Anlage, in base64.
    Inhalt(&'static str),
}

/// What an [`Element::Aus`] is computed from.
pub struct Quelle<'a> {
    pub nachricht: &'a Nachricht,
    pub kopf: &'a Kopf<'a>,
    /// The answers; paths are relative to the part that is being written.
    pub view: View<'a>,
    /// How many entries of the group were written before this one.
    pub nummer: usize,
    /// The file that is being written, if any.
    pub anlage: Option<&'a Anlage<'a>>,
    /// What is sent after the application, if this is it.
    pub folge: Option<&'a Folge<'a>>,
}

/// The name of an element that gets children.
pub struct Tag(&'static str);

/// `element("geburt").with(&[…])`
pub const fn element(name: &'static str) -> Tag {
    Tag(name)
}

impl Tag {
    /// With these children.
    pub const fn with(self, children: &'static [Element]) -> Element {
        Element::Parent { name: self.0, children, immer: false }
    }

    /// With these children, and also without any.
    pub const fn always_with(self, children: &'static [Element]) -> Element {
        Element::Parent { name: self.0, children, immer: true }
    }
}

/// `wert("beruf", &BERUF)`
pub const fn wert<T: Wert>(name: &'static str, feld: &'static Feld<T>) -> Element {
    Element::Wert { name, feld: &feld.datenfeld, read: read::<T> }
}

fn read<T: Wert>(text: &str) -> Option<Xoev> {
    T::read(text).map(|it| it.to_xoev())
}

/// The number of a document: upper case, without blanks.
pub const fn nummer(name: &'static str, feld: &'static Feld<Nummer>) -> Element {
    Element::Wert { name, feld: &feld.datenfeld, read: read_nummer }
}

fn read_nummer(text: &str) -> Option<Xoev> {
    Nummer::read(text).map(|it| Xoev::Text(without_blanks(it.as_str())))
}

/// `aus("staat", &[&STAAT.datenfeld], |quelle| …)`
pub const fn aus(
    name: &'static str,
    felder: &'static [&'static Datenfeld],
    compute: fn(&Quelle<'_>) -> Option<Xoev>,
) -> Element {
    Element::Aus { name, felder, compute }
}

/// A code that is always the same.
pub const fn fest(
    name: &'static str,
    urn: &'static str,
    version: &'static str,
    code: &'static str,
) -> Element {
    Element::Fest { name, urn, version, code }
}

/// Answers as lines of text, in the words of the form.
pub const fn anmerkungen(name: &'static str, inhalt: &'static [Inhalt]) -> Element {
    Element::Anmerkungen { name, inhalt }
}

/// `je(&KINDER, &[element("kind").with(&[…])])`
pub const fn je(gruppe: &'static Feldgruppe, children: &'static [Element]) -> Element {
    Element::Je(gruppe, children)
}

/// `unter("geber.", &[…])`
pub const fn unter(praefix: &'static str, children: &'static [Element]) -> Element {
    Element::Unter(praefix, children)
}

/// `wenn(IST_PRIVAT, &[…])`
pub const fn wenn(bedingung: Bedingung, children: &'static [Element]) -> Element {
    Element::Wenn(bedingung, children)
}

/// `xs:choice`
pub const fn wahl(children: &'static [Element]) -> Element {
    Element::Wahl(children)
}

/// Elements of the XÖV library and of XInneres.
pub const fn bibliothek(children: &'static [Element]) -> Element {
    Element::Bibliothek(children)
}

/// Once for each Nachweis.
pub const fn je_nachweis(children: &'static [Element]) -> Element {
    Element::JeNachweis(children)
}

/// The summary as Anlage.
pub const fn zusammenfassung(children: &'static [Element]) -> Element {
    Element::Zusammenfassung(children)
}

/// The bytes of the Anlage.
pub const fn inhalt(name: &'static str) -> Element {
    Element::Inhalt(name)
}

impl Nachricht {
    /// Paths of all questions whose answers the message carries, entries of groups as `[]`:
    /// `begleitpersonen[].geburt.datum`
    pub fn felder(&self) -> Vec<String> {
        let mut felder = Vec::new();
        collect(self.inhalt, "", &mut felder);
        return felder;

        fn collect(elements: &[Element], praefix: &str, felder: &mut Vec<String>) {
            for element in elements {
                match element {
                    Element::Wert { feld, .. } => felder.push(pfad(praefix, feld)),
                    Element::Aus { felder: aus, .. } => {
                        felder.extend(aus.iter().map(|feld| pfad(praefix, feld)));
                    }
                    Element::Anmerkungen { inhalt, .. } => forms(inhalt, praefix, felder),
                    Element::Je(gruppe, children) => {
                        collect(children, &format!("{praefix}{}[].", gruppe.id), felder);
                    }
                    Element::Unter(below, children) => {
                        collect(children, &format!("{praefix}{below}"), felder);
                    }
                    Element::Wenn(bedingung, children) => {
                        // Which of several elements is there tells the answer, too.
                        bedingung.for_each_id(&mut |id, _| felder.push(format!("{praefix}{id}")));
                        collect(children, praefix, felder);
                    }
                    Element::Parent { children, .. }
                    | Element::Wahl(children)
                    | Element::Bibliothek(children)
                    | Element::JeNachweis(children)
                    | Element::Zusammenfassung(children) => {
                        collect(children, praefix, felder);
                    }
                    Element::Fest { .. } | Element::Inhalt(_) => {}
                }
            }
        }

        fn forms(inhalt: &[Inhalt], praefix: &str, felder: &mut Vec<String>) {
            for it in inhalt {
                match it {
                    Inhalt::Feld(feld) => felder.push(pfad(praefix, feld)),
                    Inhalt::Gruppe(gruppe) => {
                        forms(gruppe.inhalt, &format!("{praefix}{}[].", gruppe.id), felder);
                    }
                    Inhalt::Baustein(below, baustein) => {
                        forms(baustein.inhalt, &format!("{praefix}{below}"), felder);
                    }
                    _ => {}
                }
            }
        }

        fn pfad(praefix: &str, feld: &Datenfeld) -> String {
            match feld.id {
                "" => praefix.trim_end_matches('.').to_owned(),
                id => format!("{praefix}{id}"),
            }
        }
    }
}
