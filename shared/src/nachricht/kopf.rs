//! What a message carries besides the answers: who writes to whom, when, and which files.

use crate::{behoerde::Behoerde, werte::Datum};

/// Header of one message. A message that is sent again keeps all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kopf<'a> {
    /// Lower case, with hyphens.
    pub nachrichten_uuid: &'a str,
    /// `xs:dateTime` with milliseconds and time zone: `2026-11-22T10:15:30.123+01:00`
    pub erstellungszeitpunkt: &'a str,
    /// Day of sending in Germany.
    pub stichtag: Datum,
    /// Our number of the application.
    pub antragsidentifikation: &'a str,
    /// Whether answers to this message can be received.
    pub rueckkanal_vorhanden: bool,
    /// Sender and reader.
    pub behoerde: &'a Behoerde,
    /// Version of the program that writes.
    pub produktversion: &'a str,
    /// Says that this is a test, and which; `None` in production.
    pub test: Option<&'a str>,
}

/// The files that travel in the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anlagen<'a> {
    /// The PDF of all answers and of what was explained to the applicant.
    pub zusammenfassung: &'a [u8],
    pub nachweise: &'a [Anlage<'a>],
}

/// A file as proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anlage<'a> {
    /// `NV_LOHN`
    pub typ: &'a str,
    /// What it is, in words: `Lohnabrechnungen`
    pub bezeichnung: &'a str,
    pub medientyp: Medientyp,
    pub inhalt: &'a [u8],
}

/// The types of files that a Fachverfahren takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medientyp {
    Pdf,
    Jpeg,
}

impl Medientyp {
    /// Reads `application/pdf` and `image/jpeg`.
    pub fn from_mime(mime: &str) -> Option<Medientyp> {
        match mime {
            "application/pdf" => Some(Medientyp::Pdf),
            "image/jpeg" => Some(Medientyp::Jpeg),
            _ => None,
        }
    }

    /// `application/pdf`, `image/jpeg`
    pub fn as_mime(self) -> &'static str {
        match self {
            Medientyp::Pdf => "application/pdf",
            Medientyp::Jpeg => "image/jpeg",
        }
    }

    /// Tells the type by the first bytes of a file.
    pub fn sniff(inhalt: &[u8]) -> Option<Medientyp> {
        match inhalt {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Medientyp::Pdf),
            [0xFF, 0xD8, 0xFF, ..] => Some(Medientyp::Jpeg),
            _ => None,
        }
    }
}
