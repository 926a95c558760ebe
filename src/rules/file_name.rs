//! The name of a file, where the notice says how it must be formed: `{name}-*.pdf`.
//!
//! Judging costs at most the product of two bounded lengths, whatever the pattern; and a finding
//! shows the pattern, never the name, which is often a person's.

use super::{Code, Finding, finding::attachment, view::View};
use crate::{answers::Attachment, campaign::Words};

/// No file system takes a longer name, in characters.
const MAX_NAME: usize = 255;

/// One place of a pattern.
#[derive(Clone, Copy)]
enum Place {
    /// Any characters, or none.
    Any,
    /// One character.
    One,
    This(char),
}

/// Judges a file's name against the patterns, any of which will do. No pattern, no finding.
pub(super) fn judge<'a>(
    view: &View<'a>,
    patterns: &Words,
    file: &Attachment,
    at: usize,
) -> Option<Finding<'a>> {
    let name: Vec<_> = file.name.chars().take(MAX_NAME + 1).collect();
    let answer = |key: &str| view.text(key).unwrap_or_default();
    let fits = |pattern: &String| name.len() <= MAX_NAME && fits(&places(pattern, &answer), &name);
    if patterns.0.is_empty() || patterns.0.iter().any(fits) {
        return None;
    }
    let asked: Vec<_> = patterns.0.iter().map(|pattern| shown(pattern, view)).collect();
    // On the name and not on the file: another answer may put it right, and the file be sent meanwhile.
    let path = format!("{}/name", attachment(at));
    Some(Finding::new(Code::WrongName, path).with("asked", asked))
}

/// The places of a pattern, with the answers put in. A missing answer may be anything: that it is
/// missing is said elsewhere.
fn places<'a>(pattern: &str, answer: &dyn Fn(&str) -> &'a str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut rest = pattern.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '*' => places.push(Place::Any),
            '?' => places.push(Place::One),
            '{' => {
                let key: String = rest.by_ref().take_while(|sign| *sign != '}').collect();
                let answer = answer(&key);
                if answer.is_empty() || answer.chars().nth(MAX_NAME).is_some() {
                    places.push(Place::Any);
                }
                places.extend(answer.chars().take(MAX_NAME).map(Place::This));
            }
            sign => places.push(Place::This(sign)),
        }
    }
    places
}

/// Whether a name is formed so. After each `*` the rest is tried at the first place where it can
/// stand; only the latest `*` is ever tried again.
fn fits(places: &[Place], name: &[char]) -> bool {
    let (mut place, mut at) = (0, 0);
    let mut retry = None;
    while let Some(&sign) = name.get(at) {
        match places.get(place) {
            Some(Place::Any) => {
                retry = Some((place + 1, at));
                place += 1;
            }
            Some(Place::One) => (place, at) = (place + 1, at + 1),
            Some(Place::This(asked)) if asked.eq_ignore_ascii_case(&sign) => {
                (place, at) = (place + 1, at + 1);
            }
            _ => {
                let Some((after, from)) = retry else { return false };
                retry = Some((after, from + 1));
                (place, at) = (after, from + 1);
            }
        }
    }
    places.get(place..).unwrap_or_default().iter().all(|place| matches!(place, Place::Any))
}

/// A pattern as a person reads it: with what the fields are called.
fn shown(pattern: &str, view: &View) -> String {
    let mut shown = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, behind) = after.split_once('}').unwrap_or((after, ""));
        shown.push_str(before);
        shown.push_str(view.label(key));
        rest = behind;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, name: &str, expected: bool) {
        let answer = |key: &str| if key == "name" { "娜仁花" } else { "" };
        let name: Vec<_> = name.chars().collect();
        assert_eq!(fits(&places(pattern, &answer), &name), expected, "{pattern}");
    }

    #[test]
    fn a_name_is_formed_as_the_pattern_says() {
        check("{name}-*.pdf", "娜仁花-推荐表.pdf", true);
        check("{name}-*.pdf", "娜仁花-.PDF", true);
        check("{name}-*.pdf", "乌云-推荐表.pdf", false);
        check("{name}-*.pdf", "娜仁花-推荐表.pdf.exe", false);
        check("??.jpg", "照片.jpg", true);
        check("??.jpg", "照.jpg", false);
        check("*", "", true);
        check("", "x", false);
        check("a*b*c", "a-b-b-c", true);
        check("a*b*c", "a-c-b", false);
    }

    #[test]
    fn an_answer_not_given_may_be_anything() {
        check("{phone}.jpg", "13800138000.jpg", true);
        check("{phone}.jpg", "13800138000.png", false);
    }

    #[test]
    fn a_pattern_of_stars_costs_no_more_than_its_length() {
        let many = "*a".repeat(100) + "b";
        check(&many, &"a".repeat(MAX_NAME), false);
    }
}
