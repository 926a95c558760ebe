//! The form's styles follow the direction of writing, and are understood by Chromium 79.

use std::fs;

use crate::golden::files::folder;

/// What is said in words of the screen all the same, and why.
const EXCEPTIONS: [(&str, &str); 5] = [
    // The lower edge of the screen, which is there whichever way a text runs; `inset-block-end` is too young.
    ("base.css", "bottom: 0"),
    // The whole screen, which begins there whichever way a text runs; `inset` is too young.
    ("field.css", "left: 0"),
    ("field.css", "top: var(--seen-top, 0)"),
    // Along the line `left` means its start, whichever way it runs; `inline-start` is too young.
    ("rows.css", "float: left"),
    // For browsers that do not know `resize: block`, which stands behind it. They write no form vertically.
    ("field.css", "resize: vertical"),
];

const SIDES: [&str; 4] = ["left", "right", "top", "bottom"];
const SIZES: [&str; 6] = ["width", "height", "min-width", "min-height", "max-width", "max-height"];
const FOUR_SIDED: [&str; 6] =
    ["margin", "padding", "border-width", "border-style", "border-color", "border-radius"];
/// Properties whose values name sides.
const SIDED: [&str; 6] =
    ["float", "clear", "text-align", "background-position", "transform-origin", "resize"];
/// Known to Chromium from 87 on.
const TOO_YOUNG: [&str; 6] = [
    "margin-inline",
    "margin-block",
    "padding-inline",
    "padding-block",
    "border-inline",
    "border-block",
];

/// What is wrong with a declaration, if anything is.
fn wrong(property: &str, value: &str) -> Option<&'static str> {
    let names_side = |words: &str, cut: char| words.split(cut).any(|word| SIDES.contains(&word));
    if SIZES.contains(&property)
        || names_side(property, '-')
        || property == "overflow-x"
        || property == "overflow-y"
    {
        return Some("names a side of the screen");
    }
    if FOUR_SIDED.contains(&property) && values(value) > 1 {
        return Some("counts the sides of the screen");
    }
    let upright = property == "resize" && ["vertical", "horizontal"].contains(&value);
    if SIDED.contains(&property) && (names_side(value, ' ') || upright) {
        return Some("has a side of the screen for a value");
    }
    let young = TOO_YOUNG.contains(&property) || property.starts_with("inset");
    young.then_some("is too young for Chromium 79")
}

/// How many values there are, those within brackets not counted.
fn values(value: &str) -> usize {
    let mut depth = 0;
    let spaces = value.trim().chars().filter(|sign| {
        depth += i32::from(*sign == '(') - i32::from(*sign == ')');
        *sign == ' ' && depth == 0
    });
    spaces.count() + 1
}

/// The declarations of a style sheet.
fn declarations(css: &str) -> Vec<(String, String)> {
    let mut bare = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    // What ends in a brace that opens is a selector.
    let ends = bare.split_inclusive([';', '{', '}']).filter(|piece| !piece.ends_with('{'));
    let pairs = ends.filter_map(|piece| piece.trim_end_matches([';', '}']).split_once(':'));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

#[test]
fn styles_name_no_side_of_the_screen() {
    let mut excused = Vec::new();
    for file in fs::read_dir(folder("style")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        for (property, value) in declarations(&fs::read_to_string(&path).unwrap()) {
            let Some(why) = wrong(&property, &value) else { continue };
            let said = format!("{property}: {value}");
            let excuse = EXCEPTIONS.iter().find(|(of, known)| *of == name && *known == said);
            excused.push(*excuse.unwrap_or_else(|| panic!("style/{name}: `{said}` {why}")));
        }
    }
    excused.sort_unstable();
    let mut known = EXCEPTIONS;
    known.sort_unstable();
    assert_eq!(excused, known, "an exception that nothing needs, or that is used twice");
}

#[test]
fn the_test_sees_sides() {
    let found = |css: &str| {
        declarations(css).iter().filter(|(name, value)| wrong(name, value).is_some()).count()
    };
    for physical in [
        "a { margin-left: 1px }",
        "a { margin: 0 1px; }",
        "a { border-top-left-radius: 0; }",
        "a { max-width: 3em; }",
        "a { float: right; }",
        "a { background-position: right 2px center; }",
        "a { overflow-x: auto; }",
        "a { padding-inline: 2px; }",
        "a { inset: 0; }",
        "a { resize: vertical; }",
    ] {
        assert_eq!(found(physical), 1, "{physical}");
    }
    for logical in [
        "a { margin: calc(1px + 2px); }",
        "a { margin-inline-start: 1px; }",
        "a { border: 1px solid red; line-height: 1; border-width: 3px }",
        "@media (min-width: 3px) { a:hover { inline-size: 1px } }",
        "/* left: 1px; */",
    ] {
        assert_eq!(found(logical), 0, "{logical}");
    }
}
