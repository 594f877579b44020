//! What a call of the scheduler does besides delivering: begins the daily run, checks the targets,
//! watches the age of what waits. All of it is noted in the store, where operators see it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use ablage::{AblageError, Tageslauf, Zeitpunkt, Ziel};
use einstellungen::Zustellregeln;
use futures_util::future;
use serde_json::{Map, Value, json};

use crate::{
    einstellungen::{Einstellungen, Variablen},
    lauf::Welt,
    selbstpruefung::{Pruefergebnis, check},
};

/// Name under which the alarm is noted.
const ALARM: &str = "alarm";
/// What is not as it should be is checked again soon.
const NOCHMAL: std::time::Duration = std::time::Duration::from_secs(300);

/// Begins a daily run now.
pub(crate) async fn begin_tageslauf<W: Welt>(welt: &W) -> Result<Tageslauf, AblageError> {
    let begonnen = begin(welt, |_| true).await?;
    begonnen.ok_or(AblageError::Form("a daily run did not begin"))
}

/// Begins the daily run if its time has come. Where there never was one, it counts from now on.
pub(crate) async fn begin_faelligen_tageslauf<W: Welt>(
    welt: &W,
    einstellungen: &Einstellungen,
) -> Result<(), AblageError> {
    let jetzt = welt.jetzt();
    let regeln = &einstellungen.zustellung;
    let is_faellig = |letzter: Option<Zeitpunkt>| {
        letzter.is_some_and(|letzter| regeln.is_tageslauf_faellig(letzter, jetzt))
    };
    let ablage = welt.open().await?;
    match ablage.letzter_tageslauf_am().await? {
        None => ablage.found_tageslauf(jetzt).await?,
        letzter if is_faellig(letzter) => _ = begin(welt, is_faellig).await?,
        _ => {}
    }
    Ok(())
}

async fn begin<W: Welt>(
    welt: &W,
    is_faellig: impl FnOnce(Option<Zeitpunkt>) -> bool,
) -> Result<Option<Tageslauf>, AblageError> {
    let ablage = welt.open().await?;
    ablage.begin_tageslauf(&Ziel::ALLE, is_faellig, welt.jetzt()).await
}

/// The targets whose oldest waiting delivery is too old, with its time.
pub(crate) fn alarm(
    wartend: &[(Ziel, Zeitpunkt)],
    regeln: &Zustellregeln,
    jetzt: Zeitpunkt,
) -> Option<Value> {
    let zu_alt: Map<String, Value> = wartend
        .iter()
        .filter(|(_, seit)| seit.plus(regeln.alarm_nach) <= jetzt)
        .map(|(ziel, seit)| (ziel.as_str().to_owned(), json!(seit.to_string())))
        .collect();
    (!zu_alt.is_empty()).then_some(Value::Object(zu_alt))
}

/// Raises the alarm or ends it. The log has one line for each.
pub(crate) async fn watch<W: Welt>(
    welt: &W,
    einstellungen: &Einstellungen,
) -> Result<(), AblageError> {
    let ablage = welt.open().await?;
    let jetzt = welt.jetzt();
    let wartend = ablage.aelteste_wartende().await?;
    match alarm(&wartend, &einstellungen.zustellung, jetzt) {
        Some(alarm) => {
            if ablage.raise_stand(ALARM, &alarm.to_string(), jetzt).await? {
                welt.log_error(&format!("alarm: deliveries wait too long: {alarm}"));
            }
        }
        None => {
            if ablage.clear_stand(ALARM).await? {
                welt.log_error("alarm: over, nothing waits too long any more");
            }
        }
    }
    Ok(())
}

/// Checks all targets and notes what was found.
pub(crate) async fn check_all<W: Welt>(
    welt: &W,
    variablen: &Variablen,
    einstellungen: &Einstellungen,
) -> Result<Vec<(Ziel, Pruefergebnis)>, AblageError> {
    let pruefungen =
        Ziel::ALLE.map(|ziel| async move { (ziel, check(welt, einstellungen, ziel).await) });
    let ergebnisse = future::join_all(pruefungen).await;
    let ablage = welt.open().await?;
    let fingerabdruck = fingerabdruck(variablen);
    for (ziel, ergebnis) in &ergebnisse {
        let inhalt = json!({
            "stufe": ergebnis.stufe.as_str(),
            "text": ergebnis.text,
            "einstellungen": fingerabdruck,
        });
        ablage.set_stand(&name(*ziel), &inhalt.to_string(), welt.jetzt()).await?;
    }
    Ok(ergebnisse)
}

/// Checks all targets after a start with new settings, and every so often; what was not well, more
/// often.
pub(crate) async fn check_if_due<W: Welt>(
    welt: &W,
    variablen: &Variablen,
    einstellungen: &Einstellungen,
) -> Result<(), AblageError> {
    let jetzt = welt.jetzt();
    let fingerabdruck = fingerabdruck(variablen);
    let ablage = welt.open().await?;
    let mut is_faellig = false;
    for ziel in Ziel::ALLE {
        let Some(stand) = ablage.stand(&name(ziel)).await? else {
            is_faellig = true;
            continue;
        };
        let json: Value = serde_json::from_str(&stand.inhalt).unwrap_or_default();
        let is_gut = matches!(json["stufe"].as_str(), Some("gesund" | "nicht-eingerichtet"));
        let abstand = einstellungen.zustellung.selbstpruefung;
        let abstand = if is_gut { abstand } else { abstand.min(NOCHMAL) };
        is_faellig |= json["einstellungen"] != fingerabdruck || stand.am.plus(abstand) <= jetzt;
    }
    if !is_faellig {
        return Ok(());
    }
    for (ziel, ergebnis) in check_all(welt, variablen, einstellungen).await? {
        if ergebnis.stufe.is_mangel() {
            let (ziel, stufe) = (ziel.as_str(), ergebnis.stufe.as_str());
            welt.log_error(&format!("self-check of {ziel} failed at `{stufe}`"));
        }
    }
    Ok(())
}

/// The answer of `GET /intern/selbstpruefung`.
pub(crate) fn pruefungen_to_json(pruefungen: &[(Ziel, Pruefergebnis)], jetzt: Zeitpunkt) -> Value {
    let ziele: Map<String, Value> = pruefungen
        .iter()
        .map(|(ziel, Pruefergebnis { stufe, text })| {
            (ziel.as_str().to_owned(), json!({ "stufe": stufe.as_str(), "text": text }))
        })
        .collect();
    let is_gesund = pruefungen.iter().all(|(_, ergebnis)| !ergebnis.stufe.is_mangel());
    json!({ "am": jetzt.to_string(), "gesund": is_gesund, "ziele": ziele })
}

fn name(ziel: Ziel) -> String {
    format!("selbstpruefung/{}", ziel.as_str())
}

/// Changes with the settings. They hold a long secret, so nothing can be guessed from it.
fn fingerabdruck(variablen: &Variablen) -> String {
    let mut hasher = DefaultHasher::new();
    variablen.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
