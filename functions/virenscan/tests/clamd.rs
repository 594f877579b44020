//! Against the real clamd, with signatures of our own: the ones of its makers cannot be had without
//! a network.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

use std::{
    cell::{Cell, RefCell},
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use ablage::{
    Ablage, AblageError, Grenzen, Mandant, NeueAnlage, Pruefstand, Schluesselring, Zeitpunkt,
    nativ::{Datei, run as block_on},
};
use serde_json::{Value, json};
use virenscan::{
    Auftrag, Ergebnis, Scanfehler, Scanner, Urteil, Variablen, Welt, answer, scan, version,
};

const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_000);
const GEHEIMNIS: &str = "geheim";

/// A clamd of our own on a free port.
struct Clamd {
    prozess: Child,
    adresse: SocketAddr,
    _ordner: tempfile::TempDir,
}

impl Clamd {
    /// With the signature of EICAR, or with one that finds nothing.
    fn start(is_sehend: bool) -> Clamd {
        let ordner = tempfile::tempdir().unwrap();
        let pfad = ordner.path();
        let gesucht = if is_sehend { hex(&eicar()) } else { hex(b"nobody ever writes this") };
        fs::write(pfad.join("test.ndb"), format!("Test.Eicar:0:*:{gesucht}\n")).unwrap();
        let frei = TcpListener::bind("127.0.0.1:0").unwrap();
        let adresse = frei.local_addr().unwrap();
        drop(frei);
        let einstellungen = format!(
            "DatabaseDirectory {}\nTCPSocket {}\nTCPAddr 127.0.0.1\nForeground yes\n\
             StreamMaxLength 1M\nAlertEncrypted yes\nMaxThreads 2\nUser {}\n",
            pfad.display(),
            adresse.port(),
            nutzer(),
        );
        fs::write(pfad.join("clamd.conf"), einstellungen).unwrap();
        let programm = ["/usr/sbin/clamd", "/usr/local/sbin/clamd"]
            .into_iter()
            .find(|pfad| Path::new(pfad).is_file())
            .expect("these tests need clamd: `cargo xtask test` installs it");
        let prozess = Command::new(programm)
            .arg("-c")
            .arg(pfad.join("clamd.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let clamd = Clamd { prozess, adresse, _ordner: ordner };
        let frist = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(adresse).is_err() {
            assert!(Instant::now() < frist, "clamd does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        clamd
    }

    fn scan(&self, bytes: &[u8]) -> Result<Urteil, Scanfehler> {
        scan(&mut TcpStream::connect(self.adresse).unwrap(), bytes)
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        _ = self.prozess.kill();
        _ = self.prozess.wait();
    }
}

/// clamd wants to be told who it already is.
fn nutzer() -> String {
    let ausgabe = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(ausgabe.stdout).unwrap().trim().to_owned()
}

/// In two parts, so that nobody finds it in this file.
fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"]
        .concat()
        .into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A PDF that carries these bytes as the contents of its page.
fn pdf(inhalt: &[u8]) -> Vec<u8> {
    let mut pdf = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n",
        inhalt.len()
    )
    .into_bytes();
    pdf.extend_from_slice(inhalt);
    pdf.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    pdf
}

#[test]
fn clamd_tells_clean_from_infected() {
    let clamd = Clamd::start(true);
    let befallen = Urteil::Befallen("Test.Eicar.UNOFFICIAL".to_owned());
    for (bytes, erwartet) in [
        (b"nothing".to_vec(), Urteil::Sauber),
        (Vec::new(), Urteil::Sauber),
        (pdf(b"BT (Lohn) Tj ET"), Urteil::Sauber),
        (vec![7; 900_000], Urteil::Sauber),
        (eicar(), befallen.clone()),
        (pdf(&eicar()), befallen.clone()),
        ([vec![7; 200_000], eicar()].concat(), befallen.clone()),
    ] {
        assert_eq!(clamd.scan(&bytes).unwrap(), erwartet, "{} bytes", bytes.len());
    }
    // More than it takes: its own words, and no verdict.
    let error = clamd.scan(&vec![0; 2_000_000]).unwrap_err();
    let Scanfehler::Antwort(worte) = &error else { panic!("{error}") };
    assert!(worte.contains("INSTREAM size limit exceeded"), "{worte}");
    let worte = version(&mut TcpStream::connect(clamd.adresse).unwrap()).unwrap();
    assert!(worte.starts_with("ClamAV "), "{worte}");
}

/// A store in a file, a clock, and a log.
struct Haus {
    ordner: tempfile::TempDir,
    jetzt: Cell<Zeitpunkt>,
    protokoll: RefCell<Vec<Value>>,
}

impl Haus {
    fn new() -> Haus {
        Haus {
            ordner: tempfile::tempdir().unwrap(),
            jetzt: Cell::new(JETZT),
            protokoll: RefCell::default(),
        }
    }

    /// The ids of the files in a new draft.
    fn upload(&self, dateien: &[&[u8]]) -> (String, Vec<String>) {
        let ablage = block_on(self.open()).unwrap();
        let entwurf = block_on(ablage.create_entwurf(JETZT)).unwrap();
        let grenzen = Grenzen { dateien: 20, summe: 1 << 24 };
        let add = |inhalt: &&[u8]| {
            let anlage = NeueAnlage {
                typ: "NV_LOHN".to_owned(),
                name: "Löhne von Erika.pdf".to_owned(),
                medientyp: "application/pdf".to_owned(),
                inhalt: inhalt.to_vec(),
                pruefung: Pruefstand::Ausstehend,
            };
            block_on(ablage.add_anlage(&entwurf.id, &anlage, grenzen, JETZT)).unwrap().id
        };
        let ids = dateien.iter().map(add).collect();
        (entwurf.id, ids)
    }

    fn staende(&self, entwurf: &str) -> Vec<Pruefstand> {
        let ablage = block_on(self.open()).unwrap();
        let anlagen = block_on(ablage.anlagen_of_entwurf(entwurf)).unwrap();
        anlagen.into_iter().map(|anlage| anlage.pruefung).collect()
    }

    fn post(&self, virenscan: &str, adresse: SocketAddr) -> Value {
        let Ergebnis { status, inhalt, .. } = self.send("POST", GEHEIMNIS, virenscan, adresse);
        assert_eq!(status, 200, "{inhalt}");
        inhalt
    }

    fn send(&self, methode: &str, token: &str, virenscan: &str, adresse: SocketAddr) -> Ergebnis {
        let variablen = Variablen {
            intern_geheimnis: GEHEIMNIS.to_owned(),
            virenscan: virenscan.to_owned(),
            virenscanner: format!("tcp://{adresse}"),
        };
        let authorization = format!("Bearer {token}");
        let auftrag = Auftrag { methode, authorization: Some(&authorization) };
        block_on(answer(self, &variablen, auftrag, Netz))
    }
}

impl Welt for Haus {
    type Verbindung = Datei;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let ring = Schluesselring::parse("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap();
        let datei = Datei::open(&self.ordner.path().join("portal.db")).unwrap();
        Ablage::open(datei, Mandant::new("musterstadt").unwrap(), ring).await
    }

    fn jetzt(&self) -> Zeitpunkt {
        self.jetzt.get()
    }

    fn log(&self, meldung: &Value) {
        self.protokoll.borrow_mut().push(meldung.clone());
    }
}

struct Netz(SocketAddr);

impl Scanner for Netz {
    type Verbindung = TcpStream;

    fn connect(&self) -> Result<TcpStream, Scanfehler> {
        let verbindung = TcpStream::connect(self.0).map_err(Scanfehler::NichtErreicht)?;
        verbindung.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        Ok(verbindung)
    }
}

#[test]
fn files_leave_quarantine_or_are_condemned() {
    let clamd = Clamd::start(true);
    let haus = Haus::new();
    let krank = pdf(&eicar());
    let (entwurf, ids) = haus.upload(&[b"clean", &krank, b"clean, too"]);
    let bilanz = haus.post("clamd", clamd.adresse);
    let erwartet = json!({
        "sauber": 2, "befallen": 1, "verschoben": 0, "ungeprueft": 0, "grund": null,
    });
    assert_eq!(bilanz, erwartet);
    let erwartet = [Pruefstand::Sauber, Pruefstand::Befallen, Pruefstand::Sauber];
    assert_eq!(haus.staende(&entwurf), erwartet);
    let protokoll = haus.protokoll.borrow();
    assert_eq!(protokoll.len(), 1);
    assert_eq!(protokoll[0]["anlage"], ids[1].as_str());
    assert!(!protokoll[0].to_string().contains("Erika"));
}

#[test]
fn a_file_that_is_too_large_does_not_stop_the_others() {
    let clamd = Clamd::start(true);
    let haus = Haus::new();
    let (entwurf, _) = haus.upload(&[&[0; 2_000_000], b"clean"]);
    let bilanz = haus.post("clamd", clamd.adresse);
    assert_eq!((&bilanz["sauber"], &bilanz["verschoben"]), (&json!(1), &json!(1)));
    assert_eq!(haus.staende(&entwurf), [Pruefstand::Ausstehend, Pruefstand::Sauber]);
}

/// Somebody at a port who behaves badly: accepts `n` connections and does `tun` with each.
fn stand_in(tun: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let adresse = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().flatten().for_each(tun));
    adresse
}

#[test]
fn a_scanner_that_fails_lets_nothing_through() {
    let blind = Clamd::start(false);
    let keiner = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let stumm = stand_in(|mut weg| {
        _ = weg.read_to_end(&mut Vec::new());
    });
    let hastig = stand_in(drop);
    let wirr = stand_in(|mut weg| {
        _ = weg.write_all(b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0");
    });
    for (adresse, grund) in [
        (keiner, "antwortet nicht"),
        (blind.adresse, "EICAR"),
        (stumm, "abgebrochen"),
        (hastig, "abgebrochen"),
        (wirr, "meldet: HTTP/1.1"),
    ] {
        let haus = Haus::new();
        let (entwurf, _) = haus.upload(&[b"clean"]);
        let bilanz = haus.post("clamd", adresse);
        assert_eq!(bilanz["verschoben"], 1, "{grund}");
        let gesagt = bilanz["grund"].as_str().unwrap();
        assert!(gesagt.contains(grund), "{gesagt}");
        assert_eq!(haus.staende(&entwurf), [Pruefstand::Ausstehend]);
        let ablage = block_on(haus.open()).unwrap();
        assert_eq!(block_on(ablage.quarantaene()).unwrap().grund.as_deref(), Some(gesagt));
    }
}

#[test]
fn a_scanner_that_is_back_is_noticed() {
    let haus = Haus::new();
    let (entwurf, _) = haus.upload(&[b"clean"]);
    let keiner = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(haus.post("clamd", keiner)["verschoben"], 1);
    let clamd = Clamd::start(true);
    assert_eq!(haus.post("clamd", clamd.adresse)["sauber"], 0);
    haus.jetzt.set(JETZT.plus(Duration::from_secs(5)));
    assert_eq!(haus.post("clamd", clamd.adresse)["sauber"], 1);
    assert_eq!(haus.staende(&entwurf), [Pruefstand::Sauber]);
}

#[test]
fn who_says_that_nothing_is_scanned_gets_that() {
    let haus = Haus::new();
    let (entwurf, _) = haus.upload(&[b"whatever"]);
    let keiner = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(haus.post("ohne", keiner)["ungeprueft"], 1);
    assert_eq!(haus.staende(&entwurf), [Pruefstand::Ungeprueft]);
}

#[test]
fn only_the_scheduler_may_call() {
    let haus = Haus::new();
    let adresse: SocketAddr = "127.0.0.1:9".parse().unwrap();
    for (methode, token, virenscan, status) in [
        ("GET", GEHEIMNIS, "clamd", 405),
        ("POST", "falsch", "clamd", 401),
        ("POST", GEHEIMNIS, "vielleicht", 503),
        ("POST", GEHEIMNIS, "clamd", 200),
    ] {
        assert_eq!(haus.send(methode, token, virenscan, adresse).status, status, "{methode}");
    }
}
