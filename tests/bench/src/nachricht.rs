//! Writing a message, with and without a large file in it.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use base64::prelude::*;
use quick_xml::{Reader, events::Event};
use shared::{
    antraege,
    behoerde::Behoerde,
    formular::{Einstellungen, Kontext},
    nachricht::{Anlage, Anlagen, Kopf, Medientyp, write},
    werte::Datum,
};

use crate::{tabelle::Tabelle, vorlage};

/// How long each side is repeated, a third at a time.
const DAUER: Duration = Duration::from_millis(1500);
/// The day of the case files.
const STICHTAG: Datum = Datum::new(2026, 11, 23);

/// Measures both messages. Baselines: reading the same message with quick-xml, and base64 alone.
pub fn measure(behoerde: &Behoerde, tabelle: &mut Tabelle) -> Result<()> {
    let formular = antraege::find("verpflichtungserklaerung")
        .context("there is no Verpflichtungserklärung")?;
    let vorlage = antraege::nachricht(formular).context("it has no message")?;
    let angaben =
        formular.import(&vorlage::fall()?).map_err(|_| anyhow!("case V2 has no answers"))?;
    let einstellungen =
        Einstellungen { bedarfsprofil: None, eid: true, ..Einstellungen::default() };
    let kontext = Kontext { stichtag: STICHTAG, einstellungen: &einstellungen };
    let (antrag, _) =
        formular.parse(&angaben, kontext).map_err(|_| anyhow!("case V2 is not valid"))?;
    let kopf = Kopf {
        nachrichten_uuid: "5f2b7c1e-6a4d-4c3b-9e8f-0a1b2c3d4e5f",
        erstellungszeitpunkt: "2026-11-23T12:00:00.000Z",
        stichtag: STICHTAG,
        antragsidentifikation: "VE-2026-0001",
        rueckkanal_vorhanden: false,
        behoerde,
        produktversion: env!("CARGO_PKG_VERSION"),
        test: Some("Testnachricht"),
    };
    // Any bytes: base64 and XML do the same with all of them.
    let datei: Vec<u8> =
        (0..5_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let pdf = &datei[..20_000];
    let nachweis = Anlage {
        typ: "NV_LOHN",
        bezeichnung: "Gehaltsnachweise",
        medientyp: Medientyp::Pdf,
        inhalt: &datei,
    };
    let write = |nachweise: &[Anlage<'_>]| {
        write(vorlage, &antrag, &kopf, &Anlagen { zusammenfassung: pdf, nachweise })
    };

    let klein = write(&[])?;
    let (schreiben, lesen) = compare(
        || write(&[]).is_ok(),
        || {
            let mut reader = Reader::from_reader(klein.as_slice());
            while let Ok(event) = reader.read_event() {
                if black_box(event) == Event::Eof {
                    return true;
                }
            }
            false
        },
    )?;
    let mb = klein.len() as f64 / 1e6;
    tabelle.ratio(
        "message with its PDF alone, MB/s native",
        (mb / schreiben, "reading it"),
        mb / lesen,
        None,
    );

    let gross = write(std::slice::from_ref(&nachweis))?;
    let (schreiben, kodieren) = compare(
        || write(std::slice::from_ref(&nachweis)).is_ok(),
        || !black_box(BASE64_STANDARD.encode(&datei)).is_empty(),
    )?;
    let mb = gross.len() as f64 / 1e6;
    tabelle.ratio(
        "message with 5 MB, MB/s native",
        (mb / schreiben, "base64 alone"),
        mb / kodieren,
        None,
    );
    tabelle.note("message in WASM, MB/s", "not measured: no component writes a message alone");
    Ok(())
}

/// Seconds that one run of each takes; they alternate.
fn compare(one: impl Fn() -> bool, other: impl Fn() -> bool) -> Result<(f64, f64)> {
    let mut seconds = [0.0; 2];
    let mut runs = [0.0; 2];
    for _ in 0..3 {
        for (n, work) in [&one as &dyn Fn() -> bool, &other].into_iter().enumerate() {
            let start = Instant::now();
            while start.elapsed() < DAUER / 3 {
                anyhow::ensure!(black_box(work()), "a message cannot be written or read");
                runs[n] += 1.0;
            }
            seconds[n] += start.elapsed().as_secs_f64();
        }
    }
    Ok((seconds[0] / runs[0], seconds[1] / runs[1]))
}
