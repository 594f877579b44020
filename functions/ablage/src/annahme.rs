//! Acceptance: everything that a receipt promises, in one transaction.

use std::fmt;

use sha2::{Digest, Sha256};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};
use subtle::ConstantTimeEq;

use crate::{
    Ablage, AblageError, Ereignisart, Verbindung, Wert, Zeile, Zeitpunkt, Ziel, Zustellstand,
    Zustellzustand, ereignis::NeuesEreignis, siegel::spalten::*, sql::platzhalter, suche::woerter,
    zugang::hash_zugangscode,
};

/// What an acceptance stores. It has no Debug output, since nearly all of it is personal data.
pub struct NeuerVorgang {
    /// Drawn by the caller, because the messages name it.
    pub nummer: Vorgangsnummer,
    /// Only its hash is stored, sealed; and the receipt, if it names it.
    pub zugangscode: Zugangscode,
    /// The id of the application's form.
    pub antrag: String,
    /// `de`, `en`.
    pub sprache: String,
    /// One line for lists, such as the applicant's name. Sealed; its words can be searched for.
    pub betreff: String,
    /// The answers, in the caller's format. Sealed.
    pub daten: Vec<u8>,
    /// The findings that travel along, in the caller's format. Sealed.
    pub hinweise: Vec<u8>,
    /// How many there are.
    pub hinweise_anzahl: u32,
    /// SHA-256 over answers and attachments, which the receipt shows and the event log keeps.
    pub pruefsumme: [u8; 32],
    /// When it was accepted.
    pub eingegangen_am: Zeitpunkt,
    /// The files that belong to it, out of one draft. The draft ends, its other files are deleted.
    pub anlagen: Option<AnlageWahl>,
    /// Rendered messages: these very bytes are sent.
    pub nachrichten: Vec<NeueNachricht>,
    /// Where it is to be delivered.
    pub zustellungen: Vec<NeueZustellung>,
    /// What a repeated submit is known by.
    pub empfang: Empfang,
    /// The receipt, in the caller's format. Sealed.
    pub quittung: Vec<u8>,
}

/// Files of a draft, in the order in which they are kept.
#[derive(Clone, Debug)]
pub struct AnlageWahl {
    /// The draft.
    pub entwurf: String,
    /// The files' ids. May be empty.
    pub ids: Vec<String>,
}

/// The part of an application that somebody else filled in, as it was read from the draft.
#[derive(Clone, Copy, Debug)]
pub struct Zuliefernachweis<'a> {
    /// When it was sent: another one is another part.
    pub ausgefuellt_am: Zeitpunkt,
    /// The number on its receipt, for the event log.
    pub nummer: &'a str,
}

/// A rendered message or document of a Vorgang.
pub struct NeueNachricht {
    /// Its name within the Vorgang, such as `zusammenfassung`.
    pub art: String,
    /// Its identity for the receivers.
    pub uuid: String,
    /// Such as `application/xml`.
    pub medientyp: String,
    /// Its bytes. Sealed in place: with room for [`NeueNachricht::ZUSATZ`] more they are in memory
    /// once.
    pub inhalt: Vec<u8>,
}

impl NeueNachricht {
    /// Bytes that sealing adds at most.
    pub const ZUSATZ: usize = crate::siegel::ZUSATZ_MAX;
}

/// One row of the outbox.
#[derive(Clone, Debug)]
pub struct NeueZustellung {
    /// The target.
    pub ziel: Ziel,
    /// What makes a repeated delivery known to it: of a message its own UUID.
    pub uuid: String,
}

/// Hashes of the idempotency key and of what was sent with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Empfang {
    pub(crate) schluessel_hash: [u8; 32],
    pub(crate) inhalt_hash: [u8; 32],
}

impl Empfang {
    /// `inhalt` is everything that makes a request this one: its path and its body.
    pub fn new<'a>(schluessel: &str, inhalt: impl IntoIterator<Item = &'a [u8]>) -> Empfang {
        let mut sha = Sha256::new();
        for teil in inhalt {
            sha.update((teil.len() as u64).to_be_bytes());
            sha.update(teil);
        }
        Empfang {
            schluessel_hash: Sha256::digest(schluessel).into(),
            inhalt_hash: sha.finalize().into(),
        }
    }
}

impl fmt::Debug for Empfang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Empfang(…)")
    }
}

/// What became of an acceptance.
#[derive(Clone, PartialEq, Eq)]
pub enum Annahme {
    /// Stored now.
    Neu,
    /// Stored before under this key. This is the receipt of that time.
    Schon {
        /// In the format of the caller who stored it.
        quittung: Vec<u8>,
    },
    /// The key was used before for something else.
    SchluesselBenutzt,
}

impl fmt::Debug for Annahme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Annahme::Neu => "Neu",
            Annahme::Schon { .. } => "Schon",
            Annahme::SchluesselBenutzt => "SchluesselBenutzt",
        })
    }
}

impl<V: Verbindung> Ablage<V> {
    /// What was stored under this key before, if anything: spares the rendering of a repeated
    /// submit. Only [`Ablage::accept`] decides.
    ///
    /// # Errors
    /// If the database fails or the receipt does not open.
    pub async fn look_up(&self, empfang: &Empfang) -> Result<Option<Annahme>, AblageError> {
        let zeilen = self
            .query(
                "SELECT inhalt_hash, quittung FROM empfang \
                 WHERE mandant = ? AND schluessel_hash = ?",
                vec![self.mandant.as_str().into(), empfang.schluessel_hash.into()],
            )
            .await?;
        let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(None) };
        let ort = hex(&empfang.schluessel_hash);
        let inhalt_hash = self.unseal(&EMPFANG_INHALT_HASH, &ort, zeile.next()?)?;
        if !bool::from(inhalt_hash.as_slice().ct_eq(&empfang.inhalt_hash)) {
            return Ok(Some(Annahme::SchluesselBenutzt));
        }
        let quittung = self.unseal(&EMPFANG_QUITTUNG, &ort, zeile.next()?)?;
        Ok(Some(Annahme::Schon { quittung }))
    }

    /// Stores a Vorgang with everything that belongs to it, or nothing. Of several with the same
    /// key exactly one is stored, and the others get its receipt.
    ///
    /// # Errors
    /// [`AblageError::NummerVergeben`] if another number must be drawn,
    /// [`AblageError::AnlageFehlt`] if the draft lacks one of the files, and what the database
    /// reports.
    pub async fn accept(&self, vorgang: NeuerVorgang) -> Result<Annahme, AblageError> {
        self.accept_with(vorgang, None).await
    }

    /// As [`Ablage::accept`], with a part that somebody else filled in: the application has it as it
    /// was read, or is not accepted.
    ///
    /// # Errors
    /// Also [`AblageError::ZulieferungGeaendert`].
    pub async fn accept_with(
        &self,
        vorgang: NeuerVorgang,
        teil: Option<Zuliefernachweis<'_>>,
    ) -> Result<Annahme, AblageError> {
        // Sealing needs no lock, so it is done before the lock is taken.
        let mut vorgang = vorgang;
        let empfang = self.insert_empfang(
            &vorgang.nummer,
            vorgang.eingegangen_am,
            &vorgang.empfang,
            vorgang.quittung.as_slice(),
        )?;
        let eingang = self.insert_vorgang(&vorgang)?;
        let nachrichten = std::mem::take(&mut vorgang.nachrichten);
        let beiwerk = [
            self.insert_suchwoerter(vorgang.nummer, &vorgang.betreff),
            self.insert_nachrichten(&vorgang.nummer, nachrichten)?,
            self.insert_zustellungen(&vorgang),
        ];
        let pruefsumme = hex(&vorgang.pruefsumme);
        let is_neu = self
            .atomically(async || {
                if self.execute(empfang).await?.is_empty() {
                    return Ok(false);
                }
                if self.execute(eingang).await?.is_empty() {
                    return Err(AblageError::NummerVergeben);
                }
                if let (Some(teil), Some(wahl)) = (&teil, &vorgang.anlagen) {
                    self.claim_zulieferung(&wahl.entwurf, teil.ausgefuellt_am).await?;
                }
                if let Some(wahl) = &vorgang.anlagen {
                    self.take_anlagen(&vorgang.nummer, "", wahl).await?;
                }
                for befehl in beiwerk.into_iter().flatten() {
                    self.execute(befehl).await?;
                }
                self.append(NeuesEreignis {
                    am: vorgang.eingegangen_am,
                    art: Ereignisart::Eingegangen,
                    vorgang: Some(&vorgang.nummer),
                    ziel: None,
                    code: Some(&pruefsumme),
                    akteur: None,
                })
                .await?;
                if let Some(teil) = &teil {
                    self.append(NeuesEreignis {
                        am: vorgang.eingegangen_am,
                        art: Ereignisart::Zugeliefert,
                        vorgang: Some(&vorgang.nummer),
                        ziel: None,
                        code: Some(teil.nummer),
                        akteur: None,
                    })
                    .await?;
                }
                Ok(true)
            })
            .await?;
        match is_neu {
            true => Ok(Annahme::Neu),
            false => {
                let vorhanden = self.look_up(&vorgang.empfang).await?;
                vorhanden.ok_or(AblageError::Form("a receipt vanished"))
            }
        }
    }

    pub(crate) async fn execute(
        &self,
        (sql, parameter): Befehl,
    ) -> Result<Vec<Zeile>, AblageError> {
        self.query(&sql, parameter).await
    }

    pub(crate) fn insert_empfang(
        &self,
        nummer: &Vorgangsnummer,
        am: Zeitpunkt,
        empfang: &Empfang,
        quittung: &[u8],
    ) -> Result<Befehl, AblageError> {
        let Empfang { schluessel_hash, inhalt_hash } = empfang;
        let zeile = hex(schluessel_hash);
        Ok((
            "INSERT INTO empfang \
             (mandant, schluessel_hash, vorgang, am, schluessel, inhalt_hash, quittung) \
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1"
                .to_owned(),
            vec![
                self.mandant.as_str().into(),
                Wert::from(*schluessel_hash),
                nummer.into(),
                am.into(),
                self.ring.id().into(),
                self.seal(&EMPFANG_INHALT_HASH, &zeile, *inhalt_hash)?.into(),
                self.seal(&EMPFANG_QUITTUNG, &zeile, quittung)?.into(),
            ],
        ))
    }

    fn insert_vorgang(&self, vorgang: &NeuerVorgang) -> Result<Befehl, AblageError> {
        let zeile = vorgang.nummer.to_string();
        let zugang = hash_zugangscode(&self.mandant, &vorgang.nummer, &vorgang.zugangscode);
        let mut ziele: Vec<&str> =
            vorgang.zustellungen.iter().map(|zustellung| zustellung.ziel.as_str()).collect();
        ziele.sort_unstable();
        let zustellstand = match ziele.is_empty() {
            true => Zustellstand::Zugestellt,
            false => Zustellstand::Wartend,
        };
        Ok((
            "INSERT INTO vorgang \
             (mandant, nummer, antrag, zustand, zustellstand, ziele, eingegangen_am, sprache, \
              pruefsumme, hinweise_anzahl, schluessel, zugang, betreff, hinweise, daten) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING RETURNING 1"
                .to_owned(),
            vec![
                self.mandant.as_str().into(),
                zeile.as_str().into(),
                vorgang.antrag.as_str().into(),
                EINGEGANGEN.into(),
                zustellstand.as_str().into(),
                ziele.join(",").into(),
                vorgang.eingegangen_am.into(),
                vorgang.sprache.as_str().into(),
                vorgang.pruefsumme.into(),
                vorgang.hinweise_anzahl.into(),
                self.ring.id().into(),
                self.seal(&VORGANG_ZUGANG, &zeile, zugang)?.into(),
                self.seal(&VORGANG_BETREFF, &zeile, vorgang.betreff.as_bytes())?.into(),
                self.seal(&VORGANG_HINWEISE, &zeile, vorgang.hinweise.as_slice())?.into(),
                self.seal(&VORGANG_DATEN, &zeile, vorgang.daten.as_slice())?.into(),
            ],
        ))
    }

    /// `None` if there is no word in the text.
    pub(crate) fn insert_suchwoerter(&self, nummer: Vorgangsnummer, text: &str) -> Option<Befehl> {
        let woerter = woerter(text);
        let werte = woerter.iter().flat_map(|wort| {
            let mandant = self.mandant.as_str();
            [mandant.into(), self.ring.suchwort(mandant, wort).into(), (&nummer).into()]
        });
        let platzhalter = platzhalter(woerter.len(), 3);
        (!woerter.is_empty()).then(|| {
            (
                format!("INSERT INTO suchwort (mandant, wort, vorgang) VALUES {platzhalter}"),
                werte.collect(),
            )
        })
    }

    pub(crate) fn insert_nachrichten(
        &self,
        nummer: &Vorgangsnummer,
        nachrichten: Vec<NeueNachricht>,
    ) -> Result<Option<Befehl>, AblageError> {
        if nachrichten.is_empty() {
            return Ok(None);
        }
        let platzhalter = platzhalter(nachrichten.len(), 9);
        let mut werte: Vec<Wert> = Vec::new();
        for nachricht in nachrichten {
            let zeile = format!("{nummer}/{}", nachricht.art);
            werte.extend([
                self.mandant.as_str().into(),
                nummer.into(),
                nachricht.art.into(),
                nachricht.uuid.into(),
                nachricht.medientyp.into(),
                Wert::from(nachricht.inhalt.len() as i64),
                sha256(&nachricht.inhalt).into(),
                self.ring.id().into(),
                self.seal(&NACHRICHT_INHALT, &zeile, nachricht.inhalt)?.into(),
            ]);
        }
        Ok(Some((
            format!(
                "INSERT INTO nachricht \
                 (mandant, vorgang, art, uuid, medientyp, groesse, sha256, schluessel, inhalt) \
                 VALUES {platzhalter}"
            ),
            werte,
        )))
    }

    fn insert_zustellungen(&self, vorgang: &NeuerVorgang) -> Option<Befehl> {
        let werte = vorgang.zustellungen.iter().flat_map(|zustellung| {
            [
                self.mandant.as_str().into(),
                (&vorgang.nummer).into(),
                zustellung.ziel.as_str().into(),
                zustellung.uuid.as_str().into(),
                Zustellzustand::Ausstehend.as_str().into(),
                Wert::from(0_i64),
                vorgang.eingegangen_am.into(),
                false.into(),
                vorgang.eingegangen_am.into(),
                vorgang.eingegangen_am.into(),
            ]
        });
        (!vorgang.zustellungen.is_empty()).then(|| {
            (
                format!(
                    "INSERT INTO zustellung \
                     (mandant, vorgang, ziel, uuid, zustand, versuche, naechster_versuch_am, \
                      ausgang_unklar, angelegt_am, geaendert_am) \
                     VALUES {}",
                    platzhalter(vorgang.zustellungen.len(), 10)
                ),
                werte.collect(),
            )
        })
    }
}

/// A statement with its parameters.
pub(crate) type Befehl = (String, Vec<Wert>);

/// The state of a case that nobody has worked on.
const EINGEGANGEN: &str = "eingegangen";

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// In small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a String takes everything");
        hex
    })
}
