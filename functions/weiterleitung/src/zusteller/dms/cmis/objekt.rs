//! What a repository answers.

use serde::Deserialize;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::{ausgang::Grund, client::Antwort};

/// An object of the repository, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Objekt {
    pub id: String,
    pub name: Option<String>,
    /// Of folders: from the root, beginning with a slash.
    pub pfad: Option<String>,
    /// Of documents: bytes.
    pub groesse: Option<u64>,
    basis: Option<String>,
    eigenschaften: Map<String, Value>,
}

impl Objekt {
    /// Reads the succinct form. `None` if it is something else.
    pub fn read(inhalt: &[u8]) -> Option<Objekt> {
        #[derive(Deserialize)]
        struct Antwort {
            #[serde(rename = "succinctProperties")]
            eigenschaften: Map<String, Value>,
        }
        let Antwort { eigenschaften } = serde_json::from_slice(inhalt).ok()?;
        let text = |name: &str| Some(eigenschaften.get(name)?.as_str()?.to_owned());
        Some(Objekt {
            id: text("cmis:objectId").filter(|id| !id.is_empty())?,
            name: text("cmis:name"),
            pfad: text("cmis:path"),
            groesse: eigenschaften.get("cmis:contentStreamLength").and_then(Value::as_u64),
            basis: text("cmis:baseTypeId"),
            eigenschaften,
        })
    }

    /// The text of any property.
    pub fn property(&self, id: &str) -> Option<&str> {
        self.eigenschaften.get(id)?.as_str()
    }

    pub fn is_folder(&self) -> bool {
        self.basis.as_deref().is_none_or(|basis| basis == "cmis:folder")
    }

    /// Whether it has this name, in whatever normal form.
    pub fn has_name(&self, name: &str) -> bool {
        self.name.as_deref().is_none_or(|own| own.nfc().eq(name.nfc()))
    }
}

/// An exception of the browser binding.
#[derive(Deserialize)]
pub(super) struct CmisFehler {
    exception: String,
    pub message: Option<String>,
}

impl CmisFehler {
    pub fn read(antwort: &Antwort) -> Option<CmisFehler> {
        serde_json::from_slice(&antwort.inhalt).ok()
    }

    pub fn is(antwort: &Antwort, exception: &str) -> bool {
        CmisFehler::read(antwort).is_some_and(|fehler| fehler.exception == exception)
    }
}

/// A repository of the service document.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) struct Repository {
    pub root_folder_url: String,
    #[serde(default)]
    pub repository_url: String,
}

/// The repository with this id, or the only one.
pub(super) fn read_repository(inhalt: &[u8], id: Option<&str>) -> Result<Repository, Grund> {
    let unlesbar = || Grund::new("antwort-unlesbar");
    let mut alle: Map<String, Value> = serde_json::from_slice(inhalt).map_err(|_| unlesbar())?;
    let eines = match id {
        Some(id) => alle.remove(id),
        None if alle.len() == 1 => alle.into_iter().next().map(|(_, eines)| eines),
        None => None,
    };
    let eines = eines.ok_or_else(|| Grund::new("cmis-repository-fehlt"))?;
    serde_json::from_value(eines).map_err(|_| unlesbar())
}

/// The ids of the hits of a query whose `property` is exactly this; `None` if that is no answer.
pub(super) fn read_hits(inhalt: &[u8], property: &str, wert: &str) -> Option<Vec<String>> {
    let antwort: Value = serde_json::from_slice(inhalt).ok()?;
    let mut ids = Vec::new();
    for treffer in antwort.get("results")?.as_array()? {
        let eigenschaften = treffer.get("succinctProperties")?;
        if eigenschaften.get(property)?.as_str() == Some(wert) {
            ids.push(eigenschaften.get("cmis:objectId")?.as_str()?.to_owned());
        }
    }
    Some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_named_or_the_only_one() {
        let eines = br#"{"A1":{"rootFolderUrl":"http://x/root","repositoryId":"A1"}}"#;
        let zwei = br#"{"A1":{"rootFolderUrl":"http://x/1"},"A2":{"rootFolderUrl":"http://x/2"}}"#;
        let read = |inhalt: &[u8], id: Option<&str>| {
            read_repository(inhalt, id)
                .map(|repository| repository.root_folder_url)
                .map_err(|grund| grund.code)
        };
        assert_eq!(read(eines, None).unwrap(), "http://x/root");
        assert_eq!(read(zwei, Some("A2")).unwrap(), "http://x/2");
        assert_eq!(read(zwei, None).unwrap_err(), "cmis-repository-fehlt");
        assert_eq!(read(eines, Some("A2")).unwrap_err(), "cmis-repository-fehlt");
        for muell in [&b""[..], b"[]", b"<html>", br#"{"A1":{}}"#, br#"{"A1":{"rootFol"#] {
            assert_eq!(read(muell, None).unwrap_err(), "antwort-unlesbar");
        }
    }

    #[test]
    fn an_object_is_read_or_it_is_none() {
        let objekt = Objekt::read(
            r#"{"succinctProperties":{"cmis:objectId":"149","cmis:name":"Antrag Müller.pdf",
               "cmis:contentStreamLength":13,"cmis:baseTypeId":"cmis:document"},"exactACL":true}"#
                .as_bytes(),
        );
        let objekt = objekt.unwrap();
        assert_eq!((objekt.id.as_str(), objekt.groesse), ("149", Some(13)));
        assert!(!objekt.is_folder());
        assert!(objekt.has_name("Antrag Mu\u{308}ller.pdf"));
        assert!(!objekt.has_name("Antrag MÃ¼ller.pdf"));
        for muell in
            [&b""[..], b"{}", br#"{"succinctProperties":{}}"#, br#"{"succinctProperties":{"cmis:o"#]
        {
            assert_eq!(Objekt::read(muell), None);
        }
    }
}
