//! Rotation of keys: rows sealed with an old key are sealed anew with the first of the ring.

use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    Ablage, AblageError, Verbindung, Wert, Zeile,
    annahme::hex,
    siegel::{
        Spalte,
        spalten::{self, VORGANG_BETREFF},
    },
    sql::platzhalter,
    suche::woerter,
};

/// How far a rotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Umschluesselung {
    /// Rows that were sealed anew now.
    pub umgeschluesselt: u32,
    /// Rows that still have an old key. At 0 the old keys can be taken out of the configuration.
    pub rest: u64,
}

/// A table with sealed columns and the columns of its key behind `mandant`, whose texts, joined by
/// `/` without the empty ones, the sealed values are bound to.
struct Tabelle {
    name: &'static str,
    schluessel: &'static [&'static str],
}

const TABELLEN: &[Tabelle] = &[
    Tabelle { name: "vorgang", schluessel: &["nummer"] },
    Tabelle { name: "anlage", schluessel: &["id"] },
    Tabelle { name: "anlage_inhalt", schluessel: &["id"] },
    Tabelle { name: "nachricht", schluessel: &["vorgang", "art"] },
    Tabelle { name: "zustellung", schluessel: &["vorgang", "ziel", "folge"] },
    Tabelle { name: "empfang", schluessel: &["schluessel_hash"] },
    Tabelle { name: "zulieferung", schluessel: &["id"] },
    Tabelle { name: "folge", schluessel: &["vorgang", "folge"] },
    Tabelle { name: "rueckmeldung", schluessel: &["id"] },
];

impl<V: Verbindung> Ablage<V> {
    /// Seals up to `hoechstens` rows anew that have another key than the first. Each row is a
    /// transaction of its own, so the portal goes on working meanwhile.
    ///
    /// # Errors
    /// [`AblageError::SchluesselFehlt`] if an old key was taken out too early.
    pub async fn umschluesseln(&self, hoechstens: u32) -> Result<Umschluesselung, AblageError> {
        let mut umgeschluesselt = 0;
        for tabelle in TABELLEN {
            let zeilen = self
                .query(
                    &format!(
                        "SELECT {} FROM {} WHERE mandant = ? \
                         AND (schluessel < ? OR schluessel > ?) LIMIT ?",
                        tabelle.schluessel.join(", "),
                        tabelle.name
                    ),
                    vec![
                        self.mandant.as_str().into(),
                        self.ring.id().into(),
                        self.ring.id().into(),
                        (hoechstens - umgeschluesselt).into(),
                    ],
                )
                .await?;
            for zeile in zeilen {
                self.atomically(async || self.reseal(tabelle, zeile).await).await?;
                umgeschluesselt += 1;
            }
        }
        let mut rest = 0;
        for tabelle in TABELLEN {
            rest += self.count_alte(tabelle).await?;
        }
        Ok(Umschluesselung { umgeschluesselt, rest })
    }

    async fn count_alte(&self, tabelle: &Tabelle) -> Result<u64, AblageError> {
        let zeilen = self
            .query(
                &format!(
                    "SELECT count(*) FROM {} WHERE mandant = ? \
                     AND (schluessel < ? OR schluessel > ?)",
                    tabelle.name
                ),
                vec![self.mandant.as_str().into(), self.ring.id().into(), self.ring.id().into()],
            )
            .await?;
        zeilen.into_iter().next().ok_or(AblageError::Form("no count"))?.next()
    }

    async fn reseal(&self, tabelle: &Tabelle, mut schluessel: Zeile) -> Result<(), AblageError> {
        let mut werte: Vec<Wert> = vec![self.mandant.as_str().into()];
        let mut texte: Vec<String> = Vec::new();
        for _ in tabelle.schluessel {
            let wert = schluessel.next_wert()?;
            texte.push(match &wert {
                Wert::Text(text) => text.clone(),
                Wert::Bytes(bytes) => hex(bytes),
                _ => return Err(AblageError::Form("a key is neither text nor bytes")),
            });
            werte.push(wert);
        }
        texte.retain(|text| !text.is_empty());
        let ort = texte.join("/");
        let spalten: Vec<&Spalte> =
            spalten::ALLE.iter().filter(|spalte| spalte.tabelle == tabelle.name).collect();
        let namen: Vec<&str> = spalten.iter().map(|spalte| spalte.name).collect();
        let wo: String =
            tabelle.schluessel.iter().map(|spalte| format!(" AND {spalte} = ?")).collect();
        let zeilen = self
            .query(
                &format!("SELECT {} FROM {} WHERE mandant = ?{wo}", namen.join(", "), tabelle.name),
                werte.clone(),
            )
            .await?;
        // Deleted meanwhile: nothing to do.
        let Some(mut zeile) = zeilen.into_iter().next() else { return Ok(()) };
        let mut neu: Vec<Wert> = vec![self.ring.id().into()];
        for spalte in spalten {
            let klartext = match zeile.next::<Option<Vec<u8>>>()? {
                None => {
                    neu.push(Wert::Null);
                    continue;
                }
                Some(versiegelt) => self.unseal(spalte, &ort, versiegelt)?,
            };
            if spalte.name == VORGANG_BETREFF.name && spalte.tabelle == VORGANG_BETREFF.tabelle {
                self.reindex(&ort, &klartext).await?;
            }
            neu.push(self.seal(spalte, &ort, klartext)?.into());
        }
        neu.extend(werte);
        let setzen: String = namen.iter().map(|name| format!(", {name} = ?")).collect();
        self.query(
            &format!("UPDATE {} SET schluessel = ?{setzen} WHERE mandant = ?{wo}", tabelle.name),
            neu,
        )
        .await?;
        Ok(())
    }

    /// The search words of a Vorgang hang on a key as well.
    async fn reindex(&self, nummer: &str, betreff: &[u8]) -> Result<(), AblageError> {
        let nummer: Vorgangsnummer =
            nummer.parse().map_err(|_| AblageError::Form("not a vorgangsnummer"))?;
        let betreff = std::str::from_utf8(betreff)
            .map_err(|_| AblageError::Form("a sealed text is not UTF-8"))?;
        let formen: Vec<Vec<u8>> = woerter(betreff)
            .iter()
            .flat_map(|wort| self.ring.suchwoerter(self.mandant.as_str(), wort))
            .collect();
        if formen.is_empty() {
            return Ok(());
        }
        let mut werte: Vec<Wert> = vec![self.mandant.as_str().into(), (&nummer).into()];
        let platzhalter = platzhalter(1, formen.len());
        werte.extend(formen.into_iter().map(Wert::from));
        self.query(
            &format!(
                "DELETE FROM suchwort WHERE mandant = ? AND vorgang = ? AND wort IN {platzhalter}"
            ),
            werte,
        )
        .await?;
        if let Some(befehl) = self.insert_suchwoerter(nummer, betreff) {
            self.execute(befehl).await?;
        }
        Ok(())
    }
}
