//! The start page. It is also rendered on the machine that builds the site, so it asks nothing of
//! the browser.

use shared::antraege::ANTRAEGE;
use yew::prelude::*;

use super::fragebogen::formular_text;
use crate::{
    adresse::{Adresse, Ziel},
    komponenten::{
        Fusslink, Rahmen, absatz, absatz_mit, block, haupttitel, icon, knopflink, liste, rahmen,
    },
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
    let list = |is_folge, texts: &[Uitext]| {
        let texts: Vec<&str> = texts.iter().map(|it| texte.get(*it)).collect();
        liste(is_folge, &texts)
    };
    let teil = |titel, inhalt| {
        html! { <section><h2 class="kern-heading-medium">{ texte.get(titel) }</h2>{ inhalt }</section> }
    };
    let schritte = list(
        true,
        &[
            texte::START_SCHRITT_1,
            texte::START_SCHRITT_2,
            texte::START_SCHRITT_3,
            texte::START_SCHRITT_4,
        ],
    );
    let brauchen =
        list(false, &[texte::START_BRAUCHEN_1, texte::START_BRAUCHEN_2, texte::START_BRAUCHEN_3]);
    let kopf = vec![
        haupttitel("kern-heading-x-large", texte.get(texte::START_TITEL)),
        absatz_mit("kern-body kern-body--large", texte.get(texte::START_WORUM)),
    ];
    let stand = vec![
        absatz(texte.get(texte::START_STAND_TEXT)),
        knopflink("secondary", Adresse::Stand.to_string(), texte.get(texte::START_STAND_LINK)),
    ];
    let teile = vec![
        block("start__kopf", kopf),
        teil(texte::START_ANTRAEGE, html! { <ul class="karten">{ for karten }</ul> }),
        block(
            "start__spalten",
            vec![teil(texte::START_SO_GEHT_ES, schritte), teil(texte::START_BRAUCHEN, brauchen)],
        ),
        teil(texte::START_STAND, block("start__stand", stand)),
    ];
    block("start", teile)
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
    let titel = texte.get(texte::PORTAL);
    let kopf = Rahmen { texte, kennung: name, titel, start: "/", sprachen, links: &links, ansage };
    rahmen(&kopf, inhalt)
}

/// Which page is rendered before the program runs.
#[derive(Clone, PartialEq, Properties)]
pub struct Vorschauprops {
    pub konfiguration: std::rc::Rc<Konfiguration>,
    /// The start page with its text, or the frame alone.
    pub is_start: bool,
}

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
