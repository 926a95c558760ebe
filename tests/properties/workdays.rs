//! Working days, against a walk from day to day.

use std::collections::BTreeSet;

use nomination_form::standards::{Calendar, Day};
use proptest::{collection::btree_set, prelude::*};
use serde_json::{Map, Value, json};
use time::{Date, Weekday};

use crate::{config, golden::files};

/// A calendar as its file says it.
#[derive(Debug, Clone)]
struct Listed {
    years: BTreeSet<i32>,
    off: BTreeSet<Date>,
    worked: BTreeSet<Date>,
}

impl Listed {
    /// The rule of the standard: listed as worked, or Monday to Friday and not listed as off.
    fn is_workday(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.worked.contains(&day) || (!weekend && !self.off.contains(&day))
    }

    fn count(&self, start: Date, end: Date, count_first_day: bool) -> u32 {
        let (mut day, mut count) = (start, 0);
        while day <= end {
            let counts = day != start || count_first_day;
            count += u32::from(counts && self.is_workday(day));
            day = day.next_day().unwrap();
        }
        count
    }

    fn file(&self) -> Value {
        let of_year = |days: &BTreeSet<Date>, year: i32| -> Vec<String> {
            days.iter().filter(|day| day.year() == year).map(ToString::to_string).collect()
        };
        let year = |year: &i32| {
            let days = json!({"holidays": of_year(&self.off, *year), "workdays": of_year(&self.worked, *year)});
            (format!("{year:04}"), days)
        };
        Value::Object(self.years.iter().map(year).collect::<Map<_, _>>())
    }

    /// The calendar we ship, from the file beside the campaigns.
    fn shipped() -> Self {
        let file: Value = serde_json::from_slice(&files::one("public", "working-days")).unwrap();
        let mut listed =
            Self { years: BTreeSet::new(), off: BTreeSet::new(), worked: BTreeSet::new() };
        for (year, days) in file.as_object().unwrap() {
            listed.years.insert(year.parse().unwrap());
            let dates = |name: &str| -> Vec<Date> {
                days[name]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|day| date(day.as_str().unwrap()))
                    .collect()
            };
            listed.off.extend(dates("holidays"));
            listed.worked.extend(dates("workdays"));
        }
        listed
    }
}

fn date(text: &str) -> Date {
    let part = |range: std::ops::Range<usize>| text[range].parse::<u16>().unwrap();
    let month = time::Month::try_from(u8::try_from(part(5..7)).unwrap()).unwrap();
    let (year, day) = (i32::from(part(0..4)), u8::try_from(part(8..10)).unwrap());
    Date::from_calendar_date(year, month, day).unwrap()
}

fn day(date: Date) -> Day {
    Day::new(date.year(), date.month().into(), date.day()).unwrap()
}

fn dates() -> impl Strategy<Value = Date> {
    // 2019-07-01 to 2028-06: the years of the calendars, and some that no calendar covers.
    (2_458_666_i32..2_461_950).prop_map(|number| Date::from_julian_day(number).unwrap())
}

/// Calendars of three years with any days off and worked, weekend or not, be it the same day.
fn listed() -> impl Strategy<Value = Listed> {
    let days = || btree_set(2_459_581_i32..2_460_676, 0..60);
    (days(), days()).prop_map(|(off, worked)| {
        let dates = |days: BTreeSet<i32>| -> BTreeSet<Date> {
            days.into_iter().map(|day| Date::from_julian_day(day).unwrap()).collect()
        };
        Listed { years: (2022..=2024).collect(), off: dates(off), worked: dates(worked) }
    })
}

fn calendars() -> impl Strategy<Value = Listed> {
    prop_oneof![Just(Listed::shipped()), listed()]
}

fn read(listed: &Listed) -> Calendar {
    serde_json::from_value(listed.file()).unwrap()
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn counting_agrees_with_a_walk(
        listed in calendars(), start in dates(), length in -10_i64..800, first in any::<bool>(),
    ) {
        let end = start + time::Duration::days(length);
        let counted = read(&listed).count(day(start), day(end), first);
        prop_assert_eq!(counted, listed.count(start, end, first));
        prop_assert_eq!(read(&listed).is_workday(day(start)), listed.is_workday(start));
    }

    #[test]
    fn the_earliest_end_is_the_first_day_that_is_enough(
        listed in calendars(), start in dates(), n in 0_u32..60, first in any::<bool>(),
    ) {
        let end = read(&listed).earliest_end(day(start), n, first);
        let mut walked = start;
        while listed.count(start, walked, first) < n {
            walked = walked.next_day().unwrap();
        }
        prop_assert_eq!(end, day(walked));
    }

    #[test]
    fn a_later_end_never_counts_less_and_at_most_one_more(
        listed in calendars(), start in dates(), length in 0_i32..400, first in any::<bool>(),
    ) {
        let calendar = read(&listed);
        let end = day(start).add_days(length);
        let count = |end| calendar.count(day(start), end, first);
        let step = count(end.add_days(1)) - count(end);
        prop_assert_eq!(step == 1, calendar.is_workday(end.add_days(1)));
        prop_assert!(step <= 1);
    }

    #[test]
    fn an_earlier_start_never_counts_less(listed in calendars(), start in dates(), length in 0_i32..200) {
        let calendar = read(&listed);
        let (start, end) = (day(start), day(start).add_days(length));
        prop_assert!(calendar.count(start.add_days(-1), end, true) >= calendar.count(start, end, true));
        prop_assert!(calendar.count(start, end, true) >= calendar.count(start, end, false));
    }

    #[test]
    fn the_years_without_a_calendar_are_named(listed in calendars(), start in dates(), length in 0_i32..2000) {
        let end = day(start).add_days(length);
        let expected: Vec<_> =
            (start.year()..=end.year()).filter(|year| !listed.years.contains(year)).collect();
        prop_assert_eq!(read(&listed).uncovered_years(day(start), end), expected);
    }
}
