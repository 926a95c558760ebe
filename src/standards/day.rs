//! A day of the civil calendar, as campaigns and notices write it: `2022-08-20`.
//!
//! There is no zone in a day. Which day it is somewhere is [`Instant::day_at`](super::Instant::day_at),
//! which takes the offset from UTC in minutes.

use std::fmt;

use time::{Date, Duration, Month as MonthName};

use super::Month;
use super::text_serde::{digits, text_serde};

/// A day between 0001-01-01 and 9999-12-31.
///
/// Written and read as `YYYY-MM-DD`, in JSON too.
///
/// ```
/// use nomination_form::standards::Day;
///
/// let deadline = Day::parse("2022-08-20")?;
/// assert_eq!(deadline.weekday(), 6, "a Saturday");
/// assert_eq!(deadline.add_days(2).to_string(), "2022-08-22");
/// # Ok::<(), nomination_form::standards::DateFault>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Why a text is not a [`Day`], a [`Month`] or an [`Instant`](super::Instant). The text itself is not
/// repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateFault {
    /// Not of the form `YYYY-MM-DD`.
    #[error("expected a day like 2022-08-20")]
    NotADay,
    /// Of the right form, but the calendar has no such day.
    #[error("expected a day that exists, like 2022-08-20")]
    NoSuchDay,
    /// Not of the form `YYYY-MM`.
    #[error("expected a month like 2022-08")]
    NotAMonth,
    /// Of the right form, but the calendar has no such month.
    #[error("expected a month that exists, like 2022-08")]
    NoSuchMonth,
    /// Not of the form RFC 3339 gives a date-time.
    #[error("expected a moment like 2022-08-20T18:00:00+08:00")]
    NotAnInstant,
    /// Of the right form, but there is no such day, hour or offset.
    #[error("expected a moment that exists, like 2022-08-20T18:00:00+08:00")]
    NoSuchInstant,
}

impl DateFault {
    /// The finding as a stable kebab-case code.
    ///
    /// ```
    /// use nomination_form::standards::Day;
    ///
    /// assert_eq!(Day::parse("2023-02-29").unwrap_err().code(), "no-such-day");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::NotADay => "not-a-day",
            Self::NoSuchDay => "no-such-day",
            Self::NotAMonth => "not-a-month",
            Self::NoSuchMonth => "no-such-month",
            Self::NotAnInstant => "not-an-instant",
            Self::NoSuchInstant => "no-such-instant",
        }
    }
}

impl Day {
    /// The first day there is, 0001-01-01.
    pub const MIN: Self = Self(match Date::from_ordinal_date(1, 1) {
        Ok(date) => date,
        Err(_) => Date::MIN,
    });

    /// The last day there is, 9999-12-31.
    pub const MAX: Self = Self(match Date::from_ordinal_date(9999, 365) {
        Ok(date) => date,
        Err(_) => Date::MAX,
    });

    /// The day `day` of `month` in `year`, if the Gregorian calendar has it and the year is 1 to 9999.
    ///
    /// ```
    /// use nomination_form::standards::Day;
    ///
    /// assert!(Day::new(1992, 2, 29).is_some());
    /// assert!(Day::new(1990, 2, 29).is_none());
    /// ```
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = MonthName::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        (1..=9999).contains(&year).then_some(Self(date))
    }

    /// Reads `YYYY-MM-DD`: ten characters, nothing around them.
    ///
    /// # Errors
    ///
    /// [`DateFault::NotADay`] for another form, [`DateFault::NoSuchDay`] for 2023-02-29 and the like.
    ///
    /// ```
    /// use nomination_form::standards::{DateFault, Day};
    ///
    /// assert_eq!(Day::parse("2022-8-20"), Err(DateFault::NotADay));
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
            return Err(DateFault::NotADay);
        };
        let year = digits(&[y1, y2, y3, y4]).ok_or(DateFault::NotADay)?;
        let month = digits(&[m1, m2]).ok_or(DateFault::NotADay)?;
        let day = digits(&[d1, d2]).ok_or(DateFault::NotADay)?;
        Self::from_parts(year, month, day).ok_or(DateFault::NoSuchDay)
    }

    /// The same as [`Day::new`] for numbers just read from digits.
    pub(super) fn from_parts(year: u32, month: u32, day: u32) -> Option<Self> {
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// The year, 1 to 9999.
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// assert_eq!(Day::parse("2022-08-20").unwrap().year(), 2022);
    /// ```
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month this day lies in.
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// assert_eq!(Day::parse("2022-08-20").unwrap().month().to_string(), "2022-08");
    /// ```
    pub fn month(self) -> Month {
        Month::of(self.year(), u8::from(self.0.month()))
    }

    /// The day of the month, 1 to 31.
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// assert_eq!(Day::parse("2022-08-20").unwrap().day_of_month(), 20);
    /// ```
    pub fn day_of_month(self) -> u8 {
        self.0.day()
    }

    /// The day of the week as ISO 8601 numbers it: Monday is 1, Sunday 7.
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// assert_eq!(Day::parse("2023-10-08").unwrap().weekday(), 7);
    /// ```
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// The day `days` later, or earlier if negative. Stops at [`Day::MIN`] and [`Day::MAX`].
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// assert_eq!(Day::parse("2024-02-28").unwrap().add_days(2).to_string(), "2024-03-01");
    /// assert_eq!(Day::MAX.add_days(1), Day::MAX);
    /// ```
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(Duration::days(days.into()))).clamp(Self::MIN, Self::MAX)
    }

    /// The number of days from this day to `later`, negative if `later` is earlier.
    ///
    /// ```
    /// # use nomination_form::standards::Day;
    /// let start = Day::parse("2022-08-10").unwrap();
    /// assert_eq!(start.days_until(Day::parse("2022-08-20").unwrap()), 10);
    /// ```
    pub fn days_until(self, later: Self) -> i32 {
        later.0.to_julian_day() - self.0.to_julian_day()
    }

    /// Days since 1970-01-01.
    pub(super) fn days_since_epoch(self) -> i32 {
        self.0.to_julian_day() - EPOCH_JULIAN_DAY
    }

    /// The day `days` after 1970-01-01, stopping at the first and the last day there is.
    pub(super) fn from_days_since_epoch(days: i64) -> Self {
        let julian_day = days.saturating_add(EPOCH_JULIAN_DAY.into());
        let (min, max) = (Self::MIN.0.to_julian_day(), Self::MAX.0.to_julian_day());
        let julian_day = julian_day.clamp(min.into(), max.into());
        i32::try_from(julian_day)
            .ok()
            .and_then(|day| Date::from_julian_day(day).ok())
            .map_or(Self::MIN, Self)
    }
}

/// The Julian day number of 1970-01-01.
const EPOCH_JULIAN_DAY: i32 = 2_440_588;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.month(), self.day_of_month())
    }
}

text_serde!(Day, DateFault, "a day like 2022-08-20");

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn only_the_full_form_is_a_day() {
        for text in
            ["", "2022", "2022-8-20", "2022/08/20", " 2022-08-20", "2022-08-20 ", "+022-08-20"]
        {
            assert_eq!(Day::parse(text), Err(DateFault::NotADay), "{text:?}");
        }
        for text in ["２０２２-08-20", "2022-08-2０", "2022-08-20T00:00:00Z", "20220820"] {
            assert_eq!(Day::parse(text), Err(DateFault::NotADay), "{text:?}");
        }
    }

    #[test]
    fn a_day_the_calendar_does_not_have_is_told_from_a_wrong_form() {
        for text in
            ["1990-02-29", "2022-13-01", "2022-00-10", "2022-04-31", "2022-01-00", "0000-01-01"]
        {
            assert_eq!(Day::parse(text), Err(DateFault::NoSuchDay), "{text:?}");
        }
    }

    #[test]
    fn a_day_is_written_as_it_was_read() {
        for text in ["0001-01-01", "1949-12-31", "1992-02-29", "2022-08-20", "9999-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
        assert_eq!((Day::MIN, Day::MAX), (day("0001-01-01"), day("9999-12-31")));
    }

    #[test]
    fn adding_days_stops_at_the_ends_of_the_calendar() {
        assert_eq!(Day::MIN.add_days(-1), Day::MIN);
        assert_eq!(day("2022-08-20").add_days(i32::MAX), Day::MAX);
        assert_eq!(day("2022-08-20").add_days(i32::MIN), Day::MIN);
        assert_eq!(day("2022-12-31").add_days(1), day("2023-01-01"));
    }

    #[test]
    fn in_json_a_day_is_a_text_and_a_wrong_one_is_not_repeated() {
        assert_eq!(serde_json::to_string(&day("2022-08-20")).unwrap(), r#""2022-08-20""#);
        assert_eq!(serde_json::from_str::<Day>(r#""2022-08-20""#).unwrap(), day("2022-08-20"));
        let fault = serde_json::from_str::<Day>(r#""20 August""#).unwrap_err().to_string();
        assert!(fault.starts_with("expected a day like 2022-08-20"), "{fault}");
        let fault = serde_json::from_str::<Day>("null").unwrap_err().to_string();
        assert!(fault.starts_with("invalid type: null, expected a day like 2022-08-20"), "{fault}");
    }
}
