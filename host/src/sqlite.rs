//! `spin:sqlite`: databases, their pool of connections and the statements of components.
//!
//! What a component sees is as in Spin: each open connection seems new, a failed statement shows in the `result` that
//! ends the rows, ATTACH of files is denied. Underneath, connections are pooled, because opening one costs more than
//! most requests and closing the last one checkpoints the WAL.
//!
//! # Which thread runs a statement
//!
//! Statements run where the component runs, and on a blocking thread only when they could wait or take long:
//! - Writers of one database take turns ([`writer`]) before SQLite is asked for its lock, without a thread each. So a statement does not wait for a lock inside SQLite, unless another process holds it; then it
//!   answers `SQLITE_BUSY` at once (see [`Control::is_inline`]) and is repeated on a blocking thread.
//! - A reading statement that works for long is interrupted and repeated on a blocking thread. A writing one is not:
//!   there is only one at a time, and the runtime has more threads than that.
//! - Large parameters go to a blocking thread at once.

mod writer;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use anyhow::Context as _;
use rusqlite::{
    ErrorCode, TransactionState,
    hooks::{AuthAction, AuthContext, Authorization},
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use wasmtime::component::{Accessor, FutureReader, Resource, StreamReader};

use crate::{
    bindings::spin::sqlite::sqlite::{
        Error, Host, HostConnection, HostConnectionWithStore, QueryResult, RowResult, Value,
    },
    serve::{HasState, State},
    sqlite::writer::{Turn, Writer},
};

/// How long a statement waits for a lock, as rusqlite's default in Spin.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Connections kept open per database.
const IDLE_MAX: usize = 32;
/// Connections a component's instance may have open.
const OPEN_MAX: usize = 16;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 128;
/// Largest result of one statement, as in Spin.
const RESULT_MAX: usize = 128 << 20;
/// Parameters larger than this are written on a blocking thread.
const INLINE_PARAMETERS_MAX: usize = 256 << 10;
/// SQLite's virtual machine asks whether to go on after so many steps.
const PROGRESS_STEPS: i32 = 10_000;
/// A reading statement may ask so often before it moves to a blocking thread: about a millisecond.
const INLINE_PROGRESS_MAX: u32 = 10;

/// Settings of a connection that a component may change and that are put back before the next one gets it.
const SESSION_PRAGMAS: [&str; 9] = [
    "cache_size",
    "foreign_keys",
    "mmap_size",
    "query_only",
    "recursive_triggers",
    "secure_delete",
    "synchronous",
    "temp_store",
    "wal_autocheckpoint",
];
/// Pragmas that change no setting of the connection. After any other the connection is closed, not pooled.
const STATELESS_PRAGMAS: [&str; 24] = [
    "application_id",
    "auto_vacuum",
    "collation_list",
    "compile_options",
    "data_version",
    "database_list",
    "defer_foreign_keys",
    "encoding",
    "foreign_key_check",
    "foreign_key_list",
    "freelist_count",
    "function_list",
    "incremental_vacuum",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "optimize",
    "page_count",
    "page_size",
    "quick_check",
    "table_info",
    "table_list",
    "table_xinfo",
];

/// One database file and its pooled connections.
pub struct Database {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    writer: Arc<Writer>,
}

impl Database {
    /// A database at `path`; the file and its folder are made if they are not there.
    pub fn open(path: &Path) -> anyhow::Result<Arc<Database>> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("failed to create folder {}", folder.display()))?;
        }
        let database =
            Database { path: path.to_owned(), idle: Mutex::default(), writer: Arc::default() };
        // Also says at the start, and not at the first request, if the file cannot be used.
        let anchor = Connection::open(path)
            .with_context(|| format!("failed to open database {}", path.display()))?;
        database.idle().push(anchor);
        Ok(Arc::new(database))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn session(self: Arc<Database>) -> Result<Session, Error> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let path = self.path.clone();
                tokio::task::spawn_blocking(move || Connection::open(&path))
                    .await
                    .map_err(|_| Error::Io("opening the database failed".to_owned()))?
                    .map_err(|error| Error::Io(error.to_string()))?
            }
        };
        let inner = Inner {
            connection: Some(connection),
            database: self,
            writing: None,
            has_written: false,
            has_inserted: false,
        };
        Ok(Session(Arc::new(tokio::sync::Mutex::new(inner))))
    }
}

/// A pooled connection of SQLite with its hooks.
struct Connection {
    sqlite: rusqlite::Connection,
    control: Arc<Control>,
    defaults: Vec<(&'static str, i64)>,
}

/// What the hooks of a connection look at and take note of.
#[derive(Default)]
struct Control {
    /// Whether the statement runs on an async thread, where it must not wait.
    is_inline: AtomicBool,
    /// Whether the statement may be interrupted and repeated.
    is_repeatable: AtomicBool,
    /// How often the virtual machine has asked during this statement.
    progress: AtomicU32,
    /// Whether nobody waits for the statement any more.
    is_abandoned: AtomicBool,
    /// Bit i: `SESSION_PRAGMAS[i]` was named.
    changed_pragmas: AtomicU32,
    /// Whether the statement only changes a setting of the connection.
    is_setting: AtomicBool,
    /// Whether the busy handler was replaced by `PRAGMA busy_timeout`.
    has_own_timeout: AtomicBool,
    /// Whether the connection has state that cannot be put back.
    is_spoilt: AtomicBool,
}

impl Connection {
    fn open(path: &Path) -> rusqlite::Result<Connection> {
        let mut sqlite = rusqlite::Connection::open(path)?;
        sqlite.set_prepared_statement_cache_capacity(STATEMENTS);
        let control = Arc::new(Control::default());
        install_busy_handler(&mut sqlite, &control)?;
        let mut defaults = Vec::with_capacity(SESSION_PRAGMAS.len());
        for name in SESSION_PRAGMAS {
            let value = sqlite.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0));
            match value {
                Ok(value) => defaults.push((name, value)),
                // Some builds of SQLite lack some settings.
                Err(rusqlite::Error::QueryReturnedNoRows) => {}
                Err(error) => return Err(error),
            }
        }
        let seen = Arc::clone(&control);
        sqlite.progress_handler(PROGRESS_STEPS, Some(move || seen.must_stop()))?;
        let seen = Arc::clone(&control);
        sqlite.authorizer(Some(move |context: AuthContext<'_>| seen.authorize(context.action)))?;
        Ok(Connection { sqlite, control, defaults })
    }

    /// Makes the connection as good as new; `false` if it has to be closed.
    fn reset(&mut self) -> bool {
        self.control.is_inline.store(false, Relaxed);
        self.control.is_abandoned.store(false, Relaxed);
        if !self.sqlite.is_autocommit() && self.sqlite.execute_batch("ROLLBACK").is_err() {
            return false;
        }
        if self.control.is_spoilt.load(Relaxed) {
            return false;
        }
        let changed = self.control.changed_pragmas.load(Relaxed);
        for (_, name) in SESSION_PRAGMAS.iter().enumerate().filter(|(i, _)| changed & (1 << i) != 0)
        {
            let Some((_, value)) = self.defaults.iter().find(|(default, _)| default == name) else {
                return false;
            };
            if self.sqlite.execute_batch(&format!("PRAGMA {name} = {value}")).is_err() {
                return false;
            }
        }
        self.control.changed_pragmas.store(0, Relaxed);
        if self.control.has_own_timeout.swap(false, Relaxed)
            && install_busy_handler(&mut self.sqlite, &self.control).is_err()
        {
            return false;
        }
        true
    }

    fn is_writing(&self) -> bool {
        // An error only means that the state is not known: keep the lock then.
        self.sqlite
            .transaction_state(None::<&str>)
            .map_or(true, |state| state == TransactionState::Write)
    }
}

impl Control {
    fn must_stop(&self) -> bool {
        if self.is_abandoned.load(Relaxed) {
            return true;
        }
        self.is_inline.load(Relaxed)
            && self.is_repeatable.load(Relaxed)
            && INLINE_PROGRESS_MAX <= self.progress.fetch_add(1, Relaxed)
    }

    fn authorize(&self, action: AuthAction<'_>) -> Authorization {
        match action {
            // As in Spin: the unnamed file is temporary. VACUUM needs it.
            AuthAction::Attach { filename: "" | ":memory:" } | AuthAction::Detach { .. } => {
                self.is_spoilt.store(true, Relaxed);
            }
            AuthAction::Attach { .. } => return Authorization::Deny,
            AuthAction::CreateTempIndex { .. }
            | AuthAction::CreateTempTable { .. }
            | AuthAction::CreateTempTrigger { .. }
            | AuthAction::CreateTempView { .. } => self.is_spoilt.store(true, Relaxed),
            AuthAction::Pragma { pragma_name, pragma_value } => {
                self.note_pragma(&pragma_name.to_ascii_lowercase(), pragma_value);
            }
            _ => {}
        }
        Authorization::Allow
    }

    fn note_pragma(&self, name: &str, value: Option<&str>) {
        if let Some(i) = SESSION_PRAGMAS.iter().position(|pragma| *pragma == name) {
            self.is_setting.store(true, Relaxed);
            if value.is_some() {
                self.changed_pragmas.fetch_or(1 << i, Relaxed);
            }
        } else if name == "busy_timeout" {
            self.is_setting.store(true, Relaxed);
            self.has_own_timeout.store(true, Relaxed);
        } else if name == "journal_mode" {
            // These two are written into the file; the others last as long as the connection.
            let is_kept = value.is_none_or(|value| {
                ["wal", "delete"].iter().any(|mode| value.eq_ignore_ascii_case(mode))
            });
            self.is_spoilt.fetch_or(!is_kept, Relaxed);
        } else if !STATELESS_PRAGMAS.contains(&name)
            && !matches!(name, "user_version" | "wal_checkpoint" | "schema_version")
        {
            self.is_spoilt.store(true, Relaxed);
        }
    }
}

/// A connection as a component holds it.
#[derive(Clone)]
pub struct Session(Arc<tokio::sync::Mutex<Inner>>);

struct Inner {
    /// `None` only while it is given back.
    connection: Option<Connection>,
    database: Arc<Database>,
    /// Held as long as a transaction of this connection writes.
    writing: Option<Turn>,
    has_written: bool,
    has_inserted: bool,
}

/// What a statement gave: rows so far, and whether it went well.
struct Outcome {
    columns: Vec<String>,
    rows: Vec<RowResult>,
    end: Result<(), Error>,
}

enum Attempt {
    Done(Outcome),
    /// Wait for the turn to write and try again.
    NeedsWriter,
    /// Try again on a thread that may wait.
    MustWait,
}

impl Session {
    async fn execute(self, sql: String, parameters: Vec<Value>) -> Outcome {
        let mut inner = self.0.lock_owned().await;
        let size: usize = parameters.iter().map(size_of_value).sum();
        let mut must_wait = INLINE_PARAMETERS_MAX < size;
        loop {
            let attempt = if must_wait {
                let abandoned = Abandon::of(&inner);
                let (back, sql, parameters) = (inner, sql.clone(), parameters.clone());
                let task = tokio::task::spawn_blocking(move || {
                    let mut inner = back;
                    let attempt = inner.attempt(&sql, &parameters, false);
                    (inner, attempt)
                });
                let Ok((back, attempt)) = task.await else {
                    return Outcome::failed(Error::Io("the statement was broken off".to_owned()));
                };
                abandoned.disarm();
                inner = back;
                attempt
            } else {
                inner.attempt(&sql, &parameters, true)
            };
            match attempt {
                Attempt::Done(outcome) => return outcome,
                Attempt::MustWait => must_wait = true,
                Attempt::NeedsWriter => {
                    let writer = Arc::clone(&inner.database.writer);
                    match tokio::time::timeout(LOCK_WAIT, writer.take()).await {
                        Ok(turn) => inner.writing = Some(turn),
                        Err(_) => {
                            return Outcome::failed(Error::Io("database is locked".to_owned()));
                        }
                    }
                }
            }
        }
    }

    async fn last_insert_rowid(self) -> i64 {
        let inner = self.0.lock().await;
        if inner.has_inserted { inner.connection().sqlite.last_insert_rowid() } else { 0 }
    }

    async fn changes(self) -> u64 {
        let inner = self.0.lock().await;
        if inner.has_written { inner.connection().sqlite.changes() } else { 0 }
    }
}

/// Ends a statement on a blocking thread when its request is dropped.
struct Abandon(Option<Arc<Control>>);

impl Abandon {
    fn of(inner: &Inner) -> Abandon {
        Abandon(Some(Arc::clone(&inner.connection().control)))
    }

    fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for Abandon {
    fn drop(&mut self) {
        if let Some(control) = self.0.take() {
            control.is_abandoned.store(true, Relaxed);
        }
    }
}

impl Inner {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("is only taken in drop")
    }

    fn attempt(&mut self, sql: &str, parameters: &[Value], is_inline: bool) -> Attempt {
        let connection = self.connection.as_ref().expect("is only taken in drop");
        let control = &connection.control;
        control.is_inline.store(is_inline, Relaxed);
        control.progress.store(0, Relaxed);
        // Unknown until it is prepared; preparing writes nothing.
        control.is_repeatable.store(true, Relaxed);
        control.is_setting.store(false, Relaxed);
        let first_word = first_word(sql);
        let is_pragma = first_word.eq_ignore_ascii_case("pragma");
        // The authorizer sees a statement when it is prepared, and must see each PRAGMA.
        let prepared = if is_pragma {
            connection.sqlite.prepare(sql).map(Prepared::Once)
        } else {
            connection.sqlite.prepare_cached(sql).map(Prepared::Cached)
        };
        let mut prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) if is_inline && must_wait(&error) => return Attempt::MustWait,
            Err(error) => return Attempt::Done(Outcome::failed(io_error(&error))),
        };
        let statement = prepared.statement();
        let is_readonly = statement.readonly() || control.is_setting.load(Relaxed);
        if !is_readonly && self.writing.is_none() {
            match self.database.writer.try_take() {
                Some(turn) => self.writing = Some(turn),
                None => return Attempt::NeedsWriter,
            }
        }
        control.is_repeatable.store(is_readonly, Relaxed);
        let mut outcome = Outcome::empty();
        let end = run(statement, parameters, &mut outcome);
        drop(prepared);
        let is_writing = connection.is_writing();
        if !is_readonly {
            self.has_written = true;
            self.has_inserted |= ["insert", "replace", "with"]
                .iter()
                .any(|word| first_word.eq_ignore_ascii_case(word));
        }
        if !is_writing {
            self.writing = None;
        }
        match end {
            Ok(()) => {}
            Err(Failure::Sqlite(error)) if is_inline && must_wait(&error) => {
                return Attempt::MustWait;
            }
            Err(Failure::Sqlite(error)) => outcome.end = Err(io_error(&error)),
            Err(Failure::TooLarge) => {
                outcome.end =
                    Err(Error::Io(format!("query result exceeds limit of {RESULT_MAX} bytes")));
            }
        }
        Attempt::Done(outcome)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if connection.reset() {
            let mut idle = self.database.idle();
            if idle.len() < IDLE_MAX {
                idle.push(connection);
            }
        }
    }
}

enum Prepared<'c> {
    Once(rusqlite::Statement<'c>),
    Cached(rusqlite::CachedStatement<'c>),
}

impl<'c> Prepared<'c> {
    fn statement(&mut self) -> &mut rusqlite::Statement<'c> {
        match self {
            Prepared::Once(statement) => statement,
            Prepared::Cached(statement) => statement,
        }
    }
}

impl Outcome {
    fn empty() -> Outcome {
        Outcome { columns: Vec::new(), rows: Vec::new(), end: Ok(()) }
    }

    fn failed(error: Error) -> Outcome {
        Outcome { end: Err(error), ..Outcome::empty() }
    }
}

enum Failure {
    Sqlite(rusqlite::Error),
    TooLarge,
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Sqlite(error)
    }
}

/// A parameter, borrowed: large ones are not copied before SQLite does it.
struct Parameter<'v>(&'v Value);

impl rusqlite::ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(integer) => ValueRef::Integer(*integer),
            Value::Real(real) => ValueRef::Real(*real),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(blob) => ValueRef::Blob(blob),
        }))
    }
}

fn run(
    statement: &mut rusqlite::Statement<'_>,
    parameters: &[Value],
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    outcome.columns = statement.column_names().map(str::to_owned).collect();
    let columns = outcome.columns.len();
    let mut size = 0;
    let mut rows = statement.query(params_from_iter(parameters.iter().map(Parameter)))?;
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(columns);
        for column in 0..columns {
            let value = match row.get_ref(column)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(integer) => Value::Integer(integer),
                ValueRef::Real(real) => Value::Real(real),
                ValueRef::Text(text) => Value::Text(
                    std::str::from_utf8(text)
                        .map_err(|error| rusqlite::Error::Utf8Error(column, error))?
                        .to_owned(),
                ),
                ValueRef::Blob(blob) => Value::Blob(blob.to_owned()),
            };
            size += size_of_value(&value);
            values.push(value);
        }
        if RESULT_MAX < size {
            return Err(Failure::TooLarge);
        }
        outcome.rows.push(RowResult { values });
    }
    Ok(())
}

fn size_of_value(value: &Value) -> usize {
    let heap = match value {
        Value::Null | Value::Integer(_) | Value::Real(_) => 0,
        Value::Text(text) => text.len(),
        Value::Blob(blob) => blob.len(),
    };
    size_of::<Value>() + heap
}

fn must_wait(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OperationInterrupted)
    )
}

fn io_error(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::DatabaseFull,
        _ => Error::Io(error.to_string()),
    }
}

/// The first word of a statement, behind white space and comments.
fn first_word(sql: &str) -> &str {
    let mut rest = sql.trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, rest)| rest).trim_start()
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, rest)| rest).trim_start()
        } else {
            break;
        };
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    &rest[..end]
}

/// Waits in short steps, not in SQLite's of up to 100 ms, and never on an async thread.
fn install_busy_handler(
    sqlite: &mut rusqlite::Connection,
    control: &Arc<Control>,
) -> rusqlite::Result<()> {
    const SHORT: Duration = Duration::from_micros(100);
    const LONG: Duration = Duration::from_micros(500);
    const SHORT_WAITS: u32 = 20;
    const WAITS: u32 = (LOCK_WAIT.as_micros() / LONG.as_micros()) as u32;
    let control = Arc::clone(control);
    sqlite.busy_handler(Some(move |count: i32| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if control.is_inline.load(Relaxed) || control.is_abandoned.load(Relaxed) || WAITS <= count {
            return false;
        }
        thread::sleep(if count < SHORT_WAITS { SHORT } else { LONG });
        true
    }))
}

fn session<T: 'static>(
    accessor: &Accessor<T, HasState>,
    connection: &Resource<Session>,
) -> wasmtime::Result<Session> {
    accessor.with(|mut access| Ok(access.get().table.get(connection)?.clone()))
}

impl State {
    fn database(&self, name: &str) -> Result<Arc<Database>, Error> {
        if !self.app.databases.iter().any(|allowed| allowed == name) {
            return Err(Error::AccessDenied);
        }
        if OPEN_MAX <= self.open_sessions {
            return Err(Error::Io("too many connections opened".to_owned()));
        }
        self.app.database.clone().ok_or(Error::NoSuchDatabase)
    }

    fn keep_session(&mut self, session: Session) -> wasmtime::Result<Resource<Session>> {
        let resource = self.table.push(session)?;
        self.open_sessions += 1;
        Ok(resource)
    }
}

impl<T: Send + 'static> HostConnectionWithStore<T> for HasState {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        name: String,
    ) -> wasmtime::Result<Result<Resource<Session>, Error>> {
        let database = match accessor.with(|mut access| access.get().database(&name)) {
            Ok(database) => database,
            Err(error) => return Ok(Err(error)),
        };
        let session = match database.session().await {
            Ok(session) => session,
            Err(error) => return Ok(Err(error)),
        };
        accessor.with(|mut access| access.get().keep_session(session)).map(Ok)
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Session>,
        sql: String,
        parameters: Vec<Value>,
    ) -> wasmtime::Result<
        Result<(Vec<String>, StreamReader<RowResult>, FutureReader<Result<(), Error>>), Error>,
    > {
        let session = session(accessor, &connection)?;
        let Outcome { columns, rows, end } = session.execute(sql, parameters).await;
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, rows)?;
            let end = FutureReader::new(&mut access, async move { wasmtime::error::Ok(end) })?;
            Ok(Ok((columns, rows, end)))
        })
    }

    async fn last_insert_rowid_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Session>,
    ) -> wasmtime::Result<i64> {
        Ok(session(accessor, &connection)?.last_insert_rowid().await)
    }

    async fn changes_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Session>,
    ) -> wasmtime::Result<u64> {
        Ok(session(accessor, &connection)?.changes().await)
    }
}

impl HostConnection for State {
    async fn open(&mut self, name: String) -> wasmtime::Result<Result<Resource<Session>, Error>> {
        let database = match self.database(&name) {
            Ok(database) => database,
            Err(error) => return Ok(Err(error)),
        };
        match database.session().await {
            Ok(session) => self.keep_session(session).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }

    async fn execute(
        &mut self,
        connection: Resource<Session>,
        sql: String,
        parameters: Vec<Value>,
    ) -> wasmtime::Result<Result<QueryResult, Error>> {
        let session = self.table.get(&connection)?.clone();
        let Outcome { columns, rows, end } = session.execute(sql, parameters).await;
        Ok(end.map(|()| QueryResult { columns, rows }))
    }

    async fn last_insert_rowid(&mut self, connection: Resource<Session>) -> wasmtime::Result<i64> {
        Ok(self.table.get(&connection)?.clone().last_insert_rowid().await)
    }

    async fn changes(&mut self, connection: Resource<Session>) -> wasmtime::Result<u64> {
        Ok(self.table.get(&connection)?.clone().changes().await)
    }

    async fn drop(&mut self, connection: Resource<Session>) -> wasmtime::Result<()> {
        self.table.delete(connection)?;
        self.open_sessions -= 1;
        Ok(())
    }
}

impl Host for State {}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open(folder: &tempfile::TempDir) -> (Arc<Database>, Session) {
        let database = Database::open(&folder.path().join("unter/portal.db")).unwrap();
        let session = Arc::clone(&database).session().await.unwrap();
        (database, session)
    }

    async fn sql(session: &Session, sql: &str) -> Result<String, String> {
        let outcome = session.clone().execute(sql.to_owned(), Vec::new()).await;
        match outcome.end {
            Ok(()) => Ok(outcome
                .rows
                .iter()
                .map(|row| row.values.iter().map(show).collect::<Vec<_>>().join(","))
                .collect::<Vec<_>>()
                .join(";")),
            Err(Error::Io(text)) => Err(text),
            Err(error) => Err(format!("{error:?}")),
        }
    }

    fn show(value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Integer(integer) => integer.to_string(),
            Value::Real(real) => real.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(blob) => format!("{} bytes", blob.len()),
        }
    }

    #[tokio::test]
    async fn a_session_that_ends_in_a_transaction_is_rolled_back() {
        let folder = tempfile::tempdir().unwrap();
        let (database, session) = open(&folder).await;
        sql(&session, "PRAGMA journal_mode = WAL").await.unwrap();
        sql(&session, "CREATE TABLE t(x)").await.unwrap();
        sql(&session, "BEGIN IMMEDIATE").await.unwrap();
        sql(&session, "INSERT INTO t VALUES (1)").await.unwrap();
        drop(session);
        let session = database.session().await.unwrap();
        assert_eq!(sql(&session, "SELECT count(*) FROM t").await.unwrap(), "0");
        sql(&session, "INSERT INTO t VALUES (2)").await.unwrap();
    }

    #[tokio::test]
    async fn a_pooled_connection_is_as_new() {
        let folder = tempfile::tempdir().unwrap();
        let (database, session) = open(&folder).await;
        let looks = "SELECT * FROM pragma_synchronous, pragma_foreign_keys";
        let fresh = sql(&session, looks).await.unwrap();
        for _ in 0..2 {
            sql(&session, "PRAGMA synchronous = OFF").await.unwrap();
            sql(&session, "pragma foreign_keys = 0").await.unwrap();
            sql(&session, "PRAGMA busy_timeout = 1").await.unwrap();
            assert_eq!(sql(&session, looks).await.unwrap(), "0,0");
        }
        sql(&session, "CREATE TABLE t(x)").await.unwrap();
        sql(&session, "INSERT INTO t VALUES (1)").await.unwrap();
        assert_eq!(session.clone().last_insert_rowid().await, 1);
        drop(session);
        let session = Arc::clone(&database).session().await.unwrap();
        assert_eq!(sql(&session, looks).await.unwrap(), fresh);
        assert_eq!(session.clone().last_insert_rowid().await, 0);
        assert_eq!(session.clone().changes().await, 0);
        sql(&session, "CREATE TEMP TABLE u(x)").await.unwrap();
        drop(session);
        assert!(database.idle().is_empty(), "a connection with a temporary table is not pooled");
    }

    #[tokio::test]
    async fn files_cannot_be_attached() {
        let folder = tempfile::tempdir().unwrap();
        let (_database, session) = open(&folder).await;
        let other = folder.path().join("andere.db");
        for statement in [
            format!("ATTACH '{}' AS x", other.display()),
            format!("VACUUM INTO '{}'", other.display()),
        ] {
            let error = sql(&session, &statement).await.unwrap_err();
            assert!(error.contains("authoriz"), "{statement}: {error}");
        }
        assert!(!other.exists());
        sql(&session, "VACUUM").await.unwrap();
    }

    #[tokio::test]
    async fn writers_queue_up_and_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (database, session) = open(&folder).await;
        sql(&session, "PRAGMA journal_mode = WAL").await.unwrap();
        sql(&session, "CREATE TABLE t(x)").await.unwrap();
        sql(&session, "INSERT INTO t VALUES (0)").await.unwrap();
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let database = Arc::clone(&database);
                tokio::spawn(async move {
                    let session = database.session().await.unwrap();
                    sql(&session, "BEGIN IMMEDIATE").await.unwrap();
                    let x: i64 = sql(&session, "SELECT x FROM t").await.unwrap().parse().unwrap();
                    tokio::task::yield_now().await;
                    sql(&session, &format!("UPDATE t SET x = {}", x + 1)).await.unwrap();
                    sql(&session, "COMMIT").await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(sql(&session, "SELECT x FROM t").await.unwrap(), "32");
    }

    /// A backup tool or a second host holds the lock for a while.
    #[tokio::test]
    async fn a_lock_of_another_process_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let (_database, session) = open(&folder).await;
        sql(&session, "PRAGMA journal_mode = WAL").await.unwrap();
        sql(&session, "CREATE TABLE t(x)").await.unwrap();
        let other = rusqlite::Connection::open(folder.path().join("unter/portal.db")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let control = Arc::clone(&session.0.lock().await.connection().control);
        let insert = tokio::spawn(async move { sql(&session, "INSERT INTO t VALUES (1)").await });
        while control.is_inline.load(Relaxed) {
            tokio::task::yield_now().await;
        }
        other.execute_batch("INSERT INTO t VALUES (2); COMMIT").unwrap();
        insert.await.unwrap().unwrap();
        let count: i64 = other.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 2);
    }

    #[tokio::test]
    async fn a_long_read_moves_to_a_blocking_thread_and_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (_database, session) = open(&folder).await;
        let long = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000) SELECT count(*) FROM n";
        assert_eq!(sql(&session, long).await.unwrap(), "100000");
        assert!(!session.0.lock().await.connection().control.is_inline.load(Relaxed));
    }

    #[tokio::test]
    async fn errors_come_at_the_end_of_the_rows() {
        let folder = tempfile::tempdir().unwrap();
        let (_database, session) = open(&folder).await;
        assert!(sql(&session, "SELEC 1").await.unwrap_err().contains("syntax error"));
        assert!(sql(&session, "SELECT 1; SELECT 2").await.is_err());
        let text = session
            .clone()
            .execute("SELECT ?1, ?2".to_owned(), vec![Value::Text("ä".into()), Value::Null])
            .await;
        assert_eq!(show(&text.rows[0].values[0]), "ä");
        assert_eq!(text.columns.len(), 2);
    }

    #[test]
    fn the_first_word_stands_behind_comments() {
        for (sql, word) in [
            ("PRAGMA x", "PRAGMA"),
            ("  -- a\n /* b */ insert into", "insert"),
            ("", ""),
            ("-- only", ""),
        ] {
            assert_eq!(first_word(sql), word);
        }
    }
}
