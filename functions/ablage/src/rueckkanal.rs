//! The return channel: what the Fachverfahren sends about a case, and what the applicant sends after
//! the application.
//!
//! Whatever comes is kept. What fits no case waits for a caseworker, who assigns it by hand; from
//! then on it counts as if it had been matched when it came.

use std::fmt;

use shared::{
    lage::{Lage, Schritt, Was, Wirkung, Zustand, lage},
    vorgangsnummer::Vorgangsnummer,
};

use crate::{
    Ablage, AblageError, Anlage, AnlageWahl, Annahme, Empfang, Ereignisart, NeueNachricht,
    NeueZustellung, Verbindung, Wert, Zeile, Zeitpunkt, Zustellzustand,
    annahme::{hex, sha256},
    ereignis::NeuesEreignis,
    siegel::spalten::{FOLGE_TEXT, RUECKMELDUNG_AUSZUG, RUECKMELDUNG_INHALT},
    sql::platzhalter,
};

/// A message that came back.
pub struct NeueRueckmeldung {
    /// The nachrichtenUUID in small letters; `None` if it cannot be read.
    pub uuid: Option<String>,
    /// When it was written, as its sender says.
    pub erstellt_am: Option<Zeitpunkt>,
    /// Such as `130102`; empty if it cannot be read.
    pub nachrichtentyp: String,
    /// What it means for the state of its case.
    pub wirkung: Wirkung,
    /// The case that it names.
    pub antragsidentifikation: Option<Vorgangsnummer>,
    /// The message of ours that it answers, in small letters.
    pub ausloeser: Option<String>,
    /// Why it must not be matched, as a short word without personal data; `None`: it is matched.
    pub grund: Option<String>,
    /// What people read of it, in the caller's format. Sealed.
    pub auszug: Vec<u8>,
    /// The very bytes that came. Sealed.
    pub inhalt: Vec<u8>,
}

#[cfg(feature = "rueckmeldung")]
impl NeueRueckmeldung {
    /// Reads a message that came. What cannot be read is kept all the same; the error says why.
    pub fn read(inhalt: Vec<u8>) -> (NeueRueckmeldung, Option<shared::nachricht::LeseFehler>) {
        use shared::nachricht::Rueckmeldung;
        match Rueckmeldung::read(&inhalt) {
            Ok(gelesen) => {
                let neue = NeueRueckmeldung {
                    uuid: Some(gelesen.kopf.nachrichten_uuid.clone()),
                    erstellt_am: gelesen.kopf.erstellungszeitpunkt.map(Zeitpunkt::from_millis),
                    nachrichtentyp: gelesen.kopf.nachrichtentyp.to_owned(),
                    wirkung: gelesen.wirkung(),
                    antragsidentifikation: gelesen.kopf.antragsidentifikation.parse().ok(),
                    ausloeser: Some(gelesen.kopf.ausloeser_uuid.clone()),
                    grund: None,
                    auszug: gelesen.auszug().to_string().into_bytes(),
                    inhalt,
                };
                (neue, None)
            }
            Err(unlesbar) => {
                let nummer = unlesbar.antragsidentifikation.as_deref();
                let neue = NeueRueckmeldung {
                    uuid: unlesbar.nachrichten_uuid,
                    erstellt_am: None,
                    nachrichtentyp: unlesbar.nachrichtentyp.unwrap_or_default(),
                    wirkung: Wirkung::Keine,
                    antragsidentifikation: nummer.and_then(|nummer| nummer.parse().ok()),
                    ausloeser: unlesbar.ausloeser_uuid,
                    grund: Some(unlesbar.fehler.grund.as_str().to_owned()),
                    auszug: b"null".to_vec(),
                    inhalt,
                };
                (neue, Some(unlesbar.fehler))
            }
        }
    }
}

/// What became of a message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Eingangsstand {
    /// It belongs to this case now.
    Zugeordnet(Vorgangsnummer),
    /// It waits for a caseworker, for this reason.
    Offen(String),
    /// It was there before.
    Schon,
    /// Another one with its nachrichtenUUID was there before. It is kept as well, and waits.
    AndererInhalt,
}

/// A message that came back, without its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Rueckmeldung {
    /// The nachrichtenUUID, or a name of ours.
    pub id: String,
    /// When it came.
    pub eingegangen_am: Zeitpunkt,
    /// When it was written, as its sender says, but not later than it came.
    pub erstellt_am: Zeitpunkt,
    /// Such as `130102`; empty if it could not be read.
    pub nachrichtentyp: String,
    /// What it means for the state of its case.
    pub wirkung: Wirkung,
    /// The case it belongs to.
    pub vorgang: Option<Vorgangsnummer>,
    /// The case that it may belong to.
    pub vorschlag: Option<Vorgangsnummer>,
    /// Why it was not matched.
    pub grund: Option<String>,
    /// The pseudonym of the caseworker who assigned it by hand.
    pub akteur: Option<String>,
    /// Bytes.
    pub groesse: u64,
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// What people read of it, in the format of the caller who stored it.
    pub auszug: Vec<u8>,
}

impl fmt::Debug for Rueckmeldung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rueckmeldung")
            .field("id", &self.id)
            .field("nachrichtentyp", &self.nachrichtentyp)
            .field("vorgang", &self.vorgang)
            .field("grund", &self.grund)
            .finish_non_exhaustive()
    }
}

/// Something that the applicant sent after the application.
#[derive(Clone, PartialEq, Eq)]
pub struct Folge {
    /// Its name, which its message and its files have as well: `folge-001`.
    pub name: String,
    /// What it is.
    pub art: Folgeart,
    /// The message that it answers.
    pub zu: Option<String>,
    /// When it was sent.
    pub am: Zeitpunkt,
    /// What the applicant wrote.
    pub text: String,
    /// The files that came with it.
    pub dateien: Vec<Anlage>,
}

impl fmt::Debug for Folge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Folge")
            .field("name", &self.name)
            .field("art", &self.art)
            .field("zu", &self.zu)
            .finish_non_exhaustive()
    }
}

/// What can be sent after an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folgeart {
    /// An answer or further documents.
    Antwort,
    /// The application is withdrawn.
    Ruecknahme,
}

impl Folgeart {
    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Folgeart::Antwort => "antwort",
            Folgeart::Ruecknahme => "ruecknahme",
        }
    }

    fn parse(text: &str) -> Option<Folgeart> {
        [Folgeart::Antwort, Folgeart::Ruecknahme].into_iter().find(|art| art.as_str() == text)
    }
}

/// How messages of the Fachverfahren come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empfangsweg {
    /// They do not.
    Aus,
    /// The Fachverfahren sends them to the portal.
    Empfang,
}

impl Empfangsweg {
    /// Reads the setting `rueckkanal`: `aus` or `empfang`.
    pub fn parse(text: &str) -> Option<Empfangsweg> {
        match text.trim() {
            "aus" | "false" | "" => Some(Empfangsweg::Aus),
            "empfang" => Some(Empfangsweg::Empfang),
            _ => None,
        }
    }
}

/// All that went to and fro about a case, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rueckkanal {
    /// What came, oldest first.
    pub rueckmeldungen: Vec<Rueckmeldung>,
    /// What the applicant sent, oldest first.
    pub folgen: Vec<Folge>,
    /// Where the case stands.
    pub lage: Lage,
}

/// What an applicant sends after the application.
pub struct NeueFolge {
    /// The case.
    pub nummer: Vorgangsnummer,
    /// What it is.
    pub art: Folgeart,
    /// The open question that it answers.
    pub zu: Option<String>,
    /// What the applicant wrote. Sealed.
    pub text: String,
    /// When it was sent.
    pub am: Zeitpunkt,
    /// The files that belong to it, out of one draft, which ends.
    pub anlagen: Option<AnlageWahl>,
    /// The identity of its message.
    pub uuid: String,
    /// The rendered message: these very bytes are sent.
    pub inhalt: Vec<u8>,
    /// Where it is to be delivered.
    pub zustellungen: Vec<NeueZustellung>,
    /// What a repeated request is known by.
    pub empfang: Empfang,
    /// What is answered to it, in the caller's format. Sealed.
    pub quittung: Vec<u8>,
}

const SPALTEN: &str = "id, eingegangen_am, erstellt_am, nachrichtentyp, wirkung, vorgang, \
    vorschlag, grund, akteur, groesse, sha256, auszug";

impl<V: Verbindung> Ablage<V> {
    /// Keeps a message that came, and matches it with its case: both the number and the message of
    /// ours that it answers must belong to the same one. Coming again changes nothing.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn receive(
        &self,
        neue: NeueRueckmeldung,
        jetzt: Zeitpunkt,
    ) -> Result<Eingangsstand, AblageError> {
        let hash = sha256(&neue.inhalt);
        let groesse = neue.inhalt.len() as u64;
        let ohne_uuid = format!("sha256-{}", hex(&hash));
        let id = neue.uuid.clone().unwrap_or_else(|| ohne_uuid.clone());
        let vorhanden = self.hash_of_rueckmeldung(&id).await?;
        let (id, is_anderer) = match vorhanden {
            Some(vorhanden) if vorhanden == hash => return Ok(Eingangsstand::Schon),
            Some(_) => (ohne_uuid, true),
            None => (id, false),
        };
        // Sealing needs no lock, so it is done before the lock is taken.
        let auszug = self.seal(&RUECKMELDUNG_AUSZUG, &id, neue.auszug)?;
        let inhalt = self.seal(&RUECKMELDUNG_INHALT, &id, neue.inhalt)?;
        let erstellt_am = neue.erstellt_am.map_or(jetzt, |am| am.min(jetzt));
        let stand = self
            .atomically(async || {
                let (vorgang, vorschlag) = self
                    .match_vorgang(neue.antragsidentifikation.as_ref(), neue.ausloeser.as_deref())
                    .await?;
                let grund = match (&neue.grund, is_anderer, &vorgang) {
                    (_, true, _) => Some("uuid-schon-benutzt".to_owned()),
                    (Some(grund), ..) => Some(grund.clone()),
                    (None, _, Err(grund)) => Some((*grund).to_owned()),
                    (None, _, Ok(_)) => None,
                };
                let vorgang = vorgang.ok().filter(|_| grund.is_none());
                let vorschlag = vorschlag.filter(|_| vorgang.is_none());
                let eingefuegt = self
                    .query(
                        "INSERT INTO rueckmeldung (mandant, id, eingegangen_am, erstellt_am, \
                         nachrichtentyp, wirkung, vorgang, vorschlag, grund, akteur, groesse, \
                         sha256, schluessel, auszug, inhalt) \
                         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?) \
                         ON CONFLICT DO NOTHING RETURNING 1",
                        vec![
                            self.mandant.as_str().into(),
                            id.as_str().into(),
                            jetzt.into(),
                            erstellt_am.into(),
                            neue.nachrichtentyp.as_str().into(),
                            neue.wirkung.as_str().into(),
                            vorgang.as_ref().into(),
                            vorschlag.as_ref().into(),
                            grund.as_deref().into(),
                            (groesse as i64).into(),
                            hash.into(),
                            self.ring.id().into(),
                            auszug.into(),
                            inhalt.into(),
                        ],
                    )
                    .await?;
                if eingefuegt.is_empty() {
                    // Somebody was faster. Whether with the same is for the next attempt to say.
                    let vorhanden = self.hash_of_rueckmeldung(&id).await?;
                    return match vorhanden == Some(hash) {
                        true => Ok(Eingangsstand::Schon),
                        false => Err(AblageError::Besetzt),
                    };
                }
                let code = code_of(&neue.nachrichtentyp, &hash);
                self.append(NeuesEreignis {
                    am: jetzt,
                    art: Ereignisart::Rueckmeldung,
                    vorgang: vorgang.as_ref(),
                    ziel: None,
                    code: Some(&code),
                    akteur: None,
                })
                .await?;
                if let Some(vorgang) = &vorgang {
                    self.update_lage(vorgang).await?;
                }
                Ok(match (vorgang, grund) {
                    (Some(vorgang), _) => Eingangsstand::Zugeordnet(vorgang),
                    (None, grund) => Eingangsstand::Offen(grund.unwrap_or_default()),
                })
            })
            .await?;
        Ok(match is_anderer && stand != Eingangsstand::Schon {
            true => Eingangsstand::AndererInhalt,
            false => stand,
        })
    }

    /// A message that came back: what is known of it, and its very bytes.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if there is none.
    pub async fn rueckmeldung(&self, id: &str) -> Result<(Rueckmeldung, Vec<u8>), AblageError> {
        let zeilen = self
            .query(
                &format!("SELECT {SPALTEN}, inhalt FROM rueckmeldung WHERE mandant = ? AND id = ?"),
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let rueckmeldung = self.read_rueckmeldung(&mut zeile)?;
        let inhalt = self.unseal(&RUECKMELDUNG_INHALT, id, zeile.next()?)?;
        Ok((rueckmeldung, inhalt))
    }

    /// The messages that wait for a caseworker, oldest first, and how many there are in all.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn offene_rueckmeldungen(
        &self,
        hoechstens: u32,
    ) -> Result<(Vec<Rueckmeldung>, u64), AblageError> {
        let gesamt = self
            .query(
                "SELECT count(*) FROM rueckmeldung WHERE mandant = ? AND vorgang IS NULL",
                vec![self.mandant.as_str().into()],
            )
            .await?;
        let gesamt = gesamt.into_iter().next().ok_or(AblageError::Form("no count"))?.next()?;
        let zeilen = self
            .query(
                &format!(
                    "SELECT {SPALTEN} FROM rueckmeldung WHERE mandant = ? AND vorgang IS NULL \
                     ORDER BY eingegangen_am, id LIMIT ?"
                ),
                vec![self.mandant.as_str().into(), hoechstens.into()],
            )
            .await?;
        let offene = zeilen.into_iter().map(|mut zeile| self.read_rueckmeldung(&mut zeile));
        Ok((offene.collect::<Result<_, _>>()?, gesamt))
    }

    /// A caseworker (their Kennung is `akteur`) assigns a message to a case. `false`: it belongs to
    /// one already.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if there is no such message or no such case.
    pub async fn assign_rueckmeldung(
        &self,
        id: &str,
        vorgang: &Vorgangsnummer,
        akteur: &str,
        jetzt: Zeitpunkt,
    ) -> Result<bool, AblageError> {
        let akteur = self.pseudonym(akteur);
        self.atomically(async || {
            let zeilen = self
                .query(
                    "SELECT r.nachrichtentyp, r.sha256, r.vorgang FROM rueckmeldung r \
                     JOIN vorgang v ON v.mandant = r.mandant AND v.nummer = ? \
                     WHERE r.mandant = ? AND r.id = ?",
                    vec![vorgang.into(), self.mandant.as_str().into(), id.into()],
                )
                .await?;
            let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
            let (nachrichtentyp, hash): (String, [u8; 32]) = (zeile.next()?, zeile.next()?);
            if zeile.next::<Option<Vorgangsnummer>>()?.is_some() {
                return Ok(false);
            }
            self.query(
                "UPDATE rueckmeldung SET vorgang = ?, akteur = ? WHERE mandant = ? AND id = ?",
                vec![
                    vorgang.into(),
                    akteur.as_str().into(),
                    self.mandant.as_str().into(),
                    id.into(),
                ],
            )
            .await?;
            let code = code_of(&nachrichtentyp, &hash);
            self.append(NeuesEreignis {
                am: jetzt,
                art: Ereignisart::Zugeordnet,
                vorgang: Some(vorgang),
                ziel: None,
                code: Some(&code),
                akteur: Some(&akteur),
            })
            .await?;
            self.update_lage(vorgang).await?;
            Ok(true)
        })
        .await
    }

    /// All that went to and fro about a case.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rueckkanal(&self, vorgang: &Vorgangsnummer) -> Result<Rueckkanal, AblageError> {
        let zeilen = self
            .query(
                &format!(
                    "SELECT {SPALTEN} FROM rueckmeldung WHERE mandant = ? AND vorgang = ? \
                     ORDER BY eingegangen_am, id"
                ),
                vec![self.mandant.as_str().into(), vorgang.into()],
            )
            .await?;
        let rueckmeldungen: Vec<Rueckmeldung> = zeilen
            .into_iter()
            .map(|mut zeile| self.read_rueckmeldung(&mut zeile))
            .collect::<Result<_, _>>()?;
        let zeilen = self
            .query(
                "SELECT folge, art, zu, am, text FROM folge WHERE mandant = ? AND vorgang = ? \
                 ORDER BY folge",
                vec![self.mandant.as_str().into(), vorgang.into()],
            )
            .await?;
        let mut folgen: Vec<Folge> = zeilen
            .into_iter()
            .map(|zeile| self.read_folge(vorgang, zeile))
            .collect::<Result<_, _>>()?;
        if !folgen.is_empty() {
            for anlage in self.anlagen("vorgang", &vorgang.to_string()).await? {
                let folge = folgen.iter_mut().find(|folge| folge.name == anlage.folge);
                if let Some(folge) = folge {
                    folge.dateien.push(anlage);
                }
            }
        }
        let lage = self.compute_lage(vorgang).await?;
        Ok(Rueckkanal { rueckmeldungen, folgen, lage })
    }

    /// Stores what the applicant sends after the application, with its message and the rows of the
    /// outbox, or nothing. The same key again answers with the first receipt.
    ///
    /// # Errors
    /// [`AblageError::NichtMoeglich`] if the question is not open or the case is at its end,
    /// [`AblageError::AnlageFehlt`] if the draft lacks one of the files, and what the database
    /// reports.
    pub async fn send_folge(&self, folge: NeueFolge) -> Result<Annahme, AblageError> {
        let NeueFolge { nummer, art, am, .. } = folge;
        let empfang =
            self.insert_empfang(&nummer, am, &folge.empfang, folge.quittung.as_slice())?;
        let is_neu = self
            .atomically(async || {
                if self.execute(empfang).await?.is_empty() {
                    return Ok(false);
                }
                let lage = self.compute_lage(&nummer).await?;
                let is_moeglich = match &folge.zu {
                    Some(zu) => lage.offen.contains(zu),
                    None => lage.zustand.is_offen(),
                };
                if !is_moeglich {
                    return Err(AblageError::NichtMoeglich);
                }
                let name = self.next_folge(&nummer).await?;
                let zeile = format!("{nummer}/{name}");
                let mut ziele: Vec<&str> =
                    folge.zustellungen.iter().map(|zustellung| zustellung.ziel.as_str()).collect();
                ziele.sort_unstable();
                self.query(
                    "INSERT INTO folge \
                     (mandant, vorgang, folge, art, zu, am, ziele, schluessel, text) \
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    vec![
                        self.mandant.as_str().into(),
                        (&nummer).into(),
                        name.as_str().into(),
                        art.as_str().into(),
                        folge.zu.as_deref().into(),
                        am.into(),
                        ziele.join(",").into(),
                        self.ring.id().into(),
                        self.seal(&FOLGE_TEXT, &zeile, folge.text.as_bytes())?.into(),
                    ],
                )
                .await?;
                if let Some(wahl) = &folge.anlagen {
                    self.take_anlagen(&nummer, &name, wahl).await?;
                }
                let nachricht = NeueNachricht {
                    art: name.clone(),
                    uuid: folge.uuid,
                    medientyp: "application/xml".to_owned(),
                    inhalt: folge.inhalt,
                };
                if let Some(befehl) = self.insert_nachrichten(&nummer, vec![nachricht])? {
                    self.execute(befehl).await?;
                }
                self.insert_folgezustellungen(&nummer, &name, &folge.zustellungen, am).await?;
                self.append(NeuesEreignis {
                    am,
                    art: match art {
                        Folgeart::Antwort => Ereignisart::Beantwortet,
                        Folgeart::Ruecknahme => Ereignisart::Zurueckgenommen,
                    },
                    vorgang: Some(&nummer),
                    ziel: None,
                    code: Some(&name),
                    akteur: None,
                })
                .await?;
                self.update_lage(&nummer).await?;
                Ok(true)
            })
            .await?;
        match is_neu {
            true => Ok(Annahme::Neu),
            false => {
                let vorhanden = self.look_up(&folge.empfang).await?;
                vorhanden.ok_or(AblageError::Form("a receipt vanished"))
            }
        }
    }

    async fn insert_folgezustellungen(
        &self,
        nummer: &Vorgangsnummer,
        name: &str,
        zustellungen: &[NeueZustellung],
        am: Zeitpunkt,
    ) -> Result<(), AblageError> {
        if zustellungen.is_empty() {
            return Ok(());
        }
        let werte = zustellungen.iter().flat_map(|zustellung| {
            [
                self.mandant.as_str().into(),
                nummer.into(),
                zustellung.ziel.as_str().into(),
                name.into(),
                zustellung.uuid.as_str().into(),
                Zustellzustand::Ausstehend.as_str().into(),
                Wert::from(0_i64),
                am.into(),
                false.into(),
                am.into(),
                am.into(),
            ]
        });
        self.query(
            &format!(
                "INSERT INTO zustellung \
                 (mandant, vorgang, ziel, folge, uuid, zustand, versuche, naechster_versuch_am, \
                  ausgang_unklar, angelegt_am, geaendert_am) VALUES {}",
                platzhalter(zustellungen.len(), 11)
            ),
            werte.collect(),
        )
        .await?;
        self.update_zustellstand(nummer).await
    }

    /// Three digits, so that the order of the texts is the order of sending.
    async fn next_folge(&self, nummer: &Vorgangsnummer) -> Result<String, AblageError> {
        let zeilen = self
            .query(
                "SELECT count(*) FROM folge WHERE mandant = ? AND vorgang = ?",
                vec![self.mandant.as_str().into(), nummer.into()],
            )
            .await?;
        let anzahl: u32 = zeilen.into_iter().next().ok_or(AblageError::Form("no count"))?.next()?;
        match anzahl {
            0..FOLGEN_MAX => Ok(format!("folge-{:03}", anzahl + 1)),
            _ => Err(AblageError::NichtMoeglich),
        }
    }

    async fn hash_of_rueckmeldung(&self, id: &str) -> Result<Option<[u8; 32]>, AblageError> {
        let zeilen = self
            .query(
                "SELECT sha256 FROM rueckmeldung WHERE mandant = ? AND id = ?",
                vec![self.mandant.as_str().into(), id.into()],
            )
            .await?;
        zeilen.into_iter().next().map(|mut zeile| zeile.next()).transpose()
    }

    /// The case a message belongs to, or why none; and the case it may belong to.
    async fn match_vorgang(
        &self,
        nummer: Option<&Vorgangsnummer>,
        ausloeser: Option<&str>,
    ) -> Result<(Result<Vorgangsnummer, &'static str>, Option<Vorgangsnummer>), AblageError> {
        let zeilen = self
            .query(
                "SELECT (SELECT nummer FROM vorgang WHERE mandant = ? AND nummer = ?), \
                 (SELECT vorgang FROM nachricht WHERE mandant = ? AND uuid = ?)",
                vec![
                    self.mandant.as_str().into(),
                    nummer.into(),
                    self.mandant.as_str().into(),
                    ausloeser.into(),
                ],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::Form("no row"))?;
        let genannt: Option<Vorgangsnummer> = zeile.next()?;
        let ausgeloest: Option<Vorgangsnummer> = zeile.next()?;
        let treffer = match (genannt, ausgeloest) {
            (Some(genannt), Some(ausgeloest)) if genannt == ausgeloest => Ok(genannt),
            (Some(_), Some(_)) => Err("widerspruch"),
            (Some(_), None) => Err("ausloeser-unbekannt"),
            (None, _) => Err("vorgang-unbekannt"),
        };
        Ok((treffer, genannt.or(ausgeloest)))
    }

    async fn compute_lage(&self, vorgang: &Vorgangsnummer) -> Result<Lage, AblageError> {
        let zeilen = self
            .query(
                "SELECT erstellt_am, 'rueckmeldung', id, wirkung FROM rueckmeldung \
                 WHERE mandant = ? AND vorgang = ? \
                 UNION ALL \
                 SELECT am, art, coalesce(zu, ''), '' FROM folge WHERE mandant = ? AND vorgang = ?",
                vec![
                    self.mandant.as_str().into(),
                    vorgang.into(),
                    self.mandant.as_str().into(),
                    vorgang.into(),
                ],
            )
            .await?;
        let mut gelesen: Vec<(i64, String, String, Wirkung)> = Vec::new();
        for mut zeile in zeilen {
            gelesen.push((zeile.next()?, zeile.next()?, zeile.next()?, read_wirkung(&mut zeile)?));
        }
        let schritte: Vec<Schritt<'_>> = gelesen
            .iter()
            .map(|(am, art, id, wirkung)| Schritt {
                am: *am,
                was: match Folgeart::parse(art) {
                    None => Was::Rueckmeldung { id, wirkung: *wirkung },
                    Some(Folgeart::Antwort) => {
                        Was::Antwort { zu: Some(id.as_str()).filter(|zu| !zu.is_empty()) }
                    }
                    Some(Folgeart::Ruecknahme) => Was::Ruecknahme,
                },
            })
            .collect();
        Ok(lage(&schritte))
    }

    /// Only inside a transaction.
    async fn update_lage(&self, vorgang: &Vorgangsnummer) -> Result<(), AblageError> {
        let zustand: Zustand = self.compute_lage(vorgang).await?.zustand;
        self.query(
            "UPDATE vorgang SET zustand = ? WHERE mandant = ? AND nummer = ?",
            vec![zustand.as_str().into(), self.mandant.as_str().into(), vorgang.into()],
        )
        .await?;
        Ok(())
    }

    fn read_rueckmeldung(&self, zeile: &mut Zeile) -> Result<Rueckmeldung, AblageError> {
        let id: String = zeile.next()?;
        Ok(Rueckmeldung {
            eingegangen_am: zeile.next()?,
            erstellt_am: zeile.next()?,
            nachrichtentyp: zeile.next()?,
            wirkung: read_wirkung(zeile)?,
            vorgang: zeile.next()?,
            vorschlag: zeile.next()?,
            grund: zeile.next()?,
            akteur: zeile.next()?,
            groesse: zeile.next()?,
            sha256: zeile.next()?,
            auszug: self.unseal(&RUECKMELDUNG_AUSZUG, &id, zeile.next()?)?,
            id,
        })
    }

    fn read_folge(&self, vorgang: &Vorgangsnummer, mut zeile: Zeile) -> Result<Folge, AblageError> {
        let name: String = zeile.next()?;
        let art: String = zeile.next()?;
        Ok(Folge {
            art: Folgeart::parse(&art).ok_or(AblageError::Form("a folge has an unknown art"))?,
            zu: zeile.next()?,
            am: zeile.next()?,
            text: self.unseal_text(&FOLGE_TEXT, &format!("{vorgang}/{name}"), zeile.next()?)?,
            dateien: Vec::new(),
            name,
        })
    }
}

/// So often something can be sent after one application: nobody fills the database with answers.
const FOLGEN_MAX: u32 = 200;

/// What an event says of a message: `130102:7f…`
fn code_of(nachrichtentyp: &str, hash: &[u8; 32]) -> String {
    let typ = if nachrichtentyp.is_empty() { "unlesbar" } else { nachrichtentyp };
    format!("{typ}:{}", hex(hash))
}

fn read_wirkung(zeile: &mut Zeile) -> Result<Wirkung, AblageError> {
    let wirkung: String = zeile.next()?;
    Wirkung::parse(&wirkung).ok_or(AblageError::Form("a rueckmeldung has an unknown wirkung"))
}
