//! Files in the form while it is filled in: words about them, names that fit later, whose row.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Attachment, Findings},
    rules::Judge,
    session::{Event, Session, Upload},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};

use crate::golden;

fn now() -> Instant {
    Instant::parse("2022-08-18T10:00:00+08:00").unwrap()
}

/// The form that asks every kind of thing of its files.
fn form(answers: &Value) -> Session {
    let campaign = golden::campaign("files");
    let judge = Judge::new(campaign, "files.all", Arc::new(Calendar::built_in())).unwrap();
    Session::new(judge, "id-1".to_owned(), Answers(answers.as_object().unwrap().clone()), now())
}

fn attach(form: &mut Session, file: u32, slot: &str, name: &str, format: &str, bytes: u64) {
    let (slot, name) = (slot.to_owned(), name.to_owned());
    form.apply(Event::FileChosen { file, slot, row: None, name, bytes }, now());
    let findings = Findings { format: format.to_owned(), bytes, ..Findings::default() };
    form.apply(Event::FileRead(file, findings), now());
}

/// The errors on the files of a slot, by rule.
fn errors(form: &Session, what: &str) -> Vec<String> {
    let problems = form.verdict(now()).problems.clone();
    let rules = problems.into_iter().map(|problem| problem.rule);
    rules.filter(|rule| rule.starts_with(what)).collect()
}

fn uploads(form: &Session, slot: &str) -> Vec<Upload> {
    form.files_in(slot).map(|chosen| chosen.upload.clone()).collect()
}

#[test]
fn words_about_a_file_travel_with_it() {
    let mut form = form(&json!({"name": "娜仁花"}));
    attach(&mut form, 1, "several", "一.jpg", "jpeg", 40_000);
    attach(&mut form, 2, "several", "二.jpg", "jpeg", 40_000);
    assert_eq!(errors(&form, "attach.caption").len(), 2);
    form.apply(Event::FileCaptioned(2, "组织志愿者".to_owned()), now());
    assert_eq!(errors(&form, "attach.caption").len(), 1);
    let captions: Vec<_> = form.submission().unwrap()["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["caption"].clone())
        .collect();
    assert_eq!(captions, [json!(null), json!("组织志愿者")]);
    // A file without words is sent all the same while they are written.
    assert_eq!(uploads(&form, "several"), [Upload::Sending(0), Upload::Sending(0)]);
}

#[test]
fn a_name_that_does_not_fit_yet_does_not_hold_a_file_back() {
    let mut form = form(&json!({"name": "娜"}));
    attach(&mut form, 1, "named", "娜仁花-事迹材料.pdf", "pdf", 40_000);
    assert_eq!(errors(&form, "attach.name"), ["attach.name:named"]);
    assert_eq!(uploads(&form, "named"), [Upload::Sending(0)]);
    let name = nomination_form::session::Place::Field("name".to_owned());
    form.apply(Event::Entered(name, "娜仁花".to_owned()), now());
    assert!(errors(&form, "attach.name").is_empty());
}

#[test]
fn a_row_is_named_by_key_and_index_or_by_its_index() {
    let row = |of: Value| {
        let json = json!({"slot": "copy", "for": of});
        serde_json::from_value::<Attachment>(json).map(|file| file.row)
    };
    assert_eq!(row(json!("honours.0")).unwrap().as_deref(), Some("honours.0"));
    assert_eq!(row(json!(0)).unwrap().as_deref(), Some("0"));
    assert_eq!(row(json!(null)).unwrap(), None);
    for odd in [json!(-1), json!(0.5), json!(true), json!([0]), json!({})] {
        assert!(row(odd.clone()).is_err(), "{odd}");
    }
    let without: Attachment = serde_json::from_value(json!({"slot": "copy"})).unwrap();
    assert_eq!(serde_json::to_value(without).unwrap().get("for"), None);
}
