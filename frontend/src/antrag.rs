//! The applicants' program. [`App`] knows where somebody is and in which language; a
//! [`Fragebogen`] holds the answers of one application. What is visible, next, done or wrong is
//! computed from the answers, never stored beside them.

mod app;
mod fragebogen;
mod stand;

mod aufgaben;
mod auskuenfte;
mod blatt;
mod einstieg;
mod fertig;
mod nachweise;
mod seite;
mod start;
mod zusammenfassung;

pub mod entwurf;
pub mod fortschritt;

pub use app::App;
pub use fragebogen::{Fragebogen, Fragebogenprops};
pub use start::{Vorschau, Vorschauprops};
