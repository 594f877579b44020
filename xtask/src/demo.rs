//! The demo town: its settings, and the secrets that each data folder gets on its first start.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use crate::passwort;

/// The variables of spin.toml for the demo town, without secrets; what is not text is JSON there.
const MUSTERSTADT: &str = include_str!("../demo/musterstadt.json");

/// A data folder that is ready to be served from.
#[derive(Debug)]
pub struct Daten {
    /// The folder.
    pub dir: PathBuf,
    /// Name and password of the demo caseworker.
    pub anmeldung: (String, String),
    variablen: Map<String, Value>,
}

impl Daten {
    /// Opens `dir`; makes it and its secrets on the first start. Settings that were changed there
    /// stay as they are.
    pub fn open(dir: &Path) -> Result<Daten> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .with_context(|| format!("cannot create {}", dir.display()))?;
        let dir = dir.canonicalize()?;

        let kennwort = match fs::read_to_string(dir.join("demo-passwort.txt")) {
            Ok(kennwort) => kennwort.trim().to_owned(),
            Err(_) => passwort::generate()?,
        };
        write_secret(&dir.join("demo-passwort.txt"), &format!("{kennwort}\n"))?;

        let path = dir.join("variablen.json");
        let mut variablen: Map<String, Value> = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("{} is not a JSON object", path.display()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => secrets(&kennwort)?,
            Err(error) => return Err(error).context(format!("cannot read {}", path.display())),
        };
        for (name, value) in musterstadt() {
            variablen.entry(name).or_insert(value);
        }
        write_secret(&path, &serde_json::to_string_pretty(&variablen)?)?;
        Ok(Daten { dir, anmeldung: ("demo".to_owned(), kennwort), variablen })
    }

    /// The file for `host --variables-file`.
    pub fn variablen(&self) -> PathBuf {
        self.dir.join("variablen.json")
    }

    /// A variable's value.
    pub fn variable(&self, name: &str) -> &str {
        self.variablen.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// The settings of the demo town, as they are written down.
pub fn settings() -> Map<String, Value> {
    match serde_json::from_str(MUSTERSTADT) {
        Ok(Value::Object(settings)) => settings,
        _ => unreachable!("a test reads the demo's settings"),
    }
}

fn musterstadt() -> Map<String, Value> {
    settings()
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(_) => (name, value),
            structured => (name, Value::String(structured.to_string())),
        })
        .collect()
}

fn secrets(kennwort: &str) -> Result<Map<String, Value>> {
    let benutzer = json!([{
        "kennung": "demo",
        "name": "Dana Demo",
        "rolle": "sachbearbeitung",
        "passwort": passwort::hash(kennwort)?,
    }]);
    let secrets = [
        ("schluessel", format!("k1:{}", random()?)),
        ("intern_geheimnis", random()?),
        ("fachverfahren_token", random()?),
        ("dms_anmeldung", format!("basic portal:{}", random()?)),
        ("benutzer", benutzer.to_string()),
        // Both or none: a data folder from before has no way back, and goes on without one.
        ("rueckkanal", "empfang".to_owned()),
        ("empfang_geheimnis", random()?),
    ];
    Ok(secrets.map(|(name, value)| (name.to_owned(), Value::String(value))).into_iter().collect())
}

/// 32 random bytes in Base64.
fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    Ok(STANDARD.encode(bytes))
}

/// Writes a file that nobody else may read.
fn write_secret(path: &Path, text: &str) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn every_setting_of_the_demo_is_a_variable_of_the_manifest() {
        let manifest = fs::read_to_string(crate::place::root().join("spin.toml")).unwrap();
        let all = musterstadt().into_iter().chain(secrets("geheim").unwrap());
        for (name, value) in all {
            assert!(manifest.contains(&format!("\n{name} = {{")), "{name} is not in spin.toml");
            assert!(value.is_string());
        }
    }

    #[test]
    fn secrets_are_made_once_and_nobody_else_reads_them() {
        let dir = std::env::temp_dir().join(format!("xtask-demo-{}", std::process::id()));
        let first = Daten::open(&dir).unwrap();
        let second = Daten::open(&dir).unwrap();
        assert_eq!(first.anmeldung, second.anmeldung);
        assert_eq!(first.variablen, second.variablen);
        assert_eq!(fs::metadata(first.variablen()).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(dir).unwrap();
    }
}
