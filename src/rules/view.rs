//! One nomination as the rules see it: only what is shown, of the right type and filled in.
//!
//! The rules ask here and never look at the answers themselves, so that no rule can forget that a
//! hidden field is not judged, that white space is no answer, and that a value of the wrong type is
//! found once, by `shape`, and is missing for everybody else.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use serde_json::{Map, Value};

use super::{Given, condition, form::Form, shape};
use crate::{
    answers::Attachment,
    campaign::{Field, FieldKind, Logic, MAX_CHAIN, Requirement},
    standards::{Calendar, Day, Month, TimeOfDay, sorted::Sorted},
    words::Words,
};

/// What does not change while one nomination is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    /// The ordered scales of the campaign.
    pub(super) scales: &'a Sorted<String, Vec<Vec<String>>>,
    /// The day at which years of service and ages are taken.
    pub(super) reference_date: Day,
    /// Its month.
    pub(super) reference: Month,
    /// The day it is at the campaign's place.
    pub(super) today: Day,
    /// The time of that day.
    pub(super) time: TimeOfDay,
    /// The first day for handing in.
    pub(super) opens: Option<Day>,
    /// The last day for handing in.
    pub(super) deadline: Day,
    /// The working days.
    pub(super) calendar: &'a Calendar,
    /// The words that findings are told in.
    pub(super) words: &'static Words,
}

/// A row of a table that has something in it; also an entry of a matrix, and a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Its place in the table or among the entries, from 0.
    pub(super) index: usize,
    /// The columns of the table.
    pub(super) columns: &'a [Field],
    /// Its answers by column.
    pub(super) map: &'a Map<String, Value>,
}

/// One nomination, seen through the form.
pub(super) struct View<'a> {
    form: Form<'a>,
    given: &'a Given<'a>,
    facts: Facts<'a>,
    shown: RefCell<Sorted<usize, bool>>,
    rows: RefCell<Sorted<usize, Rc<[Row<'a>]>>>,
    chain: Cell<usize>,
}

impl<'a> View<'a> {
    pub(super) fn new(form: Form<'a>, given: &'a Given<'a>, facts: Facts<'a>) -> Self {
        let (shown, rows) = Default::default();
        Self { form, given, facts, shown, rows, chain: Cell::new(0) }
    }

    pub(super) fn form(&self) -> Form<'a> {
        self.form
    }

    pub(super) fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    pub(super) fn given(&self) -> &'a Given<'a> {
        self.given
    }

    pub(super) fn field(&self, key: &str) -> Option<&'a Field> {
        self.form.get(key).map(|(_, field)| field)
    }

    /// Whether the field is shown. What is not a field of the form is not.
    pub(super) fn visible(&self, key: &str) -> bool {
        let Some((at, field)) = self.form.get(key) else { return false };
        let Some(logic) = &field.visible else { return true };
        if let Some(known) = self.shown.borrow().get(&at) {
            return *known;
        }
        // A campaign that was parsed cannot come here in a circle; one put together in code could.
        if self.chain.get() > MAX_CHAIN {
            return true;
        }
        self.chain.set(self.chain.get() + 1);
        let visible = condition::holds(logic, condition::Scope::Form(self));
        self.chain.set(self.chain.get() - 1);
        self.shown.borrow_mut().insert(at, visible);
        visible
    }

    /// Whether the field must be answered, going by its own condition alone.
    pub(super) fn required(&self, field: &'a Field) -> bool {
        match &field.required {
            Requirement::Fixed(required) => *required,
            Requirement::When(logic) => condition::holds(logic, condition::Scope::Form(self)),
        }
    }

    pub(super) fn holds(&self, logic: &'a Logic) -> bool {
        condition::holds(logic, condition::Scope::Form(self))
    }

    /// What stands in the submission; `null` counts as nothing.
    pub(super) fn raw(&self, key: &str) -> Option<&'a Value> {
        self.given.answers.get(key)
    }

    /// The answer of a field that is shown, if it is of the right type and not blank.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        let field = self.field(key)?;
        let value = self.raw(key)?;
        (shape::filled(&field.kind, value) && self.visible(key)).then_some(value)
    }

    /// Whether anything is given in a field that is shown: an answer, a row or a file.
    pub(super) fn given_at(&self, key: &str) -> bool {
        match self.field(key) {
            Some(field) if field.is_file() => self.visible(key) && self.files(key).next().is_some(),
            Some(field) if !field.columns().is_empty() => !self.rows(key).is_empty(),
            Some(field) => self.value(key).is_some_and(|value| !shape::blank(&field.kind, value)),
            None => false,
        }
    }

    /// The text of an answer without the white space around it; a coded answer's code.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        crate::answers::text(self.value(key)?).map(str::trim)
    }

    /// The rows of a table that is shown: at most as many as it may have, without blank ones.
    pub(super) fn rows(&self, key: &str) -> Rc<[Row<'a>]> {
        let Some((at, field)) = self.form.get(key) else { return Rc::default() };
        if let Some(rows) = self.rows.borrow().get(&at) {
            return rows.clone();
        }
        let rows: Rc<[Row]> = if self.visible(key) {
            let mut rows: Vec<_> = table(field, self.raw(key), &self.facts).collect();
            rows.retain(|row| self.asked(field, row.index));
            rows.into()
        } else {
            Rc::default()
        };
        self.rows.borrow_mut().insert(at, rows.clone());
        rows
    }

    /// Whether an entry of a matrix is asked about; so is every row of a table.
    pub(super) fn asked(&self, field: &'a Field, at: usize) -> bool {
        let when = field.entries().get(at).and_then(|entry| entry.when.as_ref());
        when.is_none_or(|when| self.holds(when))
    }

    /// The files in a slot, each with its place among the attachments.
    pub(super) fn files(&self, slot: &str) -> impl Iterator<Item = (usize, &'a Attachment)> {
        self.given.attachments.iter().enumerate().filter(move |(_, file)| file.slot == slot)
    }

    /// The label of a field.
    pub(super) fn label(&self, key: &str) -> &'a str {
        self.field(key).map_or("", |field| field.label.get(self.lang()))
    }

    /// The words that findings are told in.
    pub(super) fn words(&self) -> &'static Words {
        self.facts.words
    }

    /// The language that findings are told in.
    pub(super) fn lang(&self) -> &'static str {
        self.facts.words.lang()
    }
}

/// The rows of `value` that have something in them: of a table as many as it may have, of a matrix its
/// entries, of a group the one that it is.
pub(super) fn table<'a>(
    field: &'a Field,
    value: Option<&'a Value>,
    facts: &Facts<'a>,
) -> impl Iterator<Item = Row<'a>> {
    let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let object = value.and_then(Value::as_object);
    let count = match &field.kind {
        FieldKind::Rows(rows) => items.len().min(usize::try_from(rows.max).unwrap_or(usize::MAX)),
        FieldKind::Group(_) => 1,
        _ => field.entries().len(),
    };
    (0..count)
        .filter_map(move |index| {
            let map = match field.entries().get(index) {
                Some(entry) => object?.get(&entry.key)?.as_object()?,
                None => items.get(index).map_or(object, Value::as_object)?,
            };
            Some(Row { index, columns: field.columns(), map })
        })
        .filter(|row| !row.blank(facts))
}

impl<'a> Row<'a> {
    /// What it is called in a path: its number, or the key of its entry.
    pub(super) fn name(&self, field: &Field) -> String {
        let entry = field.entries().get(self.index);
        entry.map_or_else(|| self.index.to_string(), |entry| entry.key.clone())
    }

    pub(super) fn column(&self, key: &str) -> Option<&'a Field> {
        self.columns.iter().find(|column| column.key == key)
    }

    pub(super) fn visible(&self, column: &'a Field, facts: &Facts<'a>) -> bool {
        self.visible_at(column, facts, 0)
    }

    fn visible_at(&self, column: &'a Field, facts: &Facts<'a>, depth: usize) -> bool {
        match &column.visible {
            None => true,
            Some(_) if depth > MAX_CHAIN => true,
            Some(logic) => condition::holds(logic, condition::Scope::Row(facts, *self, depth + 1)),
        }
    }

    pub(super) fn required(&self, column: &'a Field, facts: &Facts<'a>) -> bool {
        match &column.required {
            Requirement::Fixed(required) => *required,
            Requirement::When(logic) => {
                condition::holds(logic, condition::Scope::Row(facts, *self, 0))
            }
        }
    }

    /// The answer in a column that is shown, if it is of the right type and not blank.
    pub(super) fn value(&self, key: &str, facts: &Facts<'a>) -> Option<&'a Value> {
        self.value_at(key, facts, 0)
    }

    /// As [`Row::value`], `depth` conditions down.
    pub(super) fn value_at(&self, key: &str, facts: &Facts<'a>, depth: usize) -> Option<&'a Value> {
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        let column = self.column(key)?;
        (shape::filled(&column.kind, value) && self.visible_at(column, facts, depth))
            .then_some(value)
    }

    /// The text in a column without the white space around it; a coded answer's code.
    pub(super) fn text(&self, key: &str, facts: &Facts<'a>) -> Option<&'a str> {
        crate::answers::text(self.value(key, facts)?).map(str::trim)
    }

    /// The month in a column.
    pub(super) fn month(&self, key: &str, facts: &Facts<'a>) -> Option<Month> {
        self.text(key, facts)?.parse().ok()
    }

    /// The day in a column.
    pub(super) fn day(&self, key: &str, facts: &Facts<'a>) -> Option<Day> {
        self.text(key, facts)?.parse().ok()
    }

    /// Whether a yes/no column says yes.
    pub(super) fn says_yes(&self, key: &str, facts: &Facts<'a>) -> bool {
        self.value(key, facts).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A row in which nothing is filled in is none: forms leave such rows behind. A value of the
    /// wrong type is something, and so is an answer under a key that no column has.
    fn blank(&self, facts: &Facts<'a>) -> bool {
        self.map.iter().all(|(key, value)| {
            let Some(column) = self.column(key) else { return value.is_null() };
            shape::blank(&column.kind, value) || !self.visible(column, facts)
        })
    }
}
