//! Months of service: the rows whose flag is set, taken together (A5).

use super::{
    Code, Finding, span,
    view::{Facts, Row, View},
};
use crate::{
    campaign::{Show, TenureRule, Track},
    standards::months,
};

pub(super) fn judge<'a>(
    view: &View<'a>,
    track: &'a Track,
    rule: &'a TenureRule,
) -> Vec<Finding<'a>> {
    let rows = view.rows(&rule.field);
    if rows.is_empty() {
        return Vec::new();
    }
    let service = service(&rows, &rule.flag, rule.unbroken, view.facts());
    // A flagged row without a readable period has its own finding; the sum is not known before.
    if service.months >= rule.min_months || service.unread {
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
    let beside = |value: &&crate::campaign::Computed| {
        value.beside == rule.field && value.show == Show::Months
    };
    track.computed.iter().find(beside).map_or("工作年限", |value| value.label.base())
}

/// Service found in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Service {
    /// Whole months.
    pub(super) months: u32,
    /// Whether a flagged row could not be read.
    pub(super) unread: bool,
}

/// Adds up the unbroken runs of months; with `unbroken` only the longest counts.
pub(super) fn service<'a>(
    rows: &[Row<'a>],
    flag: &str,
    unbroken: bool,
    facts: &Facts<'a>,
) -> Service {
    let flagged = rows.iter().filter(|row| row.says_yes(flag, facts));
    let periods: Vec<_> = flagged.map(|row| span::period(row, facts)).collect();
    let unread = periods.contains(&None);
    let periods: Vec<_> = periods.into_iter().flatten().collect();
    let count = if unbroken { months::longest_run_months } else { months::service_months };
    Service { months: count(&periods, facts.reference), unread }
}
