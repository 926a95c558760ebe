//! What a person has put in: answers by key, and the files that go with them.
//!
//! Answers are kept exactly as given. Nothing here says whether they are right.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use crate::campaign::read;
use crate::files::{Facts, photo::Look};

/// The answers of one nomination, by field key. A table is a list of objects by column key, a group an
/// object, a matrix an object of objects by entry.
///
/// A path names one answer: `name`; `resume.0.start` for a column of a row; `posthumous.is` in a group;
/// `opinions.公安部门.status` in a matrix.
///
/// ```
/// use nomination_form::answers::Answers;
/// let answers: Answers = serde_json::from_str(r#"{"resume": [{"start": "2008-09"}]}"#)?;
/// assert_eq!(answers.at("resume.0.start").and_then(|v| v.as_str()), Some("2008-09"));
/// assert_eq!(answers.at("resume.1.start"), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(pub Map<String, Value>);

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match read::any(deserializer)? {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(de::Error::custom("no object, expected a map")),
        }
    }
}

impl Answers {
    /// The answer of a field; `null` counts as none.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// The answer at a path; `null` counts as none.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let mut value = self.0.get(parts.next()?)?;
        for part in parts {
            value = match value {
                Value::Array(rows) => rows.get(part.parse::<usize>().ok()?)?,
                Value::Object(map) => map.get(part)?,
                _ => return None,
            };
        }
        Some(value).filter(|value| !value.is_null())
    }

    /// The rows of a table; none where the answer is not a list.
    pub fn rows(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Sets the answer at a path; `None` takes it away. Rows are those that are there; an object on the
    /// way to the answer comes into being with it, and goes with the last answer in it.
    ///
    /// ```
    /// use nomination_form::answers::Answers;
    /// let mut answers = Answers::default();
    /// answers.set("opinions.公安部门.status", Some("无意见".into()));
    /// assert_eq!(answers.at("opinions.公安部门.status").and_then(|v| v.as_str()), Some("无意见"));
    /// answers.set("opinions.公安部门.status", None);
    /// assert_eq!(answers, Answers::default());
    /// ```
    pub fn set(&mut self, path: &str, value: Option<Value>) {
        put(&mut self.0, path, value);
    }
}

fn put(map: &mut Map<String, Value>, path: &str, value: Option<Value>) {
    let Some((name, rest)) = path.split_once('.') else {
        match value {
            Some(value) => map.insert(path.to_owned(), value),
            None => map.remove(path),
        };
        return;
    };
    match map.get_mut(name) {
        Some(Value::Array(rows)) => {
            let Some((row, column)) = rest.split_once('.') else { return };
            let row = row.parse::<usize>().ok().and_then(|row| rows.get_mut(row));
            if let Some(Value::Object(row)) = row {
                put(row, column, value);
            }
        }
        Some(Value::Object(parts)) => {
            put(parts, rest, value);
            if parts.is_empty() {
                map.remove(name);
            }
        }
        _ if value.is_some() => {
            let mut parts = Map::new();
            put(&mut parts, rest, value);
            map.insert(name.to_owned(), Value::Object(parts));
        }
        _ => {}
    }
}

/// The scalar of an answer: a coded answer is its code.
pub fn scalar(value: &Value) -> &Value {
    match value {
        Value::Object(map) => map.get("code").unwrap_or(value),
        _ => value,
    }
}

/// A value as JSON text. `Display` of a value would be two more writers to load.
pub(crate) fn written(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The text of an answer: a coded answer is its code.
pub fn text(value: &Value) -> Option<&str> {
    scalar(value).as_str()
}

/// A file that goes with the answers, as the submission describes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// The key of the file's field.
    pub slot: String,
    /// The row it belongs to: `honours.0`, or the index alone, as text or as a number.
    #[serde(
        default,
        rename = "for",
        skip_serializing_if = "Option::is_none",
        deserialize_with = "row_name"
    )]
    pub row: Option<String>,
    /// The file's name, as the person's device calls it.
    #[serde(default)]
    pub name: String,
    /// The media type that fits the format found.
    #[serde(default)]
    pub media_type: String,
    /// The file's size.
    #[serde(default)]
    pub bytes: u64,
    /// The SHA-256 of its bytes, in small hexadecimal digits.
    #[serde(default)]
    pub sha256: String,
    /// Where the host keeps it.
    #[serde(default)]
    pub upload: String,
    /// The format found in its bytes: `jpeg`.
    #[serde(default)]
    pub format: String,
    /// What is wrong with the bytes themselves: `truncated`, `encrypted`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flaws: Vec<String>,
    /// What was measured of a picture.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "read::maybe_object"
    )]
    pub image: Option<Image>,
    /// How long a sound or film lasts, in milliseconds. Missing where its container does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The person's words about the file, where the campaign asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// Reads the row of a file. A number is its index.
fn row_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match read::any(deserializer)? {
        Value::Null => Ok(None),
        Value::String(name) => Ok(Some(name)),
        Value::Number(index) if index.is_u64() => Ok(Some(index.to_string())),
        _ => Err(de::Error::custom("another type, expected the name or index of a row")),
    }
}

/// What was measured of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// In pixels, after EXIF orientation.
    pub width: u32,
    /// In pixels, after EXIF orientation.
    pub height: u32,
    /// The ground: `blue`, `red`, `white`, or another word where it is none of them. Missing where
    /// the pixels could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// Whether it has colour. Missing where the pixels could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<bool>,
}

/// What was found in a file's bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// The format, told by content.
    pub format: String,
    /// The media type that fits the format.
    pub media_type: String,
    /// The size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What is wrong with the bytes.
    pub flaws: Vec<String>,
    /// What was measured of a picture.
    pub image: Option<Image>,
    /// How long a sound or film lasts, in milliseconds.
    pub duration_ms: Option<u64>,
}

impl Findings {
    /// What the page and a host alike say of a file of that name: what was measured of its bytes,
    /// and of a picture what its decoded pixels look like, `None` where nothing could decode it.
    pub fn of(facts: &Facts, look: Option<Look>, name: &str) -> Self {
        let mut flaws: Vec<_> =
            facts.problems.iter().map(|problem| problem.code().to_owned()).collect();
        if facts.decodable().is_some() && look.is_none() && flaws.is_empty() {
            flaws.push("unreadable".to_owned());
        }
        let image = facts.image.as_ref().map(|picture| Image {
            width: picture.width,
            height: picture.height,
            background: look.map(|look| look.background.name().to_owned()),
            colour: look.map(|look| look.colour && !picture.greyscale),
        });
        let format = facts.format.named_so(name);
        Self {
            format: format.name().to_owned(),
            media_type: format.media_type().to_owned(),
            bytes: facts.bytes,
            sha256: facts.sha256.clone(),
            flaws,
            image,
            duration_ms: facts.duration_ms,
        }
    }
}
