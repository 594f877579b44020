//! What a delivery costs in the store, as what was delivered before piles up: it must not matter.
//! And a page of the work list.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use ablage::{
    Ablage, Empfang, Filter, Mandant, NeueNachricht, NeueZustellung, NeuerVorgang, Schluesselring,
    Zeitpunkt, Ziel, Zielgrenzen,
    nativ::{Datei, run},
    zufall,
};
use anyhow::{Context, Result, ensure};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

use crate::tabelle::{Tabelle, Ziel as Messziel};

/// Delivered rows, each size made of the one before.
const GROESSEN: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Rows that wait, measured one by one.
const WARTEND: u64 = 100;
/// How much more the largest outbox may cost than the smallest.
const HOECHSTENS: f64 = 1.5;
/// 2026-11-22, after everything that was delivered before.
const JETZT: Zeitpunkt = Zeitpunkt::from_millis(1_795_316_947_000);
const GRENZEN: Zielgrenzen = Zielgrenzen { gleichzeitig: 4, je_minute: None, nach: None };

/// Fills an outbox step by step and measures at each.
pub fn measure(ordner: &Path, tabelle: &mut Tabelle) -> Result<()> {
    let pfad = ordner.join("ausgang.db");
    let open = || -> Result<Ablage<Datei>> {
        let ring = Schluesselring::parse("b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")?;
        let mandant = Mandant::new("musterstadt")?;
        Ok(run(Ablage::open(Datei::open(&pfad)?, mandant, ring))?)
    };
    let ablage = open()?;
    let mut erste: Option<[f64; 3]> = None;
    let mut nummer = 0;
    for groesse in GROESSEN {
        fill(&pfad, groesse)?;
        for _ in 0..WARTEND {
            accept(&ablage, nummer)?;
            nummer += 1;
        }
        let werte = [lease_and_complete(&ablage)?, tick(&ablage)?, list(&ablage)?].map(micros);
        let vergleich = *erste.get_or_insert(werte);
        let namen = ["lease and complete", "an empty run", "a page of the list"];
        for ((name, wert), grundlinie) in namen.iter().zip(werte).zip(vergleich) {
            let what = format!("outbox of {groesse} delivered, {name} µs");
            let is_groesste = Some(&groesse) == GROESSEN.last();
            let ziel = is_groesste.then_some(Messziel::AtMost(HOECHSTENS));
            tabelle.ratio(&what, (wert, "at 1000"), grundlinie, ziel);
        }
    }
    Ok(())
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

/// The median of a page of the work list, newest first.
fn list(ablage: &Ablage<Datei>) -> Result<Duration> {
    let mut zeiten = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        let seite = run(ablage.list(&Filter::default(), None, 50))?;
        zeiten.push(start.elapsed());
        ensure!(seite.eintraege.len() == 50, "a page is not full");
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
