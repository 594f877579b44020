//! A run: leases what is due for one target, has it delivered and writes down what came of it.

use std::{fmt, time::Duration};

use ablage::{Ablage, AblageError, Fehlschlag, Pacht, Verbindung, Zeitpunkt, Ziel, zufall};
use serde::Serialize;
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    ausgang::{Abbruch, Ausgang, Grund},
    client::Client,
    einstellungen::{Einstellungen, Transport},
    ruhezeit,
    zusteller::{
        Lieferung, Zusteller as _, dms::Verakter, fitconnect::FitConnect, https::Https, xta::Xta,
    },
};

/// How long a run takes at most: less than a host gives a request.
const LAUF: Duration = Duration::from_secs(28);
/// How long a partner may take for one answer. No delivery begins that has less time left.
pub(crate) const ANRUF: Duration = Duration::from_secs(20);
/// How long a lease holds: longer than a run, so that nobody takes it over meanwhile.
pub(crate) const PACHT: Duration = Duration::from_secs(60);
/// After so many failures in a row the target is left alone until the next run.
const FEHLSCHLAEGE: u32 = 3;
/// What cannot be delivered for so long is the caseworker's turn.
const AUFGEBEN: Duration = Duration::from_secs(14 * 24 * 3600);
/// Begins the code of what was given up.
const AUFGEGEBEN: &str = "aufgegeben-";

/// What runs need from the world around them.
pub trait Welt {
    /// The connection to the database.
    type Verbindung: Verbindung;
    /// The way to the partners.
    type Client: Client;

    /// Opens the store. Each run of a target opens its own: two transactions on one connection
    /// would be one.
    fn open(&self) -> impl Future<Output = Result<Ablage<Self::Verbindung>, AblageError>>;
    /// The way to the partners.
    fn client(&self) -> &Self::Client;
    /// The time.
    fn jetzt(&self) -> Zeitpunkt;
    /// Takes a line for the log.
    fn log(&self, meldung: &Meldung);
    /// Takes a failure of our own for the log.
    fn log_error(&self, ursache: &str);
}

/// What a run did: the answer of `POST /intern/weiterleitung`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bilanz {
    /// Attempts.
    pub bearbeitet: u32,
    /// The target has it.
    pub zugestellt: u32,
    /// Waits for another attempt.
    pub verschoben: u32,
    /// Waits for a caseworker.
    pub gescheitert: u32,
}

impl std::ops::Add for Bilanz {
    type Output = Bilanz;

    fn add(self, andere: Bilanz) -> Bilanz {
        Bilanz {
            bearbeitet: self.bearbeitet + andere.bearbeitet,
            zugestellt: self.zugestellt + andere.zugestellt,
            verschoben: self.verschoben + andere.verschoben,
            gescheitert: self.gescheitert + andere.gescheitert,
        }
    }
}

/// A line of the log: ids, counts and statuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meldung {
    /// The Vorgang.
    pub vorgang: String,
    /// The target.
    pub ziel: &'static str,
    /// The number of the attempt.
    pub versuch: u32,
    /// What came of it.
    pub ausgang: &'static str,
    /// Why.
    pub code: Option<String>,
}

/// As one JSON object.
impl fmt::Display for Meldung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// Delivers what is due for `ziel`, until nothing is, the time is over, or the target does not
/// answer.
///
/// # Errors
/// If the store fails. What was leased then becomes due again when its lease ends.
pub async fn run<W: Welt>(
    welt: &W,
    einstellungen: &Einstellungen,
    ziel: Ziel,
) -> Result<Bilanz, AblageError> {
    let ablage = welt.open().await?;
    let halter = zufall::uuid()?;
    let ende = welt.jetzt().plus(LAUF);
    let mut bilanz = Bilanz::default();
    let mut fehlschlaege = 0;
    while fehlschlaege < FEHLSCHLAEGE && welt.jetzt().plus(ANRUF) <= ende {
        let pachten = ablage.lease_due_of(ziel, 1, &halter, welt.jetzt(), PACHT).await?;
        let Some(mut pacht) = pachten.into_iter().next() else { break };
        bilanz.bearbeitet += 1;
        let lieferung = Lieferung {
            ablage: &ablage,
            // What was given up may have arrived all the same.
            is_unklar: pacht.ausgang_unklar
                || pacht.letzter_fehler.as_ref().is_some_and(|code| code.starts_with(AUFGEGEBEN)),
            pacht: &mut pacht,
            welt,
            ende,
        };
        let ausgang = match deliver(lieferung, einstellungen).await {
            Ok(ausgang) => ausgang,
            Err(Abbruch::Ausgang(ausgang)) => ausgang,
            Err(Abbruch::Ablage(AblageError::PachtVerloren)) => {
                log(welt, &pacht.vorgang, ziel, pacht.versuch, "pacht-verloren", None);
                continue;
            }
            Err(Abbruch::Ablage(error)) => ablage_fehler(error)?,
        };
        match ausgang {
            Ausgang::Zugestellt(_) | Ausgang::Abgelehnt(_) | Ausgang::Unterwegs(_) => {
                fehlschlaege = 0;
            }
            // Whatever comes next would meet the same.
            Ausgang::Betreiber(_) | Ausgang::Angehalten => fehlschlaege = FEHLSCHLAEGE,
            Ausgang::Verschoben(_) | Ausgang::Unklar(_) => fehlschlaege += 1,
        }
        let code = ausgang.grund().map(|grund| grund.code.clone());
        log(welt, &pacht.vorgang, ziel, pacht.versuch, ausgang.as_str(), code);
        if let Some(pause) = ausgang.grund().and_then(|grund| grund.pause) {
            ablage.pause(ziel, welt.jetzt().plus(pause.min(ruhezeit::HOECHSTENS))).await?;
            fehlschlaege = FEHLSCHLAEGE;
        }
        match settle(&ablage, &pacht, ausgang, einstellungen.erste_pause, welt.jetzt()).await {
            Ok(Stand::Zugestellt) => bilanz.zugestellt += 1,
            Ok(Stand::Verschoben) => bilanz.verschoben += 1,
            Ok(Stand::Gescheitert) => bilanz.gescheitert += 1,
            Err(AblageError::PachtVerloren) => {
                log(welt, &pacht.vorgang, ziel, pacht.versuch, "pacht-verloren", None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(bilanz)
}

async fn deliver<W: Welt>(
    lieferung: Lieferung<'_, W>,
    einstellungen: &Einstellungen,
) -> Result<Ausgang, Abbruch> {
    match lieferung.pacht.ziel {
        Ziel::Fachverfahren => match &einstellungen.fachverfahren {
            Some(Transport::Https(fachverfahren)) => Https(fachverfahren).deliver(lieferung).await,
            Some(Transport::Xta2(server)) => Xta(server).deliver(lieferung).await,
            Some(Transport::FitConnect(dienst)) => FitConnect(dienst).deliver(lieferung).await,
            None => Ok(Ausgang::Betreiber(Grund::new("nicht-eingerichtet"))),
        },
        Ziel::Dms => match &einstellungen.dms {
            Some(dms) => Verakter(dms).deliver(lieferung).await,
            None => Ok(Ausgang::Betreiber(Grund::new("nicht-eingerichtet"))),
        },
    }
}

/// What our own store says about one Vorgang must not stop the others.
fn ablage_fehler(error: AblageError) -> Result<Ausgang, AblageError> {
    match error {
        AblageError::Siegel { .. }
        | AblageError::SchluesselFehlt(_)
        | AblageError::Form(_)
        | AblageError::NichtGefunden => {
            Ok(Ausgang::Betreiber(Grund::with_text("ablage", error.to_string())))
        }
        error => Err(error),
    }
}

/// The three that the balance knows.
enum Stand {
    Zugestellt,
    Verschoben,
    Gescheitert,
}

async fn settle<V: Verbindung>(
    ablage: &Ablage<V>,
    pacht: &Pacht,
    ausgang: Ausgang,
    erste_pause: Duration,
    jetzt: Zeitpunkt,
) -> Result<Stand, AblageError> {
    let grund = match &ausgang {
        Ausgang::Zugestellt(fremd_id) => {
            ablage.complete(pacht, fremd_id.as_deref(), jetzt).await?;
            return Ok(Stand::Zugestellt);
        }
        Ausgang::Abgelehnt(grund) => {
            ablage.fail(pacht, fehlschlag(grund), jetzt).await?;
            return Ok(Stand::Gescheitert);
        }
        Ausgang::Angehalten => {
            let angehalten = Fehlschlag { code: "angehalten", text: None };
            match pacht.ausgang_unklar {
                true => ablage.leave_unklar(pacht, angehalten, jetzt, jetzt).await?,
                false => ablage.postpone(pacht, angehalten, jetzt, jetzt).await?,
            }
            return Ok(Stand::Verschoben);
        }
        Ausgang::Verschoben(grund)
        | Ausgang::Unklar(grund)
        | Ausgang::Unterwegs(grund)
        | Ausgang::Betreiber(grund) => grund,
    };
    if pacht.angelegt_am.plus(AUFGEBEN) <= jetzt {
        let code = format!("{AUFGEGEBEN}{}", grund.code);
        let aufgegeben = Fehlschlag { code: &code, text: grund.text.as_deref() };
        ablage.fail(pacht, aufgegeben, jetzt).await?;
        return Ok(Stand::Gescheitert);
    }
    let zufall = zufall::bits()?;
    let pause = match ausgang {
        Ausgang::Betreiber(_) => ruhezeit::HOECHSTENS,
        _ => ruhezeit::after(pacht.versuch, erste_pause, grund.pause, zufall),
    };
    let wann = jetzt.plus(pause);
    let is_unklar = match ausgang {
        Ausgang::Unklar(_) | Ausgang::Unterwegs(_) => true,
        // Perhaps nobody could be asked.
        Ausgang::Betreiber(_) => pacht.ausgang_unklar,
        _ => false,
    };
    match is_unklar {
        true => ablage.leave_unklar(pacht, fehlschlag(grund), wann, jetzt).await?,
        false => ablage.postpone(pacht, fehlschlag(grund), wann, jetzt).await?,
    }
    Ok(Stand::Verschoben)
}

fn fehlschlag(grund: &Grund) -> Fehlschlag<'_> {
    Fehlschlag { code: &grund.code, text: grund.text.as_deref() }
}

fn log(
    welt: &impl Welt,
    vorgang: &Vorgangsnummer,
    ziel: Ziel,
    versuch: u32,
    ausgang: &'static str,
    code: Option<String>,
) {
    let vorgang = vorgang.to_string();
    welt.log(&Meldung { vorgang, ziel: ziel.as_str(), versuch, ausgang, code });
}
