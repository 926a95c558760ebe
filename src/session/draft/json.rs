//! Writing and reading a draft's parts. Reading gives a blank for what is not there or not readable.

use serde_json::Value;

use crate::standards::Instant;

/// An object of these entries. One function for all of them: every `json!` is compiled anew.
pub(super) fn object(entries: Vec<(&str, Value)>) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[inline(never)]
pub(super) fn text(of: &Value, key: &str) -> String {
    of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[inline(never)]
pub(super) fn number(of: &Value, key: &str) -> Option<u32> {
    of.get(key)?.as_u64()?.try_into().ok()
}

#[inline(never)]
pub(super) fn long(of: &Value, key: &str) -> u64 {
    of.get(key).and_then(Value::as_u64).unwrap_or_default()
}

#[inline(never)]
pub(super) fn moment(of: &Value, key: &str) -> Option<Instant> {
    Instant::parse(of.get(key)?.as_str()?).ok()
}

#[inline(never)]
pub(super) fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
