//! What operators look at and set going: the balance, the event log, deliveries that failed.

use ablage::{Ablage, Verbindung, Wiederholung, Ziel};
use serde_json::{Map, Value, json};
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{Umgebung, http::Antwort, problem::Problem};

/// `GET /amt/api/betrieb`
pub(crate) async fn show(ablage: &Ablage<impl Verbindung>) -> Result<Antwort, Problem> {
    let bilanz = ablage.bilanz().await?;
    let kette = ablage.check_kette().await?;
    let quarantaene = ablage.quarantaene().await?;
    let zustellungen: Map<String, Value> = bilanz
        .ziele
        .iter()
        .map(|ziel| {
            let zahlen = json!({
                "angenommen": ziel.angenommen,
                "zugestellt": ziel.zugestellt,
                "wartend": ziel.wartend,
                "gescheitert": ziel.gescheitert,
            });
            (ziel.ziel.as_str().to_owned(), zahlen)
        })
        .collect();
    Ok(Antwort::json(
        200,
        &json!({
            "angenommen": bilanz.angenommen,
            "zustellungen": zustellungen,
            "aeltesteWartendSeit": bilanz.aelteste_wartend_seit.map(|am| am.to_string()),
            "bilanzStimmt": bilanz.stimmt(),
            "quarantaene": {
                "ausstehend": quarantaene.ausstehend,
                "aelteste": quarantaene.aelteste_seit.map(|am| am.to_string()),
                "grund": quarantaene.grund,
                "befallen": quarantaene.befallen,
                "ungeprueft": quarantaene.ungeprueft,
            },
            "kette": {
                "laenge": kette.laenge,
                "stimmt": kette.bruch.is_none(),
                "bruch": kette.bruch,
                "spitze": hex(&kette.spitze),
            },
        }),
    ))
}

/// `POST /amt/api/vorgaenge/{nummer}/zustellungen/{ziel}/erneut`
pub(crate) async fn retry<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    nummer: &Vorgangsnummer,
    ziel: Ziel,
    kennung: &str,
) -> Result<Antwort, Problem> {
    match ablage.retry(nummer, ziel, kennung, umgebung.jetzt()).await? {
        Wiederholung::Angestossen => Ok(Antwort::json(202, &json!({ "angestossen": 1 }))),
        Wiederholung::NichtNoetig => Err(Problem::NichtNoetig),
        Wiederholung::Befallen => Err(Problem::Befallen),
        Wiederholung::NichtGefunden => Err(Problem::NichtGefunden),
    }
}

/// `POST /amt/api/zustellungen/{ziel}/erneut`
pub(crate) async fn retry_all<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    ziel: Ziel,
    kennung: &str,
) -> Result<Antwort, Problem> {
    let angestossen = ablage.retry_all(ziel, kennung, umgebung.jetzt()).await?;
    Ok(Antwort::json(202, &json!({ "angestossen": angestossen })))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
