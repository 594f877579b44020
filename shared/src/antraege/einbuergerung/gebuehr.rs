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
    if regeln::is_ehe_mit_deutschem(person) {
        return "P9_1";
    }
    if person.is_ja(&P9_KIND) {
        return "P9_2";
    }
    let titel = Titelklasse::of(person.text(TITEL_CODE.datenfeld.id).unwrap_or_default());
    let jahre = regeln::aufenthalt_jahre(stichtag);
    let erfuellt = regeln::aufenthalt_von(person, stichtag).erfuellt(jahre);
    let reicht =
        matches!(titel, Titelklasse::Unbefristet | Titelklasse::Genuegt | Titelklasse::Unklar);
    if reicht && erfuellt.is_some_and(|it| it <= stichtag) { "P10_1" } else { "P8" }
}
