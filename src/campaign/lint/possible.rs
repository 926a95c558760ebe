//! What a condition can come to, over all answers a form lets anybody give.
//!
//! For each variable a few answers stand for all, see `domain`. The condition is evaluated for every
//! combination of them; what is not modelled here (rows, sums, the clock) is unknown and may be
//! anything. So "can never hold" is certain, and "can hold" is not.

use std::{cell::Cell, collections::BTreeMap};

use serde_json::Value;

use super::{
    domain::{domain, is_modelled},
    meaning::{is_given, is_in, ordered, same, truthy},
};
use crate::campaign::{Campaign, Expr, Field, FieldKind, Op};

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
