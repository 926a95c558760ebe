//! Faults of conditions: what they read must be there, and visibility must not go in circles.

use serde_json::Value;

use super::{Check, Fields, by_key};
use crate::campaign::{Expr, Field, FieldKind, Logic, MAX_CHAIN, Op, Track};

impl<'a> Check<'a> {
    /// A condition whose variables are `fields`.
    pub(super) fn logic(&mut self, logic: &Logic, fields: &Fields<'a>, at: &str) {
        #[cfg(feature = "cli")]
        self.seen.condition(logic, at, |key| fields.get(key));
        self.expr(logic.expr(), fields, at);
        self.spend(logic, fields, at);
    }

    fn expr(&mut self, expr: &Expr, fields: &Fields<'a>, at: &str) {
        match expr {
            Expr::Value(_) => {}
            Expr::Var(path) => self.var(path, fields, at),
            Expr::List(items) => items.iter().for_each(|item| self.expr(item, fields, at)),
            // Of the form, wherever it stands; where there is no form to be seen it is nothing.
            Expr::Answer(path) => self.answer(path, fields, at),
            Expr::Op(op, args) if op.walks_rows() => self.over_rows(args, fields, at),
            Expr::Op(Op::ServiceMonths, args) => self.service(args, fields, at),
            Expr::Op(op, args) => {
                if matches!(op, Op::AtLeast | Op::Step) {
                    self.scale(args, at);
                }
                for arg in args {
                    self.expr(arg, fields, at);
                }
            }
        }
    }

    /// A key; `table.0.column`, `group.question` or `matrix.entry.question`.
    fn var(&mut self, path: &str, fields: &Fields<'a>, at: &str) {
        let mut parts = path.split('.');
        let key = parts.next().unwrap_or_default();
        if key.is_empty() || !self.known(key, fields, at) {
            return;
        }
        let Some(field) = fields.get(key) else { return };
        let is_group = matches!(field.kind, FieldKind::Group(_));
        let (first, second) = (parts.next(), parts.next());
        if let Some(entry) = first.filter(|_| !field.entries().is_empty())
            && !field.entries().iter().any(|known| known.key == entry)
        {
            let message = format!("unknown entry `{entry}` of matrix `{key}`");
            self.fault("unknown-entry", at.to_owned(), message);
        }
        if let Some(column) = if is_group { first } else { second } {
            self.column(column, field, at);
        }
    }

    /// Inside a condition over rows the form's fields stand under the outermost condition.
    fn answer(&mut self, path: &str, fields: &Fields<'a>, at: &str) {
        let Some(outer) = self.form.take() else { return self.var(path, fields, at) };
        let table = self.table.take();
        self.var(path, &outer, at);
        (self.form, self.table) = (Some(outer), table);
    }

    /// `some` and its kin: the rows, and a condition whose variables are the row's.
    fn over_rows(&mut self, args: &[Expr], fields: &Fields<'a>, at: &str) {
        let Some(rows) = args.first() else { return };
        self.expr(rows, fields, at);
        let (Some(condition), Some(table)) = (args.get(1), table(rows, fields)) else { return };
        let outer = self.table.replace(table.key.clone());
        let form = self.form.clone();
        self.form.get_or_insert_with(|| fields.clone());
        self.expr(condition, &by_key(table.columns()), at);
        (self.form, self.table) = (form, outer);
    }

    fn service(&mut self, args: &[Expr], fields: &Fields<'a>, at: &str) {
        let Some(rows) = args.first() else { return };
        self.expr(rows, fields, at);
        if let (Some(Expr::Value(Value::String(flag))), Some(table)) =
            (args.get(1), table(rows, fields))
        {
            for column in [flag, "start", "end"] {
                self.column(column, table, at);
            }
        }
    }

    fn column(&mut self, column: &str, table: &Field, at: &str) {
        #[cfg(feature = "cli")]
        self.seen.column(Some(table), column);
        if !table.columns().iter().any(|known| known.key == column) {
            let message = format!("unknown column `{column}` of table `{}`", table.key);
            self.fault("unknown-column", at.to_owned(), message);
        }
    }

    fn scale(&mut self, args: &[Expr], at: &str) {
        let Some(Expr::Value(Value::String(name))) = args.first() else { return };
        let Some(scale) = self.campaign.scales.get(name) else {
            let message =
                format!("unknown scale `{name}`, expected one of the campaign's `scales`");
            return self.fault("unknown-scale", at.to_owned(), message);
        };
        if let Some(Expr::Value(Value::String(word))) = args.get(2)
            && !scale.iter().flatten().any(|known| known == word)
        {
            let message = format!("unknown step `{word}` of scale `{name}`");
            self.fault("unknown-step", at.to_owned(), message);
        }
    }

    /// No field may decide, be it through others, whether it is itself shown; and the chain from one
    /// to the next has an end that can be foreseen.
    pub(super) fn circles(&mut self, track: &Track, fields: &Fields, at: &str) {
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let at = format!("{at}/sections/{s}/fields/{f}");
                self.chain(field, fields, &format!("{at}/visible"));
                let columns = by_key(field.columns());
                let kind = match field.kind {
                    FieldKind::Group(_) => "group",
                    FieldKind::Matrix(_) => "matrix",
                    _ => "rows",
                };
                for (c, column) in field.columns().iter().enumerate() {
                    self.chain(column, &columns, &format!("{at}/type/{kind}/fields/{c}/visible"));
                }
            }
        }
    }

    fn chain(&mut self, field: &Field, fields: &Fields, at: &str) {
        let mut level = read_by(std::iter::once(field));
        for _ in 0..MAX_CHAIN {
            if level.is_empty() {
                return;
            }
            if level.contains(&field.key.as_str()) {
                let message = format!("whether `{}` is shown depends on its own answer", field.key);
                return self.fault("circle", at.to_owned(), message);
            }
            level = read_by(level.iter().filter_map(|key| fields.get(key)));
        }
        if !level.is_empty() {
            let message = format!("conditions build on each other more than {MAX_CHAIN} deep");
            self.fault("circle", at.to_owned(), message);
        }
    }
}

/// What decides whether one of these is shown, each once.
fn read_by<'a>(fields: impl Iterator<Item = &'a Field>) -> Vec<&'a str> {
    let mut keys: Vec<_> = fields.flat_map(Field::shown_when).flat_map(Logic::reads).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The table whose rows an expression gives.
fn table<'a>(rows: &Expr, fields: &Fields<'a>) -> Option<&'a Field> {
    match rows {
        Expr::Var(key) => fields.get(key),
        Expr::Op(Op::Filter, args) => table(args.first()?, fields),
        _ => None,
    }
}
