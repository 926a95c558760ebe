//! How often the parts of a track's conditions are looked at, at most, when it is judged once.
//!
//! A condition of ten lines may walk over a table for every row of another, and a column may be shown
//! by a column that is shown by ten others: each of them is small, and what they come to is not. So
//! the steps are added up over the track, and a campaign that could keep a judge busy for minutes is
//! refused when it is read.

use std::{cell::RefCell, ptr, rc::Rc};

use super::{Check, Fields, by_key};
use crate::campaign::{Expr, Field, FieldKind, Logic, MAX_CHAIN};
use crate::standards::sorted::Sorted;

/// The most steps one track may take, each some 50 ns. The campaigns we ship take some thousands.
const MAX_STEPS: u64 = 5_000_000;
/// What is taken for the length of a list that the campaign does not bound.
const USUAL_LENGTH: u64 = 100;

/// By column, the steps it takes to find whether it is shown.
type Shown<'a> = Sorted<&'a str, u64>;

/// What has been added up so far.
#[derive(Default)]
pub(super) struct Cost<'a> {
    /// The steps of the track.
    steps: u64,
    /// How often the conditions looked at just now are asked, where their variables are a row's.
    rows: Option<u64>,
    /// Worked out once for each table, known by its first column.
    shown: RefCell<Sorted<*const Field, Rc<Shown<'a>>>>,
}

/// Where the variables of a condition come from.
#[derive(Clone, Copy)]
struct Scope<'s, 'a> {
    /// What `var` names: the form's fields, or the columns of a row.
    fields: &'s Fields<'a>,
    /// What the columns take to be shown. The form's fields are asked once and remembered.
    shown: Option<&'s Shown<'a>>,
    /// What `answer` names.
    form: Option<&'s Fields<'a>>,
}

impl<'a> Check<'a> {
    /// Begins a track.
    pub(super) fn begin_cost(&mut self) {
        self.cost = Cost::default();
    }

    /// Checks a part of the file whose conditions are asked once for each row of `table`.
    pub(super) fn for_each_row(&mut self, table: Option<&Field>, part: impl FnOnce(&mut Self)) {
        let outer = self.cost.rows.replace(table.map_or(1, length_of));
        part(self);
        self.cost.rows = outer;
    }

    /// Adds a condition to what the track takes.
    pub(super) fn spend(&mut self, logic: &Logic, fields: &Fields<'a>, at: &str) {
        // Said once, it is said.
        if self.cost.steps > MAX_STEPS {
            return;
        }
        let shown = self.cost.rows.map(|_| self.cost.shown(fields));
        let form = if shown.is_some() { None } else { Some(fields) };
        let scope = Scope { fields, shown: shown.as_deref(), form };
        let once = self.cost.of(logic.expr(), scope);
        let all = once.saturating_mul(self.cost.rows.unwrap_or(1));
        self.cost.steps = self.cost.steps.saturating_add(all);
        if self.cost.steps > MAX_STEPS {
            let message = format!(
                "with this condition judging may take more than {MAX_STEPS} steps, expected fewer"
            );
            self.fault("too-costly", at.to_owned(), message);
        }
    }
}

impl<'a> Cost<'a> {
    /// The steps of evaluating `expr` once.
    fn of(&self, expr: &Expr, scope: Scope<'_, 'a>) -> u64 {
        let all = |parts: &[Expr]| {
            parts.iter().fold(1, |sum: u64, part| sum.saturating_add(self.of(part, scope)))
        };
        match expr {
            Expr::Value(_) | Expr::Answer(_) => 1,
            Expr::Var(path) => {
                1 + scope.shown.and_then(|shown| shown.get(path.as_str())).copied().unwrap_or(0)
            }
            Expr::Op(op, parts) if op.walks_rows() => {
                let [rows, inside, ..] = parts.as_slice() else { return all(parts) };
                let columns =
                    table(rows, scope).map_or_else(Fields::default, |it| by_key(it.columns()));
                let shown = self.shown(&columns);
                let inner = Scope { fields: &columns, shown: Some(&shown), form: scope.form };
                let each = self.of(inside, inner);
                self.of(rows, scope).saturating_add(each.saturating_mul(length(rows, scope)))
            }
            Expr::List(parts) | Expr::Op(_, parts) => all(parts),
        }
    }

    /// What each of the columns takes to be shown.
    fn shown(&self, columns: &Fields<'a>) -> Rc<Shown<'a>> {
        let Some(first) = columns.0.first() else { return Rc::default() };
        let key = ptr::from_ref::<Field>(first);
        if let Some(known) = self.shown.borrow().get(&key) {
            return known.clone();
        }
        let mut shown = Shown::default();
        // One column further up the chain each time; a circle is a fault of its own.
        for _ in 0..=MAX_CHAIN {
            let scope = Scope { fields: columns, shown: Some(&shown), form: None };
            let conditions =
                columns.0.iter().filter_map(|it| Some((&it.key, it.visible.as_ref()?)));
            let next: Shown = conditions
                .map(|(key, logic)| (key.as_str(), self.of(logic.expr(), scope)))
                .collect();
            if next == shown {
                break;
            }
            shown = next;
        }
        let shown = Rc::new(shown);
        self.shown.borrow_mut().insert(key, shown.clone());
        shown
    }
}

/// How many items a list may have.
fn length(list: &Expr, scope: Scope) -> u64 {
    match list {
        Expr::List(items) => items.len() as u64,
        Expr::Op(op, args) if op.walks_rows() => args.first().map_or(0, |rows| length(rows, scope)),
        list => table(list, scope).map_or(USUAL_LENGTH, length_of),
    }
}

/// The field whose rows an expression gives.
fn table<'a>(rows: &Expr, scope: Scope<'_, 'a>) -> Option<&'a Field> {
    match rows {
        Expr::Var(key) => scope.fields.get(key),
        Expr::Answer(key) => scope.form?.get(key),
        Expr::Op(op, args) if op.walks_rows() => table(args.first()?, scope),
        _ => None,
    }
}

/// How many rows, entries or values a field takes.
fn length_of(field: &Field) -> u64 {
    match &field.kind {
        FieldKind::Rows(rows) => rows.max.into(),
        FieldKind::Matrix(matrix) => matrix.entries.len() as u64,
        FieldKind::Group(_) => 1,
        _ => USUAL_LENGTH,
    }
}
