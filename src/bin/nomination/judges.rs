//! Campaigns made ready for judging: the one that was named, or each that a nomination names.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use nomination_form::{
    campaign::{self, Campaign},
    rules::{Judge, Verdict},
    standards::{Calendar, Instant},
    submission::{Submission, Unusable},
    words::Words,
};

use crate::input;

/// Where campaigns are looked for unless said otherwise.
pub(crate) const FOLDER: &str = "public/campaigns";

/// Judges submissions, whatever their campaign and track.
pub(crate) struct Judges {
    calendar: Arc<Calendar>,
    words: &'static Words,
    source: Source,
}

enum Source {
    /// One campaign for all.
    One(Ready),
    /// A folder of `<id>.json`, with what has been read of it. It holds found files only, so that
    /// nobody makes it grow with ids of their own.
    Folder(PathBuf, RwLock<BTreeMap<String, Arc<Result<Ready, Unusable>>>>),
}

/// A campaign with a judge for each of its tracks.
struct Ready {
    campaign: Arc<Campaign>,
    tracks: Vec<Judge>,
}

impl Judges {
    /// For the nominations of one campaign.
    ///
    /// # Errors
    ///
    /// In words: a file that cannot be read, or the faults of the campaign.
    pub(crate) fn of_file(
        path: &Path,
        calendar: Calendar,
        words: &'static Words,
    ) -> Result<Self, String> {
        let campaign = input::campaign(path)?;
        let calendar = Arc::new(calendar);
        let source = Source::One(Ready::new(campaign, &calendar, words));
        Ok(Self { calendar, words, source })
    }

    /// For nominations of every campaign in a folder.
    pub(crate) fn of_folder(path: &Path, calendar: Calendar, words: &'static Words) -> Self {
        let source = Source::Folder(path.to_owned(), RwLock::default());
        Self { source, calendar: Arc::new(calendar), words }
    }

    /// Reads and judges one submission.
    pub(crate) fn verdict(&self, bytes: &[u8], now: Instant) -> Result<Verdict, Unusable> {
        let submission = Submission::read(bytes)?;
        match &self.source {
            Source::One(ready) => ready.verdict(&submission, now),
            Source::Folder(..) => match &*self.named(&submission.campaign.id)? {
                Ok(ready) => ready.verdict(&submission, now),
                Err(unusable) => Err(unusable.clone()),
            },
        }
    }

    fn named(&self, id: &str) -> Result<Arc<Result<Ready, Unusable>>, Unusable> {
        let Source::Folder(folder, known) = &self.source else { return Err(nowhere("")) };
        let read = known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = read.get(id) {
            return Ok(Arc::clone(ready));
        }
        drop(read);
        let ready = Arc::new(self.look_up(folder, id)?);
        let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(known.entry(id.to_owned()).or_insert(ready)))
    }

    /// The campaign in the folder's file of that id; inside, what is wrong with a file that is there.
    fn look_up(&self, folder: &Path, id: &str) -> Result<Result<Ready, Unusable>, Unusable> {
        let shown = folder.display().to_string();
        if !is_file_name(id) {
            return Err(nowhere(&shown));
        }
        let bytes = match input::read(&folder.join(format!("{id}.json")), campaign::MAX_BYTES) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(nowhere(&shown)),
            Err(error) => return Ok(Err(unusable("unknown-campaign", error.to_string()))),
            Ok(bytes) => bytes,
        };
        Ok(Campaign::parse(&bytes)
            .map(|campaign| Ready::new(campaign, &self.calendar, self.words))
            .map_err(|faults| {
                let first = faults.first().map(ToString::to_string).unwrap_or_default();
                let count = faults.len();
                unusable(
                    "faulty-campaign",
                    format!("the campaign's file in `{shown}` has {count} faults, first {first}"),
                )
            }))
    }
}

impl Ready {
    fn new(campaign: Campaign, calendar: &Arc<Calendar>, words: &'static Words) -> Self {
        let campaign = Arc::new(campaign);
        let judge = |id: &str| {
            let judge = Judge::new(Arc::clone(&campaign), id, Arc::clone(calendar))?;
            Some(judge.speaking(words))
        };
        let tracks = campaign.tracks.iter().filter_map(|track| judge(&track.id)).collect();
        Self { campaign, tracks }
    }

    fn verdict(&self, submission: &Submission, now: Instant) -> Result<Verdict, Unusable> {
        let judge = self.tracks.iter().find(|judge| judge.track().id == submission.track);
        let Some(judge) = judge else { return Err(submission.unknown_track(&self.campaign)) };
        submission.judge(judge, now)
    }
}

/// Whether an id can be the name of a campaign's file: it comes from outside and must not lead
/// anywhere else.
fn is_file_name(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !id.starts_with('.') && id.chars().all(plain)
}

fn nowhere(folder: &str) -> Unusable {
    let message = format!(
        "no file `<campaign.id>.json` in `{folder}`, expected one there, or --campaign FILE, or another --campaigns DIR"
    );
    unusable("unknown-campaign", message)
}

fn unusable(code: &'static str, message: String) -> Unusable {
    Unusable { code, pointer: "/campaign/id".to_owned(), message }
}
