//! The store of the functions: applications, attachments, messages, outbox and event log in one
//! SQL database, sealed at rest.
//!
//! [`Ablage`] has all operations as methods. It reaches its database through the small port
//! [`Verbindung`], which has two sides: Spin's SQLite (`spin`, in WebAssembly) and a file
//! (`nativ`, behind the feature of that name, for tests and tools).
//!
//! Absent on purpose: a clock (every operation gets its [`Zeitpunkt`]), formats of the API
//! (what callers store is bytes to this crate), the partners' protocols.

mod annahme;
mod bearer;
mod rueckkanal;
mod vorgang;
mod zustellung;

mod betriebsstand;
mod entwurf;
mod ereignis;
mod kette;
mod pruefung;
mod sitzung;
mod umschluesselung;
mod zaehler;
mod zugang;
mod zulieferung;

mod schema;
mod siegel;
mod sql;
mod suche;
mod zeit;

#[cfg(feature = "nativ")]
pub mod nativ;
#[cfg(target_arch = "wasm32")]
pub mod spin;
pub mod zufall;

use std::{cell::Cell, fmt};

pub use self::{
    annahme::{
        AnlageWahl, Annahme, Empfang, NeueNachricht, NeueZustellung, NeuerVorgang, Zuliefernachweis,
    },
    bearer::is_bearer,
    betriebsstand::{Stand, Tageslauf, Tageslaufstand, Ursache},
    entwurf::{Anlage, Anlagenherkunft, Entwurf, Grenzen, NeueAnlage},
    ereignis::{Ereignis, Ereignisart},
    kette::{Kettenpruefung, Kettenstand},
    pruefung::{BEFALLEN, Pruefling, Pruefstand, Quarantaene},
    rueckkanal::{
        Eingangsstand, Empfangsweg, Folge, Folgeart, NeueFolge, NeueRueckmeldung, Rueckkanal,
        Rueckmeldung,
    },
    siegel::{KeinSchluessel, Schluesselring},
    sitzung::{Sitzung, Sitzungsregel},
    sql::{SqlError, Verbindung, Wert, Zeile},
    umschluesselung::Umschluesselung,
    vorgang::{
        Bilanz, Cursor, Filter, Gesamt, Listeneintrag, Nachricht, Seite, Vorgang, Zielbilanz,
    },
    zaehler::Abweichung,
    zeit::Zeitpunkt,
    zugang::{Anmeldeversuch, Zugang, Zugangsstand},
    zulieferung::{Link, NeuerTeil, Zulieferannahme, Zulieferung, Zulieferzugang, Zulieferzustand},
    zustellung::{
        Fehlschlag, Pacht, Wiederholung, Ziel, Zielgrenzen, Zustellstand, Zustellung,
        Zustellzustand,
    },
};

/// The store of one tenant over one connection. A request opens one and drops it at its end.
pub struct Ablage<V> {
    verbindung: V,
    mandant: Mandant,
    ring: Schluesselring,
    /// Whether a transaction is open that nobody has ended.
    offen: Cell<bool>,
}

/// So often the lock of writers is asked for. Each time the database itself waits for it, about five
/// seconds; together that is less than a request may take.
const GEDULD: u32 = 4;

impl<V: Verbindung> Ablage<V> {
    /// Makes the store ready to use: settings of the connection, and the tables in their newest
    /// version.
    ///
    /// # Errors
    /// If the database does not answer or was made by a newer version of this program.
    pub async fn open(
        verbindung: V,
        mandant: Mandant,
        ring: Schluesselring,
    ) -> Result<Ablage<V>, AblageError> {
        let ablage = Ablage { verbindung, mandant, ring, offen: Cell::new(false) };
        ablage.migrate().await?;
        Ok(ablage)
    }

    /// The tenant whose data this store reads and writes.
    pub fn mandant(&self) -> &Mandant {
        &self.mandant
    }

    /// Runs a statement. One that finds the lock of writers taken is repeated: under load SQLite
    /// gives it to whoever asks just then, and who has waited longest may miss it for seconds.
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, AblageError> {
        // Reading needs no lock, and inside a transaction it is ours.
        let wants_lock = !self.offen.get() && !sql.starts_with("SELECT");
        for _ in 1..if wants_lock { GEDULD } else { 1 } {
            match self.verbindung.query(sql, parameter.clone()).await {
                Err(SqlError::Besetzt) => {}
                ergebnis => return Ok(ergebnis?),
            }
        }
        Ok(self.verbindung.query(sql, parameter).await?)
    }

    /// Runs `schritte` in one transaction that holds the write lock from its start. Nothing of it
    /// remains if one of them fails.
    async fn atomically<T>(
        &self,
        schritte: impl AsyncFnOnce() -> Result<T, AblageError>,
    ) -> Result<T, AblageError> {
        if self.offen.get() {
            // Somebody dropped the future of an earlier transaction half-way.
            self.query("ROLLBACK", vec![]).await?;
            self.offen.set(false);
        }
        // IMMEDIATE: a deferred one fails at once when another writes between its read and write.
        self.query("BEGIN IMMEDIATE", vec![]).await?;
        self.offen.set(true);
        let ausgang = match schritte().await {
            Ok(wert) => self.query("COMMIT", vec![]).await.map(|_| wert),
            Err(error) => Err(error),
        };
        if ausgang.is_err() && self.query("ROLLBACK", vec![]).await.is_err() {
            // The connection is lost or the transaction is gone already: the first error counts,
            // and the next transaction tries once more.
            return ausgang;
        }
        self.offen.set(false);
        ausgang
    }
}

impl<V> fmt::Debug for Ablage<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ablage").field("mandant", &self.mandant).finish_non_exhaustive()
    }
}

/// The name of a tenant: small letters, digits and hyphens, at most 63.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mandant(String);

impl Mandant {
    /// Reads a name as it stands in the configuration.
    ///
    /// # Errors
    /// If it has other characters or is too long.
    pub fn new(name: &str) -> Result<Mandant, KeinMandant> {
        let is_erlaubt =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        match (1..=63).contains(&name.len()) && name.bytes().all(is_erlaubt) {
            true => Ok(Mandant(name.to_owned())),
            false => Err(KeinMandant),
        }
    }

    /// The name as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no name of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mandant is named with small letters, digits and hyphens")]
pub struct KeinMandant;

/// Why an operation of the store did not happen. No variant carries contents.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AblageError {
    /// Another one writes; it is worth trying again.
    #[error("the database is busy")]
    Besetzt,
    /// The database refused or could not be reached.
    #[error("the database failed: {0}")]
    Sql(SqlError),
    /// A row is not as this version writes it.
    #[error("a row has an unexpected shape: {0}")]
    Form(&'static str),
    /// A stored value does not open: wrong key, or somebody changed or moved it.
    #[error("a sealed value in {tabelle}.{spalte} does not open")]
    Siegel {
        /// The table it was read from.
        tabelle: &'static str,
        /// The column it was read from.
        spalte: &'static str,
    },
    /// A value is sealed with a key that the configuration does not have.
    #[error("the key `{0}` is not in the key ring")]
    SchluesselFehlt(String),
    /// The operating system gave no random numbers.
    #[error("no random numbers")]
    Zufall,
    /// The tables were made by a newer version.
    #[error("the tables have version {0}, newer than this program")]
    SchemaNeuer(i64),
    /// There is no such thing, or not for this one who asks.
    #[error("not found")]
    NichtGefunden,
    /// Files of an application are not in the draft it names.
    #[error("a file is not in the draft")]
    AnlageFehlt,
    /// A virus scanner has found something in a file that an application names.
    #[error("a file is infected")]
    AnlageBefallen,
    /// The part that somebody else filled in was withdrawn or opened again meanwhile.
    #[error("the part of another one has changed")]
    ZulieferungGeaendert,
    /// The drawn Vorgangsnummer is taken: draw another one.
    #[error("the vorgangsnummer is taken")]
    NummerVergeben,
    /// The question is not open any more, or the case is at its end.
    #[error("the case does not wait for this")]
    NichtMoeglich,
    /// The draft has as many files as are allowed.
    #[error("the draft has too many files")]
    ZuVieleAnlagen,
    /// The files of the draft are as large together as is allowed.
    #[error("the files of the draft are too large together")]
    SummeZuGross,
    /// The lease ended and the row belongs to somebody else now: nothing was written.
    #[error("the lease is lost")]
    PachtVerloren,
}

impl From<SqlError> for AblageError {
    fn from(error: SqlError) -> AblageError {
        match error {
            SqlError::Besetzt => AblageError::Besetzt,
            error => AblageError::Sql(error),
        }
    }
}
