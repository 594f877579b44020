//! Deliveries per second through each transport, natively, to counterparts on this machine. What
//! the counterpart does for it (parsing, decrypting, signing) is part of the number.

use std::{
    path::PathBuf,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use ablage::{
    Ablage, AblageError, Empfang, Mandant, NeueNachricht, NeueZustellung, NeuerVorgang,
    Schluesselring, Zeitpunkt, Ziel,
    nativ::{Datei, run as block_on},
    zufall,
};
use anyhow::{Context, Result, ensure};
use gegenstellen::{Einstellungen as Partner, Gegenstelle};
use serde_json::json;
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};
use weiterleitung::{
    Anfrage, Antwort, Client, Einstellungen, Meldung, Sendefehler, Variablen, Welt,
};

use crate::tabelle::Tabelle;

/// So many are delivered through each.
const ANZAHL: u32 = 40;
/// A message of the size that most have: the application and its PDF.
const NACHRICHT: usize = 150_000;

/// Measures all three; the HTTPS contract is the baseline.
pub fn measure(tabelle: &mut Tabelle) -> Result<()> {
    let https = deliver(|partner, variablen| {
        variablen.fachverfahren_url = partner.nachrichten_url();
    })?;
    tabelle.absolute("deliveries through HTTPS, 1/s native", https, None);
    let xta = deliver(|partner, variablen| {
        let [send, management] = partner.xta_ports();
        variablen.fachverfahren_art = "xta2".to_owned();
        variablen.fachverfahren_url = partner.nachrichten_url();
        variablen.fachverfahren_einstellungen = json!({
            "sendPort": send,
            "managementPort": management,
            "autor": {"typ": "xoev", "kennung": "alp:musterstadt"},
            "leser": {"typ": "xoev", "kennung": "azr:000100"},
            "dienst": "urn:beispiel:dienst",
            "szenario": {"frei": "OZG"},
        })
        .to_string();
    })?;
    tabelle.ratio("deliveries through XTA 2, 1/s native", (xta, "HTTPS"), https, None);
    let fitconnect = deliver(|partner, variablen| {
        let (einstellungen, geheimnis) = partner.fitconnect_einstellungen();
        variablen.fachverfahren_art = "fit-connect".to_owned();
        variablen.fachverfahren_url = partner.fitconnect_url();
        variablen.fachverfahren_einstellungen = einstellungen.to_string();
        variablen.fitconnect_token_ursprung = partner.url(gegenstellen::Ziel::Fachverfahren);
        variablen.fitconnect_geheimnis = geheimnis.to_owned();
    })?;
    tabelle.ratio("deliveries through FIT-Connect, 1/s native", (fitconnect, "HTTPS"), https, None);
    Ok(())
}

/// Deliveries per second.
fn deliver(set_up: impl FnOnce(&Gegenstelle, &mut Variablen)) -> Result<f64> {
    let ordner = tempfile::tempdir()?;
    let partner = Gegenstelle::start(Partner::new(ordner.path().join("partner")))?;
    let mut variablen = Variablen { aktenplan: "{}".to_owned(), ..Variablen::default() };
    set_up(&partner, &mut variablen);
    let einstellungen = Einstellungen::read(&variablen)?;
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .new_agent();
    let haus = Haus { datenbank: ordner.path().join("portal.db"), client: UreqClient(agent) };
    for n in 0..ANZAHL {
        haus.accept(u64::from(n))?;
    }
    let start = Instant::now();
    let mut zugestellt = 0;
    while zugestellt < ANZAHL {
        let bilanz = block_on(weiterleitung::run(&haus, &einstellungen, Ziel::Fachverfahren))?;
        ensure!(0 < bilanz.zugestellt, "nothing is delivered: {bilanz:?}");
        zugestellt += bilanz.zugestellt;
    }
    Ok(f64::from(zugestellt) / start.elapsed().as_secs_f64())
}

struct Haus {
    datenbank: PathBuf,
    client: UreqClient,
}

impl Haus {
    fn accept(&self, n: u64) -> Result<()> {
        let uuid = zufall::uuid()?;
        let fuellung = "x".repeat(NACHRICHT);
        let nachricht = format!(
            "<m xmlns=\"http://www.osci.de/xauslaender2611\"><nachrichtenkopf.g2g xmlns=\"\">\
             <identifikation.nachricht><nachrichtenUUID>{uuid}</nachrichtenUUID>\
             <nachrichtentyp listURI=\"urn:l\" listVersionID=\"1\"><code>130201</code></nachrichtentyp>\
             </identifikation.nachricht></nachrichtenkopf.g2g><x>{fuellung}</x></m>"
        );
        let neu = NeuerVorgang {
            nummer: Vorgangsnummer::new("VE", n),
            zugangscode: Zugangscode::new(n),
            antrag: "verpflichtungserklaerung".to_owned(),
            sprache: "de".to_owned(),
            betreff: "Messung".to_owned(),
            daten: b"{}".to_vec(),
            hinweise: b"[]".to_vec(),
            hinweise_anzahl: 0,
            pruefsumme: [0; 32],
            eingegangen_am: self.jetzt(),
            anlagen: None,
            nachrichten: vec![NeueNachricht {
                art: "nachricht".to_owned(),
                uuid: uuid.clone(),
                medientyp: "application/xml".to_owned(),
                inhalt: nachricht.into_bytes(),
            }],
            zustellungen: vec![NeueZustellung { ziel: Ziel::Fachverfahren, uuid }],
            empfang: Empfang::new(&n.to_string(), [b"body".as_slice()]),
            quittung: b"{}".to_vec(),
        };
        block_on(async { self.open().await?.accept(neu).await }).context("cannot accept")?;
        Ok(())
    }
}

impl Welt for Haus {
    type Verbindung = Datei;
    type Client = UreqClient;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let ring = Schluesselring::parse("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .map_err(|_| AblageError::Form("the ring of the bench"))?;
        let mandant = Mandant::new("bench").map_err(|_| AblageError::Form("the bench's name"))?;
        Ablage::open(Datei::open(&self.datenbank)?, mandant, ring).await
    }

    fn client(&self) -> &UreqClient {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        let seit = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit.as_millis()).unwrap_or(i64::MAX))
    }

    fn log(&self, _: &Meldung) {}

    fn log_error(&self, ursache: &str) {
        eprintln!("bench: {ursache}");
    }
}

struct UreqClient(ureq::Agent);

impl Client for UreqClient {
    async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
        let mut request =
            ureq::http::Request::builder().method(anfrage.methode.as_str()).uri(&anfrage.url);
        for (name, wert) in &anfrage.header {
            request = request.header(*name, wert);
        }
        let lost = |_| Sendefehler::Verloren;
        let response = match anfrage.methode.as_str() {
            "GET" => self.0.run(request.body(()).map_err(|_| Sendefehler::NichtErlaubt)?),
            _ => self.0.run(request.body(anfrage.inhalt).map_err(|_| Sendefehler::NichtErlaubt)?),
        };
        let mut response = response.map_err(lost)?;
        let header = response.headers().iter().map(|(name, wert)| {
            (name.to_string(), String::from_utf8_lossy(wert.as_bytes()).into_owned())
        });
        let header = header.collect();
        let inhalt = response.body_mut().read_to_vec().map_err(lost)?;
        Ok(Antwort { status: response.status().as_u16(), header, inhalt })
    }
}
