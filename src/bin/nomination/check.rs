//! `check`: one standard by itself, line by line.

mod numbers;
mod spans;

use std::panic::{AssertUnwindSafe, catch_unwind};

use nomination_form::standards::{Calendar, Day, count};
use serde::Serialize;
use serde_json::Value;

use crate::{
    input::When,
    outcome::Outcome,
    stream::{self, Line},
};

/// The longest line taken, in bytes.
const MAX_BYTES: usize = 5_000_000;
/// A day is a day in Beijing, as minutes ahead of UTC.
const BEIJING: i32 = 480;

/// Try a single standard: one JSON value per line in, one per line out
///
/// In: a JSON text for `resident-id`, `uscc`, `phone` and `count`; `{"type", "number"}` for
/// `id-document`; `{"start", "end"}` (days, both counted) for `workdays`; `{"reference", "rows"}` for
/// `resume`, the rows as in a submission: `start`, `end` (null is 至今), `kind`, `community`, `org_work`.
///
/// Out: for numbers `{"ok", "normalised", "code"}`, `code` being the kind of fault; with `birth` and
/// `sex` (a code of GB/T 2261.1) for identity numbers, `kind` (mobile, landline, service) for phones,
/// and where there is cause `warn` (a list of doubts), `other` (the document it belongs to) and `offer`
/// (the 18 digits of a number of 15). For `count` the length of the text by each way of counting. For
/// `workdays` `{"workdays", "at_least_5", "earliest_end_for_5"}`, with `uncovered_years` where the
/// calendar knows none of a year. For `resume` `{"gaps", "gaps_strict", "months"}`: gaps as first and
/// last month, with and without the summer after school; the months of service of the rows marked
/// `community` or `org_work`, or of all rows where none says anything about either; and `skipped`, the
/// rows that cover no month because they end before they start or begin after the reference month.
///
/// A line that is no such value gives `{"ok": false, "code", "pointer", "message"}` with the code
/// `not-json`, `wrong-shape` or `too-large`, one that brought a bug of ours to light the same with
/// `internal`; and the next line is read.
///
/// Exit status: 0 every line was answered, whatever the answer; 1 some lines were not; 2 the run
/// failed.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// Which standard
    #[arg(value_enum)]
    kind: Kind,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Resident identity numbers, GB 11643
    ResidentId,
    /// Numbers of identity documents of any kind
    IdDocument,
    /// Unified social credit codes, GB 32100
    Uscc,
    /// Telephone numbers
    Phone,
    /// The length of a text: 字数 and others
    Count,
    /// Working days of a period
    Workdays,
    /// Gaps and months of service
    Resume,
}

/// What the answers depend on besides the line.
struct Check<'a> {
    kind: Kind,
    calendar: &'a Calendar,
    today: Day,
}

/// Answers the lines of the standard input; the exit status, or why the run failed.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let calendar = args.when.calendar()?;
    stream::each_line(MAX_BYTES, |line, out| {
        let today = args.when.now().day_at(BEIJING);
        let check = Check { kind: args.kind, calendar: &calendar, today };
        // A bug that one line brings to light must not cost the others their answers.
        let answered = catch_unwind(AssertUnwindSafe(|| check.answer(&read(line)?)));
        let broken = |_| Err(Refused::new("internal", "", "the check broke off on it"));
        match answered.unwrap_or_else(broken) {
            Ok(answer) => {
                out.extend(answer);
                Outcome::Fine
            }
            Err(refused) => {
                out.extend(json(&refused));
                Outcome::Found
            }
        }
    })
}

impl Check<'_> {
    fn answer(&self, value: &Value) -> Result<Vec<u8>, Refused> {
        Ok(match self.kind {
            Kind::ResidentId => json(&numbers::resident_id(text(value, "")?, self.today)),
            Kind::IdDocument => {
                let (kind, number) = (member(value, "type")?, member(value, "number")?);
                json(&numbers::document(kind, number, self.today))
            }
            Kind::Uscc => json(&numbers::uscc(text(value, "")?)),
            Kind::Phone => json(&numbers::phone(text(value, "")?)),
            Kind::Count => json(&count::counts(text(value, "")?)),
            Kind::Workdays => json(&spans::workdays(value, self.calendar)?),
            Kind::Resume => json(&spans::resume(value)?),
        })
    }
}

/// Why a line is not answered. Like every message it does not repeat the line.
#[derive(Debug, Serialize)]
struct Refused {
    ok: bool,
    code: &'static str,
    pointer: String,
    message: String,
}

impl Refused {
    fn new(code: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { ok: false, code, pointer: pointer.into(), message: message.into() }
    }
}

fn read(line: Line) -> Result<Value, Refused> {
    let Line::Whole(bytes) = line else {
        let message = format!("a line too long, expected at most {MAX_BYTES} bytes");
        return Err(Refused::new("too-large", "", message));
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| {
        Refused::new("not-json", "", format!("not JSON at column {}", error.column()))
    })
}

fn wrong(pointer: impl Into<String>, expected: &str) -> Refused {
    Refused::new("wrong-shape", pointer, format!("expected {expected}"))
}

fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str, Refused> {
    value.as_str().ok_or_else(|| wrong(pointer, "a text"))
}

/// A text in an object.
fn member<'a>(value: &'a Value, key: &str) -> Result<&'a str, Refused> {
    let map = value.as_object().ok_or_else(|| wrong("", "an object"))?;
    let found = map.get(key).ok_or_else(|| wrong("", &format!("an object with `{key}`")))?;
    text(found, &format!("/{key}"))
}

/// A line. Writing texts and numbers to memory does not fail.
fn json(answer: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(answer).unwrap_or_else(|_| b"null".to_vec())
}
