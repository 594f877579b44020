//! The ways to deliver, one for each kind of target.

pub(crate) mod dms;
pub(crate) mod fitconnect;
pub(crate) mod https;
mod nachricht;
pub(crate) mod xta;

use std::time::Duration;

use ablage::{Ablage, Pacht, Zeitpunkt};
use serde::de::DeserializeOwned;

use crate::{
    ausgang::{Abbruch, Ausgang},
    client::{Anfrage, Antwort, Client, Methode},
    lauf::{ANRUF, PACHT, Welt},
};

/// The message of an application and its PDF, by their names in the store.
pub(crate) const NACHRICHT: &str = "nachricht";
pub(crate) const ZUSAMMENFASSUNG: &str = "zusammenfassung";

/// A way to deliver. The message keeps its UUID, whatever happens: delivering twice is finding out
/// that it is there.
pub(crate) trait Zusteller {
    /// Brings a Vorgang to its target, or says why not.
    async fn deliver<W: Welt>(&self, lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch>;
}

/// A leased row of the outbox and what it takes to deliver it.
pub(crate) struct Lieferung<'a, W: Welt> {
    pub ablage: &'a Ablage<W::Verbindung>,
    pub pacht: &'a mut Pacht,
    /// An earlier attempt may have arrived: ask before sending.
    pub is_unklar: bool,
    pub welt: &'a W,
    /// When the run ends.
    pub ende: Zeitpunkt,
}

/// A request without what all requests have in common.
pub(crate) struct Aufruf {
    pub methode: Methode,
    pub url: String,
    pub header: Vec<(&'static str, String)>,
    pub inhalt: Vec<u8>,
    /// Whether the delivery may have happened if there is no answer.
    pub liefert: bool,
}

impl Aufruf {
    pub fn get(url: String) -> Aufruf {
        let header = Vec::new();
        Aufruf { methode: Methode::Get, url, header, inhalt: Vec::new(), liefert: false }
    }

    pub fn post(url: String, medientyp: impl Into<String>, inhalt: Vec<u8>) -> Aufruf {
        let header = vec![("content-type", medientyp.into())];
        Aufruf { methode: Methode::Post, url, header, inhalt, liefert: true }
    }

    pub fn put(url: String, medientyp: impl Into<String>, inhalt: Vec<u8>) -> Aufruf {
        Aufruf { methode: Methode::Put, ..Aufruf::post(url, medientyp, inhalt) }
    }

    /// Nothing is delivered by it: without an answer it is simply sent again.
    pub fn harmless(self) -> Aufruf {
        Aufruf { liefert: false, ..self }
    }

    /// Without a body. Whether it delivers is for the caller to say.
    pub fn bare(methode: Methode, url: String, liefert: bool) -> Aufruf {
        Aufruf { methode, liefert, ..Aufruf::get(url) }
    }

    pub fn with(mut self, name: &'static str, wert: impl Into<String>) -> Aufruf {
        self.header.push((name, wert.into()));
        self
    }
}

impl<W: Welt> Lieferung<'_, W> {
    /// Sends a request to the partner. One that delivers and gets no answer is unclear; so is what
    /// was unclear before and could not be asked.
    pub async fn call(&self, aufruf: Aufruf, anmeldung: Option<&str>) -> Result<Antwort, Abbruch> {
        let antwort = send(self.welt, self.rest(), aufruf, anmeldung).await;
        antwort.map_err(|ausgang| self.still(ausgang).into())
    }

    /// The same, but what was unclear stays unclear: only an answer about it ends that.
    pub fn still(&self, ausgang: Ausgang) -> Ausgang {
        match ausgang {
            Ausgang::Verschoben(grund) if self.is_unklar => Ausgang::Unklar(grund),
            ausgang => ausgang,
        }
    }

    /// The name of the message in the store. What was sent after an application has its own.
    pub fn name(&self) -> &str {
        match self.pacht.folge.as_str() {
            "" => NACHRICHT,
            folge => folge,
        }
    }

    /// Whether the application itself is delivered, which alone has a PDF beside it.
    pub fn is_antrag(&self) -> bool {
        self.pacht.folge.is_empty()
    }

    /// How much of the run's time is left.
    pub fn rest(&self) -> Duration {
        let millis = self.ende.millis() - self.jetzt().millis();
        Duration::from_millis(millis.try_into().unwrap_or(0))
    }

    pub fn jetzt(&self) -> Zeitpunkt {
        self.welt.jetzt()
    }

    /// What earlier attempts achieved; nothing if that cannot be read.
    pub fn fortschritt<T: DeserializeOwned + Default>(&self) -> T {
        let fortschritt = self.pacht.fortschritt.as_deref();
        fortschritt.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    /// Notes at once what was achieved.
    pub async fn note(&mut self, fortschritt: &str) -> Result<(), Abbruch> {
        let bis = self.jetzt().plus(PACHT);
        Ok(self.ablage.save_fortschritt(self.pacht, fortschritt, bis).await?)
    }
}

/// Sends a request that has `rest` time. One that delivers and gets no answer is unclear.
pub(crate) async fn send<W: Welt>(
    welt: &W,
    rest: Duration,
    aufruf: Aufruf,
    anmeldung: Option<&str>,
) -> Result<Antwort, Ausgang> {
    let writes = aufruf.liefert;
    let mut header = aufruf.header;
    header.push(("user-agent", "antragsportal".to_owned()));
    header.extend(anmeldung.map(|wert| ("authorization", wert.to_owned())));
    let anfrage = Anfrage {
        methode: aufruf.methode,
        url: aufruf.url,
        header,
        inhalt: aufruf.inhalt,
        frist: rest.min(ANRUF),
    };
    let antwort = welt.client().send(anfrage).await;
    antwort.map_err(|fehler| Ausgang::of_sendefehler(fehler, writes))
}
