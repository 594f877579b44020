//! xmllint against the schemas, which are not part of this repository.

use std::{
    env, fs,
    io::{self, Write},
    path::PathBuf,
    process::Command,
};

/// Schema of a message by the namespace of its standard, below the folder of schemas; one that begins
/// with `docs/` is our own.
const SCHEMAS: &[(&str, &str)] = &[
    (
        "http://www.osci.de/xauslaender2611",
        "xauslaender/26.11-subset/xauslaender-2611-ozg-subset.xsd",
    ),
    ("urn:example:einbuergerung:0.2", "docs/xoev/einbuergerung-0.2.xsd"),
];

/// `SCHEMAS_DIR`, or `../shared/schemas` beside the repository.
fn folder() -> PathBuf {
    let folder = match env::var_os("SCHEMAS_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas"),
    };
    // Schemas import each other, and xmllint does not see that `a/../b` is `b`.
    folder.canonicalize().unwrap_or(folder)
}

/// All of these messages (name and XML) are valid. Says so where it cannot tell.
#[track_caller]
pub fn assert_valid(namespace: &str, messages: &[(String, String)]) {
    let Some(reports) = reports(namespace, messages) else { return };
    for (is_success, report) in reports {
        let errors: Vec<&str> = report.lines().filter(|it| it.contains("error")).take(10).collect();
        assert!(is_success, "{}", errors.join("\n"));
    }
}

/// Which of these messages (name and XML) are valid; `None` where it cannot tell, and says so.
pub fn verdicts(namespace: &str, messages: &[(String, String)]) -> Option<Vec<bool>> {
    let mut verdicts = Vec::new();
    for (_, report) in reports(namespace, messages)? {
        verdicts.extend(report.lines().filter_map(|line| match line {
            _ if line.ends_with(".xml validates") => Some(true),
            _ if line.ends_with(".xml fails to validate") => Some(false),
            _ => None,
        }));
    }
    Some(verdicts)
}

/// Whether xmllint was content with a lot of messages, and what it said.
fn reports(namespace: &str, messages: &[(String, String)]) -> Option<Vec<(bool, String)>> {
    let (_, schema) = SCHEMAS.iter().find(|(it, _)| *it == namespace).unwrap();
    let schema = match schema.strip_prefix("docs/") {
        Some(own) => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(own),
        None => folder().join(schema),
    };
    // Ours uses the XÖV library, which the catalogue leads to.
    if !schema.is_file() || !folder().join("catalog.xml").is_file() {
        // Not `eprintln!`, which a passing test keeps to itself.
        let _ = writeln!(
            io::stderr(),
            "DID NOT RUN: {} messages were not validated, because there is no {} (SCHEMAS_DIR)",
            messages.len(),
            schema.display(),
        );
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = messages
        .iter()
        .map(|(name, xml)| {
            let file = folder.path().join(format!("{name}.xml"));
            fs::write(&file, xml).unwrap();
            file
        })
        .collect();
    let reports = files.chunks(200).map(|files| {
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(&schema)
            .args(files)
            .env("XML_CATALOG_FILES", self::folder().join("catalog.xml"))
            .output()
            .expect("xmllint is installed (Debian: libxml2-utils)");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    });
    Some(reports.collect())
}
