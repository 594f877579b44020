//! The program of one application: a [`Fragebogen`] holds its answers and draws its pages. What is
//! visible, next, done or wrong is computed from the answers, never stored beside them.

mod fragebogen;

mod aufgaben;
mod einstieg;
mod fertig;
mod nachweise;
mod seite;
mod zusammenfassung;

pub mod blatt;
pub mod entwurf;
pub mod fortschritt;
pub mod pruefen;

use shared::formular::Formular;
use yew::prelude::*;

use crate::{
    adresse::{Adresse, Ziel},
    app::{self, Seiten, Umgebung},
    texte::{Texte, Uitext},
};

pub use einstieg::{Einstieg, einstieg};
pub use fragebogen::{Auftrag, Fragebogen, Fragebogenprops};
pub use nachweise::Uploads;

/// Runs the program of an application in the page.
pub fn run(formular: &'static Formular) {
    app::run(Antragsseiten(formular));
}

/// The pages of one application.
#[derive(Clone, Copy)]
pub struct Antragsseiten(pub &'static Formular);

impl Seiten for Antragsseiten {
    fn has(&self, adresse: &Adresse) -> bool {
        matches!(adresse, Adresse::Antrag { antrag, .. } if antrag == self.0.id)
    }

    fn view(&self, adresse: &Adresse, umgebung: &Umgebung) -> Html {
        let Adresse::Antrag { ziel, .. } = adresse else { return Html::default() };
        let Umgebung { texte, konfiguration, gehe, ansage } = umgebung.clone();
        html! {
            <Fragebogen formular={self.0} ziel={ziel.clone()} {texte} {konfiguration} {gehe} {ansage} />
        }
    }

    /// The questions are in German alone; what stands before them may be said more easily.
    fn is_leicht(&self, adresse: &Adresse, texte: &Texte) -> bool {
        matches!(adresse, Adresse::Antrag { ziel: Ziel::Einstieg, .. })
            && texte.has(&format!("formular.{}.worum", self.0.id))
    }

    /// A title needs the answers.
    fn title(&self, _adresse: &Adresse) -> Option<Uitext> {
        None
    }
}
