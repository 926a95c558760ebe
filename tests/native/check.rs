//! `nomination check`: every vector of the standards, line by line.

use std::sync::Arc;

use nomination_form::{
    answers::Answers,
    rules::{Code, Given, Judge},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};

use crate::{
    command::{Run, run},
    golden::{self, files},
};

const NOW: [&str; 2] = ["--now", "2023-08-10T10:00:00+08:00"];

fn check(kind: &str, input: &[u8]) -> Run {
    run(&["check", kind, NOW[0], NOW[1]], input)
}

/// The answers to these questions, one line each.
fn answers(kind: &str, questions: &[Value]) -> Vec<Value> {
    let lines: Vec<_> = questions.iter().map(ToString::to_string).collect();
    let run = check(kind, lines.join("\n").as_bytes());
    assert_eq!(run.err, "");
    let answers: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), questions.len());
    answers
}

fn fixture(dir: &str, name: &str) -> Vec<Value> {
    serde_json::from_slice(&files::one(dir, name)).unwrap()
}

/// Everything expected is in the answer; `null` may also be nothing.
#[track_caller]
fn holds(answer: &Value, expected: &Value, why: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(answer[key], *value, "{why}: {key} of {answer}");
    }
}

#[test]
fn every_vector_of_the_standards_is_answered() {
    for kind in ["resident-id", "uscc", "phone", "resume"] {
        let cases = fixture("tests/fixtures/check", kind);
        let questions: Vec<_> = cases.iter().map(|case| case["in"].clone()).collect();
        for (case, answer) in cases.iter().zip(answers(kind, &questions)) {
            holds(&answer, &case["out"], &case["why"]);
        }
    }
}

#[test]
fn texts_are_counted_by_every_way() {
    let cases = fixture("tests/fixtures/standards", "count");
    let questions: Vec<_> = cases.iter().map(|case| case["text"].clone()).collect();
    for (case, answer) in cases.iter().zip(answers("count", &questions)) {
        let mut expected = case.clone();
        let map = expected.as_object_mut().unwrap();
        map.retain(|key, _| !["id", "text"].contains(&key.as_str()));
        assert_eq!(answer, expected, "{}", case["id"]);
    }
}

#[test]
fn documents_are_judged_by_their_kind() {
    let cases = fixture("tests/fixtures/standards", "id-documents");
    let questions: Vec<_> =
        cases.iter().map(|case| json!({"type": case["kind"], "number": case["number"]})).collect();
    for (case, answer) in cases.iter().zip(answers("id-document", &questions)) {
        assert_eq!(written(&answer), case["finds"], "{case}");
    }
}

/// An answer as the fixture writes it: number, birth, sex and doubts, or code and other kind.
fn written(answer: &Value) -> String {
    let text = |key: &str| answer[key].as_str();
    let line = if answer["ok"] == true {
        let warn = answer["warn"].as_array().into_iter().flatten();
        let warn: Vec<_> = warn.map(|doubt| doubt.as_str().unwrap()).collect();
        let (birth, sex) = (text("birth").unwrap_or("-"), text("sex").unwrap_or("-"));
        format!("{} {birth} {sex} {}", text("normalised").unwrap(), warn.join(" "))
    } else {
        format!("{} {}", text("code").unwrap(), text("other").unwrap_or_default())
    };
    line.trim_end().to_owned()
}

#[test]
fn working_days_are_counted_and_the_earliest_end_is_told() {
    let cases = fixture("tests/fixtures/standards", "working-days");
    for (case, answer) in cases.iter().zip(answers("workdays", &cases)) {
        let days = case["days"].as_u64().unwrap();
        assert_eq!(answer["workdays"], days, "{}", case["why"]);
        assert_eq!(answer["at_least_5"], days >= 5);
        if days == 5 {
            assert!(answer["earliest_end_for_5"].as_str() <= case["end"].as_str());
        }
    }
    let answers = answers(
        "workdays",
        &[
            json!({"start": "2022-08-15", "end": "2022-08-19"}),
            json!({"start": "2023-09-28", "end": "2023-09-27"}),
            json!({"start": "2026-12-31", "end": "2027-01-08"}),
            json!({"start": "9999-12-30", "end": "9999-12-31"}),
        ],
    );
    assert_eq!(
        answers[0],
        json!({"workdays": 5, "at_least_5": true, "earliest_end_for_5": "2022-08-19"})
    );
    assert_eq!(
        (&answers[1]["workdays"], &answers[1]["earliest_end_for_5"]),
        (&json!(0), &json!("2023-10-10"))
    );
    assert_eq!(answers[2]["uncovered_years"], json!([2027]));
    assert_eq!(answers[3]["earliest_end_for_5"], json!(null));
}

#[test]
fn a_line_that_is_no_question_has_an_answer_too() {
    let input = b"\"13800138000\"\nnope\n{\"a\": 1}\n\n\"\\ud800\"\n\xFF\n[[\n1e400\n\"81234567\"";
    let run = check("phone", input);
    let lines: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<_> = lines.iter().map(|line| line["code"].as_str().unwrap_or("fine")).collect();
    assert_eq!(
        codes,
        [
            "fine",
            "not-json",
            "wrong-shape",
            "not-json",
            "not-json",
            "not-json",
            "not-json",
            "not-json",
            "no-area-code"
        ]
    );
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(check("phone", b"\"81234567\"\n").status, 0);
    assert_eq!(check("phone", b"").out, "");
}

#[test]
fn what_is_missing_or_misshapen_is_named() {
    let wrong = |kind: &str, question: Value| {
        let answer = answers(kind, &[question]).remove(0);
        assert_eq!((&answer["ok"], &answer["code"]), (&json!(false), &json!("wrong-shape")));
        answer["pointer"].as_str().unwrap().to_owned()
    };
    assert_eq!(wrong("id-document", json!({"type": "居民身份证"})), "");
    assert_eq!(wrong("id-document", json!({"type": 1, "number": "x"})), "/type");
    assert_eq!(wrong("workdays", json!({"start": "2023-02-30", "end": "2023-03-01"})), "/start");
    assert_eq!(wrong("workdays", json!({"start": "2023-03-01", "end": null})), "/end");
    assert_eq!(wrong("resume", json!({"reference": "2022-08", "rows": [5]})), "/rows/0");
    let flagged = json!({"reference": "2022-08", "rows": [{"start": "2020-01", "community": 1}]});
    assert_eq!(wrong("resume", flagged), "/rows/0/community");
}

#[test]
fn the_day_and_the_calendar_can_be_given() {
    // Born on 2 January 2100.
    let number = b"\"310101209901019991\"\n";
    let args = ["check", "resident-id", "--now", "2100-01-01T00:00:00+08:00"];
    assert!(run(&args, number).out.starts_with("{\"ok\":true"));
    let dir = tempfile::TempDir::new().unwrap();
    let calendar = dir.path().join("calendar.json");
    std::fs::write(&calendar, r#"{"2022": {"holidays": ["2022-08-15"], "workdays": []}}"#).unwrap();
    let args = ["check", "workdays", "--calendar", calendar.to_str().unwrap()];
    let answer = run(&args, b"{\"start\": \"2022-08-15\", \"end\": \"2022-08-19\"}").out;
    assert!(answer.starts_with("{\"workdays\":4"), "{answer}");
    let missing = run(&["check", "workdays", "--calendar", "nowhere.json"], b"");
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nowhere.json"));
}

/// A host that tries one standard must not be told otherwise than the verdict of a nomination.
#[test]
fn a_standard_by_itself_and_a_verdict_agree() {
    let campaign = golden::campaign("nm2022");
    let judge = Judge::new(campaign, "nm2022.worker", Arc::new(Calendar::built_in())).unwrap();
    let now = Instant::parse(NOW[1]).unwrap();
    let wrong = |key: &str, kind: Option<&Value>, number: &Value| {
        let mut json = golden::base("nm2022.worker")["answers"].clone();
        json[key] = number.clone();
        if let Some(kind) = kind {
            json["id_type"] = kind.clone();
        }
        let answers: Answers = serde_json::from_value(json).unwrap();
        let verdict = judge.judge(&Given { answers: &answers, attachments: &[], now });
        let path = format!("/answers/{key}");
        let mut found = verdict.problems.iter().filter(|problem| problem.path == path);
        found.any(|problem| problem.code != Code::Unlikely)
    };
    let documents = fixture("tests/fixtures/standards", "id-documents");
    let questions: Vec<_> =
        documents.iter().map(|it| json!({"type": it["kind"], "number": it["number"]})).collect();
    for (case, answer) in questions.iter().zip(answers("id-document", &questions)) {
        let judged = !wrong("id_number", Some(&case["type"]), &case["number"]);
        let unlisted = case["type"] == "临时居民身份证" || answer["code"] == "unknown-kind";
        assert!(unlisted || answer["ok"] == judged, "{case}");
    }
    for (kind, key) in [("resident-id", "id_number"), ("phone", "phone")] {
        let cases = fixture("tests/fixtures/check", kind);
        let cases: Vec<_> = cases
            .iter()
            .map(|case| case["in"].clone())
            .filter(|number| number != "" && number != "400-810-1234")
            .collect();
        for (number, answer) in cases.iter().zip(answers(kind, &cases)) {
            assert_eq!(answer["ok"], !wrong(key, None, number), "{number}");
        }
    }
}
