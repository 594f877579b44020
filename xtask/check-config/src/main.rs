//! Checks a file of settings before it is used: with the code of the functions, and then by asking
//! the targets. What is wrong is told in plain German, all of it at once.

mod netz;
mod pruefung;

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitCode};

use ablage::{Ziel, nativ};
use anyhow::{Context as _, Result, anyhow};
use lexopt::{Arg, Parser};
use weiterleitung::Stufe;

use crate::netz::Netz;

/// Nothing is to be mended.
const GUT: u8 = 0;
/// Something is.
const MANGEL: u8 = 1;
/// The command or the file cannot be read.
const UNLESBAR: u8 = 2;

/// What the command line says.
#[derive(Debug, Default)]
struct Optionen {
    datei: PathBuf,
    is_offline: bool,
    ca: Option<PathBuf>,
}

fn main() -> ExitCode {
    let code = run().unwrap_or_else(|error| {
        eprintln!("check-config: {error:#}");
        UNLESBAR
    });
    ExitCode::from(code)
}

fn run() -> Result<u8> {
    let optionen = read_args(Parser::from_env())?;
    let variablen = read_file(&optionen.datei)?;
    let (befunde, einstellungen) = pruefung::check(&variablen);
    for befund in &befunde {
        println!("{befund}\n");
    }
    let mut is_gut = befunde.is_empty();
    match befunde.len() {
        0 => println!("Einstellungen: Alle sind lesbar."),
        1 => println!("Einstellungen: Eine muss berichtigt werden."),
        anzahl => println!("Einstellungen: {anzahl} müssen berichtigt werden."),
    }
    match einstellungen {
        _ if optionen.is_offline => {}
        None => println!("Ziele: Sie werden geprüft, wenn die Einstellungen lesbar sind."),
        Some(einstellungen) => {
            let netz = Netz::new(optionen.ca.as_deref())?;
            for ziel in Ziel::ALLE {
                let ergebnis = nativ::run(weiterleitung::check(&netz, &einstellungen, ziel));
                let wort = match ergebnis.stufe {
                    Stufe::Gesund => "in Ordnung".to_owned(),
                    Stufe::NichtEingerichtet => "nicht eingerichtet".to_owned(),
                    stufe => format!("gestört ({})", stufe.as_str()),
                };
                println!("Ziel {}: {wort}. {}", ziel.as_str(), ergebnis.text);
                is_gut &= !ergebnis.stufe.is_mangel();
            }
        }
    }
    Ok(if is_gut { GUT } else { MANGEL })
}

fn read_args(mut parser: Parser) -> Result<Optionen> {
    let mut optionen = Optionen::default();
    let mut datei = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("offline") => optionen.is_offline = true,
            Arg::Long("ca") => optionen.ca = Some(parser.value()?.into()),
            Arg::Value(value) if datei.is_none() => datei = Some(PathBuf::from(value)),
            other => return Err(other.unexpected().into()),
        }
    }
    optionen.datei = datei.context("expected a file with the settings")?;
    Ok(optionen)
}

/// A flat table of strings, JSON or TOML, as the host takes it. What is structured in JSON is taken
/// as its text, as the demo's file has it.
fn read_file(pfad: &std::path::Path) -> Result<BTreeMap<String, String>> {
    let name = pfad.display();
    let text = fs::read_to_string(pfad).with_context(|| format!("cannot read {name}"))?;
    // The readers' errors could quote a secret: only the place is told.
    if pfad.extension().is_some_and(|endung| endung == "toml") {
        let tabelle: toml::Table = toml::from_str(&text).map_err(|error| {
            let ab = error.span().map_or(0, |span| span.start);
            let zeile = text[..ab].lines().count().max(1);
            anyhow!("{name} is no TOML (line {zeile})")
        })?;
        return tabelle
            .into_iter()
            .map(|(name, wert)| match wert {
                toml::Value::String(text) => Ok((name, text)),
                _ => Err(anyhow!("the value of `{name}` is not a text in quotes")),
            })
            .collect();
    }
    let json: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
        anyhow!("{name} is no JSON (line {}, column {})", error.line(), error.column())
    })?;
    let serde_json::Value::Object(objekt) = json else {
        return Err(anyhow!("{name} holds no JSON object"));
    };
    let text = |wert: serde_json::Value| match wert {
        serde_json::Value::String(text) => text,
        anderes => anderes.to_string(),
    };
    Ok(objekt.into_iter().map(|(name, wert)| (name, text(wert))).collect())
}
