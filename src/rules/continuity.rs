//! The rows leave no month uncovered between the first start and the reference month.
//!
//! One finding for each gap. While a row has no readable period the gaps are not known, and the
//! findings about that row come first.

use super::{
    Code, Finding,
    span::{self, Span},
    view::{Row, View},
};
use crate::{
    campaign::ContinuityRule,
    standards::Month,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a ContinuityRule) -> Vec<Finding<'a>> {
    let rows = view.rows(&rule.field);
    let Some(spans) = span::all(&rows, view.facts()) else { return Vec::new() };
    let studied = |span: &Span| rows.iter().any(|row| row.index == span.row && is_study(view, rule, row));
    let gaps = gaps(&spans, view.facts().reference);
    let open = gaps.into_iter().filter(|gap| {
        let after_study = spans.iter().any(|span| span.last.next() == gap.0 && studied(span));
        !(after_study && is_vacation(*gap, &rule.vacation))
    });
    open.map(|gap| finding(&rule.field, gap)).collect()
}

/// First and last month of each stretch that no span covers, up to the reference month.
fn gaps(spans: &[Span], reference: Month) -> Vec<(Month, Month)> {
    let mut gaps = Vec::new();
    let Some(first) = spans.first() else { return gaps };
    let mut covered = first.last;
    for span in spans {
        if span.first > covered.next() {
            gaps.push((covered.next(), span.first.add_months(-1)));
        }
        covered = covered.max(span.last);
    }
    if covered < reference {
        gaps.push((covered.next(), reference));
    }
    gaps
}

fn is_study<'a>(view: &View<'a>, rule: &ContinuityRule, row: &Row<'a>) -> bool {
    let study = rule.study.as_ref();
    study.is_some_and(|study| row.text(&study.column, view.facts()) == Some(study.is.as_str()))
}

fn is_vacation((first, last): (Month, Month), vacation: &[u8]) -> bool {
    first.year() == last.year() && (first.month()..=last.month()).all(|month| vacation.contains(&month))
}

fn finding<'a>(key: &str, (first, last): (Month, Month)) -> Finding<'a> {
    let months = last.number() - first.number() + 1;
    Finding::on(Code::Gap, key)
        .with("first", first.to_string())
        .with("last", last.to_string())
        .with("months", months)
}
