//! What the kinds of rules need: which fields they name, of what kind, and which columns.

use crate::campaign::{FieldKind, IdDocumentRule, Logic, RuleKind};

/// A field that a rule names, what it must be in words, and the test of that.
pub(super) type Need<'a> = (&'a str, &'static str, fn(&FieldKind) -> bool);

/// The fields a rule names, each with what it must be.
pub(super) fn needs(check: &RuleKind) -> Vec<Need<'_>> {
    let any: fn(&FieldKind) -> bool = |_| true;
    let table: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Rows(_));
    let text: fn(&FieldKind) -> bool = FieldKind::is_text;
    let choice: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Choice(_));
    let month: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Month(_));
    let matrix: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Matrix(_));
    let parts: fn(&FieldKind) -> bool =
        |kind| matches!(kind, FieldKind::Rows(_) | FieldKind::Group(_) | FieldKind::Matrix(_));
    let answered: fn(&FieldKind) -> bool =
        |kind| matches!(kind, FieldKind::Text(_) | FieldKind::Essay(_) | FieldKind::Uscc);
    let when: fn(&FieldKind) -> bool =
        |kind| matches!(kind, FieldKind::Month(_) | FieldKind::Date | FieldKind::DayOrMonth);
    let counted: fn(&FieldKind) -> bool = |kind| match kind {
        FieldKind::Rows(rows) => rows.line.is_some(),
        FieldKind::Text(_) | FieldKind::Essay(_) => true,
        _ => false,
    };
    match check {
        RuleKind::IdDocument(rule) => document(rule, text, choice),
        RuleKind::IdBirth(rule) => {
            let mut needs = document(&rule.document, text, choice);
            needs.push((&rule.birth, "a month", month));
            needs
        }
        RuleKind::IdSex(rule) => {
            let mut needs = document(&rule.document, text, choice);
            needs.push((&rule.sex, "a choice", choice));
            needs
        }
        RuleKind::Phone(rule) => vec![(&rule.field, "a text", text)],
        RuleKind::Uscc(rule) => vec![(&rule.field, "a text", text)],
        RuleKind::Length(rule) => vec![(&rule.field, "a text, or a table with a `line`", counted)],
        RuleKind::UsccKind(rule) => {
            let mut needs: Vec<Need> = vec![(&rule.field, "a text", text)];
            needs.extend(rule.kind.as_deref().map(|key| (key, "a choice", choice)));
            needs
        }
        RuleKind::Listed(rule) if rule.column.is_some() => {
            vec![(&rule.field, "a table, a group or a matrix", parts)]
        }
        RuleKind::Listed(rule) => vec![(&rule.field, "a choice", choice)],
        RuleKind::Declared(rule) => {
            rule.fields.keys().map(|key| (key.as_str(), "a field", any)).collect()
        }
        RuleKind::Periods(rule) | RuleKind::Distinct(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Continuity(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::FirstRow(rule) => {
            let mut needs: Vec<Need> = vec![(&rule.field, "a table", table)];
            needs.extend(rule.birth.as_deref().map(|key| (key, "a month", month)));
            needs
        }
        RuleKind::Tenure(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Grades(rule) => {
            let mut needs: Vec<Need> = vec![(&rule.field, "a table", table)];
            needs.extend(rule.since.as_deref().map(|key| (key, "a month or day", when)));
            needs
        }
        RuleKind::Notice(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Notices(rule) => {
            vec![(&rule.field, "a table", table), (&rule.identities, "a table", table)]
        }
        RuleKind::Opinions(rule) => vec![(&rule.field, "a matrix", matrix)],
        RuleKind::Either(rule) => {
            rule.fields.iter().map(|key| (key.as_str(), "a field", any)).collect()
        }
        RuleKind::Must(rule) => {
            let mut needs: Vec<Need> = vec![(&rule.field, "a field", any)];
            needs.extend(rule.unless_explained.as_deref().map(|key| (key, "a text", answered)));
            needs
        }
        RuleKind::Note(rule) => vec![(&rule.field, "a field", any)],
        RuleKind::Late(_) | RuleKind::Early(_) | RuleKind::Variant => vec![],
    }
}

fn document(
    rule: &IdDocumentRule,
    text: fn(&FieldKind) -> bool,
    choice: fn(&FieldKind) -> bool,
) -> Vec<Need<'_>> {
    let mut needs: Vec<Need> = vec![(&rule.number, "a text", text)];
    needs.extend(rule.kind.as_deref().map(|key| (key, "a choice", choice)));
    needs
}

/// The columns a rule names, each with its table.
pub(super) fn columns(check: &RuleKind) -> Vec<(&str, &str)> {
    const SPAN: [&str; 2] = ["start", "end"];
    let span = |table| SPAN.iter().map(|column| (table, *column)).collect::<Vec<_>>();
    match check {
        RuleKind::Periods(rule) => span(rule.field.as_str()),
        RuleKind::Notice(rule) => span(&rule.field),
        RuleKind::Continuity(rule) => {
            let mut columns = span(&rule.field);
            columns.extend(
                rule.study.as_ref().map(|study| (rule.field.as_str(), study.column.as_str())),
            );
            columns
        }
        RuleKind::FirstRow(rule) => span(&rule.field),
        RuleKind::Tenure(rule) => {
            let mut columns = span(&rule.field);
            columns.extend(rule.flag.as_deref().map(|flag| (rule.field.as_str(), flag)));
            columns.extend(rule.same.as_deref().map(|same| (rule.field.as_str(), same)));
            columns
        }
        RuleKind::Grades(rule) => vec![(&rule.field, &rule.year), (&rule.field, &rule.grade)],
        RuleKind::Listed(rule) => {
            rule.column.iter().map(|column| (rule.field.as_str(), column.as_str())).collect()
        }
        RuleKind::Notices(rule) => {
            let mut columns = span(&rule.field);
            columns.push((&rule.identities, &rule.body));
            columns
        }
        RuleKind::Opinions(rule) => vec![(&rule.field, &rule.status), (&rule.field, &rule.reason)],
        _ => vec![],
    }
}

/// The conditions of a rule over the form, each with its setting; those over rows are not among them.
pub(super) fn logics(check: &RuleKind) -> Vec<(&'static str, &Logic)> {
    match check {
        RuleKind::Note(rule) => vec![("note/when", &rule.when)],
        RuleKind::Must(rule) => vec![("must/that", &rule.that)],
        RuleKind::Tenure(rule) => rule.until.iter().map(|until| ("tenure/until", until)).collect(),
        RuleKind::Continuity(rule) => {
            rule.until.iter().map(|until| ("continuity/until", until)).collect()
        }
        _ => vec![],
    }
}

/// The conditions of a rule over the rows of a table, each with its setting and the table.
pub(super) fn row_logics(check: &RuleKind) -> Vec<(&'static str, &str, &Logic)> {
    match check {
        RuleKind::FirstRow(rule) => vec![("first_row/must", &rule.field, &rule.must)],
        RuleKind::Tenure(rule) => {
            rule.rows.iter().map(|rows| ("tenure/rows", rule.field.as_str(), rows)).collect()
        }
        RuleKind::Notice(rule) => {
            rule.rows.iter().map(|rows| ("notice/rows", rule.field.as_str(), rows)).collect()
        }
        _ => vec![],
    }
}

/// The keys a rule reads.
pub(super) fn reads(check: &RuleKind) -> Vec<&str> {
    let mut keys: Vec<_> = needs(check).into_iter().map(|(key, ..)| key).collect();
    keys.extend(logics(check).into_iter().flat_map(|(_, logic)| logic.reads()));
    keys
}
