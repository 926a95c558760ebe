//! One public notice for each body that a person belongs to, all of them at the same time (同时公示).
//!
//! That each of them is long enough is the `notice` rule's business.

use super::{
    Code, Finding,
    view::{Row, View},
};
use crate::{
    campaign::{NoticesRule, Together},
    standards::Day,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a NoticesRule) -> Vec<Finding<'a>> {
    let (identities, notices) = (view.rows(&rule.identities), view.rows(&rule.field));
    if identities.len() < 2 || notices.is_empty() {
        return Vec::new();
    }
    let asked = bodies(view, rule, &identities);
    let finding = if notices.len() < asked {
        let finding = Finding::on(Code::TooFew, &rule.field).with("of", "notices");
        Some(finding.with("count", notices.len()).with("min", asked))
    } else if asked > 1 {
        apart(view, rule, &notices)
    } else {
        None
    };
    finding.into_iter().collect()
}

/// How many bodies there are. Identities whose body is not named are bodies of their own.
fn bodies<'a>(view: &View<'a>, rule: &'a NoticesRule, identities: &[Row<'a>]) -> usize {
    let mut known: Vec<&str> = Vec::new();
    let new = identities.iter().filter(|row| match row.text(&rule.body, view.facts()) {
        Some(body) if known.contains(&body) => false,
        Some(body) => {
            known.push(body);
            true
        }
        None => true,
    });
    new.count()
}

/// Whether the notices run at the same time. While one has no readable period that is not known.
fn apart<'a>(view: &View<'a>, rule: &'a NoticesRule, notices: &[Row<'a>]) -> Option<Finding<'a>> {
    let facts = view.facts();
    let days = |row: &Row<'a>| Some((row.day("start", facts)?, row.day("end", facts)?));
    let periods = notices.iter().map(days).collect::<Option<Vec<(Day, Day)>>>()?;
    let (first, last) = (periods.iter().map(|p| p.0), periods.iter().map(|p| p.1));
    let finding = Finding::on(Code::NotTogether, &rule.field);
    match rule.together {
        Together::Apart => None,
        Together::SameStart => (first.clone().min() != first.max()).then_some(finding),
        Together::Overlap => {
            let (start, end) = (first.max()?, last.min()?);
            let count = facts.calendar.count(start, end, rule.count_first_day);
            let finding = finding.with("count", count).with("min", rule.min_workdays);
            (count < rule.min_workdays).then_some(finding)
        }
    }
}
