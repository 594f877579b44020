//! 500 cases, several workers, and partners that do all that partners do. In the end each case is
//! delivered exactly once, or a caseworker has the partner's words; the books balance all the way.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use super::*;

const VORGAENGE: u64 = 500;
/// These have a message that is too large for the Fachverfahren.
const ZU_GROSS: u64 = 4;
const GRENZE: usize = 40_000;
const ARBEITER: usize = 3;
const ABLEHNUNG: &str = "FV-4711: Das Feld „Geburtsdatum“ ist leer.\nZeile 2 <script>";

/// A worker: another process on the same database, at a moment of the campaign.
struct Arbeiter {
    ordner: PathBuf,
    jetzt: Zeitpunkt,
    client: UreqClient,
}

impl Welt for Arbeiter {
    type Verbindung = Datei;
    type Client = UreqClient;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.ordner.join("portal.db"))?;
        let mandant = Mandant::new("musterstadt").unwrap();
        Ablage::open(datei, mandant, Schluesselring::parse(RING).unwrap()).await
    }

    fn client(&self) -> &UreqClient {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        self.jetzt
    }

    fn log(&self, _: &Meldung) {}

    fn log_error(&self, _: &str) {}
}

/// A line between portal and partner that fails in its own ways.
struct Leitung {
    adresse: SocketAddr,
    /// So many connections are closed after half of the request …
    halbe_anfragen: Arc<AtomicU32>,
    /// … and so many after half of the answer.
    halbe_antworten: Arc<AtomicU32>,
}

impl Leitung {
    fn to(partner: &str) -> Leitung {
        let partner: SocketAddr = partner.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let leitung = Leitung {
            adresse: listener.local_addr().unwrap(),
            halbe_anfragen: Arc::default(),
            halbe_antworten: Arc::default(),
        };
        let (anfragen, antworten) =
            (leitung.halbe_anfragen.clone(), leitung.halbe_antworten.clone());
        // Ends with the process: nobody connects to it any more.
        thread::spawn(move || {
            for hier in listener.incoming().map_while(Result::ok) {
                let take = |rest: &AtomicU32| {
                    rest.try_update(Ordering::SeqCst, Ordering::SeqCst, |rest| rest.checked_sub(1))
                        .is_ok()
                };
                let (is_halbe_anfrage, is_halbe_antwort) = match (take(&anfragen), &antworten) {
                    (true, _) => (true, false),
                    (false, antworten) => (false, take(antworten)),
                };
                thread::spawn(move || pass(hier, partner, is_halbe_anfrage, is_halbe_antwort));
            }
        });
        leitung
    }

    fn url(&self, pfad: &str) -> String {
        format!("http://{}{pfad}", self.adresse)
    }
}

/// Copies both ways until one side ends, or breaks off as told.
fn pass(mut hier: TcpStream, partner: SocketAddr, halbe_anfrage: bool, halbe_antwort: bool) {
    let Ok(mut dort) = TcpStream::connect(partner) else { return };
    let mut puffer = [0; 16 << 10];
    if halbe_anfrage {
        let gelesen = hier.read(&mut puffer).unwrap_or(0);
        let _ = dort.write_all(&puffer[..gelesen / 2]);
        return;
    }
    let (Ok(mut von_hier), Ok(mut nach_dort)) = (hier.try_clone(), dort.try_clone()) else {
        return;
    };
    let hin = thread::spawn(move || {
        let _ = std::io::copy(&mut von_hier, &mut nach_dort);
        let _ = nach_dort.shutdown(Shutdown::Write);
    });
    if halbe_antwort {
        let gelesen = dort.read(&mut puffer).unwrap_or(0);
        let _ = hier.write_all(&puffer[..gelesen / 2]);
    } else {
        let _ = std::io::copy(&mut dort, &mut hier);
    }
    let _ = hier.shutdown(Shutdown::Both);
    let _ = hin.join();
}

/// Runs of all workers for both targets, at the same moment.
fn run_all(haus: &Haus) {
    let (ordner, jetzt, variablen) = (haus.ordner.path(), haus.jetzt.get(), &haus.variablen);
    thread::scope(|threads| {
        for n in 0..ARBEITER {
            threads.spawn(move || {
                let arbeiter = Arbeiter {
                    ordner: ordner.to_owned(),
                    jetzt,
                    client: UreqClient { frist: Some(Duration::from_millis(500)), gute: None },
                };
                let einstellungen = Einstellungen::read(variablen).unwrap();
                let mut ziele = Ziel::ALLE;
                ziele.rotate_left(n % 2);
                for ziel in ziele {
                    block_on(weiterleitung::run(&arbeiter, &einstellungen, ziel)).unwrap();
                }
            });
        }
    });
}

/// How many are delivered, waiting and failed.
#[track_caller]
fn zahlen(haus: &Haus, ziel: Ziel) -> (u64, u64, u64) {
    let bilanz = block_on(haus.ablage().bilanz()).unwrap();
    assert!(bilanz.stimmt(), "{bilanz:?}");
    let eine = bilanz.ziele.iter().find(|eine| eine.ziel == ziel).unwrap();
    assert_eq!(eine.angenommen, VORGAENGE);
    (eine.zugestellt, eine.wartend, eine.gescheitert)
}

#[test]
fn five_hundred_cases_survive_everything_that_partners_do() {
    use Modus::*;
    let mut haus = Haus::with(|partner| partner.grenze = GRENZE);
    haus.variablen.zustellung =
        r#"{"ziele":{"dms":{"gleichzeitig":8},"fachverfahren":{"gleichzeitig":8}}}"#.to_owned();
    let nummern: Vec<Vorgangsnummer> = (0..VORGAENGE)
        .map(|n| if n < ZU_GROSS { haus.accept_with(n, GRENZE) } else { haus.accept(n) })
        .collect();
    let leitungen = Ziel::ALLE.map(|ziel| (ziel, Leitung::to(&haus.partner.url(stelle(ziel)))));
    for (ziel, leitung) in &leitungen {
        match ziel {
            Ziel::Fachverfahren => haus.variablen.fachverfahren_url = leitung.url("/nachrichten"),
            Ziel::Dms => haus.variablen.dms_url = leitung.url("/cmis/browser"),
        }
    }
    // The DMS tells its own address in the service document; the line is for the Fachverfahren.
    haus.variablen.dms_url = haus.partner.cmis_url();

    let modus = Steuerung::new;
    let stored = |modus| Steuerung { speichern: Some(true), ..Steuerung::new(modus) };
    let langsam = Steuerung { millisekunden: Some(700), ..modus(Langsam) };
    let ueberlastet = Steuerung { retry_after: Some(600), ..modus(Ueberlastet429) };
    let stoerungen = [
        modus(Aus).times(9),
        langsam.times(3),
        modus(AntwortVerlieren).times(9),
        modus(Konflikt409).times(6),
        stored(Konflikt409).times(6),
        modus(Abgelehnt422).text(ABLEHNUNG).times(6),
        ueberlastet.times(1),
        modus(Fehler500).times(9),
        stored(Fehler500).times(9),
        modus(Muell).times(6),
        stored(Muell).times(6),
        modus(Muell).text("<html>Bitte melden Sie sich an</html>").times(6),
        modus(Umleitung).times(1),
    ];
    for steuerung in stoerungen {
        for ziel in Ziel::ALLE {
            // A refusal counts where something is written.
            let steuerung = match (steuerung.modus, ziel) {
                (Abgelehnt422, Ziel::Fachverfahren) => steuerung.clone().from_nth("senden", 1),
                (Abgelehnt422, Ziel::Dms) => steuerung.clone().from_nth("createDocument", 1),
                _ => steuerung.clone(),
            };
            haus.steer(ziel, steuerung);
        }
        let leitung = &leitungen[0].1;
        leitung.halbe_anfragen.store(1, Ordering::SeqCst);
        leitung.halbe_antworten.store(1, Ordering::SeqCst);
        run_all(&haus);
        for ziel in Ziel::ALLE {
            zahlen(&haus, ziel);
        }
        haus.advance(Duration::from_secs(1800));
    }
    haus.check_bilanz();

    // Nobody listens; then somebody without a certificate.
    let gute = haus.variablen.clone();
    let frei = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for schema in ["http", "https"] {
        let ort = if schema == "http" { frei } else { leitungen[0].1.adresse };
        haus.variablen.fachverfahren_url = format!("{schema}://{ort}/nachrichten");
        haus.variablen.dms_url = format!("{schema}://{ort}/cmis/browser");
        run_all(&haus);
        for ziel in Ziel::ALLE {
            zahlen(&haus, ziel);
        }
        haus.advance(STUNDE);
    }
    haus.variablen = gute;

    // All is well again: everything arrives within the back-off, but for what was refused.
    for ziel in Ziel::ALLE {
        haus.normal(ziel);
    }
    let mut tage = 0;
    while Ziel::ALLE.iter().any(|ziel| 0 < zahlen(&haus, *ziel).1) {
        run_all(&haus);
        haus.advance(TAG / 2);
        tage += 1;
        assert!(tage < 40, "{:?}", Ziel::ALLE.map(|ziel| zahlen(&haus, ziel)));
    }
    haus.check_bilanz();

    // What failed has its words, and is delivered with one click, cause by cause.
    let mut ursachen = block_on(haus.ablage().ursachen()).unwrap();
    ursachen.sort_by_key(|ursache| (ursache.ziel, ursache.code.clone()));
    assert!(!ursachen.is_empty());
    for nummer in &nummern {
        for zustellung in haus.vorgang(nummer).zustellungen {
            match zustellung.fehler_code.as_deref() {
                None => assert_eq!(zustellung.zustand.as_str(), "zugestellt"),
                Some("http-422") => {
                    assert_eq!(zustellung.fehler_text.as_deref(), Some(ABLEHNUNG));
                }
                Some("http-413") => {
                    assert!(zustellung.fehler_text.unwrap().starts_with("FV-4130"));
                }
                Some(code) => assert!(code.starts_with("aufgegeben-"), "{code}"),
            }
        }
    }
    let jetzt = haus.jetzt.get();
    for ursache in ursachen.iter().filter(|ursache| ursache.code == "http-422") {
        let code = Some(ursache.code.as_str());
        let anzahl = block_on(haus.ablage().retry_all(ursache.ziel, code, "demo", jetzt)).unwrap();
        assert_eq!(u64::from(anzahl), ursache.anzahl);
    }
    for _ in 0..6 {
        run_all(&haus);
    }
    let gut = VORGAENGE - ZU_GROSS;
    for ziel in Ziel::ALLE {
        assert_eq!(zahlen(&haus, ziel), (gut, 0, ZU_GROSS), "{ziel:?}");
    }
    // Exactly once: as many as there are, and no two of a case.
    let angekommen = haus.angekommen(Ziel::Fachverfahren);
    let erwartet: Vec<String> = (ZU_GROSS..VORGAENGE).map(uuid).collect();
    assert_eq!(angekommen, erwartet);
    let abgelegt = haus.angekommen(Ziel::Dms);
    let je_vorgang = |nummer: &Vorgangsnummer| {
        let nummer = nummer.to_string();
        abgelegt.iter().filter(|pfad| pfad.contains(&nummer)).count()
    };
    // The folder, the summary, the message, the proof.
    for nummer in &nummern[usize::try_from(ZU_GROSS).unwrap()..] {
        assert_eq!(je_vorgang(nummer), 4, "{nummer}");
    }
    haus.check_bilanz();
}
