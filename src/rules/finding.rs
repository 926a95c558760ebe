//! What a rule finds, before it has words.

use std::ops::{Deref, DerefMut};

use serde_json::{Map, Value};

use super::{Code, view::Row};
use crate::campaign::{Cite, Field, FieldKind, Severity, Text};

/// A finding: what, where, and the figures. Everything left open is the check's: its id, severity,
/// clause and label.
///
/// Boxed: a hundred rules hand findings on, and each hand-over of the whole would be a copy spelt out.
#[derive(Debug, Clone)]
pub(super) struct Finding<'a>(pub(super) Box<Found<'a>>);

/// What a finding holds.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) code: Code,
    pub(super) path: String,
    pub(super) params: Map<String, Value>,
    pub(super) severity: Option<Severity>,
    /// Whether the campaign's words for the rule also fit a finding that is milder than the rule.
    pub(super) same_words: bool,
    pub(super) rule: Option<String>,
    pub(super) label: Option<String>,
    /// What it is about, where that is no label of its own.
    pub(super) about: Option<&'a Text>,
    pub(super) cite: Option<&'a Cite>,
}

impl<'a> Finding<'a> {
    pub(super) fn new(code: Code, path: impl Into<String>) -> Self {
        Self::bare(code, path.into())
    }

    #[inline(never)]
    fn bare(code: Code, path: String) -> Self {
        Self(Box::new(Found {
            code,
            path,
            params: Map::new(),
            severity: None,
            same_words: false,
            rule: None,
            label: None,
            about: None,
            cite: None,
        }))
    }

    /// A finding on the answer of a field.
    pub(super) fn on(code: Code, key: &str) -> Self {
        Self::new(code, answer(key))
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.put(name, value.into());
        self
    }

    /// Kept apart from [`Finding::with`], which is there once for each type of value.
    #[inline(never)]
    fn put(&mut self, name: &str, value: Value) {
        self.params.insert(name.to_owned(), value);
    }

    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Less grave than its rule, and in the rule's own words all the same.
    pub(super) fn milder(mut self, severity: Severity) -> Self {
        self.same_words = true;
        self.severity(severity)
    }

    pub(super) fn rule(mut self, rule: impl Into<String>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Takes label and clause from the field it is about.
    pub(super) fn about(mut self, field: &'a Field) -> Self {
        self.cite = field.source.cite();
        self.about = Some(&field.label);
        self
    }

    /// What it is called in a language: as it says itself, else after its field.
    pub(super) fn called(&self, lang: &str) -> Option<&str> {
        self.label.as_deref().or_else(|| self.about.map(|label| label.get(lang)))
    }
}

impl<'a> Deref for Finding<'a> {
    type Target = Found<'a>;

    fn deref(&self) -> &Found<'a> {
        &self.0
    }
}

impl<'a> DerefMut for Finding<'a> {
    fn deref_mut(&mut self) -> &mut Found<'a> {
        &mut self.0
    }
}

/// The pointer of an answer.
pub(super) fn answer(key: &str) -> String {
    // A key beyond any key of a campaign is not repeated: it is the sender's own text.
    if key.len() > 64 { "/answers".to_owned() } else { format!("/answers/{}", escape(key)) }
}

/// The pointer of a row.
pub(super) fn row(key: &str, row: usize) -> String {
    format!("{}/{row}", answer(key))
}

/// The pointer of a row of a table, of an entry of a matrix, or of a group.
pub(super) fn part(field: &Field, at: &Row) -> String {
    match (&field.kind, field.entries().get(at.index)) {
        (_, Some(entry)) => format!("{}/{}", answer(&field.key), escape(&entry.key)),
        (FieldKind::Group(_), None) => answer(&field.key),
        _ => row(&field.key, at.index),
    }
}

/// The pointer of an answer in a row, an entry or a group.
pub(super) fn cell(field: &Field, at: &Row, column: &str) -> String {
    key_in(part(field, at), column)
}

/// The pointer of an answer in a row of a table.
pub(super) fn row_cell(key: &str, at: usize, column: &str) -> String {
    key_in(row(key, at), column)
}

/// The pointer of a key in what `place` points to. A key beyond any key of a campaign is not repeated.
pub(super) fn key_in(place: String, key: &str) -> String {
    if key.len() > 64 { place } else { format!("{place}/{}", escape(key)) }
}

/// The pointer of an attachment.
pub(super) fn attachment(index: usize) -> String {
    format!("/attachments/{index}")
}

pub(super) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
