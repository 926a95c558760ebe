//! The words of findings: which sentence of the catalogue it is.
//!
//! A kind of finding has a sentence under its code, and may have others: under `too-long.caption` what
//! is said of a `too-long` whose parameter `of` is `caption`, under `too-long.target` of one that has
//! a parameter `target`.

use serde_json::{Map, Value};

use super::Code;
use crate::{
    campaign::Severity,
    words::{Words, say},
};

/// The parameters that may choose another sentence, the one that matters most first.
const CHOOSING: [&str; 8] =
    ["of", "target", "expected", "found", "options", "asked", "count", "earliest"];

/// The sentence for a finding: the campaign's own where it has one, ours otherwise.
pub(super) fn sentence(
    words: &'static Words,
    code: Code,
    severity: Severity,
    params: &Map<String, Value>,
    label: &str,
    own: Option<&str>,
) -> String {
    match own {
        Some(own) => words.fill(own, label, params),
        None => words.fill(template(words, code, severity, params), label, params),
    }
}

/// What a row is called.
pub(super) fn row_label(words: &'static Words, table: &str, row: usize) -> String {
    say!(words, "row_label", table = table, row = row + 1)
}

/// What an answer in a row is called.
pub(super) fn cell_label(words: &'static Words, table: &str, row: usize, column: &str) -> String {
    say!(words, "cell_label", table = table, row = row + 1, column = column)
}

/// What an answer about an entry is called.
pub(super) fn part_label(words: &'static Words, entry: &str, question: &str) -> String {
    say!(words, "part_label", entry = entry, column = question)
}

/// Puts the parameters into a template in zh-CN.
#[cfg(feature = "cli")]
pub(crate) fn fill(template: &str, label: &str, params: &Map<String, Value>) -> String {
    Words::base().fill(template, label, params)
}

/// Our own sentence for a finding.
fn template(
    words: &'static Words,
    code: Code,
    severity: Severity,
    params: &Map<String, Value>,
) -> &'static str {
    let known = |kind: &str| words.find(&format!("{}.{kind}", code.as_str()));
    if let Some(template) = kind(code, severity, params).and_then(known) {
        return template;
    }
    let chosen = CHOOSING.into_iter().find_map(|name| {
        let value = params.get(name).filter(|value| !value.is_null())?;
        value.as_str().and_then(known).or_else(|| known(name))
    });
    chosen.or_else(|| words.find(code.as_str())).unwrap_or_default()
}

/// The sentences that more than the name or word of one parameter chooses.
fn kind(code: Code, severity: Severity, params: &Map<String, Value>) -> Option<&'static str> {
    let is = |name: &str, word: &str| params.get(name).and_then(Value::as_str) == Some(word);
    let counts = |name: &str, figure: u64| params.get(name) == Some(&figure.into());
    Some(match code {
        Code::TooLong | Code::TooShort if is("unit", "word") && !params.contains_key("target") => {
            "word"
        }
        Code::TooSmall if is("of", "pixels") => pixels(params, "min_width", "min_height"),
        Code::TooLarge if is("of", "pixels") => pixels(params, "max_width", "max_height"),
        Code::TooSmall if is("kind", "file") && is("of", "bytes") => "file",
        Code::TooSmall if is("of", "bytes") && counts("min", 1_000_000) => "bytes_1m",
        Code::TooLarge if !is("of", "files") && params.contains_key("bytes") => "bytes",
        Code::NearlyTooSmall if counts("safe", 1_048_576) => "windows",
        Code::NotDeclared if severity != Severity::Error => "mild",
        Code::NotAsked if severity == Severity::Info => "excused",
        Code::Late if severity == Severity::Error => "closed",
        Code::TooFewMonths if counts("months", 0) => "none",
        Code::TooFewWorkdays if params.contains_key("reversed") => "reversed",
        Code::TooFewWorkdays if params.contains_key("deadline") => "late",
        Code::WrongRatio => ratio(params)?,
        Code::UnknownFormat => format(params)?,
        _ => return None,
    })
}

/// Too few pixels or too many; a bound may be set for one side alone.
fn pixels(params: &Map<String, Value>, width: &str, height: &str) -> &'static str {
    let bound = |name: &str| params.get(name).and_then(Value::as_u64).is_some_and(|n| n > 0);
    match (bound(width), bound(height)) {
        (true, false) => "pixels_width",
        (false, true) => "pixels_height",
        _ => "pixels",
    }
}

fn ratio(params: &Map<String, Value>) -> Option<&'static str> {
    let two_inch = |size: &Value| size == "35×49" || size == "35×53";
    let asked = params.get("asked").and_then(Value::as_array);
    let named = params.get("size").is_some_and(Value::is_string);
    if params.get("sideways") == Some(&Value::Bool(true)) {
        return Some("sideways");
    }
    let asked = asked.is_some_and(|asked| asked.iter().all(two_inch));
    asked.then_some(if named { "two_inch_named" } else { "two_inch" })
}

fn format(params: &Map<String, Value>) -> Option<&'static str> {
    Some(match params.get("found").and_then(Value::as_str).unwrap_or_default() {
        "webp" | "avif" | "gif" | "bmp" | "tiff" => "picture",
        "zip" | "rar" | "seven-zip" | "gzip" => "archive",
        "exe" | "elf" | "script" => "program",
        "mp4" | "video" => "film",
        "m4a" | "wav" | "mp3" => "sound",
        "empty" => "unknown",
        _ => return None,
    })
}
