//! The component that takes applications in: the public API under `/api`.
//!
//! [`handle`] answers a request, given an [`Umgebung`] that knows the time, the configuration and
//! the store. Nothing of it knows Spin, so all of it is tested natively.
//!
//! Absent on purpose: a way outward (others deliver), and a way to read an application back
//! without its Zugangscode.

mod antraege;
mod entwuerfe;
mod folgen;
mod vorgaenge;
mod wege;
mod zulieferung;

mod anhang;
mod ausfertigung;
mod http;
mod problem;
#[cfg(target_arch = "wasm32")]
mod spin;

use ablage::{Ablage, AblageError, Verbindung, Zeitpunkt};

pub use einstellungen::annahme::{Konfiguration, KonfigurationError, Uploadgrenzen};

pub use self::{
    anhang::{Beanstandung, Medientyp, inspect},
    antraege::pruefsumme,
    http::{Anfrage, Antwort},
    wege::{handle, koerper_grenze},
};

/// What the annahme needs from the world around it.
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
