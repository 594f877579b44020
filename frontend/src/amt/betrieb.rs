//! The state of the operation: whether everything that was accepted has arrived.

use serde_json::Value;
use yew::prelude::*;

use super::{
    adresse::{Adresse, Filter},
    app::{App, Msg},
    worte,
};
use crate::komponenten::{Meldungsart, icon, meldung};

/// The balance, target by target, and the chain of events.
pub fn view(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let angenommen = json["angenommen"].as_u64().unwrap_or(0);
    let stimmt = json["bilanzStimmt"].as_bool() == Some(true);
    let kette = &json["kette"];
    let kette_stimmt = kette["stimmt"].as_bool() == Some(true);
    let leer = serde_json::Map::new();
    let ziele = json["zustellungen"].as_object().unwrap_or(&leer);
    let zahl = |json: &Value, name: &str| json[name].as_u64().unwrap_or(0);
    let zeilen = ziele.iter().map(|(ziel, it)| {
        let gescheitert = zahl(it, "gescheitert");
        let satz = format!("Alle gescheiterten Zustellungen an {} laufen erneut.", worte::ziel(ziel));
        let pfad = format!("/zustellungen/{ziel}/erneut");
        let onclick = ctx.link().callback(move |_| Msg::Tue { pfad: pfad.clone(), satz: satz.clone() });
        let filter = Filter { zustellung: "gescheitert".to_owned(), ..Filter::default() };
        html! {
            <tr class="kern-table__row">
                <th class="kern-table__header" scope="row">{ worte::ziel(ziel) }</th>
                <td class="kern-table__cell kern-table__cell--numeric">{ zahl(it, "zugestellt") }</td>
                <td class="kern-table__cell kern-table__cell--numeric">{ zahl(it, "wartend") }</td>
                <td class="kern-table__cell kern-table__cell--numeric">
                    if 0 < gescheitert {
                        <a class="kern-link" href={Adresse::Liste(filter).to_string()}>{ gescheitert }</a>
                    } else {
                        { gescheitert }
                    }
                </td>
                <td class="kern-table__cell">
                    if 0 < gescheitert {
                        <button type="button" class="kern-btn kern-btn--secondary kern-btn--x-small" {onclick}
                            aria-disabled={is_busy.then_some("true")}>
                            { icon("autorenew") }
                            <span class="kern-label">{ "Alle erneut senden" }</span>
                        </button>
                    }
                </td>
            </tr>
        }
    });
    let aelteste = worte::zeit(&json["aeltesteWartendSeit"]);
    let bilanz = match stimmt {
        true => meldung(
            Meldungsart::Erfolg,
            "",
            "Die Bilanz stimmt: angenommen = zugestellt + wartend + gescheitert.",
            Html::default(),
        ),
        false => meldung(
            Meldungsart::Fehler,
            "",
            "Die Bilanz stimmt nicht. Bitte verständigen Sie den Betrieb.",
            Html::default(),
        ),
    };
    let ereignisse = match kette_stimmt {
        true => meldung(
            Meldungsart::Erfolg,
            "",
            &format!(
                "Die Kette der {} Ereignisse ist vollständig und unverändert.",
                zahl(kette, "laenge")
            ),
            Html::default(),
        ),
        false => meldung(
            Meldungsart::Fehler,
            "",
            "Die Kette der Ereignisse ist verändert worden. Bitte verständigen Sie den Betrieb.",
            Html::default(),
        ),
    };
    html! {
        <div class="kern-stack-lg">
            <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ "Betrieb" }</h1>
            <p class="kern-body">{ format!("Angenommene Anträge: {angenommen}") }</p>
            { bilanz }
            <div class="kern-table-responsive" tabindex="0" role="region" aria-label="Zustellungen je Ziel">
                <table class="kern-table">
                    <thead class="kern-table__head">
                        <tr class="kern-table__row">
                            { for ["Ziel", "Zugestellt", "Wartend", "Gescheitert", "Aktion"].map(|it| html! {
                                <th class="kern-table__header" scope="col">{ it }</th>
                            }) }
                        </tr>
                    </thead>
                    <tbody class="kern-table__body">{ for zeilen }</tbody>
                </table>
            </div>
            if !aelteste.is_empty() {
                <p class="kern-body">{ format!("Am längsten wartet eine Zustellung seit {aelteste}.") }</p>
            }
            { quarantaene(&json["quarantaene"]) }
            { ereignisse }
        </div>
    }
}

/// What the virus scanner has not seen, and what it has found.
fn quarantaene(json: &Value) -> Html {
    let zahl = |name: &str| json[name].as_u64().unwrap_or(0);
    let mut saetze = Vec::new();
    if 0 < zahl("ausstehend") {
        let grund = json["grund"].as_str().map(|it| format!(" Grund: {it}.")).unwrap_or_default();
        saetze.push(format!(
            "Dateien, die noch auf Viren geprüft werden: {}, die älteste seit {}. So lange wird \
             nichts davon zugestellt.{grund}",
            zahl("ausstehend"),
            worte::zeit(&json["aelteste"]),
        ));
    }
    if 0 < zahl("befallen") {
        saetze.push(format!("Dateien, in denen etwas gefunden wurde: {}.", zahl("befallen")));
    }
    if 0 < zahl("ungeprueft") {
        saetze.push(format!(
            "Dateien, die nicht auf Viren geprüft wurden: {}. Die Einstellung „virenscan“ ist oder \
             war „ohne“.",
            zahl("ungeprueft"),
        ));
    }
    saetze.iter().map(|satz| meldung(Meldungsart::Warnung, "", satz, Html::default())).collect()
}
