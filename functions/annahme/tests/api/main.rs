//! The public API over a real SQLite file, request by request.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

mod antraege;
mod bad_input;
mod entwuerfe;
mod folgen;
mod vorgaenge;
mod zulieferung;

use std::{
    cell::{Cell, RefCell},
    path::PathBuf,
    time::Duration,
};

use ablage::{
    Ablage, AblageError, SqlError, Zeitpunkt,
    nativ::{Datei, run},
};
use annahme::{Anfrage, Antwort, Konfiguration, Umgebung, handle, koerper_grenze};
use serde_json::{Value, json};

/// 2026-11-23, 10 o'clock in Germany: the Stichtag of the cases.
const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_424_400_000);

/// A portal with an empty database.
struct Portal {
    ordner: tempfile::TempDir,
    konfiguration: Konfiguration,
    jetzt: Cell<Zeitpunkt>,
    is_datenbank_da: Cell<bool>,
    protokoll: RefCell<Vec<String>>,
}

impl Portal {
    fn new() -> Portal {
        Portal::with(&[])
    }

    /// With other values for some variables.
    fn with(andere: &[(&str, &str)]) -> Portal {
        let behoerde = json!({
            "name": "Ausländerbehörde Musterstadt",
            "anschrift": {"strasse": "Rathausplatz", "hausnummer": "1", "plz": "12345", "ort": "Musterstadt"},
            "telefon": "030 5550100",
            "email": "abh@musterstadt.example",
            "leser": {"kennung": "azr:000100", "name": "Ausländerbehörde Musterstadt"},
            "autor": {"kennung": "alp:090000000001", "name": "Antragsportal Musterstadt"},
        });
        let behoerde = behoerde.to_string();
        let ueblich = [
            ("mandant", "musterstadt"),
            ("schluessel", "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            ("behoerde", &behoerde),
            ("bedarfsprofil", r#"{"kurz":["281.50","140.75"],"lang":["563","390"]}"#),
            ("belehrung_sekunden", "60"),
            ("eid", "aus"),
            ("grenzen", r#"{"datei_mb":1,"dateien":8,"summe_mb":2}"#),
            ("rueckkanal", "aus"),
            ("ziele", "fachverfahren,dms"),
            ("virenscan", "ohne"),
            ("link_tage", "30"),
            ("verzeichnis", ""),
            ("textbloecke", ""),
            ("fassungen", r#"[{"ab":"2026-11-01","release":"xauslaender2611"}]"#),
        ];
        let werte = Konfiguration::VARIABLEN.map(|name| {
            let wert = andere.iter().chain(&ueblich).find(|(eine, _)| *eine == name);
            wert.unwrap().1.to_owned()
        });
        Portal {
            ordner: tempfile::tempdir().unwrap(),
            konfiguration: Konfiguration::read(&werte).unwrap(),
            jetzt: Cell::new(JETZT),
            is_datenbank_da: Cell::new(true),
            protokoll: RefCell::default(),
        }
    }

    fn pfad(&self) -> PathBuf {
        self.ordner.path().join("portal.db")
    }

    fn send(&self, anfrage: &Bitte) -> Antwort {
        let (pfad, query) = anfrage.pfad.split_once('?').unwrap_or((&anfrage.pfad, ""));
        // What the entry point does with a body that is too large.
        let grenze = koerper_grenze(&self.konfiguration, pfad);
        let koerper = Some(anfrage.koerper.as_slice()).filter(|bytes| bytes.len() as u64 <= grenze);
        let header = &anfrage.header;
        run(handle(self, Anfrage { methode: &anfrage.methode, pfad, query, header, koerper }))
    }

    fn get(&self, pfad: &str) -> Antwort {
        self.send(&Bitte::new("GET", pfad))
    }

    fn ablage(&self) -> Ablage<Datei> {
        run(Umgebung::ablage(self)).unwrap()
    }

    /// How many rows a table has.
    fn count(&self, tabelle: &str) -> i64 {
        drop(self.ablage());
        let datei = Datei::open(&self.pfad()).unwrap();
        let sql = format!("SELECT count(*) FROM {tabelle}");
        datei.connection().query_row(&sql, [], |zeile| zeile.get(0)).unwrap()
    }

    #[track_caller]
    fn create_entwurf(&self) -> Entwurf {
        let antwort = self.send(&Bitte::new("POST", "/api/entwuerfe"));
        assert_eq!(antwort.status, 201);
        let json = json(&antwort);
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        Entwurf { id: text("id"), token: text("token") }
    }

    #[track_caller]
    fn upload(&self, entwurf: &Entwurf, typ: &str, bytes: &[u8]) -> String {
        let antwort = self.send(&entwurf.upload(typ, "Lohn März.pdf", bytes));
        assert_eq!(antwort.status, 201, "{}", text(&antwort));
        json(&antwort)["id"].as_str().unwrap().to_owned()
    }
}

impl Umgebung for Portal {
    type Verbindung = Datei;

    fn jetzt(&self) -> Zeitpunkt {
        self.jetzt.get()
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Datei>, AblageError> {
        if !self.is_datenbank_da.get() {
            return Err(SqlError::Anderer("disk I/O error".to_owned()).into());
        }
        let Konfiguration { mandant, ring, .. } = &self.konfiguration;
        Ablage::open(Datei::open(&self.pfad())?, mandant.clone(), ring.clone()).await
    }

    fn log(&self, pfad: &str, was: &str) {
        self.protokoll.borrow_mut().push(format!("{pfad}: {was}"));
    }
}

/// A request to be sent.
#[derive(Clone)]
struct Bitte {
    methode: String,
    pfad: String,
    header: Vec<(String, String)>,
    koerper: Vec<u8>,
}

impl Bitte {
    fn new(methode: &str, pfad: &str) -> Bitte {
        Bitte {
            methode: methode.to_owned(),
            pfad: pfad.to_owned(),
            header: Vec::new(),
            koerper: Vec::new(),
        }
    }

    /// A submit of these answers.
    fn antrag(daten: &Value, entwurf: Option<&Entwurf>, schluessel: &str) -> Bitte {
        let mut koerper = json!({ "daten": daten });
        if let Some(Entwurf { id, token }) = entwurf {
            koerper["entwurf"] = json!({ "id": id, "token": token });
        }
        Bitte::new("POST", VE)
            .header("content-type", "application/json")
            .header("idempotency-key", schluessel)
            .koerper(koerper.to_string())
    }

    fn header(mut self, name: &str, wert: &str) -> Bitte {
        self.header.retain(|(vorhanden, _)| vorhanden != name);
        self.header.push((name.to_owned(), wert.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Bitte {
        self.header.retain(|(vorhanden, _)| vorhanden != name);
        self
    }

    fn koerper(mut self, bytes: impl Into<Vec<u8>>) -> Bitte {
        self.koerper = bytes.into();
        self
    }
}

struct Entwurf {
    id: String,
    token: String,
}

impl Entwurf {
    fn bitte(&self, methode: &str, rest: &str) -> Bitte {
        Bitte::new(methode, &format!("/api/entwuerfe/{}/dateien{rest}", self.id))
            .header("authorization", &format!("Bearer {}", self.token))
    }

    fn upload(&self, typ: &str, name: &str, bytes: &[u8]) -> Bitte {
        let query: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.bitte("POST", &format!("?typ={typ}&name={query}"))
            .header("content-type", "application/pdf")
            .koerper(bytes)
    }
}

const VE: &str = "/api/antraege/verpflichtungserklaerung";
const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

/// The n-th UUID.
fn uuid(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

fn text(antwort: &Antwort) -> &str {
    std::str::from_utf8(&antwort.inhalt).unwrap()
}

#[track_caller]
fn json(antwort: &Antwort) -> Value {
    serde_json::from_slice(&antwort.inhalt).unwrap()
}

fn header<'a>(antwort: &'a Antwort, name: &str) -> Option<&'a str> {
    antwort.header.iter().find(|(vorhanden, _)| *vorhanden == name).map(|(_, wert)| wert.as_str())
}

/// The valid cases of the Verpflichtungserklärung that need no eID, with what is found in them.
fn faelle() -> Vec<(String, Value, Value)> {
    let faelle: Value =
        serde_json::from_str(include_str!("../../../../tests/faelle/cases.json")).unwrap();
    let faelle = faelle["verpflichtungserklaerung"]["valid"].as_array().unwrap().clone();
    let faelle: Vec<_> = faelle
        .into_iter()
        .filter(|fall| fall["daten"]["ve"]["abgabe"] == "VORBEREITUNG_TERMIN")
        .map(|fall| {
            let id = fall["id"].as_str().unwrap().to_owned();
            (id, fall["daten"].clone(), fall["findings"].clone())
        })
        .collect();
    assert!(faelle.len() >= 5);
    faelle
}

/// A valid case whose files are promised for later.
fn fall_ohne_dateien() -> Value {
    let (_, mut daten, _) = faelle().remove(0);
    for nachweis in daten["nachweise"].as_array_mut().unwrap() {
        *nachweis = json!({ "typ": nachweis["typ"], "nachreichen": true });
    }
    daten
}

/// A valid case with a draft that holds its files.
fn fall_with_dateien(portal: &Portal) -> (Value, Entwurf) {
    let (_, mut daten, _) = faelle().remove(0);
    let entwurf = portal.create_entwurf();
    for nachweis in daten["nachweise"].as_array_mut().unwrap() {
        let typ = nachweis["typ"].as_str().unwrap().to_owned();
        nachweis["datei"] = portal.upload(&entwurf, &typ, PDF).into();
    }
    (daten, entwurf)
}

#[test]
fn every_answer_is_for_this_one_reader() {
    let portal = Portal::new();
    for pfad in ["/api/konfiguration", "/api/openapi.yaml", "/api/nichts", VE] {
        let antwort = portal.get(pfad);
        assert_eq!(header(&antwort, "x-content-type-options"), Some("nosniff"));
        assert!(
            header(&antwort, "content-security-policy").unwrap().contains("default-src 'none'")
        );
        assert!(header(&antwort, "cache-control").is_some());
        assert_eq!(header(&antwort, "access-control-allow-origin"), None);
    }
    assert_eq!(header(&portal.get("/api/konfiguration"), "cache-control"), Some("no-store"));
}

#[test]
fn the_configuration_is_told_without_secrets() {
    let portal = Portal::new();
    let antwort = portal.get("/api/konfiguration");
    assert_eq!(antwort.status, 200);
    let json = json(&antwort);
    assert_eq!(json["heute"], "2026-11-23");
    assert_eq!(json["behoerde"]["anschrift"]["plz"], "12345");
    assert_eq!(json["bedarfsprofil"]["lang"][0], "563");
    assert_eq!(json["grenzen"], json!({"dateiMb": 1, "dateien": 8, "summeMb": 2}));
    assert_eq!(json["belehrungSekunden"], 60);
    assert_eq!(json["eid"], false);
    let antraege = json["antraege"].as_array().unwrap();
    assert!(antraege.contains(&json!("verpflichtungserklaerung")));
    assert!(!text(&antwort).contains("AAAA") && !text(&antwort).contains("leser"));
    // The day begins at midnight in Germany.
    portal.jetzt.set(JETZT.plus(Duration::from_secs(14 * 3600)));
    assert_eq!(json_of(&portal, "/api/konfiguration")["heute"], "2026-11-24");
    // It needs no database.
    portal.is_datenbank_da.set(false);
    assert_eq!(portal.get("/api/konfiguration").status, 200);
}

fn json_of(portal: &Portal, pfad: &str) -> Value {
    json(&portal.get(pfad))
}

#[test]
fn the_api_describes_itself() {
    let portal = Portal::new();
    let antwort = portal.get("/api/openapi.yaml");
    assert_eq!(antwort.status, 200);
    assert!(text(&antwort).starts_with("openapi: 3.1"));
    for pfad in [
        "/api/konfiguration:",
        "/api/entwuerfe/{id}/dateien/{dateiId}:",
        "/api/antraege/{antrag}/pruefung:",
        "/api/vorgaenge/{nummer}/zusammenfassung.pdf:",
        "/amt/api/vorgaenge/{nummer}/zustellungen/{ziel}/erneut:",
        "/intern/weiterleitung:",
    ] {
        assert!(text(&antwort).contains(&format!("\n  {pfad}\n")), "{pfad}");
    }
    // HEAD is the same without a body.
    let kopf = portal.send(&Bitte::new("HEAD", "/api/openapi.yaml"));
    assert_eq!((kopf.status, kopf.inhalt.len()), (200, 0));
    assert_eq!(kopf.header, antwort.header);
}

#[test]
fn wrong_settings_are_named_and_not_shown() {
    for (name, wert) in [
        ("mandant", "Geheim Stadt"),
        ("schluessel", "a:Geheim"),
        ("behoerde", r#"{"name":"Geheim"}"#),
        ("bedarfsprofil", "Geheim"),
        ("belehrung_sekunden", "Geheim"),
        ("eid", "Geheim"),
        ("grenzen", "Geheim"),
        ("rueckkanal", "Geheim"),
        ("ziele", "fachverfahren,Geheim"),
        ("virenscan", "Geheim"),
        ("link_tage", "Geheim"),
        ("link_tage", "31"),
        ("verzeichnis", r#"{"Geheim": {}}"#),
        (
            "textbloecke",
            r#"[{"feld": "Geheim", "version": "1", "gueltigAb": "2026-01-01", "texte": {}}]"#,
        ),
        ("fassungen", r#"[{"ab":"2026-11-01","release":"Geheim"}]"#),
    ] {
        let mut werte = Konfiguration::VARIABLEN.map(|_| String::new());
        let portal = Portal::new();
        let gut = [
            "musterstadt",
            "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            r#"{"name":"N","anschrift":{"strasse":"S","hausnummer":"1","plz":"12345","ort":"O"},"telefon":"1","email":"e","leser":{"kennung":"a:b","name":"L"},"autor":{"kennung":"a:b","name":"A"}}"#,
            "",
            "60",
            "aus",
            r#"{"datei_mb":1,"dateien":8,"summe_mb":2}"#,
            "aus",
            "dms",
            "ohne",
            "30",
            "",
            "",
            "",
        ];
        for ((ziel, eine), gutes) in werte.iter_mut().zip(Konfiguration::VARIABLEN).zip(gut) {
            *ziel = if eine == name { wert.to_owned() } else { gutes.to_owned() };
        }
        let error = Konfiguration::read(&werte).unwrap_err().to_string();
        assert!(error.contains(&format!("`{name}`")), "{error}");
        assert!(!error.contains("Geheim"), "{error}");
        drop(portal);
    }
}
