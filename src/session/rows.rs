//! Rows: each has an id that stays while others come and go.
//!
//! The entries of a matrix and the one object of a group are named in the same way, so that all that
//! is shown, left and found in a row works in them too. Their ids never change.

use serde_json::{Map, Value};

use super::{Announcement, Effect, Focus, Place, RowId, Session};
use crate::answers::Answers;
use crate::campaign::{Field, FieldKind, RowsSettings, Track};
use crate::standards::sorted::Sorted;

/// The ids of every table's rows, in the rows' order; and what leads from a path to them and back.
#[derive(Debug, Default)]
pub(super) struct Rows {
    by_key: Sorted<String, Parts>,
    /// The fields whose files belong to rows, with the table: their places are the rows'.
    files: Sorted<String, String>,
    next: RowId,
}

#[derive(Debug)]
struct Parts {
    ids: Vec<RowId>,
    names: Names,
    columns: Vec<String>,
}

/// What a path calls the parts of a field.
#[derive(Debug)]
enum Names {
    /// Their numbers, from 0.
    Rows,
    /// The keys of a matrix's entries.
    Entries(Vec<String>),
    /// Nothing: a group has one part only.
    Group,
}

impl Rows {
    pub(super) fn new(track: &Track, answers: &Answers) -> Self {
        let mut rows = Self::default();
        rows.begin(track, answers);
        rows
    }

    /// Names the rows of other answers; no id is used twice.
    pub(super) fn begin(&mut self, track: &Track, answers: &Answers) {
        self.by_key.clear();
        for field in track.fields() {
            if let Some(table) = field.per_row() {
                self.files.insert(field.key.clone(), table.to_owned());
            }
            let (names, count) = match &field.kind {
                FieldKind::Rows(_) => (Names::Rows, answers.rows(&field.key).len()),
                FieldKind::Group(_) => (Names::Group, 1),
                FieldKind::Matrix(matrix) => {
                    let keys = matrix.entries.iter().map(|entry| entry.key.clone());
                    (Names::Entries(keys.collect()), matrix.entries.len())
                }
                _ => continue,
            };
            let columns = field.columns().iter().map(|column| column.key.clone()).collect();
            self.by_key.insert(field.key.clone(), Parts { ids: Vec::new(), names, columns });
            for _ in 0..count {
                self.push(&field.key);
            }
        }
    }

    fn of(&self, key: &str) -> Option<&Parts> {
        self.by_key.get(self.files.get(key).map_or(key, String::as_str))
    }

    pub(super) fn ids(&self, key: &str) -> &[RowId] {
        self.of(key).map_or(&[], |parts| &parts.ids)
    }

    pub(super) fn index(&self, key: &str, row: RowId) -> Option<usize> {
        self.ids(key).iter().position(|id| *id == row)
    }

    /// The path of a place; `None` where its row is gone.
    pub(super) fn path(&self, place: &Place) -> Option<String> {
        let (key, row, column) = match place {
            Place::Field(key) => return Some(key.clone()),
            Place::Row(key, row) => (key, row, None),
            Place::Cell(key, row, column) => (key, row, Some(column)),
        };
        let mut path = key.clone();
        let index = self.index(key, *row)?;
        let name = match &self.of(key)?.names {
            Names::Rows => Some(index.to_string()),
            Names::Entries(names) => names.get(index).cloned(),
            Names::Group => None,
        };
        for part in name.iter().chain(column) {
            path.push('.');
            path.push_str(part);
        }
        Some(path)
    }

    /// The place of a path: the nearest above, where nothing is shown of it alone.
    pub(super) fn place(&self, path: &str) -> Place {
        let (key, rest) = path.split_once('.').unwrap_or((path, ""));
        self.within(key, rest).unwrap_or_else(|| Place::Field(key.to_owned()))
    }

    fn within(&self, key: &str, rest: &str) -> Option<Place> {
        let parts = self.of(key)?;
        let (name, column) = match &parts.names {
            Names::Group => ("", rest),
            _ => rest.split_once('.').unwrap_or((rest, "")),
        };
        let index = match &parts.names {
            Names::Rows => name.parse().ok()?,
            Names::Entries(names) => names.iter().position(|known| known == name)?,
            Names::Group => 0,
        };
        let id = *parts.ids.get(index)?;
        let column =
            column.split('.').next().filter(|name| parts.columns.iter().any(|c| c == name));
        match (column, &parts.names) {
            (Some(column), _) => Some(Place::Cell(key.to_owned(), id, column.to_owned())),
            (None, Names::Group) => None,
            (None, _) => Some(Place::Row(key.to_owned(), id)),
        }
    }

    fn push(&mut self, key: &str) -> Option<RowId> {
        let end = self.by_key.get(key)?.ids.len();
        self.insert(key, end)
    }

    fn insert(&mut self, key: &str, at: usize) -> Option<RowId> {
        let ids = &mut self.by_key.get_mut(key)?.ids;
        self.next += 1;
        ids.insert(at.min(ids.len()), self.next);
        Some(self.next)
    }

    /// Has a table have so many rows; the first stay who they are.
    pub(super) fn fit(&mut self, key: &str, count: Option<usize>) {
        let Some(count) = count else { return };
        if let Some(parts) = self.by_key.get_mut(key) {
            parts.ids.truncate(count);
        }
        while self.by_key.get(key).is_some_and(|parts| parts.ids.len() < count) {
            self.push(key);
        }
    }

    fn remove(&mut self, key: &str, index: usize) {
        if let Some(parts) = self.by_key.get_mut(key).filter(|parts| index < parts.ids.len()) {
            parts.ids.remove(index);
        }
    }
}

impl Session {
    /// The ids of a table's rows, of a matrix's entries or of a group's one part, in order.
    pub fn row_ids(&self, key: &str) -> &[RowId] {
        self.rows.ids(key)
    }

    /// Where a row stands in its table, from 0.
    pub fn row_index(&self, key: &str, row: RowId) -> Option<usize> {
        self.rows.index(key, row)
    }

    /// Whether nothing has been put into a row.
    pub fn row_is_blank(&self, key: &str, row: RowId) -> bool {
        let blank = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
        let cells = self.part(key, row).and_then(Value::as_object);
        let mut files = self.all_files();
        cells.is_none_or(|cells| cells.values().all(blank))
            && !files.any(|file| matches!(&file.row, Some((_, of)) if *of == row))
    }

    pub(super) fn add_row(&mut self, key: &str, effects: &mut Vec<Effect>) {
        let (end, first) = (self.rows.ids(key).len(), self.first_column(key));
        self.new_row(key, (end, Value::Object(Map::new())), first, effects);
    }

    /// Puts a row at its place into a table that has room for it, and takes the person to one of its questions.
    pub(super) fn new_row(
        &mut self,
        key: &str,
        (at, row): (usize, Value),
        column: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(settings) = self.with_room(key) else { return };
        let label = settings.row_label.get(self.judge.words().lang()).to_owned();
        let Some(id) = self.insert_row(key, at, row, effects) else { return };
        if let Some(column) = column {
            effects.push(Effect::Focus(Focus::Place(Place::Cell(key.to_owned(), id, column))));
        }
        effects.push(Effect::Announce(Announcement::RowAdded(label, at + 1)));
    }

    fn first_column(&self, key: &str) -> Option<String> {
        self.table(key)?.fields.first().map(|column| column.key.clone())
    }

    /// A table whose rows may come and go, and that may have one more.
    pub(super) fn with_room(&self, key: &str) -> Option<&RowsSettings> {
        self.open_table(key).filter(|table| self.rows.ids(key).len() < table.max as usize)
    }

    /// Puts a row into a table, and gives its id.
    fn insert_row(
        &mut self,
        key: &str,
        at: usize,
        row: Value,
        effects: &mut Vec<Effect>,
    ) -> Option<RowId> {
        let rows = self.answers.0.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(rows) = rows else { return None };
        if at > rows.len() {
            return None;
        }
        rows.insert(at, row);
        let id = self.rows.insert(key, at)?;
        self.board.forget_host(key);
        self.table_changed(key, effects);
        Some(id)
    }

    pub(super) fn remove_row(&mut self, key: &str, row: RowId, effects: &mut Vec<Effect>) {
        let Some(settings) = self.open_table(key) else { return };
        let label = settings.row_label.get(self.judge.words().lang()).to_owned();
        let Some(index) = self.rows.index(key, row) else { return };
        let blank = self.row_is_blank(key, row);
        let Some(Value::Array(rows)) = self.answers.0.get_mut(key) else { return };
        if index < rows.len() {
            let gone = rows.remove(index);
            self.removed = (!blank).then(|| (key.to_owned(), index, gone));
        }
        if rows.is_empty() {
            self.answers.set(key, None);
        }
        self.rows.remove(key, index);
        self.forget_files(effects, |file| matches!(&file.row, Some((_, id)) if *id == row));
        self.board.forget_host(key);
        self.left.retain(|place| !matches!(place, Place::Cell(_, id, _) if *id == row));
        self.table_changed(key, effects);
        effects.push(Effect::Focus(self.focus_after_removal(key, index)));
        effects.push(Effect::Announce(Announcement::RowRemoved(label, index + 1)));
    }

    /// Where the row stood that was removed last, if it was one of this table and had something in it.
    pub fn can_put_back(&self, key: &str) -> Option<usize> {
        self.removed.as_ref().filter(|(of, ..)| of == key).map(|(_, at, _)| *at)
    }

    /// Puts the row back that was removed last.
    pub(super) fn put_back(&mut self, key: &str, effects: &mut Vec<Effect>) {
        if self.with_room(key).is_none() {
            return;
        }
        let Some((_, at, row)) = self.removed.take_if(|(of, ..)| of == key) else { return };
        let at = at.min(self.rows.ids(key).len());
        self.new_row(key, (at, row), self.first_column(key), effects);
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

    /// A table whose rows may come and go: not one that the host has verified.
    pub(super) fn open_table(&self, key: &str) -> Option<&RowsSettings> {
        self.table(key).filter(|_| self.locked(&Place::Field(key.to_owned())).is_none())
    }

    fn table_changed(&mut self, key: &str, effects: &mut Vec<Effect>) {
        self.desk.touched = true;
        effects.push(Effect::Look(format!("{key}#")));
        self.changed(&Place::Field(key.to_owned()), effects);
        effects.push(Effect::Look(format!("{key}*")));
    }

    /// The answers of a row, of a matrix's entry or of a group; nothing where none are given yet.
    pub(super) fn part(&self, key: &str, row: RowId) -> Option<&Value> {
        let path = self.rows.path(&Place::Row(key.to_owned(), row))?;
        Some(self.answers.at(&path).unwrap_or(&Value::Null))
    }

    /// What a field is, for a place in it.
    pub fn field(&self, place: &Place) -> Option<&Field> {
        let field = self.track().field(place.key())?;
        match place {
            Place::Field(_) => Some(field),
            Place::Row(..) => None,
            Place::Cell(_, _, column) => field.columns().iter().find(|known| known.key == *column),
        }
    }
}
