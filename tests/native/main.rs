//! The native tests: one binary.
//!
//! The modules are marked as tests, so that what they share may panic as a test does.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
#[path = "../golden.rs"]
mod golden;

#[cfg(test)]
#[cfg(feature = "cli")]
mod batch;
#[cfg(test)]
#[cfg(feature = "cli")]
mod check;
#[cfg(test)]
#[cfg(feature = "cli")]
mod command;
#[cfg(test)]
#[cfg(feature = "pictures")]
#[path = "../pictures.rs"]
mod made;

#[cfg(test)]
mod aid;
#[cfg(test)]
mod attachments;
#[cfg(test)]
mod carry;
#[cfg(test)]
mod conditions;
#[cfg(test)]
#[cfg(feature = "cli")]
mod diff;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fourth;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod layers;
#[cfg(test)]
#[cfg(feature = "cli")]
mod lint;
#[cfg(test)]
mod photo_points;
#[cfg(test)]
#[cfg(feature = "cli")]
mod pictures;
#[cfg(test)]
#[cfg(feature = "cli")]
mod schemas;
#[cfg(test)]
mod session;
#[cfg(test)]
mod session_parts;
#[cfg(test)]
mod styles;
#[cfg(test)]
mod submissions;
#[cfg(test)]
mod verdicts;
#[cfg(test)]
#[cfg(feature = "cli")]
mod verify;
#[cfg(test)]
mod way;
#[cfg(test)]
mod words;
