//! The port to the partners: one HTTP request out, one answer in.

use std::{
    fmt,
    time::{Duration, UNIX_EPOCH},
};

use ablage::Zeitpunkt;

/// So much of an answer is read; what follows is dropped.
pub const ANTWORT_MAX: usize = 1 << 20;

/// So much of a partner's text is kept, in bytes.
const TEXT_MAX: usize = 8 << 10;

/// Whoever sends HTTP requests. Redirects are not followed.
pub trait Client {
    /// Sends a request and reads up to [`ANTWORT_MAX`] bytes of the answer, all within its `frist`.
    ///
    /// # Errors
    /// [`Sendefehler`] says whether the partner may have got the request.
    fn send(&self, anfrage: Anfrage) -> impl Future<Output = Result<Antwort, Sendefehler>>;
}

/// A request to a partner. It has no Debug output: nearly all of it is secret.
pub struct Anfrage {
    /// What is to be done.
    pub methode: Methode,
    /// Absolute.
    pub url: String,
    /// Names in lower case.
    pub header: Vec<(&'static str, String)>,
    /// Empty where nothing is written.
    pub inhalt: Vec<u8>,
    /// How long it may take until the answer is there.
    pub frist: Duration,
}

/// The methods that partners are asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Methode {
    /// Reads.
    Get,
    /// Reads the header of what GET would answer.
    Head,
    /// Asks what is possible there.
    Options,
    /// Writes.
    Post,
    /// Writes what has this very name, and may do so again.
    Put,
    /// Gives it another name (RFC 4918 § 9.9).
    Move,
}

impl Methode {
    /// As on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Methode::Get => "GET",
            Methode::Head => "HEAD",
            Methode::Options => "OPTIONS",
            Methode::Post => "POST",
            Methode::Put => "PUT",
            Methode::Move => "MOVE",
        }
    }
}

/// The answer of a partner.
pub struct Antwort {
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub header: Vec<(String, String)>,
    /// Perhaps cut off.
    pub inhalt: Vec<u8>,
}

impl fmt::Debug for Antwort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Antwort").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Antwort {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut header = self.header.iter();
        header.find(|(own, _)| own == name).map(|(_, wert)| wert.as_str())
    }

    /// What the partner says, word for word, for the caseworker. `None` if that is nothing.
    pub(crate) fn text(&self) -> Option<String> {
        let medientyp = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let is_latin = medientyp.contains("iso-8859-1") || medientyp.contains("windows-1252");
        let text: String = match std::str::from_utf8(&self.inhalt) {
            Err(_) if is_latin => self.inhalt.iter().copied().map(char::from).collect(),
            _ => String::from_utf8_lossy(&self.inhalt).into_owned(),
        };
        bounded(&text)
    }

    /// How long the partner asks to be left alone (RFC 9110 § 10.2.3).
    pub(crate) fn retry_after(&self, jetzt: Zeitpunkt) -> Option<Duration> {
        let wert = self.header("retry-after")?.trim();
        if let Ok(sekunden) = wert.parse() {
            return Some(Duration::from_secs(sekunden));
        }
        let bis = httpdate::parse_http_date(wert).ok()?.duration_since(UNIX_EPOCH).ok()?;
        let jetzt = Duration::from_millis(jetzt.millis().try_into().ok()?);
        Some(bis.saturating_sub(jetzt))
    }
}

/// A text without blanks around it and not too long to be kept.
pub(crate) fn bounded(text: &str) -> Option<String> {
    let text = text.trim();
    let mut ende = text.len().min(TEXT_MAX);
    while !text.is_char_boundary(ende) {
        ende -= 1;
    }
    // SQLite and browsers would stop at it.
    let text = text[..ende].replace('\0', "\u{FFFD}");
    (!text.is_empty()).then_some(text)
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Sendefehler {
    /// The name of the partner leads to no address.
    #[error("the name of the partner is not known")]
    NameUnbekannt,
    /// There was no connection: the partner surely has not got the request.
    #[error("the partner cannot be reached")]
    NichtErreicht,
    /// TLS did not come about: the certificate of one side is not what the other trusts.
    #[error("no secure connection came about")]
    Zertifikat,
    /// The host does not let this component connect there.
    #[error("the connection is not allowed")]
    NichtErlaubt,
    /// The answer did not come in time.
    #[error("the partner did not answer in time")]
    Zeitablauf,
    /// The connection broke before the answer was there.
    #[error("the answer was lost")]
    Verloren,
}

impl Sendefehler {
    const ALLE: [Sendefehler; 6] = [
        Sendefehler::NameUnbekannt,
        Sendefehler::NichtErreicht,
        Sendefehler::Zertifikat,
        Sendefehler::NichtErlaubt,
        Sendefehler::Zeitablauf,
        Sendefehler::Verloren,
    ];

    /// The code in the store and in the log.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Sendefehler::NameUnbekannt => "name-unbekannt",
            Sendefehler::NichtErreicht => "nicht-erreichbar",
            Sendefehler::Zertifikat => "zertifikat",
            Sendefehler::NichtErlaubt => "nicht-erlaubt",
            Sendefehler::Zeitablauf => "zeitablauf",
            Sendefehler::Verloren => "antwort-verloren",
        }
    }

    /// Reads the code.
    pub(crate) fn of_code(code: &str) -> Option<Sendefehler> {
        Sendefehler::ALLE.into_iter().find(|fehler| fehler.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn antwort(header: &[(&str, &str)], inhalt: &[u8]) -> Antwort {
        let header = header.iter().map(|(name, wert)| ((*name).to_owned(), (*wert).to_owned()));
        Antwort { status: 400, header: header.collect(), inhalt: inhalt.to_vec() }
    }

    #[test]
    fn the_partners_words_stay_as_they_are() {
        let utf8 = [("content-type", "text/plain;charset=utf-8")];
        let latin = [("content-type", "text/plain;charset=ISO-8859-1")];
        assert_eq!(antwort(&utf8, "Größe\n fehlt ".as_bytes()).text().unwrap(), "Größe\n fehlt");
        assert_eq!(antwort(&latin, b"Gr\xf6\xdfe").text().unwrap(), "Größe");
        assert_eq!(antwort(&[], b"Gr\xf6\0").text().unwrap(), "Gr\u{FFFD}\u{FFFD}");
        assert_eq!(antwort(&[], b" \n").text(), None);
        let lang = "ä".repeat(TEXT_MAX);
        assert_eq!(antwort(&[], lang.as_bytes()).text().unwrap().len(), TEXT_MAX);
    }

    #[test]
    fn a_pause_is_told_in_seconds_or_as_a_date() {
        let jetzt = Zeitpunkt::from_millis(784_111_777_000);
        for (wert, sekunden) in [
            ("120", Some(120)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("-1", None),
            ("bald", None),
        ] {
            let pause = antwort(&[("retry-after", wert)], b"").retry_after(jetzt);
            assert_eq!(pause, sekunden.map(Duration::from_secs), "{wert}");
        }
    }
}
