//! What a draft's answers are worth under another edition of its campaign.
//!
//! Only whether an answer has a place is asked here, never whether it is right: a month that nobody
//! can read stays in its box, where it is shown and judged. Invariant: nothing that was filled in is
//! lost. It is carried over, at its own path, or it is among what is left over, in words that the
//! person can copy. Rows move up only where a row above lost everything.

mod labels;
mod reading;

use serde_json::{Map, Value};

pub use labels::labels;
use reading::{Reading, join};

use super::{answer::entry_label, shape};
use crate::{
    answers::{Answers, text, written},
    campaign::{ChoicesSettings, Field, FieldKind, MatrixEntry, Track},
    standards::{codes, decimal},
    words::Words,
};

/// The longest text that can stand in a box for a figure, a date or a number of a document. What is
/// longer was written for another question, and would have to be deleted there.
const MAX_FIGURE_CHARS: usize = 50;

/// What a draft's answers are worth under another edition of the campaign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Carried {
    /// Those that still have a place. Whether they are right is for the judge to say.
    pub answers: Answers,
    /// Those that have none any more.
    pub left_over: Vec<LeftOver>,
    /// The rows that lost everything, each with its table and the place it had there, in that order.
    pub rows_gone: Vec<(String, usize)>,
}

/// An answer that has no place any more, for the person to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// Where it was: `resume.1.org`, rows counted as they were.
    pub path: String,
    /// What was asked, as it was called then: `简历·第2行·单位`.
    pub label: String,
    /// What was answered, as the person read it.
    pub text: String,
}

impl Carried {
    /// Where a row of a table stands now; none where it is gone.
    pub fn row(&self, table: &str, index: usize) -> Option<usize> {
        let mut before = 0;
        for (_, gone) in self.rows_gone.iter().filter(|(of, _)| of == table) {
            if *gone == index {
                return None;
            }
            before += usize::from(*gone < index);
        }
        Some(index - before)
    }
}

/// Carries answers over to a track, which may be another edition of the one they were given to.
/// `labels` are those of that edition, see [`labels`]; what is left over is told in `words`.
///
/// ```
/// use nomination_form::{answers::Answers, campaign::Campaign, rules::carry, words::Words};
/// # let file = include_bytes!("../../public/campaigns/nm2022.json");
/// let campaign = Campaign::parse(file).expect("a campaign without faults");
/// let track = &campaign.tracks[0];
/// let answers: Answers = serde_json::from_str(r#"{"name": "王某某", "nick": "小王"}"#)?;
/// let labels = [("nick".to_owned(), "别名".into())].into_iter().collect();
/// let carried = carry::carry(track, &answers, &labels, Words::base());
/// assert_eq!(carried.answers.at("name"), answers.at("name"));
/// assert_eq!((carried.left_over[0].label.as_str(), carried.left_over[0].text.as_str()), ("别名", "小王"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn carry(
    track: &Track,
    answers: &Answers,
    labels: &Map<String, Value>,
    words: &Words,
) -> Carried {
    let mut carrying = Carrying { reading: Reading { labels, words }, done: Carried::default() };
    for (key, value) in &answers.0 {
        let field = track.field(key);
        let at = carrying.at(key, field.map(|field| field.label.get(words.lang())));
        if let Some(kept) = carrying.answer(field.map(|field| &field.kind), &at, value) {
            carrying.done.answers.0.insert(key.clone(), kept);
        }
    }
    carrying.done
}

/// Whether a file of a draft still has its slot: `row_table` is the table whose row it belongs to.
pub fn takes_file(track: &Track, slot: &str, row_table: Option<&str>) -> bool {
    track.field(slot).is_some_and(|field| field.is_file() && field.per_row() == row_table)
}

/// Where an answer stands.
struct At {
    /// With the numbers of rows.
    path: String,
    /// Without.
    plain: String,
    /// What it is called.
    label: String,
}

struct Carrying<'a> {
    reading: Reading<'a>,
    done: Carried,
}

impl<'a> Carrying<'a> {
    fn lang(&self) -> &'a str {
        self.reading.words.lang()
    }

    fn at(&self, key: &str, now: Option<&str>) -> At {
        At { path: key.to_owned(), plain: key.to_owned(), label: self.reading.label(key, now, key) }
    }

    fn inside(&self, at: &At, key: &str, now: Option<&str>) -> At {
        let plain = join(&at.plain, key);
        let label = format!("{}·{}", at.label, self.reading.label(&plain, now, key));
        At { path: join(&at.path, key), plain, label }
    }

    /// What of the answer has a place in a field of this kind.
    fn answer(&mut self, kind: Option<&FieldKind>, at: &At, value: &Value) -> Option<Value> {
        match (kind, value) {
            (Some(FieldKind::Rows(rows)), Value::Array(items)) => {
                return self.rows(&rows.fields, at, items);
            }
            (Some(FieldKind::Group(group)), Value::Object(cells)) => {
                return filled(self.cells(&group.fields, at, cells));
            }
            (Some(FieldKind::Matrix(matrix)), Value::Object(parts)) => {
                return filled(self.entries(&matrix.entries, &matrix.fields, at, parts));
            }
            (Some(FieldKind::Choices(choices)), Value::Array(items)) => {
                return self.several(choices, at, items);
            }
            _ => {}
        }
        let kept = kind.and_then(|kind| self.kept(kind, at, value));
        if kept.is_none() {
            self.leave(at, value);
        }
        kept
    }

    /// The answer as a field of this kind holds it, where it can.
    fn kept(&self, kind: &FieldKind, at: &At, value: &Value) -> Option<Value> {
        match (kind, value) {
            (FieldKind::Choice(_), Value::Array(items)) => match items.as_slice() {
                [item] if !item.is_array() => self.kept(kind, at, item),
                _ => None,
            },
            (FieldKind::Choice(choice), value) => {
                let word = text(value)?;
                let shaped = choice.codes.is_some() || value.is_string();
                let known = shaped && shape::among(choice, word);
                (known && self.means(choice.codes.as_deref(), at, word)).then(|| value.clone())
            }
            (FieldKind::Choices(choices), value) => {
                self.is_one_of(choices, at, value).then(|| vec![value.clone()].into())
            }
            (FieldKind::YesNo(_), Value::Bool(_)) | (FieldKind::Number(_), Value::Number(_)) => {
                Some(value.clone())
            }
            (_, Value::Bool(_)) => None,
            (kind, value) => typed(kind, &self.reading.word(&at.plain, value)?),
        }
    }

    /// Whether a code means what it meant: two tables may have the same code for different things.
    fn means(&self, table: Option<&str>, at: &At, code: &str) -> bool {
        let (Some(table), Some(words)) = (table, self.reading.called(&at.plain, code)) else {
            return true;
        };
        // The same standard, its levels alone or with how they ended: `大学本科`, `大学本科教育`.
        let standard = |of: &str| codes::find(of, code).is_some_and(|known| known.name == words);
        let is_level = table == "education_full" && standard("education");
        standard(table)
            || is_level
            || codes::find_by_name(table, words).is_some_and(|known| known.code == code)
    }

    fn is_one_of(&self, choices: &ChoicesSettings, at: &At, item: &Value) -> bool {
        text(item).is_some_and(|word| {
            shape::offers(&choices.options, choices.codes.as_deref(), word)
                && self.means(choices.codes.as_deref(), at, word)
        })
    }

    /// The items of a list that are still offered.
    fn several(&mut self, choices: &ChoicesSettings, at: &At, items: &[Value]) -> Option<Value> {
        let (kept, gone): (Vec<_>, Vec<_>) =
            items.iter().cloned().partition(|item| self.is_one_of(choices, at, item));
        self.leave(at, &Value::Array(gone));
        (!kept.is_empty()).then_some(Value::Array(kept))
    }

    fn rows(&mut self, columns: &[Field], at: &At, items: &[Value]) -> Option<Value> {
        let mut rows = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = At {
                path: join(&at.path, &index.to_string()),
                plain: at.plain.clone(),
                label: format!("{}·{}", at.label, self.reading.row_label(index)),
            };
            let before = self.done.left_over.len();
            let cells = match item {
                Value::Object(cells) => self.cells(columns, &at, cells),
                other => {
                    self.leave(&at, other);
                    Map::new()
                }
            };
            // A row that was empty before is as it was; so no other row moves without a reason.
            if cells.is_empty() && self.done.left_over.len() > before {
                self.done.rows_gone.push((at.plain, index));
            } else {
                rows.push(Value::Object(cells));
            }
        }
        (!rows.is_empty()).then_some(Value::Array(rows))
    }

    fn cells(
        &mut self,
        columns: &[Field],
        at: &At,
        cells: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut kept = Map::new();
        for (key, value) in cells {
            let column = columns.iter().find(|column| column.key == *key);
            let at = self.inside(at, key, column.map(|column| column.label.get(self.lang())));
            if let Some(cell) = self.answer(column.map(|column| &column.kind), &at, value) {
                kept.insert(key.clone(), cell);
            }
        }
        kept
    }

    fn entries(
        &mut self,
        entries: &[MatrixEntry],
        columns: &[Field],
        at: &At,
        parts: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut kept = Map::new();
        for (key, part) in parts {
            let entry = entries.iter().find(|entry| entry.key == *key);
            let at = self.inside(at, key, entry.map(|entry| entry_label(entry, self.lang())));
            match (entry, part) {
                (Some(_), Value::Object(cells)) => {
                    let cells = self.cells(columns, &at, cells);
                    if !cells.is_empty() {
                        kept.insert(key.clone(), cells.into());
                    }
                }
                _ => self.leave(&at, part),
            }
        }
        kept
    }

    fn leave(&mut self, at: &At, value: &Value) {
        let text = self.reading.words(&at.plain, value);
        if !text.trim().is_empty() {
            let (path, label) = (at.path.clone(), at.label.clone());
            self.done.left_over.push(LeftOver { path, label, text });
        }
    }
}

fn filled(parts: Map<String, Value>) -> Option<Value> {
    (!parts.is_empty()).then_some(Value::Object(parts))
}

/// The answer that a text stands for in a box of this kind; none where it has no room there.
fn typed(kind: &FieldKind, words: &str) -> Option<Value> {
    let is_line = !words.trim().contains('\n');
    let is_figure = is_line && words.chars().count() <= MAX_FIGURE_CHARS;
    let has_room = match kind {
        FieldKind::Essay(_) => true,
        FieldKind::Text(_) | FieldKind::PersonName => is_line,
        FieldKind::Number(_)
        | FieldKind::Month(_)
        | FieldKind::Date
        | FieldKind::DayOrMonth
        | FieldKind::IdNumber
        | FieldKind::Phone
        | FieldKind::Uscc => is_figure,
        _ => false,
    };
    let number = || matches!(kind, FieldKind::Number(_)).then(|| number(words.trim())).flatten();
    has_room.then(|| number().unwrap_or_else(|| words.into()))
}

/// The number that is written just so.
fn number(words: &str) -> Option<Value> {
    let whole = words.parse::<i64>().ok().map(Value::from);
    let number = whole
        .or_else(|| serde_json::Number::from_f64(decimal::parse(words)?).map(Value::Number))?;
    (written(&number) == words).then_some(number)
}
