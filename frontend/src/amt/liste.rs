//! The work list.

use serde_json::Value;
use shared::antraege::ANGEBOTE;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    adresse::{Adresse, Filter},
    app::{App, Msg},
    worte,
};
use crate::komponenten::icon;

/// The cases that the filter lets through, newest first.
pub fn view(ctx: &Context<App>, filter: &Filter, json: &Value) -> Html {
    let vorgaenge = worte::liste(json, "vorgaenge");
    let gesamt = json["gesamt"].as_u64();
    let titel = match gesamt {
        Some(1) => "1 Vorgang".to_owned(),
        Some(gesamt) if json["gesamtIstMindestens"] == true => {
            format!("Mehr als {gesamt} Vorgänge")
        }
        Some(gesamt) => format!("{gesamt} Vorgänge"),
        None => "Vorgänge".to_owned(),
    };
    let weiter = worte::text(json, "weiter");
    let seite = |seite_nach: &str| {
        let seite_nach = seite_nach.to_owned();
        Adresse::Liste(Filter { seite_nach, ..filter.clone() }).to_string()
    };
    html! {
        <div class="kern-stack-lg">
            <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ titel }</h1>
            { view_filter(ctx, filter) }
            { staende(filter, &json["zustellstaende"]) }
            if vorgaenge.is_empty() {
                <p class="kern-body">
                    { if filter.is_empty() { "Es ist noch kein Antrag eingegangen." } else { "Kein Vorgang passt zu dieser Auswahl." } }
                </p>
            } else {
                <div class="kern-table-responsive" tabindex="0" role="region" aria-labelledby="titel">
                    <table class="kern-table kern-table--small amt__stapel">
                        <thead class="kern-table__head">
                            <tr class="kern-table__row">
                                { for ["Eingang", "Vorgang", "Hinweise", "Zustellung"].map(|it| html! {
                                    <th class="kern-table__header" scope="col">{ it }</th>
                                }) }
                            </tr>
                        </thead>
                        <tbody class="kern-table__body">{ for vorgaenge.iter().map(zeile) }</tbody>
                    </table>
                </div>
            }
            if !filter.seite_nach.is_empty() || !weiter.is_empty() {
                <nav class="kern-btn-wrapper" aria-label="Seiten">
                    if !filter.seite_nach.is_empty() {
                        <a class="kern-btn kern-btn--secondary" href={seite("")}><span class="kern-label">{ "Erste Seite" }</span></a>
                    }
                    if !weiter.is_empty() {
                        <a class="kern-btn kern-btn--secondary" href={seite(weiter)}><span class="kern-label">{ "Nächste Seite" }</span></a>
                    }
                </nav>
            }
        </div>
    }
}

/// The way to what needs somebody, with how many there are in all.
fn staende(filter: &Filter, staende: &Value) -> Html {
    let wege = [("gescheitert", "Gescheitert"), ("wartend", "Wartend")].map(|(stand, name)| {
        let anzahl = staende[stand].as_u64().unwrap_or(0);
        let ziel = Filter { zustellung: stand.to_owned(), ..Filter::default() };
        let is_hier = *filter == ziel;
        html! {
            <li>
                if 0 < anzahl && !is_hier {
                    <a class="kern-link kern-link--no-visited-state" href={Adresse::Liste(ziel).to_string()}>
                        { format!("{name}: {anzahl}") }
                    </a>
                } else {
                    <span class="kern-body kern-body--muted">{ format!("{name}: {anzahl}") }</span>
                }
            </li>
        }
    });
    html! {
        <nav class="nicht-drucken" aria-label="Was noch nicht zugestellt ist"><ul class="amt__wege">{ for wege }</ul></nav>
    }
}

/// Where the deliveries stand: one word if all have arrived, else what has not and why.
fn zustellung(vorgang: &Value) -> Html {
    let zustellungen = worte::liste(vorgang, "zustellungen");
    let offen: Vec<&Value> =
        zustellungen.iter().filter(|it| worte::text(it, "zustand") != "zugestellt").collect();
    if offen.is_empty() {
        return html! { <span class="kern-body kern-body--small">{ "zugestellt" }</span> };
    }
    let mut ursachen: Vec<&str> = offen.iter().map(|it| worte::text(it, "ursache")).collect();
    ursachen.retain(|it| !it.is_empty());
    ursachen.dedup();
    html! {
        <>
            <div class="amt__marken">{ for offen.into_iter().map(worte::zustellung) }</div>
            { for ursachen.into_iter().map(|it| html! { <p class="amt__fehlertext">{ it }</p> }) }
        </>
    }
}

fn zeile(vorgang: &Value) -> Html {
    let nummer = worte::text(vorgang, "nummer");
    let hinweise = vorgang["hinweise"].as_u64().unwrap_or(0);
    html! {
        <tr class="kern-table__row" key={nummer.to_owned()}>
            <td class="kern-table__cell amt__zeit">{ worte::kurze_zeit(&vorgang["eingegangenAm"]) }</td>
            <td class="kern-table__cell">
                <a class="kern-link" href={Adresse::Vorgang(nummer.to_owned()).to_string()}>{ worte::text(vorgang, "betreff") }</a>
                <div class="kern-body kern-body--small kern-body--muted">
                    { format!("{} · {nummer}", worte::antrag(worte::text(vorgang, "antrag"))) }
                </div>
            </td>
            <td class="kern-table__cell">
                if 0 < hinweise {
                    <span class="kern-badge kern-badge--small kern-badge--warning amt__zeit">
                        { icon("warning") }
                        <span class="kern-label kern-label--small">
                            { if hinweise == 1 { "1 Hinweis".to_owned() } else { format!("{hinweise} Hinweise") } }
                        </span>
                    </span>
                } else {
                    <span class="kern-body kern-body--small">{ "keine" }</span>
                }
            </td>
            <td class="kern-table__cell">{ zustellung(vorgang) }</td>
        </tr>
    }
}

fn view_filter(ctx: &Context<App>, filter: &Filter) -> Html {
    let onsubmit = ctx.link().callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Gehe(Adresse::Liste(read(&event).unwrap_or_default()))
    });
    let auswahl =
        |id: &'static str, label: &str, wert: &str, alle: &str, eintraege: Vec<(&str, &str)>| {
            let options = eintraege.into_iter().map(|(code, text)| {
                html! {
                    <option value={code.to_owned()} selected={code == wert}>{ text }</option>
                }
            });
            html! {
                <div class="kern-form-input">
                    <label class="kern-label" for={id}>{ label }</label>
                    <div class="kern-form-input__select-wrapper">
                        <select class="kern-form-input__select" {id} name={id}>
                            <option value="" selected={wert.is_empty()}>{ alle }</option>
                            { for options }
                        </select>
                    </div>
                </div>
            }
        };
    let eingabe = |id: &'static str, typ: &'static str, label: &str, wert: &str| {
        html! {
            <div class="kern-form-input">
                <label class="kern-label" for={id}>{ label }</label>
                <input class="kern-form-input__input" {id} name={id} type={typ} value={wert.to_owned()} autocomplete="off" />
            </div>
        }
    };
    let antraege = ANGEBOTE.iter().map(|it| (it.id, it.titel)).collect();
    html! {
        <form class="amt__filter nicht-drucken" role="search" {onsubmit}>
            { eingabe("suche", "search", "Name oder Nummer", &filter.suche) }
            { auswahl("antrag", "Antrag", &filter.antrag, "alle", antraege) }
            { auswahl("zustellung", "Zustellung", &filter.zustellung, "alle", worte::ZUSTELLSTAENDE.to_vec()) }
            { eingabe("von", "date", "Eingang ab", &filter.von) }
            { eingabe("bis", "date", "Eingang bis", &filter.bis) }
            <div class="kern-btn-wrapper">
                <button type="submit" class="kern-btn kern-btn--primary">
                    { icon("search") }
                    <span class="kern-label">{ "Anzeigen" }</span>
                </button>
                if !filter.is_empty() {
                    <a class="kern-btn kern-btn--tertiary" href="/amt"><span class="kern-label">{ "Alle anzeigen" }</span></a>
                }
            </div>
        </form>
    }
}

fn read(event: &SubmitEvent) -> Option<Filter> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let wert = |name: &str| -> String {
        let element = form.query_selector(&format!("[name={name}]")).ok().flatten();
        let Some(element) = element else { return String::new() };
        match element.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.value().trim().to_owned(),
            Err(other) => {
                other.dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default()
            }
        }
    };
    Some(Filter {
        suche: wert("suche"),
        antrag: wert("antrag"),
        zustellung: wert("zustellung"),
        von: wert("von"),
        bis: wert("bis"),
        seite_nach: String::new(),
    })
}
