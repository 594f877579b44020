//! The API of the way back over a real SQLite file, with messages as the counterpart writes them.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

use std::{cell::Cell, sync::Barrier, time::Duration};

use ablage::{
    Ablage, AblageError, Annahme, Empfang, Fehlschlag, NeueNachricht, NeueZustellung, NeuerVorgang,
    SqlError, Zeitpunkt, Ziel,
    nativ::{Datei, run},
};
use empfang::{Anfrage, Antwort, KOERPER_MAX, Konfiguration, Umgebung, handle};
use gegenstellen::Auftrag;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha512;
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_424_400_000);
const RING: &str = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const GEHEIMNIS: &str = "ein langes Geheimnis";
const UNSERE: &str = "00000000-0000-4000-8000-000000000001";
const PFAD: &str = "/empfang/nachrichten";

/// A portal with one application.
struct Portal {
    ordner: tempfile::TempDir,
    konfiguration: Konfiguration,
    is_datenbank_da: Cell<bool>,
}

impl Portal {
    fn new() -> Portal {
        Portal::with("empfang", GEHEIMNIS)
    }

    fn with(weg: &str, geheimnis: &str) -> Portal {
        Portal::with_rueckruf(weg, geheimnis, "")
    }

    fn with_rueckruf(weg: &str, geheimnis: &str, rueckruf: &str) -> Portal {
        let werte = ["musterstadt", RING, weg, geheimnis, rueckruf].map(str::to_owned);
        let portal = Portal {
            ordner: tempfile::tempdir().unwrap(),
            konfiguration: Konfiguration::read(&werte).unwrap(),
            is_datenbank_da: Cell::new(true),
        };
        let neu = NeuerVorgang {
            nummer: nummer(),
            zugangscode: Zugangscode::new(1),
            antrag: "verpflichtungserklaerung".to_owned(),
            sprache: "de".to_owned(),
            betreff: "Müller, Erika".to_owned(),
            daten: b"{}".to_vec(),
            hinweise: b"[]".to_vec(),
            hinweise_anzahl: 0,
            pruefsumme: [7; 32],
            eingegangen_am: JETZT,
            anlagen: None,
            nachrichten: vec![NeueNachricht {
                art: "nachricht".to_owned(),
                uuid: UNSERE.to_owned(),
                medientyp: "application/xml".to_owned(),
                inhalt: b"<m/>".to_vec(),
            }],
            zustellungen: vec![NeueZustellung {
                ziel: Ziel::Fachverfahren,
                uuid: UNSERE.to_owned(),
            }],
            empfang: Empfang::new("1", [b"body".as_slice()]),
            quittung: b"{}".to_vec(),
        };
        assert_eq!(run(portal.store().accept(neu)), Ok(Annahme::Neu));
        portal
    }

    fn store(&self) -> Ablage<Datei> {
        run(self.ablage()).unwrap()
    }

    fn send(&self, methode: &str, pfad: &str, header: &[(&str, &str)], koerper: &[u8]) -> Antwort {
        let header: Vec<(String, String)> =
            header.iter().map(|(name, wert)| ((*name).to_owned(), (*wert).to_owned())).collect();
        let koerper = (koerper.len() as u64 <= KOERPER_MAX).then(|| koerper.to_vec());
        let antwort = run(handle(self, Anfrage { methode, pfad, header: &header, koerper }));
        assert!(antwort.header.contains(&("cache-control", "no-store".to_owned())));
        if 400 <= antwort.status {
            assert_eq!(body(&antwort)["status"], antwort.status);
        }
        antwort
    }

    fn post(&self, xml: &str) -> Antwort {
        let bearer = format!("Bearer {GEHEIMNIS}");
        let header = [("authorization", bearer.as_str()), ("content-type", "application/xml")];
        self.send("POST", PFAD, &header, xml.as_bytes())
    }

    fn zustand(&self) -> String {
        run(self.store().vorgang(&nummer())).unwrap().zustand
    }

    fn offene(&self) -> Vec<String> {
        let (offene, _) = run(self.store().offene_rueckmeldungen(99)).unwrap();
        let mut gruende: Vec<String> = offene.into_iter().map(|it| it.grund.unwrap()).collect();
        gruende.sort();
        gruende
    }
}

impl Umgebung for Portal {
    type Verbindung = Datei;

    fn jetzt(&self) -> Zeitpunkt {
        JETZT.plus(Duration::from_secs(3600))
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Datei>, AblageError> {
        if !self.is_datenbank_da.get() {
            return Err(SqlError::Anderer("disk I/O error".to_owned()).into());
        }
        let datei = Datei::open(&self.ordner.path().join("portal.db"))?;
        let Konfiguration { mandant, ring, .. } = &self.konfiguration;
        Ablage::open(datei, mandant.clone(), ring.clone()).await
    }

    fn log(&self, _pfad: &str, was: &str) {
        assert!(!was.contains("Pass"), "{was}");
    }
}

fn nummer() -> Vorgangsnummer {
    Vorgangsnummer::new("VE", 1)
}

fn body(antwort: &Antwort) -> Value {
    serde_json::from_slice(&antwort.inhalt).unwrap()
}

fn auftrag(art: &str) -> Auftrag {
    Auftrag { art: art.to_owned(), zu: UNSERE.to_owned(), ..Auftrag::default() }
}

/// A message about our application: its UUID and its bytes.
fn xml(auftrag: &Auftrag) -> (String, String) {
    auftrag.write(&nummer().to_string()).unwrap()
}

#[test]
fn every_kind_finds_its_case() {
    for (art, zustand) in [
        ("130102", "rueckfrage"),
        ("130104", "pruefung_abgeschlossen"),
        ("130105", "eingegangen"),
        ("130107", "eingegangen"),
        ("130109", "unzustaendig"),
        ("130110", "anhoerung"),
    ] {
        for dokument in [false, true] {
            let portal = Portal::new();
            let text = Some("Größe & <Pass>".to_owned());
            let (uuid, xml) = xml(&Auftrag { dokument, text, ..auftrag(art) });
            let antwort = portal.post(&xml);
            assert_eq!(antwort.status, 201, "{art}: {}", body(&antwort));
            assert_eq!(body(&antwort), json!({ "uuid": uuid, "zustand": "zugeordnet" }));
            assert_eq!(portal.zustand(), zustand, "{art}");
            let (rueckmeldung, bytes) = run(portal.store().rueckmeldung(&uuid)).unwrap();
            assert_eq!((rueckmeldung.nachrichtentyp.as_str(), bytes), (art, xml.into_bytes()));
        }
    }
}

#[test]
fn the_same_message_again_changes_nothing() {
    let portal = Portal::new();
    let (uuid, xml) = xml(&auftrag("130102"));
    assert_eq!(portal.post(&xml).status, 201);
    let noch_einmal = portal.post(&xml);
    assert_eq!((noch_einmal.status, &body(&noch_einmal)["fehlercode"]), (200, &json!("S100")));
    let anders = portal.post(&xml.replace("Bitte", "Danke"));
    assert_eq!(anders.status, 422);
    assert_eq!(portal.offene(), ["uuid-schon-benutzt"]);
    let rueckkanal = run(portal.store().rueckkanal(&nummer())).unwrap();
    assert_eq!(rueckkanal.rueckmeldungen.len(), 1);

    let bearer = format!("Bearer {GEHEIMNIS}");
    let frage = |pfad: &str| portal.send("GET", pfad, &[("authorization", &bearer)], b"");
    let da = frage(&format!("{PFAD}/{}", uuid.to_uppercase()));
    assert_eq!((da.status, &body(&da)["zustand"]), (200, &json!("zugeordnet")));
    assert_eq!(frage(&format!("{PFAD}/{UNSERE}")).status, 404);
}

#[test]
fn what_fits_no_case_is_kept() {
    let portal = Portal::new();
    let fremd = |change: &dyn Fn(&mut Auftrag)| {
        let mut auftrag = auftrag("130102");
        change(&mut auftrag);
        portal.post(&xml(&auftrag).1)
    };
    let antwort = fremd(&|it| it.antragsidentifikation = Some("VE-9999".to_owned()));
    assert_eq!((antwort.status, &body(&antwort)["grund"]), (202, &json!("vorgang-unbekannt")));
    let antwort = fremd(&|it| {
        it.ausloeser_uuid = Some("00000000-0000-4000-8000-000000000009".to_owned());
    });
    assert_eq!((antwort.status, &body(&antwort)["grund"]), (202, &json!("ausloeser-unbekannt")));
    assert_eq!(portal.offene(), ["ausloeser-unbekannt", "vorgang-unbekannt"]);
    assert_eq!(portal.zustand(), "eingegangen");
}

#[test]
fn what_cannot_be_read_is_kept_and_its_sender_told() {
    let portal = Portal::new();
    let (_, gut) = xml(&auftrag("130102"));
    let laughs = format!(
        "<!DOCTYPE l [<!ENTITY a '{}'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>",
        "ha".repeat(1000)
    );
    let tief = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    for (xml, fehlercode, grund) in [
        ("", "X000", "kein-xml"),
        ("kein XML", "X000", "kein-xml"),
        (&gut[..gut.len() - 20], "X000", "kein-xml"),
        (&laughs, "X000", "dtd"),
        ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "X000", "dtd"),
        (&tief, "X000", "zu-tief"),
        (&gut.replace("frage>", "anderes>"), "X001", "fehlt"),
        (&gut.replace("xauslaender2611", "xauslaender2705"), "V000", "version"),
        (&gut.replace("OZG.Rueck", "OZG.Hin"), "X001", "nachrichtentyp"),
        (&gut.replace("Bitte", "\u{263a}"), "X001", "zeichen"),
    ] {
        let antwort = portal.post(xml);
        let json = body(&antwort);
        assert_eq!(antwort.status, 422, "{grund}");
        assert_eq!((&json["fehlercode"], &json["grund"]), (&json!(fehlercode), &json!(grund)));
    }
    // Those that have the same UUID lie beside each other; nothing is lost.
    assert_eq!(portal.offene().len(), 10);
    assert_eq!(portal.zustand(), "eingegangen");
}

#[test]
fn only_the_secret_opens() {
    let portal = Portal::new();
    let xml = xml(&auftrag("130102")).1;
    let medientyp = ("content-type", "application/xml");
    let kurz = format!("Bearer {}", &GEHEIMNIS[..5]);
    for header in [None, Some("Bearer "), Some("Bearer falsch"), Some(GEHEIMNIS), Some(&kurz)] {
        let mut alle = vec![medientyp];
        alle.extend(header.map(|wert| ("authorization", wert)));
        let antwort = portal.send("POST", PFAD, &alle, xml.as_bytes());
        assert_eq!(antwort.status, 401, "{header:?}");
        let alle = &alle[1..];
        assert_eq!(portal.send("GET", &format!("{PFAD}/{UNSERE}"), alle, b"").status, 401);
    }
    assert!(portal.offene().is_empty());
    for (weg, geheimnis) in [("aus", ""), ("aus", GEHEIMNIS)] {
        let zu = Portal::with(weg, geheimnis);
        assert_eq!(zu.post(&xml).status, 404, "{weg}");
        assert_eq!(zu.send("GET", PFAD, &[], b"").status, 404);
    }
}

#[test]
fn what_is_no_message_is_refused() {
    let portal = Portal::new();
    let xml = xml(&auftrag("130102")).1;
    let bearer = format!("Bearer {GEHEIMNIS}");
    let zugang = ("authorization", bearer.as_str());
    let send = |methode: &str, pfad: &str, mehr: &[(&str, &str)], koerper: &[u8]| {
        portal.send(methode, pfad, &[&[zugang], mehr].concat(), koerper).status
    };
    let medientyp = [("content-type", "text/xml; charset=utf-8")];
    assert_eq!(send("GET", PFAD, &[], b""), 405);
    assert_eq!(send("POST", "/empfang", &medientyp, xml.as_bytes()), 404);
    assert_eq!(send("POST", "/empfang/nachrichtenx", &medientyp, xml.as_bytes()), 404);
    assert_eq!(send("POST", &format!("{PFAD}/x"), &medientyp, xml.as_bytes()), 405);
    assert_eq!(send("POST", PFAD, &[], xml.as_bytes()), 415);
    assert_eq!(send("POST", PFAD, &[("content-type", "application/json")], b"{}"), 415);
    let gross = vec![b' '; usize::try_from(KOERPER_MAX).unwrap() + 1];
    assert_eq!(send("POST", PFAD, &medientyp, &gross), 413);
    let falsch = [medientyp[0], ("content-digest", "sha-256=:AAAA:")];
    assert_eq!(send("POST", PFAD, &falsch, xml.as_bytes()), 400);
    assert!(portal.offene().is_empty());
    portal.is_datenbank_da.set(false);
    assert_eq!(send("POST", PFAD, &medientyp, xml.as_bytes()), 503);
    portal.is_datenbank_da.set(true);
    let anderes = [medientyp[0], ("content-digest", "sha-512=:AAAA:")];
    assert_eq!(send("POST", PFAD, &anderes, xml.as_bytes()), 201);
}

#[test]
fn what_comes_in_the_wrong_order_is_put_in_order() {
    let portal = Portal::new();
    let am = |art: &str, zeit: &str| {
        let zeit = Some(format!("2026-11-23T{zeit}:00+01:00"));
        xml(&Auftrag { erstellungszeitpunkt: zeit, ..auftrag(art) }).1
    };
    assert_eq!(portal.post(&am("130104", "10:30")).status, 201);
    assert_eq!(portal.post(&am("130102", "10:10")).status, 201);
    assert_eq!(portal.zustand(), "pruefung_abgeschlossen");
    assert_eq!(portal.post(&am("130110", "10:40")).status, 201);
    assert_eq!(portal.zustand(), "anhoerung");
}

#[test]
fn many_at_once_are_taken_once_each() {
    let portal = Portal::new();
    let messages: Vec<String> = (0..4).map(|_| xml(&auftrag("130102")).1).collect();
    let ordner = portal.ordner.path();
    let start = Barrier::new(8);
    let statuses: Vec<u16> = std::thread::scope(|threads| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let (messages, start) = (&messages, &start);
                threads.spawn(move || {
                    let werte = ["musterstadt", RING, "empfang", GEHEIMNIS, ""].map(str::to_owned);
                    let anderer = Zweig {
                        ordner: ordner.to_owned(),
                        konfiguration: Konfiguration::read(&werte).unwrap(),
                    };
                    start.wait();
                    anderer.post(&messages[n % 4])
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(201), count(200)), (4, 4), "{statuses:?}");
    let rueckkanal = run(portal.store().rueckkanal(&nummer())).unwrap();
    assert_eq!(rueckkanal.lage.offen.len(), 4);
    assert_eq!(run(portal.store().check_kette()).unwrap().bruch, None);
}

/// Another instance on the same database.
struct Zweig {
    ordner: std::path::PathBuf,
    konfiguration: Konfiguration,
}

impl Zweig {
    fn post(&self, xml: &str) -> u16 {
        let header = [
            ("authorization".to_owned(), format!("Bearer {GEHEIMNIS}")),
            ("content-type".to_owned(), "application/xml".to_owned()),
        ];
        let koerper = Some(xml.as_bytes().to_vec());
        let anfrage = Anfrage { methode: "POST", pfad: PFAD, header: &header, koerper };
        run(handle(self, anfrage)).status
    }
}

impl Umgebung for Zweig {
    type Verbindung = Datei;

    fn jetzt(&self) -> Zeitpunkt {
        JETZT
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.ordner.join("portal.db"))?;
        let Konfiguration { mandant, ring, .. } = &self.konfiguration;
        Ablage::open(datei, mandant.clone(), ring.clone()).await
    }

    fn log(&self, _pfad: &str, was: &str) {
        panic!("{was}");
    }
}

/// The headers of a callback, signed with a secret so long before the request.
fn callback(geheimnis: &str, alter: i64, koerper: &[u8]) -> [(&'static str, String); 2] {
    let timestamp = (JETZT.millis() / 1000 + 3600 - alter).to_string();
    let mut hmac = Hmac::<Sha512>::new_from_slice(geheimnis.as_bytes()).unwrap();
    hmac.update(timestamp.as_bytes());
    hmac.update(b".");
    hmac.update(koerper);
    let bytes = hmac.finalize().into_bytes();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [("callback-timestamp", timestamp), ("callback-authentication", hex)]
}

#[test]
fn a_callback_makes_what_it_names_due_and_says_nothing_of_it() {
    const PFAD: &str = "/empfang/fit-connect";
    const FALL: &str = "9eec7d3e-dc66-4f82-9f52-1520bf96a32e";
    // The way back of messages may be closed.
    let portal = Portal::with_rueckruf("aus", "", GEHEIMNIS);
    let ablage = portal.store();
    let stunde = Duration::from_secs(3600);
    let mut pacht = run(ablage.lease_due(1, "h", JETZT, stunde)).unwrap().remove(0);
    let fortschritt = json!({"einreichung": {"caseId": FALL}}).to_string();
    run(ablage.save_fortschritt(&mut pacht, &fortschritt, JETZT.plus(stunde))).unwrap();
    let unterwegs = Fehlschlag { code: "fit-eingereicht", text: None };
    run(ablage.leave_unklar(&pacht, unterwegs, JETZT.plus(stunde * 24), JETZT)).unwrap();
    let faellig = || run(ablage.vorgang(&nummer())).unwrap().zustellungen[0].naechster_versuch_am;

    let koerper = json!({
        "type": "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-events",
        "submissions": [{"destinationId": UNSERE, "submissionId": UNSERE, "caseId": FALL}],
    });
    let koerper = koerper.to_string().into_bytes();
    let send = |methode: &str, header: &[(&'static str, String)], koerper: &[u8]| {
        let header: Vec<(&str, &str)> =
            header.iter().map(|(name, wert)| (*name, wert.as_str())).collect();
        portal.send(methode, PFAD, &header, koerper)
    };
    let gut = callback(GEHEIMNIS, 0, &koerper);
    for (header, koerper, status) in [
        (vec![], koerper.clone(), 403),
        (gut[..1].to_vec(), koerper.clone(), 403),
        (callback("ein anderes Geheimnis", 0, &koerper).to_vec(), koerper.clone(), 403),
        (callback(GEHEIMNIS, 301, &koerper).to_vec(), koerper.clone(), 403),
        (gut.to_vec(), b"{}".to_vec(), 403),
        (callback(GEHEIMNIS, 0, b"<x/>").to_vec(), b"<x/>".to_vec(), 400),
        (callback(GEHEIMNIS, 0, b"{}").to_vec(), b"{}".to_vec(), 200),
    ] {
        assert_eq!(send("POST", &header, &koerper).status, status);
        assert_eq!(faellig(), Some(JETZT.plus(stunde * 24)), "{status}");
    }
    assert_eq!(send("GET", &gut, b"").status, 405);
    for angestossen in [1, 0] {
        let antwort = send("POST", &gut, &koerper);
        assert_eq!((antwort.status, body(&antwort)), (200, json!({"angestossen": angestossen})));
        assert_eq!(faellig(), Some(JETZT.plus(stunde)));
    }
    // Messages are still refused, and without a secret there are no callbacks.
    assert_eq!(portal.post("<x/>").status, 404);
    assert_eq!(Portal::new().send("POST", PFAD, &[], &koerper).status, 404);
}
