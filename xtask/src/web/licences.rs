//! The licences of what the site hands out: they travel with it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{command, npm::Packages, place::root, toolchain::Target};

/// The files for `lizenzen/`, as (name, text).
pub fn collect(packages: &Packages) -> Result<Vec<(String, String)>> {
    let kern = String::from_utf8(packages.read("@kern-ux/native/LICENSE.md")?)
        .context("KERN's licence is not UTF-8")?;
    let fira = fs::read_to_string(root().join("frontend/schriften/OFL.txt"))
        .context("cannot read frontend/schriften/OFL.txt")?;
    Ok(vec![
        ("fira-sans.txt".to_owned(), fira),
        ("kern-ux.txt".to_owned(), kern),
        ("programm.txt".to_owned(), crates()?),
    ])
}

/// The licences of all crates in the programs for the browser; a text that several share once.
fn crates() -> Result<String> {
    let mut tree = command::cargo();
    tree.args(["tree", "--quiet", "--package", "frontend", "--edges", "normal,no-proc-macro"]);
    tree.args(["--target", Target::Unknown.triple(), "--prefix", "none", "--format", "{p}"]);
    let tree = command::output(&mut tree)?;

    let mut metadata = command::cargo();
    metadata.args(["metadata", "--quiet", "--format-version", "1"]);
    metadata.args(["--filter-platform", Target::Unknown.triple()]);
    let metadata: Value = serde_json::from_str(&command::output(&mut metadata)?)?;

    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().context("cargo metadata has no packages")? {
        let text = |name: &str| package[name].as_str().unwrap_or_default();
        let line = format!("{} v{}", text("name"), text("version"));
        // Those of our own have no source.
        let is_used =
            tree.lines().any(|used| used == line || used.starts_with(&format!("{line} ")));
        if package["source"].is_null() || !is_used {
            continue;
        }
        let dir = Path::new(text("manifest_path")).parent().context("a manifest without folder")?;
        let title = format!("{line} ({})", text("license"));
        by_text.entry(texts(dir)?).or_default().push(title);
    }

    let mut out = String::from("Die Programme dieses Portals enthalten diese Bibliotheken.\n");
    for (text, mut titles) in by_text {
        titles.sort();
        out.push_str(&format!("\n{}\n{}\n\n{text}\n", "=".repeat(80), titles.join("\n")));
    }
    Ok(out)
}

fn texts(dir: &Path) -> Result<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        let name = path.file_name().expect("a listed file has a name").to_string_lossy();
        let name = name.to_ascii_uppercase();
        let is_licence = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
            .iter()
            .any(|word| name.starts_with(word));
        if is_licence && path.is_file() {
            texts.push((name, fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    texts.sort();
    Ok(texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n"))
}
