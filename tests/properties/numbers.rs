//! Numbers with a check character, telephone numbers, and figures as people type them.

use nomination_form::standards::{
    Day, decimal, id_document,
    phone::{self, PhoneKind},
    resident_id::{self, convert_15, normalise},
    uscc,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::config;

const PROVINCES: [&str; 31] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
];
const RESIDENT_CHECKS: &str = "0123456789X";
const USCC_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn today() -> Day {
    Day::parse("2023-08-10").unwrap()
}

/// The first 17 digits of a number that is right in all but its check character.
fn seventeen() -> impl Strategy<Value = String> {
    let birth = (1900..=2022, 1_u8..=12, 1_u8..=28);
    (select(&PROVINCES[..]), 0..10_000, birth, 0..1000).prop_map(
        |(province, rest, (y, m, d), order)| {
            format!("{province}{rest:04}{y}{m:02}{d:02}{order:03}")
        },
    )
}

fn is_resident(number: &str) -> bool {
    resident_id::parse(number, today()).is_ok()
}

/// The weighted sum as the standard prints it, and its table.
fn check_of(digits: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    "10X98765432".chars().nth((sum % 11) as usize).unwrap()
}

/// Every text in which one character is another one, or two neighbours have changed places.
fn slips(number: &str, characters: &str) -> Vec<String> {
    let all: Vec<char> = number.chars().collect();
    let mut slips = Vec::new();
    for at in 0..all.len() {
        for c in characters.chars().filter(|c| *c != all[at]) {
            let mut slip = all.clone();
            slip[at] = c;
            slips.push(slip.into_iter().collect());
        }
        if at > 0 && all[at] != all[at - 1] {
            let mut slip = all.clone();
            slip.swap(at, at - 1);
            slips.push(slip.into_iter().collect());
        }
    }
    slips
}

/// What people and input methods do to a number without changing it.
fn disguise(number: &str, marks: &[u8]) -> String {
    let mut text = String::new();
    for (c, mark) in number.chars().zip(marks.iter().cycle()) {
        match mark % 12 {
            0 => text.push(' '),
            1 => text.push('\u{3000}'),
            2 => text.push('\u{200B}'),
            3 => text.push('\u{202D}'),
            4 => text.push('\u{2068}'),
            _ => {}
        }
        let wide = char::from_u32(u32::from(c) + 0xFEE0).unwrap();
        text.push(if mark & 16 == 0 { c } else { wide });
    }
    text
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn one_check_character_fits_a_resident_number(digits in seventeen()) {
        let fitting: Vec<char> =
            RESIDENT_CHECKS.chars().filter(|c| is_resident(&format!("{digits}{c}"))).collect();
        prop_assert_eq!(fitting, [check_of(&digits)]);
    }

    #[test]
    fn every_single_slip_in_a_resident_number_is_caught(digits in seventeen()) {
        let number = format!("{digits}{}", check_of(&digits));
        prop_assert!(is_resident(&number));
        for slip in slips(&number, RESIDENT_CHECKS) {
            prop_assert!(!is_resident(&slip), "{} for {}", slip, number);
        }
    }

    #[test]
    fn a_resident_number_says_birth_sex_and_province(digits in seventeen()) {
        let id = resident_id::parse(&format!("{digits}{}", check_of(&digits)), today()).unwrap();
        prop_assert_eq!(id.birth.to_string().replace('-', ""), &digits[6..14]);
        let male = digits.as_bytes()[16] % 2 == 1;
        prop_assert_eq!(id.sex.code(), if male { "1" } else { "2" });
        prop_assert_eq!(id.province, &digits[..2]);
    }

    #[test]
    fn a_number_is_the_same_however_it_is_typed(digits in seventeen(), marks in vec(any::<u8>(), 1..20)) {
        let number = format!("{digits}{}", check_of(&digits));
        prop_assert_eq!(normalise(&disguise(&number.to_lowercase(), &marks)), number);
    }

    #[test]
    fn the_number_of_a_first_generation_card_is_completed_to_a_right_one(digits in seventeen()) {
        let short = format!("{}{}", &digits[..6], &digits[8..]);
        match convert_15(&short) {
            Ok(number) => {
                prop_assert!(is_resident(&number));
                prop_assert_eq!(&number[6..8], "19");
                prop_assert_eq!(format!("{}{}", &number[..6], &number[8..17]), short.clone());
            }
            Err(fault) => prop_assert!(["centenarian", "date"].contains(&fault.code())),
        }
        prop_assert!(!is_resident(&short));
    }

    #[test]
    fn permits_share_the_check_of_resident_numbers(
        region in select(&["810000", "820000", "830000"][..]), birth in 1950..2020, order in 0..1000,
    ) {
        let digits = format!("{region}{birth}0704{order:03}");
        let kind = if region == "830000" { "台湾居民居住证" } else { "港澳居民居住证" };
        let fitting: Vec<char> = RESIDENT_CHECKS
            .chars()
            .filter(|c| id_document::check(kind, &format!("{digits}{c}"), today()).is_ok())
            .collect();
        prop_assert_eq!(fitting, [check_of(&digits)]);
        let number = format!("{digits}{}", check_of(&digits));
        for slip in slips(&number, RESIDENT_CHECKS) {
            prop_assert!(id_document::check(kind, &slip, today()).is_err(), "{}", slip);
        }
    }

    #[test]
    fn one_check_character_fits_a_credit_code_and_every_slip_is_caught(
        head in "[1-9AY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}",
    ) {
        let right = |code: &str| uscc::check(code).is_ok();
        let fitting: Vec<String> =
            USCC_CHARACTERS.chars().map(|c| format!("{head}{c}")).filter(|code| right(code)).collect();
        prop_assert_eq!(fitting.len(), 1);
        for slip in slips(&fitting[0], USCC_CHARACTERS) {
            prop_assert!(!right(&slip), "{} for {}", slip, fitting[0]);
        }
    }

    #[test]
    fn a_credit_code_is_the_same_however_it_is_typed(
        head in "[1-9AY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}", marks in vec(any::<u8>(), 1..20),
    ) {
        let code =
            USCC_CHARACTERS.chars().map(|c| format!("{head}{c}")).find(|code| uscc::check(code).is_ok()).unwrap();
        prop_assert_eq!(uscc::check(&disguise(&code.to_lowercase(), &marks)).unwrap().code, code);
    }
}

/// A mobile number.
fn mobile() -> impl Strategy<Value = String> {
    "1[3-9][0-9]{9}"
}

/// A landline as area code, subscriber number and extension.
fn landline() -> impl Strategy<Value = (String, String, Option<String>)> {
    let near = ("010|02[0-9]", "[2-9][0-9]{7}");
    let far = ("0[3-9][0-9]{2}", "[2-9][0-9]{6,7}");
    let both = prop_oneof![near, far].prop_filter("400 is a service", |(area, _)| area != "0400");
    (both, prop::option::of("[0-9]{1,6}")).prop_map(|((area, number), ext)| (area, number, ext))
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn a_mobile_number_is_the_same_however_it_is_written(
        number in mobile(), country in select(&["", "+86", "0086", "86", "＋８６ ", "(+86)", "+86-"][..]),
        stroke in select(&["", "-", "—", "－", " ", "\u{2011}"][..]), marks in vec(any::<u8>(), 1..15),
    ) {
        let (a, b, c) = (&number[..3], &number[3..7], &number[7..]);
        let typed = format!("{country}{a}{stroke}{b}{stroke}{c}");
        let read = phone::check(&typed).unwrap();
        prop_assert_eq!((read.number.as_str(), read.kind), (number.as_str(), PhoneKind::Mobile));
        let disguised = phone::check(&disguise(&number, &marks)).unwrap();
        prop_assert_eq!(disguised, read);
    }

    #[test]
    fn a_landline_is_the_same_however_it_is_written((area, number, ext) in landline(), marks in vec(any::<u8>(), 1..15)) {
        let stored = match &ext {
            Some(ext) => format!("{area}-{number}-{ext}"),
            None => format!("{area}-{number}"),
        };
        let behind = |sign: &str| ext.as_ref().map_or(String::new(), |ext| format!("{sign}{ext}"));
        for typed in [
            stored.clone(),
            format!("({area}){number}{}", behind("-")),
            format!("（{area}） {number} {}", behind("转")),
            format!("{area} {number}{}", behind(" 转 ")),
            format!("{area}{number}{}", behind("转")),
            format!("+86 {} {number}{}", &area[1..], behind(" - ")),
            format!("0086-{}-{number}{}", &area[1..], behind("-")),
            disguise(&format!("{area}{number}"), &marks) + &behind("－"),
        ] {
            let read = phone::check(&typed);
            prop_assert_eq!(read.map(|read| (read.number, read.kind)), Ok((stored.clone(), PhoneKind::Landline)), "{}", typed);
        }
    }

    #[test]
    fn a_number_that_is_stored_is_read_as_itself(typed in "[0-9+ ()（）０-９转—－-]{0,20}|(0|86|\\+86)?[0-9-]{7,18}|\\PC{0,16}") {
        let once = phone::normalise(&typed);
        prop_assert_eq!(phone::normalise(&once), once.clone());
        if let Ok(read) = phone::check(&typed) {
            prop_assert_eq!(&read.number, &once);
            prop_assert_eq!(phone::check(&once), Ok(read));
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(typed in "\\PC{0,24}|[0-9ａ-ｚＡ-ＺxXⅩⅹ０-９ \u{3000}\u{FEFF}\u{AD}－—-]{0,24}") {
        let once = normalise(&typed);
        prop_assert_eq!(normalise(&once), once.clone());
        let once = uscc::normalise(&typed);
        prop_assert_eq!(uscc::normalise(&once), once.clone());
        for kind in id_document::kinds() {
            if let Ok(read) = id_document::check(kind, &typed, today()) {
                prop_assert_eq!(id_document::check(kind, &read.number, today()), Ok(read));
            }
        }
    }

    /// No fault and no doubt repeats the number.
    #[test]
    fn no_number_stands_in_a_fault(typed in "[0-9A-Z]{5,20}", kind in select(id_document::kinds())) {
        let said = [
            id_document::check(kind, &typed, today()).err().map(|it| format!("{it:?} {it}")),
            phone::check(&typed).err().map(|it| format!("{it:?} {it}")),
            uscc::check(&typed).err().map(|it| format!("{it:?} {it}")),
        ];
        prop_assert!(!said.iter().flatten().any(|said| said.contains(&typed)), "{:?}", said);
    }

    #[test]
    fn a_figure_is_the_one_that_the_standard_library_reads(text in "[+-]?[0-9]{0,8}\\.?[0-9]{0,7}") {
        prop_assert_eq!(decimal::parse(&text).map(f64::to_bits), text.parse().ok().map(f64::to_bits));
    }

    #[test]
    fn a_long_figure_is_as_near_as_can_be_told(text in "[+-]?[0-9]{1,40}(\\.[0-9]{0,60})?") {
        let (read, exact): (f64, f64) = (decimal::parse(&text).unwrap(), text.parse().unwrap());
        prop_assert!((read - exact).abs() <= exact.abs() * 1e-14, "{} {}", read, exact);
        prop_assert_eq!(read.is_sign_negative(), exact.is_sign_negative());
    }

    #[test]
    fn what_is_no_figure_is_none(text in "[0-9.+e_ ,１-]{0,8}|\\PC{0,6}|inf|nan|NaN|1e5|0x10") {
        let plain = text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
        prop_assert_eq!(decimal::parse(&text).is_some(), plain && text.parse::<f64>().is_ok());
    }
}
