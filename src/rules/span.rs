//! The time a row covers: its `start` and `end` columns.

use super::view::{Facts, Row};
use crate::standards::months::Period;

/// The period of a row; `None` without a start, with an end that cannot be read, or with an end
/// before the start. Other findings speak about those.
pub(super) fn period<'a>(row: &Row<'a>, facts: &Facts<'a>) -> Option<Period> {
    let start = row.month("start", facts)?;
    let end = row.month("end", facts);
    if end.is_none() && !is_open(row) {
        return None;
    }
    end.is_none_or(|end| start <= end).then_some(Period { start, end })
}

/// Whether nothing stands in `end`, which is 至今.
fn is_open(row: &Row) -> bool {
    let value = row.map.get("end");
    row.column("end").zip(value).is_none_or(|(end, value)| super::shape::blank(&end.kind, value))
}
