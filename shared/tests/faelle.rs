//! The cases of `tests/faelle/cases.json`: what they must find, to the letter and in order.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};
use shared::{
    angaben::{Angaben, Herkunft},
    antraege::ANTRAEGE,
    befund::Befund,
    formular::{Bedarfsprofil, Einstellungen, Formular, Kontext},
    werte::Datum,
};

fn faelle() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn check(formular: &Formular, einstellungen: &Einstellungen, daten: &Value) -> Vec<Value> {
    let stichtag: Datum = daten["meta"]["stichtag"].as_str().unwrap().parse().unwrap();
    let angaben = formular.import(daten).unwrap();
    let unknown = formular.unknown(&angaben);
    assert!(unknown.is_empty(), "{}: no Feld for {unknown:?}", formular.id);
    let kontext = Kontext { stichtag, einstellungen };
    formular.check(&angaben, kontext).iter().map(Befund::to_json).collect()
}

fn einstellungen(faelle: &Value) -> Einstellungen {
    let profil = Bedarfsprofil::from_json(&faelle["verpflichtungserklaerung"]["bedarfsprofil"]);
    Einstellungen { bedarfsprofil: profil, eid: true, ..Einstellungen::default() }
}

#[test]
fn valid_cases_find_exactly_what_they_should() {
    let faelle = faelle();
    let einstellungen = einstellungen(&faelle);
    let mut wrong = Vec::new();
    for formular in ANTRAEGE {
        let valid = faelle[formular.id]["valid"].as_array().unwrap();
        assert!(!valid.is_empty(), "{} has no cases", formular.id);
        for fall in valid {
            let found = check(formular, &einstellungen, &fall["daten"]);
            if Value::from(found.clone()) != fall["findings"] {
                wrong.push(format!("{}: {}", fall["id"], difference(&found, &fall["findings"])));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invalid_cases_find_what_is_new() {
    let faelle = faelle();
    let einstellungen = einstellungen(&faelle);
    let mut wrong = Vec::new();
    for formular in ANTRAEGE {
        for (nr, fall) in faelle[formular.id]["invalid"].as_array().unwrap().iter().enumerate() {
            let base = faelle[formular.id]["valid"]
                .as_array()
                .unwrap()
                .iter()
                .find(|it| it["id"] == fall["case"])
                .unwrap();
            let mut daten = base["daten"].clone();
            for patch in fall["patch"].as_array().unwrap() {
                apply(&mut daten, patch);
            }
            let old = base["findings"].as_array().unwrap();
            let found = check(formular, &einstellungen, &daten);
            let new: Vec<Value> = found.into_iter().filter(|it| !old.contains(it)).collect();
            if Value::from(new.clone()) != fall["newFindings"] {
                let difference = difference(&new, &fall["newFindings"]);
                wrong.push(format!("{} {nr} {}: {difference}", formular.id, fall["patch"]));
            }
            assert!(new.contains(&fall["expected"]), "{} {nr}", formular.id);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A valid case.
struct Fall {
    formular: &'static Formular,
    id: String,
    stichtag: Datum,
    angaben: Angaben,
    /// What of it is asked.
    asked: Angaben,
}

fn valid(faelle: &Value) -> impl Iterator<Item = Fall> {
    ANTRAEGE.iter().flat_map(|formular| {
        faelle[formular.id]["valid"].as_array().unwrap().iter().map(|fall| {
            let stichtag = fall["daten"]["meta"]["stichtag"].as_str().unwrap().parse().unwrap();
            let angaben = formular.import(&fall["daten"]).unwrap();
            let asked = formular.prune(&angaben, stichtag);
            Fall { formular, id: fall["id"].to_string(), stichtag, angaben, asked }
        })
    })
}

/// Whatever was answered with a day that must have come is refused from tomorrow on, and then alone.
#[test]
fn a_day_that_has_not_come_is_named() {
    let faelle = faelle();
    let einstellungen = einstellungen(&faelle);
    let mut checked = 0;
    for Fall { formular, id, stichtag, angaben, asked } in valid(&faelle) {
        let kontext = Kontext { stichtag, einstellungen: &einstellungen };
        let pfade = asked.iter().map(|(pfad, _)| pfad.to_owned());
        for pfad in pfade.filter(|it| formular.feld(it).is_some_and(|it| it.bis_heute)) {
            for (tage, is_zukunft) in [(0, false), (1, true)] {
                let mut angaben = angaben.clone();
                angaben.set(&pfad, &stichtag.add_days(tage).iso());
                let befunde = formular.check(&angaben, kontext);
                let found = befunde.iter().any(|it| it.feld == pfad && it.regel == "DATE_ZUKUNFT");
                assert_eq!(found, is_zukunft, "{id} {pfad} in {tage} days");
            }
            checked += 1;
        }
    }
    assert!(20 < checked, "{checked}");
}

/// A question that pages call "freiwillig" may be left out.
#[test]
fn what_is_called_optional_is_optional() {
    let faelle = faelle();
    let einstellungen = einstellungen(&faelle);
    let mut wrong = BTreeSet::new();
    for Fall { formular, stichtag, angaben, asked, .. } in valid(&faelle) {
        let kontext = Kontext { stichtag, einstellungen: &einstellungen };
        for (pfad, text) in asked.iter() {
            let Some(feld) = formular.feld(pfad) else { continue };
            let praefix = pfad.strip_suffix(feld.id).unwrap_or_default();
            let is_asked = feld.herkunft == Herkunft::Eingabe && text != "false";
            if !is_asked || feld.pflicht.holds(&asked, praefix, stichtag) {
                continue;
            }
            let mut ohne = angaben.clone();
            ohne.remove(pfad);
            let befunde = formular.check(&ohne, kontext);
            if befunde.iter().any(|it| it.feld == pfad && it.is_sperre()) {
                wrong.insert(format!("{}: {pfad}", formular.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_imported_is_exported_again() {
    let faelle = faelle();
    for formular in ANTRAEGE {
        for fall in faelle[formular.id]["valid"].as_array().unwrap() {
            let angaben = formular.import(&fall["daten"]).unwrap();
            let exported = formular.export(&angaben);
            assert_eq!(formular.import(&exported).unwrap(), angaben, "{}", fall["id"]);
        }
    }
}

fn difference(found: &[Value], expected: &Value) -> String {
    let expected = expected.as_array().unwrap();
    let only = |these: &[Value], those: &[Value]| -> String {
        let rows = these.iter().filter(|it| !those.contains(it));
        rows.map(|it| format!("\n    {} {}", it["feld"], it["regel"])).collect()
    };
    let more = only(found, expected);
    let less = only(expected, found);
    let order = if more.is_empty() && less.is_empty() { "\n  another order" } else { "" };
    format!("\n  too many:{more}\n  missing:{less}{order}")
}

/// Applies `{path, value}` or `{path, delete: true}`.
fn apply(daten: &mut Value, patch: &Value) {
    let path = patch["path"].as_str().unwrap();
    let mut steps: Vec<String> = Vec::new();
    for part in path.split('.') {
        for step in part.split(['[', ']']).filter(|it| !it.is_empty()) {
            steps.push(step.to_owned());
        }
    }
    let (last, way) = steps.split_last().unwrap();
    let mut at = daten;
    for step in way {
        at = match step.parse::<usize>() {
            Ok(index) if at.is_array() => &mut at[index],
            _ => {
                if at.get(step).is_none_or(Value::is_null) {
                    at[step] = json!({});
                }
                &mut at[step]
            }
        };
    }
    let value = patch.get("value").cloned();
    match (at, last.parse::<usize>(), value) {
        (Value::Array(list), Ok(index), Some(value)) if index == list.len() => list.push(value),
        (Value::Array(list), Ok(index), Some(value)) => list[index] = value,
        (Value::Array(list), Ok(index), None) => drop(list.remove(index)),
        (Value::Object(felder), _, Some(value)) => drop(felder.insert(last.clone(), value)),
        (Value::Object(felder), _, None) => drop(felder.remove(last)),
        (other, _, _) => panic!("cannot patch {path} in {other}"),
    }
}
