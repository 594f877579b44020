//! The entry point.

use std::{sync::OnceLock, time::SystemTime};

use ablage::{Ablage, AblageError, Zeitpunkt, spin::Spin};
use http_body_util::BodyExt as _;
use spin_sdk::{
    http::{FullBody, HeaderMap, HeaderName, HeaderValue, IntoResponse, Request, StatusCode},
    variables,
};

use crate::{Anfrage, KOERPER_MAX, Konfiguration, KonfigurationError, Umgebung, handle};

/// The settings are the same for every request; an instance lives for seconds.
static KONFIGURATION: OnceLock<Konfiguration> = OnceLock::new();

#[spin_sdk::http_service]
async fn serve(request: Request) -> impl IntoResponse {
    let (kopf, koerper) = request.into_parts();
    let pfad = kopf.uri.path();
    let Some(konfiguration) = konfiguration(pfad).await else {
        let leer = FullBody::new(Vec::new().into());
        return (StatusCode::SERVICE_UNAVAILABLE, HeaderMap::new(), leer);
    };
    let header: Vec<(String, String)> = kopf
        .headers
        .iter()
        .filter_map(|(name, wert)| Some((name.to_string(), wert.to_str().ok()?.to_owned())))
        .collect();
    let koerper = read(koerper).await;
    let anfrage = Anfrage { methode: kopf.method.as_str(), pfad, header: &header, koerper };
    let antwort = handle(&Komponente { konfiguration }, anfrage).await;
    let status = StatusCode::from_u16(antwort.status).expect("our statuses are valid");
    let headers: HeaderMap = antwort
        .header
        .iter()
        .map(|(name, wert)| {
            let wert = HeaderValue::from_str(wert).expect("our headers are plain ASCII");
            (HeaderName::from_static(name), wert)
        })
        .collect();
    (status, headers, FullBody::new(bytes::Bytes::from(antwort.inhalt)))
}

struct Komponente {
    konfiguration: &'static Konfiguration,
}

impl Umgebung for Komponente {
    type Verbindung = Spin;

    fn jetzt(&self) -> Zeitpunkt {
        let seit_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit_1970.as_millis()).unwrap_or(i64::MAX))
    }

    fn konfiguration(&self) -> &Konfiguration {
        self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Spin>, AblageError> {
        let Konfiguration { mandant, ring, .. } = self.konfiguration;
        Ablage::open(Spin::open_default().await?, mandant.clone(), ring.clone()).await
    }

    fn log(&self, pfad: &str, was: &str) {
        log(pfad, was);
    }
}

/// The settings, or `None` after the operator was told what is wrong with them.
async fn konfiguration(pfad: &str) -> Option<&'static Konfiguration> {
    if let Some(konfiguration) = KONFIGURATION.get() {
        return Some(konfiguration);
    }
    match read_konfiguration().await {
        Ok(konfiguration) => Some(KONFIGURATION.get_or_init(|| konfiguration)),
        Err(error) => {
            log(pfad, &error.to_string());
            None
        }
    }
}

async fn read_konfiguration() -> Result<Konfiguration, KonfigurationError> {
    let mut werte = Konfiguration::VARIABLEN.map(|_| String::new());
    for (wert, name) in werte.iter_mut().zip(Konfiguration::VARIABLEN) {
        *wert = variables::get(name).await.map_err(|_| KonfigurationError::Fehlt(name))?;
    }
    Konfiguration::read(&werte)
}

/// A body up to the limit; `None` if it is larger or does not arrive as a whole.
async fn read<B>(koerper: B) -> Option<Vec<u8>>
where
    B: http_body::Body<Data = bytes::Bytes>,
{
    let mut koerper = std::pin::pin!(koerper);
    let mut gelesen = Vec::new();
    while let Some(rahmen) = koerper.frame().await {
        if let Ok(stueck) = rahmen.ok()?.into_data() {
            if KOERPER_MAX < gelesen.len() as u64 + stueck.len() as u64 {
                return None;
            }
            gelesen.extend_from_slice(&stueck);
        }
    }
    Some(gelesen)
}

/// One line of JSON on stderr, where the host collects it.
fn log(pfad: &str, was: &str) {
    let zeile = serde_json::json!({ "komponente": "empfang", "pfad": pfad, "fehler": was });
    eprintln!("{zeile}");
}
