//! Unified social credit codes, GB 32100-2015: 18 characters, the last one a check of the others.
//!
//! The nine characters before it are an organisation code with a check of its own (GB 11714). Real
//! codes now and then break that inner one, so it is reported and never refused.

use super::typed::{compact, first_refused};

/// What a credit code says about its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uscc {
    /// The code as it is stored: 18 characters in upper case.
    pub code: String,
    /// The managing department, place 1: `5` is 民政, `9` 市场监管.
    pub managing: char,
    /// The kind, place 2. Under 民政: `1` 社会团体, `2` 民办非企业单位, `3` 基金会, `9` 其他; in
    /// practice also `4` 居民委员会 and `5` 村民委员会.
    pub kind: char,
    /// Whether the organisation code in places 9 to 17 fits its own check. Warn at most.
    pub inner_check_ok: bool,
}

/// What is wrong with a credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsccFault {
    /// A character the code does not use; I, O, S, V and Z are left out for looking like others.
    #[error("the character in place {position} is not used in credit codes")]
    Characters {
        /// Place of the character in the normalised code, from one.
        position: usize,
    },
    /// Not 18 characters.
    #[error("the code has {found} characters, expected 18")]
    Length {
        /// Characters of the normalised code.
        found: usize,
    },
    /// Places 3 to 8, the division of registration, are not six digits.
    #[error("places 3 to 8 are not digits")]
    Division,
    /// The last character does not fit the others: a mistyped character or two swapped.
    #[error("the check character does not fit the code")]
    CheckCharacter,
}

impl UsccFault {
    /// The finding as a stable kebab-case code.
    ///
    /// ```
    /// # use nomination_form::standards::uscc;
    /// assert_eq!(uscc::check("9111000060003734IL").unwrap_err().code(), "characters");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::Characters { .. } => "characters",
            Self::Length { .. } => "length",
            Self::Division => "division",
            Self::CheckCharacter => "check-character",
        }
    }
}

/// The code as it is stored: full width to half width, blanks and hyphens dropped, upper case.
///
/// ```
/// # use nomination_form::standards::uscc::normalise;
/// assert_eq!(normalise("5131-0000-mj00-0000-0k"), "51310000MJ0000000K");
/// ```
pub fn normalise(code: &str) -> String {
    compact(code)
}

/// Reads a credit code, as typed.
///
/// # Errors
///
/// The first finding of: a character codes do not use, the length, the division, the check character.
///
/// ```
/// use nomination_form::standards::uscc;
///
/// let code = uscc::check("91350100M000100Y43").unwrap();
/// assert_eq!((code.managing, code.kind, code.inner_check_ok), ('9', '1', true));
/// ```
pub fn check(code: &str) -> Result<Uscc, UsccFault> {
    let code = normalise(code);
    if let Some(position) = first_refused(&code, |c| value(c).is_some()) {
        return Err(UsccFault::Characters { position });
    }
    let mut places = [0; 18];
    places.iter_mut().zip(code.chars()).for_each(|(place, c)| *place = value(c).unwrap_or(0));
    if code.len() != places.len() {
        return Err(UsccFault::Length { found: code.len() });
    }
    if places.iter().skip(2).take(6).any(|digit| *digit > 9) {
        return Err(UsccFault::Division);
    }
    if !check_fits(&places) {
        return Err(UsccFault::CheckCharacter);
    }
    let mut first = code.chars();
    let (managing, kind) = (first.next().unwrap_or('0'), first.next().unwrap_or('0'));
    Ok(Uscc { managing, kind, inner_check_ok: inner_check_fits(&code), code })
}

/// The characters of a code, in the order of their values.
const CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn value(c: char) -> Option<u32> {
    CHARACTERS.chars().zip(0..).find_map(|(known, value)| (known == c).then_some(value))
}

/// The weights are the powers of three modulo 31; with the check counted once, the sum divides.
fn check_fits(places: &[u32; 18]) -> bool {
    let (sum, _) = places
        .iter()
        .take(17)
        .fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    let [.., check] = places;
    (sum + check) % 31 == 0
}

/// GB 11714 over places 9 to 16: A is worth 10, B 11 and so on, without gaps for unused letters.
fn inner_check_fits(code: &str) -> bool {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let subject = code.chars().skip(8).zip(WEIGHTS);
    let sum: u32 = subject.map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight).sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    code.chars().nth(16) == Some(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(code: &str, expected: &str) {
        assert_eq!(check(code).unwrap_err().code(), expected, "{code}");
    }

    #[test]
    fn the_codes_of_the_standard_and_of_each_kind_of_organisation_are_read() {
        for (code, first) in [
            ("91350100M000100Y43", "91"),
            ("91110000600037341L", "91"),
            ("51310000MJ0000000K", "51"),
            ("54310101ME0000001Q", "54"),
            ("55150102MF0000002C", "55"),
            ("53220000MJ7777777M", "53"),
            ("52220100MJB999999D", "52"),
            ("51150000MJ00000030", "51"),
        ] {
            let read = check(code).unwrap_or_else(|fault| panic!("{code}: {fault}"));
            assert_eq!(format!("{}{}", read.managing, read.kind), first);
            assert_eq!(read.code, code);
        }
    }

    #[test]
    fn what_was_typed_between_the_characters_is_dropped() {
        for typed in [
            "51310000mj0000000k",
            "5131-0000-MJ00-0000-0K",
            "５１３１００００ＭＪ０００００００Ｋ ",
        ] {
            assert_eq!(check(typed).unwrap().code, "51310000MJ0000000K");
        }
    }

    #[test]
    fn a_mistyped_character_is_found_by_the_check_character() {
        refused("91110000600037341M", "check-character");
        refused("51310000MJ0000000L", "check-character");
        refused("91350100M000100Y34", "check-character");
    }

    #[test]
    fn letters_left_out_for_looking_like_others_are_found_with_their_place() {
        assert_eq!(check("9111000060003734IL"), Err(UsccFault::Characters { position: 17 }));
        for letter in ["I", "O", "S", "V", "Z", "*", "壹"] {
            refused(&format!("9111000060003734{letter}L"), "characters");
        }
    }

    #[test]
    fn a_wrong_length_and_a_division_with_letters_are_told() {
        refused("", "length");
        refused("91110000600037341", "length");
        refused("91110000600037341LL", "length");
        refused("9111A000600037341L", "division");
    }

    #[test]
    fn the_inner_check_is_reported_and_never_refused() {
        assert!(check("91110000600037341L").unwrap().inner_check_ok);
        // Made to break the inner check only: the outer one is computed over it.
        let broken = CHARACTERS.chars().map(|c| format!("91110000600037342{c}"));
        let read = broken.into_iter().find_map(|code| check(&code).ok()).unwrap();
        assert!(!read.inner_check_ok);
    }
}
