//! What JSON Schema can say of a condition.
//!
//! Not everything: a schema compares an answer with constants, and knows no other answer, no date and
//! no count. So of a condition it is asked twice: when does it surely hold, and when does it surely not?
//! Both can be answered for parts of a condition whose other parts are out of reach.

mod compare;
mod within;

pub(super) use compare::is;
use serde_json::{Value, json};
use within::{Within, unless};

use super::{
    has,
    part::{Part, only_properties},
    value,
};
use crate::campaign::{Campaign, Expr, Field, FieldKind, Logic, Op, Track};

/// When a condition surely holds, and when it surely fails, each as a schema of the object that its
/// variables stand in; `None` where nothing is sure.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) holds: Option<Value>,
    pub(super) fails: Option<Value>,
}

impl Known {
    pub(super) fn constant(holds: bool) -> Self {
        let sure = |sure: bool| sure.then_some(Value::Bool(true));
        Self { holds: sure(holds), fails: sure(!holds) }
    }

    pub(super) fn always() -> Self {
        Self::constant(true)
    }

    fn nothing() -> Self {
        Self { holds: None, fails: None }
    }

    pub(super) fn not(self) -> Self {
        Self { holds: self.fails, fails: self.holds }
    }

    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut holds, mut fails) = (Some(Vec::new()), Vec::new());
        for part in parts {
            fails.extend(part.fails);
            match (&mut holds, part.holds) {
                (Some(all), Some(schema)) => all.push(schema),
                (holds, _) => *holds = None,
            }
        }
        Self { holds: holds.map(every), fails: either(fails) }
    }

    fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::all(parts.into_iter().map(Self::not)).not()
    }
}

/// All of these; `true` where there are none.
fn every(mut schemas: Vec<Value>) -> Value {
    schemas.retain(|schema| *schema != Value::Bool(true));
    match schemas.len() {
        0 => Value::Bool(true),
        1 => schemas.remove(0),
        _ => json!({"allOf": schemas}),
    }
}

/// One of these; nothing where there are none.
fn either(mut schemas: Vec<Value>) -> Option<Value> {
    if schemas.contains(&Value::Bool(true)) {
        return Some(Value::Bool(true));
    }
    match schemas.len() {
        0 => None,
        1 => schemas.pop(),
        _ => Some(json!({"anyOf": schemas})),
    }
}

/// Where the variables of a condition come from: the form, or what stands in one of its fields.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) campaign: &'a Campaign,
    pub(super) track: &'a Track,
    /// The table, group or matrix; none for the form.
    pub(super) inside: Option<&'a Field>,
}

/// An answer that a condition reads.
struct Place<'a> {
    field: &'a Field,
    within: Within<'a>,
    shown: Known,
}

impl<'a> Scope<'a> {
    pub(super) fn form(campaign: &'a Campaign, track: &'a Track) -> Self {
        Self { campaign, track, inside: None }
    }

    pub(super) fn inside(self, field: &'a Field) -> Self {
        Self { inside: Some(field), ..self }
    }

    pub(super) fn fields(self) -> Box<dyn Iterator<Item = &'a Field> + 'a> {
        match self.inside {
            None => Box::new(self.track.fields()),
            Some(table) => Box::new(table.columns().iter()),
        }
    }

    pub(super) fn field(self, key: &str) -> Option<&'a Field> {
        self.fields().find(|field| field.key == key)
    }

    /// Whether a field is shown.
    pub(super) fn shown(self, field: &Field) -> Known {
        field.visible.as_ref().map_or(Known::always(), |logic| self.known(logic))
    }

    /// What is known of a condition.
    pub(super) fn known(self, logic: &Logic) -> Known {
        self.of(logic.expr())
    }

    fn of(self, expr: &Expr) -> Known {
        match expr {
            Expr::Value(constant) => Known::constant(is_true(constant)),
            Expr::Var(path) => self.answer(path, compare::is_true),
            Expr::Answer(path) if self.inside.is_none() => self.answer(path, compare::is_true),
            Expr::List(items) => Known::constant(!items.is_empty()),
            Expr::Op(op, args) => self.operator(*op, args),
            Expr::Answer(_) => Known::nothing(),
        }
    }

    fn operator(self, op: Op, args: &[Expr]) -> Known {
        match (op, args) {
            (Op::And, args) => Known::all(args.iter().map(|arg| self.of(arg))),
            (Op::Or, args) => Known::any(args.iter().map(|arg| self.of(arg))),
            (Op::Not, [arg]) => self.of(arg).not(),
            (Op::Truthy, [arg]) => self.of(arg),
            (Op::Eq, [a, b]) => self.equal(a, b),
            (Op::Ne, [a, b]) => self.equal(a, b).not(),
            (Op::In, [a, b]) => self.among(a, b),
            (Op::Given, [Expr::Var(path)]) => self.answer(path, compare::is_given),
            (Op::Lt | Op::Le | Op::Gt | Op::Ge, [a, b]) => self.ordered(op, a, b),
            (
                Op::AtLeast,
                [Expr::Value(Value::String(scale)), Expr::Var(path), Expr::Value(step)],
            ) => self.at_least(scale, path, step),
            (Op::Some, [Expr::Var(key), inside]) => self.some_row(key, |row| row.of(inside)),
            (Op::None, [Expr::Var(key), inside]) => self.some_row(key, |row| row.of(inside)).not(),
            _ => Known::nothing(),
        }
    }

    fn equal(self, a: &Expr, b: &Expr) -> Known {
        match (a, b) {
            (Expr::Var(path), Expr::Value(wanted)) | (Expr::Value(wanted), Expr::Var(path)) => {
                self.answer(path, |kind| compare::is(kind, wanted))
            }
            _ => Known::nothing(),
        }
    }

    /// An answer among constants, or a constant among the chosen.
    fn among(self, one: &Expr, all: &Expr) -> Known {
        let constants = |all: &Expr| -> Option<Vec<Value>> {
            match all {
                Expr::Value(Value::Array(items)) => Some(items.clone()),
                Expr::List(items) => items
                    .iter()
                    .map(|item| match item {
                        Expr::Value(constant) => Some(constant.clone()),
                        _ => None,
                    })
                    .collect(),
                _ => None,
            }
        };
        match (one, all, constants(all)) {
            (Expr::Var(path), _, Some(wanted)) => {
                self.answer(path, |kind| compare::is_one_of(kind, &wanted))
            }
            (Expr::Value(wanted), Expr::Var(path), _) => {
                self.answer(path, |kind| compare::contains(kind, wanted))
            }
            _ => Known::nothing(),
        }
    }

    fn ordered(self, op: Op, a: &Expr, b: &Expr) -> Known {
        let (path, bound, op) = match (a, b) {
            (Expr::Var(path), Expr::Value(bound)) => (path, bound, op),
            (Expr::Value(bound), Expr::Var(path)) => (path, bound, compare::turned(op)),
            _ => return Known::nothing(),
        };
        self.answer(path, |kind| compare::is_ordered(kind, op, bound))
    }

    fn at_least(self, scale: &str, path: &str, step: &Value) -> Known {
        let Some(steps) = self.campaign.scales.get(scale) else { return Known::nothing() };
        let place = |words: &Vec<String>| words.iter().any(|word| step == word.as_str());
        let Some(from) = steps.iter().position(place) else { return Known::nothing() };
        // A word that stands on two steps is on the first of them.
        let lower: Vec<_> = steps.iter().take(from).flatten().collect();
        let reached = steps.iter().skip(from).flatten().filter(|word| !lower.contains(word));
        let reached: Vec<_> = reached.map(|word| json!(word)).collect();
        self.answer(path, |kind| compare::is_one_of(kind, &reached))
    }

    /// At least one row of which that is true.
    pub(super) fn some_row(self, key: &str, of: impl FnOnce(Self) -> Known) -> Known {
        let table = self.field(key).filter(|_| self.inside.is_none());
        let Some(table) = table.filter(|table| matches!(table.kind, FieldKind::Rows(_))) else {
            return Known::nothing();
        };
        let rows = self.inside(table);
        let (begun, row) = (Part { scope: rows }.begun(), of(rows));
        let holds = Known::all([begun, row.clone()]).holds.map(|row| {
            let row = json!({"type": "object", "allOf": [row]});
            has(key, json!({"type": "array", "contains": row}))
        });
        let fails = row.fails.map(|fails| {
            let rows = json!({"items": unless("object", json!({"allOf": [fails]}))});
            only_properties(key, unless("array", rows))
        });
        Known::all([Known { holds, fails }, self.shown(table)])
    }

    /// What is known of a test of one answer. The test gives exactly the values that pass, being of the
    /// field's kind; a hidden answer passes none.
    fn answer(self, path: &str, test: impl FnOnce(&FieldKind) -> Option<Value>) -> Known {
        let Some(place) = self.place(path) else { return Known::nothing() };
        let Some(passes) = test(&place.field.kind) else { return Known::nothing() };
        // A box that is not ticked is an answer, but a row of nothing else is none.
        let ticks = matches!(&place.field.kind, FieldKind::YesNo(yes_no) if yes_no.tick);
        let sure =
            !ticks || matches!(place.within, Within::Here) || passes == json!({"const": true});
        let there = has(&place.field.key, passes);
        let test = Known { holds: sure.then(|| there.clone()), fails: Some(json!({"not": there})) };
        let outer = match place.within {
            Within::Here => return Known::all([test, place.shown]),
            Within::Group(field) | Within::Entry(field, _) | Within::Row(field, _) => field,
        };
        let shown = self.inside(outer).shown(place.field);
        Known::all([place.within.lifted(Known::all([test, shown])), place.shown])
    }

    /// A key; in a form also `group.question`, `matrix.entry.question` and `table.0.column`.
    fn place(self, path: &str) -> Option<Place<'a>> {
        if let Some(field) = self.field(path) {
            let plain = field.columns().is_empty() || matches!(field.kind, FieldKind::Rows(_));
            return plain.then(|| Place { field, within: Within::Here, shown: self.shown(field) });
        }
        let (key, rest) = path.split_once('.').filter(|_| self.inside.is_none())?;
        let outer = self.field(key)?;
        let (first, last) = rest.split_once('.').unwrap_or((rest, rest));
        let mut shown = self.shown(outer);
        let within = match &outer.kind {
            FieldKind::Group(_) if first == last => Within::Group(outer),
            FieldKind::Rows(_) => Within::Row(outer, first.parse().ok()?),
            _ => {
                let entry = outer.entries().iter().find(|entry| entry.key == first)?;
                let asked = entry.when.as_ref().map_or(Known::always(), |when| self.known(when));
                shown = Known::all([shown, asked]);
                Within::Entry(outer, &entry.key)
            }
        };
        let field = outer.columns().iter().find(|field| field.key == last)?;
        Some(Place { field, within, shown })
    }
}

/// A constant as a condition.
fn is_true(constant: &Value) -> bool {
    match constant {
        Value::Null | Value::Object(_) => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(words) => !words.is_empty(),
        Value::Array(items) => !items.is_empty(),
    }
}

/// The answer of a field is missing for sure: nothing is filled in, or it is not shown.
pub(super) fn missing(scope: Scope, field: &Field) -> Known {
    let blank = only_properties(&field.key, value::blank(&field.kind));
    Known::any([Known { holds: Some(blank), fails: None }, scope.shown(field).not()])
}
