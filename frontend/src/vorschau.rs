//! What stands on a page before its program runs. Rendered on the machine that builds the site.

use shared::{formular::Formular, werte::Datum};
use yew::prelude::*;

use crate::{
    antrag::{Einstieg, einstieg},
    app::frame,
    konfiguration::Konfiguration,
    quickcheck,
    start::start,
    texte::{self, SPRACHEN, Texte},
};

/// Which page is rendered.
#[derive(Clone, Copy)]
pub enum Seite {
    Start,
    /// The first page of the Quick-Check.
    Check,
    /// The first page of an application.
    Einstieg(&'static Formular),
    /// The frame, and that the page is loading.
    Rahmen,
}

/// What a [`Vorschau`] shows.
#[derive(Clone, Properties)]
pub struct Vorschauprops {
    pub seite: Seite,
    pub texte: Texte,
}

impl PartialEq for Vorschauprops {
    /// Each is rendered once.
    fn eq(&self, _other: &Vorschauprops) -> bool {
        false
    }
}

/// A page before its program runs.
#[component]
pub fn Vorschau(props: &Vorschauprops) -> Html {
    let texte = &props.texte;
    // Nothing is known of the town yet, and no date stands on these pages.
    let konfiguration = Konfiguration::new(const { Datum::new(2026, 1, 1) });
    let inhalt = match props.seite {
        Seite::Start => start(texte),
        Seite::Check => quickcheck::einstieg(texte, None),
        Seite::Einstieg(formular) => {
            let stand = Einstieg { is_gesendet: false, is_begonnen: false, is_offered: true };
            einstieg(formular, texte, stand)
        }
        Seite::Rahmen => html! {
            <div class="laedt"><p class="kern-body">{ texte.get(texte::LAEDT) }</p></div>
        },
    };
    frame(texte, &konfiguration, &SPRACHEN.map(|it| it.0), "", inhalt)
}
