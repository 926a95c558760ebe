//! The number of an identity document is right for its type.

use super::{Code, Finding, view::View};
use crate::{
    campaign::{IdDocumentRule, Severity},
    standards::{
        id_document::{self, IdDocument},
        resident_id::IdFault,
    },
    words::key,
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a IdDocumentRule) -> Vec<Finding<'a>> {
    let Some(number) = view.text(&rule.number) else { return Vec::new() };
    let kind = kind(view, rule);
    match id_document::check(kind, number, view.facts().today) {
        Ok(document) => document.doubts.iter().map(|doubt| doubtful(rule, doubt)).collect(),
        // A kind that the standards do not describe has no form to be judged by.
        Err(IdFault::UnknownKind) => Vec::new(),
        Err(fault) => vec![finding(view, rule, kind, &fault)],
    }
}

/// The type of the document, as the person says or as the rule assumes.
fn kind<'a>(view: &View<'a>, rule: &'a IdDocumentRule) -> &'a str {
    let said = rule.kind.as_deref().and_then(|key| view.text(key));
    said.unwrap_or(&rule.default_type)
}

/// The document, where its number is right.
pub(super) fn read<'a>(view: &View<'a>, rule: &'a IdDocumentRule) -> Option<(&'a str, IdDocument)> {
    let kind = kind(view, rule);
    let document = id_document::check(kind, view.text(&rule.number)?, view.facts().today).ok()?;
    Some((kind, document))
}

fn doubtful<'a>(rule: &IdDocumentRule, doubt: &str) -> Finding<'a> {
    let of = if doubt == "unusual-age" { "age" } else { "document" };
    Finding::on(Code::Unlikely, &rule.number)
        .with("of", of)
        .with("doubt", doubt)
        .severity(Severity::Warn)
}

fn finding<'a>(view: &View<'a>, rule: &IdDocumentRule, kind: &str, fault: &IdFault) -> Finding<'a> {
    let on = |code| Finding::on(code, &rule.number).with("type", kind);
    if let Some(other) = fault.switch_to() {
        return on(Code::OtherType).with("other", other);
    }
    match fault {
        IdFault::Masked => on(Code::Masked),
        IdFault::Characters { position } => on(Code::WrongCharacters).with("position", *position),
        IdFault::Length { found, expected } => {
            let words = view.words();
            let expected =
                expected.replace('-', words.word(key!("to"))).replace('/', words.word(key!("or")));
            on(Code::WrongLength).with("count", *found).with("expected", expected)
        }
        IdFault::FirstGeneration { .. } | IdFault::Centenarian => on(Code::OldForm),
        IdFault::Region { .. } => on(Code::WrongRegion),
        IdFault::Date | IdFault::Before1900 | IdFault::Future => on(Code::WrongDate),
        IdFault::CheckCharacter => on(Code::WrongCheck),
        _ => on(Code::WrongForm),
    }
}
