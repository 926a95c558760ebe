//! The submission comes before the first day for handing in, at the campaign's clock.

use super::{Code, Finding, view::View};
use crate::campaign::EarlyRule;

pub(super) fn judge<'a>(view: &View<'a>, rule: &EarlyRule) -> Vec<Finding<'a>> {
    let facts = view.facts();
    let Some(day) = rule.first_day.or(facts.opens) else { return Vec::new() };
    let time = rule.time.unwrap_or_default();
    let early = (facts.today, facts.time) < (day, time);
    let finding = Finding::new(Code::Early, "").with("first_day", day.to_string());
    early.then(|| finding.with("time", time.to_string())).into_iter().collect()
}
