//! Citations of law, and the register of what was read and when: law is dated data.

use std::fmt;

use crate::werte::Datum;

/// A place in a statute: `§ 68 Abs. 1 Satz 3 AufenthG`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Abbreviation of the statute, as in [`REGISTER`].
    pub gesetz: &'static str,
    pub stelle: &'static str,
}

impl fmt::Display for Norm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.stelle, self.gesetz)
    }
}

/// What lets the Behörde process personal data at all. Each procedure has its own:
/// [`Formular::daten`](crate::formular::Formular::daten); questions that several share cite this.
pub const DATEN: Norm = Norm { gesetz: "", stelle: "" };

impl Norm {
    /// This Norm in a procedure whose Norm for data is `daten`.
    pub fn with(self, daten: Norm) -> Norm {
        if self == DATEN { daten } else { self }
    }
}

macro_rules! gesetze {
    ($($name:ident = $kurz:literal, $titel:literal, $stand:literal;)*) => {
        $(
            #[doc = concat!("A Norm of the ", $kurz, ".")]
            pub const fn $name(stelle: &'static str) -> Norm {
                Norm { gesetz: $kurz, stelle }
            }
        )*

        /// The statutes that the forms cite, and the Stand in which they were read.
        pub static REGISTER: &[Gesetz] =
            &[$(Gesetz { kurz: $kurz, titel: $titel, stand: $stand },)*];
    };
}

/// A statute as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Gesetz {
    /// Official abbreviation.
    pub kurz: &'static str,
    pub titel: &'static str,
    /// Day of the consolidated text that was read, `JJJJ-MM-TT`.
    pub stand: &'static str,
}

gesetze! {
    aufenthg = "AufenthG", "Aufenthaltsgesetz", "2026-08-19";
    aufenthv = "AufenthV", "Aufenthaltsverordnung", "2026-08-19";
    stag = "StAG", "Staatsangehörigkeitsgesetz", "2026-08-19";
    beschv = "BeschV", "Beschäftigungsverordnung", "2026-08-19";
    asylg = "AsylG", "Asylgesetz", "2026-08-19";
    azrg = "AZRG", "AZR-Gesetz", "2026-08-19";
    zpo = "ZPO", "Zivilprozessordnung", "2026-08-19";
    bgb = "BGB", "Bürgerliches Gesetzbuch", "2026-08-19";
    ozg = "OZG", "Onlinezugangsgesetz", "2026-08-19";
    vwvfg = "VwVfG", "Verwaltungsverfahrensgesetz", "2026-08-19";
    dsgvo = "DSGVO", "Datenschutz-Grundverordnung (Verordnung (EU) 2016/679)", "2026-08-19";
    freizuegg = "FreizügG/EU", "Freizügigkeitsgesetz/EU", "2026-08-19";
    sgb2 = "SGB II", "Zweites Buch Sozialgesetzbuch", "2026-08-19";
    sgb3 = "SGB III", "Drittes Buch Sozialgesetzbuch", "2026-08-19";
    sgb4 = "SGB IV", "Viertes Buch Sozialgesetzbuch", "2026-08-19";
    milog = "MiLoG", "Mindestlohngesetz", "2026-08-19";
    burlg = "BUrlG", "Bundesurlaubsgesetz", "2026-08-19";
    arbzg = "ArbZG", "Arbeitszeitgesetz", "2026-08-19";
    jarbschg = "JArbSchG", "Jugendarbeitsschutzgesetz", "2026-08-19";
    einbtestv = "EinbTestV", "Einbürgerungstestverordnung", "2026-08-19";
    gg = "GG", "Grundgesetz", "2026-08-19";
    hauslg = "HAuslG", "Gesetz über die Rechtsstellung heimatloser Ausländer im Bundesgebiet", "2026-08-19";
    rbsfv = "RBSFV 2026", "Regelbedarfsstufen-Fortschreibungsverordnung 2026", "2026-08-19";
}

/// `2026-08-19` → `19.08.2026`
pub fn stand(tag: &str) -> String {
    tag.split('-').rev().collect::<Vec<_>>().join(".")
}

/// A day from which the law is another: the Stichtag chooses.
#[derive(Clone, Copy, Debug)]
pub struct Aenderung {
    pub ab: Datum,
    pub norm: Norm,
    /// What holds from this day on, as a sentence.
    pub satz: &'static str,
}

/// The changes that the rules know, in order of time.
pub static AENDERUNGEN: &[Aenderung] = &[
    Aenderung {
        ab: Datum::new(2024, 6, 27),
        norm: stag("§ 4 Abs. 3, § 10 Abs. 1 Satz 1"),
        satz: "Für den Anspruch auf Einbürgerung genügen 5 Jahre rechtmäßiger Aufenthalt, vorher waren es 8. Dasselbe gilt für Eltern, deren Kind durch Geburt in Deutschland deutsch wird.",
    },
    Aenderung {
        ab: Datum::new(2025, 7, 1),
        norm: zpo("§ 850c"),
        satz: "Pfändungsfreibetrag 1.555,00 Euro im Monat (BGBl. 2025 I Nr. 110).",
    },
    Aenderung {
        ab: Datum::new(2025, 12, 25),
        norm: stag("§ 35a"),
        satz: "Nach einer zurückgenommenen Einbürgerung oder falschen Angaben gibt es 10 Jahre lang keine Einbürgerung.",
    },
    Aenderung {
        ab: Datum::new(2026, 1, 1),
        norm: milog("§ 1 Abs. 2"),
        satz: "Der Mindestlohn beträgt 13,90 Euro in der Stunde.",
    },
    Aenderung {
        ab: Datum::new(2026, 6, 12),
        norm: asylg("§ 61"),
        satz: "Asylsuchende in einer Aufnahmeeinrichtung dürfen nach 3 Monaten arbeiten, vorher nach 6. Außerhalb muss die Behörde die Arbeit nach 3 Monaten erlauben, vorher konnte sie es.",
    },
    Aenderung {
        ab: Datum::new(2026, 7, 1),
        norm: zpo("§ 850c"),
        satz: "Pfändungsfreibetrag 1.587,40 Euro im Monat (BGBl. 2026 I Nr. 80).",
    },
    Aenderung {
        ab: Datum::new(2026, 7, 1),
        norm: sgb2("§ 19"),
        satz: "Das Bürgergeld heißt Grundsicherungsgeld.",
    },
    Aenderung {
        ab: Datum::new(2027, 1, 1),
        norm: milog("§ 1 Abs. 2"),
        satz: "Der Mindestlohn beträgt 14,60 Euro in der Stunde.",
    },
];

/// The time in which a rule, an amount or a text holds; both days included.
#[derive(Clone, Copy, Debug)]
pub struct Gueltigkeit {
    pub ab: Option<Datum>,
    pub bis: Option<Datum>,
}

impl Gueltigkeit {
    /// Without a known beginning or end.
    pub const IMMER: Gueltigkeit = Gueltigkeit { ab: None, bis: None };

    /// From this day on.
    pub const fn ab(ab: Datum) -> Gueltigkeit {
        Gueltigkeit { ab: Some(ab), bis: None }
    }

    /// Until this day, included.
    pub const fn bis(mut self, bis: Datum) -> Gueltigkeit {
        self.bis = Some(bis);
        self
    }

    pub fn holds_on(&self, stichtag: Datum) -> bool {
        self.ab.is_none_or(|ab| ab <= stichtag) && self.bis.is_none_or(|bis| stichtag <= bis)
    }
}
