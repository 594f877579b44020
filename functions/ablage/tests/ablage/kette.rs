use ablage::{Kettenstand, nativ::run};

use super::*;

fn haus_with_five() -> Haus {
    let haus = Haus::new();
    let ablage = haus.open();
    for n in 1..=5 {
        accept(&ablage, vorgang(n));
    }
    haus
}

#[track_caller]
fn check(manipulation: &str, bruch: Option<u64>) {
    let haus = haus_with_five();
    let spitze = run(haus.open().check_kette()).unwrap().spitze;
    let datei = haus.behind();
    // Somebody with write access to the file stops at no trigger.
    datei
        .connection()
        .execute_batch(&format!(
            "DROP TRIGGER ereignis_bleibt; DROP TRIGGER ereignis_verschwindet_nicht; {manipulation}"
        ))
        .unwrap();
    let kette = run(haus.open().check_kette()).unwrap();
    assert_eq!(kette.bruch, bruch);
    // Even a cut at the end shows for those who noted the tip.
    assert_ne!(kette.spitze == spitze && kette.bruch.is_none(), manipulation.contains("ereignis"));
}

#[test]
fn every_manipulation_breaks_the_chain() {
    check("", None);
    check("UPDATE ereignis SET am = am + 1 WHERE lfd = 3", Some(3));
    check("UPDATE ereignis SET code = 'aa' WHERE lfd = 1", Some(1));
    check("UPDATE ereignis SET ziel = '' WHERE lfd = 5", Some(5));
    check("UPDATE ereignis SET mandant = 'andere' WHERE lfd = 2", Some(2));
    check("DELETE FROM ereignis WHERE lfd = 4", Some(4));
    check("DELETE FROM ereignis WHERE lfd = 1", Some(1));
    check("UPDATE ereignis SET hash = vorher WHERE lfd = 2", Some(2));
    // Cutting off the end leaves a chain that fits, but another tip.
    check("DELETE FROM ereignis WHERE lfd = 5", None);
}

#[test]
fn the_log_refuses_changes() {
    let haus = haus_with_five();
    let datei = haus.behind();
    for befehl in ["UPDATE ereignis SET am = 0", "DELETE FROM ereignis"] {
        let error = datei.connection().execute(befehl, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}

#[test]
fn an_empty_chain_fits() {
    let kette = run(Haus::new().open().check_kette()).unwrap();
    assert_eq!((kette.laenge, kette.bruch), (0, None));
}

/// What `befehle` do to five events after they were followed, and what is found by following on.
#[track_caller]
fn check_following(befehle: &str, bruch: Option<u64>, bruch_ganz: Option<u64>) {
    let haus = haus_with_five();
    let ablage = haus.open();
    let stand = follow(&ablage, 9);
    assert_eq!((stand.laenge, stand.geprueft_bis, stand.bruch), (5, 5, None));
    haus.behind()
        .connection()
        .execute_batch(&format!(
            "DROP TRIGGER ereignis_bleibt; DROP TRIGGER ereignis_verschwindet_nicht; {befehle}"
        ))
        .unwrap();
    accept(&ablage, vorgang(6));
    assert_eq!(follow(&ablage, 9).bruch, bruch, "followed");
    let ganz = run(ablage.check_kette_weiter(9, JETZT)).unwrap();
    assert_eq!((ganz.bruch, ganz.ganz_bis), (bruch_ganz, None), "whole");
    assert_eq!(ganz.ganz_geprueft_am, Some(JETZT));
    // It does not come back.
    assert_eq!(follow(&ablage, 9).bruch, bruch_ganz);
}

fn follow(ablage: &Ablage<Datei>, hoechstens: u32) -> Kettenstand {
    run(ablage.follow_kette(hoechstens, JETZT)).unwrap()
}

#[test]
fn following_finds_what_comes_and_a_whole_check_the_rest() {
    check_following("", None, None);
    check_following("UPDATE ereignis SET code = 'aa' WHERE lfd = 5", None, Some(5));
    check_following("UPDATE ereignis SET hash = vorher WHERE lfd = 5", Some(5), Some(5));
    check_following("UPDATE ereignis SET am = am + 1 WHERE lfd = 3", None, Some(3));
    // The chain alone does not show a cut at its end; what is remembered does.
    check_following("DELETE FROM ereignis WHERE lfd = 5", Some(5), Some(5));
    check_following("DELETE FROM ereignis WHERE lfd > 1", Some(5), Some(5));
}

#[test]
fn a_chain_is_followed_step_by_step() {
    let haus = haus_with_five();
    let ablage = haus.open();
    for bis in [2, 4, 5, 5] {
        let stand = follow(&ablage, 2);
        assert_eq!((stand.geprueft_bis, stand.laenge), (bis, 5));
        assert_eq!(stand.spitze, run(ablage.check_kette()).unwrap().spitze);
    }
    for ganz_bis in [Some(2), Some(4), None, Some(2)] {
        let stand = run(ablage.check_kette_weiter(2, JETZT)).unwrap();
        assert_eq!((stand.ganz_bis, stand.bruch), (ganz_bis, None));
        assert_eq!(follow(&haus.open(), 2).ganz_bis, ganz_bis);
    }
    // A neighbour has a chain of its own.
    let stand = follow(&haus.open_with("nebenan", ALT), 2);
    assert_eq!((stand.laenge, stand.geprueft_bis, stand.ganz_geprueft_am), (0, 0, None));
}
