//! `spin.toml` and the handbook say what is declared.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use einstellungen::{EINSTELLUNGEN, find, tabelle};

const ANFANG: &str = "<!-- Anfang der erzeugten Tabelle -->\n";
const ENDE: &str = "<!-- Ende der erzeugten Tabelle -->";

fn root(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn manifest() -> toml::Table {
    fs::read_to_string(root("spin.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_manifest_has_the_declared_settings_and_no_others() {
    let manifest = manifest();
    let variablen = manifest["variables"].as_table().unwrap();
    let dort: BTreeSet<&str> = variablen.keys().map(String::as_str).collect();
    let hier: BTreeSet<&str> = EINSTELLUNGEN.iter().map(|it| it.name).collect();
    assert_eq!(dort, hier, "declare them in functions/einstellungen/src/erklaerung.rs, too");
    assert_eq!(hier.len(), EINSTELLUNGEN.len());
    for einstellung in EINSTELLUNGEN {
        let variable = &variablen[einstellung.name];
        let vorgabe = variable.get("default").and_then(toml::Value::as_str);
        assert_eq!(vorgabe, einstellung.vorgabe, "{}", einstellung.name);
        let geheim = variable.get("secret").and_then(toml::Value::as_bool).unwrap_or(false);
        assert_eq!(geheim, einstellung.geheim, "{}", einstellung.name);
        let required = variable.get("required").and_then(toml::Value::as_bool).unwrap_or(false);
        assert_eq!(required, einstellung.vorgabe.is_none(), "{}", einstellung.name);
    }
}

#[test]
fn components_get_the_settings_that_are_declared_for_them() {
    let manifest = manifest();
    for (komponente, tabelle) in manifest["component"].as_table().unwrap() {
        let vorlagen = tabelle.get("variables").and_then(toml::Value::as_table);
        let vorlagen =
            vorlagen.into_iter().flat_map(|it| it.values()).map(|it| it.as_str().unwrap());
        let dort: BTreeSet<&str> = vorlagen
            .flat_map(|vorlage| vorlage.split("{{").skip(1))
            .map(|rest| rest.split("}}").next().unwrap().trim())
            .collect();
        let hier: BTreeSet<&str> = EINSTELLUNGEN
            .iter()
            .filter(|it| it.komponenten.contains(&komponente.as_str()))
            .map(|it| it.name)
            .collect();
        assert_eq!(dort, hier, "{komponente}");
    }
}

#[test]
fn sentences_are_whole() {
    for einstellung in EINSTELLUNGEN {
        for satz in [einstellung.wofuer, einstellung.erwartet] {
            assert!(satz.ends_with('.') && !satz.contains('|'), "{}: {satz}", einstellung.name);
        }
        assert!(!einstellung.beispiel.is_empty() && !einstellung.beispiel.contains('|'));
    }
    assert_eq!(find("mandant").unwrap().beispiel, "musterstadt");
    assert!(find("gibtsnicht").is_none());
}

/// With `UPDATE_EXPECT=1` in the environment it is written instead.
#[test]
fn the_handbook_has_the_table() {
    let pfad = root("docs/betrieb.md");
    let text = fs::read_to_string(&pfad).unwrap();
    let (davor, rest) = text.split_once(ANFANG).unwrap();
    let (ist, danach) = rest.split_once(ENDE).unwrap();
    let soll = tabelle();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&pfad, format!("{davor}{ANFANG}{soll}{ENDE}{danach}")).unwrap();
        return;
    }
    assert_eq!(ist, soll, "run this test with UPDATE_EXPECT=1 to write the table anew");
}
