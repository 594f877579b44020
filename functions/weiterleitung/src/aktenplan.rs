//! The filing plan: where an application is filed in the DMS, what its Akte, Vorgang and documents
//! are called, who may see them and how long they are kept. All of it is settings of the
//! municipality; what comes out is a value, the [`Ablageplan`], that says what is filed. Adapters
//! carry it out, and `cargo xtask filing` prints it.

mod muster;
mod name;
mod plan;

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use ablage::Vorgang;
use serde_json::Value;
use shared::{antraege, formular::Formular};

use self::muster::{Dokumentart, Muster, Quelle as Woerter};
pub use self::plan::{
    Ablageplan, Aktenplaneinheit, Aussonderung, Aussonderungsart, Dokumentplan, Dokumentquelle,
    Frist, Objektplan, Vertraulichkeit, Zustaendig,
};
pub(crate) use self::{
    name::{endung, segments},
    plan::{FELDER, STAND_FERTIG, Was, hex},
};
use crate::{
    lesen::{Formfehler, Objekt},
    zusteller::{NACHRICHT, ZUSAMMENFASSUNG},
};

/// The filing plans of the variable `aktenplan`: JSON, an object whose keys are ids of
/// applications.
///
/// ```json
/// {"verpflichtungserklaerung": {
///     "ablage": "wir",
///     "aktenplan": "33 Ausländerwesen/33.30.10 Verpflichtungserklärungen",
///     "akte_muster": "{geber.familienname.name|geber.organisation.name}, {jahr}",
///     "vorgang_muster": "{vorgangsnummer}",
///     "dateiname_muster": "{nn}_{typ}_{vorgangsnummer}",
///     "rechte": "auslaenderwesen",
///     "aussonderung": {"jahre": 10, "art": "B"}
/// }}
/// ```
///
/// | key | what it is | without it |
/// |---|---|---|
/// | `ablage` | who files: `wir`, `fachverfahren` (then we do not) or `beide` | `wir` |
/// | `aktenplan` | the folders above the Akte, from the top, parted by `/` | none |
/// | `kennzeichen` | the key of the Aktenplan | first word of the last folder if it begins with a digit |
/// | `bezeichnung` | what that key stands for | the words behind it |
/// | `akte_muster` | name of the Akte | `{titel} {jahr}`: one a year, and nobody's name stands in it |
/// | `akte_schluessel_muster` | what makes an Akte the same one | its name |
/// | `akte_betreff_muster` | its subject | its name |
/// | `vorgang_muster` | name of the Vorgang | `{vorgangsnummer}` |
/// | `vorgang_betreff_muster` | its subject | `{titel} {vorgangsnummer}` |
/// | `dateiname_muster` | names of documents, without ending | `{nn}_{typ}_{vorgangsnummer}` |
/// | `rechte` | the rights class: who may see it | id of the application |
/// | `vertraulichkeit` | `geheim`, `nfd`, `offen`, `streng geheim`, `vertraulich` | not told |
/// | `aussonderung` | `jahre` (1 to 120, or `"unbefristet"`) and `art` (`A` archive, `B` to be judged, `V` destroy) | not told: the DMS decides |
///
/// In patterns stand for themselves all characters but `{…}`, which holds one of
/// - `vorgangsnummer`, `antrag` (its id), `titel` (of the form), `betreff` (the people concerned),
///   `plan` (the key of the Aktenplan),
/// - `jahr`, `monat`, `tag`: of the receipt, in Germany,
/// - the path of a question, such as `geber.geburt.datum`: its answer as people read it,
/// - in `dateiname_muster` also `nn` (`01`, `02`, …), `typ` (`Antrag`, `Nachricht`, `NV_LOHN`) and
///   `name` (what its owner called the file),
///
/// or several of them parted by `|`, of which the first that is not empty counts. Characters that a
/// DMS refuses in names (`/ \ : " * ? < > |` and control characters) become `_`.
#[derive(Debug, Default)]
pub struct Aktenplan {
    eintraege: BTreeMap<String, Eintrag>,
}

/// Why a filing plan cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct KeinAktenplan(#[from] Formfehler);

#[derive(Debug)]
struct Eintrag {
    zustaendig: Zustaendig,
    ordner: Vec<String>,
    einheit: Option<Aktenplaneinheit>,
    akte: Muster,
    akte_schluessel: Option<Muster>,
    akte_betreff: Option<Muster>,
    vorgang: Muster,
    vorgang_betreff: Muster,
    dateiname: Muster,
    rechte: String,
    vertraulichkeit: Option<Vertraulichkeit>,
    aussonderung: Option<Aussonderung>,
}

impl FromStr for Aktenplan {
    type Err = KeinAktenplan;

    /// Reads the settings and checks all patterns. Empty text is no settings.
    fn from_str(text: &str) -> Result<Aktenplan, KeinAktenplan> {
        let mut alle = Objekt::parse(text)?;
        let mut eintraege = BTreeMap::new();
        for formular in antraege::ANTRAEGE {
            let eintrag = match alle.objekt_of(formular.id)? {
                Some(eintrag) => Eintrag::read(eintrag, formular)?,
                None => Eintrag::read(Objekt::parse("")?, formular)?,
            };
            eintraege.insert(formular.id.to_owned(), eintrag);
        }
        if let Some(fremd) = alle.unbekannt() {
            let ids: Vec<&str> = antraege::ANTRAEGE.iter().map(|formular| formular.id).collect();
            let grund = format!("there is no such application; there are {}", ids.join(", "));
            return Err(alle.fehler(fremd, grund).into());
        }
        Ok(Aktenplan { eintraege })
    }
}

impl Aktenplan {
    /// Plans the filing of an application, or of what was sent after it under the name `folge`, into
    /// the same Vorgang. `None` if the application is not known any more.
    pub fn plan(&self, vorgang: &Vorgang, folge: &str) -> Option<Ablageplan> {
        let eintrag = self.eintraege.get(&vorgang.antrag)?;
        let formular = antraege::find(&vorgang.antrag)?;
        let daten = serde_json::from_slice(&vorgang.daten).ok()?;
        let angaben = formular.import(&daten).ok()?;
        let plan = eintrag.einheit.as_ref().map_or("", |einheit| &einheit.kennzeichen);
        let woerter = Woerter { vorgang, formular, angaben, plan };

        let akte = woerter.fill(&eintrag.akte, None);
        let akte_schluessel = match &eintrag.akte_schluessel {
            Some(muster) => woerter.text(muster, None),
            None => akte.clone(),
        };
        let betreff = |muster: &Muster| woerter.text(muster, None);
        Some(Ablageplan {
            antrag: vorgang.antrag.clone(),
            titel: formular.titel.to_owned(),
            vorgangsnummer: vorgang.nummer.to_string(),
            eingegangen_am: vorgang.eingegangen_am,
            zustaendig: eintrag.zustaendig,
            ordner: eintrag.ordner.clone(),
            einheit: eintrag.einheit.clone(),
            akte: Objektplan {
                schluessel: format!("{}:{akte_schluessel}", vorgang.antrag),
                betreff: eintrag.akte_betreff.as_ref().map_or_else(|| akte.clone(), betreff),
                name: akte,
            },
            vorgang: Objektplan {
                schluessel: vorgang.nummer.to_string(),
                name: woerter.fill(&eintrag.vorgang, None),
                betreff: betreff(&eintrag.vorgang_betreff),
            },
            dokumente: dokumente(vorgang, formular, eintrag, &woerter, folge),
            rechte: eintrag.rechte.clone(),
            vertraulichkeit: eintrag.vertraulichkeit,
            aussonderung: eintrag.aussonderung,
        })
    }

    /// All rights classes that are named.
    pub(crate) fn rechte(&self) -> impl Iterator<Item = &str> {
        self.eintraege.values().map(|eintrag| eintrag.rechte.as_str())
    }
}

/// The documents of a delivery: the application as people read it, the message, the proofs. Those of
/// all deliveries of a Vorgang are numbered through in the order of sending, since they lie together.
fn dokumente(
    vorgang: &Vorgang,
    formular: &'static Formular,
    eintrag: &Eintrag,
    woerter: &Woerter<'_>,
    folge: &str,
) -> Vec<Dokumentplan> {
    let folgen = vorgang.zustellungen.iter().map(|zustellung| zustellung.folge.as_str());
    let folgen: BTreeSet<&str> = folgen.chain(["", folge]).collect();
    let alle = folgen.into_iter().flat_map(|folge| {
        let dokumente = dokumente_of(vorgang, formular, folge);
        dokumente.into_iter().map(move |dokument| (folge, dokument))
    });
    let mut dokumente = Vec::new();
    let mut vergeben: Vec<String> = Vec::new();
    for (nummer, (teil, mut dokument)) in (1..).zip(alle) {
        let nn = format!("{nummer:02}");
        let name = dokument.original.as_deref().unwrap_or(&dokument.typ);
        let art = Dokumentart { nn: &nn, typ: &dokument.typ, name };
        let endung = endung(&dokument.medientyp);
        let mut stamm = woerter.fill(&eintrag.dateiname, Some(art));
        // A pattern without `{nn}` may give two documents one name.
        if vergeben.contains(&format!("{stamm}.{endung}")) {
            stamm = format!("{stamm}_{nn}");
        }
        dokument.nummer = nummer;
        dokument.schluessel = format!("{}-{nn}", vorgang.nummer);
        dokument.name = format!("{stamm}.{endung}");
        vergeben.push(dokument.name.clone());
        if teil == folge {
            dokumente.push(dokument);
        }
    }
    dokumente
}

/// The documents of one delivery, without number and name.
fn dokumente_of(vorgang: &Vorgang, formular: &'static Formular, folge: &str) -> Vec<Dokumentplan> {
    let arten = match folge {
        "" => vec![(ZUSAMMENFASSUNG, "Antrag"), (NACHRICHT, "Nachricht")],
        folge => vec![(folge, "Nachricht")],
    };
    let nachrichten = arten.into_iter().filter_map(|(art, typ)| {
        let nachricht = vorgang.nachrichten.iter().find(|nachricht| nachricht.art == art)?;
        Some(Dokumentplan {
            schluessel: String::new(),
            nummer: 0,
            name: String::new(),
            typ: typ.to_owned(),
            bezeichnung: match typ {
                "Antrag" => formular.titel.to_owned(),
                _ => "Nachricht an das Fachverfahren".to_owned(),
            },
            original: None,
            medientyp: nachricht.medientyp.clone(),
            groesse: nachricht.groesse,
            sha256: nachricht.sha256,
            quelle: Dokumentquelle::Nachricht(art.to_owned()),
        })
    });
    let anlagen = vorgang.anlagen.iter().filter(|anlage| anlage.folge == folge);
    let anlagen = anlagen.map(|anlage| Dokumentplan {
        schluessel: String::new(),
        nummer: 0,
        name: String::new(),
        typ: anlage.typ.clone(),
        bezeichnung: formular.nachweisart(&anlage.typ).map_or("Nachweis", |art| art.name).into(),
        original: Some(anlage.name.clone()),
        medientyp: anlage.medientyp.clone(),
        groesse: anlage.groesse,
        sha256: anlage.sha256,
        quelle: Dokumentquelle::Anlage(anlage.id.clone()),
    });
    nachrichten.chain(anlagen).collect()
}

impl Eintrag {
    fn read(mut roh: Objekt, formular: &'static Formular) -> Result<Eintrag, Formfehler> {
        let ordner = segments(&roh.text("aktenplan")?.unwrap_or_default());
        let eintrag = Eintrag {
            zustaendig: roh
                .wahl(
                    "ablage",
                    &[
                        ("wir", Zustaendig::Wir),
                        ("fachverfahren", Zustaendig::Fachverfahren),
                        ("beide", Zustaendig::Beide),
                    ],
                )?
                .unwrap_or(Zustaendig::Wir),
            einheit: einheit(&mut roh, ordner.last())?,
            ordner,
            akte: muster(&mut roh, formular, "akte_muster", "{titel} {jahr}")?,
            akte_schluessel: muster_oder(&mut roh, formular, "akte_schluessel_muster")?,
            akte_betreff: muster_oder(&mut roh, formular, "akte_betreff_muster")?,
            vorgang: muster(&mut roh, formular, "vorgang_muster", "{vorgangsnummer}")?,
            vorgang_betreff: {
                let sonst = "{titel} {vorgangsnummer}";
                muster(&mut roh, formular, "vorgang_betreff_muster", sonst)?
            },
            dateiname: {
                let sonst = "{nn}_{typ}_{vorgangsnummer}";
                muster(&mut roh, formular, "dateiname_muster", sonst)?
            },
            rechte: match roh.text("rechte")? {
                Some(klasse) if klasse.trim().is_empty() => {
                    return Err(roh.fehler("rechte", "expected the name of a rights class"));
                }
                Some(klasse) => klasse,
                None => formular.id.to_owned(),
            },
            vertraulichkeit: roh.wahl("vertraulichkeit", &Vertraulichkeit::WORTE)?,
            aussonderung: aussonderung(&mut roh)?,
        };
        roh.finish()?;
        Ok(eintrag)
    }
}

fn muster(
    roh: &mut Objekt,
    formular: &'static Formular,
    schluessel: &'static str,
    sonst: &str,
) -> Result<Muster, Formfehler> {
    let text = roh.text(schluessel)?;
    Muster::read(text.as_deref().unwrap_or(sonst), formular, schluessel == "dateiname_muster")
        .map_err(|grund| roh.fehler(schluessel, grund))
}

fn muster_oder(
    roh: &mut Objekt,
    formular: &'static Formular,
    schluessel: &'static str,
) -> Result<Option<Muster>, Formfehler> {
    let Some(text) = roh.text(schluessel)? else { return Ok(None) };
    let muster = Muster::read(&text, formular, false);
    Ok(Some(muster.map_err(|grund| roh.fehler(schluessel, grund))?))
}

/// `33.30.10 Verpflichtungserklärungen` has the key `33.30.10`.
fn einheit(
    roh: &mut Objekt,
    unterste: Option<&String>,
) -> Result<Option<Aktenplaneinheit>, Formfehler> {
    let (kennzeichen, bezeichnung) = (roh.text("kennzeichen")?, roh.text("bezeichnung")?);
    let gelesen = unterste
        .map(|ordner| ordner.split_once(' ').unwrap_or((ordner, "")))
        .filter(|(wort, _)| wort.starts_with(|zeichen: char| zeichen.is_ascii_digit()));
    let (wort, rest) = gelesen.unwrap_or_default();
    let kennzeichen = kennzeichen.unwrap_or_else(|| wort.to_owned());
    let bezeichnung = bezeichnung.unwrap_or_else(|| rest.to_owned());
    if kennzeichen.is_empty() && !bezeichnung.is_empty() {
        let grund = "expected the key of the Aktenplan beside its `bezeichnung`";
        return Err(roh.fehler("kennzeichen", grund));
    }
    Ok((!kennzeichen.is_empty()).then_some(Aktenplaneinheit { kennzeichen, bezeichnung }))
}

fn aussonderung(roh: &mut Objekt) -> Result<Option<Aussonderung>, Formfehler> {
    let mut innen = roh.objekt("aussonderung")?;
    let frist = match innen.take("jahre") {
        None => None,
        Some(Value::String(wort)) if wort == "unbefristet" => Some(Frist::Unbefristet),
        Some(wert) => match wert.as_u64() {
            Some(jahre @ 1..=120) => Some(Frist::Jahre(jahre as u16)),
            _ => {
                let grund = "expected a whole number from 1 to 120, or \"unbefristet\"";
                return Err(innen.fehler("jahre", grund));
            }
        },
    };
    let art = innen.wahl(
        "art",
        &[
            ("A", Aussonderungsart::Archivieren),
            ("B", Aussonderungsart::Bewerten),
            ("V", Aussonderungsart::Vernichten),
        ],
    )?;
    innen.finish()?;
    Ok((frist.is_some() || art.is_some()).then_some(Aussonderung { frist, art }))
}

#[cfg(test)]
mod tests {
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
        check("{,", "`/`: no JSON at line 1, column 2");
        check("[]", "`/`: expected an object, such as {}");
        check(
            r#"{"gibtsnicht":{}}"#,
            "`gibtsnicht`: there is no such application; there are einbuergerung, \
             verpflichtungserklaerung, beschaeftigungserlaubnis",
        );
        for (wert, schluessel, grund) in [
            (r#"{"akte":1}"#, "akte", "no such key here; there are aktenplan, ablage, "),
            (r#"{"akte_muster":1}"#, "akte_muster", "expected a text in quotes"),
            (
                r#"{"akte_muster":"{geber.haarfarbe}"}"#,
                "akte_muster",
                "there is no `{geber.haarfarbe}`; expected vorgangsnummer, ",
            ),
            (r#"{"akte_muster":"{nn}"}"#, "akte_muster", "there is no `{nn}`; expected "),
            (r#"{"akte_muster":"{jahr"}"#, "akte_muster", "a brace in `{jahr` has no partner"),
            (r#"{"akte_muster":"jahr}"}"#, "akte_muster", "a brace in `jahr}` has no partner"),
            (r#"{"akte_muster":"{a{b}"}"#, "akte_muster", "a brace in `{a{b}` has no partner"),
            (r#"{"ablage":"ich"}"#, "ablage", r#"expected "wir" or "fachverfahren" or "beide""#),
            (
                r#"{"aussonderung":{"jahre":0}}"#,
                "aussonderung.jahre",
                r#"expected a whole number from 1 to 120, or "unbefristet""#,
            ),
            (r#"{"aussonderung":{"art":"X"}}"#, "aussonderung.art", r#"expected "A" or "B""#),
            (
                r#"{"bezeichnung":"Aufenthalt"}"#,
                "kennzeichen",
                "expected the key of the Aktenplan beside its `bezeichnung`",
            ),
            (r#"{"rechte":" "}"#, "rechte", "expected the name of a rights class"),
        ] {
            let error = with(wert).parse::<Aktenplan>().unwrap_err().to_string();
            let expect = format!("`verpflichtungserklaerung.{schluessel}`: {grund}");
            assert!(error.starts_with(&expect), "{error} for {wert}");
        }
    }

    #[test]
    fn the_key_of_the_plan_stands_in_its_folder() {
        let read = |wert: &str| {
            let text = format!(r#"{{"verpflichtungserklaerung":{wert}}}"#);
            let plan: Aktenplan = text.parse().unwrap();
            plan.eintraege["verpflichtungserklaerung"].einheit.clone()
        };
        let einheit = |kennzeichen: &str, bezeichnung: &str| {
            Some(Aktenplaneinheit {
                kennzeichen: kennzeichen.to_owned(),
                bezeichnung: bezeichnung.to_owned(),
            })
        };
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"aktenplan":"33/33.30 Aufenthalt"}"#), einheit("33.30", "Aufenthalt"));
        assert_eq!(read(r#"{"aktenplan":"33/33.30"}"#), einheit("33.30", ""));
        assert_eq!(read(r#"{"aktenplan":"Ausländeramt 3"}"#), None);
        let eigenes = r#"{"aktenplan":"Amt","kennzeichen":"32-1","bezeichnung":"VE"}"#;
        assert_eq!(read(eigenes), einheit("32-1", "VE"));
    }
}
