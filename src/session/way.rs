//! Where the person is in the form: which part of it, or the review of the whole; and how far each part is.
//!
//! Parts are gone through in any order. A part counts as troubled only by what the person has been shown:
//! before that, what is missing or half written is merely left to do.

use super::{Effect, Focus, Place, Session, Stage};
use crate::campaign::{Field, Severity, Track};
use crate::rules::Code;
use crate::standards::sorted::Set;

/// Where the person is.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Way {
    /// The part, by its number in the track.
    step: usize,
    /// Whether the whole is looked through instead.
    reviewing: bool,
}

/// How far one part of the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The part, by its number in the track.
    pub part: usize,
    /// Questions that must still be answered.
    pub missing: usize,
    /// Questions whose answers must be changed.
    pub wrong: usize,
    /// Whether nothing in it has to be answered, and nothing is.
    pub optional: bool,
}

impl Progress {
    /// The name that `data-progress` bears.
    pub fn name(&self) -> &'static str {
        match self {
            Self { wrong: 1.., .. } => "problem",
            Self { missing: 1.., .. } => "todo",
            Self { optional: true, .. } => "optional",
            _ => "done",
        }
    }
}

impl Session {
    /// The part the person is in, by its number in the track; the nearest that is shown.
    pub fn step(&self) -> usize {
        let step = self.way.step;
        let shown = |at: &usize| self.part_shown(*at);
        let after = (step..self.track().sections.len()).find(shown);
        after.or_else(|| (0..step).rev().find(shown)).unwrap_or(step)
    }

    /// The parts before and after that of the person, of those that are shown.
    pub fn steps_around(&self) -> (Option<usize>, Option<usize>) {
        let (step, count) = (self.step(), self.track().sections.len());
        let shown = |at: &usize| self.part_shown(*at);
        ((0..step).rev().find(shown), (step + 1..count).find(shown))
    }

    /// Whether the whole is looked through, instead of filled in.
    pub fn reviewing(&self) -> bool {
        self.way.reviewing && self.open()
    }

    /// Whether anything of a part is shown.
    pub fn part_shown(&self, part: usize) -> bool {
        let fields = fields_of(self.track(), part);
        fields.iter().any(|field| self.visible(&Place::Field(field.key.clone())))
    }

    /// How far the parts are that are shown, in form order.
    pub fn progress(&self) -> Vec<Progress> {
        let parts = (0..self.track().sections.len()).filter(|part| self.part_shown(*part));
        let mut all: Vec<_> = parts.map(|part| self.nothing_found(part)).collect();
        let (mut missing, mut wrong) = (Set::default(), Set::default());
        for (place, found) in self.found() {
            if found.severity != Severity::Error {
                continue;
            }
            let left_to_do = found.code == Some(Code::Missing) || !self.shows(&place);
            let key = place.key().to_owned();
            if left_to_do {
                missing.insert(key)
            } else {
                wrong.insert(key)
            };
        }
        for key in missing.iter().filter(|key| !wrong.contains(key.as_str())) {
            self.count_in(&mut all, key, |progress| progress.missing += 1);
        }
        for key in wrong.iter() {
            self.count_in(&mut all, key, |progress| progress.wrong += 1);
        }
        all
    }

    fn nothing_found(&self, part: usize) -> Progress {
        let fields = fields_of(self.track(), part);
        let empty =
            |key: &str| self.answers.get(key).is_none() && self.files_in(key).next().is_none();
        let idle = |key: &str| !self.required(&Place::Field(key.to_owned())) && empty(key);
        let optional = fields.iter().all(|field| idle(&field.key));
        Progress { part, missing: 0, wrong: 0, optional }
    }

    fn count_in(&self, all: &mut [Progress], key: &str, count: impl FnOnce(&mut Progress)) {
        let part = part_of(self.track(), key);
        if let Some(progress) = all.iter_mut().find(|progress| Some(progress.part) == part) {
            count(progress);
        }
    }

    /// Goes to a part of the form.
    pub(super) fn go_to_part(&mut self, part: usize, effects: &mut Vec<Effect>) {
        if *self.stage() != Stage::Filling || !self.part_shown(part) {
            return;
        }
        self.way_is(Way { step: part, reviewing: false }, effects);
        effects.push(Effect::Focus(Focus::Part(part)));
    }

    /// Goes to the next part. What is wrong in the one that is left is shown from now on.
    pub(super) fn go_on(&mut self, effects: &mut Vec<Effect>) {
        let (part, (_, next)) = (self.step(), self.steps_around());
        self.part_left(part, effects);
        match next {
            Some(next) => self.go_to_part(next, effects),
            None => self.review(effects),
        }
    }

    /// Goes to the part before.
    pub(super) fn go_before(&mut self, effects: &mut Vec<Effect>) {
        if let (Some(before), _) = self.steps_around() {
            self.go_to_part(before, effects);
        }
    }

    /// Has the whole looked through, with all that is wrong.
    pub(super) fn review(&mut self, effects: &mut Vec<Effect>) {
        if *self.stage() != Stage::Filling || self.asked_first(effects) {
            return;
        }
        self.tried = true;
        self.judge_all();
        self.way_is(Way { reviewing: true, ..self.way }, effects);
        effects.push(Effect::Look("*".to_owned()));
        effects.push(Effect::Focus(Focus::Review));
    }

    /// Has the whole looked through, or the form filled in, as the host wishes: the focus stays where it is.
    pub(super) fn show(&mut self, reviewing: bool, effects: &mut Vec<Effect>) {
        self.way_is(Way { reviewing, ..self.way }, effects);
    }

    /// Goes back from the review to where the person was.
    pub(super) fn edit(&mut self, effects: &mut Vec<Effect>) {
        let part = self.step();
        self.go_to_part(part, effects);
    }

    /// The person is at a place: its part is where they are.
    pub(super) fn is_at(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        if let Some(step) = part_of(self.track(), place.key()) {
            self.way_is(Way { step, reviewing: self.way.reviewing }, effects);
        }
    }

    /// Has what is to get the focus shown before it gets it.
    pub(super) fn reveal(&mut self, target: &Focus, effects: &mut Vec<Effect>) {
        let key = match target {
            Focus::Place(place) => place.key(),
            Focus::AddButton(key) => key,
            _ => return,
        };
        if let Some(step) = part_of(self.track(), key) {
            self.way_is(Way { step, reviewing: false }, effects);
        }
    }

    fn way_is(&mut self, way: Way, effects: &mut Vec<Effect>) {
        if (way.step, way.reviewing) != (self.way.step, self.way.reviewing) {
            self.way = way;
            effects.push(Effect::Look("way".to_owned()));
        }
    }

    fn part_left(&mut self, part: usize, effects: &mut Vec<Effect>) {
        let fields = fields_of(self.track(), part);
        let keys: Vec<_> = fields.iter().map(|field| field.key.clone()).collect();
        for key in keys {
            let below = self.row_ids(&key).to_vec().into_iter().flat_map(|row| {
                let columns = self.track().field(&key).map_or(&[][..], |field| field.columns());
                let cell = |c: &Field| Place::Cell(key.clone(), row, c.key.clone());
                columns.iter().map(cell).collect::<Vec<_>>()
            });
            let places: Vec<_> = below.chain([Place::Field(key.clone())]).collect();
            self.left.extend(places);
            self.left_tables.insert(key.clone());
            self.done_with.insert(key);
        }
        effects.push(Effect::Look("*".to_owned()));
    }
}

/// The part of a track that a field stands in.
fn part_of(track: &Track, key: &str) -> Option<usize> {
    track.sections.iter().position(|part| part.fields.iter().any(|field| field.key == key))
}

/// The fields of a part; none of one that the track has not got.
fn fields_of(track: &Track, part: usize) -> &[Field] {
    track.sections.get(part).map_or(&[][..], |part| &part.fields)
}
