//! Pages of PDF a second: an application as it is printed with each submit.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use druck::antrag::{Ausdruck, Datei, dokument};
use shared::{
    antraege,
    formular::{Einstellungen, Kontext},
    texte::Texte,
    werte::Datum,
};

use crate::tabelle::Tabelle;

const DAUER: Duration = Duration::from_secs(2);
const STICHTAG: Datum = Datum::new(2026, 11, 23);

/// Measures the PDF of case V2 with ten files. The first one reads the fonts.
pub fn measure(tabelle: &mut Tabelle) -> Result<()> {
    let formular = antraege::find("verpflichtungserklaerung")
        .context("there is no Verpflichtungserklärung")?;
    let angaben =
        formular.import(&bench_gast::fall()?).map_err(|_| anyhow!("case V2 has no answers"))?;
    let einstellungen =
        Einstellungen { bedarfsprofil: None, eid: true, ..Einstellungen::default() };
    let kontext = Kontext { stichtag: STICHTAG, einstellungen: &einstellungen };
    let (antrag, hinweise) =
        formular.parse(&angaben, kontext).map_err(|_| anyhow!("case V2 is not valid"))?;
    let dateien: Vec<Datei<'_>> = (0..10)
        .map(|n| Datei { typ: "NV_LOHN", name: "Lohn.pdf", groesse: n, sha256: [n as u8; 32] })
        .collect();
    let dokument = dokument(&Ausdruck {
        formular,
        antrag: &antrag,
        hinweise: &hinweise,
        texte: &Texte::deutsch(),
        dateien: &dateien,
        behoerde: "Stadt Musterstadt",
        nummer: "VE-2026-0001",
        kopf: vec![("Vorgangsnummer".to_owned(), "VE-2026-0001".to_owned())],
        stichtag: STICHTAG,
        erstellt: chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default(),
    });
    let start = Instant::now();
    let pdf = druck::write(&dokument)?;
    let erstes = start.elapsed();
    let seiten = String::from_utf8_lossy(&pdf).matches("/MediaBox").count().max(1);
    let start = Instant::now();
    let mut anzahl = 0_u32;
    while start.elapsed() < DAUER {
        black_box(druck::write(black_box(&dokument))?);
        anzahl += 1;
    }
    let eines = start.elapsed() / anzahl;
    let je_sekunde = seiten as f64 / eines.as_secs_f64();
    tabelle.absolute("PDF, pages/s (native)", je_sekunde, None);
    tabelle.ratio(
        "  one application, ms",
        (eines.as_secs_f64() * 1000.0, "the first, reads fonts"),
        erstes.as_secs_f64() * 1000.0,
        None,
    );
    Ok(())
}
