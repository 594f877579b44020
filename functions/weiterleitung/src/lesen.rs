//! Reads settings that are JSON, and says which key is wrong and what is expected there.

use serde_json::{Map, Value};

/// Why a setting cannot be read. Names its key; its value is told only where it is no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{schluessel}`: {grund}")]
pub struct Formfehler {
    /// The path of the key, such as `verpflichtungserklaerung.aussonderung.jahre`.
    pub schluessel: String,
    /// What is wrong, and what is expected.
    pub grund: String,
}

/// An object whose keys are taken one by one; [`Objekt::finish`] refuses those that nobody knows.
pub(crate) struct Objekt {
    pfad: String,
    rest: Map<String, Value>,
    bekannt: Vec<&'static str>,
}

impl Objekt {
    /// The outermost object. Empty text is an empty one.
    pub fn parse(text: &str) -> Result<Objekt, Formfehler> {
        let text = if text.trim().is_empty() { "{}" } else { text };
        let json = serde_json::from_str(text).map_err(|error| Formfehler {
            schluessel: "/".to_owned(),
            // Without serde's words, which may quote.
            grund: format!("no JSON at line {}, column {}", error.line(), error.column()),
        })?;
        Objekt::read(String::new(), json)
    }

    fn read(pfad: String, json: Value) -> Result<Objekt, Formfehler> {
        match json {
            Value::Object(rest) => Ok(Objekt { pfad, rest, bekannt: Vec::new() }),
            _ => Err(Formfehler {
                schluessel: if pfad.is_empty() { "/".to_owned() } else { pfad },
                grund: "expected an object, such as {}".to_owned(),
            }),
        }
    }

    /// A complaint about a key of this object.
    pub fn fehler(&self, schluessel: &str, grund: impl Into<String>) -> Formfehler {
        let schluessel = match self.pfad.as_str() {
            "" => schluessel.to_owned(),
            pfad => format!("{pfad}.{schluessel}"),
        };
        Formfehler { schluessel, grund: grund.into() }
    }

    pub fn take(&mut self, schluessel: &'static str) -> Option<Value> {
        self.bekannt.push(schluessel);
        self.rest.remove(schluessel).filter(|wert| !wert.is_null())
    }

    pub fn text(&mut self, schluessel: &'static str) -> Result<Option<String>, Formfehler> {
        match self.take(schluessel) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.fehler(schluessel, "expected a text in quotes")),
        }
    }

    /// One of `erlaubt`.
    pub fn wahl<T: Copy>(
        &mut self,
        schluessel: &'static str,
        erlaubt: &[(&str, T)],
    ) -> Result<Option<T>, Formfehler> {
        let Some(text) = self.text(schluessel)? else { return Ok(None) };
        match erlaubt.iter().find(|(wort, _)| *wort == text) {
            Some(&(_, wert)) => Ok(Some(wert)),
            None => {
                let worte: Vec<String> =
                    erlaubt.iter().map(|(wort, _)| format!("\"{wort}\"")).collect();
                Err(self.fehler(schluessel, format!("expected {}", worte.join(" or "))))
            }
        }
    }

    pub fn zahl(
        &mut self,
        schluessel: &'static str,
        von: u64,
        bis: u64,
    ) -> Result<Option<u64>, Formfehler> {
        match self.take(schluessel) {
            None => Ok(None),
            Some(wert) => match wert.as_u64().filter(|zahl| (von..=bis).contains(zahl)) {
                Some(zahl) => Ok(Some(zahl)),
                None => {
                    let grund = format!("expected a whole number from {von} to {bis}");
                    Err(self.fehler(schluessel, grund))
                }
            },
        }
    }

    pub fn ja(&mut self, schluessel: &'static str) -> Result<Option<bool>, Formfehler> {
        match self.take(schluessel) {
            None => Ok(None),
            Some(Value::Bool(wert)) => Ok(Some(wert)),
            Some(_) => Err(self.fehler(schluessel, "expected true or false")),
        }
    }

    /// An empty one if it is absent.
    pub fn objekt(&mut self, schluessel: &'static str) -> Result<Objekt, Formfehler> {
        let json = self.take(schluessel).unwrap_or_else(|| Value::Object(Map::new()));
        Objekt::read(self.fehler(schluessel, "").schluessel, json)
    }

    /// The object of a key that is no word of ours.
    pub fn objekt_of(&mut self, schluessel: &str) -> Result<Option<Objekt>, Formfehler> {
        match self.rest.remove(schluessel) {
            None => Ok(None),
            Some(json) => Objekt::read(self.fehler(schluessel, "").schluessel, json).map(Some),
        }
    }

    /// What is left, as texts by their keys.
    pub fn texte(mut self) -> Result<Vec<(String, String)>, Formfehler> {
        let rest = std::mem::take(&mut self.rest);
        rest.into_iter()
            .map(|(schluessel, wert)| match wert {
                Value::String(text) => Ok((schluessel, text)),
                _ => Err(self.fehler(&schluessel, "expected a text in quotes")),
            })
            .collect()
    }

    /// The first key that nobody took.
    pub fn unbekannt(&self) -> Option<&str> {
        self.rest.keys().next().map(String::as_str)
    }

    pub fn finish(self) -> Result<(), Formfehler> {
        match self.unbekannt() {
            None => Ok(()),
            Some(fremd) => {
                let grund = format!("no such key here; there are {}", self.bekannt.join(", "));
                Err(self.fehler(fremd, grund))
            }
        }
    }
}
