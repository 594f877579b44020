//! The Zustimmungsfiktion: the consent of the Bundesagentur für Arbeit counts as given if it says
//! nothing within two weeks (§ 36 Abs. 2 BeschV).

use crate::{
    angaben::View,
    antraege::beschaeftigungserlaubnis::{
        regeln::lage,
        weg::{Wegart, weg},
    },
    feiertage::is_feiertag,
    formular::{Ergebnis, Ergebniszeile, Kontext},
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

/// What a request that is sent on the Stichtag leads to.
pub fn vorschlag(antrag: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let heute = kontext.stichtag;
    let weg = weg(&lage(antrag), heute);
    if weg.art != Wegart::ErlaubnisMitBa {
        return None;
    }
    let land = kontext.einstellungen.land;
    let frist = |label, is_schnell| {
        let bis = fiktion_bis(heute, |it| is_feiertag(it, land), is_schnell);
        Ergebniszeile::new(label, format!("Ende {bis}, Fiktion ab {}", bis.add_days(1)))
    };
    let feiertage = match land {
        Some(_) => ("be.fiktion.land", "Die des Bundes und des Landes sind gerechnet."),
        None => (
            "be.fiktion.bund",
            "Nur die bundesweiten sind gerechnet. Ein Feiertag des Landes am letzten Tag \
             verlängert die Frist (§ 31 Abs. 3 VwVfG).",
        ),
    };
    Some(Ergebnis {
        satz: (
            "be.fiktion.satz",
            "So lange hat die Bundesagentur für Arbeit Zeit, wenn die Anfrage heute an sie geht. \
             Danach gilt die Zustimmung als erteilt, wenn sie vorher nichts nachfragt.",
        ),
        is_gut: true,
        zeitleisten: Vec::new(),
        zeilen: vec![
            Ergebniszeile::new(("be.fiktion.heute", "Anfrage am"), heute),
            frist(("be.fiktion.bis", "Frist von 2 Wochen"), false),
            frist(("be.fiktion.schnell", "Frist von 1 Woche (§ 18g Abs. 4, § 81a AufenthG)"), true),
            Ergebniszeile::new(("be.norm", "Rechtsgrundlage"), "§ 36 Abs. 2 BeschV"),
            Ergebniszeile::wort(("be.fiktion.feiertage", "Feiertage"), feiertage),
        ],
    })
}

#[cfg(test)]
mod tests {
    use crate::feiertage::Land;

    use super::*;

    #[track_caller]
    fn check(uebermittelt: &str, land: Option<Land>, is_schnell: bool, bis: &str) {
        let tag = |text: &str| text.parse::<Datum>().unwrap();
        let is_feiertag = |it| is_feiertag(it, land);
        assert_eq!(fiktion_bis(tag(uebermittelt), is_feiertag, is_schnell), tag(bis));
    }

    #[test]
    fn a_period_ends_on_a_working_day() {
        // 25 and 26 December are holidays, the 27th is a Sunday.
        check("2026-12-11", None, false, "2026-12-28");
        check("2026-12-11", None, true, "2026-12-18");
        check("2026-11-23", None, false, "2026-12-07");
        // A Saturday
        check("2026-11-07", None, false, "2026-11-23");
        // Karfreitag, Ostermontag
        check("2027-03-12", None, false, "2027-03-30");
        check("2026-04-30", None, true, "2026-05-07");
        // Fronleichnam is a holiday in Hessen, and none in Berlin.
        check("2026-05-21", Some(Land::BE), false, "2026-06-04");
        check("2026-05-21", Some(Land::HE), false, "2026-06-05");
    }
}
