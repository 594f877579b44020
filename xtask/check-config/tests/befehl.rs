//! The command as it is called, against the real counterparts.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

use std::{fs, process::Command};

use einstellungen::find;
use gegenstellen::{DVELOP_REPOSITORY, Einstellungen as Partner, Gegenstelle, Ziel};
use serde_json::{Map, Value, json};

/// Settings for these counterparts.
fn gute(partner: &Gegenstelle) -> Map<String, Value> {
    let beispiel = |name: &str| json!(find(name).unwrap().beispiel);
    let mut werte: Map<String, Value> =
        ["schluessel", "intern_geheimnis", "behoerde", "benutzer", "aktenplan", "zustellung"]
            .map(|name| (name.to_owned(), beispiel(name)))
            .into_iter()
            .collect();
    for (name, wert) in [
        ("fachverfahren_ursprung", partner.url(Ziel::Fachverfahren)),
        ("fachverfahren_token", "richtig".to_owned()),
        ("dms_ursprung", partner.url(Ziel::Dms)),
        ("dms_dienst", "/cmis/browser".to_owned()),
        ("dms_anmeldung", "basic dms:richtig".to_owned()),
    ] {
        werte.insert(name.to_owned(), json!(wert));
    }
    werte
}

struct Haus {
    ordner: tempfile::TempDir,
    partner: Gegenstelle,
}

impl Haus {
    fn new() -> Haus {
        let ordner = tempfile::tempdir().unwrap();
        let mut einstellungen = Partner::new(ordner.path().join("partner"));
        einstellungen.fachverfahren_anmeldung = "bearer richtig".parse().unwrap();
        einstellungen.dms_anmeldung = "basic dms:richtig".parse().unwrap();
        let partner = Gegenstelle::start(einstellungen).unwrap();
        Haus { ordner, partner }
    }

    /// Exit code and what is said.
    fn check(&self, datei: &str, inhalt: &str, mehr: &[&str]) -> (i32, String) {
        let pfad = self.ordner.path().join(datei);
        fs::write(&pfad, inhalt).unwrap();
        let ausgabe = Command::new(env!("CARGO_BIN_EXE_check-config"))
            .arg(&pfad)
            .args(mehr)
            .output()
            .unwrap();
        let text = [ausgabe.stdout, ausgabe.stderr].concat();
        (ausgabe.status.code().unwrap(), String::from_utf8(text).unwrap())
    }

    fn check_json(&self, change: impl FnOnce(&mut Map<String, Value>)) -> (i32, String) {
        let mut werte = gute(&self.partner);
        change(&mut werte);
        self.check("variablen.json", &Value::Object(werte).to_string(), &[])
    }
}

#[test]
fn good_settings_and_healthy_targets_are_good() {
    let haus = Haus::new();
    let (code, text) = haus.check_json(|_| ());
    assert_eq!(code, 0, "{text}");
    assert_eq!(text.matches("in Ordnung").count(), 2, "{text}");
    let toml: String = gute(&haus.partner)
        .iter()
        .map(|(name, wert)| format!("{name} = '{}'\n", wert.as_str().unwrap()))
        .collect();
    assert_eq!(haus.check("variablen.toml", &toml, &[]).0, 0);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let haus = Haus::new();
    let (code, text) = haus.check_json(|werte| {
        werte.insert("mandant".to_owned(), json!("Große Stadt"));
        werte.insert("dms_anmeldung".to_owned(), json!("geheim"));
        werte.insert("belehrung".to_owned(), json!("5"));
        werte.insert("zustellung".to_owned(), json!({"ziele": {"dms": {"oeffnung": ["immer"]}}}));
        werte.remove("behoerde");
    });
    assert_eq!(code, 1);
    for teil in [
        "belehrung: Diese Einstellung gibt es nicht.",
        "mandant: Der Wert ist nicht lesbar",
        "behoerde: Der Wert fehlt.",
        "dms_anmeldung: Der Wert ist nicht lesbar",
        "Erwartet: `basic benutzer:passwort`, `bearer TOKEN`, oder nichts.",
        "`zustellung.ziele.dms.oeffnung[0]`: Erwartet werden Tage und Uhrzeiten",
        "Einstellungen: 5 müssen berichtigt werden.",
        "Ziele: Sie werden geprüft, wenn",
    ] {
        assert!(text.contains(teil), "{teil} fehlt in:\n{text}");
    }
    assert!(!text.contains("geheim\n") && !text.contains("Große Stadt"));
}

#[test]
fn targets_are_told_apart_by_where_they_fail() {
    let haus = Haus::new();
    let frei = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fachverfahren = haus.partner.url(Ziel::Fachverfahren);
    for (name, wert, erwartet) in [
        ("fachverfahren_ursprung", "http://fv.invalid".to_owned(), "gestört (name)"),
        ("fachverfahren_ursprung", format!("http://{frei}"), "gestört (verbindung)"),
        (
            "fachverfahren_ursprung",
            fachverfahren.replace("http:", "https:"),
            "gestört (zertifikat)",
        ),
        ("fachverfahren_token", "geheim".to_owned(), "gestört (anmeldung)"),
        ("fachverfahren_pfad", "/falsch".to_owned(), "gestört (pfad)"),
    ] {
        let (code, text) =
            haus.check_json(|werte| drop(werte.insert(name.to_owned(), json!(wert))));
        assert_eq!(code, 1, "{text}");
        assert!(text.contains(&format!("Ziel fachverfahren: {erwartet}")), "{name}: {text}");
        assert!(text.contains("Ziel dms: in Ordnung"), "{text}");
        assert!(!text.contains("geheim"));
    }
}

/// Settings for the other ways, and for each what makes them wrong and where the check ends then.
#[test]
fn every_way_to_a_target_is_asked() {
    let haus = Haus::new();
    let fachverfahren = haus.partner.url(Ziel::Fachverfahren);
    let (fitconnect, geheimnis) = haus.partner.fitconnect_einstellungen();
    let xta = json!({
        "managementPort": "/xta/ManagementPort",
        "autor": {"typ": "xoev", "kennung": "alp:musterstadt"},
        "leser": {"typ": "xoev", "kennung": "azr:000100"},
        "dienst": "urn:beispiel:dienst",
        "szenario": {"frei": "OZG"},
    });
    let kategorie = |name: &str| json!({"kategorie": name, "eigenschaften": {"schluessel": "01"}});
    let dvelop = json!({
        "akte": kategorie("KA"), "vorgang": kategorie("KV"), "dokument": kategorie("KD"),
    });
    for (gut, falsch, erwartet) in [
        (
            json!({
                "fachverfahren_art": "xta2", "fachverfahren_pfad": "/xta/SendXtaPort",
                "fachverfahren_einstellungen": xta,
            }),
            (
                "fachverfahren_einstellungen",
                json!(xta.to_string().replace("/ManagementPort", "/x")),
            ),
            "Ziel fachverfahren: gestört (antwort)",
        ),
        (
            json!({
                "fachverfahren_art": "fit-connect", "fachverfahren_pfad": "/fit-connect/submission-api",
                "fachverfahren_einstellungen": fitconnect, "fitconnect_geheimnis": geheimnis,
                "fitconnect_token_ursprung": fachverfahren,
            }),
            ("fitconnect_geheimnis", json!("falsch")),
            "Ziel fachverfahren: gestört (anmeldung)",
        ),
        (
            json!({
                "dms_art": "dvelop", "dms_dienst": "/dms", "dms_repository": DVELOP_REPOSITORY,
                "dms_einstellungen": dvelop,
            }),
            ("dms_repository", json!("gibtsnicht")),
            "Ziel dms: gestört (pfad)",
        ),
        (
            json!({"dms_art": "xdomea", "dms_dienst": "/ablagefach"}),
            ("dms_anmeldung", json!("basic dms:falsch")),
            "Ziel dms: gestört (anmeldung)",
        ),
    ] {
        let gut = gut.as_object().unwrap();
        let (code, text) = haus.check_json(|werte| werte.extend(gut.clone()));
        assert_eq!((code, text.matches("in Ordnung").count()), (0, 2), "{text}");
        let (name, wert) = falsch;
        let (code, text) = haus.check_json(|werte| {
            werte.extend(gut.clone());
            werte.insert(name.to_owned(), wert);
        });
        assert_eq!(code, 1, "{text}");
        assert!(text.contains(erwartet), "{erwartet}: {text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_another_matter() {
    let haus = Haus::new();
    for (datei, inhalt) in [
        ("a.json", "{\"x\": geheim"),
        ("a.json", "[]"),
        ("a.toml", "x = geheim"),
        ("b.toml", "x = 1"),
    ] {
        let (code, text) = haus.check(datei, inhalt, &[]);
        assert_eq!(code, 2, "{text}");
        assert!(!text.contains("geheim"));
    }
    let (code, text) = haus.check("a.json", "{}", &["--offline"]);
    assert_eq!(code, 1);
    assert!(!text.contains("Ziele"));
    assert_eq!(haus.check("a.json", "{}", &["--ca", "/gibt/es/nicht", "--offline"]).0, 1);
}
