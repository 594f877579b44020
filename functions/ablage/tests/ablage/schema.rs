use std::sync::Barrier;

use ablage::{AblageError, nativ::run};

use super::*;

#[test]
fn a_new_file_is_durable_and_strict() {
    let haus = Haus::new();
    let ablage = haus.open();
    drop(ablage);
    let datei = haus.behind();
    let modus: String =
        datei.connection().query_row("PRAGMA journal_mode", [], |zeile| zeile.get(0)).unwrap();
    assert_eq!(modus, "wal");
    // Every table and every index is parted by tenant first.
    let ohne_mandant: i64 = haus.count(
        "SELECT count(*) FROM sqlite_schema AS s, pragma_index_info(s.name) AS i \
         WHERE s.type = 'index' AND i.seqno = 0 AND i.name <> 'mandant'",
    );
    assert_eq!(ohne_mandant, 0);
    let tabellen: i64 = haus.count(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%'",
    );
    assert_eq!(tabellen, 0);
}

#[test]
fn settings_of_the_connection_are_made_anew() {
    let haus = Haus::new();
    drop(haus.open());
    let datei = haus.behind();
    datei
        .connection()
        .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
        .unwrap();
    let ring = Schluesselring::parse(ALT).unwrap();
    run(Ablage::open(&datei, Mandant::new("musterstadt").unwrap(), ring)).unwrap();
    for (pragma, erwartet) in [("synchronous", 2), ("foreign_keys", 1)] {
        let wert: i64 = datei
            .connection()
            .query_row(&format!("PRAGMA {pragma}"), [], |zeile| zeile.get(0))
            .unwrap();
        assert_eq!(wert, erwartet, "{pragma}");
    }
}

#[test]
fn a_new_file_may_be_met_by_many() {
    for _ in 0..5 {
        let haus = Haus::new();
        let start = Barrier::new(8);
        std::thread::scope(|threads| {
            for n in 0..8 {
                let (haus, start) = (&haus, &start);
                threads.spawn(move || {
                    start.wait();
                    accept(&haus.open(), vorgang(n));
                });
            }
        });
        assert_eq!(haus.zeilen()[0], 8);
    }
}

#[test]
fn a_migration_that_is_cut_off_leaves_nothing() {
    let haus = Haus::new();
    cut_everywhere(
        &haus,
        async |_| Ok(()),
        || {
            assert_eq!(haus.count("SELECT count(*) FROM sqlite_schema"), 0);
            assert_eq!(haus.count("PRAGMA user_version"), 0);
        },
    );
    let schritte = std::fs::read_dir("src/schema").unwrap().count();
    assert_eq!(haus.count("PRAGMA user_version"), i64::try_from(schritte).unwrap());
}

#[test]
fn tables_of_a_newer_version_are_not_touched() {
    let haus = Haus::new();
    drop(haus.open());
    haus.behind().connection().execute_batch("PRAGMA user_version = 99").unwrap();
    let datei = haus.behind();
    let ring = Schluesselring::parse(ALT).unwrap();
    let ausgang = run(Ablage::open(&datei, Mandant::new("musterstadt").unwrap(), ring));
    assert_eq!(ausgang.unwrap_err(), AblageError::SchemaNeuer(99));
}

#[test]
fn a_mandant_is_a_simple_word() {
    assert!(Mandant::new("musterstadt-2").is_ok());
    for name in ["", "Musterstadt", "muster stadt", "müster", &"x".repeat(64)] {
        assert!(Mandant::new(name).is_err(), "{name}");
    }
}
