//! What becomes of an application at its acceptance: the PDF that shows it, and the message to the
//! Fachverfahren. Both are frozen with it.

mod bild;
mod dokument;

use std::borrow::Cow;

use ablage::{Anlage, NeueNachricht, Zeitpunkt};
use shared::{
    angaben::Antrag,
    befund::Befund,
    formular::{Formular, Inhalt},
    nachricht::{self, Anlagen, Kopf, NachrichtError},
    vorgangsnummer::Vorgangsnummer,
    werte::Datum,
};

use crate::Konfiguration;

pub use bild::pdf_from_png;

/// Name of the message among the messages of a Vorgang.
pub const NACHRICHT: &str = "nachricht";
/// Name of the PDF among the messages of a Vorgang.
pub const ZUSAMMENFASSUNG: &str = "zusammenfassung";

/// What is written from.
pub struct Auftrag<'a> {
    /// The form that was filled in.
    pub formular: &'static Formular,
    /// The answers.
    pub antrag: &'a Antrag,
    /// The findings that travel along.
    pub hinweise: &'a [Befund],
    /// The files, in the order of the answers.
    pub dateien: &'a [Datei],
    /// The Behörde, and whether it can answer.
    pub konfiguration: &'a Konfiguration,
    /// Its number.
    pub nummer: &'a Vorgangsnummer,
    /// The identity of the message.
    pub uuid: &'a str,
    /// As on the receipt.
    pub pruefsumme: &'a [u8; 32],
    /// The day of sending in Germany.
    pub stichtag: Datum,
    /// The time of receipt.
    pub jetzt: Zeitpunkt,
}

/// A file with its contents.
pub struct Datei {
    /// What is known of it.
    pub anlage: Anlage,
    /// Its bytes.
    pub inhalt: Vec<u8>,
}

/// Why something could not be written. Names paths and elements, no answers.
#[derive(Debug, thiserror::Error)]
pub enum AusfertigungError {
    /// The form has no message.
    #[error("the form `{0}` has no message")]
    OhneNachricht(&'static str),
    /// See there.
    #[error(transparent)]
    Druck(#[from] druck::DruckError),
    /// See there.
    #[error(transparent)]
    Nachricht(#[from] NachrichtError),
    /// A picture that was taken cannot be put into a PDF.
    #[error("the picture {0} cannot be put into a PDF")]
    Bild(String),
}

/// The PDF and the message.
///
/// # Errors
/// [`AusfertigungError`], which is ours or the operator's to mend.
pub fn write(auftrag: &Auftrag<'_>) -> Result<Vec<NeueNachricht>, AusfertigungError> {
    let vorlage = shared::antraege::nachricht(auftrag.formular)
        .ok_or(AusfertigungError::OhneNachricht(auftrag.formular.id))?;
    let pdf = druck::write(&dokument::dokument(auftrag))?;
    let inhalte = auftrag.dateien.iter().map(transport).collect::<Result<Vec<_>, _>>()?;
    let nachweise: Vec<nachricht::Anlage<'_>> = auftrag
        .dateien
        .iter()
        .zip(&inhalte)
        .map(|(datei, (medientyp, inhalt))| nachricht::Anlage {
            typ: &datei.anlage.typ,
            bezeichnung: bezeichnung(auftrag.formular, &datei.anlage.typ),
            medientyp: *medientyp,
            inhalt,
        })
        .collect();
    let kopf = Kopf {
        nachrichten_uuid: auftrag.uuid,
        erstellungszeitpunkt: &auftrag.jetzt.to_string(),
        stichtag: auftrag.stichtag,
        antragsidentifikation: &auftrag.nummer.to_string(),
        rueckkanal_vorhanden: auftrag.konfiguration.rueckkanal,
        behoerde: &auftrag.konfiguration.behoerde,
        produktversion: env!("CARGO_PKG_VERSION"),
        test: None,
    };
    let anlagen = Anlagen { zusammenfassung: &pdf, nachweise: &nachweise };
    let xml = nachricht::write(vorlage, auftrag.antrag, &kopf, &anlagen)?;
    Ok(vec![
        NeueNachricht {
            art: NACHRICHT.to_owned(),
            uuid: auftrag.uuid.to_owned(),
            medientyp: "application/xml".to_owned(),
            inhalt: xml,
        },
        NeueNachricht {
            art: ZUSAMMENFASSUNG.to_owned(),
            // Told apart from the message, and still the same for the same message.
            uuid: format!("{}-{ZUSAMMENFASSUNG}", auftrag.uuid),
            medientyp: "application/pdf".to_owned(),
            inhalt: pdf,
        },
    ])
}

/// A file as messages carry it: a PNG becomes a page of a PDF, point by point the same.
fn transport(datei: &Datei) -> Result<(nachricht::Medientyp, Cow<'_, [u8]>), AusfertigungError> {
    match nachricht::Medientyp::from_mime(&datei.anlage.medientyp) {
        Some(medientyp) => Ok((medientyp, Cow::Borrowed(&datei.inhalt))),
        None => match pdf_from_png(&datei.inhalt) {
            Some(pdf) => Ok((nachricht::Medientyp::Pdf, Cow::Owned(pdf))),
            None => Err(AusfertigungError::Bild(datei.anlage.id.clone())),
        },
    }
}

/// What a kind of proof is called.
pub(crate) fn bezeichnung(formular: &Formular, typ: &str) -> &'static str {
    let mut gefunden = None;
    formular.for_each_inhalt(|_, inhalt| {
        if let Inhalt::Nachweise(nachweise) = inhalt {
            gefunden = gefunden.or(nachweise.arten.iter().find(|art| art.typ == typ));
        }
    });
    gefunden.map_or("Nachweis", |art| art.name)
}
