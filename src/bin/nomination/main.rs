//! The native command: what a host, an officer or a build server needs of the engine, without a browser.
//!
//! One file per subcommand; what they share is in `input` (files, campaigns, calendar, clock, what is
//! printed), `judges` (campaigns made ready) and `stream` (many lines on all cores). Invariants: of a
//! nomination's answers nothing is printed but what the help of `verify` and `batch` names, and no input
//! makes it panic or hang. The exit status of every subcommand is an [`Outcome`]; what each of them
//! means by it stands in its help.

mod batch;
mod check;
mod diff;
mod input;
mod inspect;
mod judges;
mod lint;
mod outcome;
mod schema;
mod stream;
mod verify;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use outcome::Outcome;

/// Award nominations: what a campaign demands, and whether a nomination fulfils it.
///
/// Judges with the engine that runs in the page, so what a person saw is what is found here. What is
/// found goes to the standard output: lines of JSON, but for `lint`, which prints text unless asked for
/// JSON, and `schema`, which prints one document. What kept the command from its work goes to the
/// standard error. Of a nomination's answers nothing is printed but what the help of `verify` and
/// `batch` names.
#[derive(Parser)]
#[command(name = "nomination", version, verbatim_doc_comment)]
struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Verify(verify::Args),
    Check(check::Args),
    Lint(lint::Args),
    Diff(diff::Args),
    Inspect(inspect::Args),
    Schema(schema::Args),
    Batch(batch::Args),
}

fn main() -> ExitCode {
    quiet_panics();
    let done = match Command::parse().what {
        What::Verify(args) => verify::run(&args),
        What::Check(args) => check::run(&args),
        What::Lint(args) => lint::run(&args),
        What::Diff(args) => diff::run(&args),
        What::Inspect(args) => inspect::run(&args),
        What::Schema(args) => schema::run(&args),
        What::Batch(args) => batch::run(&args),
    };
    done.unwrap_or_else(|message| {
        complain(&message);
        Outcome::Failed
    })
    .into()
}

/// Says on the standard error what went wrong.
fn complain(message: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "nomination: {message}");
}

/// A panic is a bug of ours. Its message might repeat what it choked on, so only its place is told.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        complain(&format!("internal error at {place}"));
    }));
}
