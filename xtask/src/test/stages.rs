//! What each stage runs. Each makes what it needs; what is there already costs nothing.

use std::{env, ffi::OsString, fs, path::PathBuf};

use anyhow::Result;

use super::{
    clamd::Clamd,
    run::{self, Count},
    tools,
};
use crate::{
    build::{self, Part, Programs},
    command,
    demo::Daten,
    fonts, functions,
    npm::Packages,
    place,
    system::{Settings, System},
    toolchain::{self, Target},
};

/// `cargo fmt`, which only looks.
pub fn format() -> Result<Count> {
    run::check(command::cargo().args(["fmt", "--all", "--check"]))
}

/// Clippy over everything that compiles natively.
pub fn lint() -> Result<Count> {
    fonts::lay_out_druck()?;
    let mut cargo = command::cargo();
    cargo.args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    run::check(&mut cargo)
}

/// `cargo test` over the workspace. The tests that run components get them built.
pub fn unit() -> Result<Count> {
    tools::install_packages()?;
    build::run(&[Part::Web, Part::Funktionen])?;
    let gast = functions::build_gast(&toolchain::find()?)?;
    let mut cargo = command::cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    cargo.env("GAST_WASM", gast).env("FUNKTIONEN_DIR", place::output("funktionen"));
    if let Some(schemas) = place::schemas() {
        cargo.env("SCHEMAS_DIR", schemas.canonicalize()?);
    }
    run::count(&mut cargo)
}

/// The frontend's tests in Chromium.
pub fn browser() -> Result<Count> {
    tools::install_packages()?;
    let runner = tools::wasm_bindgen()?;
    let mut cargo = toolchain::find()?.cargo();
    cargo.args(["test", "--package", "frontend", "--target", Target::Unknown.triple()]);
    cargo.args(["--test", "*"]).arg("--target-dir").arg(place::target_dir().join("wasm-web"));
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    cargo.env("CHROMEDRIVER", tools::program("chromedriver")?);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    run::count(&mut cargo)
}

/// The flows in `tests/e2e` against the whole system, with its own data folder.
pub fn e2e() -> Result<Count> {
    tools::install_packages()?;
    let packages = Packages::install("tests/e2e")?;
    build::run(&[Part::Web, Part::Funktionen])?;
    // The ones that the stage before has built: another selection of packages or features would
    // compile the host once more.
    command::step("host and counterparts", || {
        command::run(command::cargo().args(["test", "--workspace", "--no-run", "--quiet"]))
    })?;

    let data = place::target_dir().join("e2e-daten");
    if data.is_dir() {
        fs::remove_dir_all(&data)?;
    }
    let daten = Daten::open(&data)?;
    let programs = Programs::debug();
    let clamd = Clamd::start(&data.join("clamd"))?;
    let virenscanner = format!("virenscanner=tcp://{}", clamd.address);
    let host_options: Vec<OsString> = [
        "--tick",
        "/intern/weiterleitung=500ms",
        "--tick",
        "/intern/virenscan=500ms",
        "--variable",
        "virenscan=clamd",
        "--variable",
        &virenscanner,
        "--variable",
        "belehrung_sekunden=2",
        "--variable",
        "wiederholung_sekunden=1",
    ]
    .map(OsString::from)
    .to_vec();
    let settings = Settings { programs: programs.clone(), port: 0, host_options };
    let system = System::start(&settings, &daten)?;

    let mut node = command::node();
    node.current_dir(packages.dir());
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    node.args(files(packages.dir())?);
    node.env("PORTAL_URL", &system.url);
    node.env("FACHVERFAHREN_URL", &system.fachverfahren).env("DMS_URL", &system.dms);
    node.env("DATEN_DIR", &daten.dir).env("VARIABLEN", daten.variablen());
    node.env("DEMO_KENNUNG", &daten.anmeldung.0).env("DEMO_PASSWORT", &daten.anmeldung.1);
    node.env("CHROMIUM", tools::program("chromium")?);
    // For tests that start, kill and restart a system of their own.
    node.env("HOST_PROGRAMM", &programs.host).env("CWASM_DIR", place::output("cwasm"));
    node.env("GEGENSTELLEN_PROGRAMM", &programs.gegenstellen);
    node.env("CLAMD_PID", clamd.id().to_string());
    node.env("CI", env::var_os("CI").unwrap_or_default());
    run::count(&mut node)
}

fn files(dir: &std::path::Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    anyhow::ensure!(!files.is_empty(), "{} has no *.test.mjs", dir.display());
    Ok(files)
}
