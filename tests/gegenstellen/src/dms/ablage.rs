//! What the DMS keeps: real folders and files for people to look at, and beside them in `.cmis/` one
//! JSON file per object with what a file system cannot hold. Both survive a restart; a create that is
//! killed halfway has not happened.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::{
    dms::{
        abfrage::Zeile,
        fehler::{Art, CmisFehler},
        formular::Strom,
        typen::{DOCUMENT, FOLDER, Typ},
    },
    http::sha256,
    journal::{Journal, now},
};

/// The id of the root folder.
pub(crate) const ROOT: u64 = 100;

/// Holds what is not a file of the DMS; no object may be called so.
const NEBENABLAGE: &str = ".cmis";

/// A folder or document without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Objekt {
    pub id: u64,
    /// The root alone has none.
    pub ordner: Option<u64>,
    pub name: String,
    pub typ: String,
    pub sekundaertypen: Vec<String>,
    /// What callers set besides name and types.
    pub eigenschaften: BTreeMap<String, Value>,
    /// `None` for folders and documents without content.
    pub inhalt: Option<Inhalt>,
    pub angelegt_von: String,
    pub angelegt_am: u64,
    pub geaendert_von: String,
    pub geaendert_am: u64,
}

/// What is known about a document's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inhalt {
    pub medientyp: String,
    pub dateiname: String,
    pub groesse: u64,
    pub sha256: String,
}

/// What a caller says about an object that is to be.
#[derive(Debug)]
pub(crate) struct Entwurf {
    pub name: String,
    pub typ: &'static Typ,
    pub sekundaertypen: Vec<String>,
    pub eigenschaften: BTreeMap<String, Value>,
}

pub(crate) struct Ablage {
    wurzel: PathBuf,
    objekte: BTreeMap<u64, Objekt>,
    namen: BTreeMap<(u64, String), u64>,
    next: u64,
}

impl Objekt {
    pub fn typ(&self) -> &'static Typ {
        Typ::find(&self.typ).expect("types are checked on create and on load")
    }

    pub fn is_folder(&self) -> bool {
        self.typ().basis == FOLDER
    }

    pub fn is_document(&self) -> bool {
        self.typ().basis == DOCUMENT
    }

    fn root() -> Objekt {
        Objekt {
            id: ROOT,
            ordner: None,
            name: "RootFolder".to_owned(),
            typ: FOLDER.to_owned(),
            sekundaertypen: Vec::new(),
            eigenschaften: BTreeMap::new(),
            inhalt: None,
            angelegt_von: "system".to_owned(),
            angelegt_am: 0,
            geaendert_von: "system".to_owned(),
            geaendert_am: 0,
        }
    }
}

impl Ablage {
    pub fn open(wurzel: PathBuf) -> io::Result<Ablage> {
        fs::create_dir_all(wurzel.join(NEBENABLAGE))?;
        let mut objekte = BTreeMap::from([(ROOT, Objekt::root())]);
        for file in fs::read_dir(wurzel.join(NEBENABLAGE))? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let objekt: Objekt = serde_json::from_slice(&fs::read(&path)?)?;
                objekte.insert(objekt.id, objekt);
            }
        }
        let mut ablage = Ablage { wurzel, objekte, namen: BTreeMap::new(), next: ROOT + 1 };
        // Entries are written before their files and deleted after them: one without is a crash's.
        let lost: Vec<u64> = ablage
            .objekte
            .values()
            .filter(|objekt| Typ::find(&objekt.typ).is_none() || !ablage.has_file(objekt))
            .map(|objekt| objekt.id)
            .collect();
        for id in lost {
            ablage.objekte.remove(&id);
        }
        for objekt in ablage.objekte.values() {
            if let Some(ordner) = objekt.ordner {
                ablage.namen.insert((ordner, objekt.name.clone()), objekt.id);
            }
            ablage.next = ablage.next.max(objekt.id + 1);
        }
        Ok(ablage)
    }

    pub fn journal(&self) -> io::Result<Journal> {
        Journal::open(self.wurzel.join(NEBENABLAGE).join("journal.jsonl"))
    }

    pub fn get(&self, id: &str) -> Result<&Objekt, CmisFehler> {
        id.parse()
            .ok()
            .and_then(|id: u64| self.objekte.get(&id))
            .ok_or_else(|| CmisFehler::not_found(format!("Unknown object id: {id}")))
    }

    /// The object at a path of names from the root.
    pub fn find(&self, names: &[String]) -> Result<&Objekt, CmisFehler> {
        let id = names.iter().try_fold(ROOT, |ordner, name| {
            // The tuple is owned because the map's keys are; paths are short.
            self.namen.get(&(ordner, name.clone())).copied()
        });
        id.and_then(|id| self.objekte.get(&id))
            .ok_or_else(|| CmisFehler::not_found(format!("Unknown path: /{}", names.join("/"))))
    }

    /// All but the root, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &Objekt> {
        self.objekte.values().filter(|objekt| objekt.ordner.is_some())
    }

    /// By name.
    pub fn children(&self, ordner: u64) -> impl Iterator<Item = &Objekt> {
        self.namen
            .range((ordner, String::new())..(ordner + 1, String::new()))
            .filter_map(|(_, id)| self.objekte.get(id))
    }

    /// `/Akte/Vorgang/01.pdf`; `/` for the root.
    pub fn path(&self, objekt: &Objekt) -> String {
        match self.names(objekt).unwrap_or_default().as_slice() {
            [] => "/".to_owned(),
            names => names.iter().map(|name| format!("/{name}")).collect(),
        }
    }

    pub fn read(&self, objekt: &Objekt) -> Result<Vec<u8>, CmisFehler> {
        Ok(fs::read(self.file(objekt))?)
    }

    /// Creates a folder, or a document with or without content. The id is that of the new object.
    pub fn create(
        &mut self,
        ordner: u64,
        entwurf: Entwurf,
        strom: Option<Strom>,
        wer: &str,
    ) -> Result<u64, CmisFehler> {
        let Entwurf { name, typ, sekundaertypen, eigenschaften } = entwurf;
        check_name(&name)?;
        self.check_free(ordner, &name)?;
        let am = now();
        let objekt = Objekt {
            id: self.next,
            ordner: Some(ordner),
            name,
            typ: typ.id.to_owned(),
            sekundaertypen,
            eigenschaften,
            inhalt: strom.as_ref().map(Inhalt::of),
            angelegt_von: wer.to_owned(),
            angelegt_am: am,
            geaendert_von: wer.to_owned(),
            geaendert_am: am,
        };
        let file = self.file(&objekt);
        self.write_entry(&objekt)?;
        if objekt.is_folder() {
            // It may be there from a create that was cut off.
            fs::create_dir_all(file)?;
        } else {
            self.write(&file, strom.as_ref().map_or(&[], |strom| &strom.bytes))?;
        }
        let id = objekt.id;
        self.next += 1;
        self.namen.insert((ordner, objekt.name.clone()), id);
        self.objekte.insert(id, objekt);
        Ok(id)
    }

    /// Replaces a document's content, or gives it one.
    pub fn set_content(
        &mut self,
        objekt: &Objekt,
        strom: Strom,
        wer: &str,
    ) -> Result<(), CmisFehler> {
        self.write(&self.file(objekt), &strom.bytes)?;
        let inhalt = Some(Inhalt::of(&strom));
        self.replace(Objekt { inhalt, ..objekt.clone() }, wer)
    }

    /// Replaces name, secondary types and properties.
    pub fn update(
        &mut self,
        objekt: &Objekt,
        entwurf: Entwurf,
        wer: &str,
    ) -> Result<(), CmisFehler> {
        let Entwurf { name, sekundaertypen, eigenschaften, .. } = entwurf;
        let changed = Objekt { name, sekundaertypen, eigenschaften, ..objekt.clone() };
        if let Some(ordner) = objekt.ordner
            && changed.name != objekt.name
        {
            check_name(&changed.name)?;
            self.check_free(ordner, &changed.name)?;
            fs::rename(self.file(objekt), self.file(&changed))?;
            self.namen.remove(&(ordner, objekt.name.clone()));
            self.namen.insert((ordner, changed.name.clone()), objekt.id);
        }
        self.replace(changed, wer)
    }

    /// Deletes a document, or a folder with all that is in it.
    pub fn delete_tree(&mut self, objekt: &Objekt) -> Result<(), CmisFehler> {
        let Some(ordner) = objekt.ordner else {
            return Err(CmisFehler::new(Art::Constraint, "the root folder stays"));
        };
        let file = self.file(objekt);
        if objekt.is_folder() {
            fs::remove_dir_all(file)?;
        } else {
            fs::remove_file(file)?;
        }
        self.namen.remove(&(ordner, objekt.name.clone()));
        let mut gone = vec![objekt.id];
        while let Some(id) = gone.pop() {
            gone.extend(self.children(id).map(|child| child.id));
            self.namen.retain(|(ordner, _), _| *ordner != id);
            self.objekte.remove(&id);
            fs::remove_file(self.entry(id))?;
        }
        Ok(())
    }

    /// Deletes all but the root; ids begin anew.
    pub fn forget(&mut self) -> io::Result<()> {
        let top: Vec<Objekt> = self.children(ROOT).cloned().collect();
        for objekt in top {
            self.delete_tree(&objekt).map_err(io::Error::other)?;
        }
        self.next = ROOT + 1;
        Ok(())
    }

    fn replace(&mut self, changed: Objekt, wer: &str) -> Result<(), CmisFehler> {
        // Two changes within a millisecond need different change tokens.
        let geaendert_am = now().max(changed.geaendert_am + 1);
        let changed = Objekt { geaendert_von: wer.to_owned(), geaendert_am, ..changed };
        self.write_entry(&changed)?;
        self.objekte.insert(changed.id, changed);
        Ok(())
    }

    fn check_free(&self, ordner: u64, name: &str) -> Result<(), CmisFehler> {
        match self.namen.contains_key(&(ordner, name.to_owned())) {
            true => Err(CmisFehler::new(
                Art::NameConstraintViolation,
                "this name already exists in the folder",
            )),
            false => Ok(()),
        }
    }

    /// From the root down; `None` if a folder on the way is missing.
    fn names<'a>(&'a self, objekt: &'a Objekt) -> Option<Vec<&'a str>> {
        let mut names = Vec::new();
        let mut current = objekt;
        while let Some(ordner) = current.ordner {
            names.push(current.name.as_str());
            current = self.objekte.get(&ordner)?;
        }
        names.reverse();
        Some(names)
    }

    fn file(&self, objekt: &Objekt) -> PathBuf {
        let names = self.names(objekt).unwrap_or_default();
        names.iter().fold(self.wurzel.clone(), |path, name| path.join(name))
    }

    fn has_file(&self, objekt: &Objekt) -> bool {
        self.names(objekt).is_some() && self.file(objekt).exists()
    }

    fn entry(&self, id: u64) -> PathBuf {
        self.wurzel.join(NEBENABLAGE).join(format!("{id}.json"))
    }

    fn write_entry(&self, objekt: &Objekt) -> io::Result<()> {
        self.write(&self.entry(objekt.id), &serde_json::to_vec_pretty(objekt)?)
    }

    /// All or nothing.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = NamedTempFile::new_in(self.wurzel.join(NEBENABLAGE))?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Inhalt {
    fn of(strom: &Strom) -> Inhalt {
        Inhalt {
            medientyp: strom.medientyp.clone(),
            dateiname: strom.dateiname.clone().unwrap_or_else(|| "content".to_owned()),
            groesse: strom.bytes.len() as u64,
            sha256: sha256(&strom.bytes),
        }
    }
}

/// An object in its place, as queries and answers see it.
pub(crate) struct Ansicht<'a> {
    pub ablage: &'a Ablage,
    pub objekt: &'a Objekt,
}

impl Zeile for Ansicht<'_> {
    fn value(&self, id: &str) -> Value {
        let objekt = self.objekt;
        let own_id = || Value::from(objekt.id.to_string());
        let inhalt = objekt.inhalt.as_ref();
        match id {
            "cmis:name" => Value::from(objekt.name.as_str()),
            "cmis:objectId" | "cmis:versionSeriesId" => own_id(),
            "cmis:baseTypeId" => Value::from(objekt.typ().basis),
            "cmis:objectTypeId" => Value::from(objekt.typ.as_str()),
            "cmis:secondaryObjectTypeIds" if !objekt.sekundaertypen.is_empty() => {
                Value::from(objekt.sekundaertypen.clone())
            }
            "cmis:createdBy" => Value::from(objekt.angelegt_von.as_str()),
            "cmis:creationDate" => Value::from(objekt.angelegt_am),
            "cmis:lastModifiedBy" => Value::from(objekt.geaendert_von.as_str()),
            "cmis:lastModificationDate" => Value::from(objekt.geaendert_am),
            "cmis:changeToken" => Value::from(objekt.geaendert_am.to_string()),
            "cmis:parentId" => objekt.ordner.map_or(Value::Null, |id| Value::from(id.to_string())),
            "cmis:path" => Value::from(self.ablage.path(objekt)),
            "cmis:isImmutable" | "cmis:isPrivateWorkingCopy" | "cmis:isVersionSeriesCheckedOut" => {
                Value::from(false)
            }
            "cmis:isLatestVersion" | "cmis:isMajorVersion" | "cmis:isLatestMajorVersion" => {
                Value::from(true)
            }
            "cmis:contentStreamLength" => inhalt.map_or(Value::Null, |i| Value::from(i.groesse)),
            "cmis:contentStreamMimeType" => {
                inhalt.map_or(Value::Null, |i| Value::from(i.medientyp.as_str()))
            }
            "cmis:contentStreamFileName" => {
                inhalt.map_or(Value::Null, |i| Value::from(i.dateiname.as_str()))
            }
            _ => objekt.eigenschaften.get(id).cloned().unwrap_or(Value::Null),
        }
    }

    fn is_in_folder(&self, id: &str) -> bool {
        self.objekt.ordner.is_some_and(|ordner| ordner.to_string() == id)
    }

    fn is_in_tree(&self, id: &str) -> bool {
        let mut ordner = self.objekt.ordner;
        while let Some(current) = ordner {
            if current.to_string() == id {
                return true;
            }
            ordner = self.ablage.objekte.get(&current).and_then(|objekt| objekt.ordner);
        }
        false
    }
}

fn check_name(name: &str) -> Result<(), CmisFehler> {
    const ILLEGAL: &[char] = &['/', '\\', ':', '"', '*', '?', '<', '>', '|'];
    if name.contains(ILLEGAL) {
        return Err(CmisFehler::invalid(format!("the name contains one of {ILLEGAL:?}")));
    }
    // Beyond the recorded server: what our own file system cannot take.
    let is_unusable =
        matches!(name, "" | "." | ".." | NEBENABLAGE) || 255 < name.len() || name.contains('\0');
    match is_unusable {
        true => Err(CmisFehler::invalid("the name cannot be used")),
        false => Ok(()),
    }
}
