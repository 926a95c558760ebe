//! A finding over several nominations.

use serde::Serialize;
use serde_json::{Map, Value};

use super::wording;
use crate::{
    campaign::{Cite, Severity, Source, Text},
    rules::Code,
};

/// A finding over the nominations of a unit, or over those of all units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// What is not kept: `batch.quota`, `batch.margin`, `batch.rank`, `batch.rank_ratio` (shares),
    /// `batch.exclusive` or `batch.twice`.
    pub rule: &'static str,
    /// The kind of finding.
    pub code: Code,
    /// How grave it is; `warn` unless the campaign says otherwise.
    pub severity: Severity,
    /// The track's id.
    pub track: String,
    /// The unit; missing where it is about all units together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The words for the officer: what was found, what is asked, what to do.
    pub message: String,
    /// The figures behind the words.
    pub params: Map<String, Value>,
    /// The places in the input, from 0, of the nominations that were counted or are meant.
    pub nominations: Vec<usize>,
    /// The clause of the notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<Cite>,
}

impl Problem {
    /// A warning without figures, in the usual words once [`Problem::said`] has given it some.
    pub(super) fn new(rule: &'static str, code: Code, track: &str, unit: Option<&str>) -> Self {
        Self {
            rule,
            code,
            severity: Severity::Warn,
            track: track.to_owned(),
            unit: unit.map(str::to_owned),
            message: String::new(),
            params: Map::new(),
            nominations: Vec::new(),
            cite: None,
        }
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn of(mut self, nominations: impl IntoIterator<Item = usize>) -> Self {
        self.nominations = nominations.into_iter().collect();
        self
    }

    /// What the campaign says of the rule.
    pub(super) fn rule(mut self, severity: Severity, source: &Source) -> Self {
        self.severity = severity;
        self.cite = source.cite().cloned();
        self
    }

    /// The finding with its words: the campaign's own where it has some.
    pub(super) fn said(mut self, label: &str, own: Option<&Text>) -> Self {
        self.message = wording::sentence(&self, label, own.map(Text::base));
        self
    }
}
