//! The form while it is being filled in: events go in, effects come out.
//!
//! Invariants: nothing here waits, reads a clock or touches a browser; what a person typed is never
//! changed behind their back; a key costs the checks that read its field and no more.

mod entry;
mod event;
mod files;
mod findings;
mod rows;
mod sending;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

pub use entry::{answer, text};
pub use event::{Announcement, Answer, Effect, Event, FileId, Focus, Place, RowId, Stored};
pub use files::{Chosen, Upload};
pub use findings::{Shown, Summary};
pub use sending::{Delay, Stage, answer_of};

use crate::answers::{Answers, Attachment};
use crate::campaign::{Campaign, Field, FieldKind, Track};
use crate::rules::{Given, Judge, Verdict};
use crate::standards::Instant;

use files::Files;
use findings::Board;
use rows::Rows;
use sending::Sending;

/// A nomination being filled in.
pub struct Session {
    judge: Judge,
    now: Instant,
    answers: Answers,
    /// The files as the engine sees them; follows `files`.
    attachments: Vec<Attachment>,
    rows: Rows,
    files: Files,
    board: Board,
    left: BTreeSet<Place>,
    left_tables: BTreeSet<String>,
    tried: bool,
    sending: Sending,
}

impl Session {
    /// Begins a nomination. `id` names it for good; `initial` holds answers the host knows already.
    pub fn new(judge: Judge, id: String, initial: Answers, now: Instant) -> Self {
        let answers = first_answers(judge.track(), initial.0);
        let rows = Rows::new(judge.track(), &answers);
        let mut session = Self {
            board: Board::new(judge.checks()),
            judge,
            now,
            answers,
            attachments: Vec::new(),
            rows,
            files: Files::default(),
            left: BTreeSet::new(),
            left_tables: BTreeSet::new(),
            tried: false,
            sending: Sending::new(id),
        };
        session.judge_all();
        session
    }

    /// Takes in what happened and says what must be done about it.
    pub fn apply(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        match event {
            Event::Entered(place, text) => self.entered(&place, &text, &mut effects),
            Event::Left(place) => self.left(&place, &mut effects),
            Event::LeftTable(key) => {
                if self.left_tables.insert(key.clone()) {
                    effects.push(Effect::Look(key));
                }
            }
            Event::AddRow(key) => self.add_row(&key, &mut effects),
            Event::RemoveRow(key, row) => self.remove_row(&key, row, &mut effects),
            Event::Submit => self.submit(&mut effects),
            Event::Answered(answer) => self.answered(answer, &mut effects),
            Event::TryAgain => self.try_again(&mut effects),
            Event::GoBack => self.go_back(&mut effects),
            Event::TakenOver => self.taken_over(&mut effects),
            other => self.file_event(other, &mut effects),
        }
        effects
    }

    /// The campaign.
    pub fn campaign(&self) -> &Campaign {
        self.judge.campaign()
    }

    /// The track.
    pub fn track(&self) -> &Track {
        self.judge.track()
    }

    /// The compiled rules.
    pub fn judge(&self) -> &Judge {
        &self.judge
    }

    /// The host's time at the last event.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The text that stands in a place's control.
    pub fn text_at(&self, place: &Place) -> String {
        self.path(place).and_then(|path| self.answers.at(&path).map(text)).unwrap_or_default()
    }

    /// Whether a field is shown.
    pub fn visible(&self, place: &Place) -> bool {
        match place {
            Place::Field(key) | Place::Row(key, _) => self.judge.visible(key, &self.given()),
            Place::Cell(key, row, column) => self
                .rows
                .index(key, *row)
                .and_then(|index| self.answers.rows(key).get(index))
                .is_some_and(|row| self.judge.column_visible(key, column, row)),
        }
    }

    /// Whether a field must be answered.
    pub fn required(&self, place: &Place) -> bool {
        match place {
            Place::Field(key) => self.judge.required(key, &self.given()),
            Place::Row(..) => false,
            Place::Cell(key, row, column) => self
                .rows
                .index(key, *row)
                .and_then(|index| self.answers.rows(key).get(index))
                .is_some_and(|row| self.judge.column_required(key, column, row)),
        }
    }

    /// The path of a place within the answers, which is also its control's `name`.
    pub fn path(&self, place: &Place) -> Option<String> {
        match place {
            Place::Field(key) => Some(key.clone()),
            Place::Row(key, row) => {
                self.rows.index(key, *row).map(|index| format!("{key}.{index}"))
            }
            Place::Cell(key, row, column) => {
                self.rows.index(key, *row).map(|index| format!("{key}.{index}.{column}"))
            }
        }
    }

    /// The field a place shows.
    pub fn field(&self, place: &Place) -> Option<&Field> {
        let field = self.track().field(place.key())?;
        match place {
            Place::Field(_) => Some(field),
            Place::Row(..) => None,
            Place::Cell(_, _, column) => field.columns().iter().find(|known| known.key == *column),
        }
    }

    /// What the counter of a text shows: how much there is, and how much there may be.
    pub fn count(&self, key: &str) -> Option<(usize, u32)> {
        let limit = self.judge.counter(key)?.most()?;
        Some((self.judge.count(key, &self.answers)?, limit))
    }

    /// A computed value, by its key.
    pub fn computed(&self, key: &str) -> Option<f64> {
        self.judge.computed_one(key, &self.given())
    }

    /// The verdict of the moment.
    pub fn verdict(&self) -> Verdict {
        self.judge.judge(&self.given())
    }

    fn given(&self) -> Given<'_> {
        Given { answers: &self.answers, attachments: &self.attachments, now: self.now }
    }

    fn entered(&mut self, place: &Place, typed: &str, effects: &mut Vec<Effect>) {
        let (Some(path), Some(field)) = (self.path(place), self.field(place)) else { return };
        let answer = answer(&field.kind, typed);
        if self.answers.at(&path) == answer.as_ref() {
            return;
        }
        self.answers.set(&path, answer);
        self.board.forget_host(&path);
        self.changed(place, effects);
    }

    /// Judges again what depends on a place, and has it looked at.
    fn changed(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let key = place.key();
        self.rejudge(key, effects);
        effects.push(Effect::Look(topic(place)));
        if matches!(place, Place::Cell(..)) {
            effects.push(Effect::Look(format!("{key}*")));
        }
        let shown_by: Vec<_> = self.judge.shown_by(key).to_vec();
        effects.extend(shown_by.into_iter().map(|key| Effect::Look(format!("{key}?"))));
        effects.push(Effect::Tell("change", serde_json::json!({ "key": key })));
    }

    fn left(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let tidy = self.field(place).is_some_and(|field| is_normalised(&field.kind));
        if tidy {
            self.show_normalised(place, effects);
        }
        let look = topic(place);
        let label = self.field(place).map(|field| field.label.base().to_owned());
        if let Place::Cell(key, row, _) = place {
            effects.push(Effect::Look(topic(&Place::Row(key.clone(), *row))));
        }
        if self.left.insert(place.clone()) {
            effects.push(Effect::Look(look));
        }
        if let (Some(label), Some(shown)) = (label, self.problems_at(place).into_iter().next()) {
            effects.push(Effect::Announce(Announcement::Problem(label, shown.message)));
        }
    }

    /// Shows back a number or month as it was understood.
    fn show_normalised(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let Some(field) = self.field(place) else { return };
        let typed = self.text_at(place);
        let tidy = match field.kind {
            FieldKind::IdNumber => crate::standards::resident_id::normalise(&typed),
            FieldKind::Uscc => crate::standards::uscc::normalise(&typed),
            _ => typed.clone(),
        };
        if tidy != typed {
            self.entered(place, &tidy, effects);
        }
        effects.push(Effect::Show(place.clone(), tidy));
    }

    fn judge_all(&mut self) {
        for check in 0..self.judge.checks() {
            let problems = self.judge.run(check, &self.given());
            self.board.replace(check, problems, &self.rows, &self.attachments);
        }
    }

    fn rejudge(&mut self, key: &str, effects: &mut Vec<Effect>) {
        let checks = self.judge.depending_on(key).to_vec();
        let mut topics = BTreeSet::new();
        for check in checks {
            let problems = self.judge.run(check, &self.given());
            topics.extend(self.board.replace(check, problems, &self.rows, &self.attachments));
        }
        effects.extend(topics.into_iter().map(Effect::Look));
    }
}

/// Names what is shown of a place, for those who watch it.
pub fn topic(place: &Place) -> String {
    match place {
        Place::Field(key) => key.clone(),
        Place::Row(key, row) => format!("{key}#{row}"),
        Place::Cell(key, row, column) => format!("{key}#{row}.{column}"),
    }
}

fn is_normalised(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::IdNumber
            | FieldKind::Uscc
            | FieldKind::Month(_)
            | FieldKind::Date
            | FieldKind::Number(_)
    )
}

/// The answers a form opens with: what the host knows, then the campaign's own defaults.
fn first_answers(track: &Track, initial: Map<String, Value>) -> Answers {
    let mut answers = Answers(initial);
    for field in track.fields() {
        if answers.get(&field.key).is_some() {
            continue;
        }
        let first = match &field.kind {
            FieldKind::Choice(choice) => {
                choice.default.as_deref().and_then(|value| answer(&field.kind, value))
            }
            FieldKind::Rows(rows) if !rows.start_with.is_empty() => {
                Some(rows.start_with.iter().cloned().map(Value::Object).collect())
            }
            _ => None,
        };
        if let Some(first) = first {
            answers.set(&field.key, Some(first));
        }
    }
    answers
}
