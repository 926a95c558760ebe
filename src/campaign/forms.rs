//! The paper forms of a track: one, or one for each kind of nominee.

use serde::Serialize;
use serde_json::Value;

use super::{
    Logic, Text,
    describe::record,
    read::{Read, Reader},
};

record! {
    /// A form of the notice, and who fills it in.
    pub struct FormCase {
        /// Its name in the notice: 附件5.
        need name: String,
        /// Its full title, printed over the table.
        may title: Option<Text>,
        /// Whose form it is; everybody's where missing.
        may when: Option<Logic>,
    }
}

/// The forms of a track: a name alone, or cases of which the first that holds is the one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Forms(pub Vec<FormCase>);

impl From<&str> for Forms {
    fn from(name: &str) -> Self {
        Self(vec![FormCase { name: name.to_owned(), title: None, when: None }])
    }
}

impl Read for Forms {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            Some(Value::Array(_)) => Self(Vec::read(found, reader)),
            _ => reader.text(found).into(),
        }
    }
}
