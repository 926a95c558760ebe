//! The findings of the moment, by the place they are shown at.

use super::rows::Rows;
use super::{Announcement, Effect, Place, Session, topic};
use crate::answers::Attachment;
use crate::campaign::{Cite, Severity, Track};
use crate::rules::{Code, Problem};
use crate::standards::sorted::{Set, Sorted};
use crate::submission::Rejection;

/// The most problems that are said at once: nobody keeps more in mind.
const SAID_AT_ONCE: usize = 2;

/// Every check's problems with the topic each is shown under, and what the host found besides.
#[derive(Debug, Default)]
pub(super) struct Board {
    by_check: Vec<Vec<(String, Shown)>>,
    checks_at: Sorted<String, Set<usize>>,
    host: Vec<Shown>,
}

/// A problem as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The rule's id.
    pub rule: String,
    /// The kind of finding; of what the host found, none.
    pub code: Option<Code>,
    /// How grave it is.
    pub severity: Severity,
    /// The words.
    pub message: String,
    /// The clause.
    pub cite: Option<Cite>,
    /// The path of the answer it belongs to; of a file, its slot.
    path: String,
    /// Where in the submission it was found.
    pointer: String,
}

/// What has become of a check's problems.
#[derive(Default)]
pub(super) struct Replaced {
    /// The topics where it shows.
    pub(super) topics: Vec<String>,
    /// Whether there is more to it than other words: a problem came, went or became graver.
    pub(super) moved: bool,
}

/// A line of the problem summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Where it leads; `None` where it belongs to no field.
    pub place: Option<Place>,
    /// The problem.
    pub problem: Shown,
}

impl Board {
    pub(super) fn new(checks: usize) -> Self {
        Self { by_check: vec![Vec::new(); checks], ..Self::default() }
    }

    /// Puts a check's problems in place of its former ones.
    pub(super) fn replace(
        &mut self,
        check: usize,
        problems: Vec<Problem>,
        rows: &Rows,
        attachments: &[Attachment],
    ) -> Replaced {
        let fresh: Vec<_> = problems
            .into_iter()
            .map(|problem| shown(problem, attachments))
            .map(|shown| (topic(&rows.place(&shown.path)), shown))
            .collect();
        let Some(slot) = self.by_check.get_mut(check) else { return Replaced::default() };
        if *slot == fresh {
            return Replaced::default();
        }
        let moved = !slot.iter().map(what).eq(fresh.iter().map(what));
        let stale = std::mem::replace(slot, fresh);
        let mut topics = Set::default();
        for (topic, _) in stale {
            if let Some(checks) = self.checks_at.get_mut(topic.as_str()) {
                checks.remove(&check);
            }
            topics.insert(topic);
        }
        for (topic, _) in self.by_check.get(check).into_iter().flatten() {
            if self.checks_at.get(topic.as_str()).is_none() {
                self.checks_at.insert(topic.clone(), Set::default());
            }
            if let Some(checks) = self.checks_at.get_mut(topic.as_str()) {
                checks.insert(check);
            }
            topics.insert(topic.clone());
        }
        Replaced { topics: topics.into_iter().collect(), moved }
    }

    /// Takes in what the host found.
    pub(super) fn host(
        &mut self,
        rejection: &Rejection,
        track: &Track,
        attachments: &[Attachment],
    ) {
        let clause = |id: &str| track.rules.iter().find(|rule| rule.id == id)?.cite().cloned();
        self.host = rejection
            .errors
            .iter()
            .map(|error| Shown {
                rule: error.rule.clone().unwrap_or_else(|| error.code.clone()),
                code: None,
                severity: Severity::Error,
                message: error.detail.clone(),
                cite: error.rule.as_deref().and_then(clause),
                path: path_of(&error.pointer, attachments),
                pointer: error.pointer.clone(),
            })
            .collect();
    }

    /// What the host found at `path` or below it is out of date once that is changed.
    pub(super) fn forget_host(&mut self, path: &str) {
        let below = format!("{path}.");
        self.host.retain(|shown| shown.path != path && !shown.path.starts_with(&below));
    }

    fn at<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Shown> {
        self.checks_at
            .get(topic)
            .into_iter()
            .flat_map(Set::iter)
            .filter_map(|check| self.by_check.get(*check))
            .flatten()
            .filter(move |(at, _)| at == topic)
            .map(|(_, problem)| problem)
    }

    fn all(&self) -> impl Iterator<Item = &Shown> {
        self.by_check.iter().flatten().map(|(_, shown)| shown)
    }
}

impl Session {
    /// The problems to show at a place, gravest first as the engine lists them: those of a place the
    /// person has left, or all once they have tried to send; what the host found, always.
    pub fn problems_at(&self, place: &Place) -> Vec<Shown> {
        self.found_at(place, self.shows(place))
    }

    /// What the host found at a place; with `engine` also what the engine finds there.
    #[inline(never)] // it is there once
    pub(super) fn found_at(&self, place: &Place, engine: bool) -> Vec<Shown> {
        let topic = topic(place);
        let says = |shown: &&Shown| engine && self.is_due(place, shown);
        let engine = self.board.at(&topic).filter(says).cloned();
        let here = |shown: &&Shown| self.rows.place(&shown.path) == *place;
        let host = self.board.host.iter().filter(here).cloned();
        engine.chain(host).collect()
    }

    /// Says the problems of the place that was left, and what has come on show anywhere else by that: a reader of the
    /// screen has the focus in one place only.
    pub(super) fn say_problems(&mut self, left: &Place, effects: &mut Vec<Effect>) {
        let lang = self.judge().words().lang();
        let on_show = self.found().filter(|(place, shown)| {
            let on_show = *place != Place::whole() && self.shows(place);
            shown.severity == Severity::Error && on_show && self.is_due(place, shown)
        });
        let (mut now, mut words) = (Set::default(), Vec::new());
        for (place, shown) in on_show {
            let said = (shown.pointer.clone(), shown.rule.clone());
            if place == *left || !self.said.contains(&said) {
                let label = self.field(&place).or_else(|| self.track().field(place.key()));
                let label = label.map_or("", |field| field.label.get(lang));
                words.push(Announcement::Problem(label.to_owned(), shown.message.clone()));
            }
            now.insert(said);
        }
        self.said = now;
        effects.extend(words.into_iter().take(SAID_AT_ONCE).map(Effect::Announce));
    }

    /// The problems of a field and of all that is in it, shown or not.
    pub fn problems_within(&self, key: &str) -> Vec<Shown> {
        let here = self.found().filter(|(place, _)| place.key() == key);
        here.map(|(_, shown)| shown.clone()).collect()
    }

    /// What stands in the way of sending, in form order, each with the place to mend it.
    pub fn summary(&self) -> Vec<Summary> {
        let engine = self.board.all().filter(|shown| shown.severity == Severity::Error).cloned();
        engine
            .chain(self.board.host.iter().cloned())
            .map(|problem| Summary { place: self.place_of(&problem.path), problem })
            .collect()
    }

    /// All findings of the moment, shown or not, each with the place it belongs to.
    pub(super) fn found(&self) -> impl Iterator<Item = (Place, &Shown)> {
        let all = self.board.all().chain(self.board.host.iter());
        all.map(|shown| (self.rows.place(&shown.path), shown))
    }

    /// Whether an error of the engine stands in the way of sending.
    pub fn blocked(&self) -> bool {
        self.board.all().any(|shown| shown.severity == Severity::Error)
    }

    /// Whether the engine finds an error exactly there.
    pub(super) fn error_at(&self, pointer: &str) -> bool {
        self.board.all().any(|shown| shown.severity == Severity::Error && shown.pointer == pointer)
    }

    /// Whether it is time to say a problem of a place that is shown: nobody is blamed for what they have left empty
    /// before they try to send, or are done with the part it stands in.
    fn is_due(&self, place: &Place, shown: &Shown) -> bool {
        self.tried || shown.code != Some(Code::Missing) || self.done_with.contains(place.key())
    }

    pub(super) fn shows(&self, place: &Place) -> bool {
        self.tried
            || *place == Place::whole()
            || self.left.contains(place)
            || match place {
                Place::Field(key) => self.left_tables.contains(key),
                Place::Row(key, row) => self
                    .left
                    .iter()
                    .any(|left| matches!(left, Place::Cell(of, id, _) if id == row && of == key)),
                Place::Cell(..) => false,
            }
    }

    /// Where a problem is mended. A path below what can be focused leads to the nearest place above.
    fn place_of(&self, path: &str) -> Option<Place> {
        let place = self.rows.place(path);
        self.track().field(place.key()).map(|_| place)
    }
}

/// What there is to a problem besides its words.
fn what((topic, shown): &(String, Shown)) -> (&str, Option<Code>, Severity) {
    (topic, shown.code, shown.severity)
}

fn shown(problem: Problem, attachments: &[Attachment]) -> Shown {
    let param = |name: &str| problem.params.get(name).and_then(serde_json::Value::as_str);
    let slot = param("slot").map(|slot| slot_path(slot, param("for")));
    Shown {
        path: slot.unwrap_or_else(|| path_of(&problem.path, attachments)),
        rule: problem.rule,
        code: Some(problem.code),
        severity: problem.severity,
        message: problem.message,
        cite: problem.cite,
        pointer: problem.path,
    }
}

/// `/answers/resume/0/start`, with or without a leading `#`, as `resume.0.start`; a file's problem
/// belongs to the file's slot.
fn path_of(pointer: &str, attachments: &[Attachment]) -> String {
    let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
    let file = pointer.strip_prefix("/attachments/").and_then(|rest| rest.split('/').next());
    if let Some(attachment) =
        file.and_then(|index| index.parse::<usize>().ok()).and_then(|index| attachments.get(index))
    {
        return slot_path(&attachment.slot, attachment.row.as_deref());
    }
    let path = pointer.strip_prefix("/answers/").unwrap_or_default();
    path.replace('/', ".").replace("~1", "/").replace("~0", "~")
}

/// `honour_copy` for `honours.0` is `honour_copy.0`.
fn slot_path(slot: &str, row: Option<&str>) -> String {
    match row.and_then(|row| row.rsplit('.').next()) {
        Some(index) => format!("{slot}.{index}"),
        None => slot.to_owned(),
    }
}
