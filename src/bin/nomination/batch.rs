//! `batch`: judges what holds over all nominations together.

mod submissions;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use nomination_form::{
    batch::{Facts, Figures, Gathering, Report, Settings},
    campaign::Campaign,
    submission::{MAX_BYTES, Unusable},
};
use submissions::{Piece, each_submission};

use crate::{
    complain,
    input::{self, When},
    outcome::Outcome,
};

/// Judge what holds over all nominations together: quotas, margins, shares, ranking, nobody twice
///
/// Prints one line of JSON: `{"ok", "tracks", "unusable"}`. Each of the `tracks` has `track`, `count`,
/// `units` and the `problems` over all units; each of the units `unit`, `count` and its `problems`. A
/// problem has `rule`, `code`, `severity`, `track`, `unit`, `message`, `params`, `cite` and
/// `nominations`: the places in the input, from 0, of those counted or meant. `unusable` names those
/// that could not be read by `index`, with `code` (as `verify` has them), `pointer` and `message`. No
/// answer is printed but the unit's name, where the campaign says which answer that is, and the places
/// in the order of preference that several were given.
///
/// The recommending unit of a nomination is the answer that the campaign names for it, else the
/// submission's own `unit` (beside `answers`), else `--unit`; where nothing says it all are of one
/// unit. Quotas, ranking and shares are judged for each unit; the margin over the titles awarded is
/// judged over the whole input, so a single unit's nominations are looked at with `--unit-only`.
/// Bounds include themselves; a share at most is rounded down, one at least and a margin at least up, a
/// margin of exactly so much to the nearest. Tracks without nominations are left out unless the host's
/// figures name them. Of a nomination sent several times only the last revision belongs here.
///
/// Exit status: 0 nothing found, 1 something was, 2 something could not be read or the run failed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many nominations each unit is allotted: JSON such as `{"徐汇区": 3}` (that many in each
    /// track), or by track, with ranges: `{"徐汇区": {"sh2023.individual": {"min": 1, "max": 5}}}`
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,
    /// Whose quotas hold where the campaign has them for several levels: `盟市`
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// The unit of nominations that do not name theirs
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// Look at this unit's nominations alone; what holds over all units is then not judged
    #[arg(long, value_name = "NAME")]
    unit_only: Option<String>,
    /// How many nominations there are in all, where the input is a part of them: the margin is judged
    /// by this number, and shares are taken of it over the whole input. `TRACK=N` for one track
    #[arg(long, value_name = "[TRACK=]N", value_parser = total)]
    total: Vec<Total>,
    /// Judge each nomination by itself, too: adds `verdicts`, each `{"index", "ok"}`
    #[arg(long)]
    verify: bool,
    #[command(flatten)]
    when: When,
    /// The campaign file
    campaign: PathBuf,
    /// The submissions: each file one as it was sent, or one a line (JSON Lines); `-` is the standard
    /// input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// A total, and the track it is of.
#[derive(Clone)]
struct Total {
    track: Option<String>,
    number: u32,
}

/// Reads, gathers, reports; the exit status, or why the run failed.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let campaign = Arc::new(input::campaign(&args.campaign)?);
    let settings = settings(args, &campaign)?;
    let calendar = Arc::new(args.when.calendar()?);
    let mut gathering = Gathering::new(campaign, &calendar, args.when.now(), settings)
        .map_err(|error| error.to_string())?;
    for file in &args.files {
        gather(&mut gathering, file);
    }
    print(&gathering.report())
}

fn settings(args: &Args, campaign: &Campaign) -> Result<Settings, String> {
    let figures = match &args.quotas {
        None => Figures::default(),
        Some(path) => input::parsed(path, |bytes| Figures::parse(bytes, campaign))?,
    };
    let mut settings = Settings {
        figures,
        level: args.level.clone(),
        unit: args.unit.clone(),
        unit_only: args.unit_only.clone(),
        verify: args.verify,
        ..Settings::default()
    };
    // What is said of one track goes before what is said of all.
    for total in args.total.iter().filter(|total| total.track.is_none()) {
        settings.totals.extend(campaign.tracks.iter().map(|t| (t.id.clone(), total.number)));
    }
    for total in &args.total {
        settings.totals.extend(total.track.iter().map(|track| (track.clone(), total.number)));
    }
    Ok(settings)
}

fn total(text: &str) -> Result<Total, String> {
    let (track, number) = match text.split_once('=') {
        Some((track, number)) => (Some(track.to_owned()), number),
        None => (None, text),
    };
    let number = number.parse().map_err(|_| "expected a number, or `TRACK=NUMBER`".to_owned())?;
    Ok(Total { track, number })
}

/// Gathers the submissions of a file. One that breaks the engine must not cost the others theirs.
fn gather(gathering: &mut Gathering, file: &Path) {
    let done = each_submission(file, |piece| {
        let looked = look(gathering, piece);
        gathering.keep(looked);
    });
    if let Err(error) = done {
        let unusable = unusable("unreadable", error.to_string());
        complain(&format!("{}: {unusable}", file.display()));
        gathering.keep(Err(unusable));
    }
}

fn look(gathering: &Gathering, piece: Piece) -> Result<Facts, Unusable> {
    match piece {
        Piece::Whole(bytes) => catch_unwind(AssertUnwindSafe(|| gathering.look(bytes)))
            .unwrap_or_else(|_| Err(unusable("internal", "the engine broke off on it".to_owned()))),
        Piece::TooLarge => {
            let message = format!("too large, expected at most {MAX_BYTES} bytes");
            Err(unusable("too-large", message))
        }
    }
}

fn unusable(code: &'static str, message: String) -> Unusable {
    Unusable { code, pointer: String::new(), message }
}

fn print(report: &Report) -> Result<Outcome, String> {
    let outcome = match (report.unusable.is_empty(), report.ok) {
        (true, true) => Outcome::Fine,
        (true, false) => Outcome::Found,
        (false, _) => Outcome::Failed,
    };
    let mut line = serde_json::to_vec(report).map_err(|error| error.to_string())?;
    line.push(b'\n');
    input::print(&line, outcome)?;
    Ok(outcome)
}
