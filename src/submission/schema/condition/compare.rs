//! The values of a field's kind that pass a comparison with a constant.
//!
//! Each gives exactly the values for which `rules::condition` says yes once the field is shown, or
//! nothing where no schema gives exactly those.

use serde_json::{Value, json};

use crate::{
    campaign::{FieldKind, Op},
    standards::{Day, Month},
    submission::schema::value::{bare_or_coded, is_plain_text},
};

/// Equal to the constant.
pub(in crate::submission::schema) fn is(kind: &FieldKind, wanted: &Value) -> Option<Value> {
    let constant = json!({"const": wanted});
    match (kind, wanted) {
        (FieldKind::YesNo(_), Value::Bool(_)) | (FieldKind::Number(_), Value::Number(_)) => {
            Some(constant)
        }
        (kind, Value::String(words)) if can_be(kind, words) => Some(match kind {
            FieldKind::Choice(choice) if choice.codes.is_some() => bare_or_coded(&constant),
            _ => constant,
        }),
        _ => None,
    }
}

/// Whether the words are an answer of that kind, so that a rule may look at them.
fn can_be(kind: &FieldKind, words: &str) -> bool {
    let filled = !words.trim().is_empty();
    match kind {
        FieldKind::Choice(_) => filled,
        FieldKind::Month(_) => words.parse::<Month>().is_ok(),
        FieldKind::Date => words.parse::<Day>().is_ok(),
        FieldKind::DayOrMonth => words.parse::<Day>().is_ok() || words.parse::<Month>().is_ok(),
        kind => filled && is_plain_text(kind),
    }
}

/// Equal to one of the constants.
pub(super) fn is_one_of(kind: &FieldKind, wanted: &[Value]) -> Option<Value> {
    let each: Option<Vec<_>> = wanted.iter().map(|wanted| is(kind, wanted)).collect();
    each.filter(|each| !each.is_empty()).map(|each| json!({"anyOf": each}))
}

/// Several choices, the constant among them.
pub(super) fn contains(kind: &FieldKind, wanted: &Value) -> Option<Value> {
    let FieldKind::Choices(_) = kind else { return None };
    let word = wanted.as_str()?;
    // A coded item is its code, also where the list is one of words.
    let item = bare_or_coded(&json!({"const": word}));
    let items = bare_or_coded(&json!({"type": "string"}));
    Some(json!({"type": "array", "items": items, "contains": item}))
}

/// True by itself, as JsonLogic has it: 0, `false` and nothing are not.
pub(super) fn is_true(kind: &FieldKind) -> Option<Value> {
    match kind {
        FieldKind::YesNo(_) => Some(json!({"const": true})),
        FieldKind::Number(_) => Some(json!({"type": "number", "not": {"const": 0}})),
        kind => is_given(kind),
    }
}

/// There is an answer: `false` and 0 are answers.
pub(super) fn is_given(kind: &FieldKind) -> Option<Value> {
    match kind {
        FieldKind::YesNo(_) => Some(json!({"type": "boolean"})),
        FieldKind::Number(_) => Some(json!({"type": "number"})),
        FieldKind::Month(_) => Some(json!({"$ref": "#/$defs/Month"})),
        FieldKind::Date => Some(json!({"$ref": "#/$defs/Day"})),
        FieldKind::DayOrMonth => {
            Some(json!({"anyOf": [{"$ref": "#/$defs/Day"}, {"$ref": "#/$defs/Month"}]}))
        }
        FieldKind::Choice(choice) if choice.codes.is_none() => {
            Some(json!({"$ref": "#/$defs/Filled"}))
        }
        kind if is_plain_text(kind) => Some(json!({"$ref": "#/$defs/Filled"})),
        _ => None,
    }
}

/// A number on this side of the constant.
pub(super) fn is_ordered(kind: &FieldKind, op: Op, bound: &Value) -> Option<Value> {
    let (FieldKind::Number(_), Value::Number(bound)) = (kind, bound) else { return None };
    let keyword = match op {
        Op::Lt => "exclusiveMaximum",
        Op::Le => "maximum",
        Op::Gt => "exclusiveMinimum",
        Op::Ge => "minimum",
        _ => return None,
    };
    Some(json!({"type": "number", keyword: bound}))
}

/// The comparison with its sides changed.
pub(super) fn turned(op: Op) -> Op {
    match op {
        Op::Lt => Op::Gt,
        Op::Le => Op::Ge,
        Op::Gt => Op::Lt,
        Op::Ge => Op::Le,
        other => other,
    }
}
