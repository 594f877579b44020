//! Running other programs, and saying what is done and how long it took.

use std::{
    env,
    ffi::OsStr,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// Says what is done, and how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("── {what}");
    let start = Instant::now();
    let done = work()?;
    let took = start.elapsed();
    if took > Duration::from_secs(2) {
        eprintln!("   {what}: {:.0} s", took.as_secs_f32());
    }
    Ok(done)
}

/// Cargo, free of the variables with which cargo started us: some build scripts watch them and
/// would run again each time.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if ours.iter().any(|prefix| text.starts_with(prefix)) || text == "CARGO_PRIMARY_PACKAGE" {
            cargo.env_remove(&name);
        }
    }
    cargo.env_remove("LD_LIBRARY_PATH").current_dir(crate::place::root());
    cargo
}

/// Node, for what only npm's packages can do.
pub fn node() -> Command {
    let mut node = Command::new("node");
    node.current_dir(crate::place::root());
    node
}

/// Runs to the end, with its output on ours.
pub fn run(command: &mut Command) -> Result<()> {
    match status(command)? {
        status if status.success() => Ok(()),
        status => bail!("{} failed ({status})", name(command)),
    }
}

/// Runs to the end and gives how it ended.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| format!("cannot start {}", name(command)))
}

/// Runs to the end and gives what it printed, without the last line break.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", name(command), output.status);
    }
    let text = String::from_utf8(output.stdout)
        .with_context(|| format!("{} printed no UTF-8", name(command)))?;
    Ok(text.trim_end().to_owned())
}

/// Lets the kernel stop the program when we die, however that happens.
pub fn tie_to_us(command: &mut Command) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        use std::os::unix::process::CommandExt;

        let us = rustix::process::getpid();
        let tie = move || {
            set_parent_process_death_signal(Some(Signal::TERM))?;
            // We may have died before that.
            match getppid() == Some(us) {
                true => Ok(()),
                false => Err(std::io::Error::other("the parent is gone")),
            }
        };
        #[expect(unsafe_code, reason = "std has no safe way to set this up in the child")]
        // SAFETY: between fork and exec the closure makes two system calls; it neither allocates
        // on success nor takes a lock.
        unsafe {
            command.pre_exec(tie);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = command;
}

/// Is there a program of this name in PATH?
pub fn is_there(program: &str) -> bool {
    find(program).is_some()
}

/// The path of a program in PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|dir| dir.join(program)).find(|path| path.is_file())
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().take(3).map(OsStr::to_string_lossy));
    format!("`{}`", words.join(" "))
}
