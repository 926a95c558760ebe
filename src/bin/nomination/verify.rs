//! `verify`: judges submissions as the host does.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use nomination_form::{
    rules::Verdict,
    standards::Instant,
    submission::{self, Unusable},
    words::Words,
};
use serde::Serialize;

use crate::{
    complain,
    input::{self, When},
    judges::{FOLDER, Judges},
    outcome::Outcome,
    stream::{self, Line},
};

/// Judge submissions and print a verdict for each, as one line of JSON
///
/// A verdict is `{"ok", "problems"}`: `ok` unless a problem is an error, the problems in the order of
/// the form, each with `rule`, `code`, `severity`, `path`, `message`, `params` and `cite`. What cannot
/// be judged gives `{"ok": false, "unusable": {"code", "pointer", "message"}}` in its place. The code
/// is `unreadable` for a file that cannot be read; `too-large`, `too-deep`, `not-json`, `wrong-shape`,
/// `unknown-format` or `out-of-bounds` for what is no submission; `other-campaign` or `unknown-track`
/// for another one's; without `--campaign` also `unknown-campaign` or `faulty-campaign`, where the
/// campaign's file cannot be had or has faults; and `internal` for a bug of ours.
///
/// No answer is printed, but an identity number that another answer contradicts, masked.
///
/// Submissions of several tracks may be mixed, and without `--campaign` of several campaigns.
///
/// With `--jsonl` every line of the standard input is a submission, and every line of the output is
/// the verdict on the line of that number. It works on all cores and answers as it reads; memory does
/// not grow with the input. A line of more than 5000000 bytes is skipped and reported as `too-large`.
///
/// Exit status: 0 all may be sent, 1 some have errors, 2 some cannot be judged or the run failed.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The campaign file; without it the one that bears the submission's `campaign.id` is taken
    #[arg(long, value_name = "FILE", conflicts_with = "campaigns")]
    campaign: Option<PathBuf>,
    /// Where to look for `<campaign.id>.json` [default: public/campaigns]
    #[arg(long, value_name = "DIR")]
    campaigns: Option<PathBuf>,
    #[command(flatten)]
    when: When,
    /// The language of the messages: zh-CN or en
    #[arg(long, value_name = "LANG", default_value = "zh-CN", value_parser = words)]
    lang: &'static Words,
    /// Judge many: one submission a line on the standard input
    #[arg(long, conflicts_with = "files")]
    jsonl: bool,
    /// The submissions as they were sent; `-` is the standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    files: Vec<PathBuf>,
}

/// Judges what is asked for; the exit status, or why the run failed.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let calendar = args.when.calendar()?;
    let folder = args.campaigns.as_deref().unwrap_or(Path::new(FOLDER));
    let judges = match &args.campaign {
        Some(file) => Judges::of_file(file, calendar, args.lang)?,
        None => Judges::of_folder(folder, calendar, args.lang),
    };
    if args.jsonl {
        return stream::each_line(submission::MAX_BYTES, |line, out| {
            write(&of_line(&judges, line, args.when.now()), out)
        });
    }
    let mut worst = Outcome::Fine;
    for file in &args.files {
        let judged = of_file(&judges, file, args.when.now());
        if let Err(unusable) = &judged {
            complain(&format!("{}: {unusable}", file.display()));
        }
        let mut line = Vec::new();
        worst = worst.max(write(&judged, &mut line));
        line.push(b'\n');
        input::print(&line, worst)?;
    }
    Ok(worst)
}

fn words(lang: &str) -> Result<&'static Words, String> {
    Words::built_in(lang).ok_or_else(|| "expected `zh-CN` or `en`".to_owned())
}

fn of_line(judges: &Judges, line: Line, now: Instant) -> Result<Verdict, Unusable> {
    match line {
        Line::Whole(bytes) => judged(judges, bytes, now),
        Line::TooLong => {
            let message =
                format!("a line too long, expected at most {} bytes", submission::MAX_BYTES);
            Err(unusable("too-large", message))
        }
    }
}

fn of_file(judges: &Judges, file: &Path, now: Instant) -> Result<Verdict, Unusable> {
    let bytes = input::read(file, submission::MAX_BYTES)
        .map_err(|error| unusable("unreadable", error.to_string()))?;
    judged(judges, &bytes, now)
}

/// A bug that one submission brings to light must not cost the others their verdicts.
fn judged(judges: &Judges, bytes: &[u8], now: Instant) -> Result<Verdict, Unusable> {
    catch_unwind(AssertUnwindSafe(|| judges.verdict(bytes, now)))
        .unwrap_or_else(|_| Err(unusable("internal", "the engine broke off on it".to_owned())))
}

fn unusable(code: &'static str, message: String) -> Unusable {
    Unusable { code, pointer: String::new(), message }
}

/// What stands in the place of a verdict.
#[derive(Serialize)]
struct NoVerdict<'a> {
    ok: bool,
    unusable: &'a Unusable,
}

/// Appends the line for a submission.
fn write(judged: &Result<Verdict, Unusable>, out: &mut Vec<u8>) -> Outcome {
    let (written, outcome) = match judged {
        Ok(verdict) => {
            let outcome = if verdict.ok { Outcome::Fine } else { Outcome::Found };
            (serde_json::to_writer(&mut *out, verdict), outcome)
        }
        Err(unusable) => {
            let line = NoVerdict { ok: false, unusable };
            (serde_json::to_writer(&mut *out, &line), Outcome::Failed)
        }
    };
    // Writing texts and numbers to memory does not fail.
    if written.is_ok() { outcome } else { Outcome::Failed }
}
