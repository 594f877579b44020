//! Writing the message of case V2: the very same code for the bench (natively) and, as a component,
//! for the host that the bench starts. It is no part of the product.

#[cfg(target_arch = "wasm32")]
mod spin;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;
use shared::{
    angaben::Antrag,
    antraege,
    behoerde::Behoerde,
    formular::{Einstellungen, Kontext},
    nachricht::{Anlage, Anlagen, Kopf, Medientyp, Nachricht, write},
    werte::Datum,
};

/// The case files.
const FAELLE: &str = include_str!("../../../faelle/cases.json");
/// The settings of the demo, for the Behörde in them.
const DEMO: &str = include_str!("../../../../xtask/demo/musterstadt.json");
/// The day of the case files.
const STICHTAG: Datum = Datum::new(2026, 11, 23);
/// Bytes of the file that travels along, if one does.
pub const DATEI: usize = 5_000_000;
/// Bytes of the PDF that always does.
const PDF: usize = 20_000;

/// The answers of case V2 of the Verpflichtungserklärung, as they are written down.
pub fn fall() -> Result<Value> {
    let mut faelle: Value = serde_json::from_str(FAELLE)?;
    let valid = faelle["verpflichtungserklaerung"]["valid"].as_array_mut();
    let fall = valid.and_then(|faelle| faelle.iter_mut().find(|fall| fall["id"] == "V2"));
    Ok(fall.context("there is no case V2")?["daten"].take())
}

/// The Behörde of the demo, as it stands in the settings.
pub fn behoerde() -> Result<Value> {
    let mut demo: Value = serde_json::from_str(DEMO)?;
    Ok(demo["behoerde"].take())
}

/// All that a message is made of.
pub struct Schreibauftrag {
    vorlage: &'static Nachricht,
    antrag: Antrag,
    behoerde: Behoerde,
    /// Of [`DATEI`] bytes.
    pub datei: Vec<u8>,
}

/// What a while of writing has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lauf {
    /// Bytes of all messages.
    pub bytes: f64,
    /// Seconds that it took.
    pub sekunden: f64,
}

impl Schreibauftrag {
    /// Reads the case and makes up a file.
    ///
    /// # Errors
    /// If case V2 is not a valid Verpflichtungserklärung.
    pub fn new() -> Result<Schreibauftrag> {
        let formular = antraege::find("verpflichtungserklaerung")
            .context("there is no Verpflichtungserklärung")?;
        let angaben = formular.import(&fall()?).map_err(|_| anyhow!("case V2 has no answers"))?;
        let einstellungen =
            Einstellungen { bedarfsprofil: None, eid: true, ..Einstellungen::default() };
        let kontext = Kontext { stichtag: STICHTAG, einstellungen: &einstellungen };
        let (antrag, _) =
            formular.parse(&angaben, kontext).map_err(|_| anyhow!("case V2 is not valid"))?;
        Ok(Schreibauftrag {
            vorlage: antraege::nachricht(formular).context("it has no message")?,
            antrag,
            behoerde: Behoerde::from_json(&behoerde()?)?,
            // Any bytes: base64 and XML do the same with all of them.
            datei: (0..DATEI as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
        })
    }

    /// The message, with its PDF alone or with the file.
    ///
    /// # Errors
    /// If the message cannot be written.
    pub fn write(&self, has_datei: bool) -> Result<Vec<u8>> {
        let kopf = Kopf {
            nachrichten_uuid: "5f2b7c1e-6a4d-4c3b-9e8f-0a1b2c3d4e5f",
            erstellungszeitpunkt: "2026-11-23T12:00:00.000Z",
            stichtag: STICHTAG,
            antragsidentifikation: "VE-2026-0001",
            rueckkanal_vorhanden: false,
            behoerde: &self.behoerde,
            produktversion: env!("CARGO_PKG_VERSION"),
            test: Some("Testnachricht"),
        };
        let nachweise = [Anlage {
            typ: "NV_LOHN",
            bezeichnung: "Gehaltsnachweise",
            medientyp: Medientyp::Pdf,
            inhalt: &self.datei,
        }];
        let nachweise = if has_datei { &nachweise[..] } else { &[] };
        let anlagen = Anlagen { zusammenfassung: &self.datei[..PDF], nachweise };
        Ok(write(self.vorlage, &self.antrag, &kopf, &anlagen)?)
    }

    /// Writes the message over and over, for `dauer` and at least once.
    ///
    /// # Errors
    /// If the message cannot be written.
    pub fn run(&self, has_datei: bool, dauer: Duration) -> Result<Lauf> {
        let mut bytes = 0.0;
        let start = Instant::now();
        while bytes == 0.0 || start.elapsed() < dauer {
            let nachricht = black_box(self.write(has_datei)?);
            ensure!(!nachricht.is_empty(), "the message is empty");
            bytes += nachricht.len() as f64;
        }
        Ok(Lauf { bytes, sekunden: start.elapsed().as_secs_f64() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_as_large_as_what_it_carries() {
        let auftrag = Schreibauftrag::new().unwrap();
        let (klein, gross) = (auftrag.write(false).unwrap(), auftrag.write(true).unwrap());
        assert!(PDF * 4 / 3 < klein.len() && klein.len() < 100_000);
        assert!(DATEI * 4 / 3 < gross.len() - klein.len());
        let lauf = auftrag.run(false, Duration::ZERO).unwrap();
        assert_eq!(lauf.bytes, klein.len() as f64);
        assert!(0.0 < lauf.sekunden);
    }
}
