//! Public holidays: those of all Germany, and those of a Land.

use crate::werte::Datum;

/// A Land that has holidays of its own, by its code in ISO 3166-2:DE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Land {
    BB,
    BE,
    BW,
    BY,
    HB,
    HE,
    HH,
    MV,
    NI,
    NW,
    RP,
    SH,
    SL,
    SN,
    ST,
    TH,
}

use Land::*;

impl Land {
    /// All, by their code.
    pub const ALLE: [(&'static str, Land); 16] = [
        ("BB", BB),
        ("BE", BE),
        ("BW", BW),
        ("BY", BY),
        ("HB", HB),
        ("HE", HE),
        ("HH", HH),
        ("MV", MV),
        ("NI", NI),
        ("NW", NW),
        ("RP", RP),
        ("SH", SH),
        ("SL", SL),
        ("SN", SN),
        ("ST", ST),
        ("TH", TH),
    ];

    /// The Land of this code.
    pub fn find(code: &str) -> Option<Land> {
        Land::ALLE.iter().find(|(it, _)| *it == code).map(|(_, land)| *land)
    }
}

/// Whether it is a holiday everywhere in Germany or, where a Land is given, everywhere in this Land.
/// Days that are one in some of its places alone are none.
pub fn is_feiertag(tag: Datum, land: Option<Land>) -> bool {
    let is_fest =
        matches!((tag.monat(), tag.tag()), (1, 1) | (5, 1) | (10, 3) | (12, 25) | (12, 26));
    // Karfreitag, Ostermontag, Christi Himmelfahrt, Pfingstmontag
    let nach_ostern = ostersonntag(tag.jahr()).days_until(tag);
    is_fest
        || matches!(nach_ostern, -2 | 1 | 39 | 50)
        || land.is_some_and(|it| is_feiertag_in(it, tag, nach_ostern))
}

/// Holidays of a Land, in the order of the year.
fn is_feiertag_in(land: Land, tag: Datum, nach_ostern: i64) -> bool {
    match (tag.monat(), tag.tag()) {
        // Heilige Drei Könige
        (1, 6) => matches!(land, BW | BY | ST),
        // Frauentag
        (3, 8) => matches!(land, BE | MV),
        // Mariä Himmelfahrt
        (8, 15) => land == SL,
        // Weltkindertag
        (9, 20) => land == TH,
        // Reformationstag
        (10, 31) => matches!(land, BB | HB | HH | MV | NI | SH | SN | ST | TH),
        // Allerheiligen
        (11, 1) => matches!(land, BW | BY | NW | RP | SL),
        // Buß- und Bettag: the Wednesday before 23 November
        (11, 16..=22) => land == SN && tag.wochentag() == 2,
        // Fronleichnam
        _ => nach_ostern == 60 && matches!(land, BW | BY | HE | NW | RP | SL),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(land: Option<&str>, jahr: i32, expect: &str) {
        let land = land.map(|it| Land::find(it).unwrap());
        let tage = (0..366)
            .map(|it| Datum::new(jahr, 1, 1).add_days(it))
            .filter(|it| it.jahr() == jahr && is_feiertag(*it, land))
            .map(|it| format!("{}.{}.", it.tag(), it.monat()));
        assert_eq!(tage.collect::<Vec<_>>().join(" "), expect, "{land:?}");
    }

    #[test]
    fn holidays_of_a_year() {
        check(None, 2026, "1.1. 3.4. 6.4. 1.5. 14.5. 25.5. 3.10. 25.12. 26.12.");
        check(None, 2027, "1.1. 26.3. 29.3. 1.5. 6.5. 17.5. 3.10. 25.12. 26.12.");
        check(Some("BE"), 2026, "1.1. 8.3. 3.4. 6.4. 1.5. 14.5. 25.5. 3.10. 25.12. 26.12.");
        check(
            Some("BY"),
            2026,
            "1.1. 6.1. 3.4. 6.4. 1.5. 14.5. 25.5. 4.6. 3.10. 1.11. 25.12. 26.12.",
        );
        check(
            Some("SN"),
            2026,
            "1.1. 3.4. 6.4. 1.5. 14.5. 25.5. 3.10. 31.10. 18.11. 25.12. 26.12.",
        );
        check(
            Some("SL"),
            2027,
            "1.1. 26.3. 29.3. 1.5. 6.5. 17.5. 27.5. 15.8. 3.10. 1.11. 25.12. 26.12.",
        );
    }

    #[test]
    fn a_code_is_one_of_a_land() {
        assert_eq!(Land::find("NW"), Some(NW));
        assert_eq!(Land::find("nw"), None);
        assert_eq!(Land::find("AT"), None);
    }
}
