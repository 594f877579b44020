//! The running system: counterparts and host as child processes that never outlive us.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{build::Programs, command, demo::Daten, place};

/// How to start it.
#[derive(Debug)]
pub struct Settings {
    /// What to run.
    pub programs: Programs,
    /// The portal's port; the counterparts get the two after it. 0: any that are free.
    pub port: u16,
    /// More options of the host.
    pub host_options: Vec<OsString>,
}

/// The system while it runs. Dropping it stops it.
#[derive(Debug)]
pub struct System {
    /// `http://127.0.0.1:…` of the portal.
    pub url: String,
    /// The same of the Fachverfahren.
    pub fachverfahren: String,
    /// The same of the DMS.
    pub dms: String,
    host: Child,
    gegenstellen: Child,
}

/// Checks that all ports are free, before anything takes long.
pub fn check_ports(port: u16) -> Result<()> {
    let Some(last) = port.checked_add(2) else { bail!("--port can be 65533 at most") };
    for number in port..=last {
        if port != 0 && TcpListener::bind((Ipv4Addr::LOCALHOST, number)).is_err() {
            bail!(
                "port {number} is in use: stop the program that uses it, or choose other ports \
                 with `--port`"
            );
        }
    }
    Ok(())
}

impl System {
    /// Starts everything with `daten` and waits until it can be used.
    pub fn start(settings: &Settings, daten: &Daten) -> Result<System> {
        let address = |offset: u16| {
            let port = if settings.port == 0 { 0 } else { settings.port + offset };
            SocketAddr::from((Ipv4Addr::LOCALHOST, port)).to_string()
        };
        let mut gegenstellen = Command::new(&settings.programs.gegenstellen);
        gegenstellen.args(["--fachverfahren", &address(1), "--dms", &address(2)]);
        gegenstellen.arg("--ordner").arg(daten.dir.join("gegenstellen"));
        gegenstellen.args(["--token", daten.variable("fachverfahren_token")]);
        gegenstellen.args(["--dms-anmeldung", daten.variable("dms_anmeldung")]);
        if let Some(schemas) = place::schemas() {
            gegenstellen.arg("--schemas").arg(schemas);
        }
        let (mut gegenstellen, line) = spawn(&mut gegenstellen, "bereit ")?;
        let origin = |name: &str| {
            let mut words = line.split_whitespace();
            let found = words.find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            found
                .map(str::to_owned)
                .with_context(|| format!("gegenstellen names no {name}: {line}"))
        };
        let origins = origin("fachverfahren").and_then(|fachverfahren| {
            let dms = origin("dms")?;
            let host = start_host(settings, daten, &address(0), &fachverfahren, &dms)?;
            Ok((fachverfahren, dms, host))
        });
        match origins {
            Ok((fachverfahren, dms, (host, url))) => {
                Ok(System { url, fachverfahren, dms, host, gegenstellen })
            }
            Err(error) => {
                stop(&mut gegenstellen);
                Err(error)
            }
        }
    }

    /// Waits until `signal` says to stop. Fails when a part of the system stops by itself.
    pub fn wait(&mut self, signal: &Receiver<()>) -> Result<()> {
        loop {
            match signal.recv_timeout(Duration::from_millis(200)) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            for (name, child) in
                [("host", &mut self.host), ("gegenstellen", &mut self.gegenstellen)]
            {
                if let Some(status) = child.try_wait()? {
                    // Ctrl-C in a terminal reaches the children as well as us.
                    return match signal.recv_timeout(Duration::from_millis(500)) {
                        Ok(()) => Ok(()),
                        Err(_) => bail!("{name} has stopped by itself ({status})"),
                    };
                }
            }
        }
    }
}

impl Drop for System {
    fn drop(&mut self) {
        stop(&mut self.host);
        stop(&mut self.gegenstellen);
    }
}

fn start_host(
    settings: &Settings,
    daten: &Daten,
    listen: &str,
    fachverfahren: &str,
    dms: &str,
) -> Result<(Child, String)> {
    let mut host = Command::new(&settings.programs.host);
    host.current_dir(place::root());
    host.args(["--manifest", "spin.toml", "--listen", listen]);
    host.arg("--data").arg(&daten.dir).arg("--cache").arg(place::output("cwasm"));
    host.arg("--variables-file").arg(daten.variablen());
    host.arg("--variable").arg(format!("fachverfahren_ursprung={fachverfahren}"));
    host.arg("--variable").arg(format!("dms_ursprung={dms}"));
    host.args(&settings.host_options);
    let (child, line) = spawn(&mut host, "ready ")?;
    Ok((child, line.trim_start_matches("ready ").to_owned()))
}

/// Starts a program and waits for the line on its stdout that begins with `sign`.
fn spawn(command: &mut Command, sign: &'static str) -> Result<(Child, String)> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command::tie_to_us(command);
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let (sender, lines) = mpsc::channel();
    // Reads on to the end, or the program would block once the pipe is full.
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            match line.starts_with(sign) {
                true => _ = sender.send(line),
                false => eprintln!("{line}"),
            }
        }
    });
    match lines.recv_timeout(Duration::from_secs(300)) {
        Ok(line) => Ok((child, line)),
        Err(_) => {
            stop(&mut child);
            bail!("{program} did not become ready; what it said stands above")
        }
    }
}

/// Asks a child to stop, and makes it when it has not after a while.
fn stop(child: &mut Child) {
    let deadline = Instant::now() + Duration::from_secs(10);
    if let Ok(None) = child.try_wait() {
        let pid = rustix::process::Pid::from_child(child);
        _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
    while let Ok(None) = child.try_wait() {
        if deadline < Instant::now() {
            _ = child.kill();
            _ = child.wait();
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}
