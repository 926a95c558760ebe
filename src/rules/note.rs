//! Speaks when a condition of the campaign holds: preferences and hints, or what must not be.

use super::{Code, Finding, view::View};
use crate::campaign::NoteRule;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a NoteRule) -> Vec<Finding<'a>> {
    let speaks = view.visible(&rule.field) && view.holds(&rule.when);
    speaks.then(|| Finding::on(Code::Noted, &rule.field)).into_iter().collect()
}
