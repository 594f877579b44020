//! `POST /intern/virenscan`: for the scheduler.

use std::net::SocketAddr;

use ablage::is_bearer;
use serde_json::{Value, json};

use crate::lauf::{Scanner, Welt, run};

/// The variables of the component, as they are set.
#[derive(Clone)]
pub struct Variablen {
    /// Bearer token of /intern/*.
    pub intern_geheimnis: String,
    /// `clamd` or `ohne`.
    pub virenscan: String,
    /// `tcp://IP:PORT`
    pub virenscanner: String,
}

/// A request, as far as it matters here. Its body does not.
#[derive(Clone, Copy, Debug)]
pub struct Auftrag<'a> {
    /// `GET`, `POST`, …
    pub methode: &'a str,
    /// The header of that name.
    pub authorization: Option<&'a str>,
}

/// The answer: status, media type and JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ergebnis {
    /// The status code.
    pub status: u16,
    /// The methods that the path has, where the one of the request is not among them.
    pub allow: Option<&'static str>,
    /// JSON.
    pub inhalt: Value,
}

/// Answers a request. `connector` makes the way to clamd out of its address.
pub async fn answer<W: Welt, S: Scanner>(
    welt: &W,
    variablen: &Variablen,
    auftrag: Auftrag<'_>,
    connector: impl FnOnce(SocketAddr) -> S,
) -> Ergebnis {
    if auftrag.methode != "POST" {
        let problem = problem(405, "Method Not Allowed", "Diese Adresse erlaubt nur POST.");
        return Ergebnis { allow: Some("POST"), ..problem };
    }
    if !is_bearer(&variablen.intern_geheimnis, auftrag.authorization) {
        return problem(
            401,
            "Unauthorized",
            "Das Geheimnis fehlt oder ist falsch. Bitte senden Sie `Authorization: Bearer …` mit \
             `intern_geheimnis`.",
        );
    }
    let scanner = match variablen.virenscan.trim() {
        "ohne" => None,
        "clamd" => match read_adresse(&variablen.virenscanner) {
            Some(adresse) => Some(connector(adresse)),
            None => {
                welt.log(&json!({ "fehler": "the variable `virenscanner` is no tcp://IP:PORT" }));
                return problem(
                    503,
                    "Service Unavailable",
                    "Die Einstellung `virenscanner` ist nicht lesbar. Erwartet wird eine \
                     IP-Adresse mit Port, zum Beispiel `tcp://127.0.0.1:3310`.",
                );
            }
        },
        _ => {
            welt.log(&json!({ "fehler": "the variable `virenscan` is neither clamd nor ohne" }));
            return problem(
                503,
                "Service Unavailable",
                "Die Einstellung `virenscan` ist nicht lesbar. Möglich sind `clamd` und `ohne`.",
            );
        }
    };
    match run(welt, scanner.as_ref()).await {
        Ok(bilanz) => Ergebnis {
            status: 200,
            allow: None,
            inhalt: json!({
                "sauber": bilanz.sauber,
                "befallen": bilanz.befallen,
                "verschoben": bilanz.verschoben,
                "ungeprueft": bilanz.ungeprueft,
                "grund": bilanz.grund,
            }),
        },
        Err(error) => {
            welt.log(&json!({ "fehler": error.to_string() }));
            problem(
                503,
                "Service Unavailable",
                "Die Datenbank antwortet nicht. Bitte versuchen Sie es später noch einmal.",
            )
        }
    }
}

fn read_adresse(text: &str) -> Option<SocketAddr> {
    text.trim().strip_prefix("tcp://")?.trim_end_matches('/').parse().ok()
}

fn problem(status: u16, titel: &str, detail: &str) -> Ergebnis {
    let inhalt =
        json!({ "type": "about:blank", "title": titel, "status": status, "detail": detail });
    Ergebnis { status, allow: None, inhalt }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_ip_and_a_port() {
        for (text, erwartet) in [
            ("tcp://127.0.0.1:3310", true),
            (" tcp://[::1]:3310/ ", true),
            ("127.0.0.1:3310", false),
            ("tcp://clamav:3310", false),
            ("tcp://127.0.0.1", false),
            ("http://127.0.0.1:3310", false),
            ("", false),
        ] {
            assert_eq!(read_adresse(text).is_some(), erwartet, "{text}");
        }
    }
}
