//! The Behörde that an installation belongs to, as its operator describes it.

use std::fmt;

use serde_json::Value;

use crate::{
    din91379::{self, Datentyp},
    feiertage::Land,
};

/// Who receives the applications, and as whom the portal writes to the Fachverfahren.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behoerde {
    pub name: String,
    pub anschrift: Anschrift,
    pub telefon: String,
    pub email: String,
    /// The Land whose holidays are hers; none: those of all Germany.
    pub land: Option<Land>,
    /// Who reads the messages: the Ausländerbehörde.
    pub leser: Teilnehmer,
    /// Who writes them: the portal.
    pub autor: Teilnehmer,
    /// Name of the program in the header of messages.
    pub produkt: String,
    pub produkthersteller: String,
}

/// A postal address in Germany.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anschrift {
    pub strasse: String,
    /// With its letter: `12a`
    pub hausnummer: String,
    pub plz: String,
    pub ort: String,
}

/// Somebody in the DVDV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teilnehmer {
    /// Praefix and key: `azr:000100`
    pub kennung: String,
    pub name: String,
}

/// Why a setting describes no [`Behoerde`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeineBehoerde {
    /// There is no text at this path.
    Missing(String),
    /// The text at this path cannot stand in a message, or is no code of its list.
    Unfit(String),
}

impl fmt::Display for KeineBehoerde {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeineBehoerde::Missing(pfad) => write!(f, "`{pfad}` is missing"),
            KeineBehoerde::Unfit(pfad) => write!(f, "`{pfad}` cannot be used"),
        }
    }
}

impl std::error::Error for KeineBehoerde {}

impl Behoerde {
    /// Reads `{name, anschrift{strasse,hausnummer,plz,ort}, telefon, email, leser{kennung,name},
    /// autor{kennung,name}, land?, produktname?, produkthersteller?}`, `land` as in ISO 3166-2:DE.
    ///
    /// # Errors
    /// On the first text that is missing or that no message can carry.
    pub fn from_json(json: &Value) -> Result<Behoerde, KeineBehoerde> {
        let text = |pfad: &str| {
            let text = pfad.split('.').fold(json, |json, name| &json[name]).as_str();
            let text = text.filter(|it| !it.trim().is_empty());
            let text = text.ok_or_else(|| KeineBehoerde::Missing(pfad.to_owned()))?;
            let text = din91379::normalize(text);
            match din91379::first_invalid(&text, Datentyp::C) {
                None => Ok(text),
                Some(_) => Err(KeineBehoerde::Unfit(pfad.to_owned())),
            }
        };
        let or = |pfad: &str, default: &str| match text(pfad) {
            Err(KeineBehoerde::Missing(_)) => Ok(default.to_owned()),
            other => other,
        };
        let anschrift = Anschrift {
            strasse: text("anschrift.strasse")?,
            hausnummer: text("anschrift.hausnummer")?,
            plz: text("anschrift.plz")?,
            ort: text("anschrift.ort")?,
        };
        if !crate::bausteine::is_plz(&anschrift.plz) {
            return Err(KeineBehoerde::Unfit("anschrift.plz".to_owned()));
        }
        if anschrift.split_hausnummer().is_none() {
            return Err(KeineBehoerde::Unfit("anschrift.hausnummer".to_owned()));
        }
        let land = match json.get("land") {
            None => None,
            Some(code) => {
                let land = code.as_str().and_then(Land::find);
                Some(land.ok_or_else(|| KeineBehoerde::Unfit("land".to_owned()))?)
            }
        };
        Ok(Behoerde {
            name: text("name")?,
            anschrift,
            telefon: text("telefon")?,
            email: text("email")?,
            land,
            leser: Teilnehmer { kennung: text("leser.kennung")?, name: text("leser.name")? },
            autor: Teilnehmer { kennung: text("autor.kennung")?, name: text("autor.name")? },
            produkt: or("produktname", "Antragsportal")?,
            produkthersteller: or("produkthersteller", "Antragsportal")?,
        })
    }
}

impl Anschrift {
    /// Number and letter apart: `12a` is `12` and `a`. `None` where messages cannot carry it: more
    /// than four digits, or more than four characters behind them.
    pub fn split_hausnummer(&self) -> Option<(&str, &str)> {
        let text = self.hausnummer.trim();
        let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
        let (zahl, zusatz) = text.split_at(end);
        let zusatz = zusatz.trim();
        let fits = (1..=4).contains(&zahl.len()) && is_hausnummer_zusatz(zusatz);
        fits.then_some((zahl, zusatz))
    }
}

/// Whether this can be `hausnummerBuchstabeZusatzziffer` (XInneres Meldeanschrift): at most four
/// letters, digits, blanks, full stops and slashes.
pub fn is_hausnummer_zusatz(text: &str) -> bool {
    let is_allowed = |it: char| it.is_alphabetic() || it.is_ascii_digit() || " ./".contains(it);
    text.chars().count() <= 4 && text.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json() -> Value {
        json!({
            "name": "Ausländerbehörde Musterstadt",
            "anschrift": {"strasse": "Rathausplatz", "hausnummer": "1 b", "plz": "12345", "ort": "Musterstadt"},
            "telefon": "+49 30 5550100",
            "email": "abh@musterstadt.example",
            "leser": {"kennung": "azr:000100", "name": "Ausländerbehörde Musterstadt"},
            "autor": {"kennung": "alp:090000000001", "name": "Serviceportal Musterstadt"},
        })
    }

    #[track_caller]
    fn check(pfad: &str, value: Value, expect: Option<KeineBehoerde>) {
        let mut json = json();
        *json.pointer_mut(pfad).unwrap() = value;
        assert_eq!(Behoerde::from_json(&json).err(), expect);
    }

    #[test]
    fn what_no_message_can_carry_is_refused_when_it_is_set() {
        check("/name", json!("Ausländerbehörde"), None);
        check("/name", json!("☺"), Some(KeineBehoerde::Unfit("name".to_owned())));
        check("/autor", json!(1), Some(KeineBehoerde::Missing("autor.kennung".to_owned())));
        let plz = KeineBehoerde::Unfit("anschrift.plz".to_owned());
        check("/anschrift/plz", json!("1234"), Some(plz));
        let hausnummer = KeineBehoerde::Unfit("anschrift.hausnummer".to_owned());
        check("/anschrift/hausnummer", json!("a"), Some(hausnummer));
    }

    #[test]
    fn number_and_letter_are_set_apart() {
        let behoerde = Behoerde::from_json(&json()).unwrap();
        assert_eq!(behoerde.anschrift.split_hausnummer(), Some(("1", "b")));
    }
}
