//! `nomination schema`: the JSON Schema of the campaign file, or of a track's submission.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use nomination_form::{
    campaign::{self, Campaign},
    submission::Submission,
};
use serde_json::Value;

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
        /// The campaign file.
        campaign: PathBuf,
        /// The track's id: nm2022.worker.
        track: String,
    },
}

pub(crate) fn run(args: &Args) -> Result<(), String> {
    print(&match &args.of {
        Of::Campaign => Campaign::schema(),
        Of::Submission { campaign, track } => of_submission(campaign, track)?,
    })
}

fn of_submission(path: &Path, track: &str) -> Result<Value, String> {
    let campaign = Campaign::parse(&read(path)?).map_err(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        format!("{}: {}", path.display(), lines.join("\n  "))
    })?;
    Submission::schema(&campaign, track).ok_or_else(|| {
        let known: Vec<_> = campaign.tracks.iter().map(|track| format!("`{}`", track.id)).collect();
        format!("{}: no track `{track}`, expected one of {}", path.display(), known.join(", "))
    })
}

/// Reads a file, at most a byte more than is taken: that it is too large is then told by its reader.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let most = u64::try_from(campaign::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let done = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    done.map(|_| bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn print(schema: &Value) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let done = serde_json::to_writer_pretty(&mut out, schema).map_err(std::io::Error::from);
    done.and_then(|()| out.write_all(b"\n")).map_err(|error| format!("standard output: {error}"))
}
