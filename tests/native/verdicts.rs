//! The golden set, natively; `UPDATE_EXPECT=1` rewrites what is expected.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::golden;

#[test]
fn every_nomination_earns_its_verdict() {
    let update = env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for (name, case) in golden::cases() {
        let found = golden::found(&case);
        if found == case["problems"] {
            continue;
        }
        if update {
            rewrite(&name, &case, &found);
        } else {
            wrong.push(format!("{name}: expected {:#}, found {found:#}", case["problems"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Writes a case in the order a reader wants it, one finding a line.
fn rewrite(name: &str, case: &Value, found: &Value) {
    let keys = ["about", "base", "now", "patch", "set"];
    let about =
        keys.iter().filter_map(|key| Some(format!("  {}: {}", json!(key), case.get(*key)?)));
    let found: Vec<_> = found.as_array().unwrap().iter().map(line).collect();
    let problems = if found.is_empty() {
        "  \"problems\": []".to_owned()
    } else {
        format!("  \"problems\": [\n    {}\n  ]", found.join(",\n    "))
    };
    let text = format!("{{\n{}\n}}\n", about.chain([problems]).collect::<Vec<_>>().join(",\n"));
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/verdicts");
    fs::write(path.join(format!("{name}.json")), text).unwrap();
}

fn line(found: &Value) -> String {
    let keys = ["rule", "code", "severity", "path", "message"];
    let parts: Vec<_> = keys.iter().map(|key| format!("{}: {}", json!(key), found[*key])).collect();
    format!("{{{}}}", parts.join(", "))
}

#[test]
fn the_golden_set_is_large_enough_to_mean_something() {
    assert!(golden::cases().len() >= 80);
}

#[test]
fn a_message_neither_begs_nor_blames_nor_ends_in_a_full_stop() {
    for (name, case) in golden::cases() {
        for found in case["problems"].as_array().unwrap() {
            let message = found["message"].as_str().unwrap();
            for word in ["请", "非法", "无效", "。", "{", "}"] {
                assert!(!message.contains(word), "{name}: {message}");
            }
        }
    }
}
