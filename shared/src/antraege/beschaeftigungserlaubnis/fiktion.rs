//! The Zustimmungsfiktion: the consent of the Bundesagentur für Arbeit counts as given if it says
//! nothing within two weeks (§ 36 Abs. 2 BeschV).

use crate::{
    angaben::View,
    antraege::beschaeftigungserlaubnis::{
        regeln::lage,
        weg::{Wegart, weg},
    },
    formular::{Ergebnis, Kontext},
    werte::Datum,
};

/// § 36 Abs. 2 Satz 1 BeschV
const FRIST_TAGE: i64 = 14;
/// § 36 Abs. 2 Satz 2 BeschV: § 18g Abs. 4 and § 81a AufenthG
const FRIST_TAGE_SCHNELL: i64 = 7;

/// The last day of the period for a request that reaches the Bundesagentur on `uebermittelt`: it
/// begins on the next day (§ 187 Abs. 1 BGB) and does not end on a Saturday, Sunday or holiday (§ 31
/// Abs. 3 VwVfG). The consent counts as given from the day after. `is_schnell`: one week in place of
/// two.
pub fn fiktion_bis(
    uebermittelt: Datum,
    is_feiertag: impl Fn(Datum) -> bool,
    is_schnell: bool,
) -> Datum {
    let mut ende = uebermittelt.add_days(if is_schnell { FRIST_TAGE_SCHNELL } else { FRIST_TAGE });
    while 5 <= ende.wochentag() || is_feiertag(ende) {
        ende = ende.add_days(1);
    }
    ende
}

/// Whether it is a holiday everywhere in Germany.
pub fn is_feiertag(tag: Datum) -> bool {
    let is_fest =
        matches!((tag.monat(), tag.tag()), (1, 1) | (5, 1) | (10, 3) | (12, 25) | (12, 26));
    // Karfreitag, Ostermontag, Christi Himmelfahrt, Pfingstmontag
    let nach_ostern = ostersonntag(tag.jahr()).days_until(tag);
    is_fest || matches!(nach_ostern, -2 | 1 | 39 | 50)
}

/// Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher.
fn ostersonntag(jahr: i32) -> Datum {
    let a = jahr % 19;
    let (b, c) = (jahr / 100, jahr % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let summe = h + l - 7 * m + 114;
    let (monat, tag) = ((summe / 31) as u32, (summe % 31 + 1) as u32);
    Datum::try_new(jahr, monat, tag).expect("Easter is a day of March or April")
}

/// What a request that is sent on the Stichtag leads to.
pub fn vorschlag(antrag: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let heute = kontext.stichtag;
    let weg = weg(&lage(antrag), heute);
    if weg.art != Wegart::ErlaubnisMitBa {
        return None;
    }
    let bis = |is_schnell| fiktion_bis(heute, is_feiertag, is_schnell);
    let zeile = |bis: Datum| format!("Ende {bis}, Fiktion ab {}", bis.add_days(1));
    Some(Ergebnis {
        satz: (
            "be.fiktion.satz",
            "So lange hat die Bundesagentur für Arbeit Zeit, wenn die Anfrage heute an sie geht. \
             Danach gilt die Zustimmung als erteilt, wenn sie vorher nichts nachfragt.",
        ),
        is_gut: true,
        zeitleisten: Vec::new(),
        zeilen: vec![
            (("be.fiktion.heute", "Anfrage am"), heute.to_string()),
            (("be.fiktion.bis", "Frist von 2 Wochen"), zeile(bis(false))),
            (
                ("be.fiktion.schnell", "Frist von 1 Woche (§ 18g Abs. 4, § 81a AufenthG)"),
                zeile(bis(true)),
            ),
            (("be.norm", "Rechtsgrundlage"), "§ 36 Abs. 2 BeschV".to_owned()),
            (
                ("be.fiktion.feiertage", "Feiertage"),
                "Nur die bundesweiten sind gerechnet. Ein Feiertag des Landes am letzten Tag \
                 verlängert die Frist (§ 31 Abs. 3 VwVfG)."
                    .to_owned(),
            ),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(uebermittelt: &str, is_schnell: bool, bis: &str) {
        let tag = |text: &str| text.parse::<Datum>().unwrap();
        assert_eq!(fiktion_bis(tag(uebermittelt), is_feiertag, is_schnell), tag(bis));
    }

    #[test]
    fn a_period_ends_on_a_working_day() {
        // 25 and 26 December are holidays, the 27th is a Sunday.
        check("2026-12-11", false, "2026-12-28");
        check("2026-12-11", true, "2026-12-18");
        check("2026-11-23", false, "2026-12-07");
        // A Saturday
        check("2026-11-07", false, "2026-11-23");
        // Karfreitag, Ostermontag
        check("2027-03-12", false, "2027-03-30");
        check("2026-04-30", true, "2026-05-07");
    }

    #[test]
    fn holidays_move_with_easter() {
        for tag in
            ["2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2027-03-26", "2026-10-03"]
        {
            assert!(is_feiertag(tag.parse().unwrap()), "{tag}");
        }
        for tag in ["2026-04-05", "2026-06-04", "2026-10-31", "2026-12-24"] {
            assert!(!is_feiertag(tag.parse().unwrap()), "{tag}");
        }
    }
}
