//! Judging as a whole: its parts add up, its cost is bounded, and nobody's answers come out.

use std::sync::Arc;

use nomination_form::{
    answers::Answers,
    campaign::{Campaign, RuleKind},
    rules::{Given, Judge},
    standards::{Calendar, Instant},
    submission::Submission,
};
use serde_json::{Value, json};

use crate::golden;

fn given(submission: &Submission, now: Instant) -> Given<'_> {
    Given { answers: &submission.answers, attachments: &submission.attachments, now }
}

fn base() -> (Submission, Instant) {
    golden::nomination(&json!({"base": "nm2022.worker"}))
}

#[test]
fn judging_is_running_every_check() {
    for (name, case) in golden::cases() {
        let (submission, now) = golden::nomination(&case);
        let (judge, given) = (golden::judge(&submission), given(&submission, now));
        let one_by_one: Vec<_> =
            (0..judge.checks()).flat_map(|check| judge.run(check, &given)).collect();
        assert_eq!(judge.judge(&given).problems, one_by_one, "{name}");
        assert!(judge.run(judge.checks(), &given).is_empty());
    }
}

/// After one answer has changed, running the checks that depend on it must be enough.
#[test]
fn what_does_not_depend_on_an_answer_does_not_change_with_it() {
    let (base, now) = base();
    let judge = golden::judge(&base);
    let run = |submission: &Submission, check| judge.run(check, &given(submission, now));
    let before: Vec<_> = (0..judge.checks()).map(|check| run(&base, check)).collect();
    for (name, case) in golden::cases() {
        let (changed, at) = golden::nomination(&case);
        let keys: Vec<_> = judge
            .track()
            .fields()
            .map(|field| field.key.as_str())
            .filter(|key| changed.answers.get(key) != base.answers.get(key))
            .collect();
        if at != now || changed.attachments != base.attachments {
            continue;
        }
        let unknown_keys = judge.checks() - 2;
        for check in (0..judge.checks()).filter(|check| *check != unknown_keys) {
            let depends = keys.iter().any(|key| judge.depending_on(key).contains(&check));
            assert!(depends || run(&changed, check) == before[check], "{name}: check {check}");
        }
    }
}

#[test]
fn an_answer_is_read_by_its_own_checks_and_by_those_that_compare_with_it() {
    let judge = golden::judge(&base().0);
    let (submission, now) = golden::nomination(&json!({
        "base": "nm2022.worker", "patch": {"answers": {"id_number": "310000197001010011"}}
    }));
    let rules = |key: &str| -> Vec<String> {
        let checks = judge.depending_on(key).iter();
        checks
            .flat_map(|check| judge.run(*check, &given(&submission, now)))
            .map(|found| found.rule)
            .collect()
    };
    assert_eq!(rules("id_number"), ["id.sex", "id.birth"]);
    assert_eq!(rules("id_type"), ["id.sex", "id.birth"]);
    assert_eq!(rules("name"), Vec::<String>::new());
    assert!(judge.depending_on("nobody").is_empty());
}

#[test]
fn a_field_is_shown_by_the_answer_its_condition_reads() {
    let (mut submission, now) = base();
    let judge = golden::judge(&submission);
    assert_eq!(judge.shown_by("no_senior_high"), ["no_senior_high_reason"]);
    assert!(!judge.visible("no_senior_high_reason", &given(&submission, now)));
    submission.answers.set("no_senior_high", Some(json!(true)));
    assert!(judge.visible("no_senior_high_reason", &given(&submission, now)));
    assert!(judge.required("no_senior_high_reason", &given(&submission, now)));
    assert!(judge.column_visible("resume", "stage", &json!({"kind": "study"})));
    assert!(!judge.column_visible("resume", "stage", &json!({"kind": "work"})));
    assert!(judge.column_required("resume", "start", &json!({})));
    assert!(!judge.column_required("resume", "end", &json!({})));
}

#[test]
fn the_counter_shows_the_figure_that_is_judged() {
    let (submission, now) = base();
    let judge = golden::judge(&submission);
    let whole = given(&submission, now);
    assert_eq!(judge.counter("deeds", &whole).and_then(|rule| rule.max), Some(3000));
    assert_eq!(judge.counter("name", &whole), None);
    let computed = judge.computed(&given(&submission, now));
    assert_eq!(computed["community_months"], 167);
    assert_eq!(judge.computed_one("community_months", &given(&submission, now)), Some(167.0));
    assert_eq!(computed["counts"]["deeds"], judge.count("deeds", &whole).unwrap());
    assert_eq!(judge.count("resume", &whole), Some(36));
    let nothing = Answers::default();
    assert_eq!(judge.count("resume", &Given { answers: &nothing, ..whole }), Some(0));
    let lines = judge.lines("resume", &submission.answers);
    assert_eq!(lines[0], "2001.09—2004.06  某市第一中学  学生");
    assert_eq!(lines[2], "2008.09—至今  某社区居民委员会  委员、主任");
}

/// Every text of the base nomination, and whether it may be found in what is said about it.
#[test]
fn no_answer_is_repeated() {
    for (name, case) in golden::cases() {
        let (submission, now) = golden::nomination(&case);
        let judge = golden::judge(&submission);
        let said = serde_json::to_string(&judge.judge(&given(&submission, now)).problems).unwrap();
        for key in ["name", "phone", "id_number", "position", "workplace", "deeds"] {
            let Some(text) = submission.answers.get(key).and_then(Value::as_str) else { continue };
            assert!(text.trim().is_empty() || !said.contains(text), "{name}: {key}");
        }
    }
}

#[test]
fn answers_of_any_shape_are_judged() {
    let (base, now) = base();
    let judge = golden::judge(&base);
    let odd = [
        json!(null),
        json!(true),
        json!(-1e300),
        json!(""),
        json!("至今"),
        json!("\u{0}\u{202E}🇨🇳"),
        json!([]),
        json!([[]]),
        json!([null, 5, {"start": 5, "end": []}]),
        json!({}),
        json!({"code": {}}),
        json!({"code": "1", "name": 5}),
        json!([{"start": "9999-12", "end": "0001-01", "community": true}]),
        json!([{"start": "0001-01-01", "end": "9999-12-31"}]),
        json!("长".repeat(100_000)),
    ];
    let keys: Vec<_> = judge.track().fields().map(|field| field.key.clone()).collect();
    for value in &odd {
        for key in &keys {
            let mut submission = base.clone();
            submission.answers.set(key, Some(value.clone()));
            judge.judge(&given(&submission, now));
            judge.computed(&given(&submission, now));
            judge.count(key, &given(&submission, now));
        }
    }
}

#[test]
fn a_flood_of_rows_or_keys_is_one_finding_and_not_a_flood() {
    let (mut submission, now) = base();
    let judge = golden::judge(&submission);
    submission.answers.set("resume", Some(json!(vec![json!(1); 200_000])));
    for i in 0..10_000 {
        submission.answers.0.insert(format!("x{i}"), json!(1));
    }
    let found = judge.judge(&given(&submission, now)).problems;
    assert!(found.len() < 200, "{}", found.len());
}

#[test]
fn the_shipped_campaign_is_without_faults_and_every_rule_has_its_clause() {
    let campaign = golden::campaign("nm2022");
    for track in &campaign.tracks {
        for rule in &track.rules {
            assert!(rule.cite().is_some_and(|cite| !cite.clause.is_empty()), "{}", rule.id);
        }
    }
    assert!(campaign.tracks[0].rules.iter().any(|rule| matches!(rule.check, RuleKind::Late(_))));
}

#[test]
fn there_is_no_judge_for_a_track_that_is_not_there() {
    let calendar = Arc::new(Calendar::built_in());
    assert!(Judge::new(golden::campaign("nm2022"), "nm2022.nobody", calendar).is_none());
}

/// What a key takes in time is for `cargo bench` to say; here, what is looked at for it.
#[test]
fn a_key_looks_at_as_many_checks_in_a_form_of_ten_fields_as_of_two_thousand() {
    let form = |fields: usize| {
        let fields: Vec<_> = (0..fields)
            .map(|i| json!({"key": format!("f{i}"), "label": "项", "type": {"text": {}}, "required": true, "source": "inferred"}))
            .collect();
        let json = json!({
            "format": "campaign/1", "id": "wide", "revision": 1, "title": "宽", "reference_date": "2022-08-20",
            "deadline": "2022-08-20",
            "tracks": [{"id": "wide", "title": "宽", "form": "1", "sections": [{"id": "s", "title": "节", "fields": fields}]}]
        });
        let campaign = Arc::new(Campaign::parse(json.to_string().as_bytes()).unwrap());
        Judge::new(campaign, "wide", Arc::new(Calendar::built_in())).unwrap()
    };
    let (narrow, wide) = (form(10), form(2_000));
    assert_eq!(narrow.depending_on("f5").len(), 1);
    assert_eq!(wide.depending_on("f5").len(), 1);
    assert_eq!(wide.shown_by("f5").len(), narrow.shown_by("f5").len());
}
