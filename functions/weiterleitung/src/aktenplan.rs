//! Where an application is filed in the DMS, and what its documents are called: settings of the
//! municipality.

use std::{collections::BTreeMap, str::FromStr};

use ablage::Vorgang;
use chrono::Datelike as _;
use serde::Deserialize;
use shared::{
    angaben::Angaben, antraege, formular::Formular, texte::Texte, zusammenfassung::antwort,
};
use unicode_normalization::UnicodeNormalization as _;

/// Longest name of an object, in characters: what common file systems behind a DMS take.
const NAME_MAX: usize = 120;
/// Stands where an answer is missing that the pattern names.
const OHNE_ANGABE: &str = "ohne Angabe";

/// The filing plans of the variable `aktenplan`: JSON, an object whose keys are ids of
/// applications.
///
/// ```json
/// {"verpflichtungserklaerung": {
///     "aktenplan": "33/33.30.10",
///     "akte_muster": "{geber.familienname.name|geber.organisation.name}, {jahr}",
///     "vorgang_muster": "{vorgangsnummer}",
///     "dateiname_muster": "{nn}_{typ}_{vorgangsnummer}"
/// }}
/// ```
///
/// `aktenplan` names the folders above the Akte, from `dms_pfad` down, parted by `/`; empty means
/// none. In patterns stand for themselves all characters but `{…}`, which holds one of
/// - `vorgangsnummer`, `antrag` (its id), `titel` (of the form), `betreff` (the people concerned),
/// - `jahr`, `monat`, `tag`: of the receipt, in Germany,
/// - the path of a question, such as `geber.geburt.datum`: its answer as people read it,
/// - in `dateiname_muster` also `nn` (`01`, `02`, …), `typ` (`Antrag`, `Nachricht`, `NV_LOHN`) and
///   `name` (what its owner called the file),
///
/// or several of them parted by `|`, of which the first that is not empty counts. What is left out
/// has its default: no `aktenplan`, `{titel} {jahr}`, `{vorgangsnummer}` and
/// `{nn}_{typ}_{vorgangsnummer}`; so there is one Akte a year, and nobody's name stands in it.
///
/// Characters that a DMS refuses (`/ \ : " * ? < > |` and control characters) become `_`.
/// `akte_typ`, `vorgang_typ` and `dokument_typ` are types of the repository (`cmis:folder`,
/// `cmis:folder`, `cmis:document`).
#[derive(Debug, Default)]
pub struct Aktenplan {
    eintraege: BTreeMap<String, Eintrag>,
}

/// Why a filing plan cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeinAktenplan {
    /// It is no JSON of the right shape.
    #[error("{0}")]
    Json(String),
    /// It names an application that there is not.
    #[error("there is no application `{0}`")]
    Antrag(String),
    /// A pattern has a brace without its partner.
    #[error("a brace in `{0}` has no partner")]
    Klammer(String),
    /// A pattern names something that there is not.
    #[error("there is no `{{{0}}}`")]
    Platzhalter(String),
}

/// How the objects of one Vorgang are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ablageort {
    /// The folders above the Akte, from the top.
    pub aktenplan: Vec<String>,
    pub akte: String,
    pub vorgang: String,
    /// The names of the documents, in the order in which they were asked for, all different.
    pub dokumente: Vec<String>,
    pub typen: Objekttypen,
}

/// The types of the repository that objects are created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Objekttypen {
    pub akte: String,
    pub vorgang: String,
    pub dokument: String,
}

/// What a document is, as far as its name goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dokumentart<'a> {
    /// `Antrag`, `NV_LOHN`
    pub typ: &'a str,
    /// What its owner called it.
    pub name: &'a str,
    pub medientyp: &'a str,
}

#[derive(Debug)]
struct Eintrag {
    aktenplan: Vec<String>,
    akte: Muster,
    vorgang: Muster,
    dateiname: Muster,
    typen: Objekttypen,
}

/// An entry as it stands in the settings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roheintrag {
    #[serde(default)]
    aktenplan: String,
    #[serde(default = "akte_muster")]
    akte_muster: String,
    #[serde(default = "vorgang_muster")]
    vorgang_muster: String,
    #[serde(default = "dateiname_muster")]
    dateiname_muster: String,
    #[serde(default = "folder")]
    akte_typ: String,
    #[serde(default = "folder")]
    vorgang_typ: String,
    #[serde(default = "document")]
    dokument_typ: String,
}

impl Default for Roheintrag {
    fn default() -> Roheintrag {
        Roheintrag {
            aktenplan: String::new(),
            akte_muster: akte_muster(),
            vorgang_muster: vorgang_muster(),
            dateiname_muster: dateiname_muster(),
            akte_typ: folder(),
            vorgang_typ: folder(),
            dokument_typ: document(),
        }
    }
}

fn akte_muster() -> String {
    "{titel} {jahr}".to_owned()
}

fn vorgang_muster() -> String {
    "{vorgangsnummer}".to_owned()
}

fn dateiname_muster() -> String {
    "{nn}_{typ}_{vorgangsnummer}".to_owned()
}

fn folder() -> String {
    "cmis:folder".to_owned()
}

fn document() -> String {
    "cmis:document".to_owned()
}

impl FromStr for Aktenplan {
    type Err = KeinAktenplan;

    /// Reads the settings and checks all patterns. Empty text is no settings.
    fn from_str(text: &str) -> Result<Aktenplan, KeinAktenplan> {
        let text = if text.trim().is_empty() { "{}" } else { text };
        let mut roh: BTreeMap<String, Roheintrag> =
            serde_json::from_str(text).map_err(|error| KeinAktenplan::Json(error.to_string()))?;
        let mut eintraege = BTreeMap::new();
        for formular in antraege::ANTRAEGE {
            let eintrag = roh.remove(formular.id).unwrap_or_default();
            eintraege.insert(formular.id.to_owned(), Eintrag::read(eintrag, formular)?);
        }
        match roh.pop_first() {
            Some((id, _)) => Err(KeinAktenplan::Antrag(id)),
            None => Ok(Aktenplan { eintraege }),
        }
    }
}

impl Aktenplan {
    /// Names all that is to be filed. `None` if the application is not known any more.
    pub(crate) fn place(
        &self,
        vorgang: &Vorgang,
        dokumente: &[Dokumentart<'_>],
    ) -> Option<Ablageort> {
        let eintrag = self.eintraege.get(&vorgang.antrag)?;
        let formular = antraege::find(&vorgang.antrag)?;
        let daten = serde_json::from_slice(&vorgang.daten).ok()?;
        let quelle = Quelle { vorgang, formular, angaben: formular.import(&daten).ok()? };
        let mut namen: Vec<String> = Vec::new();
        for (index, art) in dokumente.iter().enumerate() {
            let nn = format!("{:02}", index + 1);
            let mut stamm = quelle.fill(&eintrag.dateiname, Some((&nn, art)));
            let endung = endung(art.medientyp);
            // A pattern without `{nn}` may give two documents one name.
            if namen.contains(&format!("{stamm}.{endung}")) {
                stamm = format!("{stamm}_{nn}");
            }
            namen.push(format!("{stamm}.{endung}"));
        }
        Some(Ablageort {
            aktenplan: eintrag.aktenplan.clone(),
            akte: quelle.fill(&eintrag.akte, None),
            vorgang: quelle.fill(&eintrag.vorgang, None),
            dokumente: namen,
            typen: eintrag.typen.clone(),
        })
    }
}

impl Eintrag {
    fn read(roh: Roheintrag, formular: &'static Formular) -> Result<Eintrag, KeinAktenplan> {
        let muster = |text: &str, is_dateiname| Muster::read(text, formular, is_dateiname);
        Ok(Eintrag {
            aktenplan: segments(&roh.aktenplan),
            akte: muster(&roh.akte_muster, false)?,
            vorgang: muster(&roh.vorgang_muster, false)?,
            dateiname: muster(&roh.dateiname_muster, true)?,
            typen: Objekttypen {
                akte: roh.akte_typ,
                vorgang: roh.vorgang_typ,
                dokument: roh.dokument_typ,
            },
        })
    }
}

/// The folders of a path, from the top.
pub(crate) fn segments(pfad: &str) -> Vec<String> {
    pfad.split('/').filter(|name| !name.trim().is_empty()).map(objektname).collect()
}

/// A pattern, read and checked.
#[derive(Debug)]
struct Muster(Vec<Teil>);

#[derive(Debug)]
enum Teil {
    Text(String),
    /// The first that is not empty counts.
    Platzhalter(Vec<String>),
}

/// What can stand in braces besides questions.
const WORTE: &[&str] = &["vorgangsnummer", "antrag", "titel", "betreff", "jahr", "monat", "tag"];
/// The same, of documents.
const WORTE_DATEINAME: &[&str] = &["nn", "typ", "name"];

impl Muster {
    fn read(
        text: &str,
        formular: &'static Formular,
        is_dateiname: bool,
    ) -> Result<Muster, KeinAktenplan> {
        let klammer = || KeinAktenplan::Klammer(text.to_owned());
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
                    return Err(KeinAktenplan::Platzhalter(wort.clone()));
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
struct Quelle<'a> {
    vorgang: &'a Vorgang,
    formular: &'static Formular,
    angaben: Angaben,
}

impl Quelle<'_> {
    fn fill(&self, muster: &Muster, dokument: Option<(&str, &Dokumentart<'_>)>) -> String {
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
        objektname(&text)
    }

    fn value(&self, wort: &str, dokument: Option<(&str, &Dokumentart<'_>)>) -> String {
        let tag = self.vorgang.eingegangen_am.in_germany();
        match (wort, dokument) {
            ("vorgangsnummer", _) => self.vorgang.nummer.to_string(),
            ("antrag", _) => self.vorgang.antrag.clone(),
            ("titel", _) => self.formular.titel.to_owned(),
            ("betreff", _) => self.vorgang.betreff.clone(),
            ("jahr", _) => tag.year().to_string(),
            ("monat", _) => format!("{:02}", tag.month()),
            ("tag", _) => format!("{:02}", tag.day()),
            ("nn", Some((nn, _))) => nn.to_owned(),
            ("typ", Some((_, art))) => art.typ.to_owned(),
            ("name", Some((_, art))) => {
                art.name.rsplit_once('.').map_or(art.name, |(stamm, _)| stamm).to_owned()
            }
            (pfad, _) => match (self.formular.feld(pfad), self.angaben.text(pfad)) {
                (Some(feld), Some(text)) => antwort(feld, text, &Texte::deutsch()),
                _ => String::new(),
            },
        }
    }
}

/// A text as a name that every DMS and the file systems behind it take.
pub(crate) fn objektname(text: &str) -> String {
    let sauber: String = text
        .nfc()
        .map(|zeichen| match zeichen {
            '/' | '\\' | ':' | '"' | '*' | '?' | '<' | '>' | '|' => '_',
            // Marks of direction change what is read without being seen.
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '_',
            zeichen if zeichen.is_control() => '_',
            zeichen if zeichen.is_whitespace() => ' ',
            zeichen => zeichen,
        })
        .collect();
    let worte: Vec<&str> = sauber.split(' ').filter(|wort| !wort.is_empty()).collect();
    let kurz: String = worte.join(" ").chars().take(NAME_MAX).collect();
    // Windows drops dots and blanks at the end; a name of dots alone is a way up.
    match kurz.trim_end_matches(['.', ' ']) {
        "" => "_".to_owned(),
        name => name.to_owned(),
    }
}

fn endung(medientyp: &str) -> &'static str {
    match medientyp {
        "application/pdf" => "pdf",
        "application/xml" | "text/xml" => "xml",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "text/plain" => "txt",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(settings: &str, expect: &str) {
        let gelesen = settings.parse::<Aktenplan>();
        assert_eq!(gelesen.map(|_| ()).unwrap_err().to_string(), expect);
    }

    #[test]
    fn settings_are_read_or_refused_with_a_reason() {
        assert!("".parse::<Aktenplan>().is_ok());
        assert!("{}".parse::<Aktenplan>().is_ok());
        let with = |wert: &str| format!(r#"{{"verpflichtungserklaerung":{wert}}}"#);
        check(r#"{"gibtsnicht":{}}"#, "there is no application `gibtsnicht`");
        check(&with(r#"{"akte_muster":"{geber.haarfarbe}"}"#), "there is no `{geber.haarfarbe}`");
        check(&with(r#"{"akte_muster":"{nn}"}"#), "there is no `{nn}`");
        check(&with(r#"{"akte_muster":"{jahr"}"#), "a brace in `{jahr` has no partner");
        check(&with(r#"{"akte_muster":"jahr}"}"#), "a brace in `jahr}` has no partner");
        check(&with(r#"{"akte_muster":"{a{b}"}"#), "a brace in `{a{b}` has no partner");
        assert!(with(r#"{"akte":1}"#).parse::<Aktenplan>().is_err());
    }

    #[test]
    fn names_are_what_every_dms_takes() {
        for (text, name) in [
            ("Müller, Erika", "Müller, Erika"),
            ("Mu\u{308}ller", "Müller"),
            (r#"a/b\c:d"e*f?g<h>i|j"#, "a_b_c_d_e_f_g_h_i_j"),
            ("a\u{0}b\nc\u{202E}d\t e", "a_b_c_d_ e"),
            ("  a   b  ", "a b"),
            ("..", "_"),
            ("GmbH & Co. KG.", "GmbH & Co. KG"),
            ("", "_"),
        ] {
            assert_eq!(objektname(text), name, "{text:?}");
        }
        assert_eq!(segments("/Ausländer//33.30/"), ["Ausländer", "33.30"]);
    }

    proptest! {
        #[test]
        fn a_name_is_never_a_path(text: String) {
            let name = objektname(&text);
            prop_assert!(!name.is_empty() && name.chars().count() <= NAME_MAX);
            prop_assert!(!name.contains(['/', '\\', ':', '"', '*', '?', '<', '>', '|']));
            prop_assert!(!name.contains(char::is_control));
            prop_assert_eq!(objektname(&name), name);
        }
    }
}
