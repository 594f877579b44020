//! The one place that decides which compiler builds for WASM.
//!
//! 1. rustup's targets, where they are installed or can be added.
//! 2. Else Debian's `rustc-web` with std built from `rust-web-src` and `wasi-libc`, once, into a
//!    sysroot in the user's cache. Its `bin/rustc` then builds like any other.
//!
//! The variable `XTASK_WASM` (`rustup` or `distribution`) forces one of the two.

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{command, place};

/// What the product is compiled for beside the machine itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The browser.
    Unknown,
    /// The functions.
    Wasip2,
}

impl Target {
    const ALL: [Target; 2] = [Target::Unknown, Target::Wasip2];

    /// Its name for rustc and cargo.
    pub fn triple(self) -> &'static str {
        match self {
            Target::Unknown => "wasm32-unknown-unknown",
            Target::Wasip2 => "wasm32-wasip2",
        }
    }

    /// The parts of std that are built from source. `test` is for the tests in the browser.
    fn crates(self) -> &'static str {
        match self {
            Target::Unknown => "std,panic_abort,test",
            Target::Wasip2 => "std,panic_abort",
        }
    }
}

/// A compiler that knows both WASM targets.
#[derive(Debug)]
pub struct Toolchain {
    /// `None`: the one that cargo takes by itself.
    rustc: Option<PathBuf>,
}

impl Toolchain {
    /// Cargo, set up to build for WASM.
    pub fn cargo(&self) -> Command {
        let mut cargo = command::cargo();
        if let Some(rustc) = &self.rustc {
            cargo.env("RUSTC", rustc);
        }
        cargo
    }

    /// The same for a shell.
    pub fn shell(&self) -> String {
        match &self.rustc {
            Some(rustc) => format!("export RUSTC='{}'\n", rustc.display()),
            None => "unset RUSTC\n".to_owned(),
        }
    }
}

/// Finds the compiler, and installs or builds what it lacks.
pub fn find() -> Result<Toolchain> {
    let choice = env::var("XTASK_WASM").unwrap_or_default();
    let rustup = match choice.as_str() {
        "" | "rustup" => has_targets()? || add_targets(),
        "distribution" => false,
        other => bail!("XTASK_WASM is `{other}`; it can be `rustup` or `distribution`"),
    };
    match rustup {
        true => Ok(Toolchain { rustc: None }),
        false if choice == "rustup" => {
            bail!("`rustup target add {} {}` failed; it needs the network", TRIPLES[0], TRIPLES[1])
        }
        false => Ok(Toolchain { rustc: Some(sysroot()?.join("bin/rustc")) }),
    }
}

const TRIPLES: [&str; 2] = ["wasm32-unknown-unknown", "wasm32-wasip2"];

fn has_targets() -> Result<bool> {
    for target in Target::ALL {
        let mut rustc = Command::new("rustc");
        rustc.args(["--print", "target-libdir", "--target", target.triple()]);
        if !Path::new(&command::output(&mut rustc)?).is_dir() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn add_targets() -> bool {
    if !command::is_there("rustup") {
        return false;
    }
    eprintln!("── rustup target add {}", TRIPLES.join(" "));
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add"]).args(TRIPLES);
    let added = command::status(&mut rustup).is_ok_and(|status| status.success());
    if !added {
        eprintln!("   it cannot be added: building std from the distribution's sources instead");
    }
    added
}

/// Debian's compiler, and where its packages put what a sysroot is made of.
const RUSTC: &str = "/usr/bin/rustc";
const SOURCES: &str = "/usr/lib/rustlib/src/rust/library/std/src/lib.rs";
const LIBC: &str = "/usr/lib/wasm32-wasi";
const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "wasi-libc"];

/// Changes with the recipe below, so that sysroots of an older one are not used.
const RECIPE: &str = "1";

/// The folder of a sysroot for both targets; made on first use.
fn sysroot() -> Result<PathBuf> {
    install_packages()?;
    let version = command::output(Command::new(RUSTC).arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .with_context(|| format!("{RUSTC} -vV names no host"))?;
    let native = command::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let linkers = Path::new(&native).join("lib/rustlib").join(host).join("bin");
    for linker in ["rust-lld", "wasm-component-ld"] {
        if !linkers.join(linker).is_file() {
            bail!(
                "the linker {linker} is missing in {}; install Rust with rustup",
                linkers.display()
            );
        }
    }
    let libc =
        fs::read(Path::new(LIBC).join("libc.a")).context("cannot read wasi-libc's libc.a")?;

    let mut key = Sha256::new();
    for part in [RECIPE.as_bytes(), version.as_bytes(), linkers.as_os_str().as_encoded_bytes()] {
        key.update(part);
        key.update([0]);
    }
    key.update(libc);
    let key: String = key.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    let cache = place::cache()?;
    let done = cache.join(format!("sysroot-{key}"));
    if done.is_dir() {
        return Ok(done);
    }
    command::step("std for WASM, from the distribution's sources (once, about 2 minutes)", || {
        let new = cache.join(format!("sysroot-{key}.{}", std::process::id()));
        make_sysroot(&new, &done, host, &linkers)?;
        // Somebody else may have made it meanwhile; theirs is as good.
        if fs::rename(&new, &done).is_err() {
            fs::remove_dir_all(&new)?;
        }
        Ok(())
    })?;
    Ok(done)
}

fn install_packages() -> Result<()> {
    let libc = Path::new(LIBC).join("libc.a");
    if Path::new(RUSTC).is_file() && Path::new(SOURCES).is_file() && libc.is_file() {
        return Ok(());
    }
    let reason = "the WASM targets are missing: run `rustup target add wasm32-unknown-unknown \
                  wasm32-wasip2` while online";
    crate::apt::install(&PACKAGES).with_context(|| reason)
}

/// Lays the sysroot into `new`; the scripts in it name `done`, where it will stand.
fn make_sysroot(new: &Path, done: &Path, host: &str, linkers: &Path) -> Result<()> {
    let rustlib = new.join("lib/rustlib");
    fs::create_dir_all(new.join("bin"))?;
    fs::create_dir_all(rustlib.join(host))?;
    symlink(Path::new("/usr/lib/rustlib").join(host).join("lib"), rustlib.join(host).join("lib"))?;
    symlink(linkers, rustlib.join(host).join("bin"))?;
    let rustc = new.join("bin/rustc");
    fs::write(&rustc, wrapper(done))?;
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755))?;

    let empty = new.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    fs::write(
        empty.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n",
    )?;
    for target in Target::ALL {
        let mut cargo = command::cargo();
        cargo.current_dir(&empty).env_remove("CARGO_TARGET_DIR");
        // Only here: the -Z flags and the variable are not needed to use the result.
        cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC);
        // LTO over std needs its bitcode.
        cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes");
        cargo.args(["build", "--quiet", "--release", "--target", target.triple()]);
        cargo.arg(format!("-Zbuild-std={}", target.crates()));
        command::run(&mut cargo)?;

        let lib = rustlib.join(target.triple()).join("lib");
        fs::create_dir_all(&lib)?;
        let deps = empty.join("target").join(target.triple()).join("release/deps");
        for file in fs::read_dir(&deps)? {
            let path = file?.path();
            let name = path.file_name().expect("a listed file has a name").to_string_lossy();
            if name.ends_with(".rlib") && !name.starts_with("libempty") {
                fs::copy(&path, lib.join(&*name))?;
            }
        }
    }
    fs::remove_dir_all(&empty)?;

    let own = rustlib.join(Target::Wasip2.triple()).join("lib/self-contained");
    fs::create_dir_all(&own)?;
    for name in ["libc.a", "crt1-command.o", "crt1-reactor.o"] {
        fs::copy(Path::new(LIBC).join(name), own.join(name))
            .with_context(|| format!("cannot copy wasi-libc's {name}"))?;
    }
    make_pthread_stubs(new, &own)
}

/// Debian's compiler with our std. A component is linked as a reactor: without `_initialize`
/// wasm-ld would run the constructors again around each export.
fn wrapper(sysroot: &Path) -> String {
    let sysroot = sysroot.display();
    let own = format!("{sysroot}/lib/rustlib/wasm32-wasip2/lib/self-contained");
    format!(
        r#"#!/bin/sh
case " $* " in
*" --crate-type cdylib "*)
    case " $* " in
    *" --target wasm32-wasip2 "*)
        set -- "$@" -C "link-arg={own}/crt1-reactor.o" -C link-arg=--export=_initialize \
            -C "link-arg={own}/pthread-stubs.o" ;;
    esac ;;
esac
exec {RUSTC} --sysroot "{sysroot}" "$@"
"#
    )
}

/// std names pthread functions that Debian's older wasi-libc does not have. A component has one
/// thread, so refusing to start another (ENOTSUP is 58 in WASI) is all that they can do.
fn make_pthread_stubs(sysroot: &Path, own: &Path) -> Result<()> {
    let source = sysroot.join("pthread-stubs.rs");
    fs::write(
        &source,
        r#"#![no_std]
#[no_mangle] pub extern "C" fn pthread_create(_: *mut u8, _: *const u8, _: *const u8, _: *mut u8) -> i32 { 58 }
#[no_mangle] pub extern "C" fn pthread_detach(_: usize) -> i32 { 58 }
#[no_mangle] pub extern "C" fn pthread_join(_: usize, _: *mut u8) -> i32 { 58 }
#[no_mangle] pub extern "C" fn pthread_attr_init(_: *mut u8) -> i32 { 0 }
#[no_mangle] pub extern "C" fn pthread_attr_setstacksize(_: *mut u8, _: usize) -> i32 { 0 }
#[no_mangle] pub extern "C" fn pthread_attr_destroy(_: *mut u8) -> i32 { 0 }
"#,
    )?;
    let mut rustc = Command::new(RUSTC);
    rustc.arg("--sysroot").arg(sysroot).args(["--target", Target::Wasip2.triple()]);
    rustc.args(["--crate-type", "lib", "--emit", "obj", "-O", "-C", "panic=abort"]);
    rustc.arg(&source).arg("-o").arg(own.join("pthread-stubs.o"));
    command::run(&mut rustc)
}
