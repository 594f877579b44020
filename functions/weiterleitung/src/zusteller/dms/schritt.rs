//! What an adapter is going to do, as a value.

use std::fmt;

use super::zuordnung::Zuordnung;
use crate::aktenplan::{Ablageplan, Dokumentplan, Was};

/// The filing of one Vorgang in the order in which it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ablauf {
    /// Which adapter, and where.
    pub ziel: String,
    /// Folders above the Akte, from the top; made if they are missing.
    pub ordner: Vec<String>,
    /// The Akte, which may be there already.
    pub akte: Schritt,
    /// The Vorgang.
    pub vorgang: Schritt,
    /// The documents.
    pub dokumente: Vec<Schritt>,
    /// What makes it complete.
    pub abschluss: String,
}

/// One object to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schritt {
    /// What it is.
    pub art: Schrittart,
    /// The path, folder or file, as the target has it.
    pub ort: String,
    /// What it is called.
    pub name: String,
    /// The external key.
    pub schluessel: String,
    /// Its type or category; empty where the target has none.
    pub typ: String,
    /// Properties of the target, and their values.
    pub eigenschaften: Vec<(String, String)>,
    /// Of documents.
    pub medientyp: String,
    /// Of documents, in bytes.
    pub groesse: u64,
}

/// What is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schrittart {
    /// An Akte.
    Akte,
    /// A Vorgang.
    Vorgang,
    /// A document.
    Dokument,
}

impl Schritt {
    pub(super) fn akte(plan: &Ablageplan, zuordnung: &Zuordnung, ort: String) -> Schritt {
        Schritt {
            art: Schrittart::Akte,
            ort,
            name: plan.akte.name.clone(),
            schluessel: plan.akte.schluessel.clone(),
            typ: zuordnung.typ(plan).to_owned(),
            eigenschaften: zuordnung.eigenschaften(plan, Was::Akte),
            medientyp: String::new(),
            groesse: 0,
        }
    }

    pub(super) fn vorgang(plan: &Ablageplan, zuordnung: &Zuordnung, ort: String) -> Schritt {
        Schritt {
            art: Schrittart::Vorgang,
            ort,
            name: plan.vorgang.name.clone(),
            schluessel: plan.vorgang.schluessel.clone(),
            typ: zuordnung.typ(plan).to_owned(),
            eigenschaften: zuordnung.eigenschaften(plan, Was::Vorgang),
            medientyp: String::new(),
            groesse: 0,
        }
    }

    pub(super) fn dokument(
        plan: &Ablageplan,
        zuordnung: &Zuordnung,
        dokument: &Dokumentplan,
        ort: String,
    ) -> Schritt {
        Schritt {
            art: Schrittart::Dokument,
            ort,
            name: dokument.name.clone(),
            schluessel: dokument.schluessel.clone(),
            typ: zuordnung.typ(plan).to_owned(),
            eigenschaften: zuordnung.eigenschaften(plan, Was::Dokument(dokument)),
            medientyp: dokument.medientyp.clone(),
            groesse: dokument.groesse,
        }
    }
}

/// For people: one paragraph for each object.
impl fmt::Display for Ablauf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Ziel      {}", self.ziel)?;
        for (tiefe, ordner) in self.ordner.iter().enumerate() {
            writeln!(f, "Ordner    {}{ordner}", "  ".repeat(tiefe))?;
        }
        let schritte = [&self.akte, &self.vorgang].into_iter().chain(&self.dokumente);
        for schritt in schritte {
            write!(f, "{schritt}")?;
        }
        writeln!(f, "Abschluss {}", self.abschluss)
    }
}

impl fmt::Display for Schritt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let art = match self.art {
            Schrittart::Akte => "Akte",
            Schrittart::Vorgang => "Vorgang",
            Schrittart::Dokument => "Dokument",
        };
        writeln!(f, "{art:9} {}", self.ort)?;
        writeln!(f, "            Schlüssel: {}", self.schluessel)?;
        if !self.typ.is_empty() {
            writeln!(f, "            Typ: {}", self.typ)?;
        }
        if self.art == Schrittart::Dokument {
            write!(f, "            Inhalt: {}", self.medientyp)?;
            match self.groesse {
                0 => writeln!(f)?,
                groesse => writeln!(f, ", {groesse} Byte")?,
            }
        }
        for (id, wert) in &self.eigenschaften {
            writeln!(f, "            {id} = {wert}")?;
        }
        Ok(())
    }
}
