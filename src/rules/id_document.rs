use super::{Finding, view::View};
use crate::campaign::IdDocumentRule;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a IdDocumentRule) -> Vec<Finding<'a>> { Vec::new() }
