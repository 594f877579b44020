//! Clients that submit applications, one after the other on connections that stay open.

use std::time::{Duration, Instant};

use ablage::zufall;
use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::JoinSet};

use crate::vorlage;

/// A load on one server.
#[derive(Clone, Debug)]
pub struct Last {
    /// `127.0.0.1:…`
    adresse: String,
    koerper: Bytes,
}

impl Last {
    /// For the server at `http://…`, with an application that is valid on its day.
    pub async fn new(url: &str) -> Result<Last> {
        let adresse = url.strip_prefix("http://").context("the server's URL is not http://…")?;
        let mut last = Last { adresse: adresse.to_owned(), koerper: Bytes::new() };
        let frage =
            Request::get("/api/konfiguration").header("host", adresse).body(Full::default());
        let (status, koerper) = exchange(&mut last.connect().await?, frage?).await?;
        ensure!(status == StatusCode::OK, "GET /api/konfiguration answers {status}");
        let json: serde_json::Value = serde_json::from_slice(&koerper)?;
        let heute = json["heute"].as_str().and_then(|heute| heute.parse().ok());
        let heute = heute.context("the server names no day")?;
        last.koerper = vorlage::koerper(heute)?.into();
        Ok(last)
    }

    /// Submits on `anzahl` connections for about `dauer`. Fails if one submit is not accepted.
    pub async fn run(&self, anzahl: usize, dauer: Duration) -> Result<Messung> {
        let mut clients = JoinSet::new();
        let start = Instant::now();
        for _ in 0..anzahl {
            let last = self.clone();
            clients.spawn(async move { last.submit_until(start + dauer).await });
        }
        let mut messung = Messung::default();
        while let Some(latenzen) = clients.join_next().await {
            messung.latenzen.extend(latenzen??);
        }
        messung.dauer = start.elapsed();
        Ok(messung)
    }

    async fn submit_until(&self, ende: Instant) -> Result<Vec<Duration>> {
        let mut verbindung = self.connect().await?;
        let mut latenzen = Vec::new();
        loop {
            let start = Instant::now();
            if ende <= start {
                return Ok(latenzen);
            }
            let request = Request::post("/api/antraege/verpflichtungserklaerung")
                .header("host", &self.adresse)
                .header("content-type", "application/json")
                .header("idempotency-key", zufall::uuid()?)
                .body(Full::new(self.koerper.clone()))?;
            let (status, koerper) = exchange(&mut verbindung, request).await?;
            latenzen.push(start.elapsed());
            if status != StatusCode::CREATED {
                let text = String::from_utf8_lossy(&koerper);
                bail!("a submit to {} was answered with {status}: {text}", self.adresse);
            }
        }
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>> {
        let stream = TcpStream::connect(&self.adresse).await?;
        stream.set_nodelay(true)?;
        let (sender, verbindung) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(verbindung);
        Ok(sender)
    }
}

async fn exchange(
    verbindung: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes)> {
    verbindung.ready().await?;
    let (kopf, koerper) = verbindung.send_request(request).await?.into_parts();
    Ok((kopf.status, koerper.collect().await?.to_bytes()))
}

/// What a load has seen.
#[derive(Clone, Debug, Default)]
pub struct Messung {
    dauer: Duration,
    latenzen: Vec<Duration>,
}

impl Messung {
    /// Takes another round in.
    pub fn add(&mut self, andere: Messung) {
        self.dauer += andere.dauer;
        self.latenzen.extend(andere.latenzen);
    }

    /// Submits a second.
    pub fn je_sekunde(&self) -> f64 {
        self.latenzen.len() as f64 / self.dauer.as_secs_f64()
    }

    /// Milliseconds within which so many of 100 submits were answered (nearest rank).
    pub fn perzentil(&self, prozent: usize) -> f64 {
        let mut latenzen = self.latenzen.clone();
        latenzen.sort_unstable();
        let rang = (latenzen.len() * prozent).div_ceil(100).max(1);
        latenzen.get(rang - 1).map_or(f64::NAN, |it| it.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let latenzen = (1..=200).rev().map(Duration::from_millis).collect();
        let messung = Messung { dauer: Duration::from_secs(2), latenzen };
        assert_eq!(messung.je_sekunde(), 100.0);
        for (prozent, erwartet) in [(50, 100.0), (99, 198.0), (100, 200.0)] {
            assert_eq!(messung.perzentil(prozent), erwartet);
        }
        assert!(Messung::default().perzentil(50).is_nan());
    }
}
