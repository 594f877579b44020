//! The command line.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Context as _, bail, ensure};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::{limits::Limits, tick::Tick, variables::Sources};

/// What `--help` prints.
pub const HELP: &str = "\
Runs the components of a spin.toml. For development, tests and one small office; otherwise use Spin.

Usage: host [OPTIONS]

  --manifest FILE          manifest, version 2 (default spin.toml)
  --listen ADDRESS:PORT    where to answer HTTP/1.1 (default 127.0.0.1:3000; port 0: any free one)
  --data DIR               folder of the database `default`: DIR/portal.db (default data)
  --cache DIR              compiled components; must belong to this user alone (default target/cwasm)
  --variable NAME=VALUE    value of a variable; repeatable
  --variables-file FILE    values of variables: a flat table, TOML or JSON (.json)
                           Weaker than both: environment SPIN_VARIABLE_<NAME>, then the manifest's default
  --tick PATH=DURATION     POST to PATH every DURATION (2s, 500ms, 1m), with the variable `intern_geheimnis`
                           as bearer token; repeatable
  --ca-file FILE           more roots to trust in outgoing TLS (PEM)
  --runtime-config-file FILE  as of Spin; of it `[[client_tls]]` is read: roots and certificates for single hosts
  --memory MIB             memory of an instance (default 128)
  --time DURATION          time for the answer to a request (default 30s)
  --body MIB               largest body of a request (default 60)
  --instances N            requests that run at once (default 64)
  --wait DURATION          how long a request waits for a place among them (default 5s)
  --reuse N                requests an instance serves before it is replaced (default 128)
  --concurrent N           requests an instance serves at once (default 1: a trap ends one request)
  --grace DURATION         how long requests may go on after SIGTERM or SIGINT (default 30s)
  --help                   this text

Prints `ready http://ADDRESS:PORT` on stdout when it answers, and its log on stderr: one JSON object per line.
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Run the application.
    Serve(Box<Args>),
    /// Print [`HELP`].
    Help,
}

/// How to run the application.
#[derive(Debug)]
pub struct Args {
    /// Path of the manifest.
    pub manifest: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Folder of the database.
    pub data: PathBuf,
    /// Folder of compiled components.
    pub cache: PathBuf,
    /// Values of variables.
    pub variables: Sources,
    /// Timers.
    pub ticks: Vec<Tick>,
    /// More roots for outgoing TLS.
    pub ca_file: Option<PathBuf>,
    /// Spin's runtime configuration.
    pub runtime_config: Option<PathBuf>,
    /// Limits of requests.
    pub limits: Limits,
    /// How long requests may go on after a signal.
    pub grace: Duration,
}

impl Args {
    /// Reads a command line, its first item being the name of the program.
    pub fn parse(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<Command> {
        let mut parser = Parser::from_iter(args);
        let mut args = Args {
            manifest: "spin.toml".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: "data".into(),
            cache: "target/cwasm".into(),
            variables: Sources::default(),
            ticks: Vec::new(),
            ca_file: None,
            runtime_config: None,
            limits: Limits::default(),
            grace: Duration::from_secs(30),
        };
        while let Some(arg) = parser.next()? {
            let Arg::Long(name) = arg else { return Err(arg.unexpected().into()) };
            let name = name.to_owned();
            if name == "help" {
                return Ok(Command::Help);
            }
            args.take(&name, &mut parser).with_context(|| format!("--{name}"))?;
        }
        args.variables.read_environment(std::env::vars());
        Ok(Command::Serve(Box::new(args)))
    }

    fn take(&mut self, name: &str, parser: &mut Parser) -> anyhow::Result<()> {
        let limits = &mut self.limits;
        match name {
            "manifest" => self.manifest = parser.value()?.into(),
            "listen" => self.listen = parse(parser)?,
            "data" => self.data = parser.value()?.into(),
            "cache" => self.cache = parser.value()?.into(),
            "variable" => {
                let text = parser.value()?.string()?;
                let (name, value) = text.split_once('=').context("it is not NAME=VALUE")?;
                self.variables.given.insert(name.to_owned(), value.to_owned());
            }
            "variables-file" => self.variables.read_file(&PathBuf::from(parser.value()?))?,
            "tick" => self.ticks.push(parser.value()?.string()?.parse()?),
            "ca-file" => self.ca_file = Some(parser.value()?.into()),
            "runtime-config-file" => self.runtime_config = Some(parser.value()?.into()),
            "memory" => limits.memory = mebibytes(parser)?,
            "time" => limits.time = duration(parser)?,
            "body" => limits.body = mebibytes(parser)?,
            "instances" => limits.instances = positive(parser)?,
            "wait" => limits.wait = duration(parser)?,
            "reuse" => limits.reuse = positive(parser)?,
            "concurrent" => limits.concurrent = positive(parser)?,
            "grace" => self.grace = duration(parser)?,
            _ => bail!("there is no such option"),
        }
        Ok(())
    }
}

fn parse<T>(parser: &mut Parser) -> anyhow::Result<T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    Ok(parser.value()?.parse()?)
}

fn positive<T>(parser: &mut Parser) -> anyhow::Result<T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + PartialOrd + From<u8>,
{
    let number = parse(parser)?;
    ensure!(T::from(0) < number, "it is not larger than 0");
    Ok(number)
}

fn mebibytes(parser: &mut Parser) -> anyhow::Result<usize> {
    let number: usize = positive(parser)?;
    ensure!(number <= 4096, "it is larger than 4096 MiB");
    Ok(number << 20)
}

fn duration(parser: &mut Parser) -> anyhow::Result<Duration> {
    let text = parser.value()?.string()?;
    Ok(humantime::parse_duration(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> anyhow::Result<Command> {
        Args::parse(["host"].into_iter().chain(line.split_whitespace()).map(OsString::from))
    }

    #[track_caller]
    fn check_error(line: &str, expected: &str) {
        assert_eq!(format!("{:#}", args(line).unwrap_err()), expected);
    }

    #[test]
    fn reads_options() {
        let line =
            "--listen 127.0.0.1:0 --variable a=b=c --tick /x=2s --memory 64 --time 250ms --reuse 1";
        let Command::Serve(args) = args(line).unwrap() else { panic!("no help was asked for") };
        assert_eq!(args.listen.port(), 0);
        assert_eq!(args.variables.given["a"], "b=c");
        assert_eq!(args.ticks, ["/x=2s".parse().unwrap()]);
        assert_eq!(args.limits.memory, 64 << 20);
        assert_eq!(args.limits.time, Duration::from_millis(250));
        assert_eq!(args.limits.reuse, 1);
    }

    #[test]
    fn every_option_is_in_the_help_text() {
        for line in HELP.lines().filter_map(|line| line.trim_start().strip_prefix("--")) {
            let name = line.split_whitespace().next().unwrap();
            let Err(error) = args(&format!("--{name}")) else { continue };
            assert!(!format!("{error:#}").contains("no such option"), "{name}");
        }
        assert!(matches!(args("--help").unwrap(), Command::Help));
    }

    #[test]
    fn errors_name_the_option() {
        check_error("--nonsense 1", "--nonsense: there is no such option");
        check_error("--reuse 0", "--reuse: it is not larger than 0");
        check_error("--variable a", "--variable: it is not NAME=VALUE");
        check_error("--tick /a", "--tick: it is not PATH=DURATION");
        check_error("word", "unexpected argument \"word\"");
    }
}
