//! What the portal costs: the durable submit against a native baseline, writing messages and PDF,
//! delivering them through each transport, filing, and the first form page, in one table. `cargo
//! xtask bench` starts it beside a system that serves.

mod ablegen;
mod ausgang;
mod grundlinie;
mod last;
mod nachricht;
mod pdf;
mod tabelle;
mod vorlage;
mod zustellung;

use std::{
    path::PathBuf,
    process::{ExitCode, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use last::{Last, Messung};
use tabelle::{Tabelle, Ziel};

/// Rounds of each side. They alternate, so that a noisy moment of the machine hits both.
const RUNDEN: u32 = 4;
/// How long one round lasts.
const RUNDE: Duration = Duration::from_secs(2);
/// Connections of a load, the one with a goal first.
const VERBINDUNGEN: [usize; 2] = [16, 1];

/// What the command line says.
#[derive(Clone, Debug, Default)]
struct Optionen {
    /// Serve the baseline instead of measuring.
    is_grundlinie: bool,
    /// Measure deliveries alone, which need no portal that serves.
    is_zustellung: bool,
    /// File instead of measuring, and what.
    ablegen: Option<Vec<String>>,
    /// Measure the outbox alone.
    is_ausgang: bool,
    /// Measure the writing of messages alone.
    is_nachricht: bool,
    portal: String,
    /// The host's program, for what runs in WASM alone.
    host: PathBuf,
    /// The component that runs there.
    gast: PathBuf,
    manifest: PathBuf,
    variablen: PathBuf,
    daten: PathBuf,
    seite: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let optionen = read_args(Parser::from_env())?;
    let mut tabelle = Tabelle::default();
    if optionen.is_zustellung {
        zustellung::measure(&mut tabelle)?;
        print!("{tabelle}");
        return Ok(());
    }
    if let Some(worte) = &optionen.ablegen {
        return ablegen::deliver(worte);
    }
    if optionen.is_ausgang {
        ausgang::measure(&optionen.daten, &mut tabelle)?;
        print!("{tabelle}");
        return Ok(());
    }
    if optionen.is_nachricht {
        nachricht::measure(&optionen.host, &optionen.gast, &mut tabelle)?;
        print!("{tabelle}");
        return Ok(());
    }
    let konfiguration = vorlage::konfiguration(&optionen.manifest, &optionen.variablen)?;
    if optionen.is_grundlinie {
        return grundlinie::serve(konfiguration, optionen.daten.join("portal.db"));
    }
    // Clients share the machine with what they measure: one thread is enough for them.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(submit(&optionen, &mut tabelle))?;
    nachricht::measure(&optionen.host, &optionen.gast, &mut tabelle)?;
    zustellung::measure(&mut tabelle)?;
    pdf::measure(&mut tabelle)?;
    ablegen::measure(&optionen.daten, &mut tabelle)?;
    ausgang::measure(&optionen.daten, &mut tabelle)?;
    read_page(&optionen, &mut tabelle)?;
    print!("{tabelle}");
    Ok(())
}

fn read_args(mut parser: Parser) -> Result<Optionen> {
    let mut optionen = Optionen::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Value(word) if word == "grundlinie" => optionen.is_grundlinie = true,
            Arg::Value(word) if word == "zustellung" => optionen.is_zustellung = true,
            Arg::Value(word) if word == "ablegen" => {
                let worte = parser.raw_args()?.map(|it| it.to_string_lossy().into_owned());
                optionen.ablegen = Some(worte.collect());
            }
            Arg::Value(word) if word == "ausgang" => optionen.is_ausgang = true,
            Arg::Value(word) if word == "nachricht" => optionen.is_nachricht = true,
            Arg::Long("host") => optionen.host = parser.value()?.into(),
            Arg::Long("gast") => optionen.gast = parser.value()?.into(),
            Arg::Long("portal") => optionen.portal = parser.value()?.string()?,
            Arg::Long("manifest") => optionen.manifest = parser.value()?.into(),
            Arg::Long("variables-file") => optionen.variablen = parser.value()?.into(),
            Arg::Long("data") => optionen.daten = parser.value()?.into(),
            Arg::Long("page") => optionen.seite = parser.value()?.into(),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(optionen)
}

/// Submits to both sides in turn and compares.
async fn submit(optionen: &Optionen, tabelle: &mut Tabelle) -> Result<()> {
    let (_child, grundlinie) = start_grundlinie(optionen).await?;
    let portal = Last::new(&optionen.portal).await?;
    let grundlinie = Last::new(&grundlinie).await?;
    for anzahl in VERBINDUNGEN {
        // Connections, caches and the compiled code are warm on both sides.
        portal.run(anzahl, Duration::from_secs(1)).await?;
        grundlinie.run(anzahl, Duration::from_secs(1)).await?;
        let (mut wasm, mut nativ) = (Messung::default(), Messung::default());
        for _ in 0..RUNDEN {
            wasm.add(portal.run(anzahl, RUNDE).await?);
            nativ.add(grundlinie.run(anzahl, RUNDE).await?);
        }
        let what = |was: &str| format!("submit, {anzahl} conn., {was}");
        let has_goal = anzahl == VERBINDUNGEN[0];
        let goal = |ziel: Ziel| has_goal.then_some(ziel);
        tabelle.ratio(
            &what("req/s"),
            (wasm.je_sekunde(), "native"),
            nativ.je_sekunde(),
            goal(Ziel::AtLeast(0.6)),
        );
        tabelle.ratio(&what("p50 ms"), (wasm.perzentil(50), "native"), nativ.perzentil(50), None);
        tabelle.ratio(
            &what("p99 ms"),
            (wasm.perzentil(99), "native"),
            nativ.perzentil(99),
            goal(Ziel::AtMost(2.0)),
        );
    }
    Ok(())
}

/// Starts this program again as the baseline; it stops with its stdin.
async fn start_grundlinie(optionen: &Optionen) -> Result<(Child, String)> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("grundlinie")
        .arg("--manifest")
        .arg(&optionen.manifest)
        .arg("--variables-file")
        .arg(&optionen.variablen)
        .arg("--data")
        .arg(&optionen.daten)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("cannot start the baseline")?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let line = BufReader::new(stdout).lines().next_line().await?.unwrap_or_default();
    match line.strip_prefix("ready ") {
        Some(url) => Ok((child, url.to_owned())),
        None => bail!("the baseline did not become ready"),
    }
}

/// What `tests/e2e/messung.mjs` has measured.
fn read_page(optionen: &Optionen, tabelle: &mut Tabelle) -> Result<()> {
    let path = optionen.seite.display();
    let text = std::fs::read(&optionen.seite).with_context(|| format!("cannot read {path}"))?;
    let json: serde_json::Value =
        serde_json::from_slice(&text).with_context(|| format!("{path} is not JSON"))?;
    let number = |pointer: &str| {
        let wert = json.pointer(pointer).and_then(serde_json::Value::as_f64);
        wert.with_context(|| format!("{path} has no {pointer}"))
    };
    let gewichte = json["gewichte"].as_array().map_or(0, Vec::len);
    for index in 0..gewichte {
        let antrag = json["gewichte"][index]["antrag"].as_str().unwrap_or_default();
        let alles = number(&format!("/gewichte/{index}/alles"))?;
        tabelle.absolute(&format!("to the form {antrag}, kB without fonts"), alles, Some(150.0));
        let programme = number(&format!("/gewichte/{index}/programme"))?;
        tabelle.absolute("  of these programs (WASM), kB", programme, None);
    }
    for (what, pointer, ziel) in [
        ("start page, LCP ms", "/start/lcp", Some(700.0)),
        ("start page, a click acts ms", "/start/bedienbar", Some(1500.0)),
        ("first form page, LCP ms", "/formular/lcp", None),
        ("first form page, a click acts ms", "/formular/bedienbar", Some(1500.0)),
        ("typing in an empty page, p50 ms", "/leer/p50", None),
        ("typing in an empty page, p95 ms", "/leer/p95", None),
        ("typing in the longest form, p50 ms", "/tasten/p50", None),
        ("typing in the longest form, p95 ms", "/tasten/p95", Some(50.0)),
    ] {
        tabelle.absolute(what, number(pointer)?, ziel);
    }
    Ok(())
}
