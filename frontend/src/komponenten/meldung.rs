//! Messages: alerts, the summary of errors, errors and hints of an input.

use yew::prelude::*;

use crate::texte::{self, Texte};

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meldungsart {
    Info,
    Erfolg,
    Warnung,
    Fehler,
}

impl Meldungsart {
    fn name(self) -> &'static str {
        match self {
            Meldungsart::Info => "info",
            Meldungsart::Erfolg => "success",
            Meldungsart::Warnung => "warning",
            Meldungsart::Fehler => "danger",
        }
    }
}

/// A line of the summary of errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fehlerzeile {
    pub text: String,
    /// Where it can be mended: `#f-plz`, or a page; empty where there is no such place.
    pub ziel: String,
}

/// An icon of KERN; always decoration.
pub fn icon(name: &str) -> Html {
    html! { <span class={format!("kern-icon kern-icon--{name}")} aria-hidden="true" /> }
}

/// An alert. With an id it can take the focus.
pub fn meldung(art: Meldungsart, id: &'static str, titel: &str, inhalt: Html) -> Html {
    let name = art.name();
    let tabindex = (!id.is_empty()).then_some("-1");
    html! {
        <div class={format!("kern-alert kern-alert--{name}")} id={(!id.is_empty()).then_some(id)} {tabindex}>
            <div class="kern-alert__header">
                { icon(name) }
                <h2 class="kern-title">{ titel }</h2>
            </div>
            if inhalt != Html::default() {
                <div class="kern-alert__body">{ inhalt }</div>
            }
        </div>
    }
}

/// What is wrong on a page, each line leading to its input. Takes the focus by its id.
pub fn error_summary(art: Meldungsart, titel: &str, text: &str, zeilen: &[Fehlerzeile]) -> Html {
    let zeilen = zeilen.iter().map(|zeile| match zeile.ziel.as_str() {
        "" => html! { <li>{ &zeile.text }</li> },
        ziel => {
            html! { <li><a class="kern-link" href={ziel.to_owned()}>{ &zeile.text }</a></li> }
        }
    });
    let inhalt = html! {
        <>
            if !text.is_empty() {
                <p class="kern-body">{ text }</p>
            }
            <ul class="kern-list kern-list--bullet">{ for zeilen }</ul>
        </>
    };
    meldung(art, "meldung", titel, inhalt)
}

/// Title of the summary of so many errors.
pub fn fehlertitel(anzahl: usize, texte: &Texte) -> String {
    match anzahl {
        1 => texte.get(texte::EIN_FEHLER).to_owned(),
        _ => texte.fill(texte::MEHR_FEHLER, &[("anzahl", &anzahl.to_string())]),
    }
}

/// The error of an input, tied to it by its id.
pub fn error(id: String, text: &str) -> Html {
    html! {
        <p class="kern-error" {id}>
            { icon("danger") }
            <span class="kern-body">{ text }</span>
        </p>
    }
}

/// The hint of an input; nothing where there is none.
pub fn hint(id: String, text: &str) -> Html {
    match text {
        "" => Html::default(),
        text => html! { <div class="kern-hint" {id}>{ text }</div> },
    }
}
