//! `nomination schema`: the JSON Schema of the campaign file, or of a track's submission.

use std::path::{Path, PathBuf};

use nomination_form::{campaign::Campaign, submission::Submission};
use serde_json::Value;

use crate::{input, outcome::Outcome};

/// Print a JSON Schema (2020-12) for other people's tools.
///
/// Exit status: 0 printed, 2 no schema could be made.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    of: Of,
}

#[derive(clap::Subcommand)]
enum Of {
    /// The schema of campaign files.
    Campaign,
    /// The schema of what is sent for one track of a campaign.
    ///
    /// A nomination that may be sent fulfils it; what it refuses has errors. It cannot say everything
    /// that is judged, so it does not take the place of `nomination verify`.
    Submission {
        /// The campaign file; `-` is the standard input.
        campaign: PathBuf,
        /// The track's id: nm2022.worker.
        track: String,
    },
}

/// Prints the schema asked for; the exit status, or why there is none.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let schema = match &args.of {
        Of::Campaign => Campaign::schema(),
        Of::Submission { campaign, track } => of_submission(campaign, track)?,
    };
    input::print(format!("{schema:#}\n").as_bytes(), Outcome::Fine)?;
    Ok(Outcome::Fine)
}

fn of_submission(path: &Path, track: &str) -> Result<Value, String> {
    let campaign = input::campaign(path)?;
    Submission::schema(&campaign, track).ok_or_else(|| {
        let known: Vec<_> = campaign.tracks.iter().map(|track| format!("`{}`", track.id)).collect();
        format!("{}: no track `{track}`, expected one of {}", path.display(), known.join(", "))
    })
}
