//! What becomes of an application at its acceptance: the PDF that shows it, and the message to the
//! Fachverfahren. Both are frozen with it.

mod bild;
mod dokument;

use ablage::{AblageError, Anlage, NeueNachricht, Zeitpunkt, zufall};
use base64::prelude::*;
use shared::{
    angaben::Antrag,
    befund::Befund,
    formular::Formular,
    nachricht::{self, Anlagen, Folge, Kopf, NachrichtError},
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
    pub dateien: &'a [Anlage],
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
    /// See there.
    #[error(transparent)]
    Ablage(#[from] AblageError),
    /// A picture that was taken cannot be put into a PDF.
    #[error("the picture {0} cannot be put into a PDF")]
    Bild(String),
}

/// The message, in which the contents of the files are missing, and the PDF.
pub struct Ausfertigung {
    nachricht: Vec<u8>,
    /// What stands in place of each file.
    luecken: Vec<[u8; LUECKE]>,
    zusammenfassung: Vec<u8>,
}

/// Bytes in place of a file. A multiple of three, so that base64 of them needs no padding.
const LUECKE: usize = 24;

/// Writes both, but the files into the message: together they may be larger than the memory of a
/// component.
///
/// # Errors
/// [`AusfertigungError`], which is ours or the operator's to mend.
pub fn write(auftrag: &Auftrag<'_>) -> Result<Ausfertigung, AusfertigungError> {
    let releases = shared::antraege::nachrichten(auftrag.formular);
    let fassungen = &auftrag.konfiguration.fassungen;
    let vorlage = fassungen
        .choose(&releases, auftrag.stichtag)
        .ok_or(AusfertigungError::OhneNachricht(auftrag.formular.id))?;
    let zusammenfassung = druck::write(&dokument::dokument(auftrag))?;
    let luecken = luecken(auftrag.dateien)?;
    let nachweise: Vec<nachricht::Anlage<'_>> = auftrag
        .dateien
        .iter()
        .zip(&luecken)
        .map(|(datei, luecke)| nachricht::Anlage {
            typ: &datei.typ,
            bezeichnung: auftrag
                .formular
                .nachweisart(&datei.typ)
                .map_or("Nachweis", |art| art.name),
            // A PNG travels as a PDF.
            medientyp: nachricht::Medientyp::from_mime(&datei.medientyp)
                .unwrap_or(nachricht::Medientyp::Pdf),
            inhalt: luecke,
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
    let anlagen = Anlagen { zusammenfassung: &zusammenfassung, nachweise: &nachweise };
    let nachricht = nachricht::write(vorlage, auftrag.antrag, &kopf, &anlagen)?;
    Ok(Ausfertigung { nachricht, luecken, zusammenfassung })
}

impl Ausfertigung {
    /// Both as they are stored. Each file is read when its place in the message is reached, so one
    /// of them is in memory at a time.
    ///
    /// # Errors
    /// If a file cannot be read or put into a PDF.
    pub async fn fill(
        self,
        uuid: &str,
        dateien: &[Anlage],
        read: impl AsyncFn(&Anlage) -> Result<Vec<u8>, AblageError>,
    ) -> Result<Vec<NeueNachricht>, AusfertigungError> {
        let nachricht = fill(&self.nachricht, &self.luecken, dateien, read).await?;
        let neue = |art: &str, uuid: String, medientyp: &str, inhalt| NeueNachricht {
            art: art.to_owned(),
            uuid,
            medientyp: medientyp.to_owned(),
            inhalt,
        };
        // Told apart from the message, and still the same for the same message.
        let pdf_uuid = format!("{uuid}-{ZUSAMMENFASSUNG}");
        Ok(vec![
            neue(NACHRICHT, uuid.to_owned(), "application/xml", nachricht),
            neue(ZUSAMMENFASSUNG, pdf_uuid, "application/pdf", self.zusammenfassung),
        ])
    }
}

/// What is sent after an application: a message in which the contents of the files are missing.
pub struct Folgeausfertigung {
    nachricht: Vec<u8>,
    luecken: Vec<[u8; LUECKE]>,
}

/// Writes an answer or a withdrawal, but the files into it.
///
/// # Errors
/// [`AusfertigungError::Nachricht`] if the text has a character that no message can carry.
pub fn write_folge(
    vorlage: &nachricht::Nachricht,
    folge: &Folge<'_>,
    kopf: &Kopf<'_>,
    dateien: &[Anlage],
) -> Result<Folgeausfertigung, AusfertigungError> {
    let luecken = luecken(dateien)?;
    let namen: Vec<String> = dateien.iter().map(dateiname).collect();
    let dateien = dateien.iter().zip(&luecken).zip(&namen);
    let nachweise: Vec<nachricht::Anlage<'_>> = dateien
        .map(|((datei, luecke), name)| nachricht::Anlage {
            typ: &datei.typ,
            bezeichnung: name,
            medientyp: nachricht::Medientyp::from_mime(&datei.medientyp)
                .unwrap_or(nachricht::Medientyp::Pdf),
            inhalt: luecke,
        })
        .collect();
    let anlagen = Anlagen { zusammenfassung: b"", nachweise: &nachweise };
    let nachricht = nachricht::write_folge(vorlage, folge, kopf, &anlagen)?;
    Ok(Folgeausfertigung { nachricht, luecken })
}

impl Folgeausfertigung {
    /// The message as it is stored.
    ///
    /// # Errors
    /// If a file cannot be read or put into a PDF.
    pub async fn fill(
        self,
        dateien: &[Anlage],
        read: impl AsyncFn(&Anlage) -> Result<Vec<u8>, AblageError>,
    ) -> Result<Vec<u8>, AusfertigungError> {
        fill(&self.nachricht, &self.luecken, dateien, read).await
    }
}

/// The name of a file in a message: that of a picture which becomes a PDF says so.
fn dateiname(datei: &Anlage) -> String {
    match nachricht::Medientyp::from_mime(&datei.medientyp) {
        Some(_) => datei.name.clone(),
        None => format!("{}.pdf", datei.name),
    }
}

fn luecken(dateien: &[Anlage]) -> Result<Vec<[u8; LUECKE]>, AblageError> {
    dateien.iter().map(|_| zufall::bytes()).collect()
}

/// Puts the files into the places that were left for them.
async fn fill(
    vorlage: &[u8],
    luecken: &[[u8; LUECKE]],
    dateien: &[Anlage],
    read: impl AsyncFn(&Anlage) -> Result<Vec<u8>, AblageError>,
) -> Result<Vec<u8>, AusfertigungError> {
    let mut stellen: Vec<(usize, &Anlage)> = Vec::new();
    for (luecke, datei) in luecken.iter().zip(dateien) {
        let luecke = BASE64_STANDARD.encode(luecke);
        let gefunden = memchr::memmem::find_iter(vorlage, luecke.as_bytes());
        stellen.extend(gefunden.map(|stelle| (stelle, datei)));
    }
    stellen.sort_by_key(|(stelle, _)| *stelle);
    let laenge: u64 = stellen.iter().map(|(_, datei)| base64_laenge(datei.groesse)).sum();
    let laenge = usize::try_from(laenge).unwrap_or_default() + vorlage.len();
    let mut nachricht = Vec::with_capacity(laenge + NeueNachricht::ZUSATZ);
    let mut geschrieben = 0;
    for (stelle, datei) in stellen {
        nachricht.extend(&vorlage[geschrieben..stelle]);
        geschrieben = stelle + 4 * LUECKE / 3;
        let inhalt = transport(datei, read(datei).await?)?;
        let anfang = nachricht.len();
        nachricht.resize(anfang + inhalt.len().div_ceil(3) * 4, 0);
        BASE64_STANDARD
            .encode_slice(&inhalt, &mut nachricht[anfang..])
            .expect("the place is as long as base64 of the file");
    }
    nachricht.extend(&vorlage[geschrieben..]);
    Ok(nachricht)
}

/// A file as messages carry it: a PNG becomes a page of a PDF, point by point the same.
fn transport(datei: &Anlage, inhalt: Vec<u8>) -> Result<Vec<u8>, AusfertigungError> {
    match nachricht::Medientyp::from_mime(&datei.medientyp) {
        Some(_) => Ok(inhalt),
        None => pdf_from_png(&inhalt).ok_or_else(|| AusfertigungError::Bild(datei.id.clone())),
    }
}

/// With padding.
fn base64_laenge(bytes: u64) -> u64 {
    bytes.div_ceil(3) * 4
}
