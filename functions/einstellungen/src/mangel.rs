//! What is wrong with a structured setting, for the operator.

use std::fmt;

use serde_json::{Map, Value};

/// A place in a setting and what is wrong there. Says nothing of other values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mangel {
    /// Where, from the name of the setting on: `zustellung.ziele.dms.oeffnung[0]`.
    pub pfad: String,
    /// What is expected there, as a whole sentence with an example.
    pub text: String,
}

impl fmt::Display for Mangel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.pfad, self.text)
    }
}

/// Reads a JSON object field by field and collects everything that is wrong with it.
pub(crate) struct Leser<'a> {
    pfad: String,
    objekt: &'a Map<String, Value>,
    maengel: &'a mut Vec<Mangel>,
}

impl<'a> Leser<'a> {
    /// An object that may have these fields and no others.
    pub fn open(
        pfad: &str,
        wert: &'a Value,
        felder: &[&str],
        maengel: &'a mut Vec<Mangel>,
    ) -> Option<Leser<'a>> {
        let Value::Object(objekt) = wert else {
            let text = format!("Erwartet wird ein JSON-Objekt mit {}.", aufzaehlung(felder));
            maengel.push(Mangel { pfad: pfad.to_owned(), text });
            return None;
        };
        for name in objekt.keys().filter(|name| !felder.contains(&name.as_str())) {
            let text = format!("Dieses Feld gibt es nicht. Möglich sind {}.", aufzaehlung(felder));
            maengel.push(Mangel { pfad: format!("{pfad}.{name}"), text });
        }
        Some(Leser { pfad: pfad.to_owned(), objekt, maengel })
    }

    /// A whole number within bounds, or what holds where none is set.
    pub fn zahl(&mut self, name: &str, von: u64, bis: u64, sonst: u64) -> u64 {
        match self.objekt.get(name) {
            None => sonst,
            Some(wert) => match wert.as_u64() {
                Some(zahl) if (von..=bis).contains(&zahl) => zahl,
                _ => {
                    let text = format!(
                        "Erwartet wird eine ganze Zahl von {von} bis {bis}, zum Beispiel {sonst}."
                    );
                    self.mangel(name, text);
                    sonst
                }
            },
        }
    }

    /// A text.
    pub fn text(&mut self, name: &str, erwartet: &str) -> Option<&'a str> {
        let wert = self.objekt.get(name)?;
        let text = wert.as_str();
        if text.is_none() {
            self.mangel(name, erwartet.to_owned());
        }
        text
    }

    /// A value as it is.
    pub fn wert(&self, name: &str) -> Option<&'a Value> {
        self.objekt.get(name)
    }

    /// The object in a field, with its path.
    pub fn objekt(&mut self, name: &str, felder: &[&str]) -> Option<Leser<'_>> {
        let wert = self.objekt.get(name)?;
        Leser::open(&self.stelle(name), wert, felder, self.maengel)
    }

    /// Notes what is wrong with a field.
    pub fn mangel(&mut self, name: &str, text: String) {
        let pfad = self.stelle(name);
        self.maengel.push(Mangel { pfad, text });
    }

    fn stelle(&self, name: &str) -> String {
        format!("{}.{name}", self.pfad)
    }
}

fn aufzaehlung(felder: &[&str]) -> String {
    let felder: Vec<String> = felder.iter().map(|feld| format!("`{feld}`")).collect();
    match felder.split_last() {
        Some((letztes, [])) => letztes.clone(),
        Some((letztes, andere)) => format!("{} und {letztes}", andere.join(", ")),
        None => "keine".to_owned(),
    }
}
