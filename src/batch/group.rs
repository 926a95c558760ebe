//! Quotas, shares, the order and kinds that exclude each other, over the nominations of one unit or of
//! all units together.

use super::{Kept, Problem, Range, Settings, ranking, ratio::Ratio};
use crate::{
    campaign::{Batch, Exclusive, Over, Quota, Share, Text, Track},
    rules::Code,
};

/// The nominations that figures are taken over.
pub(super) struct Group<'a> {
    pub(super) track: &'a Track,
    /// The unit; `None` for all units together.
    pub(super) unit: Option<&'a str>,
    pub(super) kept: Vec<&'a Kept>,
}

impl Group<'_> {
    /// A problem of this group.
    pub(super) fn problem(&self, rule: &'static str, code: Code) -> Problem {
        Problem::new(rule, code, &self.track.id, self.unit)
    }

    /// Whether a figure is about a group like this one.
    pub(super) fn is(&self, over: Over) -> bool {
        (over == Over::Unit) == self.unit.is_some()
    }

    fn those(&self, counts: impl Fn(&Kept) -> bool) -> Vec<usize> {
        self.kept.iter().filter(|kept| counts(kept)).map(|kept| kept.index).collect()
    }
}

/// Everything found over a unit's nominations.
pub(super) fn judge(group: &Group, settings: &Settings) -> Vec<Problem> {
    let mut problems = quotas(group, settings);
    let Some(batch) = &group.track.batch else { return problems };
    if !settings.totals.contains_key(&group.track.id) {
        problems.extend(shares(group, batch, None));
    }
    problems.extend(exclusives(group, batch));
    if let Some(key) = &batch.rank {
        problems.extend(ranking::judge(group, key));
    }
    problems
}

/// The campaign's quotas; of those for all nominations of a unit the host's figures take the place.
pub(super) fn quotas(group: &Group, settings: &Settings) -> Vec<Problem> {
    let own = group.unit.and_then(|unit| settings.range(unit, &group.track.id));
    let quotas = group.track.batch.iter().flat_map(|batch| batch.quotas.iter().enumerate());
    let quotas = quotas.filter(|(_, quota)| settings.holds(quota) && group.is(quota.over));
    let (whole, filtered): (Vec<_>, Vec<_>) = quotas.partition(|(_, quota)| quota.when.is_none());
    let all = || group.those(|_| true);
    let mut problems = Vec::new();
    match own {
        Some(range) => {
            let rule = whole.first().map(|(_, quota)| *quota);
            problems.extend(quota(group, rule, range, all()));
        }
        None => problems.extend(whole.iter().filter_map(|(_, rule)| {
            quota(group, Some(rule), Range { min: rule.min, max: rule.max }, all())
        })),
    }
    problems.extend(filtered.iter().filter_map(|(at, rule)| {
        let counted = group.those(|kept| kept.facts.marks.quotas.get(*at) == Some(&true));
        quota(group, Some(rule), Range { min: rule.min, max: rule.max }, counted)
    }));
    problems
}

fn quota(
    group: &Group,
    rule: Option<&Quota>,
    range: Range,
    counted: Vec<usize>,
) -> Option<Problem> {
    let count = counted.len();
    let (code, name, figure) = missed(count, range.min.map(u64::from), range.max.map(u64::from))?;
    let mut problem = group.problem("batch.quota", code).with("count", count).with(name, figure);
    for (name, bound) in [("min", range.min), ("max", range.max)] {
        if let Some(bound) = bound {
            problem = problem.with(name, bound);
        }
    }
    let label = rule.and_then(|rule| rule.label.as_ref()).map(Text::base);
    let label = label.unwrap_or(match (rule.is_some_and(|rule| rule.when.is_some()), group.unit) {
        (true, _) => "这一类推荐对象",
        (false, Some(_)) => "本单位推荐对象",
        (false, None) => "各单位推荐对象合计",
    });
    if let Some(rule) = rule {
        problem = problem.rule(rule.severity, &rule.source);
    }
    Some(problem.of(counted).said(label, rule.and_then(|rule| rule.message.as_ref())))
}

/// How a count misses its bounds, and by how much.
pub(super) fn missed(
    count: usize,
    min: Option<u64>,
    max: Option<u64>,
) -> Option<(Code, &'static str, u64)> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if let Some(max) = max.filter(|max| count > *max) {
        return Some((Code::TooMany, "over", count - max));
    }
    let min = min.filter(|min| count < *min)?;
    Some((Code::TooFew, "short", min - count))
}

/// The shares over a group; of `total` nominations where not all of them are here.
pub(super) fn shares(group: &Group, batch: &Batch, total: Option<u32>) -> Vec<Problem> {
    let shares = batch.shares.iter().enumerate();
    let shares = shares.filter(|(_, share)| total.is_some() || group.is(share.over));
    shares.filter_map(|(at, rule)| share(group, at, rule, total)).collect()
}

fn share(group: &Group, at: usize, rule: &Share, given: Option<u32>) -> Option<Problem> {
    let mark = |kept: &Kept| kept.facts.marks.shares.get(at).copied().unwrap_or_default();
    let counted = group.those(|kept| mark(kept).1);
    let here = group.those(|kept| mark(kept).0).len();
    // A total is one of all nominations; a share of some of them is taken of those that are here.
    let given = given.filter(|_| rule.of.is_none()).map(u64::from);
    let total = given.unwrap_or(u64::try_from(here).unwrap_or(u64::MAX));
    let max = rule.max.map(|max| Ratio::of(max).floor(total));
    let min = rule.min.map(|min| Ratio::of(min).ceil(total));
    let (code, name, figure) = missed(counted.len(), min, max)?;
    let (bound, ratio, of) = match code {
        Code::TooMany => ("max", rule.max, max),
        _ => ("min", rule.min, min),
    };
    let problem = group
        .problem("batch.rank_ratio", code)
        .with("count", counted.len())
        .with("total", total)
        .with(bound, of)
        .with(name, figure)
        .with("percent", Ratio::of(ratio.unwrap_or_default()).percent())
        .rule(rule.severity, &rule.source);
    Some(problem.of(counted).said(rule.label.base(), rule.message.as_ref()))
}

/// The kinds that may not occur together.
pub(super) fn exclusives(group: &Group, batch: &Batch) -> Vec<Problem> {
    let all = batch.exclusive.iter().enumerate().filter(|(_, rule)| group.is(rule.over));
    all.filter_map(|(at, rule)| exclusive(group, at, rule)).collect()
}

fn exclusive(group: &Group, at: usize, rule: &Exclusive) -> Option<Problem> {
    let marks = |kept: &Kept| kept.facts.marks.exclusive.get(at).cloned().unwrap_or_default();
    let occurs = |kind: usize| group.kept.iter().any(|kept| marks(kept).get(kind) == Some(&true));
    let kinds: Vec<_> = (0..rule.kinds.len()).filter(|kind| occurs(*kind)).collect();
    let labels = kinds.iter().filter_map(|kind| rule.kinds.get(*kind));
    let labels: Vec<_> = labels.map(|kind| kind.label.base()).collect();
    let (code, name, figure) = missed(kinds.len(), None, Some(rule.max.into()))?;
    let problem = group
        .problem("batch.exclusive", code)
        .with("count", kinds.len())
        .with("max", rule.max)
        .with(name, figure)
        .with("kinds", labels)
        .of(group.those(|kept| marks(kept).contains(&true)))
        .rule(rule.severity, &rule.source);
    Some(problem.said("", rule.message.as_ref()))
}
