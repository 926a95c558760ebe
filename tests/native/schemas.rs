//! The JSON Schemas, applied by a validator that is not ours, against what the engine says.
//!
//! Two statements are held: what the engine takes the schema takes, and what a schema can say and the
//! engine refuses, the schema refuses. Besides the files at hand, every value of a good file is spoiled
//! in every way in turn.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{BufRead, BufReader},
    sync::Arc,
};

use jsonschema::Validator;
use nomination_form::{
    campaign::{Campaign, Fault, Severity},
    rules::{Judge, Verdict},
    standards::{Calendar, Instant},
    submission::Submission,
};
use serde_json::{Value, json};

use crate::{
    command,
    golden::{self, files},
};

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

#[test]
fn a_campaign_may_come_from_the_standard_input() {
    let campaign = files::one("public/campaigns", "nm2022");
    let made = command::run(&["schema", "submission", "-", "nm2022.worker"], &campaign);
    assert_eq!((made.status, made.err.as_str()), (0, ""));
    let known = golden::campaign("nm2022");
    let schema = Submission::schema(&known, "nm2022.worker").unwrap();
    assert!(serde_json::from_str::<Value>(&made.out).unwrap() == schema);
}

#[test]
fn who_has_seen_enough_of_a_schema_ends_it_quietly() {
    let mut child = command::piped(&mut command::nomination(&["schema", "campaign"]));
    let mut out = BufReader::new(child.stdout.take().unwrap());
    // The rest does not fit into a pipe, so some of it is still to be written.
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}

/// The campaigns that we ship, and the small ones of the tests.
fn campaigns() -> Vec<(String, Value)> {
    let folders = ["public/campaigns", "tests/fixtures/campaigns"];
    let all = folders.into_iter().flat_map(files::all);
    all.map(|(name, bytes)| (name, serde_json::from_slice(&bytes).unwrap())).collect()
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
    let crossing =
        [" above `max`", "at least `ok`", " below the least of ", "fewer than the kinds"];
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
    // Of places that differ only in their numbers the first says all.
    let mut seen = BTreeSet::new();
    pointers.retain(|pointer| seen.insert(pointer.replace(|c: char| c.is_ascii_digit(), "")));
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
            for date in ["1985-11", "1985-12", "1986-01", "2020-02-28", "2020-02-29", "2020-03-01"]
            {
                all.push(("a date", json!(date)));
            }
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
    for name in ["smallest", "every-kind"] {
        let bytes = files::one("tests/fixtures/campaigns", name);
        let json: Value = serde_json::from_slice(&bytes).unwrap();
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

/// What the engine says of a nomination, and what its track's schema says.
struct Track {
    judge: Judge,
    validator: Validator,
}

impl Track {
    fn of(campaign: &Arc<Campaign>, track: &str) -> Self {
        let schema = Submission::schema(campaign, track).unwrap();
        let calendar = Arc::new(Calendar::built_in());
        let judge = Judge::new(campaign.clone(), track, calendar).unwrap();
        Self { judge, validator: validator(&schema) }
    }

    /// The verdict; nothing where it cannot even be judged.
    fn judge(&self, sent: &Value, now: Instant) -> Option<Verdict> {
        let read = Submission::read(sent.to_string().as_bytes()).ok()?;
        read.judge(&self.judge, now).ok()
    }

    /// Whether there is an error that a schema can see: a shape, or what has to be there. It cannot
    /// count files by row.
    fn sees(&self, verdict: &Verdict) -> bool {
        let by_row = |key: &str| {
            self.judge.track().field(key).is_some_and(|field| field.per_row().is_some())
        };
        verdict.problems.iter().filter(|found| found.severity == Severity::Error).any(|found| {
            if found.path == "/attachments" && found.code.as_str() == "missing" {
                return !by_row(found.params["slot"].as_str().unwrap());
            }
            match found.rule.split_once(':') {
                Some(("shape" | "required" | "attach.format" | "opinion.missing", _)) => true,
                Some(("attach.count", key)) => !by_row(key),
                _ => false,
            }
        })
    }
}

fn tracks() -> BTreeMap<String, Track> {
    let folders = ["public/campaigns", "tests/fixtures/campaigns"];
    let campaigns = folders.into_iter().flat_map(files::all).map(|(name, bytes)| {
        Arc::new(Campaign::parse(&bytes).unwrap_or_else(|faults| panic!("{name}: {faults:?}")))
    });
    let tracks = campaigns.flat_map(|campaign| {
        let ids: Vec<_> = campaign.tracks.iter().map(|track| track.id.clone()).collect();
        ids.into_iter().map(move |id| (id.clone(), Track::of(&campaign, &id)))
    });
    tracks.collect()
}

#[test]
fn the_schema_of_a_submission_takes_what_the_engine_takes() {
    let tracks = tracks();
    let (mut taken, mut refused, mut left, mut wrong) = (0, 0, 0, Vec::new());
    for (name, case) in golden::cases() {
        let sent = golden::sent(&case);
        let (_, now) = golden::nomination(&case);
        let track = &tracks[sent["track"].as_str().unwrap()];
        let verdict = track.judge(&sent, now).unwrap();
        let told =
            track.validator.iter_errors(&sent).map(|error| error.instance_path().to_string());
        let told: Vec<_> = told.collect();
        match (verdict.ok, told.is_empty()) {
            (true, true) => taken += 1,
            (true, false) => wrong.push(format!("{name}: refused for {told:?}")),
            (false, false) => refused += 1,
            (false, true) if track.sees(&verdict) => wrong.push(format!("{name}: taken")),
            (false, true) => left += 1,
        }
    }
    println!("{taken} nominations taken, {refused} refused, {left} left to the engine");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(taken >= 50 && refused >= 30);
}

/// Nominations to spoil, each with the moment it is judged at: the complete ones that the golden set
/// starts from, and some of other campaigns.
fn nominations() -> Vec<(String, Value, Instant)> {
    let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
    let bases = files::all("tests/fixtures/verdicts/base").into_iter();
    let bases = bases.map(|(name, bytes)| (name, json(bytes), Instant::parse(NOW).unwrap()));
    let others = files::all("tests/fixtures/nominations").into_iter().map(|(name, bytes)| {
        let other = json(bytes);
        (name, other["sent"].clone(), Instant::parse(other["now"].as_str().unwrap()).unwrap())
    });
    bases.chain(others).collect()
}

const NOW: &str = "2022-08-18T10:00:00+08:00";

#[test]
fn the_schema_says_of_a_spoiled_submission_what_the_engine_says() {
    let tracks = tracks();
    for (name, sent, now) in nominations() {
        let track = &tracks[sent["track"].as_str().unwrap()];
        let verdict = track.judge(&sent, now).unwrap();
        assert!(verdict.ok, "{name}: {:#?}", verdict.problems);
        let (mut taken, mut refused, mut left, mut wrong) = (0, 0, 0, Vec::new());
        spoiled(&sent, |pointer, what, spoiled| {
            let valid = track.validator.is_valid(spoiled);
            match (track.judge(spoiled, now), valid) {
                (Some(verdict), false) if verdict.ok => {
                    wrong.push(format!("{name}{pointer} {what}: refused"));
                }
                (Some(verdict), true) if track.sees(&verdict) => {
                    let rules: Vec<_> = verdict.problems.iter().map(|found| &found.rule).collect();
                    wrong.push(format!("{name}{pointer} {what}: {rules:?}, taken"));
                }
                (None, true) => wrong.push(format!("{name}{pointer} {what}: unreadable, taken")),
                (Some(verdict), true) if verdict.ok => taken += 1,
                (Some(_), true) => left += 1,
                (_, false) => refused += 1,
            }
        });
        println!("{name}: {taken} taken, {refused} refused, {left} left to the engine");
        wrong.truncate(60);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Every word of a choice of the campaign format is used by the campaign of every kind, so that what is
/// spoiled there is all there is.
#[test]
fn the_campaign_of_every_kind_has_every_kind() {
    let schema = Campaign::schema();
    let text = String::from_utf8(files::one("tests/fixtures/campaigns", "every-kind")).unwrap();
    for name in ["FieldKind", "RuleKind"] {
        let forms = schema["$defs"][name]["anyOf"].as_array().unwrap();
        let words = forms.last().unwrap()["properties"].as_object().unwrap().keys();
        let unused: Vec<_> = words.filter(|word| !text.contains(&format!("\"{word}\""))).collect();
        assert_eq!(unused, Vec::<&String>::new(), "{name}");
    }
    let keys = |(name, schema): (&String, &Value)| {
        let properties = schema["properties"].as_object()?.keys();
        Some(properties.map(|key| (name.clone(), key.clone())).collect::<Vec<_>>())
    };
    let keys = schema["$defs"].as_object().unwrap().iter().filter_map(keys).flatten();
    let unused: Vec<_> = keys.filter(|(_, key)| !text.contains(&format!("\"{key}\":"))).collect();
    assert_eq!(unused, Vec::<(String, String)>::new());
}
