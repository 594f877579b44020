//! What runs in the browser. The pages of an application are made from its declaration in
//! `shared`; nothing here knows one by name.
//!
//! Read in this order: [`texte`] are the words of the user interface, [`komponenten`] the parts
//! that both programs are made of, [`antrag`] the program of the applicants,
//! [`amt`] that of the caseworkers.
//!
//! Absent on purpose: a router crate, derived (de)serialisation, floating-point numbers. Each
//! would cost more bytes than what is written here.

pub mod texte;

pub mod amt;
pub mod antrag;
pub mod komponenten;

pub mod adresse;
pub mod browser;
pub mod http;
pub mod konfiguration;
pub mod monate;
