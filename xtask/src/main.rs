//! The project's own commands: `cargo xtask build`, `dev`, `test`, `bench` and a few helpers.

mod apt;
mod bench;
mod build;
mod command;
mod demo;
mod dev;
mod fall;
mod fonts;
mod functions;
mod npm;
mod passwort;
mod place;
mod system;
mod test;
mod toolchain;
mod web;

use std::{ffi::OsString, process::ExitCode};

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
cargo xtask <command>

  dev [--port 3000] [--data data]
                        build everything and serve it with a demo town until stopped;
                        the counterparts get the two ports after it, DIR holds all state
  build [--only PART]   build everything, or one part: web, funktionen, gegenstellen, host
  test [--only STAGE]   run all tests, or one stage: format, lint, unit, browser, e2e
  bench                 measure submits, messages and the first form page against baselines
  check APPLICATION FILE.json
                        print what is found in the answers of a file
  message APPLICATION FILE.json [--anlage TYP=FILE]…
                        print the message that they become
  filing --dry-run FILE.json [--target cmis|dvelop|xdomea] [--settings FILE.json] [--anlage TYP=FILE]…
                        print what would be filed where in the DMS of the demo town, or of the
                        settings
  quickcheck FILE.json  print the result of the Quick-Check
  check-config FILE [--offline] [--ca FILE.pem]
                        check a file of settings, and whether the targets can be reached
  passwort              read a password from stdin, print its hash for the variable `benutzer`
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
        "check" => return Ok(fall::check(parser)),
        "message" => return Ok(fall::message(parser)),
        "filing" => return Ok(fall::filing(parser)),
        "quickcheck" => return Ok(fall::quickcheck(parser)),
        "check-config" => return check_config(parser),
        "build" => build::run(&read_build(parser)?)?,
        "dev" => dev::run(&read_dev(parser)?)?,
        "bench" => read_nothing(parser).and_then(|()| bench::run())?,
        "test" if !test::run(&read_test(parser)?)? => return Ok(ExitCode::FAILURE),
        "test" => {}
        "passwort" => println!("{}", passwort::read_and_hash()?),
        "wasm-env" => print!("{}", toolchain::find()?.shell()),
        "" | "help" | "-h" | "--help" => print!("{HELP}"),
        unknown => bail!("`{unknown}` is not a command; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs the program of that name: it is made of the functions, which this one need not wait for.
fn check_config(mut parser: Parser) -> Result<ExitCode> {
    let args: Vec<OsString> = parser.raw_args()?.collect();
    let mut cargo = command::cargo();
    cargo.args(["run", "--quiet", "--package", "check-config"]);
    cargo.arg("--manifest-path").arg(place::root().join("Cargo.toml"));
    // The paths are those of whoever called.
    cargo.arg("--").args(args).current_dir(std::env::current_dir()?);
    cargo.env("CARGO_TARGET_DIR", place::target_dir());
    let code = command::status(&mut cargo)?.code();
    Ok(code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
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

fn read_nothing(mut parser: Parser) -> Result<()> {
    match parser.next()? {
        Some(arg) => Err(arg.unexpected().into()),
        None => Ok(()),
    }
}

fn read_test(mut parser: Parser) -> Result<Vec<test::Stage>> {
    let mut stages = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("only") => stages.push(parser.value()?.parse()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(if stages.is_empty() { test::Stage::ALL.to_vec() } else { stages })
}

fn read_dev(mut parser: Parser) -> Result<dev::Options> {
    let mut options = dev::Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("data") => options.data = parser.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}
