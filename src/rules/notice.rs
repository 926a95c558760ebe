use super::{Finding, view::View};
use crate::campaign::NoticeRule;
pub(super) fn judge<'a>(_view: &View<'a>, _rule: &'a NoticeRule) -> Vec<Finding<'a>> { Vec::new() }
