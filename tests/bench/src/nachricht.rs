//! Writing a message, with and without a large file in it: natively, and in WASM by a component in
//! the host that runs the portal.

use std::{
    fs,
    hint::black_box,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use base64::prelude::*;
use bench_gast::{Lauf, Schreibauftrag};
use quick_xml::{Reader, events::Event};

use crate::tabelle::Tabelle;

/// So often each side has its turn: a noisy moment of the machine hits all of them.
const RUNDEN: u32 = 4;
/// How long a turn lasts.
const RUNDE: Duration = Duration::from_millis(500);

const MANIFEST: &str = r#"
spin_manifest_version = 2
[application]
name = "bench"
[variables]
intern_geheimnis = { default = "" }
[[trigger.http]]
route = "/..."
component = "gast"
[component.gast]
source = "GAST"
"#;

/// Measures both messages. Baselines: natively, reading the same message with quick-xml and base64
/// alone; in WASM, the same natively. `host` is the host's program, `gast` the component.
pub fn measure(host: &Path, gast: &Path, tabelle: &mut Tabelle) -> Result<()> {
    let auftrag = Schreibauftrag::new()?;
    let wasm = Host::start(host, gast)?;

    let klein = auftrag.write(false)?;
    let read = || {
        let mut reader = Reader::from_reader(klein.as_slice());
        while black_box(reader.read_event()?) != Event::Eof {}
        Ok(klein.len())
    };
    let [nativ, lesen, in_wasm] =
        compare([&|| auftrag.run(false, RUNDE), &|| repeat(read), &|| wasm.write("/")])?;
    tabelle.ratio("message with its PDF alone, MB/s native", (nativ, "reading it"), lesen, None);
    tabelle.ratio("message with its PDF alone, MB/s in WASM", (in_wasm, "native"), nativ, None);

    let gross = auftrag.write(true)?.len();
    let encode = || {
        ensure!(!black_box(BASE64_STANDARD.encode(&auftrag.datei)).is_empty(), "no base64");
        Ok(gross)
    };
    let [nativ, kodieren, in_wasm] =
        compare([&|| auftrag.run(true, RUNDE), &|| repeat(encode), &|| wasm.write("/datei")])?;
    tabelle.ratio("message with 5 MB, MB/s native", (nativ, "base64 alone"), kodieren, None);
    tabelle.ratio("message with 5 MB, MB/s in WASM", (in_wasm, "native"), nativ, None);
    Ok(())
}

/// MB/s of each; they alternate. The first turn of each warms up and does not count.
fn compare<const N: usize>(sides: [&dyn Fn() -> Result<Lauf>; N]) -> Result<[f64; N]> {
    let mut summen = [Lauf::default(); N];
    for runde in 0..=RUNDEN {
        for (summe, side) in summen.iter_mut().zip(sides) {
            let lauf = side()?;
            if 0 < runde {
                summe.bytes += lauf.bytes;
                summe.sekunden += lauf.sekunden;
            }
        }
    }
    Ok(summen.map(|summe| summe.bytes / 1e6 / summe.sekunden))
}

/// Does something for a while that comes to so many bytes.
fn repeat(work: impl Fn() -> Result<usize>) -> Result<Lauf> {
    let mut bytes = 0.0;
    let start = Instant::now();
    while start.elapsed() < RUNDE {
        bytes += work()? as f64;
    }
    Ok(Lauf { bytes, sekunden: start.elapsed().as_secs_f64() })
}

/// A host with nothing but the component. Dropping it ends it.
struct Host {
    child: Child,
    url: String,
    _ordner: tempfile::TempDir,
}

impl Host {
    fn start(host: &Path, gast: &Path) -> Result<Host> {
        let ordner = tempfile::tempdir()?;
        let gast = fs::canonicalize(gast)
            .with_context(|| format!("there is no component {}", gast.display()))?;
        let manifest = ordner.path().join("spin.toml");
        fs::write(&manifest, MANIFEST.replace("GAST", &gast.to_string_lossy()))?;
        let mut child = Command::new(host)
            .arg("--manifest")
            .arg(manifest)
            .args(["--listen", "127.0.0.1:0"])
            .arg("--data")
            .arg(ordner.path().join("daten"))
            .arg("--cache")
            .arg(ordner.path().join("cwasm"))
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", host.display()))?;
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut host = Host { child, url: String::new(), _ordner: ordner };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let url = line.trim().strip_prefix("ready ");
        host.url = url.context("the host of the bench did not become ready")?.to_owned();
        Ok(host)
    }

    /// What the component measured itself, by WASI's monotonic clock.
    fn write(&self, pfad: &str) -> Result<Lauf> {
        let mut antwort = ureq::get(format!("{}{pfad}?{}", self.url, RUNDE.as_millis())).call()?;
        let text = antwort.body_mut().read_to_string()?;
        let zahlen = text.split_once(' ').context("the component gave no two numbers")?;
        Ok(Lauf { bytes: zahlen.0.parse()?, sekunden: zahlen.1.parse()? })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
