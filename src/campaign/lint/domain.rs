//! A few answers that stand for all that a field can have: every value a condition compares with, its
//! neighbours, another one, and none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::meaning::same;
use crate::{
    campaign::{ChoiceOption, FieldKind, NumberSettings},
    standards::{Day, Month, codes, decimal},
};

/// Whether a few answers can stand for all of this kind.
pub(super) fn is_modelled(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::Rows(_)
            | FieldKind::Group(_)
            | FieldKind::Matrix(_)
            | FieldKind::Photo(_)
            | FieldKind::File(_)
    )
}

/// The answers that stand for all of this kind; the last of them is none.
pub(super) fn domain(kind: &FieldKind, constants: &[Value]) -> Vec<Value> {
    let mut domain = match kind {
        FieldKind::YesNo(_) => vec![true.into(), false.into()],
        FieldKind::Choice(choice) => {
            let mut values = values(&choice.options, choice.codes.as_deref());
            values.extend(choice.also.iter().cloned());
            representative(values, constants).map(Value::from).collect()
        }
        FieldKind::Choices(choices) => {
            let values = values(&choices.options, choices.codes.as_deref());
            let values: Vec<_> = representative(values, constants).collect();
            let single = values.iter().map(|value| Value::from(vec![value.as_str()]));
            single.chain([Value::from(values.clone())]).collect()
        }
        FieldKind::Number(number) => numbers(number, constants),
        FieldKind::Month(_) => months(constants),
        FieldKind::Date => days(constants),
        FieldKind::DayOrMonth => [days(constants), months(constants)].concat(),
        _ => texts(constants),
    };
    domain.push(Value::Null);
    domain
}

/// The values of a choice.
pub(super) fn values(options: &[ChoiceOption], codes: Option<&str>) -> Vec<String> {
    let codes = codes.and_then(codes::table).unwrap_or_default().iter();
    let options = options.iter().map(|option| option.value.clone());
    options.chain(codes.map(|code| code.code.to_owned())).collect()
}

/// Of many values those that a condition names, and one that it does not.
fn representative(values: Vec<String>, constants: &[Value]) -> impl Iterator<Item = String> {
    let few = values.len() <= 12;
    let constants = constants.to_vec();
    let mut others = 0;
    values.into_iter().filter(move |value| {
        let value = Value::from(value.as_str());
        let named = constants.iter().any(|constant| same(constant, &value));
        others += usize::from(!named);
        named || few || others == 1
    })
}

fn numbers(number: &NumberSettings, constants: &[Value]) -> Vec<Value> {
    let constants = constants.iter().filter_map(|constant| match constant {
        Value::String(words) => decimal::parse(words),
        constant => constant.as_f64(),
    });
    let mut numbers: Vec<f64> = constants.flat_map(|at| [at - 1.0, at, at + 1.0]).collect();
    numbers.extend([0.0, 1.0].into_iter().chain(number.min).chain(number.max));
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    if !number.whole {
        let between: Vec<_> =
            numbers.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
        numbers.extend(between);
    }
    let least = number.min.unwrap_or(f64::MIN);
    let most = number.max.unwrap_or(f64::MAX);
    numbers.retain(|at| (least..=most).contains(at) && !(number.whole && at.fract() != 0.0));
    numbers.into_iter().map(Value::from).collect()
}

fn months(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| Month::parse(constant.as_str()?).ok());
    let near = named.flat_map(|month| [month.add_months(-1), month, month.next()]);
    let always = [Month::new(1950, 1), Month::new(2050, 1)].into_iter().flatten();
    distinct(near.chain(always).map(|month| month.to_string()))
}

fn days(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| Day::parse(constant.as_str()?).ok());
    let near = named.flat_map(|day| [day.add_days(-1), day, day.add_days(1)]);
    let always = [Day::new(1950, 1, 1), Day::new(2050, 1, 1)].into_iter().flatten();
    distinct(near.chain(always).map(|day| day.to_string()))
}

fn texts(constants: &[Value]) -> Vec<Value> {
    let named = constants.iter().filter_map(|constant| match constant {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    distinct(named.chain(["另一个".to_owned(), "又一个".to_owned()]))
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<Value> {
    let values: BTreeSet<_> = values.filter(|value| !value.is_empty()).collect();
    values.into_iter().map(Value::from).collect()
}
