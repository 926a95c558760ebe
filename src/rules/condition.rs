//! What a condition means: the value of a [`Logic`] over the answers.
//!
//! Evaluating is total. A missing, hidden or wrong-typed answer is null; null compares with nothing
//! and is equal only to null; a comparison of things that do not compare is false. The cost is
//! bounded by the size of the condition times the rows it walks.

use serde_json::Value;

use super::view::{Facts, Row, View};
use crate::{
    answers::scalar,
    campaign::{Expr, Logic, Op},
    standards::{Month, decimal},
};

/// What an expression gives.
#[derive(Debug, Clone)]
pub(super) enum Val<'a> {
    Null,
    Bool(bool),
    Num(f64),
    Text(std::borrow::Cow<'a, str>),
    List(Vec<Val<'a>>),
    Row(Row<'a>),
}

/// Where the variables of an expression come from.
#[derive(Clone, Copy)]
pub(super) enum Scope<'s, 'a> {
    /// The answers of the form.
    Form(&'s View<'a>),
    /// The columns of one row, and how many conditions of columns led here.
    Row(&'s Facts<'a>, Row<'a>, usize),
    /// An item of a list that is no row.
    Item(&'s Facts<'a>, &'s Val<'a>),
}

impl<'s, 'a> Scope<'s, 'a> {
    fn facts(self) -> &'s Facts<'a> {
        match self {
            Self::Form(view) => view.facts(),
            Self::Row(facts, ..) | Self::Item(facts, _) => facts,
        }
    }

    fn var(self, path: &str) -> Val<'a> {
        match self {
            Self::Form(view) => form_var(view, path),
            Self::Row(_, row, _) if path.is_empty() => Val::Row(row),
            Self::Row(facts, row, depth) => {
                row.value_at(path, facts, depth).map_or(Val::Null, from_json)
            }
            Self::Item(_, item) if path.is_empty() => item.clone(),
            Self::Item(..) => Val::Null,
        }
    }
}

/// Whether the condition holds.
pub(super) fn holds<'a>(logic: &'a Logic, scope: Scope<'_, 'a>) -> bool {
    truthy(&eval(logic.expr(), scope))
}

/// The number an expression gives, if it gives one.
pub(super) fn number<'a>(logic: &'a Logic, scope: Scope<'_, 'a>) -> Option<f64> {
    match eval(logic.expr(), scope) {
        Val::Num(number) if number.is_finite() => Some(number),
        Val::Bool(yes) => Some(f64::from(u8::from(yes))),
        _ => None,
    }
}

fn form_var<'a>(view: &View<'a>, path: &str) -> Val<'a> {
    let mut parts = path.split('.');
    let key = parts.next().unwrap_or_default();
    let Some(field) = view.field(key) else { return Val::Null };
    if field.is_file() {
        let files = view.files(key).map(|(_, file)| Val::Text(file.slot.as_str().into()));
        return Val::List(files.collect());
    }
    if !field.columns().is_empty() {
        let rows = view.rows(key);
        return match (parts.next(), parts.next()) {
            (None, _) => Val::List(rows.iter().copied().map(Val::Row).collect()),
            (Some(at), column) => {
                let row = rows.iter().find(|row| row.index.to_string() == at).copied();
                match (row, column) {
                    (Some(row), Some(column)) => {
                        row.value(column, view.facts()).map_or(Val::Null, from_json)
                    }
                    (Some(row), None) => Val::Row(row),
                    (None, _) => Val::Null,
                }
            }
        };
    }
    view.value(key).map_or(Val::Null, from_json)
}

fn from_json(value: &Value) -> Val<'_> {
    match scalar(value) {
        Value::Null | Value::Object(_) => Val::Null,
        Value::Bool(yes) => Val::Bool(*yes),
        Value::Number(number) => number.as_f64().map_or(Val::Null, Val::Num),
        Value::String(words) => Val::Text(words.as_str().into()),
        Value::Array(items) => Val::List(items.iter().map(from_json).collect()),
    }
}

fn eval<'a>(expr: &'a Expr, scope: Scope<'_, 'a>) -> Val<'a> {
    match expr {
        Expr::Value(value) => from_json(value),
        Expr::List(items) => Val::List(items.iter().map(|item| eval(item, scope)).collect()),
        Expr::Var(path) => scope.var(path),
        Expr::Op(op, args) => operate(*op, args, scope),
    }
}

fn operate<'a>(op: Op, args: &'a [Expr], scope: Scope<'_, 'a>) -> Val<'a> {
    let arg = |i: usize| args.get(i).map_or(Val::Null, |arg| eval(arg, scope));
    match op {
        Op::Eq => Val::Bool(same(&arg(0), &arg(1))),
        Op::Ne => Val::Bool(!same(&arg(0), &arg(1))),
        Op::Lt | Op::Le | Op::Gt | Op::Ge => Val::Bool(in_order(op, args, scope)),
        Op::Not => Val::Bool(!truthy(&arg(0))),
        Op::Truthy => Val::Bool(truthy(&arg(0))),
        Op::And => Val::Bool(args.iter().all(|arg| truthy(&eval(arg, scope)))),
        Op::Or => Val::Bool(args.iter().any(|arg| truthy(&eval(arg, scope)))),
        Op::If => branch(args, scope),
        Op::In => Val::Bool(is_in(&arg(0), &arg(1))),
        Op::Some => {
            Val::Bool(items(arg(0)).iter().any(|item| item_holds(item, args.get(1), scope)))
        }
        Op::None => {
            Val::Bool(!items(arg(0)).iter().any(|item| item_holds(item, args.get(1), scope)))
        }
        Op::All => {
            let items = items(arg(0));
            let all = items.iter().all(|item| item_holds(item, args.get(1), scope));
            Val::Bool(all && !items.is_empty())
        }
        Op::Filter => {
            let mut items = items(arg(0));
            items.retain(|item| item_holds(item, args.get(1), scope));
            Val::List(items)
        }
        Op::Count => {
            let items = items(arg(0));
            let holding = |item: &&Val<'a>| args.len() < 2 || item_holds(item, args.get(1), scope);
            Val::Num(whole(items.iter().filter(holding).count()))
        }
        Op::Add => sum(args, scope),
        Op::Sub => match (num(&arg(0)), args.get(1).map(|_| num(&arg(1)))) {
            (Some(from), Some(Some(less))) => Val::Num(from - less),
            (Some(number), None) => Val::Num(-number),
            _ => Val::Null,
        },
        Op::AtLeast => Val::Bool(at_least(&arg(0), &arg(1), &arg(2), scope.facts())),
        Op::MonthsSince => {
            months_since(&arg(0), args.get(1).map(|_| arg(1)).as_ref(), scope.facts())
        }
        Op::ServiceMonths => service_months(&arg(0), &arg(1), scope.facts()),
        Op::Today => Val::Text(scope.facts().today.to_string().into()),
    }
}

fn item_holds<'a>(item: &Val<'a>, condition: Option<&'a Expr>, scope: Scope<'_, 'a>) -> bool {
    let Some(condition) = condition else { return false };
    let facts = scope.facts();
    truthy(&match item {
        Val::Row(row) => eval(condition, Scope::Row(facts, *row, 0)),
        item => eval(condition, Scope::Item(facts, item)),
    })
}

fn items(value: Val<'_>) -> Vec<Val<'_>> {
    match value {
        Val::List(items) => items,
        _ => Vec::new(),
    }
}

/// `JsonLogic`'s truth: 0, empty texts, empty lists, `false` and null are not true.
fn truthy(value: &Val) -> bool {
    match value {
        Val::Null => false,
        Val::Bool(yes) => *yes,
        Val::Num(number) => *number != 0.0,
        Val::Text(words) => !words.is_empty(),
        Val::List(items) => !items.is_empty(),
        Val::Row(_) => true,
    }
}

fn same(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::Null, Val::Null) => true,
        (Val::Bool(a), Val::Bool(b)) => a == b,
        (Val::Text(a), Val::Text(b)) => a == b,
        (Val::Num(a), Val::Num(b)) => equal(*a, *b),
        (Val::Num(number), Val::Text(words)) | (Val::Text(words), Val::Num(number)) => {
            decimal::parse(words).is_some_and(|other| equal(*number, other))
        }
        (Val::List(a), Val::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}

// Numbers of a form are typed by people and compared with figures of a notice: both are decimal and
// read by the same parser, so being the same number is the question, not being near it.
#[allow(clippy::float_cmp)]
fn equal(a: f64, b: f64) -> bool {
    a == b
}

/// `<` and its kin; with three arguments the middle one stands between.
fn in_order<'a>(op: Op, args: &'a [Expr], scope: Scope<'_, 'a>) -> bool {
    let values: Vec<_> = args.iter().map(|arg| eval(arg, scope)).collect();
    values.windows(2).all(|pair| match pair {
        [a, b] => ordered(op, a, b),
        _ => false,
    })
}

fn ordered(op: Op, a: &Val, b: &Val) -> bool {
    let order = match (a, b) {
        (Val::Num(a), Val::Num(b)) => a.partial_cmp(b),
        (Val::Text(a), Val::Text(b)) if is_date(a) && is_date(b) && a.len() == b.len() => {
            Some(a.cmp(b))
        }
        _ => None,
    };
    order.is_some_and(|order| match op {
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        _ => false,
    })
}

/// Whether the text has the shape of a month or a day, so that its order as text is its order in time.
fn is_date(words: &str) -> bool {
    matches!(words.len(), 7 | 10)
        && words.bytes().enumerate().all(|(i, byte)| match i {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn branch<'a>(args: &'a [Expr], scope: Scope<'_, 'a>) -> Val<'a> {
    for pair in args.chunks(2) {
        match pair {
            [condition, then] if truthy(&eval(condition, scope)) => return eval(then, scope),
            [otherwise] => return eval(otherwise, scope),
            _ => {}
        }
    }
    Val::Null
}

fn is_in(value: &Val, all: &Val) -> bool {
    match (value, all) {
        (value, Val::List(items)) => items.iter().any(|item| same(value, item)),
        (Val::Text(part), Val::Text(whole)) => !part.is_empty() && whole.contains(&**part),
        _ => false,
    }
}

fn num(value: &Val) -> Option<f64> {
    match value {
        Val::Num(number) => Some(*number),
        _ => None,
    }
}

/// The sum; null as soon as one part is no number, so that a half-filled form shows no wrong total.
fn sum<'a>(args: &'a [Expr], scope: Scope<'_, 'a>) -> Val<'a> {
    let parts = args.iter().map(|arg| num(&eval(arg, scope)));
    parts.sum::<Option<f64>>().map_or(Val::Null, Val::Num)
}

fn at_least(scale: &Val, value: &Val, step: &Val, facts: &Facts) -> bool {
    let (Val::Text(scale), Val::Text(value), Val::Text(step)) = (scale, value, step) else {
        return false;
    };
    let Some(steps) = facts.scales.get(&**scale) else { return false };
    let at = |word: &str| steps.iter().position(|words| words.iter().any(|known| known == word));
    matches!((at(value), at(step)), (Some(value), Some(step)) if value >= step)
}

fn months_since<'a>(from: &Val<'a>, to: Option<&Val<'a>>, facts: &Facts) -> Val<'a> {
    let to = match to {
        None => Some(facts.reference),
        Some(to) => month(to),
    };
    match (month(from), to) {
        (Some(from), Some(to)) => Val::Num(f64::from(to.number() - from.number())),
        _ => Val::Null,
    }
}

/// The month of a month or a day.
fn month(value: &Val) -> Option<Month> {
    let Val::Text(words) = value else { return None };
    is_date(words).then(|| words.get(..7)).flatten()?.parse().ok()
}

fn service_months<'a>(rows: &Val<'a>, flag: &Val<'a>, facts: &Facts) -> Val<'a> {
    let (Val::List(items), Val::Text(flag)) = (rows, flag) else { return Val::Null };
    let rows: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            Val::Row(row) => Some(*row),
            _ => None,
        })
        .collect();
    if rows.is_empty() {
        return Val::Null;
    }
    Val::Num(f64::from(super::tenure::service(&rows, flag, false, facts).months))
}

// A count of rows is far below the numbers that an f64 holds exactly.
#[allow(clippy::cast_precision_loss)]
fn whole(count: usize) -> f64 {
    count as f64
}

/// Whether an answer is the value asked for, as `==` sees it.
pub(super) fn is(value: &Value, wanted: &Value) -> bool {
    same(&from_json(value), &from_json(wanted))
}
