//! Fields that stand together in one object: the answers, a row, a group, an entry of a matrix.

use serde_json::{Map, Value, json};

use super::{
    condition::{Known, Scope},
    extend, has, only, put,
    rules::covered,
    value::{self, blank, given, optional},
};
use crate::campaign::{Field, FieldKind, MatrixSettings, Requirement, RowsSettings, Severity};

/// Fields that stand together.
pub(super) struct Part<'a> {
    /// The fields, and what their conditions read.
    pub(super) scope: Scope<'a>,
}

impl Part<'_> {
    /// An object of the fields. What stands in a field of the form has a name: see [`definitions`].
    pub(super) fn schema(&self) -> Value {
        let mut properties = Map::new();
        let (mut required, mut demands) = (Vec::new(), Vec::new());
        for field in self.scope.fields() {
            let mut schema = json!({"title": field.label.base()});
            let shown = self.scope.shown(field);
            let asked = self.asked(field, &shown);
            if asked == Some(Value::Bool(true)) {
                merge(&mut schema, self.given(field));
                required.push(field.key.clone());
            } else {
                if field.visible.is_none() {
                    merge(&mut schema, self.optional(field));
                } else if let Some(shown) = &shown.holds {
                    // What a hidden field holds is never an error.
                    demands.push(when(shown, only_properties(&field.key, self.optional(field))));
                }
                let there = |asked| when(&asked, has(&field.key, self.given(field)));
                demands.extend(asked.map(there));
            }
            properties.insert(field.key.clone(), schema);
            demands.extend(self.closed_options(field, &shown));
            demands.extend(self.asked_entries(field, &shown));
        }
        let mut schema = value::object(properties);
        if !required.is_empty() {
            put(&mut schema, "required", required);
        }
        extend(&mut schema, "allOf", demands);
        schema
    }

    fn given(&self, field: &Field) -> Value {
        given(field, covered(self.scope, &field.key), self.scope, true)
    }

    /// The schema by its name; that of the form has none.
    fn named(&self) -> Value {
        match self.scope.inside {
            Some(field) => json!({"$ref": format!("#/$defs/{}", field.key)}),
            None => self.schema(),
        }
    }

    fn optional(&self, field: &Field) -> Value {
        optional(field, covered(self.scope, &field.key), self.scope)
    }

    /// What stands in a row or group is nothing as long as nothing is filled in.
    fn may_be_blank(&self) -> bool {
        self.scope.inside.is_some()
    }

    /// When the field surely has to be there.
    fn asked(&self, field: &Field, shown: &Known) -> Option<Value> {
        if field.missing != Severity::Error || field.is_file() {
            return None;
        }
        let required = match &field.required {
            Requirement::Fixed(required) => Known::constant(*required),
            Requirement::When(logic) => self.scope.known(logic),
        };
        let begun = if self.may_be_blank() { self.begun() } else { Known::always() };
        Known::all([begun, shown.clone(), required]).holds
    }

    /// Surely something is filled in. Fields that may be hidden do not count, for what they hold is
    /// nothing while they are.
    pub(super) fn begun(&self) -> Known {
        let always = self.scope.fields().filter(|field| field.visible.is_none());
        let blanks: Map<_, _> =
            always.map(|field| (field.key.clone(), blank(&field.kind))).collect();
        Known { holds: Some(json!({"not": {"properties": blanks}})), fails: None }
    }

    /// Options that cannot be chosen.
    fn closed_options(&self, field: &Field, shown: &Known) -> Vec<Value> {
        let (options, several) = match &field.kind {
            FieldKind::Choice(choice) => (&choice.options, false),
            FieldKind::Choices(choices) => (&choices.options, true),
            _ => return Vec::new(),
        };
        let closed = options.iter().filter_map(|option| {
            let open = self.scope.known(option.when.as_ref()?);
            let closed = Known::all([shown.clone(), open.not()]).holds?;
            let word = value::bare_or_coded(&json!({"const": option.value}));
            let other = if several {
                json!({"not": {"type": "array", "contains": word}})
            } else {
                json!({"not": word})
            };
            Some(when(&closed, only_properties(&field.key, other)))
        });
        closed.collect()
    }

    /// Entries of a matrix that are asked about only sometimes.
    fn asked_entries(&self, field: &Field, shown: &Known) -> Vec<Value> {
        let inside = Part { scope: self.scope.inside(field) };
        let asked = field.entries().iter().filter_map(|entry| {
            let asked = Known::all([shown.clone(), self.scope.known(entry.when.as_ref()?)]).holds?;
            let part = json!({"anyOf": [{"type": "null"}, inside.named()]});
            let parts = json!({"type": "object", "properties": only(&entry.key, part)});
            let either = json!({"anyOf": [{"not": {"type": "object"}}, parts]});
            Some(when(&asked, only_properties(&field.key, either)))
        });
        asked.collect()
    }

    /// A table of such objects.
    pub(super) fn table(&self, rows: &RowsSettings, asked: bool) -> Value {
        let mut list = json!({
            "type": "array",
            "items": {"anyOf": [{"type": "null"}, self.named()]},
            "maxItems": rows.max,
        });
        let filled = json!({"type": "object", "not": self.nothing()});
        let least = rows.min.unwrap_or(0).max(u32::from(asked));
        let enough = json!({"contains": filled, "minContains": least});
        if asked {
            merge(&mut list, enough);
        } else if least > 1 {
            let begun = self.begun().holds.unwrap_or(Value::Bool(false));
            let none = json!({"not": {"contains": {"type": "object", "allOf": [begun]}}});
            extend(&mut list, "allOf", vec![json!({"anyOf": [none, enough]})]);
        }
        list
    }

    /// The one object.
    pub(super) fn group(&self, asked: bool) -> Value {
        let mut schema = self.named();
        put(&mut schema, "type", "object");
        if asked {
            extend(&mut schema, "allOf", vec![json!({"not": self.nothing()})]);
        }
        schema
    }

    /// Such an object for each entry.
    pub(super) fn matrix(&self, matrix: &MatrixSettings, asked: bool) -> Value {
        let any = json!({"type": ["object", "null"]});
        let mut entries = Map::new();
        let mut demands = Vec::new();
        for entry in &matrix.entries {
            let part = json!({"anyOf": [{"type": "null"}, self.named()]});
            // Whether an entry is asked about is for the form's answers to say, which are out of
            // sight here: what stands in one that is not asked about is never an error.
            let schema = if entry.when.is_none() { part } else { any.clone() };
            entries.insert(entry.key.clone(), schema);
        }
        if asked {
            let filled = json!({"type": "object", "not": self.nothing()});
            let some = matrix.entries.iter().map(|entry| has(&entry.key, filled.clone()));
            demands.push(json!({"anyOf": some.collect::<Vec<_>>()}));
        }
        let mut schema = value::object(entries);
        extend(&mut schema, "allOf", demands);
        schema
    }

    /// Nothing is filled in for sure: whatever is not blank surely is not shown.
    fn nothing(&self) -> Value {
        let mut blanks = Map::new();
        let mut hidden = Vec::new();
        for field in self.scope.fields() {
            match self.scope.shown(field).fails {
                None => drop(blanks.insert(field.key.clone(), blank(&field.kind))),
                Some(fails) => {
                    let blank = only_properties(&field.key, blank(&field.kind));
                    hidden.push(json!({"anyOf": [blank, fails]}));
                }
            }
        }
        let mut nothing = json!({"properties": blanks});
        extend(&mut nothing, "allOf", hidden);
        nothing
    }
}

/// The rows, groups and entries of a form by the keys of their fields, so that each stands once.
pub(super) fn definitions(form: Scope) -> Map<String, Value> {
    let parts = form.fields().filter(|field| !field.columns().is_empty());
    parts.map(|field| (field.key.clone(), Part { scope: form.inside(field) }.schema())).collect()
}

/// What holds while the condition does; without `if` where that is always.
pub(super) fn when(condition: &Value, then: Value) -> Value {
    if *condition == Value::Bool(true) { then } else { json!({"if": condition, "then": then}) }
}

/// The key, where it is there, fulfils the schema.
pub(super) fn only_properties(key: &str, schema: Value) -> Value {
    json!({"properties": only(key, schema)})
}

fn merge(schema: &mut Value, other: Value) {
    if let (Value::Object(schema), Value::Object(other)) = (schema, other) {
        schema.extend(other);
    }
}
