//! Periods: working days of a notice, gaps and service of a résumé.

use nomination_form::standards::{
    Calendar, Day, Month,
    months::{self, Period},
};
use serde::Serialize;
use serde_json::Value;

use super::{Refused, member, wrong};

/// How many working days a notice usually hangs.
const USUAL: u32 = 5;
/// The months of a school vacation, as the notices read 不得断档.
const VACATION: [u8; 2] = [7, 8];

/// What a period of public notice comes to.
#[derive(Serialize)]
pub(super) struct Notice {
    workdays: u32,
    at_least_5: bool,
    earliest_end_for_5: Option<Day>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uncovered_years: Vec<i32>,
}

/// The working days from `start` to `end`, both counted.
pub(super) fn workdays(value: &Value, calendar: &Calendar) -> Result<Notice, Refused> {
    let day = |key: &str| {
        Day::parse(member(value, key)?)
            .map_err(|fault| Refused::new("wrong-shape", format!("/{key}"), fault.to_string()))
    };
    let (start, end) = (day("start")?, day("end")?);
    let workdays = calendar.count(start, end, true);
    let earliest = calendar.earliest_end(start, USUAL, true);
    Ok(Notice {
        workdays,
        at_least_5: workdays >= USUAL,
        earliest_end_for_5: (earliest < Day::MAX).then_some(earliest),
        uncovered_years: calendar.uncovered_years(start, end),
    })
}

/// What a résumé says about time.
#[derive(Serialize)]
pub(super) struct Resume {
    gaps: Vec<(Month, Month)>,
    gaps_strict: Vec<(Month, Month)>,
    months: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<usize>,
}

/// Gaps and months of service up to the reference month.
pub(super) fn resume(value: &Value) -> Result<Resume, Refused> {
    let reference = reference(member(value, "reference")?)?;
    let rows = value.get("rows").and_then(Value::as_array);
    let rows = rows.ok_or_else(|| wrong("/rows", "a list of rows"))?;
    let rows = rows.iter().enumerate().map(|(i, row)| Row::read(row, &format!("/rows/{i}")));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let studied: Vec<_> = rows.iter().map(|row| (row.period, row.study)).collect();
    let flags = rows.iter().any(|row| row.counts.is_some());
    let serving = rows.iter().filter(|row| !flags || row.counts == Some(true));
    let serving: Vec<_> = serving.map(|row| row.period).collect();
    let skipped = rows.iter().enumerate().filter(|(_, row)| row.covers_nothing(reference));
    Ok(Resume {
        gaps: months::gaps(&studied, reference, Some(&VACATION)),
        gaps_strict: months::gaps(&studied, reference, None),
        months: months::service_months(&serving, reference),
        skipped: skipped.map(|(i, _)| i).collect(),
    })
}

/// The reference month, given as such or as a day in it.
fn reference(text: &str) -> Result<Month, Refused> {
    Month::parse(text)
        .or_else(|_| Day::parse(text).map(Day::month))
        .map_err(|_| wrong("/reference", "a month like 2022-08, or a day"))
}

struct Row {
    period: Period,
    study: bool,
    /// What it says about being counted as service, if anything.
    counts: Option<bool>,
}

impl Row {
    fn read(row: &Value, at: &str) -> Result<Self, Refused> {
        let map = row.as_object().ok_or_else(|| wrong(at, "an object"))?;
        let month = |key: &str| match map.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if matches!(text.trim(), "" | "至今") => Ok(None),
            Some(value) => {
                let month = value.as_str().and_then(|text| Month::parse(text.trim()).ok());
                month
                    .map(Some)
                    .ok_or_else(|| wrong(format!("{at}/{key}"), "a month like 2022-08, or null"))
            }
        };
        let flag = |key: &str| match map.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(wrong(format!("{at}/{key}"), "`true` or `false`")),
        };
        let start = month("start")?.ok_or_else(|| wrong(format!("{at}/start"), "a month"))?;
        // Of two flags one set is enough; `Some(true)` is the greatest.
        let counts = flag("community")?.max(flag("org_work")?);
        let study = map.get("kind").and_then(Value::as_str) == Some("study");
        Ok(Self { period: Period { start, end: month("end")? }, study, counts })
    }

    /// Whether it ends before it starts, or begins after the reference month.
    fn covers_nothing(&self, reference: Month) -> bool {
        self.period.start > self.period.end.unwrap_or(reference).min(reference)
    }
}
