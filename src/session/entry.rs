//! From what stands in a control to an answer, and back.
//!
//! People write months and days in many ways; what can be read one way only is taken. What cannot
//! be read is kept exactly as it was typed, so nothing is lost and the engine can say what is wrong.

use serde_json::{Value, json};

use crate::answers::{self, scalar};
use crate::campaign::{ChoicesSettings, FieldKind};
use crate::standards::{codes, decimal, is_to_date};

/// The answer that a control's text stands for; `None` where it is empty.
pub fn answer(kind: &FieldKind, typed: &str) -> Option<Value> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return None;
    }
    Some(match kind {
        FieldKind::Number(settings) => {
            let unit = settings.unit.as_ref().map_or("", |unit| unit.base());
            number(trimmed.trim_end_matches(unit)).unwrap_or_else(|| trimmed.into())
        }
        FieldKind::Month(settings) if settings.open && is_to_date(trimmed) => return None,
        FieldKind::Month(_) => month(trimmed).unwrap_or_else(|| trimmed.to_owned()).into(),
        FieldKind::Date => date(trimmed).unwrap_or_else(|| trimmed.to_owned()).into(),
        FieldKind::DayOrMonth => {
            date(trimmed).or_else(|| month(trimmed)).unwrap_or_else(|| trimmed.to_owned()).into()
        }
        FieldKind::YesNo(_) => match trimmed {
            "yes" => true.into(),
            "no" => false.into(),
            other => other.into(),
        },
        FieldKind::Choice(choice) => chosen(choice.codes.as_deref(), trimmed),
        FieldKind::IdNumber | FieldKind::Phone | FieldKind::Uscc => trimmed.into(),
        // A box gives no such line ends, but who prefills or imports may.
        _ if typed.contains('\r') => typed.replace("\r\n", "\n").replace('\r', "\n").into(),
        _ => typed.into(),
    })
}

/// The text that stands in the control for an answer.
pub fn text(value: &Value) -> String {
    match scalar(value) {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        _ => String::new(),
    }
}

/// A coded answer goes out as code and name; every other choice as the notice's own word.
fn chosen(table: Option<&str>, value: &str) -> Value {
    match table.and_then(|table| codes::find(table, value)) {
        Some(code) => json!({ "code": code.code, "name": code.name }),
        None => value.into(),
    }
}

/// The list of several choices after `value` was ticked or unticked, in the order they are offered in.
pub(super) fn ticked(
    settings: &ChoicesSettings,
    list: Option<&Value>,
    value: &str,
    on: bool,
) -> Value {
    let mut list = list.and_then(Value::as_array).cloned().unwrap_or_default();
    list.retain(|known| answers::text(known) != Some(value));
    if on {
        let after =
            |known: &Value| rank(settings, answers::text(known)) > rank(settings, Some(value));
        let at = list.iter().position(after).unwrap_or(list.len());
        list.insert(at, chosen(settings.codes.as_deref(), value));
    }
    Value::Array(list)
}

/// Where a value stands among those offered.
fn rank(settings: &ChoicesSettings, value: Option<&str>) -> Option<usize> {
    match settings.codes.as_deref().and_then(codes::offered) {
        Some(table) => table.iter().position(|code| Some(code.code) == value),
        None => settings.options.iter().position(|option| Some(option.value.as_str()) == value),
    }
}

fn number(typed: &str) -> Option<Value> {
    let plain: String = narrow(typed).chars().filter(|c| !matches!(c, ',' | '%' | ' ')).collect();
    if !plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+')) {
        return None;
    }
    if let Ok(whole) = plain.parse::<i64>() {
        return Some(whole.into());
    }
    serde_json::Number::from_f64(decimal::parse(&plain)?).map(Value::Number)
}

/// `1985.6`, `1985-06`, `1985/6`, `1985年6月`, `198506` as `1985-06`. Of a whole date its day is let go.
fn month(typed: &str) -> Option<String> {
    let parts = figures(typed)?;
    match parts.as_slice() {
        [year, month] if year.len() == 4 => joined(year, &[month]),
        [run] if run.len() == 6 => joined(run.get(..4)?, &[run.get(4..)?]),
        _ => date(typed)?.get(..7).map(str::to_owned),
    }
}

/// `2022.8.11`, `2022-08-11`, `2022年8月11日`, `20220811` as `2022-08-11`.
fn date(typed: &str) -> Option<String> {
    let parts = figures(typed)?;
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => joined(year, &[month, day]),
        [run] if run.len() == 8 => joined(run.get(..4)?, &[run.get(4..6)?, run.get(6..)?]),
        _ => None,
    }
}

fn joined(year: &str, rest: &[&str]) -> Option<String> {
    let mut joined = year.to_owned();
    for part in rest {
        if part.len() > 2 {
            return None;
        }
        joined.push('-');
        if part.len() < 2 {
            joined.push('0');
        }
        joined.push_str(part);
    }
    Some(joined)
}

/// The runs of digits, where nothing but the usual separators stands between them.
fn figures(typed: &str) -> Option<Vec<String>> {
    let narrow = narrow(typed);
    let separator = |c: char| {
        matches!(c, '-' | '.' | '/' | '年' | '月' | '日' | ' ' | '。' | '、' | '—' | '－')
    };
    if !narrow.chars().all(|c| c.is_ascii_digit() || separator(c)) {
        return None;
    }
    Some(narrow.split(separator).filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

/// Full-width digits, letters and signs as their usual forms.
fn narrow(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{ChoiceSettings, MonthSettings, NumberSettings};

    #[test]
    fn months_are_read_as_people_write_them() {
        let kind = FieldKind::Month(MonthSettings { open: true });
        for typed in
            ["1985-06", "1985.6", "1985/06", "1985年6月", "198506", "１９８５．６", " 1985 6 "]
        {
            assert_eq!(answer(&kind, typed), Some("1985-06".into()), "{typed}");
        }
        for typed in ["1985-06-07", "1985年6月7日", "19850607"] {
            assert_eq!(answer(&kind, typed), Some("1985-06".into()), "{typed}");
        }
        for open in ["至今", "现在", "今", ""] {
            assert_eq!(answer(&kind, open), None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_typed() {
        let month = FieldKind::Month(MonthSettings::default());
        assert_eq!(answer(&month, "85年夏天"), Some("85年夏天".into()));
        assert_eq!(answer(&FieldKind::Date, "8月11日"), Some("8月11日".into()));
        let number = FieldKind::Number(NumberSettings::default());
        assert_eq!(answer(&number, "全部"), Some("全部".into()));
    }

    #[test]
    fn days_and_numbers_are_read_as_people_write_them() {
        for typed in ["2022-08-11", "2022.8.11", "20220811", "2022年8月11日"] {
            assert_eq!(answer(&FieldKind::Date, typed), Some("2022-08-11".into()), "{typed}");
        }
        for (typed, read) in [
            ("2024-03-15", "2024-03-15"),
            ("2024.3.15", "2024-03-15"),
            ("2024年3月15日", "2024-03-15"),
            ("2024-03", "2024-03"),
            ("2024年3月", "2024-03"),
            ("去年春天", "去年春天"),
        ] {
            assert_eq!(answer(&FieldKind::DayOrMonth, typed), Some(read.into()), "{typed}");
        }
        let number = FieldKind::Number(NumberSettings::default());
        assert_eq!(answer(&number, "１００％"), Some(100.into()));
        assert_eq!(answer(&number, "99.5"), Some(99.5.into()));
        let unit = NumberSettings { unit: Some("户".into()), ..NumberSettings::default() };
        assert_eq!(answer(&FieldKind::Number(unit), "2,100户"), Some(2100.into()));
    }

    #[test]
    fn texts_keep_every_character_but_carriage_returns() {
        let kind = FieldKind::Essay(crate::campaign::EssaySettings::default());
        assert_eq!(answer(&kind, "  一\r\n二 "), Some("  一\n二 ".into()));
    }

    #[test]
    fn ticks_stand_in_the_order_they_are_offered_in() {
        let options = ["甲", "乙", "丙"].map(|word| crate::campaign::ChoiceOption {
            value: word.to_owned(),
            label: word.into(),
            when: None,
        });
        let settings = ChoicesSettings { options: options.into(), ..Default::default() };
        let list = ticked(&settings, None, "丙", true);
        let list = ticked(&settings, Some(&list), "甲", true);
        assert_eq!(list, json!(["甲", "丙"]));
        let list = ticked(&settings, Some(&list), "乙", true);
        assert_eq!(ticked(&settings, Some(&list), "甲", false), json!(["乙", "丙"]));
    }

    #[test]
    fn coded_choices_go_out_as_code_and_name() {
        let kind = FieldKind::Choice(ChoiceSettings {
            codes: Some("ethnicity".into()),
            ..Default::default()
        });
        assert_eq!(answer(&kind, "05"), Some(json!({"code": "05", "name": "维吾尔族"})));
        assert_eq!(text(&json!({"code": "05", "name": "维吾尔族"})), "05");
    }
}
