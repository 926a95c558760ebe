//! Judging: a campaign, answers, files and the time go in, a verdict comes out.
//!
//! Invariants: judging never fails, waits or reads a clock; the same input gives the same verdict in
//! the page and at the host; no finding carries an answer's content.

mod problem;

pub use problem::{Problem, Verdict};
