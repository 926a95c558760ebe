//! The words that people read, by key: one catalogue for each language.
//!
//! A text is a template with parameters in braces (see `fill`). zh-CN is part of the program, so no
//! text is ever missing; other languages, and a host's own words, are laid over it. Whatever is laid
//! over comes from outside: only keys that we know are taken, only texts of a length that can be
//! read, and all of it is shown as text.

mod figures;
mod fill;

pub use fill::With;

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use crate::campaign::{BASE_LANG, read};

/// The largest catalogue that is taken, in bytes.
pub const MAX_BYTES: usize = 131_072;
/// The longest text of a catalogue that is taken, in bytes.
pub const MAX_TEXT_BYTES: usize = 2_000;

/// The catalogue that all others are laid over.
const BASE: &str = include_str!("zh-CN.json");
/// The catalogues that native tools have with them; pages fetch theirs.
#[cfg(feature = "cli")]
const OTHERS: &[(&str, &str)] = &[("en", include_str!("en.json"))];

/// The words of one language.
///
/// ```
/// use nomination_form::words::Words;
/// assert_eq!(Words::base().word("submit"), "提交推荐材料");
/// let own = Words::of("zh-CN", &[r#"{"submit": "上报", "nonsense": "…"}"#]);
/// assert_eq!((own.word("submit"), own.word("remove")), ("上报", "删除"));
/// ```
#[derive(Debug, Clone)]
pub struct Words {
    lang: String,
    texts: Map<String, Value>,
}

impl Words {
    /// The words in zh-CN.
    pub fn base() -> Arc<Self> {
        static READ: OnceLock<Arc<Words>> = OnceLock::new();
        let read = || {
            let texts = match read::own(BASE) {
                Some(Value::Object(texts)) => texts,
                _ => Map::new(),
            };
            Arc::new(Self { lang: BASE_LANG.to_owned(), texts })
        };
        READ.get_or_init(read).clone()
    }

    /// The words of a language: zh-CN with these catalogues (JSON, key to text) laid over it, one after
    /// the other. What cannot be used of them is passed over.
    pub fn of(lang: &str, catalogues: &[&str]) -> Arc<Self> {
        let mut words = Self { lang: lang.to_owned(), texts: Self::base().texts.clone() };
        catalogues.iter().for_each(|json| words.lay_over(json));
        Arc::new(words)
    }

    /// The words of a language that comes with native tools; `en` serves `en-GB` too.
    #[cfg(feature = "cli")]
    pub fn built_in(lang: &str) -> Option<Arc<Self>> {
        let of = lang.split('-').next().unwrap_or_default();
        if of == "zh" {
            return Some(Self::base());
        }
        let (_, json) = OTHERS.iter().find(|(known, _)| *known == of)?;
        Some(Self::of(lang, &[json]))
    }

    /// The language's tag. The campaign's own texts are asked for by it.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// The text of a key as it stands; nothing for a key that no catalogue has.
    pub fn word(&self, key: &str) -> &str {
        self.texts.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether there is a text of that key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    fn lay_over(&mut self, json: &str) {
        if json.len() > MAX_BYTES {
            return;
        }
        let Some(Value::Object(others)) = read::own(json) else { return };
        for (key, other) in others {
            let usable = |text: &str| !text.trim().is_empty() && text.len() <= MAX_TEXT_BYTES;
            if let Some(text) = self.texts.get_mut(&key)
                && other.as_str().is_some_and(usable)
            {
                *text = other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_of_known_keys_are_laid_over() {
        let long = "x".repeat(MAX_TEXT_BYTES + 1);
        let own = format!(
            r#"{{"submit": "Senden", "go_on": 7, "pause": null, "copy": " ", "remove": "{long}", "evil": "x"}}"#
        );
        let words = Words::of("de", &[&own]);
        assert_eq!(words.word("submit"), "Senden");
        for key in ["go_on", "pause", "copy", "remove", "evil"] {
            assert_eq!(words.word(key), Words::base().word(key), "{key}");
        }
    }

    #[test]
    fn what_is_no_catalogue_changes_nothing() {
        let huge = format!(r#"{{"submit": "x"{}}}"#, " ".repeat(MAX_BYTES));
        for catalogue in ["", "[]", "{", "<p>", r#""text""#, "null", &huge] {
            let words = Words::of("en", &[catalogue]);
            assert_eq!(words.word("submit"), Words::base().word("submit"), "{catalogue:.20}");
        }
    }

    #[test]
    fn the_last_catalogue_has_the_last_word() {
        let words = Words::of("en", &[r#"{"yes": "Yes", "no": "No"}"#, r#"{"no": "Nope"}"#]);
        assert_eq!((words.word("yes"), words.word("no")), ("Yes", "Nope"));
    }
}
