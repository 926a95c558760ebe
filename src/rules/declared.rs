//! A declaration has the value asked for.

use super::{Code, Finding, condition, shape, view::View};
use crate::{
    answers::written,
    campaign::{DeclaredRule, FieldKind},
    standards::decimal,
    words::key,
};

/// Judges the declaration `key` of the rule.
pub(super) fn judge<'a>(view: &View<'a>, rule: &'a DeclaredRule, key: &str) -> Vec<Finding<'a>> {
    let (Some(wanted), Some(value)) = (rule.fields.get(key), view.value(key)) else {
        return Vec::new();
    };
    if condition::is(value, wanted) {
        return Vec::new();
    }
    let kind = view.field(key).map(|field| &field.kind);
    let (words, lang) = (view.words(), view.lang());
    let asked = match (kind, wanted) {
        (Some(FieldKind::YesNo(settings)), serde_json::Value::Bool(true)) => settings
            .yes
            .as_ref()
            .map_or_else(|| words.word(key!("yes")), |yes| yes.get(lang))
            .to_owned(),
        (Some(FieldKind::YesNo(settings)), _) => settings
            .no
            .as_ref()
            .map_or_else(|| words.word(key!("no")), |no| no.get(lang))
            .to_owned(),
        (Some(FieldKind::Number(number)), wanted) => {
            let unit = number.unit.as_ref().map_or("", |unit| unit.get(lang));
            format!(
                "{}{unit}",
                wanted.as_f64().map_or_else(String::new, |figure| written(&decimal::plain(figure)))
            )
        }
        (Some(FieldKind::Choice(choice)), wanted) => {
            shape::shown(choice, wanted, lang).unwrap_or("").to_owned()
        }
        _ => wanted.as_str().unwrap_or_default().to_owned(),
    };
    vec![Finding::on(Code::NotDeclared, key).with("asked", asked)]
}
