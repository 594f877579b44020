//! How far an application is: computed from the answers, the pages that were left with 'Weiter',
//! and what is wrong.

use std::collections::BTreeSet;

use shared::{
    angaben::Angaben,
    befund::Befund,
    formular::{Abschnitt, Inhalt, Schritt, Seite, Seitenart, Seitenort},
};

use super::entwurf::{Entwurf, ort_key, seite_key};

/// How far a Schritt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Offen,
    Unvollstaendig,
    Fertig,
    Fehler,
    /// The last Schritt, before all others are done.
    Gesperrt,
}

/// A line of the task list.
#[derive(Clone)]
pub struct Aufgabe {
    pub abschnitt: &'static Abschnitt,
    pub schritt: &'static Schritt,
    /// Empty, or `personen[0].`
    pub praefix: String,
    pub seiten: Vec<Seitenort>,
    pub status: Status,
}

/// The task list of these pages. `asked` are the answers without those that are not asked any more.
pub fn aufgaben(
    seiten: &[Seitenort],
    entwurf: &Entwurf,
    asked: &Angaben,
    befunde: &[Befund],
) -> Vec<Aufgabe> {
    let mut aufgaben: Vec<Aufgabe> = Vec::new();
    for ort in seiten {
        let is_same = aufgaben
            .last()
            .is_some_and(|it| std::ptr::eq(it.schritt, ort.schritt) && it.praefix == ort.praefix);
        if !is_same {
            aufgaben.push(Aufgabe {
                abschnitt: ort.abschnitt,
                schritt: ort.schritt,
                praefix: ort.praefix.clone(),
                seiten: Vec::new(),
                status: Status::Offen,
            });
        }
        if let Some(aufgabe) = aufgaben.last_mut() {
            aufgabe.seiten.push(ort.clone());
        }
    }
    let wrong = wrong_pages(befunde);
    for aufgabe in &mut aufgaben {
        aufgabe.status = status(&aufgabe.seiten, entwurf, asked, &wrong);
        // Somebody else has not answered yet.
        let waits = aufgabe.seiten.iter().any(|it| it.seite.art == Seitenart::Zulieferung)
            && entwurf.fremde.is_empty();
        if waits && aufgabe.status == Status::Fertig {
            aufgabe.status = Status::Unvollstaendig;
        }
    }
    let is_letzter =
        |it: &Aufgabe| it.seiten.iter().any(|it| it.seite.art == Seitenart::Zusammenfassung);
    let is_rest_fertig =
        aufgaben.iter().filter(|it| !is_letzter(it)).all(|it| it.status == Status::Fertig);
    if !is_rest_fertig {
        aufgaben.iter_mut().filter(|it| is_letzter(it)).for_each(|it| it.status = Status::Gesperrt);
    }
    aufgaben
}

/// Keys of the pages with a Befund that blocks.
pub fn wrong_pages(befunde: &[Befund]) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for befund in befunde.iter().filter(|it| it.is_sperre()) {
        wrong.insert(ort_key(&befund.ort));
    }
    wrong
}

fn status(
    seiten: &[Seitenort],
    entwurf: &Entwurf,
    asked: &Angaben,
    wrong: &BTreeSet<String>,
) -> Status {
    let (mut besucht, mut fehler, mut angefangen) = (0, false, false);
    for ort in seiten {
        let key = seite_key(ort.seite.id, &ort.praefix);
        if entwurf.besucht.contains(&key) {
            besucht += 1;
            fehler |= wrong.contains(&key);
        } else {
            angefangen |= has_answer(ort.seite, &ort.praefix, asked);
        }
    }
    match besucht {
        _ if fehler => Status::Fehler,
        0 if !angefangen => Status::Offen,
        _ if besucht == seiten.len() => Status::Fertig,
        _ => Status::Unvollstaendig,
    }
}

/// The page to go to for whoever wants to go on: the first one that is not done; else the last.
pub fn next_page(seiten: &[Seitenort], entwurf: &Entwurf, befunde: &[Befund]) -> Option<Seitenort> {
    let wrong = wrong_pages(befunde);
    let is_open = |ort: &&Seitenort| {
        let key = seite_key(ort.seite.id, &ort.praefix);
        !entwurf.besucht.contains(&key) || wrong.contains(&key)
    };
    seiten.iter().find(is_open).or(seiten.last()).cloned()
}

fn has_answer(seite: &Seite, praefix: &str, asked: &Angaben) -> bool {
    return seite.inhalt.iter().any(|it| inhalt_has_answer(it, praefix, asked));

    fn inhalt_has_answer(inhalt: &Inhalt, praefix: &str, asked: &Angaben) -> bool {
        match inhalt {
            Inhalt::Feld(feld) => asked.text(&format!("{praefix}{}", feld.id)).is_some(),
            Inhalt::Gruppe(gruppe) => 0 < asked.anzahl(&format!("{praefix}{}", gruppe.id)),
            Inhalt::Baustein(below, baustein) => {
                let praefix = format!("{praefix}{below}");
                baustein.inhalt.iter().any(|it| inhalt_has_answer(it, &praefix, asked))
            }
            Inhalt::Nachweise(_) => 0 < asked.anzahl("nachweise"),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        antraege::ANTRAEGE,
        formular::{Einstellungen, Formular, Kontext},
        werte::Datum,
    };

    use super::*;

    const HEUTE: Datum = Datum::new(2026, 11, 23);

    fn list(formular: &'static Formular, entwurf: &Entwurf) -> Vec<Aufgabe> {
        let einstellungen = Einstellungen::default();
        let asked = formular.prune(&entwurf.angaben, HEUTE);
        let kontext = Kontext { stichtag: HEUTE, einstellungen: &einstellungen };
        let befunde = formular.check(&entwurf.angaben, kontext);
        aufgaben(&formular.seiten(&asked, HEUTE), entwurf, &asked, &befunde)
    }

    #[test]
    fn nothing_is_begun_and_the_last_step_is_shut_at_first() {
        for formular in ANTRAEGE {
            let aufgaben = list(formular, &Entwurf::default());
            let (letzte, rest) = aufgaben.split_last().unwrap();
            assert!(!rest.is_empty());
            for aufgabe in rest {
                assert_eq!(aufgabe.status, Status::Offen, "{}", aufgabe.schritt.id);
            }
            assert_eq!(letzte.status, Status::Gesperrt, "{}", formular.id);
        }
    }

    #[test]
    fn a_page_that_was_passed_with_an_error_is_one() {
        for formular in ANTRAEGE {
            let mut entwurf = Entwurf::default();
            // The first Schritt that asks something which must be answered.
            let einstellungen = Einstellungen::default();
            let kontext = Kontext { stichtag: HEUTE, einstellungen: &einstellungen };
            let befunde = formular.check(&entwurf.angaben, kontext);
            let sperre = befunde.iter().find(|it| it.is_sperre()).unwrap();
            entwurf.besucht.insert(ort_key(&sperre.ort));
            let wrong: Vec<Aufgabe> = list(formular, &entwurf)
                .into_iter()
                .filter(|it| it.status == Status::Fehler)
                .collect();
            assert_eq!(wrong.len(), 1, "{}", formular.id);
            assert!(wrong[0].seiten.iter().any(|it| it.seite.id == sperre.ort.seite));
        }
    }

    #[test]
    fn a_step_is_done_when_all_its_pages_are() {
        let formular = ANTRAEGE[0];
        let mut entwurf = Entwurf::default();
        let erste = list(formular, &entwurf).remove(0);
        // An answer without 'Weiter' is a beginning.
        let Some(Inhalt::Feld(feld)) = erste.seiten[0].seite.inhalt.first() else {
            panic!("the first page begins with a question")
        };
        entwurf.angaben.set(feld.id, "?");
        assert_eq!(list(formular, &entwurf)[0].status, Status::Unvollstaendig);
        let seiten = formular.seiten(&entwurf.angaben, HEUTE);
        assert_eq!(next_page(&seiten, &entwurf, &[]).unwrap().seite.id, seiten[0].seite.id);
        for ort in &erste.seiten {
            entwurf.besucht.insert(seite_key(ort.seite.id, &ort.praefix));
        }
        // No Befunde are given here: all that was passed is well.
        let asked = formular.prune(&entwurf.angaben, HEUTE);
        assert_eq!(aufgaben(&seiten, &entwurf, &asked, &[])[0].status, Status::Fertig);
        let next = next_page(&seiten, &entwurf, &[]).unwrap();
        assert_ne!(next.schritt.id, erste.schritt.id);
    }
}
