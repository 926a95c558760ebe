//! Months of service: the rows whose flag is set, taken together (A5).

use super::{
    Code, Finding,
    span::{self, Reading, Span},
    view::{Facts, Row, View},
};
use crate::{
    campaign::{Show, TenureRule, Track},
    standards::Month,
};

pub(super) fn judge<'a>(view: &View<'a>, track: &'a Track, rule: &'a TenureRule) -> Vec<Finding<'a>> {
    let rows = view.rows(&rule.field);
    if rows.is_empty() {
        return Vec::new();
    }
    let service = service(&rows, &rule.flag, rule.unbroken, view.facts());
    // A flagged row without a readable period has its own finding; the sum is not known before.
    if i64::from(service.months) >= i64::from(rule.min_months) || service.unread {
        return Vec::new();
    }
    let finding = Finding::on(Code::TooFewMonths, &rule.field)
        .with("months", service.months)
        .with("min", rule.min_months)
        .with("reference", view.facts().reference.to_string());
    vec![finding.label(label(track, rule))]
}

/// What the years are called: the computed value shown beside the table, where there is one.
fn label<'a>(track: &'a Track, rule: &TenureRule) -> &'a str {
    let beside = |value: &&crate::campaign::Computed| value.beside == rule.field && value.show == Show::Months;
    track.computed.iter().find(beside).map_or("工作年限", |value| value.label.base())
}

/// Service found in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Service {
    /// Whole months.
    pub(super) months: i32,
    /// Whether a flagged row could not be read.
    pub(super) unread: bool,
}

/// Adds up the unbroken runs of months; each counts from its first month to its last. With
/// `unbroken` only the longest counts.
pub(super) fn service<'a>(rows: &[Row<'a>], flag: &str, unbroken: bool, facts: &Facts<'a>) -> Service {
    let mut unread = false;
    let mut spans = Vec::new();
    for row in rows.iter().filter(|row| row.says_yes(flag, facts)) {
        match span::read(row, facts) {
            Reading::Span(span) => spans.push(span),
            Reading::Ahead => {}
            Reading::Unusable => unread = true,
        }
    }
    spans.sort_by_key(|span| (span.first, span.last));
    let lengths = runs(&spans).into_iter().map(|(first, last)| last.number() - first.number());
    let months = if unbroken { lengths.max().unwrap_or(0) } else { lengths.sum() };
    Service { months, unread }
}

/// The unbroken runs of spans in order of their start; spans that overlap or touch are one run.
fn runs(spans: &[Span]) -> Vec<(Month, Month)> {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for span in spans {
        match runs.last_mut() {
            Some((_, last)) if span.first <= last.next() => *last = span.last.max(*last),
            _ => runs.push((span.first, span.last)),
        }
    }
    runs
}
