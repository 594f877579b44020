//! The API of the way back over a real SQLite file, with messages as a Fachverfahren writes them.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

fn main() {}
