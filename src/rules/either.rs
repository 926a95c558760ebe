//! So many of several fields are filled in: either/or, at most one of them, several of a list.

use super::{Code, Finding, view::View};
use crate::campaign::EitherRule;

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a EitherRule) -> Vec<Finding<'a>> {
    let shown: Vec<_> = rule.fields.iter().filter(|key| view.visible(key)).collect();
    let count = shown.iter().filter(|key| view.given_at(key)).count();
    let whole = |figure: u32| usize::try_from(figure).unwrap_or(usize::MAX);
    // Where the first of the fields is hidden, the finding stands at the first that is shown.
    let Some(first) = shown.first() else { return Vec::new() };
    let labels: Vec<_> = shown.iter().map(|key| view.label(key)).collect();
    let finding = |code| {
        let finding = Finding::on(code, first).with("of", "fields").with("count", count);
        finding.with("fields", labels.clone())
    };
    // No more can be asked for than there is.
    let min = whole(rule.min).min(shown.len());
    if count < min {
        return vec![finding(Code::TooFew).with("min", min)];
    }
    match rule.max.map(whole).filter(|max| count > *max) {
        Some(max) => vec![finding(Code::TooMany).with("max", max)],
        None => Vec::new(),
    }
}
