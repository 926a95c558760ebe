//! The sex is the one in the document's number; the finding is on the sex.

use super::{Code, Finding, id_document, view::View};
use crate::{
    campaign::IdSexRule,
    standards::{codes, resident_id::mask},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a IdSexRule) -> Vec<Finding<'a>> {
    mismatch(view, rule).into_iter().collect()
}

fn mismatch<'a>(view: &View<'a>, rule: &'a IdSexRule) -> Option<Finding<'a>> {
    let said = view.text(&rule.sex)?;
    let (_, document) = id_document::read(view, &rule.document)?;
    let expected = codes::find("sex", document.sex?.code())?;
    // An unknown code has its own finding, and says nothing that could be contradicted.
    codes::find("sex", said)?;
    (said != expected.code).then(|| {
        Finding::on(Code::Mismatch, &rule.sex)
            .with("of", "sex")
            .with("document", view.label(&rule.document.number))
            .with("masked", mask(&document.number))
            .with("expected", expected.name)
    })
}
