//! Where in the text of a JSON file something stands.
//!
//! Only for text that has been parsed already, so it trusts what it reads and does not say what is
//! wrong with it; on text that is no JSON it finds fewer places.

/// The places of everything in a JSON text.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The document itself first.
    nodes: Vec<Node>,
}

/// A value, with the values in it.
struct Node {
    /// Where its key begins, in an object; else where it begins itself. In bytes.
    key: usize,
    /// Where it begins.
    value: usize,
    /// What is in it, by key or index. Of a key that stands twice the last one counts.
    inside: Vec<(String, usize)>,
}

impl<'a> Places<'a> {
    /// Finds the places of a text nested no deeper than a campaign file may be.
    pub(super) fn of(text: &'a str) -> Self {
        let mut places = Self { text, nodes: Vec::new() };
        places.value(0, None);
        places
    }

    /// Line and column, both from 1, the column in characters: of the value a pointer names, or of its
    /// key. Where there is no such value, of the innermost that there is.
    pub(super) fn of_pointer(&self, pointer: &str, of_key: bool) -> (usize, usize) {
        let mut at = 0;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            let inside = self.nodes.get(at).map_or(&[][..], |node| &node.inside);
            let Some((_, next)) = inside.iter().rfind(|(key, _)| *key == part) else { break };
            at = *next;
        }
        let offset =
            self.nodes.get(at).map_or(0, |node| if of_key { node.key } else { node.value });
        position(self.text, offset)
    }

    /// Reads the value that begins at `from` or behind blanks there; where it ends.
    fn value(&mut self, from: usize, key: Option<usize>) -> usize {
        let from = self.behind_blanks(from);
        let at = self.nodes.len();
        self.nodes.push(Node { key: key.unwrap_or(from), value: from, inside: Vec::new() });
        match self.byte(from) {
            Some(b'{') => self.items(at, from, true),
            Some(b'[') => self.items(at, from, false),
            Some(b'"') => self.behind_text(from),
            _ => self.behind_word(from),
        }
    }

    /// Reads what is in an object or a list that begins at `from`.
    fn items(&mut self, node: usize, from: usize, keyed: bool) -> usize {
        let mut at = self.behind_blanks(from + 1);
        let mut index = 0;
        while let Some(byte) = self.byte(at) {
            if matches!(byte, b'}' | b']') {
                return at + 1;
            }
            let (name, key) = if keyed {
                let end = self.behind_text(at);
                let name = self.text.get(at..end).and_then(|key| serde_json::from_str(key).ok());
                let key = at;
                at = self.behind_blanks(end) + 1;
                (name.unwrap_or_default(), Some(key))
            } else {
                (index.to_string(), None)
            };
            let inside = self.nodes.len();
            let end = self.value(at, key);
            at = self.behind_blanks(end);
            if let Some(node) = self.nodes.get_mut(node) {
                node.inside.push((name, inside));
            }
            index += 1;
            if self.byte(at) == Some(b',') {
                at = self.behind_blanks(at + 1);
            }
        }
        at
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn behind_blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        at
    }

    /// The end of a text that begins at `at`, its marks included.
    fn behind_text(&self, mut at: usize) -> usize {
        at += 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' => return at + 1,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        at
    }

    /// The end of a number, `true`, `false` or `null`; always further on.
    fn behind_word(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
        at + rest.iter().position(ends).unwrap_or(rest.len()).max(1)
    }
}

/// Line and column of a byte of the text.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let begun = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(begun..).unwrap_or_default().chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const TEXT: &str =
        "{\n  \"名\": [1, {\"a/b\": \"x\\\"]\", \"c\" : null}],\n  \"c\": {}, \"c\": 2\n}";

    #[track_caller]
    fn stands(pointer: &str, of_key: bool, expected: (usize, usize)) {
        assert_eq!(Places::of(TEXT).of_pointer(pointer, of_key), expected, "{pointer}");
    }

    #[test]
    fn a_value_stands_where_it_begins_and_a_key_before_it() {
        stands("", false, (1, 1));
        stands("/名", false, (2, 8));
        stands("/名", true, (2, 3));
        stands("/名/0", false, (2, 9));
        stands("/名/1", false, (2, 12));
        stands("/名/1/a~1b", false, (2, 20));
        stands("/名/1/c", false, (2, 34));
        stands("/名/1/c", true, (2, 28));
    }

    /// Every value of a campaign that we ship is found where reading it gives it again.
    #[test]
    fn every_value_of_a_campaign_is_found() {
        let text = include_str!("../../../public/campaigns/nm2022.json");
        let places = Places::of(text);
        let mut rest = vec![(String::new(), serde_json::from_str::<Value>(text).unwrap())];
        while let Some((pointer, value)) = rest.pop() {
            let (line, column) = places.of_pointer(&pointer, false);
            let begins = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
            let from: String = text[begins..].chars().skip(column - 1).collect();
            let mut found = serde_json::Deserializer::from_str(&from).into_iter::<Value>();
            assert_eq!(found.next().unwrap().unwrap(), value, "{pointer}");
            match value {
                Value::Array(items) => {
                    let inside = items.into_iter().enumerate();
                    rest.extend(inside.map(|(i, item)| (format!("{pointer}/{i}"), item)));
                }
                Value::Object(map) => {
                    rest.extend(map.into_iter().map(|(key, it)| (format!("{pointer}/{key}"), it)));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_one_counts() {
        stands("/c", false, (3, 17));
    }

    #[test]
    fn what_is_not_there_stands_where_it_would_be() {
        stands("/名/1/other/deeper", false, (2, 12));
        stands("/名/7", false, (2, 8));
        stands("/other", true, (1, 1));
    }

    #[test]
    fn text_that_is_no_json_does_no_harm() {
        for text in ["", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "[1,,]", "]", "{]", "\"\\", "{1:2}"]
        {
            assert_eq!(Places::of(text).of_pointer("/a/0", false).0, 1, "{text}");
        }
    }
}
