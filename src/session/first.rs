//! The answers a form opens with.

use serde_json::Value;

use super::answer;
use crate::answers::Answers;
use crate::campaign::{Field, FieldKind, Track};

/// What the host knows, then the campaign's own defaults.
pub(super) fn first_answers(track: &Track, initial: Answers) -> Answers {
    let mut answers = initial;
    for field in track.fields() {
        first_answer(&mut answers, &field.key, field);
    }
    answers
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
