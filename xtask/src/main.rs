//! The project's own commands: `cargo xtask build`, `dev`, `test` and a few helpers.

mod apt;
mod build;
mod command;
mod functions;
mod npm;
mod place;
mod toolchain;
mod web;

use std::{ffi::OsString, process::ExitCode};

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
cargo xtask <command>

  build [--only PART]   build everything, or one part: web, funktionen, gegenstellen, host
  wasm-env              print the variables with which plain cargo builds for WASM:
                        eval \"$(cargo xtask wasm-env)\"
";

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let command = args.next().unwrap_or_default();
    match run(&command.to_string_lossy(), args.collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, args: Vec<OsString>) -> Result<ExitCode> {
    let parser = Parser::from_args(args);
    match command {
        "build" => build::run(&read_build(parser)?)?,
        "wasm-env" => print!("{}", toolchain::find()?.shell()),
        "" | "help" | "-h" | "--help" => print!("{HELP}"),
        unknown => bail!("`{unknown}` is not a command; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}

fn read_build(mut parser: Parser) -> Result<Vec<build::Part>> {
    let mut parts = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("only") => parts.push(parser.value()?.parse()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(if parts.is_empty() { build::Part::ALL.to_vec() } else { parts })
}
