//! A part of an application that somebody else fills in.

use std::collections::HashSet;

use crate::{
    angaben::{Angaben, Herkunft, View},
    formular::{Bedingung, Formular, Schritt, Seitenort},
    texte::Texte,
    werte::Datum,
};

/// A part of an application that somebody else fills in over a link of their own, without seeing the
/// rest: the employer's part of a Beschäftigungserlaubnis.
pub struct Zulieferung {
    /// When the part comes that way, and not from the applicant.
    pub wenn: Bedingung,
    /// Ids of the Schritte of the application that are the part.
    pub schritte: &'static [&'static str],
    /// The part as they see it: made of the same pages, with what it takes to confirm it.
    pub formular: &'static Formular,
    /// Who they are.
    pub herkunft: Herkunft,
    /// The kind of proof that the confirmed part becomes.
    pub nachweis: &'static str,
    /// The answers of the application that the checks of the part need, and no others.
    pub vorgaben: fn(&View<'_>, Datum) -> Angaben,
    /// Paths of the Vorgaben that only the checks on the server see.
    pub verdeckt: &'static [&'static str],
    /// What the part is recognised by: the name of the person.
    pub person: fn(&View<'_>) -> String,
    /// Path of the answer with which they confirm the part.
    pub bestaetigung: &'static str,
    /// Paths of what the server says about the confirmation: its number, day and time.
    pub nummer: &'static str,
    pub tag: &'static str,
    pub zeit: &'static str,
    /// Findings that speak to the applicant, in other words: code and text.
    pub befunde: &'static [(&'static str, &'static str)],
}

impl Zulieferung {
    /// What they may see of the Vorgaben.
    pub fn sichtbar(&self, vorgaben: &Angaben) -> Angaben {
        let mut sichtbar = vorgaben.clone();
        for pfad in self.verdeckt {
            sichtbar.set(pfad, "");
        }
        sichtbar
    }

    /// German texts in which findings speak to them.
    pub fn texte(&self) -> Texte {
        let texte = self
            .befunde
            .iter()
            .map(|(code, text)| (format!("befund.{code}"), serde_json::Value::from(*text)));
        let texte = serde_json::Value::Object(texte.collect());
        Texte::from_json("de", &texte).expect("an object of texts was built on the line above")
    }
}

impl Formular {
    /// Whether somebody else fills in this Schritt, given the answers that are asked.
    pub fn is_zugeliefert(&self, schritt: &Schritt, asked: &Angaben, stichtag: Datum) -> bool {
        self.zulieferung.is_some_and(|it| {
            it.schritte.contains(&schritt.id) && it.wenn.holds(asked, "", stichtag)
        })
    }

    /// As [`Formular::seiten`], without the pages that somebody else fills in.
    pub fn eigene_seiten(&self, asked: &Angaben, stichtag: Datum) -> Vec<Seitenort> {
        let mut seiten = self.seiten(asked, stichtag);
        seiten.retain(|it| !self.is_zugeliefert(it.schritt, asked, stichtag));
        seiten
    }

    /// Removes every answer of the part that somebody else fills in.
    pub fn remove_zulieferung(&self, angaben: &mut Angaben) {
        let pfade = self.zulieferung_pfade(angaben);
        for pfad in pfade {
            angaben.remove(&pfad);
        }
    }

    /// Puts a confirmed part into the application, in the place of whatever stood there. What does
    /// not belong to the part stays out.
    pub fn join_zulieferung(&self, teil: &Angaben, angaben: &mut Angaben) {
        self.remove_zulieferung(angaben);
        for pfad in self.zulieferung_pfade(teil) {
            teil.copy(&pfad, angaben);
        }
    }

    /// The paths of answers that lie on pages of the part.
    fn zulieferung_pfade(&self, angaben: &Angaben) -> Vec<String> {
        let Some(zulieferung) = self.zulieferung else { return Vec::new() };
        let schritte = self.abschnitte.iter().flat_map(|it| it.schritte);
        let seiten =
            schritte.filter(|it| zulieferung.schritte.contains(&it.id)).flat_map(|it| it.seiten);
        let schema: HashSet<String> =
            seiten.flat_map(|it| crate::pruefung::schema_pfade(it.inhalt)).collect();
        angaben
            .iter()
            .map(|(pfad, _)| pfad)
            .filter(|pfad| schema.contains(&crate::pruefung::schema_pfad(pfad)))
            .map(str::to_owned)
            .collect()
    }
}
