//! `cargo xtask test`: every test there is, stage by stage, and how many passed.

mod clamd;
mod run;
mod stages;
pub mod tools;

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::Result;

use run::Count;

/// A group of tests that can run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// All code is formatted.
    Format,
    /// Clippy has nothing to say.
    Lint,
    /// What runs natively: units, properties, the host with a component, the counterparts.
    Unit,
    /// Components of the frontend in a real browser.
    Browser,
    /// The whole system, used by a browser.
    E2e,
}

impl Stage {
    /// All stages, the quick ones first.
    pub const ALL: &[Stage] =
        &[Stage::Format, Stage::Lint, Stage::Unit, Stage::Browser, Stage::E2e];

    fn name(self) -> &'static str {
        match self {
            Stage::Format => "format",
            Stage::Lint => "lint",
            Stage::Unit => "unit",
            Stage::Browser => "browser",
            Stage::E2e => "e2e",
        }
    }

    fn run(self) -> Result<Count> {
        match self {
            Stage::Format => stages::format(),
            Stage::Lint => stages::lint(),
            Stage::Unit => stages::unit(),
            Stage::Browser => stages::browser(),
            Stage::E2e => stages::e2e(),
        }
    }
}

impl FromStr for Stage {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let names: Vec<_> = Stage::ALL.iter().map(|stage| stage.name()).collect();
        let found = Stage::ALL.iter().find(|stage| stage.name() == name).copied();
        found.ok_or_else(|| format!("`{name}` is not a stage; there are {}", names.join(", ")))
    }
}

/// Runs the `stages`, all of them even when one fails. Gives whether everything passed.
pub fn run(stages: &[Stage]) -> Result<bool> {
    let mut total = Count::default();
    let mut lines = Vec::new();
    for &stage in stages {
        let start = Instant::now();
        println!("\n════ {}", stage.name());
        let count = stage.run().unwrap_or_else(|error| {
            eprintln!("xtask: {}: {error:#}", stage.name());
            Count { passed: 0, failed: 1 }
        });
        lines.push(line(stage, count, start.elapsed()));
        total.add(count);
    }
    println!("\n════ summary\n{}", lines.join("\n"));
    if crate::place::schemas().is_none() {
        println!("Messages were NOT validated: no XML schemas in SCHEMAS_DIR or ../shared/schemas");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn line(stage: Stage, count: Count, took: Duration) -> String {
    let Count { passed, failed } = count;
    let mark = if failed == 0 { "ok" } else { "FAILED" };
    let name = stage.name();
    format!(
        "{name:<8} {mark:<6} {passed:>5} passed {failed:>4} failed {:>6.0} s",
        took.as_secs_f32()
    )
}
