//! What helps a person fill in: lines for the gaps of a history, and answers that the number of a document
//! gives already.

use serde_json::{Map, Value};

use super::{Announcement, Effect, Place, RowId, Session, answer, topic};
use crate::campaign::{Field, FieldKind};
use crate::rules::{NoticePlan, Stretch};
use crate::standards::Month;

impl Session {
    /// What the rows of a table cover, in order of time, with the gaps between them.
    pub fn history(&self, key: &str) -> Vec<Stretch> {
        self.judge.history(key, &self.given())
    }

    /// When the notice in a row may end.
    pub fn notice_plan(&self, key: &str, row: RowId) -> Option<NoticePlan> {
        self.judge.notice_plan(key, self.row_index(key, row)?, &self.given())
    }

    /// The labels of the fields that were filled in from a document's number.
    pub fn filled_from(&self, key: &str) -> Vec<&str> {
        let targets = self.judge.read_from_id(key, &self.given());
        let ours = targets.iter().filter(|(target, _)| self.from_id.contains(target.as_str()));
        ours.filter_map(|(target, _)| self.track().field(target))
            .map(|field| field.label.get(self.judge.words().lang()))
            .collect()
    }

    /// Fills in what a document's number says, where nothing stands or what stands is from there too. What a
    /// person has entered stays, and a rule speaks where the two differ; what they have emptied stays empty
    /// until the number says something else.
    pub(super) fn fill_from_id(&mut self, key: &str, effects: &mut Vec<Effect>) {
        let targets = self.judge.read_from_id(key, &self.given());
        if self.read_from_id.get(key) == Some(&targets) {
            return;
        }
        self.read_from_id.insert(key.to_owned(), targets.clone());
        let mut filled = Vec::new();
        for (target, typed) in targets {
            let place = Place::Field(target.clone());
            let Some(field) = self.field(&place) else { continue };
            let ours =
                self.answers.get(&target).is_none() || self.from_id.contains(target.as_str());
            let answer = answer(&field.kind, &typed);
            let shown_as_text = !matches!(field.kind, FieldKind::Choice(_));
            if !ours
                || self.locked(&place).is_some()
                || self.answers.get(&target) == answer.as_ref()
            {
                continue;
            }
            filled.push(field.label.get(self.judge.words().lang()).to_owned());
            self.answer_is(&place, answer, effects);
            self.from_id.insert(target);
            if shown_as_text {
                effects.push(Effect::Show(place, typed));
            }
        }
        if !filled.is_empty() {
            effects.push(Effect::Look(topic(&Place::Field(key.to_owned()))));
            effects.push(Effect::Announce(Announcement::FilledIn(filled)));
        }
    }

    /// Takes up which answers came from a document's number, and what that says: as it was when the draft was kept.
    pub(super) fn take_up_from_id(&mut self, filled: impl Iterator<Item = String>) {
        self.from_id = filled.collect();
        let fields = self.track().sections.iter().flat_map(|section| &section.fields);
        let numbers = fields.filter(|field| field.kind == FieldKind::IdNumber);
        let read =
            |field: &Field| (field.key.clone(), self.judge.read_from_id(&field.key, &self.given()));
        self.read_from_id = numbers.map(read).collect();
    }

    /// Adds a line for months that no row covers, where it belongs in time.
    pub(super) fn fill_gap(
        &mut self,
        key: &str,
        first: Month,
        last: Month,
        effects: &mut Vec<Effect>,
    ) {
        let Some(settings) = self.with_room(key) else { return };
        let can_be_open = settings.fields.iter().any(|column| {
            column.key == "end" && matches!(&column.kind, FieldKind::Month(month) if month.open)
        });
        // Up to now is said as such, where it can be.
        let now = last == self.campaign().reference_month() && can_be_open;
        let mut row = Map::new();
        row.insert("start".to_owned(), first.to_string().into());
        if !now {
            row.insert("end".to_owned(), last.to_string().into());
        }
        let after = |stretch: &&Stretch| stretch.first > first;
        let history = self.history(key);
        let next = history.iter().filter(after).filter_map(|stretch| stretch.row).min();
        let at = next.unwrap_or_else(|| self.answers.rows(key).len());
        let column =
            settings.fields.iter().find(|column| !matches!(column.kind, FieldKind::Month(_)));
        let column = column.map(|column| column.key.clone());
        self.new_row(key, (at, Value::Object(row)), column, effects);
    }
}
