//! A row as one printed line: `2008.09—2011.07  某中学  学生` (A29).

use super::{
    shape,
    view::{Facts, Row},
};
use crate::{
    answers::written,
    campaign::{Field, FieldKind},
    standards::Month,
};

/// The line of a row, after the table's pattern; empty where it has none.
pub(super) fn of<'a>(table: &'a Field, row: &Row<'a>, facts: &Facts<'a>) -> String {
    let FieldKind::Rows(settings) = &table.kind else { return String::new() };
    let pattern = settings.line.as_deref().unwrap_or_default();
    let mut line = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        line.push_str(before);
        let Some((key, after)) = after.split_once('}') else { return line };
        line.push_str(&cell(row, key, facts));
        rest = after;
    }
    line.push_str(rest);
    line.trim_end().to_owned()
}

fn cell<'a>(row: &Row<'a>, key: &str, facts: &Facts<'a>) -> String {
    let Some(column) = row.column(key) else { return String::new() };
    let value = row.value(key, facts);
    match (&column.kind, value) {
        (FieldKind::Month(month), None) if month.open => "至今".to_owned(),
        (_, None) => String::new(),
        (FieldKind::Month(_), Some(value)) => {
            let month = value.as_str().and_then(|month| month.trim().parse::<Month>().ok());
            month.map_or_else(String::new, |month| {
                format!("{:04}.{:02}", month.year(), month.month())
            })
        }
        (FieldKind::Choice(choice), Some(value)) => {
            shape::shown(choice, value).unwrap_or_default().to_owned()
        }
        (FieldKind::YesNo(words), Some(value)) => {
            let (words, usual) =
                if value == true { (&words.yes, "是") } else { (&words.no, "否") };
            words.as_ref().map_or(usual, |words| words.base()).to_owned()
        }
        (_, Some(value)) => {
            value.as_str().map_or_else(|| written(value), |words| words.trim().to_owned())
        }
    }
}
