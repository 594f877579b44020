//! Months by name.

use shared::werte::Datum;

use crate::texte::{self, Texte};

/// `Oktober 2026`: the month that lies `zurueck` months before the last one that is over.
pub fn label(stichtag: Datum, zurueck: usize, texte: &Texte) -> String {
    let (jahr, monat) = month_before(stichtag, zurueck);
    format!("{} {jahr}", texte.get(texte::MONATE[monat]))
}

/// Year, and month from 0 to 11.
fn month_before(stichtag: Datum, zurueck: usize) -> (i32, usize) {
    let zurueck = i32::try_from(zurueck).unwrap_or(0);
    let tag = stichtag.add_months(-1 - zurueck);
    (tag.jahr(), tag.monat() as usize - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_month_is_the_last_one_that_is_over() {
        let texte = Texte::default();
        let stichtag = Datum::new(2026, 11, 23);
        assert_eq!(label(stichtag, 0, &texte), "Oktober 2026");
        assert_eq!(label(stichtag, 2, &texte), "August 2026");
        assert_eq!(label(stichtag, 10, &texte), "Dezember 2025");
        assert_eq!(label(Datum::new(2026, 1, 31), 0, &texte), "Dezember 2025");
        assert_eq!(label(Datum::new(2026, 3, 31), 0, &texte), "Februar 2026");
    }
}
