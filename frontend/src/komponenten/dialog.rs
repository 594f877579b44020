//! A question that has to be answered first.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon;
use crate::texte::{self, Texte, Uitext};

/// What is asked before something is done that cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialog {
    pub frage: Uitext,
    pub text: Uitext,
    /// Label of the button that does it.
    pub tun: Uitext,
}

/// A modal dialog; the browser keeps the focus inside and closes it with Escape.
pub fn dialog(
    dialog: Dialog,
    texte: &Texte,
    on_tun: Callback<MouseEvent>,
    on_schliessen: Callback<()>,
) -> Html {
    let close = {
        let on_schliessen = on_schliessen.clone();
        Callback::from(move |_: MouseEvent| on_schliessen.emit(()))
    };
    let onclose = Callback::from(move |_: Event| on_schliessen.emit(()));
    html! {
        <dialog class="kern-dialog" id="dialog" aria-labelledby="dialog-titel" {onclose}>
            <header class="kern-dialog__header">
                <h2 class="kern-title kern-title--large" id="dialog-titel">{ texte.get(dialog.frage) }</h2>
                <button type="button" class="kern-btn kern-btn--tertiary" onclick={close.clone()}>
                    { icon("close") }
                    <span class="kern-label kern-sr-only">{ texte.get(texte::SCHLIESSEN) }</span>
                </button>
            </header>
            <section class="kern-dialog__body"><p class="kern-body">{ texte.get(dialog.text) }</p></section>
            <footer class="kern-dialog__footer">
                <button type="button" class="kern-btn kern-btn--secondary" onclick={close}>
                    <span class="kern-label">{ texte.get(texte::ABBRECHEN) }</span>
                </button>
                <button type="button" class="kern-btn kern-btn--primary" onclick={on_tun}>
                    <span class="kern-label">{ texte.get(dialog.tun) }</span>
                </button>
            </footer>
        </dialog>
    }
}

/// Opens the dialog that was rendered, if it is not open yet.
pub fn open() {
    let dialog = crate::browser::document().get_element_by_id("dialog");
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok())
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}
