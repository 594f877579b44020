//! What the Einbürgerung costs (§ 38 StAG), in whole euros.

use crate::{
    angaben::View,
    antraege::einbuergerung::{formular::*, listen::Rolle, regeln},
    werte::Datum,
};

/// § 38 Abs. 2 Satz 1 StAG.
const GEBUEHR: i64 = 255;
/// § 38 Abs. 2 Satz 2 StAG: minor children who come along and have no income of their own.
const GEBUEHR_KIND: i64 = 51;
/// § 38 Abs. 3 StAG: free ways.
const FREIE_WEGE: &[&str] = &["R_ART116_2", "R_P15", "R_P5"];

/// Fee of a person (entry of `personen`) on this day.
pub fn gebuehr(person: &View<'_>, stichtag: Datum) -> i64 {
    let weg = weg(person, stichtag);
    if FREIE_WEGE.contains(&weg) {
        return 0;
    }
    let is_kind = person.get(&ROLLE) == Some(Rolle::KIND);
    let bounds = regeln::age_bounds(person, stichtag);
    let is_minor = bounds.is_some_and(|(von, _)| von < regeln::VOLLJAEHRIG_JAHRE);
    if is_kind && is_minor && !has_einkuenfte(person) { GEBUEHR_KIND } else { GEBUEHR }
}

/// Fee of all persons of the Antrag.
pub fn summe(antrag: &View<'_>, stichtag: Datum) -> i64 {
    antrag.eintraege(&PERSONEN).map(|it| gebuehr(&it, stichtag)).sum()
}

/// Whether `kinder` says that this person has an income of its own.
fn has_einkuenfte(person: &View<'_>) -> bool {
    person
        .wurzel()
        .eintraege(&KINDER)
        .filter(|it| it.text("personRef") == Some(&person.pfad("")))
        .any(|it| it.is_ja(&KIND_EINKUENFTE))
}

/// The way that the answers of a person point to: a code of [`super::listen::WEG`].
pub fn weg(person: &View<'_>, stichtag: Datum) -> &'static str {
    use super::listen::{Titelklasse, WEG};
    let rolle = person.get(&ROLLE);
    if rolle == Some(Rolle::KIND) || rolle == Some(Rolle::EHEGATTE) {
        return "P10_2";
    }
    // The Quick-Check asked about descent; this form does not.
    let quickcheck = person.wurzel().text("antrag.quickcheck.weg[0]").unwrap_or_default();
    if let Some((anderer, _)) = WEG.eintrag(quickcheck).filter(|(it, _)| it.starts_with("R_")) {
        return anderer;
    }
    let titel = Titelklasse::of(person.text(TITEL_CODE.datenfeld.id).unwrap_or_default());
    let has_titel = !matches!(titel, Titelklasse::Ausgeschlossen | Titelklasse::Keiner);
    let jahre = regeln::aufenthalt_jahre(stichtag);
    let erfuellt = regeln::aufenthalt_von(person, stichtag).erfuellt(jahre);
    let has_anspruch = has_titel && erfuellt.is_some_and(|it| it <= stichtag);
    if regeln::is_ehe_mit_deutschem(person) && !has_anspruch {
        "P9_1"
    } else if person.is_ja(&P9_KIND) && !has_anspruch {
        "P9_2"
    } else if has_titel {
        // Also where years are missing: they may be over when the Behörde decides.
        "P10_1"
    } else {
        "P8"
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::{Value, json};

    use super::*;
    use crate::antraege::einbuergerung::FORMULAR;

    const STICHTAG: Datum = Datum::new(2026, 11, 23);

    /// Ways and fees of all persons of a case, with something changed.
    fn check(id: &str, pointer: &str, value: Value) -> Vec<(&'static str, i64)> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
        let faelle: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let valid = faelle["einbuergerung"]["valid"].as_array().unwrap();
        let mut daten = valid.iter().find(|it| it["id"] == id).unwrap()["daten"].clone();
        if let Some(at) = daten.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *at = value;
        }
        let angaben = FORMULAR.prune(&FORMULAR.import(&daten).unwrap(), STICHTAG);
        let antrag = View::new(&angaben);
        let all: Vec<_> = antrag
            .eintraege(&PERSONEN)
            .map(|it| (weg(&it, STICHTAG), gebuehr(&it, STICHTAG)))
            .collect();
        assert_eq!(summe(&antrag, STICHTAG), all.iter().map(|it| it.1).sum::<i64>());
        all
    }

    #[test]
    fn a_family_pays_for_each_person() {
        let familie = vec![("P10_1", 255), ("P10_2", 255), ("P10_2", 51), ("P10_2", 51)];
        assert_eq!(check("E3", "", Value::Null), familie);
        let mut mit_lohn = familie;
        mit_lohn[2] = ("P10_2", 255);
        assert_eq!(check("E3", "/kinder/0/eigeneEinkuenfte", json!(true)), mit_lohn);
    }

    #[test]
    fn the_way_follows_from_the_answers() {
        assert_eq!(check("E1", "", Value::Null), [("P10_1", 255)]);
        assert_eq!(check("E2", "", Value::Null), [("P9_1", 255)]);
        let since_long = json!("2015-02-01");
        assert_eq!(
            check("E2", "/personen/0/aufenthalt/zeiten/0/von", since_long),
            [("P10_1", 255)]
        );
        let studium = json!("AE_16b");
        assert_eq!(check("E4", "/personen/0/aufenthalt/titel/code", studium), [("P8", 255)]);
    }

    #[test]
    fn reparation_is_free() {
        let antrag = json!({"art": "SELBST", "quickcheck": {"weg": ["R_ART116_2", "R_P15"]}});
        assert_eq!(check("E1", "/antrag", antrag), [("R_ART116_2", 0)]);
    }
}
