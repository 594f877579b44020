//! The host's log: one JSON object per line on stderr.
//!
//! A line names ids, paths and counts. Query strings, headers and bodies never get in here; what a component prints
//! is passed on line by line and is the component's own responsibility.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use bytes::Bytes;
use serde::Serialize;
use wasmtime_wasi::{
    cli::{IsTerminal, StdoutStream},
    p2::{OutputStream, Pollable, StreamResult},
};

/// A component's line longer than this is cut into several.
const LINE_MAX: usize = 8 * 1024;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The normal course of things.
    Info,
    /// Worth a look when it happens often.
    Warn,
    /// A request failed, or the host cannot do its work.
    Error,
}

/// One handled request.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RequestLine<'a> {
    /// Name of the component, empty if no route matched.
    pub component: &'a str,
    /// HTTP method.
    pub method: &'a str,
    /// Path, as it came, up to the first `?` or `#`.
    #[serde(serialize_with = "without_query")]
    pub path: &'a str,
    /// Status of the answer.
    pub status: u16,
    /// Milliseconds until the answer's head was ready.
    pub ms: f64,
    /// Id of the request, the same in all its lines.
    pub request: &'a str,
}

#[derive(Serialize)]
struct Line<'a, T> {
    ts: String,
    level: Level,
    event: &'a str,
    #[serde(flatten)]
    fields: T,
}

#[derive(Serialize)]
struct TextFields<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    component: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    request: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct OutputFields<'a> {
    component: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    request: &'a str,
    stream: &'a str,
    text: &'a str,
}

/// Writes the line of a handled request.
pub fn request(line: &RequestLine<'_>) {
    let level = if line.status < 500 { Level::Info } else { Level::Error };
    write(level, "request", line);
}

/// Writes an event of the host itself, for example its start.
pub fn event(level: Level, event: &str, text: &str) {
    write(level, event, TextFields { component: "", request: "", text });
}

/// Writes an event that belongs to a component and, where known, to a request.
pub fn component(level: Level, event: &str, component: &str, request: &str, text: &str) {
    write(level, event, TextFields { component, request, text });
}

/// The id of the request that an instance works on, for the lines it prints.
#[derive(Clone, Debug, Default)]
pub struct CurrentRequest(Arc<Mutex<Arc<str>>>);

impl CurrentRequest {
    /// Lines from now on belong to the request `id`.
    pub fn set(&self, id: Arc<str>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = id;
    }

    /// Id of the request that was set last, empty before the first.
    pub fn get(&self) -> Arc<str> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Stdout or stderr of a component: whole lines go to the log.
#[derive(Clone)]
pub struct Output(Arc<OutputInner>);

struct OutputInner {
    component: Arc<str>,
    stream: &'static str,
    request: CurrentRequest,
    rest: Mutex<Vec<u8>>,
}

impl Output {
    /// The stream named `stream` (`stdout` or `stderr`) of an instance of `component`.
    pub fn new(component: Arc<str>, stream: &'static str, request: CurrentRequest) -> Output {
        Output(Arc::new(OutputInner { component, stream, request, rest: Mutex::default() }))
    }

    /// Writes what was printed after the last newline.
    pub fn flush_line(&self) {
        let rest = std::mem::take(&mut *self.0.rest.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.write(&rest);
    }
}

impl OutputInner {
    fn push(&self, bytes: &[u8]) {
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.extend_from_slice(bytes);
        for line in take_lines(&mut rest) {
            self.write(&line);
        }
    }

    fn write(&self, line: &[u8]) {
        let text = String::from_utf8_lossy(line.trim_ascii_end());
        if text.is_empty() {
            return;
        }
        let level = if self.stream == "stderr" { Level::Warn } else { Level::Info };
        let request = self.request.get();
        let fields = OutputFields {
            component: &self.component,
            request: &request,
            stream: self.stream,
            text: &text,
        };
        write(level, "output", fields);
    }
}

impl Drop for OutputInner {
    fn drop(&mut self) {
        let rest = std::mem::take(self.rest.get_mut().unwrap_or_else(PoisonError::into_inner));
        self.write(&rest);
    }
}

impl IsTerminal for Output {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Output {
    fn async_stream(&self) -> Box<dyn tokio::io::AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl OutputStream for Output {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.0.push(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(LINE_MAX)
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Output {
    async fn ready(&mut self) {}
}

impl tokio::io::AsyncWrite for Output {
    fn poll_write(
        self: std::pin::Pin<&mut Self>,
        _cx: &mut std::task::Context<'_>,
        bytes: &[u8],
    ) -> std::task::Poll<std::io::Result<usize>> {
        self.0.push(bytes);
        std::task::Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(
        self: std::pin::Pin<&mut Self>,
        _cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn poll_shutdown(
        self: std::pin::Pin<&mut Self>,
        _cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Ok(()))
    }
}

fn write(level: Level, event: &str, fields: impl Serialize) {
    let bytes = encode(SystemTime::now(), level, event, fields);
    // A log that cannot be written must not end the service.
    let _ = std::io::stderr().lock().write_all(&bytes);
}

fn encode(now: SystemTime, level: Level, event: &str, fields: impl Serialize) -> Vec<u8> {
    let ts = humantime::format_rfc3339_millis(now).to_string();
    let mut bytes = serde_json::to_vec(&Line { ts, level, event, fields })
        .expect("the fields are strings and numbers");
    bytes.push(b'\n');
    bytes
}

fn without_query<S: serde::Serializer>(path: &&str, serializer: S) -> Result<S::Ok, S::Error> {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    serializer.serialize_str(&path[..end])
}

/// Takes the whole lines out of `rest`, and pieces of lines that are too long.
fn take_lines(rest: &mut Vec<u8>) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    loop {
        let end = match rest.iter().take(LINE_MAX).position(|byte| *byte == b'\n') {
            Some(newline) => newline + 1,
            None if LINE_MAX <= rest.len() => LINE_MAX,
            None => return lines,
        };
        lines.push(rest.drain(..end).collect());
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check_path(path: &str, expect: Expect) {
        let line = RequestLine {
            component: "annahme",
            method: "GET",
            path,
            status: 200,
            ms: 1.5,
            request: "a-1",
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let bytes = encode(now, Level::Info, "request", line);
        expect.assert_eq(&String::from_utf8(bytes).unwrap());
    }

    #[test]
    fn a_request_is_logged_without_its_query() {
        check_path(
            "/api/vorgaenge/VE-1?code=GEHEIM#x",
            expect![[r#"
                {"ts":"1970-01-01T00:00:01.500Z","level":"info","event":"request","component":"annahme","method":"GET","path":"/api/vorgaenge/VE-1","status":200,"ms":1.5,"request":"a-1"}
            "#]],
        );
        check_path(
            "/a\nb\"c",
            expect![[r#"
                {"ts":"1970-01-01T00:00:01.500Z","level":"info","event":"request","component":"annahme","method":"GET","path":"/a\nb\"c","status":200,"ms":1.5,"request":"a-1"}
            "#]],
        );
    }

    #[test]
    fn output_is_cut_into_lines() {
        let mut rest = b"one\ntwo\nthr".to_vec();
        assert_eq!(take_lines(&mut rest), [b"one\n", b"two\n"]);
        assert_eq!(rest, b"thr");
        rest.extend(vec![b'x'; LINE_MAX]);
        assert_eq!(take_lines(&mut rest).len(), 1);
        assert_eq!(rest.len(), 3);
    }
}
