//! A rule about the rows of a table, one by one: each row is judged as a small form of its own.

use super::{
    Given, Problem, check,
    finding::answer,
    form::{Form, Places},
    view::View,
    wording,
};
use crate::{answers::Answers, campaign::Rule};

/// Judges every row; the findings stand at the row's answers.
pub(super) fn judge(view: &View, rule: &Rule) -> Vec<Problem> {
    let Some(table) = rule.each.as_deref().and_then(|key| view.field(key)) else {
        return Vec::new();
    };
    let places = Places::of_columns(table.columns());
    let form = Form { places: &places, columns: Some(table.columns()), ..view.form() };
    let mut problems = Vec::new();
    for row in view.rows(&table.key).iter() {
        let answers = Answers(row.map.clone());
        let given = Given { answers: &answers, attachments: &[], now: view.given().now };
        let inside = View::new(form, &given, *view.facts());
        for column in check::speaks_at(&rule.check) {
            for finding in check::judge(&inside, &[], rule, column) {
                let words = view.words();
                let of = finding.called(words.lang()).unwrap_or_else(|| inside.label(column));
                let table_label = table.label.get(words.lang());
                let label = wording::cell_label(words, table_label, row.index, of);
                let mut problem = check::problem(words, finding.label(label), Some(rule), "");
                let rest = problem.path.strip_prefix("/answers").unwrap_or_default();
                problem.path = format!("{}/{}{rest}", answer(&table.key), row.index);
                problems.push(problem);
            }
        }
    }
    problems
}
