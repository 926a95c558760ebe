//! From the object that an answer stands in to the one that the condition stands in.

use serde_json::{Value, json};

use super::Known;
use crate::{
    campaign::Field,
    submission::schema::{has, part::only_properties, put},
};

/// What an answer stands in, as seen from where the condition is.
pub(super) enum Within<'a> {
    Here,
    Group(&'a Field),
    Entry(&'a Field, &'a str),
    Row(&'a Field, usize),
}

impl Within<'_> {
    /// What is known of the object that the answer stands in, as seen from the condition.
    pub(super) fn lifted(&self, known: Known) -> Known {
        let Known { holds, fails } = known;
        let holds = holds.map(|schema| {
            let there = json!({"type": "object", "allOf": [schema]});
            match self {
                Self::Here => schema,
                Self::Group(field) => has(&field.key, there),
                Self::Entry(field, entry) => {
                    let mut entries = has(entry, there);
                    put(&mut entries, "type", "object");
                    has(&field.key, entries)
                }
                // To tell one row from the others takes an open tuple, which strict validators object
                // to. What is true of every row is true of that one.
                Self::Row(field, at) => {
                    has(&field.key, json!({"type": "array", "minItems": at + 1, "items": there}))
                }
            }
        });
        let fails = fails.map(|schema| {
            let not = unless("object", json!({"allOf": [schema]}));
            match self {
                Self::Here => schema,
                Self::Group(field) => only_properties(&field.key, not),
                Self::Entry(field, entry) => {
                    let entries = unless("object", only_properties(entry, not));
                    only_properties(&field.key, entries)
                }
                Self::Row(field, _) => {
                    only_properties(&field.key, unless("array", json!({"items": not})))
                }
            }
        });
        Known { holds, fails }
    }
}

/// Of another type, or this.
pub(super) fn unless(kind: &str, mut schema: Value) -> Value {
    put(&mut schema, "type", kind);
    json!({"anyOf": [{"not": {"type": kind}}, schema]})
}
