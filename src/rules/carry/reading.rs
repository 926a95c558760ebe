//! Answers as people read them, without the edition that asked for them.

use serde_json::{Map, Value};

use crate::{
    answers::text,
    words::{Words, key, say},
};

/// The labels of what is answered.
pub(super) struct Reading<'a> {
    pub(super) labels: &'a Map<String, Value>,
    pub(super) words: &'a Words,
}

impl Reading<'_> {
    /// What a question was called when it was answered, else what it is called now.
    pub(super) fn label(&self, plain: &str, now: Option<&str>, key: &str) -> String {
        let then = self.labels.get(plain).and_then(Value::as_str);
        then.or(now).unwrap_or(key).to_owned()
    }

    /// What a person read of an answer that is kept in other words.
    pub(super) fn called(&self, plain: &str, word: &str) -> Option<&str> {
        self.labels.get(&format!("{plain}={word}")).and_then(Value::as_str)
    }

    /// The words of an answer that is not made of parts.
    pub(super) fn word(&self, plain: &str, value: &Value) -> Option<String> {
        let word = match value {
            Value::Number(number) => return Some(number.to_string()),
            value => word_of(value)?,
        };
        if let Some(words) = self.called(plain, word) {
            return Some(words.to_owned());
        }
        match value {
            Value::Bool(true) => Some(self.words.word(key!("yes")).to_owned()),
            Value::Bool(false) => Some(self.words.word(key!("no")).to_owned()),
            // Of an object that no choice is known for, both may be answers of their own.
            Value::Object(map) if map.get("name").is_some_and(|name| name != word) => None,
            _ => Some(word.to_owned()),
        }
    }

    /// An answer as a person reads it.
    pub(super) fn words(&self, plain: &str, value: &Value) -> String {
        if let Some(words) = self.word(plain, value) {
            return words;
        }
        match value {
            Value::Array(items) => self.list(plain, items),
            Value::Object(parts) => self.parts(plain, parts),
            _ => String::new(),
        }
    }

    /// Several choices in one line, rows in a line each.
    fn list(&self, plain: &str, items: &[Value]) -> String {
        let rows = items.iter().any(|item| item.is_array() || is_parts(item));
        let mut list = String::new();
        for (index, item) in items.iter().enumerate() {
            let words = self.words(plain, item);
            if words.trim().is_empty() {
                continue;
            }
            if !list.is_empty() {
                list.push_str(if rows { "\n" } else { self.words.word(key!("join")) });
            }
            if rows {
                list.push_str(&self.pair(&self.row_label(index), &words));
            } else {
                list.push_str(&words);
            }
        }
        list
    }

    /// The cells of a row in one line, the entries of a matrix in a line each.
    fn parts(&self, plain: &str, parts: &Map<String, Value>) -> String {
        let entries = parts.values().any(is_parts);
        let mut line = String::new();
        for (key, part) in parts {
            let plain = join(plain, key);
            let words = self.words(&plain, part);
            if words.trim().is_empty() {
                continue;
            }
            if !line.is_empty() {
                line.push_str(if entries { "\n" } else { self.words.word(key!("parts")) });
            }
            line.push_str(&self.pair(&self.label(&plain, None, key), &words));
        }
        line
    }

    fn pair(&self, what: &str, words: &str) -> String {
        say!(self.words, "pair", what = what, words = words)
    }

    pub(super) fn row_label(&self, index: usize) -> String {
        say!(self.words, "row_number", row = index + 1)
    }
}

pub(super) fn join(path: &str, key: &str) -> String {
    format!("{path}.{key}")
}

/// What an answer is kept as that people may read in other words: a coded one is its code.
pub(super) fn word_of(value: &Value) -> Option<&str> {
    match value {
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        Value::Object(map) if !map.iter().all(is_of_code) => None,
        value => text(value),
    }
}

fn is_of_code((key, value): (&String, &Value)) -> bool {
    matches!(key.as_str(), "code" | "name") && value.is_string()
}

fn is_parts(value: &Value) -> bool {
    value.is_object() && word_of(value).is_none()
}
