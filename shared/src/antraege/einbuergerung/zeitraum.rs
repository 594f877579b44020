//! Lists of periods (`einbuergerung.md` 0.9): in order, without overlaps, without unexplained gaps.

use crate::{befund::zahl, pruefung::Pruefer, werte::Datum};

/// Days that may lie between two periods without a word.
pub const LUECKE_TAGE: i64 = 31;

/// Checks the group `gruppe`, whose entries have `von`, `bis`, and perhaps `nebenwohnung`,
/// `verspaeteterAntrag` and `lueckenErklaerung`. With `ab`, the first period begins then.
pub fn check_zeitraeume(pruefer: &mut Pruefer<'_>, gruppe: &str, ab: Option<Datum>) {
    let mut zeiten = Vec::new();
    for (index, zeit) in pruefer.view.eintraege_von(gruppe).enumerate() {
        let Some(von) = zeit.read::<Datum>("von") else { continue };
        let bis = zeit.read::<Datum>("bis");
        if bis.is_some_and(|bis| bis < von) {
            let labels = [zahl("labelVon", "von"), zahl("labelBis", "bis")];
            pruefer.melde(&format!("{gruppe}[{index}].bis"), "DATE_REIHENFOLGE", &labels);
        }
        let is_erklaert = zeit.text("lueckenErklaerung").is_some();
        let is_spaet = zeit.text("verspaeteterAntrag") == Some("true");
        if zeit.text("nebenwohnung") != Some("true") {
            // An open period ends after every other.
            zeiten.push((von, bis.is_none(), bis, index, is_erklaert, is_spaet));
        }
    }
    zeiten.sort();
    if 1 < zeiten.iter().filter(|it| it.1).count() {
        pruefer.melde(gruppe, "PERIODE_MEHRFACH_OFFEN", &[]);
    }
    let mut davor: Option<(Datum, Option<Datum>)> = None;
    for (von, _, bis, index, is_erklaert, is_spaet) in zeiten {
        let pfad = format!("{gruppe}[{index}].von");
        match davor {
            Some((anfang, ende)) if ende.is_none_or(|ende| von < ende) => {
                let parameter = [zahl("a", format!("ab {anfang}")), zahl("b", format!("ab {von}"))];
                pruefer.melde(&pfad, "PERIODE_UEBERLAPPT", &parameter);
            }
            Some((_, Some(ende))) => {
                let is_luecke = LUECKE_TAGE < ende.days_until(von) - 1;
                if is_luecke && !is_spaet && !is_erklaert {
                    let parameter = [zahl("a", ende), zahl("b", von)];
                    pruefer.melde(&pfad, "PERIODE_LUECKE", &parameter);
                }
            }
            Some((_, None)) => {}
            None => {
                let ab = ab.filter(|ab| LUECKE_TAGE < ab.days_until(von) && !is_erklaert);
                if let Some(ab) = ab {
                    pruefer.melde(&pfad, "PERIODE_LUECKE", &[zahl("a", ab), zahl("b", von)]);
                }
            }
        }
        davor = Some((von, bis));
    }
}
