//! What holds over all units together: the margin over the titles, and figures that say so.

use super::{
    Problem, Settings,
    group::{self, Group},
    ratio::Ratio,
};
use crate::campaign::{Direction, Margin};

/// Everything found over a track's nominations. Of one unit alone nothing can be said of all, but for
/// its shares of a total that was given.
pub(super) fn judge(group: &Group, settings: &Settings) -> Vec<Problem> {
    let total = settings.totals.get(&group.track.id).copied();
    let Some(batch) = &group.track.batch else { return Vec::new() };
    let mut problems = Vec::new();
    if settings.unit_only.is_none() {
        problems.extend(group::quotas(group, settings));
        problems.extend(batch.margin.as_ref().and_then(|rule| margin(group, rule, total)));
    }
    if settings.unit_only.is_none() || total.is_some() {
        problems.extend(group::shares(group, batch, total));
    }
    if settings.unit_only.is_none() {
        problems.extend(group::exclusives(group, batch));
    }
    problems
}

fn margin(group: &Group, rule: &Margin, total: Option<u32>) -> Option<Problem> {
    let ratio = Ratio::of(rule.ratio);
    let titles = u64::from(rule.titles);
    let here = group.kept.len();
    let count = total.map_or(here, |total| usize::try_from(total).unwrap_or(usize::MAX));
    let (need, min, max) = match rule.direction {
        Direction::Exactly => (ratio.nearest(titles), true, true),
        Direction::AtLeast => (ratio.ceil(titles), true, false),
        Direction::AtMost => (ratio.floor(titles), false, true),
    };
    let (code, name, figure) = group::missed(count, min.then_some(need), max.then_some(need))?;
    let asked = match rule.direction {
        Direction::Exactly => "exactly",
        Direction::AtLeast => "at_least",
        Direction::AtMost => "at_most",
    };
    let problem = group
        .problem("batch.margin", code)
        .with("count", count)
        .with("need", need)
        .with("direction", asked)
        .with("titles", titles)
        .with("percent", ratio.percent())
        .with(name, figure)
        .of(group.kept.iter().map(|kept| kept.index))
        .rule(rule.severity, &rule.source);
    Some(problem.said("", rule.message.as_ref()))
}
