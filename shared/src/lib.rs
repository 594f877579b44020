//! The domain of the portal: what is asked, what is checked, what is sent.
//!
//! Read in this order: [`antraege`] are the applications, [`formular`] is the vocabulary they are
//! declared in, [`angaben`] is what people type, [`pruefung`] reads and checks it.
//!
//! Absent on purpose: I/O, a clock, the web, Spin. The Stichtag is an argument.

pub mod antraege;

pub mod feiertage;
pub mod formular;

pub mod angaben;
pub mod bausteine;
pub mod befund;
pub mod pruefung;
pub mod zeitleiste;
pub mod zusammenfassung;

pub mod behoerde;
pub mod einstellungen;
#[cfg(feature = "nachricht")]
pub mod nachricht;

pub mod codelisten;
pub mod din91379;
pub mod lage;
pub mod pruefblatt;
pub mod recht;
pub mod texte;
pub mod vorgangsnummer;
pub mod werte;
