//! What to keep beside a draft's answers, so that another edition can still say what they were about.

use serde_json::{Map, Value};

use super::reading::{join, word_of};
use crate::{
    answers::{Answers, text},
    campaign::{BASE_LANG, Field, FieldKind, Text, Track},
    rules::{answer::entry_label, shape},
};

/// What the questions that are answered are called, and the answers that people read in other words
/// than they are kept in, so that another edition can still say what an answer was about. By path
/// without the numbers of rows: `name`, `resume.org`, `opinions.公安部门.status`; the words of an
/// answer by path and answer: `sex=2`, `violation=true`.
pub fn labels(track: &Track, answers: &Answers, lang: &str) -> Map<String, Value> {
    let mut labels = Map::new();
    for field in track.fields() {
        if let Some(value) = answers.get(&field.key) {
            note(field, field.key.clone(), value, lang, &mut labels);
        }
    }
    labels
}

fn note(field: &Field, path: String, value: &Value, lang: &str, labels: &mut Map<String, Value>) {
    if shape::blank(&field.kind, value) {
        return;
    }
    match &field.kind {
        FieldKind::Rows(rows) => {
            for row in value.as_array().into_iter().flatten() {
                note_parts(&rows.fields, &path, row, lang, labels);
            }
        }
        FieldKind::Group(group) => note_parts(&group.fields, &path, value, lang, labels),
        FieldKind::Matrix(matrix) => {
            for entry in &matrix.entries {
                let Some(part) = value.get(&entry.key) else { continue };
                let path = join(&path, &entry.key);
                note_parts(&matrix.fields, &path, part, lang, labels);
                labels.insert(path, entry_label(entry, lang).into());
            }
        }
        kind => {
            for item in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
                if let (Some(key), Some(words)) = (word_of(item), shown(kind, item))
                    && words != key
                {
                    labels.insert(format!("{path}={key}"), words.into());
                }
            }
        }
    }
    labels.insert(path, field.label.get(lang).into());
}

fn note_parts(
    fields: &[Field],
    path: &str,
    part: &Value,
    lang: &str,
    labels: &mut Map<String, Value>,
) {
    for field in fields {
        if let Some(value) = part.get(&field.key) {
            note(field, join(path, &field.key), value, lang, labels);
        }
    }
}

/// The words for it, of an answer that is chosen: those by which another edition knows it again, so in
/// zh-CN.
fn shown<'a>(kind: &'a FieldKind, value: &'a Value) -> Option<&'a str> {
    let words = match (kind, value) {
        (FieldKind::Choice(choice), value) => return shape::shown(choice, value, BASE_LANG),
        (FieldKind::Choices(choices), value) => {
            let codes = choices.codes.as_deref();
            return Some(shape::called(&choices.options, codes, text(value)?, BASE_LANG));
        }
        (FieldKind::YesNo(settings), Value::Bool(true)) => &settings.yes,
        (FieldKind::YesNo(settings), Value::Bool(false)) => &settings.no,
        _ => return None,
    };
    words.as_ref().map(Text::base)
}
