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

use crate::formular::{Datentyp, Formular, Inhalt};

/// A text with its key in other languages, or one that is the same in each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// `auskunft.eb.zeit.zaehlt`; empty where there is none.
    pub key: String,
    pub deutsch: String,
}

/// The texts of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texte {
    sprache: String,
    texte: BTreeMap<String, String>,
}

impl Text {
    pub fn new(key: &str, deutsch: &str) -> Text {
        Text { key: key.to_owned(), deutsch: deutsch.to_owned() }
    }

    /// A name, a day, an amount, a paragraph: the same in every language.
    pub fn fest(text: &str) -> Text {
        Text::new("", text)
    }
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

    /// A text in this language.
    pub fn of<'a>(&'a self, text: &'a Text) -> &'a str {
        self.get(&text.key, &text.deutsch)
    }

    /// Puts these texts in the place of others with the same keys.
    pub fn replace(&mut self, texte: &BTreeMap<String, String>) {
        self.texte.extend(texte.iter().map(|(key, text)| (key.clone(), text.clone())));
    }

    /// Whether this language has the key.
    pub fn has(&self, key: &str) -> bool {
        self.texte.contains_key(key)
    }
}

impl Formular {
    /// All texts of the declaration that applicants read: key and German text. What a function says
    /// about answers is not among them.
    pub fn texte(&self) -> Vec<(String, String)> {
        let mut texte = Vec::new();
        let id = self.id;
        let mut add = |key: String, text: &str| {
            if !text.is_empty() {
                texte.push((key, text.to_owned()));
            }
        };
        add(format!("formular.{id}.titel"), self.titel);
        add(format!("formular.{id}.worum"), self.worum);
        add(format!("formular.{id}.dauer"), self.dauer);
        add(format!("formular.{id}.gebuehr"), self.gebuehr);
        add(format!("formular.{id}.bereithalten"), &self.bereithalten.join("\n"));
        add(format!("formular.{id}.danach"), &self.danach.join("\n"));
        for abschnitt in self.abschnitte {
            add(format!("abschnitt.{}", abschnitt.id), abschnitt.titel);
            for schritt in abschnitt.schritte {
                add(format!("schritt.{}", schritt.id), schritt.titel);
                for seite in schritt.seiten {
                    add(format!("seite.{}.titel", seite.id), seite.titel);
                    add(format!("seite.{}.einleitung", seite.id), seite.einleitung);
                }
            }
        }
        self.for_each_inhalt(|_, inhalt| match inhalt {
            Inhalt::Feld(feld) => {
                add(format!("label.{}", feld.key), feld.label);
                add(format!("frage.{}", feld.key), feld.frage);
                add(format!("hilfe.{}", feld.key), feld.hilfe);
                if let Datentyp::Auswahl(liste) = feld.datentyp {
                    for (code, text) in liste.eintraege {
                        add(format!("code.{}.{code}", liste.id), text);
                    }
                }
            }
            Inhalt::Gruppe(gruppe) => {
                add(format!("gruppe.{}.titel", gruppe.id), gruppe.titel);
                add(format!("gruppe.{}.eintrag", gruppe.id), gruppe.eintrag);
                add(format!("gruppe.{}.hilfe", gruppe.id), gruppe.hilfe);
            }
            Inhalt::Baustein(_, baustein) => {
                add(format!("baustein.{}", baustein.id), baustein.titel);
            }
            Inhalt::Hinweis(hinweis) => {
                add(format!("hinweis.{}", hinweis.id), &hinweis.text.join("\n"));
            }
            Inhalt::Auskunft(auskunft) => {
                add(format!("auskunft.{}", auskunft.id), auskunft.titel);
            }
            Inhalt::Nachweise(nachweise) => {
                for art in nachweise.arten {
                    add(format!("nachweis.{}", art.typ), art.name);
                    add(format!("nachweis.{}.hilfe", art.typ), art.hilfe);
                }
            }
            Inhalt::Regel(_) => {}
        });
        texte
    }
}
