//! `cargo xtask filing --dry-run`: what would be filed where, planned by the code that files.

use std::{fs, path::PathBuf};

use ablage::{Anlage, Anlagenherkunft, Nachricht, Pruefstand, Vorgang, Zeitpunkt, Zustellstand};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{NaiveDate, TimeDelta};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use shared::{antraege::ANTRAEGE, vorgangsnummer::Vorgangsnummer};
use weiterleitung::{Einstellungen, Variablen};

use super::{BLOCKED, CLEAN, Fall, Gegeben, message, read_anlagen, read_file, read_json, to_json};
use crate::demo;

/// Example settings of each kind of DMS.
const BEISPIELE: [(&str, &str); 3] = [
    ("cmis", include_str!("../../demo/dms/cmis.json")),
    ("dvelop", include_str!("../../demo/dms/dvelop.json")),
    ("xdomea", include_str!("../../demo/dms/xdomea.json")),
];

/// What the command line says.
pub struct Optionen {
    datei: PathBuf,
    ziel: Option<String>,
    einstellungen: Option<PathBuf>,
    anlagen: Vec<String>,
}

impl Optionen {
    pub fn read(parser: &mut Parser) -> Result<Optionen> {
        let (mut datei, mut ziel, mut einstellungen, mut is_dry) = (None, None, None, false);
        let mut anlagen = Vec::new();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Long("dry-run") => is_dry = true,
                Arg::Long("target") => ziel = Some(parser.value()?.string()?),
                Arg::Long("settings") => einstellungen = Some(parser.value()?.into()),
                Arg::Long("anlage") => anlagen.push(parser.value()?.string()?),
                Arg::Value(word) if datei.is_none() => datei = Some(word.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        if !is_dry {
            bail!("only the portal files; `--dry-run` prints what it would do");
        }
        let datei = datei.context("expected a file with a case, such as `fall.json`")?;
        Ok(Optionen { datei, ziel, einstellungen, anlagen })
    }
}

pub fn print(optionen: &Optionen) -> Result<u8> {
    let json = read_json(&optionen.datei)?;
    let daten = json.get("daten").unwrap_or(&json);
    let leika = daten["meta"]["leikaId"].as_str().unwrap_or_default();
    let formular = ANTRAEGE.iter().find(|formular| formular.leika == leika).with_context(|| {
        let alle: Vec<String> =
            ANTRAEGE.iter().map(|it| format!("{} ({})", it.leika, it.id)).collect();
        format!("`meta.leikaId` of the file is none of {}", alle.join(", "))
    })?;
    let fall = read_file(formular, &optionen.datei)?;
    let gegeben = read_anlagen(&optionen.anlagen)?;
    let ausfertigung = match message::write_both(&fall, &gegeben)? {
        Ok(ausfertigung) => ausfertigung,
        Err(befunde) => {
            eprintln!("{}", to_json(&befunde)?);
            return Ok(BLOCKED);
        }
    };
    let vorgang = vorgang(&fall, daten, &gegeben, &ausfertigung)?;
    let einstellungen = Einstellungen::read(&variablen(optionen)?)?;
    let dms = einstellungen.dms().context("the settings name no DMS")?;
    let plan = dms.plan(&vorgang).context("there is no plan for this application")?;
    print!("{}", dms.ablauf(&plan, &message::uuid(&fall.antrag_id, &fall.angaben)));
    Ok(CLEAN)
}

/// The demo town's settings, over them those of the kind of DMS, over them those of the file.
fn variablen(optionen: &Optionen) -> Result<Variablen> {
    let mut alle = demo::settings();
    let beispiel = match (&optionen.ziel, &optionen.einstellungen) {
        (Some(ziel), None) => Some(ziel.as_str()),
        (None, None) => Some("cmis"),
        (_, Some(_)) => None,
    };
    if let Some(ziel) = beispiel {
        let beispiel = BEISPIELE.iter().find(|(name, _)| *name == ziel);
        let (_, text) = beispiel.with_context(|| {
            format!("`{ziel}` is not a target; there are cmis, dvelop and xdomea")
        })?;
        alle.extend(object(text)?);
    }
    if let Some(datei) = &optionen.einstellungen {
        let name = datei.display();
        let text = fs::read_to_string(datei).with_context(|| format!("cannot read {name}"))?;
        alle.extend(object(&text).with_context(|| format!("{name} holds no settings"))?);
        if let Some(ziel) = &optionen.ziel {
            alle.insert("dms_art".to_owned(), Value::from(ziel.as_str()));
        }
    }
    let text = |name: &str| match alle.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(wert) => wert.to_string(),
        None => String::new(),
    };
    Ok(Variablen {
        dms_url: match text("dms_ursprung").as_str() {
            // Nothing is asked there.
            "" => format!("http://dms.example{}", text("dms_dienst")),
            ursprung => format!("{ursprung}{}", text("dms_dienst")),
        },
        dms_art: text("dms_art"),
        dms_einstellungen: text("dms_einstellungen"),
        dms_repository: text("dms_repository"),
        dms_pfad: text("dms_pfad"),
        aktenplan: text("aktenplan"),
        behoerde: text("behoerde"),
        ..Variablen::default()
    })
}

fn object(text: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(text)? {
        Value::Object(settings) => Ok(settings),
        _ => Err(anyhow!("it is not a JSON object")),
    }
}

/// As it would stand in the store, received at noon of the Stichtag. Of files that were not given
/// size and digest are not known.
fn vorgang(
    fall: &Fall,
    daten: &Value,
    gegeben: &[Gegeben],
    ausfertigung: &message::Ausfertigung,
) -> Result<Vorgang> {
    let stichtag = fall.stichtag;
    let mittag = NaiveDate::from_ymd_opt(stichtag.jahr(), stichtag.monat(), stichtag.tag())
        .and_then(|tag| tag.and_hms_opt(0, 0, 0))
        .map(|tag| (tag + TimeDelta::hours(12)).and_utc())
        .context("the Stichtag is outside the calendar")?;
    let eingegangen_am = Zeitpunkt::from_millis(mittag.timestamp_millis());
    let mut zufall = [0; 8];
    zufall.copy_from_slice(&Sha256::digest(&fall.antrag_id)[..8]);
    let nummer = Vorgangsnummer::new(fall.formular.kuerzel, u64::from_be_bytes(zufall));
    let nachricht = |art: &str, medientyp: &str, inhalt: &[u8]| Nachricht {
        art: art.to_owned(),
        uuid: String::new(),
        medientyp: medientyp.to_owned(),
        groesse: inhalt.len() as u64,
        sha256: Sha256::digest(inhalt).into(),
    };
    let mut uebrige: Vec<&Gegeben> = gegeben.iter().collect();
    let nachweise = daten["nachweise"].as_array().cloned().unwrap_or_default();
    let anlagen = nachweise.iter().filter_map(|nachweis| {
        let (typ, name) = (nachweis["typ"].as_str()?, nachweis["datei"].as_str()?);
        let inhalt = uebrige
            .iter()
            .position(|(eigener, _)| eigener == typ)
            .map(|index| uebrige.remove(index).1.as_slice());
        Some(Anlage {
            id: name.to_owned(),
            typ: typ.to_owned(),
            name: name.to_owned(),
            medientyp: match name.rsplit_once('.').map(|(_, endung)| endung) {
                Some("jpg" | "jpeg") => "image/jpeg",
                Some("png") => "image/png",
                _ => "application/pdf",
            }
            .to_owned(),
            groesse: inhalt.map_or(0, |inhalt| inhalt.len() as u64),
            sha256: inhalt.map_or([0; 32], |inhalt| Sha256::digest(inhalt).into()),
            angelegt_am: eingegangen_am,
            herkunft: Anlagenherkunft::default(),
            folge: String::new(),
            pruefung: Pruefstand::Sauber,
            pruefung_grund: None,
        })
    });
    Ok(Vorgang {
        nummer,
        antrag: fall.formular.id.to_owned(),
        zustand: "eingegangen".to_owned(),
        zustellstand: Zustellstand::Wartend,
        eingegangen_am,
        sprache: "de".to_owned(),
        pruefsumme: [0; 32],
        betreff: (fall.formular.betreff)(&shared::angaben::View::new(&fall.angaben)),
        daten: daten.to_string().into_bytes(),
        hinweise: b"[]".to_vec(),
        hinweise_anzahl: 0,
        anlagen: anlagen.collect(),
        nachrichten: vec![
            nachricht("nachricht", "application/xml", &ausfertigung.xml),
            nachricht("zusammenfassung", "application/pdf", &ausfertigung.zusammenfassung),
        ],
        zustellungen: Vec::new(),
        ereignisse: Vec::new(),
    })
}
