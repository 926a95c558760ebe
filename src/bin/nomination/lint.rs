//! `lint`: everything to be said against campaign files.

use std::{io::Write, path::PathBuf};

use nomination_form::campaign::{
    self,
    lint::{Finding, Kind, lint},
};
use serde::Serialize;

use crate::{complain, input, outcome::Outcome};

/// Find faults and doubts in campaign files, each with its place
///
/// A fault keeps the file from being used: an unknown key, a rule on a missing field, a circular
/// condition. A doubt does not, and is hardly meant: a condition that can never hold, a value that is
/// not among the options, a number without a unit, a file nobody asks for, a rule that blocks sending
/// and cites no clause, a column that is never printed, dates out of order. Doubts are told of files
/// without faults. A line is `FILE:LINE:COLUMN: fault|doubt CODE POINTER: what was found and expected`;
/// LINE and COLUMN count from 1, COLUMN in characters.
///
/// Exit status: 0 no fault, 1 faults (with `--strict` or doubts), 2 a file cannot be read.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// One JSON object a line: `file`, `kind`, `code`, `pointer`, `line`, `column`, `message`
    #[arg(long)]
    json: bool,
    /// Let doubts fail the run as faults do
    #[arg(long)]
    strict: bool,
    /// The campaign files; `-` is the standard input
    #[arg(value_name = "CAMPAIGN", required = true)]
    files: Vec<PathBuf>,
}

/// A finding in one of several files.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// Lints all files; the exit status.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let mut worst = Outcome::Fine;
    for path in &args.files {
        let file = path.display().to_string();
        let bytes = match input::read(path, campaign::MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(&format!("{file}: {error}"));
                worst = Outcome::Failed;
                continue;
            }
        };
        let mut lines = Vec::new();
        for finding in &lint(&bytes) {
            if args.strict || finding.kind == Kind::Fault {
                worst = worst.max(Outcome::Found);
            }
            write(args.json, &Line { file: &file, finding }, &mut lines)?;
        }
        input::print(&lines, worst)?;
    }
    Ok(worst)
}

fn write(json: bool, line: &Line, lines: &mut Vec<u8>) -> Result<(), String> {
    if json {
        serde_json::to_writer(&mut *lines, line).map_err(|error| error.to_string())?;
        lines.push(b'\n');
        return Ok(());
    }
    writeln!(lines, "{}:{}", line.file, line.finding).map_err(|error| error.to_string())
}
