//! Since when somebody lives here lawfully: the chain of periods, with its breaks and absences
//! (§ 10 Abs. 1, § 12b StAG, § 55 Abs. 3 AsylG, § 4a Abs. 6 FreizügG/EU).

mod verlauf;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::werte::Datum;

pub use verlauf::{Quelle, Verlaufsteil, Wertung};

/// A period with one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zeit {
    pub von: Datum,
    /// `None`: until today.
    pub bis: Option<Datum>,
    /// Whether the status is lawful habitual residence.
    pub zaehlt: bool,
    /// The title was asked for too late (§ 12b Abs. 3 Satz 1 StAG).
    pub verspaetet: bool,
}

/// A stay abroad, from the day of leaving to the day of coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Abwesenheit {
    pub von: Datum,
    pub bis: Datum,
    /// Back within the time that the Ausländerbehörde has set, or after Wehrdienst (§ 12b Abs. 1
    /// Satz 2, 3 StAG).
    pub entschuldigt: bool,
    /// For an important reason (§ 4a Abs. 6 Nr. 3 FreizügG/EU).
    pub wichtig: bool,
}

/// Which rules there are for absences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// § 12b Abs. 1 StAG.
    Drittstaat,
    /// § 4a Abs. 6 FreizügG/EU.
    Eu,
}

/// What the periods come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aufenthalt {
    /// First day of the unbroken chain that lasts until today; `None` if there is none.
    pub kettenbeginn: Option<Datum>,
    /// Days of gaps that do not break it, and do not count.
    pub luecken_tage: i64,
    /// Days before a break, which the Behörde may count in part.
    pub frueher_tage: i64,
    /// Codes of [`OFFENE_PUNKTE`], sorted.
    pub offene_punkte: Vec<&'static str>,
    /// First day of the period before which the chain is broken by a gap.
    luecke_vor: Option<Datum>,
    /// What each stay abroad did to the chain, in order of time.
    reisen: Vec<(Abwesenheit, Reise)>,
}

/// What a stay abroad does to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reise {
    /// It was before the chain began, or comes after the Stichtag.
    Ausserhalb,
    UnterbrichtNicht,
    /// It was long, but excused.
    Entschuldigt,
    Unterbricht,
}

/// What is open, in words for the applicant.
pub static OFFENE_PUNKTE: &[(&str, &str)] = &[
    (
        "RES_ABH_FRIST_NACHWEISEN",
        "Sie waren länger als 6 Monate im Ausland und hatten dafür eine Erlaubnis. Bitte laden Sie \
         das Schreiben der Ausländerbehörde hoch.",
    ),
    (
        "RES_EU_6_MONATE_IM_JAHR",
        "Sie waren in einem Jahr zusammen mehr als 6 Monate im Ausland. Die Behörde prüft das.",
    ),
    (
        "RES_HAELFTE_3",
        "Sie waren in den letzten 3 Jahren mehr als die Hälfte der Zeit im Ausland. Die Behörde \
         prüft, ob die Zeit zählt.",
    ),
    (
        "RES_HAELFTE_5",
        "Sie waren in den letzten 5 Jahren mehr als die Hälfte der Zeit im Ausland. Die Behörde \
         prüft, ob die Zeit zählt.",
    ),
    (
        "RES_KEIN_AKTUELLER_AUFENTHALT",
        "Es fehlt eine Zeit bis heute, die zählt. Bitte prüfen Sie Ihre Aufenthaltszeiten.",
    ),
    (
        "RES_LUECKE",
        "Zwischen zwei Zeiten gibt es eine Lücke. Die Zeit davor zählt nur, wenn die Behörde sie \
         anrechnet (höchstens 3 Jahre).",
    ),
    (
        "RES_LUECKE_VERSPAETETER_ANTRAG",
        "Sie haben einen Titel zu spät beantragt. Die Tage dazwischen zählen nicht mit.",
    ),
    (
        "RES_UNTERBRECHUNG",
        "Sie waren länger als 6 Monate im Ausland. Die Zeit davor zählt nur, wenn die Behörde sie \
         anrechnet (höchstens 3 Jahre).",
    ),
];

/// § 12b Abs. 1 Satz 1 StAG: longest stay abroad that breaks nothing.
const AUSLAND_MONATE: i32 = 6;
/// § 4a Abs. 6 FreizügG/EU: with an important reason, once.
const AUSLAND_WICHTIG_MONATE: i32 = 12;
/// § 4a Abs. 6 FreizügG/EU: six months in a calendar year.
const AUSLAND_TAGE_IM_JAHR: i64 = 183;
/// § 12b Abs. 2 Satz 1 StAG: up to three years may be counted.
const ANRECHNUNG_TAGE: i64 = 3 * 365;

/// Works out the chain that lasts until the Stichtag.
pub fn aufenthalt(
    stichtag: Datum,
    zeiten: &[Zeit],
    ausland: &[Abwesenheit],
    regime: Regime,
) -> Aufenthalt {
    let mut zeiten: Vec<Zeit> =
        zeiten.iter().copied().filter(|it| it.zaehlt && it.von <= stichtag).collect();
    zeiten.sort_by_key(|it| it.von);
    let Some(letzte) = zeiten.last().filter(|it| it.bis.is_none_or(|bis| stichtag <= bis)) else {
        return Aufenthalt {
            kettenbeginn: None,
            luecken_tage: 0,
            frueher_tage: 0,
            offene_punkte: vec!["RES_KEIN_AKTUELLER_AUFENTHALT"],
            luecke_vor: None,
            reisen: ausland.iter().map(|it| (*it, Reise::Ausserhalb)).collect(),
        };
    };
    let mut offen = BTreeSet::new();
    let (mut beginn, mut frueher_tage) = (letzte.von, 0);
    // First day and day after the last one of gaps that break nothing.
    let mut luecken: Vec<(Datum, Datum)> = Vec::new();
    let mut luecke_vor = None;
    for paar in zeiten.windows(2).rev() {
        let [davor, danach] = paar else { continue };
        let Some(ende) = davor.bis.filter(|bis| bis.add_days(1) < danach.von) else {
            beginn = beginn.min(davor.von);
            continue;
        };
        if danach.verspaetet {
            luecken.push((ende.add_days(1), danach.von));
            beginn = davor.von;
            offen.insert("RES_LUECKE_VERSPAETETER_ANTRAG");
            continue;
        }
        offen.insert("RES_LUECKE");
        luecke_vor = Some(danach.von);
        frueher_tage = zeiten
            .iter()
            .filter_map(|it| Some((it.von, it.bis.filter(|bis| *bis < beginn)?)))
            .map(|(von, bis)| von.days_until(bis) + 1)
            .sum();
        break;
    }
    let mut ausland = ausland.to_vec();
    ausland.sort();
    let mut tage_im_jahr: BTreeMap<i32, i64> = BTreeMap::new();
    let mut reisen = Vec::new();
    for it in &ausland {
        if it.bis <= beginn || stichtag < it.von {
            reisen.push((*it, Reise::Ausserhalb));
            continue;
        }
        let is_lang = it.von.add_months(AUSLAND_MONATE) < it.bis;
        let is_bruch = match regime {
            Regime::Drittstaat => is_lang && !it.entschuldigt,
            Regime::Eu => {
                let is_zu_lang = it.von.add_months(AUSLAND_WICHTIG_MONATE) < it.bis;
                is_zu_lang || (is_lang && !it.wichtig)
            }
        };
        let reise = match is_bruch {
            true => Reise::Unterbricht,
            false if is_lang => Reise::Entschuldigt,
            false => Reise::UnterbrichtNicht,
        };
        reisen.push((*it, reise));
        if is_bruch {
            frueher_tage += beginn.days_until(it.von).max(0);
            beginn = it.bis;
            offen.insert("RES_UNTERBRECHUNG");
        } else if regime == Regime::Drittstaat && is_lang {
            offen.insert("RES_ABH_FRIST_NACHWEISEN");
        } else if regime == Regime::Eu && !it.wichtig {
            for jahr in it.von.jahr()..=it.bis.jahr() {
                let ab = it.von.max(Datum::new(jahr, 1, 1));
                let bis = it.bis.min(Datum::new(jahr + 1, 1, 1));
                *tage_im_jahr.entry(jahr).or_default() += ab.days_until(bis).max(0);
            }
        }
    }
    if tage_im_jahr.values().any(|tage| AUSLAND_TAGE_IM_JAHR < *tage) {
        offen.insert("RES_EU_6_MONATE_IM_JAHR");
    }
    for (jahre, code) in [(3, "RES_HAELFTE_3"), (5, "RES_HAELFTE_5")] {
        let ab = stichtag.add_years(-jahre);
        let tage: i64 =
            ausland.iter().map(|it| it.von.max(ab).days_until(it.bis.min(stichtag)).max(0)).sum();
        if ab.days_until(stichtag) < tage * 2 {
            offen.insert(code);
        }
    }
    // What was before the chain began again is no gap in it.
    let luecken_tage =
        luecken.iter().map(|(ab, bis)| (*ab).max(beginn).days_until(*bis).max(0)).sum();
    Aufenthalt {
        kettenbeginn: Some(beginn),
        luecken_tage,
        frueher_tage,
        offene_punkte: offen.into_iter().collect(),
        luecke_vor,
        reisen,
    }
}

impl Aufenthalt {
    /// The day on which the chain is this many years long.
    pub fn erfuellt(&self, jahre: i32) -> Option<Datum> {
        Some(self.kettenbeginn?.add_years(jahre).add_days(self.luecken_tage))
    }

    /// The same day if the Behörde counts all that it may; `None` where there is nothing to count.
    pub fn mit_anrechnung(&self, jahre: i32) -> Option<Datum> {
        let beginn = self.kettenbeginn.filter(|_| 0 < self.frueher_tage)?;
        let anrechenbar = self.frueher_tage.min(ANRECHNUNG_TAGE);
        Some(beginn.add_years(jahre).add_days(-anrechenbar).max(beginn))
    }

    /// What is open, in German sentences.
    pub fn offen(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        OFFENE_PUNKTE.iter().copied().filter(|(code, _)| self.offene_punkte.contains(code))
    }

    /// `{kettenbeginn, lueckenTage, erfuellt3, erfuellt5, mitAnrechnung3?, mitAnrechnung5?,
    /// offenePunkte}`
    pub fn to_json(&self) -> Value {
        let mut json = json!({
            "kettenbeginn": self.kettenbeginn.map(Datum::iso),
            "lueckenTage": self.luecken_tage,
            "offenePunkte": self.offene_punkte,
        });
        for (jahre, erfuellt, anrechnung) in
            [(3, "erfuellt3", "mitAnrechnung3"), (5, "erfuellt5", "mitAnrechnung5")]
        {
            if let Some(tag) = self.erfuellt(jahre) {
                json[erfuellt] = Value::from(tag.iso());
            }
            if let Some(tag) = self.mit_anrechnung(jahre) {
                json[anrechnung] = Value::from(tag.iso());
            }
        }
        json
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const STICHTAG: Datum = Datum::new(2026, 11, 23);

    fn tag(text: &str) -> Datum {
        text.parse().unwrap()
    }

    fn zeit(von: &str, bis: &str) -> Zeit {
        let bis = (!bis.is_empty()).then(|| tag(bis));
        Zeit { von: tag(von), bis, zaehlt: true, verspaetet: false }
    }

    fn weg(von: &str, bis: &str) -> Abwesenheit {
        Abwesenheit { von: tag(von), bis: tag(bis), entschuldigt: false, wichtig: false }
    }

    #[track_caller]
    fn check(zeiten: &[Zeit], ausland: &[Abwesenheit], regime: Regime, expect: Expect) {
        expect.assert_eq(&aufenthalt(STICHTAG, zeiten, ausland, regime).to_json().to_string());
    }

    #[test]
    fn periods_that_touch_are_one_chain() {
        check(
            &[
                zeit("2016-09-02", "2017-03-14"),
                zeit("2017-03-15", "2022-05-01"),
                zeit("2022-05-02", ""),
            ],
            &[],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2019-09-02","erfuellt5":"2021-09-02","kettenbeginn":"2016-09-02","lueckenTage":0,"offenePunkte":[]}"#
            ]],
        );
    }

    #[test]
    fn what_does_not_count_is_no_part_of_the_chain() {
        let duldung = Zeit { zaehlt: false, ..zeit("2011-04-20", "2023-01-10") };
        check(
            &[duldung, zeit("2023-01-11", "")],
            &[],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2026-01-11","erfuellt5":"2028-01-11","kettenbeginn":"2023-01-11","lueckenTage":0,"offenePunkte":[]}"#
            ]],
        );
        check(
            &[duldung],
            &[],
            Regime::Drittstaat,
            expect![[
                r#"{"kettenbeginn":null,"lueckenTage":0,"offenePunkte":["RES_KEIN_AKTUELLER_AUFENTHALT"]}"#
            ]],
        );
    }

    #[test]
    fn a_long_absence_begins_a_new_chain() {
        check(
            &[zeit("2015-01-01", "")],
            &[weg("2021-01-01", "2021-09-01")],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2024-09-01","erfuellt5":"2026-09-01","kettenbeginn":"2021-09-01","lueckenTage":0,"mitAnrechnung3":"2021-09-02","mitAnrechnung5":"2023-09-02","offenePunkte":["RES_UNTERBRECHUNG"]}"#
            ]],
        );
        // Six months to the day are not longer than six months (§ 12b Abs. 1 Satz 1 StAG).
        check(
            &[zeit("2015-01-01", "")],
            &[weg("2021-01-01", "2021-07-01")],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2018-01-01","erfuellt5":"2020-01-01","kettenbeginn":"2015-01-01","lueckenTage":0,"offenePunkte":[]}"#
            ]],
        );
    }

    #[test]
    fn an_absence_that_was_allowed_breaks_nothing() {
        let erlaubt = Abwesenheit { entschuldigt: true, ..weg("2021-01-01", "2021-09-01") };
        check(
            &[zeit("2015-01-01", "")],
            &[erlaubt],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2018-01-01","erfuellt5":"2020-01-01","kettenbeginn":"2015-01-01","lueckenTage":0,"offenePunkte":["RES_ABH_FRIST_NACHWEISEN"]}"#
            ]],
        );
    }

    #[test]
    fn days_of_a_late_application_do_not_count() {
        let spaet = Zeit { verspaetet: true, ..zeit("2022-03-03", "") };
        check(
            &[zeit("2020-01-01", "2022-01-31"), spaet],
            &[],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2023-01-31","erfuellt5":"2025-01-31","kettenbeginn":"2020-01-01","lueckenTage":30,"offenePunkte":["RES_LUECKE_VERSPAETETER_ANTRAG"]}"#
            ]],
        );
        check(
            &[zeit("2020-01-01", "2022-01-31"), zeit("2022-03-03", "")],
            &[],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2025-03-03","erfuellt5":"2027-03-03","kettenbeginn":"2022-03-03","lueckenTage":0,"mitAnrechnung3":"2023-01-31","mitAnrechnung5":"2025-01-30","offenePunkte":["RES_LUECKE"]}"#
            ]],
        );
    }

    #[test]
    fn a_gap_after_a_long_absence_still_does_not_count() {
        let spaet = Zeit { verspaetet: true, ..zeit("2022-03-03", "") };
        check(
            &[zeit("2015-01-01", "2022-01-31"), spaet],
            &[weg("2018-01-01", "2018-09-01")],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2021-10-01","erfuellt5":"2023-10-01","kettenbeginn":"2018-09-01","lueckenTage":30,"mitAnrechnung3":"2018-09-02","mitAnrechnung5":"2020-09-01","offenePunkte":["RES_LUECKE_VERSPAETETER_ANTRAG","RES_UNTERBRECHUNG"]}"#
            ]],
        );
    }

    #[test]
    fn union_citizens_have_six_months_a_year() {
        check(
            &[zeit("2018-01-01", "")],
            &[weg("2023-01-01", "2023-04-30"), weg("2023-08-01", "2023-11-15")],
            Regime::Eu,
            expect![[
                r#"{"erfuellt3":"2021-01-01","erfuellt5":"2023-01-01","kettenbeginn":"2018-01-01","lueckenTage":0,"offenePunkte":["RES_EU_6_MONATE_IM_JAHR"]}"#
            ]],
        );
    }

    #[test]
    fn more_than_half_of_the_time_abroad_is_an_open_point() {
        check(
            &[zeit("2015-01-01", "")],
            &[
                weg("2024-01-01", "2024-06-30"),
                weg("2024-09-01", "2025-02-28"),
                weg("2025-04-01", "2025-09-30"),
                weg("2025-10-15", "2026-04-10"),
            ],
            Regime::Drittstaat,
            expect![[
                r#"{"erfuellt3":"2018-01-01","erfuellt5":"2020-01-01","kettenbeginn":"2015-01-01","lueckenTage":0,"offenePunkte":["RES_HAELFTE_3"]}"#
            ]],
        );
    }

    #[test]
    fn every_open_point_has_words() {
        for (code, satz) in OFFENE_PUNKTE {
            assert!(code.starts_with("RES_") && satz.ends_with('.'), "{code}");
        }
    }
}
