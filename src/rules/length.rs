//! Length of a text, or of a table's printed lines, counted as the campaign says.
//!
//! The figure beside the box, the one judged here and the one the host judges are one figure.

use serde_json::Value;

use super::{
    Code, Finding, answer, line,
    view::{Facts, View, table},
};
use crate::{
    campaign::{Field, FieldKind, LengthRule, Severity},
    standards::count,
};

/// Judges by the rule of id `id`: being only roughly as long as asked for bears `<id>.approx`.
pub(super) fn judge<'a>(view: &View<'a>, rule: &'a LengthRule, id: &str) -> Vec<Finding<'a>> {
    let Some(field) = view.field(&rule.field) else { return Vec::new() };
    let Some(value) = view.value(&rule.field) else { return Vec::new() };
    let count = count(field, value, rule, view.facts());
    let finding = beyond(rule, count).or_else(|| roughly(rule, count, id));
    finding.into_iter().collect()
}

/// Above the most or below the least.
fn beyond<'a>(rule: &LengthRule, count: usize) -> Option<Finding<'a>> {
    let (key, unit) = (&rule.field, rule.unit.name());
    if let Some(max) = rule.most().map(whole).filter(|max| count > *max) {
        return Some(answer::length(Finding::on(Code::TooLong, key), count, max, unit));
    }
    let min = rule.min.map(whole).filter(|min| count < *min)?;
    Some(short(Finding::on(Code::TooShort, key), count, min).with("unit", unit))
}

/// Off the length asked for (左右), though not too far.
fn roughly<'a>(rule: &LengthRule, count: usize, id: &str) -> Option<Finding<'a>> {
    let approx = rule.approx.as_ref()?;
    let (min, max) = approx.about();
    let (min, max) = (whole(min), whole(max));
    let finding = if count > max {
        answer::length(Finding::on(Code::TooLong, &rule.field), count, max, rule.unit.name())
    } else if count < min {
        short(Finding::on(Code::TooShort, &rule.field), count, min).with("unit", rule.unit.name())
    } else {
        return None;
    };
    let finding = finding.with("target", approx.target).severity(Severity::Warn);
    Some(finding.rule(format!("{id}.approx")))
}

fn short(finding: Finding<'_>, count: usize, min: usize) -> Finding<'_> {
    finding.with("count", count).with("min", min).with("short", min - count)
}

fn whole(figure: u32) -> usize {
    usize::try_from(figure).unwrap_or(usize::MAX)
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
