//! What judging finds: the verdict's shape, which is wire contract.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Code, wording};
use crate::campaign::{Cite, Severity};
use crate::words::Words;

/// The outcome of judging a nomination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it may be sent: no problem is an `error`.
    pub ok: bool,
    /// Everything found, in form order.
    pub problems: Vec<Problem>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The id in the campaign file (`len.deeds`), or made of the field's key (`required:name`).
    pub rule: String,
    /// The kind of finding.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// A JSON pointer into the submission.
    pub path: String,
    /// The words for the person: what was found, what is asked, what to do.
    pub message: String,
    /// The figures behind the words. Never an answer's content.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
    /// The clause of the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<Cite>,
}

impl Problem {
    /// A problem in the usual words for its code.
    pub(crate) fn new(
        words: &'static Words,
        rule: &str,
        code: Code,
        severity: Severity,
        path: &str,
        params: Map<String, Value>,
    ) -> Self {
        let message = wording::sentence(words, code, severity, &params, "", None);
        Self {
            rule: rule.to_owned(),
            code,
            severity,
            path: path.to_owned(),
            message,
            params,
            cite: None,
        }
    }
}
