//! What `check` demands beyond the types, as far as JSON Schema can say it.
//!
//! Each bound names a place in the schema and the keywords that are added there.

use serde_json::{Map, Value, json};

use crate::{
    campaign::{
        FORMAT,
        check::{GROUNDS, MAX_ID, MAX_KEY, MAX_PARTS, MAX_RATIO, MAX_ROWS, UTC_OFFSETS},
    },
    files::Format,
    standards::codes,
};

/// Adds the bounds to the definitions; gives those whose place is not there.
pub(super) fn apply(definitions: &mut Map<String, Value>) -> Vec<&'static str> {
    let mut lost = Vec::new();
    let mut root = Value::Object(std::mem::take(definitions));
    for (place, keywords) in bounds() {
        match (root.pointer_mut(place), keywords) {
            (Some(Value::Object(schema)), Value::Object(keywords)) => schema.extend(keywords),
            _ => lost.push(place),
        }
    }
    if let Value::Object(bounded) = root {
        *definitions = bounded;
    }
    lost
}

fn bounds() -> Vec<(&'static str, Value)> {
    let id = || json!({"minLength": 1, "maxLength": MAX_ID});
    let parts = || json!({"minItems": 1, "maxItems": MAX_PARTS});
    let some = || json!({"minItems": 1});
    let formats = || json!({"enum": Format::ALL.map(Format::name).as_slice()});
    let [least, most] = UTC_OFFSETS;
    vec![
        ("/Campaign/properties/format", json!({"const": FORMAT})),
        ("/Campaign/properties/id", id()),
        ("/Campaign/properties/revision", json!({"minimum": 1})),
        ("/Campaign/properties/utc_offset_minutes", json!({"minimum": least, "maximum": most})),
        ("/Campaign/properties/tracks", parts()),
        ("/Track/properties/id", id()),
        ("/Track/properties/sections", parts()),
        (
            "/Field/properties/key",
            json!({"pattern": format!("^[a-z][a-z0-9_]{{0,{}}}$", MAX_KEY - 1)}),
        ),
        ("/ChoiceSettings", options_or_codes()),
        ("/ChoiceSettings/properties/codes", with_null(&codes::NAMES)),
        ("/RowsSettings/properties/max", json!({"minimum": 1, "maximum": MAX_ROWS})),
        ("/RowsSettings/properties/fields", some()),
        ("/RowsSettings/properties/fields/items", plain_answer()),
        ("/ChoicesSettings", options_or_codes()),
        ("/ChoicesSettings/properties/codes", with_null(&codes::NAMES)),
        ("/GroupSettings/properties/fields", some()),
        ("/GroupSettings/properties/fields/items", plain_answer()),
        ("/MatrixSettings/properties/entries", some()),
        ("/MatrixSettings/properties/fields", some()),
        ("/MatrixSettings/properties/fields/items", plain_answer()),
        (
            "/MatrixEntry/properties/key",
            json!({"minLength": 1, "maxLength": MAX_ID, "pattern": "^[^.]*$"}),
        ),
        ("/FileSettings/properties/missing_rule", json!({"minLength": 1, "maxLength": MAX_ID})),
        ("/FileSettings/properties/formats", some()),
        ("/FileSettings/properties/formats/items", formats()),
        ("/PhotoSettings/properties/formats", some()),
        ("/PhotoSettings/properties/formats/items", formats()),
        ("/PhotoSettings/properties/ratios/items/items", json!({"exclusiveMinimum": 0})),
        ("/PhotoSettings/properties/background", grounds()),
        ("/LengthRule", limits_something()),
        ("/Approx/properties/ok", json!({"minimum": 0, "exclusiveMaximum": 1})),
        ("/Approx/properties/max_over", json!({"minimum": 0})),
        ("/EitherRule/properties/fields", json!({"minItems": 2})),
        ("/Share", one_is_there(&["max", "min"])),
        ("/Share/properties/max", json!({"minimum": 0, "maximum": 1})),
        ("/Share/properties/min", json!({"minimum": 0, "maximum": 1})),
        ("/Margin/properties/ratio", json!({"exclusiveMinimum": 0, "maximum": MAX_RATIO})),
        ("/Exclusive/properties/kinds", json!({"minItems": 2})),
        ("/Exclusive/properties/max", json!({"minimum": 1})),
        ("/DeclaredRule/properties/fields", json!({"minProperties": 1})),
        ("/GradesRule/properties/years", some()),
        ("/GradesRule/properties/pass", some()),
    ]
}

/// One of the grounds, several, or nothing.
fn grounds() -> Value {
    let several = json!({"type": "array", "items": {"enum": GROUNDS}});
    json!({"anyOf": [with_null(&GROUNDS), several]})
}

/// One of the words, or nothing.
fn with_null(words: &[&str]) -> Value {
    let words = words.iter().map(|word| json!(word));
    json!({"enum": words.chain([Value::Null]).collect::<Vec<_>>()})
}

/// Exactly one of `options` and `codes`.
fn options_or_codes() -> Value {
    json!({"oneOf": [
        {
            "properties": {"codes": {"type": "string"}, "options": {"type": "array", "maxItems": 0}},
            "required": ["codes"],
        },
        {
            "properties": {"codes": {"type": "null"}, "options": {"type": "array", "minItems": 1}},
            "required": ["options"],
        },
    ]})
}

/// A limit limits something.
fn limits_something() -> Value {
    let with =
        |key: &str, kind: &str| json!({"properties": {key: {"type": kind}}, "required": [key]});
    json!({"anyOf": [with("max", "integer"), with("min", "integer"), with("approx", "object")]})
}

/// One of several figures is said.
fn one_is_there(keys: &[&str]) -> Value {
    let there = |key: &&str| json!({"properties": {*key: {"type": "number"}}, "required": [key]});
    json!({"anyOf": keys.iter().map(there).collect::<Vec<_>>()})
}

/// A column asks for a plain answer.
fn plain_answer() -> Value {
    let others = ["rows", "group", "matrix", "photo", "file"];
    json!({"type": "object", "properties": {"type": {"not": {
        "type": "object", "propertyNames": {"enum": others}, "minProperties": 1,
    }}}})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{
        Campaign,
        schema::{Definitions, Describe},
    };

    #[test]
    fn every_bound_has_its_place() {
        let mut definitions = Definitions::default();
        <Campaign as Describe>::schema(&mut definitions);
        assert_eq!(apply(&mut definitions.0), Vec::<&str>::new());
    }

    #[test]
    fn every_name_of_a_code_table_is_one() {
        assert!(codes::NAMES.iter().all(|name| codes::table(name).is_some()));
    }
}
