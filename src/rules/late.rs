//! The submission comes after the last day for handing in, at the campaign's clock.

use super::{Code, Finding, view::View};
use crate::{campaign::LateRule, standards::TimeOfDay, words::key};

pub(super) fn judge<'a>(view: &View<'a>, rule: &LateRule) -> Vec<Finding<'a>> {
    let facts = view.facts();
    let last = (rule.last_day.unwrap_or(facts.deadline), rule.time.unwrap_or(TimeOfDay::END));
    let late = (facts.today, facts.time) >= last;
    let finding = Finding::new(Code::Late, "").with("last_day", last.0.to_string());
    let time = if last.1 == TimeOfDay::END {
        facts.words.word(key!("midnight")).to_owned()
    } else {
        last.1.to_string()
    };
    late.then(|| finding.with("time", time)).into_iter().collect()
}
