//! The settings of the portal: the one declaration of all of them, and how those are read that
//! several functions share.
//!
//! From [`EINSTELLUNGEN`] come the configuration check, the table in `docs/betrieb.md`, and a test
//! that `spin.toml` says the same.

pub mod annahme;
mod erklaerung;
mod mangel;
mod oeffnung;
mod zustellung;

pub use self::{
    erklaerung::{EINSTELLUNGEN, Einstellung, find, tabelle},
    mangel::Mangel,
    oeffnung::Oeffnung,
    zustellung::{Pausen, Zielregel, Zustellregeln},
};
