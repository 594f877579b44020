//! Sessions of caseworkers.

use std::time::Duration;

use crate::{Ablage, AblageError, Verbindung, Wert, Zeitpunkt, annahme::sha256, zufall};

/// A session that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitzung {
    /// Whose it is.
    pub kennung: String,
    /// When it began.
    pub angelegt_am: Zeitpunkt,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitzungsregel {
    /// Without a request.
    pub untaetig: Duration,
    /// In all.
    pub hoechstens: Duration,
}

impl<V: Verbindung> Ablage<V> {
    /// Opens a session and returns its token, of which only the hash is stored. Sessions that are
    /// over are deleted along the way.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn create_sitzung(
        &self,
        kennung: &str,
        regel: Sitzungsregel,
        jetzt: Zeitpunkt,
    ) -> Result<String, AblageError> {
        let token = zufall::token()?;
        self.query(
            "DELETE FROM sitzung WHERE mandant = ? AND zuletzt_am <= ?",
            vec![self.mandant.as_str().into(), jetzt.minus(regel.untaetig).into()],
        )
        .await?;
        self.query(
            "INSERT INTO sitzung (mandant, id_hash, kennung, angelegt_am, zuletzt_am) \
             VALUES (?, ?, ?, ?, ?)",
            vec![
                self.mandant.as_str().into(),
                Wert::from(sha256(token.as_bytes())),
                kennung.into(),
                jetzt.into(),
                jetzt.into(),
            ],
        )
        .await?;
        Ok(token)
    }

    /// The open session of this token, and notes that it is in use.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if there is none or it is over.
    pub async fn sitzung(
        &self,
        token: &str,
        regel: Sitzungsregel,
        jetzt: Zeitpunkt,
    ) -> Result<Sitzung, AblageError> {
        let id_hash = sha256(token.as_bytes());
        let zeilen = self
            .query(
                "SELECT kennung, angelegt_am, zuletzt_am FROM sitzung \
                 WHERE mandant = ? AND id_hash = ? AND zuletzt_am > ? AND angelegt_am > ?",
                vec![
                    self.mandant.as_str().into(),
                    id_hash.into(),
                    jetzt.minus(regel.untaetig).into(),
                    jetzt.minus(regel.hoechstens).into(),
                ],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let sitzung = Sitzung { kennung: zeile.next()?, angelegt_am: zeile.next()? };
        let zuletzt_am: Zeitpunkt = zeile.next()?;
        // To the minute is exact enough and spares most requests a write.
        if zuletzt_am.plus(Duration::from_secs(60)) <= jetzt {
            self.query(
                "UPDATE sitzung SET zuletzt_am = ? WHERE mandant = ? AND id_hash = ?",
                vec![jetzt.into(), self.mandant.as_str().into(), id_hash.into()],
            )
            .await?;
        }
        Ok(sitzung)
    }

    /// Ends a session. One that is over already may be ended, too.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn delete_sitzung(&self, token: &str) -> Result<(), AblageError> {
        self.query(
            "DELETE FROM sitzung WHERE mandant = ? AND id_hash = ?",
            vec![self.mandant.as_str().into(), sha256(token.as_bytes()).into()],
        )
        .await?;
        Ok(())
    }
}
