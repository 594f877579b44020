//! How the pages name states, targets and times.

use serde_json::Value;
use shared::{antraege, werte::Datum};
use yew::prelude::*;

use crate::{browser, komponenten::icon};

/// What the work list can be narrowed down to: value of the API and name.
pub const ZUSTELLSTAENDE: [(&str, &str); 3] =
    [("gescheitert", "gescheitert"), ("wartend", "wartend"), ("zugestellt", "zugestellt")];

/// States of a delivery.
const ZUSTELLUNGEN: [(&str, &str); 5] = [
    ("gescheitert", "gescheitert"),
    ("unklar", "Ausgang unklar"),
    ("ausstehend", "wartet"),
    ("in_zustellung", "wird gerade zugestellt"),
    ("zugestellt", "zugestellt"),
];

/// `Verpflichtungserklärung`
pub fn antrag(id: &str) -> String {
    antraege::angebot(id).map_or(id, |it| it.titel).to_owned()
}

/// `Fachverfahren`, `DMS`
pub fn ziel(ziel: &str) -> &str {
    match ziel {
        "fachverfahren" => "Fachverfahren",
        "dms" => "DMS",
        other => other,
    }
}

pub fn zustand(zustand: &str) -> &str {
    ZUSTELLUNGEN.iter().find(|it| it.0 == zustand).map_or(zustand, |it| it.1)
}

/// State of a case.
pub fn vorgang(zustand: &str) -> &str {
    match zustand.to_ascii_lowercase().as_str() {
        "eingegangen" => "eingegangen",
        "in_pruefung" => "in Prüfung",
        "rueckfrage" => "Rückfrage offen",
        "anhoerung" => "Anhörung läuft",
        "antwort_eingegangen" => "Antwort eingegangen",
        "pruefung_abgeschlossen" => "Prüfung abgeschlossen",
        "ruecknahme_erklaert" => "Rücknahme erklärt",
        "zurueckgenommen" => "zurückgenommen",
        "unzustaendig" => "nicht zuständig",
        "entschieden" => "entschieden",
        _ => zustand,
    }
}

/// `22. November 2026 um 14:03`
pub fn zeit(json: &Value) -> String {
    json.as_str().map(|it| browser::local_time(it, "de")).unwrap_or_default()
}

/// `22.11.2026, 14:03`
pub fn kurze_zeit(json: &Value) -> String {
    json.as_str().map(browser::short_time).unwrap_or_default()
}

/// `24.12.2026` of `2026-12-24`
pub fn datum(iso: &str) -> String {
    iso.parse::<Datum>().map_or_else(|_| iso.to_owned(), |datum| datum.to_string())
}

/// A kind of message of the Fachverfahren: `130102 Rückfrage`
pub fn nachrichtentyp(typ: &str) -> String {
    let name = match typ {
        "130102" => "Rückfrage",
        "130104" => "Statusmeldung",
        "130105" => "Terminmitteilung",
        "130107" => "Reaktion auf Rücknahme",
        "130109" => "Unzuständigkeit",
        "130110" => "Beabsichtigte Ablehnung",
        "" => return "Nachricht ohne lesbare Art".to_owned(),
        _ => "Nachricht",
    };
    format!("{name} ({typ})")
}

/// A text of the answer; empty where there is none.
pub fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().unwrap_or_default()
}

/// The list of that name; empty where there is none.
pub fn liste<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    json[name].as_array().map_or(&[], Vec::as_slice)
}

/// A badge that says where a delivery stands.
pub fn zustellung(json: &Value) -> Html {
    let (art, symbol) = match text(json, "zustand") {
        "zugestellt" => ("success", "success"),
        "gescheitert" => ("danger", "danger"),
        "unklar" => ("warning", "warning"),
        _ => ("info", "autorenew"),
    };
    html! {
        <span class={format!("kern-badge kern-badge--small kern-badge--{art}")}>
            { icon(symbol) }
            <span class="kern-label kern-label--small">
                { format!("{}: {}", ziel(text(json, "ziel")), zustand(text(json, "zustand"))) }
            </span>
        </span>
    }
}

/// A badge that says what the virus scanner said of a file.
pub fn pruefung(json: &Value) -> Html {
    let (art, symbol, wort) = match text(json, "pruefung") {
        "sauber" => ("success", "success", "ohne Befund".to_owned()),
        "befallen" => {
            ("danger", "danger", format!("Schadsoftware: {}", text(json, "pruefungGrund")))
        }
        "ungeprueft" => ("warning", "warning", "nicht geprüft".to_owned()),
        _ => ("info", "autorenew", "läuft".to_owned()),
    };
    html! {
        <span class={format!("kern-badge kern-badge--small kern-badge--{art}")}>
            { icon(symbol) }
            <span class="kern-label kern-label--small">{ wort }</span>
        </span>
    }
}

/// `1,4 MB`, `12 kB`
pub fn groesse(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} Byte"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
