//! A case: everything that is known of it, on one page.

use serde_json::Value;
use shared::zeitleiste::Zeitleiste;
use yew::prelude::*;

use super::{
    app::{App, Msg},
    rueckmeldungen, worte,
};
use crate::{
    komponenten::{Meldungsart, element_id, icon, meldung, zeitleiste},
    texte::Texte,
};

/// The case as the API gives it.
pub fn view(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let nummer = worte::text(json, "nummer");
    let kopf = [
        ("Vorgangsnummer", nummer.to_owned()),
        ("Antrag", worte::antrag(worte::text(json, "antrag"))),
        ("Eingang", worte::zeit(&json["eingegangenAm"])),
        ("Zustand", worte::vorgang(worte::text(json, "zustand")).to_owned()),
        ("Prüfsumme", worte::text(json, "pruefsumme").to_owned()),
    ];
    let datei = |pfad: &str, endung: &str, text: &str, symbol: &str| {
        let pfad = format!("/vorgaenge/{nummer}/{pfad}");
        let name = format!("{nummer}{endung}");
        let onclick =
            ctx.link().callback(move |_| Msg::Speichere { pfad: pfad.clone(), name: name.clone() });
        html! {
            <button type="button" class="kern-btn kern-btn--secondary" {onclick}>
                { icon(symbol) }
                <span class="kern-label">{ text }</span>
            </button>
        }
    };
    let is_gescheitert = worte::text(json, "zustellstand") == "gescheitert";
    html! {
        <div class="kern-stack-xl">
            <div class="kern-stack-md">
                <a class="kern-link" href="/amt">{ icon("arrow-back") }{ "Alle Vorgänge" }</a>
                <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ worte::text(json, "betreff") }</h1>
                { liste(&kopf) }
                <div class="kern-btn-wrapper nicht-drucken">
                    { datei("zusammenfassung.pdf", ".pdf", "Zusammenfassung (PDF)", "download") }
                    { datei("nachricht.xml", ".xml", "Nachricht (XML)", "download") }
                </div>
                { wege(json) }
            </div>
            { befallen(json) }
            // What failed needs somebody; what was delivered does not.
            if is_gescheitert {
                { zustellungen(ctx, json, nummer, is_busy) }
            }
            { hinweise(json) }
            { for worte::liste(json, "vorschlaege").iter().map(vorschlag) }
            { rueckmeldungen::abschnitt(ctx, json, nummer) }
            { anlagen(ctx, json, nummer) }
            { angaben(json) }
            if !is_gescheitert {
                { zustellungen(ctx, json, nummer, is_busy) }
            }
            { verlauf(json) }
        </div>
    }
}

/// The way to each part of this long page.
fn wege(json: &Value) -> Html {
    let is_da = |name: &str| !worte::liste(json, name).is_empty();
    let schriftwechsel = is_da("rueckmeldungen") || is_da("folgen");
    let wege = [
        ("hinweise", "Hinweise", true),
        ("rueckkanal", "Schriftwechsel", schriftwechsel),
        ("anlagen", "Anlagen", true),
        ("angaben", "Angaben", true),
        ("zustellungen", "Zustellung", true),
        ("verlauf", "Verlauf", true),
    ];
    let wege = wege.iter().filter(|it| it.2).map(|(id, name, _)| {
        html! { <li><a class="kern-link kern-link--no-visited-state" href={format!("#{id}")}>{ *name }</a></li> }
    });
    html! {
        <nav class="nicht-drucken" aria-label="Auf dieser Seite"><ul class="amt__wege">{ for wege }</ul></nav>
    }
}

fn liste(paare: &[(&str, String)]) -> Html {
    html! {
        <dl class="kern-description-list">
            { for paare.iter().map(|(key, wert)| html! {
                <div class="kern-description-list-item">
                    <dt class="kern-description-list-item__key">{ *key }</dt>
                    <dd class="kern-description-list-item__value amt__wert">{ wert }</dd>
                </div>
            }) }
        </dl>
    }
}

fn abschnitt(id: &'static str, titel: &str, inhalt: Html) -> Html {
    html! {
        <section class="kern-stack-md" aria-labelledby={id}>
            <h2 class="kern-heading-large" {id}>{ titel }</h2>
            { inhalt }
        </section>
    }
}

/// Code of the error of what must not leave.
pub(super) const SCHADSOFTWARE: &str = "schadsoftware";

/// An infected file holds the case back for good. What can be done, with the words for it.
fn befallen(json: &Value) -> Html {
    let anlagen = worte::liste(json, "anlagen").iter();
    let namen: Vec<&str> = anlagen
        .filter(|it| worte::text(it, "pruefung") == "befallen")
        .map(|it| worte::text(it, "name"))
        .collect();
    if namen.is_empty() {
        return Html::default();
    }
    let dateien = namen.iter().map(|it| format!("„{it}“")).collect::<Vec<_>>().join(", ");
    let nummer = worte::text(json, "nummer");
    let brief = bitte(&dateien, nummer, &worte::zeit(&json["eingegangenAm"]));
    let href = mailadresse(json).map(|adresse| {
        let betreff = format!("Ihr Antrag {nummer}: Bitte senden Sie ihn noch einmal");
        let [betreff, brief] =
            [&betreff, &brief].map(|it| String::from(js_sys::encode_uri_component(it)));
        format!("mailto:{adresse}?subject={betreff}&body={brief}")
    });
    let titel =
        "Schadsoftware gefunden: Was mit dieser Datei gesendet wurde, verlässt das Portal nicht";
    let inhalt = html! {
        <div class="kern-stack-md">
            <p class="kern-body">
                { format!("Der Inhalt von {dateien} ist gelöscht. Der Eingang des Antrags bleibt mit Zeit und Prüfsumme belegt.") }
            </p>
            <ol class="kern-list kern-list--number">
                <li>{ "Bitten Sie die antragstellende Person, den Antrag ohne diese Datei noch einmal zu senden. Das Schreiben dafür steht unten." }</li>
                <li>{ "Wenn es eilt, legen Sie den Fall von Hand an: mit der Zusammenfassung (PDF) und den übrigen Anlagen, die Sie auf dieser Seite öffnen können." }</li>
            </ol>
            if let Some(href) = href {
                <div class="nicht-drucken">
                    <a class="kern-btn kern-btn--primary" {href}>
                        { icon("mail") }
                        <span class="kern-label">{ "E-Mail vorbereiten" }</span>
                    </a>
                </div>
            }
            <details class="kern-accordion">
                <summary class="kern-accordion__header"><span class="kern-title kern-title--small">{ "Schreiben" }</span></summary>
                <section class="kern-accordion__body"><p class="kern-body wortlaut">{ brief }</p></section>
            </details>
        </div>
    };
    meldung(Meldungsart::Fehler, "befallen", titel, inhalt)
}

/// What the applicant is asked to do. The same words for a letter.
fn bitte(dateien: &str, nummer: &str, eingang: &str) -> String {
    format!(
        "Guten Tag,\n\nIhr Antrag {nummer} ist am {eingang} bei uns eingegangen. In der Datei \
         {dateien} wurde ein Virus gefunden. Wir haben die Datei gelöscht. Deshalb können wir \
         diesen Antrag nicht bearbeiten.\n\nBitte stellen Sie den Antrag im Portal noch einmal. \
         Laden Sie die Datei {dateien} nicht wieder hoch. Nehmen Sie eine neue Datei, zum Beispiel \
         ein neues Foto von dem Papier. Wenn Sie das Papier nicht haben, reichen Sie es später \
         nach.\n\nMit freundlichen Grüßen"
    )
}

/// Where the applicant can be written to, if an answer says so.
fn mailadresse(json: &Value) -> Option<&str> {
    let teile = worte::liste(json, "zusammenfassung").iter();
    let mut zeilen = teile.flat_map(|teil| worte::liste(teil, "zeilen"));
    let zeile = zeilen.find(|it| {
        worte::text(it, "pfad").to_ascii_lowercase().ends_with("email")
            && worte::text(it, "antwort").contains('@')
    });
    // Nothing that could add to the address.
    zeile.map(|it| worte::text(it, "antwort")).filter(|it| !it.contains(['?', '&', ' ', '%']))
}

/// What the checks found, in full.
fn hinweise(json: &Value) -> Html {
    let hinweise = worte::liste(json, "hinweise");
    if hinweise.is_empty() {
        return abschnitt(
            "hinweise",
            "Hinweise der Prüfung",
            html! {
                <p class="kern-body">{ "Die Prüfung hat nichts Auffälliges gefunden." }</p>
            },
        );
    }
    let zeilen = hinweise.iter().map(|it| {
        html! {
            <li>
                { worte::text(it, "text") }
                <div class="kern-body kern-body--small kern-body--muted">
                    { format!("{} · {}", worte::text(it, "feld"), worte::text(it, "regel")) }
                </div>
            </li>
        }
    });
    let titel = match hinweise.len() {
        1 => "1 Hinweis".to_owned(),
        anzahl => format!("{anzahl} Hinweise"),
    };
    let zeilen = html! { <ul class="kern-list kern-list--bullet">{ for zeilen }</ul> };
    abschnitt("hinweise", "Hinweise der Prüfung", meldung(Meldungsart::Warnung, "", &titel, zeilen))
}

/// What was computed for the caseworker; a human decides.
fn vorschlag(json: &Value) -> Html {
    let art =
        if json["gut"].as_bool() == Some(true) { Meldungsart::Info } else { Meldungsart::Warnung };
    let zeilen = worte::liste(json, "zeilen").iter().map(|it| {
        html! {
            <div class="kern-description-list-item">
                <dt class="kern-description-list-item__key">{ worte::text(it, "label") }</dt>
                <dd class="kern-description-list-item__value">{ worte::text(it, "wert") }</dd>
            </div>
        }
    });
    html! {
        <section class="kern-stack-md">
            <h2 class="kern-heading-large">{ worte::text(json, "titel") }</h2>
            { meldung(art, "", worte::text(json, "satz"), html! {
                <dl class="kern-description-list">{ for zeilen }</dl>
            }) }
            { for worte::liste(json, "zeitleisten").iter().enumerate().map(|(index, it)| {
                let id = format!("zeitleiste-{}-{index}", element_id(worte::text(json, "id")));
                zeitleiste(&id, "Zeitleiste", &Zeitleiste::from_json(it), &Texte::default())
            }) }
        </section>
    }
}

/// The deliveries, with the partners' own words.
fn zustellungen(ctx: &Context<App>, json: &Value, nummer: &str, is_busy: bool) -> Html {
    let karten = worte::liste(json, "zustellungen").iter().map(|it| {
        let ziel = worte::text(it, "ziel");
        let zustand = worte::text(it, "zustand");
        let versuche = it["versuche"].as_u64().unwrap_or(0);
        let mut paare = Vec::new();
        if zustand != "zugestellt" || 1 < versuche {
            paare.push(("Versuche", versuche.to_string()));
        }
        for (label, name) in [("Ursache", "ursache"), ("Nächster Schritt", "naechsterSchritt")] {
            // While the portal tries by itself, nobody has to do anything.
            match worte::text(it, name) {
                "" => {}
                _ if name == "naechsterSchritt" && zustand != "gescheitert" => {}
                wert => paare.push((label, wert.to_owned())),
            }
        }
        if !matches!(zustand, "zugestellt" | "gescheitert") {
            paare.push(("Nächster Versuch", worte::zeit(&it["naechsterVersuchAm"])));
        }
        for (label, name) in [("Kennung beim Empfänger", "fremdId"), ("Fehlercode", "fehlerCode")] {
            match worte::text(it, name) {
                "" => {}
                wert => paare.push((label, wert.to_owned())),
            }
        }
        let pfad = format!("/vorgaenge/{nummer}/zustellungen/{ziel}/erneut");
        let satz = format!("Die Zustellung an {} läuft erneut.", worte::ziel(ziel));
        let onclick = ctx.link().callback(move |_| Msg::Tue { pfad: pfad.clone(), satz: satz.clone() });
        let fehlertext = worte::text(it, "fehlerText");
        let is_befallen = worte::text(it, "fehlerCode") == SCHADSOFTWARE;
        html! {
            <article class="kern-card kern-card--surface amt__karte">
                <div class="kern-card__container">
                    <header class="kern-card__header amt__marken">
                        <h3 class="kern-title">
                            { worte::ziel(ziel) }
                            if !worte::text(it, "folge").is_empty() {
                                { format!(" ({})", worte::text(it, "folge")) }
                            }
                        </h3>
                        { worte::zustellung(it) }
                    </header>
                    <section class="kern-card__body kern-stack-md">
                        { liste(&paare) }
                        if !fehlertext.is_empty() {
                            <div>
                                <p class="kern-label">
                                    if is_befallen { { "Virenprüfung" } } else { { "Antwort des Empfängers im Wortlaut" } }
                                </p>
                                <pre class="amt__wortlaut" tabindex="0">{ fehlertext }</pre>
                            </div>
                        }
                    </section>
                    if zustand != "zugestellt" && !is_befallen {
                        <footer class="kern-card__footer nicht-drucken">
                            <button type="button" class="kern-btn kern-btn--primary" {onclick}
                                aria-disabled={is_busy.then_some("true")}>
                                { icon("autorenew") }
                                <span class="kern-label">{ "Jetzt erneut senden" }</span>
                                <span class="nur-vorlesen">{ format!(" an {}", worte::ziel(ziel)) }</span>
                            </button>
                        </footer>
                    }
                </div>
            </article>
        }
    });
    abschnitt("zustellungen", "Zustellung", html! { <div class="amt__karten">{ for karten }</div> })
}

fn anlagen(ctx: &Context<App>, json: &Value, nummer: &str) -> Html {
    let anlagen = worte::liste(json, "anlagen");
    if anlagen.is_empty() {
        return abschnitt(
            "anlagen",
            "Anlagen",
            html! {
                <p class="kern-body">{ "Es wurden keine Dateien hochgeladen." }</p>
            },
        );
    }
    let zeilen = anlagen.iter().map(|it| {
        let id = match &it["id"] {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        let name = worte::text(it, "name").to_owned();
        let pfad = format!("/vorgaenge/{nummer}/anlagen/{id}");
        let onclick = {
            let name = name.clone();
            ctx.link().callback(move |_| Msg::Speichere { pfad: pfad.clone(), name: name.clone() })
        };
        html! {
            <tr class="kern-table__row">
                <td class="kern-table__cell">{ it["nachweis"].as_str().unwrap_or(worte::text(it, "typ")) }</td>
                <td class="kern-table__cell amt__wert">{ &name }</td>
                <td class="kern-table__cell kern-table__cell--numeric">{ worte::groesse(it["groesse"].as_u64().unwrap_or(0)) }</td>
                <td class="kern-table__cell">{ worte::pruefung(it) }</td>
                <td class="kern-table__cell">
                    <button type="button" class="kern-btn kern-btn--tertiary" {onclick}>
                        { icon("download") }
                        <span class="kern-label">{ "Öffnen" }</span>
                        <span class="nur-vorlesen">{ format!(" {name}") }</span>
                    </button>
                </td>
            </tr>
        }
    });
    abschnitt(
        "anlagen",
        "Anlagen",
        html! {
            <div class="kern-table-responsive" tabindex="0" role="region" aria-label="Liste der Dateien">
                <table class="kern-table kern-table--small">
                    <thead class="kern-table__head">
                        <tr class="kern-table__row">
                            { for ["Nachweis", "Datei", "Größe", "Virenprüfung", "Aktion"].map(|it| {
                                let numeric = (it == "Größe").then_some("kern-table__header--numeric");
                                html! { <th class={classes!("kern-table__header", numeric)} scope="col">{ it }</th> }
                            }) }
                        </tr>
                    </thead>
                    <tbody class="kern-table__body">{ for zeilen }</tbody>
                </table>
            </div>
        },
    )
}

/// Who gave the answers of the part that somebody else may fill in.
fn herkunft(zulieferung: &Value) -> Html {
    let titel = worte::text(zulieferung, "titel");
    if zulieferung["online"] == true {
        let satz = "Der Arbeitgeber hat diesen Teil selbst über einen Einmal-Link ausgefüllt und \
                    bestätigt. Die antragstellende Person konnte ihn nicht ändern. Das Dokument \
                    liegt bei den Anlagen.";
        let paare = [("Nummer", "nummer"), ("Bestätigt am", "bestaetigtAm")]
            .map(|(label, name)| (label, worte::text(zulieferung, name).to_owned()));
        let inhalt = html! {
            <>
                <p class="kern-body">{ satz }</p>
                { liste(&paare) }
            </>
        };
        return meldung(Meldungsart::Erfolg, "zulieferung", titel, inhalt);
    }
    let satz = "Die antragstellende Person hat diesen Teil angegeben, nach der unterschriebenen \
                Erklärung des Arbeitgebers. Bitte mit dem Dokument vergleichen.";
    meldung(
        Meldungsart::Info,
        "zulieferung",
        titel,
        html! {
            <p class="kern-body">{ satz }</p>
        },
    )
}

/// All answers, page by page as they were asked.
fn angaben(json: &Value) -> Html {
    let mut is_gesagt = false;
    let teile = worte::liste(json, "zusammenfassung").iter().map(|teil| {
        let is_erster =
            teil["zulieferung"] == true && !std::mem::replace(&mut is_gesagt, true);
        let mut ohne = Vec::new();
        let mut zeilen = Vec::new();
        for it in worte::liste(teil, "zeilen") {
            let label = match worte::text(it, "eintrag") {
                "" => worte::text(it, "label").to_owned(),
                eintrag => format!("{eintrag}: {}", worte::text(it, "label")),
            };
            let antwort = worte::text(it, "antwort");
            if matches!(antwort, "" | "–") {
                ohne.push(label);
                continue;
            }
            zeilen.push(html! {
                <div class="kern-description-list-item">
                    <dt class="kern-description-list-item__key">{ label }</dt>
                    <dd class="kern-description-list-item__value amt__wert">{ antwort }</dd>
                </div>
            });
        }
        html! {
            <>
                if is_erster {
                    { herkunft(&json["zulieferung"]) }
                }
                <div class="kern-summary">
                    <div class="kern-summary__header">
                        <h3 class="kern-title kern-summary__title-wrapper">{ worte::text(teil, "titel") }</h3>
                        if teil["zulieferung"] == true {
                            <span class="kern-body kern-body--small kern-body--muted">{ "Teil des Arbeitgebers" }</span>
                        }
                    </div>
                    <div class="kern-summary__body">
                        if !zeilen.is_empty() {
                            <dl class="kern-description-list">{ for zeilen }</dl>
                        }
                        if !ohne.is_empty() {
                            <p class="kern-body kern-body--small kern-body--muted">{ format!("Ohne Antwort: {}", ohne.join(", ")) }</p>
                        }
                    </div>
                </div>
            </>
        }
    });
    abschnitt("angaben", "Angaben", html! { <div class="amt__angaben">{ for teile }</div> })
}

fn verlauf(json: &Value) -> Html {
    let zeilen = worte::liste(json, "ereignisse").iter().map(|it| html! {
        <li>
            <span class="kern-body kern-body--muted kern-body--small">{ worte::kurze_zeit(&it["am"]) }</span>
            <div>
                { worte::text(it, "text") }
                if let Some(akteur) = it["akteur"].as_str() {
                    { format!(" ({akteur})") }
                }
            </div>
        </li>
    });
    abschnitt("verlauf", "Verlauf", html! { <ol class="amt__verlauf">{ for zeilen }</ol> })
}
