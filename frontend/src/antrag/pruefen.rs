//! What happens to a page of questions before somebody leaves it, whichever program asks them.

use shared::{
    angaben::Angaben,
    formular::{Datentyp, Formular, Inhalt, Seitenort},
    zusammenfassung,
};

use super::blatt::{Anzeige, is_shown, is_single_question, only_choice, walk};
use crate::{
    komponenten::{Fehlerzeile, element_id, pad},
    konfiguration::Konfiguration,
    texte::Texte,
};

/// Paths of what a page shows.
pub fn anchors(ort: &Seitenort, asked: &Angaben, konfiguration: &Konfiguration) -> Vec<String> {
    let mut anker = Vec::new();
    walk(ort.seite.inhalt, &ort.praefix, asked, konfiguration, &mut |pfad, feld| {
        if feld.is_none_or(is_shown) {
            anker.push(pfad);
        }
    });
    anker
}

/// What is wrong on one page, with the inputs to mend it.
pub fn check_page(
    formular: &'static Formular,
    angaben: &Angaben,
    ort: &Seitenort,
    konfiguration: &Konfiguration,
) -> Vec<Anzeige> {
    let asked = formular.prune(angaben, konfiguration.heute);
    let anker = anchors(ort, &asked, konfiguration);
    formular
        .check(angaben, konfiguration.kontext())
        .into_iter()
        .filter(|it| it.ort.seite == ort.seite.id && it.ort.praefix == ort.praefix)
        .map(|it| Anzeige::new(it, &anker, angaben))
        .collect()
}

/// Sets what we answer ourselves, and brings what was typed into its form.
pub fn tidy(
    formular: &'static Formular,
    angaben: &mut Angaben,
    ort: &Seitenort,
    konfiguration: &Konfiguration,
) {
    let asked = formular.prune(angaben, konfiguration.heute);
    let eid = konfiguration.einstellungen.eid;
    walk(ort.seite.inhalt, &ort.praefix, &asked, konfiguration, &mut |pfad, feld| {
        let Some(feld) = feld else { return };
        let answer = match feld.datentyp {
            _ if !feld.vorgabe.is_empty() => {
                konfiguration.einstellungen.vorgabe(feld, konfiguration.heute).to_owned()
            }
            Datentyp::Datum | Datentyp::Teildatum => pad(asked.typed(&pfad)),
            _ => match only_choice(feld, eid) {
                Some((code, _)) => code.to_owned(),
                None => return,
            },
        };
        angaben.set(&pfad, &answer);
    });
}

/// Heading of a page: its title, or its only question.
pub fn page_title(ort: &Seitenort, texte: &Texte) -> String {
    let feld = ort.seite.inhalt.iter().find_map(|it| match it {
        Inhalt::Feld(feld) if is_shown(feld) => Some(feld),
        _ => None,
    });
    match feld.filter(|_| is_single_question(ort.seite.inhalt)) {
        Some(feld) if feld.frage.is_empty() => zusammenfassung::label(feld, texte).to_owned(),
        Some(feld) => texte.von(&format!("frage.{}", feld.key), feld.frage).to_owned(),
        None => zusammenfassung::seitentitel(ort.seite, texte).to_owned(),
    }
}

/// Lines of the summary of errors, each with the way to its input.
pub fn error_lines<'a>(
    fehler: impl IntoIterator<Item = &'a Anzeige>,
    texte: &Texte,
) -> Vec<Fehlerzeile> {
    let ziel = |it: &Anzeige| it.anker.as_ref().map(|it| format!("#{}", element_id(it)));
    fehler
        .into_iter()
        .map(|it| Fehlerzeile { text: it.befund.text(texte), ziel: ziel(it).unwrap_or_default() })
        .collect()
}
