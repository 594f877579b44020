//! Validation against the XML schema with xmllint, and its findings in the words of a maker.

use std::{
    fmt::{self, Display},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::StartError;

/// Which schema is for which root namespace, below the folder of schemas; the message of the
/// Einbürgerung as the portal sends it is defined in this repository.
const SCHEMAS: &[(&str, &str)] = &[
    (
        "http://www.osci.de/xauslaender2611",
        "xauslaender/26.11-subset/xauslaender-2611-ozg-subset.xsd",
    ),
    ("urn:example:einbuergerung:0.1", "einbuergerung-vorschlag/einbuergerung-0.1.xsd"),
    (
        "urn:example:einbuergerung:0.2",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/xoev/einbuergerung-0.2.xsd"),
    ),
];

/// Maps the official addresses of schemas to files.
const CATALOG: &str = "catalog.xml";

/// No more findings than these are listed, as real gateways do.
const LISTED: usize = 5;

/// A folder of schemas and a program that applies them.
#[derive(Debug)]
pub(crate) struct Schemas {
    ordner: PathBuf,
}

/// Why a message does not pass.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SchemaFehler {
    #[error("FV-4223: Der Namensraum '{0}' gehört zu keiner Nachricht, die hier angenommen wird.")]
    UnknownNamespace(String),
    #[error("FV-4224: Die Nachricht ist nicht schemakonform ({} Fehler).{}", .0.len(), Liste(.0))]
    Invalid(Vec<Befund>),
    #[error("FV-5002: Die Schemaprüfung ist nicht verfügbar.")]
    Unavailable,
}

impl SchemaFehler {
    /// Whether sending the same again may help.
    pub fn is_ours(&self) -> bool {
        matches!(self, SchemaFehler::Unavailable)
    }
}

/// A place and a reason; never the value that stands there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Befund {
    zeile: String,
    element: String,
    grund: String,
}

struct Liste<'a>(&'a [Befund]);

impl Schemas {
    /// `None`, and a word on stderr, if there is no xmllint on this machine.
    pub fn open(ordner: PathBuf) -> Result<Option<Schemas>, StartError> {
        let needed = SCHEMAS.iter().map(|(_, file)| *file).chain([CATALOG]);
        for path in needed.map(|file| ordner.join(file)) {
            if !path.is_file() {
                return Err(StartError::Schemas(path));
            }
        }
        if let Err(error) = Command::new("xmllint").arg("--version").output() {
            eprintln!(
                "gegenstellen: messages are NOT validated, xmllint is needed for that \
                 (Debian: libxml2-utils): {error}"
            );
            return Ok(None);
        }
        // The catalog is named by a URI, for which a relative path is not enough.
        let ordner = ordner.canonicalize().map_err(|_| StartError::Schemas(ordner))?;
        Ok(Some(Schemas { ordner }))
    }

    /// The folder, absolute.
    pub fn folder(&self) -> &Path {
        &self.ordner
    }

    pub fn validate(&self, namespace: &str, file: &Path) -> Result<(), SchemaFehler> {
        let (_, schema) = SCHEMAS
            .iter()
            .find(|(known, _)| *known == namespace)
            .ok_or_else(|| SchemaFehler::UnknownNamespace(namespace.to_owned()))?;
        // `--huge`: an attachment in base64 is one text node, and without it 10 MB are the end.
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--huge", "--schema"])
            .arg(self.ordner.join(schema))
            .arg(file)
            .env("XML_CATALOG_FILES", self.ordner.join(CATALOG))
            .env("LC_ALL", "C")
            .output()
            .map_err(|_: io::Error| SchemaFehler::Unavailable)?;
        if output.status.success() {
            return Ok(());
        }
        let report = String::from_utf8_lossy(&output.stderr);
        let file = file.to_string_lossy();
        let befunde: Vec<Befund> =
            report.lines().filter_map(|line| Befund::read(line, &file)).collect();
        // 1: not well-formed, 3 and 4: not valid. Else the schema could not be used at all.
        match output.status.code() {
            Some(1 | 3 | 4) if !befunde.is_empty() => Err(SchemaFehler::Invalid(befunde)),
            _ => Err(SchemaFehler::Unavailable),
        }
    }
}

impl Befund {
    /// Reads a line as `FILE:24: element kind: Schemas validity error : Element '{ns}kind': reason`.
    fn read(line: &str, file: &str) -> Option<Befund> {
        let (zeile, rest) = line.strip_prefix(file)?.strip_prefix(':')?.split_once(": ")?;
        let Some((_, finding)) = rest.split_once(" validity error : ") else {
            let grund = "Das XML ist nicht wohlgeformt.".to_owned();
            return rest.contains("error").then(|| Befund {
                zeile: zeile.to_owned(),
                element: String::new(),
                grund,
            });
        };
        let (element, reason) = finding.strip_prefix("Element '")?.split_once('\'')?;
        let (attribute, reason) = match reason.strip_prefix(", attribute '") {
            Some(rest) => rest.split_once('\'').map(|(name, rest)| (Some(name), rest))?,
            None => (None, reason),
        };
        let mut grund = explain(reason.trim_start_matches([':', ' ']));
        if let Some(attribute) = attribute {
            grund = format!("Attribut '{}': {grund}", local(attribute));
        }
        Some(Befund { zeile: zeile.to_owned(), element: local(element).to_owned(), grund })
    }
}

impl Display for Liste<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for Befund { zeile, element, grund } in self.0.iter().take(LISTED) {
            match element.as_str() {
                "" => write!(f, "\nZeile {zeile}: {grund}")?,
                element => write!(f, "\nZeile {zeile}, Element '{element}': {grund}")?,
            }
        }
        match self.0.len().checked_sub(LISTED) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\n… und {more} weitere"),
        }
    }
}

/// The reason in German. What quotes a value is cut before it.
fn explain(reason: &str) -> String {
    let expected = reason
        .split_once("Expected is")
        .and_then(|(_, list)| Some(list.split_once('(')?.1.rsplit_once(')')?.0))
        .map(|list| list.split(", ").map(|name| local(name.trim())).collect::<Vec<_>>().join(", "));
    let facet = reason.strip_prefix("[facet '").and_then(|rest| rest.split_once('\''));
    match (facet, &expected) {
        (Some(("pattern", _)), _) => {
            "Der Wert entspricht nicht dem vorgeschriebenen Muster.".to_owned()
        }
        (Some(("enumeration", _)), _) => {
            "Der Wert ist nicht in der Liste der erlaubten Werte.".to_owned()
        }
        (Some(("minLength", _)), _) => "Der Wert ist zu kurz.".to_owned(),
        (Some(("maxLength", _)), _) => "Der Wert ist zu lang.".to_owned(),
        (Some((facet, _)), _) => format!("Der Wert verletzt die Vorgabe '{facet}'."),
        (None, Some(list)) if reason.starts_with("Missing child") => format!("Es fehlt: {list}."),
        (None, Some(list)) => {
            format!("Das Element wird hier nicht erwartet. Erwartet wird: {list}.")
        }
        (None, None) if reason.starts_with("This element is not expected") => {
            "Das Element wird hier nicht erwartet.".to_owned()
        }
        (None, None) if reason.contains("is required but missing") => {
            "Die Angabe fehlt.".to_owned()
        }
        (None, None) if reason.contains("attribute") && reason.contains("not allowed") => {
            "Das Attribut ist hier nicht erlaubt.".to_owned()
        }
        (None, None) => {
            match reason.rsplit_once("type '").and_then(|(_, rest)| rest.split_once('\'')) {
                Some((datatype, _)) => {
                    format!("Der Wert hat nicht den Datentyp '{}'.", local(datatype))
                }
                None => "Der Inhalt ist nicht zulässig.".to_owned(),
            }
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once('}').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &str) {
        let befund = Befund::read(line, "/t/m.xml").map(|befund| Liste(&[befund]).to_string());
        assert_eq!(befund.unwrap_or_default().trim(), expect, "{line}");
    }

    #[test]
    fn findings_become_german_and_lose_their_values() {
        check(
            "/t/m.xml:24: element kind: Schemas validity error : Element '{urn:a}kind': This element is not expected. Expected is one of ( {urn:a}vater, mutter ).",
            "Zeile 24, Element 'kind': Das Element wird hier nicht erwartet. Erwartet wird: vater, mutter.",
        );
        check(
            "/t/m.xml:3: element kopf: Schemas validity error : Element 'kopf': Missing child element(s). Expected is ( uuid ).",
            "Zeile 3, Element 'kopf': Es fehlt: uuid.",
        );
        check(
            "/t/m.xml:9: element a: Schemas validity error : Element 'a': This element is not expected.",
            "Zeile 9, Element 'a': Das Element wird hier nicht erwartet.",
        );
        check(
            "/t/m.xml:9: element name: Schemas validity error : Element 'name': [facet 'pattern'] The value 'Müller (geheim)' is not accepted by the pattern 'x'.",
            "Zeile 9, Element 'name': Der Wert entspricht nicht dem vorgeschriebenen Muster.",
        );
        check(
            "/t/m.xml:9: element tag: Schemas validity error : Element 'tag': '31.12.' is not a valid value of the atomic type 'xs:date'.",
            "Zeile 9, Element 'tag': Der Wert hat nicht den Datentyp 'xs:date'.",
        );
        check(
            "/t/m.xml:2: element m: Schemas validity error : Element '{urn:a}m', attribute 'version': [facet 'enumeration'] The value '1' is not an element of the set {'26.11'}.",
            "Zeile 2, Element 'm': Attribut 'version': Der Wert ist nicht in der Liste der erlaubten Werte.",
        );
        check(
            "/t/m.xml:2: element m: Schemas validity error : Element '{urn:a}m': The attribute 'produkt' is required but missing.",
            "Zeile 2, Element 'm': Die Angabe fehlt.",
        );
        check(
            "/t/m.xml:2: parser error : Opening and ending tag mismatch",
            "Zeile 2: Das XML ist nicht wohlgeformt.",
        );
        check("/t/m.xml fails to validate", "");
        check(
            "/s/x.xsd:33: element import: Schemas parser warning : Element 'import': Skipping",
            "",
        );
    }
}
