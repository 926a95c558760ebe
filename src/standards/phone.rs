//! Telephone numbers of the mainland: mobile, landline with area code, 400 service numbers.
//!
//! The list of mobile prefixes grows from year to year, so an unknown one is a doubt and not a fault;
//! only what no number can be is refused. One field holds one number.

use super::typed::{half_width, is_blank, is_hyphen};

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Phone {
    /// The number as it is stored and printed: `13800138000`, `0431-81234567`,
    /// `0431-81234567-8012` (with an extension), `400-810-1234`.
    pub number: String,
    /// What kind of number it is.
    pub kind: PhoneKind,
    /// Whether the first digits of a mobile number are known to be in use; true for other kinds.
    pub known_prefix: bool,
}

/// The kinds of telephone numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneKind {
    /// 11 digits beginning with 13 to 19.
    Mobile,
    /// Area code and subscriber number, perhaps with an extension.
    Landline,
    /// `400` and seven digits: for organisations only.
    Service400,
}

/// What is wrong with a telephone number. No variant shows the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhoneFault {
    /// Several numbers in one field.
    #[error("more than one number")]
    Several,
    /// Something that is neither digit nor separator.
    #[error("a character that stands in no telephone number")]
    Characters,
    /// A landline number without its area code.
    #[error("a landline number without area code")]
    NoAreaCode,
    /// An area code that cannot be.
    #[error("the area code does not exist")]
    AreaCode,
    /// The subscriber number behind the area code begins with 0 or 1, or has a wrong length: 8
    /// digits behind 010 and 02x, elsewhere 7 or 8.
    #[error("the number behind the area code has a wrong beginning or length")]
    Subscriber,
    /// 11 digits that begin like no mobile number.
    #[error("no mobile number begins like this")]
    MobilePrefix,
    /// No kind of number has this many digits.
    #[error("the number has {found} digits, expected 11, or an area code and 7 or 8")]
    Length {
        /// Digits found.
        found: usize,
    },
}

impl PhoneFault {
    /// The finding as a stable kebab-case code.
    ///
    /// ```
    /// # use nomination_form::standards::phone;
    /// assert_eq!(phone::check("81234567").unwrap_err().code(), "no-area-code");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::Several => "several",
            Self::Characters => "characters",
            Self::NoAreaCode => "no-area-code",
            Self::AreaCode => "area-code",
            Self::Subscriber => "subscriber",
            Self::MobilePrefix => "mobile-prefix",
            Self::Length { .. } => "length",
        }
    }
}

/// The number as it is stored and printed, if it is one; otherwise what was typed with full width
/// made half width and blanks dropped.
///
/// ```
/// # use nomination_form::standards::phone::normalise;
/// assert_eq!(normalise("+86 138-0013-8000"), "13800138000");
/// assert_eq!(normalise("（0431）81234567转8012"), "0431-81234567-8012");
/// ```
pub fn normalise(number: &str) -> String {
    check(number).map_or_else(|_| tidy(number), |phone| phone.number)
}

/// Reads a telephone number, as typed: with or without the country code 86, separators, brackets;
/// an extension behind the last hyphen or behind 转.
///
/// # Errors
///
/// Several numbers, a character that cannot be, and then what is wrong with the kind of number the
/// first digits announce.
///
/// ```
/// use nomination_form::standards::phone::{self, PhoneKind};
///
/// let phone = phone::check("0431-81234567-8012").unwrap();
/// assert_eq!((phone.number.as_str(), phone.kind), ("0431-81234567-8012", PhoneKind::Landline));
/// assert!(!phone::check("15412345678").unwrap().known_prefix);
/// ```
pub fn check(number: &str) -> Result<Phone, PhoneFault> {
    let tidy = tidy(number);
    if tidy.contains(['、', '；', ';', '，', ',', '/']) {
        return Err(PhoneFault::Several);
    }
    let parts = tidy.split_once('转').or_else(|| tidy.rsplit_once('-'));
    let extended = parts.and_then(|(number, extension)| with_extension(number, extension));
    extended.map_or_else(|| without_extension(&tidy), Ok)
}

/// Reads a tidy number; every hyphen and bracket only groups.
fn without_extension(tidy: &str) -> Result<Phone, PhoneFault> {
    let digits: String = tidy.chars().filter(|c| !matches!(c, '-' | '(' | ')')).collect();
    let bare = without_country(&digits);
    if bare.is_empty() || !bare.chars().all(|c| c.is_ascii_digit()) {
        return Err(if bare.is_empty() {
            PhoneFault::Length { found: 0 }
        } else {
            PhoneFault::Characters
        });
    }
    match bare.as_bytes() {
        [b'0', ..] => landline(&bare),
        [b'1', ..] => mobile(&bare),
        [b'4', b'0', b'0', ..] if bare.len() == 10 => Ok(service(&bare)),
        [b'2'..=b'9', ..] if matches!(bare.len(), 7 | 8) => Err(PhoneFault::NoAreaCode),
        _ => Err(PhoneFault::Length { found: bare.len() }),
    }
}

/// Half width, without blanks, every stroke a plain hyphen.
fn tidy(number: &str) -> String {
    let seen = number.chars().filter(|&c| !is_blank(c));
    seen.map(|c| if is_hyphen(c) { '-' } else { half_width(c) }).collect()
}

/// A landline with an extension of one to six digits. The landline has to be whole without it, else
/// the last hyphen only groups the digits.
fn with_extension(number: &str, extension: &str) -> Option<Phone> {
    let plain = (1..=6).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_digit());
    let mut phone = without_extension(number).ok()?;
    (plain && phone.kind == PhoneKind::Landline).then(|| {
        phone.number.push('-');
        phone.number.push_str(extension);
        phone
    })
}

/// The digits as they are dialled within the country.
fn without_country(digits: &str) -> String {
    let abroad = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086"));
    let at_home = digits.strip_prefix("86").filter(|it| it.len() == 11 || it.starts_with('0'));
    match (abroad, at_home) {
        // Written for callers from abroad, an area code has no 0: +86 431 8123 4567.
        (Some(rest), _) if is_area_without_0(rest) => format!("0{rest}"),
        (Some(rest), _) | (None, Some(rest)) => rest.to_owned(),
        (None, None) => digits.to_owned(),
    }
}

fn is_area_without_0(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'1', b'0', ..] => digits.len() == 10,
        [b'4', b'0', b'0', ..] => false,
        [b'2'..=b'9', ..] => digits.len() >= 10,
        _ => false,
    }
}

fn mobile(digits: &str) -> Result<Phone, PhoneFault> {
    let prefix: u32 = digits.get(..3).and_then(|it| it.parse().ok()).unwrap_or(0);
    if digits.len() != 11 {
        return Err(PhoneFault::Length { found: digits.len() });
    }
    if !(130..=199).contains(&prefix) {
        return Err(PhoneFault::MobilePrefix);
    }
    // 1619 is the satellite service, the rest of 161 is not in use.
    let known_prefix = in_use(prefix) || digits.starts_with("1619");
    Ok(Phone { number: digits.to_owned(), kind: PhoneKind::Mobile, known_prefix })
}

/// The mobile prefixes in use by the list of the ministry (工信部) at the end of March 2023.
fn in_use(prefix: u32) -> bool {
    matches!(prefix,
        130..=139 | 145..=153 | 155..=159 | 162 | 165..=167 | 170..=178 | 180..=193 | 195..=199)
}

fn landline(digits: &str) -> Result<Phone, PhoneFault> {
    let (area_length, lengths) = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => (3, 8..=8),
        [b'0', b'3'..=b'9', ..] => (4, 7..=8),
        _ => return Err(PhoneFault::AreaCode),
    };
    let (area, subscriber) = digits.split_at_checked(area_length).ok_or(PhoneFault::Subscriber)?;
    if !lengths.contains(&subscriber.len()) || subscriber.starts_with(['0', '1']) {
        return Err(PhoneFault::Subscriber);
    }
    let number = format!("{area}-{subscriber}");
    Ok(Phone { number, kind: PhoneKind::Landline, known_prefix: true })
}

fn service(digits: &str) -> Phone {
    let (first, rest) = digits.split_at_checked(3).unwrap_or((digits, ""));
    let (second, third) = rest.split_at_checked(3).unwrap_or((rest, ""));
    let number = format!("{first}-{second}-{third}");
    Phone { number, kind: PhoneKind::Service400, known_prefix: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_all(typed: &[&str], expected: &str) {
        for number in typed {
            let found = match check(number) {
                Ok(it) if it.known_prefix => format!("{} {:?}", it.number, it.kind),
                Ok(it) => format!("{} {:?} of unknown prefix", it.number, it.kind),
                Err(fault) => fault.code().to_owned(),
            };
            assert_eq!(found, expected, "{number}");
        }
    }

    #[test]
    fn a_mobile_number_is_the_same_however_it_is_grouped() {
        check_all(
            &[
                "13800138000",
                "138 0013 8000",
                "138-0013-8000",
                "+86 13800138000",
                "１３８００１３８０００",
            ],
            "13800138000 Mobile",
        );
        check_all(
            &["008613800138000", "86-138-0013-8000", "(+86)13800138000"],
            "13800138000 Mobile",
        );
        check_all(
            &["138—0013—8000", "138－0013－8000", "138\u{200B}00138000"],
            "13800138000 Mobile",
        );
        check_all(&["19912345678"], "19912345678 Mobile");
        check_all(&["16191234567"], "16191234567 Mobile");
    }

    #[test]
    fn an_unknown_mobile_prefix_is_a_doubt_only() {
        check_all(&["15412345678"], "15412345678 Mobile of unknown prefix");
        let unknown: Vec<_> = (130..=199).filter(|prefix| !in_use(*prefix)).collect();
        let expected = [140, 141, 142, 143, 144, 154, 160, 161, 163, 164, 168, 169, 179, 194];
        assert_eq!(unknown, expected);
    }

    #[test]
    fn what_no_mobile_number_can_be_is_refused() {
        check_all(&["12345678901"], "mobile-prefix");
        check_all(&["1380013800", "138001380000", "1"], "length");
    }

    #[test]
    fn a_landline_is_read_with_its_area_code() {
        check_all(
            &["021-61234567", "02161234567", "(021)6123 4567", "+86 21 6123 4567"],
            "021-61234567 Landline",
        );
        check_all(&["0471-6543210", "04716543210", "0471-654-3210"], "0471-6543210 Landline");
        check_all(
            &["0431-81234567", "0086-431-8123-4567", "86043181234567"],
            "0431-81234567 Landline",
        );
        check_all(&["010-61234567", "010-6123-4567", "+86 (10) 61234567"], "010-61234567 Landline");
    }

    #[test]
    fn an_extension_stands_behind_a_hyphen_or_a_word() {
        check_all(
            &["0431-81234567-8012", "0431-81234567转8012", "（0431）81234567 转 8012"],
            "0431-81234567-8012 Landline",
        );
        check_all(&["0471-6543210-1"], "0471-6543210-1 Landline");
        check_all(&["13800138000转1"], "characters");
        check_all(&["0431-81234567-8012-1"], "subscriber");
        check_all(&["0431-81234567-1234567"], "subscriber");
    }

    #[test]
    fn a_subscriber_number_begins_with_neither_0_nor_1_and_has_its_length() {
        check_all(&["021-12345678", "0431-01234567", "010-6123456", "0431-612345"], "subscriber");
        check_all(&["00123456789", "0"], "area-code");
    }

    #[test]
    fn a_landline_without_area_code_is_asked_for_it() {
        check_all(&["81234567", "6123-4567", "6543210"], "no-area-code");
    }

    #[test]
    fn a_service_number_is_a_kind_of_its_own() {
        check_all(&["400-810-1234", "4008101234"], "400-810-1234 Service400");
    }

    #[test]
    fn one_field_takes_one_number() {
        check_all(
            &["13800138000、13900139000", "13800138000;13900139000", "021-61234567/8"],
            "several",
        );
        check_all(&["138O0138000", "电话13800138000"], "characters");
        check_all(&["", "  ", "--"], "length");
    }

    #[test]
    fn a_stored_number_is_read_as_itself() {
        for number in ["13800138000", "0431-81234567-8012", "0471-6543210", "400-810-1234"] {
            assert_eq!(normalise(number), number);
        }
        assert_eq!(normalise(" ８１２３ 4567"), "81234567");
    }

    #[test]
    fn a_number_of_any_length_is_read_once() {
        let number = "0431-".repeat(2000);
        assert!(check(&number).is_err());
    }
}
