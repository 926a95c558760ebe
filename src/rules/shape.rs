//! Whether a value is of the kind its field asks for.
//!
//! Only the shape: whether a number of the right form is also a right number is another rule's
//! business. `filled` is what every other rule goes by.

use serde_json::{Map, Value};

use super::{Code, Finding};
use crate::{
    answers::{scalar, text},
    campaign::{
        ChoiceOption, ChoiceSettings, ChoicesSettings, Field, FieldKind, Logic, NumberSettings,
    },
    standards::{Day, Month, TO_DATE, codes, decimal::plain},
};

/// Whether nothing is filled in. White space is nothing; so is a box that is not ticked.
pub(super) fn blank(kind: &FieldKind, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => {
            words.trim().is_empty() || (is_open(kind) && words.trim() == TO_DATE)
        }
        Value::Bool(yes) => !yes && matches!(kind, FieldKind::YesNo(settings) if settings.tick),
        Value::Array(items) => {
            items.is_empty() && matches!(kind, FieldKind::Rows(_) | FieldKind::Choices(_))
        }
        Value::Object(map) => match kind {
            FieldKind::Group(group) => blank_parts(&group.fields, map),
            FieldKind::Matrix(matrix) => map.iter().all(|(key, value)| match value {
                Value::Object(map) if matrix.entries.iter().any(|entry| entry.key == *key) => {
                    blank_parts(&matrix.fields, map)
                }
                value => value.is_null(),
            }),
            _ => false,
        },
        Value::Number(_) => false,
    }
}

fn blank_parts(fields: &[Field], map: &Map<String, Value>) -> bool {
    map.iter().all(|(key, value)| {
        fields
            .iter()
            .find(|field| field.key == *key)
            .map_or(value.is_null(), |field| blank(&field.kind, value))
    })
}

/// Whether there is an answer of the right shape, so that a rule may look at it.
pub(super) fn filled(kind: &FieldKind, value: &Value) -> bool {
    let empty = match value {
        // Not ticked is an answer to those who ask what it says.
        Value::Bool(_) => false,
        value => blank(kind, value),
    };
    !empty && fits(kind, value)
}

/// Whether the value is of the JSON type and form that the field asks for.
fn fits(kind: &FieldKind, value: &Value) -> bool {
    match kind {
        kind if kind.is_text() => value.is_string(),
        FieldKind::Number(_) => value.is_number(),
        FieldKind::Month(_) => value.as_str().is_some_and(is_month),
        FieldKind::Date => value.as_str().is_some_and(is_day),
        FieldKind::DayOrMonth => {
            value.as_str().is_some_and(|words| is_day(words) || is_month(words))
        }
        FieldKind::YesNo(_) => value.is_boolean(),
        FieldKind::Choice(choice) => {
            text(value).is_some() && (choice.codes.is_some() || value.is_string())
        }
        FieldKind::Choices(_) => {
            value.as_array().is_some_and(|items| items.iter().all(|item| text(item).is_some()))
        }
        FieldKind::Rows(_) => value.is_array(),
        FieldKind::Group(_) | FieldKind::Matrix(_) => value.is_object(),
        _ => false,
    }
}

fn is_open(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Month(settings) if settings.open)
}

fn is_month(words: &str) -> bool {
    words.trim().parse::<Month>().is_ok()
}

fn is_day(words: &str) -> bool {
    words.trim().parse::<Day>().is_ok()
}

/// What the field asks for, in a word; also the choice of the sentence.
pub(super) fn expected(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Number(_) => "number",
        FieldKind::Month(_) => "month",
        FieldKind::Date | FieldKind::DayOrMonth => "date",
        FieldKind::YesNo(_) => "yes_no",
        FieldKind::Choice(_) => "choice",
        FieldKind::Choices(_) => "choices",
        FieldKind::Rows(_) => "rows",
        FieldKind::Group(_) | FieldKind::Matrix(_) => "parts",
        FieldKind::Photo(_) => "photo",
        FieldKind::File(_) => "file",
        _ => "text",
    }
}

/// Whether nothing is to be said of the value by itself, whatever the conditions of options.
#[cfg(feature = "cli")]
pub(crate) fn suits(field: &Field, value: &Value) -> bool {
    judge(field, false, value, crate::campaign::BASE_LANG, &|_| true).is_none()
}

/// The finding on a value that is not blank, at most one; its place is the caller's to say. `holds`
/// says whether the condition of an option holds where the field stands.
pub(super) fn judge<'a>(
    field: &'a Field,
    listed: bool,
    value: &Value,
    lang: &str,
    holds: &dyn Fn(&'a Logic) -> bool,
) -> Option<Finding<'a>> {
    if !fits(&field.kind, value) {
        let expected = expected(&field.kind);
        return Some(found(Code::WrongType).with("expected", expected));
    }
    match &field.kind {
        FieldKind::Number(settings) => number(settings, value, lang),
        FieldKind::Choice(choice) => option(choice, listed, value, holds),
        FieldKind::Choices(choices) => several(choices, value, holds),
        _ => None,
    }
}

fn number<'a>(settings: &NumberSettings, value: &Value, lang: &str) -> Option<Finding<'a>> {
    let figure = value.as_f64()?;
    let unit = settings.unit.as_ref().map_or("", |unit| unit.get(lang));
    if let Some(min) = settings.min.filter(|min| figure < *min) {
        return Some(found(Code::TooSmall).with("min", plain(min)).with("unit", unit));
    }
    if let Some(max) = settings.max.filter(|max| figure > *max) {
        return Some(found(Code::TooLarge).with("max", plain(max)).with("unit", unit));
    }
    let whole = !settings.whole || figure.fract() == 0.0;
    (!whole).then(|| found(Code::NotWhole))
}

/// A finding whose place is the caller's to say.
fn found<'a>(code: Code) -> Finding<'a> {
    Finding::new(code, "")
}

fn option<'a>(
    choice: &'a ChoiceSettings,
    listed: bool,
    value: &Value,
    holds: &dyn Fn(&'a Logic) -> bool,
) -> Option<Finding<'a>> {
    let word = text(value)?;
    let of = choice.options.iter().find(|option| option.value == word);
    if of.and_then(|option| option.when.as_ref()).is_some_and(|when| !holds(when)) {
        return Some(found(Code::UnknownOption));
    }
    // The code is the answer; the name beside it is for people and is not judged. A `listed` rule
    // speaks about unknown values under its own id.
    (!listed && !among(choice, word)).then(|| found(Code::UnknownOption))
}

fn several<'a>(
    choices: &'a ChoicesSettings,
    value: &Value,
    holds: &dyn Fn(&'a Logic) -> bool,
) -> Option<Finding<'a>> {
    let words: Vec<_> = value.as_array()?.iter().filter_map(text).collect();
    let known = |word: &&str| {
        let coded =
            choices.codes.as_deref().is_some_and(|table| codes::find(table, word).is_some());
        let option = choices.options.iter().find(|option| option.value == **word);
        coded || option.is_some_and(|option| option.when.as_ref().is_none_or(holds))
    };
    if !words.iter().all(known) {
        return Some(found(Code::UnknownOption));
    }
    // All of them are known, so this ends after as many words as there are options.
    let mut seen: Vec<&str> = Vec::new();
    for word in &words {
        if seen.contains(word) {
            return Some(found(Code::Twice).with("of", "choices"));
        }
        seen.push(word);
    }
    let count = words.len();
    let bound = |bound: Option<u32>| bound.and_then(|bound| usize::try_from(bound).ok());
    if let Some(max) = bound(choices.max).filter(|max| count > *max) {
        let finding = found(Code::TooMany).with("of", "choices").with("count", count);
        return Some(finding.with("max", max).with("over", count - max));
    }
    let min = bound(choices.min).filter(|min| count < *min)?;
    let finding = found(Code::TooFew).with("of", "choices").with("count", count);
    Some(finding.with("min", min).with("short", min - count))
}

/// Whether the word is one of the choice's values.
pub(super) fn among(choice: &ChoiceSettings, word: &str) -> bool {
    choice.also.iter().any(|known| known == word)
        || offers(&choice.options, choice.codes.as_deref(), word)
}

/// Whether the word is one of the options or codes, whatever their conditions.
pub(super) fn offers(options: &[ChoiceOption], table: Option<&str>, word: &str) -> bool {
    options.iter().any(|option| option.value == word)
        || table.is_some_and(|table| codes::find(table, word).is_some())
}

/// What stands in the answer, as a person reads it: a choice's label, a code's name.
pub(super) fn shown<'a>(
    choice: &'a ChoiceSettings,
    value: &'a Value,
    lang: &str,
) -> Option<&'a str> {
    Some(called(&choice.options, choice.codes.as_deref(), scalar(value).as_str()?, lang))
}

/// What a value is called: its label, a code's name; the value itself where neither knows it.
pub(super) fn called<'a>(
    options: &'a [ChoiceOption],
    table: Option<&str>,
    word: &'a str,
    lang: &str,
) -> &'a str {
    let option = options.iter().find(|option| option.value == word);
    let named = || table.and_then(|table| codes::find(table, word));
    option
        .map(|option| option.label.get(lang))
        .or_else(|| named().map(|code| code.name))
        .unwrap_or(word)
}
