//! The baseline: the same core as in the component, natively on hyper and rusqlite. It does the
//! same parsing, writing and fsync; what it lacks is the sandbox.

use std::{
    convert::Infallible,
    io::Write,
    net::Ipv4Addr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use ablage::{
    Ablage, AblageError, SqlError, Verbindung, Wert, Zeile, Zeitpunkt,
    nativ::{self, Datei},
};
use annahme::{Anfrage, Antwort, Konfiguration, Umgebung, handle};
use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{io::AsyncReadExt, net::TcpListener};

/// Serves on a free port, prints it as `ready http://…`, and stops when stdin ends.
pub fn serve(konfiguration: Konfiguration, datenbank: PathBuf) -> Result<()> {
    let server = Arc::new(Server { konfiguration, datenbank, frei: Mutex::default() });
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("ready http://{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        let mut stdin = tokio::io::stdin();
        tokio::select! {
            ende = accept(listener, server) => ende,
            _ = stdin.read_u8() => Ok(()),
        }
    })?;
    // The thread that reads stdin never ends by itself.
    runtime.shutdown_background();
    Ok(())
}

async fn accept(listener: TcpListener, server: Arc<Server>) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let server = server.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| answer(server.clone(), request));
            if let Err(error) =
                http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
            {
                eprintln!("bench: baseline: {error}");
            }
        });
    }
}

async fn answer(
    server: Arc<Server>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (kopf, koerper) = request.into_parts();
    let koerper = koerper.collect().await.ok().map(|it| it.to_bytes());
    // SQLite blocks the thread until the bytes are on the disk.
    let antwort = tokio::task::spawn_blocking(move || {
        let header: Vec<(String, String)> = kopf
            .headers
            .iter()
            .filter_map(|(name, wert)| Some((name.to_string(), wert.to_str().ok()?.to_owned())))
            .collect();
        nativ::run(handle(
            &server.as_ref(),
            Anfrage {
                methode: kopf.method.as_str(),
                pfad: kopf.uri.path(),
                query: kopf.uri.query().unwrap_or_default(),
                header: &header,
                koerper: koerper.as_deref(),
            },
        ))
    })
    .await;
    Ok(antwort.ok().and_then(|antwort| response(antwort).ok()).unwrap_or_else(|| {
        let mut response = Response::default();
        *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        response
    }))
}

fn response(antwort: Antwort) -> Result<Response<Full<Bytes>>> {
    let mut response = Response::builder().status(antwort.status);
    for (name, wert) in antwort.header {
        response = response.header(name, wert);
    }
    response.body(Full::new(antwort.inhalt.into())).context("an answer of annahme is no answer")
}

struct Server {
    konfiguration: Konfiguration,
    datenbank: PathBuf,
    /// Connections that nobody uses, as the host keeps them.
    frei: Mutex<Vec<Datei>>,
}

impl<'a> Umgebung for &'a Server {
    type Verbindung = Geliehen<'a>;

    fn jetzt(&self) -> Zeitpunkt {
        let seit_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        Zeitpunkt::from_millis(i64::try_from(seit_1970.as_millis()).unwrap_or(i64::MAX))
    }

    fn konfiguration(&self) -> &Konfiguration {
        &self.konfiguration
    }

    async fn ablage(&self) -> Result<Ablage<Geliehen<'a>>, AblageError> {
        let server: &'a Server = self;
        let frei = server.frei.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let datei = match frei {
            Some(datei) => datei,
            None => Datei::open(&server.datenbank)?,
        };
        let Konfiguration { mandant, ring, .. } = &server.konfiguration;
        let geliehen = Geliehen { datei: Some(datei), server };
        Ablage::open(geliehen, mandant.clone(), ring.clone()).await
    }

    fn log(&self, pfad: &str, was: &str) {
        eprintln!("bench: baseline: {pfad}: {was}");
    }
}

/// A connection that goes back to the server afterwards.
struct Geliehen<'a> {
    datei: Option<Datei>,
    server: &'a Server,
}

impl Verbindung for Geliehen<'_> {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let datei = self.datei.as_ref().expect("it is there until it is dropped");
        datei.query(sql, parameter).await
    }
}

impl Drop for Geliehen<'_> {
    fn drop(&mut self) {
        let datei = self.datei.take().filter(|datei| datei.connection().is_autocommit());
        self.server.frei.lock().unwrap_or_else(PoisonError::into_inner).extend(datei);
    }
}
