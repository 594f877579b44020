//! A [`Befund`]: what was found in the answers, where, and what to do about it.

mod vorlagen;

use crate::{formular::Datenfeld, texte::Texte};

pub use vorlagen::VORLAGEN;

/// What a Befund says in German, with `{parameter}` to be filled.
#[derive(Debug)]
pub struct Vorlage {
    /// Code of the catalogue: `REQ`, `VE_DAUER_C`.
    pub code: &'static str,
    pub schwere: Schwere,
    pub text: &'static str,
}

/// What a Befund does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Schwere {
    /// `W`: travels with the Antrag to the caseworker.
    Hinweis,
    /// `E`: the Antrag cannot be sent.
    Sperre,
}

impl Schwere {
    /// `E` or `W`.
    pub fn kuerzel(self) -> &'static str {
        match self {
            Schwere::Sperre => "E",
            Schwere::Hinweis => "W",
        }
    }
}

/// One finding. It may quote an answer: it is for the applicant and the caseworker, never for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Befund {
    /// Path of the answer: `begleitpersonen[1].geburt.datum`.
    pub feld: String,
    /// Code of the [`Vorlage`].
    pub regel: &'static str,
    pub parameter: Vec<(&'static str, Parameter)>,
    /// Where the applicant can mend it.
    pub ort: Ort,
}

/// What fills a `{parameter}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// The same in every language: a number, a date, a name.
    Text(String),
    /// A label of the declaration: its key in the files of other languages, and the German text.
    Label(&'static str, &'static str),
}

/// A page of a form, and the entry that it asks about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ort {
    pub seite: &'static str,
    /// Empty, or the entry with a full stop: `personen[1].`
    pub praefix: String,
}

impl Befund {
    /// The Vorlage of this Befund.
    pub fn vorlage(&self) -> &'static Vorlage {
        vorlage(self.regel)
    }

    pub fn schwere(&self) -> Schwere {
        self.vorlage().schwere
    }

    pub fn is_sperre(&self) -> bool {
        self.schwere() == Schwere::Sperre
    }

    /// What it says, in the language of `texte`.
    pub fn text(&self, texte: &Texte) -> String {
        let vorlage = self.vorlage();
        let mut text = texte.get(&format!("befund.{}", self.regel), vorlage.text).to_owned();
        for (name, wert) in &self.parameter {
            let wert = match wert {
                Parameter::Text(wert) => wert.as_str(),
                // A label is that of a Feld or the name of a proof.
                Parameter::Label(key, deutsch) => texte
                    .get(&format!("label.{key}"), texte.get(&format!("nachweis.{key}"), deutsch)),
            };
            text = text.replace(&format!("{{{name}}}"), wert);
        }
        text
    }

    /// The object of the outside surface: `{feld, regel, schwere, text}`, in German.
    pub fn to_json(&self) -> serde_json::Value {
        self.to_json_in(&Texte::deutsch())
    }

    /// As [`Befund::to_json`], in the language of `texte`.
    pub fn to_json_in(&self, texte: &Texte) -> serde_json::Value {
        serde_json::json!({
            "feld": self.feld,
            "regel": self.regel,
            "schwere": self.schwere().kuerzel(),
            "text": self.text(texte),
        })
    }
}

/// Parameters of a Befund: `melde(…, &[zahl("min", 3)])`.
pub fn zahl(name: &'static str, wert: impl ToString) -> (&'static str, Parameter) {
    (name, Parameter::Text(wert.to_string()))
}

/// The parameter `{label}` of a Feld.
pub fn label(feld: &Datenfeld) -> (&'static str, Parameter) {
    ("label", Parameter::Label(feld.key, feld.label))
}

/// Looks a code up.
///
/// # Panics
/// On a code that the catalogue does not have; a test walks over all rules.
pub fn vorlage(code: &str) -> &'static Vorlage {
    VORLAGEN.iter().find(|it| it.code == code).expect("codes of rules are in the catalogue")
}
