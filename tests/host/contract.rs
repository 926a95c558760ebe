//! What the component promises to hosts' designers: tables that say what is, and colours that can be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::app::contract::{parts, table, tokens, values};

const STYLE: &str = include_str!("../../style/tokens.css");

#[test]
fn readme_lists_every_token_as_the_style_sheet_has_it() {
    let listed = table("custom property").into_iter().map(|(names, cells)| {
        let cells: Vec<_> = cells.iter().map(|cell| cell.replace('`', "")).collect();
        (names.concat(), cells)
    });
    let declared = tokens().into_iter().map(|token| {
        let contrast = token.contrast.map(|(ratio, grounds)| {
            let grounds: Vec<_> = grounds.iter().map(|name| format!("--nf-{name}")).collect();
            format!("{ratio}:1 on {}", grounds.join(", "))
        });
        let dark = if token.dark == token.light { String::new() } else { token.dark };
        let cells = vec![token.meaning, contrast.unwrap_or_default(), token.light, dark];
        (format!("--nf-{}", token.name), cells)
    });
    assert_eq!(listed.collect::<Vec<_>>(), declared.collect::<Vec<_>>());
    assert!(tokens().len() > 20 && tokens().iter().all(|token| !token.meaning.is_empty()));
}

#[test]
fn readme_lists_every_part_as_the_view_has_it() {
    let listed = table("part").into_iter().map(|(names, cells)| (names[0].clone(), cells.concat()));
    assert_eq!(listed.collect::<Vec<_>>(), parts());
    assert_eq!(parts().len(), parts().iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len());
}

#[test]
fn every_property_of_the_styles_is_a_token_of_theirs_or_follows_one() {
    let known: BTreeSet<_> = tokens().into_iter().map(|token| token.name).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    for file in fs::read_dir(folder).unwrap() {
        let css = fs::read_to_string(file.unwrap().path()).unwrap();
        for used in css.split("var(--nf-").skip(1).chain(css.split("var(\n    --nf-").skip(1)) {
            let name = used.split([',', ')']).next().unwrap();
            assert!(known.contains(name), "--nf-{name} is not declared in tokens.css");
        }
    }
}

#[test]
fn a_dark_form_and_one_on_a_dark_device_look_the_same() {
    let block = |start: &str| {
        let (_, rest) = STYLE.split_once(start).unwrap();
        rest.split_once('}').unwrap().0.split_whitespace().collect::<Vec<_>>()
    };
    assert_eq!(block(":host([theme=\"dark\"]) .nf {"), block(":host([theme=\"auto\"]) .nf {"));
}

#[test]
fn every_colour_keeps_the_contrast_it_needs_in_every_look() {
    for (name, dark, set) in looks() {
        let values = values(dark, &set);
        for token in tokens() {
            let Some((needed, grounds)) = token.contrast else { continue };
            for ground in grounds {
                let found = contrast(&values[&token.name], &values[&ground]);
                let pair = format!("--nf-{} on --nf-{ground}", token.name);
                assert!(found >= needed, "{name}, dark {dark}: {pair} has {found:.2}:1");
            }
        }
    }
}

#[test]
fn looks_give_the_form_its_tokens_and_nothing_else() {
    let known: BTreeSet<_> = tokens().into_iter().map(|token| token.name).collect();
    for (look, _, set) in looks().iter().filter(|(_, _, set)| !set.is_empty()) {
        for (name, _) in set {
            assert!(known.contains(name), "{look} sets --nf-{name}, which is no token");
        }
    }
}

/// Tokens and what they are set to.
type Set = Vec<(String, String)>;

/// What each look sets, light and dark; first what the form has by itself.
fn looks() -> Vec<(String, bool, Set)> {
    let mut looks =
        vec![("its own".to_owned(), false, vec![]), ("its own".to_owned(), true, vec![])];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reference_host/assets/looks");
    for look in ["shanghai", "neimenggu", "jilin"] {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let light = set_for_the_form(&read(&format!("{look}.css")));
        // The dark sheet comes on top of the light one.
        let dark = set_for_the_form(&read(&format!("{look}-dark.css")));
        let both = light.iter().cloned().chain(dark).collect();
        looks.extend([(look.to_owned(), false, light), (look.to_owned(), true, both)]);
    }
    looks
}

/// The declarations of a look's rule for the form.
#[track_caller]
fn set_for_the_form(css: &str) -> Set {
    let (_, rule) = css.split_once("nomination-form {").unwrap();
    let lines = rule.split_once('}').unwrap().0.split(';').map(str::trim);
    let pairs = lines.filter(|line| !line.is_empty()).map(|line| {
        let (name, value) = line.strip_prefix("--nf-").unwrap().split_once(": ").unwrap();
        (name.to_owned(), value.to_owned())
    });
    pairs.collect()
}

/// The contrast of two colours as WCAG 2 counts it, from 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[track_caller]
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap_or_else(|| panic!("`{colour}` is no colour"));
    let wide = if digits.len() == 3 { 1 } else { 2 };
    let channel = |at: usize| {
        let digits = digits[at * wide..(at + 1) * wide].repeat(3 - wide);
        let share = f64::from(u8::from_str_radix(&digits, 16).unwrap()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

#[test]
fn contrast_is_counted_as_wcag_counts_it() {
    assert!((contrast("#fff", "#000000") - 21.0).abs() < 0.001);
    assert!((contrast("#777", "#ffffff") - 4.48).abs() < 0.005);
}
