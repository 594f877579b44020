//! Running a test runner: its output is passed on, and its closing lines are counted.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that passed.
    pub passed: u64,
    /// Those that failed; a runner that fails without naming a test counts as one.
    pub failed: u64,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Adds what a line of cargo's or node's runner says at its end.
    fn read(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            // test result: ok. 11 passed; 0 failed; 0 ignored; …
            ["test", "result:", _, passed, "passed;", failed, "failed;", ..] => {
                self.passed += passed.parse().unwrap_or(0);
                self.failed += failed.parse().unwrap_or(0);
            }
            // # pass 3, or with another sign before it
            ["#" | "ℹ", "pass", passed] => self.passed += passed.parse().unwrap_or(0),
            ["#" | "ℹ", "fail" | "cancelled", failed] => {
                self.failed += failed.parse().unwrap_or(0)
            }
            _ => {}
        }
    }
}

/// Runs a command that is itself one check.
pub fn check(command: &mut Command) -> Result<Count> {
    match crate::command::status(command)?.success() {
        true => Ok(Count { passed: 1, failed: 0 }),
        false => Ok(Count { passed: 0, failed: 1 }),
    }
}

/// Runs a test runner. One that ran no test has failed: its tests were lost on the way.
pub fn count(command: &mut Command) -> Result<Count> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let mut count = Count::default();
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count.read(&line);
    }
    let status = child.wait()?;
    if count == Count::default() && status.success() {
        eprintln!("xtask: {program} ran no test");
    }
    if count.failed == 0 && (count.passed == 0 || !status.success()) {
        count.failed = 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let lines = "\
            running 3 tests\n\
            test result: ok. 11 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n\
            ℹ pass 4\n\
            # fail 5\n\
            # cancelled 1\n\
            ℹ tests 9\n";
        let mut count = Count::default();
        lines.lines().for_each(|line| count.read(line));
        assert_eq!(count, Count { passed: 17, failed: 9 });
    }

    #[test]
    fn a_runner_without_tests_has_failed() {
        let table = [
            ("exit 0", Count { passed: 0, failed: 1 }),
            ("exit 3", Count { passed: 0, failed: 1 }),
            ("echo '# pass 2'", Count { passed: 2, failed: 0 }),
            ("echo '# pass 2'; exit 1", Count { passed: 2, failed: 1 }),
            ("echo '# pass 2'; echo '# fail 2'; exit 1", Count { passed: 2, failed: 2 }),
        ];
        for (script, expected) in table {
            assert_eq!(
                count(Command::new("sh").args(["-c", script])).unwrap(),
                expected,
                "{script}"
            );
        }
    }
}
