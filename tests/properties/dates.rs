//! Days, months and moments, against the arithmetic of the Gregorian calendar.

use nomination_form::standards::{DateFault, Day, Instant, Month};
use proptest::prelude::*;

use crate::config;

/// Days since 1970-01-01, by counting the leap years there have been.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let before =
        |year: i64| 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let of_months: i64 = (1..month).map(|month| length(year, month)).sum();
    before(year - 1) - before(1969) + of_months + day - 1
}

fn length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn is_day(year: i64, month: i64, day: i64) -> bool {
    (1..=9999).contains(&year) && (1..=length(year, month)).contains(&day)
}

/// A day that exists, with its parts.
fn days() -> impl Strategy<Value = (Day, i64, i64, i64)> {
    let year = prop_oneof![1_i64..=9999, 1890_i64..2110, Just(1), Just(9999)];
    (year, 1_i64..=12, 1_i64..=31).prop_map(|(year, month, day)| {
        let day = day.min(length(year, month));
        (new(year, month, day).unwrap(), year, month, day)
    })
}

fn new(year: i64, month: i64, day: i64) -> Option<Day> {
    Day::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn a_day_is_there_when_the_calendar_has_it(year in -1_i64..=10_001, month in 0_i64..=14, day in 0_i64..=33) {
        prop_assert_eq!(new(year, month, day).is_some(), is_day(year, month, day));
        if (0..=9999).contains(&year) {
            let read = Day::parse(&format!("{year:04}-{month:02}-{day:02}"));
            let expected = new(year, month, day).ok_or(DateFault::NoSuchDay);
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn a_day_is_written_as_it_is_read((day, year, month, of_month) in days()) {
        prop_assert_eq!(day.to_string(), format!("{year:04}-{month:02}-{of_month:02}"));
        prop_assert_eq!(Day::parse(&day.to_string()), Ok(day));
        let json = serde_json::to_string(&day).unwrap();
        prop_assert_eq!(serde_json::from_str::<Day>(&json).unwrap(), day);
        prop_assert_eq!(day.month().to_string(), format!("{year:04}-{month:02}"));
    }

    #[test]
    fn days_are_as_far_apart_as_the_calendar_says((a, ay, am, ad) in days(), (b, by, bm, bd) in days()) {
        let apart = days_since_epoch(by, bm, bd) - days_since_epoch(ay, am, ad);
        prop_assert_eq!(i64::from(a.days_until(b)), apart);
        prop_assert_eq!(a.add_days(a.days_until(b)), b);
        prop_assert_eq!(a.cmp(&b), 0.cmp(&apart));
        // 1970-01-01 was a Thursday.
        let weekday = (days_since_epoch(ay, am, ad) + 3).rem_euclid(7) + 1;
        prop_assert_eq!(i64::from(a.weekday()), weekday);
    }

    #[test]
    fn months_are_numbers(year in 1_i32..=9999, month in 1_u8..=12, step in -200_i32..200) {
        let start = Month::new(year, month).unwrap();
        prop_assert_eq!(Month::parse(&start.to_string()), Ok(start));
        prop_assert_eq!((start.year(), start.month()), (year, month));
        let moved = start.add_months(step);
        prop_assume!((Month::MIN.number()..=Month::MAX.number()).contains(&(start.number() + step)));
        prop_assert_eq!(moved.number() - start.number(), step);
        let all = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(step);
        prop_assert_eq!(moved.to_string(), format!("{:04}-{:02}", all / 12, all % 12 + 1));
    }

    #[test]
    fn a_moment_is_the_same_read_at_any_offset(
        (day, y, m, d) in days(), of_day in 0_i64..86_400, offset in -1439_i64..=1439,
    ) {
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        let sign = if offset < 0 { '-' } else { '+' };
        let (ahead_h, ahead_m) = (offset.abs() / 60, offset.abs() % 60);
        let text = format!("{day}T{hour:02}:{minute:02}:{second:02}{sign}{ahead_h:02}:{ahead_m:02}");
        let utc = days_since_epoch(y, m, d) * 86_400 + of_day - offset * 60;
        let read = Instant::parse(&text).unwrap();
        prop_assert_eq!(read.utc_seconds(), utc);
        prop_assert_eq!(read.day_at(i32::try_from(offset).unwrap()), day);
        if (1..=9999).contains(&(1970 + utc.div_euclid(31_556_952))) && (2..9999).contains(&y) {
            prop_assert_eq!(Instant::parse(&read.to_string()), Ok(read));
        }
    }

    #[test]
    fn a_day_ends_where_the_next_begins((day, y, m, d) in days(), offset in -1439_i32..=1439) {
        let end = (days_since_epoch(y, m, d) + 1) * 86_400 - i64::from(offset) * 60;
        prop_assert_eq!(Instant::from_utc_seconds(end - 1).day_at(offset), day);
        prop_assert_eq!(Instant::from_utc_seconds(end).day_at(offset), day.add_days(1));
    }

    #[test]
    fn nothing_else_is_a_date(text in "[0-9:T+Z. ２月-]{0,26}|\\PC{0,12}") {
        let digits = |range: &[usize]| range.iter().all(|at| text.as_bytes()[*at].is_ascii_digit());
        let shaped = text.len() == 10 && digits(&[0, 1, 2, 3, 5, 6, 8, 9])
            && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        prop_assert_eq!(Day::parse(&text) == Err(DateFault::NotADay), !shaped);
        let _ = Month::parse(&text);
        let _ = Instant::parse(&text);
    }

    #[test]
    fn no_moment_is_too_far_away(seconds in any::<i64>(), offset in any::<i32>()) {
        let moment = Instant::from_utc_seconds(seconds);
        let day = moment.day_at(offset);
        prop_assert!((Day::MIN..=Day::MAX).contains(&day));
        prop_assert!(!moment.to_string().is_empty());
    }
}
