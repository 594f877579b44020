//! Who may see what: the access code of an applicant, and the counters that slow down guessing.

use std::time::Duration;

use sha2::{Digest, Sha256};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};
use subtle::ConstantTimeEq;

use crate::{
    Ablage, AblageError, Ereignis, Ereignisart, Mandant, Rueckkanal, Verbindung, Zeitpunkt,
    Zustellung,
    annahme::{hex, sha256},
    siegel::spalten::VORGANG_ZUGANG,
};

/// So many failures …
const FEHLVERSUCHE: u32 = 10;
/// … within this time, and nothing is answered until it is over.
const FRIST: Duration = Duration::from_secs(15 * 60);

/// So many wrong passwords in a row, and no further one is looked at …
const FALSCHE_PASSWOERTER: u32 = 5;
/// … for this time, which doubles with each one that follows …
const SPERRE: Duration = Duration::from_secs(15 * 60);
/// … up to this: nobody can lock a caseworker out for a whole day.
const SPERRE_HOECHSTENS: Duration = Duration::from_secs(4 * 3600);
/// After this long without a wrong password the count begins anew.
const VERGESSEN: Duration = Duration::from_secs(24 * 3600);

/// What a Zugangscode opened.
#[derive(Debug)]
pub enum Zugang {
    /// The code fits.
    Offen(Box<Zugangsstand>),
    /// There is no such Vorgang, or the code is another: nobody is told which.
    Falsch,
    /// There were too many failures for this number; try again at this time.
    Gesperrt(Zeitpunkt),
}

/// What an applicant may see of a Vorgang.
#[derive(Debug)]
pub struct Zugangsstand {
    /// The id of the application's form.
    pub antrag: String,
    /// The state of the case.
    pub zustand: String,
    /// When it was accepted.
    pub eingegangen_am: Zeitpunkt,
    /// SHA-256 over answers and attachments, as on the receipt.
    pub pruefsumme: [u8; 32],
    /// The deliveries. The errors' texts are not for applicants.
    pub zustellungen: Vec<Zustellung>,
    /// What happened, oldest first. Who read it is left out.
    pub ereignisse: Vec<Ereignis>,
    /// What went to and fro since.
    pub rueckkanal: Rueckkanal,
}

/// Whether a password may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anmeldeversuch {
    /// It may. The attempt counts as failed until [`Ablage::forget_fehlversuche`].
    Erlaubt,
    /// There were too many failures; try again at this time.
    Gesperrt(Zeitpunkt),
}

impl<V: Verbindung> Ablage<V> {
    /// What the owner of the code may see. Ten failures for a number within a quarter of an hour
    /// close it for the rest of that time, whether the number exists or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn enter(
        &self,
        nummer: &Vorgangsnummer,
        code: &Zugangscode,
        jetzt: Zeitpunkt,
    ) -> Result<Zugang, AblageError> {
        let wer = sha256(nummer.to_string().as_bytes());
        if let Some(bis) = self.gesperrt_bis(&wer, jetzt).await? {
            return Ok(Zugang::Gesperrt(bis));
        }
        let zeilen = self
            .query(
                "SELECT zugang, antrag, zustand, eingegangen_am, pruefsumme FROM vorgang \
                 WHERE mandant = ? AND nummer = ?",
                vec![self.mandant.as_str().into(), nummer.into()],
            )
            .await?;
        let hash = hash_zugangscode(&self.mandant, nummer, code);
        let mut zeilen = zeilen.into_iter();
        let offen = match zeilen.next() {
            None => None,
            Some(mut zeile) => {
                let zugang = self.unseal(&VORGANG_ZUGANG, &nummer.to_string(), zeile.next()?)?;
                bool::from(zugang.as_slice().ct_eq(&hash)).then_some(zeile)
            }
        };
        let Some(mut zeile) = offen else {
            self.count_fehlversuch(&wer, jetzt).await?;
            return Ok(Zugang::Falsch);
        };
        Ok(Zugang::Offen(Box::new(Zugangsstand {
            antrag: zeile.next()?,
            zustand: zeile.next()?,
            eingegangen_am: zeile.next()?,
            pruefsumme: zeile.next()?,
            zustellungen: self.zustellungen(nummer).await?,
            ereignisse: {
                let mut ereignisse = self.ereignisse(nummer).await?;
                // Who read what inside the Behörde is for its own supervision.
                ereignisse.retain(|ereignis| ereignis.art != Ereignisart::Gelesen);
                ereignisse
            },
            rueckkanal: self.rueckkanal(nummer).await?,
        })))
    }

    /// Asks whether a password for this Kennung may be tried, and counts the attempt as failed
    /// before anybody looks at it: so no two at once are one for the counter. Five failures in a
    /// row close the Kennung for a quarter of an hour, each further one for twice as long as the
    /// one before, up to four hours; whether the Kennung exists or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_anmeldung(
        &self,
        kennung: &str,
        jetzt: Zeitpunkt,
    ) -> Result<Anmeldeversuch, AblageError> {
        let wer = sha256(kennung.as_bytes());
        self.atomically(async || {
            if let Some(bis) = self.anmeldung_gesperrt_bis(&wer).await?.filter(|&bis| jetzt < bis) {
                return Ok(Anmeldeversuch::Gesperrt(bis));
            }
            self.count_falsches_passwort(&wer, jetzt).await?;
            Ok(Anmeldeversuch::Erlaubt)
        })
        .await
    }

    /// The password was right: the failures before it are forgotten.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_fehlversuche(&self, kennung: &str) -> Result<(), AblageError> {
        self.query(
            "DELETE FROM fehlversuch WHERE mandant = ? AND art = ? AND wer_hash = ?",
            vec![self.mandant.as_str().into(), ANMELDUNG.into(), sha256(kennung.as_bytes()).into()],
        )
        .await?;
        Ok(())
    }

    /// What stands for a caseworker in the event log: tells apart who did what, without a name.
    pub fn pseudonym(&self, kennung: &str) -> String {
        let mut sha = Sha256::new();
        for teil in ["benutzer", self.mandant.as_str(), kennung] {
            sha.update((teil.len() as u64).to_be_bytes());
            sha.update(teil);
        }
        hex(&sha.finalize()[..6])
    }

    pub(crate) async fn gesperrt_bis(
        &self,
        wer: &[u8; 32],
        jetzt: Zeitpunkt,
    ) -> Result<Option<Zeitpunkt>, AblageError> {
        let zeilen = self
            .query(
                "SELECT seit FROM fehlversuch WHERE mandant = ? AND art = ? AND wer_hash = ? \
                 AND anzahl >= ? AND seit > ?",
                vec![
                    self.mandant.as_str().into(),
                    ZUGANG.into(),
                    (*wer).into(),
                    FEHLVERSUCHE.into(),
                    jetzt.minus(FRIST).into(),
                ],
            )
            .await?;
        let seit: Option<Zeitpunkt> =
            zeilen.into_iter().next().map(|mut zeile| zeile.next()).transpose()?;
        Ok(seit.map(|seit| seit.plus(FRIST)))
    }

    /// `seit` is the first failure of the window.
    pub(crate) async fn count_fehlversuch(
        &self,
        wer: &[u8; 32],
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let abgelaufen = jetzt.minus(FRIST);
        self.query(
            "INSERT INTO fehlversuch (mandant, art, wer_hash, anzahl, seit) VALUES (?, ?, ?, 1, ?) \
             ON CONFLICT (mandant, art, wer_hash) DO UPDATE SET \
                anzahl = CASE WHEN seit > ? THEN anzahl + 1 ELSE 1 END, \
                seit = CASE WHEN seit > ? THEN seit ELSE excluded.seit END",
            vec![
                self.mandant.as_str().into(),
                ZUGANG.into(),
                (*wer).into(),
                jetzt.into(),
                abgelaufen.into(),
                abgelaufen.into(),
            ],
        )
        .await?;
        self.delete_fehlversuche(ZUGANG, abgelaufen).await
    }

    async fn anmeldung_gesperrt_bis(
        &self,
        wer: &[u8; 32],
    ) -> Result<Option<Zeitpunkt>, AblageError> {
        let zeilen = self
            .query(
                "SELECT anzahl, seit FROM fehlversuch \
                 WHERE mandant = ? AND art = ? AND wer_hash = ? AND anzahl >= ?",
                vec![
                    self.mandant.as_str().into(),
                    ANMELDUNG.into(),
                    (*wer).into(),
                    FALSCHE_PASSWOERTER.into(),
                ],
            )
            .await?;
        let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(None) };
        let weitere = zeile.next::<u32>()? - FALSCHE_PASSWOERTER;
        let sperre = SPERRE.saturating_mul(1_u32.checked_shl(weitere).unwrap_or(u32::MAX));
        let zuletzt: Zeitpunkt = zeile.next()?;
        Ok(Some(zuletzt.plus(sperre.min(SPERRE_HOECHSTENS))))
    }

    /// `seit` is the last failure.
    async fn count_falsches_passwort(
        &self,
        wer: &[u8; 32],
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.delete_fehlversuche(ANMELDUNG, jetzt.minus(VERGESSEN)).await?;
        self.query(
            "INSERT INTO fehlversuch (mandant, art, wer_hash, anzahl, seit) VALUES (?, ?, ?, 1, ?) \
             ON CONFLICT (mandant, art, wer_hash) DO UPDATE SET \
                anzahl = anzahl + 1, seit = excluded.seit",
            vec![self.mandant.as_str().into(), ANMELDUNG.into(), (*wer).into(), jetzt.into()],
        )
        .await?;
        Ok(())
    }

    /// Guessed numbers and names must not fill the table.
    async fn delete_fehlversuche(&self, art: &str, bis: Zeitpunkt) -> Result<(), AblageError> {
        self.query(
            "DELETE FROM fehlversuch WHERE mandant = ? AND seit <= ? AND art = ?",
            vec![self.mandant.as_str().into(), bis.into(), art.into()],
        )
        .await?;
        Ok(())
    }
}

/// Failures with a Zugangscode.
const ZUGANG: &str = "zugang";
/// Failures with a password.
const ANMELDUNG: &str = "anmeldung";

/// What is stored, sealed, instead of a Zugangscode.
pub(crate) fn hash_zugangscode(
    mandant: &Mandant,
    nummer: &Vorgangsnummer,
    code: &Zugangscode,
) -> [u8; 32] {
    let mut sha = Sha256::new();
    let nummer = nummer.to_string();
    for teil in [b"zugang", mandant.as_str().as_bytes(), nummer.as_bytes(), code.as_bytes()] {
        sha.update((teil.len() as u64).to_be_bytes());
        sha.update(teil);
    }
    sha.finalize().into()
}
