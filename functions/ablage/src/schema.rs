//! The tables, and how an older database becomes a newer one.

use crate::{Ablage, AblageError, Verbindung, Zeile};

/// Each file brings the tables from one version to the next. A file that was released is never
/// changed. Statements are parted by an empty line.
const SCHRITTE: &[&str] = &[
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
];

/// `PRAGMA synchronous`: a commit is on the disk when it returns, so a receipt holds.
const SYNCHRONOUS_FULL: i64 = 2;

impl<V: Verbindung> Ablage<V> {
    /// Sets up the connection and brings the tables to the newest version. Where all is as it
    /// should be, this is one cheap statement.
    pub(crate) async fn migrate(&self) -> Result<(), AblageError> {
        let stand = self.schema_stand().await?;
        if !stand.fremdschluessel {
            self.query("PRAGMA foreign_keys = ON", vec![]).await?;
        }
        if stand.synchronous < SYNCHRONOUS_FULL {
            self.query("PRAGMA synchronous = FULL", vec![]).await?;
        }
        if stand.version == SCHRITTE.len() as i64 {
            return Ok(());
        }
        self.switch_to_wal().await?;
        self.atomically(async || {
            // Another instance may have been faster.
            let version = self.schema_stand().await?.version;
            let getan = usize::try_from(version).ok().filter(|&getan| getan <= SCHRITTE.len());
            let getan = getan.ok_or(AblageError::SchemaNeuer(version))?;
            for schritt in &SCHRITTE[getan..] {
                for befehl in schritt.split("\n\n") {
                    self.query(befehl, vec![]).await?;
                }
            }
            let version = SCHRITTE.len();
            self.query(&format!("PRAGMA user_version = {version}"), vec![]).await?;
            Ok(())
        })
        .await
    }

    /// Stays in the file. A database in memory keeps its own mode.
    async fn switch_to_wal(&self) -> Result<(), AblageError> {
        // The switch needs the file for itself, and SQLite does not always wait for that: several
        // instances that meet a new file may refuse each other for a moment.
        for _ in 0..50 {
            match self.query("PRAGMA journal_mode = WAL", vec![]).await {
                Err(AblageError::Besetzt) => {}
                anderes => return anderes.map(|_| ()),
            }
        }
        Err(AblageError::Besetzt)
    }

    async fn schema_stand(&self) -> Result<Stand, AblageError> {
        let zeilen = self
            .query(
                "SELECT user_version, foreign_keys, synchronous \
                 FROM pragma_user_version, pragma_foreign_keys, pragma_synchronous",
                vec![],
            )
            .await?;
        let mut zeile: Zeile =
            zeilen.into_iter().next().ok_or(AblageError::Form("the pragmas have no row"))?;
        Ok(Stand {
            version: zeile.next()?,
            fremdschluessel: zeile.next()?,
            synchronous: zeile.next()?,
        })
    }
}

struct Stand {
    version: i64,
    fremdschluessel: bool,
    synchronous: i64,
}
