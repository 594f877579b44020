//! Requests and answers, as far as the core needs them.

use std::net::IpAddr;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;

/// A request whose body has arrived.
#[derive(Clone, Copy)]
pub struct Anfrage<'a> {
    /// In capitals: `GET`.
    pub methode: &'a str,
    /// `http` or `https`.
    pub schema: &'a str,
    /// Host with port, as the browser named it.
    pub host: &'a str,
    /// Without the query.
    pub pfad: &'a str,
    /// Without the question mark.
    pub query: &'a str,
    /// Names in small letters. Values that are not text are left out.
    pub header: &'a [(String, String)],
    /// The body; `None` if it is larger than [`crate::KOERPER_MAX`].
    pub koerper: Option<&'a [u8]>,
}

impl<'a> Anfrage<'a> {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.header.iter().find(|(vorhanden, _)| vorhanden == name).map(|(_, wert)| wert.as_str())
    }

    /// The first cookie of this name.
    pub(crate) fn cookie(&self, name: &str) -> Option<&'a str> {
        let header = self.header.iter().filter(|(vorhanden, _)| vorhanden == "cookie");
        let mut cookies = header.flat_map(|(_, wert)| wert.split(';'));
        cookies.find_map(|cookie| {
            let (vorhanden, wert) = cookie.trim().split_once('=')?;
            (vorhanden == name).then_some(wert)
        })
    }

    /// Whether it comes from this very machine without TLS: not every browser keeps a `Secure`
    /// cookie then, and nobody can listen.
    pub(crate) fn is_local_http(&self) -> bool {
        let is_https = self.schema.eq_ignore_ascii_case("https")
            || self.header("x-forwarded-proto").is_some_and(|it| it.eq_ignore_ascii_case("https"));
        !is_https && is_loopback(self.host)
    }

    /// Reads the body as a JSON object of exactly these fields.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let koerper = self.koerper.ok_or(Problem::ZuGross)?;
        let medientyp = self.header("content-type").unwrap_or_default();
        let medientyp = medientyp.split(';').next().unwrap_or_default().trim();
        if !medientyp.eq_ignore_ascii_case("application/json") {
            return Err(Problem::Medientyp);
        }
        // serde would take the fields in their order, without names.
        if koerper.trim_ascii_start().starts_with(b"[") {
            return Err(Problem::Form);
        }
        serde_json::from_slice(koerper).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => Problem::Form,
            _ => Problem::KeinJson { zeile: error.line(), spalte: error.column() },
        })
    }

    /// Refuses a body where none belongs; an empty object is none.
    pub(crate) fn check_empty(&self) -> Result<(), Problem> {
        match self.koerper.ok_or(Problem::ZuGross)?.trim_ascii() {
            b"" | b"{}" => Ok(()),
            _ => Err(Problem::Form),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ipv6, _)) => ipv6,
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse().is_ok_and(|adresse: IpAddr| adresse.is_loopback())
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwort {
    /// The HTTP status.
    pub status: u16,
    /// Names in small letters.
    pub header: Vec<(&'static str, String)>,
    /// The body.
    pub inhalt: Vec<u8>,
}

impl Antwort {
    pub(crate) fn json(status: u16, inhalt: &Value) -> Antwort {
        Antwort::new(status, "application/json", inhalt.to_string().into_bytes())
    }

    pub(crate) fn new(status: u16, medientyp: &str, inhalt: Vec<u8>) -> Antwort {
        Antwort { status, header: vec![("content-type", medientyp.to_owned())], inhalt }
    }

    pub(crate) fn leer(status: u16) -> Antwort {
        Antwort { status, header: Vec::new(), inhalt: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, wert: impl Into<String>) -> Antwort {
        self.header.push((name, wert.into()));
        self
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header.iter().find(|(vorhanden, _)| *vorhanden == name).map(|(_, wert)| wert.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anfrage<'a>(schema: &'a str, host: &'a str, header: &'a [(String, String)]) -> Anfrage<'a> {
        Anfrage { methode: "GET", schema, host, pfad: "/", query: "", header, koerper: None }
    }

    #[test]
    fn only_this_very_machine_needs_no_tls() {
        for (schema, host, expect) in [
            ("http", "127.0.0.1:3000", true),
            ("http", "localhost", true),
            ("http", "[::1]:3000", true),
            ("https", "localhost", false),
            ("http", "portal.example", false),
            ("http", "127.0.0.1.portal.example", false),
            ("http", "localhost.portal.example:3000", false),
            ("http", "10.0.0.1", false),
            ("http", "", false),
        ] {
            assert_eq!(anfrage(schema, host, &[]).is_local_http(), expect, "{schema} {host}");
        }
        let proxy = [("x-forwarded-proto".to_owned(), "https".to_owned())];
        assert!(!anfrage("http", "localhost", &proxy).is_local_http());
    }

    #[test]
    fn cookies_are_told_apart() {
        let header = [
            ("cookie".to_owned(), "a=1; sitzung=x=y;b".to_owned()),
            ("cookie".to_owned(), "__Host-sitzung=z".to_owned()),
        ];
        let anfrage = anfrage("http", "localhost", &header);
        assert_eq!(anfrage.cookie("sitzung"), Some("x=y"));
        assert_eq!(anfrage.cookie("__Host-sitzung"), Some("z"));
        assert_eq!(anfrage.cookie("b"), None);
        assert_eq!(anfrage.cookie("zung"), None);
    }
}
