//! Faults of campaign files: each earns its code, its place and its message.

use std::{env, fs};

use nomination_form::campaign::{Campaign, Fault, MAX_BYTES};
use serde_json::{Value, json};

use crate::golden::{self, files};

/// The faults of a case: a change to the smallest campaign, or a text of its own.
fn found(case: &Value) -> Vec<Fault> {
    let own = case["text"].as_str().map(|text| text.as_bytes().to_vec());
    let bytes = own.unwrap_or_else(|| {
        let mut json = smallest();
        golden::merge(&mut json, &case["patch"]);
        for (pointer, value) in case["set"].as_object().into_iter().flatten() {
            golden::set(&mut json, pointer, value.clone());
        }
        json.to_string().into_bytes()
    });
    Campaign::parse(&bytes).err().unwrap_or_default()
}

fn smallest() -> Value {
    serde_json::from_slice(&files::one("tests/fixtures/campaigns", "smallest")).unwrap()
}

#[test]
fn the_smallest_campaign_is_one() {
    assert_eq!(found(&json!({})), []);
}

#[test]
fn every_faulty_campaign_earns_its_faults() {
    let update = env::var_os("UPDATE_EXPECT").is_some();
    for (name, bytes) in files::all("tests/fixtures/faults") {
        let mut case: Value =
            serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found = serde_json::to_value(found(&case)).unwrap();
        if update {
            case["faults"] = found;
            let path = files::folder("tests/fixtures/faults").join(format!("{name}.json"));
            fs::write(path, format!("{case:#}\n")).unwrap();
        } else {
            assert_eq!(found, case["faults"], "{name}");
            assert_ne!(found, json!([]), "{name}");
        }
    }
}

#[track_caller]
fn refused(bytes: &[u8], code: &str, message: &str) {
    let faults = Campaign::parse(bytes).unwrap_err();
    assert_eq!((faults[0].code, faults[0].pointer.as_str()), (code, ""));
    assert!(faults[0].message.starts_with(message), "{}", faults[0]);
}

#[test]
fn size_and_depth_are_bounded() {
    refused(
        &vec![b' '; 10 * MAX_BYTES],
        "too-large",
        "file of 10485760 bytes, expected at most 1048576",
    );
    refused(
        &[b"[".repeat(100_000), b"]".repeat(100_000)].concat(),
        "too-deep",
        "nested deeper than 40 levels",
    );
    refused(b"\xFF\xFE", "not-json", "not UTF-8 from byte 0 on");
    refused(b"", "not-json", "EOF while parsing");
}

#[test]
fn a_condition_cannot_be_made_to_cost_much() {
    let mut condition = json!({"var": "name"});
    for _ in 0..30 {
        condition = json!({"!": condition});
    }
    let faults = found(&json!({"set": {"/tracks/0/sections/0/fields/0/visible": condition}}));
    assert!(
        faults[0].message.starts_with("condition nested deeper than 16 levels"),
        "{}",
        faults[0]
    );
    let wide: Vec<_> = (0..50).map(|_| json!({"or": vec![json!({"var": "name"}); 50]})).collect();
    let faults = found(&json!({"set": {"/tracks/0/sections/0/fields/0/visible": {"and": wide}}}));
    assert!(faults[0].message.starts_with("condition of more than 500 parts"), "{}", faults[0]);
}
