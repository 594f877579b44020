//! A run: leases what is due for one target, has it delivered and writes down what came of it.

use std::{cell::Cell, fmt, time::Duration};

use ablage::{
    Ablage, AblageError, Fehlschlag, Pacht, Verbindung, Zeitpunkt, Ziel, Zielgrenzen, zufall,
};
use einstellungen::{Pausen, Zielregel};
use futures_util::future;
use serde::Serialize;

use crate::{
    ausgang::{Abbruch, Ausgang, Grund},
    client::{Client, Sendefehler},
    einstellungen::{Einstellungen, Transport},
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
/// What only the operator can mend is tried again after so long, and no partner's pause for all of
/// its deliveries is longer.
const BETREIBER: Duration = Duration::from_secs(3600);
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

/// Delivers what is due for `ziel`, until nothing is, the time is over, the target closes or does
/// not answer. As many deliveries as the rules allow go at once.
///
/// # Errors
/// If the store fails. What was leased then becomes due again when its lease ends.
pub async fn run<W: Welt>(
    welt: &W,
    einstellungen: &Einstellungen,
    ziel: Ziel,
) -> Result<Bilanz, AblageError> {
    let regel = einstellungen.zustellung.ziel(ziel);
    let beginn = welt.jetzt();
    if !regel.oeffnung.is_offen(beginn) {
        return Ok(Bilanz::default());
    }
    let lauf = Lauf {
        welt,
        einstellungen,
        ziel,
        regel,
        halter: zufall::uuid()?,
        ende: beginn.plus(LAUF),
        fehlschlaege: Cell::new(0),
        has_zugestellt: Cell::new(false),
        bilanz: Cell::default(),
    };
    let ablage = welt.open().await?;
    if ablage.pause_bis(ziel, beginn).await?.is_some() {
        return Ok(Bilanz::default());
    }
    // Most runs find nothing to do and need one connection only.
    let Some(pacht) = lauf.lease(&ablage).await? else { return Ok(Bilanz::default()) };
    let weitere = (1..regel.gleichzeitig).map(|_| async {
        let ablage = welt.open().await?;
        match lauf.lease(&ablage).await? {
            Some(pacht) => lauf.work(&ablage, pacht).await,
            None => Ok(()),
        }
    });
    let (erste, weitere) = future::join(lauf.work(&ablage, pacht), future::join_all(weitere)).await;
    erste?;
    weitere.into_iter().collect::<Result<(), AblageError>>()?;
    Ok(lauf.bilanz.get())
}

/// What all that deliver in one run have in common.
struct Lauf<'a, W> {
    welt: &'a W,
    einstellungen: &'a Einstellungen,
    ziel: Ziel,
    regel: &'a Zielregel,
    /// Names this very run.
    halter: String,
    ende: Zeitpunkt,
    /// Failures in a row.
    fehlschlaege: Cell<u32>,
    has_zugestellt: Cell<bool>,
    bilanz: Cell<Bilanz>,
}

impl<W: Welt> Lauf<'_, W> {
    /// The next row that is due, unless the run is over.
    async fn lease(&self, ablage: &Ablage<W::Verbindung>) -> Result<Option<Pacht>, AblageError> {
        let jetzt = self.welt.jetzt();
        let is_vorbei = FEHLSCHLAEGE <= self.fehlschlaege.get()
            || self.ende < jetzt.plus(ANRUF)
            || !self.regel.oeffnung.is_offen(jetzt);
        if is_vorbei {
            return Ok(None);
        }
        let Zielregel { gleichzeitig, je_minute, nach, .. } = *self.regel;
        let grenzen = Zielgrenzen { gleichzeitig, je_minute, nach };
        ablage.lease_next_of(self.ziel, grenzen, &self.halter, jetzt, PACHT).await
    }

    /// Delivers one row after the other, until there is none.
    async fn work(
        &self,
        ablage: &Ablage<W::Verbindung>,
        mut pacht: Pacht,
    ) -> Result<(), AblageError> {
        loop {
            self.attempt(ablage, &mut pacht).await?;
            match self.lease(ablage).await? {
                Some(naechste) => pacht = naechste,
                None => return Ok(()),
            }
        }
    }

    async fn attempt(
        &self,
        ablage: &Ablage<W::Verbindung>,
        pacht: &mut Pacht,
    ) -> Result<(), AblageError> {
        let welt = self.welt;
        self.count(|bilanz| bilanz.bearbeitet += 1);
        let lieferung = Lieferung {
            ablage,
            // What was given up may have arrived all the same.
            is_unklar: pacht.ausgang_unklar
                || pacht.letzter_fehler.as_ref().is_some_and(|code| code.starts_with(AUFGEGEBEN)),
            pacht,
            welt,
            ende: self.ende,
        };
        let ausgang = match deliver(lieferung, self.einstellungen).await {
            Ok(ausgang) => ausgang,
            Err(Abbruch::Ausgang(ausgang)) => ausgang,
            Err(Abbruch::Ablage(AblageError::PachtVerloren)) => {
                self.log(pacht, "pacht-verloren", None);
                return Ok(());
            }
            Err(Abbruch::Ablage(error)) => ablage_fehler(error)?,
        };
        self.fehlschlaege.set(match ausgang {
            Ausgang::Zugestellt(_) | Ausgang::Abgelehnt(_) | Ausgang::Unterwegs(_) => 0,
            // Whatever comes next would meet the same.
            Ausgang::Betreiber(_) | Ausgang::Angehalten => FEHLSCHLAEGE,
            Ausgang::Verschoben(_) | Ausgang::Unklar(_) => self.fehlschlaege.get() + 1,
        });
        let code = ausgang.grund().map(|grund| grund.code.clone());
        self.log(pacht, ausgang.as_str(), code);
        if let Some(pause) = ausgang.grund().and_then(|grund| grund.pause) {
            ablage.pause(self.ziel, welt.jetzt().plus(pause.min(BETREIBER))).await?;
            self.fehlschlaege.set(FEHLSCHLAEGE);
        }
        match settle(ablage, pacht, ausgang, self.regel.pausen, welt.jetzt()).await {
            Ok(Stand::Zugestellt) => {
                self.count(|bilanz| bilanz.zugestellt += 1);
                // It is there again: nobody needs to wait out a long pause.
                if !self.has_zugestellt.replace(true) {
                    let code = Sendefehler::NichtErreicht.code();
                    ablage.hurry(self.ziel, code, welt.jetzt()).await?;
                }
            }
            Ok(Stand::Verschoben) => self.count(|bilanz| bilanz.verschoben += 1),
            Ok(Stand::Gescheitert) => self.count(|bilanz| bilanz.gescheitert += 1),
            Err(AblageError::PachtVerloren) => self.log(pacht, "pacht-verloren", None),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn count(&self, add: impl FnOnce(&mut Bilanz)) {
        let mut bilanz = self.bilanz.get();
        add(&mut bilanz);
        self.bilanz.set(bilanz);
    }

    fn log(&self, pacht: &Pacht, ausgang: &'static str, code: Option<String>) {
        self.welt.log(&Meldung {
            vorgang: pacht.vorgang.to_string(),
            ziel: self.ziel.as_str(),
            versuch: pacht.versuch,
            ausgang,
            code,
        });
    }
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
    pausen: Pausen,
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
    if pacht.angelegt_am.plus(pausen.aufgeben) <= jetzt {
        let code = format!("{AUFGEGEBEN}{}", grund.code);
        let aufgegeben = Fehlschlag { code: &code, text: grund.text.as_deref() };
        ablage.fail(pacht, aufgegeben, jetzt).await?;
        return Ok(Stand::Gescheitert);
    }
    let zufall = zufall::bits()?;
    let pause = match ausgang {
        Ausgang::Betreiber(_) => BETREIBER.min(pausen.hoechstens),
        _ => pausen.after(pacht.versuch, grund.pause, zufall),
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
