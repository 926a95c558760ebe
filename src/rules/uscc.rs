//! A unified social credit code.

use super::{Code, Finding, view::View};
use crate::{
    campaign::{Severity, UsccRule},
    standards::uscc::{self, UsccFault},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a UsccRule) -> Vec<Finding<'a>> {
    let Some(code) = view.text(&rule.field) else { return Vec::new() };
    let on = |code| Finding::on(code, &rule.field).with("of", "uscc");
    let found = match uscc::check(code) {
        Ok(code) if rule.inner_check && !code.inner_check_ok => {
            on(Code::Unlikely).severity(Severity::Warn)
        }
        Ok(_) => return Vec::new(),
        Err(UsccFault::Length { found }) => on(Code::WrongLength).with("count", found),
        Err(UsccFault::Characters { position }) => {
            on(Code::WrongCharacters).with("position", position)
        }
        Err(UsccFault::CheckCharacter) => on(Code::WrongCheck),
        Err(_) => on(Code::WrongForm),
    };
    vec![found]
}
