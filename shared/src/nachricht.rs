//! Messages to the Fachverfahren: laid out as data in the order of their schema, written by one
//! function.
//!
//! A [`Nachricht`] names its elements and what fills them ([`layout`](element)); how a value looks
//! inside its element is known to its type ([`Wert::to_xoev`](crate::werte::Wert::to_xoev)). What a
//! release of a standard always has, and how it spells a name, a birth or an address, stands in a
//! module named after the release ([`xauslaender2611`]), so that the next one can stand beside it.
//!
//! What comes back is read into a [`Rueckmeldung`], and what applicants send after the application is
//! a [`Folge`].
//!
//! Absent on purpose: a clock and randomness. UUID and time are in the [`Kopf`], so the same
//! arguments give the same bytes, and a message that is sent again is the same message.

mod anmerkungen;
mod baum;
mod fassung;
mod folge;
mod kopf;
mod layout;
mod rueckmeldung;
mod schreiber;

pub mod xauslaender2611;

pub use fassung::{Fassungsplan, KeinFassungsplan};
pub use folge::{ANTWORT, Folge, RUECKNAHME, write_folge};
pub use kopf::{Anlage, Anlagen, Kopf, Medientyp};
pub use layout::{
    Element, Nachricht, Quelle, Standard, Tag, anmerkungen, aus, bibliothek, element, fest, inhalt,
    je, je_nachweis, nummer, unter, wahl, wenn, wert, zusammenfassung,
};
pub use rueckmeldung::{
    Dokument, Grund, LeseFehler, Rueckinhalt, Rueckkopf, Rueckmeldung, Status, Termin,
    Terminangaben, Unlesbar,
};
pub use schreiber::{NachrichtError, write};
