//! `cargo xtask build`: everything that is needed to serve the system, in the order it depends on.

use std::str::FromStr;

use anyhow::Result;

use crate::{functions, toolchain};

/// What can be built alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The Spin components, in `target/funktionen/`.
    Funktionen,
}

impl Part {
    /// All parts, each after the ones it needs.
    pub const ALL: &[Part] = &[Part::Funktionen];
}

impl FromStr for Part {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "funktionen" => Ok(Part::Funktionen),
            _ => Err(format!("`{name}` is not a part; there is: funktionen")),
        }
    }
}

/// Builds the `parts`; what has not changed is left as it is.
pub fn run(parts: Vec<Part>) -> Result<()> {
    for part in parts {
        match part {
            Part::Funktionen => functions::build(&toolchain::find()?)?,
        }
    }
    Ok(())
}
