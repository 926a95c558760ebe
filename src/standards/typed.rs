//! What people do to a number while typing or pasting it, undone.
//!
//! Numbers reach the form from Word, from a spreadsheet, from a full-width input method: with wide
//! digits, with blanks every four places, with invisible characters picked up on a web page.

/// Whether `c` is a blank or a character nobody sees: zero widths, soft hyphens, and the marks of
/// direction that address books of phones put around a number (U+202A and on, U+2066 and on).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}

/// Whether `c` is one of the strokes used between groups of digits, full-width or not.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// The ASCII character a full-width form stands for, any other character unchanged.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A number made of digits and capital letters: full width to half width, blanks and hyphens
/// dropped, ASCII letters in upper case, the Roman numeral Ⅹ as the letter X.
pub(super) fn compact(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_blank(c) && !is_hyphen(c))
        .map(|c| match half_width(c).to_ascii_uppercase() {
            '\u{2169}' | '\u{2179}' => 'X',
            c => c,
        })
        .collect()
}

/// The one-based place of the first character of `number` that `allowed` refuses.
pub(super) fn first_refused(number: &str, allowed: impl Fn(char) -> bool) -> Option<usize> {
    number.chars().position(|c| !allowed(c)).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_around_the_number_is_dropped() {
        assert_eq!(
            compact(" ３１００００\u{3000}1970-01－01 ００１１\u{FEFF}"),
            "310000197001010011"
        );
        assert_eq!(compact("11010519491231002ⅹ"), "11010519491231002X");
        assert_eq!(compact("ｕｓａ31"), "USA31");
        assert_eq!(compact("\u{2068}138\u{AD}0013\u{2063}8000\u{2069}"), "13800138000");
    }

    #[test]
    fn the_first_refused_character_is_counted_from_one() {
        assert_eq!(first_refused("12O4", |c| c.is_ascii_digit()), Some(3));
        assert_eq!(first_refused("1234", |c| c.is_ascii_digit()), None);
    }
}
