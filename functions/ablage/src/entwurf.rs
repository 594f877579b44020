//! Drafts: holders of files until they are submitted.

use std::fmt;

use shared::vorgangsnummer::Vorgangsnummer;
use subtle::ConstantTimeEq;

use crate::{
    Ablage, AblageError, AnlageWahl, Pruefstand, Verbindung, Wert, Zeile, Zeitpunkt,
    annahme::{hex, sha256},
    pruefung::read_pruefstand,
    siegel::spalten::{ANLAGE_INHALT, ANLAGE_NAME},
    sql::platzhalter,
    zufall,
};

/// A new draft: the id is public, the token belongs to its owner alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Entwurf {
    /// Stands in paths.
    pub id: String,
    /// Opens it. Only its hash is stored.
    pub token: String,
}

impl fmt::Debug for Entwurf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entwurf").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A file to be stored, after its contents were checked.
pub struct NeueAnlage {
    /// What it proves, such as `NV_LOHN`.
    pub typ: String,
    /// What its owner calls it. Sealed.
    pub name: String,
    /// What its contents are, such as `application/pdf`.
    pub medientyp: String,
    /// Its bytes. Sealed.
    pub inhalt: Vec<u8>,
    /// [`Pruefstand::Ausstehend`] where a virus scanner looks at files.
    pub pruefung: Pruefstand,
}

/// A stored file, without its contents.
#[derive(Clone, PartialEq, Eq)]
pub struct Anlage {
    /// Names it.
    pub id: String,
    /// What it proves, such as `NV_LOHN`.
    pub typ: String,
    /// What its owner calls it.
    pub name: String,
    /// What its contents are.
    pub medientyp: String,
    /// Bytes.
    pub groesse: u64,
    /// Of its contents.
    pub sha256: [u8; 32],
    /// When it was stored.
    pub angelegt_am: Zeitpunkt,
    /// Who it came from.
    pub herkunft: Anlagenherkunft,
    /// Empty: it belongs to the application itself; else the name of what it was sent with later.
    pub folge: String,
    /// Whether it may leave the portal.
    pub pruefung: Pruefstand,
    /// What the virus scanner found, or why it could not look.
    pub pruefung_grund: Option<String>,
}

impl fmt::Debug for Anlage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anlage")
            .field("id", &self.id)
            .field("typ", &self.typ)
            .field("groesse", &self.groesse)
            .finish_non_exhaustive()
    }
}

/// Who a file of a draft came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anlagenherkunft {
    /// The owner of the draft.
    #[default]
    Antrag,
    /// Somebody else, who fills in a part of it.
    Zulieferung,
    /// What they confirmed, as a document.
    Erklaerung,
}

impl Anlagenherkunft {
    const ALLE: [Anlagenherkunft; 3] =
        [Anlagenherkunft::Antrag, Anlagenherkunft::Zulieferung, Anlagenherkunft::Erklaerung];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Anlagenherkunft::Antrag => "",
            Anlagenherkunft::Zulieferung => "zulieferung",
            Anlagenherkunft::Erklaerung => "erklaerung",
        }
    }
}

/// A file whose name and contents are sealed, but which is not stored yet.
pub(crate) struct Versiegelt<'a> {
    anlage: &'a NeueAnlage,
    id: String,
    name: Vec<u8>,
    inhalt: Vec<u8>,
}

/// How much a draft may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grenzen {
    /// Files.
    pub dateien: u32,
    /// Bytes of all files together.
    pub summe: u64,
}

impl<V: Verbindung> Ablage<V> {
    /// Starts a draft.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn create_entwurf(&self, jetzt: Zeitpunkt) -> Result<Entwurf, AblageError> {
        let entwurf = Entwurf { id: hex(&zufall::bytes::<16>()?), token: zufall::token()? };
        self.query(
            "INSERT INTO entwurf (mandant, id, token_hash, angelegt_am, zuletzt_am) \
             VALUES (?, ?, ?, ?, ?)",
            vec![
                self.mandant.as_str().into(),
                entwurf.id.as_str().into(),
                Wert::from(sha256(entwurf.token.as_bytes())),
                jetzt.into(),
                jetzt.into(),
            ],
        )
        .await?;
        Ok(entwurf)
    }

    /// Lets the owner of the token in and notes that the draft is in use.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] alike if there is no such draft and if the token is wrong.
    pub async fn enter_entwurf(
        &self,
        id: &str,
        token: &str,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let zeilen = self
            .query(
                "SELECT token_hash, zuletzt_am FROM entwurf WHERE mandant = ? AND id = ?",
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        let Some(mut zeile) = zeilen.into_iter().next() else {
            return Err(AblageError::NichtGefunden);
        };
        let token_hash: [u8; 32] = zeile.next()?;
        if !bool::from(token_hash.ct_eq(&sha256(token.as_bytes()))) {
            return Err(AblageError::NichtGefunden);
        }
        // Once a day is enough for a term of weeks, and spares each request a write.
        const TAG_IN_MILLIS: i64 = 24 * 60 * 60 * 1000;
        let zuletzt_am: Zeitpunkt = zeile.next()?;
        if zuletzt_am.millis() + TAG_IN_MILLIS <= jetzt.millis() {
            self.query(
                "UPDATE entwurf SET zuletzt_am = ? WHERE mandant = ? AND id = ?",
                vec![jetzt.into(), self.mandant.as_str().into(), id.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// Stores a file in a draft that its owner has entered.
    ///
    /// # Errors
    /// [`AblageError::ZuVieleAnlagen`], [`AblageError::SummeZuGross`], and
    /// [`AblageError::NichtGefunden`] if the draft has ended meanwhile.
    pub async fn add_anlage(
        &self,
        entwurf: &str,
        anlage: &NeueAnlage,
        grenzen: Grenzen,
        jetzt: Zeitpunkt,
    ) -> Result<Anlage, AblageError> {
        self.add_anlage_von(entwurf, anlage, Anlagenherkunft::Antrag, grenzen, jetzt).await
    }

    /// As [`Ablage::add_anlage`], for whoever it comes from. The limits are those of this origin.
    ///
    /// # Errors
    /// The same.
    pub async fn add_anlage_von(
        &self,
        entwurf: &str,
        anlage: &NeueAnlage,
        herkunft: Anlagenherkunft,
        grenzen: Grenzen,
        jetzt: Zeitpunkt,
    ) -> Result<Anlage, AblageError> {
        let versiegelt = self.seal_anlage(anlage)?;
        self.atomically(async || {
            self.insert_anlage(entwurf, versiegelt, herkunft, Some(grenzen), jetzt).await
        })
        .await
    }

    /// Sealing needs no lock, so it is done before one is taken.
    pub(crate) fn seal_anlage<'a>(
        &self,
        anlage: &'a NeueAnlage,
    ) -> Result<Versiegelt<'a>, AblageError> {
        let id = hex(&zufall::bytes::<16>()?);
        let name = self.seal(&ANLAGE_NAME, &id, anlage.name.as_bytes())?;
        let inhalt = self.seal(&ANLAGE_INHALT, &id, anlage.inhalt.as_slice())?;
        Ok(Versiegelt { anlage, id, name, inhalt })
    }

    /// Stores a file, inside a transaction.
    pub(crate) async fn insert_anlage(
        &self,
        entwurf: &str,
        versiegelt: Versiegelt<'_>,
        herkunft: Anlagenherkunft,
        grenzen: Option<Grenzen>,
        jetzt: Zeitpunkt,
    ) -> Result<Anlage, AblageError> {
        let Versiegelt { anlage, id, name, inhalt } = versiegelt;
        let groesse = anlage.inhalt.len() as u64;
        let sha256 = sha256(&anlage.inhalt);
        let zeilen = self
            .query(
                "SELECT count(CASE WHEN a.herkunft = ? THEN 1 END), \
                    coalesce(sum(CASE WHEN a.herkunft = ? THEN a.groesse END), 0), \
                    coalesce(max(a.lfd), 0) \
                 FROM entwurf e LEFT JOIN anlage a ON a.mandant = e.mandant AND a.entwurf = e.id \
                 WHERE e.mandant = ? AND e.id = ? GROUP BY e.id",
                vec![
                    herkunft.as_str().into(),
                    herkunft.as_str().into(),
                    self.mandant.as_str().into(),
                    entwurf.into(),
                ],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let (anzahl, summe, lfd): (u32, u64, i64) = (zeile.next()?, zeile.next()?, zeile.next()?);
        if grenzen.is_some_and(|grenzen| grenzen.dateien <= anzahl) {
            return Err(AblageError::ZuVieleAnlagen);
        }
        if grenzen.is_some_and(|grenzen| grenzen.summe < summe + groesse) {
            return Err(AblageError::SummeZuGross);
        }
        self.query(
            "INSERT INTO anlage (mandant, id, entwurf, lfd, typ, medientyp, groesse, sha256, \
             angelegt_am, herkunft, schluessel, name, pruefung) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            vec![
                self.mandant.as_str().into(),
                id.as_str().into(),
                entwurf.into(),
                (lfd + 1).into(),
                anlage.typ.as_str().into(),
                anlage.medientyp.as_str().into(),
                (groesse as i64).into(),
                Wert::from(sha256),
                jetzt.into(),
                herkunft.as_str().into(),
                self.ring.id().into(),
                name.into(),
                anlage.pruefung.as_str().into(),
            ],
        )
        .await?;
        self.query(
            "INSERT INTO anlage_inhalt (mandant, id, schluessel, inhalt) VALUES (?, ?, ?, ?)",
            vec![
                self.mandant.as_str().into(),
                id.as_str().into(),
                self.ring.id().into(),
                inhalt.into(),
            ],
        )
        .await?;
        Ok(Anlage {
            id,
            typ: anlage.typ.clone(),
            name: anlage.name.clone(),
            medientyp: anlage.medientyp.clone(),
            groesse,
            sha256,
            angelegt_am: jetzt,
            herkunft,
            folge: String::new(),
            pruefung: anlage.pruefung,
            pruefung_grund: None,
        })
    }

    /// The files of a draft that its owner has entered, in the order of their upload.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn anlagen_of_entwurf(&self, entwurf: &str) -> Result<Vec<Anlage>, AblageError> {
        self.anlagen("entwurf", entwurf).await
    }

    /// The contents of a file of a draft that its owner has entered.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if the draft has no such file.
    pub async fn anlage_of_entwurf(&self, entwurf: &str, id: &str) -> Result<Vec<u8>, AblageError> {
        self.anlage_inhalt("entwurf", entwurf, id).await
    }

    /// Deletes a file of a draft that its owner has entered, if it is the owner's.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if the draft has no such file.
    pub async fn delete_anlage(&self, entwurf: &str, id: &str) -> Result<(), AblageError> {
        self.delete_anlage_von(entwurf, id, Anlagenherkunft::Antrag).await
    }

    /// As [`Ablage::delete_anlage`], for whoever it came from.
    ///
    /// # Errors
    /// The same.
    pub async fn delete_anlage_von(
        &self,
        entwurf: &str,
        id: &str,
        herkunft: Anlagenherkunft,
    ) -> Result<(), AblageError> {
        let zeilen = self
            .query(
                "DELETE FROM anlage WHERE mandant = ? AND id = ? AND entwurf = ? AND herkunft = ? \
                 RETURNING 1",
                vec![
                    self.mandant.as_str().into(),
                    id.into(),
                    entwurf.into(),
                    herkunft.as_str().into(),
                ],
            )
            .await?;
        match zeilen.is_empty() {
            true => Err(AblageError::NichtGefunden),
            false => Ok(()),
        }
    }

    /// Deletes up to `hoechstens` drafts that nobody has used since `vor`, with their files.
    /// Returns how many there were.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn delete_entwuerfe(
        &self,
        vor: Zeitpunkt,
        hoechstens: u32,
    ) -> Result<u32, AblageError> {
        let zeilen = self
            .query(
                "DELETE FROM entwurf WHERE mandant = ? AND id IN ( \
                    SELECT id FROM entwurf WHERE mandant = ? AND zuletzt_am < ? \
                    ORDER BY zuletzt_am LIMIT ?) RETURNING 1",
                vec![
                    self.mandant.as_str().into(),
                    self.mandant.as_str().into(),
                    vor.into(),
                    hoechstens.into(),
                ],
            )
            .await?;
        Ok(u32::try_from(zeilen.len()).unwrap_or(u32::MAX))
    }

    /// Hands the chosen files over to a Vorgang, as sent with `folge`, and ends the draft.
    pub(crate) async fn take_anlagen(
        &self,
        nummer: &Vorgangsnummer,
        folge: &str,
        wahl: &AnlageWahl,
    ) -> Result<(), AblageError> {
        if !wahl.ids.is_empty() {
            let mut werte: Vec<Wert> = Vec::new();
            for (id, lfd) in wahl.ids.iter().zip(1_u32..) {
                werte.extend([id.as_str().into(), lfd.into()]);
            }
            werte.extend([
                nummer.into(),
                folge.into(),
                self.mandant.as_str().into(),
                wahl.entwurf.as_str().into(),
            ]);
            let genommen = self
                .query(
                    &format!(
                        "WITH wahl (id, lfd) AS (VALUES {}) \
                         UPDATE anlage SET vorgang = ?, folge = ?, entwurf = NULL, lfd = wahl.lfd FROM wahl \
                         WHERE anlage.mandant = ? AND anlage.entwurf = ? AND anlage.id = wahl.id \
                         RETURNING pruefung",
                        platzhalter(wahl.ids.len(), 2)
                    ),
                    werte,
                )
                .await?;
            if genommen.len() != wahl.ids.len() {
                return Err(AblageError::AnlageFehlt);
            }
            for mut zeile in genommen {
                if read_pruefstand(&mut zeile)? == Pruefstand::Befallen {
                    return Err(AblageError::AnlageBefallen);
                }
            }
        }
        self.query(
            "DELETE FROM entwurf WHERE mandant = ? AND id = ?",
            vec![self.mandant.as_str().into(), wahl.entwurf.as_str().into()],
        )
        .await?;
        Ok(())
    }

    /// The files of an owner, who is named by `spalte` (`entwurf` or `vorgang`).
    pub(crate) async fn anlagen(
        &self,
        spalte: &'static str,
        wer: &str,
    ) -> Result<Vec<Anlage>, AblageError> {
        self.query(
            &format!(
                "SELECT id, typ, medientyp, groesse, sha256, angelegt_am, herkunft, folge, name, \
                    pruefung, pruefung_grund FROM anlage \
                 WHERE mandant = ? AND {spalte} = ? ORDER BY folge, lfd"
            ),
            vec![self.mandant.as_str().into(), wer.into()],
        )
        .await?
        .into_iter()
        .map(|zeile| self.read_anlage(zeile))
        .collect()
    }

    /// The contents of a file, if it belongs to the owner who is named by `spalte`.
    pub(crate) async fn anlage_inhalt(
        &self,
        spalte: &'static str,
        wer: &str,
        id: &str,
    ) -> Result<Vec<u8>, AblageError> {
        let zeilen = self
            .query(
                &format!(
                    "SELECT i.inhalt FROM anlage a \
                     JOIN anlage_inhalt i ON i.mandant = a.mandant AND i.id = a.id \
                     WHERE a.mandant = ? AND a.id = ? AND a.{spalte} = ?"
                ),
                vec![self.mandant.as_str().into(), id.into(), wer.into()],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        self.unseal(&ANLAGE_INHALT, id, zeile.next()?)
    }

    fn read_anlage(&self, mut zeile: Zeile) -> Result<Anlage, AblageError> {
        let id: String = zeile.next()?;
        Ok(Anlage {
            typ: zeile.next()?,
            medientyp: zeile.next()?,
            groesse: zeile.next()?,
            sha256: zeile.next()?,
            angelegt_am: zeile.next()?,
            herkunft: {
                let herkunft: String = zeile.next()?;
                let herkunft = Anlagenherkunft::ALLE.into_iter().find(|it| it.as_str() == herkunft);
                herkunft.ok_or(AblageError::Form("a file has an unknown herkunft"))?
            },
            folge: zeile.next()?,
            name: self.unseal_text(&ANLAGE_NAME, &id, zeile.next()?)?,
            pruefung: read_pruefstand(&mut zeile)?,
            pruefung_grund: zeile.next()?,
            id,
        })
    }
}
