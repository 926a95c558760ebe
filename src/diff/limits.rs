//! Which way a limit went.

use serde_json::{Map, Value};

/// Which way a limit went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It lets through less than it did, and nothing more.
    Tighter,
    /// It lets through more than it did, and nothing less.
    Looser,
    /// It lets through other things, or nobody can tell.
    Other,
}

impl Turn {
    /// The code of a changed limit of a question.
    pub(super) fn limit(self) -> &'static str {
        match self {
            Self::Tighter => "limit-tightened",
            Self::Looser => "limit-loosened",
            Self::Other => "limit-changed",
        }
    }

    /// The code of a changed rule.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Tighter => "rule-tightened",
            Self::Looser => "rule-loosened",
            Self::Other => "rule-changed",
        }
    }

    /// What becomes of drafts of which that much is sure.
    pub(super) fn then(self, sure: &str) -> String {
        match self {
            Self::Tighter => format!("收紧了；{sure}，原来合格的可能不再合格，请填表人重新看一遍"),
            Self::Looser => format!("放宽了；{sure}，原来合格的仍然合格"),
            Self::Other => format!("草稿会按新的核对；{sure}，请填表人重新看一遍"),
        }
    }

    /// Both of two changes.
    pub(super) fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Other }
    }
}

/// The settings that differ, each with its values; what is not there is null.
pub(super) fn differing(old: &Value, new: &Value) -> Vec<(String, Value, Value)> {
    let none = Map::new();
    let (old, new) = (old.as_object().unwrap_or(&none), new.as_object().unwrap_or(&none));
    let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let both = |key: &String| {
        let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
        (key.clone(), of(old), of(new))
    };
    keys.into_iter().map(both).filter(|(_, old, new)| old != new).collect()
}

/// Whether a setting is only for people to read, or for how it looks.
pub(super) fn is_wording(key: &str) -> bool {
    matches!(key, "row_label" | "copies" | "stamp" | "reminders" | "lines" | "autocomplete")
}

/// Which way a setting went, of a question or of a rule.
pub(super) fn turn(key: &str, old: &Value, new: &Value) -> Turn {
    match key {
        "max" | "max_chars" | "max_bytes" | "max_total_bytes" | "max_files" | "max_seconds"
        | "max_width" | "max_height" | "ratio_tolerance" | "last_day" => upper(old, new),
        "min" | "min_bytes" | "safe_bytes" | "min_files" | "min_seconds" | "min_width"
        | "min_height" | "min_months" | "min_workdays" | "first_day" => lower(old, new),
        "whole" | "colour" | "caption" | "inner_check" | "unbroken" | "even_if_missing" => {
            flag(old, new)
        }
        "service_numbers" | "count_first_day" => flag(new, old),
        "formats" | "pass" => among(old, new),
        "ratios" | "background" | "file_name" => match [old, new].map(is_empty) {
            [true, _] => Turn::Tighter,
            [_, true] => Turn::Looser,
            _ => among(old, new),
        },
        "years" | "always" => among(new, old),
        _ => Turn::Other,
    }
}

/// The smaller the tighter; none is the loosest.
fn upper(old: &Value, new: &Value) -> Turn {
    match (old, new) {
        (Value::Null, _) => Turn::Tighter,
        (_, Value::Null) => Turn::Looser,
        _ if is_less(new, old) => Turn::Tighter,
        _ => Turn::Looser,
    }
}

/// The greater the tighter; none is the loosest.
fn lower(old: &Value, new: &Value) -> Turn {
    match (old, new) {
        (Value::Null, _) => Turn::Tighter,
        (_, Value::Null) => Turn::Looser,
        _ if is_less(old, new) => Turn::Tighter,
        _ => Turn::Looser,
    }
}

/// Numbers, or days as texts.
fn is_less(one: &Value, other: &Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one < other,
        _ => one.as_f64() < other.as_f64(),
    }
}

fn flag(old: &Value, new: &Value) -> Turn {
    match (old.as_bool(), new.as_bool()) {
        (Some(false), Some(true)) => Turn::Tighter,
        (Some(true), Some(false)) => Turn::Looser,
        _ => Turn::Other,
    }
}

/// Of a list any item will do: the fewer the tighter.
fn among(old: &Value, new: &Value) -> Turn {
    let (Some(old), Some(new)) = (old.as_array(), new.as_array()) else { return Turn::Other };
    match (new.iter().all(|it| old.contains(it)), old.iter().all(|it| new.contains(it))) {
        (true, false) => Turn::Tighter,
        (false, true) => Turn::Looser,
        _ => Turn::Other,
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_none_or(Vec::is_empty)
}

/// A setting as an officer reads it.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::Null => "不限".to_owned(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::String(words) => format!("“{words}”"),
        Value::Array(items) if items.is_empty() => "不限".to_owned(),
        Value::Array(items) => {
            // A ratio or a size stands in a list of its own.
            let pair = items.iter().all(Value::is_number);
            items.iter().map(said).collect::<Vec<_>>().join(if pair { ":" } else { "、" })
        }
        Value::Number(number) => number.to_string(),
        Value::Object(parts) => format!("{}种情形", parts.len()),
    }
}
