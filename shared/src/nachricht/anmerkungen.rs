//! Answers that the schema has no element for, as text for a person.

use crate::{
    angaben::View,
    din91379,
    formular::{Datenfeld, Datentyp, Feldgruppe, Inhalt, Nachweise},
    texte::Texte,
    werte::{Absatz, Datum, Wert},
    zusammenfassung::antwort,
};

/// A line for each answer, as `label: answer`; empty where nothing was answered.
pub(super) fn anmerkungen(inhalt: &[Inhalt], view: &View<'_>, stichtag: Datum) -> String {
    let mut zeilen = Vec::new();
    collect(inhalt, view, stichtag, &mut zeilen);
    zeilen.join("\n")
}

fn collect(inhalt: &[Inhalt], view: &View<'_>, stichtag: Datum, zeilen: &mut Vec<String>) {
    for it in inhalt {
        match it {
            Inhalt::Feld(feld) => zeilen.extend(zeile(feld, view)),
            Inhalt::Gruppe(gruppe) if gruppe.kurz => zeilen.extend(kurz(gruppe, view, stichtag)),
            Inhalt::Gruppe(gruppe) => {
                for (index, eintrag) in view.eintraege(gruppe).enumerate() {
                    let titel = format!("{}, {} {}", gruppe.titel, gruppe.eintrag, index + 1);
                    below(&titel, gruppe.inhalt, &eintrag, stichtag, zeilen);
                }
            }
            Inhalt::Baustein(praefix, baustein) => {
                let part = view.unter(praefix);
                if baustein.wenn.holds(part.angaben(), part.praefix(), stichtag) {
                    below(baustein.titel, baustein.inhalt, &part, stichtag, zeilen);
                }
            }
            Inhalt::Nachweise(nachweise) => zeilen.extend(nachgereicht(nachweise, view)),
            Inhalt::Regel(_) | Inhalt::Hinweis(_) | Inhalt::Auskunft(_) => {}
        }
    }
}

/// The lines of a part below its title, if it has both.
fn below(
    titel: &str,
    inhalt: &[Inhalt],
    view: &View<'_>,
    stichtag: Datum,
    zeilen: &mut Vec<String>,
) {
    let mut own = Vec::new();
    collect(inhalt, view, stichtag, &mut own);
    if titel.is_empty() {
        zeilen.append(&mut own);
    } else if !own.is_empty() {
        zeilen.push(format!("{titel}:"));
        zeilen.extend(own.into_iter().map(|it| format!("- {it}")));
    }
}

fn zeile(feld: &Datenfeld, view: &View<'_>) -> Option<String> {
    let text = view.text(feld.id)?;
    let is_box = matches!(feld.datentyp, Datentyp::Bestaetigung);
    if is_box && text == "false" {
        return None;
    }
    let antwort = match feld.datentyp {
        Datentyp::Mehrzeilig => Absatz::read(text)?.to_string(),
        _ => din91379::normalize(&antwort(feld, text, &Texte::deutsch())),
    };
    Some(format!("{}: {antwort}", feld.label))
}

/// The entries of a group that is one question.
fn kurz(gruppe: &Feldgruppe, view: &View<'_>, stichtag: Datum) -> Option<String> {
    let mut antworten = Vec::new();
    for eintrag in view.eintraege(gruppe) {
        let mut zeilen = Vec::new();
        collect(gruppe.inhalt, &eintrag, stichtag, &mut zeilen);
        let values = zeilen.iter().map(|it| it.split_once(": ").map_or(it.as_str(), |(_, it)| it));
        antworten.extend(values.map(str::to_owned));
    }
    (!antworten.is_empty()).then(|| format!("{}: {}", gruppe.titel, antworten.join("; ")))
}

/// The proofs that are promised, but not there.
fn nachgereicht(nachweise: &Nachweise, view: &View<'_>) -> Option<String> {
    let namen: Vec<&str> = view
        .wurzel()
        .eintraege_von("nachweise")
        .filter(|it| it.text("nachreichen") == Some("true"))
        .filter_map(|it| {
            let typ = it.text("typ")?;
            nachweise.arten.iter().find(|art| art.typ == typ).map(|art| art.name)
        })
        .collect();
    (!namen.is_empty()).then(|| format!("Wird nachgereicht: {}", namen.join("; ")))
}
