//! The time a row covers, in months.

use super::view::{Facts, Row};
use crate::standards::Month;

/// The months from `first` to `last`, both included. `last` is the reference month where the row
/// has no end yet, and `first` is not after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The row it comes from.
    pub(super) row: usize,
    pub(super) first: Month,
    pub(super) last: Month,
}

/// What can be made of a row's `start` and `end`.
pub(super) enum Reading {
    /// A span of months.
    Span(Span),
    /// A row that begins after the reference month: it covers nothing yet.
    Ahead,
    /// No start, no readable end, or an end before the start: other findings speak about it.
    Unusable,
}

pub(super) fn read<'a>(row: &Row<'a>, facts: &Facts<'a>) -> Reading {
    let Some(first) = row.month("start", facts) else { return Reading::Unusable };
    let ending = row.month("end", facts);
    let given = row.map.get("end").filter(|value| !value.is_null());
    let open = row.column("end").zip(given).is_none_or(|(end, given)| super::shape::blank(&end.kind, given));
    let last = match ending {
        Some(last) => last,
        None if open => facts.reference.max(first),
        None => return Reading::Unusable,
    };
    if first > last {
        return Reading::Unusable;
    }
    if first > facts.reference {
        return Reading::Ahead;
    }
    Reading::Span(Span { row: row.index, first, last: last.min(facts.reference) })
}

/// The spans of all rows, earliest start first; `None` where a row cannot be read.
pub(super) fn all<'a>(rows: &[Row<'a>], facts: &Facts<'a>) -> Option<Vec<Span>> {
    let mut spans = Vec::with_capacity(rows.len());
    for row in rows {
        match read(row, facts) {
            Reading::Span(span) => spans.push(span),
            Reading::Ahead => {}
            Reading::Unusable => return None,
        }
    }
    spans.sort_by_key(|span| (span.first, span.last));
    Some(spans)
}
