//! The values of a field's kind that pass a comparison with a constant.
//!
//! Each gives exactly the values for which `rules::condition` says yes once the field is shown, or
//! nothing where no schema gives exactly those.

use serde_json::{Value, json};

use crate::{
    campaign::{FieldKind, Op, schema::pattern},
    standards::{Day, Month},
    submission::schema::value::bare_or_coded,
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
        kind => filled && kind.is_text(),
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
        kind if kind.is_text() => Some(json!({"$ref": "#/$defs/Filled"})),
        _ => None,
    }
}

/// On this side of the constant: a number, or a date in the form that the constant has.
pub(super) fn is_ordered(kind: &FieldKind, op: Op, bound: &Value) -> Option<Value> {
    match (kind, bound) {
        (FieldKind::Number(_), Value::Number(bound)) => {
            let keyword = match op {
                Op::Lt => "exclusiveMaximum",
                Op::Le => "maximum",
                Op::Gt => "exclusiveMinimum",
                _ => "minimum",
            };
            Some(json!({"type": "number", keyword: bound}))
        }
        (FieldKind::Month(_) | FieldKind::DayOrMonth, Value::String(bound))
            if bound.parse::<Month>().is_ok() =>
        {
            Some(dates(&pattern::month(), op, bound))
        }
        (FieldKind::Date | FieldKind::DayOrMonth, Value::String(bound))
            if bound.parse::<Day>().is_ok() =>
        {
            Some(dates(&pattern::day(), op, bound))
        }
        _ => None,
    }
}

/// Dates whose order as text is their order in time.
fn dates(form: &str, op: Op, bound: &str) -> Value {
    let mut sides: Vec<_> =
        bound.char_indices().filter_map(|(at, digit)| side(op, bound, at, digit)).collect();
    if matches!(op, Op::Le | Op::Ge) {
        sides.push(bound.to_owned());
    }
    // The last month there is has none after it.
    let side = if sides.is_empty() { "[^0-9]".to_owned() } else { sides.join("|") };
    json!({"type": "string", "allOf": [
        {"pattern": pattern::whole(form)}, {"pattern": format!("^(?:{side})$")},
    ]})
}

/// What is the same up to a digit, and beyond the bound in it.
fn side(op: Op, bound: &str, at: usize, digit: char) -> Option<String> {
    let number = digit.to_digit(10)?;
    let digits = match op {
        Op::Lt | Op::Le => (number > 0).then(|| format!("[0-{}]", number - 1)),
        _ => (number < 9).then(|| format!("[{}-9]", number + 1)),
    }?;
    let rest = bound.len() - at - 1;
    Some(format!("{}{digits}[-0-9]{{{rest}}}", bound.get(..at)?))
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
