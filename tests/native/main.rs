//! The native tests: one binary.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../golden.rs"]
mod golden;

mod faults;
mod judge;
mod layers;
mod submissions;
mod verdicts;
#[cfg(feature = "cli")]
mod verify;
