//! The other documents a person may be named by, each by its Chinese name.
//!
//! Several of these numbers have no published check; for them the form looks at length and
//! characters, and says with a doubt (a warning, never an error) what it could not verify.

use std::fmt;

use super::Day;
use super::resident_id::{self, IdFault, Sex, mask};
use super::typed::compact;

/// What the number of an identity document says about its holder.
///
/// `Debug` shows the number masked, so it can stand in a log.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdDocument {
    /// The number as it is stored.
    pub number: String,
    /// Day of birth, where the number holds it in a published place.
    pub birth: Option<Day>,
    /// Sex, where the number holds it in a published place.
    pub sex: Option<Sex>,
    /// What is worth a warning, as kebab-case codes:
    ///
    /// - `unusual-age`: under 16 or over 100 years old today;
    /// - `expired-form`: of a form whose last documents have run out;
    /// - `unverified-region`, `unverified-nationality`: a part of a foreigner's number that looks
    ///   wrong, where the published description is too thin to be sure.
    pub doubts: Vec<&'static str>,
}

impl fmt::Debug for IdDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdDocument({}, {:?})", mask(&self.number), self.doubts)
    }
}

const RESIDENT: &str = "居民身份证";
const TEMPORARY: &str = "临时居民身份证";
const HONG_KONG_MACAO_PERMIT: &str = "港澳居民居住证";
const TAIWAN_PERMIT: &str = "台湾居民居住证";
const FOREIGN_PERMIT: &str = "外国人永久居留身份证";
const HONG_KONG_MACAO_PASS: &str = "港澳居民来往内地通行证";
const TAIWAN_PASS: &str = "台湾居民来往大陆通行证";
const PASSPORT: &str = "中国普通护照";
const FOREIGN_PASSPORT: &str = "外国护照";

/// The kinds of document [`check`] knows, by name, in the order a list of choices shows them.
///
/// ```
/// # use nomination_form::standards::id_document::kinds;
/// assert_eq!(kinds().first(), Some(&"居民身份证"));
/// ```
pub fn kinds() -> &'static [&'static str] {
    &[
        RESIDENT,
        TEMPORARY,
        HONG_KONG_MACAO_PERMIT,
        TAIWAN_PERMIT,
        FOREIGN_PERMIT,
        HONG_KONG_MACAO_PASS,
        TAIWAN_PASS,
        PASSPORT,
        FOREIGN_PASSPORT,
    ]
}

/// Reads the number of a document of the kind `kind`, as typed.
///
/// # Errors
///
/// [`IdFault::UnknownKind`] for a name not in [`kinds`]; otherwise the first finding in the order of
/// [`resident_id::parse`], whose rules the residence permits share.
///
/// ```
/// use nomination_form::standards::{Day, id_document};
///
/// let today = Day::parse("2023-08-10").unwrap();
/// let pass = id_document::check("港澳居民来往内地通行证", "H1234567801", today).unwrap();
/// assert_eq!(pass.number, "H12345678", "the issue count is no part of the number");
/// ```
pub fn check(kind: &str, number: &str, today: Day) -> Result<IdDocument, IdFault> {
    match kind {
        RESIDENT | TEMPORARY => resident(number, today),
        HONG_KONG_MACAO_PERMIT => permit(kind, number, &["810000", "820000"], today),
        TAIWAN_PERMIT => permit(kind, number, &["830000"], today),
        FOREIGN_PERMIT => foreign_permit(number, today),
        HONG_KONG_MACAO_PASS => hong_kong_macao_pass(number),
        TAIWAN_PASS => taiwan_pass(number),
        PASSPORT => passport(number),
        FOREIGN_PASSPORT => foreign_passport(number),
        _ => Err(IdFault::UnknownKind),
    }
}

fn resident(number: &str, today: Day) -> Result<IdDocument, IdFault> {
    let id = resident_id::parse(number, today)?;
    Ok(person(id.number, id.birth, Some(id.sex), today))
}

/// A residence permit: a resident number with a region of its own, which is whole provinces only.
fn permit(kind: &str, number: &str, regions: &[&str], today: Day) -> Result<IdDocument, IdFault> {
    let number = compact(number);
    let places = places_of_18(&number)?;
    if !regions.iter().any(|region| number.starts_with(region)) {
        return Err(wrong_region(kind, &number));
    }
    let birth = resident_id::birth(&places, today)?;
    resident_id::check_character(&places)?;
    Ok(person(number, birth, Some(resident_id::sex(&places)), today))
}

/// The places of a number that has never had a form of 15 digits.
fn places_of_18(number: &str) -> Result<[u8; 18], IdFault> {
    resident_id::places(number).map_err(|fault| match fault {
        IdFault::FirstGeneration { .. } => IdFault::Length { found: 15, expected: "18" },
        fault => fault,
    })
}

fn wrong_region(kind: &str, number: &str) -> IdFault {
    let resident = resident_id::province(number).map(|_| RESIDENT);
    let foreign = number.starts_with('9').then_some(FOREIGN_PERMIT);
    match resident.or(resident_id::permit_of(number)).or(foreign) {
        Some(switch_to) if switch_to != kind => IdFault::OtherKind { switch_to },
        _ => IdFault::Region { switch_to: None },
    }
}

/// The permanent residence permit, in the form of 2023 (18 places, leading 9) or the older one
/// (nationality as three letters and 12 digits), which is good until it runs out.
fn foreign_permit(number: &str, today: Day) -> Result<IdDocument, IdFault> {
    let number = compact(number);
    if number.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return foreign_permit_of_2004(number);
    }
    let places = places_of_18(&number).map_err(|fault| match fault {
        IdFault::Length { found, .. } => IdFault::Length { found, expected: "15/18" },
        fault => fault,
    })?;
    if !number.starts_with('9') {
        return Err(wrong_region(FOREIGN_PERMIT, &number));
    }
    let nationality = number.get(3..6).unwrap_or_default();
    if nationality == CHINA_NUMERIC {
        return Err(IdFault::Nationality);
    }
    let birth = resident_id::birth(&places, today)?;
    resident_id::check_character(&places)?;
    let province = number.get(1..).and_then(resident_id::province);
    // The parity of the order is said to follow the sex as in resident numbers. As long as no
    // published text confirms it, nobody's sex is contradicted with it.
    let mut document = person(number.clone(), birth, None, today);
    document.doubts.extend(province.is_none().then_some("unverified-region"));
    let plausible = ("004"..="894").contains(&nationality);
    document.doubts.extend((!plausible).then_some("unverified-nationality"));
    Ok(document)
}

/// China in ISO 3166-1: no nationality of a foreigner.
const CHINA_NUMERIC: &str = "156";
const CHINA_ALPHA: &str = "CHN";

fn foreign_permit_of_2004(number: String) -> Result<IdDocument, IdFault> {
    one_of(&number, &["AAA999999999999"], "15/18")?;
    if number.starts_with(CHINA_ALPHA) {
        return Err(IdFault::Nationality);
    }
    Ok(bare(number))
}

/// The mainland travel permit of Hong Kong and Macao residents. Older print adds the issue count as
/// two digits, which is no part of the number.
fn hong_kong_macao_pass(number: &str) -> Result<IdDocument, IdFault> {
    let mut number = compact(number);
    one_of(&number, &["H99999999", "M99999999", "H9999999999", "M9999999999"], "9/11")?;
    number.truncate(9);
    Ok(bare(number))
}

/// The mainland travel permit of Taiwan residents: a card of 8 digits. The booklet before it had
/// ten; either may carry an issue count in brackets.
fn taiwan_pass(number: &str) -> Result<IdDocument, IdFault> {
    let mut number = compact(number);
    if let Some(bracket) = number.find('(').filter(|_| number.ends_with(')')) {
        number.truncate(bracket);
    }
    one_of(&number, &["99999999", "9999999999"], "8")?;
    let booklet = number.len() == 10;
    Ok(doubted(bare(number), booklet, "expired-form"))
}

/// The ordinary passport: `E` and 8 digits, since April 2017 `E`, a letter and 7 digits; with `G`
/// the form before, whose last passports ran out by 2022.
fn passport(number: &str) -> Result<IdDocument, IdFault> {
    let number = compact(number);
    one_of(&number, &["E99999999", "EB9999999", "G99999999"], "9")?;
    let expired = number.starts_with('G');
    Ok(doubted(bare(number), expired, "expired-form"))
}

/// Any passport of another state: ICAO 9303 keeps nine places, and that is all there is to check.
fn foreign_passport(number: &str) -> Result<IdDocument, IdFault> {
    let number = compact(number);
    one_of(&number, &["*****", "******", "*******", "********", "*********"], "5-9")?;
    Ok(bare(number))
}

/// Whether `number` follows one of `patterns`: `9` a digit, `A` a letter, `B` a letter but I and O,
/// `*` either, anything else itself. The lengths the patterns have are named in `expected`.
fn one_of(number: &str, patterns: &[&str], expected: &'static str) -> Result<(), IdFault> {
    if number.contains('*') {
        return Err(IdFault::Masked);
    }
    let found = number.chars().count();
    // The pattern that goes furthest is the one that was meant.
    let faults = patterns.iter().filter(|it| it.len() == found).map(|it| first_misfit(number, it));
    match faults.map(|it| it.map_or(usize::MAX, |position| position)).max() {
        Some(usize::MAX) => Ok(()),
        Some(position) => Err(IdFault::Characters { position }),
        None => Err(IdFault::Length { found, expected }),
    }
}

fn first_misfit(number: &str, pattern: &str) -> Option<usize> {
    let fits = |c: char, place: char| match place {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        'B' => c.is_ascii_uppercase() && c != 'I' && c != 'O',
        '*' => c.is_ascii_alphanumeric(),
        _ => c == place,
    };
    let misfit = number.chars().zip(pattern.chars()).position(|(c, place)| !fits(c, place));
    misfit.map(|index| index + 1)
}

fn bare(number: String) -> IdDocument {
    IdDocument { number, birth: None, sex: None, doubts: Vec::new() }
}

fn person(number: String, birth: Day, sex: Option<Sex>, today: Day) -> IdDocument {
    let unusual = !(16..=100).contains(&age(birth, today));
    doubted(IdDocument { birth: Some(birth), sex, ..bare(number) }, unusual, "unusual-age")
}

fn doubted(mut document: IdDocument, doubt: bool, code: &'static str) -> IdDocument {
    document.doubts.extend(doubt.then_some(code));
    document
}

/// Full years from `birth` to `today`. Somebody born on 29 February is a year older on 1 March.
///
/// ```
/// use nomination_form::standards::{Day, id_document::age};
///
/// let day = |text| Day::parse(text).unwrap();
/// assert_eq!(age(day("1992-02-29"), day("2022-02-28")), 29);
/// assert_eq!(age(day("1992-02-29"), day("2022-03-01")), 30);
/// ```
pub fn age(birth: Day, today: Day) -> i32 {
    let of_year = |day: Day| (day.month().month(), day.day_of_month());
    today.year() - birth.year() - i32::from(of_year(today) < of_year(birth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        kind: String,
        number: String,
        finds: String,
    }

    fn today() -> Day {
        Day::parse("2023-08-10").unwrap()
    }

    /// Number, birth, sex and doubts in one line, or the code of the finding and the kind it names.
    fn finding(kind: &str, number: &str) -> String {
        match check(kind, number, today()) {
            Ok(it) => {
                let birth = it.birth.map_or("-".to_owned(), |day| day.to_string());
                let sex = it.sex.map_or("-", Sex::code);
                format!("{} {birth} {sex} {}", it.number, it.doubts.join(" ")).trim_end().to_owned()
            }
            Err(fault) => {
                let switch_to = fault.switch_to().unwrap_or_default();
                format!("{} {switch_to}", fault.code()).trim_end().to_owned()
            }
        }
    }

    #[test]
    fn each_kind_of_document_finds_what_its_number_says() {
        let cases = include_str!("../../tests/fixtures/standards/id-documents.json");
        for Case { kind, number, finds } in serde_json::from_str::<Vec<Case>>(cases).unwrap() {
            assert_eq!(finding(&kind, &number), finds, "{kind} {number}");
        }
    }

    #[test]
    fn every_kind_that_is_offered_is_known() {
        for kind in kinds() {
            assert_ne!(check(kind, "", today()), Err(IdFault::UnknownKind), "{kind}");
        }
    }

    #[test]
    fn an_unusual_age_is_a_doubt_and_no_fault() {
        // Born 2010 and 1920, with computed check characters.
        for birth in ["20100101", "19200101"] {
            let number = ('0'..='9')
                .chain(['X'])
                .map(|check| format!("310000{birth}001{check}"))
                .find(|number| resident_id::parse(number, today()).is_ok())
                .unwrap();
            assert_eq!(check(RESIDENT, &number, today()).unwrap().doubts, ["unusual-age"]);
        }
    }

    #[test]
    fn parts_of_a_foreign_number_nobody_published_are_doubted_only() {
        let places = |head: &str| {
            ('0'..='9')
                .chain(['X'])
                .map(|check_character| finding(FOREIGN_PERMIT, &format!("{head}{check_character}")))
                .find(|found| !found.starts_with("check"))
                .unwrap()
        };
        assert!(places("99984019900101999").ends_with(" - unverified-region"));
        assert!(places("93100019900101999").ends_with(" - unverified-nationality"));
    }

    #[test]
    fn a_debug_print_shows_the_number_masked() {
        let document = check(PASSPORT, "G12345678", today()).unwrap();
        assert_eq!(format!("{document:?}"), r#"IdDocument(G******78, ["expired-form"])"#);
    }
}
