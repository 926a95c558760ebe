//! The schema of one value, by the kind of its field: as `rules::shape` sees it.
//!
//! White space around a month, a day and a listed word is not looked at, so it is allowed here too.

use serde_json::{Map, Value, json};

use super::{condition::Scope, part::Part, put};
use crate::{
    campaign::{
        ChoiceOption, ChoiceSettings, ChoicesSettings, Field, FieldKind, NumberSettings,
        schema::pattern,
    },
    standards::{TO_DATE, codes, decimal},
};

/// White space as Rust trims it (Unicode's `White_Space`): `\s` is not the same everywhere.
const SPACE: &str = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// How far a rule of the campaign speaks about a field instead of the field itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Covered {
    /// A `listed` rule speaks about unknown options: they are an error always, or not surely.
    pub(super) listed: Option<bool>,
    /// A `length` rule speaks about the length.
    pub(super) length: bool,
}

/// What the schemas refer to. Keys of fields are small letters, so no name stands twice.
pub(super) fn definitions() -> Map<String, Value> {
    let definitions = json!({
        "Blank": {
            "description": "No answer: null, or a text of nothing but white space.",
            "anyOf": [{"type": "null"}, {"type": "string", "pattern": padded("")}],
        },
        "Filled": {"type": "string", "pattern": format!("[^{SPACE}]")},
        "Month": {
            "description": "YYYY-MM", "type": "string", "pattern": padded(&pattern::month()),
        },
        "Day": {
            "description": "YYYY-MM-DD", "type": "string", "pattern": padded(&pattern::day()),
        },
    });
    match definitions {
        Value::Object(definitions) => definitions,
        _ => Map::new(),
    }
}

/// The expression for a text that is this but for white space around it.
pub(super) fn padded(pattern: &str) -> String {
    format!("^[{SPACE}]*{pattern}[{SPACE}]*$")
}

fn defined(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// Nothing is filled in, exactly as `rules::shape` has it.
pub(super) fn blank(kind: &FieldKind) -> Value {
    let or = |other: Value| json!({"anyOf": [defined("Blank"), other]});
    match kind {
        FieldKind::Month(month) if month.open => {
            or(json!({"type": "string", "pattern": padded(TO_DATE)}))
        }
        FieldKind::YesNo(yes_no) if yes_no.tick => or(json!({"const": false})),
        FieldKind::Rows(_) | FieldKind::Choices(_) => or(json!({"type": "array", "maxItems": 0})),
        FieldKind::Group(group) => or(blank_parts(&group.fields)),
        FieldKind::Matrix(matrix) => {
            let entry = json!({"anyOf": [{"type": "null"}, blank_parts(&matrix.fields)]});
            let entries: Map<_, _> =
                matrix.entries.iter().map(|known| (known.key.clone(), entry.clone())).collect();
            or(object(entries))
        }
        _ => defined("Blank"),
    }
}

/// An object without other keys than these; such a key may stand there with `null`.
pub(super) fn object(properties: Map<String, Value>) -> Value {
    let mut object = json!({"type": "object", "additionalProperties": {"type": "null"}});
    put(&mut object, "properties", properties);
    object
}

/// An object of which every part is blank.
pub(super) fn blank_parts(fields: &[Field]) -> Value {
    object(fields.iter().map(|field| (field.key.clone(), blank(&field.kind))).collect())
}

/// A value that may be left blank.
pub(super) fn optional(field: &Field, covered: Covered, scope: Scope) -> Value {
    match &field.kind {
        // A text is never too short for nothing to be filled in.
        kind if kind.is_text() => {
            let mut text = json!({"type": ["string", "null"]});
            if let Some(limit) = max_chars(kind, covered) {
                put(&mut text, "anyOf", limit);
            }
            text
        }
        kind if field.is_file() => blank(kind),
        kind => json!({"anyOf": [blank(kind), given(field, covered, scope, false)]}),
    }
}

/// A value that is there. Where it is asked for, a table has a row and a group an answer.
pub(super) fn given(field: &Field, covered: Covered, scope: Scope, asked: bool) -> Value {
    let inside = || Part { scope: scope.inside(field) };
    match &field.kind {
        FieldKind::Number(number) => of_number(number),
        FieldKind::Month(_) => defined("Month"),
        FieldKind::Date => defined("Day"),
        FieldKind::DayOrMonth => json!({"anyOf": [defined("Day"), defined("Month")]}),
        FieldKind::YesNo(_) => json!({"type": "boolean"}),
        FieldKind::Choice(choice) => of_choice(choice, covered),
        FieldKind::Choices(choices) => of_choices(choices),
        FieldKind::Rows(rows) => inside().table(rows, asked),
        FieldKind::Group(_) => inside().group(asked),
        FieldKind::Matrix(matrix) => inside().matrix(matrix, asked),
        FieldKind::Photo(_) | FieldKind::File(_) => json!(false),
        kind => {
            let mut text = defined("Filled");
            if let Some(limit) = max_chars(kind, covered) {
                put(&mut text, "type", "string");
                put(&mut text, "anyOf", limit);
            }
            text
        }
    }
}

/// The limit of a line, which does not count the white space around it.
fn max_chars(kind: &FieldKind, covered: Covered) -> Option<Value> {
    let FieldKind::Text(settings) = kind else { return None };
    let max = settings.max_chars.filter(|_| !covered.length)?;
    Some(json!([{"maxLength": max}, {"pattern": padded(&format!("[\\s\\S]{{0,{max}}}"))}]))
}

fn of_number(settings: &NumberSettings) -> Value {
    let mut number = json!({"type": if settings.whole { "integer" } else { "number" }});
    for (keyword, bound) in [("minimum", settings.min), ("maximum", settings.max)] {
        if let Some(bound) = bound {
            put(&mut number, keyword, decimal::plain(bound));
        }
    }
    number
}

/// The values of a choice.
fn words<'a>(options: &'a [ChoiceOption], codes: Option<&str>, also: &'a [String]) -> Vec<&'a str> {
    let options = options.iter().map(|option| option.value.as_str());
    let coded = codes.map_or_else(Vec::new, known_codes);
    options.chain(also.iter().map(String::as_str)).chain(coded).collect()
}

/// The codes that are taken for those of a table, in the order of the table. Of some tables these are
/// more than the form offers.
fn known_codes(table: &str) -> Vec<&'static str> {
    let mut all = Vec::new();
    for name in [table].into_iter().chain(codes::NAMES) {
        for code in codes::table(name).unwrap_or_default() {
            if codes::find(table, code.code).is_some() && !all.contains(&code.code) {
                all.push(code.code);
            }
        }
    }
    all
}

fn of_choice(choice: &ChoiceSettings, covered: Covered) -> Value {
    let words = words(&choice.options, choice.codes.as_deref(), &choice.also);
    let word = match covered.listed {
        None => json!({"enum": words}),
        // A `listed` rule does not look at the white space around the word.
        Some(true) => json!({"anyOf": [
            {"enum": words}, {"type": "string", "pattern": padded(&one_of(&words))},
        ]}),
        Some(false) => defined("Filled"),
    };
    if choice.codes.is_some() { bare_or_coded(&word) } else { word }
}

/// The expression for one of the words.
fn one_of(words: &[&str]) -> String {
    let plain = |word: &&str| {
        let signs = word.chars().map(|sign| match sign {
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|'
            | '/' => {
                format!("\\{sign}")
            }
            sign => sign.to_string(),
        });
        signs.collect::<String>()
    };
    format!("(?:{})", words.iter().map(plain).collect::<Vec<_>>().join("|"))
}

fn of_choices(choices: &ChoicesSettings) -> Value {
    let word = json!({"enum": words(&choices.options, choices.codes.as_deref(), &[])});
    let mut list = json!({
        "type": "array", "items": bare_or_coded(&word), "uniqueItems": true,
        "minItems": choices.min.unwrap_or(0).max(1),
    });
    if let Some(max) = choices.max {
        put(&mut list, "maxItems", max);
    }
    list
}

/// A word, or an object with the word as its code; the name beside it is for people.
pub(super) fn bare_or_coded(word: &Value) -> Value {
    json!({"anyOf": [
        word, {"type": "object", "properties": {"code": word}, "required": ["code"]},
    ]})
}
