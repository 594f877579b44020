//! Which type and which properties of a DMS stand for ours: a table in the settings, since they
//! differ in every town.

use std::collections::BTreeMap;

use crate::{
    aktenplan::{Ablageplan, Aktenplan, FELDER, Was},
    lesen::{Formfehler, Objekt},
};

/// The type of one kind of object, and its properties by our logical fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Zuordnung {
    typ: String,
    /// Instead of `typ` for a rights class.
    je_rechteklasse: BTreeMap<String, String>,
    /// CMIS: a secondary type that has the properties.
    pub sekundaertyp: Option<String>,
    /// Logical field and property.
    eigenschaften: Vec<(&'static str, String)>,
}

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Art {
    Akte,
    Vorgang,
    Dokument,
}

impl Zuordnung {
    /// Reads the object `akte`, `vorgang` or `dokument`. `typ_name` is what adapters call the type.
    pub fn read(
        alle: &mut Objekt,
        art: Art,
        typ_name: &'static str,
        typ: Option<&str>,
    ) -> Result<Zuordnung, Formfehler> {
        let mut roh = alle.objekt(match art {
            Art::Akte => "akte",
            Art::Vorgang => "vorgang",
            Art::Dokument => "dokument",
        })?;
        let typ = match (roh.text(typ_name)?, typ) {
            (Some(typ), _) if !typ.trim().is_empty() => typ,
            (None, Some(typ)) => typ.to_owned(),
            _ => {
                let grund = format!("expected the id of the {typ_name}, such as \"ABHAKTE\"");
                return Err(roh.fehler(typ_name, grund));
            }
        };
        let sekundaertyp = match typ_name {
            "typ" => roh.text("sekundaertyp")?,
            _ => None,
        };
        let je_rechteklasse = roh.objekt("je_rechteklasse")?.texte()?.into_iter().collect();
        let innen = roh.objekt("eigenschaften")?;
        let mut eigenschaften = Vec::new();
        let bekannt = FELDER.iter().filter(|feld| match art {
            Art::Akte => feld.akte,
            Art::Vorgang => feld.vorgang,
            Art::Dokument => feld.dokument,
        });
        let bekannt: Vec<&'static str> = bekannt.map(|feld| feld.name).collect();
        let pfad = innen.fehler("", "").schluessel;
        for (name, id) in innen.texte()? {
            let schluessel = format!("{pfad}{name}");
            let Some(feld) = bekannt.iter().find(|feld| **feld == name) else {
                let grund = format!("no such field here; there are {}", bekannt.join(", "));
                return Err(Formfehler { schluessel, grund });
            };
            if id.trim().is_empty() {
                let grund = "expected the id of a property".to_owned();
                return Err(Formfehler { schluessel, grund });
            }
            eigenschaften.push((*feld, id));
        }
        roh.finish()?;
        Ok(Zuordnung { typ, je_rechteklasse, sekundaertyp, eigenschaften })
    }

    /// The property that stands for a field.
    pub fn property(&self, feld: &str) -> Option<&str> {
        let (_, id) = self.eigenschaften.iter().find(|(eigenes, _)| *eigenes == feld)?;
        Some(id)
    }

    /// The rights classes that have a type of their own.
    pub fn rechteklassen(&self) -> impl Iterator<Item = &str> {
        self.je_rechteklasse.keys().map(String::as_str)
    }

    pub(super) fn typ(&self, plan: &Ablageplan) -> &str {
        self.je_rechteklasse.get(&plan.rechte).unwrap_or(&self.typ)
    }

    /// Properties with their values; those of which there is nothing to say are left out.
    pub(super) fn eigenschaften(&self, plan: &Ablageplan, was: Was<'_>) -> Vec<(String, String)> {
        let werte = self.eigenschaften.iter();
        werte.filter_map(|(feld, id)| Some((id.clone(), plan.value(feld, was)?))).collect()
    }
}

/// A rights class that no filing plan names is a slip.
pub(crate) fn check_rechteklassen(
    roh: &Objekt,
    zuordnungen: &[&Zuordnung],
    aktenplan: &Aktenplan,
) -> Result<(), Formfehler> {
    let bekannt: Vec<&str> = aktenplan.rechte().collect();
    let mut alle = zuordnungen.iter().flat_map(|eine| eine.rechteklassen());
    match alle.find(|klasse| !bekannt.contains(klasse)) {
        None => Ok(()),
        Some(fremd) => {
            let grund =
                format!("no filing plan names this rights class; there are {}", bekannt.join(", "));
            Err(roh.fehler(&format!("je_rechteklasse.{fremd}"), grund))
        }
    }
}
