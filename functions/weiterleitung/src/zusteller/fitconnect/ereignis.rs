//! Security Event Tokens of the event log (RFC 8417), and what they say together.

use std::collections::BTreeMap;

use ablage::Zeitpunkt;
use base64::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    client::bounded,
    zusteller::fitconnect::{
        Einreichung, Tags,
        jose::{JoseError, Kopf, split},
    },
};

/// Begins the URI of each event.
const EREIGNIS: &str = "https://schema.fitko.de/fit-connect/events/";
/// Clocks may differ by so much.
const UHREN_MS: i64 = 60_000;

/// An event, whose signature is somebody else's to check.
#[derive(Clone, Debug)]
pub struct Ereignis {
    pub iss: String,
    pub kid: String,
    pub jti: String,
    iat: i64,
    sub: String,
    txn: String,
    /// `accept-submission`
    art: String,
    inhalt: Value,
    /// As it came.
    set: String,
}

/// What the event log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lage {
    /// There is no such case.
    Unbekannt,
    /// Announced, not submitted.
    Offen,
    /// Submitted.
    Eingereicht,
    /// The destination has it; its own words for it.
    Angenommen(String),
    /// The destination does not want it, and why.
    Zurueckgewiesen(Option<String>),
    /// The destination has something else.
    FalscherBeleg,
    /// What would decide has no valid signature.
    Ungueltig,
}

impl Ereignis {
    /// Takes a token apart.
    pub fn read(set: &str) -> Result<Ereignis, JoseError> {
        #[derive(Deserialize)]
        struct Claims {
            iss: String,
            iat: i64,
            jti: String,
            sub: String,
            txn: String,
            events: BTreeMap<String, Value>,
        }

        let Kopf { kid, .. } = Kopf::read(set)?;
        let [_, claims, _] = split(set)?;
        let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).map_err(|_| JoseError::Form)?;
        let mut claims: Claims = serde_json::from_slice(&claims).map_err(|_| JoseError::Form)?;
        let mut events = std::mem::take(&mut claims.events).into_iter();
        let (Some((uri, inhalt)), None) = (events.next(), events.next()) else {
            return Err(JoseError::Form);
        };
        let art = uri.strip_prefix(EREIGNIS).ok_or(JoseError::Form)?.to_owned();
        let Claims { iss, iat, jti, sub, txn, .. } = claims;
        Ok(Ereignis { iss, kid, jti, iat, sub, txn, art, inhalt, set: set.to_owned() })
    }

    pub fn is_about(&self, submission: &str, case: &str) -> bool {
        let is = |text: &str, begin: &str, id: &str| {
            text.strip_prefix(begin).is_some_and(|dort| dort.eq_ignore_ascii_case(id))
        };
        is(&self.sub, "submission:", submission) && is(&self.txn, "case:", case)
    }

    /// Not issued in the future.
    pub fn is_past(&self, jetzt: Zeitpunkt) -> bool {
        self.iat.saturating_mul(1000) <= jetzt.millis().saturating_add(UHREN_MS)
    }

    pub fn is_annahme(&self) -> bool {
        self.art == "accept-submission"
    }
}

/// What the events mean; all have valid signatures. `is_ungueltig`: there were others.
pub fn judge(ereignisse: &[Ereignis], einreichung: &Einreichung, is_ungueltig: bool) -> Lage {
    let find = |art: &str| ereignisse.iter().find(|ereignis| ereignis.art == art);
    if let Some(annahme) = find("accept-submission") {
        return match has_our_tags(&annahme.inhalt, einreichung) {
            true => Lage::Angenommen(annahme.set.clone()),
            false => Lage::FalscherBeleg,
        };
    }
    if let Some(ablehnung) = find("reject-submission") {
        return Lage::Zurueckgewiesen(problems(&ablehnung.inhalt));
    }
    if is_ungueltig {
        return Lage::Ungueltig;
    }
    match find("submit-submission").or_else(|| find("notify-submission")) {
        Some(_) => Lage::Eingereicht,
        None => Lage::Offen,
    }
}

/// Whether the destination has exactly what was sent.
fn has_our_tags(inhalt: &Value, einreichung: &Einreichung) -> bool {
    #[derive(Deserialize)]
    struct Dort {
        metadata: String,
        data: String,
        #[serde(default)]
        attachments: BTreeMap<String, String>,
    }

    let Ok(dort) = Dort::deserialize(&inhalt["authenticationTags"]) else { return false };
    let tags = Tags { metadata: dort.metadata, data: dort.data };
    let anhaenge = einreichung
        .anhaenge
        .iter()
        .filter_map(|anhang| Some((anhang.id.clone(), anhang.geladen.as_ref()?.1.clone())));
    einreichung.gesendet.contains(&tags) && dort.attachments == anhaenge.collect()
}

/// RFC 9457 problems as lines for the caseworker.
fn problems(inhalt: &Value) -> Option<String> {
    let problems = inhalt["problems"].as_array()?;
    let zeilen: Vec<String> = problems
        .iter()
        .map(|problem| {
            let teile = ["title", "detail", "instance"].map(|name| problem[name].as_str());
            teile.into_iter().flatten().collect::<Vec<_>>().join(": ")
        })
        .collect();
    bounded(&zeilen.join("\n"))
}
