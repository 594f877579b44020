//! The routes below `/intern`.

use serde_json::Value;
use weiterleitung::{Auftrag, Ergebnis, answer};

use super::*;

fn ask(haus: &Haus, methode: &str, pfad: &str, authorization: Option<&str>) -> Ergebnis {
    block_on(answer(haus, &haus.variablen, Auftrag { methode, pfad, authorization }))
}

fn json(ergebnis: &Ergebnis) -> Value {
    serde_json::from_str(&ergebnis.inhalt).unwrap()
}

fn header<'a>(ergebnis: &'a Ergebnis, name: &str) -> Option<&'a str> {
    ergebnis.header.iter().find(|(own, _)| *own == name).map(|(_, wert)| wert.as_str())
}

#[test]
fn both_targets_are_served_by_one_call() {
    let haus = Haus::new();
    haus.accept(1);
    let ergebnis = ask(&haus, "POST", "/intern/weiterleitung", Some("Bearer intern"));
    assert_eq!(
        (ergebnis.status, json(&ergebnis)),
        (200, json!({"bearbeitet": 2, "zugestellt": 2, "verschoben": 0, "gescheitert": 0}))
    );
    assert_eq!(header(&ergebnis, "cache-control"), Some("no-store"));
}

#[test]
fn nobody_else_gets_in() {
    let haus = Haus::new();
    haus.accept(1);
    for pfad in ["/intern/weiterleitung", "/intern/tageslauf", "/intern/umschluesseln"] {
        for authorization in [None, Some("Bearer falsch"), Some("Bearer "), Some("Basic intern")] {
            let ergebnis = ask(&haus, "POST", pfad, authorization);
            assert_eq!(ergebnis.status, 401, "{pfad} {authorization:?}");
            assert_eq!(header(&ergebnis, "content-type"), Some("application/problem+json"));
            assert_eq!(header(&ergebnis, "www-authenticate"), Some("Bearer realm=\"intern\""));
        }
        let ergebnis = ask(&haus, "GET", pfad, Some("Bearer intern"));
        assert_eq!((ergebnis.status, header(&ergebnis, "allow")), (405, Some("POST")));
    }
    assert_eq!(haus.angekommen(Ziel::Fachverfahren), [""; 0]);
    assert_eq!(ask(&haus, "GET", "/intern/", None).status, 404);
    assert_eq!(ask(&haus, "POST", "/intern/gesundheit", None).status, 405);
}

#[test]
fn health_tells_no_secrets() {
    let mut haus = Haus::new();
    let ergebnis = ask(&haus, "GET", "/intern/gesundheit", None);
    let gesund = json!({"zustand": "bereit", "aeltesteWartendSeit": null, "fachverfahren": "eingerichtet", "dms": "eingerichtet"});
    assert_eq!((ergebnis.status, json(&ergebnis)), (200, gesund));

    haus.variablen.dms_anmeldung = "geheim".to_owned();
    let ergebnis = ask(&haus, "GET", "/intern/gesundheit", None);
    assert_eq!(ergebnis.status, 503);
    assert!(!ergebnis.inhalt.contains("dms_anmeldung"));
    // Whoever may run it is told what to mend.
    let ergebnis = ask(&haus, "POST", "/intern/weiterleitung", Some("Bearer intern"));
    assert_eq!(ergebnis.status, 503);
    assert!(json(&ergebnis)["detail"].as_str().unwrap().contains("`dms_anmeldung`"));
    assert!(!ergebnis.inhalt.contains("geheim\""));
}

#[test]
fn keys_are_changed_until_none_is_old() {
    let haus = Haus::new();
    haus.accept(1);
    let ergebnis = ask(&haus, "POST", "/intern/umschluesseln", Some("Bearer intern"));
    assert_eq!(json(&ergebnis), json!({"umgeschluesselt": 0, "rest": 0}));
    let mut neu = Neu(haus);
    assert_eq!(neu.umschluesseln(), json!({"umgeschluesselt": 6, "rest": 0}));
    assert_eq!(neu.umschluesseln(), json!({"umgeschluesselt": 0, "rest": 0}));
    neu.0.run(Ziel::Fachverfahren);
}

/// The same house with another key in front.
struct Neu(Haus);

impl Neu {
    fn umschluesseln(&mut self) -> Value {
        let auftrag = Auftrag {
            methode: "POST",
            pfad: "/intern/umschluesseln",
            authorization: Some("Bearer intern"),
        };
        json(&block_on(answer(&*self, &self.0.variablen, auftrag)))
    }
}

impl Welt for Neu {
    type Verbindung = Datei;
    type Client = UreqClient;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.0.ordner.path().join("portal.db"))?;
        let ring = format!("neu:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=,{RING}");
        let mandant = Mandant::new("musterstadt").unwrap();
        Ablage::open(datei, mandant, Schluesselring::parse(&ring).unwrap()).await
    }

    fn client(&self) -> &UreqClient {
        &self.0.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        self.0.jetzt()
    }

    fn log(&self, meldung: &Meldung) {
        self.0.log(meldung);
    }

    fn log_error(&self, ursache: &str) {
        self.0.log_error(ursache);
    }
}
