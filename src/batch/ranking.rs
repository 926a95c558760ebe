//! The order of preference: each place from 1 to the number of nominations, once.

use std::collections::BTreeMap;

use super::{Problem, facts::Rank, group::Group};
use crate::{campaign::Severity, rules::Code};

/// How many missing places are listed. All of them are counted.
const MOST_PLACES: usize = 20;

/// What is wrong with the order of a unit's nominations, by the field of that key. Places that are
/// none of `1..=n` are not repeated: who typed an order of 13800138000 typed something else.
pub(super) fn judge(group: &Group, key: &str) -> Vec<Problem> {
    let n = group.kept.len();
    let those = |is: &dyn Fn(Rank) -> bool| -> Vec<usize> {
        group.kept.iter().filter(|kept| is(kept.facts.rank)).map(|kept| kept.index).collect()
    };
    let found = |code: Code| {
        let problem = group.problem("batch.rank", code).with("n", n);
        match group.track.field(key) {
            Some(field) => problem.rule(Severity::Warn, &field.source),
            None => problem,
        }
    };
    let mut problems = Vec::new();
    for (code, counted) in [
        (Code::Missing, those(&|rank| rank == Rank::None)),
        (Code::NotWhole, those(&|rank| rank == Rank::NotWhole)),
        (Code::TooSmall, those(&|rank| rank == Rank::BelowOne)),
        (Code::TooLarge, those(&|rank| matches!(rank, Rank::Place(place) if place > n))),
    ] {
        if !counted.is_empty() {
            problems.push(found(code).with("count", counted.len()).of(counted).said("", None));
        }
    }
    let places = places(group);
    for (place, held) in places.iter().filter(|(_, held)| held.len() > 1) {
        let problem = found(Code::Twice).with("rank", *place).with("count", held.len());
        problems.push(problem.of(held.iter().copied()).said("", None));
    }
    // Behind the last place that anybody has, nothing is missing.
    let given = group.kept.iter().filter_map(|kept| match kept.facts.rank {
        Rank::Place(place) => Some(place.min(n.saturating_add(1))),
        _ => None,
    });
    let last = given.max().unwrap_or_default();
    let missing: Vec<_> = (1..last).filter(|place| !places.contains_key(place)).collect();
    if !missing.is_empty() {
        let listed: Vec<_> = missing.iter().take(MOST_PLACES).copied().collect();
        let problem = found(Code::Gap).with("count", missing.len()).with("places", listed);
        problems.push(problem.said("", None));
    }
    problems
}

/// The places from 1 to the number of nominations, with who holds them.
fn places(group: &Group) -> BTreeMap<usize, Vec<usize>> {
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for kept in &group.kept {
        if let Rank::Place(place) = kept.facts.rank
            && place <= group.kept.len()
        {
            places.entry(place).or_default().push(kept.index);
        }
    }
    places
}
