//! The host's own error answers: `application/problem+json` (RFC 9457), without a word from inside.

use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::serve::Answer;

#[derive(Serialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'static str,
}

/// The answer for a request that did not get one from its component.
pub fn response(status: StatusCode) -> Response<Answer> {
    let problem = Problem {
        kind: "about:blank",
        title: title(status),
        status: status.as_u16(),
        detail: detail(status),
    };
    let body = serde_json::to_vec(&problem).expect("the fields are strings and a number");
    let mut response = Response::new(Answer::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "Die Anfrage ist unvollständig",
        StatusCode::NOT_FOUND => "Nicht gefunden",
        StatusCode::REQUEST_TIMEOUT => "Die Anfrage kam zu langsam an",
        StatusCode::PAYLOAD_TOO_LARGE => "Die Anfrage ist zu groß",
        StatusCode::SERVICE_UNAVAILABLE => "Zurzeit ausgelastet",
        StatusCode::GATEWAY_TIMEOUT => "Die Bearbeitung dauerte zu lange",
        _ => "Es ist ein Fehler aufgetreten",
    }
}

fn detail(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => {
            "Die Anfrage ist nicht vollständig angekommen. Bitte versuchen Sie es noch einmal."
        }
        StatusCode::NOT_FOUND => "Diese Adresse gibt es hier nicht. Bitte prüfen Sie die Adresse.",
        StatusCode::REQUEST_TIMEOUT => {
            "Ihre Verbindung war zu lange unterbrochen. Bitte versuchen Sie es noch einmal."
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            "Die Daten sind zu groß. Bitte senden Sie kleinere Dateien."
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            "Zurzeit sind zu viele Anfragen da. Bitte versuchen Sie es in einer Minute noch einmal."
        }
        StatusCode::GATEWAY_TIMEOUT => {
            "Die Bearbeitung hat zu lange gedauert. Bitte versuchen Sie es in einigen Minuten noch einmal."
        }
        _ => {
            "Ein Fehler ist bei uns aufgetreten. Bitte versuchen Sie es in einigen Minuten noch einmal."
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn a_problem_says_what_to_do() {
        for status in [400, 404, 408, 413, 500, 503, 504] {
            let response = response(StatusCode::from_u16(status).unwrap());
            assert_eq!(response.status().as_u16(), status);
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem["status"], status);
            assert!(problem["detail"].as_str().unwrap().contains("Bitte"));
        }
    }
}
