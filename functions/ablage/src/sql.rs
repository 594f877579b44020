//! The port to the database: one statement in, all its rows out.

use std::fmt;

use shared::vorgangsnummer::Vorgangsnummer;

use crate::{AblageError, Zeitpunkt};

/// One connection to a database.
pub trait Verbindung {
    /// Runs one statement and returns all its rows, so that nothing is left to drain.
    ///
    /// # Errors
    /// [`SqlError`] without any of the parameters in its text.
    fn query(
        &self,
        sql: &str,
        parameter: Vec<Wert>,
    ) -> impl Future<Output = Result<Vec<Zeile>, SqlError>>;
}

impl<V: Verbindung> Verbindung for &V {
    fn query(
        &self,
        sql: &str,
        parameter: Vec<Wert>,
    ) -> impl Future<Output = Result<Vec<Zeile>, SqlError>> {
        V::query(self, sql, parameter)
    }
}

/// What the database itself reports.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SqlError {
    /// Somebody else holds the lock.
    #[error("database is locked")]
    Besetzt,
    /// Everything else, in the words of the database.
    #[error("{0}")]
    Anderer(String),
}

/// A value in a row or a parameter. Its Debug output shows kinds and lengths only.
#[derive(Clone, PartialEq, Eq)]
pub enum Wert {
    /// SQL's NULL.
    Null,
    /// INTEGER, BIGINT.
    Ganzzahl(i64),
    /// TEXT.
    Text(String),
    /// BLOB, BYTEA.
    Bytes(Vec<u8>),
}

impl fmt::Debug for Wert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wert::Null => f.write_str("Null"),
            Wert::Ganzzahl(_) => f.write_str("Ganzzahl"),
            Wert::Text(text) => write!(f, "Text[{}]", text.len()),
            Wert::Bytes(bytes) => write!(f, "Bytes[{}]", bytes.len()),
        }
    }
}

impl From<i64> for Wert {
    fn from(zahl: i64) -> Wert {
        Wert::Ganzzahl(zahl)
    }
}

impl From<u32> for Wert {
    fn from(zahl: u32) -> Wert {
        Wert::Ganzzahl(zahl.into())
    }
}

impl From<bool> for Wert {
    fn from(wahr: bool) -> Wert {
        Wert::Ganzzahl(wahr.into())
    }
}

impl From<&str> for Wert {
    fn from(text: &str) -> Wert {
        Wert::Text(text.to_owned())
    }
}

impl From<String> for Wert {
    fn from(text: String) -> Wert {
        Wert::Text(text)
    }
}

impl From<Vec<u8>> for Wert {
    fn from(bytes: Vec<u8>) -> Wert {
        Wert::Bytes(bytes)
    }
}

impl From<&[u8]> for Wert {
    fn from(bytes: &[u8]) -> Wert {
        Wert::Bytes(bytes.to_vec())
    }
}

impl From<[u8; 32]> for Wert {
    fn from(bytes: [u8; 32]) -> Wert {
        Wert::Bytes(bytes.to_vec())
    }
}

impl From<Zeitpunkt> for Wert {
    fn from(zeitpunkt: Zeitpunkt) -> Wert {
        Wert::Ganzzahl(zeitpunkt.millis())
    }
}

impl From<&Vorgangsnummer> for Wert {
    fn from(nummer: &Vorgangsnummer) -> Wert {
        Wert::Text(nummer.to_string())
    }
}

impl<T: Into<Wert>> From<Option<T>> for Wert {
    fn from(wert: Option<T>) -> Wert {
        wert.map_or(Wert::Null, Into::into)
    }
}

/// One row, read from its first column to its last.
#[derive(Debug)]
pub struct Zeile(std::vec::IntoIter<Wert>);

impl Zeile {
    /// A row of these values.
    pub fn new(werte: Vec<Wert>) -> Zeile {
        Zeile(werte.into_iter())
    }

    /// The next column.
    pub(crate) fn next<T: AusWert>(&mut self) -> Result<T, AblageError> {
        T::aus_wert(self.next_wert()?).ok_or(AblageError::Form("a column has another type"))
    }

    /// The next column, whatever it is.
    pub(crate) fn next_wert(&mut self) -> Result<Wert, AblageError> {
        self.0.next().ok_or(AblageError::Form("a column is missing"))
    }
}

/// What a column can be read as.
pub(crate) trait AusWert: Sized {
    /// `None` if the column holds something else.
    fn aus_wert(wert: Wert) -> Option<Self>;
}

impl AusWert for i64 {
    fn aus_wert(wert: Wert) -> Option<i64> {
        match wert {
            Wert::Ganzzahl(zahl) => Some(zahl),
            _ => None,
        }
    }
}

impl AusWert for u32 {
    fn aus_wert(wert: Wert) -> Option<u32> {
        u32::try_from(i64::aus_wert(wert)?).ok()
    }
}

impl AusWert for u64 {
    fn aus_wert(wert: Wert) -> Option<u64> {
        u64::try_from(i64::aus_wert(wert)?).ok()
    }
}

impl AusWert for bool {
    fn aus_wert(wert: Wert) -> Option<bool> {
        Some(i64::aus_wert(wert)? != 0)
    }
}

impl AusWert for String {
    fn aus_wert(wert: Wert) -> Option<String> {
        match wert {
            Wert::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl AusWert for Vec<u8> {
    fn aus_wert(wert: Wert) -> Option<Vec<u8>> {
        match wert {
            Wert::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl AusWert for [u8; 32] {
    fn aus_wert(wert: Wert) -> Option<[u8; 32]> {
        Vec::aus_wert(wert)?.try_into().ok()
    }
}

impl AusWert for Zeitpunkt {
    fn aus_wert(wert: Wert) -> Option<Zeitpunkt> {
        i64::aus_wert(wert).map(Zeitpunkt::from_millis)
    }
}

impl AusWert for Vorgangsnummer {
    fn aus_wert(wert: Wert) -> Option<Vorgangsnummer> {
        String::aus_wert(wert)?.parse().ok()
    }
}

impl<T: AusWert> AusWert for Option<T> {
    fn aus_wert(wert: Wert) -> Option<Option<T>> {
        match wert {
            Wert::Null => Some(None),
            wert => T::aus_wert(wert).map(Some),
        }
    }
}

/// `(?, ?), (?, ?)`: places for `zeilen` rows of `spalten` values.
pub(crate) fn platzhalter(zeilen: usize, spalten: usize) -> String {
    let zeile = format!("({})", vec!["?"; spalten].join(", "));
    vec![zeile; zeilen].join(", ")
}
