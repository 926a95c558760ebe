//! A choice's value is one of its options; the campaign's own word on unknown values.

use super::{Code, Finding, shape, view::View};
use crate::campaign::{FieldKind, OnField};

/// How many options a message can name and still be read.
const NAMED: usize = 10;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a OnField) -> Vec<Finding<'a>> {
    let Some(FieldKind::Choice(choice)) = view.field(&rule.field).map(|field| &field.kind) else {
        return Vec::new();
    };
    let Some(word) = view.text(&rule.field) else { return Vec::new() };
    if shape::among(choice, word) {
        return Vec::new();
    }
    let mut finding = Finding::on(Code::UnknownOption, &rule.field);
    if (1..=NAMED).contains(&choice.options.len()) {
        let labels: Vec<_> = choice.options.iter().map(|option| option.label.base()).collect();
        finding = finding.with("options", labels);
    }
    vec![finding]
}
