//! The host as a whole, with a real component: `tests/gast`, built for wasm32-wasip2.
//!
//! `GAST_WASM` is the path of the built component; `cargo xtask test` builds it and sets it. Without it these tests
//! say that they did not run, and fail where everything has to run (`CI` or `PRUEFE_ALLES` is set).

#![expect(clippy::unwrap_used, reason = "all of it is test")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Longest wait for anything in these tests.
const PATIENCE: Duration = Duration::from_secs(60);

const MANIFEST: &str = r#"
spin_manifest_version = 2
[application]
name = "gast"
[variables]
intern_geheimnis = { default = "geheim" }
ziel = { default = "" }
[[trigger.http]]
route = "/offen/..."
component = "offen"
[[trigger.http]]
route = "/zu/..."
component = "zu"
[component.offen]
source = "GAST_WASM"
sqlite_databases = ["default"]
allowed_outbound_hosts = ["{{ ziel }}"]
[component.offen.variables]
gruss = "Hallo {{ ziel }}"
[component.zu]
source = "GAST_WASM"
"#;

/// A host that runs, and what it has logged.
struct Host {
    child: Child,
    address: String,
    log: Log,
    folder: tempfile::TempDir,
}

/// Lines of the log so far.
#[derive(Clone, Default)]
struct Log(Arc<(Mutex<Vec<String>>, Condvar)>);

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Host {
    /// Starts a host; `None` if there is no component to run.
    fn start(arguments: &[&str]) -> Option<Host> {
        let component = component()?;
        let folder = tempfile::tempdir().unwrap();
        let manifest = MANIFEST.replace("GAST_WASM", component.to_str().unwrap());
        fs::write(folder.path().join("spin.toml"), manifest).unwrap();
        let mut child = command(folder.path())
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Log::default();
        let stderr = child.stderr.take().unwrap();
        thread::spawn({
            let log = log.clone();
            move || log.read(stderr)
        });
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let Some(address) = ready.trim().strip_prefix("ready http://").map(str::to_owned) else {
            panic!("{}", log.0.0.lock().unwrap().join("\n"))
        };
        Some(Host { child, address, log, folder })
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: gast\r\nconnection: close\r\n\r\n"), b"")
    }

    fn post(&self, path: &str, body: &[u8]) -> Answer {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: gast\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
        );
        self.send(&head, body)
    }

    fn send(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // The answer may come before everything is sent.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head[9..12].parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Runs statements, one a line, on one connection.
    fn sql(&self, statements: &str) -> String {
        self.post("/offen/sqlite?default", statements.as_bytes()).body
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Log {
    fn read(&self, stderr: ChildStderr) {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            self.0.0.lock().unwrap().push(line);
            self.0.1.notify_all();
        }
    }

    /// Waits for a line that holds all of `parts`.
    #[track_caller]
    fn wait_for(&self, parts: &[&str]) -> String {
        let fits = |line: &&String| parts.iter().all(|part| line.contains(part));
        let lines = self.0.0.lock().unwrap();
        let (lines, timeout) = self
            .0
            .1
            .wait_timeout_while(lines, PATIENCE, |lines| !lines.iter().any(|line| fits(&line)))
            .unwrap();
        assert!(!timeout.timed_out(), "no line with {parts:?} in\n{}", lines.join("\n"));
        lines.iter().find(fits).unwrap().clone()
    }
}

impl Answer {
    #[track_caller]
    fn check(&self, status: u16, body: &str) {
        let is_chunked = self.head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        let whole = if is_chunked { unchunk(&self.body) } else { self.body.clone() };
        assert_eq!((self.status, whole.as_str()), (status, body));
    }

    /// An answer of the host itself: a problem document that says nothing from inside.
    #[track_caller]
    fn check_problem(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
        assert!(self.head.contains("content-type: application/problem+json"), "{}", self.head);
        let problem: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem["status"], status);
        assert!(!self.body.contains("Gast") && !self.body.contains("geheim"), "{}", self.body);
    }
}

/// A body that came in chunks, as far as it came: whether it does depends on how busy the machine is.
fn unchunk(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        match rest.get(..length) {
            Some(chunk) if 0 < length => whole.push_str(chunk),
            _ => break,
        }
        body = rest[length..].trim_start_matches("\r\n");
    }
    whole
}

fn component() -> Option<PathBuf> {
    if let Some(path) = env::var_os("GAST_WASM") {
        return Some(path.into());
    }
    assert!(
        env::var_os("CI").is_none() && env::var_os("PRUEFE_ALLES").is_none(),
        "GAST_WASM is not set: `cargo xtask test` builds host/tests/gast and sets it"
    );
    // Not eprintln!: that is not shown for a test that passes.
    let _ = std::io::stderr().write_all(b"NOT RUN: GAST_WASM is not set, see host/tests/gast.rs\n");
    None
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_host"));
    command.arg("--manifest").arg(folder.join("spin.toml"));
    command.arg("--data").arg(folder.join("data"));
    // Shared: the component is compiled once for all tests.
    command.arg("--cache").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cwasm"));
    command
}

/// A server that answers each request with `answer` and keeps what it got.
fn counterpart(answer: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let got = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&got);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            keep.lock().unwrap().push(String::from_utf8_lossy(&request[..length]).into_owned());
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (port, got)
}

#[test]
fn a_component_has_the_rights_of_the_manifest_and_no_others() {
    let (port, got) = counterpart(
        "HTTP/1.1 302 Found\r\nlocation: http://localhost/\r\ncontent-length: 0\r\n\r\n",
    );
    let (other, got_by_other) = counterpart("HTTP/1.1 204 No Content\r\n\r\n");
    let ziel = format!("ziel=http://127.0.0.1:{port}");
    let Some(host) = Host::start(&["--variable", &ziel]) else { return };

    host.get("/offen/variable?gruss").check(200, &format!("Ok(\"Hallo http://127.0.0.1:{port}\")"));
    let answer = host.get("/offen/variable?ziel").body;
    assert!(answer.starts_with("Err(Error::Undefined"), "{answer}");
    let answer = host.get("/zu/variable?gruss").body;
    assert!(answer.starts_with("Err(Error::Undefined"), "{answer}");

    assert_eq!(host.sql("SELECT 1"), "[[Value::Integer(1)]]\n0 0");
    host.post("/zu/sqlite?default", b"SELECT 1").check(200, "Error::AccessDenied");
    host.post("/offen/sqlite?andere", b"SELECT 1").check(200, "Error::AccessDenied");

    // Redirects are the component's to follow, and are checked when it does.
    let allowed = format!("http://127.0.0.1:{port}/nachrichten?a=b");
    host.get(&format!("/offen/outbound?{allowed}")).check(200, "302 Found");
    assert!(got.lock().unwrap()[0].starts_with("GET /nachrichten?a=b HTTP/1.1\r\n"));
    for (path, target) in [
        ("/zu/outbound", allowed.as_str()),
        ("/offen/outbound", &format!("http://127.0.0.1:{other}/")),
        ("/offen/outbound", &format!("http://localhost:{port}/")),
        ("/offen/outbound", &format!("https://127.0.0.1:{port}/")),
    ] {
        host.get(&format!("{path}?{target}")).check(200, "ErrorCode::HttpRequestDenied");
    }
    host.get(&format!("/offen/socket?{other}")).check(200, "Err(ErrorCode::AccessDenied)");
    assert!(host.get("/offen/datei").body.starts_with("Err("));
    assert!(got_by_other.lock().unwrap().is_empty());
    assert_eq!(got.lock().unwrap().len(), 1);
    host.log.wait_for(&["outbound-denied", "\"component\":\"zu\""]);
}

#[test]
fn a_partner_that_is_down_is_an_error_of_the_component_not_of_the_host() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ziel = format!("ziel=http://{free}");
    let Some(host) = Host::start(&["--variable", &ziel]) else { return };
    host.get(&format!("/offen/outbound?http://{free}/")).check(200, "ErrorCode::ConnectionRefused");
}

#[test]
fn a_plain_connection_needs_an_entry_for_tcp() {
    let (port, got) = counterpart("pong");
    let ziel = format!("ziel=tcp://127.0.0.1:{port}");
    let Some(host) = Host::start(&["--variable", &ziel]) else { return };
    host.get(&format!("/offen/tcp?127.0.0.1:{port}")).check(200, "Ok(\"pong\")");
    assert_eq!(got.lock().unwrap().as_slice(), ["ping"]);
    let (other, got_by_other) = counterpart("pong");
    for (path, address) in
        [("/zu/tcp", format!("127.0.0.1:{port}")), ("/offen/tcp", format!("127.0.0.1:{other}"))]
    {
        let answer = host.get(&format!("{path}?{address}")).body;
        assert!(answer.contains("PermissionDenied"), "{answer}");
    }
    assert!(got_by_other.lock().unwrap().is_empty());
    // It is no right to speak HTTP there.
    host.get(&format!("/offen/outbound?http://127.0.0.1:{port}/"))
        .check(200, "ErrorCode::HttpRequestDenied");
    // Somebody who never answers does not keep a component for ever.
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let ziel = format!("ziel=tcp://{}", silent.local_addr().unwrap());
    let Some(host) = Host::start(&["--variable", &ziel]) else { return };
    let answer = host.get(&format!("/offen/tcp?{}", silent.local_addr().unwrap())).body;
    assert!(answer.contains("WouldBlock") || answer.contains("TimedOut"), "{answer}");
}

#[test]
fn a_component_that_fails_fails_one_request() {
    let Some(host) = Host::start(&["--time", "2s"]) else { return };
    host.get("/offen/panic").check_problem(500);
    host.log.wait_for(&["\"event\":\"output\"", "ein Fehler im Gast", "\"component\":\"offen\""]);
    host.log.wait_for(&["\"event\":\"trap\"", "unreachable"]);
    host.get("/offen/fehler").check_problem(500);
    host.get("/offen/speicher").check_problem(500);
    host.get("/offen/schluesselspeicher").check_problem(500);
    host.log.wait_for(&["\"event\":\"trap\"", "spin:key-value/key-value", "is not offered"]);

    let start = Instant::now();
    thread::scope(|scope| {
        let loops: Vec<_> = (0..3).map(|_| scope.spawn(|| host.get("/offen/schleife"))).collect();
        host.get("/offen/zaehler").check(200, "0");
        host.get("/zu/laenge").check(200, "0");
        assert!(start.elapsed() < Duration::from_secs(2), "others had to wait for endless loops");
        for one in loops {
            one.join().unwrap().check_problem(504);
        }
    });
    host.get("/offen/schlafen?60000").check_problem(504);
    host.log.wait_for(&["too-late", "2000 ms"]);
    host.get("/offen/uhr").check(200, &host.get("/offen/uhr").body);
}

#[test]
fn an_answer_that_breaks_off_looks_broken() {
    let Some(host) = Host::start(&[]) else { return };
    let whole = host.get("/offen/strom").body;
    assert!(whole.contains("Stück 9") && whole.ends_with("0\r\n\r\n"), "{whole}");
    let broken = host.get("/offen/strom?panic").body;
    assert!(!broken.ends_with("0\r\n\r\n"), "{broken}");
    let large = host.get("/offen/gross?3000000");
    assert_eq!(large.body.matches('x').count(), 3_000_000);
}

#[test]
fn bodies_have_a_limit() {
    let Some(host) = Host::start(&["--body", "1"]) else { return };
    let body = vec![b'x'; (1 << 20) + 1];
    host.post("/offen/laenge", &body[1..]).check(200, "1048576");
    host.post("/offen/laenge", &body).check_problem(413);
    let mut chunked = Vec::new();
    for piece in body.chunks(100_000) {
        chunked.extend(format!("{:x}\r\n", piece.len()).bytes());
        chunked.extend_from_slice(piece);
        chunked.extend(b"\r\n");
    }
    chunked.extend(b"0\r\n\r\n");
    let head = "POST /offen/laenge HTTP/1.1\r\nhost: gast\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    host.send(head, &chunked).check_problem(413);
}

#[test]
fn nothing_half_stored_stays() {
    let Some(host) = Host::start(&[]) else { return };
    host.sql("PRAGMA journal_mode = WAL\nCREATE TABLE t(x)");
    host.get("/offen/panic-in-transaktion").check_problem(500);
    host.sql("BEGIN\nINSERT INTO t VALUES (1)");
    assert_eq!(host.sql("SELECT count(*) FROM t"), "[[Value::Integer(0)]]\n0 0");
    assert_eq!(host.sql("INSERT INTO t VALUES (1)"), "[]\n1 1");
    host.post("/offen/blob", &vec![7; 3_000_000]).check(200, "3000000 true");
    let other = host.folder.path().join("andere.db");
    let answer = host.sql(&format!("ATTACH '{}' AS x", other.display()));
    assert!(answer.contains("authoriz") && !other.exists(), "{answer}");
    assert!(host.folder.path().join("data/portal.db").exists());
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let Some(host) = Host::start(&["--concurrent", "4"]) else { return };
    host.sql("PRAGMA journal_mode = WAL\nCREATE TABLE t(x)\nINSERT INTO t VALUES (0)");
    let increment = "BEGIN IMMEDIATE\nSELECT x FROM t\nUPDATE t SET x = x + 1\nCOMMIT";
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let answer = host.sql(increment);
                    assert!(!answer.contains("Error"), "{answer}");
                }
            });
        }
    });
    assert_eq!(host.sql("SELECT x FROM t"), "[[Value::Integer(80)]]\n0 0");
}

#[test]
fn the_log_names_requests_and_keeps_their_contents_out() {
    let Some(host) = Host::start(&[]) else { return };
    assert_eq!(host.get("/offen/print?erster").status, 200);
    assert_eq!(host.get("/offen/print?zweiter").status, 200);
    let first = host.log.wait_for(&["\"event\":\"request\"", "\"path\":\"/offen/print\""]);
    let line: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!((&line["status"], &line["method"]), (&200.into(), &"GET".into()));
    let output = host.log.wait_for(&["auf stderr: erster"]);
    let output: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(output["request"], line["request"]);
    assert_eq!(output["stream"], "stderr");
    assert_eq!(host.post("/offen/laenge?code=GEHEIM", b"GEHEIM").status, 200);
    host.log.wait_for(&["\"path\":\"/offen/laenge\""]);
    assert!(!host.log.0.0.lock().unwrap().iter().any(|line| line.contains("GEHEIM")));
}

#[test]
fn a_component_gets_the_headers_of_spin_and_no_forged_ones() {
    let Some(host) = Host::start(&[]) else { return };
    let request = "GET /offen/head?x=1 HTTP/1.1\r\nhost: amt.example\r\nconnection: close\r\nspin-client-addr: 1.2.3.4:5\r\nspin-forged: x\r\n\r\n";
    let body = host.send(request, b"").body;
    let lines: Vec<_> =
        body.lines().filter(|line| !line.starts_with("spin-client-addr: 127.0.0.1:")).collect();
    assert_eq!(
        lines,
        [
            "GET http://amt.example/offen/head?x=1",
            "spin-base-path: /",
            "spin-component-route: /offen",
            "spin-full-url: http://amt.example/offen/head?x=1",
            "spin-matched-route: /offen/...",
            "spin-path-info: /head",
            "spin-raw-component-route: /offen/...",
        ]
    );
}

#[test]
fn without_a_route_there_is_no_answer_but_health() {
    let Some(host) = Host::start(&[]) else { return };
    host.get("/anders").check_problem(404);
    host.get("/.well-known/spin/health").check(200, "OK");
}

#[test]
fn instances_are_reused_as_often_as_said() {
    let Some(host) = Host::start(&[]) else { return };
    let counts: Vec<_> = (0..3).map(|_| host.get("/offen/zaehler").body).collect();
    assert_eq!(counts, ["0", "1", "2"]);
    drop(host);
    let Some(host) = Host::start(&["--reuse", "1"]) else { return };
    let counts: Vec<_> = (0..3).map(|_| host.get("/offen/zaehler").body).collect();
    assert_eq!(counts, ["0", "0", "0"]);
}

#[test]
fn too_many_requests_are_turned_away() {
    let Some(host) = Host::start(&["--instances", "1", "--wait", "0s"]) else { return };
    // Sleeps until the test ends.
    let mut sleeper = TcpStream::connect(&host.address).unwrap();
    sleeper.write_all(b"GET /offen/schlafen?25000 HTTP/1.1\r\nhost: gast\r\n\r\n").unwrap();
    host.log.wait_for(&["schlafe"]);
    let refused = host.get("/zu/laenge");
    refused.check_problem(503);
    assert!(refused.head.contains("retry-after: "));
}

#[test]
fn a_timer_calls_with_the_secret() {
    let Some(host) = Host::start(&["--tick", "/offen/print?tick=200ms"]) else { return };
    host.log.wait_for(&["auf stdout: POST tick"]);
    host.log.wait_for(&["authorization: \\\"Bearer geheim\\\""]);
}

#[test]
fn a_stop_lets_requests_end() {
    let Some(mut host) = Host::start(&[]) else { return };
    host.get("/offen/laenge").check(200, "0");
    let mut stream = TcpStream::connect(&host.address).unwrap();
    stream
        .write_all(b"GET /offen/schlafen?1500 HTTP/1.1\r\nhost: gast\r\nconnection: close\r\n\r\n")
        .unwrap();
    host.log.wait_for(&["schlafe"]);
    let stopped = Command::new("kill").arg(host.child.id().to_string()).status().unwrap();
    assert!(stopped.success());
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("ausgeschlafen"), "{answer}");
    assert!(host.child.wait().unwrap().success());
    assert!(TcpStream::connect(&host.address).is_err());
    // An instance that waited for more ends with the host: that is no failure.
    host.log.wait_for(&["\"event\":\"ended\""]);
    assert!(!host.log.0.0.lock().unwrap().join("\n").contains("\"level\":\"error\""));
}

#[test]
fn what_is_missing_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = command(folder.path()).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = run(&["--nonsense"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("--nonsense: there is no such option"), "{text}");
    let (code, text) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("failed to read manifest"), "{text}");
    fs::write(folder.path().join("spin.toml"), MANIFEST.replace("GAST_WASM", "fehlt.wasm"))
        .unwrap();
    let (code, text) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("failed to read component") && text.contains("fehlt.wasm"), "{text}");
    let (_, text) = run(&["--variable", "unbekannt=1"]);
    assert!(text.contains("`unbekannt`"), "{text}");
}
