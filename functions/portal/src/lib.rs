//! The component that serves the site. The files are part of it, so it needs no right at all:
//! no database, no variable, no connection outward.

mod antwort;
mod dateien;
#[cfg(target_arch = "wasm32")]
mod spin;

pub use antwort::{Anfrage, Antwort, answer};
pub use dateien::{DATEIEN, Datei, Kodierung};
