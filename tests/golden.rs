//! The golden set: what each nomination in `fixtures/verdicts` earns, natively and in wasm.
//!
//! A case is a file that says what is changed in a complete nomination and what is then found. In wasm
//! the files are built in; natively they are read, so that `UPDATE_EXPECT=1` can rewrite what is
//! expected and the next run sees it.

#![allow(dead_code)] // each test binary uses its part of this module

use std::sync::Arc;

use nomination_form::{
    campaign::Campaign,
    rules::{Judge, Problem},
    standards::{Calendar, Instant},
    submission::Submission,
};
use serde_json::{Map, Value, json};

/// Every case by name, with its content.
pub(crate) fn cases() -> Vec<(String, Value)> {
    let files = files::all("tests/fixtures/verdicts");
    let case = |(name, bytes): (String, Vec<u8>)| {
        let case = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, case)
    };
    files.into_iter().map(case).collect()
}

/// The complete nomination that cases start from.
pub(crate) fn base(name: &str) -> Value {
    serde_json::from_slice(&files::one("tests/fixtures/verdicts/base", name)).unwrap()
}

/// A campaign that we ship, or one made for the tests.
pub(crate) fn campaign(id: &str) -> Arc<Campaign> {
    let shipped = ["sh2023", "nm2022", "jl2023"].contains(&id);
    let folder = if shipped { "public/campaigns" } else { "tests/fixtures/campaigns" };
    let bytes = files::one(folder, id);
    Arc::new(Campaign::parse(&bytes).unwrap_or_else(|faults| panic!("{id}: {faults:?}")))
}

/// JSON files of the package by folder and name, sorted; natively read when asked for.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod files {
    use std::{fs, path::PathBuf};

    pub(crate) fn folder(name: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    pub(crate) fn one(dir: &str, name: &str) -> Vec<u8> {
        let path = folder(dir).join(format!("{name}.json"));
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn all(dir: &str) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(folder(dir)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
        let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut files: Vec<_> = files.map(|path| (name(&path), fs::read(&path).unwrap())).collect();
        files.sort();
        files
    }
}

/// The same, built in.
#[cfg(target_arch = "wasm32")]
pub(crate) mod files {
    use include_dir::{Dir, include_dir};

    static CASES: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/fixtures/verdicts");
    static MADE: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/fixtures/campaigns");
    static CAMPAIGNS: Dir = include_dir!("$CARGO_MANIFEST_DIR/public/campaigns");

    pub(crate) fn one(dir: &str, name: &str) -> Vec<u8> {
        let file = match dir {
            "public/campaigns" => CAMPAIGNS.get_file(format!("{name}.json")),
            "tests/fixtures/campaigns" => MADE.get_file(format!("{name}.json")),
            _ => CASES.get_file(format!("base/{name}.json")),
        };
        file.unwrap_or_else(|| panic!("no {dir}/{name}.json")).contents().to_vec()
    }

    pub(crate) fn all(_dir: &str) -> Vec<(String, Vec<u8>)> {
        let name = |file: &include_dir::File| {
            file.path().file_stem().unwrap().to_string_lossy().into_owned()
        };
        let mut files: Vec<_> =
            CASES.files().map(|file| (name(file), file.contents().to_vec())).collect();
        files.sort();
        files
    }
}

/// The nomination of a case as it is sent.
pub(crate) fn sent(case: &Value) -> Value {
    let mut json = base(case["base"].as_str().unwrap());
    merge(&mut json, &case["patch"]);
    for (pointer, value) in case["set"].as_object().unwrap_or(&Map::new()) {
        set(&mut json, pointer, value.clone());
    }
    json
}

/// The nomination of a case, and the moment it is judged at.
pub(crate) fn nomination(case: &Value) -> (Submission, Instant) {
    let submission = Submission::read(sent(case).to_string().as_bytes()).unwrap();
    let now = case["now"].as_str().unwrap_or("2022-08-18T10:00:00+08:00");
    (submission, Instant::parse(now).unwrap())
}

/// What is found in the nomination of a case, as the case writes it down.
pub(crate) fn found(case: &Value) -> Value {
    let (submission, now) = nomination(case);
    let judge = judge(&submission);
    let verdict = submission.judge(&judge, now).unwrap();
    Value::Array(verdict.problems.iter().map(written).collect())
}

/// A judge for a nomination.
pub(crate) fn judge(submission: &Submission) -> Judge {
    let campaign = campaign(&submission.campaign.id);
    Judge::new(campaign, &submission.track, Arc::new(Calendar::built_in())).unwrap()
}

fn written(problem: &Problem) -> Value {
    json!({
        "rule": problem.rule, "code": problem.code, "severity": problem.severity,
        "path": problem.path, "message": problem.message,
    })
}

/// RFC 7396, and besides `{"$repeat": ["社", 3000]}` for texts nobody wants to read.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    match patch {
        Value::Null => {}
        Value::Object(patch) if patch.contains_key("$repeat") => {
            let repeat = &patch["$repeat"];
            let times = usize::try_from(repeat[1].as_u64().unwrap()).unwrap();
            *target = repeat[0].as_str().unwrap().repeat(times).into();
        }
        Value::Object(patch) => {
            if !target.is_object() {
                *target = json!({});
            }
            let map = target.as_object_mut().unwrap();
            for (key, value) in patch {
                if value.is_null() {
                    map.remove(key);
                } else {
                    merge(map.entry(key.clone()).or_insert(Value::Null), value);
                }
            }
        }
        value => *target = value.clone(),
    }
}

/// Sets what stands at a JSON pointer; the last part may be new, `-` is behind a list's end.
pub(crate) fn set(target: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match target.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(map) => drop(map.insert(last.to_owned(), value)),
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to set at {pointer}"),
    }
}
