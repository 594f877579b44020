//! The outbox: one row for each target of a Vorgang, leased to whoever delivers it.

use std::{fmt, time::Duration};

use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    Ablage, AblageError, Ereignisart, Verbindung, Wert, Zeile, Zeitpunkt,
    ereignis::NeuesEreignis,
    pruefung::{BEFALLEN, IN_QUARANTAENE},
    siegel::spalten::ZUSTELLUNG_FEHLER_TEXT,
};

/// Where a Vorgang is delivered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ziel {
    /// The document management system of the Behörde.
    Dms,
    /// The Fachverfahren in which the Behörde works.
    Fachverfahren,
}

impl Ziel {
    /// All targets, in the order in which they are listed.
    pub const ALLE: [Ziel; 2] = [Ziel::Fachverfahren, Ziel::Dms];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Ziel::Dms => "dms",
            Ziel::Fachverfahren => "fachverfahren",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Ziel> {
        Ziel::ALLE.into_iter().find(|ziel| ziel.as_str() == text)
    }
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zustellzustand {
    /// To be sent when it is due.
    Ausstehend,
    /// Somebody has the lease.
    InZustellung,
    /// Sent, but the answer was lost: the target is asked when it is due.
    Unklar,
    /// The target has it.
    Zugestellt,
    /// The target refused it for good; a caseworker decides.
    Gescheitert,
}

impl Zustellzustand {
    const ALLE: [Zustellzustand; 5] = [
        Zustellzustand::Ausstehend,
        Zustellzustand::InZustellung,
        Zustellzustand::Unklar,
        Zustellzustand::Zugestellt,
        Zustellzustand::Gescheitert,
    ];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Zustellzustand::Ausstehend => "ausstehend",
            Zustellzustand::InZustellung => "in_zustellung",
            Zustellzustand::Unklar => "unklar",
            Zustellzustand::Zugestellt => "zugestellt",
            Zustellzustand::Gescheitert => "gescheitert",
        }
    }

    /// The three that the balance knows.
    pub fn stand(self) -> Zustellstand {
        match self {
            Zustellzustand::Zugestellt => Zustellstand::Zugestellt,
            Zustellzustand::Gescheitert => Zustellstand::Gescheitert,
            _ => Zustellstand::Wartend,
        }
    }
}

/// How far the deliveries of a Vorgang are, taken together: one that failed counts most, then one
/// that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zustellstand {
    /// Something is still to be delivered, and nothing has failed.
    Wartend,
    /// Every target has it.
    Zugestellt,
    /// A target refused it for good.
    Gescheitert,
}

impl Zustellstand {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Zustellstand::Wartend => "wartend",
            Zustellstand::Zugestellt => "zugestellt",
            Zustellstand::Gescheitert => "gescheitert",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Zustellstand> {
        [Zustellstand::Wartend, Zustellstand::Zugestellt, Zustellstand::Gescheitert]
            .into_iter()
            .find(|stand| stand.as_str() == text)
    }
}

/// A row of the outbox, as caseworkers and applicants may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Zustellung {
    /// The target.
    pub ziel: Ziel,
    /// Empty: the application itself; else the name of what was sent after it.
    pub folge: String,
    /// What makes a repeated delivery known to the target.
    pub uuid: String,
    /// How far it is.
    pub zustand: Zustellzustand,
    /// How often it was leased.
    pub versuche: u32,
    /// When it is tried next; while leased, when the lease ends. `None` when nothing is left to do.
    pub naechster_versuch_am: Option<Zeitpunkt>,
    /// When it changed last.
    pub geaendert_am: Zeitpunkt,
    /// What the target calls it.
    pub fremd_id: Option<String>,
    /// Code of the last error.
    pub fehler_code: Option<String>,
    /// The partner's original text of the last error. May hold personal data.
    pub fehler_text: Option<String>,
}

impl fmt::Debug for Zustellung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zustellung")
            .field("ziel", &self.ziel)
            .field("folge", &self.folge)
            .field("zustand", &self.zustand)
            .field("versuche", &self.versuche)
            .field("naechster_versuch_am", &self.naechster_versuch_am)
            .field("fehler_code", &self.fehler_code)
            .finish_non_exhaustive()
    }
}

/// A leased row of the outbox: the right to deliver it until `bis`, and to say what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pacht {
    /// The Vorgang to deliver.
    pub vorgang: Vorgangsnummer,
    /// Where to.
    pub ziel: Ziel,
    /// Empty: the application itself; else the name of what was sent after it, which is the name of
    /// its message, too.
    pub folge: String,
    /// What makes a repeated delivery known to the target. It stays the same.
    pub uuid: String,
    /// This is attempt number …, from 1.
    pub versuch: u32,
    /// An earlier attempt may have arrived: ask the target before sending again.
    pub ausgang_unklar: bool,
    /// What earlier attempts achieved, as [`Ablage::save_fortschritt`] stored it.
    pub fortschritt: Option<String>,
    /// Code of the error of the attempt before.
    pub letzter_fehler: Option<String>,
    /// When the Vorgang was accepted.
    pub angelegt_am: Zeitpunkt,
    /// When the lease ends and somebody else may take it.
    pub bis: Zeitpunkt,
    halter: String,
}

/// Why an attempt did not end with a delivery.
#[derive(Clone, Copy)]
pub struct Fehlschlag<'a> {
    /// Short and without personal data: `http-503`, `zeitablauf`. Goes to the event log.
    pub code: &'a str,
    /// What the partner said, word for word. Stored sealed.
    pub text: Option<&'a str>,
}

/// What a target can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zielgrenzen {
    /// So many leases in force at once.
    pub gleichzeitig: u32,
    /// So many attempts within a minute that begins with its first attempt; `None`: no limit.
    pub je_minute: Option<u32>,
    /// A Vorgang goes there only when this target has it.
    pub nach: Option<Ziel>,
}

/// What came of a caseworker's wish to try a delivery again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wiederholung {
    /// It is due now.
    Angestossen,
    /// It is being delivered or has been delivered.
    NichtNoetig,
    /// There is no such row.
    NichtGefunden,
    /// A file of the Vorgang is infected: it must not leave.
    Befallen,
}

impl<V: Verbindung> Ablage<V> {
    /// Leases up to `hoechstens` rows that are due, those waiting longest first. A row whose lease
    /// ended without a word is due, too, and its outcome is unclear. What was sent after an
    /// application is not due before the target has what was sent before it.
    ///
    /// `halter` names this very run, so that no other run holds the lease by mistake.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lease_due(
        &self,
        hoechstens: u32,
        halter: &str,
        jetzt: Zeitpunkt,
        pacht: Duration,
    ) -> Result<Vec<Pacht>, AblageError> {
        self.lease(&Ziel::ALLE, hoechstens, None, (halter, jetzt, pacht)).await
    }

    /// As [`Ablage::lease_due`], but of one target only: one that is down delays no other.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lease_due_of(
        &self,
        ziel: Ziel,
        hoechstens: u32,
        halter: &str,
        jetzt: Zeitpunkt,
        pacht: Duration,
    ) -> Result<Vec<Pacht>, AblageError> {
        self.lease(&[ziel], hoechstens, None, (halter, jetzt, pacht)).await
    }

    /// As [`Ablage::lease_due_of`], but only one row, and only within the limits of the target,
    /// which hold over all who deliver.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lease_next_of(
        &self,
        ziel: Ziel,
        grenzen: Zielgrenzen,
        halter: &str,
        jetzt: Zeitpunkt,
        pacht: Duration,
    ) -> Result<Option<Pacht>, AblageError> {
        let lease = async || {
            let pachten = self.lease(&[ziel], 1, Some(grenzen), (halter, jetzt, pacht)).await?;
            Ok(pachten.into_iter().next())
        };
        let Some(je_minute) = grenzen.je_minute else { return lease().await };
        let takt = format!("takt/{}", ziel.as_str());
        self.atomically(async || {
            let stand = self.stand(&takt).await?;
            let laufend = stand.filter(|stand| {
                stand.am <= jetzt && jetzt < stand.am.plus(Duration::from_secs(60))
            });
            let (seit, versuche) = match &laufend {
                Some(stand) => (stand.am, stand.inhalt.parse().unwrap_or(0)),
                None => (jetzt, 0_u32),
            };
            if je_minute <= versuche {
                return Ok(None);
            }
            let pacht = lease().await?;
            if pacht.is_some() {
                self.set_stand(&takt, &(versuche + 1).to_string(), seit).await?;
            }
            Ok(pacht)
        })
        .await
    }

    async fn lease(
        &self,
        ziele: &[Ziel],
        hoechstens: u32,
        grenzen: Option<Zielgrenzen>,
        (halter, jetzt, pacht): (&str, Zeitpunkt, Duration),
    ) -> Result<Vec<Pacht>, AblageError> {
        let bis = jetzt.plus(pacht);
        let mut werte: Vec<Wert> = vec![
            halter.into(),
            bis.into(),
            bis.into(),
            jetzt.into(),
            self.mandant.as_str().into(),
            self.mandant.as_str().into(),
            jetzt.into(),
        ];
        werte.extend(ziele.iter().map(|ziel| Wert::from(ziel.as_str())));
        let mut bedingung = String::new();
        if let Some(nach) = grenzen.and_then(|grenzen| grenzen.nach) {
            bedingung.push_str(
                "AND NOT EXISTS (SELECT 1 FROM zustellung AS dort \
                 WHERE dort.mandant = z.mandant AND dort.vorgang = z.vorgang \
                   AND dort.ziel = ? AND dort.folge <= z.folge \
                   AND dort.zustand <> 'zugestellt') ",
            );
            werte.push(nach.as_str().into());
        }
        if let Some(grenzen) = grenzen {
            bedingung.push_str(
                "AND (SELECT count(*) FROM zustellung AS laufend \
                 WHERE laufend.mandant = ? AND laufend.ziel = ? \
                   AND laufend.zustand = 'in_zustellung' \
                   AND laufend.naechster_versuch_am > ?) < ? ",
            );
            werte.push(self.mandant.as_str().into());
            werte.extend(ziele.iter().map(|ziel| Wert::from(ziel.as_str())));
            werte.extend([jetzt.into(), grenzen.gleichzeitig.into()]);
        }
        werte.push(hoechstens.into());
        let zeilen = self
            .query(
                &format!(
                    "UPDATE zustellung SET zustand = 'in_zustellung', versuche = versuche + 1, \
                     ausgang_unklar = CASE WHEN zustand IN ('unklar', 'in_zustellung') \
                        THEN 1 ELSE ausgang_unklar END, \
                     pacht_halter = ?, pacht_bis = ?, naechster_versuch_am = ?, geaendert_am = ? \
                     WHERE mandant = ? AND (vorgang, ziel, folge) IN ( \
                        SELECT vorgang, ziel, folge FROM zustellung AS z \
                        WHERE mandant = ? AND naechster_versuch_am <= ? AND ziel IN ({}) \
                        AND NOT EXISTS ( \
                            SELECT 1 FROM zustellung AS davor \
                            WHERE davor.mandant = z.mandant \
                            AND davor.vorgang = z.vorgang AND davor.ziel = z.ziel \
                            AND davor.folge < z.folge AND davor.zustand <> 'zugestellt') \
                        AND NOT {IN_QUARANTAENE} \
                        {bedingung} \
                        ORDER BY naechster_versuch_am, angelegt_am LIMIT ?) \
                     RETURNING vorgang, ziel, folge, uuid, versuche, ausgang_unklar, fortschritt, \
                        fehler_code, angelegt_am, pacht_bis",
                    vec!["?"; ziele.len()].join(", ")
                ),
                werte,
            )
            .await?;
        let mut pachten: Vec<Pacht> =
            zeilen.into_iter().map(|zeile| read_pacht(zeile, halter)).collect::<Result<_, _>>()?;
        // RETURNING has no order.
        pachten.sort_by(|a, b| {
            (a.angelegt_am, a.vorgang, a.ziel, &a.folge).cmp(&(
                b.angelegt_am,
                b.vorgang,
                b.ziel,
                &b.folge,
            ))
        });
        Ok(pachten)
    }

    /// Notes what an attempt has achieved so far (ids and steps, no personal data) and extends the
    /// lease.
    ///
    /// # Errors
    /// [`AblageError::PachtVerloren`] if the row belongs to somebody else now.
    pub async fn save_fortschritt(
        &self,
        pacht: &mut Pacht,
        fortschritt: &str,
        bis: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let mut werte = vec![fortschritt.into(), bis.into(), bis.into()];
        werte.extend(self.pachtwerte(pacht));
        let zeilen = self
            .query(
                &format!(
                    "UPDATE zustellung SET fortschritt = ?, pacht_bis = ?, \
                     naechster_versuch_am = ? {WHERE_PACHT}"
                ),
                werte,
            )
            .await?;
        if zeilen.is_empty() {
            return Err(AblageError::PachtVerloren);
        }
        pacht.fortschritt = Some(fortschritt.to_owned());
        pacht.bis = bis;
        Ok(())
    }

    /// The target has it and calls it `fremd_id`.
    ///
    /// # Errors
    /// [`AblageError::PachtVerloren`] if the row belongs to somebody else now.
    pub async fn complete(
        &self,
        pacht: &Pacht,
        fremd_id: Option<&str>,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.settle(pacht, Ausgang::Zugestellt { fremd_id }, jetzt).await
    }

    /// The target surely does not have it; try again at `wann`.
    ///
    /// # Errors
    /// [`AblageError::PachtVerloren`] if the row belongs to somebody else now.
    pub async fn postpone(
        &self,
        pacht: &Pacht,
        fehlschlag: Fehlschlag<'_>,
        wann: Zeitpunkt,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.settle(pacht, Ausgang::Verschoben { fehlschlag, wann }, jetzt).await
    }

    /// Nobody knows whether the target has it; ask it at `wann`.
    ///
    /// # Errors
    /// [`AblageError::PachtVerloren`] if the row belongs to somebody else now.
    pub async fn leave_unklar(
        &self,
        pacht: &Pacht,
        fehlschlag: Fehlschlag<'_>,
        wann: Zeitpunkt,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.settle(pacht, Ausgang::Unklar { fehlschlag, wann }, jetzt).await
    }

    /// The target refuses it, and trying again would not help.
    ///
    /// # Errors
    /// [`AblageError::PachtVerloren`] if the row belongs to somebody else now.
    pub async fn fail(
        &self,
        pacht: &Pacht,
        fehlschlag: Fehlschlag<'_>,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        self.settle(pacht, Ausgang::Gescheitert { fehlschlag }, jetzt).await
    }

    /// The target may have decided about what is under way: deliveries whose outcome is open and
    /// whose noted ids (see [`Ablage::save_fortschritt`]) have one of `kennungen` are due now. Says
    /// how many that are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ask_soon(
        &self,
        ziel: Ziel,
        kennungen: &[String],
        jetzt: Zeitpunkt,
    ) -> Result<usize, AblageError> {
        if kennungen.is_empty() {
            return Ok(0);
        }
        let mut werte: Vec<Wert> =
            vec![jetzt.into(), self.mandant.as_str().into(), ziel.as_str().into(), jetzt.into()];
        werte.extend(kennungen.iter().map(|kennung| Wert::from(kennung.as_str())));
        let zeilen = self
            .query(
                &format!(
                    "UPDATE zustellung SET naechster_versuch_am = ? WHERE mandant = ? AND ziel = ? \
                     AND zustand = 'unklar' AND naechster_versuch_am > ? AND ({}) RETURNING 1",
                    vec!["instr(fortschritt, ?) > 0"; kennungen.len()].join(" OR ")
                ),
                werte,
            )
            .await?;
        Ok(zeilen.len())
    }

    /// A caseworker (their Kennung is `akteur`) wants a delivery to be tried again, now.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn retry(
        &self,
        vorgang: &Vorgangsnummer,
        ziel: Ziel,
        akteur: &str,
        jetzt: Zeitpunkt,
    ) -> Result<Wiederholung, AblageError> {
        self.atomically(async || {
            let zeile = [self.mandant.as_str().into(), vorgang.into(), ziel.as_str().into()];
            let vorhanden = self
                .query(
                    "SELECT 1 FROM zustellung WHERE mandant = ? AND vorgang = ? AND ziel = ?",
                    zeile.to_vec(),
                )
                .await?;
            if vorhanden.is_empty() {
                return Ok(Wiederholung::NichtGefunden);
            }
            let mut werte = vec![jetzt.into(), jetzt.into()];
            werte.extend(zeile.clone());
            werte.push(BEFALLEN.into());
            let angestossen = self
                .query(
                    "UPDATE zustellung SET naechster_versuch_am = ?, geaendert_am = ?, \
                     zustand = CASE zustand WHEN 'gescheitert' THEN 'ausstehend' ELSE zustand END \
                     WHERE mandant = ? AND vorgang = ? AND ziel = ? \
                       AND zustand IN ('gescheitert', 'ausstehend', 'unklar') \
                       AND fehler_code IS NOT ? RETURNING 1",
                    werte,
                )
                .await?;
            if angestossen.is_empty() {
                let mut werte = zeile.to_vec();
                werte.push(BEFALLEN.into());
                let befallen = self
                    .query(
                        "SELECT 1 FROM zustellung WHERE mandant = ? AND vorgang = ? AND ziel = ? \
                         AND fehler_code = ? LIMIT 1",
                        werte,
                    )
                    .await?;
                return Ok(match befallen.is_empty() {
                    true => Wiederholung::NichtNoetig,
                    false => Wiederholung::Befallen,
                });
            }
            self.update_zustellstand(vorgang).await?;
            let akteur = self.pseudonym(akteur);
            self.append(NeuesEreignis {
                am: jetzt,
                art: Ereignisart::Erneut,
                vorgang: Some(vorgang),
                ziel: Some(ziel.as_str()),
                code: None,
                akteur: Some(&akteur),
            })
            .await?;
            Ok(Wiederholung::Angestossen)
        })
        .await
    }

    /// A caseworker wants everything tried again, now, that failed at a target or waits there after
    /// an error; with a `code` only what failed for good with that. Says how many deliveries that
    /// are.
    ///
    /// # Errors
    /// If the database fails; what was found until then is tried again.
    pub async fn retry_all(
        &self,
        ziel: Ziel,
        code: Option<&str>,
        akteur: &str,
        jetzt: Zeitpunkt,
    ) -> Result<u32, AblageError> {
        let mut werte: Vec<Wert> = vec![self.mandant.as_str().into(), ziel.as_str().into()];
        let bedingung = match code {
            Some(code) => {
                werte.push(code.into());
                "zustand = 'gescheitert' AND fehler_code = ?"
            }
            None => {
                werte.push(jetzt.into());
                "zustand IN ('gescheitert', 'ausstehend', 'unklar') AND (zustand = 'gescheitert' \
                 OR (fehler_code IS NOT NULL AND naechster_versuch_am > ?))"
            }
        };
        let zeilen = self
            .query(
                &format!(
                    "SELECT DISTINCT vorgang FROM zustellung WHERE mandant = ? AND ziel = ? \
                     AND {bedingung} ORDER BY angelegt_am"
                ),
                werte,
            )
            .await?;
        let mut angestossen = 0;
        for mut zeile in zeilen {
            let vorgang: Vorgangsnummer = zeile.next()?;
            if self.retry(&vorgang, ziel, akteur, jetzt).await? == Wiederholung::Angestossen {
                angestossen += 1;
            }
        }
        Ok(angestossen)
    }

    /// The rows of a Vorgang, by target.
    pub(crate) async fn zustellungen(
        &self,
        vorgang: &Vorgangsnummer,
    ) -> Result<Vec<Zustellung>, AblageError> {
        self.query(
            "SELECT ziel, folge, uuid, zustand, versuche, naechster_versuch_am, geaendert_am, \
             fremd_id, fehler_code, fehler_text FROM zustellung \
             WHERE mandant = ? AND vorgang = ? ORDER BY ziel, folge",
            vec![self.mandant.as_str().into(), vorgang.into()],
        )
        .await?
        .into_iter()
        .map(|zeile| self.read_zustellung(zeile, vorgang))
        .collect()
    }

    async fn settle(
        &self,
        pacht: &Pacht,
        ausgang: Ausgang<'_>,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let zeile = schluessel_der_zeile(&pacht.vorgang, pacht.ziel, &pacht.folge);
        let fehlschlag = ausgang.fehlschlag();
        let text = fehlschlag.and_then(|fehlschlag| fehlschlag.text);
        let text = text
            .map(|text| self.seal(&ZUSTELLUNG_FEHLER_TEXT, &zeile, text.as_bytes()))
            .transpose()?;
        let schluessel = text.as_ref().map(|_| self.ring.id());
        let mut werte: Vec<Wert> = vec![
            ausgang.zustand().as_str().into(),
            ausgang.wann().into(),
            ausgang.is_unklar().into(),
            ausgang.fremd_id().into(),
            fehlschlag.map(|fehlschlag| fehlschlag.code).into(),
            schluessel.into(),
            text.into(),
            jetzt.into(),
        ];
        werte.extend(self.pachtwerte(pacht));
        let code = fehlschlag.map(|fehlschlag| fehlschlag.code);
        self.atomically(async || {
            let getan = self
                .query(
                    &format!(
                        "UPDATE zustellung SET zustand = ?, naechster_versuch_am = ?, \
                         ausgang_unklar = ?, fremd_id = coalesce(?, fremd_id), fehler_code = ?, \
                         schluessel = ?, fehler_text = ?, geaendert_am = ?, \
                         pacht_halter = NULL, pacht_bis = NULL {WHERE_PACHT}"
                    ),
                    werte,
                )
                .await?;
            if getan.is_empty() {
                return Err(AblageError::PachtVerloren);
            }
            if ausgang.wann().is_none() {
                self.update_zustellstand(&pacht.vorgang).await?;
            } else if code == pacht.letzter_fehler.as_deref() {
                // A partner that is down for a day is one event, not a hundred.
                return Ok(());
            }
            self.append(NeuesEreignis {
                am: jetzt,
                art: ausgang.art(),
                vorgang: Some(&pacht.vorgang),
                ziel: Some(pacht.ziel.as_str()),
                code,
                akteur: None,
            })
            .await
        })
        .await
    }

    /// Only inside a transaction.
    pub(crate) async fn update_zustellstand(
        &self,
        vorgang: &Vorgangsnummer,
    ) -> Result<(), AblageError> {
        let zeile = [self.mandant.as_str().into(), vorgang.into()];
        self.query(
            "UPDATE vorgang SET zustellstand = ( \
                SELECT CASE \
                    WHEN count(CASE zustand WHEN 'gescheitert' THEN 1 END) > 0 THEN 'gescheitert' \
                    WHEN count(CASE zustand WHEN 'zugestellt' THEN 1 END) = count(*) \
                        THEN 'zugestellt' \
                    ELSE 'wartend' END \
                FROM zustellung WHERE mandant = ? AND vorgang = ?) \
             WHERE mandant = ? AND nummer = ?",
            [zeile.clone(), zeile].concat(),
        )
        .await?;
        Ok(())
    }

    fn pachtwerte(&self, pacht: &Pacht) -> [Wert; 6] {
        [
            self.mandant.as_str().into(),
            (&pacht.vorgang).into(),
            pacht.ziel.as_str().into(),
            pacht.folge.as_str().into(),
            pacht.halter.as_str().into(),
            pacht.versuch.into(),
        ]
    }

    fn read_zustellung(
        &self,
        mut zeile: Zeile,
        vorgang: &Vorgangsnummer,
    ) -> Result<Zustellung, AblageError> {
        let ziel = read_ziel(&mut zeile)?;
        let folge: String = zeile.next()?;
        Ok(Zustellung {
            ziel,
            uuid: zeile.next()?,
            zustand: read_zustand(&mut zeile)?,
            versuche: zeile.next()?,
            naechster_versuch_am: zeile.next()?,
            geaendert_am: zeile.next()?,
            fremd_id: zeile.next()?,
            fehler_code: zeile.next()?,
            fehler_text: zeile
                .next::<Option<Vec<u8>>>()?
                .map(|text| {
                    let zeile = schluessel_der_zeile(vorgang, ziel, &folge);
                    self.unseal_text(&ZUSTELLUNG_FEHLER_TEXT, &zeile, text)
                })
                .transpose()?,
            folge,
        })
    }
}

/// The row, as long as it is leased to this holder for this attempt. A lease that ran out holds
/// until somebody else takes it.
const WHERE_PACHT: &str = "WHERE mandant = ? AND vorgang = ? AND ziel = ? AND folge = ? \
    AND zustand = 'in_zustellung' AND pacht_halter = ? AND versuche = ? RETURNING 1";

#[derive(Clone, Copy)]
enum Ausgang<'a> {
    Zugestellt { fremd_id: Option<&'a str> },
    Verschoben { fehlschlag: Fehlschlag<'a>, wann: Zeitpunkt },
    Unklar { fehlschlag: Fehlschlag<'a>, wann: Zeitpunkt },
    Gescheitert { fehlschlag: Fehlschlag<'a> },
}

impl<'a> Ausgang<'a> {
    fn zustand(&self) -> Zustellzustand {
        match self {
            Ausgang::Zugestellt { .. } => Zustellzustand::Zugestellt,
            Ausgang::Verschoben { .. } => Zustellzustand::Ausstehend,
            Ausgang::Unklar { .. } => Zustellzustand::Unklar,
            Ausgang::Gescheitert { .. } => Zustellzustand::Gescheitert,
        }
    }

    fn art(&self) -> Ereignisart {
        match self {
            Ausgang::Zugestellt { .. } => Ereignisart::Zugestellt,
            Ausgang::Verschoben { .. } => Ereignisart::Verschoben,
            Ausgang::Unklar { .. } => Ereignisart::Unklar,
            Ausgang::Gescheitert { .. } => Ereignisart::Gescheitert,
        }
    }

    fn fehlschlag(&self) -> Option<Fehlschlag<'a>> {
        match *self {
            Ausgang::Zugestellt { .. } => None,
            Ausgang::Verschoben { fehlschlag, .. }
            | Ausgang::Unklar { fehlschlag, .. }
            | Ausgang::Gescheitert { fehlschlag } => Some(fehlschlag),
        }
    }

    fn wann(&self) -> Option<Zeitpunkt> {
        match *self {
            Ausgang::Zugestellt { .. } | Ausgang::Gescheitert { .. } => None,
            Ausgang::Verschoben { wann, .. } | Ausgang::Unklar { wann, .. } => Some(wann),
        }
    }

    fn is_unklar(&self) -> bool {
        matches!(self, Ausgang::Unklar { .. })
    }

    fn fremd_id(&self) -> Option<&'a str> {
        match *self {
            Ausgang::Zugestellt { fremd_id } => fremd_id,
            _ => None,
        }
    }
}

pub(crate) fn read_ziel(zeile: &mut Zeile) -> Result<Ziel, AblageError> {
    let ziel: String = zeile.next()?;
    Ziel::parse(&ziel).ok_or(AblageError::Form("a zustellung has an unknown ziel"))
}

pub(crate) fn read_zustand(zeile: &mut Zeile) -> Result<Zustellzustand, AblageError> {
    let zustand: String = zeile.next()?;
    let zustand = Zustellzustand::ALLE.into_iter().find(|einer| einer.as_str() == zustand);
    zustand.ok_or(AblageError::Form("a zustellung has an unknown zustand"))
}

fn read_pacht(mut zeile: Zeile, halter: &str) -> Result<Pacht, AblageError> {
    Ok(Pacht {
        vorgang: zeile.next()?,
        ziel: read_ziel(&mut zeile)?,
        folge: zeile.next()?,
        uuid: zeile.next()?,
        versuch: zeile.next()?,
        ausgang_unklar: zeile.next()?,
        fortschritt: zeile.next()?,
        letzter_fehler: zeile.next()?,
        angelegt_am: zeile.next()?,
        bis: zeile.next()?,
        halter: halter.to_owned(),
    })
}

/// The key of a row within tenant and table, as its sealed values are bound to it.
pub(crate) fn schluessel_der_zeile(vorgang: &Vorgangsnummer, ziel: Ziel, folge: &str) -> String {
    match folge {
        "" => format!("{vorgang}/{}", ziel.as_str()),
        folge => format!("{vorgang}/{}/{folge}", ziel.as_str()),
    }
}
