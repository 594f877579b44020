use ablage::{
    AblageError, AnlageWahl, Anlagenherkunft, Empfang, Ereignisart, Grenzen, Link, NeueAnlage,
    NeuerTeil, Pruefstand, Zulieferannahme, Zuliefernachweis, Zulieferzugang, Zulieferzustand,
    nativ::run,
};

use super::*;

const TAG: Duration = Duration::from_secs(24 * 3600);
const GRENZEN: Grenzen = Grenzen { dateien: 2, summe: 100 };

fn datei(typ: &str) -> NeueAnlage {
    NeueAnlage {
        typ: typ.to_owned(),
        name: format!("{typ}.pdf"),
        medientyp: "application/pdf".to_owned(),
        inhalt: b"%PDF-".to_vec(),
        pruefung: Pruefstand::Ungeprueft,
    }
}

fn link(ablage: &Ablage<impl Verbindung>, entwurf: &str) -> Link {
    run(ablage.create_link(entwurf, "antrag", b"vorgaben", JETZT.plus(30 * TAG), JETZT)).unwrap()
}

fn confirm(
    ablage: &Ablage<impl Verbindung>,
    link: &Link,
    schluessel: &str,
    jetzt: Zeitpunkt,
) -> Zulieferannahme {
    let teil = NeuerTeil {
        daten: b"daten",
        quittung: b"quittung",
        erklaerung: &datei("NB_EZB"),
        behalten: &[],
        empfang: Empfang::new(schluessel, [b"body".as_slice()]),
    };
    run(ablage.confirm_zulieferung(&link.id, &link.geheimnis, teil, jetzt)).unwrap()
}

fn enter(ablage: &Ablage<impl Verbindung>, link: &Link, jetzt: Zeitpunkt) -> Zulieferzugang {
    run(ablage.enter_zulieferung(&link.id, &link.geheimnis, jetzt)).unwrap()
}

fn is_neu(annahme: &Zulieferannahme) -> bool {
    matches!(annahme, Zulieferannahme::Neu { .. })
}

#[test]
fn a_link_opens_its_part_and_nothing_else() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let anderer = run(ablage.create_entwurf(JETZT)).unwrap();
    let eins = link(&ablage, &entwurf.id);
    let zwei = link(&ablage, &anderer.id);
    assert_ne!((&eins.id, &eins.geheimnis), (&zwei.id, &zwei.geheimnis));
    let Zulieferzugang::Offen(teil) = enter(&ablage, &eins, JETZT) else { panic!() };
    assert_eq!(
        (teil.zustand, teil.vorgaben.as_slice()),
        (Zulieferzustand::Geoeffnet, b"vorgaben".as_slice())
    );
    assert_eq!((teil.entwurf, teil.daten), (entwurf.id.clone(), None));
    for (id, geheimnis) in [
        (&eins.id, &zwei.geheimnis),
        (&eins.id, &String::new()),
        (&"0000000000000000".to_owned(), &eins.geheimnis),
        // The token of a draft is no secret of a link, and the other way round.
        (&eins.id, &entwurf.token),
    ] {
        let zugang = run(ablage.enter_zulieferung(id, geheimnis, JETZT)).unwrap();
        assert!(matches!(zugang, Zulieferzugang::Falsch), "{zugang:?}");
    }
    let als_token = run(ablage.enter_entwurf(&entwurf.id, &eins.geheimnis, JETZT));
    assert_eq!(als_token, Err(AblageError::NichtGefunden));
    // The secret is nowhere in the file.
    for datei in ["portal.db", "portal.db-wal"] {
        let bytes = std::fs::read(haus.ordner.path().join(datei)).unwrap();
        let geheimnis = eins.geheimnis.as_bytes();
        assert!(!bytes.windows(geheimnis.len()).any(|it| it == geheimnis), "{datei}");
    }
    assert!(!format!("{eins:?}").contains(&eins.geheimnis));
}

#[test]
fn a_link_is_used_once() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    assert!(is_neu(&confirm(&ablage, &link, "k1", JETZT)));
    assert!(matches!(enter(&ablage, &link, JETZT), Zulieferzugang::Benutzt));
    // The answer was lost: the same request gets the receipt of that time, another one nothing.
    let wieder = confirm(&ablage, &link, "k1", JETZT.plus(TAG));
    assert_eq!(wieder, Zulieferannahme::Schon { quittung: b"quittung".to_vec() });
    assert_eq!(confirm(&ablage, &link, "k2", JETZT), Zulieferannahme::Vorbei);
    let falsch = Link { geheimnis: "x".to_owned(), ..link.clone() };
    assert_eq!(confirm(&ablage, &falsch, "k1", JETZT), Zulieferannahme::Vorbei);
    let dateien = run(ablage.anlagen_of_entwurf(&entwurf.id)).unwrap();
    assert_eq!(dateien.len(), 1);
    assert_eq!(dateien[0].herkunft, Anlagenherkunft::Erklaerung);
    let teil = run(ablage.zulieferung_of_entwurf(&entwurf.id)).unwrap().unwrap();
    assert_eq!((teil.zustand, teil.daten), (Zulieferzustand::Ausgefuellt, Some(b"daten".to_vec())));
}

#[test]
fn of_many_at_once_one_is_stored() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    let neue = std::thread::scope(|threads| {
        let laufende: Vec<_> = (0..6)
            .map(|n| {
                let (haus, link) = (&haus, &link);
                threads.spawn(move || is_neu(&confirm(&haus.open(), link, &format!("k{n}"), JETZT)))
            })
            .collect();
        laufende.into_iter().map(|it| it.join().unwrap()).filter(|it| *it).count()
    });
    assert_eq!(neue, 1);
    assert_eq!(haus.count("SELECT count(*) FROM anlage"), 1);
}

#[test]
fn a_link_ends_by_itself_and_is_renewed() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let alt = link(&ablage, &entwurf.id);
    let kurz_davor = JETZT.plus(30 * TAG).minus(Duration::from_millis(1));
    assert!(matches!(enter(&ablage, &alt, kurz_davor), Zulieferzugang::Offen(_)));
    let spaeter = JETZT.plus(30 * TAG);
    assert!(matches!(enter(&ablage, &alt, spaeter), Zulieferzugang::Abgelaufen));
    assert_eq!(confirm(&ablage, &alt, "k", spaeter), Zulieferannahme::Vorbei);

    let bis = spaeter.plus(TAG);
    let neu = run(ablage.create_link(&entwurf.id, "antrag", b"neu", bis, spaeter)).unwrap();
    assert_eq!(neu.id, alt.id);
    assert!(matches!(enter(&ablage, &alt, spaeter), Zulieferzugang::Falsch));
    assert_eq!(confirm(&ablage, &alt, "k", spaeter), Zulieferannahme::Vorbei);
    let Zulieferzugang::Offen(teil) = enter(&ablage, &neu, spaeter) else { panic!() };
    assert_eq!(teil.vorgaben, b"neu");
    assert!(is_neu(&confirm(&ablage, &neu, "k", spaeter)));
}

#[test]
fn a_part_is_opened_again_with_its_answers() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let erster = link(&ablage, &entwurf.id);
    confirm(&ablage, &erster, "k1", JETZT);
    let zweiter = link(&ablage, &entwurf.id);
    // Neither the old link nor the old key works, and the old document is gone.
    assert!(matches!(enter(&ablage, &erster, JETZT), Zulieferzugang::Falsch));
    assert_eq!(confirm(&ablage, &erster, "k1", JETZT), Zulieferannahme::Vorbei);
    assert_eq!(run(ablage.anlagen_of_entwurf(&entwurf.id)).unwrap(), []);
    let Zulieferzugang::Offen(teil) = enter(&ablage, &zweiter, JETZT) else { panic!() };
    assert_eq!(teil.daten.as_deref(), Some(b"daten".as_slice()));
    assert!(is_neu(&confirm(&ablage, &zweiter, "k1", JETZT)));
}

#[test]
fn what_is_withdrawn_leaves_nothing() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    run(ablage.add_anlage(&entwurf.id, &datei("NB_PASS"), GRENZEN, JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    let zulieferung = Anlagenherkunft::Zulieferung;
    run(ablage.add_anlage_von(&entwurf.id, &datei("NB_VERTRAG"), zulieferung, GRENZEN, JETZT))
        .unwrap();
    run(ablage.delete_zulieferung(&entwurf.id)).unwrap();
    assert!(matches!(enter(&ablage, &link, JETZT), Zulieferzugang::Falsch));
    assert_eq!(confirm(&ablage, &link, "k", JETZT), Zulieferannahme::Vorbei);
    let dateien = run(ablage.anlagen_of_entwurf(&entwurf.id)).unwrap();
    assert_eq!(dateien.iter().map(|it| it.typ.as_str()).collect::<Vec<_>>(), ["NB_PASS"]);
    assert_eq!(run(ablage.delete_zulieferung(&entwurf.id)), Err(AblageError::NichtGefunden));
}

#[test]
fn files_belong_to_whoever_sent_them() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    let (antrag, andere) = (Anlagenherkunft::Antrag, Anlagenherkunft::Zulieferung);
    let add = |typ, herkunft| {
        run(ablage.add_anlage_von(&entwurf.id, &datei(typ), herkunft, GRENZEN, JETZT))
    };
    let (eigene, fremde) = (add("NB_PASS", antrag).unwrap(), add("NB_VERTRAG", andere).unwrap());
    // Each side has limits of its own.
    add("NB_PASS", antrag).unwrap();
    assert_eq!(add("NB_PASS", antrag), Err(AblageError::ZuVieleAnlagen));
    let uebrige = add("NB_VERTRAG", andere).unwrap();
    assert_eq!(add("NB_VERTRAG", andere), Err(AblageError::ZuVieleAnlagen));
    assert_eq!(run(ablage.delete_anlage(&entwurf.id, &fremde.id)), Err(AblageError::NichtGefunden));
    let versuch = run(ablage.delete_anlage_von(&entwurf.id, &eigene.id, andere));
    assert_eq!(versuch, Err(AblageError::NichtGefunden));
    // What the part does not name goes when it is sent.
    let teil = NeuerTeil {
        daten: b"{}",
        quittung: b"q",
        erklaerung: &datei("NB_EZB"),
        behalten: std::slice::from_ref(&fremde.id),
        empfang: Empfang::new("k", []),
    };
    run(ablage.confirm_zulieferung(&link.id, &link.geheimnis, teil, JETZT)).unwrap();
    let dateien = run(ablage.anlagen_of_entwurf(&entwurf.id)).unwrap();
    assert!(dateien.iter().any(|it| it.id == fremde.id));
    assert!(!dateien.iter().any(|it| it.id == uebrige.id));
}

#[test]
fn guessing_closes_an_id_whether_it_exists_or_not() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    for id in [link.id.as_str(), "ffffffffffffffff"] {
        for _ in 0..10 {
            let zugang = run(ablage.enter_zulieferung(id, "falsch", JETZT)).unwrap();
            assert!(matches!(zugang, Zulieferzugang::Falsch));
        }
        let zugang = run(ablage.enter_zulieferung(id, &link.geheimnis, JETZT)).unwrap();
        assert!(matches!(zugang, Zulieferzugang::Gesperrt(bis) if bis == JETZT.plus(15 * MINUTE)));
    }
    assert!(matches!(enter(&ablage, &link, JETZT.plus(15 * MINUTE)), Zulieferzugang::Offen(_)));
}

#[test]
fn an_application_has_the_part_that_was_read_or_none() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    let Zulieferannahme::Neu { erklaerung } = confirm(&ablage, &link, "k", JETZT) else { panic!() };
    let mit_teil = |n| NeuerVorgang {
        anlagen: Some(AnlageWahl { entwurf: entwurf.id.clone(), ids: vec![erklaerung.id.clone()] }),
        ..vorgang(n)
    };
    let teil = |am| Some(Zuliefernachweis { ausgefuellt_am: am, nummer: "AG-1" });
    // Another part than the one that was read.
    let ausgang = run(ablage.accept_with(mit_teil(1), teil(JETZT.plus(TAG))));
    assert_eq!(ausgang, Err(AblageError::ZulieferungGeaendert));
    assert_eq!(haus.zeilen(), [0; 6]);
    assert_eq!(run(ablage.accept_with(mit_teil(2), teil(JETZT))), Ok(Annahme::Neu));
    let gespeichert = run(ablage.vorgang(&nummer(2))).unwrap();
    assert_eq!(gespeichert.anlagen[0].herkunft, Anlagenherkunft::Erklaerung);
    let ereignis = gespeichert.ereignisse.last().unwrap();
    assert_eq!((ereignis.art, ereignis.code.as_deref()), (Ereignisart::Zugeliefert, Some("AG-1")));
    // The link ended with the draft.
    assert!(matches!(enter(&ablage, &link, JETZT), Zulieferzugang::Falsch));
    assert_eq!(haus.count("SELECT count(*) FROM zulieferung"), 0);
}

#[test]
fn a_part_that_is_cut_off_leaves_nothing() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    cut_everywhere(
        &haus,
        async |ablage| {
            let teil = NeuerTeil {
                daten: b"daten",
                quittung: b"quittung",
                erklaerung: &datei("NB_EZB"),
                behalten: &[],
                empfang: Empfang::new("k", []),
            };
            let ausgang =
                ablage.confirm_zulieferung(&link.id, &link.geheimnis, teil, JETZT).await?;
            assert!(is_neu(&ausgang) || matches!(ausgang, Zulieferannahme::Schon { .. }));
            Ok(())
        },
        || {
            assert_eq!(haus.count("SELECT count(*) FROM anlage"), 0);
            let offen = "SELECT count(*) FROM zulieferung WHERE zustand = 'gesendet'";
            assert_eq!(haus.count(offen), 1);
        },
    );
}

#[test]
fn another_tenant_opens_nothing_and_keys_are_changed() {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let link = link(&ablage, &entwurf.id);
    let fremd = haus.open_with("anderswo", ALT);
    assert!(matches!(enter(&fremd, &link, JETZT), Zulieferzugang::Falsch));
    confirm(&ablage, &link, "k", JETZT);
    // A renewal and a sending under a new key leave no row with two.
    let beide = haus.open_with("musterstadt", &format!("{NEU},{ALT}"));
    run(beide.umschluesseln(100)).unwrap();
    let neu = haus.open_with("musterstadt", NEU);
    let teil = run(neu.zulieferung_of_entwurf(&entwurf.id)).unwrap().unwrap();
    assert_eq!(teil.daten.as_deref(), Some(b"daten".as_slice()));
    assert_eq!(
        confirm(&neu, &link, "k", JETZT),
        Zulieferannahme::Schon { quittung: b"quittung".to_vec() }
    );
}
