//! One passing grade for each of the years asked for; one finding for each year that has none.

use super::{
    Code, Finding,
    finding::{answer, row},
    view::{Row, View},
};
use crate::campaign::GradesRule;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a GradesRule) -> Vec<Finding<'a>> {
    let rows = view.rows(&rule.field);
    if rows.is_empty() {
        return Vec::new();
    }
    rule.years.iter().filter_map(|year| one(view, rule, &rows, *year)).collect()
}

/// The same year twice: the worst counts, so any row of it that does not pass is found.
fn one<'a>(
    view: &View<'a>,
    rule: &'a GradesRule,
    rows: &[Row<'a>],
    year: u16,
) -> Option<Finding<'a>> {
    let facts = view.facts();
    let of_year: Vec<_> = rows
        .iter()
        .filter(|row| {
            row.value(&rule.year, facts).and_then(serde_json::Value::as_f64)
                == Some(f64::from(year))
        })
        .collect();
    let graded = |row: &&&Row<'a>| row.text(&rule.grade, facts).is_some();
    let failing = of_year.iter().find(|row| {
        row.text(&rule.grade, facts)
            .is_some_and(|grade| !rule.pass.iter().any(|pass| pass == grade))
    });
    if let Some(failing) = failing {
        let finding = Finding::new(Code::NotPassed, row(&rule.field, failing.index));
        return Some(finding.with("year", year).with("pass", rule.pass.clone()));
    }
    if of_year.iter().any(|row| graded(&row)) {
        return None;
    }
    let path = of_year.first().map_or_else(|| answer(&rule.field), |at| row(&rule.field, at.index));
    Some(Finding::new(Code::MissingYear, path).with("year", year))
}
