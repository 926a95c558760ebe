use super::{Finding, view::View};
use crate::campaign::IdSexRule;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a IdSexRule) -> Vec<Finding<'a>> { Vec::new() }
