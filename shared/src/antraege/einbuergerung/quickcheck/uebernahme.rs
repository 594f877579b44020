//! What was answered in the Quick-Check is not typed again in the Antrag.

use std::collections::BTreeMap;

use super::{Ergebnis, fragen::*};
use crate::{
    angaben::{Angaben, View},
    antraege::einbuergerung::{FORMULAR, regeln::HANDLUNGSFAEHIG_JAHRE},
    werte::{Datum, Teildatum},
};

/// Id of the form that answers are carried over to.
pub const ANTRAG: &str = "einbuergerung";
/// Where the result of the Quick-Check stands in the Antrag; nobody types it.
const ERGEBNIS: &str = "antrag.quickcheck.";

/// Fills what [`uebernehmen`] gives into a draft. What somebody has answered there stays, and so do
/// lists that have entries: only gaps are filled, and the result is replaced. Gives the answers that
/// came from the Quick-Check, by path.
pub fn fill(entwurf: &mut Angaben, uebernommen: &Angaben) -> BTreeMap<String, String> {
    let vorher = entwurf.clone();
    entwurf.remove_below(ERGEBNIS);
    let mut gefuellt = BTreeMap::new();
    for (pfad, wert) in uebernommen.iter() {
        let is_ergebnis = pfad.starts_with(ERGEBNIS);
        // The list that the answer is an entry of, within its person: `personen[0].ausland`.
        let liste = pfad.rsplit_once('[').map_or("", |(liste, _)| liste);
        let has_entries = liste.contains('[') && 0 < vorher.anzahl(liste);
        if !is_ergebnis && (has_entries || vorher.text(pfad).is_some()) {
            continue;
        }
        entwurf.set(pfad, wert);
        if !is_ergebnis {
            gefuellt.insert(pfad.to_owned(), wert.to_owned());
        }
    }
    gefuellt
}

/// Answers of the Antrag that the answers of the Quick-Check already give, and its result with its
/// day. Taken over is only what means the same in both: the Bekenntnis is made in the Antrag alone.
pub fn uebernehmen(antworten: &Angaben, ergebnis: &Ergebnis, stichtag: Datum) -> Angaben {
    let view = View::new(antworten);
    let mut antrag = Angaben::default();
    let text = |id: &str| view.text(id).filter(|it| *it != super::WEISS_NICHT);
    let datum = |id: &str| view.read::<Datum>(id).map(Datum::iso);
    let mut set = |pfad: &str, wert: &str| antrag.set(pfad, wert);

    let geburt = view.get(&Q_GEBURTSDATUM);
    let is_jung =
        geburt.is_some_and(|it: Teildatum| it.age_bounds(stichtag).1 < HANDLUNGSFAEHIG_JAHRE);
    set("antrag.art", if is_jung { "NUR_KIND" } else { "SELBST" });
    set("personen[0].rolle", "ANTRAGSTELLER");
    if geburt.is_some() {
        set("personen[0].geburt.datum", view.text(Q_GEBURTSDATUM.datenfeld.id).unwrap_or_default());
    }
    match text(Q_STAATENLOS.datenfeld.id) {
        Some("true") => {
            set("personen[0].staatsangehoerigkeiten[0].code", "997");
            set("personen[0].staatenlosSeitGeburt", "true");
            set("personen[0].geburt.staat", "000");
            set("personen[0].aufenthalt.inDeutschlandGeboren", "true");
        }
        _ => {
            if let Some(seit) = datum(Q_SEIT.datenfeld.id) {
                set("personen[0].aufenthalt.zeiten[0].von", &seit);
            }
        }
    }
    if text(Q_ABWESENHEIT.datenfeld.id) == Some("UEBER_6M_OHNE_FRIST")
        && let Some(rueckkehr) = datum(Q_RUECKKEHR.datenfeld.id)
    {
        set("personen[0].ausland[0].bis", &rueckkehr);
    }
    if let Some(titel) = text(Q_TITEL.datenfeld.id) {
        set("personen[0].aufenthalt.titel.code", titel);
    }
    if let Some(seit) = datum(Q_EHE_SEIT.datenfeld.id) {
        set("personen[0].familienstand.code", "VH");
        set("personen[0].familienstand.seit", &seit);
        set("personen[0].ehegatte.staatsangehoerigkeiten[0].code", "000");
        if let Some(mehrere @ ("true" | "false")) = text(Q_MEHREHE.datenfeld.id) {
            set("personen[0].ehe.mehrere", mehrere);
        }
    }
    if let Some("ANDERE_NACHWEISE" | "UNGEKLAERT") = text(Q_IDENTITAET.datenfeld.id) {
        set("personen[0].keinPass", "true");
    }
    match text(Q_LEBENSUNTERHALT.datenfeld.id) {
        Some("OHNE_LEISTUNG") => set("personen[0].leistungen.bezug", "false"),
        Some("LEISTUNG_SONST" | "AUSNAHME_A" | "AUSNAHME_B" | "AUSNAHME_C") => {
            set("personen[0].leistungen.bezug", "true");
        }
        _ => {}
    }
    // "B1" and "bestanden" stand for several proofs: which one is asked in the Antrag.
    let sprache = match text(Q_SPRACHE.datenfeld.id) {
        Some("MUENDLICH_GASTARBEITER") => "GASTARBEITER_MUENDLICH",
        Some("HAERTE_4A") => "HAERTE_4A",
        Some("KRANK_ALT") => "KRANKHEIT_ALTER",
        Some("KEIN_NACHWEIS") => "KEINER",
        _ => "",
    };
    set("personen[0].sprache.nachweis", sprache);
    let test = match text(Q_TEST.datenfeld.id) {
        Some("SCHULE_DE") => "SCHULABSCHLUSS_DE",
        Some("GASTARBEITER") => "GASTARBEITER",
        Some("HAERTE_4A") => "HAERTE_4A",
        Some("KRANK_ALT") => "KRANKHEIT_ALTER",
        Some("KEIN_NACHWEIS") => "KEINER",
        _ => "",
    };
    set("personen[0].test.nachweis", test);
    let verurteilt = text(Q_VERURTEILT.datenfeld.id);
    if let Some(it @ ("true" | "false")) = verurteilt {
        set("personen[0].strafe.verurteilt", it);
    }
    if verurteilt == Some("true") {
        for (index, urteil) in view.eintraege(&URTEILE).enumerate() {
            let pfad = |id: &str| format!("personen[0].strafe.urteile[{index}].{id}");
            let monate = urteil.text(U_MONATE.datenfeld.id).filter(|it| *it != "0");
            let is_jugend = urteil.text(U_JUGEND.datenfeld.id) == Some("true");
            match monate {
                Some(monate) => {
                    let art = if is_jugend { "JUGENDSTRAFE" } else { "FREIHEITSSTRAFE" };
                    set(&pfad("strafart"), art);
                    set(&pfad("freiheitsstrafeMonate"), monate);
                    if let Some(bis) = urteil.get(&U_BEWAEHRUNG) {
                        set(&pfad("bewaehrung"), "true");
                        set(&pfad("bewaehrungBis"), &bis.iso());
                    }
                }
                None => {
                    let tage = urteil.text(U_TAGESSAETZE.datenfeld.id).unwrap_or_default();
                    if !tage.is_empty() {
                        set(&pfad("strafart"), "GELDSTRAFE");
                        set(&pfad("tagessaetze"), tage);
                    }
                }
            }
        }
    }
    if let Some(it @ ("true" | "false")) = text(Q_VERFAHREN.datenfeld.id) {
        set("personen[0].strafe.verfahren", it);
    }
    match (text(Q_RUECKNAHME.datenfeld.id), datum(Q_SPERRFRIST.datenfeld.id)) {
        (_, Some(beginn)) => {
            set("personen[0].vorverfahren.ruecknahme", "true");
            set("personen[0].vorverfahren.sperrfristBeginn", &beginn);
        }
        (Some(it @ ("true" | "false")), None) => set("personen[0].vorverfahren.ruecknahme", it),
        _ => {}
    }

    set("antrag.quickcheck.ergebnis", ergebnis.klasse.code());
    set("antrag.quickcheck.stichtag", &stichtag.iso());
    if let Some(tag) = ergebnis.fruehestens_am {
        set("antrag.quickcheck.fruehestensAm", &tag.iso());
    }
    for (id, codes) in [
        ("weg", &ergebnis.weg),
        ("offenePunkte", &ergebnis.offene_punkte),
        ("hindernisse", &ergebnis.hindernisse),
        ("hinweise", &ergebnis.hinweise),
    ] {
        for (index, code) in codes.iter().enumerate() {
            set(&format!("antrag.quickcheck.{id}[{index}]"), code);
        }
    }
    debug_assert!(FORMULAR.unknown(&antrag).is_empty(), "the Antrag knows all that is taken over");
    antrag
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::antraege::einbuergerung::quickcheck::{import, quickcheck};

    #[test]
    fn what_is_taken_over_is_asked_and_readable() {
        let input = json!({
            "stichtag": "2026-11-23", "abstammung": "KEINE", "wohnort": "DEUTSCHLAND",
            "geburtsdatum": "1990-05-05",
            "aufenthalt": {"seit": "2019-01-01", "abwesenheit": "UEBER_6M_OHNE_FRIST", "rueckkehrAm": "2022-03-01"},
            "eheMitDeutschem": {"antwort": true, "seit": "2021-08-01"}, "mehrehe": false,
            "titel": "AE_28", "identitaet": "ANDERE_NACHWEISE", "lebensunterhalt": "OHNE_LEISTUNG",
            "sprache": "KEIN_NACHWEIS", "test": "SCHULE_DE", "verurteilt": true,
            "urteile": [{"tagessaetze": 30}, {"freiheitsstrafeMonate": 2, "bewaehrungBis": "2028-06-30"}],
            "ermittlungsverfahren": false, "bekenntnis": "JA", "ruecknahme": true, "sperrfristBeginn": "2026-01-05",
        });
        let (antworten, stichtag) = import(&input).unwrap();
        let ergebnis = quickcheck(&antworten, stichtag);
        let antrag = uebernehmen(&antworten, &ergebnis, stichtag);
        assert!(FORMULAR.unknown(&antrag).is_empty());
        let asked = FORMULAR.prune(&antrag, stichtag);
        let lost: Vec<&str> = antrag
            .iter()
            .filter(|(pfad, _)| asked.text(pfad).is_none())
            .map(|(pfad, _)| pfad)
            .collect();
        assert!(lost.is_empty(), "taken over, but not asked: {lost:?}");
        for (pfad, wert) in antrag.iter() {
            let feld = FORMULAR.feld(pfad).unwrap_or_else(|| panic!("no Feld for {pfad}"));
            assert_eq!(feld.check(wert, stichtag), None, "{pfad} = {wert}");
        }
        assert_eq!(antrag.text("personen[0].strafe.urteile[1].freiheitsstrafeMonate"), Some("2"));
        assert!(!antrag.has_any("personen[0].bekenntnis"), "nobody has made it yet");
    }

    #[test]
    fn what_is_in_the_draft_already_stays() {
        let input = json!({
            "stichtag": "2026-11-23", "abstammung": "KEINE", "titel": "AE_28", "geburtsdatum": "1990-05-05",
            "aufenthalt": {"seit": "2019-01-01", "abwesenheit": "UEBER_6M_OHNE_FRIST", "rueckkehrAm": "2022-03-01"},
        });
        let (antworten, stichtag) = import(&input).unwrap();
        let carried = uebernehmen(&antworten, &quickcheck(&antworten, stichtag), stichtag);
        let mut entwurf = Angaben::default();
        entwurf.set("personen[0].aufenthalt.titel.code", "NE");
        entwurf.set("personen[0].aufenthalt.zeiten[0].bis", "2020-01-01");
        entwurf.set("antrag.quickcheck.hindernisse[0]", "N_TITEL");
        let gefuellt = fill(&mut entwurf, &carried);
        assert_eq!(entwurf.text("personen[0].aufenthalt.titel.code"), Some("NE"));
        assert_eq!(entwurf.text("personen[0].aufenthalt.zeiten[0].von"), None);
        assert_eq!(entwurf.text("personen[0].ausland[0].bis"), Some("2022-03-01"));
        assert_eq!(entwurf.text("personen[0].geburt.datum"), Some("1990-05-05"));
        assert_eq!(entwurf.text("antrag.quickcheck.hindernisse[0]"), Some("N_AUFENTHALTSDAUER"));
        assert_eq!(
            gefuellt.get("personen[0].geburt.datum").map(String::as_str),
            Some("1990-05-05")
        );
        assert!(!gefuellt.contains_key("personen[0].aufenthalt.titel.code"));
        assert!(gefuellt.keys().all(|it| !it.starts_with(ERGEBNIS)), "{gefuellt:?}");
        // A second time changes nothing.
        let again = entwurf.clone();
        assert!(fill(&mut entwurf, &carried).is_empty());
        assert_eq!(entwurf, again);
    }

    #[test]
    fn what_is_not_known_is_left_open() {
        let input =
            json!({"stichtag": "2026-11-23", "titel": "WEISS_NICHT", "verurteilt": "WEISS_NICHT"});
        let (antworten, stichtag) = import(&input).unwrap();
        let antrag = uebernehmen(&antworten, &quickcheck(&antworten, stichtag), stichtag);
        assert!(antrag.text("personen[0].aufenthalt.titel.code").is_none());
        assert!(antrag.text("personen[0].strafe.verurteilt").is_none());
    }
}
