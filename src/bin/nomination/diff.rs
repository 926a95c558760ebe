//! `diff`: what a new edition of a campaign does to the drafts that are under way.

use std::path::PathBuf;

use nomination_form::diff::{Change, Effect, diff};

use crate::{complain, input, outcome::Outcome};

/// Say what a changed campaign file does to the drafts that are under way
///
/// One line of JSON a change: `effect`, `track`, `path`, `code`, `message`. The effect is `safe` (drafts
/// stay as they are), `judges-differently` (every answer stays and is judged by other rules),
/// `asks-again` (every answer stays, and the person has to fill in or mend something) or `drops` (some
/// answers or files have no place any more; the form hands the answers back to be copied). `track` is
/// null where the change is about the whole campaign. Nothing is printed of files that say the same.
///
/// A changed file has to bear a higher `revision`, or nobody can tell the two editions apart.
///
/// Exit status: 0 every change is safe, 1 one is not, 2 a file cannot be read or has faults.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The campaign file that drafts were begun under; `-` is the standard input
    old: PathBuf,
    /// The campaign file that is to take its place
    new: PathBuf,
}

/// Compares both; the exit status, or why that could not be.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let (old, new) = match (input::campaign(&args.old), input::campaign(&args.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            // What is wrong with both is said in one run.
            for why in [old.err(), new.err()].into_iter().flatten() {
                complain(&why);
            }
            return Ok(Outcome::Failed);
        }
    };
    let changes = diff(&old, &new);
    let is_safe = |change: &Change| change.effect == Effect::Safe;
    let outcome = if changes.iter().all(is_safe) { Outcome::Fine } else { Outcome::Found };
    let mut lines = Vec::new();
    for change in &changes {
        serde_json::to_writer(&mut lines, change).map_err(|error| error.to_string())?;
        lines.push(b'\n');
    }
    input::print(&lines, outcome)?;
    Ok(outcome)
}
