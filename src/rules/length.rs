//! Length of a text, or of a table's printed lines, counted as the campaign says.
//!
//! The figure beside the box, the one judged here and the one the host judges are one figure.

use serde_json::Value;

use super::{
    Code, Finding, answer, line,
    view::{Facts, View, table},
};
use crate::{
    campaign::{Field, FieldKind, LengthRule},
    standards::count,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a LengthRule) -> Vec<Finding<'a>> {
    let Some(field) = view.field(&rule.field) else { return Vec::new() };
    let Some(value) = view.value(&rule.field) else { return Vec::new() };
    let count = count(field, value, rule, view.facts());
    let max = usize::try_from(rule.max).unwrap_or(usize::MAX);
    if count <= max {
        return Vec::new();
    }
    vec![answer::length(Finding::on(Code::TooLong, &rule.field), count, max, rule.unit.name())]
}

/// How long the answer is by the rule's way of counting.
pub(super) fn count<'a>(
    field: &'a Field,
    value: &'a Value,
    rule: &LengthRule,
    facts: &Facts<'a>,
) -> usize {
    match (&field.kind, value) {
        (FieldKind::Rows(_), value) => {
            let lines: Vec<_> =
                table(field, Some(value), facts).map(|row| line::of(field, &row, facts)).collect();
            count::count(&lines.join("\n"), rule.unit)
        }
        (_, Value::String(words)) => count::count(words, rule.unit),
        _ => 0,
    }
}
