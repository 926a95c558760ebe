//! The JSON Schema (2020-12) of a track's submission, made from the campaign file.
//!
//! Invariants: a submission that the engine finds nothing graver in than warnings is taken; what is
//! refused, the engine calls an error. So whatever no schema can say for sure is left unsaid: check
//! digits, months of service, most lengths. A condition that it can only half say is used where it
//! surely holds, see `condition`.

mod condition;
mod files;
mod part;
mod rules;
mod value;

use condition::{Known, Scope};
use part::Part;
use serde_json::{Map, Value, json};

use super::{FORMAT, Submission};
use crate::campaign::{Campaign, RuleKind, Severity, Track, schema::DIALECT};

impl Submission {
    /// The JSON Schema (2020-12) of what is sent for this track; `None` where the campaign has no track
    /// of that id. Not there in WebAssembly.
    ///
    /// It refuses only what judging calls an error. It takes more than judging does, and it does not
    /// take its place: a host that uses it for a first look still has to judge.
    ///
    /// ```
    /// use nomination_form::{campaign::Campaign, submission::Submission};
    /// # let file = include_bytes!("../../../public/campaigns/nm2022.json");
    /// let campaign = Campaign::parse(file).expect("a campaign without faults");
    /// let schema = Submission::schema(&campaign, "nm2022.worker").expect("a track of it");
    /// assert_eq!(schema["properties"]["campaign"]["properties"]["id"]["const"], "nm2022");
    /// assert!(Submission::schema(&campaign, "nm2022.cook").is_none());
    /// ```
    pub fn schema(campaign: &Campaign, track: &str) -> Option<Value> {
        campaign.track(track).map(|track| of_track(campaign, track))
    }
}

fn of_track(campaign: &Campaign, track: &Track) -> Value {
    let scope = Scope::form(campaign, track);
    let mut definitions = value::definitions();
    definitions.extend(part::definitions(scope));
    let mut answers = Part { scope }.schema();
    extend(&mut answers, "allOf", rules::demands(scope, track));
    let mut schema = json!({
        "$schema": DIALECT,
        "title": track.title.base(),
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "id": {"type": "string", "maxLength": 100},
            "revision": {"type": "integer", "minimum": 1, "maximum": u32::MAX, "default": 1},
            "campaign": {
                "type": "object",
                "properties": {
                    "id": {"const": campaign.id},
                    "revision": {"type": "integer", "minimum": 0, "maximum": u32::MAX, "default": 0},
                },
                "required": ["id"],
            },
            "track": {"const": track.id},
            "variant": variant(track),
            "answers": answers,
            "attachments": files::attachments(scope, track),
            "computed": {"type": "object"},
            "problems": {"type": "array"},
        },
        "required": ["format", "campaign", "track", "answers"],
        "$defs": definitions,
    });
    let mut demands = files::demands(scope, track);
    demands.extend(variant_of_answers(scope, track));
    extend(&mut schema, "allOf", demands);
    if files::always_asked(track) {
        extend(&mut schema, "required", vec!["attachments".into()]);
    }
    schema
}

/// The form's name. Naming another one than the answers call for is only an error where the campaign
/// has a rule that says so.
fn variant(track: &Track) -> Value {
    let names: Vec<_> = track.form.0.iter().map(|case| case.name.as_str()).collect();
    let always = track.form.0.iter().any(|case| case.when.is_none());
    if always && names_are_judged(track) {
        let names = names.into_iter().map(Value::from).chain(["".into(), Value::Null]);
        return json!({"enum": names.collect::<Vec<_>>()});
    }
    json!({"type": ["string", "null"], "maxLength": 100, "examples": names})
}

fn names_are_judged(track: &Track) -> bool {
    let first = track.rules.iter().find(|rule| matches!(rule.check, RuleKind::Variant));
    first.is_some_and(|rule| rule.severity == Severity::Error)
}

/// The form that each kind of nominee has to name: the first of the cases that holds.
fn variant_of_answers(scope: Scope, track: &Track) -> Vec<Value> {
    if !names_are_judged(track) {
        return Vec::new();
    }
    let mut before = Vec::new();
    let mut demands = Vec::new();
    for case in &track.form.0 {
        let own = case.when.as_ref().map_or(Known::always(), |when| scope.known(when));
        let here = Known::all([Known::all(before.clone()), own.clone()]);
        demands.extend(here.holds.map(|holds| {
            let names = json!({"variant": {"enum": [case.name, "", null]}});
            json!({"if": in_answers(&holds), "then": {"properties": names}})
        }));
        before.push(own.not());
    }
    demands
}

/// A condition over the answers, as one over the whole submission.
fn in_answers(condition: &Value) -> Value {
    has("answers", json!({"type": "object", "allOf": [condition]}))
}

/// Adds to a list keyword; without anything to add the keyword does not appear.
fn extend(schema: &mut Value, keyword: &str, items: Vec<Value>) {
    if let (Value::Object(map), false) = (schema, items.is_empty()) {
        let list = map.entry(keyword).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(items);
        }
    }
}

/// An object schema's `properties` with one key.
fn only(key: &str, schema: Value) -> Value {
    let mut properties = Map::new();
    properties.insert(key.to_owned(), schema);
    properties.into()
}

/// The key is there, and its value fulfils the schema.
fn has(key: &str, schema: Value) -> Value {
    json!({"properties": only(key, schema), "required": [key]})
}

/// Sets a keyword of a schema that is an object.
fn put(schema: &mut Value, keyword: &str, value: impl Into<Value>) {
    if let Value::Object(map) = schema {
        map.insert(keyword.to_owned(), value.into());
    }
}
