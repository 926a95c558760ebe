//! A row as one printed line: `2008.09—2011.07  某中学  学生`.
//!
//! What is printed is counted, here and at the host, so it is in zh-CN whatever language is spoken.

use super::{
    shape,
    view::{Facts, Row},
};
use crate::{
    answers::written,
    campaign::{BASE_LANG, Field, FieldKind},
    standards::{Month, TO_DATE},
    words::{Words, key},
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
        (FieldKind::Month(month), None) if month.open => TO_DATE.to_owned(),
        (_, None) => String::new(),
        (FieldKind::Month(_), Some(value)) => {
            let month = value.as_str().and_then(|month| month.trim().parse::<Month>().ok());
            month.map_or_else(String::new, |month| {
                format!("{:04}.{:02}", month.year(), month.month())
            })
        }
        (FieldKind::Choice(choice), Some(value)) => {
            shape::shown(choice, value, BASE_LANG).unwrap_or_default().to_owned()
        }
        (FieldKind::YesNo(settings), Some(value)) => {
            let (word, key) = if value == true {
                (&settings.yes, key!("yes"))
            } else {
                (&settings.no, key!("no"))
            };
            word.as_ref()
                .map_or_else(|| Words::base().word(key).to_owned(), |word| word.base().to_owned())
        }
        (_, Some(value)) => {
            value.as_str().map_or_else(|| written(value), |words| words.trim().to_owned())
        }
    }
}
