//! The Quick-Check (`einbuergerung.md` section 4): a few anonymous questions before the Antrag. It
//! says what is probably met, what is open and what is in the way; it never says that somebody will be
//! naturalised, and it keeps nobody from sending the Antrag.
//!
//! Every question can be answered with "weiß ich nicht": a choice has the code [`WEISS_NICHT`], a date
//! has a box beside it (`…WeissNicht`). Both make an open point. A question that has no answer at all
//! is open too, but for the beginning of the residence: without one there is none.

mod entscheidung;
mod fragen;
mod texte;
mod uebernahme;

use serde_json::{Value, json};

use crate::{
    angaben::Angaben,
    formular::Datenfeld,
    recht::Norm,
    werte::{Datum, Wert},
};

pub use entscheidung::{GERINGFUEGIG_MARGE, quickcheck};
pub use fragen::QUICKCHECK;
pub use texte::{TEXTE, Text, text};
pub use uebernahme::{ANTRAG, fill, uebernehmen};

/// The code of "weiß ich nicht", in every list of the Quick-Check.
pub const WEISS_NICHT: &str = "WEISS_NICHT";

/// What the Quick-Check comes to.
#[derive(Clone, Debug)]
pub struct Ergebnis {
    pub klasse: Klasse,
    /// Ways that come into question: `P10_1`, `P9_1`, or other procedures: `R_P15`.
    pub weg: Vec<&'static str>,
    /// The earliest day on which nothing is in the way, where it can be computed.
    pub fruehestens_am: Option<Datum>,
    pub offene_punkte: Vec<&'static str>,
    pub hindernisse: Vec<&'static str>,
    pub hinweise: Vec<&'static str>,
    /// Condition by condition, for the applicant.
    pub punkte: Vec<Punkt>,
}

/// The four results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Klasse {
    /// The conditions are probably met.
    Wahrscheinlich,
    /// They may be met; some points are open.
    OffenePunkte,
    /// Something is in the way.
    NochNicht,
    /// Another procedure is the right one.
    AndererWeg,
}

/// One condition: what was answered, and what comes of it.
#[derive(Clone, Debug)]
pub struct Punkt {
    /// The condition: `aufenthalt`, `titel`. Its title is [`text`] of this with `B_` before it.
    pub bedingung: &'static str,
    pub stand: Stand,
    /// Code of [`TEXTE`]: the sentence, the Norm, and what would change it.
    pub code: &'static str,
    /// The questions that it rests on, with the answers as typed.
    pub antworten: Vec<(&'static Datenfeld, String)>,
    /// From when it is no longer in the way, where that can be computed.
    pub ab: Option<Datum>,
}

/// How a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Erfuellt,
    Offen,
    Hindernis,
    /// Neither helps nor hinders, but should be known.
    Hinweis,
}

/// Why an input is no Quick-Check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeinQuickcheck {
    /// It is not an object of answers.
    KeineAntworten,
    /// It has no readable `stichtag`.
    OhneStichtag,
}

impl Klasse {
    /// `LIKELY`, `POSSIBLE_OPEN_POINTS`, `NOT_YET` or `OTHER_ROUTE`.
    pub fn code(self) -> &'static str {
        match self {
            Klasse::Wahrscheinlich => "LIKELY",
            Klasse::OffenePunkte => "POSSIBLE_OPEN_POINTS",
            Klasse::NochNicht => "NOT_YET",
            Klasse::AndererWeg => "OTHER_ROUTE",
        }
    }

    /// Its text in [`TEXTE`].
    pub fn text(self) -> &'static Text {
        text(self.code())
    }
}

impl Ergebnis {
    /// `{ergebnis, weg, fruehestensAm, offenePunkte, hindernisse, hinweise}`
    pub fn to_json(&self) -> Value {
        json!({
            "ergebnis": self.klasse.code(),
            "weg": self.weg,
            "fruehestensAm": self.fruehestens_am.map(Datum::iso),
            "offenePunkte": self.offene_punkte,
            "hindernisse": self.hindernisse,
            "hinweise": self.hinweise,
        })
    }
}

impl Punkt {
    /// What it says.
    pub fn text(&self) -> &'static Text {
        text(self.code)
    }

    /// What lets the Behörde look at it.
    pub fn norm(&self) -> Norm {
        self.text().norm
    }
}

/// Reads `quickcheckInput` of the outside surface: the answers and the Stichtag.
///
/// # Errors
/// See [`KeinQuickcheck`].
pub fn import(input: &Value) -> Result<(Angaben, Datum), KeinQuickcheck> {
    let stichtag = input.get("stichtag").and_then(Value::as_str).and_then(Datum::read);
    let mut angaben = QUICKCHECK.import(input).map_err(|_| KeinQuickcheck::KeineAntworten)?;
    angaben.set("stichtag", "");
    Ok((angaben, stichtag.ok_or(KeinQuickcheck::OhneStichtag)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: Value) -> Ergebnis {
        let (angaben, stichtag) = import(&input).unwrap();
        quickcheck(&angaben, stichtag)
    }

    fn gut(stichtag: &str) -> Value {
        json!({
            "stichtag": stichtag, "abstammung": "KEINE", "wohnort": "DEUTSCHLAND",
            "geburtsdatum": "1990-05-05", "aufenthalt": {"seit": "2015-01-01", "abwesenheit": "NEIN"},
            "titel": "NE", "identitaet": "PASS_GUELTIG", "lebensunterhalt": "OHNE_LEISTUNG",
            "sprache": "B1", "test": "BESTANDEN", "bekenntnis": "JA",
        })
    }

    fn with(mut input: Value, pointer: &str, value: Value) -> Value {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        input.pointer_mut(parent).unwrap()[name] = value;
        input
    }

    #[test]
    fn who_knows_nothing_has_open_points() {
        let all: Vec<&str> = vec![
            "abstammung",
            "wohnort",
            "titel",
            "identitaet",
            "lebensunterhalt",
            "sprache",
            "test",
            "bekenntnis",
            "verurteilt",
            "ermittlungsverfahren",
            "mehrehe",
            "ruecknahme",
        ];
        let mut input = json!({
            "stichtag": "2026-11-23", "geburtsdatumWeissNicht": true,
            "aufenthalt": {"seitWeissNicht": true, "abwesenheit": WEISS_NICHT},
        });
        for id in all {
            input[id] = Value::from(WEISS_NICHT);
        }
        let ergebnis = check(input);
        assert_eq!(ergebnis.klasse, Klasse::OffenePunkte, "{ergebnis:?}");
        assert!(12 <= ergebnis.offene_punkte.len(), "{:?}", ergebnis.offene_punkte);
        assert!(ergebnis.hindernisse.is_empty());
    }

    #[test]
    fn every_single_question_may_stay_open() {
        for pointer in
            ["/titel", "/identitaet", "/lebensunterhalt", "/sprache", "/test", "/bekenntnis"]
        {
            let ergebnis = check(with(gut("2026-11-23"), pointer, Value::from(WEISS_NICHT)));
            assert_eq!(ergebnis.klasse, Klasse::OffenePunkte, "{pointer}");
            assert_eq!(ergebnis.offene_punkte.len(), 1, "{pointer}: {ergebnis:?}");
        }
        assert_eq!(check(gut("2026-11-23")).klasse, Klasse::Wahrscheinlich);
    }

    #[test]
    fn the_sperrfrist_is_law_since_a_day() {
        let input = |stichtag| with(gut(stichtag), "/sperrfristBeginn", json!("2025-02-10"));
        assert_eq!(check(input("2025-12-24")).klasse, Klasse::Wahrscheinlich);
        let ergebnis = check(input("2025-12-25"));
        assert_eq!(ergebnis.hindernisse, ["N_P35A"]);
        assert_eq!(ergebnis.fruehestens_am, Some(Datum::new(2035, 2, 10)));
    }

    #[test]
    fn five_years_are_law_since_a_day() {
        let input = |stichtag| with(gut(stichtag), "/aufenthalt/seit", json!("2018-01-01"));
        let vorher = check(input("2024-06-26"));
        assert_eq!(vorher.hindernisse, ["N_AUFENTHALTSDAUER"]);
        assert_eq!(vorher.fruehestens_am, Some(Datum::new(2026, 1, 1)));
        assert_eq!(check(input("2024-06-27")).klasse, Klasse::Wahrscheinlich);
    }

    #[test]
    fn three_years_for_great_efforts_were_law_for_a_time() {
        let input = |stichtag| with(gut(stichtag), "/aufenthalt/seit", json!("2022-01-01"));
        for (stichtag, hinweise) in
            [("2024-06-26", &[][..]), ("2025-10-29", &["H_P10_3_VERKUERZUNG"]), ("2025-10-30", &[])]
        {
            let hinweise: Vec<&str> = hinweise.to_vec();
            // Before the five years nobody could have had three of them.
            let ergebnis = check(input(stichtag));
            assert_eq!(ergebnis.hindernisse, ["N_AUFENTHALTSDAUER"], "{stichtag}");
            assert_eq!(ergebnis.hinweise, hinweise, "{stichtag}");
        }
    }

    #[test]
    fn every_condition_says_what_was_answered_and_what_it_means() {
        let ergebnis = check(with(gut("2026-11-23"), "/aufenthalt/seit", json!("2022-10-01")));
        let punkt = ergebnis.punkte.iter().find(|it| it.bedingung == "aufenthalt").unwrap();
        assert_eq!(punkt.stand, Stand::Hindernis);
        assert_eq!(punkt.ab, Some(Datum::new(2027, 10, 1)));
        assert_eq!(punkt.antworten[0].1, "2022-10-01");
        for punkt in &ergebnis.punkte {
            assert!(!text(&format!("B_{}", punkt.bedingung)).satz.is_empty());
            assert!(!punkt.text().satz.is_empty(), "{}", punkt.code);
        }
        let bedingungen: Vec<&str> = ergebnis.punkte.iter().map(|it| it.bedingung).collect();
        for bedingung in [
            "aufenthalt",
            "titel",
            "identitaet",
            "lebensunterhalt",
            "sprache",
            "test",
            "strafen",
            "verfahren",
            "bekenntnis",
            "mehrehe",
            "sperrfrist",
        ] {
            assert!(bedingungen.contains(&bedingung), "{bedingung}");
        }
    }

    #[test]
    fn there_are_at_most_twenty_questions() {
        let seiten: usize =
            QUICKCHECK.abschnitte.iter().flat_map(|it| it.schritte).map(|it| it.seiten.len()).sum();
        assert!((18..=20).contains(&seiten), "{seiten}");
    }

    #[test]
    fn every_question_can_be_answered_with_not_knowing() {
        use crate::formular::{Datentyp, Inhalt};
        QUICKCHECK.for_each_inhalt(|seite, inhalt| {
            let Inhalt::Feld(feld) = inhalt else { return };
            let can = match feld.datentyp {
                Datentyp::Auswahl(liste) => liste.eintrag(WEISS_NICHT).is_some(),
                Datentyp::Bestaetigung => true,
                _ => seite.inhalt.iter().any(|it| match it {
                    Inhalt::Feld(it) => match it.datentyp {
                        Datentyp::Auswahl(liste) => liste.eintrag(WEISS_NICHT).is_some(),
                        Datentyp::Bestaetigung => it.id.ends_with("WeissNicht"),
                        _ => false,
                    },
                    _ => false,
                }),
            };
            assert!(can, "{}", feld.id);
        });
    }

    #[test]
    fn every_question_has_to_be_answered_and_not_knowing_is_an_answer() {
        use crate::formular::{Einstellungen, Inhalt, Kontext};
        let einstellungen = Einstellungen::default();
        let kontext = Kontext { stichtag: Datum::new(2026, 11, 23), einstellungen: &einstellungen };
        let mut angaben = Angaben::default();
        let seiten = |angaben: &Angaben| QUICKCHECK.seiten(angaben, kontext.stichtag);
        for at in 0..19 {
            let ort = &seiten(&angaben)[at];
            let id = ort.seite.id;
            let fehlt = |angaben: &Angaben| {
                QUICKCHECK.check(angaben, kontext).iter().any(|it| it.ort.seite == id)
            };
            assert!(fehlt(&angaben), "{id} can be left out");
            for inhalt in ort.seite.inhalt {
                let Inhalt::Feld(feld) = inhalt else { continue };
                if !feld.wenn.holds(&angaben, "", kontext.stichtag) {
                    continue;
                }
                if let crate::formular::Datentyp::Auswahl(_) = feld.datentyp {
                    angaben.set(feld.id, WEISS_NICHT);
                } else if feld.id.ends_with("WeissNicht") {
                    angaben.set(feld.id, "true");
                }
            }
            assert!(!fehlt(&angaben), "{id} cannot be left open");
        }
        assert_eq!(seiten(&angaben).len(), 19);
        assert!(QUICKCHECK.parse(&angaben, kontext).is_ok());
    }

    #[test]
    fn a_marriage_or_a_sentence_without_details_is_an_open_point() {
        let ehe = with(gut("2026-11-23"), "/aufenthalt/seit", json!("2023-01-01"));
        let ehe = with(ehe, "/eheMitDeutschem", json!({"antwort": "true"}));
        assert_eq!(check(ehe).offene_punkte, ["OP_EHE"]);
        for urteile in [json!([]), json!([{}]), json!([{"hoeheWeissNicht": true}])] {
            let input = with(gut("2026-11-23"), "/verurteilt", json!(true));
            assert_eq!(
                check(with(input, "/urteile", urteile)).offene_punkte,
                ["OP_STRAFE_UNBEKANNT"]
            );
        }
    }

    #[test]
    fn it_never_promises_anything() {
        for text in TEXTE {
            let all = format!("{} {}", text.satz, text.aendern);
            for promise in ["bekommen die Einbürgerung", "werden eingebürgert", "garantiert"] {
                assert!(!all.contains(promise), "{}", text.code);
            }
        }
    }
}
