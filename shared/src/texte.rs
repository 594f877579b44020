//! Texts in other languages than German. German stands in the declarations; a file of another
//! language maps keys to texts, and a gap falls back to German.
//!
//! Keys: `formular.<id>.titel`, `abschnitt.<id>`, `schritt.<id>`, `seite.<id>.titel`,
//! `seite.<id>.einleitung`, `label.<Feld id>`, `frage.<Feld id>`, `hilfe.<Feld id>`,
//! `gruppe.<id>.titel`, `gruppe.<id>.eintrag`, `code.<Liste>.<Code>`, `hinweis.<id>`,
//! `nachweis.<Typ>`, `befund.<Code>`, `ui.<…>`. The key of a Feld is its id, or
//! [`Datenfeld::key`](crate::formular::Datenfeld::key) where two Felder share an id.
//! Also `formular.<id>.worum`, `.dauer`, `.gebuehr`, `.bereithalten` and `.danach`,
//! `gruppe.<id>.hilfe`, `nachweis.<Typ>.hilfe`, `baustein.<id>`, `auskunft.<id>` and
//! `auskunft.<key>` of what it shows. Several lines or paragraphs are one text with line feeds.

use std::collections::BTreeMap;

/// The texts of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texte {
    sprache: String,
    texte: BTreeMap<String, String>,
}

impl Texte {
    /// No translations: every text is the German one of the declaration.
    pub fn deutsch() -> Texte {
        Texte { sprache: "de".to_owned(), texte: BTreeMap::new() }
    }

    /// Reads the JSON object of a language file. `None` where it is not an object of texts.
    pub fn from_json(sprache: &str, json: &serde_json::Value) -> Option<Texte> {
        let mut texte = BTreeMap::new();
        for (key, text) in json.as_object()? {
            texte.insert(key.clone(), text.as_str()?.to_owned());
        }
        Some(Texte { sprache: sprache.to_owned(), texte })
    }

    /// BCP 47 tag.
    pub fn sprache(&self) -> &str {
        &self.sprache
    }

    /// The text of a key, or the German one.
    pub fn get<'a>(&'a self, key: &str, deutsch: &'a str) -> &'a str {
        self.texte.get(key).map_or(deutsch, String::as_str)
    }

    /// Whether this language has the key.
    pub fn has(&self, key: &str) -> bool {
        self.texte.contains_key(key)
    }
}
