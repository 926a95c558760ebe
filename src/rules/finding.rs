//! What a rule finds, before it has words.

use serde_json::{Map, Value};

use super::Code;
use crate::campaign::{Cite, Field, Severity};

/// A finding: what, where, and the figures. Everything left open is the check's: its id, severity,
/// clause and label.
#[derive(Debug, Clone)]
pub(super) struct Finding<'a> {
    pub(super) code: Code,
    pub(super) path: String,
    pub(super) params: Map<String, Value>,
    pub(super) severity: Option<Severity>,
    pub(super) rule: Option<String>,
    pub(super) label: Option<String>,
    pub(super) cite: Option<&'a Cite>,
}

impl<'a> Finding<'a> {
    pub(super) fn new(code: Code, path: impl Into<String>) -> Self {
        Self {
            code,
            path: path.into(),
            params: Map::new(),
            severity: None,
            rule: None,
            label: None,
            cite: None,
        }
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
        if self.label.is_none() {
            self.label = Some(field.label.base().to_owned());
        }
        self
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

/// The pointer of an answer in a row.
pub(super) fn cell(key: &str, at: usize, column: &str) -> String {
    let row = row(key, at);
    if column.len() > 64 { row } else { format!("{row}/{}", escape(column)) }
}

/// The pointer of an attachment.
pub(super) fn attachment(index: usize) -> String {
    format!("/attachments/{index}")
}

fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
