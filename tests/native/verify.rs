//! The command: exit status, what it says, and what it never says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::golden::{self, files::folder};

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run(submission: &[u8], more: &[&str]) -> Run {
    run_with(&folder("public/campaigns/nm2022.json"), submission, more)
}

fn run_with(campaign: &Path, submission: &[u8], more: &[&str]) -> Run {
    let dir = TempDir::new().unwrap();
    let file = written(&dir, "submission.json", submission);
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_nomination"))
        .args(["verify", "--campaign"])
        .arg(campaign)
        .args(["--now", "2022-08-18T10:00:00+08:00"])
        .args(more)
        .arg(file)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn written(dir: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut json = golden::base("nm2022.worker");
    golden::set(&mut json, pointer, value);
    json.to_string().into_bytes()
}

#[test]
fn a_complete_nomination_is_zero() {
    let run = run(golden::base("nm2022.worker").to_string().as_bytes(), &[]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "{\n  \"ok\": true,\n  \"problems\": []\n}\n");
}

#[test]
fn warnings_alone_are_zero_and_errors_are_one() {
    let warned = run(&changed("/answers/phone", json!("15412345678")), &[]);
    assert_eq!((warned.status, warned.out.contains("\"warn\"")), (0, true));
    let wrong = run(&changed("/answers/name", json!(null)), &[]);
    assert_eq!((wrong.status, wrong.out.contains("required:name")), (1, true));
}

#[test]
fn what_cannot_be_judged_is_two_and_says_why() {
    for (bytes, says) in [
        (b"{\"format\": ".to_vec(), "not JSON at line 1"),
        (b"{}".to_vec(), "missing field `format`"),
        (
            changed("/campaign/id", json!("sh2023")),
            "/campaign/id: another campaign, expected `nm2022`",
        ),
        (
            changed("/track", json!("nm2022.nobody")),
            "/track: another track, expected one of `nm2022.worker`",
        ),
        (vec![b'['; 6_000_000], "expected at most 5000000"),
        (b"[".repeat(5_000), "nested deeper than 20 levels"),
        (vec![0xFF, 0xFE, 0x00], "not JSON"),
    ] {
        let run = run(&bytes, &[]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{says}");
        assert!(run.err.starts_with("nomination: ") && run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn a_campaign_with_faults_names_all_of_them() {
    let dir = TempDir::new().unwrap();
    let campaign = written(&dir, "campaign.json", br#"{"format": "campaign/1", "titel": "x"}"#);
    let run = run_with(&campaign, b"{}", &[]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("/titel: unknown field `titel`, expected one of"), "{}", run.err);
    let missing = run_with(&dir.path().join("nowhere.json"), b"{}", &[]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nowhere.json"));
}

#[test]
fn the_time_and_the_calendar_can_be_given() {
    let dir = TempDir::new().unwrap();
    let calendar = br#"{"2022": {"holidays": ["2022-08-15"], "workdays": []}}"#;
    let calendar = written(&dir, "calendar.json", calendar);
    let base = golden::base("nm2022.worker").to_string();
    let run_at = run(base.as_bytes(), &["--calendar", calendar.to_str().unwrap()]);
    assert_eq!((run_at.status, run_at.out.contains("notice.short")), (1, true));
    let broken = written(&dir, "broken.json", b"[]");
    assert_eq!(run(base.as_bytes(), &["--calendar", broken.to_str().unwrap()]).status, 2);
}

#[test]
fn a_wrong_time_or_command_line_is_two() {
    let command = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_nomination")).args(args).output().unwrap().status.code()
    };
    assert_eq!(command(&["verify", "--campaign", "x", "--now", "yesterday", "y"]), Some(2));
    assert_eq!(command(&["verify", "y"]), Some(2));
    assert_eq!(command(&[]), Some(2));
}

#[test]
fn no_answer_comes_out_whatever_its_shape() {
    const SECRET: &str = "乌兰图雅13900139000";
    let keys: Vec<String> =
        golden::base("nm2022.worker")["answers"].as_object().unwrap().keys().cloned().collect();
    let shapes = [
        json!(SECRET),
        json!([SECRET]),
        json!([{"start": SECRET, "end": SECRET, "year": SECRET, "grade": SECRET, "kind": SECRET, "place": SECRET}]),
        json!({"code": SECRET, "name": SECRET}),
    ];
    for shape in &shapes {
        let mut json = golden::base("nm2022.worker");
        for key in &keys {
            golden::set(&mut json, &format!("/answers/{key}"), shape.clone());
        }
        for (i, member) in ["name", "format", "media_type", "upload", "sha256"].iter().enumerate() {
            golden::set(&mut json, &format!("/attachments/{}/{member}", i % 3), json!(SECRET));
        }
        let run = run(json.to_string().as_bytes(), &[]);
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(!run.out.contains("乌兰图雅") && !run.out.contains("13900139000"), "{}", run.out);
    }
    for pointer in [
        "/format",
        "/id",
        "/revision",
        "/campaign",
        "/track",
        "/answers",
        "/attachments",
        "/computed",
    ] {
        for value in [json!(SECRET), json!([SECRET]), json!({"id": SECRET})] {
            let run = run(&changed(pointer, value), &[]);
            assert!(
                !run.err.contains("乌兰图雅") && !run.out.contains("乌兰图雅"),
                "{pointer}: {}",
                run.err
            );
        }
    }
}
