//! The entry point: `GET /?<milliseconds>` with the PDF alone, `GET /datei?<milliseconds>` with the
//! file. The answer is `<bytes> <seconds>`, the time by WASI's monotonic clock.

use std::time::Duration;

use spin_sdk::http::{FullBody, IntoResponse, Request, StatusCode};

use crate::Schreibauftrag;

#[spin_sdk::http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let (status, text) = match answer(&request) {
        Ok(text) => (StatusCode::OK, text),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")),
    };
    (status, FullBody::new(bytes::Bytes::from(text)))
}

fn answer(request: &Request) -> anyhow::Result<String> {
    let millis = request.uri().query().unwrap_or_default().parse()?;
    let has_datei = request.uri().path() == "/datei";
    let lauf = Schreibauftrag::new()?.run(has_datei, Duration::from_millis(millis))?;
    Ok(format!("{} {}", lauf.bytes, lauf.sekunden))
}
