//! Reading submissions within bounds; what the host answers.

use nomination_form::{
    rules::Verdict,
    submission::{MAX_BYTES, Receipt, Rejection, Submission},
};
use serde_json::{Value, json};

use crate::golden;

#[track_caller]
fn refused(bytes: &[u8], expected: &str) {
    let fault = Submission::read(bytes).unwrap_err();
    assert_eq!(format!("{} {fault}", fault.code), expected);
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut json = golden::base("nm2022.worker");
    golden::set(&mut json, pointer, value);
    json.to_string().into_bytes()
}

#[test]
fn what_cannot_be_read_is_told_without_being_repeated() {
    refused(b"", "not-json the submission: not JSON at line 1 column 0");
    refused(b"{\"name\": \xFF}", "not-json the submission: not JSON at line 1 column 10");
    refused(b"{}", "wrong-shape the submission: missing field `format`");
    refused(b"[]", "wrong-shape the submission: expected an object");
    refused(br#""secret, expected secret""#, "wrong-shape the submission: expected an object");
    refused(&changed("/answers", json!("secret")), "wrong-shape /answers: expected a map");
    refused(
        &changed("/attachments/0/bytes", json!("secret")),
        "wrong-shape /attachments/0/bytes: expected u64",
    );
    refused(
        &changed("/attachments/0/bytes", json!(-5)),
        "wrong-shape /attachments/0/bytes: expected u64",
    );
    refused(
        &changed("/format", json!("secret/2")),
        "unknown-format /format: another format, this build reads `nomination/1`",
    );
    refused(
        &changed("/id", json!("x".repeat(101))),
        "out-of-bounds /id: empty, too long or out of range",
    );
    refused(&changed("/track", json!("")), "out-of-bounds /track: empty, too long or out of range");
    refused(&changed("/campaign/id", json!(null)), "wrong-shape /campaign/id: expected a string");
    let mut behind = changed("/id", json!("x"));
    behind.extend_from_slice(b" secret");
    assert_eq!(Submission::read(&behind).unwrap_err().code, "not-json");
}

#[test]
fn size_and_depth_are_bounded() {
    let huge = vec![b' '; MAX_BYTES + 1];
    refused(&huge, "too-large the submission: 5000001 bytes, expected at most 5000000");
    let deep = [b"{\"a\":".repeat(100_000), b"1".to_vec()].concat();
    refused(&deep, "too-deep the submission: nested deeper than 20 levels");
}

#[test]
fn a_submission_is_written_as_it_was_read() {
    let json = golden::base("nm2022.worker");
    let read = Submission::read(json.to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
    assert_eq!(read.idempotency_key(), "5f0c6f1e-base.1");
}

#[test]
fn what_the_envelope_does_not_say_has_its_usual_value() {
    let json = json!({
        "format": "nomination/1", "campaign": {"id": "nm2022"}, "track": "nm2022.worker", "answers": {},
        "problems": [{"rule": "from.the.future", "code": "not-yet-known", "severity": "error", "path": "", "message": ""}]
    });
    let read = Submission::read(json.to_string().as_bytes()).unwrap();
    assert_eq!((read.revision, read.attachments.len(), read.problems.len()), (1, 0, 0));
}

#[test]
fn another_campaign_or_track_is_not_judged() {
    let (submission, now) = golden::nomination(&json!({"base": "nm2022.worker"}));
    let judge = golden::judge(&submission);
    let code = |change: fn(&mut Submission)| {
        let mut other = submission.clone();
        change(&mut other);
        other.judge(&judge, now).unwrap_err().code
    };
    assert_eq!(code(|it| it.campaign.id = "sh2023".into()), "other-campaign");
    assert_eq!(code(|it| it.track = "nm2022.household".into()), "unknown-track");
}

#[test]
fn a_rejection_names_the_errors_and_not_the_warnings() {
    let case = json!({"base": "nm2022.worker", "patch": {"answers": {"name": " ", "phone": "15412345678"}}});
    let (submission, now) = golden::nomination(&case);
    let verdict: Verdict = submission.judge(&golden::judge(&submission), now).unwrap();
    assert_eq!((verdict.ok, verdict.problems.len()), (false, 2));
    let rejection = serde_json::to_value(Rejection::of(&verdict)).unwrap();
    assert_eq!(
        rejection,
        json!({
            "type": "about:blank", "title": "推荐材料还不能接收", "status": 422,
            "errors": [{
                "pointer": "/answers/name", "code": "missing", "detail": "姓名没有填写，补上这一项", "rule": "required:name"
            }]
        })
    );
}

#[test]
fn a_receipt_reads_back() {
    let json = json!({"receipt": "NM-1", "received_at": "2022-08-18T02:00:00Z"});
    let receipt: Receipt = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(receipt).unwrap(), json);
}
