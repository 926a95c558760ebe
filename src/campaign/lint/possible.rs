//! What a condition can come to, over all answers a form lets anybody give.
//!
//! For each variable a few answers stand for all: every value the condition compares with, its
//! neighbours, another one, and none. The condition is evaluated for every combination of them; what
//! is not modelled here (rows, sums, the clock) is unknown and may be anything. So "can never hold" is
//! certain, and "can hold" is not.

use std::{cell::Cell, cmp::Ordering, collections::BTreeMap};

use serde_json::Value;

use crate::{
    campaign::{Campaign, ChoiceOption, Expr, Field, FieldKind, NumberSettings, Op},
    standards::{Day, Month, codes, decimal},
};

/// The most combinations of answers that are tried for one condition.
const MAX_WORLDS: usize = 3_000;
/// The most parts of conditions that are evaluated for one file; what is left is taken as possible.
const MAX_STEPS: usize = 4_000_000;

/// What a condition can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Can {
    pub(super) hold: bool,
    pub(super) fail: bool,
}

impl Can {
    const BOTH: Self = Self { hold: true, fail: true };
}

/// What conditions are evaluated against.
pub(super) struct Ground<'a> {
    campaign: &'a Campaign,
    steps: Cell<usize>,
}

/// The answers to try, by the path of the variable.
type Domains = Vec<(String, Vec<Value>)>;
/// The answers that are tried together.
type World<'w> = BTreeMap<&'w str, &'w Value>;
/// The fields by key.
pub(super) type Fields<'a> = BTreeMap<&'a str, &'a Field>;

impl<'a> Ground<'a> {
    pub(super) fn new(campaign: &'a Campaign) -> Self {
        Self { campaign, steps: Cell::new(0) }
    }

    /// What an expression can come to.
    pub(super) fn can(&self, expr: &Expr, fields: &Fields) -> Can {
        self.tried(expr, fields, self.domains(expr, fields).as_ref())
    }

    /// What it can come to when every field it reads is shown and answered.
    pub(super) fn can_if_given(&self, expr: &Expr, fields: &Fields) -> Can {
        let mut names = Vec::new();
        variables(expr, &mut names);
        let mut domains = self.domains(expr, fields);
        for (name, domain) in domains.iter_mut().flatten() {
            domain.retain(|value| !(names.contains(name) && value.is_null()));
        }
        self.tried(expr, fields, domains.as_ref())
    }

    fn tried(&self, expr: &Expr, fields: &Fields, domains: Option<&Domains>) -> Can {
        let Some(domains) = domains else { return Can::BOTH };
        let mut can = Can { hold: false, fail: false };
        let mut at = vec![0; domains.len()];
        loop {
            let answers = domains.iter().zip(&at);
            let world: World = answers
                .filter_map(|((name, domain), at)| Some((name.as_str(), domain.get(*at)?)))
                .collect();
            match self.eval(expr, fields, &world).map(|value| truthy(&value)) {
                None => return Can::BOTH,
                Some(true) => can.hold = true,
                Some(false) => can.fail = true,
            }
            if can == Can::BOTH || !next(&mut at, domains) {
                return can;
            }
        }
    }

    /// The variables and the answers to try for each; nothing where these are too many.
    fn domains(&self, expr: &Expr, fields: &Fields) -> Option<Domains> {
        let mut names = Vec::new();
        variables(expr, &mut names);
        let mut constants = Vec::new();
        constants_of(expr, &mut constants);
        for field in fields.values() {
            if let Some(logic) = &field.visible {
                variables(logic.expr(), &mut names);
                constants_of(logic.expr(), &mut constants);
            }
        }
        constants.push(self.campaign.reference_date.to_string().into());
        constants.push(self.campaign.deadline.to_string().into());
        names.sort();
        names.dedup();
        let of_name = |name: String| {
            let kind = &leaf(&name, fields)?.kind;
            is_modelled(kind).then(|| (name, domain(kind, &constants)))
        };
        let domains: Domains = names.into_iter().filter_map(of_name).collect();
        let mut worlds = 1_usize;
        for (_, domain) in &domains {
            worlds = worlds.saturating_mul(domain.len());
        }
        (worlds <= MAX_WORLDS).then_some(domains)
    }

    /// The value of an expression; nothing where it may be anything.
    fn eval(&self, expr: &Expr, fields: &Fields, world: &World) -> Option<Value> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MAX_STEPS {
            return None;
        }
        match expr {
            Expr::Value(value) => Some(value.clone()),
            Expr::Var(path) => {
                let value = *world.get(path.as_str())?;
                let hidden = self.is_hidden(path, fields, world);
                Some(if hidden { Value::Null } else { value.clone() })
            }
            Expr::Answer(_) => None,
            Expr::List(items) => {
                items.iter().map(|item| self.eval(item, fields, world)).collect::<Option<_>>()
            }
            Expr::Op(op, args) => self.operate(*op, args, fields, world),
        }
    }

    fn is_hidden(&self, path: &str, fields: &Fields, world: &World) -> bool {
        let visible = fields.get(path).and_then(|field| field.visible.as_ref());
        let shown = visible.and_then(|logic| self.eval(logic.expr(), fields, world));
        shown.is_some_and(|shown| !truthy(&shown))
    }

    fn operate(&self, op: Op, args: &[Expr], fields: &Fields, world: &World) -> Option<Value> {
        let arg = |i: usize| self.eval(args.get(i)?, fields, world);
        let holds = |arg: &Expr| self.eval(arg, fields, world).map(|value| truthy(&value));
        Some(Value::Bool(match op {
            Op::Eq => same(&arg(0)?, &arg(1)?),
            Op::Ne => !same(&arg(0)?, &arg(1)?),
            Op::Lt | Op::Le | Op::Gt | Op::Ge => {
                let values: Option<Vec<_>> =
                    args.iter().map(|arg| self.eval(arg, fields, world)).collect();
                values?.windows(2).all(|pair| matches!(pair, [a, b] if ordered(op, a, b)))
            }
            Op::Not => !holds(args.first()?)?,
            Op::Truthy => holds(args.first()?)?,
            Op::And => all(args.iter().map(holds))?,
            Op::Or => !all(args.iter().map(|arg| holds(arg).map(|yes| !yes)))?,
            Op::In => is_in(&arg(0)?, &arg(1)?),
            Op::Given => is_given(&arg(0)?),
            Op::AtLeast => self.at_least(&arg(0)?, &arg(1)?, &arg(2)?),
            Op::Reference => return Some(self.campaign.reference_date.to_string().into()),
            Op::Deadline => return Some(self.campaign.deadline.to_string().into()),
            Op::If => {
                for pair in args.chunks(2) {
                    match pair {
                        [condition, then] if holds(condition)? => {
                            return self.eval(then, fields, world);
                        }
                        [otherwise] => return self.eval(otherwise, fields, world),
                        _ => {}
                    }
                }
                return Some(Value::Null);
            }
            _ => return None,
        }))
    }

    fn at_least(&self, scale: &Value, value: &Value, step: &Value) -> bool {
        let (Value::String(scale), Value::String(value), Value::String(step)) =
            (scale, value, step)
        else {
            return false;
        };
        let Some(steps) = self.campaign.scales.get(scale) else { return false };
        let at = |word: &String| steps.iter().position(|words| words.contains(word));
        matches!((at(value), at(step)), (Some(value), Some(step)) if value >= step)
    }
}

/// The next combination; whether there was one.
fn next(at: &mut [usize], domains: &Domains) -> bool {
    for (at, (_, domain)) in at.iter_mut().zip(domains) {
        *at += 1;
        if *at < domain.len() {
            return true;
        }
        *at = 0;
    }
    false
}

/// Whether all hold: no as soon as one does not, unknown as long as one is.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

/// The paths of the variables that are not a row's.
fn variables(expr: &Expr, names: &mut Vec<String>) {
    match expr {
        Expr::Value(_) | Expr::Answer(_) => {}
        Expr::Var(path) => names.push(path.clone()),
        Expr::Op(op, _) if op.walks_rows() => {}
        Expr::List(parts) | Expr::Op(_, parts) => {
            for part in parts {
                variables(part, names);
            }
        }
    }
}

fn constants_of(expr: &Expr, constants: &mut Vec<Value>) {
    match expr {
        Expr::Value(value) => constants.push(value.clone()),
        Expr::Var(_) | Expr::Answer(_) => {}
        Expr::List(parts) | Expr::Op(_, parts) => {
            for part in parts {
                constants_of(part, constants);
            }
        }
    }
}

/// The field a path ends at: `key`, `group.question` or `matrix.entry.question`.
pub(super) fn leaf<'a>(path: &str, fields: &Fields<'a>) -> Option<&'a Field> {
    let mut parts = path.split('.');
    let field = *fields.get(parts.next()?)?;
    let column = match (&field.kind, parts.next(), parts.next()) {
        (_, None, _) => return Some(field),
        (FieldKind::Group(_), Some(question), None)
        | (FieldKind::Matrix(_), Some(_), Some(question)) => question,
        _ => return None,
    };
    field.columns().iter().find(|known| known.key == column)
}

/// Whether a few answers can stand for all of this kind.
fn is_modelled(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::Rows(_)
            | FieldKind::Group(_)
            | FieldKind::Matrix(_)
            | FieldKind::Photo(_)
            | FieldKind::File(_)
    )
}

/// The answers that stand for all of this kind; the last of them is none.
fn domain(kind: &FieldKind, constants: &[Value]) -> Vec<Value> {
    let mut domain = match kind {
        FieldKind::YesNo(_) => vec![true.into(), false.into()],
        FieldKind::Choice(choice) => {
            let mut values = values(&choice.options, choice.codes.as_deref());
            values.extend(choice.also.iter().cloned());
            representative(values, constants).map(Value::from).collect()
        }
        FieldKind::Choices(choices) => {
            let values = values(&choices.options, choices.codes.as_deref());
            let values: Vec<_> = representative(values, constants).collect();
            let single = values.iter().map(|value| Value::from(vec![value.as_str()]));
            single.chain([Value::from(values.clone())]).collect()
        }
        FieldKind::Number(number) => numbers(number, constants),
        FieldKind::Month(_) => months(constants),
        FieldKind::Date => days(constants),
        FieldKind::DayOrMonth => [days(constants), months(constants)].concat(),
        _ => texts(constants),
    };
    domain.push(Value::Null);
    domain
}

/// The values of a choice.
pub(super) fn values(options: &[ChoiceOption], codes: Option<&str>) -> Vec<String> {
    let codes = codes.and_then(codes::table).unwrap_or_default().iter();
    let options = options.iter().map(|option| option.value.clone());
    options.chain(codes.map(|code| code.code.to_owned())).collect()
}

/// Of many values those that a condition names, and one that it does not.
fn representative(values: Vec<String>, constants: &[Value]) -> impl Iterator<Item = String> {
    let few = values.len() <= 12;
    let constants = constants.to_vec();
    let mut others = 0;
    values.into_iter().filter(move |value| {
        let value = Value::from(value.as_str());
        let named = constants.iter().any(|constant| same(constant, &value));
        others += usize::from(!named);
        named || few || others == 1
    })
}

fn numbers(number: &NumberSettings, constants: &[Value]) -> Vec<Value> {
    let constants = constants.iter().filter_map(|constant| match constant {
        Value::String(words) => decimal::parse(words),
        constant => constant.as_f64(),
    });
    let mut numbers: Vec<f64> = constants.flat_map(|at| [at - 1.0, at, at + 1.0]).collect();
    numbers.extend([0.0, 1.0].into_iter().chain(number.min).chain(number.max));
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    if !number.whole {
        let between: Vec<_> =
            numbers.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
        numbers.extend(between);
    }
    let least = number.min.unwrap_or(f64::MIN);
    let most = number.max.unwrap_or(f64::MAX);
    numbers.retain(|at| (least..=most).contains(at) && !(number.whole && at.fract() != 0.0));
    numbers.into_iter().map(Value::from).collect()
}

fn months(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| Month::parse(constant.as_str()?).ok());
    let near = named.flat_map(|month| [month.add_months(-1), month, month.next()]);
    let always = [Month::new(1950, 1), Month::new(2050, 1)].into_iter().flatten();
    distinct(near.chain(always).map(|month| month.to_string()))
}

fn days(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| Day::parse(constant.as_str()?).ok());
    let near = named.flat_map(|day| [day.add_days(-1), day, day.add_days(1)]);
    let always = [Day::new(1950, 1, 1), Day::new(2050, 1, 1)].into_iter().flatten();
    distinct(near.chain(always).map(|day| day.to_string()))
}

fn texts(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| match constant {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    distinct(named.chain(["另一个".to_owned(), "又一个".to_owned()]))
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<Value> {
    let values: std::collections::BTreeSet<_> = values.filter(|value| !value.is_empty()).collect();
    values.into_iter().map(Value::from).collect()
}

// What follows is the meaning of the operators in `rules::condition`, over plain JSON. A test holds
// the two together.

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(words) => !words.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        value => truthy(value),
    }
}

// Both are decimal figures that somebody wrote down.
#[allow(clippy::float_cmp)]
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Number(number), Value::String(words))
        | (Value::String(words), Value::Number(number)) => {
            decimal::parse(words).is_some_and(|other| number.as_f64() == Some(other))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

fn ordered(op: Op, a: &Value, b: &Value) -> bool {
    let order = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64().partial_cmp(&b.as_f64()),
        (Value::String(a), Value::String(b)) if is_date(a) && is_date(b) && a.len() == b.len() => {
            Some(a.cmp(b))
        }
        _ => None,
    };
    order.is_some_and(|order| match op {
        Op::Lt => order == Ordering::Less,
        Op::Le => order != Ordering::Greater,
        Op::Gt => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

/// `2022-08`, `2022-08-20` or `17:30`.
fn is_date(words: &str) -> bool {
    let mark = |i: usize| match (words.len(), i) {
        (7, 4) | (10, 4 | 7) => Some(b'-'),
        (5, 2) => Some(b':'),
        _ => None,
    };
    let fits = |(i, byte): (usize, u8)| mark(i).map_or(byte.is_ascii_digit(), |mark| byte == mark);
    matches!(words.len(), 5 | 7 | 10) && words.bytes().enumerate().all(fits)
}

fn is_in(value: &Value, all: &Value) -> bool {
    match (value, all) {
        (value, Value::Array(items)) => items.iter().any(|item| same(value, item)),
        (Value::String(part), Value::String(whole)) => !part.is_empty() && whole.contains(part),
        _ => false,
    }
}
