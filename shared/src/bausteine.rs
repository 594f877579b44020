//! Questions that all applications share (`einbuergerung.md` section 0): declared once, used below a
//! praefix.

mod abschluss;
mod anschrift;
mod nummern;
mod person;

pub use abschluss::*;
pub use anschrift::*;
pub use nummern::*;
pub use person::*;
