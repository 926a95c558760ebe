//! The opinion of every department that is asked; one finding for each that is missing.

use super::{
    Code, Finding, answer,
    finding::{cell, part},
    view::{Row, View},
};
use crate::campaign::{Field, OpinionsRule, Severity};

/// Judges by the rule of id `id`; each finding bears `<id>:<department>`.
pub(super) fn judge<'a>(view: &View<'a>, rule: &'a OpinionsRule, id: &str) -> Vec<Finding<'a>> {
    let Some(field) = view.field(&rule.field) else { return Vec::new() };
    let rows = view.rows(&rule.field);
    if rows.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, entry) in field.entries().iter().enumerate() {
        if !view.asked(field, at) {
            continue;
        }
        let row = rows.iter().find(|row| row.index == at);
        // What is no object has its own finding.
        let given = view.raw(&rule.field).and_then(|all| all.get(&entry.key));
        if row.is_none() && given.is_some_and(|given| !given.is_null() && !given.is_object()) {
            continue;
        }
        if let Some(finding) = one(view, rule, field, at, row) {
            let finding = finding.rule(format!("{id}:{}", entry.key));
            findings.push(finding.label(answer::entry_label(entry, view.lang())));
        }
    }
    findings
}

fn one<'a>(
    view: &View<'a>,
    rule: &'a OpinionsRule,
    field: &'a Field,
    at: usize,
    row: Option<&Row<'a>>,
) -> Option<Finding<'a>> {
    let facts = view.facts();
    let Some(row) = row else {
        let empty = Row { index: at, columns: &[], map: super::judge::empty() };
        return Some(missing(part(field, &empty), "opinion"));
    };
    // A value of the wrong type has its own finding.
    let blank = |value: &serde_json::Value| value.as_str().is_some_and(|it| it.trim().is_empty());
    let given = row.map.get(&rule.status);
    let unread = given.is_some_and(|value| !value.is_null() && !blank(value));
    let Some(status) = row.text(&rule.status, facts) else {
        return (!unread).then(|| missing(cell(field, row, &rule.status), "opinion"));
    };
    if status != rule.not_applicable {
        return None;
    }
    if row.text(&rule.reason, facts).is_none() {
        return Some(missing(cell(field, row, &rule.reason), "reason"));
    }
    let entry = field.entries().get(at)?;
    let always = rule.always.contains(&entry.key);
    let severity = if always { Severity::Warn } else { Severity::Info };
    let finding = Finding::new(Code::NotAsked, cell(field, row, &rule.status));
    Some(finding.severity(severity))
}

fn missing<'a>(path: String, what: &str) -> Finding<'a> {
    Finding::new(Code::Missing, path).with("expected", what)
}
