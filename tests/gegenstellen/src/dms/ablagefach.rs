//! A folder behind WebDAV (RFC 4918), and the import of a DMS that takes containers out of it.
//!
//! The import looks only at names that end in `.zip`, reads the archive with another library than the
//! portal writes it with, compares it with the message inside, and validates that against xdomea 3.1.0.
//! Whatever it has taken once it knows by its UUID.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::PathBuf,
    process::Command,
    sync::Mutex,
};

use hyper::{
    Method, StatusCode,
    header::{ALLOW, CONTENT_LENGTH, HeaderName, WWW_AUTHENTICATE},
};
use percent_encoding::percent_decode_str;
use quick_xml::{Reader, events::Event};
use rawzip::ZipArchive;

use crate::{
    Anmeldung,
    http::{Anfrage, Antwort, sha256},
    journal::{Eingang, lock},
    server::Merkmale,
};

pub(super) const WURZEL: &str = "/ablagefach";
const NACHRICHT: &str = "Information.Information.0101";
const SCHEMA: &str = "xdomea/3.1.0/xdomea.xsd";

pub(super) struct Ablagefach {
    ordner: PathBuf,
    /// The folder of schemas, if messages are validated.
    schemas: Option<PathBuf>,
    /// Whether the import takes containers away, as real ones do.
    holt_ab: bool,
    importiert: Mutex<Importiert>,
}

/// What the import has seen.
#[derive(Default)]
struct Importiert {
    /// By `Akte UUID`, `Vorgang UUID`, `Dokument UUID`: digest and size of documents.
    objekte: BTreeMap<String, Option<(String, u64)>>,
    /// Containers by their names, and how often each came.
    container: BTreeMap<String, u32>,
    fehler: Vec<String>,
}

impl Ablagefach {
    pub fn open(
        ordner: PathBuf,
        schemas: Option<PathBuf>,
        holt_ab: bool,
    ) -> io::Result<Ablagefach> {
        fs::create_dir_all(&ordner)?;
        Ok(Ablagefach { ordner, schemas, holt_ab, importiert: Mutex::default() })
    }

    pub fn read(&self, anfrage: &Anfrage) -> Merkmale {
        let schreibt = anfrage.methode == Method::PUT || anfrage.methode.as_str() == "MOVE";
        let inhalt = anfrage.inhalt.as_deref().filter(|_| anfrage.methode == Method::PUT);
        Merkmale {
            aktion: format!("dav-{}", anfrage.methode.as_str().to_ascii_lowercase()),
            schluessel: Some(anfrage.pfad.clone()),
            schreibt,
            sha256: inhalt.map(sha256),
            groesse: inhalt.map(|bytes| bytes.len() as u64),
        }
    }

    pub fn execute(&self, anfrage: &Anfrage, anmeldung: &Anmeldung) -> Antwort {
        if !anfrage.is_authorised(anmeldung) {
            return Antwort::text(StatusCode::UNAUTHORIZED, "")
                .with(WWW_AUTHENTICATE, "Basic realm=\"Ablagefach\"");
        }
        let Some(name) = self.name(&anfrage.pfad) else {
            // Only one folder, and none below it (RFC 4918 § 9.7.1).
            return Antwort::text(StatusCode::CONFLICT, "the folder above does not exist");
        };
        let datei = self.ordner.join(&name);
        match (anfrage.methode.as_str(), name.is_empty()) {
            ("OPTIONS", _) => Antwort::text(StatusCode::OK, "")
                .with(HeaderName::from_static("dav"), "1, 3")
                .with(ALLOW, "OPTIONS, GET, HEAD, PUT, MOVE, DELETE"),
            ("PUT", false) => {
                let Some(inhalt) = &anfrage.inhalt else {
                    return Antwort::text(StatusCode::PAYLOAD_TOO_LARGE, "");
                };
                let is_new = !datei.exists();
                match fs::write(&datei, inhalt) {
                    Ok(()) if is_new => self.import(&name, StatusCode::CREATED),
                    Ok(()) => self.import(&name, StatusCode::NO_CONTENT),
                    Err(error) => failed(&error),
                }
            }
            ("MOVE", false) => self.rename(&name, anfrage),
            ("GET" | "HEAD", false) => match fs::read(&datei) {
                Ok(bytes) => {
                    let antwort = Antwort::new(StatusCode::OK, "application/octet-stream", "");
                    match anfrage.methode {
                        Method::HEAD => antwort.with(CONTENT_LENGTH, bytes.len().to_string()),
                        _ => Antwort { inhalt: bytes, ..antwort },
                    }
                }
                Err(error) => failed(&error),
            },
            ("DELETE", false) => match fs::remove_file(&datei) {
                Ok(()) => Antwort::text(StatusCode::NO_CONTENT, ""),
                Err(error) => failed(&error),
            },
            _ => Antwort::text(StatusCode::METHOD_NOT_ALLOWED, ""),
        }
    }

    /// § 9.9
    fn rename(&self, name: &str, anfrage: &Anfrage) -> Antwort {
        let ziel = anfrage.header("destination").and_then(|url| {
            let rest = url.strip_prefix(&anfrage.base()).unwrap_or(url);
            self.name(rest)
        });
        let Some(ziel) = ziel.filter(|ziel| !ziel.is_empty()) else {
            return Antwort::text(StatusCode::CONFLICT, "the destination cannot be created");
        };
        let (von, nach) = (self.ordner.join(name), self.ordner.join(&ziel));
        let is_da = nach.exists();
        if !von.exists() {
            return Antwort::text(StatusCode::NOT_FOUND, "");
        }
        if is_da && anfrage.header("overwrite") == Some("F") {
            return Antwort::text(StatusCode::PRECONDITION_FAILED, "");
        }
        match fs::rename(von, nach) {
            Ok(()) => {
                let status = if is_da { StatusCode::NO_CONTENT } else { StatusCode::CREATED };
                self.import(&ziel, status)
            }
            Err(error) => failed(&error),
        }
    }

    /// The name of a file in the folder, empty for the folder itself.
    fn name(&self, pfad: &str) -> Option<String> {
        let rest = pfad.strip_prefix(WURZEL)?;
        let name = percent_decode_str(rest.trim_matches('/')).decode_utf8().ok()?;
        (!name.contains(['/', '\\']) && !name.starts_with('.')).then(|| name.into_owned())
    }

    /// What the DMS does with a new file in its folder.
    fn import(&self, name: &str, status: StatusCode) -> Antwort {
        if name.ends_with(".zip") {
            let pfad = self.ordner.join(name);
            let gelesen = fs::read(&pfad)
                .map_err(|error| error.to_string())
                .and_then(|bytes| self.take(name, &bytes));
            let mut importiert = lock(&self.importiert);
            *importiert.container.entry(name.to_owned()).or_default() += 1;
            match gelesen {
                Ok(objekte) => importiert.objekte.extend(objekte),
                Err(grund) => importiert.fehler.push(format!("{name}: {grund}")),
            }
            if self.holt_ab
                && let Err(error) = fs::remove_file(&pfad)
            {
                importiert.fehler.push(format!("{name}: {error}"));
            }
        }
        Antwort::text(status, "")
    }

    /// Reads a container; what is in it by kind and UUID.
    fn take(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> Result<BTreeMap<String, Option<(String, u64)>>, String> {
        let stamm = name.strip_suffix(".zip").unwrap_or(name);
        let Some((prozess, NACHRICHT)) = stamm.split_once('_') else {
            return Err(format!("the name is not <ProzessID>_{NACHRICHT}.zip"));
        };
        let mut dateien = unzip(bytes)?;
        let xml_name = format!("{stamm}.xml");
        let xml = dateien.remove(&xml_name).ok_or_else(|| format!("{xml_name} is missing"))?;
        self.validate(&xml)?;
        let nachricht = Nachricht::read(&xml)?;
        if nachricht.prozess != prozess {
            return Err("the ProzessID is not that of the name".to_owned());
        }
        let mut objekte: BTreeMap<String, Option<(String, u64)>> =
            nachricht.objekte.into_iter().map(|name| (name, None)).collect();
        for (id, datei) in nachricht.dateien {
            let inhalt = dateien.remove(&datei).ok_or_else(|| format!("{datei} is missing"))?;
            objekte.insert(format!("Dokument {id}"), Some((sha256(&inhalt), inhalt.len() as u64)));
        }
        match dateien.keys().next() {
            None => Ok(objekte),
            Some(fremd) => Err(format!("the message does not name {fremd}")),
        }
    }

    fn validate(&self, xml: &[u8]) -> Result<(), String> {
        let Some(schemas) = &self.schemas else { return Ok(()) };
        let datei = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
        fs::write(datei.path(), xml).map_err(|error| error.to_string())?;
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(schemas.join(SCHEMA))
            .arg(datei.path())
            .env("XML_CATALOG_FILES", schemas.join("catalog.xml"))
            .output()
            .map_err(|error| error.to_string())?;
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// What the import refused.
    pub fn fehler(&self) -> Vec<String> {
        let importiert = lock(&self.importiert);
        let mehrfach = importiert.container.iter().filter(|(_, anzahl)| 1 < **anzahl);
        let mehrfach = mehrfach.map(|(name, anzahl)| format!("{name}: came {anzahl} times"));
        importiert.fehler.iter().cloned().chain(mehrfach).collect()
    }

    pub fn stored(&self) -> Vec<Eingang> {
        let importiert = lock(&self.importiert);
        let entries = importiert.objekte.iter().map(|(name, inhalt)| Eingang {
            schluessel: format!("xdomea:{name}"),
            gespeichert: true,
            sha256: inhalt.as_ref().map(|(sha256, _)| sha256.clone()),
            groesse: inhalt.as_ref().map(|(_, groesse)| *groesse),
            ..Eingang::default()
        });
        entries.collect()
    }

    pub fn forget(&self) -> io::Result<()> {
        *lock(&self.importiert) = Importiert::default();
        fs::remove_dir_all(&self.ordner)?;
        fs::create_dir_all(&self.ordner)
    }
}

fn failed(error: &io::Error) -> Antwort {
    match error.kind() {
        io::ErrorKind::NotFound => Antwort::text(StatusCode::NOT_FOUND, ""),
        _ => Antwort::text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// The files of an archive. Checks their checksums.
fn unzip(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let say = |error: rawzip::Error| error.to_string();
    let archiv = ZipArchive::from_slice(bytes).map_err(say)?;
    let mut dateien = BTreeMap::new();
    let mut eintraege = archiv.entries();
    while let Some(eintrag) = eintraege.next_entry().map_err(say)? {
        let name = eintrag.file_path().try_normalize().map_err(say)?.as_ref().to_owned();
        if eintrag.compression_method() != rawzip::CompressionMethod::STORE {
            return Err(format!("{name} is compressed"));
        }
        let innen = archiv.get_entry(eintrag.wayfinder()).map_err(say)?;
        let mut inhalt = Vec::new();
        io::copy(&mut innen.verifying_reader(innen.data()), &mut inhalt)
            .map_err(|error| format!("{name}: {error}"))?;
        if dateien.insert(name.clone(), inhalt).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    Ok(dateien)
}

/// What the import wants to know of a message.
#[derive(Default)]
struct Nachricht {
    prozess: String,
    /// `Akte UUID`, `Vorgang UUID`
    objekte: BTreeSet<String>,
    /// The ids of documents, and their files.
    dateien: Vec<(String, String)>,
}

impl Nachricht {
    fn read(xml: &[u8]) -> Result<Nachricht, String> {
        let mut reader = Reader::from_reader(xml);
        let mut pfad: Vec<String> = Vec::new();
        let mut ids: Vec<(String, String)> = Vec::new();
        let mut nachricht = Nachricht::default();
        let mut text = String::new();
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    pfad.push(name);
                    text.clear();
                }
                Event::Text(teil) => text += &teil,
                Event::End(_) => {
                    let namen: Vec<&str> = pfad.iter().map(String::as_str).collect();
                    match namen.as_slice() {
                        [.., "Kopf", "ProzessID"] => nachricht.prozess.clone_from(&text),
                        [.., art, "Identifikation", "ID"] => {
                            if *art != "Dokument" {
                                nachricht.objekte.insert(format!("{art} {text}"));
                            }
                            ids.push(((*art).to_owned(), text.clone()));
                        }
                        [.., "Primaerdokument", "Dateiname"] => {
                            let id = ids.iter().rev().find(|(art, _)| art == "Dokument");
                            let (_, id) = id.ok_or("a file belongs to no document")?;
                            nachricht.dateien.push((id.clone(), text.clone()));
                        }
                        _ => {}
                    }
                    pfad.pop();
                    text.clear();
                }
                Event::Eof => return Ok(nachricht),
                _ => {}
            }
        }
    }
}
