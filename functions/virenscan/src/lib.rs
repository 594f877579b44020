//! The function `virenscan`: takes files out of quarantine, or condemns them.
//!
//! `POST /intern/virenscan`, called by a scheduler, has every file scanned that waits. It is the
//! only function that can reach the scanner (clamd over TCP), and it can reach nothing else.
//!
//! Absent on purpose: HTTP of its own (clamd speaks a protocol over a plain socket), a decision of
//! what happens to an application with an infected file (that is `ablage`'s).

mod clamd;
mod intern;
mod lauf;
#[cfg(target_arch = "wasm32")]
mod spin;

pub use self::{
    clamd::{Scanfehler, Urteil, scan, version},
    intern::{Auftrag, Ergebnis, Variablen, answer},
    lauf::{Bilanz, LaufError, Scanner, Welt, run},
};
