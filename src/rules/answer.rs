//! The findings every field can have without a rule of its own: asked for and missing, of the wrong
//! shape, filled in though not shown, too many rows.

use serde_json::{Map, Value};

use super::{
    Code, Finding,
    finding::{answer, cell, row as row_at},
    shape,
    view::{Row, View, table},
    wording,
};
use crate::campaign::{Field, FieldKind, RowsSettings, Severity};

/// The most findings on keys that no field has; more of them say nothing new.
const MAX_UNKNOWN: usize = 50;

/// What a rule of the campaign says about the field, so that it is not said twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Covered {
    /// A `listed` rule speaks about unknown options.
    pub(super) listed: bool,
    /// A `length` rule speaks about the length.
    pub(super) length: bool,
}

/// Everything found on the answer of `field`.
pub(super) fn judge<'a>(view: &View<'a>, field: &'a Field, covered: &Covered) -> Vec<Finding<'a>> {
    let value = view.raw(&field.key);
    if !view.visible(&field.key) {
        let value = value.filter(|value| !shape::blank(&field.kind, value));
        return value.map(|_| hidden(field, &field.key, answer(&field.key))).into_iter().collect();
    }
    let mut findings = Vec::new();
    if let FieldKind::Rows(rows) = &field.kind {
        rows_of(view, field, rows, value, &mut findings);
    } else if !field.is_file() || value.is_some() {
        let required = !field.is_file() && view.required(field);
        let path = answer(&field.key);
        findings.extend(single(field, &field.key, path, value, required, covered));
    }
    findings
}

/// The finding on one answer, of a field or in a row.
fn single<'a>(
    field: &'a Field,
    id: &str,
    path: String,
    value: Option<&Value>,
    required: bool,
    covered: &Covered,
) -> Option<Finding<'a>> {
    let given = value.filter(|value| match value {
        Value::Bool(_) => true,
        value => !shape::blank(&field.kind, value),
    });
    let Some(value) = given else { return required.then(|| missing(field, id, path)) };
    if let Some(finding) = shape::judge(field, covered.listed, &path, value) {
        return Some(finding.rule(format!("shape:{id}")).about(field));
    }
    let FieldKind::Text(settings) = &field.kind else { return None };
    let max = settings.max_chars.filter(|_| !covered.length)?;
    let count = value.as_str()?.trim().chars().count();
    let most = usize::try_from(max).unwrap_or(usize::MAX);
    (count > most).then(|| {
        let finding = Finding::new(Code::TooLong, path);
        length(finding, count, most, "code_points").rule(format!("len.{id}")).about(field)
    })
}

/// Puts the figures of a text that is too long into a finding.
pub(super) fn length<'a>(
    finding: Finding<'a>,
    count: usize,
    max: usize,
    unit: &str,
) -> Finding<'a> {
    finding
        .with("count", count)
        .with("max", max)
        .with("over", count.saturating_sub(max))
        .with("unit", unit)
}

fn missing<'a>(field: &'a Field, id: &str, path: String) -> Finding<'a> {
    Finding::new(Code::Missing, path)
        .with("expected", shape::expected(&field.kind))
        .severity(field.missing)
        .rule(format!("required:{id}"))
        .about(field)
}

fn hidden<'a>(field: &'a Field, id: &str, path: String) -> Finding<'a> {
    Finding::new(Code::HiddenValue, path)
        .severity(Severity::Warn)
        .rule(format!("hidden:{id}"))
        .about(field)
}

fn rows_of<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &RowsSettings,
    value: Option<&'a Value>,
    findings: &mut Vec<Finding<'a>>,
) {
    let key = &field.key;
    let items = match value {
        None => &[][..],
        Some(Value::Array(items)) => items.as_slice(),
        Some(value) if shape::blank(&field.kind, value) => &[],
        Some(_) => {
            let finding = Finding::on(Code::WrongType, key).with("expected", "rows");
            return findings.push(finding.rule(format!("shape:{key}")).about(field));
        }
    };
    let filled = view.rows(key);
    let odd = items.iter().any(|item| !item.is_object() && !item.is_null());
    let least = settings.min.unwrap_or(0).max(u32::from(view.required(field)));
    if filled.is_empty() && !odd && view.required(field) {
        return findings.push(missing(field, key, answer(key)));
    }
    if let Some(finding) = few_or_many(field, settings, filled.len(), items.len(), least) {
        findings.push(finding.rule(format!("shape:{key}")).about(field));
    }
    let max = usize::try_from(settings.max).unwrap_or(usize::MAX);
    let mut next = table(field, value, view.facts()).peekable();
    for (at, item) in items.iter().take(max).enumerate() {
        if let Some(row) = next.next_if(|row| row.index == at) {
            columns(view, field, row, findings);
        } else if !item.is_object() && !item.is_null() {
            let finding = Finding::new(Code::WrongType, row_at(key, at)).with("expected", "row");
            let label = wording::row_label(field.label.base(), at);
            findings.push(finding.rule(format!("shape:{key}")).label(label).about(field));
        }
    }
}

fn few_or_many<'a>(
    field: &Field,
    settings: &RowsSettings,
    filled: usize,
    all: usize,
    least: u32,
) -> Option<Finding<'a>> {
    let most = usize::try_from(settings.max).unwrap_or(usize::MAX);
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    if all > most {
        let finding = Finding::on(Code::TooMany, &field.key).with("count", all).with("max", most);
        return Some(finding.with("over", all - most).with("of", "rows"));
    }
    (filled > 0 && filled < least).then(|| {
        let finding =
            Finding::on(Code::TooFew, &field.key).with("count", filled).with("min", least);
        finding.with("short", least - filled)
    })
}

fn columns<'a>(view: &View<'a>, field: &'a Field, row: Row<'a>, findings: &mut Vec<Finding<'a>>) {
    let (key, facts) = (&field.key, view.facts());
    for column in row.columns {
        let id = format!("{key}.{}", column.key);
        let path = cell(key, row.index, &column.key);
        let value = row.map.get(&column.key).filter(|value| !value.is_null());
        let found = if row.visible(column, facts) {
            let required = row.required(column, facts);
            single(column, &id, path, value, required, &Covered::default())
        } else {
            let given = value.filter(|value| !shape::blank(&column.kind, value));
            given.map(|_| hidden(column, &id, path))
        };
        let label = wording::cell_label(field.label.base(), row.index, column.label.base());
        findings.extend(found.map(|finding| finding.label(label)));
    }
    let known = |name: &str| row.columns.iter().any(|column| column.key == name);
    for name in unknown(row.map, known) {
        let finding = Finding::new(Code::UnknownKey, cell(key, row.index, name));
        let label = wording::row_label(field.label.base(), row.index);
        findings.push(finding.rule(format!("shape:{key}")).label(label).about(field));
    }
}

/// Answers under keys that no field has.
pub(super) fn unknown_keys<'a>(view: &View<'a>) -> Vec<Finding<'a>> {
    unknown(&view.given().answers.0, |key| view.field(key).is_some())
        .map(|key| {
            let shown = if key.len() > 64 { "" } else { key };
            Finding::on(Code::UnknownKey, key).rule(format!("shape:{shown}"))
        })
        .collect()
}

fn unknown(map: &Map<String, Value>, known: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
    let keys = map.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| key.as_str());
    keys.filter(move |key| !known(key)).take(MAX_UNKNOWN)
}
