//! The questions asked before all others, such as whether anything is secret.
//!
//! While one of them has no answer, nothing else is asked. An answer that stops the form wipes
//! everything there is, files and the host's own answers among them; only the answer itself stays, so
//! that the engine says why the form stands still. Invariant: nothing is sent unless all of them let go.

use super::{
    Announcement, Effect, Event, Focus, Place, Session, Stage, draft::Desk, findings::Board,
    first::first_answers, way::Way,
};
use crate::answers::Answers;
use crate::campaign::Gate;
use crate::rules::GateState;

/// How far the questions asked first let the person go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Door {
    /// All of them let go on.
    Open,
    /// So many of them are asked; the last has no answer.
    Asked(usize),
    /// This one stops the form.
    Shut(usize),
}

impl Session {
    /// Whether the questions asked first let the person go on.
    pub fn open(&self) -> bool {
        self.door == Door::Open
    }

    /// The question that stops the form.
    pub fn stopped(&self) -> Option<&Gate> {
        match self.door {
            Door::Shut(at) => self.track().gates.get(at),
            _ => None,
        }
    }

    pub(super) fn door_now(&self) -> Door {
        let number = |gate: &Gate| {
            let gates = self.track().gates.iter();
            gates.take_while(|known| known.field != gate.field).count()
        };
        match self.judge.gate(&self.given()) {
            GateState::Open => Door::Open,
            GateState::Unanswered(gate) => Door::Asked(number(gate) + 1),
            GateState::Stopped(gate) => Door::Shut(number(gate)),
        }
    }

    /// Whether the questions asked first let a field be shown.
    pub(super) fn let_through(&self, key: &str) -> bool {
        match self.door {
            Door::Open => true,
            Door::Asked(count) => {
                self.track().gates.iter().take(count).any(|gate| gate.field == key)
            }
            Door::Shut(_) => false,
        }
    }

    /// Whether an event is one of those that a person can cause while not everything is asked.
    pub(super) fn takes(&self, event: &Event) -> bool {
        self.open()
            || match event {
                Event::Entered(place, _) | Event::Left(place) => self.let_through(place.key()),
                Event::GateBack
                | Event::Submit
                | Event::Go(_)
                | Event::At(_)
                | Event::Kept(_)
                | Event::Clock
                | Event::Elsewhere(_)
                | Event::PublicComputer(_)
                | Event::Resumed
                | Event::Online
                | Event::CameBack => true,
                _ => false,
            }
    }

    /// Has the questions asked first have their say over what a draft or the host brings along: what they stop
    /// is wiped, and what they do not let go yet is not sent. The effects are owed until there is a form.
    pub(super) fn settle_door(&mut self) {
        self.door = self.door_now();
        let mut owed = std::mem::take(&mut self.owed);
        match self.door {
            Door::Open => {}
            Door::Asked(_) => self.sending.hold_back(),
            Door::Shut(at) => self.shut(at, &mut owed),
        }
        // Nobody has done anything that would move the focus.
        owed.retain(|effect| !matches!(effect, Effect::Focus(_)));
        self.owed = owed;
    }

    /// Looks whether an answer has opened or shut the form.
    pub(super) fn door_changed(&mut self, effects: &mut Vec<Effect>) {
        let door = self.door_now();
        if door == self.door {
            return;
        }
        self.door = door;
        effects.push(Effect::Look("*".to_owned()));
        match self.door {
            Door::Open => {
                self.go_on_uploading(effects);
                effects.push(Effect::Announce(Announcement::Opened));
            }
            Door::Asked(_) => effects.push(Effect::Announce(Announcement::Asked)),
            Door::Shut(at) => self.shut(at, effects),
        }
    }

    /// Wipes all but the answer that stops the form.
    pub(super) fn shut(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let Some(key) = self.track().gates.get(at).map(|gate| gate.field.clone()) else { return };
        let mut answers = Answers::default();
        answers.set(&key, self.answers.get(&key).cloned());
        self.begin_anew(answers, Stage::Stopped, effects);
        effects.push(Effect::Wipe);
        self.left.insert(Place::Field(key));
        effects.push(Effect::Focus(Focus::Status));
    }

    /// A person who chose wrongly answers again; everything else is empty.
    pub(super) fn gate_back(&mut self, effects: &mut Vec<Effect>) {
        let Some(key) = self.stopped().map(|gate| gate.field.clone()) else { return };
        let mut answers = first_answers(self.track(), Answers::default());
        answers.set(&key, None);
        self.begin_anew(answers, Stage::Filling, effects);
        effects.push(Effect::Focus(Focus::Place(Place::Field(key))));
    }

    fn begin_anew(&mut self, answers: Answers, stage: Stage, effects: &mut Vec<Effect>) {
        self.forget_files(effects, |_| true);
        self.attachments.clear();
        self.removed = None;
        let Desk { public, keeping, .. } = self.desk;
        self.desk = Desk { public, keeping, ..Desk::default() };
        self.rows.begin(self.judge.track(), &answers);
        self.answers = answers;
        self.board = Board::new(self.judge.checks());
        self.left.clear();
        self.left_tables.clear();
        self.done_with.clear();
        self.tried = false;
        self.sending.wipe(stage);
        self.way = Way::default();
        self.verified.clear();
        self.from_id.clear();
        self.read_from_id.clear();
        self.judge_all();
        self.form = self.form_now();
        self.door = self.door_now();
        effects.push(Effect::Look("*".to_owned()));
    }

    /// Leads to the question that must be answered first; gives whether there is one.
    pub(super) fn asked_first(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Door::Asked(count) = self.door else { return !self.open() };
        if let Some(key) = self.track().gates.get(count - 1).map(|gate| gate.field.clone()) {
            let place = Place::Field(key.clone());
            self.done_with.insert(key);
            effects.push(Effect::Look(super::topic(&place)));
            effects.push(Effect::Focus(Focus::Place(place.clone())));
            self.left.insert(place);
        }
        true
    }
}
