//! The applications. Only this folder knows them by name: one folder and one line each.

pub mod beschaeftigungserlaubnis;
pub mod einbuergerung;
pub mod verpflichtungserklaerung;

/// The check that goes before an application, and needs none.
pub use einbuergerung::quickcheck;

use crate::formular::Formular;
#[cfg(feature = "nachricht")]
use crate::nachricht::Nachricht;

/// All applications, in the order in which they are offered.
pub static ANTRAEGE: &[&Formular] = &[
    &einbuergerung::FORMULAR,
    &verpflichtungserklaerung::FORMULAR,
    &beschaeftigungserlaubnis::FORMULAR,
];

/// What an application is called where it is offered or named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Angebot {
    /// [`Formular::id`]
    pub id: &'static str,
    /// [`Formular::titel`]
    pub titel: &'static str,
    /// [`Formular::worum`]
    pub worum: &'static str,
}

/// [`ANTRAEGE`] by name only, in the same order. It is taken out of the declarations while
/// compiling, so that a program which names the applications does not carry their questions.
pub static ANGEBOTE: [Angebot; ANTRAEGE.len()] = {
    let mut angebote = [Angebot { id: "", titel: "", worum: "" }; ANTRAEGE.len()];
    let mut index = 0;
    while index < ANTRAEGE.len() {
        let Formular { id, titel, worum, .. } = *ANTRAEGE[index];
        angebote[index] = Angebot { id, titel, worum };
        index += 1;
    }
    angebote
};

/// Finds the name of an application by its id.
pub fn angebot(id: &str) -> Option<&'static Angebot> {
    ANGEBOTE.iter().find(|it| it.id == id)
}

/// Finds an application by its id, as in URLs.
pub fn find(id: &str) -> Option<&'static Formular> {
    ANTRAEGE.iter().copied().find(|it| it.id == id)
}

/// All forms that people fill in: the applications, each with the part that somebody else may fill in.
pub fn formulare() -> impl Iterator<Item = &'static Formular> {
    ANTRAEGE.iter().flat_map(|it| [Some(*it), it.zulieferung.map(|it| it.formular)]).flatten()
}

/// What each application becomes for the Fachverfahren: one line for each release, that in force
/// first.
#[cfg(feature = "nachricht")]
static NACHRICHTEN: &[(&Formular, &Nachricht)] = &[
    (&einbuergerung::FORMULAR, &einbuergerung::NACHRICHT),
    (&verpflichtungserklaerung::FORMULAR, &verpflichtungserklaerung::NACHRICHT),
    (&beschaeftigungserlaubnis::FORMULAR, &beschaeftigungserlaubnis::NACHRICHT),
];

/// The message of an application in the release that is in force; `None` where it has none.
#[cfg(feature = "nachricht")]
pub fn nachricht(formular: &Formular) -> Option<&'static Nachricht> {
    nachrichten(formular).into_iter().next()
}

/// The message of an application in all its releases, that in force first.
#[cfg(feature = "nachricht")]
pub fn nachrichten(formular: &Formular) -> Vec<&'static Nachricht> {
    let eigene = NACHRICHTEN.iter().filter(|(it, _)| it.id == formular.id);
    eigene.map(|(_, nachricht)| *nachricht).collect()
}

/// Whether some application is sent in this release.
#[cfg(feature = "nachricht")]
pub fn has_release(release: &str) -> bool {
    NACHRICHTEN.iter().any(|(_, nachricht)| nachricht.standard.release == release)
}
