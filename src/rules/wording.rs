//! The words of findings, by language.
//!
//! A sentence is a template with the finding's parameters in braces, and `{label}` for what it is
//! about. A figure may say how it is to be read: `{months:years}` gives 9年11个月 for 119,
//! `{reference:month}` 2022年8月, `{first:span}` the months from `first` to `last`. Campaign files
//! use the same templates for words of their own.

mod zh_cn;

use serde_json::{Map, Value};

use super::Code;
use crate::campaign::Severity;

/// The sentence for a finding: the campaign's own where it has one, ours otherwise.
pub(super) fn sentence(
    code: Code,
    severity: Severity,
    params: &Map<String, Value>,
    label: &str,
    own: Option<&str>,
) -> String {
    let template = own.unwrap_or_else(|| zh_cn::template(code, severity, params));
    fill(template, label, params)
}

/// What a row is called.
pub(super) fn row_label(table: &str, row: usize) -> String {
    zh_cn::row_label(table, row + 1)
}

/// What an answer in a row is called.
pub(super) fn cell_label(table: &str, row: usize, column: &str) -> String {
    zh_cn::cell_label(table, row + 1, column)
}

/// What an answer about an entry is called.
pub(super) fn part_label(entry: &str, question: &str) -> String {
    zh_cn::part_label(entry, question)
}

/// Puts the parameters into a template. A name that is no parameter stays as it stands.
pub(crate) fn fill(template: &str, label: &str, params: &Map<String, Value>) -> String {
    let mut filled = String::with_capacity(template.len() + label.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after_name)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            break;
        };
        let words = value(name, label, params).unwrap_or_else(|| format!("{{{name}}}"));
        filled.push_str(&words);
        rest = after_name;
    }
    filled.push_str(rest);
    filled
}

fn value(name: &str, label: &str, params: &Map<String, Value>) -> Option<String> {
    if name == "label" {
        return Some(label.to_owned());
    }
    let (name, style) = name.split_once(':').unwrap_or((name, ""));
    let value = params.get(name)?;
    zh_cn::styled(value, style, params).or_else(|| plain(value))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(template: &str, params: &Value, expected: &str) {
        assert_eq!(fill(template, "简历", params.as_object().unwrap()), expected);
    }

    #[test]
    fn a_template_takes_label_and_figures() {
        check("{label}多出{over}字", &json!({"over": 12}), "简历多出12字");
        check("{months:years}", &json!({"months": 119}), "9年11个月");
        check("{months:years}", &json!({"months": 120}), "10年");
        check("{months:years}", &json!({"months": 0}), "0个月");
        check("{at:month}", &json!({"at": "2022-08"}), "2022年8月");
        check("{at:day}", &json!({"at": "2022-08-05"}), "2022年8月5日");
        check("{n:count}", &json!({"n": 1_048_576}), "1,048,576");
        check("{all:list}", &json!({"all": ["优秀", "称职", "合格"]}), "优秀、称职或合格");
    }

    #[test]
    fn a_stretch_of_months_names_the_year_once() {
        check("{first:span}", &json!({"first": "2012-04", "last": "2012-04"}), "2012年4月");
        check("{first:span}", &json!({"first": "2012-04", "last": "2012-06"}), "2012年4月至6月");
        check(
            "{first:span}",
            &json!({"first": "2012-11", "last": "2013-02"}),
            "2012年11月至2013年2月",
        );
    }

    #[test]
    fn what_is_no_parameter_stays() {
        check("{nothing} {", &json!({}), "{nothing} {");
    }
}
