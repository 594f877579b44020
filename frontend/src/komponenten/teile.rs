//! Small parts that stand on every page. One function each, so that a page is made of calls: what
//! `html!` writes out again for every element would be most of the program.

use yew::prelude::*;

use super::icon;

/// The heading of a page; it takes the focus when the page is opened.
pub fn haupttitel(class: &'static str, text: &str) -> Html {
    html! { <h1 {class} id="titel" tabindex="-1">{ text }</h1> }
}

/// A paragraph.
pub fn absatz(text: &str) -> Html {
    absatz_mit("kern-body", text)
}

/// A paragraph that looks different: `kern-body kern-body--muted`.
pub fn absatz_mit(class: &'static str, text: &str) -> Html {
    html! { <p {class}>{ text }</p> }
}

/// A part of a page under a heading.
pub fn abschnitt(titel: &str, inhalt: Html) -> Html {
    html! { <section><h2 class="kern-heading-small">{ titel }</h2>{ inhalt }</section> }
}

/// A list, with numbers or without.
pub fn liste(is_folge: bool, zeilen: &[&str]) -> Html {
    let zeilen: Html = zeilen.iter().map(|it| html! { <li>{ *it }</li> }).collect();
    match is_folge {
        true => html! { <ol class="kern-list kern-list--number">{ zeilen }</ol> },
        false => html! { <ul class="kern-list kern-list--bullet">{ zeilen }</ul> },
    }
}

/// A link in a text.
pub fn link(href: impl Into<AttrValue>, text: &str) -> Html {
    let href = href.into();
    html! { <a class="kern-link" {href}>{ text }</a> }
}

/// A link with an icon before it that stands alone.
pub fn weg(href: impl Into<AttrValue>, symbol: &str, text: &str) -> Html {
    let href = href.into();
    html! { <a class="kern-link kern-link--no-visited-state" {href}>{ icon(symbol) }{ text }</a> }
}

/// Importance of a button: `primary`, `secondary` or `tertiary`.
fn class(art: &str) -> String {
    format!("kern-btn kern-btn--{art}")
}

/// A link that looks like a button, with an arrow.
pub fn knopflink(art: &'static str, href: impl Into<AttrValue>, text: &str) -> Html {
    let href = href.into();
    html! {
        <div>
            <a class={class(art)} {href}>
                <span class="kern-label">{ text }</span>
                { icon("arrow-forward") }
            </a>
        </div>
    }
}

/// A button, with an icon before its text unless that is empty.
pub fn knopf(
    art: &'static str,
    symbol: &'static str,
    text: &str,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class={class(art)} {onclick}>
            { symbol_or_nothing(symbol) }
            <span class="kern-label">{ text }</span>
        </button>
    }
}

fn symbol_or_nothing(symbol: &'static str) -> Html {
    match symbol {
        "" => Html::default(),
        symbol => icon(symbol),
    }
}

/// A line of a description list.
pub fn eigenschaft(label: Html, wert: Html) -> Html {
    html! {
        <div class="kern-description-list-item">
            <dt class="kern-description-list-item__key">{ label }</dt>
            <dd class="kern-description-list-item__value umbruch">{ wert }</dd>
        </div>
    }
}

/// How far something is: `id` ties the label to the bar.
pub fn fortschritt(id: String, label: &str, wert: usize, alle: usize) -> Html {
    html! {
        <div class="kern-progress">
            <label class="kern-label kern-label--small" for={id.clone()}>{ label }</label>
            <progress {id} value={wert.to_string()} max={alle.to_string()} />
        </div>
    }
}

/// A badge with an icon.
pub fn badge(art: &str, symbol: &str, text: &str) -> Html {
    html! {
        <span class={format!("kern-badge kern-badge--{art}")}>
            { icon(symbol) }
            <span class="kern-label kern-label--small">{ text }</span>
        </span>
    }
}

/// A block of a page; its class says how its parts are laid out.
pub fn block(class: &'static str, teile: Vec<Html>) -> Html {
    html! { <div {class}>{ for teile }</div> }
}

/// Several parts one after another.
pub fn folge(teile: Vec<Html>) -> Html {
    teile.into_iter().collect()
}

/// A box to tick.
pub fn haekchen(id: String, is_an: bool, label: Html, onchange: Callback<Event>) -> Html {
    html! {
        <div class="kern-form-check">
            <input class="kern-form-check__checkbox" id={id.clone()} type="checkbox" checked={is_an} {onchange} />
            <label class="kern-label" for={id}>{ label }</label>
        </div>
    }
}
