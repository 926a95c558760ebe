//! The findings every field can have without a rule of its own: asked for and missing, of the wrong
//! shape, filled in though not shown, too many rows.

use serde_json::{Map, Value};

use super::{
    Code, Finding,
    condition::{self, Scope},
    finding::{answer, cell, escape, key_in, part, row as row_at},
    shape,
    view::{Row, View, table},
    wording,
};
use crate::campaign::{Field, FieldKind, Logic, MatrixEntry, RowsSettings, Severity};

/// The most findings on keys that no field has; more of them say nothing new.
const MAX_UNKNOWN: usize = 50;

/// What a rule of the campaign says about the field, so that it is not said twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Covered {
    /// A `listed` rule speaks about unknown options.
    pub(super) listed: bool,
    /// A `length` rule speaks about the length.
    pub(super) length: bool,
    /// The columns of a table of whose unknown options a `listed` rule speaks.
    pub(super) columns: Vec<String>,
}

impl Covered {
    /// What is said about a column.
    fn column(&self, key: &str) -> Self {
        Self { listed: self.columns.iter().any(|column| column == key), ..Self::default() }
    }
}

/// Where an answer stands. Its names are made only when there is something to say.
enum Place<'p, 'a> {
    Field(&'p View<'a>, &'a Field),
    Cell { view: &'p View<'a>, table: &'a Field, row: Row<'a>, column: &'a Field },
}

impl<'a> Place<'_, 'a> {
    fn field(&self) -> &'a Field {
        match self {
            Self::Field(_, field) | Self::Cell { column: field, .. } => field,
        }
    }

    fn view(&self) -> &View<'a> {
        match self {
            Self::Field(view, _) | Self::Cell { view, .. } => view,
        }
    }

    /// Whether a condition holds here.
    fn holds(&self, logic: &'a Logic) -> bool {
        match self {
            Self::Field(view, _) => view.holds(logic),
            Self::Cell { view, row, .. } => {
                condition::holds(logic, Scope::Row(view.facts(), *row, 0))
            }
        }
    }

    /// Says of a finding where it is, and which implicit rule found it.
    fn found(&self, rule: &str, mut finding: Finding<'a>) -> Finding<'a> {
        let id = match self {
            Self::Field(_, field) => {
                finding.path = answer(&field.key);
                field.key.clone()
            }
            Self::Cell { view, table, row, column } => {
                finding.path = cell(table, row, &column.key);
                finding.label = Some(cell_label(view, table, row, column));
                match table.entries().get(row.index) {
                    Some(entry) => format!("{}.{}.{}", table.key, entry.key, column.key),
                    None => format!("{}.{}", table.key, column.key),
                }
            }
        };
        finding.rule(format!("{rule}{id}")).about(self.field())
    }
}

/// What an answer in a row, a group or a matrix is called.
pub(super) fn cell_label(view: &View, table: &Field, row: &Row, column: &Field) -> String {
    let (words, lang) = (view.words(), view.lang());
    let column = column.label.get(lang);
    match (&table.kind, table.entries().get(row.index)) {
        (_, Some(entry)) => wording::part_label(words, entry_label(entry, lang), column),
        (FieldKind::Group(_), None) => column.to_owned(),
        _ => wording::cell_label(words, table.label.get(lang), row.index, column),
    }
}

/// What an entry of a matrix is called.
pub(super) fn entry_label<'a>(entry: &'a MatrixEntry, lang: &str) -> &'a str {
    entry.label.as_ref().map_or(&entry.key, |label| label.get(lang))
}

/// Everything found on the answer of `field`.
pub(super) fn judge<'a>(view: &View<'a>, field: &'a Field, covered: &Covered) -> Vec<Finding<'a>> {
    let (value, place) = (view.raw(&field.key), Place::Field(view, field));
    if !view.visible(&field.key) {
        return hidden(&place, value).into_iter().collect();
    }
    let mut findings = Vec::new();
    if let FieldKind::Rows(rows) = &field.kind {
        rows_of(view, field, rows, covered, &mut findings);
    } else if !field.columns().is_empty() {
        parts_of(view, field, covered, &mut findings);
    } else if !field.is_file() || value.is_some() {
        let required = !field.is_file() && view.required(field);
        findings.extend(single(&place, value, required, covered));
    }
    findings
}

/// The finding on one answer, of a field or in a row.
fn single<'a>(
    place: &Place<'_, 'a>,
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
    if let Some(finding) =
        shape::judge(place.field(), covered.listed, value, place.view().lang(), &|logic| {
            place.holds(logic)
        })
    {
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

fn missing<'a>(place: &Place<'_, 'a>) -> Finding<'a> {
    let field = place.field();
    let finding = Finding::new(Code::Missing, "").with("expected", shape::expected(&field.kind));
    place.found("required:", finding.severity(field.missing))
}

/// A value in a field that is not shown.
fn hidden<'a>(place: &Place<'_, 'a>, value: Option<&Value>) -> Option<Finding<'a>> {
    value.filter(|value| !shape::blank(&place.field().kind, value)).map(|_| {
        let finding = Finding::new(Code::HiddenValue, "").severity(Severity::Warn);
        place.found("hidden:", finding)
    })
}

fn rows_of<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &RowsSettings,
    covered: &Covered,
    findings: &mut Vec<Finding<'a>>,
) {
    let (key, value) = (&field.key, view.raw(&field.key));
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
        return findings.push(missing(&Place::Field(view, field)));
    }
    if let Some(finding) = few_or_many(field, settings, filled.len(), items.len(), least) {
        findings.push(finding.rule(format!("shape:{key}")).about(field));
    }
    let max = usize::try_from(settings.max).unwrap_or(usize::MAX);
    let mut next = table(field, value, view.facts()).peekable();
    for (at, item) in items.iter().take(max).enumerate() {
        if let Some(row) = next.next_if(|row| row.index == at) {
            columns(view, field, row, covered, findings);
        } else if !item.is_object() && !item.is_null() {
            let finding = Finding::new(Code::WrongType, row_at(key, at)).with("expected", "row");
            let label = wording::row_label(view.words(), field.label.get(view.lang()), at);
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

/// A group, or the entries of a matrix.
fn parts_of<'a>(
    view: &View<'a>,
    field: &'a Field,
    covered: &Covered,
    findings: &mut Vec<Finding<'a>>,
) {
    let place = Place::Field(view, field);
    let map = match view.raw(&field.key) {
        None => None,
        Some(value) if shape::blank(&field.kind, value) => None,
        Some(Value::Object(map)) => Some(map),
        Some(_) => {
            let finding = Finding::new(Code::WrongType, "").with("expected", "parts");
            return findings.push(place.found("shape:", finding));
        }
    };
    let rows = view.rows(&field.key);
    if rows.is_empty() && view.required(field) {
        findings.push(missing(&place));
    }
    for row in rows.iter() {
        columns(view, field, *row, covered, findings);
    }
    let Some(map) = map.filter(|_| !field.entries().is_empty()) else { return };
    for (at, entry) in field.entries().iter().enumerate() {
        let Some(given) = map.get(&entry.key) else { continue };
        let on = |code| {
            let path = format!("{}/{}", answer(&field.key), escape(&entry.key));
            Finding::new(code, path).label(entry_label(entry, view.lang()))
        };
        if !given.is_object() && !given.is_null() {
            let finding = on(Code::WrongType).with("expected", "parts").about(field);
            findings.push(finding.rule(format!("shape:{}.{}", field.key, entry.key)));
        } else if given.is_object() && !view.asked(field, at) {
            let finding = on(Code::HiddenValue).severity(Severity::Warn).about(field);
            findings.push(finding.rule(format!("hidden:{}.{}", field.key, entry.key)));
        }
    }
    let known = |name: &str| field.entries().iter().any(|entry| entry.key == name);
    for name in unknown(map, known) {
        let path = key_in(answer(&field.key), name);
        let finding = Finding::new(Code::UnknownKey, path).rule(format!("shape:{}", field.key));
        findings.push(finding.about(field));
    }
}

fn columns<'a>(
    view: &View<'a>,
    field: &'a Field,
    row: Row<'a>,
    covered: &Covered,
    findings: &mut Vec<Finding<'a>>,
) {
    let (key, facts) = (&field.key, view.facts());
    for column in row.columns {
        let place = Place::Cell { view, table: field, row, column };
        let value = row.map.get(&column.key).filter(|value| !value.is_null());
        findings.extend(if row.visible(column, facts) {
            single(&place, value, row.required(column, facts), &covered.column(&column.key))
        } else {
            hidden(&place, value)
        });
    }
    let known = |name: &str| row.columns.iter().any(|column| column.key == name);
    for name in unknown(row.map, known) {
        let finding = Finding::new(Code::UnknownKey, key_in(part(field, &row), name));
        let lang = view.lang();
        let label = match field.entries().get(row.index) {
            Some(entry) => entry_label(entry, lang).to_owned(),
            None if matches!(field.kind, FieldKind::Group(_)) => field.label.get(lang).to_owned(),
            None => wording::row_label(view.words(), field.label.get(lang), row.index),
        };
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
