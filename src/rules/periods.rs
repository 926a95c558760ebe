//! Rows with `start` and `end`: no start after its end, nothing after the reference month.

use super::{
    Code, Finding,
    finding::row_cell,
    view::{Row, View},
    wording,
};
use crate::campaign::OnField;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a OnField) -> Vec<Finding<'a>> {
    let label = view.label(&rule.field);
    let rows = view.rows(&rule.field);
    let found = rows.iter().filter_map(|row| {
        let found = one(view, &rule.field, row)?;
        Some(found.label(wording::row_label(view.words(), label, row.index)))
    });
    found.collect()
}

fn one<'a>(view: &View<'a>, key: &str, row: &Row<'a>) -> Option<Finding<'a>> {
    let facts = view.facts();
    let (start, end) = (row.month("start", facts), row.month("end", facts));
    let limit = facts.reference;
    let ahead = |column: &str| {
        Finding::new(Code::AfterReference, row_cell(key, row.index, column))
            .with("limit", limit.to_string())
    };
    match (start, end) {
        (Some(start), Some(end)) if start > end => {
            Some(Finding::new(Code::StartAfterEnd, row_cell(key, row.index, "end")))
        }
        (Some(start), _) if start > limit => Some(ahead("start")),
        (_, Some(end)) if end > limit => Some(ahead("end")),
        _ => None,
    }
}
