//! What is kept of one nomination: a few words and digests, whatever its size.

use serde::Deserialize;
use serde_json::{Value, from_slice};
use sha2::{Digest, Sha256};

use super::Settings;
use crate::{
    answers::{scalar, text},
    campaign::{Batch, FieldKind, Logic},
    rules::{Given, Judge},
    standards::{Instant, codes, phone, resident_id, uscc},
    submission::{Submission, Unusable},
};

/// The longest name of a unit, in characters.
const MAX_UNIT: usize = 100;

/// What figures need of a nomination. It holds no answer but the unit's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The track's place in the campaign.
    pub(super) track: usize,
    pub(super) unit: String,
    pub(super) rank: Rank,
    /// What must be distinct.
    pub(super) distinct: Vec<Distinct>,
    pub(super) marks: Marks,
    /// Whether it may be sent, where that was asked.
    pub(super) ok: Option<bool>,
}

/// The place in the order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// Not filled in, or not asked.
    None,
    /// A number with a fraction.
    NotWhole,
    BelowOne,
    /// From 1. More than there can be nominations is one number.
    Place(usize),
}

/// An answer that no two nominations may share, as something that can be compared and not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Distinct {
    pub(super) key: String,
    pub(super) digest: [u8; 32],
}

/// Which conditions hold, each list in the campaign's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Whether a quota counts it.
    pub(super) quotas: Vec<bool>,
    /// Whether it is among those a share is taken of, and whether it is of the kind besides.
    pub(super) shares: Vec<(bool, bool)>,
    /// Whether it is of each of the kinds.
    pub(super) exclusive: Vec<Vec<bool>>,
}

/// Looks at a submission.
pub(super) fn of(
    bytes: &[u8],
    judges: &[Judge],
    now: Instant,
    settings: &Settings,
) -> Result<Facts, Unusable> {
    let submission = Submission::read(bytes)?;
    let campaign = judges.first().map(Judge::campaign);
    let same = |judge: &Judge| judge.track().id == submission.track;
    let at = judges.iter().position(same);
    let fits = campaign.is_some_and(|campaign| campaign.id == submission.campaign.id);
    let Some((track, judge)) = at.and_then(|at| Some((at, judges.get(at)?))).filter(|_| fits)
    else {
        return Err(campaign.map_or_else(
            || unusable("unknown-track", "/track", "the campaign has no track"),
            |campaign| submission.unknown_track(campaign),
        ));
    };
    let given = Given { answers: &submission.answers, attachments: &submission.attachments, now };
    let own = own_unit(bytes)?;
    let batch = judge.track().batch.as_ref();
    let unit = batch
        .and_then(|batch| unit(batch, judge, &given))
        .or(own)
        .or_else(|| settings.unit.clone())
        .unwrap_or_default();
    let ok = if settings.verify { Some(submission.judge(judge, now)?.ok) } else { None };
    Ok(Facts {
        track,
        unit,
        ok,
        rank: batch.map_or(Rank::None, |batch| rank(batch, judge, &given)),
        distinct: batch.map_or_else(Vec::new, |batch| distinct(batch, judge, &given)),
        marks: batch.map_or_else(Marks::default, |batch| marks(batch, judge, &given)),
    })
}

fn unusable(code: &'static str, pointer: &str, message: &str) -> Unusable {
    Unusable { code, pointer: pointer.to_owned(), message: message.to_owned() }
}

/// The recommending unit that a submission itself names, beside the answers. It is the host's to set:
/// the page does not send it, so only who reads batches reads it.
fn own_unit(bytes: &[u8]) -> Result<Option<String>, Unusable> {
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(default)]
        unit: Option<String>,
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // All else is known to read well.
    let Ok(Envelope { unit }) = from_slice(bytes) else {
        return Err(unusable("wrong-shape", "/unit", "expected a string, once"));
    };
    let unit = unit.map(|unit| unit.trim().to_owned()).filter(|unit| !unit.is_empty());
    match unit {
        Some(unit) if unit.chars().count() > MAX_UNIT => {
            let message = format!("too long, expected at most {MAX_UNIT} characters");
            Err(unusable("out-of-bounds", "/unit", &message))
        }
        unit => Ok(unit),
    }
}

/// The unit that the answers name. Of a choice only what can be chosen is a unit, so that nothing else
/// somebody wrote stands in a report.
fn unit(batch: &Batch, judge: &Judge, given: &Given) -> Option<String> {
    let key = batch.unit.as_deref()?;
    let word = text(judge.answer(key, given)?)?.trim();
    let known = match &judge.track().field(key)?.kind {
        FieldKind::Choice(choice) => {
            choice.options.iter().any(|option| option.value == word)
                || choice.codes.as_deref().is_some_and(|name| codes::find(name, word).is_some())
        }
        _ => word.chars().count() <= MAX_UNIT,
    };
    (known && !word.is_empty()).then(|| word.to_owned())
}

fn rank(batch: &Batch, judge: &Judge, given: &Given) -> Rank {
    let value = batch.rank.as_deref().and_then(|key| judge.answer(key, given));
    let Some(number) = value.and_then(Value::as_f64) else { return Rank::None };
    if number.fract() != 0.0 {
        Rank::NotWhole
    } else if number < 1.0 {
        Rank::BelowOne
    } else {
        // Saturates: a place beyond any number of nominations is wrong whatever it is.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Rank::Place(number as usize)
    }
}

fn distinct(batch: &Batch, judge: &Judge, given: &Given) -> Vec<Distinct> {
    let value = |key: &String| {
        let kind = &judge.track().field(key)?.kind;
        let value = comparable(kind, judge.answer(key, given)?)?;
        Some(Distinct { key: key.clone(), digest: Sha256::digest(value.as_bytes()).into() })
    };
    batch.distinct.iter().filter_map(value).collect()
}

/// An answer as it compares: two ways of typing one number are one number.
fn comparable(kind: &FieldKind, value: &Value) -> Option<String> {
    let words = match scalar(value) {
        Value::String(words) => words.trim(),
        Value::Number(number) => return Some(number.to_string()),
        Value::Bool(yes) => return Some(yes.to_string()),
        _ => return None,
    };
    let words = match kind {
        FieldKind::IdNumber => id_number(words),
        FieldKind::Uscc => uscc::normalise(words),
        FieldKind::Phone => phone::normalise(words),
        _ => words.to_owned(),
    };
    (!words.is_empty()).then_some(words)
}

/// A first-generation number is the same person's number of 18 digits.
fn id_number(words: &str) -> String {
    let number = resident_id::normalise(words).to_uppercase();
    resident_id::convert_15(&number).unwrap_or(number)
}

fn marks(batch: &Batch, judge: &Judge, given: &Given) -> Marks {
    let holds = |logic: &Logic| judge.holds(logic, given);
    let may = |logic: &Option<Logic>| logic.as_ref().is_none_or(holds);
    let share = |share: &crate::campaign::Share| {
        let among = may(&share.of);
        (among, among && holds(&share.when))
    };
    Marks {
        quotas: batch.quotas.iter().map(|quota| may(&quota.when)).collect(),
        shares: batch.shares.iter().map(share).collect(),
        exclusive: batch
            .exclusive
            .iter()
            .map(|exclusive| exclusive.kinds.iter().map(|kind| holds(&kind.when)).collect())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_ways_of_typing_one_number_compare_equal() {
        for (kind, one, other) in [
            (FieldKind::IdNumber, "11010519491231002x", " １１０１０５-19491231-002Ⅹ"),
            (FieldKind::IdNumber, "110105491231002", "11010519491231002X"),
            (FieldKind::IdNumber, "h12345678", "H12345678"),
            (FieldKind::Uscc, "5131-0000-mj00-0000-0k", "51310000MJ0000000K"),
            (FieldKind::Phone, "138 0013 8000", "13800138000"),
            (FieldKind::PersonName, " 王某 ", "王某"),
        ] {
            let of = |words: &str| comparable(&kind, &json!(words));
            assert!(of(one).is_some());
            assert_eq!(of(one), of(other), "{kind:?}");
        }
    }

    #[test]
    fn nothing_is_like_nothing_else() {
        for value in [json!("  "), json!([]), json!({"name": "x"}), json!(null)] {
            assert_eq!(comparable(&FieldKind::IdNumber, &value), None, "{value}");
        }
    }
}
