//! A text as what the person sees as characters, each with the class that decides how it counts.
//!
//! Characters are the extended grapheme clusters of UAX #29. Most of what is written here is
//! ideographs, Chinese punctuation and ASCII, where every code point is a cluster by itself; those are
//! told apart by their range alone and only the rest goes through the rules of the standard.

use std::str::Chars;

use super::graphemes;
use super::unicode_tables::{AMBIGUOUS, WIDE, holds};

/// How a cluster counts in 字数, by its first code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A paragraph ends here.
    End,
    /// Separates, and counts nothing.
    Space,
    /// Counts one by itself: an ideograph, full-width punctuation, an emoji.
    Each,
    /// Counts by itself among such characters, and as part of a word among Latin ones: `“`, `—`.
    Ambiguous,
    /// Part of a word.
    Word,
}

/// One cluster of a text.
#[derive(Clone, Copy)]
pub(super) struct Cluster<'a> {
    /// Where it starts, in bytes.
    pub(super) start: usize,
    /// Its first code point.
    pub(super) first: char,
    found: Found<'a>,
}

/// How a cluster was found.
#[derive(Clone, Copy)]
enum Found<'a> {
    /// By the shortcut: it is one code point, of this class.
    Plain(Class),
    /// By the rules of the standard: this is the whole of it.
    Ruled(&'a str),
}

impl<'a> Cluster<'a> {
    /// The whole of it, if it is not an ordinary code point by itself.
    #[inline]
    pub(super) fn unusual(&self) -> Option<&'a str> {
        match self.found {
            Found::Plain(_) => None,
            Found::Ruled(text) => Some(text),
        }
    }
}

/// The clusters of a text in order.
#[derive(Clone)]
pub(super) struct Clusters<'a> {
    text: &'a str,
    /// Where the next cluster starts.
    next: usize,
    /// Its first code point, with the class that has if it is a plain one.
    ahead: Option<(char, Option<Class>)>,
    /// What follows that code point.
    rest: Chars<'a>,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut rest = text.chars();
        Self { text, next: 0, ahead: look(&mut rest), rest }
    }

    /// The class of a cluster of this text.
    #[inline]
    pub(super) fn class(&self, cluster: &Cluster<'_>) -> Class {
        match cluster.found {
            Found::Plain(class) => class,
            Found::Ruled(_) if self.joins_mongolian(cluster) => Class::Word,
            Found::Ruled(text) => class_by_standard(cluster.first, text),
        }
    }

    /// Whether this is the narrow blank that ties a Mongolian suffix to its word.
    fn joins_mongolian(&self, cluster: &Cluster<'_>) -> bool {
        let mongolian = |c: char| matches!(c, '\u{1800}'..='\u{18AF}');
        let end = cluster.start + NARROW_BLANK.len_utf8();
        cluster.first == NARROW_BLANK
            && self.text.get(..cluster.start).is_some_and(|text| text.ends_with(mongolian))
            && self.text.get(end..).is_some_and(|text| text.starts_with(mongolian))
    }

    /// Steps over the ideographs that stand next, all but the last: behind each of them another follows, so each
    /// is a cluster by itself. Gives where the first starts and how many they are, each of [`IDEOGRAPH_LEN`] bytes.
    /// Most of a long text is passed so.
    pub(super) fn pass_ideographs(&mut self) -> (usize, usize) {
        let start = self.next;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let ideographs = rest.chunks_exact(IDEOGRAPH_LEN).take_while(|bytes| is_ideograph(bytes));
        let passed = ideographs.count().saturating_sub(1);
        if passed > 0 {
            self.next += passed * IDEOGRAPH_LEN;
            self.rest = self.text.get(self.next..).unwrap_or_default().chars();
            self.ahead = look(&mut self.rest);
        }
        (start, passed)
    }

    /// The next cluster by the rules of the standard.
    #[inline(never)]
    fn next_by_standard(&mut self, first: char) -> Option<Cluster<'a>> {
        let start = self.next;
        let rest = self.text.get(start..)?;
        let text = rest.get(..graphemes::first_len(rest))?;
        self.next = start + text.len();
        self.rest = self.text.get(self.next..)?.chars();
        self.ahead = look(&mut self.rest);
        Some(Cluster { start, first, found: Found::Ruled(text) })
    }
}

const NARROW_BLANK: char = '\u{202F}';

/// How long an ideograph from U+4E00 to U+9FFF is, in bytes.
pub(super) const IDEOGRAPH_LEN: usize = 3;

/// Whether these bytes of a text, which begin with a code point, are an ideograph from U+4E00 to U+9FFF.
#[inline]
fn is_ideograph(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE4, 0xB8..=0xBF, _] | [0xE5..=0xE9, ..])
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    #[inline]
    fn next(&mut self) -> Option<Cluster<'a>> {
        let (first, class) = self.ahead?;
        let mut rest = self.rest.clone();
        // Where this code point and the next are plain there is a boundary between them; and at a
        // boundary the rules can start afresh, for none of them looks back beyond it.
        match (class, look(&mut rest)) {
            (None, _) | (_, Some((_, None))) => self.next_by_standard(first),
            (Some(class), ahead) => {
                let start = self.next;
                self.next = start + first.len_utf8();
                (self.rest, self.ahead) = (rest, ahead);
                Some(Cluster { start, first, found: Found::Plain(class) })
            }
        }
    }
}

#[inline]
fn look(rest: &mut Chars<'_>) -> Option<(char, Option<Class>)> {
    rest.next().map(|c| (c, plain(c)))
}

/// The class of a code point that is a cluster by itself next to any other such code point.
///
/// A shortcut through [`class_by_standard`], which a test holds it against. Left out are marks,
/// joiners, pictographs that emoji sequences are made of, and scripts with conjuncts.
#[inline]
fn plain(c: char) -> Option<Class> {
    Some(match c {
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3001}'..='\u{3029}'
        | '\u{FF01}'..='\u{FF60}'
        | 'あ'..='ゖ'
        | '゠'..='ヿ'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{20000}'..='\u{2A6DF}' => Class::Each,
        '×' | '÷' => return None,
        // Latin, Cyrillic, Arabic as in Uyghur, Mongolian, Hangul: letters without marks and signs.
        '!'..='~'
        | '\u{C0}'..='\u{24F}'
        | '\u{400}'..='\u{481}'
        | '\u{48A}'..='\u{52F}'
        | '\u{620}'..='\u{64A}'
        | '\u{671}'..='\u{6D3}'
        | '\u{1820}'..='\u{1878}'
        | '\u{AC00}'..='\u{D7A3}' => Class::Word,
        ' ' | '\t' | '\u{A0}' | '\u{3000}' => Class::Space,
        '\n' => Class::End,
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⑳' => Class::Ambiguous,
        _ => return None,
    })
}

/// The class by the properties of Unicode.
fn class_by_standard(first: char, cluster: &str) -> Class {
    match first {
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::End,
        '\t' => Class::Space,
        _ if is_space_separator(first) => Class::Space,
        // The letters flags are spelt with; a flag is two of them.
        '\u{1F1E6}'..='\u{1F1FF}' => Class::Each,
        _ if cluster.contains(EMOJI_STYLE) || holds(WIDE, first) => Class::Each,
        _ if holds(AMBIGUOUS, first) => Class::Ambiguous,
        _ => Class::Word,
    }
}

/// The variation selector that asks for the coloured picture: ☀️, 1️⃣.
const EMOJI_STYLE: char = '\u{FE0F}';

/// General category Zs.
fn is_space_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | NARROW_BLANK | '\u{205F}' | '\u{3000}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// Starts and classes are those that a library finds without any shortcut.
    #[track_caller]
    fn agrees(text: &str) {
        let clusters = Clusters::new(text);
        let quick = clusters.clone().map(|it| (it.start, clusters.class(&it)));
        let slow = text.grapheme_indices(true).map(|(start, text)| {
            let first = text.chars().next().unwrap();
            let cluster = Cluster { start, first, found: Found::Ruled(text) };
            (start, clusters.class(&cluster))
        });
        assert!(quick.eq(slow), "{text:?} {}", text.escape_unicode());
    }

    fn vectors() -> Vec<String> {
        #[derive(serde::Deserialize)]
        struct Case {
            text: String,
        }
        let cases = include_str!("../../tests/fixtures/standards/count.json");
        let cases: Vec<Case> = serde_json::from_str(cases).unwrap();
        cases.into_iter().map(|case| case.text).collect()
    }

    #[test]
    fn the_shortcut_finds_the_same_characters_in_every_pair_of_vectors() {
        let texts = vectors();
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            agrees(&format!("{a}{b}"));
        }
    }

    #[test]
    fn the_shortcut_finds_the_same_characters_in_a_random_mix() {
        // Marks, joiners, flags, prepended signs, conjuncts, jamo, and what stands around them.
        let special = "\r\n\t \u{301}\u{FE0F}\u{E0100}\u{200D}\u{200C}\u{1F1E8}\u{1F1F3}\u{1F468}\u{1F3FD}☀©‼〰㊗\
            \u{600}\u{6DD}\u{915}\u{94D}\u{937}\u{93E}\u{1100}\u{1161}\u{11A8}\u{AC00}\u{AC01}\u{302A}\u{3099}\
            \u{FF9E}\u{202F}\u{1820}\u{180B}\u{180E}\u{85}\u{2028}\u{FEFF}\u{F42}\u{F7C}\u{E33}\u{110BD}\u{E0061}1#*";
        let mut pool: Vec<char> = special.chars().collect();
        pool.extend("你，。“’—·①aZ9~ あヿ\u{3000}éя\u{628}\u{6D2}\u{20000}𠮷×÷\u{A0}".chars());
        let mut seed = 2022_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let index = usize::try_from(seed >> 33).unwrap() % pool.len();
                text.push(pool[index]);
            }
            agrees(&text);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn plain_code_points_have_no_property_that_could_join_them() {
        use icu_properties::props::{
            ExtendedPictographic, GraphemeClusterBreak, IndicConjunctBreak,
        };
        use icu_properties::{CodePointMapData, CodePointSetData};

        let joins = CodePointMapData::<GraphemeClusterBreak>::new();
        let conjuncts = CodePointMapData::<IndicConjunctBreak>::new();
        let pictographs = CodePointSetData::new::<ExtendedPictographic>();
        // Hangul syllables are joined by single jamo only, which are not plain.
        let stands_alone = [
            GraphemeClusterBreak::Other,
            GraphemeClusterBreak::Control,
            GraphemeClusterBreak::LF,
            GraphemeClusterBreak::LV,
            GraphemeClusterBreak::LVT,
        ];
        for c in '\0'..=char::MAX {
            let Some(class) = plain(c) else { continue };
            assert_eq!(class, class_by_standard(c, c.encode_utf8(&mut [0; 4])), "{c:?}");
            assert!(stands_alone.contains(&joins.get(c)), "{c:?} {:?}", joins.get(c));
            assert_eq!(conjuncts.get(c), IndicConjunctBreak::None, "{c:?}");
            assert!(!pictographs.contains(c), "{c:?}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn space_separators_are_those_of_the_standard() {
        use icu_properties::{CodePointMapData, props::GeneralCategory};

        let category = CodePointMapData::<GeneralCategory>::new();
        for c in '\0'..=char::MAX {
            assert_eq!(
                is_space_separator(c),
                category.get(c) == GeneralCategory::SpaceSeparator,
                "{c:?}"
            );
        }
    }
}
