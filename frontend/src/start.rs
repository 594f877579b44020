//! The start page. It is rendered on the machine that builds the site, in every language, so that
//! it is there at once; see [`run`] for what is left to do in the browser.

mod programm;

use shared::antraege::ANGEBOTE;
use yew::prelude::*;

use crate::{
    adresse::{Adresse, Checkziel, Ziel},
    komponenten::{absatz, absatz_mit, block, haupttitel, icon, knopflink, liste},
    texte::{self, Texte, Uitext},
};

pub use programm::run;

/// What the portal is, and the applications.
pub fn start(texte: &Texte) -> Html {
    let karten = ANGEBOTE.iter().map(|angebot| {
        let href = Adresse::antrag(angebot.id, Ziel::Einstieg).to_string();
        html! {
            <li data-antrag={angebot.id}>
                <article class="kern-card kern-card--interactive antragskarte">
                    <div class="kern-card__container">
                        <header class="kern-card__header">
                            <h3 class="kern-title kern-title--large">
                                <a class="kern-link kern-link--stretched kern-link--no-visited-state" {href}>
                                    { texte.antrag(angebot.id, "titel", angebot.titel) }
                                </a>
                            </h3>
                        </header>
                        <section class="kern-card__body">
                            <p class="kern-body">{ texte.antrag(angebot.id, "worum", angebot.worum) }</p>
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
        check(texte),
        teil(texte::START_ANTRAEGE, html! { <ul class="karten">{ for karten }</ul> }),
        block(
            "start__spalten",
            vec![teil(texte::START_SO_GEHT_ES, schritte), teil(texte::START_BRAUCHEN, brauchen)],
        ),
        teil(texte::START_STAND, block("start__stand", stand)),
    ];
    block("start", teile)
}

/// The way to the Quick-Check, before everything else.
fn check(texte: &Texte) -> Html {
    let ziel = Adresse::Check(Checkziel::Einstieg).to_string();
    html! {
        <section class="start__check" aria-labelledby="quick-check">
            <div>
                <h2 class="kern-heading-medium" id="quick-check">{ texte.get(texte::START_CHECK) }</h2>
                <p class="kern-body">{ texte.get(texte::START_CHECK_TEXT) }</p>
            </div>
            { knopflink("primary", ziel, texte.get(texte::START_CHECK_LINK)) }
        </section>
    }
}
