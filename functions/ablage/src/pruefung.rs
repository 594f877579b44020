//! The quarantine: a file leaves the portal only after a virus scanner has looked at it.
//!
//! A file whose scan ended in an error stays in quarantine and is looked at again. Of a file that
//! is infected the contents are deleted; its name, size and hash stay, and whatever it was to be
//! delivered with has failed for good.

use std::time::Duration;

use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    Ablage, AblageError, Ereignisart, Verbindung, Wert, Zeile, Zeitpunkt, Ziel,
    ereignis::NeuesEreignis,
    siegel::spalten::{ANLAGE_INHALT, ANLAGE_NAME, ZUSTELLUNG_FEHLER_TEXT},
    zustellung::schluessel_der_zeile,
};

/// What is known of the harmlessness of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pruefstand {
    /// No scanner has looked at it yet: it stays.
    Ausstehend,
    /// A scanner found nothing.
    Sauber,
    /// A scanner found something.
    Befallen,
    /// The operator has said that files are not scanned here.
    Ungeprueft,
}

impl Pruefstand {
    const ALLE: [Pruefstand; 4] =
        [Pruefstand::Ausstehend, Pruefstand::Sauber, Pruefstand::Befallen, Pruefstand::Ungeprueft];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Pruefstand::Ausstehend => "ausstehend",
            Pruefstand::Sauber => "sauber",
            Pruefstand::Befallen => "befallen",
            Pruefstand::Ungeprueft => "ungeprueft",
        }
    }

    /// Whether the file may leave the portal.
    pub fn is_frei(self) -> bool {
        matches!(self, Pruefstand::Sauber | Pruefstand::Ungeprueft)
    }
}

pub(crate) fn read_pruefstand(zeile: &mut Zeile) -> Result<Pruefstand, AblageError> {
    let wort: String = zeile.next()?;
    let stand = Pruefstand::ALLE.into_iter().find(|stand| stand.as_str() == wort);
    stand.ok_or(AblageError::Form("a pruefstand is unknown"))
}

/// A file to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruefling {
    /// Its id.
    pub id: String,
    /// This is attempt number …, from 1.
    pub versuch: u32,
}

/// The quarantine in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quarantaene {
    /// Files that wait for a scanner.
    pub ausstehend: u64,
    /// When the one that waits longest was uploaded.
    pub aelteste_seit: Option<Zeitpunkt>,
    /// Why the last scan of a file that waits did not succeed.
    pub grund: Option<String>,
    /// Files in which something was found.
    pub befallen: u64,
    /// Files that were let through unseen, because the operator said so.
    pub ungeprueft: u64,
}

/// What keeps a row `z` of the outbox back, as a condition.
pub(crate) const IN_QUARANTAENE: &str = "EXISTS (SELECT 1 FROM anlage AS a \
     WHERE a.mandant = z.mandant AND a.vorgang = z.vorgang AND a.folge = z.folge \
       AND a.pruefung IN ('ausstehend', 'befallen'))";

impl<V: Verbindung> Ablage<V> {
    /// Takes up to `hoechstens` files that are to be looked at, those waiting longest first.
    /// Nobody else gets them for `dauer`; looking twice does no harm.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lease_prueflinge(
        &self,
        hoechstens: u32,
        jetzt: Zeitpunkt,
        dauer: Duration,
    ) -> Result<Vec<Pruefling>, AblageError> {
        self.query(
            "UPDATE anlage SET pruefung_am = ?, pruefung_versuche = pruefung_versuche + 1 \
             WHERE mandant = ? AND id IN ( \
                SELECT id FROM anlage WHERE mandant = ? AND pruefung = 'ausstehend' \
                   AND pruefung_am <= ? ORDER BY pruefung_am, angelegt_am LIMIT ?) \
             RETURNING id, pruefung_versuche",
            vec![
                jetzt.plus(dauer).into(),
                self.mandant.as_str().into(),
                self.mandant.as_str().into(),
                jetzt.into(),
                hoechstens.into(),
            ],
        )
        .await?
        .into_iter()
        .map(|mut zeile| Ok(Pruefling { id: zeile.next()?, versuch: zeile.next()? }))
        .collect()
    }

    /// The contents of a file that is to be looked at.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if it was deleted meanwhile.
    pub async fn pruefling(&self, id: &str) -> Result<Vec<u8>, AblageError> {
        let zeilen = self
            .query(
                "SELECT inhalt FROM anlage_inhalt WHERE mandant = ? AND id = ?",
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        self.unseal(&ANLAGE_INHALT, id, zeile.next()?)
    }

    /// The scanner found nothing: the file may leave.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release(&self, id: &str) -> Result<(), AblageError> {
        self.query(
            "UPDATE anlage SET pruefung = 'sauber', pruefung_grund = NULL \
             WHERE mandant = ? AND id = ? AND pruefung = 'ausstehend'",
            vec![self.mandant.as_str().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// The scanner could not look at it, because of `grund` (no personal data): the file stays in
    /// quarantine until it is looked at again at `wann`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_in_quarantaene(
        &self,
        id: &str,
        grund: &str,
        wann: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.query(
            "UPDATE anlage SET pruefung_am = ?, pruefung_grund = ? \
             WHERE mandant = ? AND id = ? AND pruefung = 'ausstehend'",
            vec![wann.into(), grund.into(), self.mandant.as_str().into(), id.into()],
        )
        .await?;
        Ok(())
    }

    /// Lets everything through that waits, because the operator has said that files are not
    /// scanned here. Says how many files that were.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release_ungeprueft(&self) -> Result<u32, AblageError> {
        let zeilen = self
            .query(
                "UPDATE anlage SET pruefung = 'ungeprueft', pruefung_grund = NULL \
                 WHERE mandant = ? AND pruefung = 'ausstehend' RETURNING 1",
                vec![self.mandant.as_str().into()],
            )
            .await?;
        Ok(u32::try_from(zeilen.len()).unwrap_or(u32::MAX))
    }

    /// The scanner found `fund` (the name of a signature): the contents are deleted, and what the
    /// file was to be delivered with has failed.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn condemn(&self, id: &str, fund: &str, jetzt: Zeitpunkt) -> Result<(), AblageError> {
        self.atomically(async || {
            let zeilen = self
                .query(
                    "UPDATE anlage SET pruefung = 'befallen', pruefung_grund = ? \
                     WHERE mandant = ? AND id = ? AND pruefung = 'ausstehend' \
                     RETURNING vorgang, folge, name",
                    vec![fund.into(), self.mandant.as_str().into(), id.into()],
                )
                .await?;
            let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(()) };
            self.query(
                "DELETE FROM anlage_inhalt WHERE mandant = ? AND id = ?",
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
            let vorgang: Option<Vorgangsnummer> = zeile.next()?;
            let folge: String = zeile.next()?;
            let Some(vorgang) = vorgang else { return Ok(()) };
            let name = self.unseal_text(&ANLAGE_NAME, id, zeile.next()?)?;
            let text = format!("Die Datei „{name}“ enthält Schadsoftware ({fund}).");
            self.fail_infected(&vorgang, &folge, &text, jetzt).await
        })
        .await
    }

    async fn fail_infected(
        &self,
        vorgang: &Vorgangsnummer,
        folge: &str,
        text: &str,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        for ziel in Ziel::ALLE {
            let zeile = schluessel_der_zeile(vorgang, ziel, folge);
            let text = self.seal(&ZUSTELLUNG_FEHLER_TEXT, &zeile, text.as_bytes())?;
            let werte: Vec<Wert> = vec![
                BEFALLEN.into(),
                self.ring.id().into(),
                text.into(),
                jetzt.into(),
                self.mandant.as_str().into(),
                vorgang.into(),
                ziel.as_str().into(),
                folge.into(),
            ];
            let gescheitert = self
                .query(
                    "UPDATE zustellung SET zustand = 'gescheitert', naechster_versuch_am = NULL, \
                     pacht_halter = NULL, pacht_bis = NULL, fehler_code = ?, schluessel = ?, \
                     fehler_text = ?, geaendert_am = ? \
                     WHERE mandant = ? AND vorgang = ? AND ziel = ? AND folge = ? \
                       AND zustand <> 'zugestellt' RETURNING 1",
                    werte,
                )
                .await?;
            if !gescheitert.is_empty() {
                self.append(NeuesEreignis {
                    am: jetzt,
                    art: Ereignisart::Gescheitert,
                    vorgang: Some(vorgang),
                    ziel: Some(ziel.as_str()),
                    code: Some(BEFALLEN),
                    akteur: None,
                })
                .await?;
            }
        }
        self.update_zustellstand(vorgang).await
    }

    /// The quarantine in numbers.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn quarantaene(&self) -> Result<Quarantaene, AblageError> {
        let mandant = || -> Wert { self.mandant.as_str().into() };
        let zeilen = self
            .query(
                "SELECT pruefung, anzahl, (SELECT min(angelegt_am) FROM anlage AS a \
                    WHERE a.mandant = z.mandant AND a.pruefung = z.pruefung \
                      AND a.pruefung = 'ausstehend') \
                 FROM zaehler_anlage AS z WHERE mandant = ? AND 0 < anzahl",
                vec![mandant()],
            )
            .await?;
        let mut quarantaene = Quarantaene::default();
        for mut zeile in zeilen {
            let stand = read_pruefstand(&mut zeile)?;
            let (anzahl, seit): (u64, Option<Zeitpunkt>) = (zeile.next()?, zeile.next()?);
            match stand {
                Pruefstand::Ausstehend => {
                    quarantaene.ausstehend = anzahl;
                    quarantaene.aelteste_seit = seit;
                }
                Pruefstand::Befallen => quarantaene.befallen = anzahl,
                Pruefstand::Ungeprueft => quarantaene.ungeprueft = anzahl,
                Pruefstand::Sauber => {}
            }
        }
        let gruende = self
            .query(
                "SELECT pruefung_grund FROM anlage WHERE mandant = ? AND pruefung = 'ausstehend' \
                 AND pruefung_grund IS NOT NULL ORDER BY pruefung_am DESC LIMIT 1",
                vec![mandant()],
            )
            .await?;
        if let Some(mut zeile) = gruende.into_iter().next() {
            quarantaene.grund = zeile.next()?;
        }
        Ok(quarantaene)
    }
}

/// Code of the error of what must not be delivered, since a file of it is infected.
pub const BEFALLEN: &str = "schadsoftware";
