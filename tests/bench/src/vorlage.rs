//! What is sent: case V2 moved to the present, with proofs that are handed in later.

use std::{fs, path::Path};

use annahme::Konfiguration;
use anyhow::{Context, Result};
use bench_gast::fall;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

/// The body of a submit on the day `heute`.
pub fn koerper(heute: NaiveDate) -> Result<String> {
    let mut daten = fall()?;
    let tag = |tage| (heute + TimeDelta::days(tage)).to_string();
    daten.as_object_mut().context("case V2 is no object")?.remove("meta");
    daten["aufenthalt"]["einreise"] = tag(60).into();
    daten["weitereGeber"][0]["titel"]["gueltigBis"] = tag(1000).into();
    daten["nachweise"] = json!([
        { "typ": "NV_AUSWEIS", "nachreichen": true },
        { "typ": "NV_LOHN", "nachreichen": true },
    ]);
    Ok(json!({ "daten": daten }).to_string())
}

/// The settings that the host gives to `annahme`: the file's, and the manifest's defaults.
pub fn konfiguration(manifest: &Path, variablen: &Path) -> Result<Konfiguration> {
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let manifest: toml::Table = read(manifest)?.parse()?;
    let variablen: Value = serde_json::from_str(&read(variablen)?)?;
    let werte = Konfiguration::VARIABLEN.map(|name| {
        let default = || manifest.get("variables")?.get(name)?.get("default")?.as_str();
        variablen[name].as_str().or_else(default).unwrap_or_default().to_owned()
    });
    Ok(Konfiguration::read(&werte)?)
}
