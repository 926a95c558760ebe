//! The submission: the answers that are shown, the files that go along, and what the engine makes of them.

use serde_json::{Map, Value, json};

use super::Session;
use crate::answers::Answers;
use crate::campaign::{Field, FieldKind};
use crate::rules::Given;
use crate::standards::Instant;

impl Session {
    /// The submission as it would have gone out at the last event; see [`Session::submission_at`].
    pub fn submission(&self) -> Option<Value> {
        self.submission_at(self.now)
    }

    /// The submission as it would go out at a time; none while a question asked first is unanswered or stops
    /// the form.
    pub fn submission_at(&self, now: Instant) -> Option<Value> {
        if !self.open() {
            return None;
        }
        let (campaign, track) = (self.campaign(), self.track());
        let answers = self.answers_shown();
        let given = Given { answers: &answers, now, ..self.given() };
        Some(json!({
            "format": "nomination/1",
            "id": self.sending.id,
            "revision": self.sending.revision,
            "campaign": { "id": campaign.id, "revision": campaign.revision },
            "track": track.id,
            "variant": self.judge.form_case(&given).map(|form| &form.name),
            "answers": answers,
            "attachments": self.attachments,
            "computed": self.judge.computed(&given),
            "problems": self.judge.judge(&given).problems,
        }))
    }

    /// The answers without those that are not shown.
    pub(super) fn answers_shown(&self) -> Answers {
        let given = self.given();
        let mut answers = self.answers.clone();
        answers.0.retain(|key, _| self.judge.visible(key, &given));
        for field in self.track().fields().filter(|field| !field.columns().is_empty()) {
            let Some(value) = answers.0.get_mut(&field.key) else { continue };
            match value {
                Value::Array(rows) => rows.iter_mut().for_each(|row| self.shown_in(field, row)),
                Value::Object(parts) if !field.entries().is_empty() => {
                    for (at, entry) in field.entries().iter().enumerate() {
                        if !self.judge.entry_asked(&field.key, at, &given) {
                            parts.remove(&entry.key);
                        }
                    }
                    parts.iter_mut().for_each(|(_, part)| self.shown_in(field, part));
                }
                part => self.shown_in(field, part),
            }
        }
        answers
    }

    /// Takes from a row, an entry or a group what is not shown in it.
    fn shown_in(&self, field: &Field, part: &mut Value) {
        let whole = part.clone();
        if let Value::Object(cells) = part {
            cells.retain(|column, _| self.judge.column_visible(&field.key, column, &whole));
            close_open_ends(field.columns(), cells);
        }
    }
}

/// An open end goes out as `null`, so that 至今 is said and not merely left out.
fn close_open_ends(columns: &[Field], cells: &mut Map<String, Value>) {
    for column in columns {
        if let FieldKind::Month(settings) = &column.kind
            && settings.open
        {
            cells.entry(column.key.clone()).or_insert(Value::Null);
        }
    }
}
