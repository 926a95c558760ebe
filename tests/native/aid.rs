//! What helps a person fill in: a history in order of time with its gaps, lines for them, the days of a public
//! notice, answers from a document's number, answers that the host has verified.

use nomination_form::answers::Answers;
use nomination_form::rules::Judge;
use nomination_form::session::{Draft, Effect, Event, Focus, Initial, Place, Session};
use nomination_form::standards::{Day, Month, workdays::Holiday};
use serde_json::{Value, json};

use crate::golden;
use crate::session::{changed, complete, enter, field, form, judge, now};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn with_resume(rows: &Value) -> Session {
    form(&json!({ "resume": rows }))
}

/// The stretches in words: `0 2001.09-2004.07`, `gap …`, `counts`, `shares 0`.
fn drawn(form: &Session) -> Vec<String> {
    let stretches = form.history("resume").into_iter().map(|stretch| {
        let row = stretch.row.map_or("gap".to_owned(), |row| row.to_string());
        let mut words = format!("{row} {}..{}", stretch.first, stretch.last);
        if stretch.counts {
            words.push_str(" counts");
        }
        if let Some(other) = stretch.shares {
            words.extend([" shares ".to_owned(), other.to_string()]);
        }
        words
    });
    stretches.collect()
}

#[test]
fn a_history_stands_in_order_of_time_with_its_gaps() {
    let form = with_resume(&json!([
        {"start": "2008-09", "end": null, "community": true},
        {"start": "2001-09", "end": "2004-07", "kind": "study", "stage": "senior_high"},
        {"start": "2005-03", "end": "2008-06"},
        {"start": "2010-01", "end": "2012-12", "kind": "study"},
    ]));
    assert_eq!(
        drawn(&form),
        [
            "1 2001-09..2004-07",
            "gap 2004-08..2005-02",
            "2 2005-03..2008-06",
            "gap 2008-07..2008-08",
            "0 2008-09..2022-08 counts",
            "3 2010-01..2012-12 shares 0",
        ]
    );
}

#[test]
fn a_summer_after_school_is_no_gap_and_rows_that_meet_share_nothing() {
    let form = with_resume(&json!([
        {"start": "2001-09", "end": "2004-06", "kind": "study", "stage": "senior_high"},
        {"start": "2004-09", "end": "2008-07", "kind": "study", "stage": "college"},
        {"start": "2008-07", "end": null},
    ]));
    assert!(drawn(&form).iter().all(|words| !words.contains("gap") && !words.contains("shares")));
}

#[test]
fn a_gap_becomes_a_line_where_it_belongs_with_the_cursor_in_it() {
    let mut form = with_resume(&json!([
        {"start": "2001-09", "end": "2004-07"},
        {"start": "2005-03", "end": null},
    ]));
    let (first, last) = (month("2004-08"), month("2005-02"));
    let effects = form.apply(Event::FillGap("resume".to_owned(), first, last), now());
    let rows = json!(form.answers())["resume"].clone();
    assert_eq!(rows[1], json!({"start": "2004-08", "end": "2005-02"}));
    assert_eq!(rows[2]["start"], "2005-03");
    let row = form.row_ids("resume")[1];
    let focus = effects.iter().find_map(|effect| match effect {
        Effect::Focus(Focus::Place(Place::Cell(_, id, column))) => Some((*id, column.as_str())),
        _ => None,
    });
    let (id, column) = focus.expect("the focus goes into the new line");
    assert_eq!(id, row);
    assert!(!["start", "end"].contains(&column), "the months are there already");
    assert!(drawn(&form).iter().all(|words| !words.starts_with("gap")));
}

#[test]
fn a_gap_up_to_now_becomes_a_line_with_an_open_end() {
    let mut form = with_resume(&json!([{"start": "2001-09", "end": "2020-06"}]));
    let (first, last) = (month("2020-07"), month("2022-08"));
    form.apply(Event::FillGap("resume".to_owned(), first, last), now());
    assert_eq!(json!(form.answers())["resume"][1], json!({"start": "2020-07"}));
    assert!(drawn(&form).iter().all(|words| !words.starts_with("gap")));
}

#[test]
fn a_notice_is_told_when_it_may_end_and_when_it_must_begin() {
    let mut form = form(&json!({"notice": [{"place": "公示栏"}]}));
    let row = form.row_ids("notice")[0];
    let plan = form.notice_plan("notice", row).unwrap();
    // Between the 10th and the 20th of August 2022 lie eight working days; the 20th is a Saturday.
    assert_eq!((plan.start, plan.last_start), (None, day("2022-08-15")));
    let start = Place::Cell("notice".to_owned(), row, "start".to_owned());
    form.apply(Event::Entered(start, "2022.8.11".to_owned()), now());
    let plan = form.notice_plan("notice", row).unwrap();
    assert_eq!(plan.earliest, Some(day("2022-08-17")));
    let off = |plan: &nomination_form::rules::NoticePlan| {
        let runs = plan.off.iter();
        runs.map(|run| (run.first, run.last, run.holidays.clone())).collect::<Vec<_>>()
    };
    assert_eq!(off(&plan), [(day("2022-08-13"), day("2022-08-14"), vec![])]);
    assert!(form.notice_plan("resume", row).is_none());
    let start = Place::Cell("notice".to_owned(), row, "start".to_owned());
    form.apply(Event::Entered(start, "2022.9.29".to_owned()), now());
    let plan = form.notice_plan("notice", row).unwrap();
    assert_eq!(plan.earliest, Some(day("2022-10-10")), "the 8th and 9th of October were worked");
    let national = (day("2022-10-01"), day("2022-10-07"), vec![Holiday::NationalDay]);
    assert_eq!(off(&plan), [national]);
}

#[test]
fn a_whole_number_fills_in_birth_and_sex_and_is_checked_at_once() {
    let base = golden::base("nm2022.worker");
    let number = base["answers"]["id_number"].as_str().unwrap();
    let mut form = form(&json!({}));
    let effects = type_id(&mut form, &number[..17]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Announce(_))));
    assert!(form.problems_at(&field("id_number")).is_empty(), "nobody is blamed half-way");
    let spaced = format!("{} {} {}", &number[..6], &number[6..14], &number[14..]);
    type_id(&mut form, &spaced);
    assert_eq!(form.text_at(&field("birth")), base["answers"]["birth"].as_str().unwrap());
    assert!(!form.text_at(&field("sex")).is_empty());
    assert_eq!(form.filled_from("id_number"), ["出生年月", "性别"]);
    let wrong = if number.ends_with('1') { "2" } else { "1" };
    type_id(&mut form, &format!("{}{wrong}", &number[..17]));
    assert_eq!(form.problems_at(&field("id_number")).len(), 1, "checked at the 18th place");
}

#[test]
fn what_a_person_entered_is_never_overwritten_by_the_number() {
    let base = golden::base("nm2022.worker");
    let number = base["answers"]["id_number"].as_str().unwrap();
    let mut form = form(&json!({}));
    enter(&mut form, "birth", "1970.1");
    type_id(&mut form, number);
    assert_eq!(form.text_at(&field("birth")), "1970-01");
    assert_eq!(form.filled_from("id_number"), ["性别"]);
    // Changed by hand afterwards, it is the person's own.
    enter(&mut form, "sex", "1");
    enter(&mut form, "sex", "2");
    assert!(form.filled_from("id_number").is_empty());
}

#[test]
fn what_a_person_has_emptied_stays_empty_until_the_number_says_something_else() {
    let number = "150102198506151234";
    let mut form = form(&json!({}));
    type_id(&mut form, number);
    assert_eq!(form.text_at(&field("birth")), "1985-06");
    enter(&mut form, "birth", "");
    form.apply(Event::Typed(field("id_number")), now());
    assert_eq!(form.text_at(&field("birth")), "", "leaving the number again fills nothing in");
    let draft = Draft::read(&form.draft().unwrap()).unwrap();
    let mut form = Session::resume(judge(), &draft, &[], now());
    form.apply(Event::Typed(field("id_number")), now());
    assert_eq!(form.text_at(&field("birth")), "", "nor after a reload");
    assert_eq!(form.filled_from("id_number"), ["性别"], "which is still known to be from there");
}

#[test]
fn each_of_two_numbers_is_remembered_for_itself() {
    let mut form = Session::new(two_numbers(), "id-1".to_owned(), Answers::default(), now());
    for (key, number) in
        [("id_number", "150102198506151234"), ("id_number_2", "11010519491231002X")]
    {
        enter(&mut form, key, number);
        form.apply(Event::Typed(field(key)), now());
    }
    let births = |form: &Session| ["birth", "birth_2"].map(|key| form.text_at(&field(key)));
    assert_eq!(births(&form), ["1985-06", "1949-12"]);
    enter(&mut form, "birth", "");
    for mut form in [form.draft().map(|draft| again(&draft)).unwrap(), form] {
        for key in ["id_number_2", "id_number"] {
            form.apply(Event::Typed(field(key)), now());
        }
        assert_eq!(births(&form), ["", "1949-12"], "what was emptied stays empty");
    }
}

fn again(draft: &str) -> Session {
    Session::resume(two_numbers(), &Draft::read(draft).unwrap(), &[], now())
}

/// The worker form, asking for a second person's number and month of birth.
fn two_numbers() -> Judge {
    let field = |key: &str, kind: Value| json!({"key": key, "label": key, "type": kind, "source": "inferred"});
    changed(|json| {
        let tracks = json["tracks"].as_array_mut().unwrap();
        let track = tracks.iter_mut().find(|track| track["id"] == "nm2022.worker").unwrap();
        let fields = track["sections"][0]["fields"].as_array_mut().unwrap();
        fields.push(field("birth_2", json!({"month": {}})));
        fields.push(field("id_number_2", json!("id_number")));
        let document = json!({"number": "id_number_2", "type": "id_type"});
        track["rules"].as_array_mut().unwrap().push(json!({
            "id": "id.birth_2", "severity": "error", "source": "inferred",
            "check": {"id_birth": {"document": document, "birth": "birth_2"}},
        }));
    })
}

#[test]
fn nothing_is_added_to_what_a_script_puts_in() {
    let base = golden::base("nm2022.worker");
    let mut form = form(&json!({}));
    enter(&mut form, "id_number", base["answers"]["id_number"].as_str().unwrap());
    assert_eq!(form.text_at(&field("birth")), "");
}

/// As a person types it.
fn type_id(form: &mut Session, number: &str) -> Vec<Effect> {
    let mut effects = enter(form, "id_number", number);
    effects.extend(form.apply(Event::Typed(field("id_number")), now()));
    effects
}

fn initial() -> Initial {
    let given = json!({
        "name": {"value": "娜仁花", "verified": true, "source": "社区工作者信息库"},
        "phone": {"value": "0471-1234567", "source": "去年的推荐表"},
        "workplace": "某某社区",
    });
    Initial::read(given.as_object().cloned().unwrap())
}

#[test]
fn what_the_host_has_verified_is_locked_and_the_rest_is_not() {
    let initial = initial();
    let form = Session::new(judge(), "id-1".to_owned(), initial.answers.clone(), now());
    let mut form = form.knowing(&initial);
    assert_eq!(form.locked(&field("name")), Some("社区工作者信息库"));
    assert_eq!(form.locked(&field("phone")), None);
    enter(&mut form, "name", "别的名字");
    enter(&mut form, "phone", "13800138000");
    let submission = form.submission().unwrap();
    assert_eq!(submission["answers"]["name"], "娜仁花");
    assert_eq!(submission["answers"]["phone"], "13800138000");
    assert_eq!(submission["answers"]["workplace"], "某某社区");
}

#[test]
fn a_table_that_the_host_has_verified_keeps_its_rows_as_they_are() {
    let rows = json!([{"start": "2001-09", "end": "2004-07"}, {"start": "2004-09"}]);
    let given = json!({"resume": {"value": rows, "verified": true, "source": "人事档案"}});
    let initial = Initial::read(given.as_object().cloned().unwrap());
    let mut draft = form(&json!({"resume": [{"start": "1999-09"}]}));
    enter(&mut draft, "name", "娜仁花");
    let draft = Draft::read(&draft.draft().unwrap()).unwrap();
    let mut form = Session::resume(judge(), &draft, &[], now()).knowing(&initial);
    let ids = form.row_ids("resume").to_vec();
    assert_eq!(ids.len(), 2);
    form.apply(Event::AddRow("resume".to_owned()), now());
    form.apply(Event::RemoveRow("resume".to_owned(), ids[0]), now());
    form.apply(Event::FillGap("resume".to_owned(), month("2004-08"), month("2004-08")), now());
    let start = Place::Cell("resume".to_owned(), ids[0], "start".to_owned());
    assert_eq!(form.locked(&start), Some("人事档案"));
    form.apply(Event::Entered(start, "1990-01".to_owned()), now());
    assert_eq!(form.answers().get("resume"), Some(&rows));
}

#[test]
fn what_the_host_has_verified_stands_above_a_draft() {
    let mut draft = complete();
    enter(&mut draft, "name", "旧名字");
    let draft = Draft::read(&draft.draft().unwrap()).unwrap();
    let form = Session::resume(judge(), &draft, &[], now()).knowing(&initial());
    assert_eq!(form.answers().get("name"), Some(&"娜仁花".into()));
    assert_ne!(form.answers().get("phone"), Some(&"0471-1234567".into()), "the draft's own stays");
}

#[test]
fn a_coded_answer_is_no_answer_with_a_source() {
    let given = json!({"ethnicity": {"code": "05", "name": "维吾尔族"}});
    let initial = Initial::read(given.as_object().cloned().unwrap());
    assert_eq!(initial.answers, Answers(given.as_object().cloned().unwrap()));
}
