//! Templates: parameters in braces.
//!
//! `{name}` is the parameter; `{name|day|days}` one of two words, the first where the parameter is 1;
//! `{month:name}` the name of the month of that number. In sentences about findings a figure may say
//! how it is to be read, see `figures`. A name that is no parameter stays as it stands.
//!
//! Invariant: what is filled in is never looked through for braces, so no text can grow another.

use std::fmt::Display;

use super::{Key, Words, key};

impl Words {
    /// The text of a key with its parameters; `names` are theirs, with a space behind each. See `say!`.
    pub(crate) fn say(&self, key: Key, names: &str, with: &[&dyn Display]) -> String {
        filled(self.word(key), false, &|spec| {
            let (name, style) = spec.split_once(':').unwrap_or((spec, ""));
            let (_, value) = names.split(' ').zip(with).find(|(known, _)| *known == name)?;
            let value = value.to_string();
            Some(if style == "name" { self.month_name(&value) } else { value })
        })
    }

    fn month_name(&self, month: &str) -> String {
        let at = month.parse::<usize>().ok().and_then(|month| month.checked_sub(1));
        let name = at.and_then(|at| self.word(key!("month_names")).split(' ').nth(at));
        name.unwrap_or(month).to_owned()
    }
}

/// Fills a template with what `value` gives for the braces. What is filled in stands apart, with a space
/// where Latin meets Chinese, if `always_apart`; names of formats always do.
pub(super) fn filled(
    template: &str,
    always_apart: bool,
    value: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut apart = false;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        put(&mut filled, before, apart);
        let Some((spec, after_spec)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            apart = false;
            break;
        };
        apart = always_apart || spec.contains(":format");
        match one(spec, value) {
            Some(words) => put(&mut filled, &words, apart),
            None => filled.extend(["{", spec, "}"]),
        }
        rest = after_spec;
    }
    put(&mut filled, rest, apart);
    filled
}

fn one(spec: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let Some((name, words)) = spec.split_once('|') else { return value(spec) };
    let (one, many) = words.split_once('|')?;
    Some(if value(name)? == "1" { one } else { many }.to_owned())
}

/// Appends words, `apart` with a space where Latin meets Chinese.
fn put(filled: &mut String, words: &str, apart: bool) {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let (left, right) = (filled.chars().next_back(), words.chars().next());
    if let (true, Some(left), Some(right)) = (apart, left, right)
        && (left.is_ascii_alphanumeric() && is_han(right)
            || is_han(left) && right.is_ascii_alphanumeric())
    {
        filled.push(' ');
    }
    filled.push_str(words);
}

#[cfg(test)]
mod tests {
    use super::{super::say, *};

    #[track_caller]
    fn check(template: &str, count: u32, expected: &str) {
        let words = Words::of("en", &[&serde_json::json!({ "row": template }).to_string()]);
        assert_eq!(say!(words, "row", count = count), expected);
    }

    #[test]
    fn one_has_a_word_of_its_own() {
        check("{count} {count|day|days}", 1, "1 day");
        check("{count} {count|day|days}", 0, "0 days");
        check("{count} {count|day|days}", 21, "21 days");
    }

    #[test]
    fn what_is_no_parameter_stays() {
        check("{nothing} {count {", 1, "{nothing} {count {");
        check("{nothing|a|b}{count|a}", 1, "{nothing|a|b}{count|a}");
    }

    #[test]
    fn a_parameter_is_not_looked_through() {
        let words = Words::base();
        assert_eq!(say!(words, "pair", what = "{words}", words = "x"), "{words}：x");
    }

    #[test]
    fn months_have_names() {
        let own = r#"{"months": "{months:name}", "month_names": "Jan Feb"}"#;
        let words = Words::of("en", &[own]);
        assert_eq!(say!(words, "months", months = 2), "Feb");
        assert_eq!(say!(words, "months", months = 13), "13");
    }
}
