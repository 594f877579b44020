use ablage::{
    AblageError, AnlageWahl, Grenzen, NeueAnlage, NeuerVorgang, Pruefling, Pruefstand,
    Wiederholung, Zustellzustand, nativ::run,
};

use super::*;

const GRENZEN: Grenzen = Grenzen { dateien: 9, summe: 999 };

/// A draft with so many files in quarantine.
fn entwurf(ablage: &Ablage<Datei>, dateien: usize) -> AnlageWahl {
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let ids = (0..dateien)
        .map(|_| {
            let anlage = NeueAnlage {
                typ: "NV_LOHN".to_owned(),
                name: "Lohn.pdf".to_owned(),
                medientyp: "application/pdf".to_owned(),
                inhalt: b"Lohn".to_vec(),
                pruefung: Pruefstand::Ausstehend,
            };
            run(ablage.add_anlage(&entwurf.id, &anlage, GRENZEN, JETZT)).unwrap().id
        })
        .collect();
    AnlageWahl { entwurf: entwurf.id, ids }
}

fn lease(ablage: &Ablage<Datei>) -> usize {
    run(ablage.lease_due(9, "halter", JETZT, MINUTE)).unwrap().len()
}

#[test]
fn nothing_leaves_before_every_file_is_clean() {
    let haus = Haus::new();
    let ablage = haus.open();
    let wahl = entwurf(&ablage, 2);
    accept(&ablage, NeuerVorgang { anlagen: Some(wahl.clone()), ..vorgang(1) });
    // One without files is not kept back.
    accept(&ablage, vorgang(2));
    assert_eq!(lease(&ablage), 2);
    run(ablage.release(&wahl.ids[0])).unwrap();
    assert_eq!(lease(&ablage), 0);
    // Nobody can push it past the scanner.
    let ausgang = run(ablage.retry(&nummer(1), Ziel::Dms, "x", JETZT));
    assert_eq!(ausgang, Ok(Wiederholung::Angestossen));
    assert_eq!(lease(&ablage), 0);
    run(ablage.release(&wahl.ids[1])).unwrap();
    assert_eq!(lease(&ablage), 2);
}

#[test]
fn files_are_taken_by_one_run_at_a_time_the_oldest_first() {
    let haus = Haus::new();
    let ablage = haus.open();
    let wahl = entwurf(&ablage, 3);
    let take =
        |jetzt| -> Vec<Pruefling> { run(ablage.lease_prueflinge(2, jetzt, MINUTE)).unwrap() };
    let mut genommen: Vec<String> = take(JETZT).into_iter().map(|it| it.id).collect();
    genommen.extend(take(JETZT).into_iter().map(|it| it.id));
    genommen.sort();
    let mut ids = wahl.ids.clone();
    ids.sort();
    assert_eq!(genommen, ids);
    assert_eq!(take(JETZT), []);
    // Whoever took one and was never heard of again does not keep it.
    let wieder = take(JETZT.plus(MINUTE));
    assert_eq!(wieder.len(), 2);
    assert!(wieder.iter().all(|pruefling| pruefling.versuch == 2));
    assert_eq!(run(ablage.pruefling(&wieder[0].id)).unwrap(), b"Lohn");
}

#[test]
fn a_scan_that_failed_is_tried_again_and_shown() {
    let haus = Haus::new();
    let ablage = haus.open();
    let id = entwurf(&ablage, 1).ids.swap_remove(0);
    run(ablage.lease_prueflinge(9, JETZT, MINUTE)).unwrap();
    run(ablage.keep_in_quarantaene(&id, "no answer", JETZT.plus(2 * MINUTE))).unwrap();
    let stand = run(ablage.quarantaene()).unwrap();
    assert_eq!((stand.ausstehend, stand.grund.as_deref()), (1, Some("no answer")));
    assert_eq!(stand.aelteste_seit, Some(JETZT));
    assert_eq!(run(ablage.lease_prueflinge(9, JETZT.plus(MINUTE), MINUTE)).unwrap(), []);
    let wieder = run(ablage.lease_prueflinge(9, JETZT.plus(2 * MINUTE), MINUTE)).unwrap();
    assert_eq!(wieder, [Pruefling { id: id.clone(), versuch: 2 }]);
    run(ablage.release(&id)).unwrap();
    assert_eq!(run(ablage.quarantaene()).unwrap(), Default::default());
}

#[test]
fn an_infected_file_cannot_be_sent() {
    let haus = Haus::new();
    let ablage = haus.open();
    let wahl = entwurf(&ablage, 2);
    run(ablage.condemn(&wahl.ids[1], "Eicar", JETZT)).unwrap();
    let neuer = || NeuerVorgang { anlagen: Some(wahl.clone()), ..vorgang(1) };
    assert_eq!(run(ablage.accept(neuer())).unwrap_err(), AblageError::AnlageBefallen);
    assert_eq!(haus.zeilen(), [0; 6]);
    // Name and hash stay, the contents are gone, and its owner can delete it.
    let dateien = run(ablage.anlagen_of_entwurf(&wahl.entwurf)).unwrap();
    assert_eq!(dateien[1].pruefung, Pruefstand::Befallen);
    assert_eq!(dateien[1].pruefung_grund.as_deref(), Some("Eicar"));
    assert_eq!(run(ablage.pruefling(&wahl.ids[1])), Err(AblageError::NichtGefunden));
    run(ablage.delete_anlage(&wahl.entwurf, &wahl.ids[1])).unwrap();
    let rest = AnlageWahl { ids: vec![wahl.ids[0].clone()], ..wahl.clone() };
    accept(&ablage, NeuerVorgang { anlagen: Some(rest), ..vorgang(1) });
}

#[test]
fn what_proves_infected_after_acceptance_has_failed_for_good() {
    let haus = Haus::new();
    let wahl = entwurf(&haus.open(), 1);
    accept(&haus.open(), NeuerVorgang { anlagen: Some(wahl.clone()), ..vorgang(1) });
    let vorher = haus.zeilen();
    cut_everywhere(
        &haus,
        async |ablage| ablage.condemn(&wahl.ids[0], "Eicar", JETZT).await,
        || {
            assert_eq!(haus.zeilen(), vorher);
            assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 1);
        },
    );
    let ablage = haus.open();
    let fall = run(ablage.vorgang(&nummer(1))).unwrap();
    assert_eq!(fall.zustellungen.len(), 2);
    for zustellung in &fall.zustellungen {
        assert_eq!(zustellung.zustand, Zustellzustand::Gescheitert);
        let text = zustellung.fehler_text.as_deref().unwrap();
        assert_eq!(text, "Die Datei „Lohn.pdf“ enthält Schadsoftware (Eicar).");
    }
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 0);
    let ausgang = run(ablage.retry(&nummer(1), Ziel::Dms, "x", JETZT));
    assert_eq!(ausgang, Ok(Wiederholung::Befallen));
    assert_eq!(run(ablage.retry_all(Ziel::Dms, None, "x", JETZT)), Ok(0));
    assert_eq!(lease(&ablage), 0);
    let bilanz = run(ablage.bilanz()).unwrap();
    assert!(bilanz.stimmt() && bilanz.ziele.iter().all(|ziel| ziel.gescheitert == 1));
    // Said once.
    run(ablage.condemn(&wahl.ids[0], "Eicar", JETZT)).unwrap();
    assert_eq!(run(ablage.vorgang(&nummer(1))).unwrap().ereignisse, fall.ereignisse);
}

#[test]
fn without_a_scanner_everything_is_let_through_visibly() {
    let haus = Haus::new();
    let ablage = haus.open();
    let wahl = entwurf(&ablage, 2);
    accept(&ablage, NeuerVorgang { anlagen: Some(wahl), ..vorgang(1) });
    assert_eq!(run(ablage.release_ungeprueft()), Ok(2));
    assert_eq!(lease(&ablage), 2);
    assert_eq!(run(ablage.quarantaene()).unwrap().ungeprueft, 2);
}
