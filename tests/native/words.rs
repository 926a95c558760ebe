//! The catalogue: nothing missing in any language, nothing left over, and no text in the code of what
//! the page and its verdicts say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use nomination_form::{rules::Code, words::Words};

use crate::golden::{self, files::folder};

type Catalogue = BTreeMap<String, String>;

fn read(path: &str) -> String {
    fs::read_to_string(folder(path)).unwrap()
}

fn catalogue(name: &str) -> Catalogue {
    serde_json::from_str(&read(&format!("src/words/{name}"))).unwrap()
}

/// What the program has in zh-CN: the engine's part, and the loader's.
fn chinese() -> Catalogue {
    let mut all = catalogue("zh-CN.json");
    all.extend(catalogue("loader.zh-CN.json"));
    all
}

fn english() -> &'static Words {
    Words::of("en", &[&read("src/words/en.json")])
}

/// Characters of Chinese writing, punctuation among them.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The names in a template's braces, however they are to be read.
fn parameters(template: &str) -> BTreeSet<&str> {
    let specs = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    specs.map(|(spec, _)| spec.split([':', '|']).next().unwrap_or_default()).collect()
}

#[test]
fn every_language_says_the_same_things() {
    let (chinese, english) = (chinese(), catalogue("en.json"));
    assert_eq!(chinese.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    for (key, text) in &english {
        assert_eq!(parameters(text), parameters(&chinese[key]), "{key}");
        assert!(!text.contains(is_chinese), "{key}: {text}");
        assert!(!text.trim().is_empty(), "{key} is empty");
    }
}

#[test]
fn english_neither_begs_nor_blames_nor_ends_in_a_full_stop() {
    for (key, text) in catalogue("en.json") {
        let low = text.to_lowercase();
        for word in ["please", "invalid", "failed", "error", "sorry"] {
            assert!(!low.contains(word), "{key}: {text}");
        }
        assert!(!text.ends_with('.'), "{key}: {text}");
    }
}

/// The texts in a Rust source: what stands in string literals outside comments and tests.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|c| *c != '\n').is_some() {},
            // A character, not a lifetime.
            '\'' => {
                let ahead: String = rest.clone().take(3).collect();
                let length = ahead
                    .starts_with('\\')
                    .then_some(2)
                    .or_else(|| (ahead.chars().nth(1) == Some('\'')).then_some(1));
                for _ in 0..length.unwrap_or(0) {
                    rest.next();
                }
            }
            'r' if matches!(rest.peek(), Some('"' | '#')) => {
                let mut ahead = rest.clone();
                let hashes = std::iter::from_fn(|| ahead.next_if_eq(&'#')).count();
                if ahead.next_if_eq(&'"').is_some() {
                    let end = format!("\"{}", "#".repeat(hashes));
                    let text: String = ahead.collect();
                    let (literal, _) = text.split_once(&end).unwrap();
                    found.push(literal.to_owned());
                    let skip = hashes + 1 + literal.chars().count() + end.chars().count();
                    for _ in 0..skip {
                        rest.next();
                    }
                }
            }
            '"' => {
                let mut literal = String::new();
                while let Some(c) = rest.next() {
                    match c {
                        '"' => break,
                        '\\' => literal.extend(rest.next().into_iter().flat_map(|c| ['\\', c])),
                        c => literal.push(c),
                    }
                }
                found.push(literal);
            }
            _ => {}
        }
    }
    found
}

fn sources(path: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            sources(&entry.unwrap().path(), ending, found);
        }
    } else if path.extension().is_some_and(|known| known == ending) && !path.ends_with("tests.rs") {
        found.push((path.to_owned(), fs::read_to_string(path).unwrap()));
    }
}

/// The sources of some modules.
fn modules(names: &[&str], ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for name in names {
        sources(&folder("src").join(name), ending, &mut found);
        let file = folder("src").join(format!("{name}.{ending}"));
        if file.is_file() {
            sources(&file, ending, &mut found);
        }
    }
    found
}

/// What the page and its verdicts say comes from these. No page shows what `batch` and `diff` say, nor
/// the title of a `Rejection`, so those may stand in code.
const SPEAKING: [&str; 6] = ["view", "session", "element", "browser", "rules", "words"];

#[test]
fn no_text_for_people_stands_in_code() {
    let mut looked_at = 0;
    for (path, source) in modules(&SPEAKING, "rs") {
        for literal in literals(&source) {
            looked_at += 1;
            assert!(!literal.contains(is_chinese), "{}: `{literal}`", path.display());
        }
    }
    assert!(looked_at > 1_000, "{looked_at} texts were seen");
    for (path, source) in modules(&SPEAKING, "js") {
        let code = source.lines().filter(|line| !line.trim_start().starts_with(['/', '*']));
        for line in code {
            assert!(!line.contains(is_chinese), "{}: {line}", path.display());
        }
    }
}

#[test]
fn the_test_sees_what_is_a_text() {
    let source = r##"let a: &'static str = "一\"二"; // "三"
        let b = ['四', '\'', '"']; f(r#"五"六"#, "七"); #[cfg(test)]
mod tests { "八" }"##;
    assert_eq!(literals(source), ["一\\\"二", "五\"六", "七"]);
}

/// The keys that have a function of their own: those listed in `plain!`.
fn plain() -> BTreeSet<String> {
    let source = read("src/view/words.rs");
    let (_, list) = source.split_once("\nplain! {\n").unwrap();
    let (list, _) = list.split_once("\n}").unwrap();
    let lines = list.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.map(|line| line.trim_end_matches(';').to_owned()).collect()
}

fn is_finding(key: &str) -> bool {
    let code = key.split('.').next().unwrap_or_default();
    Code::ALL.iter().any(|known| known.as_str() == code)
}

/// How the names begin of what is said while a photo is cropped. The rest is their name there.
const PANEL: &str = "crop_";

/// What the scripts that crop a photo say: `words.title`, and for each move the words on its button.
fn by_the_panel() -> BTreeSet<String> {
    let panel = read("src/element/photo/panel.js");
    let (_, loader) = read("src/element/loader.js")
        .split_once("async function crop(")
        .map(|(before, after)| (before.to_owned(), after.to_owned()))
        .unwrap();
    let (loader, _) = loader.split_once("\n}\n").unwrap();
    let (_, moves) = panel.split_once("const moves = {\n").unwrap();
    let (moves, _) = moves.split_once("};").unwrap();
    let moves = moves.lines().filter_map(|line| Some(line.trim().split_once(": () =>")?.0));
    let name = |rest: &str| {
        rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap().to_owned()
    };
    let said = [panel.as_str(), loader].map(|code| code.split("words.").skip(1).map(name));
    said.into_iter().flatten().chain(moves.map(str::to_owned)).collect()
}

#[test]
fn every_text_is_used() {
    let code = modules(&["view", "rules", "words", "session", "files"], "rs");
    let used: BTreeSet<String> = code.iter().flat_map(|(_, source)| literals(source)).collect();
    let (plain, panel) = (plain(), by_the_panel());
    for key in catalogue("zh-CN.json").keys() {
        // Findings are told by their code, and by the word behind the dot.
        let word = key.split_once('.').map_or(key.as_str(), |(_, word)| word);
        let known = used.contains(word) || plain.contains(key);
        let code_alone = is_finding(key) && !key.contains('.');
        let by_panel = key.strip_prefix(PANEL).is_some_and(|name| panel.contains(name));
        assert!(known || code_alone || by_panel, "nothing says `{key}`");
    }
    let loader = read("src/element/loader.js");
    for key in catalogue("loader.zh-CN.json").keys() {
        assert!(loader.contains(key.as_str()), "the loader never says `{key}`");
    }
}

/// What the program says by a name of its own, the compiler looks up; what it puts together, it does
/// not.
#[test]
fn every_text_that_is_used_is_there() {
    for code in Code::ALL {
        assert!(Words::base().find(code.as_str()).is_some(), "`{}`", code.as_str());
    }
    for name in by_the_panel() {
        assert!(Words::base().find(&format!("{PANEL}{name}")).is_some(), "`{name}`");
    }
    let (loader, known) = (read("src/element/loader.js"), catalogue("loader.zh-CN.json"));
    for (at, _) in loader.match_indices("loader_") {
        let key = loader[at..].split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap();
        assert!(known.contains_key(key), "`{key}`");
    }
}

/// The compiler finds a text by its line.
#[test]
fn the_catalogue_has_a_text_in_each_line_in_the_order_of_their_names() {
    let text = read("src/words/zh-CN.json");
    let name = |line: &str| line.trim().split('"').nth(1).map(str::to_owned);
    let lines: Vec<_> = text.lines().filter_map(name).collect();
    assert_eq!(lines, catalogue("zh-CN.json").into_keys().collect::<Vec<_>>());
    assert_eq!(text.lines().count(), lines.len() + 2);
    assert!(text.ends_with("\n}\n"));
}

/// Every finding of the golden set, in zh-CN and in English.
#[test]
fn every_finding_is_told_in_english() {
    let english = english();
    let mut told = BTreeSet::new();
    for (name, case) in golden::cases() {
        let (submission, now) = golden::nomination(&case);
        let (base, other) = (golden::judge(&submission), golden::judge(&submission));
        let other = other.speaking(english);
        let base = submission.judge(&base, now).unwrap();
        let other = submission.judge(&other, now).unwrap();
        assert_eq!(base.problems.len(), other.problems.len(), "{name}");
        for (base, other) in base.problems.iter().zip(&other.problems) {
            let same = |problem: &nomination_form::rules::Problem| {
                (problem.rule.clone(), problem.code, problem.severity, problem.path.clone())
            };
            assert_eq!(same(base), same(other), "{name}");
            let own = golden::campaign(&submission.campaign.id).tracks.iter().any(|track| {
                track.rules.iter().any(|rule| rule.id == other.rule && rule.message.is_some())
            });
            assert!(own || base.message != other.message, "{name}: {}", other.message);
            assert!(!other.message.contains(['{', '}', '|']), "{name}: {}", other.message);
            told.insert(other.code);
        }
    }
    assert!(told.len() > 50, "{} kinds of findings", told.len());
}
