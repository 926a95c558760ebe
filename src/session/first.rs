//! The answers a form opens with.

use serde_json::Value;

use super::answer;
use crate::answers::Answers;
use crate::campaign::{Field, FieldKind, Track};

/// What the host knows and the form asks, then the campaign's own defaults. What the form has no
/// question for is let go: nobody could mend it there.
pub(super) fn first_answers(track: &Track, initial: Answers) -> Answers {
    let mut answers = initial;
    answers.0.retain(|key, value| match track.field(key) {
        Some(field) if !field.is_file() => {
            keep_asked(field, value);
            true
        }
        _ => false,
    });
    for field in track.fields() {
        first_answer(&mut answers, &field.key, field);
    }
    answers
}

/// Takes from rows, entries and groups what no question asks for.
pub(super) fn keep_asked(field: &Field, value: &mut Value) {
    let columns = field.columns();
    match value {
        Value::Array(rows) if !columns.is_empty() => {
            for row in rows {
                keep_columns(columns, row);
            }
        }
        Value::Object(parts) if !field.entries().is_empty() => {
            parts.retain(|key, _| field.entries().iter().any(|entry| entry.key == *key));
            parts.iter_mut().for_each(|(_, part)| keep_columns(columns, part));
        }
        part if !columns.is_empty() => keep_columns(columns, part),
        _ => {}
    }
}

fn keep_columns(columns: &[Field], part: &mut Value) {
    if let Value::Object(cells) = part {
        cells.retain(|key, _| columns.iter().any(|column| column.key == *key));
    }
}

fn first_answer(answers: &mut Answers, path: &str, field: &Field) {
    let first = match &field.kind {
        FieldKind::Group(group) => {
            let within =
                |inner: &Field| first_answer(answers, &format!("{path}.{}", inner.key), inner);
            return group.fields.iter().for_each(within);
        }
        FieldKind::Choice(choice) => {
            choice.default.as_deref().and_then(|value| answer(&field.kind, value))
        }
        FieldKind::YesNo(settings) => settings.default.map(Value::Bool),
        FieldKind::Rows(rows) if !rows.start_with.is_empty() => {
            Some(rows.start_with.iter().cloned().map(Value::Object).collect())
        }
        _ => None,
    };
    if first.is_some() && answers.at(path).is_none() {
        answers.set(path, first);
    }
}
