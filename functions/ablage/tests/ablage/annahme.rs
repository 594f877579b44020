use std::{collections::BTreeSet, sync::Barrier};

use ablage::{
    AblageError, AnlageWahl, Annahme, Empfang, Grenzen, NeueAnlage, NeuerVorgang, Pruefstand,
    nativ::run,
};

use super::*;

const GRENZEN: Grenzen = Grenzen { dateien: 20, summe: 1_000_000 };

#[test]
fn an_acceptance_is_there_as_a_whole() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);

    let gelesen = run(haus.open().vorgang(&nummer(1))).unwrap();
    assert_eq!(gelesen.betreff, "Müller, Erika 1");
    assert_eq!(gelesen.daten, br#"{"name":"Erika"}"#);
    assert_eq!(gelesen.zustellungen.len(), 2);
    assert_eq!(gelesen.ereignisse[0].code.as_deref(), Some("07".repeat(32).as_str()));
    let (nachricht, inhalt) = run(ablage.nachricht(&nummer(1), "nachricht")).unwrap();
    assert_eq!((nachricht.groesse, inhalt.as_slice()), (12, b"<nachricht/>".as_slice()));
}

#[test]
fn the_same_key_gets_the_first_receipt() {
    let haus = Haus::new();
    let ablage = haus.open();
    assert_eq!(run(ablage.look_up(&vorgang(1).empfang)), Ok(None));
    accept(&ablage, vorgang(1));
    // A repeated submit draws another number and another code.
    let wiederholt = NeuerVorgang { empfang: vorgang(1).empfang, ..vorgang(2) };
    let erwartet = Annahme::Schon { quittung: b"receipt 1".to_vec() };
    assert_eq!(run(ablage.accept(wiederholt)), Ok(erwartet.clone()));
    assert_eq!(run(ablage.look_up(&vorgang(1).empfang)), Ok(Some(erwartet)));
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
}

#[test]
fn the_same_key_for_something_else_is_refused() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    let anderes = Empfang::new("key-1", [b"another body".as_slice()]);
    assert_eq!(run(ablage.look_up(&anderes)), Ok(Some(Annahme::SchluesselBenutzt)));
    let anderes = NeuerVorgang { empfang: anderes, ..vorgang(2) };
    assert_eq!(run(ablage.accept(anderes)), Ok(Annahme::SchluesselBenutzt));
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
}

#[test]
fn parts_of_a_body_are_not_confused() {
    assert_ne!(
        Empfang::new("k", [b"ab".as_slice(), b"c"]),
        Empfang::new("k", [b"a".as_slice(), b"bc"])
    );
}

#[test]
fn tenants_share_nothing() {
    let haus = Haus::new();
    accept(&haus.open(), vorgang(1));
    let andere = haus.open_with("andere", ALT);
    assert_eq!(run(andere.look_up(&vorgang(1).empfang)), Ok(None));
    assert_eq!(run(andere.vorgang(&nummer(1))).unwrap_err(), AblageError::NichtGefunden);
    accept(&andere, vorgang(1));
    assert_eq!(run(andere.check_kette()).unwrap().laenge, 1);
}

#[test]
fn a_taken_nummer_stores_nothing() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    let andere = NeuerVorgang { nummer: nummer(1), ..vorgang(2) };
    assert_eq!(run(ablage.accept(andere)), Err(AblageError::NummerVergeben));
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
    accept(&ablage, vorgang(2));
}

#[test]
fn of_fifty_at_once_with_one_key_exactly_one_wins() {
    let haus = Haus::new();
    drop(haus.open());
    let start = Barrier::new(50);
    let quittungen: Vec<Option<Vec<u8>>> = std::thread::scope(|threads| {
        let threads: Vec<_> = (0..50)
            .map(|n| {
                let (haus, start) = (&haus, &start);
                threads.spawn(move || {
                    let ablage = haus.open();
                    let vorgang = NeuerVorgang { empfang: vorgang(0).empfang, ..vorgang(n) };
                    start.wait();
                    match run(ablage.accept(vorgang)).unwrap() {
                        Annahme::Neu => None,
                        Annahme::Schon { quittung } => Some(quittung),
                        Annahme::SchluesselBenutzt => panic!("it is the same body"),
                    }
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
    let neue = quittungen.iter().position(Option::is_none).unwrap();
    let erwartet = format!("receipt {neue}").into_bytes();
    let verschiedene: BTreeSet<_> = quittungen.into_iter().flatten().collect();
    assert_eq!(verschiedene, [erwartet].into());
}

#[test]
fn many_at_once_with_their_own_keys_are_all_stored_and_chained() {
    let haus = Haus::new();
    drop(haus.open());
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let haus = &haus;
            threads.spawn(move || {
                let ablage = haus.open();
                for n in 0..10 {
                    accept(&ablage, vorgang(thread * 100 + n));
                }
            });
        }
    });
    assert_eq!(haus.zeilen()[0], 80);
    let kette = run(haus.open().check_kette()).unwrap();
    assert_eq!((kette.laenge, kette.bruch), (80, None));
}

#[test]
fn an_acceptance_that_is_cut_off_leaves_nothing() {
    let haus = Haus::new();
    drop(haus.open());
    let annahme = cut_everywhere(
        &haus,
        async |ablage| ablage.accept(vorgang(1)).await,
        || assert_eq!(haus.zeilen(), [0; 6]),
    );
    assert_eq!(annahme, Annahme::Neu);
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
}

#[test]
fn a_dropped_acceptance_leaves_nothing_and_blocks_nobody() {
    let haus = Haus::new();
    let datei = haus.behind();
    drop(haus.open());
    for gute in 1.. {
        let stockung = Stockung { datei: &datei, gute: Cell::new(u32::MAX) };
        let mandant = Mandant::new("musterstadt").unwrap();
        let ablage =
            run(Ablage::open(&stockung, mandant, Schluesselring::parse(ALT).unwrap())).unwrap();
        stockung.gute.set(gute);
        let fertig = poll_once(ablage.accept(vorgang(1)));
        stockung.gute.set(u32::MAX);
        if fertig {
            break;
        }
        // The same connection goes on, as if nothing had been.
        run(ablage.begin_anmeldung("demo", JETZT)).unwrap();
        run(ablage.forget_fehlversuche("demo")).unwrap();
        assert_eq!(haus.zeilen(), [0; 6]);
    }
    assert_eq!(haus.zeilen(), [1, 3, 1, 2, 1, 1]);
}

#[test]
fn files_go_from_the_draft_to_the_vorgang() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let ids: Vec<String> = ["erste", "zweite", "uebrige"]
        .map(|name| {
            let anlage = NeueAnlage {
                typ: "NV_LOHN".to_owned(),
                name: format!("{name}.pdf"),
                medientyp: "application/pdf".to_owned(),
                inhalt: name.as_bytes().to_vec(),
                pruefung: Pruefstand::Ungeprueft,
            };
            run(ablage.add_anlage(&entwurf.id, &anlage, GRENZEN, JETZT)).unwrap().id
        })
        .to_vec();
    let wahl =
        AnlageWahl { entwurf: entwurf.id.clone(), ids: vec![ids[1].clone(), ids[0].clone()] };
    accept(&ablage, NeuerVorgang { anlagen: Some(wahl.clone()), ..vorgang(1) });

    let namen: Vec<String> = run(ablage.vorgang(&nummer(1)))
        .unwrap()
        .anlagen
        .into_iter()
        .map(|anlage| anlage.name)
        .collect();
    assert_eq!(namen, ["zweite.pdf", "erste.pdf"]);
    assert_eq!(run(ablage.anlage(&nummer(1), &ids[0])).unwrap(), b"erste");
    assert_eq!(run(ablage.anlage(&nummer(1), &ids[2])), Err(AblageError::NichtGefunden));
    assert_eq!(run(ablage.anlage(&nummer(2), &ids[0])), Err(AblageError::NichtGefunden));
    // The draft is over, and what nobody chose is gone.
    assert_eq!(haus.count("SELECT count(*) FROM entwurf"), 0);
    assert_eq!(haus.count("SELECT count(*) FROM anlage_inhalt"), 2);
    let nochmal = NeuerVorgang { anlagen: Some(wahl), ..vorgang(2) };
    assert_eq!(run(ablage.accept(nochmal)), Err(AblageError::AnlageFehlt));
}

#[test]
fn nothing_readable_is_in_the_file() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let anlage = NeueAnlage {
        typ: "NV_LOHN".to_owned(),
        name: "Lohn Erika.pdf".to_owned(),
        medientyp: "application/pdf".to_owned(),
        inhalt: b"Erika verdient".to_vec(),
        pruefung: Pruefstand::Ungeprueft,
    };
    let id = run(ablage.add_anlage(&entwurf.id, &anlage, GRENZEN, JETZT)).unwrap().id;
    let wahl = AnlageWahl { entwurf: entwurf.id, ids: vec![id] };
    let vorgang = NeuerVorgang {
        anlagen: Some(wahl),
        hinweise: b"Erika".to_vec(),
        quittung: vorgang(1).zugangscode.reveal().into_bytes(),
        ..vorgang(1)
    };
    let code = vorgang.zugangscode.reveal();
    accept(&ablage, vorgang);
    let mut offenes = false;
    for datei in std::fs::read_dir(haus.pfad().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(datei.unwrap().path()).unwrap();
        for geheim in ["Erika", "erika", "mueller", "Müller", "<nachricht", &code, "verdient"] {
            let gefunden = bytes.windows(geheim.len()).any(|fenster| fenster == geheim.as_bytes());
            assert!(!gefunden, "`{geheim}` is readable");
        }
        offenes |= bytes.windows(7).any(|fenster| fenster == b"NV_LOHN");
    }
    assert!(offenes, "the test looks in the wrong place");
}

/// A database of which others hold the lock for so many statements that want it.
struct Gedraenge {
    datei: Datei,
    besetzt: Cell<u32>,
}

impl Verbindung for Gedraenge {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let wants_lock = ["BEGIN", "UPDATE"].iter().any(|wort| sql.starts_with(wort));
        if wants_lock && let Some(rest) = self.besetzt.get().checked_sub(1) {
            self.besetzt.set(rest);
            return Err(SqlError::Besetzt);
        }
        self.datei.query(sql, parameter).await
    }
}

#[test]
fn who_misses_the_lock_asks_again_for_a_while() {
    let haus = Haus::new();
    haus.open();
    for (n, besetzt, expect) in
        [(1, 3, Ok(Annahme::Neu)), (2, 4, Err(AblageError::Besetzt)), (2, 0, Ok(Annahme::Neu))]
    {
        let gedraenge = Gedraenge { datei: haus.behind(), besetzt: Cell::new(0) };
        let mandant = Mandant::new("musterstadt").unwrap();
        let ring = Schluesselring::parse(ALT).unwrap();
        let ablage = run(Ablage::open(&gedraenge, mandant, ring)).unwrap();
        let davor = haus.zeilen();
        gedraenge.besetzt.set(besetzt);
        let is_neu = expect.is_ok();
        assert_eq!(run(ablage.accept(vorgang(n))), expect, "{besetzt}");
        assert_eq!(haus.zeilen() != davor, is_neu, "{besetzt}");
        assert_eq!(gedraenge.besetzt.get(), 0);
        if is_neu {
            gedraenge.besetzt.set(3);
            assert_eq!(run(ablage.lease_due(9, "h", JETZT, MINUTE)).unwrap().len(), 2);
        }
    }
}
