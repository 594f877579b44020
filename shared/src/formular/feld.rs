//! A question.

use std::{fmt, marker::PhantomData};

use crate::{
    angaben::Herkunft,
    befund::{Parameter, label, zahl},
    codelisten::Codeliste,
    din91379,
    formular::Bedingung,
    recht::Norm,
    werte::{
        Bestaetigung, Code, Datum, Dezimal, EMail, Ganzzahl, KeinDatum, Liste, Teildatum, Telefon,
        Wert,
    },
};

/// A question together with the type its answer has.
pub struct Feld<T> {
    pub datenfeld: Datenfeld,
    wert: PhantomData<fn() -> T>,
}

/// A question, its type forgotten: what renderers, validators and writers work on.
pub struct Datenfeld {
    /// Path of the answer, relative to the group or Baustein that the Feld stands in.
    pub id: &'static str,
    /// Key in the files of other languages; the id, unless two Felder share it.
    pub key: &'static str,
    /// A few words: label of the input, line of the summary, name in a Befund.
    pub label: &'static str,
    /// The question in full where a label is not enough; else empty.
    pub frage: &'static str,
    pub hilfe: &'static str,
    /// What lets us ask.
    pub norm: Option<Norm>,
    pub wenn: Bedingung,
    pub pflicht: Bedingung,
    /// Code of the Befund where a needed answer is missing, if not that of the Datentyp.
    pub fehlt: Option<&'static str>,
    /// Code of the Befund where the answer cannot be read or is out of bounds, if not that of the
    /// Datentyp.
    pub falsch: Option<&'static str>,
    pub datentyp: Datentyp,
    /// Least and greatest number, or least and greatest length of a text.
    pub min: i64,
    pub max: i64,
    /// Whether a day that has not come yet is no answer.
    pub bis_heute: bool,
    pub herkunft: Herkunft,
    /// Token for the HTML attribute `autocomplete` (WCAG 1.3.5); may be empty.
    pub autocomplete: &'static str,
    /// The answer that we give ourselves when its page is passed; empty where people answer.
    pub vorgabe: &'static str,
    /// Codes that data may have, but that are not offered: former states, ways not open yet.
    pub ohne: &'static [&'static str],
    /// The code that is offered only where the Behörde takes the eID; may be empty.
    pub nur_mit_eid: &'static str,
}

/// What an answer can be.
#[derive(Clone, Copy)]
pub enum Datentyp {
    Text(Zeichen),
    Mehrzeilig,
    /// A number on a document, as written there.
    Nummer,
    Ganzzahl,
    /// Whole euros.
    Euro,
    /// Up to two decimals.
    Dezimal,
    Datum,
    /// A date of which the day, or day and month, may be unknown.
    Teildatum,
    Auswahl(&'static Codeliste),
    JaNein,
    Bestaetigung,
    EMail,
    Telefon,
}

/// Which characters a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zeichen {
    /// Name of a person: datatypeC, unusual characters are pointed out.
    Name,
    /// Free text: datatypeC.
    Frei,
}

/// In place of the code of a missing answer: a Regel reports it, with more to say.
pub const DURCH_REGEL: &str = "";

/// Code and parameters of what a Datentyp finds.
pub type Fund = (&'static str, Vec<(&'static str, Parameter)>);

impl<T: Wert> Feld<T> {
    pub const fn new(id: &'static str, label: &'static str) -> Feld<T> {
        let (min, max) = T::DATENTYP.grenzen();
        Feld {
            datenfeld: Datenfeld {
                id,
                key: id,
                label,
                frage: "",
                hilfe: "",
                norm: None,
                wenn: Bedingung::Immer,
                pflicht: Bedingung::Nie,
                fehlt: None,
                falsch: None,
                datentyp: T::DATENTYP,
                min,
                max,
                bis_heute: false,
                herkunft: Herkunft::Eingabe,
                autocomplete: "",
                vorgabe: "",
                ohne: &[],
                nur_mit_eid: "",
            },
            wert: PhantomData,
        }
    }
}

impl<T> Feld<T> {
    pub const fn key(mut self, key: &'static str) -> Feld<T> {
        self.datenfeld.key = key;
        self
    }

    pub const fn frage(mut self, frage: &'static str) -> Feld<T> {
        self.datenfeld.frage = frage;
        self
    }

    pub const fn hilfe(mut self, hilfe: &'static str) -> Feld<T> {
        self.datenfeld.hilfe = hilfe;
        self
    }

    pub const fn norm(mut self, norm: Norm) -> Feld<T> {
        self.datenfeld.norm = Some(norm);
        self
    }

    /// Asked only then.
    pub const fn wenn(mut self, wenn: Bedingung) -> Feld<T> {
        self.datenfeld.wenn = wenn;
        self
    }

    /// Must be answered whenever it is asked.
    pub const fn pflicht(mut self) -> Feld<T> {
        self.datenfeld.pflicht = Bedingung::Immer;
        self
    }

    /// Must be answered then.
    pub const fn pflicht_wenn(mut self, wenn: Bedingung) -> Feld<T> {
        self.datenfeld.pflicht = wenn;
        self
    }

    /// Code of the Befund where the answer is missing.
    pub const fn fehlt(mut self, code: &'static str) -> Feld<T> {
        self.datenfeld.fehlt = Some(code);
        self
    }

    /// Code of the Befund where the answer cannot be read or is out of bounds.
    pub const fn falsch(mut self, code: &'static str) -> Feld<T> {
        self.datenfeld.falsch = Some(code);
        self
    }

    /// Bounds of the number, or of the length of the text; both included.
    pub const fn zwischen(mut self, min: i64, max: i64) -> Feld<T> {
        self.datenfeld.min = min;
        self.datenfeld.max = max;
        self
    }

    /// Greatest number, or length of the text.
    pub const fn max(mut self, max: i64) -> Feld<T> {
        self.datenfeld.max = max;
        self
    }

    /// A date that has come already.
    pub const fn bis_heute(mut self) -> Feld<T> {
        self.datenfeld.bis_heute = true;
        self
    }

    /// Who fills it in, if not the applicant.
    pub const fn herkunft(mut self, herkunft: Herkunft) -> Feld<T> {
        self.datenfeld.herkunft = herkunft;
        self
    }

    pub const fn autocomplete(mut self, token: &'static str) -> Feld<T> {
        self.datenfeld.autocomplete = token;
        self
    }

    /// Nobody is asked: the answer is this.
    pub const fn vorgabe(mut self, wert: &'static str) -> Feld<T> {
        self.datenfeld.herkunft = Herkunft::Abgeleitet;
        self.datenfeld.vorgabe = wert;
        self
    }
}

impl<L: Liste> Feld<Code<L>> {
    /// Does not offer these codes.
    pub const fn ohne(mut self, codes: &'static [&'static str]) -> Feld<Code<L>> {
        self.datenfeld.ohne = codes;
        self
    }

    /// Offers this code only where the Behörde takes the eID.
    pub const fn nur_mit_eid(mut self, code: Code<L>) -> Feld<Code<L>> {
        self.datenfeld.nur_mit_eid = code.code;
        self
    }

    /// The condition that this is the answer.
    pub const fn is(&self, code: Code<L>) -> Bedingung {
        Bedingung::Gleich(self.datenfeld.id, code.code)
    }
}

impl Feld<bool> {
    /// The condition that the answer is ja.
    pub const fn ja(&self) -> Bedingung {
        Bedingung::Gleich(self.datenfeld.id, "true")
    }

    /// The condition that the answer is nein.
    pub const fn nein(&self) -> Bedingung {
        Bedingung::Gleich(self.datenfeld.id, "false")
    }
}

impl fmt::Debug for Datenfeld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feld({})", self.id)
    }
}

impl Datenfeld {
    /// The question as it is asked.
    pub fn frage(&self) -> &'static str {
        if self.frage.is_empty() { self.label } else { self.frage }
    }

    /// What to report where a needed answer is missing; nothing where a Regel does.
    pub fn missing(&self) -> Option<Fund> {
        let code = self.fehlt.unwrap_or(match self.datentyp {
            Datentyp::Auswahl(_) | Datentyp::JaNein => "CHOICE",
            Datentyp::Bestaetigung => "CONFIRM",
            _ => "REQ",
        });
        (code != DURCH_REGEL).then(|| (code, vec![label(self)]))
    }

    /// What is wrong with an answer that is there on that day.
    pub fn check(&self, text: &str, stichtag: Datum) -> Option<Fund> {
        let fund = self.check_datentyp(text).or_else(|| self.check_heute(text, stichtag))?;
        Some(self.falsch.map_or(fund, |code| (code, Vec::new())))
    }

    fn check_heute(&self, text: &str, stichtag: Datum) -> Option<Fund> {
        let is_zukunft = |it: Teildatum| stichtag < it.bounds().0;
        let is_wrong = self.bis_heute && Teildatum::read(text).is_some_and(is_zukunft);
        is_wrong.then(|| ("DATE_ZUKUNFT", vec![label(self)]))
    }

    fn check_datentyp(&self, text: &str) -> Option<Fund> {
        match self.datentyp {
            Datentyp::Text(_) | Datentyp::Mehrzeilig | Datentyp::Nummer => self.check_text(text),
            Datentyp::Ganzzahl | Datentyp::Euro => match Ganzzahl::read(text.trim_end_matches('€'))
            {
                Some(zahl) => self.check_bounds(zahl.0, 1),
                None => Some(("NUM_FORMAT", vec![label(self)])),
            },
            Datentyp::Dezimal => match Dezimal::read(text) {
                Some(zahl) => self.check_bounds(zahl.hundertstel, 100),
                None => Some(("NUM_FORMAT", vec![label(self)])),
            },
            Datentyp::Datum => text.parse::<Datum>().err().map(|it| datum_fund(it, text)),
            Datentyp::Teildatum => text.parse::<Teildatum>().err().map(|it| datum_fund(it, text)),
            Datentyp::Auswahl(liste) => match liste.eintrag(text) {
                Some(_) => None,
                None => Some(("CODE_UNBEKANNT", vec![label(self)])),
            },
            Datentyp::JaNein => match bool::read(text) {
                Some(_) => None,
                None => Some(("CHOICE", vec![label(self)])),
            },
            Datentyp::Bestaetigung => match Bestaetigung::read(text) {
                Some(_) => None,
                None if text == "false" => None,
                None => Some(("CONFIRM", vec![label(self)])),
            },
            Datentyp::EMail => (!EMail::is_plausible(text)).then(|| ("EMAIL", Vec::new())),
            Datentyp::Telefon => (!Telefon::is_plausible(text)).then(|| ("TELEFON", Vec::new())),
        }
    }

    fn check_text(&self, text: &str) -> Option<Fund> {
        let text = match self.datentyp {
            Datentyp::Mehrzeilig => din91379::replace_lossless(text).0,
            _ => din91379::normalize(text),
        };
        // Nothing but invisible characters is no answer.
        if text.trim().is_empty() {
            return self.missing();
        }
        let laenge = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if self.max < laenge {
            return Some(("LEN_MAX", vec![label(self), zahl("max", self.max)]));
        }
        if laenge < self.min {
            return Some(("LEN_MIN", vec![label(self), zahl("min", self.min)]));
        }
        let zeichen = din91379::first_invalid(&text, din91379::Datentyp::C)?;
        Some(("CHARSET", vec![label(self), ("zeichen", Parameter::Text(zeichen.to_owned()))]))
    }

    fn check_bounds(&self, wert: i64, faktor: i64) -> Option<Fund> {
        let (min, max) = (self.min.saturating_mul(faktor), self.max.saturating_mul(faktor));
        if (min..=max).contains(&wert) {
            return None;
        }
        Some(("NUM_RANGE", vec![label(self), zahl("min", self.min), zahl("max", self.max)]))
    }
}

/// What is wrong with a date.
pub(crate) fn datum_fund(kein: KeinDatum, text: &str) -> Fund {
    match kein {
        KeinDatum::Form => ("DATE_FORMAT", Vec::new()),
        KeinDatum::GibtEsNicht => {
            let teile: Vec<&str> = text.trim().split('-').rev().collect();
            ("DATE_GIBTS_NICHT", vec![zahl("wert", teile.join("."))])
        }
    }
}

impl Datentyp {
    /// Bounds where the Feld sets none: of the number, or of the length of the text.
    const fn grenzen(self) -> (i64, i64) {
        match self {
            Datentyp::Text(Zeichen::Name) => (0, 120),
            Datentyp::Text(Zeichen::Frei) => (0, 100),
            Datentyp::Mehrzeilig => (0, 2000),
            Datentyp::Nummer => (0, 50),
            Datentyp::EMail => (0, 254),
            Datentyp::Ganzzahl | Datentyp::Euro | Datentyp::Dezimal => (0, 9_999_999),
            _ => (0, 0),
        }
    }
}

impl EMail {
    /// `a@b.cd`, without blanks, at most 254 bytes, of characters that a message can carry. Whether
    /// it exists only a letter can tell.
    pub fn is_plausible(text: &str) -> bool {
        let can_travel = din91379::first_invalid(text, din91379::Datentyp::C).is_none();
        let has_space = text.chars().any(char::is_whitespace);
        let Some((name, domain)) = text.split_once('@') else { return false };
        let has_domain = domain
            .rsplit_once('.')
            .is_some_and(|(vorn, hinten)| !vorn.is_empty() && 2 <= hinten.chars().count());
        can_travel
            && !has_space
            && text.len() <= 254
            && !name.is_empty()
            && !domain.contains('@')
            && has_domain
    }
}

impl Telefon {
    /// 6 to 25 digits, blanks, brackets, slashes and hyphens behind an optional plus.
    pub fn is_plausible(text: &str) -> bool {
        let rest = text.strip_prefix('+').unwrap_or(text);
        let is_allowed = |it: u8| it.is_ascii_digit() || b" ()/-".contains(&it);
        (6..=25).contains(&rest.len()) && rest.bytes().all(is_allowed)
    }
}
