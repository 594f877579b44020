//! The Spin components: built for wasm32-wasip2 and laid where spin.toml looks for them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    command,
    place::{output, root, target_dir},
    toolchain::{Target, Toolchain},
};

/// The crates that are components, as spin.toml calls them.
pub const COMPONENTS: [&str; 6] =
    ["portal", "annahme", "empfang", "weiterleitung", "sachbearbeitung", "virenscan"];

/// Builds all components in one go, so that they share what they depend on.
pub fn build(toolchain: &Toolchain) -> Result<()> {
    command::step("functions", || {
        // Apart from the native builds: with another rustc each would throw the other's away.
        let dir = target_dir().join("wasm-funktionen");
        let mut cargo = toolchain.cargo();
        cargo.args(["build", "--profile", "funktion", "--target", Target::Wasip2.triple()]);
        cargo.arg("--target-dir").arg(&dir);
        COMPONENTS.iter().for_each(|name| _ = cargo.args(["--package", name]));
        command::run(&mut cargo)?;

        let built = dir.join(Target::Wasip2.triple()).join("funktion");
        COMPONENTS.iter().try_for_each(|name| publish(&built, name))
    })
}

/// Builds the component with which the host is tested, and gives its path.
pub fn build_gast(toolchain: &Toolchain) -> Result<PathBuf> {
    command::step("component for the host's tests", || {
        let dir = target_dir().join("wasm-gast");
        let mut cargo = toolchain.cargo();
        cargo.current_dir(root().join("host/tests/gast"));
        cargo.args(["build", "--release", "--locked", "--target", Target::Wasip2.triple()]);
        cargo.arg("--target-dir").arg(&dir);
        command::run(&mut cargo)?;
        Ok(dir.join(Target::Wasip2.triple()).join("release/gast.wasm"))
    })
}

/// Builds the component with which the bench measures what WASM costs, and gives its path. As the
/// functions are built, and with what they have built already.
pub fn build_bench_gast(toolchain: &Toolchain) -> Result<PathBuf> {
    let dir = target_dir().join("wasm-funktionen");
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--profile", "funktion", "--target", Target::Wasip2.triple()]);
    cargo.arg("--target-dir").arg(&dir).args(["--package", "bench-gast"]);
    command::run(&mut cargo)?;
    Ok(dir.join(Target::Wasip2.triple()).join("funktion/bench_gast.wasm"))
}

fn publish(built: &Path, name: &str) -> Result<()> {
    let from = built.join(format!("{name}.wasm"));
    if !from.is_file() {
        bail!(
            "functions/{name} gave no {name}.wasm; its Cargo.toml needs `crate-type = [\"cdylib\"]`"
        );
    }
    let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
    write_if_changed(&output("funktionen").join(format!("{name}.wasm")), &bytes)
}

/// Writes `bytes` to `path` in one step, unless it holds them already: whoever watches the file's
/// time then sees only real changes, and nobody sees half a file.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let dir = path.parent().expect("an output lies in a folder");
    let mut new = path.as_os_str().to_owned();
    new.push(format!(".{}", std::process::id()));
    fs::create_dir_all(dir)
        .and_then(|()| fs::write(&new, bytes))
        .and_then(|()| fs::rename(&new, path))
        .with_context(|| format!("cannot write {}", path.display()))
}
