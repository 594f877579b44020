use ablage::nativ::run;

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
