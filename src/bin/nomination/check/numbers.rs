//! Numbers of persons, bodies and telephones: right or wrong, and what they say.

use nomination_form::standards::{
    Day, id_document,
    phone::{self, PhoneKind},
    resident_id::{self, IdFault, Sex},
    uscc,
};
use serde::Serialize;

/// What is found in the number of an identity document.
#[derive(Serialize)]
pub(super) struct Identity {
    ok: bool,
    normalised: String,
    code: Option<&'static str>,
    birth: Option<Day>,
    sex: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warn: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<String>,
}

/// The number of a 居民身份证. The same as a rule of a campaign finds, age included.
pub(super) fn resident_id(number: &str, today: Day) -> Identity {
    document("居民身份证", number, today)
}

/// The number of a document of that kind.
pub(super) fn document(kind: &str, number: &str, today: Day) -> Identity {
    match id_document::check(kind, number, today) {
        Ok(found) => Identity {
            ok: true,
            normalised: found.number,
            code: None,
            birth: found.birth,
            sex: found.sex.map(Sex::code),
            warn: found.doubts,
            other: None,
            offer: None,
        },
        Err(fault) => Identity {
            ok: false,
            // All kinds of documents are tidied up alike.
            normalised: resident_id::normalise(number),
            code: Some(fault.code()),
            birth: None,
            sex: None,
            warn: Vec::new(),
            other: fault.switch_to(),
            offer: match fault {
                IdFault::FirstGeneration { offer } => offer,
                _ => None,
            },
        },
    }
}

/// What is found in a credit code.
#[derive(Serialize)]
pub(super) struct Body {
    ok: bool,
    normalised: String,
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warn: Vec<&'static str>,
}

/// A unified social credit code.
pub(super) fn uscc(code: &str) -> Body {
    let found = uscc::check(code);
    let doubtful = found.as_ref().is_ok_and(|code| !code.inner_check_ok);
    Body {
        ok: found.is_ok(),
        normalised: uscc::normalise(code),
        code: found.err().map(uscc::UsccFault::code),
        warn: doubtful.then_some("inner-check").into_iter().collect(),
    }
}

/// What is found in a telephone number.
#[derive(Serialize)]
pub(super) struct Telephone {
    ok: bool,
    normalised: String,
    code: Option<&'static str>,
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warn: Vec<&'static str>,
}

/// A telephone number of any kind; whether a service number will do is for a campaign to say.
pub(super) fn phone(number: &str) -> Telephone {
    let found = phone::check(number);
    let doubtful = found.as_ref().is_ok_and(|phone| !phone.known_prefix);
    Telephone {
        ok: found.is_ok(),
        normalised: phone::normalise(number),
        kind: found.as_ref().ok().and_then(|phone| kind(phone.kind)),
        code: found.err().map(phone::PhoneFault::code),
        warn: doubtful.then_some("unknown-prefix").into_iter().collect(),
    }
}

fn kind(kind: PhoneKind) -> Option<&'static str> {
    match kind {
        PhoneKind::Mobile => Some("mobile"),
        PhoneKind::Landline => Some("landline"),
        PhoneKind::Service400 => Some("service"),
        _ => None,
    }
}
