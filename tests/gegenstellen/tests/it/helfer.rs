//! What the tests need to talk HTTP, and nothing that knows the contract.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use gegenstellen::{Einstellungen, Gegenstelle, Ziel};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use ureq::http::Request;

/// Both counterparts and the folder that goes with them.
pub struct Probe {
    pub stelle: Gegenstelle,
    pub ordner: TempDir,
}

impl Probe {
    pub fn start() -> Probe {
        Probe::start_with(|_| ())
    }

    pub fn start_with(change: impl FnOnce(&mut Einstellungen)) -> Probe {
        let ordner = TempDir::new().unwrap();
        let mut einstellungen = Einstellungen::new(ordner.path());
        change(&mut einstellungen);
        Probe { stelle: Gegenstelle::start(einstellungen).unwrap(), ordner }
    }

    /// Another process on the same folder, as far as the counterparts can tell.
    pub fn restart(self) -> Probe {
        let Probe { stelle, ordner } = self;
        drop(stelle);
        let stelle = Gegenstelle::start(Einstellungen::new(ordner.path())).unwrap();
        Probe { stelle, ordner }
    }

    pub fn file(&self, path: impl AsRef<Path>) -> PathBuf {
        self.ordner.path().join(path)
    }

    pub fn control(&self, ziel: Ziel, order: &str) -> Answer {
        send("POST", &format!("{}/steuerung", self.stelle.url(ziel)), &[], Some(order.as_bytes()))
            .unwrap()
    }
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The error is the client's: most of all a connection that was closed without an answer.
pub fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&[u8]>,
) -> Result<Answer, String> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(0)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .new_agent();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = match body {
        Some(body) => agent.run(request.body(body).unwrap()),
        None => agent.run(request.body(()).unwrap()),
    };
    let mut response = response.map_err(|error| error.to_string())?;
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let headers = headers.collect();
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_vec().map_err(|error| error.to_string())?;
    Ok(Answer { status, headers, body })
}

pub fn get(url: &str) -> Answer {
    send("GET", url, &[], None).unwrap()
}

/// `sha-256=:…:` of RFC 9530.
pub fn content_digest(bytes: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(bytes)))
}

pub fn hex_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// The folder of schemas and recordings; `None`, and a word that no test runner swallows, if it is missing.
pub fn schemas_dir(test: &str) -> Option<PathBuf> {
    let dir = std::env::var_os("SCHEMAS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/schemas"),
        PathBuf::from,
    );
    if dir.is_dir() {
        return Some(dir);
    }
    // Not eprintln: the test harness would keep it to itself.
    let note = format!("NOT RUN: {test}: no schemas at {} (SCHEMAS_DIR)\n", dir.display());
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

/// A form as `multipart/form-data`, byte for byte under the test's control.
#[derive(Default)]
pub struct Form(Vec<u8>);

const BOUNDARY: &str = "7d1f0c5e9b";

impl Form {
    /// A part with these header lines.
    pub fn part(mut self, disposition: &str, more: &str, bytes: &[u8]) -> Form {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n{more}\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// A part of text without a charset.
    pub fn text(self, name: &str, value: &str) -> Form {
        self.part(&format!("name=\"{name}\""), "", value.as_bytes())
    }

    /// The cure of the charset trap, to be called first.
    pub fn utf8() -> Form {
        Form::default().text("_charset_", "UTF-8")
    }

    /// `propertyId[n]` and `propertyValue[n]` for each pair.
    pub fn properties(self, properties: &[(&str, &str)]) -> Form {
        properties.iter().enumerate().fold(self, |form, (n, (id, value))| {
            form.text(&format!("propertyId[{n}]"), id).text(&format!("propertyValue[{n}]"), value)
        })
    }

    pub fn content(self, filename: &str, medientyp: &str, bytes: &[u8]) -> Form {
        let disposition = format!("name=\"content\"; filename=\"{filename}\"");
        self.part(&disposition, &format!("Content-Type: {medientyp}\r\n"), bytes)
    }

    pub fn post(&self, url: &str) -> Result<Answer, String> {
        self.post_with(url, &[])
    }

    pub fn post_with(&self, url: &str, headers: &[(&str, &str)]) -> Result<Answer, String> {
        let mut body = self.0.clone();
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let mut headers = headers.to_vec();
        headers.push(("Content-Type", &content_type));
        send("POST", url, &headers, Some(&body))
    }
}
