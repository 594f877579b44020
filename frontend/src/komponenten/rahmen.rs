//! The frame around every page: skip link, header with the languages, main part, footer.

use yew::prelude::*;

use super::icon;
use crate::texte::{self, SPRACHEN, Texte};

/// A link of the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fusslink<'a> {
    pub ziel: &'a str,
    pub text: &'a str,
}

/// What stands around a page.
#[derive(Clone, Copy, Debug)]
pub struct Rahmen<'a> {
    pub texte: &'a Texte,
    /// Name of the town or office.
    pub kennung: &'a str,
    pub titel: &'a str,
    /// Where the header leads to.
    pub start: &'static str,
    /// Tags of the languages that can be chosen; fewer than two: no switch.
    pub sprachen: &'a [&'a str],
    /// What stands in the footer.
    pub links: &'a [Fusslink<'a>],
    /// Is read out by screen readers when it changes.
    pub ansage: &'a str,
}

/// Puts a page into its frame.
pub fn rahmen(rahmen: &Rahmen<'_>, inhalt: Html) -> Html {
    let Rahmen { texte, kennung, titel, start, sprachen, links, ansage } = *rahmen;
    let sprachen: Vec<Html> = SPRACHEN.iter().filter(|(tag, _)| sprachen.contains(tag)).map(|(tag, name)| {
        let is_aktiv = *tag == texte.sprache();
        html! {
            <li>
                <a class="kern-link kern-link--no-visited-state" href={format!("?sprache={tag}")} hreflang={*tag} lang={*tag}
                    aria-current={is_aktiv.then_some("true")}>{ *name }</a>
            </li>
        }
    }).collect();
    let links = links.iter().map(|link| {
        html! { <li><a class="kern-link kern-link--small kern-link--no-visited-state" href={link.ziel.to_owned()}>{ link.text }</a></li> }
    });
    html! {
        <>
            <a class="sprunglink" href="#inhalt">{ texte.get(texte::SPRUNG) }</a>
            <header class="seitenkopf">
                <div class="kern-container seitenkopf__zeile">
                    <a class="seitenkopf__marke" href={start}>
                        <span class="seitenkopf__kennung">{ kennung }</span>
                        <span class="seitenkopf__titel">{ titel }</span>
                    </a>
                    if 1 < sprachen.len() {
                        <nav class="seitenkopf__sprachen" aria-label={texte.get(texte::SPRACHE).to_owned()}>
                            { icon("language") }
                            <ul>{ for sprachen }</ul>
                        </nav>
                    }
                </div>
            </header>
            <main class="seiteninhalt" id="inhalt" tabindex="-1">
                <div class="kern-container">{ inhalt }</div>
            </main>
            <div class="kern-sr-only" role="status">{ ansage }</div>
            <footer class="seitenfuss">
                <div class="kern-container">
                    <nav aria-label={texte.get(texte::NAVIGATION).to_owned()}><ul class="seitenfuss__links">{ for links }</ul></nav>
                </div>
            </footer>
        </>
    }
}
