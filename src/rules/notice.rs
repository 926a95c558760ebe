//! Each period of public notice has enough working days, both ends included unless the campaign says
//! otherwise.

use super::{
    Code, Finding,
    condition::{self, Scope},
    finding::row as row_at,
    view::{Row, View},
    wording,
};
use crate::{
    campaign::{NoticeRule, Severity},
    standards::Day,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a NoticeRule) -> Vec<Finding<'a>> {
    let label = view.label(&rule.field);
    let rows = view.rows(&rule.field);
    let facts = view.facts();
    let about = |row: &&Row<'a>| {
        let holds = |rows| condition::holds(rows, Scope::Row(facts, **row, 0));
        rule.rows.as_ref().is_none_or(holds)
    };
    let found = rows.iter().filter(about).flat_map(|row| {
        let label = wording::row_label(view.words(), label, row.index);
        one(view, rule, row).into_iter().map(move |found| found.label(label.clone()))
    });
    found.collect()
}

fn one<'a>(view: &View<'a>, rule: &'a NoticeRule, row: &Row<'a>) -> Vec<Finding<'a>> {
    let facts = view.facts();
    let (Some(start), Some(end)) = (row.day("start", facts), row.day("end", facts)) else {
        return Vec::new();
    };
    let on = |code| Finding::new(code, row_at(&rule.field, row.index));
    let mut findings = Vec::new();
    let calendar = facts.calendar;
    let count = calendar.count(start, end, rule.count_first_day);
    if count < rule.min_workdays {
        let earliest = calendar.earliest_end(start, rule.min_workdays, rule.count_first_day);
        // Nobody is sent to a day that is too late for the campaign.
        let late = earliest > facts.deadline;
        let earliest = (earliest < Day::MAX).then(|| earliest.to_string());
        let finding = on(Code::TooFewWorkdays).with("count", count).with("min", rule.min_workdays);
        let finding = finding.with("earliest", earliest);
        findings.push(match (end < start, late) {
            (true, _) => finding.with("reversed", true),
            (_, true) => finding.with("deadline", facts.deadline.to_string()),
            _ => finding,
        });
    }
    for year in calendar.uncovered_years(start, end) {
        findings.push(on(Code::NoCalendar).with("year", year).severity(Severity::Warn));
    }
    findings
}
