//! Where things are: the workspace, what is built, and what every clone of it may share.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

/// The workspace's folder.
pub fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask is a folder of the workspace").to_owned()
}

/// What the product is run from: `target/funktionen`, `target/web`. spin.toml names these paths.
pub fn output(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// Cargo's own folder for what it builds natively.
pub fn target_dir() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The user's cache for what is expensive to make and the same for every clone: WASM's std,
/// subset fonts, test tools. Everything in it can be deleted at any time.
pub fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .context("there is no home folder for the cache; set XDG_CACHE_HOME")?;
    let dir = base.join("antragsportal");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    Ok(dir)
}

/// The XML schemas that messages are checked against. They are not part of the project: their
/// folder is named by `SCHEMAS_DIR`, or lies in `shared/schemas` beside the workspace.
pub fn schemas() -> Option<PathBuf> {
    let dir = match env::var_os("SCHEMAS_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => root().parent()?.join("shared/schemas"),
    };
    dir.join("catalog.xml").is_file().then_some(dir)
}
