//! What the host knows already: answers to begin with, some of them verified and not to be changed here.

use serde_json::{Map, Value};

use super::first::keep_asked;
use super::{Place, Session};
use crate::answers::Answers;
use crate::campaign::{Field, FieldKind};
use crate::standards::sorted::Sorted;

/// Verified answers by field, each with where the host has it from.
pub(super) type Known = Sorted<String, (Value, String)>;

/// Answers as a host gives them: `{"name": "娜仁花", "id_number": {"value": "…", "verified": true,
/// "source": "社区工作者信息库"}}`.
#[derive(Debug, Clone, Default)]
pub struct Initial {
    /// All of them, to begin a nomination with.
    pub answers: Answers,
    verified: Known,
}

impl Initial {
    /// Takes apart what a host gives. An object counts as an answer with its source where it has a `value`
    /// and nothing but `verified` and `source` besides.
    ///
    /// ```
    /// use nomination_form::session::Initial;
    /// let given = serde_json::json!({"name": {"value": "娜仁花", "verified": true}, "phone": "0471-1234567"});
    /// let initial = Initial::read(given.as_object().cloned().unwrap_or_default());
    /// assert_eq!(initial.answers.get("name"), Some(&"娜仁花".into()));
    /// ```
    pub fn read(given: Map<String, Value>) -> Self {
        let mut initial = Self::default();
        for (key, value) in given {
            let value = match told(&value) {
                Some((value, source)) => {
                    if let Some(source) = source {
                        initial.verified.insert(key.clone(), (value.clone(), source));
                    }
                    value
                }
                None => value,
            };
            initial.answers.0.insert(key, value);
        }
        initial
    }
}

/// An answer that comes with more than itself: the answer, and where a verified one is from.
fn told(value: &Value) -> Option<(Value, Option<String>)> {
    let told = value.as_object()?;
    let only = told.keys().all(|key| matches!(key.as_str(), "value" | "verified" | "source"));
    let answer = told.get("value").filter(|_| only)?;
    let verified = told.get("verified") == Some(&Value::Bool(true));
    let source = told.get("source").and_then(Value::as_str).unwrap_or_default();
    Some((answer.clone(), verified.then(|| source.to_owned())))
}

impl Session {
    /// Takes over what the host has verified: single answers and whole tables, not files. It stands above what a
    /// draft says.
    #[must_use]
    pub fn knowing(mut self, initial: &Initial) -> Self {
        if self.stopped().is_some() {
            return self;
        }
        for (key, (value, source)) in &initial.verified {
            let fits = |field: &&Field| match &field.kind {
                FieldKind::Rows(_) => value.is_array(),
                FieldKind::Group(_) | FieldKind::Matrix(_) => value.is_object(),
                _ => !field.is_file(),
            };
            if let Some(field) = self.track().field(key).filter(fits) {
                let mut value = value.clone();
                keep_asked(field, &mut value);
                self.answers.set(key, Some(value.clone()));
                self.rows.fit(key, value.as_array().map(Vec::len));
                self.verified.insert(key.clone(), (value, source.clone()));
            }
        }
        self.judge_all();
        self.form = self.form_now();
        self.settle_door();
        self
    }

    /// Where the host has a verified answer from, which is not to be changed here; empty where it does not say.
    pub fn locked(&self, place: &Place) -> Option<&str> {
        self.verified.get(place.key()).map(|(_, source)| source.as_str())
    }
}
