//! The program of one application: a [`Fragebogen`] holds its answers and draws its pages. What is
//! visible, next, done or wrong is computed from the answers, never stored beside them.

mod fragebogen;

mod aufgaben;
mod blatt;
mod einstieg;
mod fertig;
mod nachweise;
mod seite;
mod zusammenfassung;

pub mod entwurf;
pub mod fortschritt;

use shared::formular::Formular;
use yew::prelude::*;

use crate::{
    adresse::Adresse,
    app::{self, Seiten, Umgebung},
    texte::Uitext,
};

pub use einstieg::{Einstieg, einstieg};
pub use fragebogen::{Fragebogen, Fragebogenprops};

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

    /// A title needs the answers.
    fn title(&self, _adresse: &Adresse) -> Option<Uitext> {
        None
    }
}
