//! `cargo xtask dev`: builds everything and serves it with the demo town until stopped.

use std::{io::Write, path::PathBuf, sync::mpsc};

use anyhow::{Context, Result};

use crate::{
    build::{self, Part, Programs},
    demo::Daten,
    system::{self, Settings, System},
};

/// How to serve.
#[derive(Debug)]
pub struct Options {
    /// The portal's port; the counterparts get the two after it.
    pub port: u16,
    /// Holds all state.
    pub data: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Options { port: 3000, data: PathBuf::from("data") }
    }
}

/// Builds and serves until Ctrl-C or SIGTERM.
pub fn run(options: &Options) -> Result<()> {
    let (sender, signal) = mpsc::channel();
    system::check_ports(options.port)?;
    build::run(Part::ALL)?;
    // From here on there are children to stop.
    ctrlc::set_handler(move || _ = sender.send(())).context("cannot wait for Ctrl-C")?;
    let daten = Daten::open(&options.data)?;
    let settings = Settings {
        programs: Programs::built(),
        port: options.port,
        host_options: ["--tick", "/intern/weiterleitung=2s", "--tick", "/intern/virenscan=2s"]
            .map(Into::into)
            .to_vec(),
    };
    let mut system = System::start(&settings, &daten)?;
    print!("{}", explain(&system, &daten));
    println!("ready {}", system.url);
    std::io::stdout().flush()?;
    system.wait(&signal)
}

fn explain(system: &System, daten: &Daten) -> String {
    let System { url, fachverfahren, dms, .. } = system;
    let (kennung, passwort) = &daten.anmeldung;
    let dir = daten.dir.display();
    format!(
        "
Portal for applicants    {url}/
Work list                {url}/amt    user: {kennung}    password: {passwort}
Fachverfahren (demo)     {fachverfahren}    what arrived: {fachverfahren}/eingang
DMS (demo)               {dms}    what arrived: {dms}/eingang
All state                {dir}    settings: variablen.json; files received: gegenstellen/
Virus scanner            none: files are passed on unseen. With clamd on port 3310: \"virenscan\": \"clamd\" there

Break the counterparts and watch the work list:
  curl -d '{{\"modus\":\"aus\"}}' {fachverfahren}/steuerung
  curl -d '{{\"modus\":\"antwort-verlieren\",\"anzahl\":1}}' {fachverfahren}/steuerung
  curl -d '{{\"modus\":\"abgelehnt-422\",\"text\":\"Aktenzeichen fehlt\"}}' {fachverfahren}/steuerung
  curl -d '{{\"modus\":\"langsam\",\"millisekunden\":5000}}' {dms}/steuerung
  curl -d '{{\"modus\":\"fehler-500\"}}' {dms}/steuerung
and mend them:
  curl -d '{{\"modus\":\"normal\"}}' {fachverfahren}/steuerung
  curl -d '{{\"modus\":\"normal\"}}' {dms}/steuerung

Ctrl-C stops everything.
"
    )
}
