//! Doubts about conditions: values that no answer can have, and conditions that never or always hold.
//!
//! Of a condition only the first cause is told: where a comparison cannot hold, that the whole cannot
//! is no news.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Doubts, Seen, domain, escaped,
    possible::{Can, Fields, Ground, leaf},
    seen::Condition,
};
use crate::campaign::{Expr, Field, FieldKind, Op};

impl Doubts<'_> {
    pub(super) fn conditions(&mut self) {
        self.unused_scales();
        let ground = Ground::new(self.campaign);
        let Seen { conditions, .. } = &mut self.seen;
        for condition in std::mem::take(conditions) {
            let mut look = Look { doubts: self, ground: &ground, found: false };
            look.condition(&condition);
        }
    }

    /// Scales that nothing is compared by.
    fn unused_scales(&mut self) {
        let mut used = BTreeSet::new();
        for condition in &self.seen.conditions {
            scales_in(condition.logic.expr(), &mut used);
        }
        let unused: Vec<_> =
            self.campaign.scales.keys().filter(|name| !used.contains(name.as_str())).collect();
        for name in unused {
            let message = format!("no condition compares by scale `{name}`");
            self.doubt("unused", format!("/scales/{}", escaped(name)), message);
        }
    }

    /// The pointer of an operator's argument: a single argument may stand without a list.
    fn argument(&self, at: &str, name: &str, index: usize) -> String {
        let at = format!("{at}/{}", escaped(name));
        match self.json.pointer(&at) {
            Some(Value::Array(_)) => format!("{at}/{index}"),
            _ => at,
        }
    }
}

struct Look<'l, 'a> {
    doubts: &'l mut Doubts<'a>,
    ground: &'l Ground<'a>,
    found: bool,
}

impl Look<'_, '_> {
    fn condition(&mut self, condition: &Condition) {
        let Condition { at, logic, fields } = condition;
        self.part(logic.expr(), at, fields);
        let role = at.rsplit('/').next().unwrap_or_default();
        // What is no condition gives a value, and may well give one value only.
        if let ("when" | "visible" | "required" | "that" | "must" | "rows", false) =
            (role, self.found)
        {
            self.whole(logic.expr(), at, role, fields);
        }
    }

    /// Looks at every comparison, and at conditions over the rows of a table.
    fn part(&mut self, expr: &Expr, at: &str, fields: &Fields) {
        match expr {
            Expr::Value(_) | Expr::Var(_) | Expr::Answer(_) => {}
            Expr::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.part(item, &format!("{at}/{i}"), fields);
                }
            }
            Expr::Op(op, args) => {
                if matches!(op, Op::Eq | Op::Ne | Op::In | Op::Lt | Op::Le | Op::Gt | Op::Ge) {
                    self.comparison(expr, *op, args, at, fields);
                }
                let columns = if op.walks_rows() { columns(args.first(), fields) } else { None };
                for (i, arg) in args.iter().enumerate() {
                    let at = self.doubts.argument(at, name(*op), i);
                    match (&columns, i) {
                        (Some(columns), 1) => self.rows(*op, arg, &at, columns),
                        (None, 1) if op.walks_rows() => {}
                        _ => self.part(arg, &at, fields),
                    }
                }
            }
        }
    }

    /// What is asked of each row; what `sum` adds up is no condition.
    fn rows(&mut self, op: Op, expr: &Expr, at: &str, columns: &Fields) {
        let before = self.found;
        self.found = false;
        self.part(expr, at, columns);
        if !self.found && op != Op::Sum {
            self.whole(expr, at, "rows", columns);
        }
        self.found |= before;
    }

    /// A variable compared with what it can never be, or always is.
    fn comparison(&mut self, expr: &Expr, op: Op, args: &[Expr], at: &str, fields: &Fields) {
        let is_constant = |arg: &Expr| match arg {
            Expr::Value(_) => true,
            Expr::List(items) => items.iter().all(|item| matches!(item, Expr::Value(_))),
            _ => false,
        };
        let path = args.iter().find_map(|arg| match arg {
            Expr::Var(path) => Some(path),
            _ => None,
        });
        let Some(field) = path.and_then(|path| leaf(path, fields)) else { return };
        if !args.iter().any(is_constant) {
            return;
        }
        if op == Op::In {
            return self.each_of(args, at, field, fields);
        }
        let can = self.ground.can(expr, fields);
        let if_given = self.ground.can_if_given(expr, fields);
        // A comparison with nothing asks whether there is an answer.
        let asks_for_any = args.iter().any(|arg| matches!(arg, Expr::Value(Value::Null)));
        let outcome = match (can, if_given) {
            (Can { hold: false, .. }, _) => "can never hold",
            (Can { fail: false, .. }, _) => "always holds",
            (_, Can { fail: false, .. }) if !asks_for_any => "holds whatever is answered",
            _ => return,
        };
        let message =
            format!("this comparison {outcome}: `{}` is {}", field.key, what(&field.kind));
        self.say("impossible-value", at, message);
    }

    /// Each value of a list that a variable is looked for in.
    fn each_of(&mut self, args: &[Expr], at: &str, field: &Field, fields: &Fields) {
        let [var @ Expr::Var(_), Expr::List(items)] = args else { return };
        for (i, item) in items.iter().enumerate() {
            let one = Expr::Op(Op::Eq, vec![var.clone(), item.clone()]);
            if !self.ground.can(&one, fields).hold {
                let at = format!("{}/{i}", self.doubts.argument(at, "in", 1));
                let message = format!(
                    "`{}` can never have this value: it is {}",
                    field.key,
                    what(&field.kind)
                );
                self.say("impossible-value", &at, message);
            }
        }
    }

    /// A condition that never or always holds, or a part of it that makes no difference.
    fn whole(&mut self, expr: &Expr, at: &str, role: &str, fields: &Fields) {
        let can = self.ground.can(expr, fields);
        if !can.hold {
            let so = match role {
                "visible" => ", so the field is never shown",
                "required" => ", so it is never asked for",
                "that" => ", so every nomination has this problem",
                "must" => ", so no row will do",
                _ => ", so nothing comes of it",
            };
            self.say(
                "never",
                at,
                format!("this condition can never hold{so}, expected one that can"),
            );
        } else if !can.fail {
            let instead = match role {
                "required" => "expected `true` instead",
                "that" | "must" => "so it asks for nothing",
                _ => "expected it left out",
            };
            self.say("always", at, format!("this condition always holds, {instead}"));
        } else if let Expr::Op(op @ (Op::And | Op::Or | Op::Not), args) = expr {
            for (i, arg) in args.iter().enumerate() {
                let at = self.doubts.argument(at, name(*op), i);
                self.whole(arg, &at, "part", fields);
            }
        }
    }

    fn say(&mut self, code: &'static str, at: &str, message: String) {
        self.found = true;
        self.doubts.doubt(code, at, message);
    }
}

fn scales_in(expr: &Expr, used: &mut BTreeSet<String>) {
    if let Expr::Op(Op::AtLeast | Op::Step, args) = expr
        && let Some(Expr::Value(Value::String(name))) = args.first()
    {
        used.insert(name.clone());
    }
    if let Expr::List(parts) | Expr::Op(_, parts) = expr {
        for part in parts {
            scales_in(part, used);
        }
    }
}

fn name(op: Op) -> &'static str {
    Op::ALL.iter().find(|(known, ..)| *known == op).map_or("", |(_, name, ..)| name)
}

/// The columns that are the variables of a condition over these rows.
fn columns<'a>(rows: Option<&Expr>, fields: &Fields<'a>) -> Option<Fields<'a>> {
    match rows? {
        Expr::Var(key) => {
            let table = *fields.get(key.as_str())?;
            let columns = table.columns().iter().map(|column| (column.key.as_str(), column));
            matches!(table.kind, FieldKind::Rows(_)).then(|| columns.collect())
        }
        Expr::Op(Op::Filter, args) => columns(args.first(), fields),
        _ => None,
    }
}

/// What a field can be, in words.
fn what(kind: &FieldKind) -> String {
    let values = match kind {
        FieldKind::Choice(choice) => {
            let mut values = domain::values(&choice.options, choice.codes.as_deref());
            values.extend(choice.also.iter().cloned());
            values
        }
        FieldKind::Choices(choices) => {
            return "a list of values".to_owned()
                + &one_of(&domain::values(&choices.options, choices.codes.as_deref()));
        }
        FieldKind::YesNo(_) => return "`true` or `false`".to_owned(),
        FieldKind::Number(number) => {
            let bound = |bound: Option<f64>| bound.map_or("…".to_owned(), |at| at.to_string());
            return format!("a number from {} to {}", bound(number.min), bound(number.max));
        }
        FieldKind::Month(_) => return "a month, `YYYY-MM`".to_owned(),
        FieldKind::Date => return "a day, `YYYY-MM-DD`".to_owned(),
        FieldKind::DayOrMonth => return "a day or a month, `YYYY-MM-DD` or `YYYY-MM`".to_owned(),
        _ => return "a text".to_owned(),
    };
    "a choice".to_owned() + &one_of(&values)
}

fn one_of(values: &[String]) -> String {
    let shown: Vec<_> = values.iter().take(12).map(|value| format!("`{value}`")).collect();
    let more = if values.len() > shown.len() { ", …" } else { "" };
    format!(", one of {}{more}", shown.join(", "))
}
