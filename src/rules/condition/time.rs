//! Days, months and times in conditions. They are texts, `2022-08-20` and `2022-08`, whose order as
//! text is their order in time.

use super::{Facts, Val, num};
use crate::{
    campaign::Op,
    standards::{Day, Month, resident_id},
};

/// The operators of time; null for what is no date.
pub(super) fn operate<'a>(op: Op, a: &Val<'a>, b: Option<&Val<'a>>, facts: &Facts) -> Val<'a> {
    let found = match op {
        Op::MonthsSince => return months_since(a, b, facts).map_or(Val::Null, number),
        Op::YearsSince => return years_since(a, b, facts).map_or(Val::Null, number),
        Op::Workdays => {
            let (start, end) = (day(a), b.and_then(day));
            let count = start.zip(end).map(|(start, end)| facts.calendar.count(start, end, true));
            return count.map_or(Val::Null, |days| Val::Num(days.into()));
        }
        Op::AddMonths => add_months(a, b.and_then(whole)),
        Op::AddDays => day(a).zip(b.and_then(whole)).map(|(day, n)| day.add_days(n).to_string()),
        Op::LastDay => day(a).or_else(|| month(a).map(last_day)).map(|day| day.to_string()),
        Op::BirthOf => birth(a, facts).map(|day| day.to_string()),
        Op::Reference => Some(facts.reference_date.to_string()),
        Op::Deadline => Some(facts.deadline.to_string()),
        Op::Today => Some(facts.today.to_string()),
        Op::Now => Some(facts.time.to_string()),
        _ => None,
    };
    found.map_or(Val::Null, |words| Val::Text(words.into()))
}

fn number<'a>(number: i32) -> Val<'a> {
    Val::Num(number.into())
}

/// Whether two texts are days, months or times of day, and both the same of these.
pub(super) fn comparable(a: &str, b: &str) -> bool {
    a.len() == b.len() && has_form(a) && has_form(b)
}

/// `2022-08`, `2022-08-20` or `17:30`.
fn has_form(words: &str) -> bool {
    let mark = |i: usize| match (words.len(), i) {
        (7, 4) | (10, 4 | 7) => Some(b'-'),
        (5, 2) => Some(b':'),
        _ => None,
    };
    matches!(words.len(), 5 | 7 | 10)
        && words
            .bytes()
            .enumerate()
            .all(|(i, byte)| mark(i).map_or(byte.is_ascii_digit(), |mark| byte == mark))
}

fn text<'v>(value: &'v Val) -> Option<&'v str> {
    match value {
        Val::Text(words) => Some(words.trim()),
        _ => None,
    }
}

fn day(value: &Val) -> Option<Day> {
    text(value)?.parse().ok()
}

/// The month of a month or a day.
pub(super) fn month(value: &Val) -> Option<Month> {
    let words = text(value)?;
    words.parse().ok().or_else(|| words.parse::<Day>().ok().map(Day::month))
}

fn last_day(month: Month) -> Day {
    let next = month.next();
    Day::new(next.year(), next.month(), 1).map_or(Day::MAX, |day| day.add_days(-1))
}

/// A whole number of months or days; a part of one counts for nothing.
#[allow(clippy::cast_possible_truncation)] // a cast from f64 saturates, and so do days and months
fn whole(value: &Val) -> Option<i32> {
    num(value).map(|number| number as i32)
}

fn months_since(from: &Val, to: Option<&Val>, facts: &Facts) -> Option<i32> {
    let to = to.map_or(Some(facts.reference), month)?;
    Some(to.number() - month(from)?.number())
}

/// Whole years. Between two days the anniversary itself counts; where only the month is known, so
/// does all of its month.
fn years_since(from: &Val, to: Option<&Val>, facts: &Facts) -> Option<i32> {
    let reference = Val::Text(facts.reference_date.to_string().into());
    let to = to.unwrap_or(&reference);
    let months = month(to)?.number() - month(from)?.number();
    let short = day(from).zip(day(to)).is_some_and(|(a, b)| b.day_of_month() < a.day_of_month());
    Some((months - i32::from(short)).div_euclid(12))
}

fn add_months(value: &Val, months: Option<i32>) -> Option<String> {
    let later = month(value)?.add_months(months?);
    let Some(day) = day(value) else { return Some(later.to_string()) };
    let last = last_day(later);
    let same = Day::new(later.year(), later.month(), day.day_of_month()).unwrap_or(last);
    Some(same.to_string())
}

fn birth(value: &Val, facts: &Facts) -> Option<Day> {
    resident_id::parse(text(value)?, facts.today).ok().map(|id| id.birth)
}
