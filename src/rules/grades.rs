//! One passing grade for each of the years asked for; one finding for each year that has none.

use super::{
    Code, Finding,
    finding::{answer, row},
    view::{Row, View},
};
use crate::{
    campaign::{GradesRule, Severity},
    standards::{Day, Month},
};

pub(super) fn judge<'a>(view: &View<'a>, rule: &'a GradesRule) -> Vec<Finding<'a>> {
    let rows = view.rows(&rule.field);
    let since = rule.since.as_deref().and_then(|key| view.text(key)).and_then(year_of);
    let asked = |year: &&u16| since.is_none_or(|since| i32::from(**year) >= since);
    let years: Vec<_> = rule.years.iter().filter(asked).copied().collect();
    let mut findings = Vec::new();
    if !rows.is_empty() {
        findings.extend(years.iter().filter_map(|year| one(view, rule, &rows, *year)));
    }
    if years.len() < rule.years.len() {
        let finding = Finding::on(Code::FewerYears, &rule.field).severity(Severity::Warn);
        findings.push(finding.with("count", years.len()).with("min", rule.years.len()));
    }
    findings
}

/// The year of a day or month.
fn year_of(words: &str) -> Option<i32> {
    let day = words.parse::<Day>().map(Day::year);
    day.or_else(|_| words.parse::<Month>().map(Month::year)).ok()
}

/// The same year twice: the worst counts, so any row of it that does not pass is found.
fn one<'a>(
    view: &View<'a>,
    rule: &'a GradesRule,
    rows: &[Row<'a>],
    year: u16,
) -> Option<Finding<'a>> {
    let facts = view.facts();
    let of_year: Vec<_> = rows
        .iter()
        .filter(|row| {
            row.value(&rule.year, facts).and_then(serde_json::Value::as_f64)
                == Some(f64::from(year))
        })
        .collect();
    let graded = |row: &&&Row<'a>| row.text(&rule.grade, facts).is_some();
    let failing = of_year.iter().find(|row| {
        row.text(&rule.grade, facts)
            .is_some_and(|grade| !passes(grade, &rule.pass) && !passes(grade, &rule.equivalent))
    });
    if let Some(failing) = failing {
        let finding = Finding::new(Code::NotPassed, row(&rule.field, failing.index));
        return Some(finding.with("year", year).with("pass", rule.pass.clone()));
    }
    let equivalent = of_year.iter().find(|row| {
        row.text(&rule.grade, facts).is_some_and(|grade| passes(grade, &rule.equivalent))
    });
    if let Some(row_of) = equivalent {
        let finding = Finding::new(Code::Equivalent, row(&rule.field, row_of.index));
        return Some(finding.with("year", year).severity(Severity::Warn));
    }
    if of_year.iter().any(|row| graded(&row)) {
        return None;
    }
    let path = of_year.first().map_or_else(|| answer(&rule.field), |at| row(&rule.field, at.index));
    Some(Finding::new(Code::MissingYear, path).with("year", year))
}

fn passes(grade: &str, grades: &[String]) -> bool {
    grades.iter().any(|known| known == grade)
}
