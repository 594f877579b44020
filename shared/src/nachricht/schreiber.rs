//! The one writer of all messages.

use std::io::Write as _;

use base64::{engine::general_purpose::STANDARD, write::EncoderWriter};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::{
    angaben::{Antrag, View},
    din91379::{self, Datentyp},
    nachricht::{
        Anlage, Anlagen, Element, Folge, Kopf, Medientyp, Nachricht, Quelle,
        anmerkungen::anmerkungen,
    },
    werte::Xoev,
};

/// Why a message cannot be written. Names paths and elements, never answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NachrichtError {
    /// The answer at this path is none of its Feld.
    Unreadable { pfad: String },
    /// The text of this element has a character that DIN 91379 datatypeC does not hold.
    Character { element: &'static str, pfad: String },
}

impl std::fmt::Display for NachrichtError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NachrichtError::Unreadable { pfad } => write!(f, "the answer `{pfad}` is not readable"),
            NachrichtError::Character { element, pfad } => {
                write!(f, "element `{element}` (`{pfad}`) has a character outside DIN 91379")
            }
        }
    }
}

impl std::error::Error for NachrichtError {}

/// The message as UTF-8, indented, with an XML declaration and without a BOM.
///
/// # Errors
/// An answer or a setting that no message can carry. Checks refuse such answers before, so it is
/// for the operator to look at.
pub fn write(
    nachricht: &Nachricht,
    antrag: &Antrag,
    kopf: &Kopf<'_>,
    anlagen: &Anlagen<'_>,
) -> Result<Vec<u8>, NachrichtError> {
    write_from(nachricht, antrag.view(), kopf, anlagen, None)
}

/// The same, of answers that may be none, and of what is sent after them.
pub(super) fn write_from(
    nachricht: &Nachricht,
    view: View<'_>,
    kopf: &Kopf<'_>,
    anlagen: &Anlagen<'_>,
    folge: Option<&Folge<'_>>,
) -> Result<Vec<u8>, NachrichtError> {
    let files = anlagen.nachweise.iter().map(|it| it.inhalt.len()).sum::<usize>();
    let size = 16 * 1024 + (files + anlagen.zusammenfassung.len()) / 3 * 4;
    let mut schreiber = Schreiber {
        out: Writer::new_with_indent(Vec::with_capacity(size), b' ', 1),
        nachricht,
        anlagen,
        is_bibliothek: false,
    };
    schreiber.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let quelle = Quelle { nachricht, kopf, view, nummer: 0, anlage: None, folge };
    schreiber.root(&quelle)?;
    Ok(schreiber.out.into_inner())
}

struct Schreiber<'a> {
    out: Writer<Vec<u8>>,
    nachricht: &'a Nachricht,
    anlagen: &'a Anlagen<'a>,
    is_bibliothek: bool,
}

/// Whether anything was written that does not stand there anyway.
type Wrote = Result<bool, NachrichtError>;

impl Schreiber<'_> {
    fn root(&mut self, quelle: &Quelle<'_>) -> Result<(), NachrichtError> {
        let Nachricht { name, standard, .. } = self.nachricht;
        let kopf = quelle.kopf;
        let behoerde = kopf.behoerde;
        let mut attributes = vec![
            ("produkt", behoerde.produkt.as_str()),
            ("produkthersteller", behoerde.produkthersteller.as_str()),
            ("produktversion", kopf.produktversion),
            ("standard", standard.name),
        ];
        attributes.extend(kopf.test.map(|it| ("test", it)));
        attributes.push(("version", standard.version));
        for (attribute, value) in &attributes {
            check(value, attribute, attribute)?;
        }
        let root = format!("{}:{name}", standard.praefix);
        let xmlns = format!("xmlns:{}", standard.praefix);
        let start = BytesStart::new(root.as_str())
            .with_attributes([(xmlns.as_str(), standard.namespace)])
            .with_attributes(attributes);
        self.event(Event::Start(start));
        self.elements(standard.kopf, quelle)?;
        self.elements(self.nachricht.inhalt, quelle)?;
        self.event(Event::End(BytesEnd::new(root)));
        Ok(())
    }

    fn elements(&mut self, elements: &[Element], quelle: &Quelle<'_>) -> Wrote {
        let mut wrote = false;
        for element in elements {
            wrote |= self.element(element, quelle)?;
        }
        Ok(wrote)
    }

    fn element(&mut self, element: &Element, quelle: &Quelle<'_>) -> Wrote {
        let view = &quelle.view;
        let stichtag = quelle.kopf.stichtag;
        match element {
            Element::Parent { name, children, immer } => {
                let before = self.out.get_ref().len();
                let tag = self.start(name);
                let wrote = self.elements(children, quelle)?;
                self.event(Event::End(BytesEnd::new(tag)));
                if !wrote && !immer {
                    self.out.get_mut().truncate(before);
                }
                Ok(wrote)
            }
            Element::Wert { name, feld, read } => {
                let Some(text) = view.text(feld.id) else { return Ok(false) };
                match read(text) {
                    Some(xoev) => self.value(name, &xoev, &view.pfad(feld.id)),
                    // A box that is not ticked is no answer.
                    None if text == "false" => Ok(false),
                    None => Err(NachrichtError::Unreadable { pfad: view.pfad(feld.id) }),
                }
            }
            Element::Aus { name, compute, .. } => match compute(quelle) {
                Some(xoev) => self.value(name, &xoev, &view.pfad(name)),
                None => Ok(false),
            },
            Element::Fest { name, urn, version, code } => {
                let code = Xoev::Code { urn, version, code: (*code).to_owned() };
                self.value(name, &code, name)?;
                Ok(false)
            }
            Element::Anmerkungen { name, inhalt } => {
                // Labels have quotes and dashes that datatypeC lacks.
                let text = anmerkungen(inhalt, view, stichtag);
                let text = din91379::replace_lossless(&text).0;
                if text.is_empty() {
                    return Ok(false);
                }
                self.value(name, &Xoev::Text(text), &view.pfad(name))
            }
            Element::Je(gruppe, children) => {
                let mut nummer = 0;
                for eintrag in view.eintraege(gruppe) {
                    let wrote =
                        self.elements(children, &Quelle { view: eintrag, nummer, ..*quelle })?;
                    nummer += usize::from(wrote);
                }
                Ok(0 < nummer)
            }
            Element::Unter(praefix, children) => {
                self.elements(children, &Quelle { view: view.unter(praefix), ..*quelle })
            }
            Element::Wenn(bedingung, children) => {
                match bedingung.holds(view.angaben(), view.praefix(), stichtag) {
                    true => self.elements(children, quelle),
                    false => Ok(false),
                }
            }
            Element::Wahl(children) => {
                for child in *children {
                    if self.element(child, quelle)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Element::Bibliothek(children) => {
                let outer = std::mem::replace(&mut self.is_bibliothek, true);
                let wrote = self.elements(children, quelle);
                self.is_bibliothek = outer;
                wrote
            }
            Element::JeNachweis(children) => {
                for anlage in self.anlagen.nachweise {
                    self.anlage(anlage, children, quelle)?;
                }
                Ok(!self.anlagen.nachweise.is_empty())
            }
            Element::Zusammenfassung(children) => {
                let anlage = Anlage {
                    typ: "",
                    bezeichnung: "Zusammenfassung",
                    medientyp: Medientyp::Pdf,
                    inhalt: self.anlagen.zusammenfassung,
                };
                self.anlage(&anlage, children, quelle)
            }
            Element::Inhalt(name) => {
                let tag = self.start(name);
                self.event(Event::Text(BytesText::from_escaped("")));
                let bytes = quelle.anlage.map_or(&[][..], |it| it.inhalt);
                let mut encoder = EncoderWriter::new(self.out.get_mut(), &STANDARD);
                encoder.write_all(bytes).and_then(|()| encoder.finish()).expect(MEMORY);
                drop(encoder);
                self.event(Event::End(BytesEnd::new(tag)));
                Ok(true)
            }
        }
    }

    fn anlage(&mut self, anlage: &Anlage<'_>, children: &[Element], quelle: &Quelle<'_>) -> Wrote {
        let view = quelle.view.clone();
        let Quelle { nachricht, kopf, nummer, folge, .. } = *quelle;
        let anlage = Some(anlage);
        self.elements(children, &Quelle { nachricht, kopf, view, nummer, anlage, folge })
    }

    /// An element and the value in it. What is inside a value is never in the namespace.
    fn value(&mut self, name: &'static str, xoev: &Xoev, pfad: &str) -> Wrote {
        let (tag, inner, text): (_, &[&str], &str) = match xoev {
            Xoev::Text(text) => (self.start(name), &[], text),
            Xoev::In(inner, text) => (self.start(name), inner, text),
            Xoev::Code { urn, version, code } => {
                let tag = self.tag(name);
                let start = BytesStart::new(tag.as_str())
                    .with_attributes([("listURI", *urn), ("listVersionID", *version)]);
                self.event(Event::Start(start));
                (tag, &["code"], code)
            }
        };
        check(text, name, pfad)?;
        for it in inner {
            self.event(Event::Start(BytesStart::new(*it)));
        }
        self.event(Event::Text(BytesText::new(text)));
        for it in inner.iter().rev() {
            self.event(Event::End(BytesEnd::new(*it)));
        }
        self.event(Event::End(BytesEnd::new(tag)));
        Ok(true)
    }

    fn start(&mut self, name: &str) -> String {
        let tag = self.tag(name);
        self.event(Event::Start(BytesStart::new(tag.as_str())));
        tag
    }

    fn tag(&self, name: &str) -> String {
        match self.is_bibliothek {
            true => name.to_owned(),
            false => format!("{}:{name}", self.nachricht.standard.praefix),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        self.out.write_event(event).expect(MEMORY);
    }
}

const MEMORY: &str = "writing into memory does not fail";

fn check(text: &str, element: &'static str, pfad: &str) -> Result<(), NachrichtError> {
    match din91379::first_invalid(text, Datentyp::C) {
        None => Ok(()),
        Some(_) => Err(NachrichtError::Character { element, pfad: pfad.to_owned() }),
    }
}
