//! The form while it is filled in, without a browser: events in, effects out.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Findings, Image},
    campaign::Campaign,
    rules::Judge,
    session::{
        Announcement, Answer, Effect, Event, Focus, Place, Session, Stage, Stored, Upload,
        answer_of,
    },
    standards::{Calendar, Instant},
};
use serde_json::{Map, Value, json};

use crate::golden;

pub(crate) fn now() -> Instant {
    Instant::parse("2022-08-18T10:00:00+08:00").unwrap()
}

pub(crate) fn judge() -> Judge {
    let campaign = golden::campaign("nm2022");
    Judge::new(campaign, "nm2022.worker", Arc::new(Calendar::built_in())).unwrap()
}

/// The worker form as an officer changed it overnight.
pub(crate) fn changed(change: impl FnOnce(&mut Value)) -> Judge {
    let bytes = golden::files::one("public/campaigns", "nm2022");
    let mut json: Value = serde_json::from_slice(&bytes).unwrap();
    json["revision"] = 2.into();
    change(&mut json);
    let campaign = Campaign::parse(json.to_string().as_bytes()).unwrap();
    Judge::new(Arc::new(campaign), "nm2022.worker", Arc::new(Calendar::built_in())).unwrap()
}

/// A form of the worker track; `answers` are what the host knows already.
pub(crate) fn form(answers: &Value) -> Session {
    let answers = Answers(answers.as_object().cloned().unwrap_or_else(Map::new));
    Session::new(judge(), "id-1".to_owned(), answers, now())
}

/// A form with the complete nomination of the golden set, its files uploaded.
pub(crate) fn complete() -> Session {
    let base = golden::base("nm2022.worker");
    let mut form = form(&base["answers"]);
    for (file, attachment) in (1..).zip(base["attachments"].as_array().unwrap()) {
        attach(&mut form, file, attachment);
        form.apply(Event::UploadDone(file, format!("/files/{file}")), now());
    }
    form
}

pub(crate) fn attach(form: &mut Session, file: u32, attachment: &Value) {
    let text = |key: &str| attachment[key].as_str().unwrap_or_default().to_owned();
    let (slot, name) = (text("slot"), text("name"));
    let bytes = attachment["bytes"].as_u64().unwrap();
    form.apply(Event::FileChosen { file, slot, row: None, name, bytes }, now());
    let image = serde_json::from_value::<Image>(attachment["image"].clone()).ok();
    let findings = Findings {
        format: text("format"),
        media_type: text("media_type"),
        bytes,
        sha256: text("sha256"),
        flaws: Vec::new(),
        image,
        duration_ms: None,
    };
    form.apply(Event::FileRead(file, findings), now());
}

pub(crate) fn field(key: &str) -> Place {
    Place::Field(key.to_owned())
}

pub(crate) fn enter(form: &mut Session, key: &str, text: &str) -> Vec<Effect> {
    form.apply(Event::Entered(field(key), text.to_owned()), now())
}

fn rules_at(form: &Session, place: &Place) -> Vec<String> {
    form.problems_at(place).into_iter().map(|shown| shown.rule).collect()
}

#[test]
fn a_problem_is_shown_once_its_field_is_left() {
    let mut form = form(&json!({}));
    enter(&mut form, "phone", "12345");
    assert!(rules_at(&form, &field("phone")).is_empty());
    form.apply(Event::Left(field("phone")), now());
    assert_eq!(rules_at(&form, &field("phone")), ["phone.invalid"]);
    enter(&mut form, "phone", "13800138000");
    assert!(rules_at(&form, &field("phone")).is_empty());
}

#[test]
fn nobody_is_blamed_for_an_empty_box_before_they_try_to_send_or_go_on() {
    let mut form = form(&json!({}));
    form.apply(Event::Left(field("name")), now());
    assert!(rules_at(&form, &field("name")).is_empty());
    form.apply(Event::Next, now());
    assert_eq!(rules_at(&form, &field("name")), ["required:name"]);
    assert!(rules_at(&form, &field("deeds")).is_empty(), "that is another part");
    form.apply(Event::Submit, now());
    assert_eq!(rules_at(&form, &field("deeds")), ["required:deeds"]);
}

fn said(effects: &[Effect]) -> Vec<String> {
    let said = effects.iter().filter_map(|effect| match effect {
        Effect::Announce(Announcement::Problem(label, _)) => Some(label.clone()),
        _ => None,
    });
    said.collect()
}

#[test]
fn a_problem_is_said_wherever_it_comes_on_show() {
    let mut form = form(&json!({}));
    enter(&mut form, "birth", "1990.1");
    assert!(said(&form.apply(Event::Left(field("birth")), now())).is_empty());
    enter(&mut form, "id_number", "110101198506010024");
    let effects = form.apply(Event::Left(field("id_number")), now());
    assert!(said(&effects).contains(&"出生年月".to_owned()), "{effects:?}");
    // What has been said is not said again with every box that is left.
    enter(&mut form, "phone", "13800138000");
    assert!(said(&form.apply(Event::Left(field("phone")), now())).is_empty());
    let base = golden::base("nm2022.worker");
    attach(&mut form, 1, &base["attachments"][0]);
    let effects = form.apply(Event::UploadFailed(1, "server".to_owned()), now());
    let stopped = |effect: &Effect| {
        matches!(effect, Effect::Announce(Announcement::UploadStopped(_, Upload::Failed(_))))
    };
    assert!(effects.iter().any(stopped));
}

#[test]
fn a_row_that_was_removed_can_be_put_back() {
    let mut form = complete();
    let answers = form.answers().clone();
    let row = form.row_ids("resume")[1];
    form.apply(Event::RemoveRow("resume".to_owned(), row), now());
    assert_eq!((form.can_put_back("resume"), form.can_put_back("honours")), (Some(1), None));
    let effects = form.apply(Event::PutBack("resume".to_owned()), now());
    assert_eq!(*form.answers(), answers);
    let place = Place::Cell("resume".to_owned(), form.row_ids("resume")[1], "start".to_owned());
    assert!(effects.contains(&Effect::Focus(Focus::Place(place))));
    assert_eq!(form.can_put_back("resume"), None);
    form.apply(Event::AddRow("resume".to_owned()), now());
    let row = *form.row_ids("resume").last().unwrap();
    form.apply(Event::RemoveRow("resume".to_owned(), row), now());
    assert_eq!(form.can_put_back("resume"), None, "nothing was in it");
}

#[test]
fn a_removed_row_waits_until_there_is_room_for_it() {
    let mut form = complete();
    let row = form.row_ids("resume")[1];
    form.apply(Event::RemoveRow("resume".to_owned(), row), now());
    for _ in 0..60 {
        form.apply(Event::AddRow("resume".to_owned()), now());
    }
    assert_eq!(form.row_ids("resume").len(), 60);
    form.apply(Event::PutBack("resume".to_owned()), now());
    assert_eq!((form.row_ids("resume").len(), form.can_put_back("resume")), (60, Some(1)));
}

#[test]
fn typing_in_one_field_looks_at_no_other() {
    let mut form = form(&json!({}));
    // The first key makes an answer of none, which the list of parts shows.
    enter(&mut form, "workplace", "某某社");
    let effects = enter(&mut form, "workplace", "某某社区");
    let looks: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Look(topic) => Some(topic.as_str()),
            _ => None,
        })
        .collect();
    assert!(looks.iter().all(|topic| topic.starts_with("workplace")), "{looks:?}");
}

#[test]
fn rows_keep_their_words_when_another_goes() {
    let mut form = form(&json!({}));
    for start in ["2001-09", "2004-09", "2008-09"] {
        form.apply(Event::AddRow("resume".to_owned()), now());
        let row = *form.row_ids("resume").last().unwrap();
        let place = Place::Cell("resume".to_owned(), row, "start".to_owned());
        form.apply(Event::Entered(place, start.to_owned()), now());
    }
    let (second, third) = (form.row_ids("resume")[1], form.row_ids("resume")[2]);
    let effects = form.apply(Event::RemoveRow("resume".to_owned(), second), now());
    let place = Place::Cell("resume".to_owned(), third, "start".to_owned());
    assert_eq!(form.path(&place).as_deref(), Some("resume.1.start"));
    assert_eq!(form.text_at(&place), "2008-09");
    assert!(effects.contains(&Effect::Focus(Focus::Place(place))), "the row that moved up is next");
}

#[test]
fn sending_a_form_with_errors_sends_nothing_and_leads_to_the_summary() {
    let mut form = form(&json!({}));
    let effects = form.apply(Event::Submit, now());
    assert!(effects.contains(&Effect::Focus(Focus::Summary)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Post { .. })));
    assert_eq!(*form.stage(), Stage::Filling);
    assert_eq!(form.summary()[0].place, Some(field("name")));
}

#[test]
fn every_try_posts_the_same_bytes_under_the_same_key() {
    let mut form = complete();
    let first = posted(&form.apply(Event::Submit, now()));
    let later = Answer::Later { retry_after_ms: None, silent: true };
    let waits = form.apply(Event::Answered(later), now());
    assert!(waits.contains(&Effect::Wait(2000)));
    assert_eq!(form.stage().name(), "waiting");
    assert_eq!(posted(&form.apply(Event::TryAgain, now())), first);
    assert_eq!(first.1, "id-1.1");
    let stored = Stored { receipt: "NM-1".to_owned(), received_at: None };
    form.apply(Event::Answered(Answer::Stored(stored.clone())), now());
    assert_eq!(*form.stage(), Stage::Submitted(stored));
}

#[test]
fn mending_and_sending_again_is_a_new_revision() {
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    let body =
        r#"{"errors": [{"pointer": "/answers/workplace", "code": "unknown", "detail": "没有"}]}"#;
    form.apply(Event::Answered(answer_of(422, None, Some(body))), now());
    assert_eq!(rules_at(&form, &field("workplace")), ["unknown"]);
    enter(&mut form, "workplace", "某某社区居民委员会");
    assert!(rules_at(&form, &field("workplace")).is_empty(), "what the host said is out of date");
    let (body, key) = posted(&form.apply(Event::Submit, now()));
    assert_eq!((key.as_str(), &body["revision"]), ("id-1.2", &json!(2)));
}

#[test]
fn a_nomination_waits_for_its_last_file_and_then_goes_out() {
    let mut form = complete();
    let base = golden::base("nm2022.worker");
    attach(&mut form, 9, &base["attachments"][1]);
    let effects = form.apply(Event::Submit, now());
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Post { .. })));
    assert_eq!(form.stage().name(), "sending");
    let (body, _) = posted(&form.apply(Event::UploadDone(9, "/files/9".to_owned()), now()));
    assert!(body["attachments"].as_array().unwrap().iter().any(|a| a["upload"] == "/files/9"));
}

#[test]
fn a_file_that_will_not_do_is_not_sent() {
    let mut form = form(&json!({}));
    let exe = json!({"slot": "photo", "name": "照片.jpg", "bytes": 2_000_000, "format": "exe"});
    attach(&mut form, 1, &exe);
    assert_eq!(form.files_in("photo").next().unwrap().upload, Upload::Held);
    assert!(rules_at(&form, &field("photo")).contains(&"photo.format".to_owned()));
}

#[test]
fn the_submission_of_the_page_is_what_the_host_judges_alike() {
    let form = complete();
    let submission = form.submission().unwrap();
    let bytes = submission.to_string();
    let read = nomination_form::submission::Submission::read(bytes.as_bytes()).unwrap();
    let verdict = read.judge(&golden::judge(&read), now()).unwrap();
    assert_eq!(json!(verdict.problems), submission["problems"]);
    assert_eq!(
        submission["computed"]["community_months"],
        form.computed("community_months").unwrap()
    );
}

pub(crate) fn posted(effects: &[Effect]) -> (Value, String) {
    let post = effects.iter().find_map(|effect| match effect {
        Effect::Post { body, key } => Some((serde_json::from_str(body).unwrap(), key.clone())),
        _ => None,
    });
    post.expect("nothing was posted")
}
