//! The words that people read, by key: one catalogue for each language.
//!
//! A text is a template with parameters in braces (see `fill`). zh-CN is part of the program, so no
//! text is ever missing; other languages, and a host's own words, are laid over it. Whatever is laid
//! over comes from outside: only keys that we know are taken, only texts of a length that can be
//! read, and all of it is shown as text.

mod figures;
mod fill;
mod key;

pub use key::Key;
pub(crate) use key::{key, say};

use std::sync::{Mutex, OnceLock, PoisonError};

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
/// They are never let go, so that whoever speaks needs no more than a reference. The same words asked
/// for twice are the same, so a page or a host has as many as it speaks languages.
///
/// ```
/// use nomination_form::words::Words;
/// let own = Words::of("zh-CN", &[r#"{"row_label": "{table}，{row}", "nonsense": "…"}"#]);
/// assert_eq!(own.lang(), "zh-CN");
/// assert_eq!(own.find("row_label"), Some("{table}，{row}"));
/// assert_eq!(own.find("yes"), Some("是"));
/// assert_eq!(own.find("nonsense"), None);
/// ```
#[derive(Debug, PartialEq)]
pub struct Words {
    lang: String,
    /// In the order of their names.
    texts: Vec<String>,
}

/// The names of all texts, in their order.
static NAMES: OnceLock<Vec<String>> = OnceLock::new();

impl Words {
    /// The words in zh-CN.
    pub fn base() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let texts = catalogue(BASE).into_iter().map(|(_, text)| words_of(text)).collect();
            Self { lang: BASE_LANG.to_owned(), texts }
        })
    }

    /// The words of a language: zh-CN with these catalogues (JSON, key to text) laid over it, one after
    /// the other. What cannot be used of them is passed over.
    pub fn of(lang: &str, catalogues: &[&str]) -> &'static Self {
        let base = Self::base();
        if lang == BASE_LANG && catalogues.is_empty() {
            return base;
        }
        let mut words = Self { lang: lang.to_owned(), texts: base.texts.clone() };
        for json in catalogues {
            words.lay_over(json);
        }
        words.kept()
    }

    /// The words of a language that comes with native tools; `en` serves `en-GB` too.
    #[cfg(feature = "cli")]
    pub fn built_in(lang: &str) -> Option<&'static Self> {
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

    /// The text of a key as it stands.
    pub fn word(&self, key: Key) -> &str {
        self.texts.get(key.0).map_or("", String::as_str)
    }

    /// The text of a name as it stands.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.texts.get(place(name)?).map(String::as_str)
    }

    fn lay_over(&mut self, json: &str) {
        if json.len() > MAX_BYTES {
            return;
        }
        for (name, text) in catalogue(json) {
            let text = words_of(text);
            if let Some(known) = place(&name).and_then(|at| self.texts.get_mut(at))
                && !text.trim().is_empty()
                && text.len() <= MAX_TEXT_BYTES
            {
                *known = text;
            }
        }
    }

    /// Itself for good, or the same if it is known already.
    fn kept(self) -> &'static Self {
        static KEPT: Mutex<Vec<&'static Words>> = Mutex::new(Vec::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter().find(|known| ***known == self) {
            return known;
        }
        let new: &'static Self = Box::leak(Box::new(self));
        kept.push(new);
        new
    }
}

/// Where the text of a name stands.
fn place(name: &str) -> Option<usize> {
    let names = NAMES.get_or_init(|| catalogue(BASE).into_iter().map(|(name, _)| name).collect());
    names.binary_search_by(|known| known.as_str().cmp(name)).ok()
}

/// What a catalogue says, in the order of the names; nothing where it is none.
fn catalogue(json: &str) -> Map<String, Value> {
    match read::own(json) {
        Some(Value::Object(texts)) => texts,
        _ => Map::new(),
    }
}

fn words_of(text: Value) -> String {
    match text {
        Value::String(text) => text,
        _ => String::new(),
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
        assert_eq!(words.find("submit"), Some("Senden"));
        for key in ["go_on", "pause", "copy", "remove", "evil"] {
            assert_eq!(words.find(key), Words::base().find(key), "{key}");
        }
    }

    #[test]
    fn what_is_no_catalogue_changes_nothing() {
        let huge = format!(r#"{{"submit": "x"{}}}"#, " ".repeat(MAX_BYTES));
        for catalogue in ["", "[]", "{", "<p>", r#""text""#, "null", &huge] {
            let words = Words::of("en", &[catalogue]);
            assert_eq!(words.find("submit"), Words::base().find("submit"), "{catalogue:.20}");
        }
    }

    #[test]
    fn the_last_catalogue_has_the_last_word() {
        let words = Words::of("en", &[r#"{"yes": "Yes", "no": "No"}"#, r#"{"no": "Nope"}"#]);
        assert_eq!((words.find("yes"), words.find("no")), (Some("Yes"), Some("Nope")));
    }

    #[test]
    fn the_same_words_are_kept_once() {
        let words = || Words::of("fr", &[r#"{"yes": "Oui"}"#]);
        assert!(std::ptr::eq(words(), words()));
        assert!(!std::ptr::eq(words(), Words::of("fr", &[r#"{"yes": "Si"}"#])));
    }

    #[test]
    fn a_key_is_the_place_of_its_name() {
        for name in ["yes", "no", "join", "too-long.word", "years_months"] {
            assert_eq!(Some(Key::of(name).0), place(name), "{name}");
        }
    }
}
