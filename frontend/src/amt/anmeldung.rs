//! The login.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::komponenten::{Meldungsart, meldung};

#[derive(PartialEq, Properties)]
pub struct Anmeldungprops {
    /// Why the last attempt failed.
    pub fehler: Option<String>,
    pub is_busy: bool,
    /// Kennung and password.
    pub on_anmelden: Callback<(String, String)>,
}

/// Kennung and password; a password manager can fill them in.
#[component]
pub fn Anmeldung(props: &Anmeldungprops) -> Html {
    let (kennung, passwort) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (kennung, passwort) = (kennung.clone(), passwort.clone());
        let (on_anmelden, is_busy) = (props.on_anmelden.clone(), props.is_busy);
        move |event: SubmitEvent| {
            event.prevent_default();
            let value = |node: &NodeRef| {
                node.cast::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default()
            };
            if !is_busy {
                on_anmelden.emit((value(&kennung), value(&passwort)));
            }
        }
    };
    let titel = html! {
        <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ "Anmeldung" }</h1>
    };
    html! {
        <form class="spalte kern-stack-lg" {onsubmit}>
            { titel }
            if let Some(fehler) = &props.fehler {
                { meldung(Meldungsart::Fehler, "meldung", fehler, Html::default()) }
            }
            <div class="kern-form-input">
                <label class="kern-label" for="kennung">{ "Kennung" }</label>
                <input class="kern-form-input__input" id="kennung" name="kennung" type="text" ref={kennung}
                    autocomplete="username" autocapitalize="none" spellcheck="false" required=true />
            </div>
            <div class="kern-form-input">
                <label class="kern-label" for="passwort">{ "Passwort" }</label>
                <input class="kern-form-input__input" id="passwort" name="passwort" type="password" ref={passwort}
                    autocomplete="current-password" required=true />
            </div>
            <div>
                <button type="submit" class="kern-btn kern-btn--primary" aria-disabled={props.is_busy.then_some("true")}>
                    <span class="kern-label">{ if props.is_busy { "Wird angemeldet …" } else { "Anmelden" } }</span>
                </button>
            </div>
        </form>
    }
}
