//! The DMSApp of d.velop documents, as its documentation describes it: HAL links, a temporary upload
//! in parts, objects with properties of a source, links between them, a search.
//!
//! Objects lie as JSON in `dvelop/objekte.json` and their files beside it. Categories and properties
//! are whatever is sent: each town has its own.

use std::{collections::BTreeMap, fs, io, path::PathBuf, sync::Mutex};

use hyper::{
    Method, StatusCode,
    header::{ACCEPT, LOCATION, ORIGIN, WWW_AUTHENTICATE},
};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Anmeldung, DVELOP_REPOSITORY,
    http::{Anfrage, Antwort, sha256},
    journal::{Eingang, lock},
    server::Merkmale,
};

pub(super) const WURZEL: &str = "/dms";
const HAL: &str = "application/hal+json;charset=utf-8";

/// What a request is for, as `nach.aktion` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aktion {
    Wurzel,
    Repository,
    Suchen,
    Hochladen,
    Anlegen,
    Lesen,
    Aendern,
    Verknuepfen,
    Unbekannt,
}

impl Aktion {
    pub fn as_str(self) -> &'static str {
        match self {
            Aktion::Wurzel => "dvelop-wurzel",
            Aktion::Repository => "dvelop-repository",
            Aktion::Suchen => "dvelop-suchen",
            Aktion::Hochladen => "dvelop-hochladen",
            Aktion::Anlegen => "dvelop-anlegen",
            Aktion::Lesen => "dvelop-lesen",
            Aktion::Aendern => "dvelop-aendern",
            Aktion::Verknuepfen => "dvelop-verknuepfen",
            Aktion::Unbekannt => "dvelop-unbekannt",
        }
    }
}

pub(super) struct Dvelop {
    ordner: PathBuf,
    bestand: Mutex<Bestand>,
}

/// All that is stored.
#[derive(Default, Serialize, Deserialize)]
struct Bestand {
    /// The last number that was given.
    zaehler: u64,
    objekte: BTreeMap<String, Objekt>,
    /// Uploads that no object has taken yet, by the last part of their URL.
    #[serde(skip)]
    hochgeladen: BTreeMap<String, Vec<u8>>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Objekt {
    kategorie: String,
    eigenschaften: BTreeMap<String, Vec<String>>,
    /// Of documents.
    datei: Option<Datei>,
    kinder: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Datei {
    name: String,
    sha256: String,
    groesse: u64,
}

/// A refusal: a status and its `reason`.
struct Fehler(StatusCode, String);

fn fehler<T>(status: StatusCode, reason: impl Into<String>) -> Result<T, Fehler> {
    Err(Fehler(status, reason.into()))
}

impl Dvelop {
    pub fn open(ordner: PathBuf) -> io::Result<Dvelop> {
        fs::create_dir_all(&ordner)?;
        let bestand = match fs::read(ordner.join("objekte.json")) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Bestand::default(),
            Err(error) => return Err(error),
        };
        Ok(Dvelop { ordner, bestand: Mutex::new(bestand) })
    }

    pub fn read(&self, anfrage: &Anfrage) -> (Aktion, Merkmale) {
        let aktion = aktion(anfrage);
        let schreibt = matches!(
            aktion,
            Aktion::Hochladen | Aktion::Anlegen | Aktion::Aendern | Aktion::Verknuepfen
        );
        let mut merkmale = Merkmale { aktion: aktion.as_str().to_owned(), ..Merkmale::default() };
        merkmale.schreibt = schreibt;
        let inhalt = anfrage.inhalt.as_deref().unwrap_or_default();
        match aktion {
            Aktion::Anlegen => {
                let json: Value = serde_json::from_slice(inhalt).unwrap_or_default();
                merkmale.schluessel = label(&json);
            }
            Aktion::Hochladen => {
                merkmale.sha256 = Some(sha256(inhalt));
                merkmale.groesse = Some(inhalt.len() as u64);
            }
            _ => merkmale.schluessel = Some(anfrage.pfad.clone()),
        }
        (aktion, merkmale)
    }

    pub fn execute(&self, aktion: Aktion, anfrage: &Anfrage, anmeldung: &Anmeldung) -> Antwort {
        if !anfrage.is_authorised(anmeldung) {
            return Antwort::text(StatusCode::UNAUTHORIZED, "")
                .with(WWW_AUTHENTICATE, "Bearer realm=\"d.ecs\"");
        }
        let antwort = self.answer(aktion, anfrage);
        antwort.unwrap_or_else(|Fehler(status, reason)| refuse(status, &reason))
    }

    fn answer(&self, aktion: Aktion, anfrage: &Anfrage) -> Result<Antwort, Fehler> {
        let writes = anfrage.methode != Method::GET;
        if writes && anfrage.header(ORIGIN) != Some(anfrage.base().as_str()) {
            return fehler(StatusCode::FORBIDDEN, "the header Origin is not that of this system");
        }
        if !writes && !anfrage.header(ACCEPT).is_some_and(|accept| accept.contains("hal+json")) {
            return fehler(StatusCode::NOT_ACCEPTABLE, "only application/hal+json is spoken here");
        }
        let Some(inhalt) = anfrage.inhalt.as_deref() else {
            return fehler(StatusCode::PAYLOAD_TOO_LARGE, "the request is too large");
        };
        let repository = format!("{WURZEL}/r/{DVELOP_REPOSITORY}");
        let id = || -> Result<String, Fehler> {
            let rest = anfrage.pfad.strip_prefix(&format!("{repository}/o2m/"));
            let segment = rest.and_then(|rest| rest.split('/').next()).unwrap_or_default();
            Ok(percent_decode_str(segment).decode_utf8_lossy().into_owned())
        };
        match aktion {
            Aktion::Wurzel => hal(json!({
                "_links": {
                    "allrepos": { "href": format!("{WURZEL}/r") },
                    "repo": { "href": format!("{WURZEL}/r/{{repositoryid}}"), "templated": true },
                },
            })),
            Aktion::Repository => hal(json!({
                "_links": {
                    "self": { "href": repository },
                    "source": { "href": format!("{repository}/source") },
                    "dmsobjectwithmapping": {
                        "href": format!("{repository}/o2m/{{dmsobjectid}}{{?sourceid}}"),
                        "templated": true,
                    },
                    "searchresultwithmapping": {
                        "href": format!(
                            "{repository}/srm{{?fulltext,sourceid,sourcecategories,\
                             sourceproperties,sourcepropertysort,ascending,page,pagesize,\
                             children_of}}"
                        ),
                        "templated": true,
                    },
                    "chunkedupload": { "href": format!("{repository}/blob/chunk/") },
                },
                "id": DVELOP_REPOSITORY,
                "name": "Akten",
            })),
            Aktion::Suchen => self.search(anfrage, &repository),
            Aktion::Hochladen => self.upload(anfrage, inhalt, &repository),
            Aktion::Anlegen => self.create(inhalt, &repository),
            Aktion::Lesen => {
                let id = id()?;
                let bestand = lock(&self.bestand);
                let Some(objekt) = bestand.objekte.get(&id) else {
                    return fehler(StatusCode::NOT_FOUND, "");
                };
                let with_source = anfrage.parameter("sourceid").is_some();
                hal(describe(&id, objekt, &repository, with_source))
            }
            Aktion::Aendern => {
                let id = id()?;
                let json = read_json(inhalt)?;
                check_source(&json, &repository)?;
                if json["alterationText"].as_str().is_none_or(str::is_empty) {
                    return fehler(StatusCode::BAD_REQUEST, "alterationText is missing");
                }
                let neue = properties(&json)?;
                self.change(|bestand| match bestand.objekte.get_mut(&id) {
                    Some(objekt) => {
                        objekt.eigenschaften.extend(neue);
                        Ok(())
                    }
                    None => fehler(StatusCode::NOT_FOUND, ""),
                })?;
                Ok(Antwort::new(StatusCode::OK, HAL, ""))
            }
            Aktion::Verknuepfen => {
                let id = id()?;
                let json = read_json(inhalt)?;
                let kinder: Option<Vec<String>> = json["dmsObjectIds"].as_array().map(|kinder| {
                    kinder.iter().filter_map(Value::as_str).map(str::to_owned).collect()
                });
                let Some(kinder) = kinder.filter(|kinder| !kinder.is_empty()) else {
                    return fehler(StatusCode::BAD_REQUEST, "dmsObjectIds is missing");
                };
                self.change(|bestand| {
                    if kinder.iter().any(|kind| !bestand.objekte.contains_key(kind)) {
                        return fehler(StatusCode::BAD_REQUEST, "a child does not exist");
                    }
                    let Some(akte) = bestand.objekte.get_mut(&id) else {
                        return fehler(StatusCode::NOT_FOUND, "");
                    };
                    for kind in kinder {
                        if akte.kinder.contains(&kind) {
                            return fehler(
                                StatusCode::BAD_REQUEST,
                                "the objects are linked already",
                            );
                        }
                        akte.kinder.push(kind);
                    }
                    Ok(())
                })?;
                Ok(Antwort::new(StatusCode::OK, HAL, ""))
            }
            Aktion::Unbekannt => fehler(StatusCode::NOT_FOUND, ""),
        }
    }

    fn upload(
        &self,
        anfrage: &Anfrage,
        inhalt: &[u8],
        repository: &str,
    ) -> Result<Antwort, Fehler> {
        let sammlung = format!("{repository}/blob/chunk/");
        let name = anfrage.pfad.strip_prefix(&sammlung).unwrap_or_default();
        let mut bestand = lock(&self.bestand);
        if name.is_empty() {
            bestand.zaehler += 1;
            let name = format!("temp_{}", bestand.zaehler);
            bestand.hochgeladen.insert(name.clone(), inhalt.to_vec());
            let antwort = Antwort::new(StatusCode::CREATED, HAL, "");
            return Ok(antwort.with(LOCATION, format!("{sammlung}{name}")));
        }
        match bestand.hochgeladen.get_mut(name) {
            Some(datei) => {
                datei.extend_from_slice(inhalt);
                Ok(Antwort::new(StatusCode::OK, HAL, ""))
            }
            None => fehler(StatusCode::NOT_FOUND, "this upload is over"),
        }
    }

    fn create(&self, inhalt: &[u8], repository: &str) -> Result<Antwort, Fehler> {
        let json = read_json(inhalt)?;
        check_source(&json, repository)?;
        let Some(kategorie) = json["sourceCategory"].as_str().filter(|it| !it.is_empty()) else {
            return fehler(StatusCode::BAD_REQUEST, "sourceCategory is missing");
        };
        let eigenschaften = properties(&json)?;
        let name = json["filename"].as_str();
        let ort = json["contentLocationUri"].as_str();
        let id = self.change(|bestand| {
            bestand.zaehler += 1;
            let zahl = bestand.zaehler;
            let datei = match (name, ort) {
                (None, None) => None,
                (Some(name), Some(ort)) => {
                    let temp = ort.rsplit('/').next().unwrap_or_default();
                    let Some(bytes) = bestand.hochgeladen.remove(temp) else {
                        return fehler(StatusCode::BAD_REQUEST, "contentLocationUri is not there");
                    };
                    let id = format!("D{zahl:09}");
                    if let Err(error) = fs::write(self.ordner.join(&id), &bytes) {
                        return fehler(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
                    }
                    Some(Datei {
                        name: name.to_owned(),
                        sha256: sha256(&bytes),
                        groesse: bytes.len() as u64,
                    })
                }
                _ => {
                    let reason = "filename and contentLocationUri belong together";
                    return fehler(StatusCode::BAD_REQUEST, reason);
                }
            };
            let id = format!("{}{zahl:09}", if datei.is_some() { "D" } else { "F" });
            let kategorie = kategorie.to_owned();
            let objekt = Objekt { kategorie, eigenschaften, datei, kinder: Vec::new() };
            bestand.objekte.insert(id.clone(), objekt);
            Ok(id)
        })?;
        let ort = format!("{repository}/o2m/{id}?sourceid={}", "%2Fdms");
        Ok(Antwort::new(StatusCode::CREATED, HAL, "").with(LOCATION, ort))
    }

    fn search(&self, anfrage: &Anfrage, repository: &str) -> Result<Antwort, Fehler> {
        let source = format!("{repository}/source");
        if anfrage.parameter("sourceid") != Some(source.as_str()) {
            return fehler(StatusCode::BAD_REQUEST, "the source is not known");
        }
        let kategorien: Vec<String> = parameter(anfrage, "sourcecategories")?.unwrap_or_default();
        let gesucht: BTreeMap<String, Vec<String>> =
            parameter(anfrage, "sourceproperties")?.unwrap_or_default();
        let number = |name, default| {
            anfrage.parameter(name).and_then(|text| text.parse().ok()).unwrap_or(default)
        };
        let (page, size): (usize, usize) = (number("page", 1), number("pagesize", 25));
        let bestand = lock(&self.bestand);
        let kinder = anfrage
            .parameter("children_of")
            .map(|id| bestand.objekte.get(id).map(|akte| akte.kinder.clone()).unwrap_or_default());
        let treffer: Vec<Value> = bestand
            .objekte
            .iter()
            .filter(|(id, _)| kinder.as_ref().is_none_or(|kinder| kinder.contains(id)))
            .filter(|(_, objekt)| kategorien.is_empty() || kategorien.contains(&objekt.kategorie))
            .filter(|(_, objekt)| {
                gesucht.iter().all(|(key, werte)| {
                    let eigene = objekt.eigenschaften.get(key);
                    // A search for a value finds those that begin with it, too.
                    werte.iter().all(|wert| {
                        eigene.is_some_and(|eigene| eigene.iter().any(|it| it.starts_with(wert)))
                    })
                })
            })
            .map(|(id, objekt)| describe(id, objekt, repository, true))
            .collect();
        let von = page.saturating_sub(1).saturating_mul(size);
        let seite: Vec<Value> = treffer.into_iter().skip(von).take(size).collect();
        hal(json!({ "_links": { "self": { "href": anfrage.pfad } }, "page": page, "items": seite }))
    }

    /// Changes the stock and writes it down.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Bestand) -> Result<T, Fehler>,
    ) -> Result<T, Fehler> {
        let mut bestand = lock(&self.bestand);
        let wert = change(&mut bestand)?;
        let json = serde_json::to_vec(&*bestand).unwrap_or_default();
        match fs::write(self.ordner.join("objekte.json"), json) {
            Ok(()) => Ok(wert),
            Err(error) => fehler(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }

    /// Named by what contains them: `dvelop:Akte/Vorgang/Dokument`, with their category and
    /// what their properties say.
    pub fn stored(&self) -> Vec<Eingang> {
        let bestand = lock(&self.bestand);
        let entries = bestand.objekte.iter().map(|(id, objekt)| Eingang {
            schluessel: label_of(objekt),
            gespeichert: true,
            sha256: objekt.datei.as_ref().map(|datei| datei.sha256.clone()),
            groesse: objekt.datei.as_ref().map(|datei| datei.groesse),
            objekt_id: Some(id.clone()),
            aktenzeichen: bestand
                .objekte
                .iter()
                .find(|(_, akte)| akte.kinder.contains(id))
                .map(|(akte, _)| akte.clone()),
            ..Eingang::default()
        });
        entries.collect()
    }

    pub fn forget(&self) -> io::Result<()> {
        *lock(&self.bestand) = Bestand::default();
        fs::remove_dir_all(&self.ordner)?;
        fs::create_dir_all(&self.ordner)
    }
}

/// A refusal in the words of the DMSApp.
pub(super) fn refuse(status: StatusCode, reason: &str) -> Antwort {
    match reason {
        "" => Antwort::new(status, HAL, ""),
        reason => Antwort::new(status, HAL, json!({ "reason": reason }).to_string()),
    }
}

fn aktion(anfrage: &Anfrage) -> Aktion {
    let pfad = anfrage.pfad.trim_end_matches('/');
    let repository = format!("{WURZEL}/r/{DVELOP_REPOSITORY}");
    if pfad == WURZEL {
        return Aktion::Wurzel;
    }
    let Some(rest) = pfad.strip_prefix(&repository) else { return Aktion::Unbekannt };
    let segments: Vec<&str> = rest.split('/').filter(|segment| !segment.is_empty()).collect();
    match (&anfrage.methode, segments.as_slice()) {
        (&Method::GET, []) => Aktion::Repository,
        (&Method::GET, ["srm"]) => Aktion::Suchen,
        (&Method::POST, ["blob", "chunk"] | ["blob", "chunk", _]) => Aktion::Hochladen,
        (&Method::POST, ["o2m"]) => Aktion::Anlegen,
        (&Method::GET, ["o2m", _]) => Aktion::Lesen,
        (&Method::PUT, ["o2m", _]) => Aktion::Aendern,
        (&Method::POST, ["o2m", _, "children"]) => Aktion::Verknuepfen,
        _ => Aktion::Unbekannt,
    }
}

fn hal(json: Value) -> Result<Antwort, Fehler> {
    Ok(Antwort::new(StatusCode::OK, HAL, json.to_string()))
}

fn read_json(inhalt: &[u8]) -> Result<Value, Fehler> {
    match serde_json::from_slice(inhalt) {
        Ok(json) => Ok(json),
        Err(_) => fehler(StatusCode::BAD_REQUEST, "the body is not JSON"),
    }
}

fn check_source(json: &Value, repository: &str) -> Result<(), Fehler> {
    match json["sourceId"].as_str() == Some(format!("{repository}/source").as_str()) {
        true => Ok(()),
        false => fehler(StatusCode::BAD_REQUEST, "the source is not known"),
    }
}

fn properties(json: &Value) -> Result<BTreeMap<String, Vec<String>>, Fehler> {
    let mut eigenschaften = BTreeMap::new();
    let liste = json["sourceProperties"]["properties"].as_array();
    for eine in liste.into_iter().flatten() {
        let werte = eine["values"].as_array().map(|werte| {
            werte.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
        });
        match (eine["key"].as_str(), werte) {
            (Some(key), Some(werte)) if !werte.is_empty() => {
                eigenschaften.insert(key.to_owned(), werte);
            }
            _ => return fehler(StatusCode::BAD_REQUEST, "a property has no key or no values"),
        }
    }
    Ok(eigenschaften)
}

/// A parameter of a search, which is JSON.
fn parameter<T: for<'a> Deserialize<'a>>(
    anfrage: &Anfrage,
    name: &str,
) -> Result<Option<T>, Fehler> {
    match anfrage.parameter(name).map(serde_json::from_str) {
        None => Ok(None),
        Some(Ok(wert)) => Ok(Some(wert)),
        Some(Err(_)) => fehler(StatusCode::BAD_REQUEST, format!("{name} is not JSON")),
    }
}

fn describe(id: &str, objekt: &Objekt, repository: &str, with_source: bool) -> Value {
    let mut json = json!({
        "_links": {
            "self": { "href": format!("{repository}/o2m/{id}") },
            "linkDmsObjects": { "href": format!("{repository}/o2m/{id}/children") },
        },
        "id": id,
    });
    if with_source {
        let eigenschaften = objekt
            .eigenschaften
            .iter()
            .map(|(key, werte)| json!({ "key": key, "value": werte.first(), "values": werte }));
        json["sourceProperties"] = eigenschaften.collect();
        json["sourceCategories"] = json!([objekt.kategorie]);
    }
    json
}

/// `dvelop:KATEGORIE/` with all properties: what a request to create names.
fn label(json: &Value) -> Option<String> {
    let kategorie = json["sourceCategory"].as_str()?;
    let eigenschaften = properties(json).ok()?;
    Some(format!("dvelop:{kategorie}/{}", first(&eigenschaften)))
}

fn label_of(objekt: &Objekt) -> String {
    format!("dvelop:{}/{}", objekt.kategorie, first(&objekt.eigenschaften))
}

/// The property with the least id: tests map the external key to it.
fn first(eigenschaften: &BTreeMap<String, Vec<String>>) -> &str {
    let werte = eigenschaften.values().next();
    werte.and_then(|werte| werte.first()).map_or("", String::as_str)
}
