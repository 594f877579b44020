//! `cargo xtask check` and `message` as they are called: what is on stdout, and how they end.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn faelle() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn xtask(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).current_dir(folder).output().unwrap()
}

/// A folder with a file of this name and content.
fn folder_with(name: &str, content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    (folder, file)
}

#[test]
fn check_prints_the_findings_of_every_case() {
    let faelle = faelle();
    for application in shared::antraege::ANTRAEGE.iter().map(|it| it.id) {
        for fall in faelle[application]["valid"].as_array().unwrap() {
            let (folder, _) = folder_with("fall.json", &fall.to_string());
            let output = xtask(&["check", application, "fall.json"], folder.path());
            let found: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(found, fall["findings"], "{}", fall["id"]);
            assert_eq!(output.status.code(), Some(0), "{}", fall["id"]);
            assert!(output.stderr.is_empty(), "{}", fall["id"]);
        }
    }
}

#[test]
fn what_blocks_ends_with_one() {
    // The bare object, without anything in it.
    let (folder, _) = folder_with("leer.json", r#"{"meta": {"stichtag": "2026-11-23"}}"#);
    let output = xtask(&["check", "verpflichtungserklaerung", "leer.json"], folder.path());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(found.as_array().unwrap().iter().any(|it| it["schwere"] == "E"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_cannot_be_read_ends_with_two_and_a_sentence() {
    #[track_caller]
    fn check(args: &[&str], content: &str, expect: &str) {
        let (folder, _) = folder_with("fall.json", content);
        for command in ["check", "message"] {
            let output = xtask(&[&[command], args].concat(), folder.path());
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.contains(expect), "{command}: {error}");
            assert_eq!(output.status.code(), Some(2), "{command}: {error}");
            assert!(output.stdout.is_empty(), "{command}");
        }
    }
    let ve = "verpflichtungserklaerung";
    check(&[ve, "nirgends.json"], "", "cannot read nirgends.json");
    check(&[ve, "fall.json"], "{", "fall.json is not JSON");
    check(&[ve, "fall.json"], "[1]", "`daten` is not a JSON object");
    check(&[ve, "fall.json"], "{}", "no day in `meta.stichtag`");
    check(&[ve, "fall.json"], r#"{"meta": {"stichtag": "morgen"}}"#, "no day in `meta.stichtag`");
    check(&["baugenehmigung", "fall.json"], "{}", "is not an application; there are");
    check(&[ve], "{}", "expected an application and a file");
    check(&[ve, "fall.json", "--laut"], "{}", "--laut");
}

/// The whole way, with the PDF: the same file gives the same bytes.
#[test]
fn message_prints_the_xml_and_nothing_else() {
    let faelle = faelle();
    let fall = &faelle["verpflichtungserklaerung"]["valid"][1];
    let (folder, _) = folder_with("fall.json", &fall.to_string());
    fs::write(folder.path().join("lohn.pdf"), b"%PDF-1.4 Lohn").unwrap();
    let args = ["message", "verpflichtungserklaerung", "fall.json", "--anlage", "NV_LOHN=lohn.pdf"];
    let output = xtask(&args, folder.path());
    let notes = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{notes}");
    let xml = String::from_utf8(output.stdout).unwrap();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    assert!(xml.contains(">2026-11-23T12:00:00.000Z<"));
    assert!(xml.contains(">VE-2026-000008<"));
    assert!(xml.contains("JVBERi0xLjQgTG9obg=="), "the file that was given");
    assert!(notes.contains("NV_AUSWEIS") && !notes.contains("NV_LOHN"), "{notes}");
    assert_eq!(String::from_utf8(xtask(&args, folder.path()).stdout).unwrap(), xml);

    let output = xtask(&[&args[..4], &["NV_LOHN=fall.json"]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}
