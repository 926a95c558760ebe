//! Months of service: the rows whose flag is set, taken together.

use super::{
    Code, Finding,
    condition::{self, Scope},
    span,
    view::{Facts, Row, View},
};
use crate::{
    campaign::{Computed, Show, TenureRule},
    standards::{Month, months},
    words::{Words, key},
};

pub(super) fn judge<'a>(
    view: &View<'a>,
    computed: &'a [Computed],
    rule: &'a TenureRule,
) -> Vec<Finding<'a>> {
    let (rows, facts) = (view.rows(&rule.field), view.facts());
    if rows.is_empty() {
        return Vec::new();
    }
    let reference = rule.reference.map_or(facts.reference, crate::standards::Day::month);
    let until = rule.until.as_ref().and_then(|until| condition::month(until, Scope::Form(view)));
    let counted: Vec<_> = rows.iter().filter(|row| counts(rule, row, facts)).copied().collect();
    let posts = posts(rule, &counted, facts);
    let services = posts.iter().map(|post| service(post, rule.unbroken, until, reference, facts));
    let service = services.max_by_key(|service| (service.months, service.unread));
    let service = service.unwrap_or_default();
    // A row without a readable period has its own finding; the sum is not known before.
    if service.months >= rule.min_months || service.unread {
        return Vec::new();
    }
    let finding = Finding::on(Code::TooFewMonths, &rule.field)
        .with("months", service.months)
        .with("min", rule.min_months)
        .with("reference", reference.to_string());
    vec![finding.label(label(view.words(), computed, rule))]
}

/// Whether a row is of the service asked for.
pub(super) fn counts<'a>(rule: &'a TenureRule, row: &Row<'a>, facts: &Facts<'a>) -> bool {
    let flagged = rule.flag.as_ref().is_none_or(|flag| row.says_yes(flag, facts));
    let holds = |rows| condition::holds(rows, Scope::Row(facts, *row, 0));
    flagged && rule.rows.as_ref().is_none_or(holds)
}

/// The rows that are added up: all of them, or those of each post.
fn posts<'a>(rule: &'a TenureRule, rows: &[Row<'a>], facts: &Facts<'a>) -> Vec<Vec<Row<'a>>> {
    let Some(same) = &rule.same else { return vec![rows.to_vec()] };
    let mut posts: Vec<(Option<&str>, Vec<Row>)> = Vec::new();
    for row in rows {
        let post = row.text(same, facts);
        match posts.iter_mut().find(|(known, _)| *known == post) {
            Some((_, rows)) => rows.push(*row),
            None => posts.push((post, vec![*row])),
        }
    }
    posts.into_iter().map(|(_, rows)| rows).collect()
}

/// What the years are called: the computed value shown beside the table, where there is one.
fn label<'a>(words: &'static Words, computed: &'a [Computed], rule: &TenureRule) -> &'a str {
    let beside = |value: &&Computed| value.beside == rule.field && value.show == Show::Months;
    let value = computed.iter().find(beside);
    value.map_or_else(|| words.word(key!("service")), |value| value.label.get(words.lang()))
}

/// Service found in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Service {
    /// Whole months.
    pub(super) months: u32,
    /// Whether a row could not be read.
    pub(super) unread: bool,
}

/// Adds up the unbroken runs of months; with `unbroken` only the longest counts. A row without an end
/// lasts to `until`, or to the reference month.
pub(super) fn service<'a>(
    rows: &[Row<'a>],
    unbroken: bool,
    until: Option<Month>,
    reference: Month,
    facts: &Facts<'a>,
) -> Service {
    let periods: Vec<_> = rows.iter().map(|row| span::period(row, facts)).collect();
    let unread = periods.contains(&None);
    let periods: Vec<_> = periods.into_iter().flatten().map(|period| period.ended(until)).collect();
    let count = if unbroken { months::longest_run_months } else { months::service_months };
    Service { months: count(&periods, reference), unread }
}
