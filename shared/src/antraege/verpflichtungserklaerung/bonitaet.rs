//! The self-check of the Bonität: advisory, after the Pfändungsfreigrenzen of the Stichtag.

use crate::{formular::Bedarfsprofil, recht::Gueltigkeit, werte::Datum};

/// § 850c ZPO with its amounts for a time, in cents a month.
struct Freigrenze {
    gueltig: Gueltigkeit,
    /// Abs. 1: for the debtor.
    grund: i64,
    /// Abs. 2 Satz 1: for the first person who is maintained.
    erste: i64,
    /// Abs. 2 Satz 2: for the second to fifth, each.
    weitere: i64,
    /// Abs. 3 Satz 3: all above it can be seized.
    voll: i64,
}

/// Bekanntmachungen to § 850c Abs. 4 ZPO: BGBl. 2025 I Nr. 110, BGBl. 2026 I Nr. 80.
static FREIGRENZEN: &[Freigrenze] = &[
    Freigrenze {
        gueltig: Gueltigkeit {
            ab: Some(Datum::new(2025, 7, 1)),
            bis: Some(Datum::new(2026, 6, 30)),
        },
        grund: 155_500,
        erste: 58_523,
        weitere: 32_604,
        voll: 476_699,
    },
    Freigrenze {
        gueltig: Gueltigkeit { ab: Some(Datum::new(2026, 7, 1)), bis: None },
        grund: 158_740,
        erste: 59_742,
        weitere: 33_283,
        voll: 486_630,
    },
];

/// What could be seized of a net income, in cents a month (§ 850c ZPO). Incomes before the first
/// known table are judged by it.
///
/// `netto` in cents; `unterhalt` is the number of persons maintained, of whom five count.
pub fn pfaendbar(netto: i64, unterhalt: i64, stichtag: Datum) -> i64 {
    let freigrenze =
        FREIGRENZEN.iter().find(|it| it.gueltig.holds_on(stichtag)).unwrap_or(&FREIGRENZEN[0]);
    let unterhalt = unterhalt.clamp(0, 5);
    let ueber = (netto - freigrenze.voll).max(0);
    // Abs. 5: rounded down to full ten euros.
    let gerundet = netto.min(freigrenze.voll) / 1000 * 1000;
    let frei = freigrenze.grund
        + if 1 <= unterhalt { freigrenze.erste } else { 0 }
        + freigrenze.weitere * (unterhalt - 1).max(0);
    // Abs. 3: seven tenths, less two for the first person and one for each other.
    let zehntel = 7 - if 1 <= unterhalt { 2 } else { 0 } - (unterhalt - 1).max(0);
    // Half a cent and more is rounded up.
    ((gerundet - frei).max(0) * zehntel + 5) / 10 + ueber
}

/// Result of the self-check, in cents a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bonitaet {
    pub netto: i64,
    pub pfaendbar: i64,
    pub bedarf: i64,
    /// Whole euros that are missing; 0 where the income suffices.
    pub fehlbetrag: i64,
}

/// Who is to be paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Personen {
    pub erwachsene: i64,
    pub kinder: i64,
}

/// Compares what could be seized with what the guests need.
///
/// `einkuenfte` are net incomes of consecutive months in whole euros, newest last; `zusatz` are
/// euros a month for rent and insurance of the guest. `None` without an income, and where an amount
/// is beyond all reckoning.
pub fn bonitaet(
    stichtag: Datum,
    einkuenfte: &[i64],
    unterhalt: i64,
    personen: Personen,
    zusatz: i64,
    saetze: (i64, i64),
) -> Option<Bonitaet> {
    // The last six months, or all where there are fewer.
    let letzte = &einkuenfte[einkuenfte.len().saturating_sub(6)..];
    let anzahl = i64::try_from(letzte.len()).ok().filter(|it| 0 < *it)?;
    let summe = letzte.iter().try_fold(0_i64, |summe, it| summe.checked_add(*it))?;
    // Mean in cents, half a cent and more rounded up.
    let netto = summe.checked_mul(200)?.checked_add(anzahl)?.div_euclid(2 * anzahl);
    let pfaendbar = pfaendbar(netto, unterhalt, stichtag);
    let bedarf = saetze.0 * personen.erwachsene + saetze.1 * personen.kinder;
    let bedarf = bedarf.checked_add(zusatz.checked_mul(100)?)?;
    let fehlbetrag = bedarf.checked_sub(pfaendbar)?.checked_add(99)?.div_euclid(100).max(0);
    Some(Bonitaet { netto, pfaendbar, bedarf, fehlbetrag })
}

impl Bedarfsprofil {
    /// Cents a month for an adult and a child, by the length of the stay.
    pub(super) fn saetze(&self, dauer_tage: i64) -> (i64, i64) {
        if dauer_tage <= super::regeln::KURZ_TAGE { self.kurz } else { self.lang }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOR_JULI: Datum = Datum::new(2026, 6, 30);
    const AB_JULI: Datum = Datum::new(2026, 7, 1);

    #[track_caller]
    fn check(netto_cent: i64, unterhalt: i64, stichtag: Datum, cent: i64) {
        assert_eq!(pfaendbar(netto_cent, unterhalt, stichtag), cent);
    }

    #[test]
    fn amounts_are_those_of_the_official_table() {
        check(156_000, 0, VOR_JULI, 350);
        check(160_000, 0, VOR_JULI, 3150);
        check(160_999, 0, VOR_JULI, 3150);
        check(223_000, 1, VOR_JULI, 4489);
        check(300_000, 0, VOR_JULI, 101_150);
        check(158_000, 0, VOR_JULI, 1750);
        check(158_000, 0, AB_JULI, 0);
        check(159_000, 0, AB_JULI, 182);
        check(160_000, 0, AB_JULI, 882);
        check(350_000, 0, AB_JULI, 133_882);
        check(200_000, 2, AB_JULI, 0);
    }

    #[test]
    fn the_same_income_weighs_less_from_july_on() {
        let personen = Personen { erwachsene: 1, kinder: 0 };
        let check = |stichtag| {
            bonitaet(stichtag, &[2000; 6], 0, personen, 0, (28_150, 14_075)).map(|it| it.fehlbetrag)
        };
        assert_eq!(check(VOR_JULI), Some(0));
        assert_eq!(check(AB_JULI), Some(0));
        assert_eq!(
            bonitaet(VOR_JULI, &[1960], 0, personen, 0, (28_150, 14_075)).map(|it| it.fehlbetrag),
            Some(0)
        );
        assert_eq!(
            bonitaet(AB_JULI, &[1960], 0, personen, 0, (28_150, 14_075)).map(|it| it.fehlbetrag),
            Some(21)
        );
    }

    #[test]
    fn without_an_income_there_is_nothing_to_say() {
        assert_eq!(bonitaet(AB_JULI, &[], 0, Personen::default(), 0, (1, 1)), None);
        for (einkuenfte, zusatz) in [([i64::MAX; 2], 0), ([i64::MIN; 2], 0), ([1; 2], i64::MAX)] {
            assert_eq!(
                bonitaet(AB_JULI, &einkuenfte, 0, Personen::default(), zusatz, (1, 1)),
                None
            );
        }
    }
}
