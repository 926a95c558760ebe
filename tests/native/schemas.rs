//! The JSON Schemas, applied by a validator that is not ours, against what the engine says.
//!
//! Two statements are held: what the engine takes the schema takes, and what a schema can say and the
//! engine refuses, the schema refuses. Besides the files at hand, every value of a good file is spoiled
//! in every way in turn.

use std::{collections::BTreeMap, env, fs};

use jsonschema::Validator;
use nomination_form::campaign::{Campaign, Fault};
use serde_json::{Value, json};

use crate::golden::{self, files};

/// A validator that also holds the schema itself against the dialect's own schema.
fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{error}"));
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_schema_of_campaign_files_is_in_step() {
    let path = files::folder("public").join("campaign.schema.json");
    let made = format!("{:#}\n", Campaign::schema());
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(made == kept, "out of step: UPDATE_EXPECT=1 cargo test --test native schema");
}

/// The campaigns that we ship, and the small ones of the tests.
fn campaigns() -> Vec<(String, Value)> {
    let folders = ["public/campaigns", "tests/fixtures/campaigns"];
    let all = folders.into_iter().flat_map(files::all);
    let mut campaigns: Vec<_> =
        all.map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap())).collect();
    campaigns.retain(|(_, json)| faults(json).is_empty());
    campaigns
}

fn faults(json: &Value) -> Vec<Fault> {
    Campaign::parse(json.to_string().as_bytes()).err().unwrap_or_default()
}

/// Whether a schema can see the fault. The others are about what stands elsewhere in the file, and so
/// are bounds that cross each other.
fn of_shape(fault: &Fault) -> bool {
    let codes = [
        "wrong-shape",
        "unknown-format",
        "out-of-bounds",
        "bad-key",
        "unknown-codes",
        "both",
        "empty",
        "unknown-format-name",
        "unknown-ground",
        "not-a-column",
    ];
    let crossing = [" above `max`", "at least `ok`"];
    codes.contains(&fault.code) && !crossing.iter().any(|words| fault.message.contains(words))
}

#[test]
fn every_campaign_of_ours_fulfils_the_schema() {
    let validator = validator(&Campaign::schema());
    let campaigns = campaigns();
    for (name, json) in &campaigns {
        let told = validator.iter_errors(json).map(|error| error.instance_path().to_string());
        assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
    }
    assert!(campaigns.len() >= 2);
}

#[test]
fn faults_of_shape_are_refused_by_the_schema_too() {
    let validator = validator(&Campaign::schema());
    let smallest = files::one("tests/fixtures/campaigns", "smallest");
    let (mut refused, mut taken) = (0, Vec::new());
    for (name, bytes) in files::all("tests/fixtures/faults") {
        let case: Value = serde_json::from_slice(&bytes).unwrap();
        let mut json: Value = match case["text"].as_str().map(serde_json::from_str) {
            Some(Ok(json)) => json,
            Some(Err(_)) => continue,
            None => serde_json::from_slice(&smallest).unwrap(),
        };
        golden::merge(&mut json, &case["patch"]);
        for (pointer, value) in case["set"].as_object().into_iter().flatten() {
            golden::set(&mut json, pointer, value.clone());
        }
        let of_shape = faults(&json).iter().any(of_shape);
        match (of_shape, validator.is_valid(&json)) {
            (true, true) => taken.push(name),
            (true, false) => refused += 1,
            _ => {}
        }
    }
    println!("{refused} faulty campaigns refused by the schema");
    assert!(refused >= 20);
    assert_eq!(taken, Vec::<String>::new());
}

/// Every value of `json` in turn spoiled in every way, each given as pointer, what was done and result.
fn spoiled(json: &Value, mut each: impl FnMut(&str, &str, &Value)) {
    let mut pointers = Vec::new();
    walk(json, String::new(), &mut pointers);
    // Of places that differ only in their numbers the first two say all.
    let mut seen = BTreeMap::<String, usize>::new();
    pointers.retain(|pointer| {
        let times = seen.entry(pointer.replace(|c: char| c.is_ascii_digit(), "")).or_default();
        *times += 1;
        *times <= 2
    });
    for pointer in pointers {
        let found = json.pointer(&pointer).unwrap();
        for (what, value) in spoilings(found) {
            let mut other = json.clone();
            *other.pointer_mut(&pointer).unwrap() = value;
            each(&pointer, what, &other);
        }
        let (parent, last) = pointer.rsplit_once('/').unwrap_or_default();
        let mut without = json.clone();
        if let Some(Value::Object(map)) = without.pointer_mut(parent)
            && map.remove(&last.replace("~1", "/")).is_some()
        {
            each(&pointer, "left out", &without);
        }
    }
}

fn walk(json: &Value, at: String, pointers: &mut Vec<String>) {
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                walk(value, format!("{at}/{}", key.replace('/', "~1")), pointers);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate().take(3) {
                walk(item, format!("{at}/{i}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(at);
}

fn spoilings(found: &Value) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("null", Value::Null),
        ("true", json!(true)),
        ("false", json!(false)),
        ("a number", json!(7)),
        ("a negative number", json!(-7)),
        ("a fraction", json!(0.5)),
        ("a large number", json!(1_000_000_000_000_u64)),
        ("a word", json!("word")),
        ("a blank", json!("")),
        ("a wide blank", json!("\u{3000}")),
        ("markup", json!("<b>word</b>")),
        ("a long text", json!("字".repeat(5000))),
        ("a list", json!([])),
        ("a list of a word", json!(["word"])),
        ("an object", json!({})),
        ("another object", json!({"word": null})),
        ("a condition", json!({"==": [{"var": "name"}, 1]})),
    ];
    match found {
        Value::Object(map) => {
            let mut more = map.clone();
            more.insert("strange".into(), json!(1));
            all.push(("another key", more.into()));
        }
        Value::Array(items) => {
            let more = |item: Value| {
                let more: Vec<_> = items.iter().cloned().chain([item]).collect();
                Value::from(more)
            };
            all.push(("the last twice", more(items.last().cloned().unwrap_or_default())));
            all.push(("null besides", more(Value::Null)));
            all.push(("a word besides", more(json!("word"))));
            all.push(("an empty row besides", more(json!({}))));
            all.push(("the last gone", items[..items.len().saturating_sub(1)].to_vec().into()));
            all.push(("very long", items.iter().cycle().take(200).cloned().collect()));
        }
        Value::String(words) => {
            all.push(("blanks around", json!(format!(" {words}\u{3000}"))));
            all.push(("in a list", json!([words])));
            all.push(("as a code", json!({"code": words, "name": "名"})));
            all.push(("as a key", json!({words: null})));
            all.push(("no such day", json!("2023-02-29")));
            all.push(("a leap day", json!("2024-02-29")));
            all.push(("no such month", json!("2023-13")));
            all.push(("an early month", json!("0001-01")));
        }
        Value::Number(number) => all.push(("as a text", json!(number.to_string()))),
        _ => {}
    }
    all
}

#[test]
fn the_schema_says_of_a_spoiled_campaign_what_the_reader_says() {
    let validator = validator(&Campaign::schema());
    let (mut same, mut wrong) = (0, Vec::new());
    for (name, json) in campaigns() {
        spoiled(&json, |pointer, what, spoiled| {
            let faults = faults(spoiled);
            let of_shape = faults.iter().any(of_shape);
            let taken = validator.is_valid(spoiled);
            if (taken && of_shape) || (!taken && faults.is_empty()) {
                let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
                let says = if taken { "takes" } else { "refuses" };
                wrong.push(format!("{name}{pointer} {what}: {codes:?}, the schema {says} it"));
            } else {
                same += 1;
            }
        });
    }
    println!("{same} spoiled campaigns, {} told apart", wrong.len());
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
