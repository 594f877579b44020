//! The register of laws: in which Stand they were read, and on which days they changed what the
//! portal asks, checks or computes. To be printed for the file.

use shared::recht::{AENDERUNGEN, REGISTER, stand};
use yew::prelude::*;

use crate::browser;

/// Both tables.
pub fn view() -> Html {
    let gesetze = REGISTER.iter().map(|it| {
        html! {
            <tr class="kern-table__row">
                <th class="kern-table__header" scope="row">{ it.kurz }</th>
                <td class="kern-table__cell">{ it.titel }</td>
                <td class="kern-table__cell amt__zeit" data-titel="Stand">{ stand(it.stand) }</td>
            </tr>
        }
    });
    let aenderungen = AENDERUNGEN.iter().map(|it| {
        html! {
            <tr class="kern-table__row">
                <th class="kern-table__header" scope="row">{ it.ab.to_string() }</th>
                <td class="kern-table__cell">{ it.norm.to_string() }</td>
                <td class="kern-table__cell">{ it.satz }</td>
            </tr>
        }
    });
    let drucken = Callback::from(|_| browser::print());
    html! {
        <div class="kern-stack-lg">
            <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ "Gesetzesstände" }</h1>
            <p class="kern-body">
                { "So wurden die Gesetze gelesen, nach denen das Portal fragt, prüft und rechnet. Spätere Änderungen sind nicht berücksichtigt." }
            </p>
            { tabelle("Gelesene Gesetze", ["Gesetz", "Titel", "Stand"], gesetze.collect()) }
            { tabelle("Änderungen, die das Portal nach dem Tag der Antragstellung unterscheidet",
                ["Gilt ab", "Vorschrift", "Was gilt"], aenderungen.collect()) }
            <div class="nicht-drucken">
                <button type="button" class="kern-btn kern-btn--secondary" onclick={drucken}>
                    <span class="kern-label">{ "Seite drucken" }</span>
                </button>
            </div>
        </div>
    }
}

fn tabelle(titel: &'static str, kopf: [&'static str; 3], zeilen: Vec<Html>) -> Html {
    html! {
        <div class="kern-table-responsive" tabindex="0" role="region" aria-label={titel}>
            <table class="kern-table amt__stapel">
                <caption class="kern-title">{ titel }</caption>
                <thead class="kern-table__head">
                    <tr class="kern-table__row">
                        { for kopf.map(|it| html! { <th class="kern-table__header" scope="col">{ it }</th> }) }
                    </tr>
                </thead>
                <tbody class="kern-table__body">{ for zeilen }</tbody>
            </table>
        </div>
    }
}
