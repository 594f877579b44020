//! The PDF of whole applications: every name and answer of the cases, and many files and periods.

#![cfg(test)]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Datelike as _, Days, NaiveDate};
use druck::antrag::{Ausdruck, Datei, dokument};
use serde_json::{Value, json};
use shared::{
    antraege,
    formular::{Einstellungen, Formular, Kontext},
    texte::Texte,
    werte::{Datum, Wert as _},
    zusammenfassung::zusammenfassung,
};

const SUMME: [u8; 32] = [0xAB; 32];

/// The cases that can be sent, with the forms they are for.
fn faelle() -> Vec<(&'static Formular, String, Value)> {
    let pfad = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faelle/cases.json");
    let alle: Value = serde_json::from_slice(&fs::read(pfad).unwrap()).unwrap();
    let mut faelle = Vec::new();
    for formular in antraege::ANTRAEGE {
        for fall in alle[formular.id]["valid"].as_array().unwrap() {
            let id = fall["id"].as_str().unwrap().to_owned();
            faelle.push((*formular, id, fall["daten"].clone()));
        }
    }
    faelle
}

/// The PDF, and what the applicant was asked and answered.
fn write(
    formular: &'static Formular,
    daten: &Value,
    dateien: &[Datei<'_>],
) -> (Vec<u8>, Vec<(String, String)>) {
    let stichtag = Datum::read(daten["meta"]["stichtag"].as_str().unwrap()).unwrap();
    let einstellungen =
        Einstellungen { bedarfsprofil: None, eid: true, ..Einstellungen::default() };
    let kontext = Kontext { stichtag, einstellungen: &einstellungen };
    let angaben = formular.import(daten).unwrap();
    let (antrag, hinweise) = formular.parse(&angaben, kontext).unwrap();
    let texte = Texte::deutsch();
    let zeilen = zusammenfassung(formular, antrag.angaben(), stichtag, &texte)
        .into_iter()
        .flat_map(|teil| teil.zeilen)
        .map(|zeile| (zeile.label, zeile.antwort))
        .chain(hinweise.iter().map(|befund| (String::new(), befund.text(&texte))))
        .collect();
    let pdf = druck::write(&dokument(&Ausdruck {
        formular,
        antrag: &antrag,
        hinweise: &hinweise,
        texte: &texte,
        dateien,
        behoerde: "Stadt Musterstadt, Ausländerbehörde",
        nummer: "VE-7K2M-9QXR-4",
        kopf: vec![
            ("Vorgangsnummer".to_owned(), "VE-7K2M-9QXR-4".to_owned()),
            ("Prüfsumme (SHA-256)".to_owned(), "9f86d081884c7d65".repeat(4)),
        ],
        stichtag,
        erstellt: "2026-11-22T09:30:00Z".parse().unwrap(),
    }))
    .unwrap();
    (pdf, zeilen)
}

#[test]
fn every_answer_of_every_case_can_be_read_in_the_pdf() {
    let mut gesehen = "";
    for (formular, id, daten) in faelle() {
        let dateien =
            [Datei { typ: "NV_LOHN", name: "Löhne März.pdf", groesse: 1, sha256: SUMME }];
        let (pdf, zeilen) = write(formular, &daten, &dateien);
        let pfad = save(&format!("fall-{id}"), &pdf);
        // By the tags a text is one that is divided between two pages, but that takes seconds.
        let is_erster = gesehen != formular.id;
        gesehen = formular.id;
        let Some(text) = (if is_erster { by_tags(&pfad) } else { by_lines(&pfad) }) else { return };
        for (label, antwort) in zeilen {
            for erwartet in [label, antwort] {
                let is_kurz = erwartet.chars().count() <= 28;
                let erwartet = squeeze(&erwartet);
                let is_da = !is_erster && !is_kurz || text.contains(&erwartet);
                assert!(is_da, "{id}: {erwartet} is not in\n{text}");
            }
        }
        for erwartet in ["VE-7K2M-9QXR-4", &"9f86d081884c7d65".repeat(4), "Löhne März.pdf"] {
            assert!(text.contains(&squeeze(erwartet)), "{id}: {erwartet}");
        }
        if !is_erster {
            continue;
        }
        assert!(text.contains(&"ab".repeat(32)), "{id}");
        match Command::new("qpdf").arg("--check").arg(&pfad).output() {
            Ok(output) => {
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            }
            Err(_) => not_run("qpdf is absent"),
        }
    }
}

#[test]
fn a_hundred_files_and_thirty_periods_stay_readable() {
    let (formular, _, mut daten) = faelle().into_iter().find(|(_, id, _)| id == "E1").unwrap();
    // The first period becomes 28 that follow one another: with the other two there are 30.
    let zeiten = daten["personen"][0]["aufenthalt"]["zeiten"].as_array_mut().unwrap();
    let erste = zeiten.remove(0);
    let tag = |name: &str| erste[name].as_str().unwrap().parse::<NaiveDate>().unwrap();
    let von = |n: u64| tag("von") + Days::new(9 * n);
    for n in (0..28).rev() {
        let mut zeit = erste.clone();
        zeit["von"] = json!(von(n).to_string());
        zeit["bis"] =
            json!(if n == 27 { tag("bis") } else { von(n + 1) - Days::new(1) }.to_string());
        zeiten.insert(0, zeit);
    }
    assert_eq!(zeiten.len(), 30);
    let namen: Vec<String> = (1..=100).map(|n| format!("Nachweis Nr. {n} – Müller.pdf")).collect();
    let dateien: Vec<Datei<'_>> = (1..)
        .zip(&namen)
        .map(|(n, name)| Datei { typ: "NV_LOHN", name, groesse: n * 12_345, sha256: [n as u8; 32] })
        .collect();
    let (pdf, _) = write(formular, &daten, &dateien);
    let pfad = save("viel", &pdf);
    let Some(text) = by_tags(&pfad) else { return };
    for (n, name) in (1..).zip(&namen) {
        assert!(text.contains(&squeeze(name)), "{name}");
        let summe = format!("{n:02x}").repeat(32);
        assert!(text.contains(&summe), "{summe}");
    }
    for n in 0..28 {
        let von = von(n);
        let von = format!("{:02}.{:02}.{}", von.day(), von.month(), von.year());
        assert!(text.contains(&von), "{von} is not in\n{text}");
    }
}

/// Text without blanks: lines break where the page ends, not where a name does.
fn squeeze(text: &str) -> String {
    text.chars().filter(|zeichen| !zeichen.is_whitespace() && *zeichen != '\u{AD}').collect()
}

/// All text in the order of the tags, without blanks and without what stands on every page.
fn by_tags(pdf: &Path) -> Option<String> {
    let text = poppler("pdfinfo", &["-struct-text"], pdf, &[])?;
    // Each line of text is a string in quotes, on a line of its own.
    let zeilen = text.lines().filter_map(|zeile| {
        let zeile = zeile.trim();
        zeile.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest))
    });
    Some(squeeze(&zeilen.collect::<String>()))
}

/// All text in the order in which it is drawn, without blanks.
fn by_lines(pdf: &Path) -> Option<String> {
    Some(squeeze(&poppler("pdftotext", &["-raw"], pdf, &["-"])?))
}

fn poppler(tool: &str, davor: &[&str], pdf: &Path, danach: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(tool).args(davor).arg(pdf).args(danach).output() else {
        not_run(&format!("{tool} is absent (poppler-utils)"));
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn save(name: &str, pdf: &[u8]) -> PathBuf {
    let pfad = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    fs::write(&pfad, pdf).unwrap();
    pfad
}

/// Past the capture of the test harness, so that it is seen.
fn not_run(why: &str) {
    writeln!(std::io::stderr(), "NOT RUN: druck: {why}").unwrap();
}
