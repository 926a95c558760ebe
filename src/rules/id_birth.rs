//! The month of birth is the one in the document's number; the finding is on the month.

use super::{Code, Finding, id_document, view::View};
use crate::{
    campaign::IdBirthRule,
    standards::{Month, resident_id::mask},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a IdBirthRule) -> Vec<Finding<'a>> {
    mismatch(view, rule).into_iter().collect()
}

fn mismatch<'a>(view: &View<'a>, rule: &'a IdBirthRule) -> Option<Finding<'a>> {
    let said: Month = view.text(&rule.birth)?.parse().ok()?;
    let (_, document) = id_document::read(view, &rule.document)?;
    let expected = document.birth?.month();
    (said != expected).then(|| {
        Finding::on(Code::Mismatch, &rule.birth)
            .with("of", "birth")
            .with("document", view.label(&rule.document.number))
            .with("masked", mask(&document.number))
            .with("expected", expected.to_string())
    })
}
