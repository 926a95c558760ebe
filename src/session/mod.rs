//! The form while it is being filled in: events go in, effects come out.
//!
//! Invariants: nothing here waits, reads a clock or touches a browser; what a person typed is never
//! changed behind their back; a key costs the checks that read its field and no more.

mod aid;
mod draft;
mod entry;
mod event;
mod files;
mod findings;
mod first;
mod gate;
mod known;
mod options;
mod outgoing;
mod paste;
mod photo;
mod rows;
mod sending;
mod shown;
mod way;

use std::cell::RefCell;

use serde_json::Value;

pub use draft::{DRAFT_FORMAT, Draft, DraftError, Keeping, Resumed};
pub use entry::{answer, text};
pub use event::{Announcement, Answer, Effect, Event, FileId, Focus, Place, RowId, Stored};
pub use files::{Chosen, Upload};
pub use findings::{Shown, Summary};
pub use known::Initial;
pub use options::Offer;
pub use paste::tidy;
pub use photo::{Mark, Point};
pub use sending::{Delay, Stage, answer_of};
pub use way::Progress;

use crate::answers::{Answers, Attachment};
use crate::campaign::{Campaign, FieldKind, Track};
use crate::rules::{Given, Judge, Verdict};
use crate::standards::Instant;
use crate::standards::sorted::{Set, Sorted};
use crate::words::key;

use draft::Desk;
use files::Files;
use findings::Board;
use first::first_answers;
use gate::Door;
use known::Known;
use rows::Rows;
use sending::Sending;
use shown::Measured;
use way::Way;

/// A nomination being filled in.
pub struct Session {
    judge: Judge,
    now: Instant,
    answers: Answers,
    /// The files as the engine sees them; follows `files`.
    attachments: Vec<Attachment>,
    rows: Rows,
    /// The row that was removed last: its table, where it stood, and what it had.
    removed: Option<(String, usize, Value)>,
    files: Files,
    board: Board,
    left: Set<Place>,
    left_tables: Set<String>,
    /// The fields of the parts that the person has gone on from.
    done_with: Set<String>,
    tried: bool,
    sending: Sending,
    way: Way,
    /// What the host has verified, by field, with where it has it from.
    verified: Known,
    /// The fields that were filled in from a document's number, and not by the person since.
    from_id: Set<String>,
    /// What each such number said when it was last looked at: fields, and what belongs there.
    read_from_id: Sorted<String, Vec<(String, String)>>,
    door: Door,
    /// What the questions asked first have called for while there was no form yet to do it.
    owed: Vec<Effect>,
    desk: Desk,
    /// The problems on show that have been said: the place in the answers and the rule.
    said: Set<(String, String)>,
    /// Counts what has happened.
    version: u64,
    /// The name of the form that the answers call for.
    form: Option<String>,
    /// The field that was measured last, at which version, and what it was.
    measured: RefCell<Option<(String, u64, Measured)>>,
}

impl Session {
    /// Begins a nomination. `id` names it for good; `initial` holds answers the host knows already.
    pub fn new(judge: Judge, id: String, initial: Answers, now: Instant) -> Self {
        let answers = first_answers(judge.track(), initial);
        let mut session = Self::with_answers(judge, id, answers, now);
        session.settle_door();
        session
    }

    fn with_answers(judge: Judge, id: String, answers: Answers, now: Instant) -> Self {
        let rows = Rows::new(judge.track(), &answers);
        let mut session = Self {
            board: Board::new(judge.checks()),
            judge,
            now,
            answers,
            attachments: Vec::new(),
            rows,
            removed: None,
            files: Files::default(),
            left: Set::default(),
            left_tables: Set::default(),
            done_with: Set::default(),
            tried: false,
            sending: Sending::new(id),
            way: Way::default(),
            verified: Known::default(),
            from_id: Set::default(),
            read_from_id: Sorted::default(),
            door: Door::Open,
            owed: Vec::new(),
            desk: Desk::default(),
            said: Set::default(),
            version: 0,
            form: None,
            measured: RefCell::default(),
        };
        session.judge_all();
        session.form = session.form_now();
        session.door = session.door_now();
        session
    }

    /// Takes in what happened and says what must be done about it.
    pub fn apply(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        self.now = now;
        // What it is told of its own draft and of the time is nothing to be kept in it.
        self.version += u64::from(!matches!(event, Event::Kept(_) | Event::Clock));
        let mut effects = Vec::new();
        if !self.takes(&event) {
            return effects;
        }
        let left = match &event {
            Event::Left(place) => Some(place.clone()),
            Event::LeftTable(_) | Event::FileRead(..) => Some(Place::whole()),
            _ => None,
        };
        self.happened(event, &mut effects);
        if let Some(left) = left {
            self.say_problems(&left, &mut effects);
        }
        let targets: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Focus(target) | Effect::Return(target) => Some(target.clone()),
                _ => None,
            })
            .collect();
        for target in &targets {
            self.reveal(target, &mut effects);
        }
        effects
    }

    fn happened(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Entered(place, text) => self.entered(&place, &text, effects),
            Event::Ticked(place, value, on) => self.ticked(&place, &value, on, effects),
            Event::Typed(place) => self.id_typed(&place, effects),
            Event::Left(place) => self.left(&place, effects),
            Event::LeftTable(key) => {
                if self.left_tables.insert(key.clone()) {
                    effects.extend([key, "progress".to_owned()].map(Effect::Look));
                }
            }
            Event::FillGap(key, first, last) => self.fill_gap(&key, first, last, effects),
            Event::AddRow(key) => self.add_row(&key, effects),
            Event::RemoveRow(key, row) => self.remove_row(&key, row, effects),
            Event::PutBack(key) => self.put_back(&key, effects),
            Event::Submit => self.submit(effects),
            Event::Answered(answer) => self.answered(answer, effects),
            Event::TryAgain => self.try_again(effects),
            Event::GateBack => self.gate_back(effects),
            Event::GoBack => self.go_back(effects),
            Event::Resumed => self.take_up(effects),
            Event::Online => self.online(effects),
            Event::CameBack => self.came_back(effects),
            Event::Kept(keeping) => self.keeping_is(keeping, effects),
            Event::Clock => {
                self.judge_all();
                effects.push(Effect::Look("*".to_owned()));
            }
            Event::Elsewhere(id) => self.elsewhere(id, effects),
            Event::PublicComputer(public) => self.public_computer(public, effects),
            Event::DropLeftOver(index) => self.drop_left_over(index, effects),
            Event::At(path) => {
                let place = self.rows.place(&path);
                self.is_at(&place, effects);
                (self.desk.cursor, self.desk.choosing) = (Some(place), false);
            }
            Event::Choosing(place) => {
                (self.desk.cursor, self.desk.choosing) = (Some(place), true);
                effects.push(Effect::KeepNow);
            }
            Event::CropPhoto(file) => effects.push(Effect::Crop(file)),
            Event::TakenOver => self.taken_over(effects),
            Event::Go(target) => effects.push(Effect::Focus(target)),
            Event::GoToPart(part) => self.go_to_part(part, effects),
            Event::Next => self.go_on(effects),
            Event::Previous => self.go_before(effects),
            Event::Review => self.review(effects),
            Event::Edit => self.edit(effects),
            Event::Show { review } => self.show(review, effects),
            other => self.file_event(other, effects),
        }
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

    /// Names the nomination.
    pub fn id(&self) -> &str {
        &self.sending.id
    }

    /// Grows with everything that happens, so that whoever keeps the draft knows when there is more.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The verdict at a time, on what would go out then.
    pub fn verdict(&self, now: Instant) -> Verdict {
        let answers = self.answers_shown();
        self.judge.judge(&Given { answers: &answers, now, ..self.given() })
    }

    fn given(&self) -> Given<'_> {
        Given { answers: &self.answers, attachments: &self.attachments, now: self.now }
    }

    fn entered(&mut self, place: &Place, typed: &str, effects: &mut Vec<Effect>) {
        let Some(field) = self.field(place).filter(|_| self.locked(place).is_none()) else {
            return;
        };
        // In an open month the form's own word for no end is understood as well.
        let open = matches!(&field.kind, FieldKind::Month(settings) if settings.open);
        let still = open && typed.trim() == self.judge.words().word(key!("still"));
        let answer = answer(&field.kind, if still { "" } else { typed });
        let changed = self.answer_is(place, answer, effects);
        if let (true, Place::Field(key)) = (changed, place) {
            self.from_id.remove(key);
        }
    }

    /// A number is looked at once it is whole, not only when it is left: its eighteenth place is the check.
    fn id_typed(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let (Place::Field(key), Some(field)) = (place, self.field(place)) else { return };
        if field.kind != FieldKind::IdNumber {
            return;
        }
        self.fill_from_id(key, effects);
        let place = place.clone();
        let whole = crate::standards::resident_id::normalise(&self.text_at(&place)).len() >= 18;
        if whole && self.left.insert(place) {
            effects.extend([key.to_owned(), "progress".to_owned()].map(Effect::Look));
        }
    }

    fn ticked(&mut self, place: &Place, value: &str, on: bool, effects: &mut Vec<Effect>) {
        let (Some(path), Some(field)) = (self.path(place), self.field(place)) else { return };
        let FieldKind::Choices(settings) = &field.kind else { return };
        if self.locked(place).is_some() {
            return;
        }
        let list = entry::ticked(settings, self.answers.at(&path), value, on);
        let none = list.as_array().is_none_or(Vec::is_empty);
        self.answer_is(place, (!none).then_some(list), effects);
    }

    /// Takes an answer over; gives whether it is another one.
    fn answer_is(
        &mut self,
        place: &Place,
        answer: Option<Value>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some(path) = self.path(place) else { return false };
        let before = self.answers.at(&path);
        if before == answer.as_ref() {
            return false;
        }
        if before.is_none() != answer.is_none() {
            effects.push(Effect::Look("progress".to_owned()));
        }
        self.answers.set(&path, answer);
        self.desk.touched = true;
        self.board.forget_host(&path);
        self.changed(place, effects);
        true
    }

    /// Judges again what depends on a place, and has it looked at.
    fn changed(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let key = place.key();
        let shown_by: Vec<_> = self.judge.shown_by(key).to_vec();
        self.files_shown(&shown_by, effects);
        self.rejudge(key, effects);
        effects.push(Effect::Look(topic(place)));
        if matches!(place, Place::Cell(..)) {
            effects.push(Effect::Look(format!("{key}*")));
        }
        if !shown_by.is_empty() {
            effects.push(Effect::Look("way".to_owned()));
        }
        for shown in shown_by {
            // The limit beside a text may be another one now.
            if self.judge.is_counted(&shown) {
                effects.extend([shown.clone(), format!("{shown}*")].map(Effect::Look));
            }
            effects.push(Effect::Look(format!("{shown}?")));
        }
        effects.push(Effect::Tell("change", serde_json::json!({ "key": key })));
        let form = self.form_now();
        if form != self.form {
            self.form = form;
            effects.push(Effect::Look("form".to_owned()));
        }
        self.door_changed(effects);
    }

    fn left(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let tidy = self.field(place).is_some_and(|field| is_normalised(&field.kind));
        if tidy {
            self.show_normalised(place, effects);
        }
        let look = topic(place);
        if let Place::Cell(key, row, _) = place {
            effects.push(Effect::Look(topic(&Place::Row(key.clone(), *row))));
        }
        if self.left.insert(place.clone()) {
            effects.extend([look, "progress".to_owned()].map(Effect::Look));
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
        let (mut topics, mut moved) = (Set::default(), false);
        for check in checks {
            let problems = self.judge.run(check, &self.given());
            let replaced = self.board.replace(check, problems, &self.rows, &self.attachments);
            moved |= replaced.moved;
            topics.extend(replaced.topics);
        }
        if moved {
            effects.push(Effect::Look("progress".to_owned()));
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
            | FieldKind::DayOrMonth
            | FieldKind::Number(_)
    )
}
