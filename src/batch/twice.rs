//! Nobody twice: the same number in several nominations, be it of other units or other tracks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Problem, facts::Distinct};
use crate::{
    campaign::{Campaign, Severity},
    rules::Code,
};

/// Who has which answer, by field and by the answer's digest.
#[derive(Default)]
pub(super) struct Twice(BTreeMap<String, BTreeMap<[u8; 32], Vec<Place>>>);

/// A nomination with the answer.
struct Place {
    index: usize,
    track: usize,
    unit: String,
}

/// What was found in one track.
#[derive(Default)]
pub(super) struct Found {
    /// Inside one unit, by unit.
    pub(super) in_unit: BTreeMap<String, Vec<Problem>>,
    /// Across units or tracks.
    pub(super) across: Vec<Problem>,
}

impl Twice {
    pub(super) fn keep(&mut self, value: Distinct, index: usize, track: usize, unit: &str) {
        let places = self.0.entry(value.key).or_default().entry(value.digest).or_default();
        places.push(Place { index, track, unit: unit.to_owned() });
    }

    /// The answers that a nomination of the track shares with others. What crosses tracks is said in
    /// each of them, for each may have readers of its own.
    pub(super) fn in_track(&self, track: usize, campaign: &Campaign) -> Found {
        let mut found = Found::default();
        for (key, by_digest) in &self.0 {
            let mut shared: Vec<_> = by_digest.values().filter(|places| places.len() > 1).collect();
            shared.retain(|places| places.iter().any(|place| place.track == track));
            // By digest would be in no order that anybody could follow.
            shared.sort_by_key(|places| places.first().map(|place| place.index));
            for places in shared {
                let (problem, unit) = said(key, places, track, campaign);
                match unit {
                    Some(unit) => found.in_unit.entry(unit).or_default().push(problem),
                    None => found.across.push(problem),
                }
            }
        }
        found
    }
}

/// The problem in a track, and the unit where all of them are of one.
fn said(
    key: &str,
    places: &[Place],
    track: usize,
    campaign: &Campaign,
) -> (Problem, Option<String>) {
    let tracks: BTreeSet<_> = places.iter().map(|place| place.track).collect();
    let units: BTreeSet<_> = places.iter().map(|place| place.unit.as_str()).collect();
    let unit = match (tracks.len(), units.first()) {
        (1, Some(unit)) if units.len() == 1 => Some((*unit).to_owned()),
        _ => None,
    };
    let of = campaign.tracks.get(track);
    let id = of.map_or("", |track| track.id.as_str());
    let field = of.and_then(|track| track.field(key));
    let mut problem = Problem::new("batch.twice", Code::Twice, id, unit.as_deref())
        .with("field", key)
        .with("count", places.len())
        .of(places.iter().map(|place| place.index));
    if tracks.len() > 1 {
        let tracks = tracks.iter().filter_map(|track| campaign.tracks.get(*track));
        let (ids, titles): (Vec<_>, Vec<_>) =
            tracks.map(|track| (track.id.as_str(), track.title.base())).unzip();
        problem = problem.with("tracks", ids).with("titles", titles);
    }
    if units.len() > 1 {
        problem = problem.with("units", units.into_iter().collect::<Vec<_>>());
    }
    if let Some(field) = field {
        problem = problem.rule(Severity::Warn, &field.source);
    }
    (problem.said(field.map_or("", |field| field.label.base()), None), unit)
}
