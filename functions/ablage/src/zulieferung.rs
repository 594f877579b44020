//! A part of a draft that somebody else fills in over a one-time link.
//!
//! The link has the id and a secret of 256 bits, of which only the hash is stored. It opens the part
//! until it is sent, renewed, withdrawn or too old; it never opens the draft. What is sent belongs to
//! the draft from then on, and ends with it.

use std::fmt;

use subtle::ConstantTimeEq;

use crate::{
    Ablage, AblageError, Anlage, Anlagenherkunft, Empfang, NeueAnlage, Verbindung, Wert, Zeile,
    Zeitpunkt,
    annahme::{hex, sha256},
    siegel::spalten::{
        ZULIEFERUNG_DATEN, ZULIEFERUNG_INHALT_HASH, ZULIEFERUNG_QUITTUNG, ZULIEFERUNG_VORGABEN,
    },
    zufall,
};

/// A new link.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Names the part. It stays when the link is renewed.
    pub id: String,
    /// Opens it. Only its hash is stored.
    pub geheimnis: String,
    /// When it stops to open.
    pub gueltig_bis: Zeitpunkt,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zulieferzustand {
    /// There is a link that nobody has opened.
    Gesendet,
    /// Somebody has opened it.
    Geoeffnet,
    /// The part is there.
    Ausgefuellt,
}

impl Zulieferzustand {
    const ALLE: [Zulieferzustand; 3] =
        [Zulieferzustand::Gesendet, Zulieferzustand::Geoeffnet, Zulieferzustand::Ausgefuellt];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Zulieferzustand::Gesendet => "gesendet",
            Zulieferzustand::Geoeffnet => "geoeffnet",
            Zulieferzustand::Ausgefuellt => "ausgefuellt",
        }
    }
}

/// A part of a draft. It has no full Debug output, since most of it is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Zulieferung {
    /// Its name in links.
    pub id: String,
    /// The draft that it is a part of.
    pub entwurf: String,
    /// The id of the application's form.
    pub antrag: String,
    /// How far it is.
    pub zustand: Zulieferzustand,
    /// When its link was made, or renewed.
    pub angelegt_am: Zeitpunkt,
    /// When the link stops to open.
    pub gueltig_bis: Zeitpunkt,
    /// When it was opened first.
    pub geoeffnet_am: Option<Zeitpunkt>,
    /// When it was sent.
    pub ausgefuellt_am: Option<Zeitpunkt>,
    /// What the checks need to know of the application, in the caller's format.
    pub vorgaben: Vec<u8>,
    /// The answers, in the caller's format; also those of a part that is to be corrected.
    pub daten: Option<Vec<u8>>,
}

impl fmt::Debug for Zulieferung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zulieferung")
            .field("id", &self.id)
            .field("zustand", &self.zustand)
            .finish_non_exhaustive()
    }
}

/// What a link opened.
#[derive(Debug)]
pub enum Zulieferzugang {
    /// It fits, and the part can be filled in.
    Offen(Box<Zulieferung>),
    /// It fits, but it is used up.
    Benutzt,
    /// It fits, but it is too old.
    Abgelaufen,
    /// There is no such part, or the secret is another: nobody is told which.
    Falsch,
    /// There were too many failures for this id; try again at this time.
    Gesperrt(Zeitpunkt),
}

/// A part that is sent.
pub struct NeuerTeil<'a> {
    /// The answers, in the caller's format. Sealed.
    pub daten: &'a [u8],
    /// The receipt, in the caller's format. Sealed.
    pub quittung: &'a [u8],
    /// What was confirmed, as a document.
    pub erklaerung: &'a NeueAnlage,
    /// Files of the part that are left out of it; they are deleted.
    pub behalten: &'a [String],
    /// What a repeated sending is known by.
    pub empfang: Empfang,
}

/// What became of a part that was sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Zulieferannahme {
    /// It belongs to the draft now.
    Neu {
        /// The document, as it is stored.
        erklaerung: Box<Anlage>,
    },
    /// It was sent before with this key. This is the receipt of that time.
    Schon {
        /// In the format of the caller who stored it.
        quittung: Vec<u8>,
    },
    /// The link is used up, too old, renewed or withdrawn meanwhile.
    Vorbei,
}

impl fmt::Debug for Zulieferannahme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Zulieferannahme::Neu { .. } => "Neu",
            Zulieferannahme::Schon { .. } => "Schon",
            Zulieferannahme::Vorbei => "Vorbei",
        })
    }
}

impl<V: Verbindung> Ablage<V> {
    /// Makes a link to the part of a draft that its owner has entered. A link that there was before
    /// is dead from then on; a part that was sent over it is open again, with its answers, and its
    /// document is gone.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if the draft has ended, and what the database reports.
    pub async fn create_link(
        &self,
        entwurf: &str,
        antrag: &str,
        vorgaben: &[u8],
        gueltig_bis: Zeitpunkt,
        jetzt: Zeitpunkt,
    ) -> Result<Link, AblageError> {
        let neu = hex(&zufall::bytes::<8>()?);
        let geheimnis = zufall::token()?;
        let id = self
            .atomically(async || {
                let zeilen = self
                    .query(
                        "SELECT z.id FROM entwurf e LEFT JOIN zulieferung z \
                         ON z.mandant = e.mandant AND z.entwurf = e.id \
                         WHERE e.mandant = ? AND e.id = ?",
                        vec![self.mandant.as_str().into(), entwurf.into()],
                    )
                    .await?;
                let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
                let id = zeile.next::<Option<String>>()?.unwrap_or(neu);
                self.query(
                    "INSERT INTO zulieferung (mandant, id, entwurf, antrag, geheimnis_hash, \
                        zustand, angelegt_am, gueltig_bis, schluessel, vorgaben) \
                     VALUES (?, ?, ?, ?, ?, 'gesendet', ?, ?, ?, ?) \
                     ON CONFLICT (mandant, id) DO UPDATE SET antrag = excluded.antrag, \
                        geheimnis_hash = excluded.geheimnis_hash, zustand = 'gesendet', \
                        angelegt_am = excluded.angelegt_am, gueltig_bis = excluded.gueltig_bis, \
                        geoeffnet_am = NULL, ausgefuellt_am = NULL, empfang_hash = NULL, \
                        quittung = NULL, inhalt_hash = NULL, vorgaben = excluded.vorgaben",
                    vec![
                        self.mandant.as_str().into(),
                        id.as_str().into(),
                        entwurf.into(),
                        antrag.into(),
                        sha256(geheimnis.as_bytes()).into(),
                        jetzt.into(),
                        gueltig_bis.into(),
                        self.ring.id().into(),
                        self.seal(&ZULIEFERUNG_VORGABEN, &id, vorgaben)?.into(),
                    ],
                )
                .await?;
                self.reseal_daten(&id).await?;
                self.delete_herkunft(entwurf, &[Anlagenherkunft::Erklaerung]).await?;
                Ok(id)
            })
            .await?;
        Ok(Link { id, geheimnis, gueltig_bis })
    }

    /// All sealed values of a row have one key: what an older one sealed is sealed anew.
    async fn reseal_daten(&self, id: &str) -> Result<(), AblageError> {
        let wo = vec![self.mandant.as_str().into(), id.into()];
        let zeilen = self
            .query("SELECT daten FROM zulieferung WHERE mandant = ? AND id = ?", wo.clone())
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let Some(daten) = zeile.next::<Option<Vec<u8>>>()? else { return Ok(()) };
        let daten = self.unseal(&ZULIEFERUNG_DATEN, id, daten)?;
        let mut werte =
            vec![self.seal(&ZULIEFERUNG_DATEN, id, daten)?.into(), self.ring.id().into()];
        werte.extend(wo);
        self.query(
            "UPDATE zulieferung SET daten = ?, schluessel = ? WHERE mandant = ? AND id = ?",
            werte,
        )
        .await?;
        Ok(())
    }

    /// The part of a draft that its owner has entered, if it has one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn zulieferung_of_entwurf(
        &self,
        entwurf: &str,
    ) -> Result<Option<Zulieferung>, AblageError> {
        let zeilen = self
            .query(
                &format!("SELECT {SPALTEN} FROM zulieferung WHERE mandant = ? AND entwurf = ?"),
                vec![self.mandant.as_str().into(), entwurf.into()],
            )
            .await?;
        zeilen.into_iter().next().map(|zeile| self.read_zulieferung(zeile)).transpose()
    }

    /// Withdraws the part of a draft that its owner has entered: the link, the answers and the files
    /// that came over it.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if it has none.
    pub async fn delete_zulieferung(&self, entwurf: &str) -> Result<(), AblageError> {
        self.atomically(async || {
            let zeilen = self
                .query(
                    "DELETE FROM zulieferung WHERE mandant = ? AND entwurf = ? RETURNING 1",
                    vec![self.mandant.as_str().into(), entwurf.into()],
                )
                .await?;
            if zeilen.is_empty() {
                return Err(AblageError::NichtGefunden);
            }
            self.delete_herkunft(
                entwurf,
                &[Anlagenherkunft::Zulieferung, Anlagenherkunft::Erklaerung],
            )
            .await
        })
        .await
    }

    /// What a link opens. Ten failures for an id within a quarter of an hour close it for the rest of
    /// that time, whether it exists or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn enter_zulieferung(
        &self,
        id: &str,
        geheimnis: &str,
        jetzt: Zeitpunkt,
    ) -> Result<Zulieferzugang, AblageError> {
        let wer = sha256(format!("zulieferung/{id}").as_bytes());
        if let Some(bis) = self.gesperrt_bis(&wer, jetzt).await? {
            return Ok(Zulieferzugang::Gesperrt(bis));
        }
        let zeilen = self
            .query(
                &format!(
                    "SELECT geheimnis_hash, {SPALTEN} FROM zulieferung WHERE mandant = ? AND id = ?"
                ),
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        let offen = match zeilen.into_iter().next() {
            None => None,
            Some(mut zeile) => {
                let hash: [u8; 32] = zeile.next()?;
                bool::from(hash.ct_eq(&sha256(geheimnis.as_bytes()))).then_some(zeile)
            }
        };
        let Some(zeile) = offen else {
            self.count_fehlversuch(&wer, jetzt).await?;
            return Ok(Zulieferzugang::Falsch);
        };
        let mut zulieferung = self.read_zulieferung(zeile)?;
        if zulieferung.zustand == Zulieferzustand::Ausgefuellt {
            return Ok(Zulieferzugang::Benutzt);
        }
        if zulieferung.gueltig_bis <= jetzt {
            return Ok(Zulieferzugang::Abgelaufen);
        }
        if zulieferung.zustand == Zulieferzustand::Gesendet {
            self.query(
                "UPDATE zulieferung SET zustand = 'geoeffnet', geoeffnet_am = ? \
                 WHERE mandant = ? AND id = ? AND zustand = 'gesendet'",
                vec![jetzt.into(), self.mandant.as_str().into(), id.into()],
            )
            .await?;
            // Whoever waits for the part keeps the draft meanwhile.
            self.touch_entwurf(&zulieferung.entwurf, jetzt).await?;
            zulieferung.zustand = Zulieferzustand::Geoeffnet;
            zulieferung.geoeffnet_am = Some(jetzt);
        }
        Ok(Zulieferzugang::Offen(Box::new(zulieferung)))
    }

    /// The receipt of a part that was sent with this key, if the link fits.
    ///
    /// # Errors
    /// If the database fails or the receipt does not open.
    pub async fn look_up_zulieferung(
        &self,
        id: &str,
        geheimnis: &str,
        empfang: &Empfang,
    ) -> Result<Option<Vec<u8>>, AblageError> {
        let zeilen = self
            .query(
                "SELECT geheimnis_hash, empfang_hash, inhalt_hash, quittung FROM zulieferung \
                 WHERE mandant = ? AND id = ? AND zustand = 'ausgefuellt'",
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(None) };
        let hash: [u8; 32] = zeile.next()?;
        let schluessel: [u8; 32] = zeile.next()?;
        let inhalt = self.unseal(&ZULIEFERUNG_INHALT_HASH, id, zeile.next()?)?;
        let passt = hash.ct_eq(&sha256(geheimnis.as_bytes()))
            & schluessel.ct_eq(&empfang.schluessel_hash)
            & inhalt.as_slice().ct_eq(&empfang.inhalt_hash);
        match bool::from(passt) {
            true => Ok(Some(self.unseal(&ZULIEFERUNG_QUITTUNG, id, zeile.next()?)?)),
            false => Ok(None),
        }
    }

    /// Stores a part with its document, or nothing. Of several that are sent at once one is stored.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn confirm_zulieferung(
        &self,
        id: &str,
        geheimnis: &str,
        teil: NeuerTeil<'_>,
        jetzt: Zeitpunkt,
    ) -> Result<Zulieferannahme, AblageError> {
        let daten = self.seal(&ZULIEFERUNG_DATEN, id, teil.daten)?;
        let quittung = self.seal(&ZULIEFERUNG_QUITTUNG, id, teil.quittung)?;
        let inhalt_hash = self.seal(&ZULIEFERUNG_INHALT_HASH, id, teil.empfang.inhalt_hash)?;
        let erklaerung = self.seal_anlage(teil.erklaerung)?;
        let stored = self
            .atomically(async || {
                let zeilen = self
                    .query(
                        "SELECT entwurf, vorgaben FROM zulieferung \
                         WHERE mandant = ? AND id = ? AND geheimnis_hash = ? \
                         AND zustand <> 'ausgefuellt' AND gueltig_bis > ?",
                        vec![
                            self.mandant.as_str().into(),
                            id.into(),
                            sha256(geheimnis.as_bytes()).into(),
                            jetzt.into(),
                        ],
                    )
                    .await?;
                let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(None) };
                let entwurf: String = zeile.next()?;
                // All sealed values of a row have one key.
                let vorgaben = self.unseal(&ZULIEFERUNG_VORGABEN, id, zeile.next()?)?;
                let vorgaben = self.seal(&ZULIEFERUNG_VORGABEN, id, vorgaben)?;
                self.query(
                    "UPDATE zulieferung SET zustand = 'ausgefuellt', ausgefuellt_am = ?, \
                        empfang_hash = ?, schluessel = ?, vorgaben = ?, daten = ?, quittung = ?, \
                        inhalt_hash = ? WHERE mandant = ? AND id = ?",
                    vec![
                        jetzt.into(),
                        Wert::from(teil.empfang.schluessel_hash),
                        self.ring.id().into(),
                        vorgaben.into(),
                        daten.into(),
                        quittung.into(),
                        inhalt_hash.into(),
                        self.mandant.as_str().into(),
                        id.into(),
                    ],
                )
                .await?;
                self.delete_other_files(&entwurf, teil.behalten).await?;
                let anlage = self
                    .insert_anlage(&entwurf, erklaerung, Anlagenherkunft::Erklaerung, None, jetzt)
                    .await?;
                self.touch_entwurf(&entwurf, jetzt).await?;
                Ok(Some(anlage))
            })
            .await?;
        if let Some(anlage) = stored {
            return Ok(Zulieferannahme::Neu { erklaerung: Box::new(anlage) });
        }
        Ok(match self.look_up_zulieferung(id, geheimnis, &teil.empfang).await? {
            Some(quittung) => Zulieferannahme::Schon { quittung },
            None => Zulieferannahme::Vorbei,
        })
    }

    /// Makes sure, inside an acceptance, that the part is still the one that was read.
    pub(crate) async fn claim_zulieferung(
        &self,
        entwurf: &str,
        ausgefuellt_am: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let zeilen = self
            .query(
                "SELECT 1 FROM zulieferung WHERE mandant = ? AND entwurf = ? \
                 AND ausgefuellt_am = ?",
                vec![self.mandant.as_str().into(), entwurf.into(), ausgefuellt_am.into()],
            )
            .await?;
        match zeilen.is_empty() {
            true => Err(AblageError::ZulieferungGeaendert),
            false => Ok(()),
        }
    }

    /// Files of the other side that the part does not name.
    async fn delete_other_files(
        &self,
        entwurf: &str,
        behalten: &[String],
    ) -> Result<(), AblageError> {
        let mut werte: Vec<Wert> = vec![
            self.mandant.as_str().into(),
            entwurf.into(),
            Anlagenherkunft::Zulieferung.as_str().into(),
        ];
        werte.extend(behalten.iter().map(|id| Wert::from(id.as_str())));
        self.query(
            &format!(
                "DELETE FROM anlage WHERE mandant = ? AND entwurf = ? AND herkunft = ? \
                 AND id NOT IN ({})",
                vec!["?"; behalten.len()].join(", ")
            ),
            werte,
        )
        .await?;
        Ok(())
    }

    async fn delete_herkunft(
        &self,
        entwurf: &str,
        herkuenfte: &[Anlagenherkunft],
    ) -> Result<(), AblageError> {
        for herkunft in herkuenfte {
            self.query(
                "DELETE FROM anlage WHERE mandant = ? AND entwurf = ? AND herkunft = ?",
                vec![self.mandant.as_str().into(), entwurf.into(), herkunft.as_str().into()],
            )
            .await?;
        }
        Ok(())
    }

    async fn touch_entwurf(&self, entwurf: &str, jetzt: Zeitpunkt) -> Result<(), AblageError> {
        self.query(
            "UPDATE entwurf SET zuletzt_am = max(zuletzt_am, ?) WHERE mandant = ? AND id = ?",
            vec![jetzt.into(), self.mandant.as_str().into(), entwurf.into()],
        )
        .await?;
        Ok(())
    }

    fn read_zulieferung(&self, mut zeile: Zeile) -> Result<Zulieferung, AblageError> {
        let id: String = zeile.next()?;
        Ok(Zulieferung {
            entwurf: zeile.next()?,
            antrag: zeile.next()?,
            zustand: {
                let zustand: String = zeile.next()?;
                let zustand = Zulieferzustand::ALLE.into_iter().find(|it| it.as_str() == zustand);
                zustand.ok_or(AblageError::Form("a zulieferung has an unknown zustand"))?
            },
            angelegt_am: zeile.next()?,
            gueltig_bis: zeile.next()?,
            geoeffnet_am: zeile.next()?,
            ausgefuellt_am: zeile.next()?,
            vorgaben: self.unseal(&ZULIEFERUNG_VORGABEN, &id, zeile.next()?)?,
            daten: zeile
                .next::<Option<Vec<u8>>>()?
                .map(|daten| self.unseal(&ZULIEFERUNG_DATEN, &id, daten))
                .transpose()?,
            id,
        })
    }
}

/// What [`Ablage::read_zulieferung`] reads.
const SPALTEN: &str = "id, entwurf, antrag, zustand, angelegt_am, gueltig_bis, geoeffnet_am, \
                       ausgefuellt_am, vorgaben, daten";
