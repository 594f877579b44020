//! What a delivery costs in the store, as what was delivered before piles up: it must not matter.
//! And what pages of the work list cost, each answered by the function itself.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use ablage::{
    Ablage, AblageError, Empfang, Mandant, NeueNachricht, NeueZustellung, NeuerVorgang,
    Schluesselring, Sitzungsregel, Zeitpunkt, Ziel, Zielgrenzen,
    nativ::{Datei, run},
    zufall,
};
use anyhow::{Context, Result, ensure};
use sachbearbeitung::{Anfrage, Konfiguration, Umgebung, handle};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

use crate::tabelle::{Tabelle, Ziel as Messziel};

/// Delivered rows, each size made of the one before.
const GROESSEN: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Rows that wait, measured one by one.
const WARTEND: u64 = 100;
/// How much more the largest outbox may cost than the smallest.
const HOECHSTENS: f64 = 1.5;
/// The same of a page.
const SEITE_HOECHSTENS: f64 = 2.0;
/// The tenant and its ring of keys.
const MANDANT: &str = "musterstadt";
const RING: &str = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
/// Somebody who may log in; nobody has the password.
const BENUTZER: &str = r#"[{"kennung":"b","name":"B","rolle":"sachbearbeitung",
    "passwort":"$argon2id$v=19$m=8,t=1,p=1$YmVuY2hiZW5jaA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]"#;
/// Pages that are measured: path, query, name.
const SEITEN: [(&str, &str, &str); 4] = [
    ("/amt/api/vorgaenge", "", "a page of the list"),
    (
        "/amt/api/vorgaenge",
        "antrag=verpflichtungserklaerung&zustellung=zugestellt",
        "a page of the list, by form and state",
    ),
    ("/amt/api/vorgaenge", "von=2024-01-01", "a page of the list, since a day"),
    ("/amt/api/betrieb", "", "the operator's page"),
];
/// How long somebody stays logged in.
const GEDULD: Duration = Duration::from_secs(3600);
/// 2026-11-22, after everything that was delivered before.
const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_000);
const GRENZEN: Zielgrenzen = Zielgrenzen { gleichzeitig: 4, je_minute: None, nach: None };

/// Fills an outbox step by step and measures at each.
pub fn measure(ordner: &Path, tabelle: &mut Tabelle) -> Result<()> {
    let pfad = ordner.join("ausgang.db");
    let ablage = open(&pfad)?;
    let amt = Amt::new(&pfad)?;
    let mut erste: Option<Vec<f64>> = None;
    let mut nummer = 0;
    for groesse in GROESSEN {
        fill(&pfad, groesse)?;
        for _ in 0..WARTEND {
            accept(&ablage, nummer)?;
            nummer += 1;
        }
        let is_groesste = Some(&groesse) == GROESSEN.last();
        let mut zeilen = vec![
            ("lease and complete", lease_and_complete(&ablage)?, HOECHSTENS),
            ("an empty run", tick(&ablage)?, HOECHSTENS),
        ];
        // What is new since the last look is a matter of how long ago that was.
        let ganz = check_all(&ablage)?;
        for (pfad, query, name) in SEITEN {
            zeilen.push((name, amt.open_page(pfad, query)?, SEITE_HOECHSTENS));
        }
        let vergleich =
            erste.get_or_insert_with(|| zeilen.iter().map(|zeile| micros(zeile.1)).collect());
        for ((name, dauer, hoechstens), grundlinie) in zeilen.into_iter().zip(vergleich) {
            let what = format!("outbox of {groesse} delivered, {name} µs");
            let ziel = is_groesste.then_some(Messziel::AtMost(hoechstens));
            tabelle.ratio(&what, (micros(dauer), "at 1000"), *grundlinie, ziel);
        }
        if is_groesste {
            tabelle.absolute("  everything checked, on demand, ms", micros(ganz) / 1e3, None);
        }
    }
    Ok(())
}

fn open(pfad: &Path) -> Result<Ablage<Datei>> {
    let (mandant, ring) = (Mandant::new(MANDANT)?, Schluesselring::parse(RING)?);
    Ok(run(Ablage::open(Datei::open(pfad)?, mandant, ring))?)
}

/// What the operator's page does on demand. It must find everything in order.
fn check_all(ablage: &Ablage<Datei>) -> Result<Duration> {
    let start = Instant::now();
    loop {
        let stand = run(ablage.check_kette_weiter(50_000, JETZT))?;
        ensure!(stand.bruch.is_none(), "the chain of the bench breaks at {:?}", stand.bruch);
        if stand.ganz_bis.is_none() {
            break;
        }
    }
    ensure!(run(ablage.recount())?.is_empty(), "a count that is kept is wrong");
    Ok(start.elapsed())
}

/// The work list, with somebody who is logged in.
struct Amt {
    pfad: PathBuf,
    konfiguration: Konfiguration,
    header: Vec<(String, String)>,
}

impl Amt {
    fn new(pfad: &Path) -> Result<Amt> {
        let behoerde = bench_gast::behoerde()?.to_string();
        let werte = Konfiguration::VARIABLEN.map(|name| match name {
            "mandant" => MANDANT.to_owned(),
            "schluessel" => RING.to_owned(),
            "benutzer" => BENUTZER.to_owned(),
            "behoerde" => behoerde.clone(),
            "zustellung" => "{}".to_owned(),
            _ => String::new(),
        });
        let regel = Sitzungsregel { untaetig: GEDULD, hoechstens: GEDULD };
        let token = run(open(pfad)?.create_sitzung("b", regel, JETZT))?;
        Ok(Amt {
            pfad: pfad.to_owned(),
            konfiguration: Konfiguration::read(&werte)?,
            header: vec![("cookie".to_owned(), format!("sitzung={token}"))],
        })
    }

    /// The median of a request, from opening the database to the answer.
    fn open_page(&self, pfad: &str, query: &str) -> Result<Duration> {
        let mut zeiten = Vec::new();
        for _ in 0..20 {
            let anfrage = Anfrage {
                methode: "GET",
                schema: "http",
                host: "127.0.0.1",
                pfad,
                query,
                header: &self.header,
                koerper: Some(b""),
            };
            let start = Instant::now();
            let antwort = run(handle(self, anfrage));
            zeiten.push(start.elapsed());
            ensure!(antwort.status == 200, "{pfad}?{query} answers {}", antwort.status);
            let json: Value = serde_json::from_slice(&antwort.inhalt)?;
            match json["vorgaenge"].as_array() {
                Some(vorgaenge) => ensure!(vorgaenge.len() == 50, "a page is not full"),
                None => {
                    ensure!(json["bilanzStimmt"] == true, "the balance is wrong");
                    ensure!(json["kette"]["geprueftBis"] == json["kette"]["laenge"], "not checked");
                }
            }
        }
        Ok(median(zeiten))
    }
}

impl Umgebung for Amt {
    type Verbindung = Datei;

    fn jetzt(&self) -> Zeitpunkt {
        JETZT
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Datei>, AblageError> {
        let Konfiguration { mandant, ring, .. } = &self.konfiguration;
        Ablage::open(Datei::open(&self.pfad)?, mandant.clone(), ring.clone()).await
    }

    fn log(&self, pfad: &str, was: &str) {
        eprintln!("bench: {pfad}: {was}");
    }
}

/// Delivered rows up to `bis`, written past the store: accepting a million takes too long.
fn fill(pfad: &Path, bis: u64) -> Result<()> {
    let datei = Datei::open(pfad)?;
    datei.connection().execute_batch(&format!(
        "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN;
         CREATE TEMP TABLE neu AS WITH RECURSIVE n(i) AS (
            SELECT (SELECT count(*) FROM vorgang WHERE zugang = x'00') UNION ALL
            SELECT i + 1 FROM n WHERE i + 1 < {bis}) SELECT i FROM n;
         INSERT INTO vorgang (mandant, nummer, antrag, zustand, zustellstand, ziele,
            eingegangen_am, sprache, pruefsumme, hinweise_anzahl, schluessel, zugang, betreff,
            hinweise, daten)
         SELECT 'musterstadt', printf('alt-%09d', i), 'verpflichtungserklaerung', 'EINGEGANGEN',
            'zugestellt', 'fachverfahren', 1700000000000 + i * 50000, 'de', zeroblob(32), 0, 'b',
            x'00', zeroblob(60), zeroblob(40), zeroblob(400) FROM neu;
         INSERT INTO zustellung (mandant, vorgang, ziel, uuid, zustand, versuche, ausgang_unklar,
            angelegt_am, geaendert_am)
         SELECT 'musterstadt', printf('alt-%09d', i), 'fachverfahren', printf('u-%09d', i),
            'zugestellt', 1, 0, 1700000000000 + i * 50000, 1700000000000 + i * 50000 FROM neu;
         DROP TABLE neu; COMMIT;"
    ))?;
    extend_kette(&datei, bis)
}

/// Two events for each that was delivered, hashed as the store's documentation says.
fn extend_kette(datei: &Datei, bis: u64) -> Result<()> {
    let transaktion = datei.connection().unchecked_transaction()?;
    let letztes = "SELECT lfd, hash FROM ereignis ORDER BY lfd DESC LIMIT 1";
    let mut stand: (i64, Vec<u8>) = transaktion
        .prepare(letztes)?
        .query_map([], |zeile| Ok((zeile.get(0)?, zeile.get(1)?)))?
        .next()
        .unwrap_or_else(|| Ok((0, vec![0; 32])))?;
    let mut insert = transaktion.prepare(
        "INSERT INTO ereignis (mandant, lfd, am, art, vorgang, vorher, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    while stand.0 < 2 * bis as i64 {
        let (lfd, vorher) = (stand.0 + 1, stand.1);
        let art = if lfd % 2 == 1 { "eingegangen" } else { "zugestellt" };
        let (am, vorgang) = (1_700_000_000_000 + lfd, format!("alt-{:09}", lfd / 2));
        let mut sha = Sha256::new();
        let text = |sha: &mut Sha256, text: Option<&str>| {
            sha.update(text.map_or(u64::MAX, |it| it.len() as u64).to_be_bytes());
            sha.update(text.unwrap_or_default());
        };
        sha.update(&vorher);
        text(&mut sha, Some("ereignis/1"));
        text(&mut sha, Some(MANDANT));
        sha.update(lfd.to_be_bytes());
        sha.update(am.to_be_bytes());
        for feld in [Some(art), Some(&vorgang), None, None, None] {
            text(&mut sha, feld);
        }
        let hash = sha.finalize().to_vec();
        insert.execute((MANDANT, lfd, am, art, &vorgang, vorher, &hash))?;
        stand = (lfd, hash);
    }
    drop(insert);
    transaktion.commit()?;
    Ok(())
}

fn accept(ablage: &Ablage<Datei>, n: u64) -> Result<()> {
    let nachricht = zufall::uuid()?;
    let neu = NeuerVorgang {
        nummer: Vorgangsnummer::new("VE", n),
        zugangscode: Zugangscode::new(n),
        antrag: "verpflichtungserklaerung".to_owned(),
        sprache: "de".to_owned(),
        betreff: "Kowalczyk, Michał".to_owned(),
        daten: b"{}".to_vec(),
        hinweise: b"[]".to_vec(),
        hinweise_anzahl: 0,
        pruefsumme: [7; 32],
        eingegangen_am: JETZT,
        anlagen: None,
        nachrichten: vec![NeueNachricht {
            art: "nachricht".to_owned(),
            uuid: nachricht.clone(),
            medientyp: "application/xml".to_owned(),
            inhalt: vec![b' '; 4000],
        }],
        zustellungen: vec![NeueZustellung { ziel: Ziel::Fachverfahren, uuid: nachricht }],
        empfang: Empfang::new(&n.to_string(), [b"body".as_slice()]),
        quittung: b"{}".to_vec(),
    };
    run(ablage.accept(neu))?;
    Ok(())
}

/// The median of one delivery: finding the row, and writing down that it arrived.
fn lease_and_complete(ablage: &Ablage<Datei>) -> Result<Duration> {
    let mut zeiten = Vec::new();
    for _ in 0..WARTEND {
        let start = Instant::now();
        let minute = Duration::from_secs(60);
        let pacht =
            run(ablage.lease_next_of(Ziel::Fachverfahren, GRENZEN, "bench", JETZT, minute))?;
        let pacht = pacht.context("fewer rows wait than were accepted")?;
        run(ablage.complete(&pacht, Some("ABH-1"), JETZT))?;
        zeiten.push(start.elapsed());
    }
    Ok(median(zeiten))
}

/// The median of what a run asks that finds nothing to do.
fn tick(ablage: &Ablage<Datei>) -> Result<Duration> {
    let mut zeiten = Vec::new();
    for _ in 0..WARTEND {
        let start = Instant::now();
        let minute = Duration::from_secs(60);
        let pacht =
            run(ablage.lease_next_of(Ziel::Fachverfahren, GRENZEN, "bench", JETZT, minute))?;
        ensure!(pacht.is_none(), "more rows wait than were accepted");
        run(ablage.aelteste_wartende())?;
        zeiten.push(start.elapsed());
    }
    Ok(median(zeiten))
}

fn median(mut zeiten: Vec<Duration>) -> Duration {
    zeiten.sort_unstable();
    zeiten[zeiten.len() / 2]
}

fn micros(dauer: Duration) -> f64 {
    dauer.as_secs_f64() * 1e6
}
