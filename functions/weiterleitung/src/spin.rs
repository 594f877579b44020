//! The entry point, and the sides of the ports that Spin gives.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ablage::{Ablage, AblageError, Mandant, Schluesselring, Zeitpunkt};
use bytes::Bytes;
use futures_util::{future, pin_mut};
use http_body_util::BodyExt as _;
use spin_sdk::{
    http::{FullBody, HeaderMap, HeaderName, HeaderValue, IntoResponse, Request, StatusCode},
    variables,
    wasip3::{
        http::types::{ErrorCode, RequestOptions},
        http_compat::RequestOptionsExtension,
    },
};

use crate::{
    client::{ANTWORT_MAX, Anfrage, Antwort, Client, Sendefehler},
    einstellungen::Variablen,
    intern::{Auftrag, Ergebnis, answer},
    lauf::{Meldung, Welt},
};

/// How long a connection may take to come about.
const VERBINDEN: Duration = Duration::from_secs(5);

#[spin_sdk::http_service]
async fn handle(request: Request) -> impl IntoResponse {
    let authorization = request.headers().get("authorization");
    let auftrag = Auftrag {
        methode: request.method().as_str(),
        pfad: request.uri().path(),
        authorization: authorization.and_then(|wert| wert.to_str().ok()),
    };
    let mut variablen = Variablen::default();
    for name in Variablen::NAMEN {
        if let Some(wert) = variablen.wert(name) {
            *wert = variable(name).await;
        }
    }
    let spin = Spin {
        mandant: variable("mandant").await,
        schluessel: variable("schluessel").await,
        client: SpinClient,
    };
    respond(answer(&spin, &variablen, auftrag).await)
}

fn respond(ergebnis: Ergebnis) -> impl IntoResponse {
    let headers: HeaderMap = ergebnis
        .header
        .iter()
        .map(|(name, wert)| {
            let wert = HeaderValue::from_str(wert).expect("our headers are plain ASCII");
            (HeaderName::from_static(name), wert)
        })
        .collect();
    let status = StatusCode::from_u16(ergebnis.status).expect("our statuses are valid");
    (status, headers, FullBody::new(Bytes::from(ergebnis.inhalt)))
}

/// Empty if the manifest does not have it.
async fn variable(name: &str) -> String {
    variables::get(name).await.unwrap_or_default()
}

struct Spin {
    mandant: String,
    schluessel: String,
    client: SpinClient,
}

impl Welt for Spin {
    type Verbindung = ablage::spin::Spin;
    type Client = SpinClient;

    async fn open(&self) -> Result<Ablage<ablage::spin::Spin>, AblageError> {
        let mandant =
            Mandant::new(&self.mandant).map_err(|_| AblageError::Form("`mandant` is no name"))?;
        let ring = Schluesselring::parse(&self.schluessel)
            .map_err(|_| AblageError::Form("`schluessel` is no ring of keys"))?;
        Ablage::open(ablage::spin::Spin::open_default().await?, mandant, ring).await
    }

    fn client(&self) -> &SpinClient {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        let seit = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit.as_millis()).unwrap_or(i64::MAX))
    }

    fn log(&self, meldung: &Meldung) {
        // Hosts take what is on stderr for a warning.
        match meldung.code {
            None => println!("{meldung}"),
            Some(_) => eprintln!("{meldung}"),
        }
    }

    fn log_error(&self, ursache: &str) {
        eprintln!("{}", serde_json::json!({ "fehler": ursache }));
    }
}

struct SpinClient;

impl Client for SpinClient {
    async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
        // The host counts the single steps, this the whole.
        let frist = spin_sdk::time::sleep(anfrage.frist + Duration::from_millis(500));
        let austausch = exchange(anfrage);
        pin_mut!(frist, austausch);
        match future::select(austausch, frist).await {
            future::Either::Left((antwort, _)) => antwort,
            future::Either::Right(_) => Err(Sendefehler::Zeitablauf),
        }
    }
}

async fn exchange(anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
    let nanos = |dauer: Duration| u64::try_from(dauer.as_nanos()).ok();
    let options = RequestOptions::new();
    // A host that cannot do it is held to the limit of the whole.
    let _ = options.set_connect_timeout(nanos(VERBINDEN.min(anfrage.frist)));
    let _ = options.set_first_byte_timeout(nanos(anfrage.frist));
    let _ = options.set_between_bytes_timeout(nanos(anfrage.frist));
    let mut request = http::Request::builder()
        .method(anfrage.methode.as_str())
        .uri(&anfrage.url)
        .extension(RequestOptionsExtension(options));
    for (name, wert) in &anfrage.header {
        request = request.header(*name, wert);
    }
    let request = request
        .body(FullBody::new(Bytes::from(anfrage.inhalt)))
        .map_err(|_| Sendefehler::NichtErlaubt)?;
    let response = spin_sdk::http::send(request).await.map_err(sendefehler)?;
    let (kopf, mut body) = response.into_parts();
    let header = kopf.headers.iter().map(|(name, wert)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(wert.as_bytes()).into_owned())
    });
    let mut antwort =
        Antwort { status: kopf.status.as_u16(), header: header.collect(), inhalt: Vec::new() };
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(sendefehler)?;
        let Some(bytes) = frame.data_ref() else { continue };
        let platz = ANTWORT_MAX - antwort.inhalt.len();
        antwort.inhalt.extend_from_slice(&bytes[..bytes.len().min(platz)]);
        if antwort.inhalt.len() == ANTWORT_MAX {
            break;
        }
    }
    Ok(antwort)
}

fn sendefehler(code: ErrorCode) -> Sendefehler {
    match code {
        ErrorCode::HttpRequestDenied => Sendefehler::NichtErlaubt,
        ErrorCode::DnsTimeout | ErrorCode::DnsError(_) | ErrorCode::DestinationNotFound => {
            Sendefehler::NameUnbekannt
        }
        ErrorCode::TlsProtocolError
        | ErrorCode::TlsCertificateError
        | ErrorCode::TlsAlertReceived(_) => Sendefehler::Zertifikat,
        ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpProhibited
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionTimeout => Sendefehler::NichtErreicht,
        ErrorCode::ConnectionReadTimeout
        | ErrorCode::ConnectionWriteTimeout
        | ErrorCode::HttpResponseTimeout => Sendefehler::Zeitablauf,
        _ => Sendefehler::Verloren,
    }
}
