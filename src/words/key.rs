//! Keys: which text is meant, as a number that the compiler finds.
//!
//! A name that no catalogue has does not compile, and none of the names in the program's source is in
//! the program.

use super::BASE;

/// How many texts there are.
const COUNT: usize = count();

/// Where each name begins and ends in the catalogue, in the order of the names.
const NAMES: [(usize, usize); COUNT] = names();

/// Which text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub(super) usize);

impl Key {
    /// The key of that name. To be called where constants are made, see `key!`.
    #[allow(clippy::indexing_slicing, clippy::panic)] // both would be found by the compiler
    pub(crate) const fn of(name: &str) -> Self {
        let (base, name) = (BASE.as_bytes(), name.as_bytes());
        let mut at = 0;
        while at < COUNT {
            let (start, end) = NAMES[at];
            if end - start == name.len() {
                let mut same = 0;
                while same < name.len() && base[start + same] == name[same] {
                    same += 1;
                }
                if same == name.len() {
                    return Self(at);
                }
            }
            at += 1;
        }
        panic!("no text of that name in src/words/zh-CN.json")
    }
}

/// The catalogue has a text in each line between its braces.
#[allow(clippy::indexing_slicing)]
const fn count() -> usize {
    let base = BASE.as_bytes();
    let (mut lines, mut at) = (0, 0);
    while at < base.len() {
        if base[at] == b'\n' {
            lines += 1;
        }
        at += 1;
    }
    lines - 2
}

#[allow(clippy::indexing_slicing)]
const fn names() -> [(usize, usize); COUNT] {
    let base = BASE.as_bytes();
    let mut names = [(0, 0); COUNT];
    let (mut known, mut at) = (0, 0);
    while known < COUNT {
        // The line's first quotation mark, and the next.
        while base[at] != b'"' {
            at += 1;
        }
        let start = at + 1;
        at = start;
        while base[at] != b'"' {
            at += 1;
        }
        names[known] = (start, at);
        known += 1;
        while base[at] != b'\n' {
            at += 1;
        }
    }
    names
}

/// The key of a name.
macro_rules! key {
    ($name:expr) => {
        const { $crate::words::Key::of($name) }
    };
}

/// The text of a name with its parameters: `say!(words, "row", label = label, number = 2)`.
macro_rules! say {
    ($words:expr, $name:expr $(, $param:ident = $value:expr)+ $(,)?) => {
        $words.say(
            const { $crate::words::Key::of($name) },
            concat!($(stringify!($param), " "),+),
            &[$(&$value),+],
        )
    };
}

pub(crate) use {key, say};
