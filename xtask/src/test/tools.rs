//! The programs that tests need and the product does not.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    apt, command,
    place::{cache, root},
};

/// Programs and the Debian packages that have them.
const PROGRAMS: [(&str, &str); 7] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("pdftotext", "poppler-utils"),
    ("xmllint", "libxml2-utils"),
    ("qpdf", "qpdf"),
    ("openssl", "openssl"),
    ("/usr/sbin/clamd", "clamav-daemon"),
];

/// Modules of Debian's Python and the packages that have them: another JOSE and a JSON schema.
const MODULES: [(&str, &str); 2] =
    [("jwcrypto", "python3-jwcrypto"), ("jsonschema", "python3-jsonschema")];

/// Installs the browser, its driver, what reads PDF and XML, what makes certificates, the virus scanner
/// and Python's modules where they are missing.
pub fn install_packages() -> Result<()> {
    let programs = PROGRAMS.iter().filter(|(program, _)| !command::is_there(program));
    let modules = MODULES.iter().filter(|(module, _)| !has_module(module));
    let missing: Vec<_> = programs.chain(modules).map(|(_, package)| *package).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => apt::install(&missing),
    }
}

/// Whether Debian's Python has a module; another one in PATH has its own.
fn has_module(name: &str) -> bool {
    let mut python = Command::new("/usr/bin/python3");
    python.args(["-c", &format!("import {name}")]).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}

/// The path of an installed program.
pub fn program(name: &str) -> Result<PathBuf> {
    command::find(name).with_context(|| format!("{name} is not in PATH"))
}

/// wasm-bindgen's test runner, in the version of the library; built once for all clones.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let dir = cache()?.join(format!("wasm-bindgen-{version}"));
    let runner = dir.join("bin/wasm-bindgen-test-runner");
    if runner.is_file() {
        return Ok(runner);
    }
    command::step("wasm-bindgen's test runner (once, some minutes)", || {
        let mut cargo = command::cargo();
        cargo.env_remove("CARGO_TARGET_DIR").current_dir(cache()?);
        // It runs for seconds; optimising it would take longer than that.
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
        cargo.args(["install", "--quiet", "wasm-bindgen-cli", "--version", &version]);
        cargo.args(["--bin", "wasm-bindgen-test-runner", "--root"]).arg(&dir);
        command::run(&mut cargo)
    })?;
    Ok(runner)
}

fn locked_version(name: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let (_, rest) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .with_context(|| format!("{name} is not in Cargo.lock"))?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_and_its_tools_have_the_same_version() {
        let library = locked_version("wasm-bindgen").unwrap();
        assert_eq!(library, locked_version("wasm-bindgen-cli-support").unwrap());
    }
}
