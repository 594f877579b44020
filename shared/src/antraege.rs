//! The applications. Only this folder knows them by name: one folder and one line each.

pub mod verpflichtungserklaerung;

use crate::formular::Formular;

/// All applications, in the order in which they are offered.
pub static ANTRAEGE: &[&Formular] = &[&verpflichtungserklaerung::FORMULAR];

/// Finds an application by its id, as in URLs.
pub fn find(id: &str) -> Option<&'static Formular> {
    ANTRAEGE.iter().copied().find(|it| it.id == id)
}
