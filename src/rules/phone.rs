use super::{Finding, view::View};
use crate::campaign::PhoneRule;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a PhoneRule) -> Vec<Finding<'a>> { Vec::new() }
