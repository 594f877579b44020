//! `cargo xtask bench`: what the system costs, in one table of ratios to baselines of the same run,
//! and what each page weighs.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{
    build::{self, Part, Programs},
    command,
    demo::Daten,
    functions,
    npm::Packages,
    place,
    system::{Settings, System},
    test::tools,
    toolchain, web,
};

/// Builds everything optimised, measures, and prints the table.
pub fn run() -> Result<()> {
    tools::install_packages()?;
    let packages = Packages::install("tests/e2e")?;
    build::run(Part::ALL)?;
    let gast = command::step("bench", || {
        let mut cargo = command::cargo();
        command::run(cargo.args(["build", "--release", "--package", "bench"]))?;
        functions::build_bench_gast(&toolchain::find()?)
    })?;

    let dir = place::target_dir().join("bench-daten");
    if dir.is_dir() {
        fs::remove_dir_all(&dir)?;
    }
    let daten = Daten::open(&dir.join("portal"))?;
    // Both databases lie on the same disk.
    let grundlinie = dir.join("grundlinie");
    fs::create_dir(&grundlinie)?;
    // Nothing is delivered meanwhile: the baseline has nobody to deliver for it.
    let programs = Programs::built();
    let settings = Settings { programs: programs.clone(), port: 0, host_options: Vec::new() };
    let system = System::start(&settings, &daten)?;

    let seite = dir.join("seite.json");
    command::step("pages in Chromium", || {
        fs::write(&seite, measure_page(&packages, &system)?)?;
        Ok(())
    })?;
    command::step("submits and messages", || {
        let program = place::target_dir().join("release/bench");
        let mut bench = measure(&program, &system, &daten);
        bench.arg("--host").arg(&programs.host).arg("--gast").arg(&gast);
        command::run(bench.arg("--data").arg(&grundlinie).arg("--page").arg(&seite))
    })?;
    println!("\nPages and programs, kB; bytes are the same on every machine:\n");
    print!("{}", web::costs::table()?);
    Ok(())
}

fn measure_page(packages: &Packages, system: &System) -> Result<String> {
    let mut node = command::node();
    node.current_dir(packages.dir()).arg("messung.mjs");
    node.env("PORTAL_URL", &system.url);
    node.env("FACHVERFAHREN_URL", &system.fachverfahren).env("DMS_URL", &system.dms);
    node.env("CHROMIUM", tools::program("chromium")?);
    command::output(&mut node)
}

fn measure(program: &Path, system: &System, daten: &Daten) -> std::process::Command {
    let mut bench = std::process::Command::new(program);
    bench.args(["--portal", &system.url]);
    bench.arg("--manifest").arg(place::root().join("spin.toml"));
    bench.arg("--variables-file").arg(daten.variablen());
    bench
}
