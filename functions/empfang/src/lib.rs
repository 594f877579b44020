//! The component of the way back: takes in, under `/empfang`, what the Fachverfahren sends about an
//! application, and callbacks of FIT-Connect, after which the delivery asks soon. Whoever has the
//! secret may send; nothing is ever told about a case.
//!
//! [`handle`] answers a request, given an [`Umgebung`] that knows the time, the settings and the
//! store. Nothing of it knows Spin, so all of it is tested natively.
//!
//! Absent on purpose: a way outward, and a way to read an application.

mod konfiguration;
mod rueckruf;
mod wege;

#[cfg(target_arch = "wasm32")]
mod spin;

use ablage::{Ablage, AblageError, Verbindung, Zeitpunkt};

pub use self::{
    konfiguration::{Konfiguration, KonfigurationError},
    wege::{Anfrage, Antwort, KOERPER_MAX, handle},
};

/// What the component needs from the world around it.
pub trait Umgebung {
    /// The connection of the store.
    type Verbindung: Verbindung;

    /// The time of the request.
    fn jetzt(&self) -> Zeitpunkt;

    /// What the operator has set.
    fn konfiguration(&self) -> &Konfiguration;

    /// Opens the store. Called once a request at most.
    fn ablage(&self) -> impl Future<Output = Result<Ablage<Self::Verbindung>, AblageError>>;

    /// Tells the operator about a failure. `was` has no contents of messages.
    fn log(&self, pfad: &str, was: &str);
}
