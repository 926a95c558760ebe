//! A telephone number: mobile, or landline with its area code.

use super::{Code, Finding, view::View};
use crate::{
    campaign::{PhoneRule, Severity},
    standards::phone::{self, PhoneFault, PhoneKind},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a PhoneRule) -> Vec<Finding<'a>> {
    let Some(number) = view.text(&rule.field) else { return Vec::new() };
    let on = |code| Finding::on(code, &rule.field).with("of", "phone");
    let found = match phone::check(number) {
        Ok(phone) if phone.kind == PhoneKind::Service400 && !rule.service_numbers => {
            on(Code::ServiceNumber)
        }
        Ok(phone) if !phone.known_prefix => on(Code::Unlikely).severity(Severity::Warn),
        Ok(_) => return Vec::new(),
        Err(PhoneFault::NoAreaCode) => on(Code::NoAreaCode),
        Err(PhoneFault::Several) => on(Code::TooMany).with("max", 1),
        Err(_) => on(Code::WrongForm),
    };
    vec![found]
}
