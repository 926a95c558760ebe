//! The leading places of a unified social credit code fit the kind of body (GB 32100, places 1 and 2).
//!
//! A code that is wrong in itself is another rule's business.

use super::{Code, Finding, view::View};
use crate::{campaign::UsccKindRule, standards::uscc, words::key};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a UsccKindRule) -> Vec<Finding<'a>> {
    let Some(code) = view.text(&rule.field).and_then(|code| uscc::check(code).ok()) else {
        return Vec::new();
    };
    let on = |of: &str| Finding::on(Code::Mismatch, &rule.field).with("of", of);
    if !rule.department.starts_with(code.managing) {
        return vec![on("uscc_department").with("expected", rule.department.as_str())];
    }
    let kind = rule.kind.as_deref().and_then(|key| view.text(key));
    let Some(expected) = kind.and_then(|kind| rule.kinds.get(kind)) else { return Vec::new() };
    if expected.iter().any(|place| place.starts_with(code.kind)) {
        return Vec::new();
    }
    vec![
        on("uscc_kind")
            .with("kind", kind)
            .with("expected", expected.join(view.words().word(key!("join")))),
    ]
}
