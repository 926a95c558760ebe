//! What the operators mean, over plain JSON: the same as in the engine, which works on answers in
//! place. A test holds the two together.

use std::cmp::Ordering;

use serde_json::Value;

use crate::{campaign::Op, standards::decimal};

/// Whether a value counts as true.
pub(super) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(words) => !words.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

/// Whether a value is an answer.
pub(super) fn is_given(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        value => truthy(value),
    }
}

/// Whether two values are the same; a number is equal to its digits.
// Both are decimal figures that somebody wrote down.
#[allow(clippy::float_cmp)]
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Number(number), Value::String(words))
        | (Value::String(words), Value::Number(number)) => {
            decimal::parse(words).is_some_and(|other| number.as_f64() == Some(other))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

/// Whether two values stand in that order; what does not compare does not.
pub(super) fn ordered(op: Op, a: &Value, b: &Value) -> bool {
    let order = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64().partial_cmp(&b.as_f64()),
        (Value::String(a), Value::String(b)) if is_date(a) && is_date(b) && a.len() == b.len() => {
            Some(a.cmp(b))
        }
        _ => None,
    };
    order.is_some_and(|order| match op {
        Op::Lt => order == Ordering::Less,
        Op::Le => order != Ordering::Greater,
        Op::Gt => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

/// `2022-08`, `2022-08-20` or `17:30`.
fn is_date(words: &str) -> bool {
    let mark = |i: usize| match (words.len(), i) {
        (7, 4) | (10, 4 | 7) => Some(b'-'),
        (5, 2) => Some(b':'),
        _ => None,
    };
    let fits = |(i, byte): (usize, u8)| mark(i).map_or(byte.is_ascii_digit(), |mark| byte == mark);
    matches!(words.len(), 5 | 7 | 10) && words.bytes().enumerate().all(fits)
}

/// Whether a value is in a list, or a text in a text.
pub(super) fn is_in(value: &Value, all: &Value) -> bool {
    match (value, all) {
        (value, Value::Array(items)) => items.iter().any(|item| same(value, item)),
        (Value::String(part), Value::String(whole)) => !part.is_empty() && whole.contains(part),
        _ => false,
    }
}
