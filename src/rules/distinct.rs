//! No two rows of a table are the same.

use super::{
    Code, Finding,
    finding::row,
    keyed::Keyed,
    view::{Facts, Row, View},
    wording,
};
use crate::{
    answers::{scalar, written},
    campaign::OnField,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a OnField) -> Vec<Finding<'a>> {
    let label = view.label(&rule.field);
    let mut seen = Keyed::default();
    let mut findings = Vec::new();
    for item in view.rows(&rule.field).iter() {
        let content = content(item, view.facts());
        let Some(&first) = seen.get(&content) else {
            seen.add(&content, item.index);
            continue;
        };
        let finding = Finding::new(Code::Twice, row(&rule.field, item.index));
        let finding = finding.with("row", item.index + 1).with("first", first + 1);
        findings.push(finding.label(wording::row_label(view.words(), label, item.index)));
    }
    findings
}

/// What is in a row, as one text to compare by.
fn content<'a>(row: &Row<'a>, facts: &Facts<'a>) -> String {
    let values = row.columns.iter().map(|column| {
        // What cannot be read is compared as it was typed: two such texts are not the same for that.
        let value = row.value(&column.key, facts).or_else(|| row.map.get(&column.key)).map(scalar);
        match value.and_then(serde_json::Value::as_str) {
            Some(words) => words.trim().to_owned(),
            None => value.map(written).unwrap_or_default(),
        }
    });
    values.collect::<Vec<_>>().join("\u{1F}")
}
