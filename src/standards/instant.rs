//! A moment in time, as the host's clock gives it: `2022-08-20T18:00:00+08:00`.
//!
//! Whole seconds are enough to decide on which side of a deadline something arrived, so a fraction is
//! read and dropped. Dropping can only move a moment earlier within its own second.

use std::fmt;

use super::text_serde::{digits, text_serde};
use super::{DateFault, Day};

/// A moment, in whole seconds of UTC since 1970.
///
/// Read from RFC 3339 with any offset, written in UTC.
///
/// ```
/// use nomination_form::standards::Instant;
///
/// let now = Instant::parse("2022-08-20T18:00:00.25+08:00")?;
/// assert_eq!(now.to_string(), "2022-08-20T10:00:00Z");
/// assert_eq!(now.day_at(480).to_string(), "2022-08-20");
/// # Ok::<(), nomination_form::standards::DateFault>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The moment `seconds` after 1970-01-01T00:00:00Z.
    ///
    /// ```
    /// # use nomination_form::standards::Instant;
    /// assert_eq!(Instant::from_utc_seconds(86_400).to_string(), "1970-01-02T00:00:00Z");
    /// ```
    pub fn from_utc_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    ///
    /// ```
    /// # use nomination_form::standards::Instant;
    /// assert_eq!(Instant::parse("1970-01-02T00:00:00Z").unwrap().utc_seconds(), 86_400);
    /// ```
    pub fn utc_seconds(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 date-time: day, `T`, time with seconds, optional fraction, `Z` or an offset.
    ///
    /// `t` and `z` are read as the RFC allows; a space in the place of `T` and the sixtieth second of
    /// a leap second are not.
    ///
    /// # Errors
    ///
    /// [`DateFault::NotAnInstant`] for another form, [`DateFault::NoSuchInstant`] for an hour 24 and
    /// the like.
    ///
    /// ```
    /// # use nomination_form::standards::{DateFault, Instant};
    /// assert_eq!(Instant::parse("2022-08-20T18:00:00"), Err(DateFault::NotAnInstant));
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let (date, time) = text.split_at_checked(10).ok_or(DateFault::NotAnInstant)?;
        let day = Day::parse(date).map_err(|fault| match fault {
            DateFault::NoSuchDay => DateFault::NoSuchInstant,
            _ => DateFault::NotAnInstant,
        })?;
        let [b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, zone @ ..] = time.as_bytes() else {
            return Err(DateFault::NotAnInstant);
        };
        let part = |a: &u8, b: &u8| digits(&[*a, *b]).ok_or(DateFault::NotAnInstant);
        let (hour, minute, second) = (part(h1, h2)?, part(m1, m2)?, part(s1, s2)?);
        let offset = offset_seconds(after_fraction(zone).ok_or(DateFault::NotAnInstant)?)?;
        if hour > 23 || minute > 59 || second > 59 {
            return Err(DateFault::NoSuchInstant);
        }
        let of_day = i64::from(hour * 3600 + minute * 60 + second);
        Ok(Self(i64::from(day.days_since_epoch()) * 86_400 + of_day - offset))
    }

    /// The day it is at this moment where clocks run `offset_minutes` ahead of UTC.
    ///
    /// ```
    /// # use nomination_form::standards::Instant;
    /// let now = Instant::parse("2022-08-20T16:00:00Z").unwrap();
    /// assert_eq!(now.day_at(0).to_string(), "2022-08-20");
    /// assert_eq!(now.day_at(480).to_string(), "2022-08-21");
    /// ```
    pub fn day_at(self, offset_minutes: i32) -> Day {
        let local = self.0.saturating_add(i64::from(offset_minutes) * 60);
        Day::from_days_since_epoch(local.div_euclid(86_400))
    }
}

impl Instant {
    /// The time of day at this moment where clocks run `offset_minutes` ahead of UTC.
    ///
    /// ```
    /// # use nomination_form::standards::{Instant, TimeOfDay};
    /// let now = Instant::parse("2022-08-20T16:30:59Z").unwrap();
    /// assert_eq!(now.time_at(480), TimeOfDay::parse("00:30").unwrap());
    /// ```
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // of the minutes of a day
    pub fn time_at(self, offset_minutes: i32) -> TimeOfDay {
        let local = self.0.saturating_add(i64::from(offset_minutes) * 60);
        TimeOfDay((local.rem_euclid(86_400) / 60) as u16)
    }
}

/// A time of day, to the minute: `17:30`. `24:00` is the end of the day.
///
/// ```
/// use nomination_form::standards::TimeOfDay;
/// assert!(TimeOfDay::parse("09:00").unwrap() < TimeOfDay::parse("17:30").unwrap());
/// assert_eq!(TimeOfDay::parse("24:00").unwrap().to_string(), "24:00");
/// assert_eq!(TimeOfDay::parse("9:00"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The end of the day.
    pub const END: Self = Self(1440);

    /// Reads `HH:MM`, from `00:00` to `24:00`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let [h1, h2, b':', m1, m2] = text.as_bytes() else { return None };
        let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
        let minutes = u16::try_from(hour * 60 + minute).ok()?;
        (minute < 60 && minutes <= Self::END.0).then_some(Self(minutes))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl serde::Serialize for TimeOfDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What follows an optional fraction of a second; nothing if the fraction has no digits.
fn after_fraction(bytes: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = bytes else { return Some(bytes) };
    let end = fraction.iter().position(|byte| !byte.is_ascii_digit())?;
    if end == 0 { None } else { fraction.get(end..) }
}

/// The offset a zone stands for, in seconds ahead of UTC.
fn offset_seconds(zone: &[u8]) -> Result<i64, DateFault> {
    let (sign, [h1, h2, m1, m2]) = match *zone {
        [b'Z' | b'z'] => return Ok(0),
        [b'+', h1, h2, b':', m1, m2] => (1, [h1, h2, m1, m2]),
        [b'-', h1, h2, b':', m1, m2] => (-1, [h1, h2, m1, m2]),
        _ => return Err(DateFault::NotAnInstant),
    };
    let hour = digits(&[h1, h2]).ok_or(DateFault::NotAnInstant)?;
    let minute = digits(&[m1, m2]).ok_or(DateFault::NotAnInstant)?;
    if hour > 23 || minute > 59 {
        return Err(DateFault::NoSuchInstant);
    }
    Ok(sign * i64::from(hour * 3600 + minute * 60))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(86_400);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.day_at(0))
    }
}

text_serde!(Instant, DateFault, "a moment like 2022-08-20T18:00:00+08:00");

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = Instant::parse(text);
        let read = read.map_or_else(|fault| fault.code().to_owned(), |it| it.to_string());
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn the_same_moment_is_the_same_whatever_its_offset() {
        check("2022-08-20T16:00:00Z", "2022-08-20T16:00:00Z");
        check("2022-08-21T00:00:00+08:00", "2022-08-20T16:00:00Z");
        check("2022-08-20t11:30:00-04:30", "2022-08-20T16:00:00Z");
        check("2022-08-20T16:00:00-00:00", "2022-08-20T16:00:00Z");
        check("1969-12-31T23:59:59z", "1969-12-31T23:59:59Z");
    }

    #[test]
    fn a_fraction_is_read_and_dropped() {
        check("2022-08-20T15:59:59.999999999999Z", "2022-08-20T15:59:59Z");
        check("2022-08-20T15:59:59.Z", "not-an-instant");
        check("2022-08-20T15:59:59.9", "not-an-instant");
    }

    #[test]
    fn a_moment_without_zone_or_seconds_is_refused() {
        for text in
            ["", "2022-08-20", "2022-08-20T16:00Z", "2022-08-20T16:00:00", "2022-08-20 16:00:00Z"]
        {
            check(text, "not-an-instant");
        }
        for text in [
            "2022-08-20T16:00:00+0800",
            "2022-08-20T16:00:00+08",
            "二〇二二年八月二十日",
            "20220820T160000Z",
        ] {
            check(text, "not-an-instant");
        }
    }

    #[test]
    fn hours_and_days_that_do_not_exist_are_told_apart_from_a_wrong_form() {
        for text in [
            "2022-02-29T16:00:00Z",
            "2022-08-20T24:00:00Z",
            "2022-08-20T16:60:00Z",
            "2022-08-20T16:00:60Z",
        ] {
            check(text, "no-such-instant");
        }
        check("2022-08-20T16:00:00+24:00", "no-such-instant");
    }

    #[test]
    fn the_day_depends_on_the_place() {
        let moment = Instant::parse("2023-12-31T16:00:00Z").unwrap();
        assert_eq!(moment.day_at(480).to_string(), "2024-01-01");
        assert_eq!(moment.day_at(-300).to_string(), "2023-12-31");
        assert_eq!(Instant::from_utc_seconds(i64::MAX).day_at(i32::MAX), Day::MAX);
        assert_eq!(Instant::from_utc_seconds(i64::MIN).day_at(i32::MIN), Day::MIN);
    }

    #[test]
    fn in_json_a_moment_is_a_text_in_utc() {
        let moment: Instant = serde_json::from_str(r#""2022-08-21T00:00:00+08:00""#).unwrap();
        assert_eq!(serde_json::to_string(&moment).unwrap(), r#""2022-08-20T16:00:00Z""#);
    }
}
