use super::{Finding, view::View};
use crate::campaign::OnField;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a OnField) -> Vec<Finding<'a>> { Vec::new() }
