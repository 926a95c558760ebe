use super::{Finding, view::View};
use crate::campaign::IdBirthRule;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a IdBirthRule) -> Vec<Finding<'a>> { Vec::new() }
