//! Each period of public notice has enough working days, both ends included (A31).

use super::{
    Code, Finding,
    finding::row as row_at,
    view::{Row, View},
    wording,
};
use crate::{
    campaign::{NoticeRule, Severity},
    standards::{Calendar, Day},
};

/// How far ahead an end is looked for; the longest holiday is far shorter.
const LOOK_AHEAD_DAYS: i32 = 1_000;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a NoticeRule) -> Vec<Finding<'a>> {
    let label = view.label(&rule.field);
    let rows = view.rows(&rule.field);
    let found = rows.iter().flat_map(|row| {
        let label = wording::row_label(label, row.index);
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
    let count = Days { calendar: facts.calendar, rule }.count(start, end);
    if count < rule.min_workdays {
        let earliest = Days { calendar: facts.calendar, rule }.earliest_end(start);
        let mut finding = on(Code::TooFewWorkdays)
            .with("count", count)
            .with("min", rule.min_workdays)
            .with("earliest", earliest.map(|day| day.to_string()));
        if end < start {
            finding = finding.with("reversed", true);
        }
        findings.push(finding);
    }
    if let Some(year) = uncovered(facts.calendar, start, end) {
        findings.push(on(Code::NoCalendar).with("year", year).severity(Severity::Warn));
    }
    findings
}

struct Days<'a> {
    calendar: &'a Calendar,
    rule: &'a NoticeRule,
}

impl Days<'_> {
    /// The days of a notice that count, one after the other, without end.
    fn counted(&self, start: Day) -> impl Iterator<Item = Day> {
        let first = i32::from(!self.rule.count_first_day);
        let days = (first..LOOK_AHEAD_DAYS).map(move |ahead| start.add_days(ahead));
        days.filter(|day| self.calendar.is_workday(*day))
    }

    /// The working days from `start` to `end`; counting stops when there are enough.
    fn count(&self, start: Day, end: Day) -> u32 {
        let enough = usize::try_from(self.rule.min_workdays).unwrap_or(usize::MAX);
        let count = self.counted(start).take_while(|day| *day <= end).take(enough).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn earliest_end(&self, start: Day) -> Option<Day> {
        let before = usize::try_from(self.rule.min_workdays.saturating_sub(1)).ok()?;
        self.counted(start).nth(before)
    }
}

/// The first year of the period for which there is no calendar.
fn uncovered(calendar: &Calendar, start: Day, end: Day) -> Option<i32> {
    (start.year()..=end.year()).find(|year| !calendar.covers(*year))
}
