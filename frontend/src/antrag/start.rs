//! The start page. It is also rendered on the machine that builds the site, so it asks nothing of
//! the browser.

use shared::antraege::ANTRAEGE;
use yew::prelude::*;

use super::fragebogen::formular_text;
use crate::{
    adresse::{Adresse, Ziel},
    komponenten::{Fusslink, icon, rahmen},
    konfiguration::Konfiguration,
    texte::{self, SPRACHEN, Texte, Uitext},
};

/// What the portal is, and the applications.
pub fn start(texte: &Texte, konfiguration: &Konfiguration) -> Html {
    let karten = ANTRAEGE.iter().filter(|it| konfiguration.offers(it.id)).map(|formular| {
        let href = Adresse::antrag(formular.id, Ziel::Einstieg).to_string();
        html! {
            <li>
                <article class="kern-card kern-card--interactive antragskarte">
                    <div class="kern-card__container">
                        <header class="kern-card__header">
                            <h3 class="kern-title kern-title--large">
                                <a class="kern-link kern-link--stretched kern-link--no-visited-state" {href}>
                                    { formular_text(formular, texte, "titel", formular.titel) }
                                </a>
                            </h3>
                        </header>
                        <section class="kern-card__body">
                            <p class="kern-body">{ formular_text(formular, texte, "worum", formular.worum) }</p>
                        </section>
                        <footer class="kern-card__footer antragskarte__fuss" aria-hidden="true">
                            <span class="kern-label">{ texte.get(texte::START_ANFANGEN) }</span>{ icon("arrow-forward") }
                        </footer>
                    </div>
                </article>
            </li>
        }
    });
    let list = |texts: &[Uitext]| -> Vec<Html> {
        texts.iter().map(|it| html! { <li>{ texte.get(*it) }</li> }).collect()
    };
    let schritte = list(&[
        texte::START_SCHRITT_1,
        texte::START_SCHRITT_2,
        texte::START_SCHRITT_3,
        texte::START_SCHRITT_4,
    ]);
    let brauchen =
        list(&[texte::START_BRAUCHEN_1, texte::START_BRAUCHEN_2, texte::START_BRAUCHEN_3]);
    html! {
        <div class="start">
            <div class="start__kopf">
                <h1 class="kern-heading-display" id="titel" tabindex="-1">{ texte.get(texte::START_TITEL) }</h1>
                <p class="kern-body kern-body--large">{ texte.get(texte::START_WORUM) }</p>
            </div>
            <section>
                <h2 class="kern-heading-medium">{ texte.get(texte::START_ANTRAEGE) }</h2>
                <ul class="karten">{ for karten }</ul>
            </section>
            <div class="start__spalten">
                <section>
                    <h2 class="kern-heading-medium">{ texte.get(texte::START_SO_GEHT_ES) }</h2>
                    <ol class="kern-list kern-list--number">{ for schritte }</ol>
                </section>
                <section>
                    <h2 class="kern-heading-medium">{ texte.get(texte::START_BRAUCHEN) }</h2>
                    <ul class="kern-list kern-list--bullet">{ for brauchen }</ul>
                </section>
            </div>
            <section class="start__stand">
                <h2 class="kern-heading-medium">{ texte.get(texte::START_STAND) }</h2>
                <p class="kern-body">{ texte.get(texte::START_STAND_TEXT) }</p>
                <div>
                    <a class="kern-btn kern-btn--secondary" href={Adresse::Stand.to_string()}>
                        <span class="kern-label">{ texte.get(texte::START_STAND_LINK) }</span>
                        { icon("arrow-forward") }
                    </a>
                </div>
            </section>
        </div>
    }
}

/// The frame of the applicants' pages.
pub fn frame(
    texte: &Texte,
    konfiguration: &Konfiguration,
    sprachen: &[&str],
    ansage: &str,
    inhalt: Html,
) -> Html {
    let links = [
        ("/hilfe", texte::HILFE),
        ("/status", texte::STAND_TITEL),
        ("/datenschutz", texte::DATENSCHUTZ),
        ("/barrierefreiheit", texte::BARRIEREFREIHEIT),
        ("/impressum", texte::IMPRESSUM),
        ("/lizenzen/", texte::LIZENZEN),
    ];
    let links = links.map(|(ziel, text)| Fusslink { ziel, text: texte.get(text) });
    let name = match konfiguration.behoerde.name.as_str() {
        "" => texte.get(texte::IHRE_BEHOERDE),
        name => name,
    };
    rahmen(texte, name, texte.get(texte::PORTAL), "/", sprachen, &links, ansage, inhalt)
}

/// Which page is rendered before the program runs.
#[derive(Clone, PartialEq, Properties)]
pub struct Vorschauprops {
    pub konfiguration: std::rc::Rc<Konfiguration>,
    /// The start page with its text, or the frame alone.
    pub is_start: bool,
}

// `Konfiguration` compares by value, so the `Rc` needs nothing of its own.

/// A page in German before the program runs.
#[component]
pub fn Vorschau(props: &Vorschauprops) -> Html {
    let texte = Texte::default();
    let sprachen = SPRACHEN.map(|it| it.0);
    let inhalt = match props.is_start {
        true => start(&texte, &props.konfiguration),
        false => html! {
            <div class="laedt"><p class="kern-body">{ texte.get(texte::LAEDT) }</p></div>
        },
    };
    frame(&texte, &props.konfiguration, &sprachen, "", inhalt)
}
