//! A campaign that nobody wrote code for: what other notices ask, said in a file alone.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Attachment},
    campaign::Campaign,
    rules::{Given, Judge},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};

use crate::golden::{files, set};

const NOW: &str = "2025-09-10T10:00:00+08:00";

fn judge(track: &str) -> Judge {
    let bytes = files::one("tests/fixtures/campaigns", "fourth");
    let campaign = Campaign::parse(&bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
    Judge::new(Arc::new(campaign), track, Arc::new(Calendar::built_in())).unwrap()
}

fn person() -> Value {
    json!({
        "name": "王某", "sex": "1", "id_number": "220000199202290037", "category": "一线",
        "skills": ["电工", "焊工"], "deeds": "十年如一日守在岗位上",
        "posts": [{"start": "2020-01", "end": "2021-12", "post": "甲岗"}, {"start": "2023-01", "post": "乙岗"}],
        "honours": [{"date": "2022-05-01", "level": "省级", "issuer": "省总工会", "title": "劳动奖章"}],
        "income": [{"year": 2022, "total": 50, "own": 20}, {"year": 2024, "total": 100, "own": 70}],
        "notice": [
            {"level": "单位", "start": "2025-09-01", "end": "2025-09-05"},
            {"level": "市", "start": "2025-09-01", "end": "2025-09-09"},
        ],
    })
}

fn team() -> Value {
    json!({
        "team_name": "某班", "leader_id": "220000199202290037", "village": true,
        "members": [
            {"name": "甲", "sex": "1", "id_number": "220000199202290037", "degree": "20"},
            {"name": "乙", "sex": "2", "id_number": "150000198512310029", "phone": "13800138000"},
            {"name": "丙", "sex": "2", "id_number": "150000198512310029"},
        ],
    })
}

#[track_caller]
fn check(
    track: &str,
    base: &Value,
    sets: &[(&str, Value)],
    slots: &[&str],
    now: &str,
    wanted: &[&str],
) {
    let mut json = base.clone();
    for (pointer, value) in sets {
        set(&mut json, pointer, value.clone());
    }
    let answers: Answers = serde_json::from_value(json).unwrap();
    let file = |slot: &&str| Attachment {
        slot: (*slot).to_owned(),
        bytes: 1000,
        format: "pdf".to_owned(),
        ..Attachment::default()
    };
    let attachments: Vec<_> = slots.iter().map(file).collect();
    let now = Instant::parse(now).unwrap();
    let verdict = judge(track).judge(&Given { answers: &answers, attachments: &attachments, now });
    let found: Vec<_> = verdict
        .problems
        .iter()
        .map(|found| format!("{} {} {:?}", found.rule, found.path, found.severity).to_lowercase())
        .collect();
    assert_eq!(found, wanted, "{sets:?}");
}

#[track_caller]
fn of_person(sets: &[(&str, Value)], wanted: &[&str]) {
    check("fourth.person", &person(), sets, &["own_proof"], NOW, wanted);
}

#[track_caller]
fn of_team(sets: &[(&str, Value)], wanted: &[&str]) {
    check("fourth.team", &team(), sets, &[], NOW, wanted);
}

#[test]
fn complete_nominations_have_nothing_to_object_to() {
    of_person(&[], &[]);
    of_team(&[], &[]);
}

#[test]
fn an_age_is_taken_at_the_reference_date_and_may_be_excused() {
    // 45 until the day before the birthday, 46 on it.
    of_person(&[("/id_number", json!("310000197910010019"))], &[]);
    let old = ("/id_number", json!("310000197909300019"));
    of_person(std::slice::from_ref(&old), &["age /answers/id_number error"]);
    of_person(&[old, ("/age_reason", json!("特殊技能"))], &["age /answers/id_number warn"]);
}

#[test]
fn sex_may_be_a_preference() {
    of_person(&[("/sex", json!("2"))], &["women /answers/sex info"]);
}

#[test]
fn one_post_unbroken_and_all_posts_together_are_different_sums() {
    let posts = |second: &str| json!([{"start": "2020-01", "end": "2022-02", "post": "甲岗"}, {"start": second, "post": "乙岗"}]);
    of_person(&[("/posts", posts("2024-08"))], &[]);
    let short = json!([{"start": "2020-01", "end": "2021-12", "post": "甲岗"}, {"start": "2023-07", "post": "乙岗"}]);
    of_person(&[("/posts", short)], &["one_post /answers/posts error"]);
    let trial = json!([{"start": "2020-01", "end": "2021-12", "post": "实习"}, {"start": "2023-01", "post": "乙岗"}]);
    of_person(&[("/posts", trial)], &["in_service /answers/posts error"]);
}

#[test]
fn honours_are_asked_by_level_issuer_and_date() {
    let date = |date: &str| ("/honours/0/date", json!(date));
    of_person(&[date("2020-10-01")], &[]);
    of_person(&[date("2020-09-30")], &["honour.needed /answers/honours error"]);
    of_person(&[("/honours/0/level", json!("县级"))], &["honour.needed /answers/honours error"]);
    let again = json!({"date": "2022-10", "level": "县级", "issuer": "县", "title": "岗位能手"});
    of_person(&[("/honours/-", again.clone())], &["honour.again /answers/honours error"]);
    let mut before = again;
    before["date"] = json!("2022-09");
    of_person(&[("/honours/-", before)], &[]);
}

#[test]
fn an_equivalent_step_of_a_scale_counts_as_the_step() {
    let manager = [("/category", json!("管理")), ("/deeds", json!("十年守岗"))];
    let with = |title: &str| [manager.as_slice(), &[("/professional", json!(title))]].concat();
    of_person(&with("副教授"), &[]);
    of_person(&with("正高级"), &[]);
    of_person(&with("中级"), &["professional /answers/professional error"]);
}

#[test]
fn several_of_a_list_with_options_for_some_only() {
    let skills = |list: Value| [("/skills", list)];
    of_person(&skills(json!(["电工", "焊工", "钳工"])), &[]);
    of_person(&skills(json!(["电工"])), &["shape:skills /answers/skills error"]);
    of_person(&skills(json!(["电工", "电工"])), &["shape:skills /answers/skills error"]);
    of_person(&skills(json!(["电工", "带班"])), &["shape:skills /answers/skills error"]);
    of_person(&skills(json!("电工")), &["shape:skills /answers/skills error"]);
    of_person(&skills(json!([])), &[]);
}

#[test]
fn one_of_two_files_and_not_both() {
    let both = ["own_proof", "unit_proof"];
    check("fourth.person", &person(), &[], &both, NOW, &["proof /answers/own_proof error"]);
    check("fourth.person", &person(), &[], &[], NOW, &["proof /answers/own_proof error"]);
    check("fourth.person", &person(), &[], &["unit_proof"], NOW, &[]);
}

#[test]
fn a_limit_may_differ_by_category_and_have_a_least() {
    of_person(&[("/deeds", json!("守岗"))], &["len.deeds /answers/deeds error"]);
    let manager = [
        ("/category", json!("管理")),
        ("/professional", json!("正高级")),
        ("/deeds", json!("十年如一日守在岗位上呢")),
    ];
    of_person(&manager, &["len.deeds /answers/deeds error"]);
}

#[test]
fn the_counter_shows_the_limit_of_the_category() {
    let judge = judge("fourth.person");
    let now = Instant::parse(NOW).unwrap();
    let limit = |category: &str| {
        let answers = serde_json::from_value(json!({"category": category})).unwrap();
        let given = Given { answers: &answers, attachments: &[], now };
        judge.counter("deeds", &given).and_then(|rule| rule.max)
    };
    assert_eq!([limit("一线"), limit("管理"), limit("")], [Some(20), Some(10), None]);
    assert_eq!(judge.shown_by("category"), ["skills", "deeds"]);
}

#[test]
fn shares_and_sums_over_rows() {
    of_person(&[("/income/1/own", json!(69.9))], &["own.share /answers/income error"]);
    of_person(
        &[("/income/1/total", json!(99)), ("/income/1/own", json!(80))],
        &["income.total /answers/income error"],
    );
    of_person(&[("/income/0/own", json!(51))], &["income.row /answers/income/0/own warn"]);
}

#[test]
fn each_level_of_notice_has_its_own_length() {
    of_person(&[("/notice/1/end", json!("2025-09-08"))], &["notice.city /answers/notice/1 error"]);
    of_person(&[("/notice/0/end", json!("2025-09-04"))], &["notice.unit /answers/notice/0 error"]);
    let one = json!([{"level": "单位", "start": "2025-09-01", "end": "2025-09-05"}]);
    of_person(&[("/notice", one)], &["notice.both /answers/notice error"]);
}

#[test]
fn handing_in_opens_and_closes_by_the_hour() {
    let at = |now: &str, wanted: &[&str]| {
        check("fourth.person", &person(), &[], &["own_proof"], now, wanted);
    };
    at("2025-09-01T08:59:59+08:00", &["early  error"]);
    at("2025-09-01T01:00:00Z", &[]);
    at("2025-09-30T17:29:59+08:00", &[]);
    at("2025-09-30T17:30:00+08:00", &["late  error"]);
}

#[test]
fn the_rows_of_a_team_are_judged_one_by_one() {
    of_team(
        &[
            ("/members/2/id_number", json!("150000198512310028")),
            ("/members/1/phone", json!("123")),
        ],
        &[
            "member.id /answers/members/2/id_number error",
            "member.phone /answers/members/1/phone error",
        ],
    );
    of_team(
        &[("/members/1/sex", json!("1")), ("/members/2/sex", json!("1"))],
        &[
            "member.sex /answers/members/1/sex error",
            "member.sex /answers/members/2/sex error",
            "women.share /answers/members error",
        ],
    );
    let few = json!([{"name": "甲", "sex": "2", "id_number": "150000198512310029"}]);
    of_team(
        &[("/members", few), ("/leader_id", json!("150000198512310029"))],
        &["shape:members /answers/members error", "several /answers/members error"],
    );
}

#[test]
fn a_row_may_be_compared_with_an_answer_of_the_form() {
    of_team(
        &[("/leader_id", json!("310000197001010011"))],
        &["leader.member /answers/leader_id error"],
    );
}
