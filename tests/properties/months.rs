//! Months of service and gaps, against sets of months.

use std::collections::BTreeSet;

use nomination_form::standards::{
    Month,
    months::{Period, gaps, longest_run_months, service_months},
};
use proptest::{collection::vec, prelude::*};

use crate::config;

/// Months of a span short enough that rows meet, overlap and miss each other by one.
fn month() -> impl Strategy<Value = Month> {
    (2005..2012, 1_u8..=12).prop_map(|(year, month)| Month::new(year, month).unwrap())
}

fn rows() -> impl Strategy<Value = Vec<(Period, bool)>> {
    let row = (month(), 0..40_i32, prop::bool::weighted(0.1), any::<bool>(), -2..3_i32);
    vec(row, 0..7).prop_map(|rows| {
        let mut next = None;
        let mut made = Vec::new();
        for (start, length, open, study, step) in rows {
            // Every other row follows the one before, or misses it by a month or two.
            let start = next.take().map_or(start, |after: Month| after.add_months(step));
            let end = (!open).then(|| start.add_months(length - 2));
            next = end.filter(|_| length % 3 != 0).map(Month::next);
            made.push((Period { start, end }, study));
        }
        made
    })
}

/// The months a row covers up to `reference`.
fn covered(row: &Period, reference: Month) -> BTreeSet<i32> {
    let end = row.end.map_or(reference.number(), |end| end.number().min(reference.number()));
    (row.start.number()..=end).collect()
}

/// Maximal runs of numbers that follow each other.
fn runs(months: &BTreeSet<i32>) -> Vec<(i32, i32)> {
    let first = months.iter().filter(|month| !months.contains(&(*month - 1)));
    let last = months.iter().filter(|month| !months.contains(&(*month + 1)));
    first.copied().zip(last.copied()).collect()
}

fn all_covered(rows: &[(Period, bool)], reference: Month) -> BTreeSet<i32> {
    rows.iter().flat_map(|(row, _)| covered(row, reference)).collect()
}

/// The gaps as the notices mean them, month by month.
fn slow_gaps(rows: &[(Period, bool)], reference: Month, vacation: &[u8]) -> Vec<(i32, i32)> {
    let there = all_covered(rows, reference);
    let Some(first) = there.first() else { return Vec::new() };
    let missing: BTreeSet<i32> =
        (*first..=reference.number()).filter(|month| !there.contains(month)).collect();
    let of_year = |month: i32| u8::try_from((month - 1) % 12 + 1).unwrap();
    let year = |month: i32| (month - 1) / 12;
    let excused = |gap: &(i32, i32)| {
        let only_vacation = (gap.0..=gap.1).all(|month| vacation.contains(&of_year(month)));
        let after_study = rows.iter().any(|(row, study)| {
            *study && row.end.is_some() && covered(row, reference).last() == Some(&(gap.0 - 1))
        });
        only_vacation && year(gap.0) == year(gap.1) && after_study
    };
    runs(&missing).into_iter().filter(|gap| !excused(gap)).collect()
}

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn service_is_what_a_set_of_months_says(rows in rows(), reference in month()) {
        let lengths: Vec<_> =
            runs(&all_covered(&rows, reference)).iter().map(|(first, last)| last - first).collect();
        let periods: Vec<_> = rows.iter().map(|(row, _)| *row).collect();
        let total = u32::try_from(lengths.iter().sum::<i32>()).unwrap();
        let longest = u32::try_from(lengths.iter().max().copied().unwrap_or(0)).unwrap();
        prop_assert_eq!(service_months(&periods, reference), total);
        prop_assert_eq!(longest_run_months(&periods, reference), longest);
    }

    #[test]
    fn gaps_are_what_a_set_of_months_says(
        rows in rows(), reference in month(), vacation in vec(1_u8..=13, 0..6),
    ) {
        for months in [&[7, 8][..], &[], &vacation] {
            let found: Vec<_> = gaps(&rows, reference, Some(months))
                .iter()
                .map(|(first, last)| (first.number(), last.number()))
                .collect();
            prop_assert_eq!(found, slow_gaps(&rows, reference, months));
        }
        prop_assert_eq!(gaps(&rows, reference, None), gaps(&rows, reference, Some(&[])));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(rows in rows(), reference in month()) {
        let mut turned = rows.clone();
        turned.reverse();
        let periods = |rows: &[(Period, bool)]| rows.iter().map(|(row, _)| *row).collect::<Vec<_>>();
        prop_assert_eq!(
            service_months(&periods(&turned), reference),
            service_months(&periods(&rows), reference)
        );
        prop_assert_eq!(gaps(&turned, reference, Some(&[7, 8])), gaps(&rows, reference, Some(&[7, 8])));
    }

    /// A row more never takes service away and never makes a gap inside of what was there.
    #[test]
    fn more_rows_never_mean_less_service(rows in rows(), more in rows(), reference in month()) {
        let periods: Vec<_> = rows.iter().map(|(row, _)| *row).collect();
        let all: Vec<_> = rows.iter().chain(&more).map(|(row, _)| *row).collect();
        prop_assert!(service_months(&all, reference) >= service_months(&periods, reference));
    }

    #[test]
    fn vacation_only_ever_excuses(rows in rows(), reference in month()) {
        let strict = gaps(&rows, reference, None);
        for gap in gaps(&rows, reference, Some(&[7, 8])) {
            prop_assert!(strict.contains(&gap));
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap(open in any::<bool>(), study in any::<bool>()) {
        let ends = [Month::MIN, Month::MIN.next(), Month::MAX.add_months(-1), Month::MAX];
        for (start, end) in ends.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end))) {
            for reference in ends {
                let row = Period { start, end: (!open).then_some(end) };
                let months = service_months(&[row], reference);
                prop_assert!(months <= 12 * 9999);
                prop_assert!(gaps(&[(row, study)], reference, Some(&[1, 12])).len() <= 1);
            }
        }
    }
}
