//! The rows leave no month uncovered between the first start and the reference month (不得断档).
//!
//! One finding for each gap. While a row has no readable period the gaps are not known, and the
//! findings about that row come first.

use super::{
    Code, Finding,
    condition::{self, Scope},
    span,
    view::{Row, View},
};
use crate::{
    campaign::ContinuityRule,
    standards::{Month, months},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a ContinuityRule) -> Vec<Finding<'a>> {
    gaps(view, rule).into_iter().map(|gap| finding(&rule.field, gap)).collect()
}

/// The month that ends an open row, where the answers give one; and the month that the rows must reach.
pub(super) fn end<'a>(view: &View<'a>, rule: &'a ContinuityRule) -> (Option<Month>, Month) {
    let until = rule.until.as_ref().and_then(|until| condition::month(until, Scope::Form(view)));
    let reference = view.facts().reference;
    (until, until.map_or(reference, |until| until.min(reference)))
}

/// The gaps, each with its first and last month.
pub(super) fn gaps<'a>(view: &View<'a>, rule: &'a ContinuityRule) -> Vec<(Month, Month)> {
    let rows = view.rows(&rule.field);
    let (until, last) = end(view, rule);
    let period =
        |row| Some((span::period(row, view.facts())?.ended(until), is_study(view, rule, row)));
    let Some(periods) = rows.iter().map(period).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    months::gaps(&periods, last, Some(&rule.vacation))
}

fn is_study<'a>(view: &View<'a>, rule: &ContinuityRule, row: &Row<'a>) -> bool {
    let study = rule.study.as_ref();
    study.is_some_and(|study| row.text(&study.column, view.facts()) == Some(study.is.as_str()))
}

fn finding<'a>(key: &str, (first, last): (Month, Month)) -> Finding<'a> {
    Finding::on(Code::Gap, key)
        .with("first", first.to_string())
        .with("last", last.to_string())
        .with("months", last.number() - first.number() + 1)
}
