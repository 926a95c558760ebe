//! What conditions mean, asked of a form: is the last field shown?

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Attachment},
    campaign::Campaign,
    rules::{Given, Judge},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};

fn form(condition: &Value) -> Campaign {
    let field = |key: &str, kind: Value| json!({"key": key, "label": key, "type": kind, "source": "inferred"});
    let mut fields = vec![
        field("text", json!({"text": {}})),
        field("number", json!({"number": {}})),
        field("yes", json!({"yes_no": {}})),
        field("month", json!({"month": {}})),
        field("day", json!("date")),
        field("choice", json!({"choice": {"codes": "political"}})),
        field("letter", json!({"file": {"formats": ["pdf"]}})),
        field("other", json!({"text": {}})),
        field(
            "rows",
            json!({"rows": {"row_label": "行", "fields": [
                field("start", json!({"month": {}})), field("end", json!({"month": {"open": true}})),
                field("level", json!({"text": {}})), field("flag", json!({"yes_no": {}})), field("n", json!({"number": {}})),
            ]}}),
        ),
    ];
    fields[7]["visible"] = json!({"==": [{"var": "yes"}, true]});
    fields[8]["type"]["rows"]["fields"][3]["visible"] = json!({"!=": [{"var": "level"}, "甲"]});
    let mut asked = field("asked", json!({"text": {}}));
    asked["visible"] = condition.clone();
    fields.push(asked);
    let json = json!({
        "format": "campaign/1", "id": "c", "revision": 1, "title": "题", "reference_date": "2022-08-20",
        "deadline": "2022-08-20", "scales": {"level": [["县级", "区级"], ["市级"], ["省级"]]},
        "tracks": [{"id": "t", "title": "题", "form": "1", "sections": [{"id": "s", "title": "节", "fields": fields}]}]
    });
    Campaign::parse(json.to_string().as_bytes())
        .unwrap_or_else(|faults| panic!("{condition}: {faults:?}"))
}

fn holds(condition: &Value, answers: &Value) -> bool {
    let judge = Judge::new(Arc::new(form(condition)), "t", Arc::new(Calendar::built_in())).unwrap();
    let answers: Answers = serde_json::from_value(answers.clone()).unwrap();
    let attachments = [Attachment { slot: "letter".to_owned(), ..Attachment::default() }];
    let now = Instant::parse("2022-08-18T23:30:00Z").unwrap();
    let attachments = if answers.get("number").is_some() { &attachments[..] } else { &[] };
    judge.visible("asked", &Given { answers: &answers, attachments, now })
}

#[track_caller]
fn check(answers: &Value, holding: &[Value], not: &[Value]) {
    for condition in holding {
        assert!(holds(condition, answers), "{condition} of {answers}");
    }
    for condition in not {
        assert!(!holds(condition, answers), "{condition} of {answers}");
    }
}

fn v(key: &str) -> Value {
    json!({"var": key})
}

#[test]
fn what_is_missing_is_null_and_compares_with_nothing() {
    check(
        &json!({"text": " ", "month": "2022-13", "yes": "true"}),
        &[
            json!({"==": [v("text"), null]}),
            json!({"==": [v("number"), null]}),
            json!({"!": v("month")}),
            json!({"!=": [v("yes"), true]}),
        ],
        &[
            json!({"<": [v("number"), 5]}),
            json!({">=": [v("number"), 0]}),
            json!({"<=": [v("month"), "2022-08"]}),
            json!({"==": [v("number"), 0]}),
            json!({"==": [v("text"), ""]}),
            json!({"!!": v("rows")}),
            json!({"<": [{"months_since": v("month")}, 100]}),
            json!({"<": [{"+": [v("number"), 1]}, 100]}),
        ],
    );
}

#[test]
fn values_compare_with_their_own_kind() {
    check(
        &json!({"text": "10", "number": 10.0, "month": "2022-08", "day": "2022-08-18", "choice": {"code": "01", "name": "中共党员"}}),
        &[
            json!({"==": [v("number"), "10"]}),
            json!({"==": [v("number"), 10]}),
            json!({"==": [v("choice"), "01"]}),
            json!({"in": [v("choice"), ["01", "02"]]}),
            json!({"<": [9, v("number"), 11]}),
            json!({"<=": [10, v("number"), 10]}),
            json!({"<": ["2022-07", v("month")]}),
            json!({"<=": [v("day"), "2022-08-18"]}),
            json!({"in": ["1", v("text")]}),
        ],
        &[
            json!({"<": [v("text"), 11]}),
            json!({"<": [v("text"), "9"]}),
            json!({"<=": [v("month"), v("day")]}),
            json!({"<": [10, v("number"), 11]}),
            json!({"==": [v("number"), true]}),
            json!({"in": [v("other"), v("text")]}),
        ],
    );
}

#[test]
fn truth_is_that_of_json_logic() {
    check(
        &json!({"number": 0, "yes": false, "rows": [{"n": 1}]}),
        &[
            json!({"!": v("number")}),
            json!({"!": v("yes")}),
            json!({"!!": v("rows")}),
            json!({"!!": "0"}),
            json!({"!!": [[0]]}),
            json!({"and": [true, v("rows")]}),
            json!({"or": [false, 1]}),
            json!({"if": [false, false, true]}),
            json!(true),
            json!({"if": [v("yes"), false, v("number"), false, 1]}),
        ],
        &[
            json!({"!!": ""}),
            json!({"!!": [[]]}),
            json!({"and": [true, null]}),
            json!({"if": [false, true]}),
            json!([]),
        ],
    );
}

#[test]
fn rows_are_asked_one_by_one() {
    let rows = json!({"rows": [
        {"start": "2012-08", "end": null, "level": "市级", "flag": true, "n": 5},
        {}, {"start": "2019-09", "level": "甲", "flag": true}, 7, {"n": null, "level": " "}
    ]});
    check(
        &rows,
        &[
            json!({"some": [v("rows"), {"at_least": ["level", v("level"), "区级"]}]}),
            json!({"==": [{"count": v("rows")}, 2]}),
            json!({"none": [v("rows"), {"==": [v("level"), "省级"]}]}),
            json!({"all": [v("rows"), {"!!": v("start")}]}),
            json!({"==": [{"count": [v("rows"), {"==": [v("flag"), true]}]}, 1]}),
            json!({"==": [v("rows.0.n"), 5]}),
            json!({"==": [{"service_months": [v("rows"), "flag"]}, 120]}),
            json!({"==": [{"count": {"filter": [v("rows"), v("n")]}}, 1]}),
            json!({"some": [v("rows"), {"==": [{"months_since": v("start")}, 35]}]}),
        ],
        &[
            json!({"some": [v("rows"), {"at_least": ["level", v("level"), "省级"]}]}),
            json!({"all": [v("rows"), {"!!": v("n")}]}),
            json!({"==": [v("rows.1.n"), 5]}),
            json!({"==": [v("rows.9.n"), 5]}),
        ],
    );
    check(
        &json!({"rows": []}),
        &[json!({"none": [v("rows"), true]})],
        &[json!({"all": [v("rows"), true]}), json!({"some": [v("rows"), true]})],
    );
}

#[test]
fn what_is_hidden_is_missing_for_others_too() {
    check(&json!({"yes": true, "other": "x"}), &[json!({"!!": v("other")})], &[]);
    check(&json!({"yes": false, "other": "x"}), &[], &[json!({"!!": v("other")})]);
}

#[test]
fn time_files_and_sums() {
    check(
        &json!({"number": 7, "month": "2019-08", "day": "2020-01-31"}),
        &[
            json!({"==": [{"today": []}, "2022-08-19"]}),
            json!({"==": [{"months_since": v("month")}, 36]}),
            json!({"==": [{"months_since": [v("month"), v("day")]}, 5]}),
            json!({"!!": v("letter")}),
            json!({"==": [{"count": v("letter")}, 1]}),
            json!({"==": [{"+": [v("number"), 1, 2]}, 10]}),
            json!({"==": [{"-": [v("number"), 8]}, -1]}),
            json!({"==": [{"-": v("number")}, -7]}),
        ],
        &[json!({"==": [{"+": [v("number"), v("text")]}, 7]})],
    );
    check(&json!({}), &[], &[json!({"!!": v("letter")})]);
}
