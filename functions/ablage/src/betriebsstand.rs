//! What the operation knows beside the Vorgänge: the alarm, pauses, self-checks, daily runs. And
//! what operators ask the outbox as a whole.

use crate::{
    Ablage, AblageError, Verbindung, Wert, Zeitpunkt, Ziel, Zustellstand,
    zustellung::{read_ziel, read_zustand},
};

/// Name under which the last daily run is kept.
const TAGESLAUF: &str = "tageslauf";
/// Begins the names under which pauses of targets are kept.
const PAUSE: &str = "pause/";

/// Something that the operation has noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// What it is about.
    pub name: String,
    /// Since when it is so.
    pub am: Zeitpunkt,
    /// JSON without personal data.
    pub inhalt: String,
}

/// What failed at a target for the same cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ursache {
    /// The target.
    pub ziel: Ziel,
    /// The code of the error.
    pub code: String,
    /// How many deliveries.
    pub anzahl: u64,
    /// When the first of them failed.
    pub seit: Zeitpunkt,
}

/// What became of what a daily run made due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tageslauf {
    /// When it began. Names it.
    pub am: Zeitpunkt,
    /// By target: how many it made due, and how many of them are delivered and failed since. Those
    /// that still wait count for the next run once that has begun.
    pub ziele: Vec<(Ziel, Tageslaufstand)>,
}

/// The counts of a daily run at one target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tageslaufstand {
    /// Made due.
    pub angestossen: u64,
    /// Delivered since.
    pub zugestellt: u64,
    /// Failed for good since.
    pub gescheitert: u64,
}

impl<V: Verbindung> Ablage<V> {
    /// Everything that the operation has noted, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn staende(&self) -> Result<Vec<Stand>, AblageError> {
        self.query(
            "SELECT name, am, inhalt FROM betriebsstand WHERE mandant = ? ORDER BY name",
            vec![self.mandant.as_str().into()],
        )
        .await?
        .into_iter()
        .map(|mut zeile| {
            Ok(Stand { name: zeile.next()?, am: zeile.next()?, inhalt: zeile.next()? })
        })
        .collect()
    }

    /// What is noted under a name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stand(&self, name: &str) -> Result<Option<Stand>, AblageError> {
        let zeilen = self
            .query(
                "SELECT am, inhalt FROM betriebsstand WHERE mandant = ? AND name = ?",
                vec![self.mandant.as_str().into(), name.into()],
            )
            .await?;
        let stand = zeilen.into_iter().next().map(|mut zeile| {
            Ok(Stand { name: name.to_owned(), am: zeile.next()?, inhalt: zeile.next()? })
        });
        stand.transpose()
    }

    /// Notes something, instead of what was noted under that name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn set_stand(
        &self,
        name: &str,
        inhalt: &str,
        am: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.query(
            "INSERT INTO betriebsstand (mandant, name, am, inhalt) VALUES (?, ?, ?, ?) \
             ON CONFLICT (mandant, name) DO UPDATE SET am = excluded.am, inhalt = excluded.inhalt",
            vec![self.mandant.as_str().into(), name.into(), am.into(), inhalt.into()],
        )
        .await?;
        Ok(())
    }

    /// Notes something unless it is noted already. Only one of many who try gets `true`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn raise_stand(
        &self,
        name: &str,
        inhalt: &str,
        am: Zeitpunkt,
    ) -> Result<bool, AblageError> {
        let zeilen = self
            .query(
                "INSERT INTO betriebsstand (mandant, name, am, inhalt) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (mandant, name) DO NOTHING RETURNING 1",
                vec![self.mandant.as_str().into(), name.into(), am.into(), inhalt.into()],
            )
            .await?;
        Ok(!zeilen.is_empty())
    }

    /// Forgets what is noted under a name. Only one of many who try gets `true`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn clear_stand(&self, name: &str) -> Result<bool, AblageError> {
        let zeilen = self
            .query(
                "DELETE FROM betriebsstand WHERE mandant = ? AND name = ? RETURNING 1",
                vec![self.mandant.as_str().into(), name.into()],
            )
            .await?;
        Ok(!zeilen.is_empty())
    }

    /// When the oldest that waits for each target was accepted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn aelteste_wartende(&self) -> Result<Vec<(Ziel, Zeitpunkt)>, AblageError> {
        self.query(
            "SELECT ziel, min(angelegt_am) FROM zustellung INDEXED BY zustellung_faellig \
             WHERE mandant = ? AND naechster_versuch_am IS NOT NULL GROUP BY ziel ORDER BY ziel",
            vec![self.mandant.as_str().into()],
        )
        .await?
        .into_iter()
        .map(|mut zeile| Ok((read_ziel(&mut zeile)?, zeile.next()?)))
        .collect()
    }

    /// What failed for good, by target and cause, the most frequent first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ursachen(&self) -> Result<Vec<Ursache>, AblageError> {
        self.query(
            "SELECT ziel, coalesce(fehler_code, ''), count(*), min(geaendert_am) FROM zustellung \
             WHERE mandant = ? AND zustand = 'gescheitert' \
             GROUP BY ziel, fehler_code ORDER BY count(*) DESC, ziel, fehler_code",
            vec![self.mandant.as_str().into()],
        )
        .await?
        .into_iter()
        .map(|mut zeile| {
            Ok(Ursache {
                ziel: read_ziel(&mut zeile)?,
                code: zeile.next()?,
                anzahl: zeile.next()?,
                seit: zeile.next()?,
            })
        })
        .collect()
    }

    /// A target asked for a pause: nothing that waits for it is due before `bis`, and no daily run
    /// changes that.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pause(&self, ziel: Ziel, bis: Zeitpunkt) -> Result<(), AblageError> {
        self.query(
            "UPDATE zustellung SET naechster_versuch_am = ? WHERE mandant = ? AND ziel = ? \
             AND zustand IN ('ausstehend', 'unklar') AND naechster_versuch_am < ?",
            vec![bis.into(), self.mandant.as_str().into(), ziel.as_str().into(), bis.into()],
        )
        .await?;
        self.set_stand(&format!("{PAUSE}{}", ziel.as_str()), "{}", bis).await
    }

    /// Until when a target has asked to be left alone, if that is still to come.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pause_bis(
        &self,
        ziel: Ziel,
        jetzt: Zeitpunkt,
    ) -> Result<Option<Zeitpunkt>, AblageError> {
        let pause = self.stand(&format!("{PAUSE}{}", ziel.as_str())).await?;
        Ok(pause.map(|pause| pause.am).filter(|bis| jetzt < *bis))
    }

    /// A target answers again: what waits because it could not be reached (`code`) is due now.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hurry(&self, ziel: Ziel, code: &str, jetzt: Zeitpunkt) -> Result<(), AblageError> {
        self.query(
            "UPDATE zustellung SET naechster_versuch_am = ? WHERE mandant = ? AND ziel = ? \
             AND zustand IN ('ausstehend', 'unklar') AND fehler_code = ? \
             AND naechster_versuch_am > ?",
            vec![
                jetzt.into(),
                self.mandant.as_str().into(),
                ziel.as_str().into(),
                code.into(),
                jetzt.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Begins a daily run if `is_faellig` says so of the last one (`None`: there was none): makes
    /// everything due that waits for `ziele`, whatever its back-off. Only one of many who try
    /// begins it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_tageslauf(
        &self,
        ziele: &[Ziel],
        is_faellig: impl FnOnce(Option<Zeitpunkt>) -> bool,
        jetzt: Zeitpunkt,
    ) -> Result<Option<Tageslauf>, AblageError> {
        self.atomically(async || {
            let letzter = self.stand(TAGESLAUF).await?.map(|stand| stand.am);
            if !is_faellig(letzter) {
                return Ok(None);
            }
            let mut tageslauf = Tageslauf { am: jetzt, ziele: Vec::new() };
            for &ziel in ziele {
                let faellig = self.pause_bis(ziel, jetzt).await?.unwrap_or(jetzt);
                self.query(
                    "UPDATE zustellung SET tageslauf = ?, \
                     naechster_versuch_am = min(naechster_versuch_am, ?) \
                     WHERE mandant = ? AND ziel = ? AND zustand IN ('ausstehend', 'unklar')",
                    vec![
                        jetzt.into(),
                        faellig.into(),
                        self.mandant.as_str().into(),
                        ziel.as_str().into(),
                    ],
                )
                .await?;
                let zeilen = self.query("SELECT changes()", vec![]).await?;
                let anzahl = zeilen.into_iter().next().ok_or(AblageError::Form("no count"))?.next();
                let stand = Tageslaufstand { angestossen: anzahl?, ..Tageslaufstand::default() };
                tageslauf.ziele.push((ziel, stand));
            }
            self.set_stand(TAGESLAUF, &write_tageslauf(&tageslauf), jetzt).await?;
            Ok(Some(tageslauf))
        })
        .await
    }

    /// Notes that daily runs count from now on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn found_tageslauf(&self, jetzt: Zeitpunkt) -> Result<(), AblageError> {
        self.raise_stand(TAGESLAUF, "", jetzt).await.map(|_| ())
    }

    /// When the last daily run was, or when they began to count.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn letzter_tageslauf_am(&self) -> Result<Option<Zeitpunkt>, AblageError> {
        Ok(self.stand(TAGESLAUF).await?.map(|stand| stand.am))
    }

    /// The last daily run, if there was one, and what has become of it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn letzter_tageslauf(&self) -> Result<Option<Tageslauf>, AblageError> {
        let Some(stand) = self.stand(TAGESLAUF).await? else { return Ok(None) };
        let Some(mut tageslauf) = read_tageslauf(&stand) else { return Ok(None) };
        let zeilen = self
            .query(
                "SELECT ziel, zustand, count(*) FROM zustellung \
                 WHERE mandant = ? AND tageslauf = ? GROUP BY ziel, zustand",
                vec![self.mandant.as_str().into(), Wert::from(tageslauf.am)],
            )
            .await?;
        for mut zeile in zeilen {
            let (ziel, zustand) = (read_ziel(&mut zeile)?, read_zustand(&mut zeile)?);
            let anzahl: u64 = zeile.next()?;
            for (_, stand) in tageslauf.ziele.iter_mut().filter(|(eines, _)| *eines == ziel) {
                match zustand.stand() {
                    Zustellstand::Zugestellt => stand.zugestellt += anzahl,
                    Zustellstand::Gescheitert => stand.gescheitert += anzahl,
                    Zustellstand::Wartend => {}
                }
            }
        }
        Ok(Some(tageslauf))
    }
}

/// `fachverfahren=12 dms=3`
fn write_tageslauf(tageslauf: &Tageslauf) -> String {
    let ziele = tageslauf.ziele.iter();
    let ziele = ziele.map(|(ziel, stand)| format!("{}={}", ziel.as_str(), stand.angestossen));
    ziele.collect::<Vec<_>>().join(" ")
}

/// `None` if daily runs only began to count then.
fn read_tageslauf(stand: &Stand) -> Option<Tageslauf> {
    let ziele: Vec<_> = stand
        .inhalt
        .split_whitespace()
        .filter_map(|eines| {
            let (ziel, anzahl) = eines.split_once('=')?;
            let stand = Tageslaufstand { angestossen: anzahl.parse().ok()?, ..Default::default() };
            Some((Ziel::parse(ziel)?, stand))
        })
        .collect();
    (!ziele.is_empty()).then_some(Tageslauf { am: stand.am, ziele })
}
