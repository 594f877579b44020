//! The event log: what happened to which Vorgang, append-only and chained by hashes.
//!
//! `hash = SHA-256(previous hash ‖ "ereignis/1" ‖ mandant ‖ lfd ‖ am ‖ art ‖ vorgang ‖ ziel ‖ code
//! ‖ akteur)`; texts are preceded by their length in 8 bytes, numbers are 8 bytes, both big-endian,
//! and what is missing has the length 2⁶⁴−1. The chain begins with 32 zero bytes. No personal data.

use sha2::{Digest, Sha256};
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{Ablage, AblageError, Mandant, Verbindung, Wert, Zeile, Zeitpunkt};

/// An event, as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ereignis {
    /// Its place in the chain of the tenant, from 1.
    pub lfd: u64,
    /// When it happened.
    pub am: Zeitpunkt,
    /// What happened.
    pub art: Ereignisart,
    /// The Vorgang it happened to.
    pub vorgang: Option<Vorgangsnummer>,
    /// The target that was involved.
    pub ziel: Option<String>,
    /// Says more: the checksum at acceptance (hexadecimal), the error's code at a failure, what was
    /// read; of a message its Nachrichtentyp and its SHA-256, as `130102:7f…`.
    pub code: Option<String>,
    /// The pseudonym of the caseworker who did it.
    pub akteur: Option<String>,
    /// The hash of the event, which covers all before it.
    pub hash: [u8; 32],
}

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ereignisart {
    /// Accepted and receipted.
    Eingegangen,
    /// A delivery failed for now, with another reason than the last time.
    Verschoben,
    /// The answer to a delivery was lost.
    Unklar,
    /// Delivered.
    Zugestellt,
    /// A delivery failed for good.
    Gescheitert,
    /// A caseworker had a delivery tried again.
    Erneut,
    /// A caseworker read the answers or took a document out.
    Gelesen,
    /// The Fachverfahren has sent a message; of one that fits no case, without a Vorgang.
    Rueckmeldung,
    /// A caseworker assigned a message of the Fachverfahren to the Vorgang.
    Zugeordnet,
    /// The applicant sent an answer or further documents.
    Beantwortet,
    /// The applicant withdrew the application.
    Zurueckgenommen,
    /// A part that somebody else filled in and confirmed came with the application.
    Zugeliefert,
}

impl Ereignisart {
    const ALLE: [Ereignisart; 12] = [
        Ereignisart::Eingegangen,
        Ereignisart::Verschoben,
        Ereignisart::Unklar,
        Ereignisart::Zugestellt,
        Ereignisart::Gescheitert,
        Ereignisart::Erneut,
        Ereignisart::Gelesen,
        Ereignisart::Rueckmeldung,
        Ereignisart::Zugeordnet,
        Ereignisart::Beantwortet,
        Ereignisart::Zurueckgenommen,
        Ereignisart::Zugeliefert,
    ];

    /// The word in the log and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Ereignisart::Eingegangen => "eingegangen",
            Ereignisart::Verschoben => "verschoben",
            Ereignisart::Unklar => "unklar",
            Ereignisart::Zugestellt => "zugestellt",
            Ereignisart::Gescheitert => "gescheitert",
            Ereignisart::Erneut => "erneut",
            Ereignisart::Gelesen => "gelesen",
            Ereignisart::Rueckmeldung => "rueckmeldung",
            Ereignisart::Zugeordnet => "zugeordnet",
            Ereignisart::Beantwortet => "beantwortet",
            Ereignisart::Zurueckgenommen => "zurueckgenommen",
            Ereignisart::Zugeliefert => "zugeliefert",
        }
    }
}

/// An event to be written.
pub(crate) struct NeuesEreignis<'a> {
    pub am: Zeitpunkt,
    pub art: Ereignisart,
    pub vorgang: Option<&'a Vorgangsnummer>,
    pub ziel: Option<&'a str>,
    pub code: Option<&'a str>,
    pub akteur: Option<&'a str>,
}

impl<V: Verbindung> Ablage<V> {
    /// Notes that a caseworker (their Kennung is `akteur`) reads `was` of a Vorgang, such as `fall`
    /// or `anlage:7f…`, or a message that belongs to none. Call it before it is given out.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note_gelesen<'a>(
        &self,
        vorgang: impl Into<Option<&'a Vorgangsnummer>>,
        was: &str,
        akteur: &str,
        jetzt: Zeitpunkt,
    ) -> Result<(), AblageError> {
        let akteur = self.pseudonym(akteur);
        self.atomically(async || {
            self.append(NeuesEreignis {
                am: jetzt,
                art: Ereignisart::Gelesen,
                vorgang: vorgang.into(),
                ziel: None,
                code: Some(was),
                akteur: Some(&akteur),
            })
            .await
        })
        .await
    }

    /// The events of a Vorgang, oldest first.
    pub(crate) async fn ereignisse(
        &self,
        vorgang: &Vorgangsnummer,
    ) -> Result<Vec<Ereignis>, AblageError> {
        self.query(
            "SELECT lfd, am, art, vorgang, ziel, code, akteur, hash FROM ereignis \
             WHERE mandant = ? AND vorgang = ? ORDER BY lfd",
            vec![self.mandant.as_str().into(), vorgang.into()],
        )
        .await?
        .into_iter()
        .map(read_ereignis)
        .collect()
    }

    /// Appends to the log. Only inside a transaction, which makes it the only one who appends.
    pub(crate) async fn append(&self, ereignis: NeuesEreignis<'_>) -> Result<(), AblageError> {
        let letztes = self
            .query(
                "SELECT lfd, hash FROM ereignis WHERE mandant = ? ORDER BY lfd DESC LIMIT 1",
                vec![self.mandant.as_str().into()],
            )
            .await?;
        let (lfd, vorher): (i64, [u8; 32]) = match letztes.into_iter().next() {
            Some(mut zeile) => (zeile.next()?, zeile.next()?),
            None => (0, [0; 32]),
        };
        let glied = Glied {
            lfd: lfd + 1,
            am: ereignis.am,
            art: ereignis.art.as_str().to_owned(),
            vorgang: ereignis.vorgang.map(ToString::to_string),
            ziel: ereignis.ziel.map(str::to_owned),
            code: ereignis.code.map(str::to_owned),
            akteur: ereignis.akteur.map(str::to_owned),
        };
        let hash = glied.hash(&self.mandant, &vorher);
        self.query(
            "INSERT INTO ereignis \
             (mandant, lfd, am, art, vorgang, ziel, code, akteur, vorher, hash) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            vec![
                self.mandant.as_str().into(),
                glied.lfd.into(),
                glied.am.into(),
                glied.art.into(),
                glied.vorgang.into(),
                glied.ziel.into(),
                glied.code.into(),
                glied.akteur.into(),
                Wert::from(vorher),
                hash.into(),
            ],
        )
        .await?;
        Ok(())
    }
}

/// The fields of an event that its hash covers.
pub(crate) struct Glied {
    pub lfd: i64,
    pub am: Zeitpunkt,
    pub art: String,
    pub vorgang: Option<String>,
    pub ziel: Option<String>,
    pub code: Option<String>,
    pub akteur: Option<String>,
}

impl Glied {
    pub fn hash(&self, mandant: &Mandant, vorher: &[u8; 32]) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(vorher);
        update_text(&mut sha, Some("ereignis/1"));
        update_text(&mut sha, Some(mandant.as_str()));
        sha.update(self.lfd.to_be_bytes());
        sha.update(self.am.millis().to_be_bytes());
        update_text(&mut sha, Some(&self.art));
        update_text(&mut sha, self.vorgang.as_deref());
        update_text(&mut sha, self.ziel.as_deref());
        update_text(&mut sha, self.code.as_deref());
        update_text(&mut sha, self.akteur.as_deref());
        sha.finalize().into()
    }
}

fn update_text(sha: &mut Sha256, text: Option<&str>) {
    sha.update(text.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
    sha.update(text.unwrap_or_default().as_bytes());
}

fn read_ereignis(mut zeile: Zeile) -> Result<Ereignis, AblageError> {
    Ok(Ereignis {
        lfd: zeile.next()?,
        am: zeile.next()?,
        art: {
            let art: String = zeile.next()?;
            let art = Ereignisart::ALLE.into_iter().find(|eine| eine.as_str() == art);
            art.ok_or(AblageError::Form("an event has an unknown art"))?
        },
        vorgang: zeile.next()?,
        ziel: zeile.next()?,
        code: zeile.next()?,
        akteur: zeile.next()?,
        hash: zeile.next()?,
    })
}
