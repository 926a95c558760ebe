//! What a new edition of a campaign does to the drafts that are under way.
//!
//! For the officer, before the file is put in place. What becomes of answers is not worked out a
//! second time: [`carry`](crate::rules::carry) is tried on answers made up for the old edition, so
//! this cannot promise what the page does not keep. Invariant: where no change is said to drop
//! anything, nothing that the form took is left over.

mod field;
mod head;
mod kinds;
mod limits;
mod options;
mod rules;
mod track;
mod trial;

use serde::Serialize;

use crate::campaign::{Campaign, Track};

/// A change between two editions of a campaign, and what it does to drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it does to them.
    pub effect: Effect,
    /// The track's id; none where it is about the campaign.
    pub track: Option<String>,
    /// The question: `name`, `resume.org`, `opinions.公安部门`; also `rule:len.deeds`, `gate:secret`,
    /// `section:person` and the keys of the file's head. Empty for the whole.
    pub path: String,
    /// What changed, in kebab-case; wire contract.
    pub code: &'static str,
    /// What changed, what becomes of drafts and what to do, for the officer.
    pub message: String,
}

/// What a change does to the drafts that are under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing.
    Safe,
    /// Every answer stays, and may be judged in another way.
    JudgesDifferently,
    /// Every answer stays, and the person has to fill in or mend something.
    AsksAgain,
    /// Some answers or files have no place any more.
    Drops,
}

/// Everything that changed, the campaign's head first, then track by track in the order of the old file.
///
/// ```
/// use nomination_form::{campaign::Campaign, diff::{Effect, diff}};
/// # let file = include_bytes!("../../public/campaigns/nm2022.json");
/// let old = Campaign::parse(file).expect("a campaign without faults");
/// let mut new = old.clone();
/// new.tracks[0].sections[0].fields.remove(0);
/// new.revision += 1;
/// let changes = diff(&old, &new);
/// assert_eq!((changes[0].effect, changes[0].code), (Effect::Drops, "field-removed"));
/// assert_eq!(diff(&old, &old), []);
/// ```
pub fn diff(old: &Campaign, new: &Campaign) -> Vec<Change> {
    let mut diff = Diff::default();
    diff.head(old, new);
    for track in &old.tracks {
        diff.track = Some(track.id.clone());
        if let Some(now) = new.track(&track.id) {
            diff.tracks(track, now);
        } else {
            let message = format!(
                "去掉了“{}”这一类，它的草稿和已选的文件都打不开了；先请填表人提交或者抄走",
                track.title.base()
            );
            diff.say(Effect::Drops, "track-removed", "", message);
        }
    }
    for track in new.tracks.iter().filter(|track| old.track(&track.id).is_none()) {
        diff.track = Some(track.id.clone());
        let message = format!("新增“{}”这一类，已有的草稿不受影响", track.title.base());
        diff.say(Effect::Safe, "track-added", "", message);
    }
    diff.track = None;
    let ids = |tracks: &[Track]| tracks.iter().map(|track| track.id.clone()).collect::<Vec<_>>();
    diff.order(&ids(&old.tracks), &ids(&new.tracks), "", "各类");
    diff.revision(old, new);
    diff.found
}

/// The changes found so far.
#[derive(Default)]
struct Diff {
    track: Option<String>,
    found: Vec<Change>,
}

impl Diff {
    fn say(&mut self, effect: Effect, code: &'static str, path: &str, message: String) {
        let (track, path) = (self.track.clone(), path.to_owned());
        self.found.push(Change { effect, track, path, code, message });
    }

    /// Words that people read were changed.
    fn wording(&mut self, path: &str, what: &str) {
        let message = format!("改了{what}，草稿不受影响");
        self.say(Effect::Safe, "wording-changed", path, message);
    }

    /// Whether those that are in both stand in the same order.
    fn order(&mut self, old: &[String], new: &[String], path: &str, what: &str) {
        let before = old.iter().filter(|id| new.contains(id));
        let after = new.iter().filter(|id| old.contains(id));
        if !before.eq(after) {
            let message = format!("{what}换了次序，草稿不受影响");
            self.say(Effect::Safe, "order-changed", path, message);
        }
    }
}
