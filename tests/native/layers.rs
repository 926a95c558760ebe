//! Who may import whom, and what a layer never touches: the table in `src/docs/design.md`. Nobody can
//! see an absence, so a test reads the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::golden::files::folder;

/// A line of the table.
struct Layer {
    modules: Vec<String>,
    may_use: Vec<String>,
    /// What its code never names.
    never: Vec<&'static str>,
}

/// The table, as it stands in the design.
fn layers() -> Vec<Layer> {
    let design = fs::read_to_string(folder("src/docs/design.md")).unwrap();
    let head = "| module | may use | never touches |\n|---|---|---|\n";
    let (_, table) = design.split_once(head).unwrap();
    let mut above = Vec::new();
    let mut layers = Vec::new();
    for line in table.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [modules, may_use, never] = cells[..] else { panic!("{line}") };
        let may_use = match may_use {
            "nothing of ours" => Vec::new(),
            // The last line may use everything, and all else stands above it.
            "all of the above" | "everything" => above.clone(),
            some => quoted(some),
        };
        assert!(quoted(never).iter().all(|module| !may_use.contains(module)), "{line}");
        let modules = quoted(modules);
        above.extend(modules.clone());
        let never = never.split(", ").flat_map(written).copied().collect();
        layers.push(Layer { modules, may_use, never });
    }
    layers
}

/// The names in a cell.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// How that stands in code which touches it.
fn written(what: &str) -> &'static [&'static str] {
    match what {
        "clocks" => &["SystemTime", "Instant::now"],
        "the browser" => &["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo_timers", "idb::"],
        "signals" => &["leptos"],
        "`async`" => &["async fn", "async move", "async {", ".await"],
        // No name says it.
        "deciding anything" => &[],
        // A module: what may be used says it.
        module => {
            assert!(module.starts_with('`'), "nobody knows how `{module}` is written");
            &[]
        }
    }
}

/// Every source file of a module: `src/x.rs` and all in `src/x/`.
fn sources(module: &str) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let file = folder("src").join(format!("{module}.rs"));
    read(&file, &mut sources);
    read(&folder("src").join(module), &mut sources);
    sources
}

fn read(path: &Path, sources: &mut Vec<(PathBuf, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            read(&entry.unwrap().path(), sources);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        sources.push((path.to_owned(), code(&fs::read_to_string(path).unwrap_or_default())));
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
fn every_module_stands_in_the_table() {
    let lib = fs::read_to_string(folder("src/lib.rs")).unwrap();
    let declared = |line: &str| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned);
    let mut declared: Vec<_> = lib.lines().filter_map(declared).collect();
    let mut named: Vec<_> = layers().into_iter().flat_map(|layer| layer.modules).collect();
    declared.sort();
    named.sort();
    assert_eq!(named, declared);
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let layers = layers();
    let modules: Vec<_> = layers.iter().flat_map(|layer| &layer.modules).collect();
    for Layer { modules: these, may_use, .. } in &layers {
        for module in these {
            for (path, source) in sources(module) {
                for used in used(&source) {
                    assert!(
                        !modules.contains(&&used) || used == *module || may_use.contains(&used),
                        "{}: `{module}` uses `{used}`, it may use {may_use:?}",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn no_layer_touches_what_it_never_touches() {
    for Layer { modules, never, .. } in layers() {
        let sources = modules.iter().flat_map(|module| sources(module));
        for (path, source) in sources.filter(|(path, _)| !is_test(path)) {
            for name in &never {
                assert!(!source.contains(*name), "{} names `{name}`", path.display());
            }
        }
    }
}

/// A test may look at the clock.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.parent().is_some_and(|folder| folder.ends_with("tests"))
}

#[test]
fn the_test_reads_the_table() {
    let layers = layers();
    let of = |name: &str| {
        let mut layers = layers.iter();
        layers.find(|layer| layer.modules.iter().any(|module| module == name)).unwrap()
    };
    assert!(of("upload").may_use.is_empty());
    assert_eq!(of("answers").may_use, ["campaign", "files"]);
    assert_eq!(of("session").may_use.len(), 8);
    for name in ["SystemTime", "Instant::now", "leptos", "async fn"] {
        assert!(of("session").never.contains(&name) && of("rules").never.contains(&name));
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
