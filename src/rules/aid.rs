//! What the rules can tell a person beforehand: the time a history covers, when a notice may end, what a
//! document's number says of its holder. None of it is a verdict.

use super::{
    continuity, id_document,
    judge::Judge,
    span, tenure,
    view::{Row, View},
};
use crate::{
    campaign::{ContinuityRule, NoticeRule, RuleKind},
    rules::Given,
    standards::{
        Day, Month,
        workdays::{Calendar, Holiday},
    },
};

/// A stretch of a history: what a row covers, or months that no row covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The row, from 0; none for a gap.
    pub row: Option<usize>,
    /// Its first month.
    pub first: Month,
    /// Its last month.
    pub last: Month,
    /// Whether the row says 至今 instead of an end.
    pub open: bool,
    /// The row before it in time whose months it shares: in-service study, posts held at once.
    pub shares: Option<usize>,
    /// Whether a rule on years of service counts it.
    pub counts: bool,
}

/// Days off that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysOff {
    /// The first of them.
    pub first: Day,
    /// The last of them.
    pub last: Day,
    /// The holidays they are off for; none for a mere weekend.
    pub holidays: Vec<Holiday>,
}

/// When a public notice may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePlan {
    /// The fewest working days it takes.
    pub min_workdays: u32,
    /// The day it starts, where that is known.
    pub start: Option<Day>,
    /// The earliest day it may end after that start; none where no day is known.
    pub earliest: Option<Day>,
    /// The days off between start and that end, in stretches.
    pub off: Vec<DaysOff>,
    /// The last day to start and still end by the campaign's deadline.
    pub last_start: Day,
}

impl Judge {
    /// What the rows of a table cover, in order of time, with the gaps that a rule on continuity finds.
    /// Nothing where no rule asks for continuity.
    pub fn history(&self, key: &str, given: &Given) -> Vec<Stretch> {
        let view = self.view(given);
        let rule = self.rule(&view, |check| match check {
            RuleKind::Continuity(rule) if rule.field == key => Some(rule),
            _ => None,
        });
        rule.map_or_else(Vec::new, |rule| history(self, &view, rule))
    }

    /// When the notice in a row may end; nothing where no rule asks for working days.
    pub fn notice_plan(&self, key: &str, row: usize, given: &Given) -> Option<NoticePlan> {
        let view = self.view(given);
        let rule = self.rule(&view, |check| match check {
            RuleKind::Notice(rule) if rule.field == key => Some(rule),
            _ => None,
        })?;
        let rows = view.rows(key);
        let start = rows.iter().find(|known| known.index == row);
        Some(notice_plan(&view, rule, start.and_then(|row| row.day("start", view.facts()))))
    }

    /// What a document's number in this field says of its holder: the keys of other fields and what belongs
    /// there, as typed. Nothing while the number is not whole and right.
    pub fn read_from_id(&self, key: &str, given: &Given) -> Vec<(String, String)> {
        let view = self.view(given);
        let mut all = Vec::new();
        for rule in &self.track().rules {
            let (document, target) = match &rule.check {
                RuleKind::IdBirth(rule) => (&rule.document, &rule.birth),
                RuleKind::IdSex(rule) => (&rule.document, &rule.sex),
                _ => continue,
            };
            if document.number != key {
                continue;
            }
            let Some((_, found)) = id_document::read(&view, document) else { continue };
            let typed = match &rule.check {
                RuleKind::IdBirth(_) => found.birth.map(|birth| birth.month().to_string()),
                _ => found.sex.map(|sex| sex.code().to_owned()),
            };
            all.extend(typed.map(|typed| (target.clone(), typed)));
        }
        all
    }

    fn rule<'a, T>(&'a self, view: &View<'a>, of: impl Fn(&'a RuleKind) -> Option<T>) -> Option<T> {
        let rules = self.track().rules.iter();
        rules
            .filter(|rule| rule.when.as_ref().is_none_or(|when| view.holds(when)))
            .find_map(|rule| of(&rule.check))
    }
}

fn history<'a>(judge: &'a Judge, view: &View<'a>, rule: &'a ContinuityRule) -> Vec<Stretch> {
    let facts = view.facts();
    let (until, last) = continuity::end(view, rule);
    let counting = judge.rule(view, |check| match check {
        RuleKind::Tenure(tenure) if tenure.field == rule.field => Some(tenure),
        _ => None,
    });
    let counts = |row: &Row<'a>| counting.is_some_and(|rule| tenure::counts(rule, row, facts));
    let stretch = |row: &Row<'a>| {
        let period = span::period(row, facts)?;
        let end = period.ended(until).end.unwrap_or(last);
        Some(Stretch {
            row: Some(row.index),
            first: period.start,
            last: end.max(period.start),
            open: period.end.is_none(),
            shares: None,
            counts: counts(row),
        })
    };
    let mut all: Vec<_> = view.rows(&rule.field).iter().filter_map(stretch).collect();
    all.extend(continuity::gaps(view, rule).into_iter().map(|(first, last)| Stretch {
        row: None,
        first,
        last,
        open: false,
        shares: None,
        counts: false,
    }));
    all.sort_by_key(|stretch| (stretch.first, stretch.last));
    let mut longest: Option<(Month, usize)> = None;
    for stretch in &mut all {
        let Some(row) = stretch.row else { continue };
        // Rows that only meet in one month follow each other.
        stretch.shares = longest.filter(|(last, _)| stretch.first < *last).map(|(_, row)| row);
        if longest.is_none_or(|(last, _)| last < stretch.last) {
            longest = Some((stretch.last, row));
        }
    }
    all
}

fn notice_plan(view: &View, rule: &NoticeRule, start: Option<Day>) -> NoticePlan {
    let facts = view.facts();
    let end = |start| facts.calendar.earliest_end(start, rule.min_workdays, rule.count_first_day);
    let earliest = start.map(end).filter(|end| *end < Day::MAX);
    let days = start.zip(earliest).map_or(0, |(start, end)| start.days_until(end).clamp(0, 60));
    let mut last_start = facts.deadline;
    // Even the longest holidays are over within two months.
    for _ in 0..60 {
        if end(last_start) <= facts.deadline {
            break;
        }
        last_start = last_start.add_days(-1);
    }
    NoticePlan {
        min_workdays: rule.min_workdays,
        start,
        earliest,
        off: start.map(|start| days_off(facts.calendar, start, days)).unwrap_or_default(),
        last_start,
    }
}

/// The days off among so many from `start` on.
fn days_off(calendar: &Calendar, start: Day, days: i32) -> Vec<DaysOff> {
    let mut all: Vec<DaysOff> = Vec::new();
    for day in (0..days).map(|at| start.add_days(at)) {
        if calendar.is_workday(day) {
            continue;
        }
        match all.last_mut() {
            Some(run) if run.last.add_days(1) == day => run.last = day,
            _ => all.push(DaysOff { first: day, last: day, holidays: Vec::new() }),
        }
        let holiday = calendar.holiday(day);
        if let (Some(run), Some(holiday)) = (all.last_mut(), holiday)
            && !run.holidays.contains(&holiday)
        {
            run.holidays.push(holiday);
        }
    }
    all
}
