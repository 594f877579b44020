//! The port to Spin's SQLite.

use spin_sdk::sqlite::{Connection, Error, Value};

use crate::{SqlError, Verbindung, Wert, Zeile};

/// A connection to the component's database.
pub struct Spin(Connection);

impl Spin {
    /// Opens the database `default`. Do it once a request: an opening costs more than a statement.
    ///
    /// # Errors
    /// If the component may not use it or the host cannot open it.
    pub async fn open_default() -> Result<Spin, SqlError> {
        Connection::open_default().await.map(Spin).map_err(error)
    }
}

impl Verbindung for Spin {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let parameter = parameter.into_iter().map(into_value);
        // A failed statement is an Ok here; its error comes with the last row. And a statement
        // that is not drained holds the connection for ever.
        let ergebnis = self.0.execute(sql, parameter).await.map_err(error)?;
        let zeilen = ergebnis.collect().await.map_err(error)?;
        Ok(zeilen
            .into_iter()
            .map(|zeile| Zeile::new(zeile.values.into_iter().map(from_value).collect()))
            .collect())
    }
}

fn into_value(wert: Wert) -> Value {
    match wert {
        Wert::Null => Value::Null,
        Wert::Ganzzahl(zahl) => Value::Integer(zahl),
        Wert::Text(text) => Value::Text(text),
        Wert::Bytes(bytes) => Value::Blob(bytes),
    }
}

fn from_value(wert: Value) -> Wert {
    match wert {
        Value::Null => Wert::Null,
        Value::Integer(zahl) => Wert::Ganzzahl(zahl),
        Value::Real(zahl) => Wert::Text(zahl.to_string()),
        Value::Text(text) => Wert::Text(text),
        Value::Blob(bytes) => Wert::Bytes(bytes),
    }
}

fn error(error: Error) -> SqlError {
    match error {
        // Spin has no variant for it, only the text of SQLite.
        Error::Io(text) if text.contains("database is locked") => SqlError::Besetzt,
        Error::Io(text) => SqlError::Anderer(text),
        error => SqlError::Anderer(format!("{error:?}")),
    }
}
