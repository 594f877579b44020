//! The counterparts of the portal, for the demo and for tests: a Fachverfahren that takes messages
//! over HTTP and a DMS that speaks the CMIS 1.1 browser binding.
//!
//! They are written from the standards and from recordings of a real server, not from our client, so
//! that a misreading on our side shows. They keep what they get in a folder, survive a restart, and can
//! be told to be down, slow, full of excuses or to lose an answer: see [`Steuerung`]. They speak plain
//! HTTP and are for loopback only.

mod dms;
mod fachverfahren;
mod http;
mod journal;
mod server;
mod steuerung;

use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    str::FromStr,
    sync::Arc,
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use crate::{
    dms::Dms,
    fachverfahren::{Fachverfahren, schema::Schemas},
    server::Stelle,
};
pub use crate::{
    fachverfahren::rueckmeldung::{Auftrag, UnbekannteArt},
    journal::{Eingang, Versuch},
    steuerung::{Filter, Modus, Steuerung, Zaehler},
};

/// The id of the DMS's only repository.
pub const REPOSITORY: &str = "akten";

/// The id of the repository of d.velop documents.
pub const DVELOP_REPOSITORY: &str = "7c1e4f0a-2b7d-5c55-9f10-5f1d2a3b4c5d";

/// Who may call, as in `Authorization`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Anmeldung {
    /// Everybody.
    #[default]
    Keine,
    /// Basic authentication (RFC 7617).
    Basic {
        /// The user, who becomes `cmis:createdBy`.
        benutzer: String,
        /// The password.
        passwort: String,
    },
    /// A bearer token (RFC 6750).
    Bearer(String),
}

impl FromStr for Anmeldung {
    type Err = KeineAnmeldung;

    /// Reads `basic user:pass` and `bearer TOKEN` as the portal's `dms_anmeldung`; nothing is nobody asked.
    fn from_str(text: &str) -> Result<Anmeldung, KeineAnmeldung> {
        match text.split_once(' ') {
            None if text.is_empty() => Ok(Anmeldung::Keine),
            Some(("basic", rest)) => {
                let (benutzer, passwort) = rest.split_once(':').ok_or(KeineAnmeldung)?;
                Ok(Anmeldung::Basic {
                    benutzer: benutzer.to_owned(),
                    passwort: passwort.to_owned(),
                })
            }
            Some(("bearer", token)) => Ok(Anmeldung::Bearer(token.to_owned())),
            _ => Err(KeineAnmeldung),
        }
    }
}

/// The text names no credentials. It is not repeated, as it may hold some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("credentials are written as `basic user:pass` or `bearer TOKEN`")]
pub struct KeineAnmeldung;

/// Where the counterparts listen, keep what they get, and how strict they are.
#[derive(Clone, Debug)]
pub struct Einstellungen {
    /// Where the Fachverfahren listens; port 0 picks a free one.
    pub fachverfahren: SocketAddr,
    /// Where the DMS listens; port 0 picks a free one.
    pub dms: SocketAddr,
    /// Holds `fachverfahren/` and `dms/`; created if missing.
    pub ordner: PathBuf,
    /// The folder of XML schemas with its `catalog.xml`; without it, or without xmllint on this machine,
    /// messages are only read, not validated: [`Gegenstelle::has_schemapruefung`].
    pub schemas: Option<PathBuf>,
    /// Who may send messages.
    pub fachverfahren_anmeldung: Anmeldung,
    /// Who may use the DMS.
    pub dms_anmeldung: Anmeldung,
    /// Whether the import takes containers out of the folder, as real ones do.
    pub import_holt_ab: bool,
    /// The largest body in bytes: the Fachverfahren answers 413 beyond it, the DMS a bare 500.
    pub grenze: usize,
}

impl Einstellungen {
    /// Both on free ports of loopback, open to everybody, without schemas, up to 100 MB.
    pub fn new(ordner: impl Into<PathBuf>) -> Einstellungen {
        Einstellungen {
            fachverfahren: SocketAddr::from(([127, 0, 0, 1], 0)),
            dms: SocketAddr::from(([127, 0, 0, 1], 0)),
            ordner: ordner.into(),
            schemas: None,
            fachverfahren_anmeldung: Anmeldung::Keine,
            dms_anmeldung: Anmeldung::Keine,
            import_holt_ab: false,
            grenze: 100_000_000,
        }
    }
}

/// Why the counterparts did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody asked for an address that others could reach.
    #[error("`{0}` is not a loopback address, and the counterparts speak plain HTTP")]
    NotLoopback(SocketAddr),
    /// The port is taken, or may not be used.
    #[error("failed to listen on `{0}`: {1}")]
    Listen(SocketAddr, io::Error),
    /// The folder or what lies in it cannot be used.
    #[error("failed to use the folder `{0}`: {1}")]
    Ordner(PathBuf, io::Error),
    /// The schemas were asked for, but are not there.
    #[error("the folder of schemas lacks `{0}`")]
    Schemas(PathBuf),
    /// The system gave no thread.
    #[error("failed to start a thread: {0}")]
    Thread(io::Error),
}

/// Which of the two counterparts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ziel {
    /// The Fachverfahren.
    Fachverfahren,
    /// The DMS.
    Dms,
}

/// Both counterparts, running on a thread of their own until this is dropped.
pub struct Gegenstelle {
    fachverfahren: (SocketAddr, Arc<Stelle<Fachverfahren>>),
    dms: (SocketAddr, Arc<Stelle<Dms>>),
    schemapruefung: bool,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Gegenstelle {
    /// Starts both. They answer as soon as this returns; no async runtime is needed to call it.
    pub fn start(einstellungen: Einstellungen) -> Result<Gegenstelle, StartError> {
        let Einstellungen { ordner, grenze, .. } = einstellungen;
        let schemas = einstellungen.schemas.map(Schemas::open).transpose()?.flatten();
        let schemapruefung = schemas.is_some();
        let schemaordner = schemas.as_ref().map(|schemas| schemas.folder().to_owned());
        let (fachverfahren_listener, fachverfahren_address) = listen(einstellungen.fachverfahren)?;
        let (dms_listener, dms_address) = listen(einstellungen.dms)?;

        let open_error = |name: &str| {
            let ordner = ordner.join(name);
            move |error| StartError::Ordner(ordner, error)
        };
        let fachverfahren = Fachverfahren::open(
            ordner.join("fachverfahren"),
            schemas,
            einstellungen.fachverfahren_anmeldung,
            grenze,
        );
        let fachverfahren = fachverfahren
            .and_then(Stelle::new)
            .map(Arc::new)
            .map_err(open_error("fachverfahren"))?;
        let dms = Dms::open(
            ordner.join("dms"),
            einstellungen.dms_anmeldung,
            grenze,
            schemaordner,
            einstellungen.import_holt_ab,
        );
        let dms = dms.and_then(Stelle::new).map(Arc::new).map_err(open_error("dms"))?;

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = {
            let (fachverfahren, dms) = (fachverfahren.clone(), dms.clone());
            thread::Builder::new()
                .name("gegenstellen".to_owned())
                .spawn(move || {
                    runtime.block_on(async move {
                        tokio::spawn(server::serve(fachverfahren_listener, fachverfahren));
                        tokio::spawn(server::serve(dms_listener, dms));
                        // An error means that the sender is gone, which is the same wish.
                        let _ = stopped.await;
                    });
                })
                .map_err(StartError::Thread)?
        };
        Ok(Gegenstelle {
            fachverfahren: (fachverfahren_address, fachverfahren),
            dms: (dms_address, dms),
            schemapruefung,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The base of one counterpart without a slash at the end, such as `http://127.0.0.1:3001`.
    pub fn url(&self, ziel: Ziel) -> String {
        match ziel {
            Ziel::Fachverfahren => format!("http://{}", self.fachverfahren.0),
            Ziel::Dms => format!("http://{}", self.dms.0),
        }
    }

    /// Where messages are posted to: the portal's `fachverfahren_url`.
    pub fn nachrichten_url(&self) -> String {
        format!("{}/nachrichten", self.url(Ziel::Fachverfahren))
    }

    /// The ports of the XTA server, for messages and for the rest, as paths on the Fachverfahren's origin.
    pub fn xta_ports(&self) -> [&'static str; 2] {
        ["/xta/SendXtaPort", "/xta/ManagementPort"]
    }

    /// The submission API of FIT-Connect; its token service has the same origin.
    pub fn fitconnect_url(&self) -> String {
        format!("{}/fit-connect/submission-api", self.url(Ziel::Fachverfahren))
    }

    /// What a sender has to know of FIT-Connect (the portal's `fachverfahren_einstellungen`), and the
    /// secret of the client.
    pub fn fitconnect_einstellungen(&self) -> (serde_json::Value, &'static str) {
        fachverfahren::fitconnect::settings()
    }

    /// Makes all tokens of FIT-Connect worthless.
    pub fn revoke_tokens(&self) {
        self.fachverfahren.1.partner().revoke_tokens();
    }

    /// The CMIS service document: the portal's `dms_url`.
    pub fn cmis_url(&self) -> String {
        format!("{}/cmis/browser", self.url(Ziel::Dms))
    }

    /// Where d.velop documents begins: the portal's `dms_url` for it.
    pub fn dvelop_url(&self) -> String {
        format!("{}/dms", self.url(Ziel::Dms))
    }

    /// The folder for containers: the portal's `dms_url` for it.
    pub fn ablagefach_url(&self) -> String {
        format!("{}/ablagefach", self.url(Ziel::Dms))
    }

    /// What the import of that folder refused, and containers that came more than once.
    pub fn importfehler(&self) -> Vec<String> {
        self.dms.1.partner().importfehler()
    }

    /// Whether messages are validated against their schema.
    pub fn has_schemapruefung(&self) -> bool {
        self.schemapruefung
    }

    /// Tells one counterpart how to behave from the next request on, as `POST /steuerung` does.
    pub fn steer(&self, ziel: Ziel, steuerung: Steuerung) {
        match ziel {
            Ziel::Fachverfahren => self.fachverfahren.1.steer(steuerung),
            Ziel::Dms => self.dms.1.steer(steuerung),
        }
    }

    /// What is counted since the last [`Gegenstelle::forget`], restarts included.
    pub fn zaehler(&self, ziel: Ziel) -> Zaehler {
        match ziel {
            Ziel::Fachverfahren => self.fachverfahren.1.zaehler(),
            Ziel::Dms => self.dms.1.zaehler(),
        }
    }

    /// What arrived, one entry per message or object, in the order of the first attempt.
    pub fn eingang(&self, ziel: Ziel) -> Vec<Eingang> {
        match ziel {
            Ziel::Fachverfahren => self.fachverfahren.1.eingang(),
            Ziel::Dms => self.dms.1.eingang(),
        }
    }

    /// Every request but those to `/steuerung` and `/eingang`, in the order of their answers.
    pub fn journal(&self, ziel: Ziel) -> Vec<Versuch> {
        match ziel {
            Ziel::Fachverfahren => self.fachverfahren.1.journal(),
            Ziel::Dms => self.dms.1.journal(),
        }
    }

    /// Forgets and deletes all that arrived, as `DELETE /eingang` does. The mode stays.
    pub fn forget(&self, ziel: Ziel) -> io::Result<()> {
        match ziel {
            Ziel::Fachverfahren => self.fachverfahren.1.forget(),
            Ziel::Dms => self.dms.1.forget(),
        }
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread ends early only by a panic, which it has printed itself.
            let _ = thread.join();
        }
    }
}

impl Drop for Gegenstelle {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    if !address.ip().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    let error = |error| StartError::Listen(address, error);
    let listener = TcpListener::bind(address).map_err(error)?;
    listener.set_nonblocking(true).map_err(error)?;
    let real = listener.local_addr().map_err(error)?;
    Ok((listener, real))
}
