//! The form while it is filled in: groups, matrices, several choices, questions asked first, and the
//! files of rows.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Findings},
    campaign::Campaign,
    rules::{Code, Judge, Problem},
    session::{Announcement, Effect, Event, Focus, Place, RowId, Session, Stage, answer_of},
    standards::{Calendar, Instant},
    submission::Submission,
};
use serde_json::{Value, json};

use crate::golden;

fn now() -> Instant {
    Instant::parse("2024-03-12T10:00:00+08:00").unwrap()
}

fn campaign() -> Arc<Campaign> {
    let bytes = golden::files::one("tests/fixtures/campaigns", "kinds");
    Arc::new(Campaign::parse(&bytes).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn judge() -> Judge {
    Judge::new(campaign(), "kinds.one", Arc::new(Calendar::built_in())).unwrap()
}

fn begun(answers: &Value) -> Session {
    let answers = Answers(answers.as_object().cloned().unwrap());
    Session::new(judge(), "id-1".to_owned(), answers, now())
}

/// A form whose first questions let the person go on.
fn form() -> Session {
    begun(&json!({"secret": false, "scope": "本省"}))
}

fn field(key: &str) -> Place {
    Place::Field(key.to_owned())
}

/// The part of a group, the entry of a matrix or the row of a table, by its number.
fn part(form: &Session, key: &str, at: usize) -> RowId {
    form.row_ids(key)[at]
}

fn cell(form: &Session, key: &str, at: usize, column: &str) -> Place {
    Place::Cell(key.to_owned(), part(form, key, at), column.to_owned())
}

fn enter(form: &mut Session, place: &Place, text: &str) -> Vec<Effect> {
    form.apply(Event::Entered(place.clone(), text.to_owned()), now())
}

fn tick(form: &mut Session, key: &str, value: &str, on: bool) {
    form.apply(Event::Ticked(field(key), value.to_owned(), on), now());
}

fn rules_at(form: &Session, place: &Place) -> Vec<String> {
    form.problems_at(place).into_iter().map(|shown| shown.rule).collect()
}

fn attach(form: &mut Session, file: u32, slot: &str, row: Option<RowId>) -> Vec<Effect> {
    let slot = slot.to_owned();
    let row = row.map(|row| ("honours".to_owned(), row));
    let (name, bytes) = (format!("{file}.pdf"), 2048);
    let mut effects = form.apply(Event::FileChosen { file, slot, row, name, bytes }, now());
    let findings = Findings {
        format: "pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes,
        sha256: "00".to_owned(),
        ..blank()
    };
    effects.extend(form.apply(Event::FileRead(file, findings), now()));
    form.apply(Event::UploadDone(file, format!("/files/{file}")), now());
    effects
}

fn blank() -> Findings {
    Findings {
        format: String::new(),
        media_type: String::new(),
        bytes: 0,
        sha256: String::new(),
        flaws: Vec::new(),
        image: None,
        duration_ms: None,
    }
}

/// A row of the table of honours with a level.
fn honour(form: &mut Session, level: &str, title: &str) -> RowId {
    form.apply(Event::AddRow("honours".to_owned()), now());
    let at = form.row_ids("honours").len() - 1;
    let (of, named) = (cell(form, "honours", at, "level"), cell(form, "honours", at, "title"));
    enter(form, &of, level);
    enter(form, &named, title);
    part(form, "honours", at)
}

#[test]
fn the_questions_of_a_group_make_one_object() {
    let mut form = form();
    let (is, date) = (cell(&form, "posthumous", 0, "is"), cell(&form, "posthumous", 0, "date"));
    assert_eq!(form.answers().at("posthumous.is"), Some(&json!(false)), "the campaign's default");
    assert_eq!(form.path(&date).as_deref(), Some("posthumous.date"));
    assert!(!form.visible(&date));
    enter(&mut form, &is, "yes");
    assert!(form.visible(&date) && form.required(&date));
    form.apply(Event::Left(date.clone()), now());
    assert!(rules_at(&form, &date).is_empty(), "nobody is blamed for what they may still fill in");
    form.apply(Event::Submit, now());
    assert_eq!(rules_at(&form, &date), ["required:posthumous.date"]);
    enter(&mut form, &date, "2024年3月");
    assert!(rules_at(&form, &date).is_empty());
    assert_eq!(
        form.submission().unwrap()["answers"]["posthumous"],
        json!({"is": true, "date": "2024-03"})
    );
    enter(&mut form, &is, "no");
    assert_eq!(form.submission().unwrap()["answers"]["posthumous"], json!({"is": false}));
}

#[test]
fn the_entries_of_a_matrix_come_into_being_with_their_answers() {
    let mut form = form();
    let status = cell(&form, "opinions", 1, "status");
    assert_eq!(form.path(&status).as_deref(), Some("opinions.工会/妇联.status"));
    enter(&mut form, &status, "无意见");
    assert_eq!(form.answers().get("opinions"), Some(&json!({"工会/妇联": {"status": "无意见"}})));
    enter(&mut form, &status, "");
    assert_eq!(form.answers().get("opinions"), None);
}

#[test]
fn a_missing_opinion_stands_at_its_department_and_the_summary_leads_there() {
    let mut form = form();
    let status = cell(&form, "opinions", 1, "status");
    enter(&mut form, &status, "不适用");
    form.apply(Event::Submit, now());
    let police = Place::Row("opinions".to_owned(), part(&form, "opinions", 0));
    let reason = cell(&form, "opinions", 1, "reason");
    assert_eq!(rules_at(&form, &police), ["opinion.missing:公安部门"]);
    assert_eq!(rules_at(&form, &reason), ["opinion.missing:工会/妇联"]);
    let places: Vec<_> = form.summary().into_iter().filter_map(|line| line.place).collect();
    assert!(places.contains(&police) && places.contains(&reason), "{places:?}");
}

#[test]
fn an_entry_is_asked_about_by_its_condition_and_is_not_sent_otherwise() {
    let mut form = form();
    let entry = Place::Row("opinions".to_owned(), part(&form, "opinions", 2));
    let status = cell(&form, "opinions", 2, "status");
    assert!(!form.visible(&entry));
    let effects = enter(&mut form, &field("kind"), "团队");
    assert!(effects.contains(&Effect::Look("opinions?".to_owned())));
    assert!(form.visible(&entry));
    enter(&mut form, &status, "无意见");
    assert_eq!(form.submission().unwrap()["answers"]["opinions"]["统战部门"]["status"], "无意见");
    enter(&mut form, &field("kind"), "个人");
    assert_eq!(form.submission().unwrap()["answers"].get("opinions"), Some(&json!({})));
    assert_eq!(form.answers().at("opinions.统战部门.status"), Some(&json!("无意见")), "kept");
}

#[test]
fn what_the_host_says_lands_at_the_entry_the_group_and_the_file_of_the_row() {
    let mut form = filled();
    let row = part(&form, "honours", 0);
    posted(&form.apply(Event::Submit, now()));
    let body = json!({"errors": [
        {"pointer": "/answers/opinions/工会~1妇联/status", "code": "a", "detail": "…"},
        {"pointer": "#/answers/posthumous/is", "code": "b", "detail": "…"},
        {"pointer": "/attachments/0", "code": "c", "detail": "…"},
        {"pointer": "/answers/kind/deeper", "code": "d", "detail": "…"},
    ]});
    form.apply(Event::Answered(answer_of(422, None, Some(&body.to_string()))), now());
    assert_eq!(rules_at(&form, &cell(&form, "opinions", 1, "status")), ["a"]);
    assert_eq!(rules_at(&form, &cell(&form, "posthumous", 0, "is")), ["b"]);
    assert_eq!(rules_at(&form, &Place::Row("honour_copy".to_owned(), row)), ["c"]);
    assert_eq!(rules_at(&form, &field("kind")), ["d"]);
}

#[test]
fn several_choices_are_a_list_in_the_order_they_are_offered_in() {
    let mut form = form();
    tick(&mut form, "posts", "主任", true);
    tick(&mut form, "posts", "书记", true);
    assert_eq!(form.answers().get("posts"), Some(&json!(["书记", "主任"])));
    assert!(form.chosen(&field("posts"), "主任"));
    tick(&mut form, "posts", "主任", false);
    tick(&mut form, "posts", "书记", false);
    assert_eq!(form.answers().get("posts"), None);
}

#[test]
fn a_value_is_offered_while_it_can_be_chosen_or_is_chosen() {
    let mut form = form();
    assert!(!form.offered(&field("posts"), "队长"));
    enter(&mut form, &field("kind"), "团队");
    assert!(form.offered(&field("posts"), "队长") && form.offered(&field("grade"), "集体奖"));
    tick(&mut form, "posts", "队长", true);
    enter(&mut form, &field("kind"), "个人");
    assert!(form.offered(&field("posts"), "队长"), "or it could not be taken back");
    form.apply(Event::Left(field("posts")), now());
    assert_eq!(rules_at(&form, &field("posts")), ["shape:posts"]);
    tick(&mut form, "posts", "队长", false);
    assert!(!form.offered(&field("posts"), "队长"));
}

#[test]
fn the_form_follows_from_the_answers() {
    let mut form = form();
    assert!(form.form_case().is_none());
    assert_eq!(form.submission().unwrap()["variant"], Value::Null);
    let effects = enter(&mut form, &field("kind"), "团队");
    assert!(effects.contains(&Effect::Look("form".to_owned())));
    assert_eq!(form.form_case().map(|case| case.name.as_str()), Some("附件1"));
    enter(&mut form, &field("kind"), "个人");
    assert_eq!(form.submission().unwrap()["variant"], "附件2");
    let effects = enter(&mut form, &field("nickname"), "小李");
    assert!(!effects.contains(&Effect::Look("form".to_owned())));
}

#[test]
fn the_questions_asked_first_come_one_after_the_other_and_then_the_form() {
    let mut form = begun(&json!({}));
    assert!(!form.open() && form.submission().is_none());
    assert!(form.visible(&field("secret")));
    assert!(!form.visible(&field("scope")) && !form.visible(&field("nickname")));
    let effects = enter(&mut form, &field("secret"), "no");
    assert!(effects.contains(&Effect::Announce(Announcement::Asked)));
    assert!(form.visible(&field("scope")) && !form.visible(&field("kind")));
    let effects = enter(&mut form, &field("scope"), "本省");
    assert!(effects.contains(&Effect::Announce(Announcement::Opened)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Focus(_))), "the focus stays");
    assert!(form.visible(&field("kind")) && form.visible(&field("nickname")));
    assert_eq!(form.submission().unwrap()["answers"]["secret"], false);
}

#[test]
fn nothing_but_the_first_question_is_taken_before_it_is_answered() {
    let mut form = begun(&json!({}));
    enter(&mut form, &field("nickname"), "小李");
    form.apply(Event::AddRow("honours".to_owned()), now());
    assert!(attach(&mut form, 1, "proofs", None).is_empty());
    assert_eq!(form.answers().get("nickname"), None);
    let effects = form.apply(Event::Submit, now());
    assert!(effects.contains(&Effect::Focus(Focus::Place(field("secret")))));
    assert_eq!(rules_at(&form, &field("secret")), ["required:secret"]);
    assert!(!form.tried());
}

#[test]
fn an_answer_that_stops_the_form_wipes_everything_and_sends_nothing() {
    let mut form = filled();
    let effects = enter(&mut form, &field("secret"), "yes");
    assert!(
        effects.contains(&Effect::Forget(1)) && effects.contains(&Effect::Focus(Focus::Status))
    );
    assert_eq!((form.stage(), form.stage().name()), (&Stage::Stopped, "stopped"));
    assert_eq!(form.stopped().map(|gate| gate.message.base()), Some("涉密的不在网上填写"));
    assert_eq!(form.answers().0, *json!({"secret": true}).as_object().unwrap());
    assert!(form.files_in("honour_copy").next().is_none() && form.row_ids("honours").is_empty());
    assert!(form.submission().is_none());
    assert!(!form.visible(&field("secret")) && !form.visible(&field("kind")));
    assert_eq!(rules_at(&form, &field("secret")), ["secret"]);
    assert!(form.apply(Event::Submit, now()).is_empty());
    // An upload that was under way ends in nothing.
    assert!(form.apply(Event::UploadDone(1, "/files/1".to_owned()), now()).is_empty());
}

#[test]
fn who_chose_wrongly_answers_again_in_an_empty_form() {
    let mut form = filled();
    enter(&mut form, &field("secret"), "yes");
    let effects = form.apply(Event::GateBack, now());
    assert!(effects.contains(&Effect::Focus(Focus::Place(field("secret")))));
    assert_eq!(*form.stage(), Stage::Filling);
    assert_eq!(form.answers().get("secret"), None);
    enter(&mut form, &field("secret"), "no");
    enter(&mut form, &field("scope"), "本省");
    assert_eq!(form.text_at(&field("kind")), "");
    assert_eq!(form.answers().at("posthumous.is"), Some(&json!(false)), "the campaign's default");
    honour(&mut form, "市级", "模范");
    assert!(rules_at(&form, &field("kind")).is_empty(), "nothing is scolded before it is left");
}

#[test]
fn what_the_host_knows_can_stop_the_form_too() {
    let form = begun(&json!({"secret": true, "nickname": "小李"}));
    assert_eq!(*form.stage(), Stage::Stopped);
    assert_eq!(form.answers().get("nickname"), None);
}

#[test]
fn each_row_that_needs_a_file_has_a_place_for_it() {
    let mut form = form();
    assert!(!form.visible(&field("honour_copy")));
    let first = honour(&mut form, "县级", "先进");
    assert!(form.file_rows("honour_copy").is_empty());
    let second = honour(&mut form, "市级", "模范");
    assert_eq!(form.file_rows("honour_copy"), [second]);
    assert!(form.visible(&field("honour_copy")) && form.required(&field("honour_copy")));
    let level = cell(&form, "honours", 0, "level");
    let effects = enter(&mut form, &level, "省级");
    assert!(effects.contains(&Effect::Look("honour_copy?".to_owned())));
    assert_eq!(form.file_rows("honour_copy"), [first, second]);
    form.apply(Event::Submit, now());
    let place = Place::Row("honour_copy".to_owned(), second);
    assert_eq!(rules_at(&form, &place), ["honour.copy"]);
    attach(&mut form, 1, "honour_copy", Some(second));
    assert!(rules_at(&form, &place).is_empty());
    assert_eq!(rules_at(&form, &Place::Row("honour_copy".to_owned(), first)), ["honour.copy"]);
}

#[test]
fn leaving_a_row_does_not_yet_ask_for_its_file() {
    let mut form = form();
    let row = honour(&mut form, "市级", "模范");
    let title = cell(&form, "honours", 0, "title");
    form.apply(Event::Left(title), now());
    assert!(rules_at(&form, &Place::Row("honour_copy".to_owned(), row)).is_empty());
}

#[test]
fn a_rows_file_follows_its_row_and_goes_with_it() {
    let mut form = form();
    let (first, second) = (honour(&mut form, "市级", "甲"), honour(&mut form, "省级", "乙"));
    attach(&mut form, 1, "honour_copy", Some(first));
    attach(&mut form, 2, "honour_copy", Some(second));
    let of = |form: &Session| {
        let files = form.submission().unwrap()["attachments"].as_array().unwrap().clone();
        files.iter().map(|file| format!("{} {}", file["for"], file["name"])).collect::<Vec<_>>()
    };
    assert_eq!(of(&form), [r#""honours.0" "1.pdf""#, r#""honours.1" "2.pdf""#]);
    let effects = form.apply(Event::RemoveRow("honours".to_owned(), first), now());
    assert!(effects.contains(&Effect::Forget(1)));
    assert_eq!(of(&form), [r#""honours.0" "2.pdf""#]);
    let level = cell(&form, "honours", 0, "level");
    enter(&mut form, &level, "县级");
    assert!(of(&form).is_empty(), "not asked for, not sent");
    enter(&mut form, &level, "市级");
    assert_eq!(of(&form), [r#""honours.0" "2.pdf""#], "and there again when it is");
}

#[test]
fn a_slot_for_several_files_takes_no_more_than_it_has_room_for() {
    let mut form = form();
    for file in 1..=2 {
        attach(&mut form, file, "proofs", None);
    }
    let effects = attach(&mut form, 3, "proofs", None);
    assert!(effects.contains(&Effect::Forget(3)));
    assert!(effects.contains(&Effect::Announce(Announcement::Full("3.pdf".to_owned(), 2))));
    assert_eq!(form.files_in("proofs").count(), 2);
    form.apply(Event::FileRemoved(1), now());
    attach(&mut form, 4, "proofs", None);
    assert_eq!(form.files_in("proofs").map(|file| file.file).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn a_finding_of_a_rule_about_rows_stands_in_the_row() {
    let mut form = form();
    honour(&mut form, "县级", "");
    let title = cell(&form, "honours", 0, "title");
    form.apply(Event::Left(title.clone()), now());
    assert_eq!(rules_at(&form, &title), ["honour.title"]);
}

#[test]
fn the_limit_beside_a_text_follows_the_answer_it_depends_on() {
    let mut form = form();
    for (kind, most) in [("个人", 100), ("团队", 200)] {
        let effects = enter(&mut form, &field("kind"), kind);
        assert!(effects.contains(&Effect::Look("plan".to_owned())));
        assert_eq!(form.count("plan").and_then(|(_, rule)| rule.most()), Some(most));
    }
}

#[test]
fn what_is_sent_is_what_the_host_judges_alike() {
    let mut form = filled();
    enter(&mut form, &field("kind"), "团队");
    let submission = form.submission().unwrap();
    let read = Submission::read(submission.to_string().as_bytes()).unwrap();
    let verdict = read.judge(&judge(), now()).unwrap();
    assert_eq!(json!(verdict.problems), submission["problems"]);
}

/// A form that can be sent, with an honour and its copy.
fn filled() -> Session {
    let mut form = form();
    enter(&mut form, &field("kind"), "个人");
    for at in 0..2 {
        let status = cell(&form, "opinions", at, "status");
        enter(&mut form, &status, "无意见");
    }
    let row = honour(&mut form, "市级", "模范");
    attach(&mut form, 1, "honour_copy", Some(row));
    form
}

fn posted(effects: &[Effect]) -> Value {
    let post = effects.iter().find_map(|effect| match effect {
        Effect::Post { body, .. } => Some(serde_json::from_str(body).unwrap()),
        _ => None,
    });
    post.expect("nothing was posted")
}

#[test]
fn what_the_form_does_not_ask_is_let_go_of_when_it_opens() {
    let known = json!({
        "secret": false, "scope": "本省", "wishes": "小王",
        "posthumous": {"is": true, "grade": 1}, "opinions": {"邮政部门": {"status": "无意见"}},
        "honours": [{"title": "先进", "colour": "红"}],
    });
    let form = begun(&known);
    for key in ["wishes", "posthumous.grade", "opinions.邮政部门", "honours.0.colour"] {
        assert_eq!(form.answers().at(key), None, "{key}");
    }
    assert_eq!(form.answers().at("honours.0.title"), Some(&json!("先进")));
    let unknown = |found: &Problem| found.code == Code::UnknownKey;
    assert!(!form.verdict(now()).problems.iter().any(unknown));
}
