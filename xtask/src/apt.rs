//! Debian's packages: installed when we may, asked for when we may not.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// Installs `packages` without their recommendations. Fails with the command that an
/// administrator has to run, when we are not allowed to or it does not work.
pub fn install(packages: &[&str]) -> Result<()> {
    let remedy = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if !command::is_there("apt-get") {
        bail!("{} needed, and there is no apt-get here", packages.join(", "));
    }
    if command::output(Command::new("id").arg("-u"))? != "0" {
        bail!("run this as root: {remedy}");
    }
    command::step(&remedy, || {
        let apt_get = |args: &[&str]| {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-y"]).args(args);
            command::run(&mut apt)
        };
        apt_get(&["update"])?;
        apt_get(&[&["install", "--no-install-recommends"], packages].concat())
    })
    .with_context(|| format!("this did not work: {remedy}"))
}
