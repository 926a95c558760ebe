//! Words of a campaign file: one string, or one string per language.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use super::read::{Read, Reader, excerpt, of_value};

/// The language every text exists in; other languages fall back to it.
pub const BASE_LANG: &str = "zh-CN";

/// The longest text a campaign file may hold, in code points.
pub const MAX_TEXT_CHARS: usize = 4_000;

/// A text shown to people: a plain string (zh-CN), or an object of strings by language tag.
///
/// Texts are shown as text and never as markup. Something that looks like a tag is refused when the
/// file is read, so that a campaign officer learns of it before a visitor does.
///
/// ```
/// use nomination_form::campaign::Text;
/// let text: Text = serde_json::from_str(r#"{"zh-CN": "姓名", "en": "Name"}"#)?;
/// assert_eq!(text.get("en"), "Name");
/// assert_eq!(text.get("mn"), "姓名");
/// assert!(serde_json::from_str::<Text>(r#""<script>""#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(TextForm);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum TextForm {
    Plain(String),
    ByLang(BTreeMap<String, String>),
}

impl Text {
    /// The words in `lang`, or in zh-CN where that language is missing.
    pub fn get(&self, lang: &str) -> &str {
        match &self.0 {
            TextForm::Plain(words) => words,
            TextForm::ByLang(by_lang) => by_lang
                .get(lang)
                .or_else(|| by_lang.get(lang.split('-').next().unwrap_or(lang)))
                .or_else(|| by_lang.get(BASE_LANG))
                .map_or("", String::as_str),
        }
    }

    /// The words in zh-CN.
    pub fn base(&self) -> &str {
        self.get(BASE_LANG)
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self(TextForm::Plain(words.to_owned()))
    }
}

impl Read for Text {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            Some(Value::String(words)) => Self(TextForm::Plain(plain(words, reader))),
            Some(Value::Object(map)) => Self(TextForm::ByLang(by_lang(map, reader))),
            _ => {
                let expected =
                    "a text, or an object of texts by language tag with at least `zh-CN`";
                reader.wrong(found, expected);
                Self(TextForm::Plain(String::new()))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_value(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

fn plain(words: &str, reader: &mut Reader) -> String {
    if let Err(message) = check(words) {
        reader.fault("wrong-shape", message);
    }
    words.to_owned()
}

fn by_lang(map: &Map<String, Value>, reader: &mut Reader) -> BTreeMap<String, String> {
    if !map.contains_key(BASE_LANG) {
        let message = "text without `zh-CN`, the language others fall back to";
        reader.fault("wrong-shape", message.to_owned());
    }
    let mut by_lang = BTreeMap::new();
    for (lang, words) in map {
        reader.enter(lang);
        let words = plain(reader.text(Some(words)), reader);
        reader.leave();
        by_lang.insert(lang.clone(), words);
    }
    by_lang
}

/// Refuses what looks like markup, and texts beyond any use.
fn check(words: &str) -> Result<(), String> {
    let bytes = words.as_bytes();
    let tag = bytes.windows(2).find(|pair| {
        matches!(pair, [b'<', next] if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    });
    if tag.is_some() {
        return Err(format!("text has markup (`<`), expected plain words: `{}`", excerpt(words)));
    }
    let chars = words.chars().count();
    if chars > MAX_TEXT_CHARS {
        return Err(format!("text of {chars} characters, expected at most {MAX_TEXT_CHARS}"));
    }
    Ok(())
}
