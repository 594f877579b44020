//! The counts that triggers keep beside the tables, so that lists and the balance cost the same
//! however much there is. Here everything is counted anew, to prove them.

use crate::{Ablage, AblageError, Verbindung, Wert};

/// The tables with kept counts, and what they are counted by.
const TABELLEN: [(&str, &str); 4] = [
    ("vorgang", "antrag, zustand, zustellstand, ziele"),
    ("folge", "ziele"),
    ("zustellung", "ziel, zustand"),
    ("anlage", "pruefung"),
];

/// A kept count that was not what there is. Somebody wrote past the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abweichung {
    /// The table and what was counted, such as `zustellung dms zugestellt`.
    pub was: String,
    /// As it was kept.
    pub gefuehrt: i64,
    /// As it was counted.
    pub gezaehlt: i64,
}

impl<V: Verbindung> Ablage<V> {
    /// Counts everything and compares it with the counts that are kept. Takes the longer the more
    /// there is, but nobody waits for it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn check_zaehler(&self) -> Result<Vec<Abweichung>, AblageError> {
        let mut abweichungen = Vec::new();
        for (tabelle, spalten) in TABELLEN {
            // One statement sees one state.
            let text = spalten.replace(", ", " || ' ' || ");
            let zeilen = self
                .query(
                    &format!(
                        "SELECT was, sum(gefuehrt), sum(gezaehlt) FROM ( \
                            SELECT {text} AS was, anzahl AS gefuehrt, 0 AS gezaehlt \
                            FROM zaehler_{tabelle} WHERE mandant = ? \
                            UNION ALL \
                            SELECT {text}, 0, count(*) FROM {tabelle} WHERE mandant = ? \
                            GROUP BY {spalten}) \
                         GROUP BY was HAVING sum(gefuehrt) <> sum(gezaehlt) ORDER BY was"
                    ),
                    vec![Wert::from(self.mandant.as_str()); 2],
                )
                .await?;
            for mut zeile in zeilen {
                let was: String = zeile.next()?;
                abweichungen.push(Abweichung {
                    was: format!("{tabelle} {was}"),
                    gefuehrt: zeile.next()?,
                    gezaehlt: zeile.next()?,
                });
            }
        }
        Ok(abweichungen)
    }

    /// As [`Ablage::check_zaehler`]; where a kept count was wrong, it is put right. Says what was
    /// wrong.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn recount(&self) -> Result<Vec<Abweichung>, AblageError> {
        if self.check_zaehler().await?.is_empty() {
            return Ok(Vec::new());
        }
        self.atomically(async || {
            // Nobody else writes now.
            let abweichungen = self.check_zaehler().await?;
            let mandant = || vec![self.mandant.as_str().into()];
            for (tabelle, spalten) in TABELLEN {
                self.query(&format!("DELETE FROM zaehler_{tabelle} WHERE mandant = ?"), mandant())
                    .await?;
                self.query(
                    &format!(
                        "INSERT INTO zaehler_{tabelle} (mandant, {spalten}, anzahl) \
                         SELECT mandant, {spalten}, count(*) FROM {tabelle} WHERE mandant = ? \
                         GROUP BY {spalten}"
                    ),
                    mandant(),
                )
                .await?;
            }
            Ok(abweichungen)
        })
        .await
    }
}
