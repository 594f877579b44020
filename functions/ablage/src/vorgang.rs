//! Reading: one Vorgang with everything, lists of them, and the balance.

use std::{fmt, str::FromStr};

use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    Ablage, AblageError, Anlage, Ereignis, Verbindung, Wert, Zeile, Zeitpunkt, Ziel, Zustellstand,
    Zustellung, Zustellzustand,
    siegel::spalten::*,
    suche::woerter,
    zustellung::{read_ziel, read_zustand},
};

/// A Vorgang with everything but the contents of its files and messages.
pub struct Vorgang {
    /// Its number.
    pub nummer: Vorgangsnummer,
    /// The id of the application's form.
    pub antrag: String,
    /// The state of the case: `eingegangen`.
    pub zustand: String,
    /// How far its deliveries are, taken together.
    pub zustellstand: Zustellstand,
    /// When it was accepted.
    pub eingegangen_am: Zeitpunkt,
    /// The language of the applicant.
    pub sprache: String,
    /// SHA-256 over answers and attachments, as on the receipt.
    pub pruefsumme: [u8; 32],
    /// One line for lists.
    pub betreff: String,
    /// The answers, in the format of the caller who stored them.
    pub daten: Vec<u8>,
    /// The findings, in the format of the caller who stored them.
    pub hinweise: Vec<u8>,
    /// How many findings there are.
    pub hinweise_anzahl: u32,
    /// The files, in the order of the application.
    pub anlagen: Vec<Anlage>,
    /// The messages, by their names.
    pub nachrichten: Vec<Nachricht>,
    /// The deliveries, by target.
    pub zustellungen: Vec<Zustellung>,
    /// What happened, oldest first.
    pub ereignisse: Vec<Ereignis>,
}

impl fmt::Debug for Vorgang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vorgang")
            .field("nummer", &self.nummer)
            .field("antrag", &self.antrag)
            .field("zustellungen", &self.zustellungen)
            .finish_non_exhaustive()
    }
}

/// A message or document of a Vorgang, without its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nachricht {
    /// Its name within the Vorgang.
    pub art: String,
    /// Its identity for the receivers.
    pub uuid: String,
    /// Such as `application/xml`.
    pub medientyp: String,
    /// Bytes.
    pub groesse: u64,
    /// Of its contents.
    pub sha256: [u8; 32],
}

/// What a list shows. All that is set must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The id of the application's form.
    pub antrag: Option<String>,
    /// The state of the case.
    pub zustand: Option<String>,
    /// How far the deliveries are.
    pub zustellstand: Option<Zustellstand>,
    /// A Vorgangsnummer, or words that all stand in the betreff.
    pub suche: Option<String>,
    /// Accepted at or after.
    pub von: Option<Zeitpunkt>,
    /// Accepted before.
    pub bis: Option<Zeitpunkt>,
}

/// Where a page of a list ends. Its text is opaque to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    eingegangen_am: Zeitpunkt,
    nummer: Vorgangsnummer,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.eingegangen_am.millis(), self.nummer)
    }
}

impl FromStr for Cursor {
    type Err = AblageError;

    fn from_str(text: &str) -> Result<Cursor, AblageError> {
        let (millis, nummer) = text.split_once('.').ok_or(AblageError::Form("not a cursor"))?;
        Ok(Cursor {
            eingegangen_am: millis
                .parse()
                .map(Zeitpunkt::from_millis)
                .map_err(|_| AblageError::Form("not a cursor"))?,
            nummer: nummer.parse().map_err(|_| AblageError::Form("not a cursor"))?,
        })
    }
}

/// A page of a list.
#[derive(Debug)]
pub struct Seite {
    /// Newest first.
    pub eintraege: Vec<Listeneintrag>,
    /// Where the next page begins; `None` on the last.
    pub weiter: Option<Cursor>,
    /// How many there are on all pages.
    pub gesamt: Gesamt,
}

/// How many a filter lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesamt {
    /// Exactly so many.
    Genau(u64),
    /// More than these. Counting them all would take the longer the more there are.
    MehrAls(u64),
}

/// So many are counted one by one for a list, at most.
const ZAEHLGRENZE: u64 = 1_000;

/// A Vorgang in a list.
pub struct Listeneintrag {
    /// Its number.
    pub nummer: Vorgangsnummer,
    /// The id of the application's form.
    pub antrag: String,
    /// The state of the case.
    pub zustand: String,
    /// When it was accepted.
    pub eingegangen_am: Zeitpunkt,
    /// One line.
    pub betreff: String,
    /// How many findings travel along.
    pub hinweise_anzahl: u32,
    /// Target, state and code of the last error.
    pub zustellungen: Vec<(Ziel, Zustellzustand, Option<String>)>,
}

impl fmt::Debug for Listeneintrag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeneintrag")
            .field("nummer", &self.nummer)
            .field("zustellungen", &self.zustellungen)
            .finish_non_exhaustive()
    }
}

/// What became of everything that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilanz {
    /// Accepted in all.
    pub angenommen: u64,
    /// By target, in the order of [`Ziel::ALLE`]; targets that nothing was accepted for are
    /// missing.
    pub ziele: Vec<Zielbilanz>,
    /// When the oldest that still waits was accepted.
    pub aelteste_wartend_seit: Option<Zeitpunkt>,
}

impl Bilanz {
    /// Accepted = delivered + waiting + failed, for each target.
    pub fn stimmt(&self) -> bool {
        self.ziele
            .iter()
            .all(|ziel| ziel.angenommen == ziel.zugestellt + ziel.wartend + ziel.gescheitert)
    }
}

/// The balance of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zielbilanz {
    /// The target.
    pub ziel: Ziel,
    /// Accepted for it, counted at the Vorgänge and at what was sent after them.
    pub angenommen: u64,
    /// Delivered, counted at the outbox, as are the next two.
    pub zugestellt: u64,
    /// To be delivered, leased or unclear.
    pub wartend: u64,
    /// Failed for good.
    pub gescheitert: u64,
}

impl<V: Verbindung> Ablage<V> {
    /// A Vorgang with everything but the contents of its files and messages.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`], or what the database reports.
    pub async fn vorgang(&self, nummer: &Vorgangsnummer) -> Result<Vorgang, AblageError> {
        let zeilen = self
            .query(
                "SELECT antrag, zustand, zustellstand, eingegangen_am, sprache, pruefsumme, \
                 hinweise_anzahl, betreff, hinweise, daten FROM vorgang \
                 WHERE mandant = ? AND nummer = ?",
                vec![self.mandant.as_str().into(), nummer.into()],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let schluessel = nummer.to_string();
        Ok(Vorgang {
            nummer: *nummer,
            antrag: zeile.next()?,
            zustand: zeile.next()?,
            zustellstand: read_zustellstand(&mut zeile)?,
            eingegangen_am: zeile.next()?,
            sprache: zeile.next()?,
            pruefsumme: zeile.next()?,
            hinweise_anzahl: zeile.next()?,
            betreff: self.unseal_text(&VORGANG_BETREFF, &schluessel, zeile.next()?)?,
            hinweise: self.unseal(&VORGANG_HINWEISE, &schluessel, zeile.next()?)?,
            daten: self.unseal(&VORGANG_DATEN, &schluessel, zeile.next()?)?,
            anlagen: self.anlagen("vorgang", &schluessel).await?,
            nachrichten: self.nachrichten(nummer).await?,
            zustellungen: self.zustellungen(nummer).await?,
            ereignisse: self.ereignisse(nummer).await?,
        })
    }

    /// The contents of a file of a Vorgang.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if it has no such file.
    pub async fn anlage(&self, nummer: &Vorgangsnummer, id: &str) -> Result<Vec<u8>, AblageError> {
        self.anlage_inhalt("vorgang", &nummer.to_string(), id).await
    }

    /// A message of a Vorgang with its frozen bytes.
    ///
    /// # Errors
    /// [`AblageError::NichtGefunden`] if it has no such message.
    pub async fn nachricht(
        &self,
        nummer: &Vorgangsnummer,
        art: &str,
    ) -> Result<(Nachricht, Vec<u8>), AblageError> {
        let zeilen = self
            .query(
                "SELECT art, uuid, medientyp, groesse, sha256, inhalt FROM nachricht \
                 WHERE mandant = ? AND vorgang = ? AND art = ?",
                vec![self.mandant.as_str().into(), nummer.into(), art.into()],
            )
            .await?;
        let mut zeile = zeilen.into_iter().next().ok_or(AblageError::NichtGefunden)?;
        let nachricht = read_nachricht(&mut zeile)?;
        let schluessel = format!("{nummer}/{art}");
        let inhalt = self.unseal(&NACHRICHT_INHALT, &schluessel, zeile.next()?)?;
        Ok((nachricht, inhalt))
    }

    /// A page of the list, newest first, beginning behind `nach`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn list(
        &self,
        filter: &Filter,
        nach: Option<&Cursor>,
        anzahl: u32,
    ) -> Result<Seite, AblageError> {
        let gesamt = self.gesamt(filter).await?;
        let (bedingung, werte) = self.bedingung(filter);
        let mut seitenwerte = werte;
        let grenze = match nach {
            None => "",
            Some(cursor) => {
                seitenwerte.extend([cursor.eingegangen_am.into(), (&cursor.nummer).into()]);
                " AND (eingegangen_am, nummer) < (?, ?)"
            }
        };
        // One more than shown tells whether there is a next page.
        seitenwerte.push((anzahl.saturating_add(1)).into());
        let zeilen = self
            .query(
                &format!(
                    "SELECT nummer, antrag, zustand, eingegangen_am, hinweise_anzahl, betreff \
                     FROM vorgang WHERE {bedingung}{grenze} \
                     ORDER BY eingegangen_am DESC, nummer DESC LIMIT ?"
                ),
                seitenwerte,
            )
            .await?;
        let has_weitere = zeilen.len() > anzahl as usize;
        let mut eintraege: Vec<Listeneintrag> = zeilen
            .into_iter()
            .take(anzahl as usize)
            .map(|zeile| self.read_listeneintrag(zeile))
            .collect::<Result<_, _>>()?;
        self.add_zustellungen(&mut eintraege).await?;
        let letzter = eintraege.last().filter(|_| has_weitere);
        let weiter = letzter.map(|eintrag| Cursor {
            eingegangen_am: eintrag.eingegangen_am,
            nummer: eintrag.nummer,
        });
        Ok(Seite { eintraege, weiter, gesamt })
    }

    /// How many Vorgänge there are in each state of their deliveries, from the counts that are kept.
    /// States that none is in are missing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn zustellstaende(&self) -> Result<Vec<(Zustellstand, u64)>, AblageError> {
        self.query(
            "SELECT zustellstand, max(sum(anzahl), 0) FROM zaehler_vorgang WHERE mandant = ? \
             GROUP BY zustellstand HAVING 0 < sum(anzahl)",
            vec![self.mandant.as_str().into()],
        )
        .await?
        .into_iter()
        .map(|mut zeile| Ok((read_zustellstand(&mut zeile)?, zeile.next()?)))
        .collect()
    }

    /// From the counts that are kept; where those do not tell, counted up to a limit.
    async fn gesamt(&self, filter: &Filter) -> Result<Gesamt, AblageError> {
        let is_gefuehrt = filter.von.is_none() && filter.bis.is_none() && filter.suche.is_none();
        let (bedingung, mut werte) = self.bedingung(filter);
        let sql = if is_gefuehrt {
            format!(
                "SELECT max(coalesce(sum(anzahl), 0), 0) FROM zaehler_vorgang WHERE {bedingung}"
            )
        } else {
            werte.push(Wert::Ganzzahl(ZAEHLGRENZE as i64 + 1));
            format!("SELECT count(*) FROM (SELECT 1 FROM vorgang WHERE {bedingung} LIMIT ?)")
        };
        let zeilen = self.query(&sql, werte).await?;
        let anzahl = zeilen.into_iter().next().ok_or(AblageError::Form("no count"))?.next()?;
        Ok(match is_gefuehrt || anzahl <= ZAEHLGRENZE {
            true => Gesamt::Genau(anzahl),
            false => Gesamt::MehrAls(ZAEHLGRENZE),
        })
    }

    /// What became of everything that was accepted, from the counts that are kept: those of what
    /// was accepted know nothing of those of the outbox.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn bilanz(&self) -> Result<Bilanz, AblageError> {
        // One read transaction is not needed: one statement sees one state.
        let zeilen = self
            .query(
                "SELECT 'angenommen', ziele, max(sum(anzahl), 0) FROM zaehler_vorgang WHERE mandant = ? \
                 GROUP BY ziele \
                 UNION ALL \
                 SELECT 'nachgesandt', ziele, max(anzahl, 0) FROM zaehler_folge WHERE mandant = ? \
                 UNION ALL \
                 SELECT zustand, ziel, max(anzahl, 0) FROM zaehler_zustellung WHERE mandant = ?",
                vec![Wert::from(self.mandant.as_str()); 3],
            )
            .await?;
        let mut angenommen = 0;
        let mut bilanzen = Ziel::ALLE.map(|ziel| Zielbilanz {
            ziel,
            angenommen: 0,
            zugestellt: 0,
            wartend: 0,
            gescheitert: 0,
        });
        for mut zeile in zeilen {
            let (was, ziele, anzahl): (String, String, u64) =
                (zeile.next()?, zeile.next()?, zeile.next()?);
            if was == "angenommen" {
                angenommen += anzahl;
            }
            for bilanz in &mut bilanzen {
                if ziele.split(',').any(|ziel| ziel == bilanz.ziel.as_str()) {
                    match was.as_str() {
                        "angenommen" | "nachgesandt" => bilanz.angenommen += anzahl,
                        "zugestellt" => bilanz.zugestellt += anzahl,
                        "gescheitert" => bilanz.gescheitert += anzahl,
                        _ => bilanz.wartend += anzahl,
                    }
                }
            }
        }
        let aelteste = self
            .query(
                "SELECT min(angelegt_am) FROM zustellung INDEXED BY zustellung_faellig \
                 WHERE mandant = ? AND naechster_versuch_am IS NOT NULL",
                vec![self.mandant.as_str().into()],
            )
            .await?;
        let aelteste =
            aelteste.into_iter().next().ok_or(AblageError::Form("no minimum"))?.next()?;
        let ziele = bilanzen.into_iter().filter(|bilanz| {
            bilanz.angenommen + bilanz.zugestellt + bilanz.wartend + bilanz.gescheitert > 0
        });
        Ok(Bilanz { angenommen, ziele: ziele.collect(), aelteste_wartend_seit: aelteste })
    }

    async fn nachrichten(&self, nummer: &Vorgangsnummer) -> Result<Vec<Nachricht>, AblageError> {
        self.query(
            "SELECT art, uuid, medientyp, groesse, sha256 FROM nachricht \
             WHERE mandant = ? AND vorgang = ? ORDER BY art",
            vec![self.mandant.as_str().into(), nummer.into()],
        )
        .await?
        .into_iter()
        .map(|mut zeile| read_nachricht(&mut zeile))
        .collect()
    }

    fn bedingung(&self, filter: &Filter) -> (String, Vec<Wert>) {
        let mut bedingungen = vec!["mandant = ?".to_owned()];
        let mut werte: Vec<Wert> = vec![self.mandant.as_str().into()];
        let mut add = |bedingung: &str, wert: Wert| {
            bedingungen.push(bedingung.to_owned());
            werte.push(wert);
        };
        if let Some(antrag) = &filter.antrag {
            add("antrag = ?", antrag.as_str().into());
        }
        if let Some(zustand) = &filter.zustand {
            add("zustand = ?", zustand.as_str().into());
        }
        if let Some(zustellstand) = filter.zustellstand {
            add("zustellstand = ?", zustellstand.as_str().into());
        }
        if let Some(von) = filter.von {
            add("eingegangen_am >= ?", von.into());
        }
        if let Some(bis) = filter.bis {
            add("eingegangen_am < ?", bis.into());
        }
        if let Some(suche) = &filter.suche {
            if let Ok(nummer) = suche.parse::<Vorgangsnummer>() {
                add("nummer = ?", (&nummer).into());
            } else {
                for wort in woerter(suche) {
                    // A row is found under the key that it was indexed with.
                    let formen = self.ring.suchwoerter(self.mandant.as_str(), &wort);
                    bedingungen.push(format!(
                        "nummer IN (SELECT vorgang FROM suchwort WHERE mandant = ? AND wort IN ({}))",
                        vec!["?"; formen.len()].join(", ")
                    ));
                    werte.push(self.mandant.as_str().into());
                    werte.extend(formen.into_iter().map(Wert::from));
                }
            }
        }
        (bedingungen.join(" AND "), werte)
    }

    fn read_listeneintrag(&self, mut zeile: Zeile) -> Result<Listeneintrag, AblageError> {
        let nummer: Vorgangsnummer = zeile.next()?;
        Ok(Listeneintrag {
            nummer,
            antrag: zeile.next()?,
            zustand: zeile.next()?,
            eingegangen_am: zeile.next()?,
            hinweise_anzahl: zeile.next()?,
            betreff: self.unseal_text(&VORGANG_BETREFF, &nummer.to_string(), zeile.next()?)?,
            zustellungen: Vec::new(),
        })
    }

    async fn add_zustellungen(&self, eintraege: &mut [Listeneintrag]) -> Result<(), AblageError> {
        if eintraege.is_empty() {
            return Ok(());
        }
        let mut werte: Vec<Wert> = vec![self.mandant.as_str().into()];
        werte.extend(eintraege.iter().map(|eintrag| Wert::from(&eintrag.nummer)));
        let zeilen = self
            .query(
                &format!(
                    "SELECT vorgang, ziel, zustand, fehler_code FROM zustellung \
                     WHERE mandant = ? AND vorgang IN ({}) ORDER BY vorgang, ziel, folge",
                    vec!["?"; eintraege.len()].join(", ")
                ),
                werte,
            )
            .await?;
        for mut zeile in zeilen {
            let nummer: Vorgangsnummer = zeile.next()?;
            let zustellung = (read_ziel(&mut zeile)?, read_zustand(&mut zeile)?, zeile.next()?);
            if let Some(eintrag) = eintraege.iter_mut().find(|eintrag| eintrag.nummer == nummer) {
                eintrag.zustellungen.push(zustellung);
            }
        }
        Ok(())
    }
}

fn read_nachricht(zeile: &mut Zeile) -> Result<Nachricht, AblageError> {
    Ok(Nachricht {
        art: zeile.next()?,
        uuid: zeile.next()?,
        medientyp: zeile.next()?,
        groesse: zeile.next()?,
        sha256: zeile.next()?,
    })
}

fn read_zustellstand(zeile: &mut Zeile) -> Result<Zustellstand, AblageError> {
    let stand: String = zeile.next()?;
    Zustellstand::parse(&stand).ok_or(AblageError::Form("a vorgang has an unknown zustellstand"))
}
