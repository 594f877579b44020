//! The port to an SQLite file, for tests, tools and the benchmark's baseline.

use std::{path::Path, pin::pin, task, time::Duration};

use rusqlite::{
    ErrorCode, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::{SqlError, Verbindung, Wert, Zeile};

/// A connection to an SQLite file.
#[derive(Debug)]
pub struct Datei(rusqlite::Connection);

impl Datei {
    /// Opens the file and creates it if there is none.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn open(pfad: &Path) -> Result<Datei, SqlError> {
        let mut verbindung = rusqlite::Connection::open(pfad).map_err(error)?;
        // SQLite's own handler waits up to 100 ms at a time, which the last of many writers feels.
        verbindung.busy_handler(Some(wait)).map_err(error)?;
        verbindung.set_prepared_statement_cache_capacity(64);
        Ok(Datei(verbindung))
    }

    /// A database of its own, gone with the connection.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Datei, SqlError> {
        rusqlite::Connection::open_in_memory().map(Datei).map_err(error)
    }

    /// The connection itself, for tests that look behind the store or damage it.
    pub fn connection(&self) -> &rusqlite::Connection {
        &self.0
    }
}

fn wait(versuche: i32) -> bool {
    std::thread::sleep(Duration::from_micros(if versuche < 20 { 100 } else { 500 }));
    versuche < 10_000
}

impl Verbindung for Datei {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        let mut befehl = self.0.prepare_cached(sql).map_err(error)?;
        let spalten = befehl.column_count();
        let mut zeilen = befehl.query(params_from_iter(parameter)).map_err(error)?;
        let mut gelesen = Vec::new();
        while let Some(zeile) = zeilen.next().map_err(error)? {
            let werte = (0..spalten).map(|i| Ok(wert(zeile.get_ref(i)?)));
            gelesen.push(Zeile::new(werte.collect::<rusqlite::Result<_>>().map_err(error)?));
        }
        Ok(gelesen)
    }
}

/// Runs a future of the store to its end. On this side nothing ever waits for anything but
/// SQLite, which blocks the thread.
///
/// # Panics
/// If the future waits for something else.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    let mut kontext = task::Context::from_waker(task::Waker::noop());
    match pin!(future).poll(&mut kontext) {
        task::Poll::Ready(wert) => wert,
        task::Poll::Pending => panic!("a future of the native store waited"),
    }
}

impl rusqlite::ToSql for Wert {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Wert::Null => ValueRef::Null,
            Wert::Ganzzahl(zahl) => ValueRef::Integer(*zahl),
            Wert::Text(text) => ValueRef::Text(text.as_bytes()),
            Wert::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn wert(wert: ValueRef<'_>) -> Wert {
    match wert {
        ValueRef::Null => Wert::Null,
        ValueRef::Integer(zahl) => Wert::Ganzzahl(zahl),
        ValueRef::Real(zahl) => Wert::Text(zahl.to_string()),
        ValueRef::Text(text) => Wert::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Wert::Bytes(bytes.to_vec()),
    }
}

fn error(error: rusqlite::Error) -> SqlError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => SqlError::Besetzt,
        _ => SqlError::Anderer(error.to_string()),
    }
}
