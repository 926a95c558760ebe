//! Kinds of rules and settings that the shipped campaigns may or may not use, on the smallest form.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Attachment},
    campaign::Campaign,
    rules::{Given, Judge, Problem},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};

use crate::golden::files;

const FIELDS: &str = "/tracks/0/sections/0/fields";

/// The smallest campaign with one more rule, and what is set in it besides.
fn judge(check: &Value, sets: &[(&str, Value)]) -> Judge {
    let mut json: Value =
        serde_json::from_slice(&files::one("tests/fixtures/campaigns", "smallest")).unwrap();
    json["tracks"][0]["rules"] = json!([]);
    if !check.is_null() {
        json["tracks"][0]["rules"] =
            json!([{"id": "r", "severity": "error", "source": "inferred", "check": check}]);
    }
    for (pointer, value) in sets {
        crate::golden::set(&mut json, &pointer.replace("FIELDS", FIELDS), value.clone());
    }
    let campaign =
        Campaign::parse(json.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    Judge::new(Arc::new(campaign), "one", Arc::new(Calendar::built_in())).unwrap()
}

fn problems(judge: &Judge, answers: &Value, attachments: &Value) -> Vec<Problem> {
    let answers: Answers = serde_json::from_value(answers.clone()).unwrap();
    let attachments: Vec<Attachment> = serde_json::from_value(attachments.clone()).unwrap();
    let now = Instant::parse("2022-08-18T10:00:00+08:00").unwrap();
    judge.judge(&Given { answers: &answers, attachments: &attachments, now }).problems
}

fn found(judge: &Judge, answers: &Value, attachments: &Value) -> Vec<String> {
    let line = |found: &Problem| format!("{} {} {}", found.rule, found.code.as_str(), found.path);
    problems(judge, answers, attachments).iter().map(line).collect()
}

#[track_caller]
fn check(rule: &Value, sets: &[(&str, Value)], answers: &Value, expected: &[&str]) {
    assert_eq!(found(&judge(rule, sets), answers, &json!([])), expected, "{answers}");
}

#[test]
fn a_credit_code_is_checked() {
    let sets = [("FIELDS/0/type", json!("uscc"))];
    let rule = json!({"uscc": {"field": "name", "inner_check": true}});
    for (code, expected) in [
        ("91350100M000100Y43", vec![]),
        ("5131-0000-mj00-0000-0k", vec!["r unlikely /answers/name"]),
        ("91110000600037341M", vec!["r wrong-check /answers/name"]),
        ("9111000060003734IL", vec!["r wrong-characters /answers/name"]),
        ("9111000060003734", vec!["r wrong-length /answers/name"]),
    ] {
        let found = found(&judge(&rule, &sets), &json!({"name": code}), &json!([]));
        assert_eq!(found, expected, "{code}");
    }
}

#[test]
fn unbroken_service_is_the_longest_run() {
    let rows = json!({"name": "x", "rows": [
        {"start": "2015-03", "end": "2017-06", "flag": true}, {"start": "2017-08", "flag": true}
    ]});
    let rule = |months: u32, unbroken: bool| json!({"tenure": {"field": "rows", "flag": "flag", "min_months": months, "unbroken": unbroken}});
    // 27 months and 60 months.
    check(&rule(87, false), &[], &rows, &[]);
    check(&rule(88, false), &[], &rows, &["r too-few-months /answers/rows"]);
    check(&rule(60, true), &[], &rows, &[]);
    check(&rule(61, true), &[], &rows, &["r too-few-months /answers/rows"]);
}

#[test]
fn without_a_vacation_the_summer_is_a_gap() {
    let rows = json!({"name": "x", "rows": [{"start": "2015-03", "end": "2017-06"}, {"start": "2017-09"}]});
    check(&json!({"continuity": {"field": "rows"}}), &[], &rows, &["r gap /answers/rows"]);
}

#[test]
fn the_day_of_posting_may_be_left_out() {
    let day = |key: &str| json!({"key": key, "label": key, "type": "date", "source": "inferred"});
    let sets = [("FIELDS/2/type/rows/fields", json!([day("start"), day("end")]))];
    let rule = |first: bool| json!({"notice": {"field": "rows", "min_workdays": 5, "count_first_day": first}});
    let week = json!({"name": "x", "rows": [{"start": "2022-10-31", "end": "2022-11-04"}]});
    check(&rule(true), &sets, &week, &[]);
    check(&rule(false), &sets, &week, &["r too-few-workdays /answers/rows/0"]);
}

#[test]
fn each_row_may_need_a_file_of_its_own() {
    let sets = [
        ("FIELDS/3/type", json!({"file": {"formats": ["pdf"], "per_row": "rows"}})),
        ("FIELDS/3/required", json!({"==": [{"var": "flag"}, true]})),
    ];
    let judge = judge(&json!(null), &sets);
    let answers = json!({"name": "x", "rows": [{"start": "2015-03", "flag": true}, {"start": "2016-03"}, {"flag": true}]});
    let file = |row: Value| json!({"slot": "letter", "bytes": 5, "format": "pdf", "for": row});
    assert_eq!(
        found(&judge, &answers, &json!([])),
        [
            "attach.missing:letter missing /attachments",
            "attach.missing:letter missing /attachments"
        ]
    );
    let rows: Vec<_> =
        problems(&judge, &answers, &json!([])).iter().map(|it| it.params["for"].clone()).collect();
    assert_eq!(rows, ["rows.0", "rows.2"]);
    let files = json!([
        file(json!("rows.0")),
        file(json!("rows.2")),
        file(json!("rows.7")),
        file(json!(null))
    ]);
    assert_eq!(
        found(&judge, &answers, &files),
        [
            "shape:attachments unknown-row /attachments/2",
            "shape:attachments unknown-row /attachments/3"
        ]
    );
    let twice = json!([file(json!("rows.0")), file(json!("rows.2")), file(json!("rows.2"))]);
    assert_eq!(found(&judge, &answers, &twice), ["attach.count:letter too-many /attachments/2"]);
    assert!(!judge.depending_on("rows").is_empty());
}

#[test]
fn a_table_may_ask_for_several_rows() {
    let sets = [("FIELDS/2/type/rows/min", json!(2))];
    let none = json!(null);
    check(&none, &sets, &json!({"name": "x"}), &[]);
    check(
        &none,
        &sets,
        &json!({"name": "x", "rows": [{"start": "2015-03"}]}),
        &["shape:rows too-few /answers/rows"],
    );
}

#[test]
fn numbers_keep_their_bounds() {
    let sets = [("FIELDS/0/type", json!({"number": {"min": 1, "max": 5, "whole": true}}))];
    for (figure, expected) in [
        (json!(1), None),
        (json!(5), None),
        (json!(2.0), None),
        (json!(0.5), Some("too-small")),
        (json!(6), Some("too-large")),
        (json!(2.5), Some("not-whole")),
        (json!("3"), Some("wrong-type")),
        (json!(1e300), Some("too-large")),
    ] {
        let expected: Vec<_> =
            expected.map(|code| format!("shape:name {code} /answers/name")).into_iter().collect();
        assert_eq!(
            found(&judge(&json!(null), &sets), &json!({"name": figure}), &json!([])),
            expected,
            "{figure}"
        );
    }
}

#[test]
fn a_campaign_may_use_its_own_words() {
    let rule = json!({"length": {"field": "name", "max": 2, "unit": "code_points"}});
    let judge = judge(
        &rule,
        &[
            ("FIELDS/0/type", json!({"text": {}})),
            ("/tracks/0/rules/0/message", json!("{label}写了{count}个字，最多{max}个，{nothing}")),
        ],
    );
    let said = problems(&judge, &json!({"name": "乌兰图雅"}), &json!([]));
    assert_eq!(said[0].message, "姓名写了4个字，最多2个，{nothing}");
    assert_eq!(said[0].params["unit"], "code_points");
}

#[test]
fn a_rule_holds_when_its_condition_does() {
    let rule = json!({"note": {"field": "name", "when": true}});
    let when = |condition: Value| [("/tracks/0/rules/0/when", condition)];
    check(
        &rule,
        &when(json!({"==": [{"var": "kind"}, "甲"]})),
        &json!({"name": "x", "kind": "甲"}),
        &["r noted /answers/name"],
    );
    check(
        &rule,
        &when(json!({"==": [{"var": "kind"}, "甲"]})),
        &json!({"name": "x", "kind": "乙"}),
        &[],
    );
    let judge = judge(&rule, &when(json!({"==": [{"var": "kind"}, "甲"]})));
    assert!(!judge.depending_on("kind").is_empty());
}

#[test]
fn what_is_hidden_is_not_judged_by_any_rule() {
    let rule = json!({"listed": {"field": "kind"}});
    check(&rule, &[], &json!({"name": "x", "kind": "丙"}), &["r unknown-option /answers/kind"]);
    check(
        &rule,
        &[],
        &json!({"kind": "丙"}),
        &["required:name missing /answers/name", "hidden:kind hidden-value /answers/kind"],
    );
    let hidden = [("FIELDS/3/visible", json!(false)), ("FIELDS/3/required", json!(true))];
    let file = json!([{"slot": "letter", "bytes": 0, "format": "exe"}]);
    assert_eq!(
        found(&judge(&json!(null), &hidden), &json!({"name": "x"}), &file),
        ["hidden:letter hidden-value /attachments/0"]
    );
    check(&json!(null), &hidden, &json!({"name": "x"}), &[]);
}

#[test]
fn a_missing_answer_may_be_a_warning() {
    let found = problems(
        &judge(&json!(null), &[("FIELDS/0/missing", json!("warn"))]),
        &json!({}),
        &json!([]),
    );
    assert_eq!(serde_json::to_value(found[0].severity).unwrap(), "warn");
}

#[test]
fn a_rule_of_its_own_last_day_is_late_by_that_day() {
    check(&json!({"late": {"last_day": "2022-08-17"}}), &[], &json!({"name": "x"}), &["r late "]);
    check(&json!({"late": {"last_day": "2022-08-18"}}), &[], &json!({"name": "x"}), &[]);
}
