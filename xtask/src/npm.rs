//! npm's packages, from a lock file, installed when it has changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{command, place::root};

/// A folder with a package.json whose packages are installed.
#[derive(Debug)]
pub struct Packages {
    dir: PathBuf,
    lock: Vec<u8>,
}

impl Packages {
    /// Installs what the lock file in `folder` names; does nothing if that is there already.
    pub fn install(folder: &str) -> Result<Packages> {
        let dir = root().join(folder);
        let lock = fs::read(dir.join("package-lock.json"))
            .with_context(|| format!("{folder}/package-lock.json cannot be read"))?;
        let done = dir.join("node_modules/.xtask");
        if fs::read(&done).is_ok_and(|old| old == lock) {
            return Ok(Packages { dir, lock });
        }
        if !command::is_there("npm") {
            bail!("npm is missing: install Node.js 20 or newer");
        }
        command::step(&format!("npm ci in {folder}"), || {
            let mut npm = Command::new("npm");
            npm.args(["ci", "--loglevel", "error"]).current_dir(&dir);
            command::run(&mut npm).context("the packages of npm need the network once")?;
            Ok(fs::write(&done, &lock)?)
        })?;
        Ok(Packages { dir, lock })
    }

    /// The folder with package.json.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The lock file.
    pub fn lock(&self) -> &[u8] {
        &self.lock
    }

    /// A file out of a package, for example `@kern-ux/native/LICENSE.md`.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let path = self.dir.join("node_modules").join(path);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_name_no_registry() {
        for folder in ["frontend", "functions/druck", "tests/e2e"] {
            let lock = fs::read_to_string(root().join(folder).join("package-lock.json")).unwrap();
            assert!(!lock.contains("\"resolved\""), "{folder}: use the folder's .npmrc");
            assert!(lock.contains("\"integrity\""), "{folder}");
        }
    }
}
