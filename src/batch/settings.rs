//! What whoever asks says besides the campaign: figures of the host's, the level, the total.

use std::collections::BTreeMap;

use super::{Figures, Range};
use crate::campaign::{Campaign, Quota};

/// How to look at the nominations.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// How many nominations each unit has been allotted.
    pub figures: Figures,
    /// Whose quotas hold, where the campaign has them for several levels: `盟市`. The beginning of the
    /// level's name will do.
    pub level: Option<String>,
    /// The recommending unit of nominations that do not name theirs.
    pub unit: Option<String>,
    /// The one unit to look at; what holds over all units together is then not judged.
    pub unit_only: Option<String>,
    /// How many nominations there are in all, by track, where what is read is only a part of them.
    /// Shares are then taken of that number, over all that is read.
    pub totals: BTreeMap<String, u32>,
    /// Whether each nomination is to be judged by itself, too.
    pub verify: bool,
}

/// Why settings do not fit a campaign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The campaign has quotas for several levels.
    #[error("no level, the campaign's quotas differ by level, expected one of {}", listed(.levels))]
    NoLevel {
        /// The levels there are.
        levels: Vec<String>,
    },
    /// The campaign has no quotas for that level.
    #[error("unknown level `{level}`, {}", if levels.is_empty() {
        "the campaign has no quotas by level".to_owned()
    } else {
        format!("expected one of {}", listed(levels))
    })]
    UnknownLevel {
        /// The level asked for.
        level: String,
        /// The levels there are.
        levels: Vec<String>,
    },
    /// The campaign has no such track.
    #[error("unknown track `{track}`, expected one of {}", listed(.tracks))]
    UnknownTrack {
        /// The track asked for.
        track: String,
        /// The tracks there are.
        tracks: Vec<String>,
    },
}

fn listed(words: &[String]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

impl Settings {
    /// The settings with the level as the campaign calls it.
    pub(super) fn for_campaign(mut self, campaign: &Campaign) -> Result<Self, SettingsError> {
        let unknown = |track: &&String| campaign.track(track).is_none();
        if let Some(track) = self.totals.keys().find(unknown) {
            let tracks = campaign.tracks.iter().map(|track| track.id.clone()).collect();
            return Err(SettingsError::UnknownTrack { track: track.clone(), tracks });
        }
        self.level = level(self.level, levels(campaign))?;
        Ok(self)
    }

    /// Whether a quota is one of those that hold.
    pub(super) fn holds(&self, quota: &Quota) -> bool {
        quota.level.as_ref().is_none_or(|level| Some(level.base()) == self.level.as_deref())
    }

    /// The units that the host has figures for; where there are no nominations only those whose
    /// figures name the track.
    pub(super) fn figures_for(&self, track: &str, is_there: bool) -> Vec<&str> {
        let only = |unit: &&str| self.unit_only.as_deref().is_none_or(|only| only == *unit);
        self.figures.units(track, is_there).filter(only).collect()
    }

    /// The host's figures for a unit.
    pub(super) fn range(&self, unit: &str, track: &str) -> Option<Range> {
        self.figures.range(unit, track)
    }
}

/// The levels a campaign has quotas for, each once.
fn levels(campaign: &Campaign) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    let batches = campaign.tracks.iter().filter_map(|track| track.batch.as_ref());
    for level in batches.flat_map(|batch| &batch.quotas).filter_map(|quota| quota.level.as_ref()) {
        if !levels.iter().any(|known| known == level.base()) {
            levels.push(level.base().to_owned());
        }
    }
    levels
}

fn level(asked: Option<String>, levels: Vec<String>) -> Result<Option<String>, SettingsError> {
    let Some(asked) = asked else {
        return match <[String; 1]>::try_from(levels) {
            Ok([only]) => Ok(Some(only)),
            Err(levels) if levels.is_empty() => Ok(None),
            Err(levels) => Err(SettingsError::NoLevel { levels }),
        };
    };
    let mut fitting = levels.iter().filter(|level| level.starts_with(&asked));
    let found = match (levels.contains(&asked), fitting.next(), fitting.next()) {
        (true, ..) => Some(asked.clone()),
        (false, Some(level), None) if !asked.is_empty() => Some(level.clone()),
        _ => None,
    };
    found.map(Some).ok_or(SettingsError::UnknownLevel { level: asked, levels })
}
