//! The vocabulary in which a form is declared, close to that of FIM (Datenfeld, Feldgruppe, …).
//!
//! A [`Formular`] has Abschnitte, an [`Abschnitt`] has Schritte (the lines of the task list), a
//! [`Schritt`] has Seiten, and a [`Seite`] asks one thing. Everything here is data: the pages, the
//! checks, the summary, the message and the Prüfblatt are all made from it.

mod bedingung;
mod feld;
mod zulieferung;

use crate::{
    angaben::{Angaben, View},
    einstellungen::{Textblock, Verzeichnis},
    feiertage::Land,
    pruefung::Pruefer,
    recht::{Gueltigkeit, Norm},
    texte::{Text, Texte},
    werte::Datum,
    zeitleiste::Zeitleiste,
};

pub use bedingung::{Bedingung, Praedikat};
pub(crate) use feld::datum_fund;
pub use feld::{DURCH_REGEL, Datenfeld, Datentyp, Feld, Fund, Zeichen};
pub use zulieferung::Zulieferung;

/// An application, declared once.
pub struct Formular {
    /// `verpflichtungserklaerung`: in URLs, in the API, on the command line.
    pub id: &'static str,
    /// Beginning of the Vorgangsnummer: `VE`.
    pub kuerzel: &'static str,
    pub titel: &'static str,
    /// One or two sentences that say what it is good for.
    pub worum: &'static str,
    /// What somebody should have at hand before starting, one line each.
    pub bereithalten: &'static [&'static str],
    /// What happens after sending, one sentence each.
    pub danach: &'static [&'static str],
    /// How long it takes to fill in, as a sentence.
    pub dauer: &'static str,
    /// What it costs and when it is paid, as a sentence.
    pub gebuehr: &'static str,
    /// Key of the Leistung in the Leistungskatalog (LeiKa).
    pub leika: &'static str,
    pub norm: Norm,
    /// What lets the Behörde process personal data at all; [`DATEN`](crate::recht::DATEN) in shared
    /// questions stands for it.
    pub daten: Norm,
    pub abschnitte: &'static [Abschnitt],
    /// One line that names the people concerned, for the work list.
    pub betreff: fn(&View<'_>) -> String,
    /// Computed for the caseworker alone, as a proposal that binds nobody.
    pub vorschlaege: &'static [&'static Auskunft],
    /// The part of it that somebody else may fill in.
    pub zulieferung: Option<&'static Zulieferung>,
}

/// Schritte that belong together; asked once, or once for each entry of a group.
pub struct Abschnitt {
    pub id: &'static str,
    pub titel: &'static str,
    /// The group whose entries this is asked for: paths begin with `personen[0].` An entry that the
    /// group offers from the start is asked about even before anything is known of it.
    pub je: Option<&'static Feldgruppe>,
    /// Of which entries it is asked; an entry that it leaves out is dropped.
    pub wenn: Bedingung,
    pub schritte: &'static [Schritt],
}

/// A line of the task list.
pub struct Schritt {
    pub id: &'static str,
    pub titel: &'static str,
    pub wenn: Bedingung,
    pub seiten: &'static [Seite],
}

/// A page: one thing that is asked.
pub struct Seite {
    /// Unique in the form; the last part of its URL.
    pub id: &'static str,
    pub titel: &'static str,
    /// Sentences above the questions; empty where none are needed.
    pub einleitung: &'static str,
    pub wenn: Bedingung,
    pub inhalt: &'static [Inhalt],
    pub art: Seitenart,
    /// Asks about somebody else than who types: a browser must not fill in its owner's data.
    pub ueber_andere: bool,
}

/// What a page does besides asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seitenart {
    Fragen,
    /// Stays open for the Bedenkzeit that the Behörde sets before one can go on (§ 68 Abs. 2 Satz 2
    /// AufenthG).
    Bedenkzeit,
    /// Hands the [`Zulieferung`] of the form to somebody else, below its own questions.
    Zulieferung,
    /// Shows all answers above its own questions; the last page before sending.
    Zusammenfassung,
}

/// What stands on a page, in the order in which it is shown and checked.
pub enum Inhalt {
    Feld(&'static Datenfeld),
    Gruppe(&'static Feldgruppe),
    /// Shared questions, their paths below a praefix that ends in a full stop (`geber.`).
    Baustein(&'static str, &'static Baustein),
    /// Is checked here, and shown nowhere.
    Regel(&'static Regel),
    Hinweis(&'static Hinweis),
    Auskunft(&'static Auskunft),
    Nachweise(&'static Nachweise),
}

/// Questions that several forms share, and how they are checked together.
pub struct Baustein {
    pub id: &'static str,
    /// Heading on a page that has more than one Baustein; may be empty.
    pub titel: &'static str,
    pub wenn: Bedingung,
    pub inhalt: &'static [Inhalt],
    /// Where given, this checks all that is in the Baustein; else each Feld is checked for itself.
    pub pruefe: Option<fn(&mut Pruefer<'_>)>,
}

/// Questions that repeat: Kinder, Mitreisende, Netto-Einkommen of several months.
pub struct Feldgruppe {
    pub id: &'static str,
    pub titel: &'static str,
    /// What one entry is called: `Person`, `Monat`.
    pub eintrag: &'static str,
    pub hilfe: &'static str,
    pub norm: Option<Norm>,
    /// Entries that the page offers from the start.
    pub min: usize,
    /// `MAX_ITEMS` beyond it; 0 leaves the number to a rule.
    pub max: usize,
    pub wenn: Bedingung,
    pub inhalt: &'static [Inhalt],
    /// The Feld that stands for the whole entry where data have a bare value in its place:
    /// `"staatsangehoerigkeiten": ["000"]`. The empty id: the entry *is* the value.
    pub skalar: Option<&'static str>,
    /// Whether entries are lines of one question instead of cards of their own.
    pub kurz: bool,
    /// Whether entries are consecutive months, the last one the month before the Stichtag.
    pub monate: bool,
    /// What a particular entry is called, given its answers: the name of a person. Where there is
    /// none, or it is empty, entries are numbered.
    pub name: Option<fn(&View<'_>) -> String>,
}

/// A check across answers: a sentence, a Norm, a time in which it holds, and a function.
pub struct Regel {
    pub id: &'static str,
    /// The rule as a sentence, for the Prüfblatt.
    pub satz: &'static str,
    pub norm: Option<Norm>,
    pub gueltig: Gueltigkeit,
    /// All codes that it can report.
    pub codes: &'static [&'static str],
    pub pruefe: fn(&mut Pruefer<'_>),
}

/// `regeln! { NAME = "id", norm, [codes], "Satz.", function; … }`: rules that hold without a known
/// beginning or end.
macro_rules! regeln {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $norm:expr, [$($code:literal),*], $satz:literal, $pruefe:expr;)*) => {
        $($(#[$doc])* pub static $name: $crate::formular::Regel = $crate::formular::Regel {
            id: $id,
            satz: $satz,
            norm: Some($norm),
            gueltig: $crate::recht::Gueltigkeit::IMMER,
            codes: &[$($code),*],
            pruefe: $pruefe,
        };)*
    };
}
pub(crate) use regeln;

/// A text on a page that asks nothing.
pub struct Hinweis {
    pub id: &'static str,
    pub art: Hinweisart,
    /// Paragraphs.
    pub text: &'static [&'static str],
    pub wenn: Bedingung,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hinweisart {
    /// Plain paragraphs.
    Text,
    Info,
    Warnung,
    /// A longer text to open, read and print; each paragraph begins with what it is about and a
    /// colon.
    Merkblatt,
}

/// Something computed from the answers and shown, binding nobody.
pub struct Auskunft {
    pub id: &'static str,
    pub titel: &'static str,
    pub norm: Option<Norm>,
    /// Whether it is about the day on which it is looked at, and not about the day of sending.
    pub is_taeglich: bool,
    /// `None` where the answers do not suffice yet.
    pub compute: fn(&View<'_>, &Kontext<'_>) -> Option<Ergebnis>,
}

/// What an [`Auskunft`] shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ergebnis {
    /// The result in a sentence: key in other languages, and the German text.
    pub satz: (&'static str, &'static str),
    pub is_gut: bool,
    /// How it was computed.
    pub zeilen: Vec<Ergebniszeile>,
    /// The times that it rests on, as pictures.
    pub zeitleisten: Vec<Zeitleiste>,
}

/// A line of an [`Ergebnis`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ergebniszeile {
    /// Key below `auskunft.` in other languages, and the German text.
    pub label: (&'static str, &'static str),
    /// Whom it is about, where there are several; else empty.
    pub wer: String,
    pub wert: Text,
}

impl Ergebniszeile {
    /// With a value that is the same in every language.
    pub fn new(label: (&'static str, &'static str), wert: impl ToString) -> Ergebniszeile {
        Ergebniszeile { label, wer: String::new(), wert: Text::fest(&wert.to_string()) }
    }

    /// With a value in words: its key below `auskunft.`, and the German text.
    pub fn wort(
        label: (&'static str, &'static str),
        (key, deutsch): (&str, &str),
    ) -> Ergebniszeile {
        let wert = Text::new(&format!("auskunft.{key}"), deutsch);
        Ergebniszeile { label, wer: String::new(), wert }
    }

    pub fn von(self, wer: String) -> Ergebniszeile {
        Ergebniszeile { wer, ..self }
    }

    /// `Ada Muster: 255 Euro`, or the value alone.
    pub fn text(&self, texte: &Texte) -> String {
        let wert = texte.of(&self.wert);
        if self.wer.is_empty() { wert.to_owned() } else { format!("{}: {wert}", self.wer) }
    }
}

impl Ergebnis {
    /// `{satz, gut, zeilen: [{label, wert}], zeitleisten}`, in German: for the caseworker. The last
    /// one as [`Zeitleiste::to_json`].
    pub fn to_json(&self) -> serde_json::Value {
        let deutsch = Texte::deutsch();
        let zeile = |it: &Ergebniszeile| serde_json::json!({ "label": it.label.1, "wert": it.text(&deutsch) });
        let zeilen: Vec<serde_json::Value> = self.zeilen.iter().map(zeile).collect();
        let zeitleisten: Vec<serde_json::Value> =
            self.zeitleisten.iter().map(Zeitleiste::to_json).collect();
        serde_json::json!({
            "satz": self.satz.1, "gut": self.is_gut, "zeilen": zeilen, "zeitleisten": zeitleisten,
        })
    }
}

/// The proofs that an application needs.
pub struct Nachweise {
    /// The group for each of whose entries proofs are asked.
    pub je: Option<&'static Feldgruppe>,
    pub arten: &'static [Nachweisart],
    /// The person that proofs of an entry are about; its name follows the name of the proof.
    pub name: Option<fn(&View<'_>) -> String>,
}

/// A kind of proof.
pub struct Nachweisart {
    /// `NV_LOHN`
    pub typ: &'static str,
    pub name: &'static str,
    pub hilfe: &'static str,
    pub norm: Option<Norm>,
    /// When the page offers it.
    pub wenn: Bedingung,
    /// When it must be there or be promised.
    pub pflicht: Bedingung,
}

/// What the checks need to know besides the answers.
#[derive(Clone, Copy, Debug)]
pub struct Kontext<'a> {
    /// Day of sending in Germany; chooses the law.
    pub stichtag: Datum,
    pub einstellungen: &'a Einstellungen,
}

/// What a Behörde sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Einstellungen {
    /// What a guest needs a month, for the self-check; none: no self-check.
    pub bedarfsprofil: Option<Bedarfsprofil>,
    /// Whether declarations can be handed in with the eID.
    pub eid: bool,
    /// For which places the Behörde is responsible.
    pub verzeichnis: Verzeichnis,
    /// Wordings of its own.
    pub textbloecke: Vec<Textblock>,
    /// Where it is, for the holidays; none: those of all Germany.
    pub land: Option<Land>,
}

/// Need of guests in cents a month, set by each Behörde; nowhere fixed by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bedarfsprofil {
    /// Stays up to 90 days: adult, child.
    pub kurz: (i64, i64),
    /// Longer stays: adult, child.
    pub lang: (i64, i64),
}

impl Bedarfsprofil {
    /// Reads `{"kurz": ["281.50", "140.75"], "lang": ["563", "390"]}`, euro a month.
    pub fn from_json(json: &serde_json::Value) -> Option<Bedarfsprofil> {
        use crate::werte::{Dezimal, Wert};
        let paar = |name: &str| {
            let betrag = |index: usize| {
                Dezimal::read(json.get(name)?.get(index)?.as_str()?).map(|it| it.hundertstel)
            };
            Some((betrag(0)?, betrag(1)?))
        };
        Some(Bedarfsprofil { kurz: paar("kurz")?, lang: paar("lang")? })
    }
}

/// A page of a particular application: with the entry it asks about.
#[derive(Clone)]
pub struct Seitenort {
    pub abschnitt: &'static Abschnitt,
    pub schritt: &'static Schritt,
    pub seite: &'static Seite,
    /// Empty, or `personen[0].`
    pub praefix: String,
}

impl Formular {
    /// All pages that these answers lead through, in order.
    pub fn seiten(&self, angaben: &Angaben, stichtag: Datum) -> Vec<Seitenort> {
        let mut seiten = Vec::new();
        for abschnitt in self.abschnitte {
            for praefix in praefixe(abschnitt, angaben) {
                if !abschnitt.wenn.holds(angaben, &praefix, stichtag) {
                    continue;
                }
                for schritt in abschnitt.schritte {
                    if !schritt.wenn.holds(angaben, &praefix, stichtag) {
                        continue;
                    }
                    for seite in schritt.seiten {
                        if seite.wenn.holds(angaben, &praefix, stichtag) {
                            let praefix = praefix.clone();
                            seiten.push(Seitenort { abschnitt, schritt, seite, praefix });
                        }
                    }
                }
            }
        }
        seiten
    }

    /// Every Inhalt of the declaration, groups and Bausteine opened, with its page.
    pub fn for_each_inhalt(&self, mut f: impl FnMut(&'static Seite, &'static Inhalt)) {
        for abschnitt in self.abschnitte {
            for schritt in abschnitt.schritte {
                for seite in schritt.seiten {
                    walk(seite, seite.inhalt, &mut f);
                }
            }
        }
        fn walk(
            seite: &'static Seite,
            inhalt: &'static [Inhalt],
            f: &mut impl FnMut(&'static Seite, &'static Inhalt),
        ) {
            for it in inhalt {
                f(seite, it);
                match it {
                    Inhalt::Gruppe(gruppe) => walk(seite, gruppe.inhalt, f),
                    Inhalt::Baustein(_, baustein) => walk(seite, baustein.inhalt, f),
                    _ => {}
                }
            }
        }
    }

    /// The kind of proof with this code: `NV_LOHN`
    pub fn nachweisart(&self, typ: &str) -> Option<&'static Nachweisart> {
        let mut found = None;
        self.for_each_inhalt(|_, inhalt| {
            if let Inhalt::Nachweise(nachweise) = inhalt {
                found = found.or_else(|| nachweise.arten.iter().find(|it| it.typ == typ));
            }
        });
        found
    }

    /// Every Feld of the declaration, in order.
    pub fn felder(&self) -> Vec<&'static Datenfeld> {
        let mut felder: Vec<&'static Datenfeld> = Vec::new();
        self.for_each_inhalt(|_, inhalt| {
            if let Inhalt::Feld(feld) = inhalt {
                felder.push(feld);
            }
        });
        felder
    }
}

/// One empty praefix, or one for each entry.
pub(crate) fn praefixe(abschnitt: &Abschnitt, angaben: &Angaben) -> Vec<String> {
    match abschnitt.je {
        None => vec![String::new()],
        Some(gruppe) => {
            let anzahl = angaben.anzahl(gruppe.id).max(gruppe.min);
            (0..anzahl).map(|index| format!("{}[{index}].", gruppe.id)).collect()
        }
    }
}

/// `feld(&FAMILIENNAME)`
pub const fn feld<T>(feld: &'static Feld<T>) -> Inhalt {
    Inhalt::Feld(&feld.datenfeld)
}

/// `gruppe(&KINDER)`
pub const fn gruppe(gruppe: &'static Feldgruppe) -> Inhalt {
    Inhalt::Gruppe(gruppe)
}

/// `baustein("geber.", &NAME)`
pub const fn baustein(praefix: &'static str, baustein: &'static Baustein) -> Inhalt {
    Inhalt::Baustein(praefix, baustein)
}

/// `regel(&DAUER)`
pub const fn regel(regel: &'static Regel) -> Inhalt {
    Inhalt::Regel(regel)
}

/// `hinweis(&GEBUEHR)`
pub const fn hinweis(hinweis: &'static Hinweis) -> Inhalt {
    Inhalt::Hinweis(hinweis)
}

impl Abschnitt {
    /// An Abschnitt that is asked once.
    pub const fn einmal(
        id: &'static str,
        titel: &'static str,
        schritte: &'static [Schritt],
    ) -> Abschnitt {
        Abschnitt { id, titel, je: None, wenn: Bedingung::Immer, schritte }
    }

    /// An Abschnitt that is asked for each entry of a group.
    pub const fn je(
        gruppe: &'static Feldgruppe,
        titel: &'static str,
        schritte: &'static [Schritt],
    ) -> Abschnitt {
        Abschnitt { id: gruppe.id, titel, je: Some(gruppe), wenn: Bedingung::Immer, schritte }
    }

    /// Asked only then, or only of such entries.
    pub const fn wenn(mut self, wenn: Bedingung) -> Abschnitt {
        self.wenn = wenn;
        self
    }
}

impl Schritt {
    pub const fn new(id: &'static str, titel: &'static str, seiten: &'static [Seite]) -> Schritt {
        Schritt { id, titel, wenn: Bedingung::Immer, seiten }
    }

    pub const fn wenn(mut self, wenn: Bedingung) -> Schritt {
        self.wenn = wenn;
        self
    }
}

impl Seite {
    pub const fn new(id: &'static str, titel: &'static str, inhalt: &'static [Inhalt]) -> Seite {
        Seite {
            id,
            titel,
            einleitung: "",
            wenn: Bedingung::Immer,
            inhalt,
            art: Seitenart::Fragen,
            ueber_andere: false,
        }
    }

    pub const fn einleitung(mut self, einleitung: &'static str) -> Seite {
        self.einleitung = einleitung;
        self
    }

    pub const fn wenn(mut self, wenn: Bedingung) -> Seite {
        self.wenn = wenn;
        self
    }

    pub const fn art(mut self, art: Seitenart) -> Seite {
        self.art = art;
        self
    }

    /// Asks about somebody else than who types.
    pub const fn ueber_andere(mut self) -> Seite {
        self.ueber_andere = true;
        self
    }
}

impl Feldgruppe {
    /// Entries as cards; `eintrag` is what one of them is called.
    pub const fn new(
        id: &'static str,
        titel: &'static str,
        eintrag: &'static str,
        inhalt: &'static [Inhalt],
    ) -> Feldgruppe {
        Feldgruppe {
            id,
            titel,
            eintrag,
            hilfe: "",
            norm: None,
            min: 0,
            max: 0,
            wenn: Bedingung::Immer,
            inhalt,
            skalar: None,
            kurz: false,
            monate: false,
            name: None,
        }
    }

    pub const fn hilfe(mut self, hilfe: &'static str) -> Feldgruppe {
        self.hilfe = hilfe;
        self
    }

    pub const fn norm(mut self, norm: Norm) -> Feldgruppe {
        self.norm = Some(norm);
        self
    }

    /// Offered from the start, and at most; a `max` of 0 leaves the number to a rule.
    pub const fn anzahl(mut self, min: usize, max: usize) -> Feldgruppe {
        self.min = min;
        self.max = max;
        self
    }

    pub const fn wenn(mut self, wenn: Bedingung) -> Feldgruppe {
        self.wenn = wenn;
        self
    }

    /// Data may write an entry as the bare value of this Feld.
    pub const fn skalar(mut self, feld: &'static str) -> Feldgruppe {
        self.skalar = Some(feld);
        self
    }

    /// Entries are called by what was answered about them.
    pub const fn name(mut self, name: fn(&View<'_>) -> String) -> Feldgruppe {
        self.name = Some(name);
        self
    }

    /// Entries are lines of one question.
    pub const fn kurz(mut self) -> Feldgruppe {
        self.kurz = true;
        self
    }

    /// Entries are lines of one question, each a month, the newest last.
    pub const fn monate(mut self) -> Feldgruppe {
        self.kurz = true;
        self.monate = true;
        self
    }
}

impl Baustein {
    pub const fn new(id: &'static str, titel: &'static str, inhalt: &'static [Inhalt]) -> Baustein {
        Baustein { id, titel, wenn: Bedingung::Immer, inhalt, pruefe: None }
    }

    pub const fn pruefe(mut self, pruefe: fn(&mut Pruefer<'_>)) -> Baustein {
        self.pruefe = Some(pruefe);
        self
    }

    pub const fn wenn(mut self, wenn: Bedingung) -> Baustein {
        self.wenn = wenn;
        self
    }
}

impl Hinweis {
    pub const fn new(id: &'static str, art: Hinweisart, text: &'static [&'static str]) -> Hinweis {
        Hinweis { id, art, text, wenn: Bedingung::Immer }
    }

    pub const fn wenn(mut self, wenn: Bedingung) -> Hinweis {
        self.wenn = wenn;
        self
    }
}

impl Nachweisart {
    /// A proof that must be there whenever it is offered.
    pub const fn noetig(typ: &'static str, name: &'static str, wenn: Bedingung) -> Nachweisart {
        Nachweisart { typ, name, hilfe: "", norm: None, wenn, pflicht: Bedingung::Immer }
    }

    /// A proof that helps, but need not be there.
    pub const fn hilfreich(typ: &'static str, name: &'static str, wenn: Bedingung) -> Nachweisart {
        Nachweisart { typ, name, hilfe: "", norm: None, wenn, pflicht: Bedingung::Nie }
    }

    pub const fn hilfe(mut self, hilfe: &'static str) -> Nachweisart {
        self.hilfe = hilfe;
        self
    }

    pub const fn norm(mut self, norm: Norm) -> Nachweisart {
        self.norm = Some(norm);
        self
    }
}
