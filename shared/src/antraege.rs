//! The applications. Only this folder knows them by name: one folder and one line each.

pub mod beschaeftigungserlaubnis;
pub mod einbuergerung;
pub mod verpflichtungserklaerung;

use crate::formular::Formular;
#[cfg(feature = "nachricht")]
use crate::nachricht::Nachricht;

/// All applications, in the order in which they are offered.
pub static ANTRAEGE: &[&Formular] = &[
    &einbuergerung::FORMULAR,
    &verpflichtungserklaerung::FORMULAR,
    &beschaeftigungserlaubnis::FORMULAR,
];

/// Finds an application by its id, as in URLs.
pub fn find(id: &str) -> Option<&'static Formular> {
    ANTRAEGE.iter().copied().find(|it| it.id == id)
}

/// What each application becomes for the Fachverfahren, in the release that is in force.
#[cfg(feature = "nachricht")]
static NACHRICHTEN: &[(&Formular, &Nachricht)] = &[
    (&einbuergerung::FORMULAR, &einbuergerung::NACHRICHT),
    (&verpflichtungserklaerung::FORMULAR, &verpflichtungserklaerung::NACHRICHT),
    (&beschaeftigungserlaubnis::FORMULAR, &beschaeftigungserlaubnis::NACHRICHT),
];

/// The message of an application; `None` where it has none.
#[cfg(feature = "nachricht")]
pub fn nachricht(formular: &Formular) -> Option<&'static Nachricht> {
    NACHRICHTEN.iter().find(|(it, _)| it.id == formular.id).map(|(_, nachricht)| *nachricht)
}
