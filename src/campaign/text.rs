//! Words of a campaign file: one string, or one string per language.

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
    /// Texts, as reading has made sure.
    ByLang(Map<String, Value>),
}

impl Text {
    /// The words in `lang`, or in zh-CN where that language is missing.
    pub fn get(&self, lang: &str) -> &str {
        match &self.0 {
            TextForm::Plain(words) => words,
            TextForm::ByLang(by_lang) => in_lang(by_lang, lang)
                .or_else(|| by_lang.get(BASE_LANG))
                .and_then(Value::as_str)
                .unwrap_or_default(),
        }
    }

    /// The language of what [`Text::get`] gives, where it is not the one asked for.
    ///
    /// ```
    /// use nomination_form::campaign::Text;
    /// let label = Text::from("姓名");
    /// assert_eq!((label.other_lang("en"), label.other_lang("zh-CN")), (Some("zh-CN"), None));
    /// ```
    pub fn other_lang(&self, lang: &str) -> Option<&'static str> {
        let there = match &self.0 {
            TextForm::Plain(_) => false,
            TextForm::ByLang(by_lang) => in_lang(by_lang, lang).is_some(),
        };
        (!there && primary(lang) != "zh").then_some(BASE_LANG)
    }

    /// The words in zh-CN.
    pub fn base(&self) -> &str {
        self.get(BASE_LANG)
    }
}

/// The words in a language, or in what it is a variety of.
fn in_lang<'a>(by_lang: &'a Map<String, Value>, lang: &str) -> Option<&'a Value> {
    by_lang.get(lang).or_else(|| by_lang.get(primary(lang)))
}

fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self(TextForm::Plain(words.to_owned()))
    }
}

impl Read for Text {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            Some(Value::String(words)) => {
                check_words(words, reader);
                Self(TextForm::Plain(words.clone()))
            }
            Some(Value::Object(map)) => {
                check_by_lang(map, reader);
                Self(TextForm::ByLang(map.clone()))
            }
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

fn check_words(words: &str, reader: &mut Reader) {
    if let Err(message) = check(words) {
        reader.fault("wrong-shape", message);
    }
}

fn check_by_lang(map: &Map<String, Value>, reader: &mut Reader) {
    if !map.contains_key(BASE_LANG) {
        let message = "text without `zh-CN`, the language others fall back to";
        reader.fault("wrong-shape", message.to_owned());
    }
    for (lang, words) in map {
        reader.enter(lang);
        check_words(reader.text(Some(words)), reader);
        reader.leave();
    }
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
