//! Who may import whom. Nobody can see an absence, so a test reads the sources.

use std::{fs, path::Path};

use crate::golden::files::folder;

/// Every module with those it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("standards", &[]),
    ("files", &[]),
    ("upload", &[]),
    ("campaign", &["standards", "files"]),
    ("answers", &["campaign", "files"]),
    ("words", &["campaign"]),
    ("rules", &["campaign", "answers", "standards", "files", "words"]),
    ("submission", &["campaign", "answers", "rules", "standards", "words"]),
    ("diff", &["campaign", "answers", "rules", "standards", "words"]),
    ("batch", &["campaign", "answers", "rules", "submission", "standards"]),
    (
        "session",
        &["campaign", "answers", "rules", "submission", "standards", "files", "upload", "words"],
    ),
    (
        "view",
        &[
            "campaign",
            "answers",
            "rules",
            "submission",
            "standards",
            "files",
            "upload",
            "session",
            "words",
        ],
    ),
    ("browser", &["campaign", "answers", "upload", "files", "standards", "submission"]),
];

const BROWSER_ONLY: [&str; 4] = ["web_sys", "js_sys", "leptos", "wasm_bindgen"];
const MODULES: [&str; 15] = [
    "standards",
    "files",
    "upload",
    "campaign",
    "answers",
    "words",
    "rules",
    "submission",
    "batch",
    "diff",
    "session",
    "view",
    "browser",
    "element",
    "docs",
];

/// Every source file of a module: `src/x.rs` and all in `src/x/`.
fn sources(module: &str) -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let file = folder("src").join(format!("{module}.rs"));
    read(&file, &mut sources);
    read(&folder("src").join(module), &mut sources);
    sources
}

fn read(path: &Path, sources: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            read(&entry.unwrap().path(), sources);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        sources.push((
            path.display().to_string(),
            code(&fs::read_to_string(path).unwrap_or_default()),
        ));
    }
}

/// The source without comments: docs may name whom they like.
fn code(source: &str) -> String {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules of ours that a source names: `crate::x`, and the first names in `use crate::{…}`.
fn used(source: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group)),
            None => used.push(name(rest)),
        }
    }
    used
}

/// The names at the outermost level of a group of imports.
fn first_names(group: &str) -> Vec<String> {
    let mut names = vec![name(group.trim_start())];
    let mut depth = 0;
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    names
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn modules_use_only_what_stands_below_them() {
    for (module, may_use) in MAY_USE {
        for (path, source) in sources(module) {
            for used in used(&source) {
                let ours = MODULES.contains(&used.as_str());
                assert!(
                    !ours || used == *module || may_use.contains(&used.as_str()),
                    "{path}: `{module}` uses `{used}`, it may use {may_use:?}"
                );
            }
        }
    }
}

#[test]
fn only_the_rim_knows_the_browser() {
    for (module, _) in MAY_USE.iter().filter(|(module, _)| !["view", "browser"].contains(module)) {
        for (path, source) in sources(module) {
            for name in BROWSER_ONLY {
                assert!(!source.contains(name), "{path} mentions `{name}`");
            }
        }
    }
}

#[test]
fn the_test_sees_groups_of_imports() {
    assert_eq!(
        used("use crate::{\n    answers::{Answers, text},\n    rules::Code,\n};"),
        ["answers", "rules", ""]
    );
    assert_eq!(used("let x = crate::files::Format::Jpeg;"), ["files"]);
}
