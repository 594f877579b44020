//! Delivers what was accepted. One run leases what is due, brings it to its target and writes down
//! what came of it; any number of runs at once are safe, and each may be cut off at any moment.
//!
//! The core knows no Spin: it reaches the world through [`Welt`] and the partners through
//! [`Client`].
//!
//! Absent on purpose: timers (whoever calls `POST /intern/weiterleitung` sets the pace), and
//! answers of applicants in logs.

mod intern;

mod betrieb;
mod lauf;
mod selbstpruefung;

mod ausgang;
mod zusteller;

mod aktenplan;
mod einstellungen;
mod lesen;

mod client;
#[cfg(target_arch = "wasm32")]
mod spin;
mod xml;

pub use self::{
    aktenplan::{
        Ablageplan, Aktenplan, Aktenplaneinheit, Aussonderung, Aussonderungsart, Dokumentplan,
        Dokumentquelle, Frist, KeinAktenplan, Objektplan, Vertraulichkeit, Zustaendig,
    },
    client::{ANTWORT_MAX, Anfrage, Antwort, Client, Methode, Sendefehler},
    einstellungen::{Dms, Einstellungen, KeineEinstellungen, Variablen},
    intern::{Auftrag, Ergebnis, answer},
    lauf::{Bilanz, Meldung, Welt, run},
    lesen::Formfehler,
    selbstpruefung::{Pruefergebnis, Stufe, check},
    zusteller::dms::{Ablauf, Schritt, Schrittart, ping as ping_dms},
};
