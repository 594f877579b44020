//! Sessions: who is logged in, for how long, and that a request comes from our own pages.

use std::time::Duration;

use ablage::{Ablage, AblageError, Anmeldeversuch, Sitzungsregel, Verbindung};
use base64::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::{
    Umgebung,
    http::{Anfrage, Antwort},
    konfiguration::Benutzer,
    passwort::verify,
    problem::Problem,
};

/// How long a session lasts.
const REGEL: Sitzungsregel = Sitzungsregel {
    untaetig: Duration::from_secs(30 * 60),
    hoechstens: Duration::from_secs(10 * 3600),
};

/// Longest Kennung and longest password that are looked at, in bytes.
const KENNUNG_MAX: usize = 200;
const PASSWORT_MAX: usize = 1000;

/// Who is logged in.
pub(crate) struct Sitzung<'a> {
    pub benutzer: &'a Benutzer,
    token: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    kennung: String,
    passwort: String,
}

/// `POST /amt/api/anmeldung`
pub(crate) async fn log_in(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
) -> Result<Antwort, Problem> {
    check_own_site(anfrage)?;
    let Login { kennung, passwort } = anfrage.json()?;
    if KENNUNG_MAX < kennung.len() || PASSWORT_MAX < passwort.len() {
        return Err(Problem::Form);
    }
    let ablage = umgebung.ablage().await?;
    let jetzt = umgebung.jetzt();
    if let Anmeldeversuch::Gesperrt(wieder) = ablage.begin_anmeldung(&kennung, jetzt).await? {
        return Err(Problem::Gesperrt { wieder, jetzt });
    }
    let konfiguration = umgebung.konfiguration();
    let benutzer = verify(konfiguration, &kennung, &passwort).ok_or(Problem::Anmeldung)?;
    ablage.forget_fehlversuche(&kennung).await?;
    // A token that the browser had before is worth nothing from now on, whoever set it.
    if let Some(alt) = anfrage.cookie(cookie_name(anfrage)) {
        ablage.delete_sitzung(alt).await?;
    }
    let token = ablage.create_sitzung(&kennung, REGEL, jetzt).await?;
    let sitzung = Sitzung { benutzer, token: &token };
    Ok(Antwort::json(200, &sitzung.to_json()).with("set-cookie", set_cookie(anfrage, &token, None)))
}

/// `POST /amt/api/abmeldung`
pub(crate) async fn log_out<V: Verbindung>(
    ablage: &Ablage<V>,
    sitzung: &Sitzung<'_>,
    anfrage: Anfrage<'_>,
) -> Result<Antwort, Problem> {
    ablage.delete_sitzung(sitzung.token).await?;
    Ok(Antwort::leer(204).with("set-cookie", set_cookie(anfrage, "", Some(0))))
}

/// The session of a request. One that writes must prove besides that it comes from our pages.
pub(crate) async fn enter<'a, U: Umgebung>(
    umgebung: &'a U,
    ablage: &Ablage<U::Verbindung>,
    anfrage: Anfrage<'a>,
) -> Result<Sitzung<'a>, Problem> {
    let token = anfrage.cookie(cookie_name(anfrage)).ok_or(Problem::NichtAngemeldet)?;
    let sitzung = match ablage.sitzung(token, REGEL, umgebung.jetzt()).await {
        Ok(sitzung) => sitzung,
        Err(AblageError::NichtGefunden) => return Err(Problem::NichtAngemeldet),
        Err(error) => return Err(error.into()),
    };
    let Some(benutzer) = umgebung.konfiguration().benutzer(&sitzung.kennung) else {
        // Somebody who may not log in any more is not logged in any more.
        ablage.delete_sitzung(token).await?;
        return Err(Problem::NichtAngemeldet);
    };
    let sitzung = Sitzung { benutzer, token };
    if anfrage.methode == "POST" {
        check_own_site(anfrage)?;
        let csrf = anfrage.header("x-csrf-token").unwrap_or_default();
        if !bool::from(csrf.as_bytes().ct_eq(sitzung.csrf().as_bytes())) {
            return Err(Problem::FremdeSeite);
        }
    }
    Ok(sitzung)
}

impl Sitzung<'_> {
    /// Follows from the token, so that it need not be stored; the token does not follow from it.
    fn csrf(&self) -> String {
        let mut sha = Sha256::new();
        sha.update(b"csrf/1\0");
        sha.update(self.token);
        BASE64_URL_SAFE_NO_PAD.encode(sha.finalize())
    }

    pub fn to_json(&self) -> Value {
        let Benutzer { kennung, name, rolle, .. } = self.benutzer;
        json!({ "kennung": kennung, "name": name, "rolle": rolle, "csrf": self.csrf() })
    }
}

/// What browsers say of themselves: a request that another site's page sends is marked so.
fn check_own_site(anfrage: Anfrage<'_>) -> Result<(), Problem> {
    match anfrage.header("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(Problem::FremdeSeite),
    }
}

/// With the prefix no other host, not even a neighbour, can set it (RFC 6265bis § 4.1.3.2).
fn cookie_name(anfrage: Anfrage<'_>) -> &'static str {
    if anfrage.is_local_http() { "sitzung" } else { "__Host-sitzung" }
}

fn set_cookie(anfrage: Anfrage<'_>, token: &str, max_age: Option<u32>) -> String {
    let name = cookie_name(anfrage);
    let secure = if anfrage.is_local_http() { "" } else { "; Secure" };
    let max_age = max_age.map(|sekunden| format!("; Max-Age={sekunden}")).unwrap_or_default();
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{max_age}")
}
