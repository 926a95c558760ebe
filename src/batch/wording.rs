//! The words for whoever gathers nominations: what was found, what is asked, what to do. The same
//! voice as the words in the page: no 请, no blame, no full stop at the end.

use serde_json::{Map, Value};

use super::Problem;
use crate::rules::{self, Code};

/// The sentence for a problem: the campaign's own where it has one, ours otherwise.
pub(super) fn sentence(problem: &Problem, label: &str, own: Option<&str>) -> String {
    let mut params = problem.params.clone();
    params.insert("quota".to_owned(), quota(&problem.params).into());
    let places = problem.params.get("places").and_then(Value::as_array);
    params.insert(
        "listed".to_owned(),
        places.map(Vec::as_slice).map_or(String::new(), numbers).into(),
    );
    rules::fill(own.unwrap_or_else(|| template(problem)), label, &params)
}

fn template(problem: &Problem) -> &'static str {
    let params = &problem.params;
    let says = |name: &str| params.contains_key(name);
    let is = |name: &str, word: &str| params.get(name).and_then(Value::as_str) == Some(word);
    match (problem.rule, problem.code) {
        ("batch.quota", Code::TooMany) => "{label}有{count}个，名额为{quota}，减去{over}个",
        ("batch.quota", _) => "{label}有{count}个，名额为{quota}，再推荐{short}个",
        ("batch.margin", Code::TooMany) if is("direction", "exactly") => {
            "各单位共推荐{count}个，应为{need}个（表彰名额{titles}个的{percent}），多出{over}个，与推荐单位商定后减去"
        }
        ("batch.margin", Code::TooMany) => {
            "各单位共推荐{count}个，最多{need}个（表彰名额{titles}个的{percent}），多出{over}个，与推荐单位商定后减去"
        }
        ("batch.margin", _) if is("direction", "exactly") => {
            "各单位共推荐{count}个，应为{need}个（表彰名额{titles}个的{percent}），还差{short}个，由推荐单位补足"
        }
        ("batch.margin", _) => {
            "各单位共推荐{count}个，至少{need}个（表彰名额{titles}个的{percent}），还差{short}个，由推荐单位补足"
        }
        ("batch.rank_ratio", Code::TooMany) if problem.unit.is_some() => {
            "{label}有{count}个，本单位推荐{total}个，控制在{percent}以内最多{max}个，多出{over}个，调整推荐对象，需要保留的由上级按总数掌握"
        }
        ("batch.rank_ratio", Code::TooMany) => {
            "{label}有{count}个，推荐总数{total}个，控制在{percent}以内最多{max}个，多出{over}个，与推荐单位商定后调整"
        }
        ("batch.rank_ratio", _) => {
            "{label}有{count}个，推荐总数{total}个，不低于{percent}至少{min}个，还差{short}个，调整推荐对象"
        }
        ("batch.exclusive", _) => {
            "{kinds:and}不能同时推荐，最多选{max}类，现有{count}类，去掉多余的"
        }
        ("batch.twice", _) if says("tracks") => {
            "有{count}份推荐材料的“{label}”相同，分别推荐了{titles:and}，同一对象只能推荐一次，核对后只保留一份"
        }
        ("batch.twice", _) if says("units") => {
            "不同单位的{count}份推荐材料“{label}”相同，同一对象只能推荐一次，由各单位商定后只保留一份"
        }
        ("batch.twice", _) => {
            "有{count}份推荐材料的“{label}”相同，同一对象只能推荐一次，核对后只保留一份"
        }
        (_, code) => rank(code),
    }
}

fn rank(code: Code) -> &'static str {
    match code {
        Code::Missing => "有{count}个推荐对象没有排序，{n}个推荐对象按优先次序从1排到{n}，补上排序",
        Code::NotWhole => "有{count}个推荐对象的排序不是整数，按优先次序从1排到{n}，改正排序",
        Code::TooSmall => "有{count}个推荐对象的排序小于1，按优先次序从1排到{n}，改正排序",
        Code::TooLarge => {
            "有{count}个推荐对象的排序超过了推荐总数{n}，按优先次序从1排到{n}，改正排序"
        }
        Code::Twice => "有{count}个推荐对象都排在第{rank}名，名次不能并列，改正排序",
        _ => "排序缺少第{listed}名，按优先次序从1连续排到{n}，改正排序",
    }
}

/// A quota in words.
fn quota(params: &Map<String, Value>) -> String {
    let bound = |name: &str| params.get(name).and_then(Value::as_u64);
    match (bound("min"), bound("max")) {
        (Some(min), Some(max)) if min == max => format!("{max}个"),
        (Some(min), Some(max)) => format!("{min}至{max}个"),
        (Some(min), None) => format!("至少{min}个"),
        (None, Some(max)) => format!("最多{max}个"),
        (None, None) => String::new(),
    }
}

fn numbers(numbers: &[Value]) -> String {
    let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    numbers.join("、")
}
