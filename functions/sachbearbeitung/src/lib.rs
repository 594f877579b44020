//! The component of the work list: the API under `/amt/api`. The only one that reads applications
//! back to people, and only to those who are logged in; who read what is an event.
//!
//! [`handle`] answers a request, given an [`Umgebung`] that knows the time, the settings and the
//! store. Nothing of it knows Spin, so all of it is tested natively.
//!
//! Absent on purpose: a way outward, and a way to change an application.

mod wege;

mod betrieb;
mod fall;
mod liste;
mod rueckmeldungen;
mod ursache;

mod anmeldung;
mod passwort;

mod http;
mod konfiguration;
mod problem;
#[cfg(target_arch = "wasm32")]
mod spin;

use ablage::{Ablage, AblageError, Verbindung, Zeitpunkt};

pub use self::{
    http::{Anfrage, Antwort},
    konfiguration::{Konfiguration, KonfigurationError},
    wege::{KOERPER_MAX, handle},
};

/// What the work list needs from the world around it.
pub trait Umgebung {
    /// The connection of the store.
    type Verbindung: Verbindung;

    /// The time of the request.
    fn jetzt(&self) -> Zeitpunkt;

    /// What the operator has set.
    fn konfiguration(&self) -> &Konfiguration;

    /// Opens the store. Called once a request at most.
    fn ablage(&self) -> impl Future<Output = Result<Ablage<Self::Verbindung>, AblageError>>;

    /// Tells the operator about a failure. `was` has no contents of applications.
    fn log(&self, pfad: &str, was: &str);
}
