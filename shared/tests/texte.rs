//! The files of other languages: complete, without anything too much, and with the same
//! parameters as the German texts. The texts of the user interface (`ui.…`) are the frontend's.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::{Value, json};
use shared::{
    angaben::{Angaben, View},
    antraege::{
        self, ANTRAEGE,
        einbuergerung::{QUICKCHECK, quickcheck},
    },
    befund::{Parameter, VORLAGEN},
    einstellungen::Verzeichnis,
    formular::{Bedarfsprofil, Einstellungen, Formular, Inhalt, Kontext},
    werte::Datum,
};

/// Languages, and the forms that they claim to have all texts of.
const SPRACHEN: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "verpflichtungserklaerung",
            "einbuergerung",
            "beschaeftigungserlaubnis",
            "arbeitgeber",
            "quickcheck",
        ],
    ),
    (LEICHT, &["quickcheck"]),
];

const LEICHT: &str = "de-x-leicht";

/// What the check of the Quick-Check can find; a language that has it alone needs no other words.
const BEFUNDE_QUICKCHECK: &[&str] = &[
    "CHOICE",
    "CODE_UNBEKANNT",
    "CONFIRM",
    "DATE_FORMAT",
    "DATE_GIBTS_NICHT",
    "MAX_ITEMS",
    "NUM_FORMAT",
    "NUM_RANGE",
    "REQ",
];

/// All forms that applicants see.
fn formulare() -> impl Iterator<Item = &'static Formular> {
    antraege::formulare().chain([&QUICKCHECK])
}

#[test]
fn every_text_is_translated() {
    for (sprache, formulare) in SPRACHEN {
        let deutsch = Deutsch::collect(|it| formulare.contains(&it.id));
        let texte = datei(sprache);
        // In Leichte Sprache only the beginning is said, and a card says what it says.
        let is_all = *formulare != ["quickcheck"];
        let is_said = |key: &str| match key.strip_prefix("befund.") {
            Some(code) => is_all || BEFUNDE_QUICKCHECK.contains(&code),
            None => is_all || !key.starts_with("code.qcTitel."),
        };
        let missing: Vec<String> = deutsch
            .texte
            .iter()
            .filter(|(key, _)| is_said(key))
            .filter(|(key, _)| texte.get(*key).is_none_or(|it| it.trim().is_empty()))
            .map(|(key, text)| format!("{key} = {text:?}"))
            .collect();
        assert!(missing.is_empty(), "{sprache} lacks {}:\n{}", missing.len(), missing.join("\n"));
    }
}

#[test]
fn nothing_is_translated_that_nobody_says() {
    let deutsch = Deutsch::collect(|_| true);
    for (sprache, _) in SPRACHEN {
        let texte = datei(sprache);
        // What an Auskunft says is known to its function alone.
        let surplus: Vec<&String> = texte
            .keys()
            .filter(|key| !deutsch.texte.contains_key(*key))
            .filter(|key| !key.starts_with("ui.") && !key.starts_with("auskunft."))
            .filter(|key| *sprache != LEICHT || !explains_a_question(key, &deutsch))
            .collect();
        assert!(surplus.is_empty(), "{sprache} has too much: {surplus:#?}");
    }
}

/// A wording that must stay as it is has its explanation beside it.
fn explains_a_question(key: &str, deutsch: &Deutsch) -> bool {
    let label = key.strip_prefix("hilfe.").map(|it| format!("label.{it}"));
    label.is_some_and(|it| deutsch.texte.contains_key(&it))
}

#[test]
fn instructions_are_in_leichte_sprache() {
    let texte = datei(LEICHT);
    // Employers have the plain German one.
    let deutsch = Deutsch::collect(|it| it.id != "arbeitgeber");
    let missing: Vec<&String> = deutsch
        .texte
        .keys()
        .filter(|key| key.starts_with("formular.") || key.starts_with("hinweis."))
        .filter(|key| !texte.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
    // What is declared in the words of the law.
    for punkt in ["belehrung.punkte[", "eb.bekenntnis.fdgo."] {
        for label in deutsch.texte.keys().filter_map(|it| it.strip_prefix("label.")) {
            let is_explained = texte.contains_key(&format!("hilfe.{label}"));
            assert!(!label.starts_with(punkt) || is_explained, "nothing explains `{label}`");
        }
    }
}

/// One thought in a sentence; DIN SPEC 33429 has about fifteen words as the most.
#[test]
fn sentences_in_leichte_sprache_are_short() {
    let is_sentence = |key: &str| !key.starts_with("code.") && !key.starts_with("label.");
    let texte = datei(LEICHT);
    let long: Vec<String> = texte
        .iter()
        .filter(|(key, _)| is_sentence(key))
        .flat_map(|(key, text)| text.split(['.', '!', '?', ':', '\n']).map(move |it| (key, it)))
        .filter(|(_, satz)| 15 < satz.split_whitespace().count())
        .map(|(key, satz)| format!("{key}: {satz}"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_translation_has_the_same_parameters_and_lines() {
    let deutsch = Deutsch::collect(|_| true);
    for (sprache, _) in SPRACHEN {
        let texte = datei(sprache);
        let mut wrong = Vec::new();
        for (key, text) in &deutsch.texte {
            let Some(other) = texte.get(key) else { continue };
            // Leichte Sprache needs more lines for the same.
            let has_lines = *sprache == LEICHT || text.lines().count() == other.lines().count();
            if parameter(text) != parameter(other) || !has_lines {
                wrong.push(format!("{key}:\n  {text}\n  {other}"));
            }
        }
        assert!(wrong.is_empty(), "{sprache}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_key_means_one_text() {
    let deutsch = Deutsch::collect(|_| true);
    assert!(deutsch.conflicts.is_empty(), "{}", deutsch.conflicts.join("\n"));
}

/// All German texts that are shown to applicants, by key.
#[derive(Default)]
struct Deutsch {
    texte: BTreeMap<String, String>,
    conflicts: Vec<String>,
}

impl Deutsch {
    fn collect(is_meant: impl Fn(&Formular) -> bool) -> Deutsch {
        let mut deutsch = Deutsch::default();
        for formular in formulare().filter(|it| is_meant(it)) {
            for (key, text) in formular.texte() {
                deutsch.add(key, text);
            }
        }
        if is_meant(&QUICKCHECK) {
            for text in quickcheck::TEXTE {
                deutsch.add(format!("quickcheck.{}", text.code), text.satz);
                deutsch.add(format!("quickcheck.{}.aendern", text.code), text.aendern);
            }
        }
        for vorlage in VORLAGEN {
            deutsch.add(format!("befund.{}", vorlage.code), vorlage.text);
        }
        deutsch.said_about_cases(is_meant);
        deutsch
    }

    fn add(&mut self, key: String, text: impl AsRef<str>) {
        let text = text.as_ref();
        if text.is_empty() {
            return;
        }
        if let Some(old) = self.texte.insert(key.clone(), text.to_owned())
            && old != text
        {
            self.conflicts.push(format!("{key}: {old:?} and {text:?}"));
        }
    }

    /// What only functions know: labels in Befunde, and what an Auskunft says.
    fn said_about_cases(&mut self, is_meant: impl Fn(&Formular) -> bool) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
        let faelle: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let profil = Bedarfsprofil::from_json(&faelle["verpflichtungserklaerung"]["bedarfsprofil"]);
        // Nobody of the cases lives there.
        let verzeichnis = Verzeichnis::from_json(&json!({ "99999": {} })).unwrap();
        let einstellungen = Einstellungen {
            bedarfsprofil: profil,
            eid: true,
            verzeichnis,
            ..Einstellungen::default()
        };
        let kontext = Kontext { stichtag: Datum::new(2026, 11, 23), einstellungen: &einstellungen };
        for formular in ANTRAEGE.iter().filter(|it| is_meant(it)) {
            let mut all = vec![Angaben::default()];
            for fall in faelle[formular.id]["valid"].as_array().into_iter().flatten() {
                let angaben = formular.import(&fall["daten"]).unwrap();
                // The same with a hundredth of the income, and all of it in one part missing.
                for kurz in ["einkommen.nettoMonate[0]", "unterhalt.personen"] {
                    let mut other = angaben.clone();
                    other.set(kurz, "1");
                    all.push(other);
                }
                all.push(angaben);
            }
            for angaben in &all {
                for befund in formular.check(angaben, kontext) {
                    for (_, parameter) in befund.parameter {
                        if let Parameter::Label(key, text) = parameter
                            && !self.texte.contains_key(&format!("nachweis.{key}"))
                        {
                            self.add(format!("label.{key}"), text);
                        }
                    }
                }
                formular.for_each_inhalt(|_, inhalt| {
                    if let Inhalt::Auskunft(auskunft) = inhalt
                        && let Some(ergebnis) = (auskunft.compute)(&View::new(angaben), &kontext)
                    {
                        self.add(format!("auskunft.{}", ergebnis.satz.0), ergebnis.satz.1);
                        for it in ergebnis.zeilen {
                            self.add(format!("auskunft.{}", it.label.0), it.label.1);
                            if !it.wert.key.is_empty() {
                                self.add(it.wert.key, &it.wert.deutsch);
                            }
                        }
                        for text in ergebnis.zeitleisten.iter().flat_map(|it| it.texte()) {
                            self.add(text.key.clone(), &text.deutsch);
                        }
                    }
                });
            }
        }
    }
}

fn datei(sprache: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("texte/{sprache}.json"));
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    json.as_object()
        .unwrap()
        .iter()
        .map(|(key, text)| (key.clone(), text.as_str().unwrap().to_owned()))
        .collect()
}

/// The `{parameter}` in a text.
fn parameter(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0).collect()
}
