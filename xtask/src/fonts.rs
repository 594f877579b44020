//! Subset fonts, made by a crate's script from npm's packages: once for each version of both.

use std::{fs, path::PathBuf};

use anyhow::Result;

use crate::{
    command,
    functions::write_if_changed,
    npm::Packages,
    place::{cache, output, root},
    web::Hash,
};

/// The folder with what `script` makes. It is called with the folder to write to.
pub fn make(packages: &Packages, script: &str) -> Result<PathBuf> {
    let recipe = root().join(script);
    let mut key = Hash::default();
    key.add(&fs::read(&recipe)?);
    key.add(packages.lock());
    let dir = cache()?.join(format!("schriften-{}", key.hex()));
    if !dir.is_dir() {
        command::step(&format!("fonts: {script}"), || {
            let new = dir.with_extension(std::process::id().to_string());
            command::run(command::node().arg(&recipe).arg(&new))?;
            // Somebody else may have made them meanwhile; theirs are as good.
            Ok(fs::rename(&new, &dir).or_else(|_| fs::remove_dir_all(&new))?)
        })?;
    }
    Ok(dir)
}

/// Lays the fonts of the PDF where the crate `druck` takes them from: `target/schriften/`.
pub fn lay_out_druck() -> Result<()> {
    let dir = make(&Packages::install("functions/druck")?, "functions/druck/schriften.mjs")?;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        write_if_changed(&output("schriften").join(entry.file_name()), &fs::read(entry.path())?)?;
    }
    Ok(())
}
