use std::sync::Barrier;

use ablage::{
    AnlageWahl, Eingangsstand, Ereignisart, Folgeart, Grenzen, NeueAnlage, NeueFolge,
    NeueRueckmeldung, Zustellzustand,
};
use shared::lage::{Wirkung, Zustand};

use super::*;

const FRAGE: &str = "aaaaaaaa-0000-4000-8000-000000000001";

/// A question about the first Vorgang.
fn frage(uuid: &str) -> NeueRueckmeldung {
    NeueRueckmeldung {
        uuid: Some(uuid.to_owned()),
        erstellt_am: Some(JETZT),
        nachrichtentyp: "130102".to_owned(),
        wirkung: Wirkung::Frage,
        antragsidentifikation: Some(nummer(1)),
        ausloeser: Some("00000000-0000-4000-8000-000000000001".to_owned()),
        grund: None,
        auszug: br#"{"text":"Bitte senden Sie uns Ihren Pass."}"#.to_vec(),
        inhalt: format!("<frage>{uuid} Pass</frage>").into_bytes(),
    }
}

fn antwort(n: u64, zu: Option<&str>) -> NeueFolge {
    NeueFolge {
        nummer: nummer(1),
        art: Folgeart::Antwort,
        zu: zu.map(str::to_owned),
        text: "Anbei mein Pass.".to_owned(),
        am: JETZT.plus(MINUTE),
        anlagen: None,
        uuid: format!("bbbbbbbb-0000-4000-8000-{n:012x}"),
        inhalt: b"<antwort/>".to_vec(),
        zustellungen: vec![NeueZustellung {
            ziel: Ziel::Fachverfahren,
            uuid: format!("bbbbbbbb-0000-4000-8000-{n:012x}"),
        }],
        empfang: Empfang::new(&format!("answer-{n}"), [b"body".as_slice()]),
        quittung: format!("receipt {n}").into_bytes(),
    }
}

fn zustand(ablage: &Ablage<Datei>) -> String {
    run(ablage.vorgang(&nummer(1))).unwrap().zustand
}

fn arten(ablage: &Ablage<Datei>) -> Vec<Ereignisart> {
    let ereignisse = run(ablage.vorgang(&nummer(1))).unwrap().ereignisse;
    ereignisse.into_iter().map(|ereignis| ereignis.art).collect()
}

#[test]
fn a_message_finds_its_case_and_changes_its_state() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    let stand = run(ablage.receive(frage(FRAGE), JETZT.plus(MINUTE))).unwrap();
    assert_eq!(stand, Eingangsstand::Zugeordnet(nummer(1)));
    assert_eq!(zustand(&ablage), "rueckfrage");
    assert_eq!(arten(&ablage), [Ereignisart::Eingegangen, Ereignisart::Rueckmeldung]);
    let rueckkanal = run(ablage.rueckkanal(&nummer(1))).unwrap();
    assert_eq!(rueckkanal.lage.offen, [FRAGE]);
    assert_eq!(rueckkanal.rueckmeldungen[0].auszug, frage(FRAGE).auszug);
    let (rueckmeldung, inhalt) = run(ablage.rueckmeldung(FRAGE)).unwrap();
    assert_eq!(inhalt, frage(FRAGE).inhalt);
    let code = format!("130102:{}", hex(&rueckmeldung.sha256));
    let ereignisse = run(ablage.vorgang(&nummer(1))).unwrap().ereignisse;
    assert_eq!(ereignisse[1].code, Some(code));

    // Again, as it was: nothing changes.
    assert_eq!(run(ablage.receive(frage(FRAGE), JETZT)).unwrap(), Eingangsstand::Schon);
    assert_eq!(arten(&ablage).len(), 2);
    assert_eq!(run(ablage.check_kette()).unwrap().bruch, None);
}

#[test]
fn what_is_stored_is_sealed() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    run(ablage.receive(frage(FRAGE), JETZT)).unwrap();
    run(ablage.send_folge(antwort(1, Some(FRAGE)))).unwrap();
    drop(ablage);
    for endung in ["", "-wal"] {
        let datei = haus.pfad().with_file_name(format!("portal.db{endung}"));
        let bytes = std::fs::read(datei).unwrap_or_default();
        for wort in ["Pass", "frage>"] {
            let is_da = bytes.windows(wort.len()).any(|fenster| fenster == wort.as_bytes());
            assert!(!is_da, "{wort} lies open in portal.db{endung}");
        }
    }
}

#[test]
fn what_fits_no_case_waits_until_somebody_assigns_it() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    accept(&ablage, vorgang(2));
    type Change = fn(&mut NeueRueckmeldung);
    let faelle: &[(Change, &str, Option<u64>)] = &[
        (|it| it.antragsidentifikation = None, "vorgang-unbekannt", Some(1)),
        (|it| it.antragsidentifikation = Some(nummer(9)), "vorgang-unbekannt", Some(1)),
        (|it| it.antragsidentifikation = Some(nummer(2)), "widerspruch", Some(2)),
        (|it| it.ausloeser = None, "ausloeser-unbekannt", Some(1)),
        (|it| it.grund = Some("kein-xml".to_owned()), "kein-xml", Some(1)),
        (|it| it.uuid = None, "kein-xml", Some(1)),
    ];
    for (n, (change, grund, vorschlag)) in faelle.iter().enumerate() {
        let mut neue = frage(&format!("cccccccc-0000-4000-8000-{n:012}"));
        change(&mut neue);
        if neue.uuid.is_none() {
            neue.grund = Some("kein-xml".to_owned());
        }
        let stand = run(ablage.receive(neue, JETZT)).unwrap();
        assert_eq!(stand, Eingangsstand::Offen((*grund).to_owned()));
        let (offene, gesamt) = run(ablage.offene_rueckmeldungen(99)).unwrap();
        assert_eq!(gesamt, n as u64 + 1);
        let neueste = offene.iter().find(|it| it.id.ends_with(&format!("{n:012}")));
        let neueste = neueste.or(offene.iter().find(|it| it.id.starts_with("sha256-"))).unwrap();
        assert_eq!(neueste.grund.as_deref(), Some(*grund));
        assert_eq!(neueste.vorschlag, vorschlag.map(nummer));
    }
    assert_eq!(zustand(&ablage), "eingegangen");

    let (offene, _) = run(ablage.offene_rueckmeldungen(1)).unwrap();
    let id = offene[0].id.as_str();
    let fremd = run(ablage.assign_rueckmeldung(id, &nummer(9), "demo", JETZT));
    assert_eq!(fremd, Err(AblageError::NichtGefunden));
    assert_eq!(run(ablage.assign_rueckmeldung(id, &nummer(1), "demo", JETZT)), Ok(true));
    assert_eq!(run(ablage.assign_rueckmeldung(id, &nummer(2), "demo", JETZT)), Ok(false));
    assert_eq!(zustand(&ablage), "rueckfrage");
    assert_eq!(arten(&ablage).last(), Some(&Ereignisart::Zugeordnet));
    let nichts = run(ablage.assign_rueckmeldung("nichts", &nummer(1), "demo", JETZT));
    assert_eq!(nichts, Err(AblageError::NichtGefunden));
    assert_eq!(run(ablage.check_kette()).unwrap().bruch, None);
}

#[test]
fn another_message_with_the_same_uuid_is_kept_beside_it() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    run(ablage.receive(frage(FRAGE), JETZT)).unwrap();
    for erwartet in [Eingangsstand::AndererInhalt, Eingangsstand::Schon] {
        let andere = NeueRueckmeldung { inhalt: b"<anders/>".to_vec(), ..frage(FRAGE) };
        let stand = run(ablage.receive(andere, JETZT)).unwrap();
        assert_eq!(stand, erwartet);
    }
    let (offene, gesamt) = run(ablage.offene_rueckmeldungen(9)).unwrap();
    assert_eq!((offene[0].grund.as_deref(), gesamt), (Some("uuid-schon-benutzt"), 1));
    assert_eq!(run(ablage.rueckmeldung(FRAGE)).unwrap().1, frage(FRAGE).inhalt);
}

#[test]
fn many_at_once_are_one() {
    let haus = Haus::new();
    accept(&haus.open(), vorgang(1));
    let start = Barrier::new(8);
    std::thread::scope(|threads| {
        for n in 0..8 {
            let (haus, start) = (&haus, &start);
            threads.spawn(move || {
                let ablage = haus.open();
                start.wait();
                let uuid = format!("dddddddd-0000-4000-8000-{:012}", n % 2);
                run(ablage.receive(frage(&uuid), JETZT)).unwrap();
            });
        }
    });
    let ablage = haus.open();
    assert_eq!(haus.count("SELECT count(*) FROM rueckmeldung"), 2);
    assert_eq!(arten(&ablage).len(), 3);
    assert_eq!(run(ablage.check_kette()).unwrap().bruch, None);
}

#[test]
fn the_newest_message_counts_not_the_last_to_come() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    let fertig = NeueRueckmeldung {
        erstellt_am: Some(JETZT.plus(MINUTE)),
        wirkung: Wirkung::PruefungAbgeschlossen,
        nachrichtentyp: "130104".to_owned(),
        ..frage("eeeeeeee-0000-4000-8000-000000000001")
    };
    run(ablage.receive(fertig, JETZT.plus(2 * MINUTE))).unwrap();
    run(ablage.receive(frage(FRAGE), JETZT.plus(3 * MINUTE))).unwrap();
    assert_eq!(zustand(&ablage), Zustand::PruefungAbgeschlossen.as_str());
    // Nobody writes in the future, whatever their clock says.
    let spaet = NeueRueckmeldung {
        erstellt_am: Some(JETZT.plus(Duration::from_secs(365 * 24 * 3600))),
        ..frage("eeeeeeee-0000-4000-8000-000000000002")
    };
    run(ablage.receive(spaet, JETZT.plus(4 * MINUTE))).unwrap();
    let rueckkanal = run(ablage.rueckkanal(&nummer(1))).unwrap();
    assert_eq!(rueckkanal.rueckmeldungen[2].erstellt_am, JETZT.plus(4 * MINUTE));
    assert_eq!(rueckkanal.lage.zustand, Zustand::Rueckfrage);
}

#[test]
fn an_answer_is_stored_with_its_message_and_its_delivery() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    run(ablage.receive(frage(FRAGE), JETZT)).unwrap();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let neue = NeueAnlage {
        typ: "UNTERLAGE".to_owned(),
        name: "Pass.pdf".to_owned(),
        medientyp: "application/pdf".to_owned(),
        inhalt: b"%PDF".to_vec(),
        pruefung: ablage::Pruefstand::Ungeprueft,
    };
    let grenzen = Grenzen { dateien: 9, summe: 99 };
    let anlage = run(ablage.add_anlage(&entwurf.id, &neue, grenzen, JETZT)).unwrap();
    let wahl = AnlageWahl { entwurf: entwurf.id, ids: vec![anlage.id] };
    let mit = || NeueFolge { anlagen: Some(wahl.clone()), ..antwort(1, Some(FRAGE)) };
    assert_eq!(run(ablage.send_folge(mit())), Ok(Annahme::Neu));
    let quittung = b"receipt 1".to_vec();
    assert_eq!(run(ablage.send_folge(mit())), Ok(Annahme::Schon { quittung }));
    assert_eq!(zustand(&ablage), "antwort_eingegangen");

    let stand = run(ablage.vorgang(&nummer(1))).unwrap();
    assert_eq!(stand.anlagen[0].folge, "folge-001");
    assert_eq!(run(ablage.nachricht(&nummer(1), "folge-001")).unwrap().1, b"<antwort/>");
    let folgen: Vec<&str> = stand.zustellungen.iter().map(|it| it.folge.as_str()).collect();
    assert_eq!(folgen, ["", "", "folge-001"]);
    let bilanz = run(ablage.bilanz()).unwrap();
    assert!(bilanz.stimmt(), "{bilanz:?}");
    assert_eq!((bilanz.angenommen, bilanz.ziele[0].angenommen), (1, 2));
    let folge = &run(ablage.rueckkanal(&nummer(1))).unwrap().folgen[0];
    assert_eq!((folge.text.as_str(), folge.zu.as_deref()), ("Anbei mein Pass.", Some(FRAGE)));

    // The question is closed now; documents may still follow.
    let noch_einmal = run(ablage.send_folge(antwort(2, Some(FRAGE))));
    assert_eq!(noch_einmal, Err(AblageError::NichtMoeglich));
    assert_eq!(run(ablage.send_folge(antwort(3, None))), Ok(Annahme::Neu));
    let ruecknahme = NeueFolge { art: Folgeart::Ruecknahme, ..antwort(4, None) };
    assert_eq!(run(ablage.send_folge(ruecknahme)), Ok(Annahme::Neu));
    assert_eq!(zustand(&ablage), "ruecknahme_erklaert");
    assert_eq!(run(ablage.send_folge(antwort(5, None))), Err(AblageError::NichtMoeglich));
    assert_eq!(run(ablage.check_kette()).unwrap().bruch, None);
    assert!(run(ablage.bilanz()).unwrap().stimmt());
}

#[test]
fn an_answer_that_is_cut_off_leaves_nothing() {
    let haus = Haus::new();
    accept(&haus.open(), vorgang(1));
    run(haus.open().receive(frage(FRAGE), JETZT)).unwrap();
    let annahme = cut_everywhere(
        &haus,
        async |ablage| ablage.send_folge(antwort(1, Some(FRAGE))).await,
        || {
            assert_eq!(haus.count("SELECT count(*) FROM folge"), 0);
            assert_eq!(haus.count("SELECT count(*) FROM zustellung"), 2);
            assert_eq!(haus.count("SELECT count(*) FROM ereignis"), 2);
        },
    );
    assert_eq!(annahme, Annahme::Neu);
}

#[test]
fn what_follows_is_not_delivered_before_what_was_sent_first() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    run(ablage.receive(frage(FRAGE), JETZT)).unwrap();
    run(ablage.send_folge(antwort(1, Some(FRAGE)))).unwrap();
    run(ablage.send_folge(antwort(2, None))).unwrap();
    let lease = |minuten: u32| {
        let jetzt = JETZT.plus(minuten * MINUTE);
        run(ablage.lease_due_of(Ziel::Fachverfahren, 9, "a", jetzt, MINUTE)).unwrap()
    };
    for (minute, folge) in [(5, ""), (10, "folge-001"), (15, "folge-002")] {
        let pachten = lease(minute);
        assert_eq!(pachten.len(), 1);
        assert_eq!(pachten[0].folge, folge);
        run(ablage.complete(&pachten[0], None, JETZT.plus(minute * MINUTE))).unwrap();
    }
    let zustellungen = run(ablage.vorgang(&nummer(1))).unwrap().zustellungen;
    let fertig = zustellungen.iter().filter(|it| it.zustand == Zustellzustand::Zugestellt);
    assert_eq!(fertig.count(), 3);
}

#[test]
fn old_rows_come_along() {
    let haus = Haus::new();
    let datei = haus.behind();
    // The tables as the first version made them, with a row of the outbox.
    let alt = include_str!("../../src/schema/0001.sql").replace("\n\n", ";\n");
    datei.connection().execute_batch(&format!("{alt};\nPRAGMA user_version = 1")).unwrap();
    datei
        .connection()
        .execute_batch(
            "INSERT INTO vorgang VALUES ('musterstadt', 'VE-1', 'a', 'eingegangen', 'wartend', \
                'dms', 5, 'de', x'00', 0, 'alt', x'00', x'00', x'00', x'00');
             INSERT INTO zustellung (mandant, vorgang, ziel, uuid, zustand, versuche, \
                naechster_versuch_am, ausgang_unklar, angelegt_am, geaendert_am)
             VALUES ('musterstadt', 'VE-1', 'dms', 'u', 'ausstehend', 3, 7, 1, 5, 6)",
        )
        .unwrap();
    let ring = Schluesselring::parse(ALT).unwrap();
    run(Ablage::open(&datei, Mandant::new("musterstadt").unwrap(), ring)).unwrap();
    let sql = "SELECT count(*) FROM zustellung WHERE folge = '' AND uuid = 'u' AND versuche = 3 \
               AND naechster_versuch_am = 7 AND ausgang_unklar = 1";
    assert_eq!(haus.count(sql), 1);
}

#[test]
fn rotation_reaches_what_came_back() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    run(ablage.receive(frage(FRAGE), JETZT)).unwrap();
    run(ablage.send_folge(antwort(1, Some(FRAGE)))).unwrap();
    let beide = haus.open_with("musterstadt", &format!("{NEU},{ALT}"));
    while run(beide.umschluesseln(99)).unwrap().rest != 0 {}
    let neu = haus.open_with("musterstadt", NEU);
    assert_eq!(run(neu.rueckmeldung(FRAGE)).unwrap().1, frage(FRAGE).inhalt);
    assert_eq!(run(neu.rueckkanal(&nummer(1))).unwrap().folgen[0].text, "Anbei mein Pass.");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
