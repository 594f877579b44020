//! Filing: deliveries a second through each adapter of the DMS, and the memory that 50 MB of
//! attachments take. The counterparts run in this process, the deliveries in one of their own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant, SystemTime},
};

use ablage::{
    Ablage, AblageError, AnlageWahl, Empfang, Grenzen, Mandant, NeueAnlage, NeueNachricht,
    NeueZustellung, NeuerVorgang, Pruefstand, Schluesselring, Zeitpunkt, Ziel,
    nativ::{Datei, run as block_on},
    zufall,
};
use anyhow::{Context, Result, anyhow, bail, ensure};
use gegenstellen::{DVELOP_REPOSITORY, Einstellungen as Partner, Gegenstelle};
use serde_json::json;
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};
use weiterleitung::{
    Anfrage, Antwort, Client, Einstellungen, Meldung, Sendefehler, Variablen, Welt, run,
};

use crate::tabelle::Tabelle;

/// Deliveries of a measurement, each with a PDF, a message and one attachment of 100 kB.
const ANZAHL: u64 = 40;
/// Attachments of the large delivery: as many and as large as the portal takes by default.
const GROSS: (u64, usize) = (5, 10_000_000);

const ARTEN: [&str; 3] = ["cmis", "dvelop", "xdomea"];

/// Measures all adapters. Each starts this program again.
pub fn measure(daten: &Path, tabelle: &mut Tabelle) -> Result<()> {
    for art in ARTEN {
        let klein = start(daten, art, "klein")?;
        let what = format!("filing by {art}, deliveries/s");
        tabelle.absolute(&what, ANZAHL as f64 / klein.sekunden, None);
        let gross = start(daten, art, "gross")?;
        tabelle.absolute(&format!("  50 MB by {art}, s"), gross.sekunden, None);
        // The host gives an instance 128 MiB.
        let what = format!("  50 MB by {art}, MB of memory");
        tabelle.absolute(&what, gross.megabytes, Some(120.0));
    }
    Ok(())
}

struct Ergebnis {
    sekunden: f64,
    megabytes: f64,
}

fn start(daten: &Path, art: &str, groesse: &str) -> Result<Ergebnis> {
    let ordner = daten.join(format!("ablegen-{art}-{groesse}"));
    fs::create_dir_all(&ordner)?;
    let partner = Gegenstelle::start(Partner::new(ordner.join("partner")))?;
    let url = match art {
        "cmis" => partner.cmis_url(),
        "dvelop" => partner.dvelop_url(),
        _ => partner.ablagefach_url(),
    };
    let output = Command::new(std::env::current_exe()?)
        .args(["ablegen", art, groesse, &url])
        .arg(&ordner)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let zahlen: Vec<f64> = text.split_whitespace().filter_map(|zahl| zahl.parse().ok()).collect();
    let [sekunden, megabytes] = zahlen[..] else { bail!("`{text}` is no result") };
    Ok(Ergebnis { sekunden, megabytes })
}

/// The other process: accepts, delivers, prints seconds and megabytes.
pub fn deliver(worte: &[String]) -> Result<()> {
    let [art, groesse, url, ordner] = worte else {
        bail!("expected a kind, a size, a URL and a folder");
    };
    let haus = Haus { datenbank: PathBuf::from(ordner).join("portal.db"), client: Ureq::new() };
    let (anzahl, anlagen, bytes) = match groesse.as_str() {
        "klein" => (ANZAHL, 1, 100_000),
        _ => (1, GROSS.0, GROSS.1),
    };
    for n in 0..anzahl {
        haus.accept(n, anlagen, bytes)?;
    }
    let einstellungen = Einstellungen::read(&variablen(art, url))?;
    let vorher = memory("VmRSS:")?;
    // Forgets the peak so far.
    fs::write("/proc/self/clear_refs", "5").context("the peak of memory cannot be reset")?;
    let start = Instant::now();
    let mut zugestellt = 0;
    while zugestellt < anzahl {
        let bilanz = block_on(run(&haus, &einstellungen, Ziel::Dms))?;
        ensure!(0 < bilanz.zugestellt, "{bilanz:?}");
        zugestellt += u64::from(bilanz.zugestellt);
    }
    let sekunden = start.elapsed().as_secs_f64();
    println!("{sekunden} {}", memory("VmHWM:")? - vorher);
    Ok(())
}

/// Of this process, in MB.
fn memory(name: &str) -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let zeile = status.lines().find_map(|zeile| zeile.strip_prefix(name));
    let kb = zeile.and_then(|rest| rest.split_whitespace().next()).and_then(|kb| kb.parse().ok());
    let kb: f64 = kb.context("the system tells no memory")?;
    Ok(kb * 1024.0 / 1_000_000.0)
}

fn variablen(art: &str, url: &str) -> Variablen {
    let eine = |name: &str| json!({"kategorie": name, "eigenschaften": {"schluessel": "1"}});
    Variablen {
        dms_url: url.to_owned(),
        dms_art: art.to_owned(),
        dms_repository: match art {
            "dvelop" => DVELOP_REPOSITORY.to_owned(),
            _ => String::new(),
        },
        dms_einstellungen: match art {
            "dvelop" => {
                json!({"akte": eine("A"), "vorgang": eine("V"), "dokument": eine("D")}).to_string()
            }
            _ => String::new(),
        },
        behoerde: json!({"name": "Ausländerbehörde"}).to_string(),
        ..Variablen::default()
    }
}

struct Haus {
    datenbank: PathBuf,
    client: Ureq,
}

impl Haus {
    fn accept(&self, n: u64, anlagen: u64, bytes: usize) -> Result<()> {
        let ablage = block_on(self.open())?;
        let jetzt = self.jetzt();
        let entwurf = block_on(ablage.create_entwurf(jetzt))?;
        let mut ids = Vec::new();
        for nummer in 0..anlagen {
            let anlage = NeueAnlage {
                typ: "NV_LOHN".to_owned(),
                name: format!("{nummer}.pdf"),
                medientyp: "application/pdf".to_owned(),
                inhalt: vec![nummer as u8; bytes],
                pruefung: Pruefstand::Ungeprueft,
            };
            let grenzen = Grenzen { dateien: 100, summe: 100_000_000 };
            ids.push(block_on(ablage.add_anlage(&entwurf.id, &anlage, grenzen, jetzt))?.id);
        }
        let nachricht = |art: &str, medientyp: &str| -> Result<NeueNachricht> {
            Ok(NeueNachricht {
                art: art.to_owned(),
                uuid: zufall::uuid()?,
                medientyp: medientyp.to_owned(),
                inhalt: vec![b'x'; 100_000],
            })
        };
        let neu = NeuerVorgang {
            nummer: Vorgangsnummer::new("VE", n),
            zugangscode: Zugangscode::new(n),
            antrag: "verpflichtungserklaerung".to_owned(),
            sprache: "de".to_owned(),
            betreff: format!("Nr. {n}"),
            daten: bench_gast::fall()?.to_string().into_bytes(),
            hinweise: b"[]".to_vec(),
            hinweise_anzahl: 0,
            pruefsumme: [7; 32],
            eingegangen_am: jetzt,
            anlagen: Some(AnlageWahl { entwurf: entwurf.id, ids }),
            nachrichten: vec![
                nachricht("nachricht", "application/xml")?,
                nachricht("zusammenfassung", "application/pdf")?,
            ],
            zustellungen: vec![NeueZustellung { ziel: Ziel::Dms, uuid: zufall::uuid()? }],
            empfang: Empfang::new(&zufall::uuid()?, [b"".as_slice()]),
            quittung: b"{}".to_vec(),
        };
        block_on(ablage.accept(neu)).map(|_| ()).map_err(|error| anyhow!("{error}"))
    }
}

impl Welt for Haus {
    type Verbindung = Datei;
    type Client = Ureq;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let mandant = Mandant::new("bench").map_err(|_| AblageError::Form("`mandant`"))?;
        let ring = Schluesselring::parse("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .map_err(|_| AblageError::Form("`schluessel`"))?;
        Ablage::open(Datei::open(&self.datenbank)?, mandant, ring).await
    }

    fn client(&self) -> &Ureq {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        let seit_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit_1970.as_millis()).unwrap_or(i64::MAX))
    }

    fn log(&self, meldung: &Meldung) {
        if meldung.code.is_some() {
            eprintln!("bench: {meldung}");
        }
    }

    fn log_error(&self, ursache: &str) {
        eprintln!("bench: {ursache}");
    }
}

/// HTTP that blocks: one delivery is one after the other.
struct Ureq(ureq::Agent);

impl Ureq {
    fn new() -> Ureq {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(60)));
        Ureq(config.build().new_agent())
    }
}

impl Client for Ureq {
    async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
        let mut request =
            ureq::http::Request::builder().method(anfrage.methode.as_str()).uri(&anfrage.url);
        for (name, wert) in &anfrage.header {
            request = request.header(*name, wert);
        }
        let verloren = |_| Sendefehler::Verloren;
        let request = request.body(anfrage.inhalt).map_err(|_| Sendefehler::NichtErlaubt)?;
        let response = match anfrage.methode.as_str() {
            "GET" | "HEAD" | "OPTIONS" => self.0.run(request.map(|_| ())),
            _ => self.0.run(request),
        };
        let mut response = response.map_err(verloren)?;
        let header = response.headers().iter().map(|(name, wert)| {
            (name.to_string(), String::from_utf8_lossy(wert.as_bytes()).into_owned())
        });
        let header = header.collect();
        let inhalt = response.body_mut().read_to_vec().map_err(verloren)?;
        Ok(Antwort { status: response.status().as_u16(), header, inhalt })
    }
}
