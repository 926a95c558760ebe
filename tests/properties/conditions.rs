//! Conditions: what holds of every expression, and what a plain evaluator makes of a part of them.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Attachment},
    campaign::{Campaign, Logic},
    rules::{Given, Judge},
    standards::{Calendar, Instant},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::config;

/// What each condition finds: one form, with a field for each that is shown where it holds.
fn hold(conditions: &[Value], answers: &Value) -> Vec<bool> {
    let judge = judge(conditions);
    let answers: Answers = serde_json::from_value(answers.clone()).unwrap();
    let attachments = [Attachment { slot: "letter".to_owned(), ..Attachment::default() }];
    let now = Instant::parse("2022-08-18T10:00:00+08:00").unwrap();
    let given = Given { answers: &answers, attachments: &attachments, now };
    (0..conditions.len()).map(|at| judge.visible(&format!("asked{at}"), &given)).collect()
}

fn judge(conditions: &[Value]) -> Judge {
    let field = |key: &str, kind: Value| json!({"key": key, "label": key, "type": kind, "source": "inferred"});
    let columns = [
        field("start", json!({"month": {}})),
        field("end", json!({"month": {"open": true}})),
        field("level", json!({"text": {}})),
        field("flag", json!({"yes_no": {}})),
        field("n", json!({"number": {}})),
    ];
    let mut fields = vec![
        field("text", json!({"text": {}})),
        field("number", json!({"number": {}})),
        field("yes", json!({"yes_no": {}})),
        field("month", json!({"month": {}})),
        field("day", json!("date")),
        field("choice", json!({"choice": {"codes": "political"}})),
        field("letter", json!({"file": {"formats": ["pdf"]}})),
        field("rows", json!({"rows": {"row_label": "行", "fields": columns}})),
    ];
    for (at, condition) in conditions.iter().enumerate() {
        let mut asked = field(&format!("asked{at}"), json!({"text": {}}));
        // By itself `null` would be no condition.
        asked["visible"] = json!({"!!": [condition]});
        fields.push(asked);
    }
    let json = json!({
        "format": "campaign/1", "id": "c", "revision": 1, "title": "题", "reference_date": "2022-08-20",
        "deadline": "2022-08-20", "scales": {"level": [["县级", "区级"], ["市级"], ["省级"]]},
        "tracks": [{"id": "t", "title": "题", "form": "1", "sections": [{"id": "s", "title": "节", "fields": fields}]}]
    });
    let campaign = Campaign::parse(json.to_string().as_bytes())
        .unwrap_or_else(|faults| panic!("{faults:?}: {conditions:?}"));
    Judge::new(Arc::new(campaign), "t", Arc::new(Calendar::built_in())).unwrap()
}

fn month() -> impl Strategy<Value = Value> {
    (2010..2024, 0_u8..14).prop_map(|(year, month)| json!(format!("{year}-{month:02}")))
}

fn level() -> impl Strategy<Value = Value> {
    select(vec!["县级", "区级", "市级", "省级", "甲", " "]).prop_map(Value::from)
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-3_i32..12).prop_map(Value::from),
        select(vec![0.1, 0.2, 0.3, 2.5, -0.0, 1e300]).prop_map(Value::from)
    ]
}

/// Answers of the right kind, of any other, and none.
fn answers() -> impl Strategy<Value = Value> {
    let odd = select(vec![
        json!(null),
        json!("7"),
        json!([]),
        json!({"code": "01"}),
        json!("2022-08"),
        json!(true),
        json!(0),
    ]);
    let of = |kind: BoxedStrategy<Value>| prop_oneof![6 => kind, 1 => odd.clone()].boxed();
    let text = select(vec!["", " ", "7", "7.0", "甲乙", "2022-08", "2022-08-18"])
        .prop_map(Value::from)
        .boxed();
    let day = (month(), 0_u8..33)
        .prop_map(|(month, day)| json!(format!("{}-{day:02}", month.as_str().unwrap())))
        .boxed();
    let flag = any::<bool>().prop_map(Value::from).boxed();
    let row = (of(month().boxed()), of(month().boxed()), of(level().boxed()), of(flag.clone()), of(number().boxed())).prop_map(
        |(start, end, level, flag, n)| json!({"start": start, "end": end, "level": level, "flag": flag, "n": n}),
    );
    let rows = vec(prop_oneof![8 => row, 1 => Just(json!({})), 1 => Just(json!(5))], 0..4);
    let choice = select(vec![json!("01"), json!({"code": "12", "name": "x"}), json!("99")]).boxed();
    (of(text), of(number().boxed()), of(flag), of(month().boxed()), of(day), of(choice), rows).prop_map(
        |(text, number, yes, month, day, choice, rows)| {
            json!({"text": text, "number": number, "yes": yes, "month": month, "day": day, "choice": choice, "rows": rows})
        },
    )
}

fn constant() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        number(),
        month(),
        level(),
        select(vec!["", "7", "7.0", "01", "甲", "2022-08-18", "flag", "level"])
            .prop_map(Value::from),
    ]
}

fn var(keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    select(keys).prop_map(|key| json!({"var": key}))
}

const KEYS: &[&str] = &[
    "text", "number", "yes", "month", "day", "choice", "rows", "letter", "rows.0.n", "rows.1",
    "rows.x",
];
const COLUMNS: &[&str] = &["start", "end", "level", "flag", "n", ""];

/// Any expression that is well-formed, over the form or over a row.
fn expression(keys: &'static [&'static str]) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![3 => constant(), 4 => var(keys), 1 => Just(json!({"today": []}))];
    let in_form = keys == KEYS;
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let binary = (select(vec!["==", "!=", "<", "<=", ">", ">=", "in"]), inner.clone(), inner.clone())
            .prop_map(|(op, a, b)| json!({op: [a, b]}));
        let many = (select(vec!["and", "or", "+"]), vec(inner.clone(), 1..4)).prop_map(|(op, all)| json!({op: all}));
        let three = (select(vec!["<", "<=", ">", ">="]), vec(inner.clone(), 3)).prop_map(|(op, all)| json!({op: all}));
        let one = (select(vec!["!", "!!", "-", "months_since"]), inner.clone()).prop_map(|(op, a)| json!({op: [a]}));
        let two = (select(vec!["-", "months_since"]), inner.clone(), inner.clone()).prop_map(|(op, a, b)| json!({op: [a, b]}));
        let branch = vec(inner.clone(), 2..6).prop_map(|all| json!({"if": all}));
        let list = vec(inner.clone(), 0..4).prop_map(Value::from);
        let scale = (inner.clone(), select(vec!["县级", "市级", "省级"])).prop_map(|(a, step)| json!({"at_least": ["level", a, step]}));
        let plain = prop_oneof![3 => binary, 2 => many, 1 => three, 2 => one, 1 => two, 1 => branch, 1 => list, 1 => scale];
        if !in_form {
            return plain.boxed();
        }
        let rows = || prop_oneof![4 => Just(json!({"var": "rows"})), 1 => inner.clone()];
        let walk = (select(vec!["some", "all", "none", "count", "filter"]), rows(), expression(COLUMNS))
            .prop_map(|(op, rows, condition)| match &rows["var"] {
                // Conditions on rows may read columns, where it is rows that are walked.
                Value::String(key) if key == "rows" => json!({op: [rows, condition]}),
                _ => json!({op: [rows, {"var": ""}]}),
            });
        let count = rows().prop_map(|rows| json!({"count": [rows]}));
        let service = prop_oneof![Just(json!({"var": "rows"})), Just(json!([5])), Just(json!("rows"))]
            .prop_map(|rows| json!({"service_months": [rows, "flag"]}));
        prop_oneof![6 => plain, 3 => walk, 1 => count, 1 => service].boxed()
    })
    .boxed()
}

// --- A plain evaluator ----------------------------------------------------------------------------

/// The value of an expression of numbers, texts, truth and rows, straight from what the operators say.
/// Knows only what [`small`] makes.
fn plain(expression: &Value, answers: &Value) -> Value {
    let Some((op, args)) = expression.as_object().and_then(|map| map.iter().next()) else {
        return expression.clone();
    };
    if op == "var" {
        let found = &answers[args.as_str().unwrap()];
        let given = found.as_str().is_none_or(|words| !words.trim().is_empty());
        return if given { found.clone() } else { Value::Null };
    }
    let args = args.as_array().unwrap();
    let value = |at: usize| plain(&args[at], answers);
    let rows = || value(0).as_array().cloned().unwrap_or_default();
    let holding = || rows().iter().filter(|row| truth(&plain(&args[1], row))).count();
    match op.as_str() {
        "==" => json!(equal(&value(0), &value(1))),
        "!=" => json!(!equal(&value(0), &value(1))),
        "<" => json!(matches!((value(0).as_f64(), value(1).as_f64()), (Some(a), Some(b)) if a < b)),
        "<=" => {
            json!(matches!((value(0).as_f64(), value(1).as_f64()), (Some(a), Some(b)) if a <= b))
        }
        "!" => json!(!truth(&value(0))),
        "and" => json!((0..args.len()).all(|at| truth(&value(at)))),
        "or" => json!((0..args.len()).any(|at| truth(&value(at)))),
        "if" => value(if truth(&value(0)) { 1 } else { 2 }),
        "+" => match (value(0).as_f64(), value(1).as_f64()) {
            (Some(a), Some(b)) => json!(a + b),
            _ => Value::Null,
        },
        "some" => json!(holding() > 0),
        "none" => json!(holding() == 0),
        "all" => json!(!rows().is_empty() && holding() == rows().len()),
        "count" => json!(holding()),
        other => panic!("{other}"),
    }
}

fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(_) => value.as_f64() != Some(0.0),
        Value::String(words) => !words.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

// Both sides are read by the parser of the standard library: the same figure is the same number.
#[allow(clippy::float_cmp)]
fn equal(a: &Value, b: &Value) -> bool {
    let figure = |value: &Value| match value {
        Value::String(words) => words.parse::<f64>().ok(),
        other => other.as_f64(),
    };
    match (a, b) {
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Number(_), Value::String(_) | Value::Number(_))
        | (Value::String(_), Value::Number(_)) => {
            matches!((figure(a), figure(b)), (Some(a), Some(b)) if a == b)
        }
        _ => a == b,
    }
}

/// An expression that [`plain`] knows.
fn small(row: bool) -> BoxedStrategy<Value> {
    let keys: &[&str] = if row { &["n", "flag", "level"] } else { &["number", "yes", "text"] };
    let constant = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        (-2_i32..9).prop_map(Value::from),
        select(vec!["", "7", "甲", "5"]).prop_map(Value::from),
    ];
    prop_oneof![constant, var(Vec::leak(keys.to_vec()))]
        .prop_recursive(4, 30, 3, move |inner| {
            let two = (
                select(vec!["==", "!=", "<", "<=", "and", "or", "+"]),
                inner.clone(),
                inner.clone(),
            )
                .prop_map(|(op, a, b)| json!({op: [a, b]}));
            let not = inner.clone().prop_map(|a| json!({"!": [a]}));
            let branch = vec(inner, 3).prop_map(|all| json!({"if": all}));
            if row {
                return prop_oneof![4 => two, 1 => not, 1 => branch].boxed();
            }
            let walk = (select(vec!["some", "all", "none", "count"]), small(true))
                .prop_map(|(op, condition)| json!({op: [{"var": "rows"}, condition]}));
            prop_oneof![4 => two, 1 => not, 1 => branch, 2 => walk].boxed()
        })
        .boxed()
}

fn small_answers() -> impl Strategy<Value = Value> {
    let number = || prop_oneof![3 => (-2_i32..9).prop_map(Value::from), 1 => Just(Value::Null)];
    let flag = || prop_oneof![any::<bool>().prop_map(Value::from), Just(Value::Null)];
    let text = || select(vec!["", "7", "甲", "5", "  "]).prop_map(Value::from);
    let row = (number(), flag(), text())
        .prop_map(|(n, flag, level)| json!({"n": n, "flag": flag, "level": level}));
    // A row in which nothing is filled in is none.
    let filled = |row: &Value| {
        !row["n"].is_null()
            || !row["flag"].is_null()
            || !row["level"].as_str().unwrap().trim().is_empty()
    };
    let rows = vec(row.prop_filter("blank", filled), 0..4);
    (number(), flag(), text(), rows)
        .prop_map(|(number, yes, text, rows)| json!({"number": number, "yes": yes, "text": text, "rows": rows}))
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_condition_means_what_a_plain_evaluator_says(condition in small(false), answers in small_answers()) {
        prop_assert_eq!(hold(std::slice::from_ref(&condition), &answers)[0], truth(&plain(&condition, &answers)));
    }

    #[test]
    fn truth_keeps_its_laws(a in expression(KEYS), b in expression(KEYS), answers in answers()) {
        let found = hold(
            &[
                json!({"!!": [a]}), json!({"!!": [b]}), json!({"!": [a]}), json!({"!": [{"!": [a]}]}),
                json!({"and": [a, b]}), json!({"or": [a, b]}), json!({"!": [{"and": [a, b]}]}),
                json!({"or": [{"!": [a]}, {"!": [b]}]}), json!({"if": [a, b, a]}), a.clone(),
            ],
            &answers,
        );
        let (a, b) = (found[0], found[1]);
        prop_assert_eq!(found, [a, b, !a, a, a && b, a || b, !(a && b), !a || !b, a && b, a]);
    }

    #[test]
    fn comparing_keeps_its_laws(a in expression(KEYS), b in expression(KEYS), c in expression(KEYS), answers in answers()) {
        let op = |op: &str, a: &Value, b: &Value| json!({op: [a, b]});
        let found = hold(
            &[
                op("==", &a, &b), op("==", &b, &a), op("!=", &a, &b), op("<", &a, &b), op(">", &b, &a), op("<=", &a, &b),
                op(">=", &b, &a), op("<", &b, &a), op("<=", &b, &a), json!({"<": [a, b, c]}), op("<", &b, &c),
                json!({"<=": [a, b, c]}), op("<=", &b, &c), op("<", &a, &a), op("in", &a, &json!([b, c])), op("==", &a, &c),
            ],
            &answers,
        );
        let [same, same_turned, other, less, greater_turned, at_most, at_least_turned, less_turned, at_most_turned] =
            found[..9] else { unreachable!() };
        prop_assert_eq!(same, same_turned);
        prop_assert_eq!(other, !same);
        prop_assert_eq!((less, at_most), (greater_turned, at_least_turned));
        prop_assert!(!(less && less_turned), "both less");
        prop_assert!(!less || (at_most && !same));
        prop_assert!(!(at_most && at_most_turned) || same);
        prop_assert_eq!(found[9], less && found[10]);
        prop_assert_eq!(found[11], at_most && found[12]);
        prop_assert!(!found[13], "less than itself");
        prop_assert_eq!(found[14], same || found[15]);
    }

    #[test]
    fn rows_keep_their_laws(condition in expression(COLUMNS), answers in answers()) {
        let rows = json!({"var": "rows"});
        let not = json!({"!": [condition]});
        let found = hold(
            &[
                json!({"some": [rows, condition]}), json!({"all": [rows, condition]}), json!({"none": [rows, condition]}),
                json!({"some": [rows, not]}), json!({"all": [rows, not]}), json!({"!!": [rows]}),
                json!({"!!": [{"filter": [rows, condition]}]}), json!({"!!": [{"count": [rows, condition]}]}),
                json!({"==": [{"+": [{"count": [rows, condition]}, {"count": [rows, not]}]}, {"count": [rows]}]}),
                json!({"==": [{"count": [{"filter": [rows, condition]}]}, {"count": [rows, condition]}]}),
                json!({"==": [{"count": [{"filter": [{"filter": [rows, condition]}, not]}]}, 0]}),
            ],
            &answers,
        );
        let (some, all, there) = (found[0], found[1], found[5]);
        prop_assert_eq!(found[2], !some);
        prop_assert_eq!(all, there && !found[3]);
        prop_assert_eq!(found[4], there && !some);
        prop_assert!(!all || some);
        prop_assert_eq!((found[6], found[7]), (some, some));
        prop_assert!(found[8] && found[9] && found[10]);
    }

    /// A condition is written as it was read, and says what it reads.
    #[test]
    fn a_condition_reads_what_it_says(condition in expression(KEYS), mut before in answers(), after in answers()) {
        let logic: Logic = serde_json::from_value(condition.clone()).unwrap();
        prop_assert_eq!(serde_json::to_value(&logic).unwrap(), condition.clone());
        let reads: Vec<_> = logic.reads().into_iter().map(str::to_owned).collect();
        let was = hold(std::slice::from_ref(&condition), &before);
        for (key, value) in after.as_object().unwrap() {
            if !reads.contains(key) {
                before[key] = value.clone();
            }
        }
        prop_assert_eq!(hold(std::slice::from_ref(&condition), &before), was, "{:?}", reads);
    }

    /// Any JSON is a condition or is refused; neither takes long.
    #[test]
    fn what_is_no_condition_is_refused(op in "[a-z_=!<>]{0,12}", args in vec(constant(), 0..60)) {
        let read = serde_json::from_value::<Logic>(json!({op.as_str(): args}));
        let known = nomination_form::campaign::Op::ALL.iter().find(|(_, name, ..)| *name == op);
        let fits = known.is_some_and(|(_, _, least, most)| (*least..=*most).contains(&args.len()));
        prop_assert_eq!(read.is_ok(), fits);
    }
}
