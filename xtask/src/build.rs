//! `cargo xtask build`: everything that is needed to serve the system, in the order it depends on.

use std::{path::PathBuf, str::FromStr};

use anyhow::Result;

use crate::{command, fonts, functions, place::target_dir, toolchain, web};

/// What can be built alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The site, in `target/web/`.
    Web,
    /// The Spin components, in `target/funktionen/`. The portal holds the site as it is now.
    Funktionen,
    /// The counterparts for demo and tests.
    Gegenstellen,
    /// The embedded host, optimised.
    Host,
}

impl Part {
    /// All parts, each after the ones it needs.
    pub const ALL: &[Part] = &[Part::Web, Part::Funktionen, Part::Gegenstellen, Part::Host];
}

impl FromStr for Part {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "web" => Ok(Part::Web),
            "funktionen" => Ok(Part::Funktionen),
            "gegenstellen" => Ok(Part::Gegenstellen),
            "host" => Ok(Part::Host),
            _ => Err(format!(
                "`{name}` is not a part; there are web, funktionen, gegenstellen and host"
            )),
        }
    }
}

/// The native programs that serve the system.
#[derive(Clone, Debug)]
pub struct Programs {
    /// The embedded host.
    pub host: PathBuf,
    /// The counterparts.
    pub gegenstellen: PathBuf,
}

impl Programs {
    /// As `cargo xtask build` makes them: the host optimised, as its components run at its speed.
    pub fn built() -> Programs {
        Programs { host: target_dir().join("release/host"), ..Programs::debug() }
    }

    /// As the tests make them, quickly.
    pub fn debug() -> Programs {
        let debug = target_dir().join("debug");
        Programs { host: debug.join("host"), gegenstellen: debug.join("gegenstellen") }
    }
}

/// Builds the `parts`; what has not changed is left as it is.
pub fn run(parts: &[Part]) -> Result<()> {
    for part in parts {
        match part {
            Part::Web => web::build(&toolchain::find()?)?,
            Part::Funktionen => {
                fonts::lay_out_druck()?;
                functions::build(&toolchain::find()?)?;
            }
            Part::Gegenstellen => command::step("gegenstellen", || {
                let mut cargo = command::cargo();
                command::run(cargo.args(["build", "--package", "gegenstellen"]))
            })?,
            Part::Host => command::step("host", || {
                let mut cargo = command::cargo();
                command::run(cargo.args(["build", "--release", "--package", "host"]))
            })?,
        }
    }
    Ok(())
}
