//! Deliveries to the real counterparts over real sockets, against a real database file. Only the
//! clock is the test's.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

mod ablegen;
mod betrieb;
mod cmis;
mod intern;
mod kampagne;
mod lauf;
mod stoerungen;
mod transporte;

use std::{cell::Cell, path::PathBuf, sync::Mutex, time::Duration};

use ablage::{
    Ablage, AblageError, AnlageWahl, Annahme, Empfang, Folgeart, Grenzen, Mandant, NeueAnlage,
    NeueFolge, NeueNachricht, NeueZustellung, NeuerVorgang, Pruefstand, Schluesselring, Vorgang,
    Zeitpunkt, Ziel, Zustellung,
    nativ::{Datei, run as block_on},
};
use gegenstellen::{Einstellungen as Partner, Gegenstelle, Modus, Steuerung};
use serde_json::json;
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};
use weiterleitung::{
    Anfrage, Antwort, Bilanz, Client, Einstellungen, Meldung, Sendefehler, Variablen, Welt,
};

const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_000);
const STUNDE: Duration = Duration::from_secs(3600);
const TAG: Duration = Duration::from_secs(24 * 3600);
const RING: &str = "alt:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A database, both counterparts, and a clock that stands still.
struct Haus {
    ordner: tempfile::TempDir,
    partner: Gegenstelle,
    variablen: Variablen,
    jetzt: Cell<Zeitpunkt>,
    client: UreqClient,
    protokoll: Mutex<Vec<String>>,
    /// The `n`th message.
    nachricht: fn(u64) -> String,
}

impl Haus {
    fn new() -> Haus {
        Haus::with(|_| ())
    }

    fn with(change: impl FnOnce(&mut Partner)) -> Haus {
        let ordner = tempfile::tempdir().unwrap();
        let mut einstellungen = Partner::new(ordner.path().join("partner"));
        change(&mut einstellungen);
        let partner = Gegenstelle::start(einstellungen).unwrap();
        let variablen = Variablen {
            intern_geheimnis: "intern".to_owned(),
            fachverfahren_url: partner.nachrichten_url(),
            dms_url: partner.cmis_url(),
            dms_pfad: "/Ausländerbehörde".to_owned(),
            aktenplan: json!({"verpflichtungserklaerung": {
                "aktenplan": "33.30.10",
                "akte_muster": "{geber.familienname.name|geber.organisation.name}, {jahr}",
            }})
            .to_string(),
            ..Variablen::default()
        };
        Haus {
            ordner,
            partner,
            variablen,
            jetzt: Cell::new(JETZT),
            client: UreqClient::default(),
            protokoll: Mutex::default(),
            nachricht: xml,
        }
    }

    fn ablage(&self) -> Ablage<Datei> {
        block_on(self.open()).unwrap()
    }

    fn einstellungen(&self) -> Einstellungen {
        Einstellungen::read(&self.variablen).unwrap()
    }

    /// Accepts the `n`th of many different applications, with one proof.
    fn accept(&self, n: u64) -> Vorgangsnummer {
        let neu = self.neu(n);
        let nummer = neu.nummer;
        assert_eq!(block_on(self.ablage().accept(neu)), Ok(Annahme::Neu));
        nummer
    }

    /// The same with a message that is longer by so many bytes.
    fn accept_with(&self, n: u64, laenger: usize) -> Vorgangsnummer {
        let mut neu = self.neu(n);
        neu.nachrichten[0].inhalt.extend(" ".repeat(laenger).bytes());
        assert_eq!(block_on(self.ablage().accept(neu)), Ok(Annahme::Neu));
        Vorgangsnummer::new("VE", n)
    }

    /// The same, not yet accepted.
    fn neu(&self, n: u64) -> NeuerVorgang {
        let ablage = self.ablage();
        let nummer = Vorgangsnummer::new("VE", n);
        let nachricht = |art: &str, uuid: String, medientyp: &str, inhalt: String| NeueNachricht {
            art: art.to_owned(),
            uuid,
            medientyp: medientyp.to_owned(),
            inhalt: inhalt.into_bytes(),
        };
        NeuerVorgang {
            nummer,
            zugangscode: Zugangscode::new(n),
            antrag: "verpflichtungserklaerung".to_owned(),
            sprache: "de".to_owned(),
            betreff: format!("Erika Müller {n}"),
            daten: json!({"geber": {"familienname": {"name": "Müller: \"Co\""}}})
                .to_string()
                .into(),
            hinweise: b"[]".to_vec(),
            hinweise_anzahl: 0,
            pruefsumme: [7; 32],
            eingegangen_am: self.jetzt.get(),
            anlagen: Some(self.anlage(&ablage, n)),
            nachrichten: vec![
                nachricht("nachricht", uuid(n), "application/xml", (self.nachricht)(n)),
                nachricht(
                    "zusammenfassung",
                    uuid(n + 1000),
                    "application/pdf",
                    format!("%PDF {n}"),
                ),
            ],
            zustellungen: vec![
                NeueZustellung { ziel: Ziel::Fachverfahren, uuid: uuid(n) },
                NeueZustellung { ziel: Ziel::Dms, uuid: uuid(n + 2000) },
            ],
            empfang: Empfang::new(&n.to_string(), [b"body".as_slice()]),
            quittung: b"{}".to_vec(),
        }
    }

    /// Answers to an application that was accepted, with a file, in the `n`th message.
    fn send_folge(&self, nummer: &Vorgangsnummer, n: u64) {
        let ablage = self.ablage();
        let folge = NeueFolge {
            nummer: *nummer,
            art: Folgeart::Antwort,
            zu: None,
            text: "Anbei mein Pass.".to_owned(),
            am: self.jetzt.get(),
            anlagen: Some(self.anlage(&ablage, n)),
            uuid: uuid(n),
            inhalt: (self.nachricht)(n).into_bytes(),
            zustellungen: vec![
                NeueZustellung { ziel: Ziel::Fachverfahren, uuid: uuid(n) },
                NeueZustellung { ziel: Ziel::Dms, uuid: uuid(n + 2000) },
            ],
            empfang: Empfang::new(&n.to_string(), [b"answer".as_slice()]),
            quittung: b"{}".to_vec(),
        };
        assert_eq!(block_on(ablage.send_folge(folge)), Ok(Annahme::Neu));
    }

    /// A file in a draft.
    fn anlage(&self, ablage: &Ablage<Datei>, n: u64) -> AnlageWahl {
        let entwurf = block_on(ablage.create_entwurf(JETZT)).unwrap();
        let anlage = NeueAnlage {
            typ: "NV_LOHN".to_owned(),
            name: format!("Löhne {n}.pdf"),
            medientyp: "application/pdf".to_owned(),
            inhalt: format!("%PDF-1.7 Lohn {n}").into_bytes(),
            pruefung: Pruefstand::Ungeprueft,
        };
        let grenzen = Grenzen { dateien: 9, summe: 1 << 20 };
        let anlage = block_on(ablage.add_anlage(&entwurf.id, &anlage, grenzen, JETZT)).unwrap();
        AnlageWahl { entwurf: entwurf.id, ids: vec![anlage.id] }
    }

    /// One run for a target.
    fn run(&self, ziel: Ziel) -> Bilanz {
        block_on(weiterleitung::run(self, &self.einstellungen(), ziel)).unwrap()
    }

    fn advance(&self, dauer: Duration) {
        self.jetzt.set(self.jetzt.get().plus(dauer));
    }

    fn vorgang(&self, nummer: &Vorgangsnummer) -> Vorgang {
        block_on(self.ablage().vorgang(nummer)).unwrap()
    }

    fn zustellung(&self, nummer: &Vorgangsnummer, ziel: Ziel) -> Zustellung {
        let zustellungen = self.vorgang(nummer).zustellungen;
        zustellungen.into_iter().find(|zustellung| zustellung.ziel == ziel).unwrap()
    }

    /// `zugestellt http-500`: state and code of the last error.
    fn stand(&self, nummer: &Vorgangsnummer, ziel: Ziel) -> String {
        let zustellung = self.zustellung(nummer, ziel);
        let code = zustellung.fehler_code.map(|code| format!(" {code}")).unwrap_or_default();
        format!("{}{code}", zustellung.zustand.as_str())
    }

    fn steer(&self, ziel: Ziel, steuerung: Steuerung) {
        self.partner.steer(stelle(ziel), steuerung);
    }

    fn normal(&self, ziel: Ziel) {
        self.steer(ziel, Steuerung::new(Modus::Normal));
    }

    /// What is stored at the counterpart: UUIDs or paths, sorted.
    fn angekommen(&self, ziel: Ziel) -> Vec<String> {
        let eingang = self.partner.eingang(stelle(ziel)).into_iter();
        let mut namen: Vec<String> =
            eingang.filter(|eines| eines.gespeichert).map(|eines| eines.schluessel).collect();
        namen.sort();
        namen
    }

    /// Accepted = delivered + waiting + failed, and the event log is whole.
    #[track_caller]
    fn check_bilanz(&self) {
        let ablage = self.ablage();
        let bilanz = block_on(ablage.bilanz()).unwrap();
        assert!(bilanz.stimmt(), "{bilanz:?}");
        assert_eq!(block_on(ablage.check_zaehler()), Ok(vec![]));
        assert_eq!(block_on(ablage.check_kette()).unwrap().bruch, None);
    }

    fn datei(&self, pfad: &str) -> PathBuf {
        self.ordner.path().join("partner").join(pfad)
    }
}

impl Welt for Haus {
    type Verbindung = Datei;
    type Client = UreqClient;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.ordner.path().join("portal.db"))?;
        let mandant = Mandant::new("musterstadt").unwrap();
        Ablage::open(datei, mandant, Schluesselring::parse(RING).unwrap()).await
    }

    fn client(&self) -> &UreqClient {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        self.jetzt.get()
    }

    fn log(&self, meldung: &Meldung) {
        self.protokoll.lock().unwrap().push(meldung.to_string());
    }

    fn log_error(&self, ursache: &str) {
        self.protokoll.lock().unwrap().push(ursache.to_owned());
    }
}

/// HTTP over real sockets.
#[derive(Default)]
struct UreqClient {
    /// Replaces each request's own time, so that no test waits for twenty seconds.
    frist: Option<Duration>,
    /// So many requests go out, then the process is as if dead.
    gute: Option<Cell<u32>>,
}

impl Client for UreqClient {
    async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
        if let Some(gute) = &self.gute {
            match gute.get().checked_sub(1) {
                Some(rest) => gute.set(rest),
                None => return std::future::pending().await,
            }
        }
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(self.frist.unwrap_or(anfrage.frist)))
            .build()
            .new_agent();
        let mut request =
            http::Request::builder().method(anfrage.methode.as_str()).uri(&anfrage.url);
        for (name, wert) in &anfrage.header {
            request = request.header(*name, wert);
        }
        let response = match anfrage.methode.as_str() {
            "GET" | "HEAD" | "OPTIONS" => agent.run(request.body(()).unwrap()),
            _ => agent.run(request.body(anfrage.inhalt).unwrap()),
        };
        let mut response = response.map_err(sendefehler)?;
        let header = response.headers().iter().map(|(name, wert)| {
            (name.to_string(), String::from_utf8_lossy(wert.as_bytes()).into_owned())
        });
        let header = header.collect();
        let inhalt = response.body_mut().read_to_vec().map_err(sendefehler)?;
        Ok(Antwort { status: response.status().as_u16(), header, inhalt })
    }
}

fn sendefehler(error: ureq::Error) -> Sendefehler {
    match error {
        ureq::Error::Timeout(_) => Sendefehler::Zeitablauf,
        ureq::Error::ConnectionFailed => Sendefehler::NichtErreicht,
        ureq::Error::HostNotFound => Sendefehler::NameUnbekannt,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Sendefehler::NichtErreicht
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Sendefehler::Zertifikat,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Sendefehler::Zertifikat
        }
        // The standard library has no kind for a name that nobody knows.
        ureq::Error::Io(error) if error.to_string().contains("lookup address") => {
            Sendefehler::NameUnbekannt
        }
        _ => Sendefehler::Verloren,
    }
}

fn stelle(ziel: Ziel) -> gegenstellen::Ziel {
    match ziel {
        Ziel::Fachverfahren => gegenstellen::Ziel::Fachverfahren,
        Ziel::Dms => gegenstellen::Ziel::Dms,
    }
}

fn uuid(n: u64) -> String {
    format!("00000000-0000-4000-8000-{n:012x}")
}

/// A message that is well-formed, and no more.
fn xml(n: u64) -> String {
    format!(
        "<m xmlns=\"urn:a\"><nachrichtenkopf.g2g xmlns=\"\"><identifikation.nachricht>\
         <nachrichtenUUID>{}</nachrichtenUUID></identifikation.nachricht></nachrichtenkopf.g2g>\
         <name>Müller {n}</name></m>",
        uuid(n)
    )
}
