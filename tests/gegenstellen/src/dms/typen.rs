//! The types of the repository and their properties: the standard ones of CMIS 1.1 § 2.1 as the recorded
//! server defines them, and a few of our own for a DMS that was set up for these files.

use serde_json::{Map, Value, json};

pub(crate) const FOLDER: &str = "cmis:folder";
pub(crate) const DOCUMENT: &str = "cmis:document";
pub(crate) const SECONDARY: &str = "cmis:secondary";

/// What a value of a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Datentyp {
    String,
    Id,
    Boolean,
    Integer,
    Datetime,
}

impl Datentyp {
    fn name(self) -> &'static str {
        match self {
            Datentyp::String => "string",
            Datentyp::Id => "id",
            Datentyp::Boolean => "boolean",
            Datentyp::Integer => "integer",
            Datentyp::Datetime => "datetime",
        }
    }

    /// The value a form's text stands for. Dates are milliseconds since 1970.
    pub fn parse(self, text: &str) -> Option<Value> {
        match self {
            Datentyp::String | Datentyp::Id => Some(Value::from(text)),
            Datentyp::Boolean => text.parse::<bool>().ok().map(Value::from),
            Datentyp::Integer | Datentyp::Datetime => text.parse::<i64>().ok().map(Value::from),
        }
    }
}

/// When a property may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aenderbar {
    Nie,
    BeimAnlegen,
    Immer,
}

impl Aenderbar {
    fn name(self) -> &'static str {
        match self {
            Aenderbar::Nie => "readonly",
            Aenderbar::BeimAnlegen => "oncreate",
            Aenderbar::Immer => "readwrite",
        }
    }
}

/// The definition of a property.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eigenschaft {
    pub id: &'static str,
    pub titel: &'static str,
    pub datentyp: Datentyp,
    pub mehrfach: bool,
    pub aenderbar: Aenderbar,
    pub pflicht: bool,
    pub suchbar: bool,
    pub sortierbar: bool,
}

impl Eigenschaft {
    /// Written by the server alone, single, neither searched nor sorted by.
    const fn new(id: &'static str, titel: &'static str, datentyp: Datentyp) -> Eigenschaft {
        Eigenschaft {
            id,
            titel,
            datentyp,
            mehrfach: false,
            aenderbar: Aenderbar::Nie,
            pflicht: false,
            suchbar: false,
            sortierbar: false,
        }
    }

    const fn suchbar(self) -> Eigenschaft {
        Eigenschaft { suchbar: true, ..self }
    }

    const fn sortierbar(self) -> Eigenschaft {
        Eigenschaft { sortierbar: true, ..self }
    }

    const fn mehrfach(self) -> Eigenschaft {
        Eigenschaft { mehrfach: true, ..self }
    }

    const fn pflicht(self) -> Eigenschaft {
        Eigenschaft { pflicht: true, ..self }
    }

    const fn aenderbar(self, aenderbar: Aenderbar) -> Eigenschaft {
        Eigenschaft { aenderbar, ..self }
    }

    fn cardinality(&self) -> &'static str {
        if self.mehrfach { "multi" } else { "single" }
    }

    fn definition(&self) -> Value {
        let mut definition = json!({
            "id": self.id,
            "localName": self.id,
            "displayName": self.titel,
            "queryName": self.id,
            "description": self.titel,
            "propertyType": self.datentyp.name(),
            "cardinality": self.cardinality(),
            "updatability": self.aenderbar.name(),
            "inherited": false,
            "required": self.pflicht,
            "queryable": self.suchbar,
            "orderable": self.sortierbar,
        });
        if self.mehrfach {
            definition["defaultValue"] = json!([]);
        }
        definition
    }

    /// A value with all that the long form of an object says about it.
    pub fn long(&self, value: &Value) -> Value {
        json!({
            "id": self.id,
            "localName": self.id,
            "displayName": self.titel,
            "queryName": self.id,
            "type": self.datentyp.name(),
            "cardinality": self.cardinality(),
            "value": value,
        })
    }
}

/// The definition of a type.
#[derive(Debug)]
pub(crate) struct Typ {
    pub id: &'static str,
    titel: &'static str,
    /// The base type; its own id for a base type.
    pub basis: &'static str,
    pub eigenschaften: &'static [&'static [Eigenschaft]],
}

impl Typ {
    pub fn find(id: &str) -> Option<&'static Typ> {
        TYPEN.iter().find(|typ| typ.id == id)
    }

    pub fn eigenschaften(&self) -> impl Iterator<Item = &'static Eigenschaft> {
        self.eigenschaften.iter().copied().flatten()
    }

    pub fn definition(&self) -> Value {
        let properties: Map<String, Value> =
            self.eigenschaften().map(|e| (e.id.to_owned(), e.definition())).collect();
        let is_object = self.basis != SECONDARY;
        let mut definition = json!({
            "id": self.id,
            "localName": self.id,
            "localNamespace": "urn:example:gegenstellen",
            "displayName": self.titel,
            "queryName": self.id,
            "description": self.titel,
            "baseId": self.basis,
            "creatable": is_object,
            "fileable": is_object,
            "queryable": true,
            "fulltextIndexed": false,
            "includedInSupertypeQuery": true,
            "controllablePolicy": false,
            "controllableACL": false,
            "typeMutability": { "create": false, "update": false, "delete": false },
            "propertyDefinitions": properties,
        });
        if self.basis == DOCUMENT {
            definition["versionable"] = Value::from(false);
            definition["contentStreamAllowed"] = Value::from("allowed");
        }
        if self.id != self.basis {
            definition["parentId"] = Value::from(self.basis);
        }
        definition
    }
}

const ALLGEMEIN: &[Eigenschaft] = &[
    Eigenschaft::new("cmis:name", "Name", Datentyp::String)
        .aenderbar(Aenderbar::Immer)
        .pflicht()
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("cmis:description", "Beschreibung", Datentyp::String)
        .aenderbar(Aenderbar::Immer),
    Eigenschaft::new("cmis:objectId", "Objekt-Id", Datentyp::Id).suchbar(),
    Eigenschaft::new("cmis:baseTypeId", "Basistyp", Datentyp::Id).suchbar(),
    Eigenschaft::new("cmis:objectTypeId", "Typ", Datentyp::Id)
        .aenderbar(Aenderbar::BeimAnlegen)
        .pflicht()
        .suchbar(),
    Eigenschaft::new("cmis:secondaryObjectTypeIds", "Sekundärtypen", Datentyp::Id)
        .aenderbar(Aenderbar::Immer)
        .mehrfach()
        .suchbar(),
    Eigenschaft::new("cmis:createdBy", "Angelegt von", Datentyp::String).suchbar().sortierbar(),
    Eigenschaft::new("cmis:creationDate", "Angelegt am", Datentyp::Datetime).suchbar().sortierbar(),
    Eigenschaft::new("cmis:lastModifiedBy", "Geändert von", Datentyp::String)
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("cmis:lastModificationDate", "Geändert am", Datentyp::Datetime)
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("cmis:changeToken", "Änderungsmarke", Datentyp::String),
];

const ORDNER: &[Eigenschaft] = &[
    Eigenschaft::new("cmis:parentId", "Übergeordneter Ordner", Datentyp::Id),
    Eigenschaft::new("cmis:path", "Pfad", Datentyp::String),
    Eigenschaft::new("cmis:allowedChildObjectTypeIds", "Erlaubte Typen darin", Datentyp::Id)
        .mehrfach(),
];

const DOKUMENT: &[Eigenschaft] = &[
    Eigenschaft::new("cmis:isImmutable", "Unveränderlich", Datentyp::Boolean),
    Eigenschaft::new("cmis:isLatestVersion", "Letzte Version", Datentyp::Boolean),
    Eigenschaft::new("cmis:isMajorVersion", "Hauptversion", Datentyp::Boolean),
    Eigenschaft::new("cmis:isLatestMajorVersion", "Letzte Hauptversion", Datentyp::Boolean),
    Eigenschaft::new("cmis:isPrivateWorkingCopy", "Arbeitskopie", Datentyp::Boolean).suchbar(),
    Eigenschaft::new("cmis:versionLabel", "Versionsbezeichnung", Datentyp::String).suchbar(),
    Eigenschaft::new("cmis:versionSeriesId", "Versionsreihe", Datentyp::Id).suchbar(),
    Eigenschaft::new("cmis:isVersionSeriesCheckedOut", "Ausgecheckt", Datentyp::Boolean).suchbar(),
    Eigenschaft::new("cmis:versionSeriesCheckedOutBy", "Ausgecheckt von", Datentyp::String),
    Eigenschaft::new("cmis:versionSeriesCheckedOutId", "Id der Arbeitskopie", Datentyp::Id),
    Eigenschaft::new("cmis:checkinComment", "Kommentar", Datentyp::String),
    Eigenschaft::new("cmis:contentStreamLength", "Größe", Datentyp::Integer),
    Eigenschaft::new("cmis:contentStreamMimeType", "Medientyp", Datentyp::String),
    Eigenschaft::new("cmis:contentStreamFileName", "Dateiname", Datentyp::String),
    Eigenschaft::new("cmis:contentStreamId", "Id des Inhalts", Datentyp::Id),
];

/// What a DMS set up for these files would know besides.
const FREMD: &[Eigenschaft] = &[
    Eigenschaft::new("abh:schluessel", "Schlüssel des Einreichers", Datentyp::String)
        .aenderbar(Aenderbar::Immer)
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("abh:aktenzeichen", "Aktenzeichen", Datentyp::String)
        .aenderbar(Aenderbar::Immer)
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("abh:sha256", "SHA-256 des Inhalts", Datentyp::String)
        .aenderbar(Aenderbar::Immer)
        .suchbar(),
    Eigenschaft::new("abh:posteingang", "Posteingang", Datentyp::Datetime)
        .aenderbar(Aenderbar::Immer)
        .suchbar()
        .sortierbar(),
    Eigenschaft::new("abh:schlagworte", "Schlagworte", Datentyp::String)
        .aenderbar(Aenderbar::Immer)
        .mehrfach(),
];

const TYPEN: &[Typ] = &[
    Typ { id: FOLDER, titel: "Ordner", basis: FOLDER, eigenschaften: &[ALLGEMEIN, ORDNER] },
    Typ { id: DOCUMENT, titel: "Dokument", basis: DOCUMENT, eigenschaften: &[ALLGEMEIN, DOKUMENT] },
    Typ { id: SECONDARY, titel: "Sekundärtyp", basis: SECONDARY, eigenschaften: &[] },
    Typ {
        id: "abh:akte",
        titel: "Akte",
        basis: FOLDER,
        eigenschaften: &[ALLGEMEIN, ORDNER, FREMD],
    },
    Typ {
        id: "abh:vorgang",
        titel: "Vorgang",
        basis: FOLDER,
        eigenschaften: &[ALLGEMEIN, ORDNER, FREMD],
    },
    Typ {
        id: "abh:dokument",
        titel: "Dokument zum Vorgang",
        basis: DOCUMENT,
        eigenschaften: &[ALLGEMEIN, DOKUMENT, FREMD],
    },
    Typ {
        id: "abh:fremdschluessel",
        titel: "Angaben des Einreichers",
        basis: SECONDARY,
        eigenschaften: &[FREMD],
    },
];
