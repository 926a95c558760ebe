//! The guide for campaign officers: its example runs to the letter, and it leaves nothing out.

use std::{collections::BTreeSet, sync::Arc};

use nomination_form::{
    campaign::{Campaign, Op},
    rules::Judge,
    standards::{Calendar, Instant},
    submission::Submission,
};
use serde_json::Value;

const GUIDE: &str = include_str!("../../src/docs/campaign-guide.md");

/// The fenced block of that name.
fn block(name: &str) -> &'static str {
    let (_, rest) = GUIDE.split_once(&format!("```json {name}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_example_earns_the_verdict_that_the_guide_shows() {
    let campaign = Campaign::parse(block("campaign").as_bytes()).unwrap();
    let submission = Submission::read(block("submission").as_bytes()).unwrap();
    let calendar = Arc::new(Calendar::built_in());
    let judge = Judge::new(Arc::new(campaign), &submission.track, calendar).unwrap();
    let now = Instant::parse("2026-05-25T10:00:00+08:00").unwrap();
    let verdict = serde_json::to_value(submission.judge(&judge, now).unwrap()).unwrap();
    let shown: Value = serde_json::from_str(block("verdict")).unwrap();
    assert_eq!(verdict, shown);
}

/// Everything the guide sets in code.
fn named() -> BTreeSet<&'static str> {
    GUIDE.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_operator_stands_in_the_guide() {
    let named = named();
    for (_, name, ..) in Op::ALL {
        assert!(named.contains(name), "`{name}`");
    }
}

/// Every key of the format, every kind and every word stands in the guide, so that what is added to the
/// format is added there.
#[cfg(feature = "cli")]
#[test]
fn every_kind_and_setting_stands_in_the_guide() {
    let schema = Campaign::schema();
    let named: BTreeSet<_> =
        named().into_iter().flat_map(|code| code.split([' ', '"', '{', '}', ':', ','])).collect();
    let mut missing = Vec::new();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        let forms = definition["anyOf"].as_array().into_iter().flatten();
        let objects = forms.clone().chain([definition]);
        let keys =
            objects.filter_map(|form| form["properties"].as_object()).flat_map(|it| it.keys());
        let words = forms.filter_map(|form| form["const"].as_str());
        let all: Vec<_> = keys.map(String::as_str).chain(words).collect();
        missing.extend(
            all.into_iter().filter(|key| !named.contains(key)).map(|key| format!("{name}.{key}")),
        );
    }
    assert_eq!(missing, Vec::<String>::new());
}
