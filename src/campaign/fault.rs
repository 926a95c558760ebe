//! Faults of a campaign file, and the reading that finds the first kinds of them.

use serde::de::DeserializeOwned;

/// The largest campaign file taken, in bytes.
pub const MAX_BYTES: usize = 1_048_576;
/// How deep objects and lists may nest.
pub const MAX_DEPTH: usize = 40;

/// Something wrong with a campaign file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{}: {message}", if pointer.is_empty() { "the file" } else { pointer })]
pub struct Fault {
    /// The kind of fault, in kebab-case; wire contract.
    pub code: &'static str,
    /// Where, as a JSON pointer; empty for the file as a whole.
    pub pointer: String,
    /// What was found and what was expected, for the developer.
    pub message: String,
}

impl Fault {
    pub(super) fn new(
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { code, pointer: pointer.into(), message: message.into() }
    }
}

/// Reads JSON of bounded size and depth into `T`.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    if bytes.len() > MAX_BYTES {
        let message = format!("file of {} bytes, expected at most {MAX_BYTES}", bytes.len());
        return Err(Fault::new("too-large", "", message));
    }
    if nesting(bytes) > MAX_DEPTH {
        let message = format!("nested deeper than {MAX_DEPTH} levels");
        return Err(Fault::new("too-deep", "", message));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        let code = if error.inner().is_data() { "wrong-shape" } else { "not-json" };
        Fault::new(code, pointer, error.into_inner().to_string())
    })?;
    json.end().map_err(|error| Fault::new("not-json", "", error.to_string()))?;
    Ok(value)
}

/// The deepest nesting, told from the bytes alone so that no parser recurses on a hostile file.
pub(crate) fn nesting(bytes: &[u8]) -> usize {
    let (mut now, mut deepest) = (0usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The JSON pointer of a place that serde names.
pub(crate) fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_told_without_parsing() {
        assert_eq!(nesting(br#"{"a":[1,{"b":"]]]{{{"}]}"#), 3);
        assert_eq!(nesting(br#""\"[[[""#), 0);
        assert_eq!(nesting(&vec![b'['; 100_000]), 100_000);
    }

    #[test]
    fn a_fault_says_where_it_is() {
        let fault = read::<crate::campaign::Contact>(br#"{"unit": 5}"#).unwrap_err();
        assert_eq!((fault.code, fault.pointer.as_str()), ("wrong-shape", "/unit"));
    }
}
