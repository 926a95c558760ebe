//! Months of service, and gaps between the rows of a résumé.
//!
//! Notices ask for "5 years and more" and for a history without interruption, and give months. So a
//! row is the set of months from its start to its end, both included, and the rows are united: two
//! posts held at the same time count once, rows that follow each other are one run.
//!
//! A row that starts after the reference month, or after its own end, covers nothing and is passed
//! over here; that it is wrong is for a rule of its own to say.

use super::Month;

/// A row of a history: from `start` to `end`, or until now (至今).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Last month, itself included; `None` is 至今, the reference month.
    pub end: Option<Month>,
}

impl Period {
    /// The period with its open end closed at `until`, where there is such a month.
    #[must_use]
    pub fn ended(self, until: Option<Month>) -> Self {
        Self { end: self.end.or(until), ..self }
    }
}

/// Months without interruption, first and last included.
#[derive(Clone, Copy)]
struct Run {
    first: Month,
    last: Month,
}

impl Run {
    /// What a run counts as service: the last month less the first.
    fn service(self) -> u32 {
        u32::try_from(self.last.number() - self.first.number()).unwrap_or(0)
    }
}

/// Months of service up to `reference`: of each unbroken run the last month less the first, added
/// up. From 2018-08 to 2023-08 is 60 months, five years.
///
/// ```
/// use nomination_form::standards::{Month, months::{Period, service_months}};
///
/// let month = |text| Month::parse(text).unwrap();
/// let rows = [Period { start: month("2018-08"), end: None }];
/// assert_eq!(service_months(&rows, month("2023-08")), 60);
/// ```
pub fn service_months(rows: &[Period], reference: Month) -> u32 {
    runs(rows.iter().copied(), reference).iter().map(|run| run.service()).sum()
}

/// Months of service in the longest unbroken run alone, for notices that ask for 连续.
///
/// ```
/// use nomination_form::standards::{Month, months::{Period, longest_run_months}};
///
/// let month = |text| Month::parse(text).unwrap();
/// let rows = [
///     Period { start: month("2015-03"), end: Some(month("2017-06")) },
///     Period { start: month("2017-08"), end: None },
/// ];
/// assert_eq!(longest_run_months(&rows, month("2023-08")), 72);
/// ```
pub fn longest_run_months(rows: &[Period], reference: Month) -> u32 {
    runs(rows.iter().copied(), reference).iter().map(|run| run.service()).max().unwrap_or(0)
}

/// The gaps from the first month of the rows to `reference`, each with its first and last month.
///
/// Each row comes with whether it is one of study. `vacation` are the months of the year (7 and 8)
/// that nobody has to account for directly after one: a gap that lies in such months of a single
/// year and begins right after the end of a row of study is dropped. `None` or an empty slice is the
/// strict reading. Without any row there is no gap.
///
/// ```
/// use nomination_form::standards::{Month, months::{Period, gaps}};
///
/// let month = |text| Month::parse(text).unwrap();
/// let rows = [
///     (Period { start: month("2005-09"), end: Some(month("2008-06")) }, true),
///     (Period { start: month("2008-09"), end: None }, false),
/// ];
/// assert_eq!(gaps(&rows, month("2022-08"), Some(&[7, 8])), []);
/// assert_eq!(gaps(&rows, month("2022-08"), None), [(month("2008-07"), month("2008-08"))]);
/// ```
pub fn gaps(
    rows: &[(Period, bool)],
    reference: Month,
    vacation: Option<&[u8]>,
) -> Vec<(Month, Month)> {
    let runs = runs(rows.iter().map(|(period, _)| *period), reference);
    let resumed = runs.iter().skip(1).map(|run| run.first.add_months(-1)).chain([reference]);
    runs.iter()
        .zip(resumed)
        .filter(|(run, last)| run.last < *last)
        .map(|(run, last)| (run.last.next(), last))
        .filter(|gap| {
            !(is_vacation(*gap, vacation.unwrap_or_default()) && follows_study(gap.0, rows))
        })
        .collect()
}

/// The months covered by `rows` up to `reference`, as runs in order.
fn runs(rows: impl Iterator<Item = Period>, reference: Month) -> Vec<Run> {
    let mut rows: Vec<Run> = rows.filter_map(|row| covered(row, reference)).collect();
    rows.sort_by_key(|run| run.first);
    let mut runs: Vec<Run> = Vec::with_capacity(rows.len());
    for row in rows {
        match runs.last_mut() {
            Some(run) if row.first <= run.last.next() => run.last = run.last.max(row.last),
            _ => runs.push(row),
        }
    }
    runs
}

fn covered(row: Period, reference: Month) -> Option<Run> {
    let last = row.end.unwrap_or(reference).min(reference);
    (row.start <= last).then_some(Run { first: row.start, last })
}

/// Whether all months of the gap are vacation of one year.
fn is_vacation((first, last): (Month, Month), vacation: &[u8]) -> bool {
    let mut of_year = first.month()..=last.month();
    first.year() == last.year() && of_year.all(|month| vacation.contains(&month))
}

fn follows_study(first: Month, rows: &[(Period, bool)]) -> bool {
    rows.iter().any(|(row, study)| {
        *study && row.end.is_some_and(|end| end.next() == first && row.start <= end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    /// Reads `2015-03..2017-06` and `2018-08..至今`.
    fn period(text: &str) -> Period {
        let (start, end) = text.split_once("..").unwrap();
        Period { start: month(start), end: Month::parse(end).ok() }
    }

    fn periods(rows: &[&str]) -> Vec<Period> {
        rows.iter().map(|row| period(row)).collect()
    }

    #[track_caller]
    fn serves(rows: &[&str], reference: &str, expected: u32) {
        assert_eq!(service_months(&periods(rows), month(reference)), expected, "{rows:?}");
    }

    /// Rows as above with `study` or `work` in front; gaps as `2008-07..2008-08`.
    #[track_caller]
    fn leaves(rows: &[&str], reference: &str, vacation: Option<&[u8]>, expected: &[&str]) {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| row.split_once(' ').unwrap())
            .map(|(kind, row)| (period(row), kind == "study"))
            .collect();
        let gaps = gaps(&rows, month(reference), vacation);
        let gaps: Vec<_> = gaps.iter().map(|(first, last)| format!("{first}..{last}")).collect();
        assert_eq!(gaps, expected, "{rows:?}");
    }

    const SUMMER: Option<&[u8]> = Some(&[7, 8]);

    #[test]
    fn a_run_counts_its_last_month_less_its_first() {
        serves(&["2018-08..至今"], "2023-08", 60);
        serves(&["2018-09..至今"], "2023-08", 59);
        serves(&["2012-08..至今"], "2022-08", 120);
        serves(&["2022-08..2022-08"], "2022-08", 0);
        serves(&[], "2022-08", 0);
    }

    #[test]
    fn rows_that_follow_each_other_are_one_run_and_a_missing_month_breaks_it() {
        serves(&["2015-03..2017-06", "2017-07..至今"], "2023-08", 101);
        serves(&["2015-03..2017-07", "2017-07..至今"], "2023-08", 101);
        serves(&["2015-03..2017-06", "2017-08..至今"], "2023-08", 99);
    }

    #[test]
    fn posts_held_at_the_same_time_count_once_in_any_order() {
        serves(&["2012-01..2016-12", "2014-01..2018-12"], "2023-08", 83);
        serves(&["2014-01..2018-12", "2012-01..2016-12"], "2023-08", 83);
        serves(&["2012-01..2018-12", "2014-01..2015-12"], "2023-08", 83);
    }

    #[test]
    fn what_lies_after_the_reference_month_is_cut_off() {
        serves(&["2018-08..2030-01"], "2023-08", 60);
        serves(&["2018-08..2020-08", "2023-09..至今"], "2023-08", 24);
    }

    #[test]
    fn a_row_that_ends_before_it_starts_is_passed_over() {
        serves(&["2020-08..2018-08", "2022-08..2023-08"], "2023-08", 12);
        leaves(&["work 2012-04..2011-01", "work 2013-01..至今"], "2022-08", SUMMER, &[]);
    }

    #[test]
    fn the_longest_run_counts_alone_where_asked_for() {
        let rows = periods(&["2015-03..2017-06", "2017-08..至今"]);
        assert_eq!(longest_run_months(&rows, month("2023-08")), 72);
        assert_eq!(longest_run_months(&[], month("2023-08")), 0);
    }

    #[test]
    fn a_summer_directly_after_school_is_no_gap() {
        let rows = ["study 2005-09..2008-07", "study 2008-09..2012-06", "work 2012-07..至今"];
        leaves(&rows, "2022-08", SUMMER, &[]);
        leaves(&rows, "2022-08", None, &["2008-08..2008-08"]);
        let rows = ["study 2005-09..2008-06", "work 2008-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &[]);
        leaves(&rows, "2022-08", None, &["2008-07..2008-08"]);
        leaves(&rows, "2022-08", Some(&[]), &["2008-07..2008-08"]);
    }

    #[test]
    fn a_gap_that_reaches_beyond_the_summer_is_a_gap_as_a_whole() {
        let rows = ["study 2005-09..2008-06", "work 2008-10..至今"];
        leaves(&rows, "2022-08", SUMMER, &["2008-07..2008-09"]);
        let rows = ["study 2005-09..2008-05", "work 2008-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &["2008-06..2008-08"]);
        let rows = ["study 2005-09..2008-06", "work 2009-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &["2008-07..2009-08"]);
    }

    #[test]
    fn a_summer_after_work_or_later_than_directly_after_school_is_a_gap() {
        let rows = ["work 2005-09..2008-06", "work 2008-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &["2008-07..2008-08"]);
        let rows = ["study 2005-09..2008-04", "work 2008-05..2008-06", "work 2008-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &["2008-07..2008-08"]);
        let rows = ["work 2005-09..2008-06", "study 2006-09..2008-06", "work 2008-09..至今"];
        leaves(&rows, "2022-08", SUMMER, &[]);
    }

    #[test]
    fn gaps_reach_to_the_reference_month() {
        leaves(
            &["work 2010-01..2012-03", "work 2012-05..至今"],
            "2022-08",
            SUMMER,
            &["2012-04..2012-04"],
        );
        leaves(&["work 2010-01..2022-05"], "2022-08", SUMMER, &["2022-06..2022-08"]);
        leaves(&["work 2010-01..2022-08"], "2022-08", SUMMER, &[]);
        leaves(&["study 2010-01..2022-06"], "2022-08", SUMMER, &[]);
        leaves(&[], "2022-08", SUMMER, &[]);
    }

    #[test]
    fn adjacent_and_overlapping_rows_leave_no_gap() {
        leaves(&["study 2008-09..2011-07", "work 2011-07..至今"], "2022-08", None, &[]);
        leaves(&["study 2008-09..2011-07", "work 2011-08..至今"], "2022-08", None, &[]);
        leaves(&["work 2008-09..至今", "study 2010-09..2012-07"], "2022-08", None, &[]);
    }

    #[test]
    fn absurd_years_cost_and_break_nothing() {
        serves(&["0001-01..9999-12"], "9999-12", 9999 * 12 - 1);
        serves(&["9999-12..至今"], "9999-12", 0);
        leaves(&["work 0001-01..0001-01"], "9999-12", SUMMER, &["0001-02..9999-12"]);
        leaves(&["work 0001-01..9999-12"], "9999-12", SUMMER, &[]);
    }
}
