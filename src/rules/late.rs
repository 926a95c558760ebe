//! The submission comes after the last day for handing in, at the campaign's clock (A9, A10).

use super::{Code, Finding, view::View};
use crate::campaign::LateRule;

pub(super) fn judge<'a>(view: &View<'a>, rule: &LateRule) -> Vec<Finding<'a>> {
    let facts = view.facts();
    let last_day = rule.last_day.unwrap_or(facts.deadline);
    let late = facts.today > last_day;
    late.then(|| Finding::new(Code::Late, "").with("last_day", last_day.to_string()))
        .into_iter()
        .collect()
}
