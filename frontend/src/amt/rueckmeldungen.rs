//! Messages of the Fachverfahren: those that wait for a case, and those of a case.

use serde_json::Value;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use super::{
    app::{App, Msg},
    worte,
};
use crate::komponenten::{Meldungsart, hint, icon, meldung};

/// Why a message fits no case, in words.
const GRUENDE: [(&str, &str); 9] = [
    ("vorgang-unbekannt", "Sie nennt eine Nummer, zu der es keinen Vorgang gibt."),
    ("ausloeser-unbekannt", "Sie antwortet auf eine Nachricht, die das Portal nicht gesendet hat."),
    ("widerspruch", "Nummer und beantwortete Nachricht gehören zu verschiedenen Vorgängen."),
    ("uuid-schon-benutzt", "Unter ihrer UUID ist schon eine andere Nachricht da."),
    ("nachrichtentyp", "Diese Art von Nachricht kennt das Portal nicht."),
    ("version", "Sie gehört zu einer Version des Standards, die das Portal nicht liest."),
    ("fehlt", "Ihr fehlt ein Element, das der Standard verlangt."),
    ("unerwartet", "Sie hat ein Element, das der Standard nicht vorsieht."),
    ("kein-xml", "Sie ist kein lesbares XML."),
];

/// The messages that wait for somebody to say which case they belong to.
pub fn view(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let karten = worte::liste(json, "rueckmeldungen").iter().map(|it| karte(ctx, it, is_busy));
    let karten: Vec<Html> = karten.collect();
    html! {
        <div class="kern-stack-xl">
            <div class="kern-stack-md">
                <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ "Nachrichten ohne Vorgang" }</h1>
                <p class="kern-body">{ "Diese Nachrichten des Fachverfahrens passen zu keinem Vorgang. Bitte ordnen Sie sie zu." }</p>
            </div>
            if karten.is_empty() {
                { meldung(Meldungsart::Erfolg, "", "Alle Nachrichten sind zugeordnet.", Html::default()) }
            } else {
                <div class="amt__karten">{ for karten }</div>
            }
        </div>
    }
}

fn karte(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let id = worte::text(json, "id").to_owned();
    let grund = worte::text(json, "grund");
    let satz = GRUENDE.iter().find(|it| it.0 == grund).map_or(grund, |it| it.1);
    let typ = worte::nachrichtentyp(worte::text(json, "nachrichtentyp"));
    let vorschlag = worte::text(json, "vorschlag").to_owned();
    let onclick = {
        let msg = (vorschlag.clone(), id.clone());
        ctx.link().callback(move |_| Msg::Tue {
            pfad: format!("/vorgaenge/{}/rueckmeldungen/{}", msg.0, msg.1),
            satz: format!("Die Nachricht gehört jetzt zu {}.", msg.0),
        })
    };
    let feld = format!("nummer-{id}");
    let onsubmit = {
        let (feld, id) = (feld.clone(), id.clone());
        ctx.link().batch_callback(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_dyn_into::<HtmlFormElement>()?;
            let input = form.elements().named_item(&feld)?;
            let nummer = input.unchecked_into::<HtmlInputElement>().value();
            let nummer = nummer.trim().to_uppercase();
            (!nummer.is_empty()).then(|| Msg::Tue {
                pfad: format!("/vorgaenge/{nummer}/rueckmeldungen/{id}"),
                satz: format!("Die Nachricht gehört jetzt zu {nummer}."),
            })
        })
    };
    html! {
        <article class="kern-card kern-card--surface amt__karte">
            <div class="kern-card__container">
                <header class="kern-card__header"><h2 class="kern-title">{ typ }</h2></header>
                <section class="kern-card__body kern-stack-md">
                    <p class="kern-body kern-body--small kern-body--muted">
                        { format!("{} · {}", worte::zeit(&json["eingegangenAm"]), worte::groesse(json["groesse"].as_u64().unwrap_or(0))) }
                    </p>
                    <p class="kern-body kern-body--bold">{ satz }</p>
                    { inhalt(&json["auszug"]) }
                    <div>{ xml(ctx, &id) }</div>
                </section>
                <footer class="kern-card__footer kern-stack-md">
                    if !vorschlag.is_empty() {
                        <button type="button" class="kern-btn kern-btn--primary" {onclick} aria-disabled={is_busy.then_some("true")}>
                            <span class="kern-label">{ format!("{vorschlag} zuordnen") }</span>
                        </button>
                    }
                    <form class="kern-stack-md" {onsubmit}>
                        <div class="kern-form-input">
                            <label class="kern-label" for={feld.clone()}>{ "Anderer Vorgang" }</label>
                            { hint(format!("{feld}-hilfe"), "Vorgangsnummer, zum Beispiel VE-7K4M-9HXD-3F") }
                            <input class="kern-form-input__input" id={feld.clone()} name={feld.clone()} type="text"
                                autocomplete="off" spellcheck="false" aria-describedby={format!("{feld}-hilfe")} />
                        </div>
                        <button type="submit" class="kern-btn kern-btn--secondary" aria-disabled={is_busy.then_some("true")}>
                            <span class="kern-label">{ "Zuordnen" }</span>
                        </button>
                    </form>
                </footer>
            </div>
        </article>
    }
}

/// What came to a case and what the applicant sent, on the case's page.
pub fn abschnitt(ctx: &Context<App>, json: &Value, nummer: &str) -> Html {
    let rueckmeldungen = worte::liste(json, "rueckmeldungen");
    let folgen = worte::liste(json, "folgen");
    if rueckmeldungen.is_empty() && folgen.is_empty() {
        return Html::default();
    }
    let rueckmeldungen = rueckmeldungen.iter().map(|it| {
        let frage = match worte::text(it, "frage") {
            "offen" => Some(("warning", "wartet auf Antwort")),
            "beantwortet" => Some(("success", "beantwortet")),
            "ueberholt" => Some(("info", "nicht mehr offen")),
            _ => None,
        };
        html! {
            <article class="kern-card kern-card--surface amt__karte">
                <div class="kern-card__container">
                    <header class="kern-card__header amt__marken">
                        <h3 class="kern-title">{ worte::nachrichtentyp(worte::text(it, "nachrichtentyp")) }</h3>
                        if let Some((art, text)) = frage {
                            <span class={format!("kern-badge kern-badge--small kern-badge--{art}")}>
                                <span class="kern-label kern-label--small">{ text }</span>
                            </span>
                        }
                    </header>
                    <section class="kern-card__body kern-stack-md">
                        <p class="kern-body kern-body--small kern-body--muted">{ worte::zeit(&it["eingegangenAm"]) }</p>
                        { inhalt(&it["auszug"]) }
                        <div>{ xml(ctx, worte::text(it, "id")) }</div>
                    </section>
                </div>
            </article>
        }
    });
    let folgen = folgen.iter().map(|it| {
        let name = worte::text(it, "name").to_owned();
        let pfad = format!("/vorgaenge/{nummer}/folgen/{name}");
        let datei = format!("{nummer}-{name}.xml");
        let onclick = ctx.link().callback(move |_| Msg::Speichere { pfad: pfad.clone(), name: datei.clone() });
        let titel = match worte::text(it, "art") {
            "ruecknahme" => "Rücknahme des Antrags",
            _ => "Antwort der antragstellenden Person",
        };
        let dateien: Vec<&str> = worte::liste(it, "dateien").iter().filter_map(Value::as_str).collect();
        html! {
            <article class="kern-card kern-card--surface amt__karte">
                <div class="kern-card__container">
                    <header class="kern-card__header"><h3 class="kern-title">{ titel }</h3></header>
                    <section class="kern-card__body kern-stack-md">
                        <p class="kern-body kern-body--small kern-body--muted">{ worte::zeit(&it["am"]) }</p>
                        if !worte::text(it, "text").is_empty() {
                            <p class="kern-body wortlaut">{ worte::text(it, "text") }</p>
                        }
                        if !dateien.is_empty() {
                            <p class="kern-body">{ format!("Dateien: {}", dateien.join(", ")) }</p>
                        }
                        <div>
                            <button type="button" class="kern-btn kern-btn--tertiary" {onclick}>
                                { icon("download") }
                                <span class="kern-label">{ "Nachricht (XML)" }</span>
                                <span class="nur-vorlesen">{ format!(" {name}") }</span>
                            </button>
                        </div>
                    </section>
                </div>
            </article>
        }
    });
    html! {
        <section class="kern-stack-md" aria-labelledby="rueckkanal">
            <h2 class="kern-heading-large" id="rueckkanal">{ "Schriftwechsel" }</h2>
            <div class="amt__karten">{ for rueckmeldungen }{ for folgen }</div>
        </section>
    }
}

/// What a message says, as far as it could be read.
fn inhalt(auszug: &Value) -> Html {
    let zeilen = worte::liste(auszug, "zeilen").iter().map(|it| {
        html! {
            <div class="kern-description-list-item">
                <dt class="kern-description-list-item__key">{ worte::text(it, "label") }</dt>
                <dd class="kern-description-list-item__value amt__wert">{ worte::text(it, "wert") }</dd>
            </div>
        }
    });
    let zeilen: Vec<Html> = zeilen.collect();
    let frist = worte::text(auszug, "frist");
    let dokumente: Vec<&str> =
        worte::liste(auszug, "dokumente").iter().map(|it| worte::text(it, "name")).collect();
    html! {
        <>
            if !worte::text(auszug, "text").is_empty() {
                <p class="kern-body wortlaut">{ worte::text(auszug, "text") }</p>
            }
            if !frist.is_empty() {
                <p class="kern-body">{ format!("Frist: {}", worte::datum(frist)) }</p>
            }
            if !zeilen.is_empty() {
                <dl class="kern-description-list">{ for zeilen }</dl>
            }
            if !dokumente.is_empty() {
                <p class="kern-body">{ format!("Dokumente: {}", dokumente.join(", ")) }</p>
            }
        </>
    }
}

/// The very bytes that came.
fn xml(ctx: &Context<App>, id: &str) -> Html {
    let pfad = format!("/rueckmeldungen/{id}/nachricht.xml");
    let name = format!("{id}.xml");
    let onclick =
        ctx.link().callback(move |_| Msg::Speichere { pfad: pfad.clone(), name: name.clone() });
    html! {
        <button type="button" class="kern-btn kern-btn--tertiary" {onclick}>
            { icon("download") }
            <span class="kern-label">{ "Nachricht (XML)" }</span>
            <span class="nur-vorlesen">{ format!(" {id}") }</span>
        </button>
    }
}
