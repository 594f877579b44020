//! `gegenstellen`: both counterparts as a program, for the demo.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use gegenstellen::{Anmeldung, Einstellungen, Gegenstelle, Ziel};
use lexopt::{Arg, ValueExt as _};

const HELP: &str = "\
Starts the counterparts of the portal: a Fachverfahren and a DMS (CMIS 1.1 browser binding).

gegenstellen [--fachverfahren 127.0.0.1:3001] [--dms 127.0.0.1:3002] --ordner DIR
             [--schemas DIR] [--token TOKEN] [--dms-anmeldung 'basic USER:PASS' | 'bearer TOKEN']
             [--grenze-mb 100]

  --fachverfahren ADDR  where messages are taken; port 0 picks a free one
  --dms ADDR            where the DMS listens; port 0 picks a free one
  --ordner DIR          keeps what arrives in DIR/fachverfahren and DIR/dms
  --schemas DIR         validates messages with xmllint against the XML schemas there
  --token TOKEN         the Fachverfahren asks for `Authorization: Bearer TOKEN`
  --dms-anmeldung WHO   the DMS asks for these credentials; empty for none
  --grenze-mb N         the largest request in MB

When both answer, one line on stdout: bereit fachverfahren=http://… dms=http://…

Fachverfahren:  POST /nachrichten, GET /nachrichten/{uuid}
                XTA 2.1.1: /xta/SendXtaPort, /xta/ManagementPort
                FIT-Connect: /fit-connect/submission-api, /fit-connect/token
                POST /rueckmeldung    send something back about a message, as JSON:
  {\"art\": \"130102\", \"zu\": UUID of the message,
   \"an\": \"http://127.0.0.1:3000/empfang/nachrichten\", \"token\": \"…\"}
                also text, datum, status, dokument, uuid, ausloeserUuid, erstellungszeitpunkt,
                antragsidentifikation, xml; without `an` it waits at GET /rueckmeldungen
DMS:            /cmis/browser, repository `akten`
                /dms (d.velop documents), repository `7c1e4f0a-2b7d-5c55-9f10-5f1d2a3b4c5d`
                /ablagefach (WebDAV, for containers of xdomea)
Both:           GET /eingang      what arrived, how often it was tried
                DELETE /eingang   forget and delete it
                GET /steuerung    the mode in force and counters
                POST /steuerung   how to behave, as JSON:
  {\"modus\": \"normal\"             as the contract says
          | \"aus\"                close the connection without an answer
          | \"langsam\"            answer late: \"millisekunden\": 2000
          | \"antwort-verlieren\"  carry out, then close without an answer
          | \"konflikt-409\" | \"abgelehnt-422\" | \"fehler-500\"
          | \"ueberlastet-429\"    with \"retryAfter\": 2 (seconds)
          | \"muell\"              200 and a body that is cut off
          | \"umleitung\"          302
          | \"xta-fehler\"         a SOAP fault with \"text\" as its number
          | \"offen\" | \"warnung\" | \"zurueckweisen\" | \"falscher-beleg\",
                                 XTA and FIT-Connect: what the receiver says
   \"text\": \"…\",                 what a made-up answer says
   \"anzahl\": 3,                 for so many requests; else until told otherwise
   \"speichern\": true,           make up the answer, but carry out the request
   \"nach\": {\"methode\": \"POST\", \"aktion\": \"createDocument\", \"ab\": 2}}
                                only for these requests, from the second on
  Actions: senden, fragen; createMessageId, sendMessage, getTransportReport; token,
  zustellpunkt, schluessel, ankuendigen, anhang, absenden, ereignisse; or the cmisaction or cmisselector.

For example: curl -d '{\"modus\":\"antwort-verlieren\",\"anzahl\":1}' http://127.0.0.1:3001/steuerung
";

fn main() -> ExitCode {
    let einstellungen = match read_arguments() {
        Ok(Some(einstellungen)) => einstellungen,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("gegenstellen: {error} (see --help)");
            return ExitCode::from(2);
        }
    };
    match Gegenstelle::start(einstellungen) {
        Ok(gegenstelle) => {
            println!(
                "bereit fachverfahren={} dms={}",
                gegenstelle.url(Ziel::Fachverfahren),
                gegenstelle.url(Ziel::Dms)
            );
            gegenstelle.wait();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("gegenstellen: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `None`: only the help is wanted.
fn read_arguments() -> Result<Option<Einstellungen>, lexopt::Error> {
    let mut einstellungen = Einstellungen::new("");
    einstellungen.fachverfahren = SocketAddr::from(([127, 0, 0, 1], 3001));
    einstellungen.dms = SocketAddr::from(([127, 0, 0, 1], 3002));
    let mut ordner: Option<PathBuf> = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Long("fachverfahren") => {
                einstellungen.fachverfahren = arguments.value()?.parse()?;
            }
            Arg::Long("dms") => einstellungen.dms = arguments.value()?.parse()?,
            Arg::Long("ordner") => ordner = Some(arguments.value()?.into()),
            Arg::Long("schemas") => einstellungen.schemas = Some(arguments.value()?.into()),
            Arg::Long("token") => {
                einstellungen.fachverfahren_anmeldung = match arguments.value()?.string()? {
                    token if token.is_empty() => Anmeldung::Keine,
                    token => Anmeldung::Bearer(token),
                };
            }
            Arg::Long("dms-anmeldung") => {
                einstellungen.dms_anmeldung = arguments.value()?.parse()?;
            }
            Arg::Long("grenze-mb") => {
                let mb: usize = arguments.value()?.parse()?;
                einstellungen.grenze = mb.saturating_mul(1_000_000);
            }
            _ => return Err(argument.unexpected()),
        }
    }
    einstellungen.ordner = ordner.ok_or("--ordner is missing")?;
    Ok(Some(einstellungen))
}
