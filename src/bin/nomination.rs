//! The native command: judges a nomination as the host does, without a browser.
//!
//! It prints the verdict, which names fields and rules and never an answer. The exit status says
//! the rest: 0 nothing to object to, 1 problems, 2 nothing that could be judged.

#[path = "nomination/schema.rs"]
mod schema;

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use clap::{Parser, Subcommand};
use nomination_form::{
    campaign::{self, Campaign},
    rules::{Judge, Verdict},
    standards::{Calendar, Instant},
    submission::{self, Submission},
};

/// Award nominations: what a campaign demands, and whether a nomination fulfils it.
#[derive(Parser)]
#[command(name = "nomination", version)]
struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Judge a submission and print the verdict as JSON.
    ///
    /// Exit status: 0 may be sent, 1 has errors, 2 cannot be judged.
    Verify {
        /// The campaign file.
        #[arg(long, value_name = "FILE")]
        campaign: PathBuf,
        /// The time to judge at, in RFC 3339 (2022-08-15T10:00:00+08:00); the machine's clock where missing.
        #[arg(long, value_name = "TIME", value_parser = time)]
        now: Option<Instant>,
        /// A working-day calendar instead of the one built in.
        #[arg(long, value_name = "FILE")]
        calendar: Option<PathBuf>,
        /// The submission as it was sent, or `-` for the standard input.
        submission: PathBuf,
    },
    Schema(schema::Args),
}

fn main() -> ExitCode {
    let done = match Command::parse().what {
        What::Verify { campaign, now, calendar, submission } => {
            let now = now.unwrap_or_else(clock);
            let verdict = verify(&campaign, now, calendar.as_deref(), &submission);
            verdict.and_then(|verdict| print(&verdict).map(|()| verdict.ok))
        }
        What::Schema(args) => schema::run(&args).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "nomination: {message}");
            ExitCode::from(2)
        }
    }
}

fn verify(
    campaign: &Path,
    now: Instant,
    calendar: Option<&Path>,
    submission: &Path,
) -> Result<Verdict, String> {
    let calendar = read_calendar(calendar)?;
    let bytes = read(campaign, campaign::MAX_BYTES)?;
    let parsed = Campaign::parse(&bytes).map_err(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        format!("{}: {}", campaign.display(), lines.join("\n  "))
    })?;
    let bytes = read(submission, submission::MAX_BYTES)?;
    let unusable = |fault: submission::Unusable| format!("{}: {fault}", submission.display());
    let read = Submission::read(&bytes).map_err(unusable)?;
    let judge = Judge::new(Arc::new(parsed.clone()), &read.track, Arc::new(calendar));
    let Some(judge) = judge else { return Err(unusable(read.unknown_track(&parsed))) };
    read.judge(&judge, now).map_err(unusable)
}

fn read_calendar(path: Option<&Path>) -> Result<Calendar, String> {
    let Some(path) = path else { return Ok(Calendar::built_in()) };
    let bytes = read(path, campaign::MAX_BYTES)?;
    serde_json::from_slice(&bytes).map_err(|fault| format!("{}: {fault}", path.display()))
}

/// Reads a file, at most a byte more than is taken: that it is too large is then told by its reader.
fn read(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        std::io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    done.map(|_| bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn print(verdict: &Verdict) -> Result<(), String> {
    let mut json = serde_json::to_string_pretty(verdict).map_err(|error| error.to_string())?;
    json.push('\n');
    std::io::stdout()
        .write_all(json.as_bytes())
        .map_err(|error| format!("standard output: {error}"))
}

fn time(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map_err(|fault| fault.to_string())
}

/// The machine's clock: this command is the rim.
fn clock() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_utc_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
