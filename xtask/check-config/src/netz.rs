//! The way to the targets from this machine. It tells apart where a connection ends.

use std::{fs, io, net::ToSocketAddrs as _, path::Path, time::SystemTime};

use ablage::{Ablage, AblageError, Zeitpunkt, nativ::Datei};
use anyhow::{Context as _, Result, ensure};
use http::Uri;
use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};
use weiterleitung::{ANTWORT_MAX, Anfrage, Antwort, Client, Meldung, Sendefehler, Welt};

/// Sends requests and follows no redirects.
pub struct Netz {
    tls: TlsConfig,
}

impl Netz {
    /// Trusts the issuers of a PEM file; without one those that browsers trust.
    pub fn new(ca: Option<&Path>) -> Result<Netz> {
        let tls = TlsConfig::builder();
        let Some(pfad) = ca else { return Ok(Netz { tls: tls.build() }) };
        let name = pfad.display();
        let pem = fs::read(pfad).with_context(|| format!("cannot read {name}"))?;
        let issuers: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(zertifikat)) => Some(Ok(zertifikat)),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            })
            .collect::<Result<_, _>>()
            .with_context(|| format!("{name} is no PEM file"))?;
        ensure!(!issuers.is_empty(), "{name} holds no certificate");
        Ok(Netz { tls: tls.root_certs(RootCerts::new_with_certs(&issuers)).build() })
    }
}

/// Nothing is stored here, and nothing delivered.
impl Welt for Netz {
    type Verbindung = Datei;
    type Client = Netz;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        Err(AblageError::NichtGefunden)
    }

    fn client(&self) -> &Netz {
        self
    }

    fn jetzt(&self) -> Zeitpunkt {
        let seit_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit_1970.as_millis()).unwrap_or(i64::MAX))
    }

    fn log(&self, meldung: &Meldung) {
        eprintln!("{meldung}");
    }

    fn log_error(&self, ursache: &str) {
        eprintln!("{ursache}");
    }
}

impl Client for Netz {
    async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
        find_address(&anfrage.url)?;
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(anfrage.frist))
            .tls_config(self.tls.clone())
            .build()
            .into();
        let mut request =
            http::Request::builder().method(anfrage.methode.as_str()).uri(&anfrage.url);
        for (name, wert) in &anfrage.header {
            request = request.header(*name, wert);
        }
        let response = match anfrage.inhalt.is_empty() {
            true => agent.run(request.body(()).map_err(|_| Sendefehler::NichtErlaubt)?),
            false => {
                agent.run(request.body(anfrage.inhalt).map_err(|_| Sendefehler::NichtErlaubt)?)
            }
        };
        let mut response = response.map_err(sendefehler)?;
        let header = response.headers().iter().map(|(name, wert)| {
            (name.to_string(), String::from_utf8_lossy(wert.as_bytes()).into_owned())
        });
        let header = header.collect();
        let body = response.body_mut().with_config().limit(ANTWORT_MAX as u64);
        let inhalt = body.read_to_vec().map_err(sendefehler)?;
        Ok(Antwort { status: response.status().as_u16(), header, inhalt })
    }
}

/// The library does not tell a name that nobody knows from other errors, so it is asked for first.
fn find_address(url: &str) -> Result<(), Sendefehler> {
    let uri: Uri = url.parse().map_err(|_| Sendefehler::NichtErlaubt)?;
    let host = uri.host().ok_or(Sendefehler::NichtErlaubt)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let adressen = (host, 0).to_socket_addrs().ok();
    let erste = adressen.and_then(|mut adressen| adressen.next());
    erste.map(|_| ()).ok_or(Sendefehler::NameUnbekannt)
}

fn sendefehler(error: ureq::Error) -> Sendefehler {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect) => Sendefehler::NichtErreicht,
        ureq::Error::Timeout(_) => Sendefehler::Zeitablauf,
        ureq::Error::ConnectionFailed => Sendefehler::NichtErreicht,
        ureq::Error::HostNotFound => Sendefehler::NameUnbekannt,
        ureq::Error::Tls(_) | ureq::Error::Pem(_) | ureq::Error::Rustls(_) => {
            Sendefehler::Zertifikat
        }
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable => Sendefehler::NichtErreicht,
            // What TLS finds wrong comes as data that is not as it should be.
            io::ErrorKind::InvalidData => Sendefehler::Zertifikat,
            _ => Sendefehler::Verloren,
        },
        _ => Sendefehler::Verloren,
    }
}
