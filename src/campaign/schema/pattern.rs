//! Regular expressions of the schemas, without anchors.
//!
//! Only what ECMA-262, Python, Java and Rust read alike: no `\d` and no `\s`, which some of them take
//! for more than others, and no looking ahead.

/// A year from 0001 to 9999.
const YEAR: &str = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})";

/// A leap year of the Gregorian calendar.
const LEAP_YEAR: &str =
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";

/// A month as `standards::Month` reads it.
pub(crate) fn month() -> String {
    format!("{YEAR}-(?:0[1-9]|1[0-2])")
}

/// A day that the calendar has, as `standards::Day` reads it.
pub(crate) fn day() -> String {
    let long = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
    let short = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
    let february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
    format!("(?:{YEAR}-(?:{long}|{short}|{february})|{LEAP_YEAR}-02-29)")
}

/// The expression for the whole text.
pub(crate) fn whole(pattern: &str) -> String {
    format!("^{pattern}$")
}
