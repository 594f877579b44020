//! The API of the work list over a real SQLite file, request by request.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

mod anmeldung;
mod bad_input;
mod faelle;
mod liste;
mod rueckmeldungen;

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use ablage::{
    Ablage, AblageError, AnlageWahl, Annahme, Empfang, Fehlschlag, Grenzen, NeueAnlage,
    NeueNachricht, NeueZustellung, NeuerVorgang, Pruefstand, Zeitpunkt, Ziel,
    nativ::{Datei, run},
};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use sachbearbeitung::{Anfrage, Antwort, KOERPER_MAX, Konfiguration, Umgebung, handle};
use serde_json::{Value, json};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

/// 2026-11-23, 10 o'clock in Germany: the Stichtag of the cases.
const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_424_400_000);
const MINUTE: Duration = Duration::from_secs(60);
const RING: &str = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const FAELLE: &str = include_str!("../../../../tests/faelle/cases.json");

/// A town with its work list.
struct Amt {
    ordner: std::rc::Rc<tempfile::TempDir>,
    konfiguration: Konfiguration,
    jetzt: Cell<Zeitpunkt>,
    protokoll: RefCell<Vec<String>>,
}

/// A browser: where it believes to be, and what it keeps.
#[derive(Clone)]
struct Browser {
    schema: &'static str,
    host: &'static str,
    cookie: Option<String>,
    csrf: Option<String>,
}

impl Browser {
    fn new() -> Browser {
        Browser { schema: "http", host: "127.0.0.1:3000", cookie: None, csrf: None }
    }

    fn https() -> Browser {
        Browser { schema: "https", host: "portal.musterstadt.example", ..Browser::new() }
    }

    fn header(&self) -> Vec<(String, String)> {
        let cookie = self.cookie.iter().map(|wert| ("cookie".to_owned(), wert.clone()));
        let csrf = self.csrf.iter().map(|wert| ("x-csrf-token".to_owned(), wert.clone()));
        cookie.chain(csrf).collect()
    }

    /// As browsers do: what a cookie says before its first semicolon.
    fn keep(&mut self, antwort: &Antwort) {
        if let Some(cookie) = antwort.header("set-cookie") {
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        }
    }
}

/// The DMS is closed on Sundays, which the day of the tests is not.
const ZUSTELLUNG: &str =
    r#"{"alarm_minuten":20,"ziele":{"dms":{"oeffnung":["mo-sa 00:00-24:00"]}}}"#;

impl Amt {
    fn new() -> Amt {
        Amt::of("musterstadt", std::rc::Rc::new(tempfile::tempdir().unwrap()), 8)
    }

    /// `kosten` are the kibibytes of a password's hash.
    fn of(mandant: &str, ordner: std::rc::Rc<tempfile::TempDir>, kosten: u32) -> Amt {
        let benutzer = [("demo", "Kim Demo"), ("zwei", "Jo Zwei")].map(|(kennung, name)| {
            json!({
                "kennung": kennung,
                "name": name,
                "rolle": "sachbearbeitung",
                "passwort": hash(&format!("Passwort von {kennung}"), kosten),
            })
        });
        let bedarf = r#"{"kurz":["281.50","140.75"],"lang":["563","390"]}"#;
        let behoerde = einstellungen::find("behoerde").unwrap().beispiel;
        let benutzer = json!(benutzer).to_string();
        let werte = [mandant, RING, &benutzer, behoerde, bedarf, "", ZUSTELLUNG];
        let werte = werte.map(str::to_owned);
        Amt {
            ordner,
            konfiguration: Konfiguration::read(&werte).unwrap(),
            jetzt: Cell::new(JETZT),
            protokoll: RefCell::default(),
        }
    }

    /// Another town on the same database.
    fn neighbour(&self) -> Amt {
        Amt::of("nebenan", self.ordner.clone(), 8)
    }

    fn advance(&self, minuten: u32) {
        self.jetzt.set(self.jetzt.get().plus(MINUTE * minuten));
    }

    fn store(&self) -> Ablage<Datei> {
        run(self.ablage()).unwrap()
    }

    fn send(&self, browser: &Browser, methode: &str, ziel: &str, koerper: &[u8]) -> Antwort {
        self.send_with(browser, methode, ziel, koerper, &[("content-type", "application/json")])
    }

    fn send_with(
        &self,
        browser: &Browser,
        methode: &str,
        ziel: &str,
        koerper: &[u8],
        mehr: &[(&str, &str)],
    ) -> Antwort {
        let (pfad, query) = ziel.split_once('?').unwrap_or((ziel, ""));
        let pfad = format!("/amt/api/{pfad}");
        let mut header = browser.header();
        header.extend(mehr.iter().map(|(name, wert)| ((*name).to_owned(), (*wert).to_owned())));
        let antwort = run(handle(
            self,
            Anfrage {
                methode,
                schema: browser.schema,
                host: browser.host,
                pfad: &pfad,
                query,
                header: &header,
                koerper: (koerper.len() as u64 <= KOERPER_MAX).then_some(koerper),
            },
        ));
        assert_eq!(antwort.header("cache-control"), Some("no-store"));
        assert_eq!(antwort.header("x-content-type-options"), Some("nosniff"));
        assert!(antwort.header("content-security-policy").unwrap().contains("sandbox"));
        if 400 <= antwort.status {
            assert_eq!(antwort.header("content-type"), Some("application/problem+json"));
            assert_eq!(body(&antwort)["status"], json!(antwort.status));
        }
        antwort
    }

    fn get(&self, browser: &Browser, ziel: &str) -> Antwort {
        self.send(browser, "GET", ziel, b"")
    }

    fn post(&self, browser: &Browser, ziel: &str) -> Antwort {
        self.send(browser, "POST", ziel, b"")
    }

    fn log_in(&self, browser: &mut Browser, kennung: &str, passwort: &str) -> Antwort {
        let login = json!({ "kennung": kennung, "passwort": passwort }).to_string();
        let antwort = self.send(browser, "POST", "anmeldung", login.as_bytes());
        browser.keep(&antwort);
        if antwort.status == 200 {
            browser.csrf = Some(body(&antwort)["csrf"].as_str().unwrap().to_owned());
        }
        antwort
    }

    /// A browser in which `demo` is logged in.
    fn demo(&self) -> Browser {
        self.logged_in("demo")
    }

    fn logged_in(&self, kennung: &str) -> Browser {
        let mut browser = Browser::new();
        let antwort = self.log_in(&mut browser, kennung, &format!("Passwort von {kennung}"));
        assert_eq!(antwort.status, 200);
        browser
    }

    /// Accepts the `n`th of many applications, with one proof.
    fn accept(&self, n: u64) -> Vorgangsnummer {
        self.accept_with(n, Pruefstand::Ungeprueft)
    }

    fn accept_with(&self, n: u64, pruefung: Pruefstand) -> Vorgangsnummer {
        let faelle: Value = serde_json::from_str(FAELLE).unwrap();
        let daten = &faelle["verpflichtungserklaerung"]["valid"][0]["daten"];
        let ablage = self.store();
        let nummer = Vorgangsnummer::new("VE", n);
        let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
        let anlage = NeueAnlage {
            typ: "NV_LOHN".to_owned(),
            name: "Löhne.pdf".to_owned(),
            medientyp: "application/pdf".to_owned(),
            inhalt: b"%PDF-1.7".to_vec(),
            pruefung,
        };
        let grenzen = Grenzen { dateien: 9, summe: 1 << 20 };
        let anlage = run(ablage.add_anlage(&entwurf.id, &anlage, grenzen, JETZT)).unwrap();
        let nachricht = |art: &str, medientyp: &str, inhalt: &[u8]| NeueNachricht {
            art: art.to_owned(),
            uuid: format!("{art}-{n}-{}", ablage.mandant().as_str()),
            medientyp: medientyp.to_owned(),
            inhalt: inhalt.to_vec(),
        };
        let hinweis = json!({"feld": "geber.beruf", "regel": "X", "schwere": "W", "text": "Hm."});
        let neu = NeuerVorgang {
            nummer,
            zugangscode: Zugangscode::new(n),
            antrag: "verpflichtungserklaerung".to_owned(),
            sprache: "de".to_owned(),
            betreff: format!("Erika Mustermann für Kofi Owusu {n}"),
            daten: daten.to_string().into(),
            hinweise: json!([hinweis]).to_string().into(),
            hinweise_anzahl: 1,
            pruefsumme: [7; 32],
            eingegangen_am: self.jetzt.get(),
            anlagen: Some(AnlageWahl { entwurf: entwurf.id, ids: vec![anlage.id] }),
            nachrichten: vec![
                nachricht("nachricht", "application/xml", b"<m/>"),
                nachricht("zusammenfassung", "application/pdf", b"%PDF"),
            ],
            zustellungen: Ziel::ALLE
                .map(|ziel| NeueZustellung { ziel, uuid: format!("{}-{n}", ziel.as_str()) })
                .to_vec(),
            empfang: Empfang::new(&n.to_string(), [b"body".as_slice()]),
            quittung: b"{}".to_vec(),
        };
        assert_eq!(run(ablage.accept(neu)), Ok(Annahme::Neu));
        nummer
    }

    /// Lets all deliveries to a target that are due fail for good.
    fn fail_all(&self, ziel: Ziel, text: &str) {
        let ablage = self.store();
        let jetzt = self.jetzt.get();
        for pacht in run(ablage.lease_due_of(ziel, 99, "lauf", jetzt, MINUTE)).unwrap() {
            let fehlschlag = Fehlschlag { code: "http-422", text: Some(text) };
            run(ablage.fail(&pacht, fehlschlag, jetzt)).unwrap();
        }
    }
}

impl Umgebung for Amt {
    type Verbindung = Datei;

    fn jetzt(&self) -> Zeitpunkt {
        self.jetzt.get()
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.ordner.path().join("portal.db"))?;
        let Konfiguration { mandant, ring, .. } = &self.konfiguration;
        Ablage::open(datei, mandant.clone(), ring.clone()).await
    }

    fn log(&self, pfad: &str, was: &str) {
        self.protokoll.borrow_mut().push(format!("{pfad}: {was}"));
    }
}

/// Cheap, since tests log in often.
fn hash(passwort: &str, kosten: u32) -> String {
    let params = Params::new(kosten, 1, 1, None).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_with_salt(passwort.as_bytes(), b"salt of tests").unwrap().to_string()
}

fn body(antwort: &Antwort) -> Value {
    serde_json::from_slice(&antwort.inhalt).unwrap()
}

/// The last part of a problem's type.
fn problem(antwort: &Antwort) -> (u16, String) {
    let typ = body(antwort)["type"].as_str().unwrap().to_owned();
    (antwort.status, typ.rsplit('/').next().unwrap().to_owned())
}
