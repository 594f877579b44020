//! A run: every file that waits is scanned, until nothing waits, the time is over, or the scanner
//! fails.

use std::{
    io::{Read, Write},
    time::Duration,
};

use ablage::{Ablage, AblageError, Pruefling, Verbindung, Zeitpunkt};
use serde_json::{Value, json};

use crate::clamd::{Scanfehler, Urteil, eicar, scan};

/// How long a run takes at most: less than a host gives a request.
const LAUF: Duration = Duration::from_secs(20);
/// How long a file is left to one run.
const PACHT: Duration = Duration::from_secs(120);
/// The first pause after a scan that failed; doubles each time.
const ERSTE_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause: a scanner that is back is noticed soon.
const PAUSE_MAX: Duration = Duration::from_secs(300);

/// The way to clamd: a fresh connection for each command.
pub trait Scanner {
    /// A connection.
    type Verbindung: Read + Write;

    /// Connects.
    ///
    /// # Errors
    /// [`Scanfehler::NichtErreicht`]
    fn connect(&self) -> Result<Self::Verbindung, Scanfehler>;
}

/// What a run needs from the world around it.
pub trait Welt {
    /// The connection to the database.
    type Verbindung: Verbindung;

    /// Opens the store.
    fn open(&self) -> impl Future<Output = Result<Ablage<Self::Verbindung>, AblageError>>;
    /// The time.
    fn jetzt(&self) -> Zeitpunkt;
    /// Takes a line for the log.
    fn log(&self, meldung: &Value);
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilanz {
    /// Files in which nothing was found.
    pub sauber: u32,
    /// Files in which something was found.
    pub befallen: u32,
    /// Files that could not be scanned.
    pub verschoben: u32,
    /// Files that were let through, because the operator said so.
    pub ungeprueft: u32,
    /// Why files could not be scanned.
    pub grund: Option<String>,
}

/// Why a run ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum LaufError {
    /// The store fails. What was leased is looked at again later.
    #[error(transparent)]
    Ablage(#[from] AblageError),
}

/// Scans what waits. Without a scanner everything is let through: the operator has said so.
///
/// # Errors
/// If the store fails.
pub async fn run<W: Welt>(welt: &W, scanner: Option<&impl Scanner>) -> Result<Bilanz, LaufError> {
    let ablage = welt.open().await?;
    let mut bilanz = Bilanz::default();
    let Some(scanner) = scanner else {
        bilanz.ungeprueft = ablage.release_ungeprueft().await?;
        return Ok(bilanz);
    };
    let ende = welt.jetzt().plus(LAUF);
    let mut is_geprueft = false;
    while welt.jetzt() < ende {
        let prueflinge = ablage.lease_prueflinge(1, welt.jetzt(), PACHT).await?;
        let Some(pruefling) = prueflinge.into_iter().next() else { break };
        // A scanner without signatures calls everything clean.
        let ausgang = match is_geprueft {
            true => Ok(()),
            false => check_scanner(scanner),
        };
        let ausgang = match ausgang {
            Ok(()) => {
                is_geprueft = true;
                match ablage.pruefling(&pruefling.id).await {
                    Ok(inhalt) => scanner.connect().and_then(|mut weg| scan(&mut weg, &inhalt)),
                    // Its owner has deleted it meanwhile.
                    Err(AblageError::NichtGefunden) => continue,
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => Err(error),
        };
        settle(welt, &ablage, &pruefling, &ausgang, &mut bilanz).await?;
        // clamd's word on one file says nothing of the next; all else does.
        if matches!(&ausgang, Err(error) if !matches!(error, Scanfehler::Antwort(_))) {
            break;
        }
    }
    Ok(bilanz)
}

fn check_scanner(scanner: &impl Scanner) -> Result<(), Scanfehler> {
    match scan(&mut scanner.connect()?, &eicar())? {
        Urteil::Befallen(_) => Ok(()),
        Urteil::Sauber => Err(Scanfehler::Blind),
    }
}

async fn settle<W: Welt>(
    welt: &W,
    ablage: &Ablage<W::Verbindung>,
    pruefling: &Pruefling,
    ausgang: &Result<Urteil, Scanfehler>,
    bilanz: &mut Bilanz,
) -> Result<(), LaufError> {
    let id = &pruefling.id;
    match ausgang {
        Ok(Urteil::Sauber) => {
            ablage.release(id).await?;
            bilanz.sauber += 1;
        }
        Ok(Urteil::Befallen(fund)) => {
            ablage.condemn(id, fund, welt.jetzt()).await?;
            bilanz.befallen += 1;
            welt.log(&json!({ "anlage": id, "ausgang": "befallen", "fund": fund }));
        }
        Err(error) => {
            let grund = error.to_string();
            let wann = welt.jetzt().plus(pause(pruefling.versuch));
            ablage.keep_in_quarantaene(id, &grund, wann).await?;
            bilanz.verschoben += 1;
            welt.log(&json!({
                "anlage": id, "ausgang": "verschoben", "versuch": pruefling.versuch, "fehler": grund,
            }));
            bilanz.grund = Some(grund);
        }
    }
    Ok(())
}

fn pause(versuch: u32) -> Duration {
    ERSTE_PAUSE.saturating_mul(1 << versuch.saturating_sub(1).min(16)).min(PAUSE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_five_minutes() {
        let pausen: Vec<u64> = [1, 2, 3, 7, 8, 1000].map(|n| pause(n).as_secs()).to_vec();
        assert_eq!(pausen, [5, 10, 20, 300, 300, 300]);
    }
}
