//! The files that go with the answers: what is said of each, and which have to be there.
//!
//! A file in a slot that the form does not have is only a warning, so the slots are not a closed list.

use serde_json::{Map, Value, json};

use super::{
    condition::{Known, Scope},
    extend, has, in_answers,
};
use crate::campaign::{
    Field, FieldKind, FileSettings, PhotoSettings, Requirement, Severity, Track,
};

/// The list of files, with what holds whatever the answers are.
pub(super) fn attachments(scope: Scope, track: &Track) -> Value {
    let files = || track.fields().filter(|field| field.is_file());
    let slots: Vec<_> = files().map(|field| field.key.as_str()).collect();
    let mut attachment = json!({
        "type": "object",
        "properties": {
            "slot": {"type": "string", "examples": slots},
            "for": {"anyOf": [{"type": ["string", "null"]}, {"type": "integer", "minimum": 0}]},
            "name": {"type": "string"},
            "media_type": {"type": "string"},
            "bytes": {"type": "integer", "minimum": 0},
            "sha256": {"type": "string"},
            "upload": {"type": "string"},
            "format": {"type": "string"},
            "flaws": {"type": "array", "items": {"type": "string"}},
            "image": {"anyOf": [{"type": "null"}, image()]},
            "duration_ms": {"type": ["integer", "null"], "minimum": 0},
            "caption": {"type": ["string", "null"]},
        },
        "required": ["slot"],
    });
    let shown = || files().filter(|field| field.visible.is_none());
    extend(&mut attachment, "allOf", shown().filter_map(content).collect());
    let mut list = json!({"type": "array", "items": attachment, "maxItems": 500});
    let mut demands: Vec<_> = shown().filter_map(most).collect();
    let always = files().filter(|field| asked(scope, field).holds == Some(Value::Bool(true)));
    demands.extend(always.map(there));
    extend(&mut list, "allOf", demands);
    list
}

fn image() -> Value {
    let pixels = json!({"type": "integer", "minimum": 0, "maximum": u32::MAX});
    json!({
        "type": "object",
        "properties": {
            "width": pixels, "height": pixels,
            "background": {"type": ["string", "null"]}, "colour": {"type": ["boolean", "null"]},
        },
        "required": ["width", "height"],
    })
}

/// Whether some file is asked for whatever the answers are.
pub(super) fn always_asked(track: &Track) -> bool {
    track.fields().any(|field| {
        field.is_file()
            && is_error(field)
            && field.per_row().is_none()
            && field.visible.is_none()
            && field.required == Requirement::Fixed(true)
    })
}

/// What the answers decide: files that are asked for, and files of slots that are not always shown.
pub(super) fn demands(scope: Scope, track: &Track) -> Vec<Value> {
    let mut demands = Vec::new();
    for field in track.fields().filter(|field| field.is_file()) {
        let sometimes = |known: Known| known.holds.filter(|holds| *holds != Value::Bool(true));
        if let Some(asked) = sometimes(asked(scope, field)) {
            let files = has("attachments", json!({"type": "array", "allOf": [there(field)]}));
            demands.push(json!({"if": in_answers(&asked), "then": files}));
        }
        if let Some(shown) = field.visible.as_ref().and_then(|_| sometimes(scope.shown(field))) {
            let mut files = json!({"type": "array"});
            extend(&mut files, "allOf", most(field).into_iter().collect());
            let items = content(field)
                .map(|content| json!({"items": {"type": "object", "allOf": [content]}}));
            extend(&mut files, "allOf", items.into_iter().collect());
            let files = json!({"properties": {"attachments": files}});
            demands.push(json!({"if": in_answers(&shown), "then": files}));
        }
    }
    demands
}

/// A file of the slot has to be there.
fn asked(scope: Scope, field: &Field) -> Known {
    if !is_error(field) {
        return Known::constant(false);
    }
    let required = |scope: Scope| match &field.required {
        Requirement::Fixed(required) => Known::constant(*required),
        Requirement::When(logic) => scope.known(logic),
    };
    // Files of rows cannot be counted by a schema. Where a row asks for one, there is at least one.
    let required = match field.per_row() {
        Some(table) => scope.some_row(table, required),
        None => required(scope),
    };
    Known::all([scope.shown(field), required])
}

/// Whether a missing file is an error.
fn is_error(field: &Field) -> bool {
    let severity = match &field.kind {
        FieldKind::Photo(photo) => severity(photo, "missing", field.missing),
        _ => field.missing,
    };
    severity == Severity::Error
}

fn severity(photo: &PhotoSettings, what: &str, usual: Severity) -> Severity {
    photo.severities.get(what).copied().unwrap_or(usual)
}

fn of_slot(field: &Field) -> Value {
    json!({"type": "object", "properties": {"slot": {"const": field.key}}, "required": ["slot"]})
}

fn there(field: &Field) -> Value {
    json!({"contains": of_slot(field)})
}

/// How many files one slot takes.
fn most(field: &Field) -> Option<Value> {
    let most = match &field.kind {
        FieldKind::File(file) if file.per_row.is_none() => file.max_files,
        FieldKind::Photo(photo) if severity(photo, "count", Severity::Error) == Severity::Error => {
            1
        }
        _ => return None,
    };
    Some(json!({"contains": of_slot(field), "minContains": 0, "maxContains": most}))
}

/// What must be true of a file in this slot.
fn content(field: &Field) -> Option<Value> {
    let then = match &field.kind {
        FieldKind::File(file) => of_file(file),
        // Of several portraits only the first is looked at, and which that is no schema can tell.
        FieldKind::Photo(photo) if most(field).is_some() => of_photo(photo),
        _ => return None,
    };
    Some(json!({"if": of_slot(field), "then": then}))
}

fn of_file(file: &FileSettings) -> Value {
    json!({
        "properties": {
            "bytes": {"type": "integer", "minimum": file.min_bytes.max(1), "maximum": file.max_bytes},
            "format": {"enum": file.formats},
            "flaws": whole(),
        },
        "required": ["bytes", "format"],
    })
}

/// Nothing is wrong with the bytes that keeps the file from being used.
fn whole() -> Value {
    json!({"type": "array", "items": {"not": {"enum": ["encrypted", "truncated", "unreadable", "oversized"]}}})
}

fn of_photo(photo: &PhotoSettings) -> Value {
    let is_error = |what: &str| {
        let usual = if what == "background" { Severity::Warn } else { Severity::Error };
        severity(photo, what, usual) == Severity::Error
    };
    let mut all = vec![json!({"properties": {"image": measured(photo, &is_error)}})];
    if is_error("bytes") {
        let (least, most) = (photo.min_bytes.max(1), photo.max_bytes);
        let bytes = json!({"type": "integer", "minimum": least, "maximum": most});
        all.push(has("bytes", bytes));
        // Of an empty file nothing more is said.
        if is_error("format") {
            all.push(has("format", json!({"enum": photo.formats})));
            all.push(json!({"properties": {"flaws": whole()}}));
            all.push(read_or_excused());
        }
    }
    json!({"allOf": all})
}

/// The picture was read. With a flaw that is only a warning it need not have been.
fn read_or_excused() -> Value {
    let flaws = json!({"type": "array", "contains": {"enum": ["macros", "cmyk"]}});
    json!({"anyOf": [has("image", json!({"type": "object"})), has("flaws", flaws)]})
}

fn measured(photo: &PhotoSettings, is_error: &dyn Fn(&str) -> bool) -> Value {
    let mut image = Map::new();
    if is_error("pixels") {
        let [width, height] = [0, 1].map(|side| side_of(photo, side));
        image.insert("width".to_owned(), width);
        image.insert("height".to_owned(), height);
    }
    if !photo.background.0.is_empty() && is_error("background") {
        let grounds = photo.background.0.iter().map(|ground| json!(ground));
        let grounds: Vec<_> = grounds.chain([Value::Null]).collect();
        image.insert("background".to_owned(), json!({ "enum": grounds }));
    }
    if photo.colour && is_error("colour") {
        image.insert("colour".to_owned(), json!({"not": {"const": false}}));
    }
    json!({"anyOf": [{"type": "null"}, {"type": "object", "properties": image}]})
}

/// How wide (0) or high (1) a portrait may be.
fn side_of(photo: &PhotoSettings, side: usize) -> Value {
    let exact = photo.exact.and_then(|exact| exact.get(side).copied());
    let (least, most) = match side {
        0 => (photo.min_width, photo.max_width),
        _ => (photo.min_height, photo.max_height),
    };
    let least = least.max(exact.unwrap_or(0));
    let most = most.into_iter().chain(exact).min().unwrap_or(u32::MAX);
    json!({"type": "integer", "minimum": least, "maximum": most})
}
