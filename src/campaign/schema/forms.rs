//! The schemas of types whose reading is written by hand.

use serde_json::{Map, Value, json};

use super::{Definitions, Describe, pattern};
use crate::{
    campaign::{
        BASE_LANG, ChoiceOption, FormCase, Forms, Logic, MAX_TEXT_CHARS, Op, Requirement, Text,
        Words,
    },
    standards::{Day, Policy, TimeOfDay, sorted::Sorted},
};

/// A type whose schema refers to nothing.
macro_rules! plain {
    ($($type:ty => $schema:tt;)*) => { $(
        impl Describe for $type {
            fn schema(_: &mut Definitions) -> Value {
                json!($schema)
            }
        }
    )* };
}

plain! {
    Value => true;
    Map<String, Value> => {"type": "object"};
    String => {"type": "string"};
    bool => {"type": "boolean"};
    f64 => {"type": "number"};
    u8 => {"type": "integer", "minimum": 0, "maximum": (u8::MAX)};
    u16 => {"type": "integer", "minimum": 0, "maximum": (u16::MAX)};
    u32 => {"type": "integer", "minimum": 0, "maximum": (u32::MAX)};
    i32 => {"type": "integer", "minimum": (i32::MIN), "maximum": (i32::MAX)};
    u64 => {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64};
}

impl<T: Describe> Describe for Option<T> {
    /// `null` is as good as nothing.
    fn schema(definitions: &mut Definitions) -> Value {
        let schema = T::schema(definitions);
        match schema.get("type") {
            Some(Value::String(kind)) => {
                let mut either = schema.clone();
                super::put(&mut either, "type", json!([kind, "null"]));
                either
            }
            _ => json!({"anyOf": [schema, {"type": "null"}]}),
        }
    }
}

impl<T: Describe> Describe for Vec<T> {
    fn schema(definitions: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(definitions)})
    }
}

impl<T: Describe> Describe for [T; 2] {
    fn schema(definitions: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(definitions), "minItems": 2, "maxItems": 2})
    }
}

impl<T: Describe> Describe for Sorted<String, T> {
    fn schema(definitions: &mut Definitions) -> Value {
        json!({"type": "object", "additionalProperties": T::schema(definitions)})
    }
}

impl Describe for Words {
    fn schema(definitions: &mut Definitions) -> Value {
        definitions.named("OneOrSeveral", |_| {
            json!({
                "description": "One word, or a list of several.",
                "anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": "string"}}],
            })
        })
    }
}

impl Describe for Day {
    fn schema(definitions: &mut Definitions) -> Value {
        definitions.named("Day", |_| {
            json!({
                "description": "A day, `YYYY-MM-DD`.",
                "type": "string", "pattern": pattern::whole(&pattern::day()),
            })
        })
    }
}

impl Describe for TimeOfDay {
    fn schema(definitions: &mut Definitions) -> Value {
        definitions.named("TimeOfDay", |_| {
            json!({
                "description": "A time of day, `HH:MM`; `24:00` is the end of the day.",
                "type": "string", "pattern": "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
            })
        })
    }
}

impl Describe for Policy {
    fn schema(definitions: &mut Definitions) -> Value {
        definitions.named("Policy", |_| {
            let names = Self::ALL.map(Self::name);
            let alone: Map<_, _> =
                names.iter().map(|name| ((*name).to_owned(), json!({"type": "null"}))).collect();
            json!({
                "description": "How a text is counted; `word` is 字数 as Word counts it.",
                "anyOf": [{"enum": names}, {
                    "type": "object", "properties": alone, "additionalProperties": false,
                    "minProperties": 1, "maxProperties": 1,
                }],
            })
        })
    }
}

impl Describe for Text {
    fn schema(definitions: &mut Definitions) -> Value {
        let words = definitions.named("Words", |_| {
            json!({
                "description": "Plain words: what looks like markup is refused.",
                "type": "string", "maxLength": MAX_TEXT_CHARS, "not": {"pattern": "<[A-Za-z/!?]"},
            })
        });
        definitions.named("Text", |_| {
            let mut base = Map::new();
            base.insert(BASE_LANG.to_owned(), words.clone());
            json!({
                "description": "A text shown to people: in Chinese, or by language tag with at least zh-CN.",
                "anyOf": [words, {
                    "type": "object", "properties": base, "required": [BASE_LANG],
                    "additionalProperties": words,
                }],
            })
        })
    }
}

impl Describe for ChoiceOption {
    fn schema(definitions: &mut Definitions) -> Value {
        let (text, when) = (Text::schema(definitions), Option::<Logic>::schema(definitions));
        definitions.named("ChoiceOption", |_| {
            json!({
                "description": "A value of a choice: a word that is sent and shown, or the two apart.",
                "anyOf": [{"$ref": "#/$defs/Words"}, {
                    "type": "object",
                    "properties": {
                        "value": {"description": "What is sent.", "type": "string"},
                        "label": text, "when": when,
                    },
                    "required": ["value"], "additionalProperties": false,
                }],
            })
        })
    }
}

impl Describe for Forms {
    fn schema(definitions: &mut Definitions) -> Value {
        let case = FormCase::schema(definitions);
        definitions.named("Forms", |_| {
            json!({
                "description": "The form's name alone, or cases of which the first that holds is the one.",
                "anyOf": [{"type": "string"}, {"type": "array", "items": case, "minItems": 1}],
            })
        })
    }
}

impl Describe for Requirement {
    fn schema(definitions: &mut Definitions) -> Value {
        let logic = Logic::schema(definitions);
        definitions.named("Requirement", |_| {
            json!({
                "description": "`true`, `false`, or a condition over the answers.",
                "anyOf": [{"type": "boolean"}, logic],
            })
        })
    }
}

impl Describe for Logic {
    /// A list is a list of expressions; as the arguments of an operator it is the arguments.
    fn schema(definitions: &mut Definitions) -> Value {
        let one = definitions.named("Expression", |_| {
            json!({
                "description": "A constant, an answer (`{\"var\": \"key\"}`) or an operator.",
                "anyOf": [
                    {"type": "null"}, {"type": "boolean"}, {"type": "number"}, {"type": "string"},
                    {
                        "type": "object", "properties": operators(), "additionalProperties": false,
                        "minProperties": 1, "maxProperties": 1,
                    },
                ],
            })
        });
        definitions.named("Logic", |_| {
            json!({
                "description": "A condition or a computed value, in JsonLogic's form.",
                "anyOf": [one, {"type": "array", "items": {"$ref": "#/$defs/Logic"}}],
            })
        })
    }
}

fn operators() -> Map<String, Value> {
    let mut operators: Map<_, _> = Op::ALL
        .iter()
        .map(|(_, name, least, most)| ((*name).to_owned(), arguments(*least, *most)))
        .collect();
    let var = json!({"description": "The key of a field, or `table.0.column`.", "type": "string"});
    operators.insert("var".to_owned(), var);
    let answer = "The same of the form, also where the variables are a row's.";
    operators.insert("answer".to_owned(), json!({"description": answer, "type": "string"}));
    operators
}

/// So many arguments; one may stand without a list around it.
fn arguments(least: usize, most: usize) -> Value {
    let list = json!({
        "type": "array", "items": {"$ref": "#/$defs/Logic"}, "minItems": least, "maxItems": most,
    });
    if (least..=most).contains(&1) {
        json!({"anyOf": [{"$ref": "#/$defs/Expression"}, list]})
    } else {
        list
    }
}
