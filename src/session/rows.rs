//! Rows: each has an id that stays while others come and go.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Announcement, Effect, Focus, Place, RowId, Session};
use crate::answers::Answers;
use crate::campaign::{FieldKind, RowsSettings, Track};

/// The ids of every table's rows, in the rows' order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    by_key: BTreeMap<String, Vec<RowId>>,
    next: RowId,
}

impl Rows {
    pub(super) fn new(track: &Track, answers: &Answers) -> Self {
        let mut rows = Self::default();
        for field in track.fields().filter(|field| matches!(field.kind, FieldKind::Rows(_))) {
            for _ in answers.rows(&field.key) {
                rows.push(&field.key);
            }
        }
        rows
    }

    pub(super) fn ids(&self, key: &str) -> &[RowId] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    pub(super) fn index(&self, key: &str, row: RowId) -> Option<usize> {
        self.ids(key).iter().position(|id| *id == row)
    }

    fn push(&mut self, key: &str) -> RowId {
        self.next += 1;
        self.by_key.entry(key.to_owned()).or_default().push(self.next);
        self.next
    }

    fn remove(&mut self, key: &str, index: usize) {
        if let Some(ids) = self.by_key.get_mut(key).filter(|ids| index < ids.len()) {
            ids.remove(index);
        }
    }
}

impl Session {
    /// The ids of a table's rows, in order.
    pub fn row_ids(&self, key: &str) -> &[RowId] {
        self.rows.ids(key)
    }

    /// Where a row stands in its table, from 0.
    pub fn row_index(&self, key: &str, row: RowId) -> Option<usize> {
        self.rows.index(key, row)
    }

    /// The place of `key` or `key.row.column` in the answers.
    pub(super) fn place(&self, path: &str) -> Option<Place> {
        let mut parts = path.splitn(3, '.');
        let key = parts.next()?.to_owned();
        let Some(row) = parts.next() else { return Some(Place::Field(key)) };
        let id = *self.rows.ids(&key).get(row.parse::<usize>().ok()?)?;
        Some(match parts.next() {
            Some(column) => Place::Cell(key, id, column.to_owned()),
            None => Place::Row(key, id),
        })
    }

    pub(super) fn add_row(&mut self, key: &str, effects: &mut Vec<Effect>) {
        let Some(settings) = self.table(key) else { return };
        if self.rows.ids(key).len() >= settings.max as usize {
            return;
        }
        let (label, first) =
            (settings.row_label.base().to_owned(), settings.fields.first().map(|f| f.key.clone()));
        let rows = self.answers.0.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(rows) = rows else { return };
        rows.push(Value::Object(Map::new()));
        let row = self.rows.push(key);
        let number = self.rows.ids(key).len();
        self.table_changed(key, effects);
        if let Some(column) = first {
            effects.push(Effect::Focus(Focus::Place(Place::Cell(key.to_owned(), row, column))));
        }
        effects.push(Effect::Announce(Announcement::RowAdded(label, number)));
    }

    pub(super) fn remove_row(&mut self, key: &str, row: RowId, effects: &mut Vec<Effect>) {
        let Some(index) = self.rows.index(key, row) else { return };
        let Some(Value::Array(rows)) = self.answers.0.get_mut(key) else { return };
        if index < rows.len() {
            rows.remove(index);
        }
        if rows.is_empty() {
            self.answers.set(key, None);
        }
        self.rows.remove(key, index);
        self.board.forget_host(key);
        self.left.retain(|place| !matches!(place, Place::Cell(_, id, _) if *id == row));
        self.table_changed(key, effects);
        let label =
            self.table(key).map(|table| table.row_label.base().to_owned()).unwrap_or_default();
        effects.push(Effect::Focus(self.focus_after_removal(key, index)));
        effects.push(Effect::Announce(Announcement::RowRemoved(label, index + 1)));
    }

    /// The row that took the removed one's place, else the one before it, else the add button: the
    /// focus never falls back to the top of the page.
    fn focus_after_removal(&self, key: &str, index: usize) -> Focus {
        let ids = self.rows.ids(key);
        let row = ids.get(index).or(ids.last());
        let column = self.table(key).and_then(|table| table.fields.first());
        match (row, column) {
            (Some(row), Some(column)) => {
                Focus::Place(Place::Cell(key.to_owned(), *row, column.key.clone()))
            }
            _ => Focus::AddButton(key.to_owned()),
        }
    }

    fn table(&self, key: &str) -> Option<&RowsSettings> {
        match &self.track().field(key)?.kind {
            FieldKind::Rows(rows) => Some(rows),
            _ => None,
        }
    }

    fn table_changed(&mut self, key: &str, effects: &mut Vec<Effect>) {
        effects.push(Effect::Look(format!("{key}#")));
        self.changed(&Place::Field(key.to_owned()), effects);
        effects.push(Effect::Look(format!("{key}*")));
    }
}
