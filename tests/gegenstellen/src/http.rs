//! Requests and answers as values, so that the counterparts themselves know neither sockets nor async.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::{
    HeaderMap, Method, StatusCode,
    header::{AUTHORIZATION, HOST, HeaderName},
};
use sha2::{Digest, Sha256};

use crate::Anmeldung;

/// A request that was read to its end.
pub(crate) struct Anfrage {
    pub methode: Method,
    /// As sent, percent-encoded, without the query.
    pub pfad: String,
    /// Decoded as UTF-8.
    pub query: Vec<(String, String)>,
    pub kopf: HeaderMap,
    /// `None` if it was larger than the limit.
    pub inhalt: Option<Vec<u8>>,
}

impl Anfrage {
    /// A header's value if it is there and readable as text.
    pub fn header(&self, name: impl AsRef<str>) -> Option<&str> {
        self.kopf.get(name.as_ref()).and_then(|value| value.to_str().ok())
    }

    /// The first query parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What URLs in answers begin with, as the caller named us.
    pub fn base(&self) -> String {
        format!("http://{}", self.header(HOST).unwrap_or("localhost"))
    }

    /// Whether `anmeldung` lets this request in.
    pub fn is_authorised(&self, anmeldung: &Anmeldung) -> bool {
        let expected = match anmeldung {
            Anmeldung::Keine => return true,
            Anmeldung::Basic { benutzer, passwort } => {
                ("basic", STANDARD.encode(format!("{benutzer}:{passwort}")))
            }
            Anmeldung::Bearer(token) => ("bearer", token.clone()),
        };
        // The scheme is case-insensitive, RFC 9110 § 11.1.
        self.header(AUTHORIZATION).and_then(|value| value.split_once(' ')).is_some_and(
            |(scheme, rest)| scheme.eq_ignore_ascii_case(expected.0) && rest.trim() == expected.1,
        )
    }
}

/// An answer with its whole body.
#[derive(Clone, Debug)]
pub(crate) struct Antwort {
    pub status: StatusCode,
    pub kopf: Vec<(HeaderName, String)>,
    pub inhalt: Vec<u8>,
}

impl Antwort {
    pub fn new(status: StatusCode, medientyp: &str, inhalt: impl Into<Vec<u8>>) -> Antwort {
        Antwort {
            status,
            kopf: vec![(hyper::header::CONTENT_TYPE, medientyp.to_owned())],
            inhalt: inhalt.into(),
        }
    }

    pub fn json(status: StatusCode, value: &serde_json::Value) -> Antwort {
        Antwort::new(status, "application/json;charset=utf-8", value.to_string())
    }

    pub fn text(status: StatusCode, text: impl Into<String>) -> Antwort {
        Antwort::new(status, "text/plain;charset=utf-8", text.into())
    }

    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Antwort {
        self.kopf.push((name, value.into()));
        self
    }
}

/// Lower-case hex of the SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
