//! Where one character as a person sees it ends and the next begins: the extended grapheme clusters of UAX #29,
//! with the properties of Unicode 18.
//!
//! A library does the same and is what tests hold this against; its tables, though, are 20 kB that every phone would
//! load for the few texts that are not plain. Here a range takes four bytes, and Hangul is reckoned.

use std::sync::LazyLock;

use super::unicode_tables::BREAKS;

/// What the rules ask of a code point. The first ones are what the table says, in its numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Other = 0,
    Control = 1,
    /// Joins what is before it, in conjuncts as well.
    Extend = 2,
    Prepend = 3,
    SpacingMark = 4,
    L = 5,
    V = 6,
    T = 7,
    /// What emoji sequences are made of.
    Pictograph = 8,
    /// A consonant of a script with conjuncts.
    Consonant = 9,
    /// A virama that joins consonants.
    Linker = 10,
    /// Joins what is before it, and ends a conjunct.
    Bar = 11,
    Cr,
    Lf,
    Joiner,
    Regional,
    Lv,
    Lvt,
}

use Break::{
    Bar, Consonant, Control, Cr, Extend, Joiner, L, Lf, Linker, Lv, Lvt, Other, Pictograph,
    Prepend, Regional, SpacingMark, T, V,
};

/// In the order of their numbers in the table.
const NUMBERED: [Break; 12] =
    [Other, Control, Extend, Prepend, SpacingMark, L, V, T, Pictograph, Consonant, Linker, Bar];

/// The table unpacked: the last code point of each range, the first, and what they are.
static RANGES: LazyLock<Vec<(u32, u32, Break)>> = LazyLock::new(|| {
    let mut next = 0;
    let unpacked = BREAKS.iter().map(|(gap, packed)| {
        let first = next + u32::from(*gap);
        next = first + u32::from(packed >> 4) + 1;
        (next - 1, first, NUMBERED.get(usize::from(packed & 15)).copied().unwrap_or(Other))
    });
    unpacked.collect()
});

/// What the rules ask of `c`.
pub(super) fn of(c: char) -> Break {
    match c {
        '\r' => Cr,
        '\n' => Lf,
        '\u{200D}' => Joiner,
        '\u{1F1E6}'..='\u{1F1FF}' => Regional,
        '\u{AC00}'..='\u{D7A3}' if (u32::from(c) - 0xAC00).is_multiple_of(28) => Lv,
        '\u{AC00}'..='\u{D7A3}' => Lvt,
        _ => {
            let c = u32::from(c);
            let at = RANGES.partition_point(|(last, ..)| *last < c);
            RANGES.get(at).filter(|(_, first, _)| *first <= c).map_or(Other, |(_, _, found)| *found)
        }
    }
}

/// How many bytes the first cluster of `text` takes; nothing in it may depend on what stands before.
pub(super) fn first_len(text: &str) -> usize {
    let mut seen = Seen::default();
    let end = text.char_indices().find(|(_, c)| seen.ends_before(of(*c)));
    end.map_or(text.len(), |(at, _)| at)
}

/// What a cluster has been so far.
#[derive(Default)]
struct Seen {
    last: Option<Break>,
    /// Letters that flags are spelt with, at its end.
    flags: usize,
    /// A pictograph and what joins it: 1; with a joiner at the end: 2.
    emoji: u8,
    /// A consonant and what joins it: 1; with a virama among that: 2.
    conjunct: u8,
}

impl Seen {
    /// Whether the cluster ends before such a code point; takes it in.
    fn ends_before(&mut self, next: Break) -> bool {
        let ends = self.last.is_some_and(|last| self.breaks(last, next));
        self.flags = if next == Regional { self.flags + 1 } else { 0 };
        self.emoji = match (next, self.emoji) {
            (Pictograph, _) | (Extend | Linker | Bar, 1) => 1,
            (Joiner, 1) => 2,
            _ => 0,
        };
        self.conjunct = match (next, self.conjunct) {
            (Consonant, _) => 1,
            (Linker, 1 | 2) => 2,
            (Extend | Joiner, so_far) => so_far,
            _ => 0,
        };
        self.last = Some(next);
        ends
    }

    /// The rules GB3 to GB999, in their order.
    fn breaks(&self, last: Break, next: Break) -> bool {
        match (last, next) {
            (Cr, Lf) => false,
            (Control | Cr | Lf, _) | (_, Control | Cr | Lf) => true,
            (L, L | V | Lv | Lvt)
            | (Lv | V, V | T)
            | (Lvt | T, T)
            | (_, Extend | Linker | Bar | Joiner | SpacingMark)
            | (Prepend, _) => false,
            (_, Consonant) => self.conjunct < 2,
            (Joiner, Pictograph) => self.emoji < 2,
            (Regional, Regional) => self.flags.is_multiple_of(2),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// Of each kind at least one.
    const KINDS: &str = "a\r\n\u{85}\u{301}\u{200C}\u{200D}\u{1F1E8}\u{600}\u{93E}\u{1100}\u{1161}\u{11A8}\u{AC00}\u{AC01}\
        \u{1F468}\u{915}\u{94D}";

    /// Marks and signs of Unicode 18, which the library does not know yet.
    const YOUNG: [(char, char); 12] = [
        ('\u{5C8}', '\u{5C9}'),
        ('\u{B53}', '\u{B54}'),
        ('\u{1ADE}', '\u{1ADF}'),
        ('\u{1AEC}', '\u{1AF0}'),
        ('\u{10ECB}', '\u{10ECF}'),
        ('\u{10EF0}', '\u{10EF9}'),
        ('\u{11DF0}', '\u{11DF0}'),
        ('\u{1D127}', '\u{1D128}'),
        ('\u{1D250}', '\u{1D252}'),
        ('\u{1D25B}', '\u{1D25C}'),
        ('\u{1D25F}', '\u{1D25F}'),
        ('\u{1D280}', '\u{1D281}'),
    ];

    #[test]
    fn clusters_of_every_four_kinds_end_where_the_library_ends_them() {
        let kinds: Vec<char> = KINDS.chars().collect();
        let mut found: Vec<_> = kinds.iter().map(|c| of(*c)).collect();
        found.sort_by_key(|kind| *kind as u8);
        found.dedup();
        assert_eq!(found.len(), 18, "{found:?}");
        let mut text = String::new();
        for number in 0..kinds.len().pow(4) {
            text.clear();
            let at = |place: u32| kinds[number / kinds.len().pow(place) % kinds.len()];
            text.extend((0..4).map(at));
            let first = text.graphemes(true).next().map_or(0, str::len);
            assert_eq!(first_len(&text), first, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn every_code_point_joins_what_the_library_joins() {
        let mut text = String::new();
        let young = |c: &char| YOUNG.iter().any(|(first, last)| (*first..=*last).contains(c));
        for c in ('\0'..=char::MAX).filter(|c| !young(c)) {
            for [before, after] in [
                ["a", "a"],
                ["\u{915}", "\u{937}"],
                ["\u{1F468}", "\u{1F468}"],
                ["\u{1100}", "\u{1161}"],
            ] {
                text.clear();
                text.extend([before, c.encode_utf8(&mut [0; 4]), after]);
                let first = text.graphemes(true).next().map_or(0, str::len);
                assert_eq!(first_len(&text), first, "{}", text.escape_unicode());
            }
        }
    }
}
