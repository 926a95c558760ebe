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

/// Where an answer stands. Its names are made only when there is something to say.
enum Place<'a> {
    Field(&'a Field),
    Cell { table: &'a Field, row: usize, column: &'a Field },
}

impl<'a> Place<'a> {
    fn field(&self) -> &'a Field {
        match self {
            Self::Field(field) | Self::Cell { column: field, .. } => field,
        }
    }

    /// Says of a finding where it is, and which implicit rule found it.
    fn found(&self, rule: &str, mut finding: Finding<'a>) -> Finding<'a> {
        let id = match self {
            Self::Field(field) => {
                finding.path = answer(&field.key);
                field.key.clone()
            }
            Self::Cell { table, row, column } => {
                finding.path = cell(&table.key, *row, &column.key);
                let label = wording::cell_label(table.label.base(), *row, column.label.base());
                finding.label = Some(label);
                format!("{}.{}", table.key, column.key)
            }
        };
        finding.rule(format!("{rule}{id}")).about(self.field())
    }
}

/// Everything found on the answer of `field`.
pub(super) fn judge<'a>(view: &View<'a>, field: &'a Field, covered: &Covered) -> Vec<Finding<'a>> {
    let (value, place) = (view.raw(&field.key), Place::Field(field));
    if !view.visible(&field.key) {
        return hidden(&place, value).into_iter().collect();
    }
    let mut findings = Vec::new();
    if let FieldKind::Rows(rows) = &field.kind {
        rows_of(view, field, rows, value, &mut findings);
    } else if !field.is_file() || value.is_some() {
        let required = !field.is_file() && view.required(field);
        findings.extend(single(&place, value, required, covered));
    }
    findings
}

/// The finding on one answer, of a field or in a row.
fn single<'a>(
    place: &Place<'a>,
    value: Option<&Value>,
    required: bool,
    covered: &Covered,
) -> Option<Finding<'a>> {
    let kind = &place.field().kind;
    let given = value.filter(|value| match value {
        Value::Bool(_) => true,
        value => !shape::blank(kind, value),
    });
    let Some(value) = given else { return required.then(|| missing(place)) };
    if let Some(finding) = shape::judge(place.field(), covered.listed, value) {
        return Some(place.found("shape:", finding));
    }
    let FieldKind::Text(settings) = kind else { return None };
    let max = settings.max_chars.filter(|_| !covered.length)?;
    let count = value.as_str()?.trim().chars().count();
    let most = usize::try_from(max).unwrap_or(usize::MAX);
    (count > most).then(|| {
        let finding = Finding::new(Code::TooLong, "");
        place.found("len.", length(finding, count, most, "code_points"))
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

fn missing<'a>(place: &Place<'a>) -> Finding<'a> {
    let field = place.field();
    let finding = Finding::new(Code::Missing, "").with("expected", shape::expected(&field.kind));
    place.found("required:", finding.severity(field.missing))
}

/// A value in a field that is not shown.
fn hidden<'a>(place: &Place<'a>, value: Option<&Value>) -> Option<Finding<'a>> {
    value.filter(|value| !shape::blank(&place.field().kind, value)).map(|_| {
        let finding = Finding::new(Code::HiddenValue, "").severity(Severity::Warn);
        place.found("hidden:", finding)
    })
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
        return findings.push(missing(&Place::Field(field)));
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
        let place = Place::Cell { table: field, row: row.index, column };
        let value = row.map.get(&column.key).filter(|value| !value.is_null());
        findings.extend(if row.visible(column, facts) {
            single(&place, value, row.required(column, facts), &Covered::default())
        } else {
            hidden(&place, value)
        });
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
