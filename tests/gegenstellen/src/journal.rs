//! Every request that came, in memory and as a line of JSON in a file.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::steuerung::{Modus, Zaehler};

/// One request, whatever became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Versuch {
    /// When it was answered, in milliseconds since 1970.
    pub am: u64,
    /// The HTTP method.
    pub methode: String,
    /// As in [`crate::Filter::aktion`].
    pub aktion: String,
    /// What it was about: the UUID of a message, the path of an object. `None` if that cannot be told.
    pub schluessel: Option<String>,
    /// Whether it would have stored something.
    pub schreibt: bool,
    /// SHA-256 of the message or of the document's content, as lower-case hex.
    pub sha256: Option<String>,
    /// Bytes of the same.
    pub groesse: Option<u64>,
    /// The mode that was in force for it.
    pub modus: Modus,
    /// `None`: the connection was closed without an answer.
    pub status: Option<u16>,
    /// What a refusal said.
    pub fehler: Option<String>,
}

/// One message or object that somebody tried to store: an entry of `GET /eingang`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Eingang {
    /// The UUID of the message; the path of the object.
    pub schluessel: String,
    /// Whether it is stored now.
    pub gespeichert: bool,
    /// SHA-256 of what is stored, else of the last attempt. `None` for folders.
    pub sha256: Option<String>,
    /// Bytes of the same.
    pub groesse: Option<u64>,
    /// How often it was tried to store it, answered or not.
    pub versuche: u64,
    /// The status of the last attempt; `None` if it got no answer.
    pub letzter_status: Option<u16>,
    /// Fachverfahren: the Aktenzeichen it gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aktenzeichen: Option<String>,
    /// DMS: the object's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objekt_id: Option<String>,
}

/// The list of all requests, kept over a restart.
pub(crate) struct Journal {
    path: PathBuf,
    state: Mutex<(Vec<Versuch>, File)>,
}

impl Journal {
    /// Reads what the file holds. A last line that was cut off by a crash is left out.
    pub fn open(path: PathBuf) -> io::Result<Journal> {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let versuche = bytes
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect();
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        if bytes.last().is_some_and(|last| *last != b'\n') {
            file.write_all(b"\n")?;
        }
        Ok(Journal { path, state: Mutex::new((versuche, file)) })
    }

    pub fn add(&self, versuch: Versuch) -> io::Result<()> {
        let mut line = serde_json::to_string(&versuch).map_err(io::Error::other)?;
        line.push('\n');
        let mut state = lock(&self.state);
        state.0.push(versuch);
        state.1.write_all(line.as_bytes())
    }

    pub fn all(&self) -> Vec<Versuch> {
        lock(&self.state).0.clone()
    }

    pub fn forget(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        state.0.clear();
        fs::write(&self.path, b"")
    }

    pub fn zaehler(&self) -> Zaehler {
        let mut zaehler = Zaehler::default();
        for versuch in &lock(&self.state).0 {
            zaehler.anfragen += 1;
            zaehler.gestoert += u64::from(versuch.modus != Modus::Normal);
            match versuch.status {
                Some(status) => *zaehler.status.entry(status).or_default() += 1,
                None => zaehler.geschlossen += 1,
            }
        }
        zaehler
    }

    /// Joins the attempts with what is `stored`.
    pub fn eingang(&self, stored: Vec<Eingang>) -> Vec<Eingang> {
        let mut stored: BTreeMap<String, Eingang> =
            stored.into_iter().map(|entry| (entry.schluessel.clone(), entry)).collect();
        let mut entries: Vec<Eingang> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for versuch in &lock(&self.state).0 {
            let (true, Some(schluessel)) = (versuch.schreibt, &versuch.schluessel) else {
                continue;
            };
            let place = *places.entry(schluessel.clone()).or_insert_with(|| {
                entries.push(stored.remove(schluessel).unwrap_or_else(|| Eingang {
                    schluessel: schluessel.clone(),
                    ..Eingang::default()
                }));
                entries.len() - 1
            });
            let entry = &mut entries[place];
            entry.versuche += 1;
            entry.letzter_status = versuch.status;
            if !entry.gespeichert {
                entry.sha256.clone_from(&versuch.sha256);
                entry.groesse = versuch.groesse;
            }
        }
        entries.extend(stored.into_values());
        entries
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

/// Locks, also after a panic elsewhere: every change here is one step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
