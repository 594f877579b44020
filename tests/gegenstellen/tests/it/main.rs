//! Both counterparts over real HTTP, with a client that knows nothing of them.

#![expect(clippy::unwrap_used, reason = "all of this crate is tests, helpers included")]

mod aufzeichnungen;
mod dms;
mod fachverfahren;
mod helfer;
mod programm;
mod steuerung;
