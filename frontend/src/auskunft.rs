//! The pages that tell something: what has become of an application, help, privacy,
//! accessibility, who is responsible; and that there is no such page.

mod antwort;
mod stand;
mod texte;

use yew::prelude::*;

use crate::{
    adresse::Adresse,
    app::{self, Seiten, Umgebung},
    texte::{STAND_TITEL, Uitext},
};
use stand::Stand;

/// Runs the program in the page.
pub fn run() {
    app::run(Auskunftsseiten);
}

/// The pages of this program.
#[derive(Clone, Copy, Debug)]
pub struct Auskunftsseiten;

impl Seiten for Auskunftsseiten {
    fn has(&self, adresse: &Adresse) -> bool {
        matches!(adresse, Adresse::Stand | Adresse::Auskunft(_))
    }

    fn view(&self, adresse: &Adresse, umgebung: &Umgebung) -> Html {
        let Umgebung { texte, konfiguration, ansage, .. } = umgebung;
        match adresse {
            Adresse::Auskunft(it) => texte::auskunft(*it, texte, konfiguration),
            _ => html! { <Stand texte={texte.clone()} ansage={ansage.clone()} /> },
        }
    }

    fn title(&self, adresse: &Adresse) -> Option<Uitext> {
        Some(match adresse {
            Adresse::Auskunft(it) => texte::title(*it),
            _ => STAND_TITEL,
        })
    }
}
