//! What runs in the browser. The pages of an application are made from its declaration in
//! `shared`; only the programs' files in `bin/` name one.
//!
//! There is a program for each kind of page, so that a page loads what it needs: [`start`] the
//! start page, [`quickcheck`] the questions before an application, [`auskunft`] the pages that tell
//! something, [`antrag`] one application,
//! [`zulieferung`] a part that somebody else fills in, [`amt`] the caseworkers' pages. Which page has which program stands in `xtask/src/web/pages.rs`.
//!
//! Read in this order: [`texte`] are the words of the user interface, [`komponenten`] the parts
//! that pages are made of, [`app`] what the applicants' programs share; then the programs.
//!
//! Absent on purpose: a router crate, derived (de)serialisation, floating-point numbers. Each
//! would cost more bytes than what is written here. And the list of all applications: a program
//! that names it holds them all.

pub mod texte;

pub mod amt;
pub mod antrag;
pub mod app;
pub mod auskunft;
pub mod komponenten;
pub mod quickcheck;
pub mod start;
pub mod vorschau;
pub mod zulieferung;

pub mod adresse;
pub mod browser;
pub mod http;
pub mod json;
pub mod konfiguration;
pub mod monate;
pub mod sprache;
