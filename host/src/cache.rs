//! Components as native code, compiled once and kept.
//!
//! A compiled component is code that the host runs without further checks. So it is only read from a folder that
//! nobody else can write to, and its name holds the hash of the component and of everything in the engine that the
//! code depends on.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};
use wasmtime::{Engine, component::Component};

/// The component in the file `source`, from the cache or compiled into it.
pub fn load(engine: &Engine, folder: &Path, source: &Path) -> anyhow::Result<Component> {
    let wasm = fs::read(source).with_context(|| {
        format!("failed to read component {}; it is made by `cargo xtask build`", source.display())
    })?;
    ensure!(
        wasm.get(4..8) == Some(&[0x0d, 0, 1, 0]),
        "{} is not a WebAssembly component; build it for wasm32-wasip2",
        source.display()
    );
    prepare_folder(folder)?;
    let cached = folder.join(name(engine, &wasm));
    if cached.exists()
        && let Some(component) = read(engine, &cached)
    {
        return Ok(component);
    }
    let compiled = engine
        .precompile_component(&wasm)
        .map_err(anyhow::Error::from)
        .with_context(|| format!("failed to compile component {}", source.display()))?;
    write(folder, &cached, &compiled)?;
    read(engine, &cached).with_context(|| format!("{} cannot be used", cached.display()))
}

fn prepare_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .with_context(|| format!("failed to create folder {}", folder.display()))?;
    ensure_only_ours(folder)
}

#[cfg(unix)]
fn ensure_only_ours(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = fs::symlink_metadata(path)
        .with_context(|| format!("failed to look at {}", path.display()))?;
    let process = fs::metadata("/proc/self").context("failed to look at /proc/self")?;
    ensure!(
        metadata.uid() == process.uid() && metadata.mode() & 0o022 == 0,
        "{} belongs to, or can be written by, somebody else: code from there is not run",
        path.display()
    );
    Ok(())
}

#[cfg(not(unix))]
fn ensure_only_ours(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

fn name(engine: &Engine, wasm: &[u8]) -> String {
    let component: String = Sha256::digest(wasm).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut compatibility = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut compatibility);
    format!("{component}-{:016x}.cwasm", compatibility.finish())
}

/// `None` if the file is no use: then the component is compiled again.
#[expect(unsafe_code, reason = "compiled code cannot be checked, only where it comes from")]
fn read(engine: &Engine, path: &Path) -> Option<Component> {
    ensure_only_ours(path).ok()?;
    // SAFETY: the file lies in a folder that only this user can write to and was written whole by `write`.
    unsafe { Component::deserialize_file(engine, path) }.ok()
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let temporary = TemporaryFile(folder.join(format!("{}.tmp", std::process::id())));
    let context = || format!("failed to write {}", temporary.0.display());
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary.0).with_context(context)?;
    file.write_all(bytes).with_context(context)?;
    file.sync_all().with_context(context)?;
    fs::rename(&temporary.0, path).with_context(|| format!("failed to write {}", path.display()))
}

struct TemporaryFile(PathBuf);

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // After the rename it is gone already.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY_COMPONENT: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];

    #[test]
    fn a_component_is_compiled_once() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("leer.wasm");
        fs::write(&source, EMPTY_COMPONENT).unwrap();
        let cache = folder.path().join("cache");
        let engine = Engine::default();
        load(&engine, &cache, &source).unwrap();
        let files = || -> Vec<_> {
            fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path()).collect()
        };
        let [file] = files().try_into().unwrap();
        let made = fs::metadata(&file).unwrap().modified().unwrap();
        load(&engine, &cache, &source).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), made);
        fs::write(&file, b"rubbish").unwrap();
        load(&engine, &cache, &source).unwrap();
        assert_eq!(files(), [file]);
    }

    #[cfg(unix)]
    #[test]
    fn code_that_somebody_else_could_write_is_not_run() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("leer.wasm");
        fs::write(&source, EMPTY_COMPONENT).unwrap();
        let cache = folder.path().join("cache");
        fs::create_dir(&cache).unwrap();
        fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).unwrap();
        let error = load(&Engine::default(), &cache, &source).err().unwrap().to_string();
        assert!(error.ends_with("code from there is not run"), "{error}");
    }

    #[test]
    fn a_core_module_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("modul.wasm");
        fs::write(&source, [0, b'a', b's', b'm', 1, 0, 0, 0]).unwrap();
        let error = load(&Engine::default(), folder.path(), &source).err().unwrap().to_string();
        assert!(error.ends_with("build it for wasm32-wasip2"), "{error}");
    }
}
