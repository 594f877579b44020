//! The HTTP server of one counterpart: reads a request, asks the [`Steuerpult`] what to do with it, lets
//! the partner carry it out, and notes it in the [`Journal`].

use std::{io, net::TcpListener, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, LOCATION, RETRY_AFTER},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::json;

use crate::{
    http::{Anfrage, Antwort},
    journal::{Eingang, Journal, Versuch, now},
    steuerung::{Modus, Steuerpult, Steuerung, Zaehler},
};

/// What makes a counterpart the one it is.
pub(crate) trait Partner: Send + Sync + 'static {
    /// A request, taken apart as far as it can be without carrying it out.
    type Auftrag: Send;

    /// The largest body in bytes.
    fn grenze(&self) -> usize;
    /// Takes a request apart.
    fn read(&self, anfrage: Anfrage) -> (Merkmale, Self::Auftrag);
    /// Carries it out.
    fn execute(&self, auftrag: Self::Auftrag) -> Antwort;
    /// Carries it out in a way that is the partner's own: see [`Modus::is_partners`].
    fn execute_as(&self, auftrag: Self::Auftrag, modus: Modus, text: Option<&str>) -> Antwort {
        let _ = (modus, text);
        self.execute(auftrag)
    }
    /// The answer of a mode that makes one up, in the partner's own words.
    fn make_up(&self, modus: Modus, text: Option<&str>) -> Antwort;
    /// The same for a partner that speaks more than one protocol.
    fn make_up_for(&self, _aktion: &str, modus: Modus, text: Option<&str>) -> Antwort {
        self.make_up(modus, text)
    }
    /// What is stored now; attempts are not filled in.
    fn stored(&self) -> Vec<Eingang>;
    /// Deletes it all.
    fn forget(&self) -> io::Result<()>;
    /// Further entries of `GET /steuerung`.
    fn state(&self) -> serde_json::Value;
    /// Where it keeps the journal.
    fn journal(&self) -> io::Result<Journal>;
    /// Answers further requests that no mode touches.
    fn control(&self, _anfrage: &Anfrage) -> Option<Antwort> {
        None
    }
}

/// What the journal and the filters want to know of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Merkmale {
    pub aktion: String,
    pub schluessel: Option<String>,
    pub schreibt: bool,
    pub sha256: Option<String>,
    pub groesse: Option<u64>,
}

/// A partner with its control desk.
pub(crate) struct Stelle<P> {
    partner: P,
    pult: Steuerpult,
    journal: Journal,
}

impl<P: Partner> Stelle<P> {
    pub fn new(partner: P) -> io::Result<Stelle<P>> {
        let journal = partner.journal()?;
        Ok(Stelle { partner, pult: Steuerpult::default(), journal })
    }

    pub fn partner(&self) -> &P {
        &self.partner
    }

    pub fn steer(&self, steuerung: Steuerung) {
        self.pult.set(steuerung);
    }

    pub fn zaehler(&self) -> Zaehler {
        self.journal.zaehler()
    }

    pub fn eingang(&self) -> Vec<Eingang> {
        self.journal.eingang(self.partner.stored())
    }

    pub fn journal(&self) -> Vec<Versuch> {
        self.journal.all()
    }

    pub fn forget(&self) -> io::Result<()> {
        self.partner.forget()?;
        self.journal.forget()
    }

    /// The answer to a request, `None` if the connection is to be closed without one.
    async fn answer(self: Arc<Self>, anfrage: Anfrage) -> Option<Antwort> {
        // Not to be given up halfway if the caller leaves: real counterparts do not do so either.
        let work = tokio::task::spawn_blocking(move || self.carry_out(anfrage));
        // A panic has been printed by its thread; to the caller we are a server that died.
        let (antwort, delay) = work.await.ok()?;
        if let Some(delay) = delay {
            tokio::time::sleep(delay).await;
        }
        antwort
    }

    fn carry_out(&self, anfrage: Anfrage) -> (Option<Antwort>, Option<Duration>) {
        if let Some(antwort) = self.control(&anfrage) {
            return (Some(antwort), None);
        }
        let methode = anfrage.methode.to_string();
        let (merkmale, auftrag) = self.partner.read(anfrage);
        let steuerung = self.pult.decide(&methode, &merkmale.aktion);
        let carried_out = steuerung.is_carried_out().then(|| match steuerung.modus.is_partners() {
            true => self.partner.execute_as(auftrag, steuerung.modus, steuerung.text.as_deref()),
            false => self.partner.execute(auftrag),
        });
        let antwort = match steuerung.modus {
            Modus::Normal | Modus::Langsam => carried_out,
            modus if modus.is_partners() => carried_out,
            Modus::Aus | Modus::AntwortVerlieren => None,
            modus => Some(self.make_up(&merkmale.aktion, modus, &steuerung)),
        };
        let noted = self.journal.add(Versuch {
            am: now(),
            methode,
            aktion: merkmale.aktion,
            schluessel: merkmale.schluessel,
            schreibt: merkmale.schreibt,
            sha256: merkmale.sha256,
            groesse: merkmale.groesse,
            modus: steuerung.modus,
            status: antwort.as_ref().map(|antwort| antwort.status.as_u16()),
            fehler: antwort.as_ref().and_then(refusal),
        });
        if let Err(error) = noted {
            eprintln!("gegenstellen: failed to write the journal: {error}");
        }
        (antwort, steuerung.delay())
    }

    fn make_up(&self, aktion: &str, modus: Modus, steuerung: &Steuerung) -> Antwort {
        let text = steuerung.text.as_deref();
        match modus {
            Modus::Umleitung => {
                Antwort::text(StatusCode::FOUND, "").with(LOCATION, text.unwrap_or("/anmeldung"))
            }
            Modus::Ueberlastet429 => self
                .partner
                .make_up_for(aktion, modus, text)
                .with(RETRY_AFTER, steuerung.retry_after.unwrap_or(2).to_string()),
            _ => self.partner.make_up_for(aktion, modus, text),
        }
    }

    /// Answers `/steuerung` and `/eingang`, which no mode touches.
    fn control(&self, anfrage: &Anfrage) -> Option<Antwort> {
        let not_allowed = |allow: &str| {
            Antwort::text(StatusCode::METHOD_NOT_ALLOWED, "").with(ALLOW, allow.to_owned())
        };
        let antwort = match (anfrage.pfad.as_str(), &anfrage.methode) {
            ("/steuerung", &Method::GET) => self.control_state(),
            ("/steuerung", &Method::POST) => {
                match Steuerung::read(anfrage.inhalt.as_deref().unwrap_or_default()) {
                    Ok(steuerung) => {
                        self.pult.set(steuerung);
                        self.control_state()
                    }
                    Err(error) => Antwort::text(StatusCode::BAD_REQUEST, error),
                }
            }
            ("/steuerung", _) => not_allowed("GET, POST"),
            ("/eingang", &Method::GET) => {
                Antwort::json(StatusCode::OK, &json!({ "eingang": self.eingang() }))
            }
            ("/eingang", &Method::DELETE) => match self.forget() {
                Ok(()) => Antwort::text(StatusCode::NO_CONTENT, ""),
                Err(error) => Antwort::text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            },
            ("/eingang", _) => not_allowed("GET, DELETE"),
            _ => return self.partner.control(anfrage),
        };
        Some(antwort)
    }

    fn control_state(&self) -> Antwort {
        let state = json!({
            "steuerung": self.pult.current(),
            "zaehler": self.zaehler(),
            "stelle": self.partner.state(),
        });
        Antwort::json(StatusCode::OK, &state)
    }
}

/// Accepts connections until its task is dropped.
pub(crate) async fn serve<P: Partner>(listener: TcpListener, stelle: Arc<Stelle<P>>) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("gegenstellen: failed to listen: {error}");
            return;
        }
    };
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("gegenstellen: failed to accept a connection: {error}");
                // Out of file handles, most likely: give others time to close theirs.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Without it small answers wait for the caller's acknowledgement; failing is no harm.
        let _ = stream.set_nodelay(true);
        let stelle = stelle.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| handle(stelle.clone(), request));
            // An error is a caller that left, or our own wish to close: nobody is left to tell.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// Closing the connection is the only way to give no answer: hyper does so on an error.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
struct Closed;

async fn handle<P: Partner>(
    stelle: Arc<Stelle<P>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Closed> {
    let anfrage = read(request, stelle.partner.grenze()).await?;
    let antwort = stelle.answer(anfrage).await.ok_or(Closed)?;
    let mut response = Response::builder().status(antwort.status);
    for (name, value) in antwort.kopf {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(Bytes::from(antwort.inhalt))).unwrap_or_else(|_| {
        // A steering text with a line break as Location, for example.
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    }))
}

async fn read(request: Request<Incoming>, grenze: usize) -> Result<Anfrage, Closed> {
    let (parts, mut body) = request.into_parts();
    // What is too large is read nevertheless and dropped: a caller who is still sending sees no answer.
    let mut inhalt = Some(Vec::new());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Closed)?;
        if let (Some(bytes), Some(data)) = (&mut inhalt, frame.data_ref()) {
            bytes.extend_from_slice(data);
        }
        if inhalt.as_ref().is_some_and(|bytes| grenze < bytes.len()) {
            inhalt = None;
        }
    }
    let query = parts.uri.query().unwrap_or_default();
    Ok(Anfrage {
        methode: parts.method,
        pfad: parts.uri.path().to_owned(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        kopf: parts.headers,
        inhalt,
    })
}

/// What a refusal says, for the journal.
fn refusal(antwort: &Antwort) -> Option<String> {
    let is_refusal = antwort.status.is_client_error() || antwort.status.is_server_error();
    is_refusal.then(|| String::from_utf8_lossy(&antwort.inhalt).into_owned())
}
