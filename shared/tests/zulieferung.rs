//! A part that somebody else fills in: the same questions, nothing of the rest, and put together
//! again it is the application.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, sync::LazyLock};

use serde_json::{Value, json};
use shared::{
    angaben::{Angaben, Herkunft, View},
    antraege::ANTRAEGE,
    formular::{Datenfeld, Einstellungen, Formular, Inhalt, Kontext, Seite, Zulieferung},
    texte::Texte,
    werte::Datum,
    zusammenfassung::zusammenfassung,
};

const STICHTAG: Datum = Datum::new(2026, 11, 23);

fn kontext() -> Kontext<'static> {
    static EINSTELLUNGEN: LazyLock<Einstellungen> = LazyLock::new(Einstellungen::default);
    Kontext { stichtag: STICHTAG, einstellungen: &EINSTELLUNGEN }
}

fn formular() -> (&'static Formular, &'static Zulieferung) {
    let mut mit = ANTRAEGE.iter().filter_map(|it| Some((*it, it.zulieferung?)));
    mit.next().unwrap()
}

/// The valid cases in which the employer answers over the link.
fn faelle() -> Vec<(String, Angaben)> {
    let (formular, zulieferung) = formular();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    let faelle: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let faelle = faelle[formular.id]["valid"].as_array().unwrap();
    let faelle: Vec<(String, Angaben)> = faelle
        .iter()
        .map(|it| (it["id"].as_str().unwrap().to_owned(), formular.import(&it["daten"]).unwrap()))
        .filter(|(_, angaben)| zulieferung.wenn.holds(angaben, "", STICHTAG))
        .collect();
    assert!(3 < faelle.len());
    faelle
}

/// What an employer types who has the same answers.
fn teil(angaben: &Angaben) -> Angaben {
    let (_, zulieferung) = formular();
    let mut teil = angaben.clone();
    for pfad in ["nachweise", "erklaerung", "zusammenfassung", "person", "status", "asyl"] {
        teil.remove_below(pfad);
    }
    for (pfad, text) in (zulieferung.vorgaben)(&View::new(angaben), STICHTAG).iter() {
        teil.set(pfad, text);
    }
    if teil.text("arbeitgeber.neugruendung") == Some("true") {
        teil.set("nachweise[0].typ", "NB_GRUENDUNG");
        teil.set("nachweise[0].nachreichen", "true");
    }
    for (pfad, text) in [("nameStimmt", "true"), ("name", "Ayşe Öztürk"), ("funktion", "Leitung")]
    {
        teil.set(&format!("arbeitgeberErklaerung.{pfad}"), text);
    }
    teil
}

#[test]
fn both_sides_ask_the_same() {
    let (formular, zulieferung) = formular();
    let seiten = |formular: &'static Formular| {
        let schritte = formular.abschnitte.iter().flat_map(|it| it.schritte);
        let gemeinsam = schritte.filter(|it| zulieferung.schritte.contains(&it.id));
        gemeinsam.flat_map(|it| it.seiten).collect::<Vec<_>>()
    };
    let (hier, dort) = (seiten(formular), seiten(zulieferung.formular));
    assert!(10 < dort.len());
    let felder = |seite: &'static Seite| -> Vec<*const Datenfeld> {
        let felder = seite.inhalt.iter().filter_map(|it| match it {
            Inhalt::Feld(feld) => Some(std::ptr::from_ref::<Datenfeld>(feld)),
            _ => None,
        });
        felder.collect()
    };
    for seite in dort {
        let dieselbe = hier.iter().find(|it| it.id == seite.id).unwrap();
        assert_eq!(felder(dieselbe), felder(seite), "{} asks something else", seite.id);
    }
    for id in zulieferung.schritte {
        let mut schritte = formular.abschnitte.iter().flat_map(|it| it.schritte);
        assert!(schritte.any(|it| it.id == *id), "no step `{id}`");
    }
    assert!(formular.nachweisart(zulieferung.nachweis).is_some());
    zulieferung.formular.for_each_inhalt(|_, inhalt| {
        let Inhalt::Nachweise(nachweise) = inhalt else { return };
        for art in nachweise.arten {
            let name = formular.nachweisart(art.typ).map(|it| it.name);
            assert_eq!(name, Some(art.name), "a proof of the part is one of the application");
        }
    });
}

/// Nothing but what the checks need, and of that no more than they show is told.
#[test]
fn the_other_side_learns_no_more_than_it_needs() {
    let (_, zulieferung) = formular();
    let erlaubt = [
        "antrag.variante",
        "beschaeftigung.art",
        "arbeitgeberTeil.firma",
        "arbeitgeberTeil.beginn",
        "person.familienname.name",
        "person.vornamen.name",
    ];
    for (id, angaben) in faelle() {
        let vorgaben = (zulieferung.vorgaben)(&View::new(&angaben), STICHTAG);
        let sichtbar = zulieferung.sichtbar(&vorgaben);
        let pfade: Vec<&str> = sichtbar.iter().map(|(pfad, _)| pfad).collect();
        assert!(pfade.iter().all(|pfad| erlaubt.contains(pfad)), "{id}: {pfade:?}");
        assert_eq!(vorgaben.text("person.geburt.datum"), angaben.text("person.geburt.datum"));
        // What was worked out once is worked out again from itself.
        assert_eq!((zulieferung.vorgaben)(&View::new(&vorgaben), STICHTAG), vorgaben);
    }
}

#[test]
fn a_part_joins_its_application_and_is_checked_again() {
    let (formular, zulieferung) = formular();
    for (id, angaben) in faelle() {
        let alle = formular.check(&angaben, kontext());
        let teil = teil(&angaben);
        let (bestaetigt, _) = zulieferung.formular.parse(&teil, kontext()).unwrap_or_else(|it| {
            panic!("{id}: {it:#?}");
        });
        // What the applicant says about the part does not count.
        let mut antrag = angaben.clone();
        antrag.set("arbeitgeber.firma", "Andere Firma");
        antrag.set("entgelt.geldwert[3].art", "Dienstwagen");
        formular.join_zulieferung(bestaetigt.angaben(), &mut antrag);
        antrag.set(zulieferung.tag, angaben.typed(zulieferung.tag));
        assert_eq!(antrag.text("arbeitgeber.firma"), angaben.text("arbeitgeber.firma"));
        assert_eq!(antrag.anzahl("entgelt.geldwert"), angaben.anzahl("entgelt.geldwert"));
        assert_eq!(
            antrag.text("person.familienname.name"),
            angaben.text("person.familienname.name")
        );
        let befunde = formular.check(&antrag, kontext());
        assert_eq!(befunde, alle, "{id}");
        let teile = zusammenfassung(formular, &antrag, STICHTAG, &Texte::deutsch());
        for teil in teile {
            let is_fremd = teil.herkunft == Herkunft::Arbeitgeber;
            let ist_arbeitgeber = ["firma", "lohn", "vertrag", "arbeitgeber-erklaerung"];
            assert_eq!(is_fremd, is_fremd || ist_arbeitgeber.contains(&teil.ort.seite), "{id}");
            assert!(!(is_fremd && teil.ort.seite == "name"), "{id}");
        }
        formular.remove_zulieferung(&mut antrag);
        let codes: Vec<&str> =
            formular.check(&antrag, kontext()).iter().map(|it| it.regel).collect();
        assert!(codes.contains(&"BE_AG_ERKLAERUNG"), "{id}");
        assert_eq!(antrag.text("arbeitgeber.firma"), None);
        assert_eq!(antrag.text("beschaeftigung.art"), angaben.text("beschaeftigung.art"));
    }
}

#[test]
fn pages_of_the_other_side_are_not_the_applicants_own() {
    let (formular, zulieferung) = formular();
    let (_, angaben) = faelle().remove(0);
    let asked = formular.prune(&angaben, STICHTAG);
    let eigene = formular.eigene_seiten(&asked, STICHTAG);
    assert!(eigene.iter().all(|it| !zulieferung.schritte.contains(&it.schritt.id)));
    let mut selbst = angaben;
    selbst.set("arbeitgeberTeil.weg", "SELBST");
    let asked = formular.prune(&selbst, STICHTAG);
    assert_eq!(
        formular.eigene_seiten(&asked, STICHTAG).len(),
        formular.seiten(&asked, STICHTAG).len()
    );
}

/// Pairs of what the applicant and the employer say, and the path that is pointed out.
#[test]
fn differences_are_pointed_out_to_both() {
    let (formular, zulieferung) = formular();
    for (antrag, arbeitgeber, erwartet) in [
        (json!({}), json!({}), None),
        (
            json!({"arbeitgeberTeil": {"firma": "Beispielhof"}}),
            json!({"arbeitgeber": {"firma": "Seniorenzentrum BEISPIELHOF gGmbH"}}),
            None,
        ),
        (
            json!({"arbeitgeberTeil": {"firma": "Beispielhof"}}),
            json!({"arbeitgeber": {"firma": "Abbruch GmbH"}}),
            Some("arbeitgeber.firma"),
        ),
        (
            json!({"arbeitgeberTeil": {"beginn": "2027-02-01"}}),
            json!({"beschaeftigung": {"beginn": "2027-01-04"}}),
            Some("beschaeftigung.beginn"),
        ),
        (
            json!({}),
            json!({"arbeitgeberErklaerung": {"nameStimmt": false}}),
            Some("arbeitgeberErklaerung.nameStimmt"),
        ),
        // Only May 1990 is known.
        (
            json!({"person": {"geburt": {"datum": "1990-05"}}}),
            json!({"arbeitgeberErklaerung": {"geburtsdatum": "1990-05-17"}}),
            None,
        ),
        (
            json!({"person": {"geburt": {"datum": "1990-05"}}}),
            json!({"arbeitgeberErklaerung": {"geburtsdatum": "1990-06-01"}}),
            Some("arbeitgeberErklaerung.geburtsdatum"),
        ),
    ] {
        let (_, mut angaben) = faelle().remove(0);
        for (pfad, text) in formular.import(&antrag).unwrap().iter() {
            angaben.set(pfad, text);
        }
        let mut teil = teil(&angaben);
        for (pfad, text) in formular.import(&arbeitgeber).unwrap().iter() {
            teil.set(pfad, text);
        }
        formular.join_zulieferung(&teil, &mut angaben);
        for (wer, angaben) in [(formular, &angaben), (zulieferung.formular, &teil)] {
            let befunde = wer.check(angaben, kontext());
            let gefunden: Vec<&str> = befunde
                .iter()
                .filter(|it| it.regel == "BE_AG_VERTRAG")
                .map(|it| it.feld.as_str())
                .collect();
            assert_eq!(gefunden, erwartet.into_iter().collect::<Vec<_>>(), "{}", wer.id);
        }
    }
}

/// The deadline of § 36 Abs. 2 BeschV is proposed where the Bundesagentur has to be asked, and
/// nowhere else.
#[test]
fn the_deadline_is_proposed_where_somebody_is_asked() {
    let (formular, _) = formular();
    let frist = formular.vorschlaege.iter().find(|it| it.is_taeglich).unwrap();
    let (_, angaben) = faelle().remove(0);
    let ergebnis = (frist.compute)(&View::new(&angaben), &kontext()).unwrap();
    assert_eq!(ergebnis.zeilen[1].wert.deutsch, "Ende 07.12.2026, Fiktion ab 08.12.2026");
    let mut ohne_ba = angaben;
    ohne_ba.set("status.art", "DULDUNG_60C");
    assert_eq!((frist.compute)(&View::new(&ohne_ba), &kontext()), None);
}
