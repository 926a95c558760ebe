//! Working days by the State Council's arrangement, with days off in the week and weekends worked.
//!
//! A 公示期 of "at least five working days" is counted from the first to the last day, both included; a
//! campaign may leave out the first day, as 民法典 第二百零一条 does for periods. Outside the years a
//! calendar covers, Monday to Friday count; whoever shows the result says so, see
//! [`Calendar::uncovered_years`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Day;

/// The days of some years that are not what their weekday suggests.
///
/// In JSON `{"2023": {"holidays": ["2023-10-02"], "workdays": ["2023-10-07"]}}`: days off among Monday
/// to Friday, and days worked among Saturday and Sunday. Other days may stand there and change
/// nothing, except that a day listed as both is worked. A day outside its year is refused.
///
/// ```
/// use nomination_form::standards::{Day, workdays::Calendar};
///
/// let day = |text| Day::parse(text).unwrap();
/// let calendar = Calendar::built_in();
/// assert!(!calendar.is_workday(day("2023-10-02")));
/// assert!(calendar.is_workday(day("2023-10-07")), "a Saturday worked instead");
/// assert_eq!(calendar.count(day("2023-09-28"), day("2023-10-08"), true), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, Year>")]
pub struct Calendar {
    /// In order.
    years: Vec<i32>,
    /// Mondays to Fridays off, in order.
    off: Vec<Day>,
    /// Saturdays and Sundays worked, in order.
    worked: Vec<Day>,
}

/// A public holiday of the State Council's 《全国年节及纪念日放假办法》, in order of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holiday {
    /// 元旦
    NewYear,
    /// 春节
    SpringFestival,
    /// 清明节
    Qingming,
    /// 劳动节
    LabourDay,
    /// 端午节
    DragonBoat,
    /// 中秋节
    MidAutumn,
    /// 国庆节
    NationalDay,
}

/// One year of a calendar file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    holidays: Vec<Day>,
    workdays: Vec<Day>,
}

/// Why a calendar file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarFault {
    /// A key that is no year.
    #[error("expected years like `2023` as keys of the calendar")]
    NotAYear,
    /// A day that stands under another year than its own.
    #[error("{day} stands under year {year} of the calendar, expected days of that year")]
    OtherYear {
        /// The day.
        day: Day,
        /// The year it stands under.
        year: i32,
    },
}

impl CalendarFault {
    /// The finding as a stable kebab-case code.
    ///
    /// ```
    /// # use nomination_form::standards::workdays::CalendarFault;
    /// assert_eq!(CalendarFault::NotAYear.code(), "not-a-year");
    /// ```
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAYear => "not-a-year",
            Self::OtherYear { .. } => "other-year",
        }
    }
}

impl Calendar {
    /// A calendar that covers no year: Monday to Friday are worked.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::Calendar};
    /// assert!(Calendar::plain().is_workday(Day::parse("2023-10-02").unwrap()));
    /// ```
    pub fn plain() -> Self {
        Self { years: Vec::new(), off: Vec::new(), worked: Vec::new() }
    }

    /// The calendar we ship, 2021 to 2026, the same as `public/working-days.json`.
    ///
    /// ```
    /// # use nomination_form::standards::workdays::Calendar;
    /// assert!(Calendar::built_in().covers(2026));
    /// assert!(!Calendar::built_in().covers(2027));
    /// ```
    pub fn built_in() -> Self {
        let mut calendar = Self::plain();
        for (year, off, worked) in BUILT_IN {
            let day =
                |date: &u16| Day::from_parts(*year, u32::from(date / 100), u32::from(date % 100));
            calendar.years.extend(i32::try_from(*year));
            calendar.off.extend(off.iter().filter_map(day));
            calendar.worked.extend(worked.iter().filter_map(day));
        }
        calendar
    }

    /// Whether the calendar knows the arrangement of `year`.
    ///
    /// ```
    /// # use nomination_form::standards::workdays::Calendar;
    /// assert!(!Calendar::plain().covers(2023));
    /// ```
    pub fn covers(&self, year: i32) -> bool {
        self.years.binary_search(&year).is_ok()
    }

    /// Whether `day` is worked.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::Calendar};
    /// let eve = Day::parse("2024-02-09").unwrap();
    /// assert!(Calendar::built_in().is_workday(eve), "leave was only encouraged");
    /// ```
    pub fn is_workday(&self, day: Day) -> bool {
        if day.weekday() < 6 {
            self.off.binary_search(&day).is_err()
        } else {
            self.worked.binary_search(&day).is_ok()
        }
    }

    /// The holiday for which a day between Monday and Friday is off; none for days that are worked, and
    /// none for weekends. The calendar lists days without their names, but no two holidays come near
    /// each other's dates; 中秋节 within the days of 国庆节 goes by the latter's name.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::{Calendar, Holiday}};
    /// let holiday = |text| Calendar::built_in().holiday(Day::parse(text).unwrap());
    /// assert_eq!(holiday("2023-09-29"), Some(Holiday::MidAutumn));
    /// assert_eq!(holiday("2023-10-02"), Some(Holiday::NationalDay));
    /// assert_eq!(holiday("2023-10-09"), None, "a working Monday");
    /// ```
    pub fn holiday(&self, day: Day) -> Option<Holiday> {
        self.off.binary_search(&day).ok()?;
        Some(match (day.month().month(), day.day_of_month()) {
            (12, _) | (1, ..=10) => Holiday::NewYear,
            (1 | 2, _) => Holiday::SpringFestival,
            (3, _) | (4, ..=20) => Holiday::Qingming,
            (4, _) | (5, ..=20) => Holiday::LabourDay,
            (5..=8, _) => Holiday::DragonBoat,
            (9, _) => Holiday::MidAutumn,
            _ => Holiday::NationalDay,
        })
    }

    /// The working days from `start` to `end`, both included; without `count_first_day` only those
    /// after `start`. None if `end` comes first. The cost does not depend on the length.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::Calendar};
    /// let day = |text| Day::parse(text).unwrap();
    /// let (monday, friday) = (day("2022-10-31"), day("2022-11-04"));
    /// assert_eq!(Calendar::built_in().count(monday, friday, true), 5);
    /// assert_eq!(Calendar::built_in().count(monday, friday, false), 4);
    /// ```
    pub fn count(&self, start: Day, end: Day, count_first_day: bool) -> u32 {
        if end < start {
            return 0;
        }
        let first_counts = count_first_day || !self.is_workday(start);
        let days = self.up_to(end) - self.up_to(start) + i64::from(self.is_workday(start));
        u32::try_from(days - i64::from(!first_counts)).unwrap_or(0)
    }

    /// Working days up to and including `day`, from a fixed Monday.
    fn up_to(&self, day: Day) -> i64 {
        // 1970-01-01 was a Thursday, so the third day after the epoch's Monday.
        let days = i64::from(day.days_since_epoch()) + 3;
        let weekdays = days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5);
        let listed =
            |days: &[Day]| i64::try_from(days.partition_point(|it| *it <= day)).unwrap_or(i64::MAX);
        weekdays - listed(&self.off) + listed(&self.worked)
    }

    /// The first day on which `n` working days from `start` are reached, [`Day::MAX`] if none is.
    /// For `n` = 0 that is `start`.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::Calendar};
    /// let day = |text| Day::parse(text).unwrap();
    /// let end = Calendar::built_in().earliest_end(day("2023-09-28"), 5, true);
    /// assert_eq!(end, day("2023-10-10"));
    /// ```
    pub fn earliest_end(&self, start: Day, n: u32, count_first_day: bool) -> Day {
        let (mut short, mut enough) = (0, start.days_until(Day::MAX));
        // The count never falls as the end moves on, so the interval can be halved.
        while short < enough {
            let middle = short + (enough - short) / 2;
            if self.count(start, start.add_days(middle), count_first_day) >= n {
                enough = middle;
            } else {
                short = middle + 1;
            }
        }
        start.add_days(enough)
    }

    /// The years from `start` to `end` the calendar does not cover, the first twenty of them: a
    /// message about more would be no clearer.
    ///
    /// ```
    /// # use nomination_form::standards::{Day, workdays::Calendar};
    /// let day = |text| Day::parse(text).unwrap();
    /// let years = Calendar::built_in().uncovered_years(day("2026-12-28"), day("2027-01-04"));
    /// assert_eq!(years, [2027]);
    /// ```
    pub fn uncovered_years(&self, start: Day, end: Day) -> Vec<i32> {
        (start.year()..=end.year()).filter(|year| !self.covers(*year)).take(20).collect()
    }
}

impl TryFrom<BTreeMap<String, Year>> for Calendar {
    type Error = CalendarFault;

    fn try_from(file: BTreeMap<String, Year>) -> Result<Self, CalendarFault> {
        let mut calendar = Self::plain();
        for (year, days) in file {
            let year = year_of(&year).ok_or(CalendarFault::NotAYear)?;
            if let Some(day) =
                days.holidays.iter().chain(&days.workdays).find(|it| it.year() != year)
            {
                return Err(CalendarFault::OtherYear { day: *day, year });
            }
            calendar.years.push(year);
            calendar.off.extend(days.holidays);
            calendar.worked.extend(days.workdays);
        }
        for days in [&mut calendar.off, &mut calendar.worked] {
            days.sort_unstable();
            days.dedup();
        }
        let Self { off, worked, .. } = &mut calendar;
        off.retain(|day| day.weekday() < 6 && worked.binary_search(day).is_err());
        worked.retain(|day| day.weekday() > 5);
        Ok(calendar)
    }
}

/// A year as four digits, so that the keys of a file are in the order of time.
fn year_of(key: &str) -> Option<i32> {
    (key.len() == 4 && key.bytes().all(|it| it.is_ascii_digit())).then(|| key.parse().ok())?
}

/// A year with its days off and its days worked, as `MMDD`.
type Listed = (u32, &'static [u16], &'static [u16]);

/// A table rather than the file itself: no JSON has to be read in the page. A test holds them together.
#[rustfmt::skip]
static BUILT_IN: &[Listed] = &[
    (2021,
        &[101, 211, 212, 215, 216, 217, 405, 503, 504, 505, 614, 920, 921, 1001, 1004, 1005,
          1006, 1007],
        &[207, 220, 425, 508, 918, 926, 1009]),
    (2022,
        &[103, 131, 201, 202, 203, 204, 404, 405, 502, 503, 504, 603, 912, 1003, 1004, 1005,
          1006, 1007],
        &[129, 130, 402, 424, 507, 1008, 1009]),
    (2023,
        &[102, 123, 124, 125, 126, 127, 405, 501, 502, 503, 622, 623, 929, 1002, 1003, 1004,
          1005, 1006],
        &[128, 129, 423, 506, 625, 1007, 1008]),
    (2024,
        &[101, 212, 213, 214, 215, 216, 404, 405, 501, 502, 503, 610, 916, 917, 1001, 1002,
          1003, 1004, 1007],
        &[204, 218, 407, 428, 511, 914, 929, 1012]),
    (2025,
        &[101, 128, 129, 130, 131, 203, 204, 404, 501, 502, 505, 602, 1001, 1002, 1003,
          1006, 1007, 1008],
        &[126, 208, 427, 928, 1011]),
    (2026,
        &[101, 102, 216, 217, 218, 219, 220, 223, 406, 501, 504, 505, 619, 925, 1001, 1002,
          1005, 1006, 1007],
        &[104, 214, 228, 509, 920, 1010]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        start: Day,
        end: Day,
        days: u32,
        why: String,
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn cases() -> Vec<Case> {
        let cases = include_str!("../../tests/fixtures/standards/working-days.json");
        serde_json::from_str(cases).unwrap()
    }

    fn fault(json: &str) -> String {
        serde_json::from_str::<Calendar>(json).unwrap_err().to_string()
    }

    #[test]
    fn notice_periods_count_as_the_ministries_count_them() {
        for Case { start, end, days, why } in cases() {
            assert_eq!(Calendar::built_in().count(start, end, true), days, "{why}");
        }
    }

    #[test]
    fn the_earliest_end_is_the_first_day_that_reaches_the_count() {
        let calendar = Calendar::built_in();
        for Case { start, days, .. } in cases() {
            let end = calendar.earliest_end(start, days, true);
            assert!(calendar.count(start, end, true) >= days);
            assert!(days == 0 || calendar.count(start, end.add_days(-1), true) < days);
        }
        assert_eq!(calendar.earliest_end(day("2022-08-15"), 5, true), day("2022-08-19"));
        assert_eq!(calendar.earliest_end(day("2022-08-15"), 5, false), day("2022-08-22"));
        assert_eq!(calendar.earliest_end(day("2022-08-15"), 0, true), day("2022-08-15"));
        assert_eq!(calendar.earliest_end(day("2022-08-15"), u32::MAX, true), Day::MAX);
        assert_eq!(calendar.earliest_end(Day::MAX, 1, true), Day::MAX);
        assert_eq!(calendar.earliest_end(Day::MIN, 1, true), Day::MIN);
    }

    #[test]
    fn a_first_day_that_is_not_counted_changes_nothing_on_a_day_off() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.count(day("2022-08-13"), day("2022-08-19"), false), 5);
        assert_eq!(calendar.count(day("2022-08-15"), day("2022-08-19"), false), 4);
        assert_eq!(calendar.count(day("2022-08-15"), day("2022-08-15"), false), 0);
    }

    #[test]
    fn the_years_have_as_many_working_days_as_the_arrangements_give_them() {
        let calendar = Calendar::built_in();
        let days = [2021, 2022, 2023, 2024, 2025, 2026].map(|year| {
            calendar.count(Day::new(year, 1, 1).unwrap(), Day::new(year, 12, 31).unwrap(), true)
        });
        assert_eq!(days, [250, 249, 249, 251, 248, 248]);
    }

    #[test]
    fn counting_by_arithmetic_and_day_by_day_agree() {
        let calendar = Calendar::built_in();
        for start in [Day::MIN, day("1969-12-20"), day("2020-12-20"), day("2023-09-20")] {
            let mut counted = 0;
            for end in (0..1200).map(|days| start.add_days(days)) {
                counted += u32::from(calendar.is_workday(end));
                assert_eq!(calendar.count(start, end, true), counted, "{start} to {end}");
            }
        }
    }

    #[test]
    fn the_built_in_calendar_is_the_file_we_ship() {
        let file = include_str!("../../public/working-days.json");
        assert_eq!(Calendar::built_in(), serde_json::from_str(file).unwrap());
    }

    #[test]
    fn each_year_has_its_seven_holidays_in_order() {
        use Holiday::{
            DragonBoat, LabourDay, MidAutumn, NationalDay, NewYear, Qingming, SpringFestival,
        };
        let calendar = Calendar::built_in();
        for (year, off, _) in BUILT_IN {
            let days = off.iter().filter_map(|date| {
                Day::from_parts(*year, u32::from(date / 100), u32::from(date % 100))
            });
            let mut known: Vec<_> = days.filter_map(|day| calendar.holiday(day)).collect();
            assert_eq!(known.len(), off.len());
            known.dedup();
            let mut expected = vec![
                NewYear,
                SpringFestival,
                Qingming,
                LabourDay,
                DragonBoat,
                MidAutumn,
                NationalDay,
            ];
            // In 2025 中秋节 was a day of 国庆节.
            expected.retain(|it| *year != 2025 || *it != MidAutumn);
            assert_eq!(known, expected, "{year}");
        }
        assert_eq!(calendar.holiday(day("2023-10-01")), None, "a Sunday is off by itself");
    }

    #[test]
    fn years_without_arrangement_are_monday_to_friday_and_are_named() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.count(day("2019-09-30"), day("2019-10-06"), true), 5);
        assert_eq!(calendar.uncovered_years(day("2019-09-30"), day("2022-10-06")), [2019, 2020]);
        assert_eq!(calendar.uncovered_years(day("2022-10-06"), day("2019-09-30")), [0; 0]);
        assert_eq!(calendar.uncovered_years(Day::MIN, Day::MAX).len(), 20);
    }

    #[test]
    fn a_host_may_bring_a_calendar_of_its_own() {
        let json = r#"{"2027": {"holidays": ["2027-01-01", "2027-01-02", "2027-01-04"],
                                "workdays": ["2027-01-03", "2027-01-04", "2027-01-03"]}}"#;
        let calendar: Calendar = serde_json::from_str(json).unwrap();
        let worked = [1, 2, 3, 4, 5].map(|it| calendar.is_workday(Day::new(2027, 1, it).unwrap()));
        assert_eq!(worked, [false, false, true, true, true]);
        assert_eq!(calendar.count(day("2027-01-01"), day("2027-01-05"), true), 3);
    }

    #[test]
    fn a_calendar_that_cannot_be_meant_is_refused() {
        let message = fault(r#"{"2027": {"holidays": ["2026-01-01"], "workdays": []}}"#);
        assert!(message.starts_with("2026-01-01 stands under year 2027"), "{message}");
        assert!(fault(r#"{"27": {"holidays": [], "workdays": []}}"#).starts_with("expected years"));
        assert!(fault(r#"{"2027": {"holidays": []}}"#).starts_with("missing field `workdays`"));
        assert!(fault(r#"{"2027": {"holiday": []}}"#).starts_with("unknown field `holiday`"));
    }
}
