//! The earliest row is of the kind asked for, and begins at a likely age.

use super::{
    Code, Finding,
    condition::{self, Scope},
    finding::{row, row_cell},
    view::{Row, View},
};
use crate::{campaign::FirstRowRule, standards::Month};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a FirstRowRule) -> Vec<Finding<'a>> {
    let facts = view.facts();
    let rows = view.rows(&rule.field);
    let started = rows.iter().filter_map(|row| Some((row.month("start", facts)?, row)));
    let Some((start, first)) = started.min_by_key(|(start, row)| (*start, row.index)) else {
        return Vec::new();
    };
    // Two rows may begin in the same month; it is enough that one of them is as asked for.
    let at_first = |row: &&Row<'a>| row.month("start", facts) == Some(start);
    let fits = rows
        .iter()
        .filter(at_first)
        .any(|row| condition::holds(&rule.must, Scope::Row(facts, *row, 0)));
    let mut findings = Vec::new();
    if !fits {
        let asked = rule.asked.as_ref().map(|asked| asked.get(view.lang()));
        let finding = Finding::new(Code::OtherFirstRow, row(&rule.field, first.index));
        findings.push(finding.with("row", first.index + 1).with("asked", asked));
    }
    findings.extend(age(view, rule, start, first));
    findings
}

fn age<'a>(
    view: &View<'a>,
    rule: &'a FirstRowRule,
    start: Month,
    first: &Row<'a>,
) -> Option<Finding<'a>> {
    let [least, most] = rule.ages?;
    let birth: Month = view.text(rule.birth.as_deref()?)?.parse().ok()?;
    // Whole years in the month of the start; a birthday in that month counts as past. At the lower
    // end the year of birth decides: school begins by the year and not by the month.
    let age = (start.number() - birth.number()).div_euclid(12);
    let by_year = start.year() - birth.year();
    let at_least = u32::try_from(by_year).is_ok_and(|years| years >= least);
    let at_most = u32::try_from(age.max(0)).is_ok_and(|age| age <= most);
    let likely = at_least && at_most;
    (!likely).then(|| {
        let finding = Finding::new(Code::UnlikelyAge, row_cell(&rule.field, first.index, "start"));
        finding.with("age", age).with("min", least).with("max", most)
    })
}
