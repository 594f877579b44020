//! `cargo xtask check` and `cargo xtask message`: what becomes of the answers in a file.
//!
//! Both work with the settings of the demo town. The Stichtag is that of the file, and it fixes
//! every date of the message: the same file gives the same bytes.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, anyhow, bail};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::Value;
use shared::{
    angaben::{Angaben, KeineAngaben},
    antraege::{ANTRAEGE, find},
    befund::Befund,
    formular::{Bedarfsprofil, Einstellungen, Formular, Kontext},
    werte::{Datum, Wert},
};

use crate::demo;

/// Nothing blocks sending.
const CLEAN: u8 = 0;
/// Something blocks it.
const BLOCKED: u8 = 1;
/// The command or the file cannot be read.
const UNREADABLE: u8 = 2;

/// Answers out of a file.
struct Fall {
    formular: &'static Formular,
    angaben: Angaben,
    stichtag: Datum,
    /// Our number of it, in `meta.antragId`.
    #[cfg(feature = "message")]
    antrag_id: String,
}

/// A kind of proof, and the bytes of the file that was given for it.
type Gegeben = (String, Vec<u8>);

/// Prints the findings as a JSON array. Ends with 0 if none of them blocks, 1 if one does, 2 if the
/// file cannot be read.
pub fn check(mut parser: Parser) -> ExitCode {
    exit(|| {
        let (fall, _) = read_args(&mut parser, false)?;
        let einstellungen = einstellungen()?;
        let kontext = Kontext { stichtag: fall.stichtag, einstellungen: &einstellungen };
        let befunde = fall.formular.check(&fall.angaben, kontext);
        println!("{}", to_json(&befunde)?);
        Ok(if befunde.iter().any(Befund::is_sperre) { BLOCKED } else { CLEAN })
    })
}

/// Prints the result of the Quick-Check for the object `quickcheckInput`, or for a case that has it
/// by that name or as its `input`. Ends with 0, or with 2 if the file cannot be read.
pub fn quickcheck(mut parser: Parser) -> ExitCode {
    use shared::antraege::einbuergerung::quickcheck;

    exit(|| {
        let file = parser.value().context("expected a file with the answers")?;
        if let Some(other) = parser.next()? {
            return Err(other.unexpected().into());
        }
        let name = file.to_string_lossy();
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
        let json: Value =
            serde_json::from_str(&text).with_context(|| format!("{name} is no JSON"))?;
        let input = json.get("quickcheckInput").or_else(|| json.get("input")).unwrap_or(&json);
        let (angaben, stichtag) = quickcheck::import(input).map_err(|kein| match kein {
            quickcheck::KeinQuickcheck::KeineAntworten => anyhow!("{name} holds no answers"),
            quickcheck::KeinQuickcheck::OhneStichtag => anyhow!("{name} names no stichtag"),
        })?;
        let ergebnis = quickcheck::quickcheck(&angaben, stichtag);
        println!("{}", serde_json::to_string_pretty(&ergebnis.to_json())?);
        Ok(CLEAN)
    })
}

/// Prints the message. Ends with 0 if there is one, 1 if the answers cannot be sent (then the
/// findings are on stderr), 2 if something cannot be read.
#[cfg(feature = "message")]
pub fn message(mut parser: Parser) -> ExitCode {
    exit(|| {
        let (fall, anlagen) = read_args(&mut parser, true)?;
        message::print(&fall, &anlagen)
    })
}

#[cfg(not(feature = "message"))]
pub fn message(parser: Parser) -> ExitCode {
    again(parser, "message", |args| read_args(&mut Parser::from_args(args), true).map(|_| ()))
}

/// Prints what would be filed where. Ends with 0, or with 2 if something cannot be read.
#[cfg(feature = "message")]
pub fn filing(mut parser: Parser) -> ExitCode {
    exit(|| filing::print(&filing::Optionen::read(&mut parser)?))
}

/// The same, by another build of this program.
#[cfg(not(feature = "message"))]
pub fn filing(parser: Parser) -> ExitCode {
    again(parser, "filing", |_| Ok(()))
}

/// Makes the fonts that the PDF needs, and then this program again with the PDF in it.
#[cfg(not(feature = "message"))]
fn again(
    mut parser: Parser,
    name: &str,
    check: impl FnOnce(Vec<std::ffi::OsString>) -> Result<()>,
) -> ExitCode {
    use crate::command;

    let args: Vec<_> = match parser.raw_args() {
        Ok(args) => args.collect(),
        Err(error) => return exit(|| Err(error.into())),
    };
    exit(|| {
        check(args.clone())?;
        crate::fonts::lay_out_druck()?;
        let mut cargo = command::cargo();
        cargo.args(["run", "--quiet", "--package", "xtask", "--features", "message"]);
        cargo.arg("--manifest-path").arg(crate::place::root().join("Cargo.toml"));
        // The paths are those of whoever called.
        cargo.arg("--").arg(name).args(&args).current_dir(std::env::current_dir()?);
        cargo.env("CARGO_TARGET_DIR", crate::place::target_dir());
        let status = command::status(&mut cargo)?;
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(UNREADABLE))
    })
}

fn exit(run: impl FnOnce() -> Result<u8>) -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(UNREADABLE)
        }
    }
}

/// The case, and the files given as `--anlage TYP=FILE`.
fn read_args(parser: &mut Parser, with_anlagen: bool) -> Result<(Fall, Vec<Gegeben>)> {
    let mut words = Vec::new();
    let mut anlagen = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Value(word) => words.push(word),
            Arg::Long("anlage") if with_anlagen => anlagen.push(parser.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let [application, file] = words.as_slice() else {
        bail!("expected an application and a file, such as `verpflichtungserklaerung fall.json`");
    };
    let application = application.to_string_lossy();
    let formular = find(&application).ok_or_else(|| {
        let ids: Vec<&str> = ANTRAEGE.iter().map(|it| it.id).collect();
        anyhow!("`{application}` is not an application; there are {}", ids.join(", "))
    })?;
    let fall = read_file(formular, Path::new(file))?;
    Ok((fall, read_anlagen(&anlagen)?))
}

/// What `--anlage TYP=FILE` gives.
fn read_anlagen(anlagen: &[String]) -> Result<Vec<Gegeben>> {
    let anlagen = anlagen.iter().map(|it| {
        let (typ, path) = it.split_once('=').with_context(|| format!("`{it}` is not TYP=FILE"))?;
        let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
        Ok((typ.to_owned(), bytes))
    });
    anlagen.collect()
}

fn read_json(path: &Path) -> Result<Value> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("cannot read {name}"))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{name} is not JSON"))
}

/// Reads a file with the object `daten`, bare or as a member.
fn read_file(formular: &'static Formular, path: &Path) -> Result<Fall> {
    let path_name = path.display();
    let json = read_json(path)?;
    let daten = json.get("daten").unwrap_or(&json);
    let angaben = formular
        .import(daten)
        .map_err(|why| anyhow!("{path_name} has no answers: {}", say(why)))?;
    let meta = |name: &str| daten["meta"][name].as_str();
    let stichtag = meta("stichtag").and_then(Datum::read).with_context(|| {
        format!("{path_name} has no day in `meta.stichtag`, such as \"2026-11-23\"")
    })?;
    Ok(Fall {
        formular,
        angaben,
        stichtag,
        #[cfg(feature = "message")]
        antrag_id: meta("antragId").unwrap_or("ohne Nummer").to_owned(),
    })
}

fn say(why: KeineAngaben) -> &'static str {
    match why {
        KeineAngaben::KeinObjekt => "`daten` is not a JSON object",
        KeineAngaben::ZuGross => "they are nested too deeply, or too many",
        KeineAngaben::Unlesbar => "a name or a text cannot be that of an answer",
    }
}

/// What the Behörde of the demo has set; whoever has an eID in the file has proven it.
fn einstellungen() -> Result<Einstellungen> {
    let settings = demo::settings();
    let profil = settings.get("bedarfsprofil").context("the demo has no Bedarfsprofil")?;
    let profil = Bedarfsprofil::from_json(profil).context("the demo's Bedarfsprofil is none")?;
    Ok(Einstellungen { bedarfsprofil: Some(profil), eid: true, ..Einstellungen::default() })
}

fn to_json(befunde: &[Befund]) -> Result<String> {
    let befunde: Vec<Value> = befunde.iter().map(Befund::to_json).collect();
    Ok(serde_json::to_string_pretty(&befunde)?)
}

#[cfg(feature = "message")]
mod filing;

#[cfg(feature = "message")]
mod message {
    use std::io::{self, Write};

    use chrono::{NaiveDate, NaiveTime};
    use druck::antrag::{Ausdruck, Datei, dokument};
    use sha2::{Digest, Sha256};
    use shared::{
        antraege,
        behoerde::Behoerde,
        nachricht::{Anlage, Anlagen, Kopf, Medientyp, write},
    };

    use super::*;

    /// A message and the PDF of its application.
    pub struct Ausfertigung {
        pub xml: Vec<u8>,
        pub zusammenfassung: Vec<u8>,
    }

    pub fn print(fall: &Fall, given: &[Gegeben]) -> Result<u8> {
        match write_both(fall, given)? {
            Err(befunde) => {
                eprintln!("{}", to_json(&befunde)?);
                Ok(BLOCKED)
            }
            Ok(Ausfertigung { xml, .. }) => {
                io::stdout().write_all(&xml)?;
                io::stdout().flush()?;
                Ok(CLEAN)
            }
        }
    }

    /// Both, or what blocks sending.
    pub fn write_both(fall: &Fall, given: &[Gegeben]) -> Result<Result<Ausfertigung, Vec<Befund>>> {
        let Fall { formular, stichtag, antrag_id, .. } = fall;
        let nachricht = antraege::nachricht(formular)
            .with_context(|| format!("`{}` has no message", formular.id))?;
        let einstellungen = einstellungen()?;
        let kontext = Kontext { stichtag: *stichtag, einstellungen: &einstellungen };
        let (antrag, hinweise) = match formular.parse(&fall.angaben, kontext) {
            Ok(parsed) => parsed,
            Err(befunde) => return Ok(Err(befunde)),
        };
        let behoerde = demo::settings().remove("behoerde").unwrap_or_default();
        let behoerde = Behoerde::from_json(&behoerde).context("the demo's Behörde is none")?;
        let named = nachweise(fall, given)?;
        let nachweise: Vec<Anlage<'_>> = named
            .iter()
            .map(|it| Anlage {
                typ: it.typ,
                bezeichnung: &it.bezeichnung,
                medientyp: it.medientyp,
                inhalt: it.inhalt,
            })
            .collect();
        let dateien: Vec<Datei<'_>> = named
            .iter()
            .map(|it| Datei {
                typ: it.typ,
                name: it.name,
                groesse: it.inhalt.len() as u64,
                sha256: Sha256::digest(it.inhalt).into(),
            })
            .collect();
        let noon = NaiveDate::from_ymd_opt(stichtag.jahr(), stichtag.monat(), stichtag.tag())
            .map(|it| it.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12))
            .context("the Stichtag is outside the calendar")?;
        let zusammenfassung = druck::write(&dokument(&Ausdruck {
            formular,
            antrag: &antrag,
            hinweise: &hinweise,
            texte: &shared::texte::Texte::deutsch(),
            dateien: &dateien,
            behoerde: &behoerde.name,
            nummer: antrag_id,
            kopf: vec![
                ("Nummer".to_owned(), antrag_id.clone()),
                ("Stichtag".to_owned(), stichtag.to_string()),
            ],
            stichtag: *stichtag,
            erstellt: noon,
        }))?;
        let kopf = Kopf {
            nachrichten_uuid: &uuid(antrag_id, &fall.angaben),
            erstellungszeitpunkt: &format!("{}T12:00:00.000Z", stichtag.iso()),
            stichtag: *stichtag,
            antragsidentifikation: antrag_id,
            rueckkanal_vorhanden: false,
            behoerde: &behoerde,
            produktversion: env!("CARGO_PKG_VERSION"),
            test: Some("Testnachricht"),
        };
        let anlagen = Anlagen { zusammenfassung: &zusammenfassung, nachweise: &nachweise };
        let xml = write(nachricht, &antrag, &kopf, &anlagen)?;
        Ok(Ok(Ausfertigung { xml, zusammenfassung }))
    }

    /// A file that the answers name and that was given.
    pub struct Nachweis<'a> {
        pub typ: &'a str,
        /// As the answers call the file.
        name: &'a str,
        bezeichnung: String,
        medientyp: Medientyp,
        inhalt: &'a [u8],
    }

    /// The files that were given, in the order of the answers. Says which are left out.
    fn nachweise<'a>(fall: &'a Fall, given: &'a [Gegeben]) -> Result<Vec<Nachweis<'a>>> {
        let bedarf = fall.formular.nachweise(&fall.angaben, fall.stichtag);
        let mut given: Vec<&Gegeben> = given.iter().collect();
        let mut nachweise = Vec::new();
        for entry in shared::angaben::View::new(&fall.angaben).eintraege_von("nachweise") {
            let (Some(typ), Some(name)) = (entry.text("typ"), entry.text("datei")) else {
                continue;
            };
            let Some(at) = given.iter().position(|(it, _)| it == typ) else {
                eprintln!("note: {typ} ({name}) is left out; give it with --anlage {typ}=FILE");
                continue;
            };
            let (_, inhalt) = given.remove(at);
            let medientyp = Medientyp::sniff(inhalt)
                .with_context(|| format!("the file for {typ} is neither PDF nor JPEG"))?;
            let bezeichnung = bedarf
                .iter()
                .find(|it| it.typ == typ && it.person_ref.as_deref() == entry.text("personRef"))
                .map(shared::pruefung::Bedarf::titel)
                .or_else(|| fall.formular.nachweisart(typ).map(|it| it.name.to_owned()))
                .with_context(|| format!("`{typ}` is no Nachweis of `{}`", fall.formular.id))?;
            nachweise.push(Nachweis { typ, name, bezeichnung, medientyp, inhalt });
        }
        match given.first() {
            None => Ok(nachweise),
            Some((typ, _)) => bail!("--anlage {typ}: the answers name no such file"),
        }
    }

    /// The same for the same answers: SHA-256 in a UUID of version 8 (RFC 9562).
    pub fn uuid(antrag_id: &str, angaben: &Angaben) -> String {
        let mut hash = Sha256::new();
        hash.update(antrag_id);
        for (pfad, text) in angaben.iter() {
            hash.update([0]);
            hash.update(pfad);
            hash.update([0]);
            hash.update(text);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        bytes[6] = 0x80 | (bytes[6] & 0x0F);
        bytes[8] = 0x80 | (bytes[8] & 0x3F);
        let hex: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }
}
