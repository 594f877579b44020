//! The entry point.

use ablage::{Ablage, AblageError, Zeitpunkt, spin::Spin};
use anschluss::{Einstellung, answer, read_header, read_koerper};
use spin_sdk::http::{IntoResponse, Request};

use crate::{Anfrage, KOERPER_MAX, Konfiguration, Umgebung, handle};

/// The name of the component in the log.
const KOMPONENTE: &str = "sachbearbeitung";

static KONFIGURATION: Einstellung<Konfiguration> = Einstellung::new();

#[spin_sdk::http_service]
async fn serve(request: Request) -> impl IntoResponse {
    let (kopf, koerper) = request.into_parts();
    let pfad = kopf.uri.path();
    let wo = (KOMPONENTE, pfad);
    let konfiguration = KONFIGURATION.get(Konfiguration::VARIABLEN, Konfiguration::read, wo).await;
    let Some(konfiguration) = konfiguration else { return answer(503, &[], Vec::new()) };
    let header = read_header(&kopf.headers);
    let koerper = read_koerper(koerper, KOERPER_MAX).await;
    let host = header.iter().find(|(name, _)| name == "host").map(|(_, wert)| wert.as_str());
    let anfrage = Anfrage {
        methode: kopf.method.as_str(),
        schema: kopf.uri.scheme_str().unwrap_or("http"),
        host: kopf.uri.authority().map(|it| it.as_str()).or(host).unwrap_or_default(),
        pfad,
        query: kopf.uri.query().unwrap_or_default(),
        header: &header,
        koerper: koerper.as_deref(),
    };
    let antwort = handle(&Komponente { konfiguration }, anfrage).await;
    answer(antwort.status, &antwort.header, antwort.inhalt)
}

struct Komponente {
    konfiguration: &'static Konfiguration,
}

impl Umgebung for Komponente {
    type Verbindung = Spin;

    fn jetzt(&self) -> Zeitpunkt {
        anschluss::jetzt()
    }

    fn konfiguration(&self) -> &Konfiguration {
        self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Spin>, AblageError> {
        anschluss::open(&self.konfiguration.mandant, &self.konfiguration.ring).await
    }

    fn log(&self, pfad: &str, was: &str) {
        anschluss::log(KOMPONENTE, pfad, was);
    }
}
