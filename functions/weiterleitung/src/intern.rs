//! The routes below `/intern`: for the scheduler and the operator.

use std::time::Duration;

use ablage::{AblageError, Umschluesselung, Ziel, is_bearer};
use futures_util::future;
use serde_json::{Value, json};

use crate::{
    betrieb,
    einstellungen::{Einstellungen, KeineEinstellungen, Variablen},
    lauf::{Bilanz, Welt, run},
};

/// So many rows are sealed anew before the clock is looked at.
const SCHRITT: u32 = 20;
/// How long one request seals.
const UMSCHLUESSELN: Duration = Duration::from_secs(20);

/// A request, as far as it matters here. Its body does not.
#[derive(Clone, Copy, Debug)]
pub struct Auftrag<'a> {
    /// `GET`, `POST`, …
    pub methode: &'a str,
    /// Without the query.
    pub pfad: &'a str,
    /// The header of that name.
    pub authorization: Option<&'a str>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ergebnis {
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub header: Vec<(&'static str, String)>,
    /// JSON.
    pub inhalt: String,
}

/// Answers a request. Each target has a run of its own, and both go at once.
pub async fn answer<W: Welt>(welt: &W, variablen: &Variablen, auftrag: Auftrag<'_>) -> Ergebnis {
    match respond(welt, variablen, auftrag).await {
        Ok(json) => with(200, "application/json", json),
        Err(fehler) => {
            if let Some(ursache) = fehler.cause() {
                welt.log_error(&ursache);
            }
            fehler.answer()
        }
    }
}

async fn respond<W: Welt>(
    welt: &W,
    variablen: &Variablen,
    auftrag: Auftrag<'_>,
) -> Result<Value, Fehler> {
    let erlaubt = match auftrag.pfad {
        "/intern/weiterleitung" | "/intern/tageslauf" | "/intern/umschluesseln" => "POST",
        "/intern/gesundheit" | "/intern/selbstpruefung" => "GET",
        _ => return Err(Fehler::NichtGefunden),
    };
    if auftrag.methode != erlaubt {
        return Err(Fehler::Methode(erlaubt));
    }
    if auftrag.pfad == "/intern/gesundheit" {
        return health(welt, variablen).await;
    }
    if !is_bearer(&variablen.intern_geheimnis, auftrag.authorization) {
        return Err(Fehler::Unbekannt);
    }
    if auftrag.pfad == "/intern/umschluesseln" {
        let Umschluesselung { umgeschluesselt, rest } = umschluesseln(welt).await?;
        return Ok(json!({ "umgeschluesselt": umgeschluesselt, "rest": rest }));
    }
    let einstellungen = Einstellungen::read(variablen)?;
    match auftrag.pfad {
        "/intern/selbstpruefung" => {
            let pruefungen = betrieb::check_all(welt, variablen, &einstellungen).await?;
            Ok(betrieb::pruefungen_to_json(&pruefungen, welt.jetzt()))
        }
        "/intern/tageslauf" => {
            let tageslauf = betrieb::begin_tageslauf(welt).await?;
            let bilanz = deliver(welt, &einstellungen).await?;
            let mut json = json!(bilanz);
            let angestossen = tageslauf
                .ziele
                .iter()
                .map(|(ziel, stand)| (ziel.as_str().to_owned(), json!(stand.angestossen)));
            json["angestossen"] = Value::Object(angestossen.collect());
            Ok(json)
        }
        _ => {
            betrieb::begin_faelligen_tageslauf(welt, &einstellungen).await?;
            // A target that does not answer must not delay what goes to the other.
            let (bilanz, pruefung) = future::join(
                deliver(welt, &einstellungen),
                betrieb::check_if_due(welt, variablen, &einstellungen),
            )
            .await;
            betrieb::watch(welt, &einstellungen).await?;
            pruefung?;
            Ok(json!(bilanz?))
        }
    }
}

/// A run for each target, all at once.
async fn deliver<W: Welt>(welt: &W, einstellungen: &Einstellungen) -> Result<Bilanz, AblageError> {
    let laeufe = Ziel::ALLE.map(|ziel| run(welt, einstellungen, ziel));
    let bilanzen = future::join_all(laeufe).await;
    bilanzen.into_iter().try_fold(Bilanz::default(), |summe, bilanz| Ok(summe + bilanz?))
}

/// Whether the store answers and the settings can be read. Whoever asks may know that much.
async fn health<W: Welt>(welt: &W, variablen: &Variablen) -> Result<Value, Fehler> {
    let einstellungen = Einstellungen::read(variablen).map_err(|_| Fehler::NichtBereit)?;
    let ablage = welt.open().await.map_err(|_| Fehler::NichtBereit)?;
    let wartend = ablage.aelteste_wartende().await.map_err(|_| Fehler::NichtBereit)?;
    let alarm = betrieb::alarm(&wartend, &einstellungen.zustellung, welt.jetzt());
    let stand = |is_da: bool| if is_da { "eingerichtet" } else { "nicht-eingerichtet" };
    Ok(json!({
        // Ready it is in any case: an alarm is for people, not for a balancer.
        "zustand": if alarm.is_some() { "alarm" } else { "bereit" },
        "aeltesteWartendSeit": wartend.iter().map(|(_, seit)| *seit).min().map(|am| am.to_string()),
        "fachverfahren": stand(einstellungen.fachverfahren.is_some()),
        "dms": stand(einstellungen.dms.is_some()),
    }))
}

async fn umschluesseln<W: Welt>(welt: &W) -> Result<Umschluesselung, AblageError> {
    let ablage = welt.open().await?;
    let ende = welt.jetzt().plus(UMSCHLUESSELN);
    let mut summe = 0;
    loop {
        let schritt = ablage.umschluesseln(SCHRITT).await?;
        summe += schritt.umgeschluesselt;
        if schritt.rest == 0 || schritt.umgeschluesselt == 0 || ende <= welt.jetzt() {
            return Ok(Umschluesselung { umgeschluesselt: summe, ..schritt });
        }
    }
}

/// Why a request is not answered with what it asks for.
#[derive(Debug, thiserror::Error)]
enum Fehler {
    #[error("Diese Adresse gibt es nicht.")]
    NichtGefunden,
    #[error("Diese Adresse erlaubt nur {0}.")]
    Methode(&'static str),
    #[error(
        "Das Geheimnis fehlt oder ist falsch. Bitte senden Sie `Authorization: Bearer …` mit `intern_geheimnis`."
    )]
    Unbekannt,
    #[error("Eine Einstellung ist nicht lesbar: {0}. Bitte berichtigen Sie die Variable.")]
    Einstellungen(#[from] KeineEinstellungen),
    #[error("Der Dienst ist nicht bereit. Bitte prüfen Sie Datenbank und Einstellungen.")]
    NichtBereit,
    #[error("Die Datenbank antwortet nicht. Bitte versuchen Sie es später noch einmal.")]
    Ablage(#[from] AblageError),
}

impl Fehler {
    fn answer(&self) -> Ergebnis {
        let (status, titel) = match self {
            Fehler::NichtGefunden => (404, "Not Found"),
            Fehler::Methode(_) => (405, "Method Not Allowed"),
            Fehler::Unbekannt => (401, "Unauthorized"),
            Fehler::Einstellungen(_) | Fehler::NichtBereit | Fehler::Ablage(_) => {
                (503, "Service Unavailable")
            }
        };
        let problem = json!({
            "type": "about:blank",
            "title": titel,
            "status": status,
            "detail": self.to_string(),
        });
        let mut antwort = with(status, "application/problem+json", problem);
        match self {
            Fehler::Methode(erlaubt) => antwort.header.push(("allow", (*erlaubt).to_owned())),
            Fehler::Unbekannt => {
                antwort.header.push(("www-authenticate", "Bearer realm=\"intern\"".to_owned()));
            }
            _ => {}
        }
        antwort
    }

    /// For the log, if there is anything to mend.
    fn cause(&self) -> Option<String> {
        match self {
            Fehler::Einstellungen(error) => Some(error.to_string()),
            Fehler::Ablage(error) => Some(error.to_string()),
            _ => None,
        }
    }
}

fn with(status: u16, medientyp: &str, json: Value) -> Ergebnis {
    let header = vec![
        ("content-type", medientyp.to_owned()),
        ("cache-control", "no-store".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ];
    Ergebnis { status, header, inhalt: json.to_string() }
}
