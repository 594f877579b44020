//! Checking the chain of events: whole, or from where the last check ended.
//!
//! What was checked is remembered with its hash, so that a page need only look at what came since.
//! That also shows when the end was cut off, which the chain alone cannot show. What was changed
//! before the remembered place is found by a whole check, which goes on step by step.

use std::fmt;

use crate::{Ablage, AblageError, Verbindung, Zeitpunkt, annahme::hex, ereignis::Glied};

/// How many events are read at a time.
const PRUEFSCHRITT: u32 = 2_000;
/// Name under which is kept how far the chain was checked.
const GEPRUEFT: &str = "kette";
/// Name under which is kept how far a whole check is that has begun.
const GANZ: &str = "kette-ganz";

/// What a check of the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kettenpruefung {
    /// The number of events.
    pub laenge: u64,
    /// The hash of the last event: noted elsewhere, it proves later that none was cut off.
    pub spitze: [u8; 32],
    /// The first event that does not fit, if any.
    pub bruch: Option<u64>,
}

/// How far the chain is known to be whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kettenstand {
    /// The place of the last event.
    pub laenge: u64,
    /// Its hash.
    pub spitze: [u8; 32],
    /// So far every event was looked at, once at least.
    pub geprueft_bis: u64,
    /// The first event that was found not to fit, if any.
    pub bruch: Option<u64>,
    /// When a check of the whole chain last came to its end.
    pub ganz_geprueft_am: Option<Zeitpunkt>,
    /// How far a whole check is that has begun and not come to its end.
    pub ganz_bis: Option<u64>,
}

/// A place in the chain up to which it was followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marke {
    bis: u64,
    hash: [u8; 32],
    bruch: Option<u64>,
}

impl fmt::Display for Marke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.bis, hex(&self.hash))?;
        self.bruch.map_or(Ok(()), |bruch| write!(f, " {bruch}"))
    }
}

impl Marke {
    /// As it is displayed.
    fn read(text: &str) -> Option<Marke> {
        let mut worte = text.split(' ');
        let bis = worte.next()?.parse().ok()?;
        let hash = read_hex(worte.next()?)?;
        let bruch = worte.next().map(str::parse).transpose().ok()?;
        Some(Marke { bis, hash, bruch })
    }

    fn break_at(&mut self, lfd: u64) {
        self.bruch = Some(self.bruch.map_or(lfd, |bruch| bruch.min(lfd)));
    }
}

impl<V: Verbindung> Ablage<V> {
    /// Reads the whole log of the tenant and computes every hash anew, in one go.
    ///
    /// # Errors
    /// If the database fails. A broken chain is a result, not an error.
    pub async fn check_kette(&self) -> Result<Kettenpruefung, AblageError> {
        let mut marke = Marke::default();
        let mut laenge = 0;
        loop {
            match self.follow(&mut marke, PRUEFSCHRITT).await? {
                0 => {
                    return Ok(Kettenpruefung { laenge, spitze: marke.hash, bruch: marke.bruch });
                }
                gelesen => laenge += gelesen,
            }
        }
    }

    /// Follows the chain from where that ended the last time, by `hoechstens` events, and says how
    /// far it is known to be whole.
    ///
    /// # Errors
    /// If the database fails. A broken chain is a result, not an error.
    pub async fn follow_kette(
        &self,
        hoechstens: u32,
        jetzt: Zeitpunkt,
    ) -> Result<Kettenstand, AblageError> {
        let (bisher, ganz_am) = self.geprueft().await?;
        let mut marke = bisher.clone();
        self.check_marke(&mut marke).await?;
        if marke.bruch.is_none() {
            self.follow_up_to(&mut marke, hoechstens).await?;
        }
        if marke != bisher {
            self.set_geprueft(&marke, ganz_am, jetzt).await?;
        }
        self.kettenstand(marke, ganz_am).await
    }

    /// Checks the whole chain from its first event on, `hoechstens` events at a call: call it until
    /// [`Kettenstand::ganz_bis`] is `None`. It goes on where the call before ended.
    ///
    /// # Errors
    /// If the database fails. A broken chain is a result, not an error.
    pub async fn check_kette_weiter(
        &self,
        hoechstens: u32,
        jetzt: Zeitpunkt,
    ) -> Result<Kettenstand, AblageError> {
        let stand = self.stand(GANZ).await?;
        let mut ganz = stand.and_then(|it| Marke::read(&it.inhalt)).unwrap_or_default();
        self.check_marke(&mut ganz).await?;
        let is_am_ende = self.follow_up_to(&mut ganz, hoechstens).await?;
        let (mut marke, ganz_am) = self.geprueft().await?;
        if !is_am_ende {
            self.set_stand(GANZ, &ganz.to_string(), jetzt).await?;
            return self.kettenstand(marke, ganz_am).await;
        }
        self.clear_stand(GANZ).await?;
        // What was there once and is gone does not come back by looking again.
        self.check_marke(&mut marke).await?;
        match marke.bruch {
            Some(bruch) => marke.break_at(ganz.bruch.unwrap_or(bruch)),
            None => marke = ganz,
        }
        self.set_geprueft(&marke, Some(jetzt), jetzt).await?;
        self.kettenstand(marke, Some(jetzt)).await
    }

    /// Follows the chain by up to `hoechstens` events; says whether that was all.
    async fn follow_up_to(&self, marke: &mut Marke, hoechstens: u32) -> Result<bool, AblageError> {
        let mut rest = u64::from(hoechstens);
        while 0 < rest {
            let schritt = rest.min(PRUEFSCHRITT.into()) as u32;
            let gelesen = self.follow(marke, schritt).await?;
            if gelesen < u64::from(schritt) {
                return Ok(true);
            }
            rest -= gelesen;
        }
        Ok(false)
    }

    /// Follows the chain by one reading; says how many events there were.
    async fn follow(&self, marke: &mut Marke, hoechstens: u32) -> Result<u64, AblageError> {
        let zeilen = self
            .query(
                "SELECT lfd, am, art, vorgang, ziel, code, akteur, vorher, hash FROM ereignis \
                 WHERE mandant = ? AND lfd > ? ORDER BY lfd LIMIT ?",
                vec![self.mandant.as_str().into(), (marke.bis as i64).into(), hoechstens.into()],
            )
            .await?;
        let gelesen = zeilen.len() as u64;
        for mut zeile in zeilen {
            let glied = Glied {
                lfd: zeile.next()?,
                am: zeile.next()?,
                art: zeile.next()?,
                vorgang: zeile.next()?,
                ziel: zeile.next()?,
                code: zeile.next()?,
                akteur: zeile.next()?,
            };
            let vorher: Vec<u8> = zeile.next()?;
            let hash: Vec<u8> = zeile.next()?;
            let erwartet = marke.bis + 1;
            let passt = glied.lfd == erwartet as i64
                && vorher == marke.hash
                && hash == glied.hash(&self.mandant, &marke.hash);
            if !passt {
                marke.break_at(erwartet);
            }
            // Goes on with what is stored, so that the tip is told in any case.
            marke.bis = glied.lfd as u64;
            marke.hash = hash.try_into().unwrap_or_default();
        }
        Ok(gelesen)
    }

    /// Whether the event is still there up to which the chain was followed.
    async fn check_marke(&self, marke: &mut Marke) -> Result<(), AblageError> {
        if marke.bis == 0 {
            return Ok(());
        }
        let zeilen = self
            .query(
                "SELECT hash FROM ereignis WHERE mandant = ? AND lfd = ?",
                vec![self.mandant.as_str().into(), (marke.bis as i64).into()],
            )
            .await?;
        let hash: Option<Vec<u8>> =
            zeilen.into_iter().next().map(|mut zeile| zeile.next()).transpose()?;
        if hash.as_deref() != Some(&marke.hash[..]) {
            marke.break_at(marke.bis);
        }
        Ok(())
    }

    async fn geprueft(&self) -> Result<(Marke, Option<Zeitpunkt>), AblageError> {
        let Some(stand) = self.stand(GEPRUEFT).await? else { return Ok((Marke::default(), None)) };
        let (ganz, marke) = stand.inhalt.split_once(' ').unwrap_or_default();
        let ganz_am = ganz.parse().ok().map(Zeitpunkt::from_millis);
        Ok((Marke::read(marke).unwrap_or_default(), ganz_am))
    }

    /// `-` or the milliseconds of the last whole check, then the place.
    async fn set_geprueft(
        &self,
        marke: &Marke,
        ganz_am: Option<Zeitpunkt>,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let ganz = ganz_am.map_or("-".to_owned(), |am| am.millis().to_string());
        self.set_stand(GEPRUEFT, &format!("{ganz} {marke}"), jetzt).await
    }

    async fn kettenstand(
        &self,
        marke: Marke,
        ganz_geprueft_am: Option<Zeitpunkt>,
    ) -> Result<Kettenstand, AblageError> {
        let zeilen = self
            .query(
                "SELECT lfd, hash FROM ereignis WHERE mandant = ? ORDER BY lfd DESC LIMIT 1",
                vec![self.mandant.as_str().into()],
            )
            .await?;
        let (laenge, spitze): (u64, Vec<u8>) = match zeilen.into_iter().next() {
            Some(mut zeile) => (zeile.next()?, zeile.next()?),
            None => (0, vec![0; 32]),
        };
        let ganz = self.stand(GANZ).await?.and_then(|it| Marke::read(&it.inhalt));
        Ok(Kettenstand {
            laenge,
            spitze: spitze.try_into().unwrap_or_default(),
            geprueft_bis: marke.bis,
            bruch: marke.bruch.or(ganz.as_ref().and_then(|ganz| ganz.bruch)),
            ganz_geprueft_am,
            ganz_bis: ganz.map(|ganz| ganz.bis),
        })
    }
}

fn read_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(bytes)
}
