//! Requests and answers, as far as the core needs them.

use std::borrow::Cow;

use serde_json::Value;

/// A request whose body has arrived.
#[derive(Clone, Copy)]
pub struct Anfrage<'a> {
    /// In capitals: `GET`.
    pub methode: &'a str,
    /// Without the query.
    pub pfad: &'a str,
    /// Without the question mark.
    pub query: &'a str,
    /// Names in small letters. Values that are not text are left out.
    pub header: &'a [(String, String)],
    /// The body; `None` if it is larger than [`crate::koerper_grenze`] allows.
    pub koerper: Option<&'a [u8]>,
}

impl<'a> Anfrage<'a> {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.header.iter().find(|(vorhanden, _)| vorhanden == name).map(|(_, wert)| wert.as_str())
    }

    /// The first parameter of this name in the query.
    pub fn parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(vorhanden, _)| vorhanden == name)
            .map(|(_, wert)| wert)
    }

    /// The media type of the body in small letters, without its parameters.
    pub fn medientyp(&self) -> Option<String> {
        let wert = self.header("content-type")?;
        Some(wert.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The token of `Authorization: Bearer …`.
    pub fn bearer(&self) -> Option<&'a str> {
        let (art, token) = self.header("authorization")?.split_once(' ')?;
        art.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwort {
    /// The HTTP status.
    pub status: u16,
    /// Names in small letters. Those that every answer has are added by [`crate::handle`].
    pub header: Vec<(&'static str, String)>,
    /// The body.
    pub inhalt: Vec<u8>,
}

impl Antwort {
    /// JSON.
    pub fn json(status: u16, inhalt: &Value) -> Antwort {
        Antwort::new(status, "application/json", inhalt.to_string().into_bytes())
    }

    /// Any content.
    pub fn new(status: u16, medientyp: &str, inhalt: Vec<u8>) -> Antwort {
        Antwort { status, header: vec![("content-type", medientyp.to_owned())], inhalt }
    }

    /// No content.
    pub fn leer() -> Antwort {
        Antwort { status: 204, header: Vec::new(), inhalt: Vec::new() }
    }

    /// With one header more.
    pub fn with(mut self, name: &'static str, wert: impl Into<String>) -> Antwort {
        self.header.push((name, wert.into()));
        self
    }
}
