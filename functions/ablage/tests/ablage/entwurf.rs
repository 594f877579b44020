use ablage::{AblageError, Grenzen, NeueAnlage, Pruefstand, nativ::run};

use super::*;

const GRENZEN: Grenzen = Grenzen { dateien: 2, summe: 100 };

fn anlage(bytes: usize) -> NeueAnlage {
    NeueAnlage {
        typ: "NV_LOHN".to_owned(),
        name: "Lohn.pdf".to_owned(),
        medientyp: "application/pdf".to_owned(),
        inhalt: vec![1; bytes],
        pruefung: Pruefstand::Ungeprueft,
    }
}

#[test]
fn a_draft_opens_with_its_token_only() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let anderer = run(ablage.create_entwurf(JETZT)).unwrap();
    assert_eq!(run(ablage.enter_entwurf(&entwurf.id, &entwurf.token, JETZT)), Ok(()));
    for (id, token) in [
        (&entwurf.id, &anderer.token),
        (&entwurf.id, &String::new()),
        (&"x".to_owned(), &entwurf.token),
    ] {
        let ausgang = run(ablage.enter_entwurf(id, token, JETZT));
        assert_eq!(ausgang, Err(AblageError::NichtGefunden));
    }
    assert!(!format!("{entwurf:?}").contains(&entwurf.token));
}

#[test]
fn files_are_listed_read_and_deleted() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let anderer = run(ablage.create_entwurf(JETZT)).unwrap();
    let datei = run(ablage.add_anlage(&entwurf.id, &anlage(3), GRENZEN, JETZT)).unwrap();
    let dateien = run(ablage.anlagen_of_entwurf(&entwurf.id)).unwrap();
    assert_eq!(dateien, std::slice::from_ref(&datei));
    assert_eq!(run(ablage.anlage_of_entwurf(&entwurf.id, &datei.id)).unwrap(), [1, 1, 1]);
    // Nobody else's.
    assert_eq!(run(ablage.anlagen_of_entwurf(&anderer.id)).unwrap(), []);
    let fremd = run(ablage.anlage_of_entwurf(&anderer.id, &datei.id));
    assert_eq!(fremd, Err(AblageError::NichtGefunden));
    let fremd = run(ablage.delete_anlage(&anderer.id, &datei.id));
    assert_eq!(fremd, Err(AblageError::NichtGefunden));

    assert_eq!(run(ablage.delete_anlage(&entwurf.id, &datei.id)), Ok(()));
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 0);
}

#[test]
fn limits_hold() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let add = |bytes| run(ablage.add_anlage(&entwurf.id, &anlage(bytes), GRENZEN, JETZT));
    assert_eq!(add(101).unwrap_err(), AblageError::SummeZuGross);
    add(60).unwrap();
    assert_eq!(add(41).unwrap_err(), AblageError::SummeZuGross);
    add(40).unwrap();
    assert_eq!(add(0).unwrap_err(), AblageError::ZuVieleAnlagen);
    let ausgang = run(ablage.add_anlage("keiner", &anlage(1), GRENZEN, JETZT));
    assert_eq!(ausgang.unwrap_err(), AblageError::NichtGefunden);
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 2);
}

#[test]
fn unused_drafts_go_with_their_files() {
    let haus = Haus::new();
    let ablage = haus.open();
    let tage = |n: u32| JETZT.plus(n * 24 * 60 * MINUTE);
    let vergessen = run(ablage.create_entwurf(JETZT)).unwrap();
    let benutzt = run(ablage.create_entwurf(JETZT)).unwrap();
    for entwurf in [&vergessen, &benutzt] {
        run(ablage.add_anlage(&entwurf.id, &anlage(3), GRENZEN, JETZT)).unwrap();
    }
    run(ablage.enter_entwurf(&benutzt.id, &benutzt.token, tage(20))).unwrap();
    assert_eq!(run(ablage.delete_entwuerfe(tage(10), 100)), Ok(1));
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 1);
    assert_eq!(run(ablage.enter_entwurf(&benutzt.id, &benutzt.token, tage(20))), Ok(()));
    assert_eq!(run(ablage.delete_entwuerfe(tage(10), 100)), Ok(0));
}

#[test]
fn an_upload_that_is_cut_off_leaves_nothing() {
    let haus = Haus::new();
    let entwurf = run(haus.open().create_entwurf(JETZT)).unwrap();
    cut_everywhere(
        &haus,
        async |ablage| ablage.add_anlage(&entwurf.id, &anlage(3), GRENZEN, JETZT).await,
        || assert_eq!(haus.count("SELECT count(*) FROM anlage"), 0),
    );
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 1);
}
