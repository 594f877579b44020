//! The binary as `cargo xtask dev` starts it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::helfer::get;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_gegenstellen"))
}

/// Ends the process also when an assertion fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_says_when_it_is_ready_and_on_which_ports() {
    let ordner = TempDir::new().unwrap();
    let mut child = program()
        .args(["--fachverfahren", "127.0.0.1:0", "--dms", "127.0.0.1:0", "--ordner"])
        .arg(ordner.path())
        .stdout(Stdio::piped())
        .spawn()
        .map(Running)
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [ready, fachverfahren, dms] = words.as_slice() else {
        panic!("{line}");
    };
    assert_eq!(*ready, "bereit");
    let fachverfahren = fachverfahren.strip_prefix("fachverfahren=").unwrap();
    assert_eq!(get(&format!("{fachverfahren}/steuerung")).status, 200);
    let dms = dms.strip_prefix("dms=").unwrap();
    assert_eq!(get(&format!("{dms}/cmis/browser")).status, 200);
}

#[test]
fn bad_arguments_end_it_with_a_sentence() {
    let check = |arguments: &[&str], code: i32, text: &str| {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(said.contains(text), "{arguments:?}: {said}");
    };
    let ordner = TempDir::new().unwrap();
    let ordner = ordner.path().to_str().unwrap();
    check(&["--help"], 0, "POST /steuerung");
    check(&[], 2, "--ordner is missing");
    check(&["--ordner"], 2, "missing argument");
    check(&["--port", "1"], 2, "--port");
    check(&["--ordner", ordner, "--dms", "hier"], 2, "hier");
    check(&["--ordner", ordner, "--dms-anmeldung", "digest x"], 2, "basic user:pass");
    check(&["--ordner", ordner, "--dms", "0.0.0.0:0"], 1, "not a loopback address");
    let free = ["--ordner", ordner, "--fachverfahren", "127.0.0.1:0", "--dms", "127.0.0.1:0"];
    check(&[&free[..], &["--schemas", "/nirgends"]].concat(), 1, "lacks");
    let file = std::path::Path::new(ordner).join("datei");
    std::fs::write(&file, "").unwrap();
    let free = ["--fachverfahren", "127.0.0.1:0", "--dms", "127.0.0.1:0"];
    check(&[&free[..], &["--ordner", file.to_str().unwrap()]].concat(), 1, "failed to use");
}
