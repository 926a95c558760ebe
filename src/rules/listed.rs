//! A choice's value is one of its options; the campaign's own word on unknown values.

use super::{
    Code, Finding,
    answer::cell_label,
    finding::{answer, cell},
    shape,
    view::View,
};
use crate::campaign::{Field, FieldKind, ListedRule};

/// How many options a message can name and still be read.
const NAMED: usize = 10;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a ListedRule) -> Vec<Finding<'a>> {
    let Some(field) = view.field(&rule.field) else { return Vec::new() };
    let Some(column) = &rule.column else {
        let word = view.text(&rule.field);
        let finding = word.and_then(|word| one(view, field, word, answer(&rule.field)));
        return finding.into_iter().collect();
    };
    let rows = view.rows(&rule.field);
    let found = rows.iter().filter_map(|row| {
        let (of, word) = (row.column(column)?, row.text(column, view.facts())?);
        let label = cell_label(view, field, row, of);
        one(view, of, word, cell(field, row, column)).map(|finding| finding.label(label))
    });
    found.collect()
}

fn one<'a>(view: &View<'a>, field: &'a Field, word: &str, path: String) -> Option<Finding<'a>> {
    let FieldKind::Choice(choice) = &field.kind else { return None };
    if shape::among(choice, word) {
        return None;
    }
    let finding = Finding::new(Code::UnknownOption, path);
    if !(1..=NAMED).contains(&choice.options.len()) {
        return Some(finding);
    }
    let labels: Vec<_> =
        choice.options.iter().map(|option| option.label.get(view.lang())).collect();
    Some(finding.with("options", labels))
}
