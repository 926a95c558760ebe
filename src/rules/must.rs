//! A condition of the campaign that must hold.
//!
//! Like every rule it does not judge what is not there: while an answer it reads is missing it is
//! silent, unless the campaign says otherwise.

use super::{Code, Finding, view::View};
use crate::campaign::{MustRule, Severity};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a MustRule) -> Vec<Finding<'a>> {
    if !view.visible(&rule.field) || view.holds(&rule.that) {
        return Vec::new();
    }
    let ready = || rule.that.reads().into_iter().all(|key| view.given_at(key));
    if !rule.even_if_missing && !ready() {
        return Vec::new();
    }
    let explained = rule.unless_explained.as_ref().is_some_and(|key| view.given_at(key));
    let finding = Finding::on(Code::NotMet, &rule.field);
    vec![if explained { finding.milder(Severity::Warn) } else { finding }]
}
