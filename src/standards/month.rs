//! A calendar month, as forms ask for it: `2008-09`.
//!
//! Months are whole numbers inside (twelve to the year), so that lengths and gaps are subtractions.

use std::fmt;

use super::DateFault;
use super::text_serde::{digits, text_serde};

/// What an open month may say, on the wire and where people type, besides being empty.
pub const TO_DATE: &str = "至今";

/// Whether these are words that people write for an end that is still open.
///
/// ```
/// use nomination_form::standards::is_to_date;
/// assert!(is_to_date("现在") && !is_to_date("2020.6"));
/// ```
pub fn is_to_date(words: &str) -> bool {
    matches!(words, TO_DATE | "今" | "现在" | "目前")
}

/// A month between 0001-01 and 9999-12.
///
/// Written and read as `YYYY-MM`, in JSON too.
///
/// ```
/// use nomination_form::standards::Month;
///
/// let start = Month::parse("2018-08")?;
/// let reference = Month::parse("2023-08")?;
/// assert_eq!(reference.number() - start.number(), 60);
/// # Ok::<(), nomination_form::standards::DateFault>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The first month there is, 0001-01.
    pub const MIN: Self = Self(12 + 1);

    /// The last month there is, 9999-12.
    pub const MAX: Self = Self(9999 * 12 + 12);

    /// Month `month` (1 to 12) of `year` (1 to 9999), if both are in range.
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::new(2022, 8), Month::parse("2022-08").ok());
    /// assert_eq!(Month::new(2022, 13), None);
    /// ```
    pub fn new(year: i32, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then(|| Self::of(year, month))
    }

    /// The same for parts known to be in range.
    pub(super) const fn of(year: i32, month: u8) -> Self {
        Self(year * 12 + month as i32)
    }

    /// Reads `YYYY-MM`: seven characters, nothing around them.
    ///
    /// # Errors
    ///
    /// [`DateFault::NotAMonth`] for another form, [`DateFault::NoSuchMonth`] for a thirteenth month.
    ///
    /// ```
    /// # use nomination_form::standards::{DateFault, Month};
    /// assert_eq!(Month::parse("2022.08"), Err(DateFault::NotAMonth));
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let [y1, y2, y3, y4, b'-', m1, m2] = *text.as_bytes() else {
            return Err(DateFault::NotAMonth);
        };
        let year = digits(&[y1, y2, y3, y4]).ok_or(DateFault::NotAMonth)?;
        let month = digits(&[m1, m2]).ok_or(DateFault::NotAMonth)?;
        year.try_into()
            .ok()
            .and_then(|year| Self::new(year, month.try_into().ok()?))
            .ok_or(DateFault::NoSuchMonth)
    }

    /// The year, 1 to 9999.
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::parse("2022-12").unwrap().year(), 2022);
    /// ```
    pub fn year(self) -> i32 {
        (self.0 - 1).div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::parse("2022-12").unwrap().month(), 12);
    /// ```
    pub fn month(self) -> u8 {
        u8::try_from((self.0 - 1).rem_euclid(12) + 1).unwrap_or(1)
    }

    /// The month as one number, `12 · year + month`: the difference of two is a length in months.
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::parse("2022-08").unwrap().number(), 12 * 2022 + 8);
    /// ```
    pub fn number(self) -> i32 {
        self.0
    }

    /// The month after this one; the last month there is stays itself.
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::parse("2022-12").unwrap().next().to_string(), "2023-01");
    /// ```
    #[must_use]
    pub fn next(self) -> Self {
        self.add_months(1)
    }

    /// The month `months` later, or earlier if negative. Stops at [`Month::MIN`] and [`Month::MAX`].
    ///
    /// ```
    /// # use nomination_form::standards::Month;
    /// assert_eq!(Month::parse("2023-08").unwrap().add_months(-36).to_string(), "2020-08");
    /// ```
    #[must_use]
    pub fn add_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months)).clamp(Self::MIN, Self::MAX)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

text_serde!(Month, DateFault, "a month like 2022-08");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_full_form_is_a_month() {
        for text in ["", "2022", "2022-8", "2022/08", "2022.08", "2022-08 ", "2022-08-01", "至今"]
        {
            assert_eq!(Month::parse(text), Err(DateFault::NotAMonth), "{text:?}");
        }
        for text in ["2022-00", "2022-13", "0000-01"] {
            assert_eq!(Month::parse(text), Err(DateFault::NoSuchMonth), "{text:?}");
        }
    }

    #[test]
    fn a_month_is_written_as_it_was_read() {
        for text in ["0001-01", "0001-12", "1999-12", "2000-01", "2022-08", "9999-12"] {
            assert_eq!(Month::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Month::MIN.to_string(), "0001-01");
        assert_eq!(Month::MAX.to_string(), "9999-12");
    }

    #[test]
    fn months_follow_each_other_across_the_year() {
        let december = Month::new(2011, 12).unwrap();
        assert_eq!(december.next(), Month::new(2012, 1).unwrap());
        assert!(december < december.next());
        assert_eq!(Month::MAX.next(), Month::MAX);
        assert_eq!(Month::MIN.add_months(i32::MIN), Month::MIN);
    }

    #[test]
    fn in_json_a_month_is_a_text() {
        let month: Month = serde_json::from_str(r#""2008-09""#).unwrap();
        assert_eq!(serde_json::to_string(&month).unwrap(), r#""2008-09""#);
        let fault = serde_json::from_str::<Month>(r#""2008-13""#).unwrap_err().to_string();
        assert!(fault.starts_with("expected a month that exists, like 2022-08"), "{fault}");
    }
}
