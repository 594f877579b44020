//! The store on a real SQLite file.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

mod annahme;
mod betriebsstand;
mod entwurf;
mod kette;
mod lesen;
mod pruefung;
mod rueckkanal;
mod schema;
mod schluessel;
mod sitzung;
mod zugang;
mod zulieferung;
mod zustellung;

use std::{cell::Cell, path::PathBuf, pin::pin, task, time::Duration};

use ablage::{
    Ablage, AblageError, Annahme, Empfang, Mandant, NeueNachricht, NeueZustellung, NeuerVorgang,
    Schluesselring, SqlError, Verbindung, Wert, Zeile, Zeitpunkt, Ziel,
    nativ::{Datei, run},
};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

/// Any moment.
const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_000);
const MINUTE: Duration = Duration::from_secs(60);
/// Two rings of one key each, and the one that leads from the first to the second.
const ALT: &str = "alt:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const NEU: &str = "neu:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

/// A database file that is deleted at the end of the test.
struct Haus {
    ordner: tempfile::TempDir,
}

impl Haus {
    fn new() -> Haus {
        Haus { ordner: tempfile::tempdir().unwrap() }
    }

    fn pfad(&self) -> PathBuf {
        self.ordner.path().join("portal.db")
    }

    /// A new connection of the tenant `musterstadt`.
    fn open(&self) -> Ablage<Datei> {
        self.open_with("musterstadt", ALT)
    }

    fn open_with(&self, mandant: &str, ring: &str) -> Ablage<Datei> {
        let datei = Datei::open(&self.pfad()).unwrap();
        run(Ablage::open(
            datei,
            Mandant::new(mandant).unwrap(),
            Schluesselring::parse(ring).unwrap(),
        ))
        .unwrap()
    }

    /// A connection past the store.
    fn behind(&self) -> Datei {
        Datei::open(&self.pfad()).unwrap()
    }

    /// The only value of a statement, past the store.
    #[track_caller]
    fn count(&self, sql: &str) -> i64 {
        self.behind().connection().query_row(sql, [], |zeile| zeile.get(0)).unwrap()
    }

    /// How many rows each table has that an acceptance writes to.
    fn zeilen(&self) -> [i64; 6] {
        ["vorgang", "suchwort", "nachricht", "zustellung", "empfang", "ereignis"]
            .map(|tabelle| self.count(&format!("SELECT count(*) FROM {tabelle}")))
    }
}

/// Whatever a test does: the counts that are kept are what there is.
impl Drop for Haus {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let ring = Schluesselring::parse(ALT).unwrap();
        let mandant = Mandant::new("musterstadt").unwrap();
        let abweichungen =
            run(async { Ablage::open(self.behind(), mandant, ring).await?.check_zaehler().await });
        // A test may leave a file that is no store.
        assert!(abweichungen.is_err() || abweichungen == Ok(vec![]), "{abweichungen:?}");
    }
}

/// The `n`th of many different Vorgänge with two targets and no files.
fn vorgang(n: u64) -> NeuerVorgang {
    NeuerVorgang {
        nummer: nummer(n),
        zugangscode: Zugangscode::new(n),
        antrag: "verpflichtungserklaerung".to_owned(),
        sprache: "de".to_owned(),
        betreff: format!("Müller, Erika {n}"),
        daten: br#"{"name":"Erika"}"#.to_vec(),
        hinweise: b"[]".to_vec(),
        hinweise_anzahl: 0,
        pruefsumme: [7; 32],
        eingegangen_am: JETZT,
        anlagen: None,
        nachrichten: vec![NeueNachricht {
            art: "nachricht".to_owned(),
            uuid: format!("00000000-0000-4000-8000-{n:012x}"),
            medientyp: "application/xml".to_owned(),
            inhalt: b"<nachricht/>".to_vec(),
        }],
        zustellungen: Ziel::ALLE
            .map(|ziel| NeueZustellung { ziel, uuid: format!("{}-{n}", ziel.as_str()) })
            .to_vec(),
        empfang: Empfang::new(&format!("key-{n}"), [b"body".as_slice()]),
        quittung: format!("receipt {n}").into_bytes(),
    }
}

fn nummer(n: u64) -> Vorgangsnummer {
    Vorgangsnummer::new("VE", n)
}

#[track_caller]
fn accept(ablage: &Ablage<impl Verbindung>, vorgang: NeuerVorgang) {
    assert_eq!(run(ablage.accept(vorgang)), Ok(Annahme::Neu));
}

/// A connection on which the statement after so many good ones fails, and all after it: as if the
/// process had died there.
struct Stoerung<'a> {
    datei: &'a Datei,
    gute: Cell<u32>,
}

impl Verbindung for Stoerung<'_> {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let Some(rest) = self.gute.get().checked_sub(1) else {
            return Err(SqlError::Anderer("disturbed".to_owned()));
        };
        self.gute.set(rest);
        self.datei.query(sql, parameter).await
    }
}

/// Runs `tun` again and again, cut off one statement later each time, until it succeeds;
/// `check` sees the database after each failure.
#[track_caller]
fn cut_everywhere<T>(
    haus: &Haus,
    tun: impl AsyncFn(&Ablage<Stoerung<'_>>) -> Result<T, AblageError>,
    check: impl Fn(),
) -> T {
    for gute in 1..200 {
        let datei = haus.behind();
        let stoerung = Stoerung { datei: &datei, gute: Cell::new(gute) };
        let ring = Schluesselring::parse(ALT).unwrap();
        let ausgang = run(async {
            let ablage = Ablage::open(stoerung, Mandant::new("musterstadt").unwrap(), ring).await?;
            tun(&ablage).await
        });
        drop(datei);
        match ausgang {
            Ok(wert) => return wert,
            Err(error) => {
                assert_eq!(error, AblageError::Sql(SqlError::Anderer("disturbed".to_owned())));
                check();
            }
        }
    }
    panic!("does not end");
}

/// A connection on which the statement after so many good ones never ends.
struct Stockung<'a> {
    datei: &'a Datei,
    gute: Cell<u32>,
}

impl Verbindung for Stockung<'_> {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let Some(rest) = self.gute.get().checked_sub(1) else {
            return std::future::pending().await;
        };
        self.gute.set(rest);
        self.datei.query(sql, parameter).await
    }
}

/// Goes as far as it gets without waiting, then drops it. Says whether it came to its end.
fn poll_once<T>(future: impl Future<Output = T>) -> bool {
    let mut kontext = task::Context::from_waker(task::Waker::noop());
    pin!(future).poll(&mut kontext).is_ready()
}
