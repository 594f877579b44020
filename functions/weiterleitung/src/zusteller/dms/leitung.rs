//! The line to a DMS: requests with what all have in common, and what their failures mean.

use std::{cell::Cell, time::Duration};

use ablage::Zeitpunkt;
use http::Uri;

use crate::{
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::Antwort,
    lauf::Welt,
    zusteller::{Aufruf, send},
};

/// A line for the time of one delivery.
pub(super) struct Leitung<'a, W: Welt> {
    welt: &'a W,
    anmeldung: Option<&'a str>,
    ende: Zeitpunkt,
    /// An earlier attempt may have changed something, and nobody has asked yet.
    is_unklar: Cell<bool>,
}

impl<'a, W: Welt> Leitung<'a, W> {
    pub fn new(
        welt: &'a W,
        anmeldung: Option<&'a str>,
        ende: Zeitpunkt,
        is_unklar: bool,
    ) -> Leitung<'a, W> {
        Leitung { welt, anmeldung, ende, is_unklar: Cell::new(is_unklar) }
    }

    /// Sends a request. One that writes and gets no answer is unclear; so is what was unclear
    /// before and could not be asked.
    pub async fn call(&self, aufruf: Aufruf) -> Result<Antwort, Abbruch> {
        let millis = self.ende.millis() - self.welt.jetzt().millis();
        let rest = Duration::from_millis(millis.try_into().unwrap_or(0));
        let antwort = send(self.welt, rest, aufruf, self.anmeldung).await;
        antwort.map_err(|ausgang| self.still(ausgang).into())
    }

    /// What was unclear stays unclear: only an answer about it ends that.
    pub fn still(&self, ausgang: Ausgang) -> Ausgang {
        match ausgang {
            Ausgang::Verschoben(grund) if self.is_unklar.get() => Ausgang::Unklar(grund),
            ausgang => ausgang,
        }
    }

    /// Whether an earlier attempt may have changed something that nobody has asked about.
    pub fn is_unklar(&self) -> bool {
        self.is_unklar.get()
    }

    /// Somebody has asked.
    pub fn clear(&self) {
        self.is_unklar.set(false);
    }

    pub fn jetzt(&self) -> Zeitpunkt {
        self.welt.jetzt()
    }

    /// What it means that nothing could be read. Nothing was changed by it.
    pub fn failed_reading(&self, status: u16, grund: Grund) -> Ausgang {
        self.still(match Klasse::of(status) {
            Klasse::Betreiber | Klasse::Abgelehnt => Ausgang::Betreiber(grund),
            _ => Ausgang::Verschoben(grund),
        })
    }

    /// What it means that nothing was written, where that is not a matter of its own.
    pub fn failed_writing(&self, status: u16, grund: Grund) -> Ausgang {
        match Klasse::of(status) {
            Klasse::Spaeter => Ausgang::Verschoben(grund),
            Klasse::Betreiber => Ausgang::Betreiber(grund),
            Klasse::Abgelehnt => Ausgang::Abgelehnt(grund),
            Klasse::Erfolg | Klasse::Konflikt | Klasse::Unklar => Ausgang::Unklar(grund),
        }
    }
}

/// Scheme, and host with port: the password is for the address of the settings and for no other.
pub(super) fn origin(url: &str) -> Option<(String, String)> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str()?.to_owned();
    let port = uri.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
    Some((scheme, format!("{}:{port}", uri.host()?.to_ascii_lowercase())))
}
