//! The Spin interfaces that the host offers, generated from the WIT of the crate spin-sdk (see `build.rs`).

#![allow(missing_docs, unsafe_code, unused_qualifications, clippy::all, reason = "generated")]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
