//! Faults of a campaign file, and the reading that finds the first kinds of them.

/// The largest campaign file taken, in bytes.
pub const MAX_BYTES: usize = 1_048_576;
/// How deep objects and lists may nest.
pub const MAX_DEPTH: usize = 40;
/// How many faults are told of one file; who has mended those is told the rest.
pub(super) const MAX_FAULTS: usize = 100;

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

/// The text of a file, where size, depth and encoding are within bounds.
pub(super) fn bounded(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() > MAX_BYTES {
        let message = format!("file of {} bytes, expected at most {MAX_BYTES}", bytes.len());
        return Err(Fault::new("too-large", "", message));
    }
    if nesting(bytes) > MAX_DEPTH {
        let message = format!("nested deeper than {MAX_DEPTH} levels");
        return Err(Fault::new("too-deep", "", message));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    str::from_utf8(bytes).map_err(|error| {
        let message = format!("not UTF-8 from byte {} on", error.valid_up_to());
        Fault::new("not-json", "", message)
    })
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
    fn bytes_that_are_no_text_are_told() {
        assert_eq!(bounded(b"\xEF\xBB\xBF{}"), Ok("{}"));
        let fault = bounded(b"{\xFF").unwrap_err();
        assert_eq!((fault.code, fault.message.as_str()), ("not-json", "not UTF-8 from byte 1 on"));
    }
}
