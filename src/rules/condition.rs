//! What a condition means: the value of a [`Logic`] over the answers.
//!
//! Evaluating is total. A missing, hidden or wrong-typed answer is null; null compares with nothing
//! and is equal only to null; a comparison of things that do not compare is false. The cost is
//! bounded by the size of the condition times the rows it walks.

use serde_json::Value;

mod time;

use super::view::{Facts, Row, View};
use crate::{
    answers::{Attachment, Image, scalar},
    campaign::{Expr, FieldKind, Logic, Op},
    standards::{Month, Policy, count, decimal},
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
    File(&'a Attachment),
}

/// Where the variables of an expression come from.
#[derive(Clone, Copy)]
pub(super) enum Scope<'s, 'a> {
    /// The answers of the form.
    Form(&'s View<'a>),
    /// The columns of one row, and how many conditions of columns led here.
    Row(&'s Facts<'a>, Row<'a>, usize),
    /// An item that the form's condition walks over: a row, a file or a value.
    Item(&'s View<'a>, &'s Val<'a>),
}

impl<'s, 'a> Scope<'s, 'a> {
    fn facts(self) -> &'s Facts<'a> {
        match self {
            Self::Form(view) | Self::Item(view, _) => view.facts(),
            Self::Row(facts, ..) => facts,
        }
    }

    fn var(self, path: &str) -> Val<'a> {
        match self {
            Self::Form(view) => form_var(view, path),
            Self::Row(_, row, _) if path.is_empty() => Val::Row(row),
            Self::Row(facts, row, depth) => column(row, path, facts, depth),
            Self::Item(_, item) if path.is_empty() => item.clone(),
            Self::Item(view, Val::Row(row)) => column(*row, path, view.facts(), 0),
            Self::Item(_, Val::File(file)) => of_file(file, path),
            Self::Item(..) => Val::Null,
        }
    }

    /// An answer of the form, from wherever we are.
    fn answer(self, path: &str) -> Val<'a> {
        match self {
            Self::Form(view) | Self::Item(view, _) => form_var(view, path),
            Self::Row(..) => Val::Null,
        }
    }
}

fn column<'a>(row: Row<'a>, key: &str, facts: &Facts<'a>, depth: usize) -> Val<'a> {
    row.value_at(key, facts, depth).map_or(Val::Null, from_json)
}

/// What a condition may ask of a file.
fn of_file<'a>(file: &'a Attachment, what: &str) -> Val<'a> {
    let text = |words: &'a str| Val::Text(words.into());
    let image = |figure: fn(&Image) -> u32| {
        file.image.as_ref().map_or(Val::Null, |image| Val::Num(figure(image).into()))
    };
    match what {
        // Sizes are far below the numbers that an f64 holds exactly.
        #[allow(clippy::cast_precision_loss)]
        "bytes" => Val::Num(file.bytes as f64),
        "format" => text(&file.format),
        "for" => file.row.as_deref().map_or(Val::Null, text),
        "width" => image(|image| image.width),
        "height" => image(|image| image.height),
        _ => Val::Null,
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
        return Val::List(view.files(key).map(|(_, file)| Val::File(file)).collect());
    }
    if field.columns().is_empty() {
        return view.value(key).map_or(Val::Null, from_json);
    }
    let rows = view.rows(key);
    match (&field.kind, parts.next(), parts.next()) {
        (FieldKind::Group(_), Some(question), _) => {
            rows.first().map_or(Val::Null, |row| column(*row, question, view.facts(), 0))
        }
        (FieldKind::Group(_), None, _) => rows.first().map_or(Val::Null, |row| Val::Row(*row)),
        (_, None, _) => Val::List(rows.iter().copied().map(Val::Row).collect()),
        (kind, Some(at), question) => {
            let row = match kind {
                // A blank row is none: the first is the first with something in it.
                FieldKind::Rows(_) => at.parse().ok().and_then(|at: usize| rows.get(at)),
                _ => rows.iter().find(|row| row.name(field) == at),
            };
            let row = row.copied();
            match (row, question) {
                (Some(row), Some(question)) => column(row, question, view.facts(), 0),
                (Some(row), None) => Val::Row(row),
                (None, _) => Val::Null,
            }
        }
    }
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
        Expr::Answer(path) => scope.answer(path),
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
        Op::Some | Op::None | Op::All | Op::Filter | Op::Count | Op::Sum => {
            over_rows(op, items(arg(0)), args.get(1), scope)
        }
        Op::Add => fold(args, scope, |sum, number| Some(sum + number)),
        Op::Mul => fold(args, scope, |product, number| Some(product * number)),
        Op::Div => fold(args, scope, |all, by| (by != 0.0).then_some(all / by)),
        Op::Sub if args.len() == 1 => num(&arg(0)).map_or(Val::Null, |number| Val::Num(-number)),
        Op::Sub => fold(args, scope, |from, less| Some(from - less)),
        Op::Max => extreme(args, scope, f64::max),
        Op::Min => extreme(args, scope, f64::min),
        Op::Given => Val::Bool(given(&arg(0))),
        Op::Length => match arg(0) {
            Val::Text(words) => Val::Num(whole(count::count(&words, Policy::Word))),
            _ => Val::Null,
        },
        Op::AtLeast => Val::Bool(at_least(&arg(0), &arg(1), &arg(2), scope.facts())),
        Op::Step => {
            step(&arg(0), &arg(1), scope.facts()).map_or(Val::Null, |at| Val::Num(whole(at + 1)))
        }
        Op::ServiceMonths => service_months(&arg(0), &arg(1), &arg(2), scope.facts()),
        _ => time::operate(op, &arg(0), args.get(1).map(|_| arg(1)).as_ref(), scope.facts()),
    }
}

/// `some` and its kin: what an argument says of each item of a list.
fn over_rows<'a>(
    op: Op,
    mut items: Vec<Val<'a>>,
    inside: Option<&'a Expr>,
    scope: Scope<'_, 'a>,
) -> Val<'a> {
    let value = |item: &Val<'a>| inside.map_or(Val::Null, |inside| eval_at(item, inside, scope));
    let holds = |item: &Val<'a>| truthy(&value(item));
    match op {
        Op::Some => Val::Bool(items.iter().any(holds)),
        Op::None => Val::Bool(!items.iter().any(holds)),
        Op::All => Val::Bool(!items.is_empty() && items.iter().all(holds)),
        Op::Filter => {
            items.retain(holds);
            Val::List(items)
        }
        Op::Sum => Val::Num(items.iter().filter_map(|item| num(&value(item))).sum()),
        _ if inside.is_none() => Val::Num(whole(items.len())),
        _ => Val::Num(whole(items.iter().filter(|item| holds(item)).count())),
    }
}

/// The value of an expression whose variables are those of an item.
fn eval_at<'a>(item: &Val<'a>, inside: &'a Expr, scope: Scope<'_, 'a>) -> Val<'a> {
    match (scope, item) {
        (Scope::Form(view) | Scope::Item(view, _), item) => eval(inside, Scope::Item(view, item)),
        (Scope::Row(facts, ..), Val::Row(row)) => eval(inside, Scope::Row(facts, *row, 0)),
        (Scope::Row(..), _) => Val::Null,
    }
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
        Val::Row(_) | Val::File(_) => true,
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
        (Val::Text(a), Val::Text(b)) if time::comparable(a, b) => Some(a.cmp(b)),
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

/// Combines numbers from left to right; null as soon as one part is no number, so that a half-filled
/// form shows no wrong total.
fn fold<'a>(args: &'a [Expr], scope: Scope<'_, 'a>, with: fn(f64, f64) -> Option<f64>) -> Val<'a> {
    let mut numbers = args.iter().map(|arg| num(&eval(arg, scope)));
    let first = numbers.next().flatten();
    let all = numbers.fold(first, |all, number| with(all?, number?));
    all.map_or(Val::Null, Val::Num)
}

/// The greatest or least number among the arguments, or in the one list that they are.
fn extreme<'a>(args: &'a [Expr], scope: Scope<'_, 'a>, of: fn(f64, f64) -> f64) -> Val<'a> {
    let mut values: Vec<_> = args.iter().map(|arg| eval(arg, scope)).collect();
    if let [Val::List(items)] = values.as_mut_slice() {
        values = std::mem::take(items);
    }
    values.iter().filter_map(num).reduce(of).map_or(Val::Null, Val::Num)
}

/// Whether there is something: unlike truth, `false` and 0 are something.
fn given(value: &Val) -> bool {
    match value {
        Val::Null => false,
        Val::Text(words) => !words.trim().is_empty(),
        Val::List(items) => !items.is_empty(),
        Val::Bool(_) | Val::Num(_) | Val::Row(_) | Val::File(_) => true,
    }
}

fn at_least(scale: &Val, value: &Val, least: &Val, facts: &Facts) -> bool {
    matches!(
        (step(scale, value, facts), step(scale, least, facts)),
        (Some(value), Some(least)) if value >= least
    )
}

/// The place of a word on a scale, from 0.
fn step(scale: &Val, value: &Val, facts: &Facts) -> Option<usize> {
    let (Val::Text(scale), Val::Text(word)) = (scale, value) else { return None };
    let steps = facts.scales.get(&**scale)?;
    steps.iter().position(|words| words.iter().any(|known| known == word))
}

fn service_months<'a>(
    rows: &Val<'a>,
    flag: &Val<'a>,
    until: &Val<'a>,
    facts: &Facts<'a>,
) -> Val<'a> {
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
    let flagged: Vec<_> = rows.into_iter().filter(|row| row.says_yes(flag, facts)).collect();
    let service =
        super::tenure::service(&flagged, false, time::month(until), facts.reference, facts);
    Val::Num(f64::from(service.months))
}

/// The month that an expression gives, be it of a day.
pub(super) fn month<'a>(logic: &'a Logic, scope: Scope<'_, 'a>) -> Option<Month> {
    time::month(&eval(logic.expr(), scope))
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
