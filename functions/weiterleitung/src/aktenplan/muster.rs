//! Patterns of the filing plan: text with questions in braces.

use ablage::Vorgang;
use chrono::Datelike as _;
use shared::{angaben::Angaben, formular::Formular, texte::Texte, zusammenfassung::antwort};

use super::name::objektname;

/// Stands where an answer is missing that the pattern names.
const OHNE_ANGABE: &str = "ohne Angabe";

/// A pattern, read and checked.
#[derive(Debug)]
pub(super) struct Muster(Vec<Teil>);

#[derive(Debug)]
enum Teil {
    Text(String),
    /// The first that is not empty counts.
    Platzhalter(Vec<String>),
}

/// What can stand in braces besides questions.
const WORTE: &[&str] =
    &["vorgangsnummer", "antrag", "titel", "betreff", "plan", "jahr", "monat", "tag"];
/// The same, of documents.
const WORTE_DATEINAME: &[&str] = &["nn", "typ", "name"];

/// What a document is, as far as its name goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dokumentart<'a> {
    /// `01`, `02`, …
    pub nn: &'a str,
    /// `Antrag`, `NV_LOHN`
    pub typ: &'a str,
    /// What its owner called it.
    pub name: &'a str,
}

impl Muster {
    /// Reads a pattern; the error says what is wrong with it.
    pub fn read(
        text: &str,
        formular: &'static Formular,
        is_dateiname: bool,
    ) -> Result<Muster, String> {
        let klammer = || format!("a brace in `{text}` has no partner");
        let mut teile = Vec::new();
        let mut rest = text;
        while let Some((davor, danach)) = rest.split_once('{') {
            let (innen, danach) = danach.split_once('}').ok_or_else(klammer)?;
            if davor.contains('}') || innen.contains('{') {
                return Err(klammer());
            }
            let worte: Vec<String> = innen.split('|').map(|wort| wort.trim().to_owned()).collect();
            for wort in &worte {
                let is_wort = WORTE.contains(&wort.as_str())
                    || is_dateiname && WORTE_DATEINAME.contains(&wort.as_str());
                if !is_wort && formular.feld(wort).is_none() {
                    let mut bekannt = WORTE.to_vec();
                    bekannt.extend(WORTE_DATEINAME.iter().filter(|_| is_dateiname));
                    return Err(format!(
                        "there is no `{{{wort}}}`; expected {}, or the path of a question",
                        bekannt.join(", ")
                    ));
                }
            }
            teile.push(Teil::Text(davor.to_owned()));
            teile.push(Teil::Platzhalter(worte));
            rest = danach;
        }
        if rest.contains('}') {
            return Err(klammer());
        }
        teile.push(Teil::Text(rest.to_owned()));
        Ok(Muster(teile))
    }
}

/// Where the words of patterns get their meaning.
pub(super) struct Quelle<'a> {
    pub vorgang: &'a Vorgang,
    pub formular: &'static Formular,
    pub angaben: Angaben,
    /// The key of the Aktenplan.
    pub plan: &'a str,
}

impl Quelle<'_> {
    /// As a name.
    pub fn fill(&self, muster: &Muster, dokument: Option<Dokumentart<'_>>) -> String {
        objektname(&self.text(muster, dokument))
    }

    /// As a text.
    pub fn text(&self, muster: &Muster, dokument: Option<Dokumentart<'_>>) -> String {
        let mut text = String::new();
        for teil in &muster.0 {
            match teil {
                Teil::Text(fest) => text.push_str(fest),
                Teil::Platzhalter(worte) => {
                    let mut werte = worte.iter().map(|wort| self.value(wort, dokument));
                    let wert = werte.find(|wert| !wert.is_empty());
                    text.push_str(wert.as_deref().unwrap_or(OHNE_ANGABE));
                }
            }
        }
        text
    }

    fn value(&self, wort: &str, dokument: Option<Dokumentart<'_>>) -> String {
        let tag = self.vorgang.eingegangen_am.in_germany();
        match (wort, dokument) {
            ("vorgangsnummer", _) => self.vorgang.nummer.to_string(),
            ("antrag", _) => self.vorgang.antrag.clone(),
            ("titel", _) => self.formular.titel.to_owned(),
            ("betreff", _) => self.vorgang.betreff.clone(),
            ("plan", _) => self.plan.to_owned(),
            ("jahr", _) => tag.year().to_string(),
            ("monat", _) => format!("{:02}", tag.month()),
            ("tag", _) => format!("{:02}", tag.day()),
            ("nn", Some(art)) => art.nn.to_owned(),
            ("typ", Some(art)) => art.typ.to_owned(),
            ("name", Some(art)) => {
                art.name.rsplit_once('.').map_or(art.name, |(stamm, _)| stamm).to_owned()
            }
            (pfad, _) => match (self.formular.feld(pfad), self.angaben.text(pfad)) {
                (Some(feld), Some(text)) => antwort(feld, text, &Texte::deutsch()),
                _ => String::new(),
            },
        }
    }
}
