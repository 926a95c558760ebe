//! `nomination diff`: each change of a campaign with what it does to drafts.

use std::fs;

use nomination_form::{
    campaign::{Campaign, MAX_BYTES},
    diff::{
        Change,
        Effect::{self, AsksAgain, Drops, JudgesDifferently, Safe},
        diff,
    },
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    command::run,
    golden::{self, files},
};

fn every_kind() -> Value {
    serde_json::from_slice(&files::one("tests/fixtures/campaigns", "every-kind")).unwrap()
}

fn parse(json: &Value) -> Result<Campaign, Vec<nomination_form::campaign::Fault>> {
    Campaign::parse(json.to_string().as_bytes())
}

/// What is said of an edition of higher revision that `edit` was done to.
fn changes(edit: impl FnOnce(&mut Value)) -> Vec<Change> {
    let old = every_kind();
    let mut new = old.clone();
    new["revision"] = json!(3);
    edit(&mut new);
    let new = parse(&new).unwrap_or_else(|faults| panic!("{faults:?}"));
    diff(&parse(&old).unwrap(), &new)
}

/// The pointer of a question.
fn at(key: &str) -> String {
    let json = every_kind();
    let fields = json.pointer("/tracks/0/sections/0/fields").unwrap().as_array().unwrap();
    let at = fields.iter().position(|field| field["key"] == key).unwrap();
    format!("/tracks/0/sections/0/fields/{at}")
}

/// The pointer of a rule's settings.
fn rule(id: &str) -> String {
    let json = every_kind();
    let rules = json.pointer("/tracks/0/rules").unwrap().as_array().unwrap();
    format!("/tracks/0/rules/{}", rules.iter().position(|rule| rule["id"] == id).unwrap())
}

/// Sets one thing; everything that is then said.
#[track_caller]
fn check(pointer: &str, value: Value, expected: &[(Effect, &str, &str)]) {
    let changes = changes(|json| golden::set(json, pointer, value));
    let said: Vec<_> = changes.iter().map(|it| (it.effect, it.code, it.path.as_str())).collect();
    assert_eq!(said, expected, "{pointer}");
}

/// Removes an item of a list; everything that is then said.
#[track_caller]
fn check_without(list: &str, item: usize, expected: &[(Effect, &str, &str)]) {
    let changes = changes(|json| {
        json.pointer_mut(list).unwrap().as_array_mut().unwrap().remove(item);
    });
    let said: Vec<_> = changes.iter().map(|it| (it.effect, it.code, it.path.as_str())).collect();
    assert_eq!(said, expected, "{list}");
}

#[test]
fn questions_come_and_go() {
    let fields = "/tracks/0/sections/0/fields";
    let added = |required: bool| json!({"key": "more", "label": "又一问", "type": "date", "source": "inferred", "required": required});
    check(&format!("{fields}/-"), added(true), &[(AsksAgain, "field-added", "more")]);
    check(&format!("{fields}/-"), added(false), &[(Safe, "field-added", "more")]);
    let index = |key: &str| at(key).rsplit_once('/').unwrap().1.parse().unwrap();
    check_without(fields, index("peoples"), &[(Drops, "field-removed", "peoples")]);
    check_without(fields, index("film"), &[(Drops, "field-removed", "film")]);
    let columns = format!("{}/type/rows/fields", at("resume"));
    check_without(&columns, 5, &[(Drops, "field-removed", "resume.post")]);
    let columns = format!("{}/type/matrix/fields", at("opinions"));
    check_without(&columns, 1, &[(Drops, "field-removed", "opinions.date")]);
    let entries = format!("{}/type/matrix/entries", at("opinions"));
    check_without(&entries, 1, &[(Drops, "entry-removed", "opinions.税务部门")]);
    let entry = json!({"key": "环保部门"});
    check(&format!("{entries}/-"), entry, &[(AsksAgain, "entry-added", "opinions.环保部门")]);
    let section = json!({"id": "more", "title": "又一部分", "fields": [added(false)]});
    check(
        "/tracks/0/sections/-",
        section,
        &[(Safe, "section-added", "section:more"), (Safe, "field-added", "more")],
    );
    let moved = changes(|json| {
        let fields = json.pointer_mut(fields).unwrap().as_array_mut().unwrap();
        let last = fields.pop().unwrap();
        let section = json!({"id": "files", "title": "材料", "fields": [last]});
        golden::set(json, "/tracks/0/sections/-", section);
    });
    assert_eq!(
        (moved[1].effect, moved[1].code, moved[1].path.as_str()),
        (Safe, "field-moved", "copy")
    );
    assert_eq!(moved.len(), 2);
}

#[test]
fn what_a_question_asks_for_changes() {
    let label = |key: &str| format!("{}/label", at(key));
    check(&label("name"), json!("全名"), &[(Safe, "label-changed", "name")]);
    check(&format!("{}/help", at("name")), json!("写名字"), &[(Safe, "wording-changed", "name")]);
    let required = |key: &str| format!("{}/required", at(key));
    check(&required("nick"), json!(true), &[(AsksAgain, "required-changed", "nick")]);
    check(&required("name"), json!(false), &[(Safe, "required-changed", "name")]);
    check(&required("share"), json!(true), &[(AsksAgain, "required-changed", "share")]);
    check(&required("name"), json!({"var": "agree"}), &[(Safe, "required-changed", "name")]);
    let missing = format!("{}/missing", at("name"));
    check(&missing, json!("warn"), &[(JudgesDifferently, "missing-changed", "name")]);
    let visible = |key: &str| format!("{}/visible", at(key));
    let agree = json!({"var": "agree"});
    check(&visible("phone"), agree.clone(), &[(JudgesDifferently, "visible-changed", "phone")]);
    check(&visible("brief"), agree, &[(AsksAgain, "visible-changed", "brief")]);
    check(&visible("brief"), Value::Null, &[(AsksAgain, "visible-changed", "brief")]);
}

#[test]
fn a_kind_changes_as_its_answers_are_carried_over() {
    let kind = |key: &str, kind: Value, effect: Effect| {
        check(&format!("{}/type", at(key)), kind, &[(effect, "kind-changed", key)]);
    };
    kind("nick", json!({"essay": {}}), Safe);
    kind("founded", json!({"text": {}}), Safe);
    kind("obituary", json!({"month": {}}), Drops);
    kind("top", json!("phone"), Drops);
    kind("uscc", json!({"text": {}}), Safe);
    kind("uscc", json!("id_number"), AsksAgain);
    kind("founded", json!("date"), AsksAgain);
    kind("peoples", json!({"choice": {"codes": "ethnicity"}}), Drops);
    check(
        &format!("{}/type/group/fields/2/type", at("posthumous")),
        json!({"choices": {"options": ["因公殉职", "其他"]}}),
        &[(Safe, "kind-changed", "posthumous.cause")],
    );
    kind("letter", json!({"photo": {"formats": ["jpeg"]}}), JudgesDifferently);
    kind("letter", json!({"text": {}}), Drops);
    check(
        &format!("{}/type/rows/fields/2/type", at("resume")),
        json!({"choice": {"options": ["甲", "乙"]}}),
        &[(Drops, "kind-changed", "resume.org")],
    );
}

#[test]
fn choices_change() {
    let options = format!("{}/type/choice/options", at("rank"));
    check_without(&options, 2, &[(Drops, "option-removed", "rank")]);
    check(&format!("{options}/-"), json!("国家级"), &[(Safe, "option-added", "rank")]);
    let renamed = json!({"value": "县级", "label": "县（市、区）级"});
    check(&format!("{options}/0"), renamed, &[(Safe, "option-label-changed", "rank")]);
    let closed = json!({"value": "县级", "when": {"var": "agree"}});
    check(
        &format!("{options}/0"),
        closed,
        &[(JudgesDifferently, "option-condition-changed", "rank")],
    );
    let also = format!("{}/type/choice/also", at("kind"));
    check(&also, json!([]), &[(Drops, "option-removed", "kind")]);
    let codes = format!("{}/type/choices/codes", at("peoples"));
    check(&codes, json!("political"), &[(Drops, "codes-changed", "peoples")]);
    let unit = format!("{}/type/number/unit", at("share"));
    check(&unit, json!("‰"), &[(AsksAgain, "unit-changed", "share")]);
}

#[test]
fn limits_are_tightened_and_loosened() {
    let limit = |at: String, value: Value, code: &str, path: &str| {
        check(&at, value, &[(JudgesDifferently, code, path)]);
    };
    let (tighter, looser, other) = ("limit-tightened", "limit-loosened", "limit-changed");
    let share = format!("{}/type/number", at("share"));
    limit(format!("{share}/max"), json!(90), tighter, "share");
    limit(format!("{share}/max"), Value::Null, looser, "share");
    limit(format!("{share}/min"), json!(-1), looser, "share");
    limit(format!("{share}/whole"), json!(true), tighter, "share");
    let resume = format!("{}/type/rows", at("resume"));
    limit(format!("{resume}/max"), json!(3), tighter, "resume");
    limit(format!("{resume}/min"), json!(2), tighter, "resume");
    limit(format!("{}/type/text/max_chars", at("nick")), json!(9), looser, "nick");
    limit(format!("{}/type/choices/max", at("fields")), json!(1), tighter, "fields");
    let film = format!("{}/type/file", at("film"));
    limit(format!("{film}/formats"), json!(["mp4", "m4a"]), looser, "film");
    limit(format!("{film}/formats"), json!(["m4a"]), other, "film");
    limit(format!("{film}/max_bytes"), json!(999), tighter, "film");
    limit(format!("{film}/max_files"), json!(3), looser, "film");
    limit(format!("{film}/min_seconds"), Value::Null, looser, "film");
    limit(format!("{film}/file_name"), json!([]), looser, "film");
    let photo = format!("{}/type/photo", at("photo"));
    limit(format!("{photo}/background"), json!(["blue", "red"]), looser, "photo");
    limit(format!("{photo}/exact"), json!([413, 579]), other, "photo");
    let copy = changes(|json| {
        golden::set(json, &format!("{}/required", at("copy")), json!(true));
        golden::set(json, &format!("{}/type/file/per_row", at("copy")), json!("resume"));
    });
    let said: Vec<_> = copy.iter().map(|it| (it.effect, it.code)).collect();
    assert_eq!(said, [(AsksAgain, "required-changed"), (Drops, "per-row-changed")]);
    let caption = format!("{}/type/file/caption", at("letter"));
    check(&caption, json!(true), &[(AsksAgain, "caption-changed", "letter")]);
}

#[test]
fn rules_are_tightened_and_loosened() {
    let setting = |id: &str, setting: &str, value: Value, code: &str| {
        let path = format!("rule:{id}");
        check(
            &format!("{}/{setting}", rule(id)),
            value,
            &[(JudgesDifferently, code, path.as_str())],
        );
    };
    let (tighter, looser, other) = ("rule-tightened", "rule-loosened", "rule-changed");
    setting("len.deeds", "check/length/max", json!(10), tighter);
    setting("len.deeds", "check/length/max", json!(30), looser);
    setting("len.deeds", "check/length/unit", json!("word"), other);
    setting("len.brief", "check/length/approx/target", json!(20), other);
    setting("len.deeds", "severity", json!("warn"), looser);
    setting("len.brief", "severity", json!("error"), tighter);
    setting("declared.some", "when", Value::Null, tighter);
    setting("declared", "when", json!({"var": "agree"}), looser);
    setting("years", "check/tenure/min_months", json!(24), tighter);
    setting("notice", "check/notice/min_workdays", json!(3), looser);
    setting("notice", "check/notice/count_first_day", json!(true), looser);
    setting("grades", "check/grades/years", json!([2020, 2021]), tighter);
    setting("grades", "check/grades/pass", json!(["合格", "优秀"]), looser);
    setting("late", "check/late/last_day", json!("2022-08-19"), tighter);
    setting("late", "check/late/time", json!("18:00"), looser);
    setting("early", "check/early/time", json!("10:00"), tighter);
    setting("early", "check/early/first_day", json!("2021-12-31"), looser);
    setting("phone", "check/phone/service_numbers", json!(false), tighter);
    setting("late", "check", json!({"early": {}}), other);
    let first = format!("{}/check/first_row/asked", rule("first"));
    check(&first, json!("中学"), &[(Safe, "wording-changed", "rule:first")]);
    let message = format!("{}/message", rule("note"));
    check(&message, json!("另一句"), &[(Safe, "wording-changed", "rule:note")]);
    let index = rule("distinct").rsplit_once('/').unwrap().1.parse().unwrap();
    check_without(
        "/tracks/0/rules",
        index,
        &[(JudgesDifferently, "rule-removed", "rule:distinct")],
    );
    let more = json!({"id": "len.deeds", "severity": "warn", "source": "inferred", "check": {"length": {"field": "deeds", "max": 9, "unit": "word"}}});
    check("/tracks/0/rules/-", more, &[(JudgesDifferently, "rule-added", "rule:len.deeds")]);
}

#[test]
fn the_head_and_the_tracks_change() {
    check("/id", json!("other"), &[(Drops, "campaign-id-changed", "id")]);
    check("/deadline", json!("2022-08-21"), &[(JudgesDifferently, "deadline-later", "deadline")]);
    check("/deadline", json!("2022-08-19"), &[(JudgesDifferently, "deadline-earlier", "deadline")]);
    check("/opens", Value::Null, &[(JudgesDifferently, "opens-changed", "opens")]);
    let reference = (JudgesDifferently, "reference-date-changed", "reference_date");
    check("/reference_date", json!("2022-08-21"), &[reference]);
    check("/title", json!("别的名称"), &[(Safe, "wording-changed", "title")]);
    check("/tracks/0/gates", json!([]), &[(Safe, "gate-removed", "gate:secret")]);
    let gate = json!({"field": "kind", "stops_at": "乙", "message": "停"});
    check("/tracks/0/gates/-", gate, &[(Drops, "gate-added", "gate:kind")]);
    check("/tracks/0/gates/0/stops_at", json!(false), &[(Drops, "gate-changed", "gate:secret")]);
    check("/tracks/0/batch/unit", json!("rank"), &[(Safe, "batch-changed", "batch")]);
    check("/tracks/0/form/1/name", json!("附件5"), &[(JudgesDifferently, "form-changed", "form")]);
    let renamed = changes(|json| golden::set(json, "/tracks/0/id", json!("every-kind.two")));
    let said: Vec<_> =
        renamed.iter().map(|it| (it.effect, it.code, it.track.as_deref().unwrap())).collect();
    let removed = (Drops, "track-removed", "every-kind.one");
    assert_eq!(said, [removed, (Safe, "track-added", "every-kind.two")]);
}

#[test]
fn an_edition_that_keeps_its_number_is_told() {
    let keeps = |revision: u32| {
        changes(|json| {
            golden::set(json, "/title", json!("别的名称"));
            golden::set(json, "/revision", json!(revision));
        })
    };
    assert_eq!(keeps(3).len(), 1);
    for revision in [1, 2] {
        let last = keeps(revision).pop().unwrap();
        assert_eq!((last.effect, last.code), (AsksAgain, "revision-not-raised"));
    }
    // A number alone is no change, unless it goes down.
    assert_eq!(changes(|_| {}), []);
    assert_eq!(changes(|json| golden::set(json, "/revision", json!(2))), []);
    assert_eq!(changes(|json| golden::set(json, "/revision", json!(1))).len(), 1);
}

/// Everything in the file, with another value or taken away.
fn others(json: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    let mut put = |value: Value| found.push((pointer.to_owned(), value));
    match json {
        Value::Bool(yes) => put(json!(!yes)),
        Value::Number(number) => put(json!(number.as_f64().unwrap() + 1.0)),
        Value::String(words) => {
            put(json!(format!("{words}又")));
            if words.contains("-0") {
                put(json!("2022-08-19"));
            }
            if words == "error" {
                put(json!("warn"));
            }
        }
        Value::Array(items) => {
            put(json!(items[..items.len().saturating_sub(1)]));
            let mut turned = items.clone();
            turned.reverse();
            put(json!(turned));
            for (i, item) in items.iter().enumerate() {
                others(item, &format!("{pointer}/{i}"), found);
            }
        }
        Value::Object(map) => {
            for (key, part) in map {
                let mut less = map.clone();
                less.remove(key);
                found.push((pointer.to_owned(), json!(less)));
                // These are compared as a whole.
                let whole = ["batch", "print", "computed", "visible", "when", "that", "source"];
                if !whole.contains(&key.as_str()) {
                    others(part, &format!("{pointer}/{key}"), found);
                }
            }
        }
        Value::Null => {}
    }
}

#[test]
fn no_change_goes_unsaid() {
    let json = every_kind();
    let old = parse(&json).unwrap();
    let mut edits = Vec::new();
    others(&json, "", &mut edits);
    let mut seen = 0;
    // Every other one: reading the file so often is what takes the time.
    for (pointer, value) in edits.iter().filter(|(pointer, _)| !pointer.is_empty()).step_by(2) {
        let mut edited = json.clone();
        golden::set(&mut edited, pointer, value.clone());
        let Ok(mut new) = parse(&edited) else { continue };
        new.revision = old.revision;
        if new == old {
            continue;
        }
        new.revision += 1;
        let changes = diff(&old, &new);
        assert!(!changes.is_empty(), "{pointer}: {value}");
        for Change { message, .. } in &changes {
            let is_plain = !message.ends_with(['。', '，', '；']) && !message.contains("  ");
            assert!(is_plain && message.contains(['，', '；']), "{message}");
        }
        seen += 1;
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn the_status_and_the_lines_fit_a_build_server() {
    let dir = TempDir::new().unwrap();
    let file = |name: &str, json: &Value| {
        let path = dir.path().join(name);
        fs::write(&path, json.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut json = every_kind();
    let old = file("old.json", &json);
    json["revision"] = json!(3);
    json["title"] = json!("别的名称");
    let safe = file("safe.json", &json);
    json["id"] = json!("other");
    let drops = file("drops.json", &json);
    json["titel"] = json!(1);
    let faulty = file("faulty.json", &json);
    let huge = file("huge.json", &json!(" ".repeat(MAX_BYTES)));

    let same = run(&["diff", &old, &old], b"");
    assert_eq!((same.status, same.out.as_str(), same.err.as_str()), (0, "", ""));
    let ran = run(&["diff", &old, &safe], b"");
    let line: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.status, 0);
    assert_eq!(
        line,
        json!({"effect": "safe", "track": null, "path": "title", "code": "wording-changed", "message": "改了评选名称，草稿不受影响"})
    );
    let ran = run(&["diff", &old, &drops], b"");
    assert_eq!((ran.status, ran.out.lines().count()), (1, 2));
    let ran = run(&["diff", &old, &faulty], b"");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("/titel"), "{}", ran.err);
    assert_eq!(run(&["diff", &old, "nowhere.json"], b"").status, 2);
    assert_eq!(run(&["diff", &old, &huge], b"").status, 2);
    assert_eq!(run(&["diff", "-", &safe], every_kind().to_string().as_bytes()).status, 0);
    assert_eq!(run(&["diff", &old], b"").status, 2);
}
