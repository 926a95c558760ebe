//! The JSON Schema (2020-12) of the campaign file, made from the types that read it.
//!
//! Every type that reads itself also describes itself: those of `record!` and `one_of!` get both from
//! one list of keys, with their doc comments as descriptions; a type with a `Read` of its own has a
//! [`Describe`] of its own, in `forms`. What `check` finds beyond the types stands in `bounds`, as far
//! as JSON Schema can say it. Native only: the page needs no schema and pays for no byte of it.
//!
//! Invariant: a file that `Campaign::parse` takes is taken by the schema. The other way round there are
//! things no schema can say: that a key names a field, that an id stands once, how deep a condition is.

mod bounds;
mod forms;
pub(crate) mod pattern;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    Campaign,
    read::{Read, Reader},
};

/// The dialect of every schema we make.
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A type that says as a JSON Schema what its [`Read`] takes.
pub(crate) trait Describe {
    /// The schema of a value. What has a name goes into `definitions`, and the schema refers to it.
    fn schema(definitions: &mut Definitions) -> Value;
}

/// The lines of a doc comment; nothing for an attribute that is none.
pub(crate) type Docs = &'static [Option<&'static str>];

/// A key of a record.
pub(crate) struct Entry {
    pub(crate) key: &'static str,
    pub(crate) docs: Docs,
    pub(crate) needed: bool,
    pub(crate) schema: fn(&mut Definitions) -> Value,
    /// What is taken where the key is left out; `null` where there is nothing worth saying.
    pub(crate) default: fn() -> Value,
}

/// A word of a choice, with the schema of its settings if it has some.
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) docs: Docs,
    pub(crate) settings: Option<fn(&mut Definitions) -> Value>,
}

/// The named schemas that others refer to.
#[derive(Default)]
pub(crate) struct Definitions(Map<String, Value>);

impl Definitions {
    /// The schema of that name, made the first time it is asked for. A type may refer to itself: its
    /// name is known before its schema is made.
    pub(crate) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Value::Null);
            let schema = make(self);
            self.0.insert(name.to_owned(), schema);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    /// An object with these keys and no others.
    pub(crate) fn record(&mut self, name: &str, docs: Docs, entries: &[Entry]) -> Value {
        self.named(name, |definitions| {
            let properties: Map<_, _> =
                entries.iter().map(|entry| (entry.key.to_owned(), entry.of(definitions))).collect();
            let needed: Vec<_> =
                entries.iter().filter(|entry| entry.needed).map(|entry| entry.key).collect();
            let mut schema = described(docs, json!({"type": "object"}));
            put(&mut schema, "properties", properties);
            if !needed.is_empty() {
                put(&mut schema, "required", needed);
            }
            put(&mut schema, "additionalProperties", false);
            schema
        })
    }

    /// One of these words, alone or as the key of its settings.
    pub(crate) fn one_of(&mut self, name: &str, docs: Docs, words: &[Word]) -> Value {
        self.named(name, |definitions| {
            let alone = words.iter().filter(|word| word.settings.is_none());
            let mut forms: Vec<_> =
                alone.map(|word| described(word.docs, json!({"const": word.name}))).collect();
            // `null` for settings is taken too, as other readers of such forms do.
            let settings = |word: &Word, definitions: &mut Self| match word.settings {
                Some(schema) => described(word.docs, schema(definitions)),
                None => json!({"type": "null"}),
            };
            let properties: Map<_, _> = words
                .iter()
                .map(|word| (word.name.to_owned(), settings(word, definitions)))
                .collect();
            forms.push(json!({
                "type": "object", "properties": properties, "additionalProperties": false,
                "minProperties": 1, "maxProperties": 1,
            }));
            described(docs, json!({"anyOf": forms}))
        })
    }
}

impl Entry {
    fn of(&self, definitions: &mut Definitions) -> Value {
        let mut schema = described(self.docs, (self.schema)(definitions));
        let default = (self.default)();
        if default.is_boolean() || default.is_number() || default.is_string() {
            put(&mut schema, "default", default);
        }
        schema
    }
}

/// What a type reads where there is nothing.
pub(crate) fn blank<T: Read + Serialize>() -> Value {
    taken(&T::read(None, &mut Reader::default()))
}

/// A default as it would stand in the file.
pub(crate) fn taken(default: &impl Serialize) -> Value {
    serde_json::to_value(default).unwrap_or_default()
}

/// The schema with a doc comment as its description.
fn described(docs: Docs, mut schema: Value) -> Value {
    let lines: Vec<_> = docs.iter().flatten().map(|line| line.trim()).collect();
    let words = lines.join("\n").replace("\n\n", "\r").replace('\n', " ").replace('\r', "\n\n");
    // Links lead to other items of the crate; a reader of the schema sees their names.
    let words = words.replace("[`", "`").replace("`]", "`");
    if !words.is_empty() {
        put(&mut schema, "description", words);
    }
    schema
}

/// Sets a keyword; a schema that is `true` becomes an object first.
fn put(schema: &mut Value, keyword: &str, value: impl Into<Value>) {
    if !schema.is_object() {
        *schema = json!({});
    }
    if let Value::Object(map) = schema {
        map.insert(keyword.to_owned(), value.into());
    }
}

impl Campaign {
    /// The JSON Schema (2020-12) of the campaign file; `public/campaign.schema.json` is this. Not there
    /// in WebAssembly.
    ///
    /// What it refuses, [`Campaign::parse`] refuses. What it takes may still have faults: that every
    /// named field is there, for example, no schema can say.
    ///
    /// ```
    /// use nomination_form::campaign::Campaign;
    /// let schema = Campaign::schema();
    /// assert_eq!(schema["$defs"]["Campaign"]["properties"]["format"]["const"], "campaign/1");
    /// ```
    pub fn schema() -> Value {
        let mut definitions = Definitions::default();
        let root = <Self as Describe>::schema(&mut definitions);
        bounds::apply(&mut definitions.0);
        let mut schema = json!({"$schema": DIALECT, "title": "Campaign file of <nomination-form>"});
        put(&mut schema, "$ref", root.get("$ref").cloned().unwrap_or_default());
        put(&mut schema, "$defs", definitions.0);
        schema
    }
}
