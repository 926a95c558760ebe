//! A track made ready for judging: which checks there are, and what each of them reads.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    Code, Finding, Problem, Verdict,
    check::{Check, Given},
    condition::{self, Scope},
    form::{Form, Places},
    keyed::Keyed,
    length, line,
    view::{Facts, Row, View},
};
use crate::{
    answers::Answers,
    campaign::{
        Campaign, ChoiceOption, Field, FormCase, Gate, LengthRule, Logic, Requirement, Rule,
        RuleKind, Severity, Track,
    },
    standards::{Calendar, Instant, decimal, sorted::Set},
    words::Words,
};

/// A track, compiled once; cheap to run for every key that is pressed.
///
/// What there is to check is cut into numbered checks in form order. Running them all is
/// [`Judge::judge`]; running those of [`Judge::depending_on`] after an answer has changed gives the
/// same findings at a cost that does not grow with the form.
#[derive(Debug, Clone)]
pub struct Judge {
    campaign: Arc<Campaign>,
    calendar: Arc<Calendar>,
    words: &'static Words,
    track: usize,
    places: Places,
    checks: Vec<Check>,
    depending: Keyed<Vec<usize>>,
    shown_by: Keyed<Vec<String>>,
    counters: Keyed<Vec<usize>>,
}

impl Judge {
    /// Makes a track ready; `None` where the campaign has no track of that id.
    pub fn new(campaign: Arc<Campaign>, track: &str, calendar: Arc<Calendar>) -> Option<Self> {
        let at = campaign.tracks.iter().position(|known| known.id == track)?;
        let track = campaign.tracks.get(at)?;
        let places = Places::of(track);
        let form = Form { track, places: &places, columns: None };
        let checks = Check::all(track);
        let depending = depending(form, &checks);
        let shown_by = shown_by(form);
        let counters = counters(track);
        let words = Words::base();
        Some(Self {
            track: at,
            places,
            checks,
            depending,
            shown_by,
            counters,
            calendar,
            words,
            campaign,
        })
    }

    /// Has it speak another language than zh-CN.
    #[must_use]
    pub fn speaking(mut self, words: &'static Words) -> Self {
        self.words = words;
        self
    }

    /// The words it speaks.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// The campaign.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// The track.
    #[allow(clippy::indexing_slicing)] // `new` found the track at this place, and nothing changes it
    pub fn track(&self) -> &Track {
        &self.campaign.tracks[self.track]
    }

    /// Judges everything, in form order.
    pub fn judge(&self, given: &Given) -> Verdict {
        let view = self.view(given);
        let problems: Vec<_> =
            self.checks.iter().flat_map(|check| check.run(self.track(), &view)).collect();
        Verdict { ok: problems.iter().all(|problem| problem.severity < Severity::Error), problems }
    }

    /// How many checks there are.
    pub fn checks(&self) -> usize {
        self.checks.len()
    }

    /// Everything one check finds; nothing for a number beyond [`Judge::checks`].
    pub fn run(&self, check: usize, given: &Given) -> Vec<Problem> {
        let view = self.view(given);
        self.checks.get(check).map_or_else(Vec::new, |check| check.run(self.track(), &view))
    }

    /// The checks whose findings may change with this field's answer: those that read it, be it
    /// through a condition. In form order.
    pub fn depending_on(&self, key: &str) -> &[usize] {
        self.depending.all(key)
    }

    /// The fields that may be shown, hidden or required anew when this field's answer changes, and the texts
    /// whose limit may be another one.
    pub fn shown_by(&self, key: &str) -> &[String] {
        self.shown_by.all(key)
    }

    /// Whether a condition over the fields of the form holds: one that is not a rule's, but what a
    /// host or a batch asks of a nomination. It must be a condition of this campaign.
    pub fn holds<'a>(&'a self, logic: &'a Logic, given: &'a Given<'a>) -> bool {
        self.view(given).holds(logic)
    }

    /// The answer of a field that is shown, if it is of the right type and not blank: what conditions
    /// and rules go by.
    pub fn answer<'a>(&'a self, key: &str, given: &'a Given<'a>) -> Option<&'a Value> {
        self.view(given).value(key)
    }

    /// Whether a field of the form is shown.
    pub fn visible(&self, key: &str, given: &Given) -> bool {
        self.view(given).visible(key)
    }

    /// Whether a field of the form is shown and must be answered. Of a file that rows ask for, the
    /// table has to be asked row by row; here it is `false`.
    pub fn required(&self, key: &str, given: &Given) -> bool {
        let view = self.view(given);
        view.field(key).is_some_and(|field| view.visible(key) && view.required(field))
    }

    /// Whether a column is shown in a row.
    pub fn column_visible(&self, key: &str, column: &str, row: &Value) -> bool {
        self.in_row(key, column, row, Row::visible)
    }

    /// Whether a column is shown in a row and must be answered there.
    pub fn column_required(&self, key: &str, column: &str, row: &Value) -> bool {
        self.in_row(key, column, row, |row, column, facts| {
            row.visible(column, facts) && row.required(column, facts)
        })
    }

    /// Whether an entry of a matrix is asked about.
    pub fn entry_asked(&self, key: &str, entry: usize, given: &Given) -> bool {
        let view = self.view(given);
        view.field(key).is_some_and(|field| view.asked(field, entry))
    }

    /// The rows of a table, by their places, that a file of the field `key` belongs to: with a condition
    /// as `required` those for which it holds, otherwise every row that has something in it.
    pub fn row_files(&self, key: &str, given: &Given) -> Vec<usize> {
        let view = self.view(given);
        let Some(field) = view.field(key).filter(|_| view.visible(key)) else { return Vec::new() };
        let rows = field.per_row().map(|table| view.rows(table)).unwrap_or_default();
        let asked = rows.iter().filter(|row| match &field.required {
            Requirement::Fixed(_) => true,
            Requirement::When(logic) => condition::holds(logic, Scope::Row(view.facts(), **row, 0)),
        });
        asked.map(|row| row.index).collect()
    }

    /// Whether an option of a choice can be chosen.
    pub fn can_choose(&self, option: &ChoiceOption, given: &Given) -> bool {
        let view = self.view(given);
        option.when.as_ref().is_none_or(|when| condition::holds(when, Scope::Form(&view)))
    }

    /// Whether an option of a column can be chosen in a row.
    pub fn can_choose_in(&self, key: &str, option: &ChoiceOption, row: &Value) -> bool {
        option.when.as_ref().is_none_or(|when| {
            let empty = empty();
            let columns = self.form().get(key).map_or(&[][..], |(_, table)| table.columns());
            let row = Row { index: 0, columns, map: row.as_object().unwrap_or(empty) };
            condition::holds(when, Scope::Row(&self.facts(None), row, 0))
        })
    }

    /// The form these answers call for; `None` where none does.
    pub fn form_case(&self, given: &Given) -> Option<&FormCase> {
        let view = self.view(given);
        self.track().form.0.iter().find(|case| {
            case.when.as_ref().is_none_or(|when| condition::holds(when, Scope::Form(&view)))
        })
    }

    /// What there is to say where a submission names the form `variant`: something where the campaign
    /// has a `variant` rule, the answers call for a form, and it is another one.
    pub fn other_form(&self, variant: &str, given: &Given) -> Option<Problem> {
        let is_variant = |rule: &&Rule| matches!(rule.check, RuleKind::Variant);
        let rule = self.track().rules.iter().find(is_variant)?;
        let case = self.form_case(given)?;
        if variant.is_empty() || variant == case.name {
            return None;
        }
        let finding = Finding::new(Code::OtherForm, "/variant");
        let finding = finding.with("expected", case.name.as_str());
        Some(super::check::problem(self.words, finding, Some(rule), ""))
    }

    /// What the gates of the track say: go on, answer first, or stop.
    pub fn gate(&self, given: &Given) -> GateState<'_> {
        let view = self.view(given);
        for gate in &self.track().gates {
            match view.value(&gate.field) {
                None => return GateState::Unanswered(gate),
                Some(value) if condition::is(value, &gate.stops_at) => {
                    return GateState::Stopped(gate);
                }
                Some(_) => {}
            }
        }
        GateState::Open
    }

    /// Whether a field has a counter: a length rule with a limit.
    pub fn is_counted(&self, key: &str) -> bool {
        self.counters.get(key).is_some()
    }

    /// The length rule that holds on a field just now, for the counter beside it: limits may differ by
    /// category.
    pub fn counter(&self, key: &str, given: &Given) -> Option<&LengthRule> {
        let view = self.view(given);
        let rules = &self.track().rules;
        self.counters.all(key).iter().find_map(|at| match rules.get(*at)? {
            Rule { when: Some(when), .. } if !view.holds(when) => None,
            Rule { check: RuleKind::Length(rule), .. } => Some(rule),
            _ => None,
        })
    }

    /// The figure the counter shows: 0 for an empty answer, `None` for a field without a counter.
    pub fn count(&self, key: &str, given: &Given) -> Option<usize> {
        let rule = self.counter(key, given)?;
        let (_, field) = self.form().get(key)?;
        let facts = self.facts(None);
        let count = |value| length::count(field, value, rule, &facts);
        Some(given.answers.get(key).map_or(0, count))
    }

    /// The printed lines of a table, one a row that is not blank.
    pub fn lines(&self, key: &str, answers: &Answers) -> Vec<String> {
        let Some((_, field)) = self.form().get(key) else { return Vec::new() };
        let facts = self.facts(None);
        let rows = super::view::table(field, answers.get(key), &facts);
        rows.map(|row| line::of(field, &row, &facts)).collect()
    }

    /// The printed line of one row; empty where the row is blank or the table has no `line`.
    pub fn line(&self, key: &str, row: usize, answers: &Answers) -> String {
        let Some((_, field)) = self.form().get(key) else { return String::new() };
        let facts = self.facts(None);
        let mut rows = super::view::table(field, answers.get(key), &facts);
        let row = rows.find(|known| known.index == row);
        row.map(|row| line::of(field, &row, &facts)).unwrap_or_default()
    }

    /// The computed values, and under `counts` the length of each text that has a limit.
    pub fn computed(&self, given: &Given) -> Map<String, Value> {
        let view = self.view(given);
        let mut computed = Map::new();
        for value in &self.track().computed {
            if let Some(figure) = condition::number(&value.value, Scope::Form(&view)) {
                computed.insert(value.key.clone(), decimal::plain(figure));
            }
        }
        let counted = self.track().fields().filter_map(|field| {
            let rule = self.counter(&field.key, given)?;
            let count = view
                .value(&field.key)
                .map_or(0, |value| length::count(field, value, rule, view.facts()));
            view.visible(&field.key).then(|| (field.key.clone(), count.into()))
        });
        computed.insert("counts".to_owned(), Value::Object(counted.collect()));
        computed
    }

    /// One computed value; `None` where there is nothing to compute it from.
    pub fn computed_one(&self, key: &str, given: &Given) -> Option<f64> {
        let view = self.view(given);
        let value = self.track().computed.iter().find(|value| value.key == key)?;
        condition::number(&value.value, Scope::Form(&view))
    }

    fn form(&self) -> Form<'_> {
        Form { track: self.track(), places: &self.places, columns: None }
    }

    /// The facts at a time; for what does not ask for the time, those at the reference date.
    fn facts(&self, now: Option<Instant>) -> Facts<'_> {
        let campaign = &self.campaign;
        let offset = campaign.utc_offset_minutes;
        Facts {
            scales: &campaign.scales,
            reference_date: campaign.reference_date,
            reference: campaign.reference_month(),
            today: now.map_or(campaign.reference_date, |now| now.day_at(offset)),
            time: now.map(|now| now.time_at(offset)).unwrap_or_default(),
            opens: campaign.opens,
            deadline: campaign.deadline,
            calendar: &self.calendar,
            words: self.words,
        }
    }

    pub(super) fn view<'a>(&'a self, given: &'a Given<'a>) -> View<'a> {
        View::new(self.form(), given, self.facts(Some(given.now)))
    }

    fn in_row<'a>(
        &'a self,
        key: &str,
        column: &str,
        row: &'a Value,
        ask: impl Fn(&Row<'a>, &'a Field, &Facts<'a>) -> bool,
    ) -> bool {
        let empty = empty();
        let Some((_, table)) = self.form().get(key) else { return false };
        let row = Row { index: 0, columns: table.columns(), map: row.as_object().unwrap_or(empty) };
        let facts = self.facts(None);
        row.column(column).is_some_and(|column| ask(&row, column, &facts))
    }
}

/// What the questions asked before all others say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GateState<'a> {
    /// All of them let the person go on; also where there are none.
    Open,
    /// This one is not answered yet.
    Unanswered(&'a Gate),
    /// This one stops the form: nothing may be kept or sent.
    Stopped(&'a Gate),
}

/// What a row is before anything is put in.
pub(super) fn empty() -> &'static Map<String, Value> {
    EMPTY.get_or_init(Map::new)
}

static EMPTY: std::sync::OnceLock<Map<String, Value>> = std::sync::OnceLock::new();

/// Adds to `keys` what decides whether they are shown, and what decides that.
fn with_visibility<'a>(form: Form<'a>, mut keys: Vec<&'a str>) -> Set<&'a str> {
    let mut all = Set::default();
    while let Some(key) = keys.pop() {
        if all.insert(key)
            && let Some((_, field)) = form.get(key)
        {
            keys.extend(field.shown_when().flat_map(Logic::reads));
        }
    }
    all
}

fn depending(form: Form, checks: &[Check]) -> Keyed<Vec<usize>> {
    let mut depending: Keyed<Vec<usize>> = Keyed::default();
    for (at, check) in checks.iter().enumerate() {
        for key in with_visibility(form, check.reads(form.track)) {
            depending.push(key, at);
        }
    }
    depending
}

fn shown_by(form: Form) -> Keyed<Vec<String>> {
    let mut shown_by: Keyed<Vec<String>> = Keyed::default();
    for field in form.track.fields() {
        let mut reads = requirement_reads(field);
        reads.extend(field.shown_when().flat_map(Logic::reads));
        reads.extend(limits(form.track, field).flat_map(Logic::reads));
        for key in with_visibility(form, reads) {
            shown_by.push(key, field.key.clone());
        }
    }
    shown_by
}

/// What decides which limit the counter of a field shows.
fn limits<'a>(track: &'a Track, field: &'a Field) -> impl Iterator<Item = &'a Logic> {
    let of_field = |rule: &&Rule| match &rule.check {
        RuleKind::Length(length) => length.field == field.key && rule.each.is_none(),
        _ => false,
    };
    track.rules.iter().filter(of_field).filter_map(|rule| rule.when.as_ref())
}

/// The fields that decide whether a field is required: for a file of each row, the table.
pub(super) fn requirement_reads(field: &Field) -> Vec<&str> {
    let table = field.per_row();
    match (&field.required, table) {
        (_, Some(table)) => vec![table],
        (Requirement::When(logic), None) => logic.reads(),
        (Requirement::Fixed(_), None) => Vec::new(),
    }
}

fn counters(track: &Track) -> Keyed<Vec<usize>> {
    let mut counters: Keyed<Vec<usize>> = Keyed::default();
    for (at, rule) in track.rules.iter().enumerate() {
        if let RuleKind::Length(length) = &rule.check
            && length.most().is_some()
            && rule.each.is_none()
        {
            counters.push(&length.field, at);
        }
    }
    counters
}
