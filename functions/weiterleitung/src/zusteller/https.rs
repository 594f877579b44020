//! The HTTPS contract of a Fachverfahren: `POST` takes a message under its UUID, `GET …/{uuid}`
//! says what became of it.

use base64::prelude::*;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::Antwort,
    einstellungen::Fachverfahren,
    lauf::Welt,
    zusteller::{Aufruf, Lieferung, Zusteller},
};

/// Longest name of ours that a Fachverfahren may give a case, in characters.
const AKTENZEICHEN_MAX: usize = 200;

/// Delivers to a Fachverfahren.
pub(crate) struct Https<'a>(pub &'a Fachverfahren);

/// What the Fachverfahren says about a message. Fields that it has besides are its own.
#[derive(Default, Deserialize)]
struct Auskunft {
    uuid: Option<String>,
    sha256: Option<String>,
    aktenzeichen: Option<String>,
}

/// Whether a message is there.
enum Befragung {
    Da(Option<String>),
    NichtDa,
}

impl Zusteller for Https<'_> {
    async fn deliver<W: Welt>(&self, mut lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch> {
        let (nachricht, inhalt) =
            lieferung.ablage.nachricht(&lieferung.pacht.vorgang, lieferung.name()).await?;
        if lieferung.is_unklar {
            if let Befragung::Da(id) = self.ask(&lieferung, &nachricht.sha256).await? {
                return Ok(Ausgang::Zugestellt(id));
            }
            lieferung.is_unklar = false;
        }
        let digest = BASE64_STANDARD.encode(Sha256::digest(&inhalt));
        let aufruf = Aufruf::post(self.0.url.clone(), nachricht.medientyp, inhalt)
            .with("idempotency-key", lieferung.pacht.uuid.clone())
            .with("content-digest", format!("sha-256=:{digest}:"));
        let antwort = lieferung.call(aufruf, self.0.anmeldung.as_deref()).await?;
        let jetzt = lieferung.jetzt();
        let grund = || Grund::of(&antwort, jetzt);
        match Klasse::of(antwort.status) {
            // A proxy's login page is no receipt.
            Klasse::Erfolg if antwort.inhalt.is_empty() => Ok(Ausgang::Zugestellt(None)),
            klasse @ (Klasse::Erfolg | Klasse::Konflikt) => match Auskunft::read(&antwort) {
                Some(auskunft) if klasse == Klasse::Erfolg || auskunft.aktenzeichen.is_some() => {
                    Ok(Ausgang::Zugestellt(auskunft.aktenzeichen))
                }
                // Before anything is called delivered that may not be there: ask.
                _ => {
                    lieferung.is_unklar = true;
                    match self.ask(&lieferung, &nachricht.sha256).await? {
                        Befragung::Da(id) => Ok(Ausgang::Zugestellt(id)),
                        Befragung::NichtDa => Ok(Ausgang::Unklar(Grund {
                            code: match klasse {
                                Klasse::Erfolg => "antwort-unlesbar",
                                _ => "widerspruch",
                            }
                            .to_owned(),
                            ..grund()
                        })),
                    }
                }
            },
            Klasse::Spaeter => Ok(Ausgang::Verschoben(grund())),
            Klasse::Unklar => Ok(Ausgang::Unklar(grund())),
            Klasse::Betreiber => Ok(Ausgang::Betreiber(grund())),
            Klasse::Abgelehnt => Ok(Ausgang::Abgelehnt(grund())),
        }
    }
}

impl Https<'_> {
    /// Asks whether the message is there. Everything but a clear answer ends the attempt.
    async fn ask<W: Welt>(
        &self,
        lieferung: &Lieferung<'_, W>,
        sha256: &[u8; 32],
    ) -> Result<Befragung, Abbruch> {
        let aufruf = Aufruf::get(format!("{}/{}", self.0.url, lieferung.pacht.uuid));
        let antwort = lieferung.call(aufruf, self.0.anmeldung.as_deref()).await?;
        let grund = || Grund::of(&antwort, lieferung.jetzt());
        match (antwort.status, Auskunft::read(&antwort)) {
            (200, Some(auskunft)) if auskunft.is_about(&lieferung.pacht.uuid) => {
                match auskunft.sha256 {
                    Some(dort) if !dort.eq_ignore_ascii_case(&hex(sha256)) => {
                        Err(Ausgang::Abgelehnt(Grund { code: "anderer-inhalt".into(), ..grund() })
                            .into())
                    }
                    _ => Ok(Befragung::Da(auskunft.aktenzeichen)),
                }
            }
            (200..=299, _) => {
                Err(Ausgang::Unklar(Grund { code: "antwort-unlesbar".into(), ..grund() }).into())
            }
            (404, _) => Ok(Befragung::NichtDa),
            (status, _) => Err(match Klasse::of(status) {
                Klasse::Betreiber => Ausgang::Betreiber(grund()),
                _ => Ausgang::Unklar(grund()),
            }
            .into()),
        }
    }
}

impl Auskunft {
    /// `None` if it is not a JSON object.
    fn read(antwort: &Antwort) -> Option<Auskunft> {
        let mut auskunft: Auskunft = serde_json::from_slice(&antwort.inhalt).ok()?;
        let kurz = |text: String| text.trim().chars().take(AKTENZEICHEN_MAX).collect::<String>();
        auskunft.aktenzeichen = auskunft.aktenzeichen.map(kurz).filter(|text| !text.is_empty());
        Some(auskunft)
    }

    fn is_about(&self, uuid: &str) -> bool {
        match &self.uuid {
            Some(dort) => dort.eq_ignore_ascii_case(uuid),
            None => self.aktenzeichen.is_some(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
