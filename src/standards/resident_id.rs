//! Resident identity numbers, GB 11643-1999: `RRRRRR YYYYMMDD SSS C`.
//!
//! What is checked is what the standard fixes and time does not change. Of the region only the
//! province counts: counties are renamed and abolished every year, and a number keeps the county of
//! its first registration for life, so an unknown county must not turn anybody away.

use std::fmt;

use super::Day;
use super::codes;
pub use super::id_fault::IdFault;
use super::typed::{compact, first_refused};

/// What a resident identity number says about its holder.
///
/// `Debug` shows the number masked, so it can stand in a log.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResidentId {
    /// The number as it is stored: 18 characters, no blanks, a capital X.
    pub number: String,
    /// Day of birth, digits 7 to 14.
    pub birth: Day,
    /// Sex, by the parity of digit 17.
    pub sex: Sex,
    /// The province of first registration, the first two digits of GB/T 2260.
    pub province: &'static str,
}

/// Sex as an identity number records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// The code of GB/T 2261.1, `"1"` or `"2"`.
    ///
    /// ```
    /// # use nomination_form::standards::resident_id::Sex;
    /// assert_eq!(Sex::Female.code(), "2");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", mask(&self.number))
    }
}

/// The number as it is stored: full width to half width, blanks and hyphens dropped, `x` and the
/// Roman numeral `Ⅹ` as a capital X. A `*` stays, for [`parse`] to refuse.
///
/// ```
/// # use nomination_form::standards::resident_id::normalise;
/// assert_eq!(normalise("３１００００ 19700101-0011"), "310000197001010011");
/// ```
pub fn normalise(number: &str) -> String {
    compact(number)
}

/// The number as it may be shown or printed in a message: first six and last four characters, the
/// rest `*`. Numbers too short for that (under 15) keep one character in front and two behind.
///
/// ```
/// # use nomination_form::standards::resident_id::mask;
/// assert_eq!(mask("310000197001010011"), "310000********0011");
/// assert_eq!(mask("H12345678"), "H******78");
/// ```
pub fn mask(number: &str) -> String {
    let length = number.chars().count();
    let (front, back) = match length {
        15.. => (6, 4),
        6.. => (1, 2),
        _ => (0, 0),
    };
    let shown = |index: usize| index < front || index + back >= length;
    number.chars().enumerate().map(|(index, c)| if shown(index) { c } else { '*' }).collect()
}

/// Reads the number of a 居民身份证 (or 临时居民身份证), as typed; see [`normalise`].
///
/// # Errors
///
/// One finding, the one that tells the person most: masked; a character that is no digit; the
/// length (15 digits being a finding of their own); the region, with the residence permit it
/// belongs to; a day of birth that does not exist, lies before 1900 or after `today`; and last the
/// check character, which says that something was mistyped but not what.
///
/// ```
/// use nomination_form::standards::resident_id::{self, Sex};
/// use nomination_form::standards::Day;
///
/// let today = Day::parse("2023-08-10").unwrap();
/// let id = resident_id::parse("11010519491231002x", today).unwrap();
/// assert_eq!(id.number, "11010519491231002X");
/// assert_eq!(id.birth.to_string(), "1949-12-31");
/// assert_eq!((id.sex, id.province), (Sex::Female, "11"));
/// ```
pub fn parse(number: &str, today: Day) -> Result<ResidentId, IdFault> {
    let number = normalise(number);
    let places = places(&number)?;
    let province = province(&number).ok_or_else(|| wrong_region(&number))?;
    let birth = birth(&places, today)?;
    check_character(&places)?;
    Ok(ResidentId { number, birth, sex: sex(&places), province })
}

/// The 18 characters a first-generation number of 15 digits turns into: `19` before the year, the
/// check character behind. Such numbers are not accepted; the result is for the person to confirm.
///
/// # Errors
///
/// [`IdFault::Length`] and [`IdFault::Characters`] for anything but 15 digits, [`IdFault::Region`]
/// and [`IdFault::Date`] as in [`parse`], [`IdFault::Centenarian`] for the orders 996 to 999, whose
/// holders were born before 1900.
///
/// ```
/// # use nomination_form::standards::resident_id::convert_15;
/// assert_eq!(convert_15("110105491231002").unwrap(), "11010519491231002X");
/// assert_eq!(convert_15("150102850615999").unwrap_err().code(), "centenarian");
/// ```
pub fn convert_15(number: &str) -> Result<String, IdFault> {
    let number = normalise(number);
    if number.chars().count() != 15 {
        return Err(IdFault::Length { found: number.chars().count(), expected: "15" });
    }
    if let Some(position) = first_refused(&number, |c| c.is_ascii_digit()) {
        return Err(IdFault::Characters { position });
    }
    let (region, rest) = number.split_at(6);
    let digits17 = format!("{region}19{rest}");
    let mut places = [0; 18];
    places.iter_mut().zip(digits17.bytes()).for_each(|(place, byte)| *place = byte - b'0');
    province(&number).ok_or(IdFault::Region { switch_to: None })?;
    written_day(&places).ok_or(IdFault::Date)?;
    if matches!(number.get(12..), Some("996" | "997" | "998" | "999")) {
        return Err(IdFault::Centenarian);
    }
    Ok(format!("{digits17}{}", check_of(&places)))
}

/// The province a number begins with, if residents of it hold a 居民身份证.
///
/// GB/T 2260 gives Taiwan, Hong Kong and Macao the prefixes 71, 81 and 82 as well, but no resident
/// identity card is issued there.
pub(super) fn province(number: &str) -> Option<&'static str> {
    let prefix = number.get(..2)?;
    codes::table("province")?.iter().map(|it| it.code).find(|code| *code == prefix)
}

/// The residence permit whose numbers begin like `number`.
pub(super) fn permit_of(number: &str) -> Option<&'static str> {
    match number.get(..2)? {
        "81" | "82" => Some("港澳居民居住证"),
        "83" => Some("台湾居民居住证"),
        _ => None,
    }
}

fn wrong_region(number: &str) -> IdFault {
    // A leading 9 marks the numbers of foreign permanent residents since 2023-12-01.
    let foreign = number.starts_with('9').then_some("外国人永久居留身份证");
    permit_of(number).map_or(IdFault::Region { switch_to: foreign }, |switch_to| {
        IdFault::OtherKind { switch_to }
    })
}

/// The values of the 18 places of a normalised number, X being 10.
pub(super) fn places(number: &str) -> Result<[u8; 18], IdFault> {
    if number.contains('*') {
        return Err(IdFault::Masked);
    }
    if let Some(position) = first_refused(number, |c| c.is_ascii_digit() || c == 'X') {
        return Err(IdFault::Characters { position });
    }
    let Ok(bytes) = <[u8; 18]>::try_from(number.as_bytes()) else {
        return Err(wrong_length(number));
    };
    match number.find('X') {
        Some(index) if index < 17 => Err(IdFault::Characters { position: index + 1 }),
        _ => Ok(bytes.map(|byte| if byte == b'X' { 10 } else { byte - b'0' })),
    }
}

fn wrong_length(number: &str) -> IdFault {
    if number.len() == 15 && !number.contains('X') {
        IdFault::FirstGeneration { offer: convert_15(number).ok() }
    } else {
        IdFault::Length { found: number.len(), expected: "18" }
    }
}

/// The day of birth in places 7 to 14, from 1900 to `today`.
pub(super) fn birth(places: &[u8; 18], today: Day) -> Result<Day, IdFault> {
    let birth = written_day(places).ok_or(IdFault::Date)?;
    if birth.year() < 1900 {
        Err(IdFault::Before1900)
    } else if birth > today {
        Err(IdFault::Future)
    } else {
        Ok(birth)
    }
}

fn written_day(places: &[u8; 18]) -> Option<Day> {
    let [_, _, _, _, _, _, y1, y2, y3, y4, m1, m2, d1, d2, ..] = places.map(u32::from);
    Day::from_parts(y1 * 1000 + y2 * 100 + y3 * 10 + y4, m1 * 10 + m2, d1 * 10 + d2)
}

/// The sex by place 17: odd is male.
pub(super) fn sex(places: &[u8; 18]) -> Sex {
    let [.., order, _] = places;
    if order % 2 == 1 { Sex::Male } else { Sex::Female }
}

/// Compares the last place with the check character of the others.
pub(super) fn check_character(places: &[u8; 18]) -> Result<(), IdFault> {
    let [.., last] = places;
    (check_value(places) == *last).then_some(()).ok_or(IdFault::CheckCharacter)
}

fn check_of(places: &[u8; 18]) -> char {
    char::from_digit(check_value(places).into(), 10).unwrap_or('X')
}

/// ISO 7064 MOD 11-2 over the first 17 places, 0 to 10.
fn check_value(places: &[u8; 18]) -> u8 {
    let sum = places.iter().take(17).fold(0, |sum, digit| (sum + digit) * 2 % 11);
    (12 - sum) % 11
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::parse("2023-08-10").unwrap()
    }

    /// The one place that calls `parse`: birth, sex and province, or the code of the finding.
    #[track_caller]
    fn check(number: &str, expected: &str) {
        let found = match parse(number, today()) {
            Ok(id) => format!("{} {:?} {}", id.birth, id.sex, id.province),
            Err(fault) => fault.code().to_owned(),
        };
        assert_eq!(found, expected, "{number}");
    }

    #[test]
    fn the_examples_of_the_standard_and_our_own_are_read() {
        check("11010519491231002X", "1949-12-31 Female 11");
        check("310101199202299983", "1992-02-29 Female 31");
        check("15010219850615999X", "1985-06-15 Male 15");
        check("220104197811039982", "1978-11-03 Female 22");
        check("310000197001010011", "1970-01-01 Male 31");
        check("150000198512310029", "1985-12-31 Female 15");
        check("220000199202290037", "1992-02-29 Male 22");
    }

    #[test]
    fn what_an_input_method_does_to_a_number_is_undone() {
        for number in
            ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231-002Ⅹ"]
        {
            assert_eq!(parse(number, today()).unwrap().number, "11010519491231002X");
        }
    }

    #[test]
    fn a_mistyped_digit_or_two_swapped_ones_are_found_by_the_check_character() {
        check("110105194912310021", "check-character");
        check("110150194912310020", "check-character");
    }

    #[test]
    fn a_date_that_cannot_be_is_named_although_the_check_character_fits() {
        check("310101199002299997", "date");
        check("310101199013019997", "date");
        check("310101209901019991", "future");
        check("440524188001010014", "before-1900");
    }

    #[test]
    fn a_region_that_cannot_be_is_named_although_the_check_character_fits() {
        check("000101199001019997", "region");
        check("91000019900101999X", "region");
        check("710000199001019997", "region");
        let fault = parse("91000019900101999X", today()).unwrap_err();
        assert_eq!(fault.switch_to(), Some("外国人永久居留身份证"));
    }

    #[test]
    fn the_number_of_a_residence_permit_says_which_kind_to_switch_to() {
        for (number, kind) in [
            ("810000198707049981", "港澳居民居住证"),
            ("820000199001019998", "港澳居民居住证"),
            ("830000198008089988", "台湾居民居住证"),
        ] {
            check(number, "other-kind");
            assert_eq!(parse(number, today()).unwrap_err().switch_to(), Some(kind));
        }
    }

    #[test]
    fn a_wrong_length_is_found_before_anything_it_would_distort() {
        check("1101051949123100", "length");
        check("11010519491231002XX", "length");
        check("", "length");
    }

    #[test]
    fn a_character_that_cannot_be_is_found_with_its_place() {
        check("310000********0011", "masked");
        check("310000＊＊＊＊＊＊＊＊0011", "masked");
        check("H12345678", "characters");
        check("1101051949123X0021", "characters");
        let fault = parse("11O105194912310021", today()).unwrap_err();
        assert_eq!(fault, IdFault::Characters { position: 3 });
    }

    #[test]
    fn fifteen_digits_are_refused_with_an_offer_where_it_is_certain() {
        let offer = |number| match parse(number, today()) {
            Err(IdFault::FirstGeneration { offer }) => offer,
            other => panic!("{other:?}"),
        };
        assert_eq!(offer("110105491231002").as_deref(), Some("11010519491231002X"));
        for number in ["150102850615999", "310101900229999", "310101101001998", "000101491231002"] {
            assert_eq!(offer(number), None);
        }
    }

    #[test]
    fn a_conversion_that_is_not_offered_says_why() {
        let code = |number| convert_15(number).unwrap_err().code();
        assert_eq!(code("150102850615999"), "centenarian");
        assert_eq!(code("310101101001998"), "centenarian");
        assert_eq!(code("310101900229999"), "date");
        assert_eq!(code("000101900228001"), "region");
        assert_eq!(code("31010190022800X"), "characters");
        assert_eq!(code("310101900228"), "length");
    }

    #[test]
    fn the_weighted_sum_of_the_standard_gives_the_same_check_character() {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        for seed in 0..2000_u64 {
            let digits = (seed * 48_271 % 2_147_483_647) * 1_000_000_007 % 99_999_999_999_999_977;
            let number = format!("{digits:017}0");
            let places = places(&number).unwrap();
            let sum: usize = places.iter().zip(weights).map(|(d, w)| usize::from(*d) * w).sum();
            assert_eq!(check_of(&places), "10X98765432".chars().nth(sum % 11).unwrap());
        }
    }

    #[test]
    fn neither_a_fault_nor_a_debug_print_shows_the_number() {
        let id = parse("11010519491231002X", today()).unwrap();
        assert_eq!(format!("{id:?}"), "ResidentId(110105********002X)");
        let fault = parse("110105491231002", today()).unwrap_err();
        assert!(!format!("{fault:?} {fault}").contains("1105"), "{fault:?}");
    }
}
