//! Values that have been read: a [`Datum`] exists on the calendar, a [`Code`] is in its list.

use std::{fmt, marker::PhantomData, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{
    codelisten::Codeliste,
    din91379,
    formular::{Datentyp, Zeichen},
};

/// A type that an answer can have.
pub trait Wert: Sized {
    const DATENTYP: Datentyp;

    /// Reads an answer. `None` is given where [`Datentyp::check`] finds something.
    fn read(text: &str) -> Option<Self>;

    /// What the answer looks like inside an element of a message.
    fn to_xoev(&self) -> Xoev;
}

/// What an answer looks like inside an element of a message. Data, so that reading an answer does
/// not link the XML writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Xoev {
    /// The bare text.
    Text(String),
    /// A text inside unqualified child elements, outermost first: `<name>…</name>`.
    In(&'static [&'static str], String),
    /// A code; URI and version of its list where the schema wants them.
    Code { urn: &'static str, version: &'static str, code: String },
}

/// A day on the calendar, Gregorian, without a time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Datum(NaiveDate);

/// Why a text is no [`Datum`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeinDatum {
    /// Not three numbers in a known order.
    Form,
    /// Three numbers, but no such day.
    GibtEsNicht,
}

impl Datum {
    /// A day that is known to exist.
    ///
    /// # Panics
    /// At compile time in a `const`, if there is no such day.
    pub const fn new(jahr: i32, monat: u32, tag: u32) -> Datum {
        match NaiveDate::from_ymd_opt(jahr, monat, tag) {
            Some(tag) => Datum(tag),
            None => panic!("no such day"),
        }
    }

    /// `None` where the calendar has no such day.
    pub fn try_new(jahr: i32, monat: u32, tag: u32) -> Option<Datum> {
        NaiveDate::from_ymd_opt(jahr, monat, tag).map(Datum)
    }

    pub fn jahr(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn monat(self) -> u32 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn tag(self) -> u32 {
        self.0.day()
    }

    /// 0 is Monday, 6 is Sunday.
    pub fn wochentag(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// Days from `self` to `other`; negative if `other` is earlier.
    pub fn days_until(self, other: Datum) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// `self` moved by this many days, held at the ends of the calendar.
    pub fn add_days(self, tage: i64) -> Datum {
        let moved = match u64::try_from(tage) {
            Ok(tage) => self.0.checked_add_days(Days::new(tage)),
            Err(_) => self.0.checked_sub_days(Days::new(tage.unsigned_abs())),
        };
        Datum(moved.unwrap_or(if tage < 0 { NaiveDate::MIN } else { NaiveDate::MAX }))
    }

    /// Same day n months later, else the last day of that month (§ 188 Abs. 3 BGB).
    pub fn add_months(self, monate: i32) -> Datum {
        let months = Months::new(monate.unsigned_abs());
        let moved = if monate < 0 {
            self.0.checked_sub_months(months)
        } else {
            self.0.checked_add_months(months)
        };
        Datum(moved.unwrap_or(if monate < 0 { NaiveDate::MIN } else { NaiveDate::MAX }))
    }

    /// The n-th anniversary; 29 February becomes 1 March in common years (§§ 187 Abs. 2,
    /// 188 Abs. 2 BGB).
    pub fn add_years(self, jahre: i32) -> Datum {
        let jahr = self.jahr() + jahre;
        Datum::try_new(jahr, self.monat(), self.tag())
            .or_else(|| Datum::try_new(jahr, 3, 1))
            .unwrap_or(Datum(NaiveDate::MAX))
    }

    /// Completed years of life on `tag`, for somebody born on `self`.
    pub fn age_on(self, tag: Datum) -> i32 {
        let jahre = tag.jahr() - self.jahr();
        if tag < self.add_years(jahre) { jahre - 1 } else { jahre }
    }

    /// `JJJJ-MM-TT`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.jahr(), self.monat(), self.tag())
    }
}

impl FromStr for Datum {
    type Err = KeinDatum;

    /// Reads `JJJJ-MM-TT` and `TT.MM.JJJJ`.
    fn from_str(text: &str) -> Result<Datum, KeinDatum> {
        let (jahr, monat, tag) = match zahlen(text, '-') {
            Some([jahr, monat, tag]) => (jahr, monat, tag),
            None => {
                let [tag, monat, jahr] = zahlen(text, '.').ok_or(KeinDatum::Form)?;
                (jahr, monat, tag)
            }
        };
        if !(1000..=9999).contains(&jahr) {
            return Err(KeinDatum::Form);
        }
        let jahr = i32::try_from(jahr).map_err(|_| KeinDatum::Form)?;
        Datum::try_new(jahr, monat, tag).ok_or(KeinDatum::GibtEsNicht)
    }
}

fn zahlen(text: &str, trenner: char) -> Option<[u32; 3]> {
    let mut teile = text.trim().split(trenner).map(|teil| {
        let is_number = !teil.is_empty() && teil.bytes().all(|it| it.is_ascii_digit());
        if is_number && teil.len() <= 4 { teil.parse::<u32>().ok() } else { None }
    });
    let zahlen = [teile.next()??, teile.next()??, teile.next()??];
    teile.next().is_none().then_some(zahlen)
}

/// `TT.MM.JJJJ`, as on screen and paper.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}.{:02}.{:04}", self.tag(), self.monat(), self.jahr())
    }
}

impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Wert for Datum {
    const DATENTYP: Datentyp = Datentyp::Datum;

    fn read(text: &str) -> Option<Datum> {
        text.parse().ok()
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text(self.iso())
    }
}

/// A date of which only the year, or year and month, may be known (XInneres
/// `TeilbekanntesDatum`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teildatum {
    Jahr(i32),
    JahrMonat(i32, u32),
    Tag(Datum),
}

impl Teildatum {
    /// Earliest and latest day that it can be.
    pub fn bounds(self) -> (Datum, Datum) {
        match self {
            Teildatum::Jahr(jahr) => (Datum::new(jahr, 1, 1), Datum::new(jahr, 12, 31)),
            Teildatum::JahrMonat(jahr, monat) => {
                let erster = Datum::new(jahr, monat, 1);
                (erster, erster.add_months(1).add_days(-1))
            }
            Teildatum::Tag(tag) => (tag, tag),
        }
    }

    /// Least and greatest completed years of life on `tag`.
    pub fn age_bounds(self, tag: Datum) -> (i32, i32) {
        let (frueh, spaet) = self.bounds();
        (spaet.age_on(tag), frueh.age_on(tag))
    }

    /// Whether the day is known.
    pub fn is_complete(self) -> bool {
        matches!(self, Teildatum::Tag(_))
    }
}

impl FromStr for Teildatum {
    type Err = KeinDatum;

    /// Reads `JJJJ`, `JJJJ-MM`, `JJJJ-MM-TT` and `TT.MM.JJJJ`.
    fn from_str(text: &str) -> Result<Teildatum, KeinDatum> {
        let text = text.trim();
        let is_form = |text: &str, laengen: &[usize]| {
            let teile: Vec<&str> = text.split('-').collect();
            teile.len() == laengen.len()
                && teile.iter().zip(laengen).all(|(teil, laenge)| {
                    teil.len() == *laenge && teil.bytes().all(|it| it.is_ascii_digit())
                })
        };
        if is_form(text, &[4]) {
            return match text.parse() {
                Ok(jahr @ 1..) => Ok(Teildatum::Jahr(jahr)),
                _ => Err(KeinDatum::GibtEsNicht),
            };
        }
        if is_form(text, &[4, 2]) {
            let (jahr, monat) = text.split_at(4);
            let (Ok(jahr), Ok(monat)) = (jahr.parse::<i32>(), monat[1..].parse::<u32>()) else {
                return Err(KeinDatum::Form);
            };
            return match monat {
                1..=12 if 0 < jahr => Ok(Teildatum::JahrMonat(jahr, monat)),
                _ => Err(KeinDatum::GibtEsNicht),
            };
        }
        if is_form(text, &[4, 2, 2]) || text.contains('.') {
            return text.parse().map(Teildatum::Tag);
        }
        Err(KeinDatum::Form)
    }
}

/// `07.03.1990`, `03.1990` or `1990`.
impl fmt::Display for Teildatum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Teildatum::Jahr(jahr) => write!(f, "{jahr:04}"),
            Teildatum::JahrMonat(jahr, monat) => write!(f, "{monat:02}.{jahr:04}"),
            Teildatum::Tag(tag) => write!(f, "{tag}"),
        }
    }
}

impl Wert for Teildatum {
    const DATENTYP: Datentyp = Datentyp::Teildatum;

    fn read(text: &str) -> Option<Teildatum> {
        text.parse().ok()
    }

    fn to_xoev(&self) -> Xoev {
        match self {
            Teildatum::Jahr(jahr) => Xoev::In(&["jahr"], format!("{jahr:04}")),
            Teildatum::JahrMonat(jahr, monat) => {
                Xoev::In(&["jahrMonat"], format!("{jahr:04}-{monat:02}"))
            }
            Teildatum::Tag(tag) => Xoev::In(&["jahrMonatTag"], tag.iso()),
        }
    }
}

macro_rules! textwert {
    ($(#[$doc:meta])* $name:ident, $datentyp:expr, $normalize:expr, $xoev:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Wert for $name {
            const DATENTYP: Datentyp = $datentyp;

            fn read(text: &str) -> Option<$name> {
                let normalize: fn(&str) -> String = $normalize;
                Some($name(normalize(text))).filter(|it| !it.0.is_empty())
            }

            fn to_xoev(&self) -> Xoev {
                let to_xoev: fn(String) -> Xoev = $xoev;
                to_xoev(self.0.clone())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

textwert!(
    /// A name as it stands in a passport: NFC, DIN 91379 datatypeC (XInneres `AllgemeinerName`).
    Name,
    Datentyp::Text(Zeichen::Name),
    din91379::normalize,
    |name| Xoev::In(&["name"], name)
);
textwert!(
    /// A line of text, DIN 91379 datatypeC.
    Text,
    Datentyp::Text(Zeichen::Frei),
    din91379::normalize,
    Xoev::Text
);
textwert!(
    /// Text of several lines, DIN 91379 datatypeC: typographic signs that it lacks are replaced where
    /// nothing is lost.
    Absatz,
    Datentyp::Mehrzeilig,
    |text| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        din91379::replace_lossless(text.trim()).0.trim().to_owned()
    },
    Xoev::Text
);
textwert!(
    /// An e-mail address.
    EMail,
    Datentyp::EMail,
    din91379::normalize,
    Xoev::Text
);
textwert!(
    /// A telephone number.
    Telefon,
    Datentyp::Telefon,
    din91379::normalize,
    Xoev::Text
);
textwert!(
    /// A number that stands on a document; what it must look like is a rule of its own.
    Nummer,
    Datentyp::Nummer,
    din91379::normalize,
    Xoev::Text
);

/// A whole number; its bounds stand at the Feld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ganzzahl(pub i64);

impl Wert for Ganzzahl {
    const DATENTYP: Datentyp = Datentyp::Ganzzahl;

    fn read(text: &str) -> Option<Ganzzahl> {
        let text = text.trim();
        let is_grouped = text.split('.').skip(1).all(|it| it.len() == 3) && !text.starts_with('.');
        let digits = if is_grouped { text.replace('.', "") } else { text.to_owned() };
        digits.parse().ok().map(Ganzzahl)
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text(self.0.to_string())
    }
}

/// An amount of money in whole euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Euro(pub i64);

impl Wert for Euro {
    const DATENTYP: Datentyp = Datentyp::Euro;

    fn read(text: &str) -> Option<Euro> {
        Ganzzahl::read(text.trim().trim_end_matches('€')).map(|it| Euro(it.0))
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text(self.0.to_string())
    }
}

/// A number with up to two decimals, in hundredths: hours, square metres, euro and cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dezimal {
    pub hundertstel: i64,
}

impl Wert for Dezimal {
    const DATENTYP: Datentyp = Datentyp::Dezimal;

    /// Reads `38,5`, `38.5`, `1.500,00` and `1500`.
    fn read(text: &str) -> Option<Dezimal> {
        let text = text.trim().trim_end_matches('€').trim_end();
        let (vorn, hinten) = match (text.rsplit_once(','), text.rsplit_once('.')) {
            (Some((vorn, hinten)), _) => (vorn.to_owned(), hinten),
            // `1.500` is a thousand and a half, `13.9` a number as data have it.
            (None, Some((vorn, hinten))) if hinten.len() <= 2 => (vorn.to_owned(), hinten),
            _ => (text.to_owned(), ""),
        };
        let ganze = Ganzzahl::read(&vorn)?.0;
        if ganze < 0 || 2 < hinten.len() || !hinten.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let bruch: i64 = format!("{hinten:0<2}").parse().ok()?;
        Some(Dezimal { hundertstel: ganze.checked_mul(100)?.checked_add(bruch)? })
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text(format!("{}.{:02}", self.hundertstel / 100, self.hundertstel % 100))
    }
}

/// `true` is ja, `false` is nein; a missing answer is neither.
impl Wert for bool {
    const DATENTYP: Datentyp = Datentyp::JaNein;

    fn read(text: &str) -> Option<bool> {
        match text.trim() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text(self.to_string())
    }
}

/// A box that was ticked. It is either there or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bestaetigung;

impl Wert for Bestaetigung {
    const DATENTYP: Datentyp = Datentyp::Bestaetigung;

    fn read(text: &str) -> Option<Bestaetigung> {
        (text.trim() == "true").then_some(Bestaetigung)
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Text("true".to_owned())
    }
}

/// A type that stands for a code list.
pub trait Liste {
    const LISTE: &'static Codeliste;
}

/// An entry of the code list `L`.
pub struct Code<L> {
    pub code: &'static str,
    liste: PhantomData<fn() -> L>,
}

impl<L> Clone for Code<L> {
    fn clone(&self) -> Code<L> {
        *self
    }
}

impl<L> Copy for Code<L> {}

impl<L> PartialEq for Code<L> {
    fn eq(&self, other: &Code<L>) -> bool {
        self.code == other.code
    }
}

impl<L> Eq for Code<L> {}

impl<L> fmt::Debug for Code<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl<L> Code<L> {
    /// A constant of a list; a test proves that the list has it.
    pub const fn new(code: &'static str) -> Code<L> {
        Code { code, liste: PhantomData }
    }
}

impl<L: Liste> Wert for Code<L> {
    const DATENTYP: Datentyp = Datentyp::Auswahl(L::LISTE);

    fn read(text: &str) -> Option<Code<L>> {
        L::LISTE.eintrag(text.trim()).map(|(code, _)| Code::new(code))
    }

    fn to_xoev(&self) -> Xoev {
        Xoev::Code { urn: L::LISTE.urn, version: L::LISTE.version, code: self.code.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Wert>(text: &str, expect: Option<&str>) {
        let found = T::read(text).map(|wert| match wert.to_xoev() {
            Xoev::Text(text) | Xoev::In(_, text) => text,
            Xoev::Code { code, .. } => code,
        });
        assert_eq!(found.as_deref(), expect, "`{text}`");
    }

    #[test]
    fn dates_are_read_as_people_and_data_write_them() {
        check::<Datum>("2024-02-29", Some("2024-02-29"));
        check::<Datum>("7.3.1990", Some("1990-03-07"));
        check::<Datum>("29.02.2023", None);
        check::<Datum>("2023", None);
        check::<Datum>("1990-03-07T00:00", None);
        assert_eq!("31.02.2020".parse::<Datum>(), Err(KeinDatum::GibtEsNicht));
        assert_eq!("März".parse::<Datum>(), Err(KeinDatum::Form));
    }

    #[test]
    fn parts_of_dates_are_enough() {
        check::<Teildatum>("1991", Some("1991"));
        check::<Teildatum>("1991-04", Some("1991-04"));
        check::<Teildatum>("1991-04-17", Some("1991-04-17"));
        check::<Teildatum>("1991-13", None);
        check::<Teildatum>("91", None);
        let stichtag = Datum::new(2026, 11, 23);
        assert_eq!("2010".parse::<Teildatum>().unwrap().age_bounds(stichtag), (15, 16));
    }

    #[test]
    fn years_of_life_end_as_the_civil_code_says() {
        let geboren = Datum::new(2008, 2, 29);
        assert_eq!(geboren.age_on(Datum::new(2026, 2, 28)), 17);
        assert_eq!(geboren.age_on(Datum::new(2026, 3, 1)), 18);
        assert_eq!(Datum::new(2026, 8, 31).add_months(6), Datum::new(2027, 2, 28));
    }

    #[test]
    fn whole_numbers_have_no_decimals() {
        check::<Ganzzahl>("1.500", Some("1500"));
        check::<Ganzzahl>(" 42 ", Some("42"));
        check::<Ganzzahl>("2890.5", None);
        check::<Ganzzahl>("2890,5", None);
        check::<Euro>("1500 €", Some("1500"));
        check::<Euro>("viel", None);
    }

    #[test]
    fn decimals_are_read_with_comma_and_point() {
        check::<Dezimal>("38,5", Some("38.50"));
        check::<Dezimal>("13.9", Some("13.90"));
        check::<Dezimal>("1.500,00", Some("1500.00"));
        check::<Dezimal>("1.500", Some("1500.00"));
        check::<Dezimal>("38,555", None);
    }

    #[test]
    fn lines_of_text_stay_lines() {
        check::<Absatz>(" eins\r\n„zwei“ – drei ", Some("eins\n\"zwei\" - drei"));
        check::<Text>("eins\nzwei", Some("eins zwei"));
        check::<Absatz>(" \u{AD} ", None);
    }

    #[test]
    fn a_box_is_ticked_or_not_answered() {
        check::<bool>("false", Some("false"));
        check::<bool>("nein", None);
        check::<Bestaetigung>("false", None);
        check::<Bestaetigung>("true", Some("true"));
    }
}
