//! Reading a campaign file: faults with their places, all of them in one go.
//!
//! A [`Reader`] knows JSON and no type of ours, so there is one of each function in the program.
//! Reading always gives a value: where something is wrong the fault is kept and the value is a blank,
//! which nobody sees, since a file with faults gives no campaign.

mod json;
mod object;
mod plain;

pub(crate) use json::{any, own};
pub(crate) use object::{maybe_object, object, objects};

use serde_json::{Map, Value};

use super::{Fault, fault::MAX_FAULTS};

/// A type that is read from a campaign file.
pub(crate) trait Read: Sized {
    /// Reads what was found. `None` is what is not there: that gives a blank and no fault.
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self;
}

/// Where in the file we are, and what was wrong so far.
#[derive(Default)]
pub(crate) struct Reader {
    /// The JSON pointer.
    place: String,
    faults: Vec<Fault>,
}

/// The entries of an object; nothing where there was none.
pub(crate) type Entries<'a> = Option<&'a Map<String, Value>>;

/// Reads JSON text.
pub(crate) fn of_text<T: Read>(text: &str) -> Result<T, Vec<Fault>> {
    let mut reader = Reader::default();
    let json = reader.json(text).map_err(|fault| vec![fault])?;
    let read = T::read(Some(&json), &mut reader);
    if reader.faults.is_empty() { Ok(read) } else { Err(reader.faults) }
}

/// Reads a value that stands by itself.
pub(super) fn of_value<T: Read>(json: &Value) -> Result<T, String> {
    let mut reader = Reader::default();
    let read = T::read(Some(json), &mut reader);
    match reader.faults.into_iter().next() {
        None => Ok(read),
        Some(fault) => Err(fault.message),
    }
}

/// Whether there is an entry of that key.
pub(crate) fn has(entries: Entries, key: &str) -> bool {
    entries.is_some_and(|map| map.contains_key(key))
}

impl Reader {
    /// Keeps a fault at this place.
    #[inline(never)]
    pub(super) fn fault(&mut self, code: &'static str, message: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault::new(code, self.place.as_str(), message));
        }
    }

    /// Keeps that something else was expected here.
    #[inline(never)]
    pub(crate) fn wrong(&mut self, found: Option<&Value>, expected: &str) {
        if let Some(found) = found {
            self.fault("wrong-shape", format!("{}, expected {expected}", what(found)));
        }
    }

    /// Goes to an entry or item of where we are.
    #[inline(never)]
    pub(super) fn enter(&mut self, key: &str) {
        self.place.push('/');
        self.place.push_str(&key.replace('~', "~0").replace('/', "~1"));
    }

    /// Goes to an item of the list where we are.
    pub(super) fn enter_item(&mut self, index: usize) {
        self.enter(&index.to_string());
    }

    /// Goes back to where [`Reader::enter`] was called.
    #[inline(never)]
    pub(super) fn leave(&mut self) {
        self.place.truncate(self.place.rfind('/').unwrap_or(0));
    }

    /// The entries of an object that may have these keys and no others.
    pub(crate) fn object<'a>(&mut self, found: Option<&'a Value>, keys: &[&str]) -> Entries<'a> {
        let entries = self.map(found)?;
        for key in entries.keys() {
            if !keys.contains(&key.as_str()) {
                self.enter(key);
                self.fault("wrong-shape", unknown("field", key, keys.iter().copied()));
                self.leave();
            }
        }
        Some(entries)
    }

    /// The entries of an object with keys of any kind.
    pub(crate) fn map<'a>(&mut self, found: Option<&'a Value>) -> Entries<'a> {
        let entries = found.and_then(Value::as_object);
        if entries.is_none() {
            self.wrong(found, "an object");
        }
        entries
    }

    /// The items of a list.
    pub(super) fn list<'a>(&mut self, found: Option<&'a Value>) -> &'a [Value] {
        let items = found.and_then(Value::as_array);
        if items.is_none() {
            self.wrong(found, "a list");
        }
        items.map_or(&[], Vec::as_slice)
    }

    /// An entry that must be there.
    pub(crate) fn need<T: Read>(&mut self, entries: Entries, key: &str) -> T {
        let found = self.entry(entries, key, true);
        self.here(found)
    }

    /// An entry that can be left out.
    pub(crate) fn may<T: Read>(&mut self, entries: Entries, key: &str) -> T {
        let found = self.entry(entries, key, false);
        self.here(found)
    }

    /// Goes to an entry. Never inlined: there are more than a hundred calls.
    #[inline(never)]
    fn entry<'a>(&mut self, entries: Entries<'a>, key: &str, needed: bool) -> Option<&'a Value> {
        let found = entries.and_then(|map| map.get(key));
        if needed && entries.is_some() && found.is_none() {
            self.fault("wrong-shape", format!("missing field `{key}`"));
        }
        self.enter(key);
        found
    }

    /// Reads where we are, and goes back.
    #[inline(never)]
    fn here<T: Read>(&mut self, found: Option<&Value>) -> T {
        let read = T::read(found, self);
        self.leave();
        read
    }

    /// What stands under that key.
    pub(crate) fn inside<T: Read>(&mut self, key: &str, found: Option<&Value>) -> T {
        self.enter(key);
        self.here(found)
    }

    /// One of the words, those marked with their settings: `"phone"` or `{"text": {…}}`.
    pub(crate) fn word<'a>(
        &mut self,
        found: Option<&'a Value>,
        words: &[(&'static str, bool)],
    ) -> Option<(&'static str, Option<&'a Value>)> {
        let (name, settings) = match found? {
            Value::String(word) => (word, None),
            Value::Object(map) if map.len() == 1 => {
                map.iter().next().map(|(word, settings)| (word, Some(settings)))?
            }
            _ => {
                self.wrong(found, "a word, or an object of one word and its settings");
                return None;
            }
        };
        let Some(&(word, has_settings)) = words.iter().find(|(word, _)| word == name) else {
            let message = unknown("variant", name, words.iter().map(|(word, _)| *word));
            self.fault("wrong-shape", message);
            return None;
        };
        match settings {
            None if has_settings => {
                let message = format!("`{word}` alone, expected `{{\"{word}\": {{…}}}}`");
                self.fault("wrong-shape", message);
            }
            Some(settings) if !has_settings && !settings.is_null() => {
                let message = format!("`{word}` with settings, expected the word alone");
                self.fault("wrong-shape", message);
            }
            _ => {}
        }
        Some((word, settings))
    }
}

/// Says what is unknown and all that would have been known.
fn unknown<'a>(what: &str, found: &str, expected: impl Iterator<Item = &'a str>) -> String {
    let mut message = format!("unknown {what} `{found}`, expected one of ");
    for (i, word) in expected.enumerate() {
        message.push_str(if i == 0 { "`" } else { ", `" });
        message.push_str(word);
        message.push('`');
    }
    message
}

/// What was found, in a few words.
fn what(found: &Value) -> String {
    match found {
        Value::Null => "`null`".to_owned(),
        Value::Bool(flag) => if *flag { "`true`" } else { "`false`" }.to_owned(),
        Value::Number(number) => format!("number `{number}`"),
        Value::String(words) => format!("text `{}`", excerpt(words)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(words: &str) -> String {
    words.chars().take(40).collect()
}
