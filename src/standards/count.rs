//! Length of a written answer, counted the way the person sees it counted elsewhere.
//!
//! A notice says "within 1000 字", and the clerk compares with what Word shows: 字数 in a Chinese
//! document. That is the default policy; a campaign may choose another. The number beside the box,
//! the number we judge and the number the host judges come from here.
//!
//! # 字数
//!
//! - Characters nobody sees (U+FEFF, U+200B, U+2060, U+00AD, U+180E) do not exist.
//! - A text is what it shows: each extended grapheme cluster is one character.
//! - Ideographs, kana, full-width forms, Chinese punctuation and emoji count one each.
//! - Everything else counts by the word: a run up to the next blank, paragraph end or character that
//!   counts by itself. So `2023年` is 2, `don't stop` is 2, and a hyphen between blanks is 1.
//! - `“ ” ‘ ’ — … · ① ℃` and their like count one each in a paragraph with a character of the second
//!   kind, and are part of words elsewhere. Directly between two letters `‘`, `’` and `·` always are.
//! - Hangul counts by the word, as Word's own label 朝鲜语单词 says. The narrow blank U+202F between
//!   Mongolian letters belongs to the word.

use serde::{Deserialize, Serialize};

use super::clusters::Clusters;
use super::unicode_tables::{FORMAT, HAN, holds};
use super::words;

/// What is counted.
///
/// In JSON as `"word"`, `"chars_no_space"` and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Policy {
    /// 字数 as Word counts it in a Chinese document; see the top of the module.
    #[default]
    Word,
    /// Code points without white space, line breaks and format characters (category Cf).
    CharsNoSpace,
    /// Code points.
    CodePoints,
    /// What a person sees as one character: extended grapheme clusters, CR LF being one.
    Graphemes,
    /// UTF-16 units, which is what `maxlength` and JavaScript's `length` count.
    Utf16,
    /// Ideographs: code points of the script Han.
    HanOnly,
}

impl Policy {
    /// Every policy.
    ///
    /// ```
    /// # use nomination_form::standards::count::Policy;
    /// assert!(Policy::ALL.contains(&Policy::default()));
    /// ```
    pub const ALL: [Self; 6] = [
        Self::Word,
        Self::CharsNoSpace,
        Self::CodePoints,
        Self::Graphemes,
        Self::Utf16,
        Self::HanOnly,
    ];

    /// The word for this policy in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::CharsNoSpace => "chars_no_space",
            Self::CodePoints => "code_points",
            Self::Graphemes => "graphemes",
            Self::Utf16 => "utf16",
            Self::HanOnly => "han_only",
        }
    }
}

/// A text counted by every policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// [`Policy::Word`]
    pub word: usize,
    /// [`Policy::CharsNoSpace`]
    pub chars_no_space: usize,
    /// [`Policy::CodePoints`]
    pub code_points: usize,
    /// [`Policy::Graphemes`]
    pub graphemes: usize,
    /// [`Policy::Utf16`]
    pub utf16: usize,
    /// [`Policy::HanOnly`]
    pub han_only: usize,
}

/// Counts `text` by `policy`.
///
/// ```
/// use nomination_form::standards::count::{Policy, count};
///
/// assert_eq!(count("上海 Shanghai 加油！", Policy::Word), 6);
/// assert_eq!(count("上海 Shanghai 加油！", Policy::CharsNoSpace), 13);
/// ```
pub fn count(text: &str, policy: Policy) -> usize {
    match policy {
        Policy::Word => words::measure(text, usize::MAX).0,
        Policy::CharsNoSpace => text.chars().filter(|c| is_shown(*c)).count(),
        Policy::CodePoints => text.chars().count(),
        Policy::Graphemes => Clusters::new(text).count(),
        Policy::Utf16 => text.chars().map(char::len_utf16).sum(),
        Policy::HanOnly => text.chars().filter(|c| is_han(*c)).count(),
    }
}

/// Counts `text` by every policy.
///
/// ```
/// use nomination_form::standards::count::counts;
///
/// let counts = counts("𠮷野家");
/// assert_eq!((counts.word, counts.utf16), (3, 4));
/// ```
pub fn counts(text: &str) -> Counts {
    Counts {
        word: count(text, Policy::Word),
        chars_no_space: count(text, Policy::CharsNoSpace),
        code_points: count(text, Policy::CodePoints),
        graphemes: count(text, Policy::Graphemes),
        utf16: count(text, Policy::Utf16),
        han_only: count(text, Policy::HanOnly),
    }
}

/// Where the part of `text` begins that is beyond `max`, in bytes: the start of the first thing that
/// counts too much. Nothing if the text keeps within `max`.
///
/// What is before stays within the limit as the whole text is counted. (Cut off there, it may count
/// less: an ambiguous character counts with an ideograph further on in its paragraph.)
///
/// ```
/// use nomination_form::standards::count::{Policy, surplus_start};
///
/// let text = "热心 enthusiastic 居民";
/// let start = surplus_start(text, Policy::Word, 4).unwrap();
/// assert_eq!(&text[start..], "民");
/// assert_eq!(surplus_start(text, Policy::Word, 5), None);
/// ```
pub fn surplus_start(text: &str, policy: Policy, max: usize) -> Option<usize> {
    let mut chars = text.char_indices();
    match policy {
        Policy::Word => words::measure(text, max).1,
        Policy::CharsNoSpace => chars.filter(|(_, c)| is_shown(*c)).nth(max).map(|it| it.0),
        Policy::CodePoints => chars.nth(max).map(|it| it.0),
        Policy::Graphemes => Clusters::new(text).nth(max).map(|it| it.start),
        Policy::Utf16 => {
            let mut room = max;
            chars.find_map(|(start, c)| match room.checked_sub(c.len_utf16()) {
                Some(rest) => {
                    room = rest;
                    None
                }
                None => Some(start),
            })
        }
        Policy::HanOnly => chars.filter(|(_, c)| is_han(*c)).nth(max).map(|it| it.0),
    }
}

/// The count of a text and the start of its surplus at once: [`count`] and [`surplus_start`].
///
/// ```
/// use nomination_form::standards::count::{Policy, measure};
///
/// assert_eq!(measure("社区工作", Policy::Word, 3), (4, Some(9)));
/// assert_eq!(measure("社区工作", Policy::Word, 4), (4, None));
/// ```
pub fn measure(text: &str, policy: Policy, max: usize) -> (usize, Option<usize>) {
    match policy {
        Policy::Word => words::measure(text, max),
        _ => (count(text, policy), surplus_start(text, policy, max)),
    }
}

fn is_shown(c: char) -> bool {
    match c {
        '!'..='~' | '\u{3001}'..='\u{FEFE}' => true,
        _ => !c.is_whitespace() && !holds(FORMAT, c),
    }
}

fn is_han(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='~' | '\u{FF01}'..='\u{FFFF}' => false,
        _ => holds(HAN, c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::clusters::Class;

    #[derive(Deserialize)]
    struct Case {
        id: String,
        text: String,
        word: usize,
        chars_no_space: usize,
        code_points: usize,
        graphemes: usize,
        utf16: usize,
        han_only: usize,
    }

    fn cases() -> Vec<Case> {
        let cases = include_str!("../../tests/fixtures/standards/count.json");
        serde_json::from_str(cases).unwrap()
    }

    fn word(text: &str) -> usize {
        count(text, Policy::Word)
    }

    #[test]
    fn every_policy_counts_what_it_says() {
        assert_eq!(cases().len(), 56);
        for case in cases() {
            let expected = Counts {
                word: case.word,
                chars_no_space: case.chars_no_space,
                code_points: case.code_points,
                graphemes: case.graphemes,
                utf16: case.utf16,
                han_only: case.han_only,
            };
            assert_eq!(counts(&case.text), expected, "{}", case.id);
        }
    }

    #[test]
    fn paragraphs_without_ambiguous_characters_add_up() {
        let ambiguous = |text: &str| {
            let clusters = Clusters::new(text);
            clusters.clone().any(|it| clusters.class(&it) == Class::Ambiguous)
        };
        let plain: Vec<_> =
            cases().into_iter().map(|it| it.text).filter(|it| !ambiguous(it)).collect();
        assert!(plain.len() > 40);
        for (a, b) in plain.iter().flat_map(|a| plain.iter().map(move |b| (a, b))) {
            assert_eq!(word(&format!("{a}\n{b}")), word(a) + word(b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn blanks_and_empty_lines_around_a_text_count_nothing() {
        for Case { text, .. } in cases() {
            for (before, after) in
                [("  ", "\u{3000}"), ("\n\n", "\r\n"), ("\t\u{A0}", "\u{2029}\n ")]
            {
                assert_eq!(word(&format!("{before}{text}{after}")), word(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn ideographs_repeated_count_as_often() {
        assert_eq!(word(&"城乡社区治理".repeat(500)), 3000);
    }

    #[test]
    fn a_text_never_counts_more_than_its_characters() {
        let texts: Vec<_> = cases().into_iter().map(|it| it.text).collect();
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            let text = format!("{a}{b}");
            assert!(word(&text) <= count(&text, Policy::Graphemes), "{text:?}");
        }
    }

    #[test]
    fn each_end_of_a_paragraph_separates_words() {
        for end in ["\r\n", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_eq!(word(&format!("one{end}two")), 2, "{end:?}");
            assert_eq!(word(&format!("“a b”{end}“好”")), 5, "{end:?}");
        }
    }

    #[test]
    fn quotes_count_by_the_paragraph_they_stand_in() {
        assert_eq!(word("say “hello”"), 2);
        assert_eq!(word("说“hello”"), 4);
        assert_eq!(word("“hello”。"), 4, "the full stop comes after the quotes it decides on");
        assert_eq!(word("say “hello”\n说"), 3);
        assert_eq!(word("don’t，‘stop’"), 5, "an apostrophe between letters is no quote");
        assert_eq!(word("A·B公司"), 3);
        assert_eq!(word("3·15公司"), 5, "a dot between digits counts");
    }

    #[test]
    fn the_surplus_begins_with_the_first_thing_too_many() {
        let surplus = |text: &'static str, policy, max| {
            surplus_start(text, policy, max).map(|it| &text[it..])
        };
        assert_eq!(surplus("你好 world 世界", Policy::Word, 2), Some("world 世界"));
        assert_eq!(surplus("你好 world 世界", Policy::Word, 3), Some("世界"));
        assert_eq!(surplus("你好 world 世界", Policy::Word, 5), None);
        assert_eq!(surplus("\u{FEFF}社\u{200B}区\u{200B}", Policy::Word, 1), Some("区\u{200B}"));
        assert_eq!(surplus("a b\u{2060} c", Policy::CharsNoSpace, 2), Some("c"));
        assert_eq!(surplus("a\r\nb", Policy::Graphemes, 1), Some("\r\nb"));
        assert_eq!(surplus("野𠮷家", Policy::Utf16, 2), Some("𠮷家"));
        assert_eq!(surplus("a野b家", Policy::HanOnly, 1), Some("家"));
        assert_eq!(surplus("", Policy::CodePoints, 0), None);
    }

    #[test]
    fn there_is_a_surplus_exactly_when_the_count_is_beyond_the_limit() {
        for Case { text, .. } in cases() {
            for policy in Policy::ALL {
                let total = count(&text, policy);
                assert_eq!(surplus_start(&text, policy, total), None);
                assert_eq!(measure(&text, policy, total), (total, None));
                for max in 0..total {
                    let start = surplus_start(&text, policy, max).unwrap();
                    assert_eq!(measure(&text, policy, max), (total, Some(start)));
                    assert!(count(&text[..start], policy) <= max, "{text:?} {policy:?} {max}");
                }
            }
        }
    }

    #[test]
    fn policies_have_their_names_in_json() {
        let names = serde_json::to_string(&Policy::ALL).unwrap();
        let expected = r#"["word","chars_no_space","code_points","graphemes","utf16","han_only"]"#;
        assert_eq!(names, expected);
    }
}
