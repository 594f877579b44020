//! The entry point, and the sides of the ports that Spin gives.

use std::{
    net::{SocketAddr, TcpStream},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ablage::{Ablage, AblageError, Mandant, Schluesselring, Zeitpunkt};
use serde_json::Value;
use spin_sdk::{
    http::{FullBody, HeaderMap, HeaderValue, IntoResponse, Request, StatusCode},
    variables,
};

use crate::{
    clamd::Scanfehler,
    intern::{Auftrag, Variablen, answer},
    lauf::{Scanner, Welt},
};

/// How long the scanner may say or take nothing. Large files take it some seconds.
const SCHWEIGEN: Duration = Duration::from_secs(15);

#[spin_sdk::http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let authorization = request.headers().get("authorization");
    let auftrag = Auftrag {
        methode: request.method().as_str(),
        authorization: authorization.and_then(|wert| wert.to_str().ok()),
    };
    let variablen = Variablen {
        intern_geheimnis: variable("intern_geheimnis").await,
        virenscan: variable("virenscan").await,
        virenscanner: variable("virenscanner").await,
    };
    let spin =
        Spin { mandant: variable("mandant").await, schluessel: variable("schluessel").await };
    let ergebnis = answer(&spin, &variablen, auftrag, Clamd).await;
    let mut header = HeaderMap::new();
    let medientyp = match ergebnis.status {
        200 => "application/json",
        _ => "application/problem+json",
    };
    header.insert("content-type", HeaderValue::from_static(medientyp));
    header.insert("cache-control", HeaderValue::from_static("no-store"));
    header.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    if let Some(erlaubt) = ergebnis.allow {
        header.insert("allow", HeaderValue::from_static(erlaubt));
    }
    let status = StatusCode::from_u16(ergebnis.status).expect("our statuses are valid");
    (status, header, FullBody::new(bytes::Bytes::from(ergebnis.inhalt.to_string())))
}

/// Empty if the manifest does not have it.
async fn variable(name: &str) -> String {
    variables::get(name).await.unwrap_or_default()
}

struct Spin {
    mandant: String,
    schluessel: String,
}

impl Welt for Spin {
    type Verbindung = ablage::spin::Spin;

    async fn open(&self) -> Result<Ablage<ablage::spin::Spin>, AblageError> {
        let mandant =
            Mandant::new(&self.mandant).map_err(|_| AblageError::Form("`mandant` is no name"))?;
        let ring = Schluesselring::parse(&self.schluessel)
            .map_err(|_| AblageError::Form("`schluessel` is no ring of keys"))?;
        Ablage::open(ablage::spin::Spin::open_default().await?, mandant, ring).await
    }

    fn jetzt(&self) -> Zeitpunkt {
        let seit = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit.as_millis()).unwrap_or(i64::MAX))
    }

    fn log(&self, meldung: &Value) {
        eprintln!("{meldung}");
    }
}

struct Clamd(SocketAddr);

impl Scanner for Clamd {
    type Verbindung = TcpStream;

    fn connect(&self) -> Result<TcpStream, Scanfehler> {
        let verbindung = TcpStream::connect(self.0).map_err(Scanfehler::NichtErreicht)?;
        verbindung
            .set_read_timeout(Some(SCHWEIGEN))
            .and_then(|()| verbindung.set_write_timeout(Some(SCHWEIGEN)))
            .map_err(Scanfehler::NichtErreicht)?;
        Ok(verbindung)
    }
}
