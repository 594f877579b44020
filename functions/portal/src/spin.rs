//! The entry point.

use spin_sdk::http::{
    FullBody, HeaderMap, HeaderName, HeaderValue, IntoResponse, Request, StatusCode,
};

use crate::{Anfrage, DATEIEN, answer};

#[spin_sdk::http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let antwort = answer(
        DATEIEN,
        Anfrage {
            methode: request.method().as_str(),
            pfad: request.uri().path(),
            accept_encoding: header("accept-encoding").unwrap_or_default(),
            if_none_match: header("if-none-match").unwrap_or_default(),
        },
    );
    let headers: HeaderMap = antwort
        .header
        .iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value).expect("our headers are plain ASCII");
            (HeaderName::from_static(name), value)
        })
        .collect();
    let status = StatusCode::from_u16(antwort.status).expect("our statuses are valid");
    (status, headers, FullBody::new(antwort.inhalt))
}
