//! From bytes to JSON. Other than `serde_json` by itself it refuses a key that stands twice, of which
//! one would be silently lost.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Fault, Reader};

impl Reader {
    /// The JSON of a text; keys that stand twice are kept as faults.
    pub(super) fn json(&mut self, text: &str) -> Result<Value, Fault> {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = Part(self).deserialize(&mut json);
        value
            .and_then(|value| json.end().map(|()| value))
            .map_err(|error| Fault::new("not-json", "", error.to_string()))
    }
}

/// JSON of any shape. In the page it is read by this and nothing else, so the parser is there once.
///
/// A key that stands twice is refused: who reads the same bytes with another parser may get the other
/// value, and what is judged must be what is stored.
pub(crate) fn any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let mut reader = Reader::default();
    let value = Part(&mut reader).deserialize(deserializer)?;
    if reader.faults.is_empty() {
        Ok(value)
    } else {
        Err(de::Error::custom("expected each key once, and one stands twice"))
    }
}

/// JSON that this build has written itself, or a page of its kind; nothing where it is none.
pub(crate) fn own(text: &str) -> Option<Value> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Part(&mut Reader::default()).deserialize(&mut json).ok()?;
    json.end().ok().map(|()| value)
}

/// Reads the part of the file at the reader's place.
struct Part<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Self(reader) = self;
        let mut items = Vec::new();
        loop {
            reader.enter_item(items.len());
            let item = list.next_element_seed(Part(reader))?;
            reader.leave();
            match item {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let Self(reader) = self;
        let mut entries = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            reader.enter(&key);
            let value = object.next_value_seed(Part(reader))?;
            if entries.insert(key, value).is_some() {
                reader.fault("twice", "key stands twice, expected once".to_owned());
            }
            reader.leave();
        }
        Ok(Value::Object(entries))
    }
}
