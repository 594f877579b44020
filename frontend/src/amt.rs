//! The caseworkers' program: one work list, the case with everything that is known of it, and the
//! state of the operation. In German only, as the law of the files is.

mod app;

mod anmeldung;
mod betrieb;
mod liste;
mod recht;
mod rueckmeldungen;
mod vorgang;

mod adresse;
mod worte;

pub use app::App;
