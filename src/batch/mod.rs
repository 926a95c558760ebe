//! What holds over all nominations of a recommending unit: quotas, the margin over the titles, shares,
//! the order of preference, and nobody nominated twice.
//!
//! Nominations go in one by one ([`Gathering::look`], [`Gathering::keep`]) and leave nothing behind
//! but small facts: the unit, the place in the order, which conditions hold, and digests of what must
//! be distinct. Judging is done at the end, once for every unit and once for every track.
//!
//! Native only, behind the feature `cli`: the page knows one nomination. Invariants: nothing in a
//! [`Report`] comes from an answer but the unit's name, where the campaign says which answer that is,
//! and the places in the order of preference that several were given; the same nominations in the same
//! order give the same report. That a submission was sent twice in two revisions is not known here: the
//! host hands over the last one.
//!
//! ```
//! use std::sync::Arc;
//! use nomination_form::{batch::{Gathering, Settings}, campaign::Campaign, standards::{Calendar, Instant}};
//!
//! # let file = include_bytes!("../../public/campaigns/jl2023.json");
//! # let nomination = include_bytes!("../../tests/fixtures/verdicts/base/jl2023.individual.json");
//! let campaign = Arc::new(Campaign::parse(file).expect("a campaign without faults"));
//! let now = Instant::parse("2024-03-14T10:00:00+08:00")?;
//! let mut all = Gathering::new(campaign, &Arc::new(Calendar::built_in()), now, Settings::default())?;
//! all.keep(all.look(nomination));
//! let report = all.report();
//! let margin = &report.tracks[0].problems[0];
//! assert_eq!((margin.rule, margin.params["need"].as_u64()), ("batch.margin", Some(60)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod facts;
mod figures;
mod group;
mod problem;
mod ranking;
mod ratio;
mod settings;
mod twice;
mod whole;
mod wording;

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    campaign::{Campaign, Track},
    rules::Judge,
    standards::{Calendar, Instant},
    submission::Unusable,
};
pub use facts::Facts;
pub use figures::{Figures, Range};
use group::Group;
pub use problem::Problem;
pub use settings::{Settings, SettingsError};
use twice::Twice;

/// The nominations of a campaign, as far as figures need them.
pub struct Gathering {
    campaign: Arc<Campaign>,
    judges: Vec<Judge>,
    now: Instant,
    settings: Settings,
    /// How many nominations came in, usable or not.
    count: usize,
    /// Those of each track of the campaign.
    tracks: Vec<Vec<Kept>>,
    twice: Twice,
    unusable: Vec<UnusableAt>,
    verdicts: Option<Vec<VerdictAt>>,
}

/// A nomination that was looked at.
struct Kept {
    /// Its place in the input, from 0.
    index: usize,
    facts: Facts,
}

/// What holds, and what does not, over all nominations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Nothing was found, everything could be read, and where that was asked every nomination may be
    /// sent.
    pub ok: bool,
    /// The tracks with nominations, or with figures of the host's, in the campaign's order.
    pub tracks: Vec<TrackReport>,
    /// What could not be read.
    pub unusable: Vec<UnusableAt>,
    /// Whether each nomination by itself may be sent, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdicts: Option<Vec<VerdictAt>>,
}

/// The nominations of a track.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrackReport {
    /// The track's id.
    pub track: String,
    /// How many nominations there are.
    pub count: usize,
    /// Its recommending units, in the order in which they first appear; behind them those without
    /// nominations for which the host gives figures, by name.
    pub units: Vec<UnitReport>,
    /// What was found over all units together.
    pub problems: Vec<Problem>,
}

/// The nominations of a recommending unit in a track.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitReport {
    /// The unit's name; empty where nothing says it.
    pub unit: String,
    /// How many nominations there are.
    pub count: usize,
    /// What was found.
    pub problems: Vec<Problem>,
}

/// A submission that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusableAt {
    /// Its place in the input, from 0.
    pub index: usize,
    /// Why.
    #[serde(flatten)]
    pub why: Unusable,
}

/// Whether a nomination by itself may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictAt {
    /// Its place in the input, from 0.
    pub index: usize,
    /// No problem of it is an error.
    pub ok: bool,
}

impl Gathering {
    /// Nothing gathered yet.
    ///
    /// # Errors
    ///
    /// Settings that do not fit the campaign: an unknown level or track, or quotas of several levels
    /// and none chosen.
    pub fn new(
        campaign: Arc<Campaign>,
        calendar: &Arc<Calendar>,
        now: Instant,
        settings: Settings,
    ) -> Result<Self, SettingsError> {
        let settings = settings.for_campaign(&campaign)?;
        let judge =
            |track: &Track| Judge::new(Arc::clone(&campaign), &track.id, Arc::clone(calendar));
        let judges: Vec<_> = campaign.tracks.iter().filter_map(judge).collect();
        Ok(Self {
            now,
            count: 0,
            tracks: campaign.tracks.iter().map(|_| Vec::new()).collect(),
            twice: Twice::default(),
            unusable: Vec::new(),
            verdicts: settings.verify.then(Vec::new),
            judges,
            settings,
            campaign,
        })
    }

    /// Takes from a submission what figures need. It does not matter in which order submissions are
    /// looked at, or on how many threads.
    ///
    /// # Errors
    ///
    /// What cannot be read, or is of another campaign or track.
    pub fn look(&self, submission: &[u8]) -> Result<Facts, Unusable> {
        facts::of(submission, &self.judges, self.now, &self.settings)
    }

    /// Keeps what [`Gathering::look`] gave of the next nomination.
    pub fn keep(&mut self, looked: Result<Facts, Unusable>) {
        let index = self.count;
        self.count += 1;
        let mut facts = match looked {
            Ok(facts) => facts,
            Err(why) => return self.unusable.push(UnusableAt { index, why }),
        };
        if self.settings.unit_only.as_ref().is_some_and(|only| *only != facts.unit) {
            return;
        }
        if let (Some(verdicts), Some(ok)) = (&mut self.verdicts, facts.ok) {
            verdicts.push(VerdictAt { index, ok });
        }
        for value in std::mem::take(&mut facts.distinct) {
            self.twice.keep(value, index, facts.track, &facts.unit);
        }
        if let Some(track) = self.tracks.get_mut(facts.track) {
            track.push(Kept { index, facts });
        }
    }

    /// Judges what was kept.
    pub fn report(self) -> Report {
        let tracks: Vec<_> = (0..self.tracks.len()).filter_map(|at| self.track(at)).collect();
        let found = |track: &TrackReport| {
            !track.problems.is_empty() || track.units.iter().any(|unit| !unit.problems.is_empty())
        };
        let sendable = self.verdicts.iter().flatten().all(|verdict| verdict.ok);
        Report {
            ok: sendable && self.unusable.is_empty() && !tracks.iter().any(found),
            tracks,
            unusable: self.unusable,
            verdicts: self.verdicts,
        }
    }

    /// The report on a track; `None` where there is nothing of it.
    fn track(&self, at: usize) -> Option<TrackReport> {
        let track = self.campaign.tracks.get(at)?;
        let kept = self.tracks.get(at)?;
        let figures = self.settings.figures_for(&track.id, !kept.is_empty());
        if kept.is_empty() && figures.is_empty() {
            return None;
        }
        let mut by_unit: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
        let mut names = Vec::new();
        for kept in kept {
            let of_unit = by_unit.entry(&kept.facts.unit).or_default();
            if of_unit.is_empty() {
                names.push(kept.facts.unit.as_str());
            }
            of_unit.push(kept);
        }
        names.extend(figures.into_iter().filter(|unit| !by_unit.contains_key(unit)));
        let mut twice = self.twice.in_track(at, &self.campaign);
        let unit = |unit: &str| {
            let kept = by_unit.remove(unit).unwrap_or_default();
            let count = kept.len();
            let group = Group { track, unit: Some(unit), kept };
            let mut problems = group::judge(&group, &self.settings);
            problems.extend(twice.in_unit.remove(unit).unwrap_or_default());
            UnitReport { unit: unit.to_owned(), count, problems }
        };
        let units = names.into_iter().map(unit).collect();
        let group = Group { track, unit: None, kept: kept.iter().collect() };
        let mut problems = whole::judge(&group, &self.settings);
        problems.extend(twice.across);
        Some(TrackReport { track: track.id.clone(), count: kept.len(), units, problems })
    }
}
