//! What becomes of a draft's answers under another edition of its campaign, case by case.

use nomination_form::{
    answers::Answers,
    campaign::{BASE_LANG, Campaign, Track},
    rules::carry::{Carried, carry, labels, takes_file},
    words::Words,
};
use serde_json::{Value, json};

#[allow(clippy::needless_pass_by_value)] // questions are written where they are asked
fn field(key: &str, label: &str, kind: Value) -> Value {
    json!({"key": key, "label": label, "type": kind, "source": "inferred"})
}

fn track(fields: &[Value]) -> Track {
    let campaign = json!({
        "format": "campaign/1", "id": "c", "revision": 1, "title": "题",
        "reference_date": "2022-08-20", "deadline": "2022-08-20",
        "tracks": [{
            "id": "t", "title": "题", "form": "1",
            "sections": [{"id": "s", "title": "节", "fields": fields}],
        }],
    });
    let parsed = Campaign::parse(campaign.to_string().as_bytes());
    parsed.unwrap_or_else(|faults| panic!("{faults:?}")).tracks.remove(0)
}

/// Carries the answers of a form of these fields over to another.
fn carried(old: &[Value], answers: Value, new: &[Value]) -> Carried {
    let (old, new) = (track(old), track(new));
    let answers: Answers = serde_json::from_value(answers).unwrap();
    carry(&new, &answers, &labels(&old, &answers, BASE_LANG), Words::base())
}

/// An answer to one question that becomes a question of another kind: what is kept and what is left.
#[track_caller]
#[allow(clippy::needless_pass_by_value)]
fn check(old: Value, new: Value, answer: Value, kept: Value, left: &str) {
    let filler = field("filler", "另一问", json!("date"));
    let question = |kind| [field("asked", "问题", kind), filler.clone()];
    let carried = carried(&question(old), json!({ "asked": answer }), &question(new));
    let now = carried.answers.get("asked").cloned().unwrap_or_default();
    let texts: Vec<_> = carried.left_over.iter().map(|left| left.text.as_str()).collect();
    assert_eq!((now, texts.join("|").as_str()), (kept, left));
}

#[test]
fn what_was_typed_stays_where_it_can_be_typed() {
    let (text, essay, month) = (json!({"text": {}}), json!({"essay": {}}), json!({"month": {}}));
    let number = json!({"number": {}});
    check(text.clone(), essay.clone(), json!("一句话"), json!("一句话"), "");
    check(essay.clone(), text.clone(), json!("一句话"), json!("一句话"), "");
    check(month.clone(), month.clone(), json!("85年夏天"), json!("85年夏天"), "");
    check(month.clone(), json!("date"), json!("1985-06"), json!("1985-06"), "");
    check(text.clone(), number.clone(), json!("12"), json!(12), "");
    check(text.clone(), number.clone(), json!("1.5"), json!(1.5), "");
    check(text.clone(), number.clone(), json!("012"), json!("012"), "");
    check(number, text.clone(), json!(12), json!("12"), "");
    // A box of one line has no room for two, nor one for a figure for a story.
    check(essay, text.clone(), json!("一\n二"), Value::Null, "一\n二");
    let story = "字".repeat(51);
    check(text, month, json!(story), Value::Null, &story);
}

#[test]
fn a_choice_stays_while_it_is_offered() {
    let options = |options: Value| json!({"choice": { "options": options }});
    let several = |options: Value| json!({"choices": { "options": options }});
    let old = options(json!(["甲", {"value": "b", "label": "乙类"}]));
    let when = json!({"==": [{"var": "filler"}, "2022-01-01"]});
    let now = options(json!([{"value": "甲", "label": "甲类", "when": when}]));
    check(old.clone(), now.clone(), json!("甲"), json!("甲"), "");
    check(old.clone(), now, json!("b"), Value::Null, "乙类");
    let also = json!({"choice": {"options": ["丙", "丁"], "also": ["甲"]}});
    check(old.clone(), also, json!("甲"), json!("甲"), "");
    check(old.clone(), several(json!(["甲", "丙"])), json!("甲"), json!(["甲"]), "");
    check(several(json!(["甲", "丙"])), old.clone(), json!(["甲"]), json!("甲"), "");
    check(several(json!(["甲", "丙"])), old.clone(), json!(["甲", "丙"]), Value::Null, "甲、丙");
    let fewer = several(json!(["丙"]));
    check(several(json!(["甲", "丙"])), fewer, json!(["甲", "丙"]), json!(["丙"]), "甲");
    check(old, json!({"text": {}}), json!("b"), json!("乙类"), "");
}

/// 01 is 汉族 in one table and 中共党员 in another.
#[test]
fn a_code_stays_while_it_means_the_same() {
    let table = |name: &str| json!({"choice": { "codes": name }});
    let han = json!({"code": "01", "name": "汉族"});
    check(table("ethnicity"), table("ethnicity"), han.clone(), han.clone(), "");
    check(table("ethnicity"), table("political"), han, Value::Null, "汉族");
    check(table("ethnicity"), table("political"), json!("01"), Value::Null, "汉族");
    let degree = json!({"code": "20", "name": "大学本科教育"});
    check(table("education"), table("education_full"), degree.clone(), degree, "");
    check(table("sex"), json!({"yes_no": {}}), json!("2"), Value::Null, "女");
}

#[test]
fn yes_and_no_are_left_over_in_the_words_of_the_question() {
    let text = json!({"text": {}});
    check(json!({"yes_no": {}}), text.clone(), json!(false), Value::Null, "否");
    check(json!({"yes_no": {"yes": "有", "no": "无"}}), text, json!(true), Value::Null, "有");
}

fn resume(columns: &[Value]) -> Value {
    field("resume", "简历", json!({"rows": {"row_label": "一段经历", "max": 2, "fields": columns}}))
}

#[test]
fn rows_are_judged_cell_by_cell() {
    let start = field("start", "开始", json!({"month": {"open": true}}));
    let org = field("org", "单位", json!({"text": {}}));
    let old = [resume(&[start.clone(), org])];
    let rows = json!([
        {"org": "某校"}, {}, {"start": "2008-09", "org": "某厂"}, {"start": "从前", "org": " "},
    ]);
    let now = carried(&old, json!({ "resume": rows }), &[resume(&[start])]);
    let left: Vec<_> =
        now.left_over.iter().map(|left| [&left.path, &left.label, &left.text]).collect();
    assert_eq!(
        left,
        [["resume.0.org", "简历·第1条·单位", "某校"], ["resume.2.org", "简历·第3条·单位", "某厂"]]
    );
    // One more than there may be now: the engine says so, and nothing is taken away.
    assert_eq!(now.answers.0["resume"], json!([{}, {"start": "2008-09"}, {"start": "从前"}]));
    assert_eq!([0, 1, 2, 3].map(|row| now.row("resume", row)), [None, Some(0), Some(1), Some(2)]);
}

#[test]
fn a_question_that_is_gone_is_left_as_it_was_read() {
    let cells = [
        field("org", "单位", json!({"text": {}})),
        field("code", "代码", json!({"text": {}})),
        field("name", "姓名", json!({"text": {}})),
    ];
    let status = field("status", "意见", json!({"choice": {"options": ["无意见", "不适用"]}}));
    let why = field("why", "理由", json!({"text": {}}));
    let entries = json!([{"key": "公安部门"}, {"key": "税务", "label": "税务部门"}]);
    let old = [
        resume(&cells),
        field("works", "领域", json!({"choices": {"options": ["教育", "医疗"]}})),
        field("head", "负责人", json!({ "group": {"fields": cells} })),
        field(
            "opinions",
            "部门意见",
            json!({"matrix": {"entries": entries, "fields": [status, why]}}),
        ),
        field("since", "时间", json!({"month": {}})),
    ];
    let answers = json!({
        "resume": [{"org": "某校", "name": "甲"}, {"org": "某厂"}],
        "works": ["教育", "医疗"],
        "head": {"code": "9", "name": "乙"},
        "opinions": {"公安部门": {"status": "无意见"}, "税务": {"status": "不适用", "why": "无税"}},
        "since": "1985-06",
    });
    let now = carried(&old, answers, &[field("other", "其他", json!("date"))]);
    let left: Vec<_> =
        now.left_over.iter().map(|left| (left.label.as_str(), left.text.as_str())).collect();
    let expected = [
        ("负责人", "代码：9；姓名：乙"),
        ("部门意见", "公安部门：意见：无意见\n税务部门：意见：不适用；理由：无税"),
        ("简历", "第1条：姓名：甲；单位：某校\n第2条：单位：某厂"),
        ("时间", "1985-06"),
        ("领域", "教育、医疗"),
    ];
    assert_eq!(left, expected);
    assert_eq!(now.answers, Answers::default());
}

#[test]
fn an_entry_that_is_gone_is_left_over_by_itself() {
    let status = field("status", "意见", json!({"text": {}}));
    let matrix = |entries: Value| {
        field("opinions", "部门意见", json!({"matrix": {"entries": entries, "fields": [status]}}))
    };
    let answers = json!({"opinions": {"公安": {"status": "无"}, "税务": {"status": "有"}}});
    let (old, new) =
        (matrix(json!([{"key": "公安"}, {"key": "税务"}])), matrix(json!([{"key": "公安"}])));
    let now = carried(&[old], answers, &[new]);
    assert_eq!(now.answers.0["opinions"], json!({"公安": {"status": "无"}}));
    let left = &now.left_over[0];
    assert_eq!(
        [&left.path, &left.label, &left.text],
        ["opinions.税务", "部门意见·税务", "意见：有"]
    );
}

#[test]
fn a_file_stays_while_its_slot_is_there_for_the_same_rows() {
    let file = |settings: Value| field("proof", "证明", json!({ "file": settings }));
    let rows = resume(&[field("org", "单位", json!({"text": {}}))]);
    let plain = track(&[file(json!({"formats": ["pdf"]})), rows.clone()]);
    let by_row = track(&[file(json!({"formats": ["jpeg"], "per_row": "resume"})), rows.clone()]);
    let text = track(&[field("proof", "证明", json!({"text": {}})), rows]);
    let takes =
        |track: &Track| [None, Some("resume")].map(|table| takes_file(track, "proof", table));
    assert_eq!(takes(&plain), [true, false]);
    assert_eq!(takes(&by_row), [false, true]);
    assert_eq!(takes(&text), [false, false]);
}
