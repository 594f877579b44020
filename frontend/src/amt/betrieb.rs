//! The state of the operation: whether everything that was accepted has arrived, and how the
//! targets are.

use serde_json::{Map, Value};
use yew::prelude::*;

use super::{
    adresse::{Adresse, Filter},
    app::{App, Msg},
    vorgang::SCHADSOFTWARE,
    worte,
};
use crate::komponenten::{Meldungsart, icon, meldung};

/// Headings of columns of numbers.
const ZAHLEN: [&str; 5] = ["Zugestellt", "Wartend", "Gescheitert", "Angestoßen", "Anzahl"];

/// The alarm, the balance, each target, what failed by cause, the daily run, the chain of events.
pub fn view(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let angenommen = zahl(json, "angenommen");
    html! {
        <div class="kern-stack-lg">
            <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ "Betrieb" }</h1>
            { alarm(json) }
            <p class="kern-body">{ format!("Angenommene Anträge: {angenommen}") }</p>
            { bilanz(ctx, json, is_busy) }
            { ziele(json) }
            { ursachen(ctx, json, is_busy) }
            { quarantaene(&json["quarantaene"]) }
            { tageslauf(json) }
            { kette(ctx, &json["kette"], is_busy) }
        </div>
    }
}

/// Says that something waits too long, or that nothing does.
fn alarm(json: &Value) -> Html {
    let zu_alt: Vec<&str> = objekt(&json["ziele"])
        .filter(|(_, it)| it["zuAlt"] == true)
        .map(|(ziel, _)| worte::ziel(ziel))
        .collect();
    if zu_alt.is_empty() {
        return Html::default();
    }
    let satz = format!(
        "Alarm: Zustellungen an {} warten zu lange. Bitte sehen Sie unten nach, was diesem Ziel \
         fehlt.",
        zu_alt.join(" und ")
    );
    let seit = worte::zeit(&json["alarm"]["seit"]);
    let mehr = match seit.is_empty() {
        true => Html::default(),
        false => html! { <p class="kern-body">{ format!("Der Alarm besteht seit {seit}.") }</p> },
    };
    meldung(Meldungsart::Fehler, "", &satz, mehr)
}

fn bilanz(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let zeilen = objekt(&json["zustellungen"]).map(|(ziel, it)| {
        let gescheitert = zahl(it, "gescheitert");
        let satz = format!("Alle gescheiterten Zustellungen an {} laufen erneut.", worte::ziel(ziel));
        let pfad = format!("/zustellungen/{ziel}/erneut");
        let onclick = ctx.link().callback(move |_| Msg::Tue { pfad: pfad.clone(), satz: satz.clone() });
        let filter = Filter { zustellung: "gescheitert".to_owned(), ..Filter::default() };
        html! {
            <tr class="kern-table__row">
                <th class="kern-table__header" scope="row">{ worte::ziel(ziel) }</th>
                <td class="kern-table__cell kern-table__cell--numeric" data-titel="Zugestellt">{ zahl(it, "zugestellt") }</td>
                <td class="kern-table__cell kern-table__cell--numeric" data-titel="Wartend">{ zahl(it, "wartend") }</td>
                <td class="kern-table__cell kern-table__cell--numeric" data-titel="Gescheitert">
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
                            <span class="nur-vorlesen">{ format!(" an {}", worte::ziel(ziel)) }</span>
                        </button>
                    }
                </td>
            </tr>
        }
    });
    let stimmt = match json["bilanzStimmt"] == true {
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
    let spalten = ["Ziel", "Zugestellt", "Wartend", "Gescheitert", "Aktion"];
    html! {
        <>
            { stimmt }
            { tabelle("Zustellungen je Ziel", &spalten, zeilen.collect()) }
        </>
    }
}

/// Each target: whether it is open, what its last check found, how long its oldest waits.
fn ziele(json: &Value) -> Html {
    let karten = objekt(&json["ziele"]).map(|(ziel, it)| {
        let pruefung = &it["selbstpruefung"];
        let stufe = worte::text(pruefung, "stufe");
        let (art, wort) = match stufe {
            "gesund" => ("success", "in Ordnung"),
            "nicht-eingerichtet" => ("info", "nicht eingerichtet"),
            "" => ("info", "noch nicht geprüft"),
            _ => ("danger", "gestört"),
        };
        let symbol = if art == "danger" { "danger" } else if art == "success" { "success" } else { "info" };
        let mut paare = vec![("Geöffnet", offen(it))];
        let pause = worte::zeit(&it["pauseBis"]);
        if !pause.is_empty() {
            paare.push(("Pause", format!("Das Ziel hat um eine Pause bis {pause} gebeten.")));
        }
        let seit = worte::zeit(&it["aeltesteWartendSeit"]);
        paare.push((
            "Wartet am längsten",
            if seit.is_empty() { "Nichts wartet.".to_owned() } else { format!("seit {seit}") },
        ));
        if !stufe.is_empty() {
            paare.push(("Letzte Prüfung", worte::zeit(&pruefung["am"])));
            paare.push(("Ergebnis", worte::text(pruefung, "text").to_owned()));
        }
        html! {
            <article class="kern-card kern-card--surface amt__karte">
                <div class="kern-card__container">
                    <header class="kern-card__header amt__marken">
                        <h3 class="kern-title">{ worte::ziel(ziel) }</h3>
                        <span class={format!("kern-badge kern-badge--small kern-badge--{art}")}>
                            { icon(symbol) }
                            <span class="kern-label kern-label--small">{ wort }</span>
                        </span>
                        if it["zuAlt"] == true {
                            <span class="kern-badge kern-badge--small kern-badge--danger">
                                { icon("danger") }
                                <span class="kern-label kern-label--small">{ "wartet zu lange" }</span>
                            </span>
                        }
                    </header>
                    <section class="kern-card__body">
                        <dl class="kern-description-list">
                            { for paare.iter().map(|(label, wert)| html! {
                                <div class="kern-description-list-item">
                                    <dt class="kern-description-list-item__key">{ *label }</dt>
                                    <dd class="kern-description-list-item__value amt__wert">{ wert }</dd>
                                </div>
                            }) }
                        </dl>
                    </section>
                </div>
            </article>
        }
    });
    abschnitt("ziele", "Ziele", html! { <div class="amt__karten">{ for karten }</div> })
}

/// `ja, bis …` or `nein, wieder ab …`
fn offen(it: &Value) -> String {
    let wechsel = worte::zeit(&it["wechselAm"]);
    match (it["offen"] == true, wechsel.is_empty()) {
        (true, true) => "ja, immer".to_owned(),
        (true, false) => format!("ja, bis {wechsel}"),
        (false, true) => "nein".to_owned(),
        (false, false) => format!("nein, wieder ab {wechsel}"),
    }
}

/// What failed for good, by cause, with the next step and one click for all of a cause.
fn ursachen(ctx: &Context<App>, json: &Value, is_busy: bool) -> Html {
    let mut zeilen = Vec::new();
    for (ziel, it) in objekt(&json["ziele"]) {
        for ursache in worte::liste(it, "ursachen") {
            let code = worte::text(ursache, "code");
            let name = worte::ziel(ziel);
            let pfad = format!("/zustellungen/{ziel}/erneut?ursache={}", escape(code));
            let satz = format!("Diese Zustellungen an {name} laufen erneut.");
            let onclick =
                ctx.link().callback(move |_| Msg::Tue { pfad: pfad.clone(), satz: satz.clone() });
            zeilen.push(html! {
                <tr class="kern-table__row">
                    <th class="kern-table__header" scope="row">{ name }</th>
                    <td class="kern-table__cell amt__wert">
                        <p class="kern-body">{ worte::text(ursache, "ursache") }</p>
                        <p class="kern-body">{ worte::text(ursache, "naechsterSchritt") }</p>
                        <p class="kern-body kern-body--muted kern-body--small">
                            { format!("{code}, seit {}", worte::zeit(&ursache["seit"])) }
                        </p>
                    </td>
                    <td class="kern-table__cell kern-table__cell--numeric" data-titel="Anzahl">{ zahl(ursache, "anzahl") }</td>
                    <td class="kern-table__cell">
                        // What is infected stays, however often it is tried.
                        if code != SCHADSOFTWARE {
                            <button type="button" class="kern-btn kern-btn--secondary kern-btn--x-small" {onclick}
                                aria-disabled={is_busy.then_some("true")}>
                                { icon("autorenew") }
                                <span class="kern-label">{ "Erneut senden" }</span>
                                <span class="nur-vorlesen">{ format!(" an {name} wegen {code}") }</span>
                            </button>
                        }
                    </td>
                </tr>
            });
        }
    }
    if zeilen.is_empty() {
        return Html::default();
    }
    let spalten = ["Ziel", "Ursache und nächster Schritt", "Anzahl", "Aktion"];
    let tabelle = tabelle("Gescheiterte Zustellungen nach Ursache", &spalten, zeilen);
    abschnitt("ursachen", "Gescheitert nach Ursache", tabelle)
}

fn tageslauf(json: &Value) -> Html {
    let tageslauf = &json["tageslauf"];
    let uhrzeit = match worte::text(tageslauf, "uhrzeit") {
        "" => "Ein täglicher Lauf ist nicht eingestellt.".to_owned(),
        uhrzeit => format!("Jeden Tag um {uhrzeit} Uhr wird alles versucht, was wartet."),
    };
    let letzter = &tageslauf["letzter"];
    let am = worte::zeit(&letzter["am"]);
    let zeilen = objekt(&letzter["ziele"]).map(|(ziel, it)| {
        html! {
            <tr class="kern-table__row">
                <th class="kern-table__header" scope="row">{ worte::ziel(ziel) }</th>
                { for [("angestossen", "Angestoßen"), ("zugestellt", "Zugestellt"), ("gescheitert", "Gescheitert")].map(|(name, titel)| html! {
                    <td class="kern-table__cell kern-table__cell--numeric" data-titel={titel}>{ zahl(it, name) }</td>
                }) }
            </tr>
        }
    });
    let zeilen: Vec<Html> = zeilen.collect();
    let inhalt = html! {
        <>
            <p class="kern-body">{ uhrzeit }</p>
            if !am.is_empty() {
                <p class="kern-body">{ format!("Der letzte Lauf begann am {am}.") }</p>
                { tabelle("Letzter Tageslauf", &["Ziel", "Angestoßen", "Zugestellt", "Gescheitert"], zeilen) }
            } else {
                <p class="kern-body">{ "Es gab noch keinen Lauf." }</p>
            }
        </>
    };
    abschnitt("tageslauf", "Tageslauf", inhalt)
}

/// How far the events were looked at, and a button for all of them.
fn kette(ctx: &Context<App>, kette: &Value, is_busy: bool) -> Html {
    let (laenge, geprueft) = (zahl(kette, "laenge"), zahl(kette, "geprueftBis"));
    let stand = match kette["stimmt"] == true {
        true if laenge <= geprueft => meldung(
            Meldungsart::Erfolg,
            "",
            &format!("Die Kette der {laenge} Ereignisse passt bis zum letzten Ereignis."),
            Html::default(),
        ),
        true => meldung(
            Meldungsart::Info,
            "",
            &format!("Von {laenge} Ereignissen sind {geprueft} geprüft. Sie passen zueinander."),
            Html::default(),
        ),
        false => meldung(
            Meldungsart::Fehler,
            "",
            &format!(
                "Die Kette der Ereignisse ist verändert worden: Ereignis {} passt nicht. Bitte \
                 verständigen Sie den Betrieb.",
                zahl(kette, "bruch")
            ),
            Html::default(),
        ),
    };
    let ganz = worte::zeit(&kette["ganzGeprueftAm"]);
    let ganz = match ganz.is_empty() {
        true => "Von vorn geprüft wurde die Kette noch nie.".to_owned(),
        false => format!("Von vorn geprüft wurde die Kette zuletzt am {ganz}."),
    };
    let inhalt = html! {
        <>
            { stand }
            <p class="kern-body">
                { "Diese Seite prüft nur, was seit dem letzten Mal dazukam. " }{ ganz }
            </p>
            <div>
                <button type="button" class="kern-btn kern-btn--secondary" aria-disabled={is_busy.then_some("true")}
                    onclick={ctx.link().callback(|_| Msg::Pruefe)}>
                    { icon("autorenew") }
                    <span class="kern-label">{ "Jetzt ganz prüfen" }</span>
                </button>
            </div>
        </>
    };
    abschnitt("kette", "Ereignisse und Zahlen", inhalt)
}

/// What a check of everything has found so far, in a sentence.
pub fn ergebnis(json: &Value) -> (Meldungsart, String) {
    let kette = &json["kette"];
    if json["fertig"] != true {
        let (bis, laenge) = (zahl(kette, "ganzBis"), zahl(kette, "laenge"));
        let satz = format!("Die Prüfung läuft: {bis} von {laenge} Ereignissen.");
        return (Meldungsart::Info, satz);
    }
    let zaehler = worte::liste(json, "zaehler").len();
    match (kette["stimmt"] == true, zaehler) {
        (true, 0) => (
            Meldungsart::Erfolg,
            "Alles ist geprüft: Die Kette der Ereignisse und die Zahlen stimmen.".to_owned(),
        ),
        (true, anzahl) => (
            Meldungsart::Warnung,
            format!(
                "Die Kette der Ereignisse stimmt. Mitgeführte Zahlen, die nicht stimmten: {anzahl}. \
                 Sie sind neu gezählt. Bitte verständigen Sie den Betrieb."
            ),
        ),
        (false, _) => (
            Meldungsart::Fehler,
            "Die Kette der Ereignisse ist verändert worden. Bitte verständigen Sie den Betrieb."
                .to_owned(),
        ),
    }
}

fn abschnitt(id: &'static str, titel: &'static str, inhalt: Html) -> Html {
    html! {
        <section class="kern-stack-md" aria-labelledby={id}>
            <h2 class="kern-heading-large" {id}>{ titel }</h2>
            { inhalt }
        </section>
    }
}

/// Columns of numbers are those that [`ZAHLEN`] names.
fn tabelle(name: &'static str, spalten: &[&'static str], zeilen: Vec<Html>) -> Html {
    let kopf = spalten.iter().map(|it| {
        let numeric = ZAHLEN.contains(it).then_some("kern-table__header--numeric");
        html! { <th class={classes!("kern-table__header", numeric)} scope="col">{ *it }</th> }
    });
    html! {
        <div class="kern-table-responsive" tabindex="0" role="region" aria-label={name}>
            <table class="kern-table amt__stapel">
                <thead class="kern-table__head">
                    <tr class="kern-table__row">
                        { for kopf }
                    </tr>
                </thead>
                <tbody class="kern-table__body">{ for zeilen }</tbody>
            </table>
        </div>
    }
}

fn zahl(json: &Value, name: &str) -> u64 {
    json[name].as_u64().unwrap_or(0)
}

/// Names and values; none where there is no object.
fn objekt(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.as_object().into_iter().flat_map(Map::iter)
}

/// Codes are letters, digits and hyphens; whatever else a partner adds goes as UTF-8.
fn escape(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// What the virus scanner has not seen, and what it has found.
fn quarantaene(json: &Value) -> Html {
    let mut saetze = Vec::new();
    if 0 < zahl(json, "ausstehend") {
        let grund = json["grund"].as_str().map(|it| format!(" Grund: {it}.")).unwrap_or_default();
        saetze.push(format!(
            "Dateien, die noch auf Viren geprüft werden: {}, die älteste seit {}. So lange wird \
             nichts davon zugestellt.{grund}",
            zahl(json, "ausstehend"),
            worte::zeit(&json["aelteste"]),
        ));
    }
    if 0 < zahl(json, "befallen") {
        saetze.push(format!("Dateien, in denen etwas gefunden wurde: {}.", zahl(json, "befallen")));
    }
    if 0 < zahl(json, "ungeprueft") {
        saetze.push(format!(
            "Dateien, die nicht auf Viren geprüft wurden: {}. Die Einstellung „virenscan“ ist oder \
             war „ohne“.",
            zahl(json, "ungeprueft"),
        ));
    }
    saetze.iter().map(|satz| meldung(Meldungsart::Warnung, "", satz, Html::default())).collect()
}
