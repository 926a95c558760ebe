//! Looking closer at a campaign file than judging needs: faults and doubts, each with its place.
//!
//! A *fault* keeps the file from being used. A *doubt* is something that can hardly be meant: a
//! condition that never holds, a file nobody ever asks for, a limit of an unsaid unit. Doubts are
//! heuristics: none is an obstacle to using the file, and a file without any may still be wrong.
//!
//! Native only, behind the feature `cli`: the page shows faults and has no use for doubts.

mod conditions;
mod domain;
mod fields;
mod meaning;
mod places;
mod possible;
mod raw;
mod rules;
mod seen;

use std::fmt;

use serde_json::Value;

use super::{Campaign, Fault, Field, fault};
use places::Places;

pub(super) use seen::Seen;

/// Something found in a campaign file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// How grave it is.
    pub kind: Kind,
    /// What was found, in kebab-case; wire contract. Some faults and doubts share a code.
    pub code: &'static str,
    /// Where, as a JSON pointer; empty for the file as a whole.
    pub pointer: String,
    /// The line, from 1: that of what the pointer names, or of what is nearest above it.
    pub line: usize,
    /// The column in that line, in characters, from 1.
    pub column: usize,
    /// What was found and what was expected, for the author of the file.
    pub message: String,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The file cannot be used.
    Fault,
    /// It can, but this is hardly meant.
    Doubt,
}

impl fmt::Display for Finding {
    /// `3:5: doubt never /tracks/0/rules/2/when: this condition can never hold, …`
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { kind, code, pointer, line, column, message } = self;
        let kind = match kind {
            Kind::Fault => "fault",
            Kind::Doubt => "doubt",
        };
        let pointer = if pointer.is_empty() { "#" } else { pointer };
        write!(f, "{line}:{column}: {kind} {code} {pointer}: {message}")
    }
}

/// Everything to be said against a campaign file: its faults, or where it has none the doubts, in the
/// order of the file.
///
/// ```
/// use nomination_form::campaign::lint::{Kind, lint};
/// let found = lint(b"{\n  \"format\": \"campaign/1\",\n  \"titel\": \"x\"\n}");
/// let misspelt = found.iter().find(|found| found.pointer == "/titel").unwrap();
/// assert_eq!((misspelt.kind, misspelt.line, misspelt.column), (Kind::Fault, 3, 3));
/// ```
pub fn lint(bytes: &[u8]) -> Vec<Finding> {
    let text = match fault::bounded(bytes) {
        Ok(text) => text,
        Err(fault) => return vec![unread(fault, bytes)],
    };
    let json: Value = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => return vec![syntax(&error, text)],
    };
    let places = Places::of(text);
    let (kind, found) = match Campaign::parse(bytes) {
        Err(faults) => (Kind::Fault, faults),
        Ok(campaign) => (Kind::Doubt, doubts(&campaign, &json)),
    };
    let mut found: Vec<_> = found.into_iter().map(|fault| placed(kind, fault, &places)).collect();
    found.sort_by_key(|found| (found.line, found.column));
    found.dedup();
    found
}

fn doubts(campaign: &Campaign, json: &Value) -> Vec<Fault> {
    let mut doubts =
        Doubts { campaign, json, seen: super::check::seen(campaign), found: Vec::new() };
    doubts.raw();
    doubts.conditions();
    for (t, track) in campaign.tracks.iter().enumerate() {
        doubts.fields(track, &format!("/tracks/{t}"));
        doubts.rules(track, &format!("/tracks/{t}"));
    }
    doubts.found
}

/// The doubts found so far, and what they are found in.
struct Doubts<'a> {
    campaign: &'a Campaign,
    /// The file as it stands there.
    json: &'a Value,
    seen: Seen<'a>,
    found: Vec<Fault>,
}

impl Doubts<'_> {
    fn doubt(&mut self, code: &'static str, at: impl Into<String>, message: impl Into<String>) {
        self.found.push(Fault::new(code, at, message));
    }

    /// Whether a rule, condition, gate, summary or batch names the field.
    fn is_named(&self, field: &Field) -> bool {
        self.seen.names(field)
    }
}

/// A key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn placed(kind: Kind, fault: Fault, places: &Places) -> Finding {
    // What is wrong with these is the key itself; of all others it is what stands under it.
    let of_key = fault.message.starts_with("unknown field `") && fault.code == "wrong-shape"
        || fault.message == "key stands twice, expected once";
    let (line, column) = places.of_pointer(&fault.pointer, of_key);
    Finding { kind, code: fault.code, pointer: fault.pointer, line, column, message: fault.message }
}

/// A file that is too large, too deep or no text.
fn unread(fault: Fault, bytes: &[u8]) -> Finding {
    let valid = match str::from_utf8(bytes) {
        Err(error) if fault.code == "not-json" => bytes.get(..error.valid_up_to()),
        _ => None,
    };
    let valid = valid.and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
    let (line, column) = places::position(valid, valid.len());
    let Fault { code, pointer, message } = fault;
    Finding { kind: Kind::Fault, code, pointer, line, column, message }
}

/// A file that is no JSON. The parser counts columns in bytes.
fn syntax(error: &serde_json::Error, text: &str) -> Finding {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = error.column().saturating_sub(1).min(line.len());
    let before = line.char_indices().take_while(|(at, _)| *at < column).count();
    Finding {
        kind: Kind::Fault,
        code: "not-json",
        pointer: String::new(),
        line: error.line().max(1),
        column: before + 1,
        message: format!("{message}, expected JSON"),
    }
}
