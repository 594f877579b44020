//! The DMS: the CMIS 1.1 browser binding over real folders and files; beside it, under paths of their
//! own, the DMSApp of d.velop documents and a folder behind WebDAV.
//!
//! Statuses, JSON shapes and the charset trap are those of a recorded server; where nothing was recorded,
//! the specification decides.

mod abfrage;
mod ablage;
mod ablagefach;
mod dvelop;
mod fehler;
mod formular;
mod typen;

use std::{collections::BTreeMap, io, path::PathBuf, sync::Mutex};

use hyper::{
    Method, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE},
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::{
    Anmeldung, DVELOP_REPOSITORY, REPOSITORY,
    dms::{
        abfrage::{Abfrage, Zeile as _},
        ablage::{Ablage, Ansicht, Entwurf, Objekt, ROOT},
        ablagefach::Ablagefach,
        dvelop::{Aktion as DvelopAktion, Dvelop},
        fehler::{Art, CmisFehler},
        formular::Formular,
        typen::{Aenderbar, DOCUMENT, Eigenschaft, FOLDER, SECONDARY, Typ},
    },
    http::{Anfrage, Antwort, sha256},
    journal::{Eingang, Journal, lock},
    server::{Merkmale, Partner},
    steuerung::Modus,
};

const BROWSER: &str = "/cmis/browser";

pub(crate) struct Dms {
    ablage: Mutex<Ablage>,
    dvelop: Dvelop,
    ablagefach: Ablagefach,
    anmeldung: Anmeldung,
    grenze: usize,
}

/// What a URL names.
#[derive(Debug, PartialEq, Eq)]
enum Ort {
    Dienst,
    Repository,
    /// An object by the names from the root down.
    Pfad(Vec<String>),
    Unbekannt,
}

/// A request, by the protocol that its path belongs to.
pub(crate) enum Anliegen {
    Cmis(Box<Auftrag>),
    Dvelop(DvelopAktion, Anfrage),
    Ablagefach(Anfrage),
}

/// A request with its form read.
pub(crate) struct Auftrag {
    anfrage: Anfrage,
    ort: Result<Ort, CmisFehler>,
    formular: Result<Formular, CmisFehler>,
    too_large: bool,
}

impl Auftrag {
    fn read(mut anfrage: Anfrage) -> Auftrag {
        let content_type = anfrage.header(CONTENT_TYPE).unwrap_or_default().to_owned();
        let body = anfrage.inhalt.take();
        Auftrag {
            ort: Ort::read(&anfrage.pfad),
            too_large: body.is_none(),
            formular: Formular::read(&content_type, body.unwrap_or_default()),
            anfrage,
        }
    }

    /// A control of the form, or of the query where the form has none.
    fn control(&self, name: &str) -> Option<&str> {
        let formular = self.formular.as_ref().ok();
        formular.and_then(|formular| formular.get(name)).or_else(|| self.anfrage.parameter(name))
    }

    fn is_post(&self) -> bool {
        self.anfrage.methode == Method::POST
    }

    fn succinct(&self) -> bool {
        self.control("succinct").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    fn number(&self, name: &str) -> Result<Option<usize>, CmisFehler> {
        let number = self.control(name).map(str::parse).transpose();
        number.map_err(|_| CmisFehler::invalid(format!("{name} is not a number")))
    }

    /// What is done, as [`crate::Filter::aktion`] names it.
    fn aktion(&self) -> &str {
        let named = match self.is_post() {
            true => self.control("cmisaction"),
            false => self.anfrage.parameter("cmisselector"),
        };
        match (&self.ort, named) {
            (_, Some(named)) => named,
            (Ok(Ort::Dienst), None) => "serviceDocument",
            (Ok(Ort::Pfad(_)), None) if !self.is_post() => "content",
            _ => "unbekannt",
        }
    }

    fn writes(&self) -> bool {
        self.is_post() && self.aktion() != "query"
    }
}

impl Ort {
    fn read(pfad: &str) -> Result<Ort, CmisFehler> {
        let Some(rest) = pfad.strip_prefix(BROWSER) else {
            return Ok(Ort::Unbekannt);
        };
        let mut segments = rest.split('/').filter(|segment| !segment.is_empty());
        if !rest.is_empty() && !rest.starts_with('/') {
            return Ok(Ort::Unbekannt);
        }
        match (segments.next(), segments.next()) {
            (None, _) => Ok(Ort::Dienst),
            (Some(REPOSITORY), None) => Ok(Ort::Repository),
            (Some(REPOSITORY), Some("root")) => segments
                .map(|segment| percent_decode_str(segment).decode_utf8().map(String::from))
                .collect::<Result<Vec<String>, _>>()
                .map(Ort::Pfad)
                .map_err(|_| CmisFehler::invalid("the path is not UTF-8")),
            (Some(repository), _) if repository != REPOSITORY => {
                Err(CmisFehler::not_found(format!("Unknown repository: {repository}")))
            }
            _ => Ok(Ort::Unbekannt),
        }
    }
}

impl Dms {
    /// `schemas` is the folder of XML schemas, if messages are validated.
    pub fn open(
        wurzel: PathBuf,
        anmeldung: Anmeldung,
        grenze: usize,
        schemas: Option<PathBuf>,
        holt_ab: bool,
    ) -> io::Result<Dms> {
        let dvelop = Dvelop::open(wurzel.join(".dvelop"))?;
        let ablagefach = Ablagefach::open(wurzel.join(".ablagefach"), schemas, holt_ab)?;
        let ablage = Mutex::new(Ablage::open(wurzel)?);
        Ok(Dms { ablage, dvelop, ablagefach, anmeldung, grenze })
    }

    /// What the import of the folder refused.
    pub fn importfehler(&self) -> Vec<String> {
        self.ablagefach.fehler()
    }

    fn wer(&self) -> &str {
        match &self.anmeldung {
            Anmeldung::Basic { benutzer, .. } => benutzer,
            Anmeldung::Keine | Anmeldung::Bearer(_) => "gegenstelle",
        }
    }

    fn answer(&self, auftrag: Auftrag) -> Result<Antwort, CmisFehler> {
        if let Err(fehler) = &auftrag.formular {
            return Err(fehler.clone());
        }
        match (&auftrag.ort, &auftrag.anfrage.methode) {
            (Err(fehler), _) => Err(fehler.clone()),
            (Ok(Ort::Unbekannt), _) => {
                Ok(Antwort::new(StatusCode::NOT_FOUND, "text/html;charset=utf-8", ""))
            }
            (Ok(Ort::Dienst), &Method::GET) => {
                Ok(ok(&json!({ REPOSITORY: repository_info(&auftrag.anfrage.base()) })))
            }
            (Ok(Ort::Repository), &Method::GET) => self.repository(&auftrag),
            (Ok(Ort::Repository), &Method::POST) => match auftrag.control("cmisaction") {
                Some("query") => self.query(&auftrag, auftrag.control("statement")),
                action => Err(not_supported("cmisaction", action)),
            },
            (Ok(Ort::Pfad(names)), &Method::GET) => self.read_object(&auftrag, names),
            (Ok(Ort::Pfad(_)), &Method::POST) => self.write_object(auftrag),
            (Ok(_), methode) => Err(not_supported("method", Some(methode.as_str()))),
        }
    }

    fn repository(&self, auftrag: &Auftrag) -> Result<Antwort, CmisFehler> {
        match auftrag.anfrage.parameter("cmisselector") {
            Some("repositoryInfo") => {
                Ok(ok(&json!({ REPOSITORY: repository_info(&auftrag.anfrage.base()) })))
            }
            Some("typeDefinition") => {
                let id = auftrag.control("typeId").unwrap_or_default();
                Ok(ok(&find_type(id)?.definition()))
            }
            Some("query") => self.query(auftrag, auftrag.anfrage.parameter("q")),
            Some(selector) => Err(not_supported("cmisselector", Some(selector))),
            None => Err(CmisFehler::new(Art::NotSupported, "No selector")),
        }
    }

    fn query(&self, auftrag: &Auftrag, statement: Option<&str>) -> Result<Antwort, CmisFehler> {
        let statement = statement.ok_or_else(|| CmisFehler::invalid("no statement"))?;
        let abfrage = Abfrage::parse(statement)?;
        let ablage = lock(&self.ablage);
        let mut hits: Vec<Ansicht> = ablage
            .all()
            .filter(|objekt| {
                let typ = objekt.typ();
                [typ.id, typ.basis].contains(&abfrage.typ.id)
                    || objekt.sekundaertypen.iter().any(|id| id == abfrage.typ.id)
            })
            .map(|objekt| Ansicht { ablage: &ablage, objekt })
            .filter(|ansicht| abfrage.matches(ansicht))
            .collect();
        hits.sort_by(|a, b| abfrage.order(a, b));
        let page = Page::of(auftrag, hits.len())?;
        let results: Vec<Value> = page
            .cut(&hits)
            .map(|ansicht| {
                let eigenschaften = eigenschaften(ansicht.objekt)
                    .filter(|e| abfrage.spalten.is_empty() || abfrage.spalten.contains(&e.id));
                properties(ansicht, eigenschaften, auftrag.succinct())
            })
            .collect();
        Ok(ok(&json!({
            "results": results,
            "hasMoreItems": page.has_more(),
            "numItems": page.all,
        })))
    }

    fn read_object(&self, auftrag: &Auftrag, names: &[String]) -> Result<Antwort, CmisFehler> {
        let ablage = lock(&self.ablage);
        let objekt = match auftrag.anfrage.parameter("objectId") {
            Some(id) => ablage.get(id)?,
            None => ablage.find(names)?,
        };
        let default = if objekt.is_folder() { "children" } else { "content" };
        let ansicht = Ansicht { ablage: &ablage, objekt };
        match auftrag.anfrage.parameter("cmisselector").unwrap_or(default) {
            "object" => Ok(ok(&object(&ansicht, auftrag))),
            "properties" => {
                let object = object(&ansicht, auftrag);
                let name = if auftrag.succinct() { "succinctProperties" } else { "properties" };
                Ok(ok(&object[name]))
            }
            "children" => children(&ansicht, auftrag),
            "content" => content(&ansicht),
            selector => Err(not_supported("cmisselector", Some(selector))),
        }
    }

    fn write_object(&self, mut auftrag: Auftrag) -> Result<Antwort, CmisFehler> {
        let strom = auftrag.formular.as_mut().ok().and_then(|formular| formular.inhalt.take());
        let mut ablage = lock(&self.ablage);
        let objekt = match (auftrag.control("objectId"), &auftrag.ort) {
            (Some(id), _) => ablage.get(id)?,
            (None, Ok(Ort::Pfad(names))) => ablage.find(names)?,
            (None, _) => return Err(CmisFehler::not_found("no object is named")),
        };
        let objekt = objekt.clone();
        let (id, status) = match auftrag.control("cmisaction") {
            Some("createFolder") => {
                let entwurf = draft(&auftrag, FOLDER)?;
                check_folder(&objekt)?;
                (ablage.create(objekt.id, entwurf, None, self.wer())?, StatusCode::CREATED)
            }
            Some("createDocument") => {
                let entwurf = draft(&auftrag, DOCUMENT)?;
                check_folder(&objekt)?;
                check_versioning(auftrag.control("versioningState"))?;
                (ablage.create(objekt.id, entwurf, strom, self.wer())?, StatusCode::CREATED)
            }
            Some("update") => {
                check_token(&auftrag, &objekt)?;
                ablage.update(&objekt, changes(&auftrag, &objekt)?, self.wer())?;
                (objekt.id, StatusCode::OK)
            }
            Some("setContent") => {
                check_token(&auftrag, &objekt)?;
                let strom = strom.ok_or_else(|| CmisFehler::invalid("no content"))?;
                check_overwrite(auftrag.control("overwriteFlag"), &objekt)?;
                ablage.set_content(&objekt, strom, self.wer())?;
                (objekt.id, StatusCode::CREATED)
            }
            Some("delete") => {
                if ablage.children(objekt.id).next().is_some() {
                    return Err(CmisFehler::new(Art::Constraint, "the folder is not empty"));
                }
                ablage.delete_tree(&objekt)?;
                return Ok(empty(StatusCode::NO_CONTENT));
            }
            Some("deleteTree") => {
                check_folder(&objekt)?;
                ablage.delete_tree(&objekt)?;
                return Ok(empty(StatusCode::OK));
            }
            action => return Err(not_supported("cmisaction", action)),
        };
        let objekt = ablage.get(&id.to_string())?;
        let body = object(&Ansicht { ablage: &ablage, objekt }, &auftrag);
        let root = format!("{}{BROWSER}/{REPOSITORY}/root", auftrag.anfrage.base());
        let antwort = Antwort::json(status, &body);
        Ok(match status {
            StatusCode::CREATED => {
                antwort.with(LOCATION, format!("{root}?objectId={id}&cmisselector=object"))
            }
            _ => antwort,
        })
    }

    /// The path of what a request is about, as far as that can be told without carrying it out.
    fn schluessel(&self, auftrag: &Auftrag) -> Option<String> {
        let named = match (auftrag.control("objectId"), &auftrag.ort) {
            (Some(id), _) => {
                let ablage = lock(&self.ablage);
                let objekt = ablage.get(id).ok()?;
                ablage.path(objekt)
            }
            (None, Ok(Ort::Pfad(names))) => format!("/{}", names.join("/")),
            (None, _) => return None,
        };
        if !auftrag.aktion().starts_with("create") {
            return Some(named);
        }
        let eigenschaften = auftrag.formular.as_ref().ok()?.eigenschaften();
        let (_, names) = eigenschaften.into_iter().find(|(id, _)| *id == "cmis:name")?;
        Some(format!("{}/{}", named.trim_end_matches('/'), names.first()?))
    }
}

impl Partner for Dms {
    type Auftrag = Anliegen;

    fn grenze(&self) -> usize {
        self.grenze
    }

    fn read(&self, anfrage: Anfrage) -> (Merkmale, Anliegen) {
        let below = |wurzel: &str| {
            let rest = anfrage.pfad.strip_prefix(wurzel);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if below(dvelop::WURZEL) {
            let (aktion, merkmale) = self.dvelop.read(&anfrage);
            return (merkmale, Anliegen::Dvelop(aktion, anfrage));
        }
        if below(ablagefach::WURZEL) {
            return (self.ablagefach.read(&anfrage), Anliegen::Ablagefach(anfrage));
        }
        let auftrag = Auftrag::read(anfrage);
        let inhalt = auftrag.formular.as_ref().ok().and_then(|formular| formular.inhalt.as_ref());
        let merkmale = Merkmale {
            aktion: auftrag.aktion().to_owned(),
            schluessel: self.schluessel(&auftrag),
            schreibt: auftrag.writes(),
            sha256: inhalt.map(|strom| sha256(&strom.bytes)),
            groesse: inhalt.map(|strom| strom.bytes.len() as u64),
        };
        (merkmale, Anliegen::Cmis(Box::new(auftrag)))
    }

    fn execute(&self, anliegen: Anliegen) -> Antwort {
        let auftrag = match anliegen {
            Anliegen::Cmis(auftrag) => *auftrag,
            Anliegen::Dvelop(aktion, anfrage) => {
                return self.dvelop.execute(aktion, &anfrage, &self.anmeldung);
            }
            Anliegen::Ablagefach(anfrage) => {
                return self.ablagefach.execute(&anfrage, &self.anmeldung);
            }
        };
        if !auftrag.anfrage.is_authorised(&self.anmeldung) {
            // By the container of the recorded server, not by CMIS: no JSON.
            let scheme = match self.anmeldung {
                Anmeldung::Bearer(_) => "Bearer",
                Anmeldung::Keine | Anmeldung::Basic { .. } => "Basic",
            };
            return empty(StatusCode::UNAUTHORIZED)
                .with(WWW_AUTHENTICATE, format!(r#"{scheme} realm="CMIS""#));
        }
        if auftrag.too_large {
            // So it was seen: no JSON, no reason.
            return empty(StatusCode::INTERNAL_SERVER_ERROR);
        }
        self.answer(auftrag).unwrap_or_else(|fehler| fehler.answer())
    }

    fn make_up_for(&self, aktion: &str, modus: Modus, text: Option<&str>) -> Antwort {
        let is_dvelop = aktion.starts_with("dvelop-");
        if !is_dvelop && !aktion.starts_with("dav-") {
            return self.make_up(modus, text);
        }
        let (status, default) = match modus {
            Modus::Konflikt409 => (StatusCode::CONFLICT, "it conflicts with what is there"),
            Modus::Abgelehnt422 => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Die Ablage wurde abgelehnt.")
            }
            Modus::Ueberlastet429 => (StatusCode::TOO_MANY_REQUESTS, "too many requests"),
            Modus::Muell => {
                let body = text.unwrap_or(r#"{"_links":{"self":{"hr"#);
                return Antwort::new(StatusCode::OK, "application/hal+json;charset=utf-8", body);
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "the storage is not available"),
        };
        match is_dvelop {
            true => dvelop::refuse(status, text.unwrap_or(default)),
            false => Antwort::text(status, text.unwrap_or(default)),
        }
    }

    fn make_up(&self, modus: Modus, text: Option<&str>) -> Antwort {
        let fehler = |art, default: &str| CmisFehler::new(art, text.unwrap_or(default));
        match modus {
            Modus::Konflikt409 => {
                fehler(Art::NameConstraintViolation, "this name already exists in the folder")
                    .answer()
            }
            // CMIS knows no 422: the mode is for what stands in front of a repository.
            Modus::Abgelehnt422 => fehler(Art::Constraint, "Die Ablage wurde abgelehnt.")
                .answer_as(StatusCode::UNPROCESSABLE_ENTITY),
            Modus::Ueberlastet429 => {
                fehler(Art::Runtime, "too many requests").answer_as(StatusCode::TOO_MANY_REQUESTS)
            }
            Modus::Muell => {
                let body = text.unwrap_or(r#"{"succinctProperties":{"cmis:objectId":"1"#);
                Antwort::new(StatusCode::OK, "application/json;charset=utf-8", body)
            }
            _ => fehler(Art::Storage, "the storage is not available").answer(),
        }
    }

    fn stored(&self) -> Vec<Eingang> {
        let ablage = lock(&self.ablage);
        let entries = ablage.all().map(|objekt| Eingang {
            schluessel: ablage.path(objekt),
            gespeichert: true,
            sha256: objekt.inhalt.as_ref().map(|inhalt| inhalt.sha256.clone()),
            groesse: objekt.inhalt.as_ref().map(|inhalt| inhalt.groesse),
            objekt_id: Some(objekt.id.to_string()),
            ..Eingang::default()
        });
        entries.chain(self.dvelop.stored()).chain(self.ablagefach.stored()).collect()
    }

    fn forget(&self) -> io::Result<()> {
        lock(&self.ablage).forget()?;
        self.dvelop.forget()?;
        self.ablagefach.forget()
    }

    fn state(&self) -> Value {
        json!({
            "repository": REPOSITORY,
            "dvelopRepository": DVELOP_REPOSITORY,
            "importfehler": self.importfehler(),
        })
    }

    fn journal(&self) -> io::Result<Journal> {
        lock(&self.ablage).journal()
    }
}

fn ok(value: &Value) -> Antwort {
    Antwort::json(StatusCode::OK, value)
}

fn empty(status: StatusCode) -> Antwort {
    Antwort::new(status, "text/html;charset=utf-8", "")
}

fn not_supported(what: &str, name: Option<&str>) -> CmisFehler {
    let message = match name {
        Some(name) => format!("{what} `{name}` is not supported"),
        None => format!("no {what}"),
    };
    CmisFehler::new(Art::NotSupported, message)
}

/// The slice of a list that `skipCount` and `maxItems` ask for.
struct Page {
    skip: usize,
    max: usize,
    all: usize,
}

impl Page {
    fn of(auftrag: &Auftrag, all: usize) -> Result<Page, CmisFehler> {
        let skip = auftrag.number("skipCount")?.unwrap_or(0);
        let max = auftrag.number("maxItems")?.unwrap_or(100);
        Ok(Page { skip, max, all })
    }

    fn cut<'a, T>(&self, list: &'a [T]) -> impl Iterator<Item = &'a T> {
        list.iter().skip(self.skip).take(self.max)
    }

    fn has_more(&self) -> bool {
        self.skip.saturating_add(self.max) < self.all
    }
}

/// The properties that an object has by its type and its secondary types.
fn eigenschaften(objekt: &Objekt) -> impl Iterator<Item = &'static Eigenschaft> {
    known(objekt.typ(), &objekt.sekundaertypen)
}

/// A secondary type may define what the type has already; it counts once.
fn known(
    typ: &'static Typ,
    sekundaertypen: &[String],
) -> impl Iterator<Item = &'static Eigenschaft> {
    let secondary: Vec<&'static Typ> =
        sekundaertypen.iter().filter_map(|id| Typ::find(id)).collect();
    let more = secondary.into_iter().flat_map(Typ::eigenschaften);
    let more = more.filter(|e| typ.eigenschaften().all(|own| own.id != e.id));
    typ.eigenschaften().chain(more)
}

fn object(ansicht: &Ansicht, auftrag: &Auftrag) -> Value {
    // `filter` names properties; an object without its id would be of no use.
    let filter = auftrag.control("filter").filter(|filter| !filter.contains('*'));
    let wanted: Option<Vec<&str>> = filter.map(|filter| filter.split(',').map(str::trim).collect());
    let eigenschaften = eigenschaften(ansicht.objekt).filter(|e| {
        wanted.as_ref().is_none_or(|ids| e.id == "cmis:objectId" || ids.contains(&e.id))
    });
    let mut object = properties(ansicht, eigenschaften, auftrag.succinct());
    object["exactACL"] = Value::from(true);
    object
}

fn properties(
    ansicht: &Ansicht,
    eigenschaften: impl Iterator<Item = &'static Eigenschaft>,
    succinct: bool,
) -> Value {
    let values = eigenschaften.map(|e| {
        let value = ansicht.value(e.id);
        (e.id.to_owned(), if succinct { value } else { e.long(&value) })
    });
    let values: Map<String, Value> = values.collect();
    match succinct {
        true => json!({ "succinctProperties": values }),
        false => json!({ "properties": values }),
    }
}

fn children(ansicht: &Ansicht, auftrag: &Auftrag) -> Result<Antwort, CmisFehler> {
    check_folder(ansicht.objekt)?;
    let children: Vec<&Objekt> = ansicht.ablage.children(ansicht.objekt.id).collect();
    let page = Page::of(auftrag, children.len())?;
    let with_segment = auftrag.control("includePathSegment") == Some("true");
    let objects = page.cut(&children).map(|child| {
        let mut entry =
            json!({ "object": object(&Ansicht { ablage: ansicht.ablage, objekt: child }, auftrag) });
        if with_segment {
            entry["pathSegment"] = Value::from(child.name.as_str());
        }
        entry
    });
    let objects: Vec<Value> = objects.collect();
    Ok(ok(&json!({
        "objects": objects,
        "hasMoreItems": page.has_more(),
        "numItems": page.all,
    })))
}

fn content(ansicht: &Ansicht) -> Result<Antwort, CmisFehler> {
    let Some(inhalt) = &ansicht.objekt.inhalt else {
        return Err(CmisFehler::new(Art::Constraint, "the object has no content"));
    };
    let bytes = ansicht.ablage.read(ansicht.objekt)?;
    let name = utf8_percent_encode(&inhalt.dateiname, NON_ALPHANUMERIC);
    Ok(Antwort::new(StatusCode::OK, &inhalt.medientyp, bytes)
        .with(CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")))
}

/// What a create says the object shall be.
fn draft(auftrag: &Auftrag, basis: &str) -> Result<Entwurf, CmisFehler> {
    let mut given = Given::read(auftrag)?;
    let typ = given.take("cmis:objectTypeId");
    let typ = typ.ok_or_else(|| CmisFehler::invalid("cmis:objectTypeId must be set"))?;
    let typ = find_type(typ.first().copied().unwrap_or_default())?;
    if typ.basis != basis {
        return Err(CmisFehler::new(Art::Constraint, format!("`{}` is not a {basis}", typ.id)));
    }
    let name = given.take("cmis:name").and_then(|values| values.first().copied());
    let name = name.ok_or_else(|| CmisFehler::invalid("cmis:name must be set"))?.to_owned();
    let sekundaertypen = given.take_secondary()?.unwrap_or_default();
    let mut eigenschaften = BTreeMap::new();
    given.read_rest(typ, &sekundaertypen, &mut eigenschaften)?;
    Ok(Entwurf { name, typ, sekundaertypen, eigenschaften })
}

/// What an update leaves of an object and adds to it.
fn changes(auftrag: &Auftrag, objekt: &Objekt) -> Result<Entwurf, CmisFehler> {
    let mut given = Given::read(auftrag)?;
    let typ = objekt.typ();
    let name = given.take("cmis:name").and_then(|values| values.first().copied());
    let name = name.unwrap_or(&objekt.name).to_owned();
    if objekt.id == ROOT {
        return Err(CmisFehler::new(Art::Constraint, "the root folder stays as it is"));
    }
    let sekundaertypen = given.take_secondary()?.unwrap_or_else(|| objekt.sekundaertypen.clone());
    let mut eigenschaften = objekt.eigenschaften.clone();
    // A type that is taken away takes its values along.
    eigenschaften.retain(|id, _| known(typ, &sekundaertypen).any(|e| e.id == id));
    given.read_rest(typ, &sekundaertypen, &mut eigenschaften)?;
    Ok(Entwurf { name, typ, sekundaertypen, eigenschaften })
}

/// The properties of a form that are not yet read.
struct Given<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Given<'a> {
    fn read(auftrag: &'a Auftrag) -> Result<Given<'a>, CmisFehler> {
        match &auftrag.formular {
            Ok(formular) => Ok(Given(formular.eigenschaften())),
            Err(fehler) => Err(fehler.clone()),
        }
    }

    fn take(&mut self, id: &str) -> Option<Vec<&'a str>> {
        let place = self.0.iter().position(|(own, _)| *own == id)?;
        Some(self.0.remove(place).1)
    }

    fn take_secondary(&mut self) -> Result<Option<Vec<String>>, CmisFehler> {
        let Some(ids) = self.take("cmis:secondaryObjectTypeIds") else {
            return Ok(None);
        };
        for id in &ids {
            let typ = find_type(id)?;
            if typ.basis != SECONDARY || typ.id == SECONDARY {
                let message = format!("`{id}` is not a secondary type");
                return Err(CmisFehler::new(Art::Constraint, message));
            }
        }
        Ok(Some(ids.into_iter().map(str::to_owned).collect()))
    }

    fn read_rest(
        self,
        typ: &'static Typ,
        sekundaertypen: &[String],
        eigenschaften: &mut BTreeMap<String, Value>,
    ) -> Result<(), CmisFehler> {
        for (id, values) in self.0 {
            let eigenschaft =
                known(typ, sekundaertypen)
                    .find(|eigenschaft| eigenschaft.id == id)
                    .ok_or_else(|| CmisFehler::invalid(format!("Unknown property: {id}")))?;
            if eigenschaft.aenderbar != Aenderbar::Immer {
                let message = format!("`{id}` cannot be set");
                return Err(CmisFehler::new(Art::Constraint, message));
            }
            let values: Option<Vec<Value>> =
                values.iter().map(|text| eigenschaft.datentyp.parse(text)).collect();
            let mut values = values
                .ok_or_else(|| CmisFehler::invalid(format!("the value does not fit `{id}`")))?;
            let value = match (eigenschaft.mehrfach, values.len()) {
                (_, 0) => {
                    eigenschaften.remove(id);
                    continue;
                }
                (true, _) => Value::from(values),
                (false, 1) => values.remove(0),
                (false, _) => {
                    return Err(CmisFehler::invalid(format!("`{id}` takes one value")));
                }
            };
            eigenschaften.insert(id.to_owned(), value);
        }
        Ok(())
    }
}

fn find_type(id: &str) -> Result<&'static Typ, CmisFehler> {
    Typ::find(id).ok_or_else(|| CmisFehler::not_found(format!("unknown type id: {id}")))
}

fn check_folder(objekt: &Objekt) -> Result<(), CmisFehler> {
    match objekt.is_folder() {
        true => Ok(()),
        false => Err(CmisFehler::invalid("the object is not a folder")),
    }
}

fn check_versioning(state: Option<&str>) -> Result<(), CmisFehler> {
    match state {
        None | Some("none" | "major") => Ok(()),
        Some(_) => Err(CmisFehler::new(Art::Constraint, "documents have no versions here")),
    }
}

fn check_token(auftrag: &Auftrag, objekt: &Objekt) -> Result<(), CmisFehler> {
    match auftrag.control("changeToken") {
        Some(token) if token != objekt.geaendert_am.to_string() => {
            Err(CmisFehler::new(Art::UpdateConflict, "the object was changed meanwhile"))
        }
        _ => Ok(()),
    }
}

fn check_overwrite(flag: Option<&str>, objekt: &Objekt) -> Result<(), CmisFehler> {
    if !objekt.is_document() {
        return Err(CmisFehler::new(Art::Constraint, "folders have no content"));
    }
    match flag {
        Some("false") if objekt.inhalt.is_some() => {
            Err(CmisFehler::new(Art::ContentAlreadyExists, "the document has content"))
        }
        _ => Ok(()),
    }
}

fn repository_info(base: &str) -> Value {
    let permissions = ["cmis:read", "cmis:write", "cmis:all"];
    let mapping = [
        ("canGetChildren.Folder", "cmis:read"),
        ("canGetProperties.Object", "cmis:read"),
        ("canViewContent.Object", "cmis:read"),
        ("canCreateFolder.Folder", "cmis:write"),
        ("canCreateDocument.Folder", "cmis:write"),
        ("canUpdateProperties.Object", "cmis:write"),
        ("canSetContent.Document", "cmis:write"),
        ("canDelete.Object", "cmis:write"),
        ("canDeleteTree.Folder", "cmis:write"),
    ];
    let repository_url = format!("{base}{BROWSER}/{REPOSITORY}");
    let root_folder_url = format!("{repository_url}/root");
    json!({
        "repositoryId": REPOSITORY,
        "repositoryName": "Akten",
        "repositoryDescription": "Gegenstelle für Demo und Tests",
        "vendorName": "Gegenstellen",
        "productName": "gegenstellen",
        "productVersion": env!("CARGO_PKG_VERSION"),
        "rootFolderId": ROOT.to_string(),
        "capabilities": {
            "capabilityContentStreamUpdatability": "anytime",
            "capabilityChanges": "none",
            "capabilityRenditions": "none",
            "capabilityGetDescendants": false,
            "capabilityGetFolderTree": false,
            "capabilityMultifiling": false,
            "capabilityUnfiling": false,
            "capabilityVersionSpecificFiling": false,
            "capabilityPWCSearchable": false,
            "capabilityPWCUpdatable": false,
            "capabilityAllVersionsSearchable": false,
            "capabilityOrderBy": "common",
            "capabilityQuery": "metadataonly",
            "capabilityJoin": "none",
            "capabilityACL": "none",
            "capabilityCreatablePropertyTypes": { "canCreate": [] },
            "capabilityNewTypeSettableAttributes": {
                "id": false, "localName": false, "localNamespace": false, "displayName": false,
                "queryName": false, "description": false, "creatable": false, "fileable": false,
                "queryable": false, "fulltextIndexed": false, "includedInSupertypeQuery": false,
                "controllablePolicy": false, "controllableACL": false,
            },
        },
        "aclCapabilities": {
            "supportedPermissions": "basic",
            "propagation": "repositorydetermined",
            "permissions": permissions.map(|id| json!({ "permission": id, "description": id })),
            "permissionMapping":
                mapping.map(|(key, id)| json!({ "key": key, "permission": [id] })),
        },
        "latestChangeLogToken": "0",
        "cmisVersionSupported": "1.1",
        "thinClientURI": "",
        "changesIncomplete": true,
        "changesOnType": [],
        "principalIdAnonymous": "anonymous",
        "principalIdAnyone": "anyone",
        "extendedFeatures": [],
        "repositoryUrl": repository_url,
        "rootFolderUrl": root_folder_url,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pfad: &str, expect: Result<Ort, Art>) {
        assert_eq!(Ort::read(pfad).map_err(|fehler| fehler.art), expect, "{pfad}");
    }

    #[test]
    fn urls_name_places() {
        let names = |names: &[&str]| Ok(Ort::Pfad(names.iter().map(|&n| n.to_owned()).collect()));
        check("/", Ok(Ort::Unbekannt));
        check("/cmis/browserx", Ok(Ort::Unbekannt));
        check("/cmis/browser", Ok(Ort::Dienst));
        check("/cmis/browser/", Ok(Ort::Dienst));
        check("/cmis/browser/akten", Ok(Ort::Repository));
        check("/cmis/browser/akten/wurzel", Ok(Ort::Unbekannt));
        check("/cmis/browser/andere", Err(Art::ObjectNotFound));
        check("/cmis/browser/akten/root", names(&[]));
        check("/cmis/browser/akten/root/a%20b/%C3%9C+", names(&["a b", "Ü+"]));
        check("/cmis/browser/akten/root/%DC", Err(Art::InvalidArgument));
    }
}
