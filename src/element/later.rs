//! What the second part of the wasm does (see `view::later`).

use std::pin::Pin;
use std::rc::Rc;

use web_sys::File;

use super::opening::Opening;
use super::runner::Runner;
use crate::browser::{Control, Freight};
use crate::session::FileId;
use crate::view::{Ask, Unfetched};

/// Something that the second part does.
pub(super) enum Job {
    /// Shows the drafts that were left on this device, or the only one.
    Start(Rc<Opening>),
    /// What a person wants done with drafts.
    Ask(Rc<Opening>, Ask),
    /// Reads a chosen file of which at most so many bytes are taken.
    Read(Rc<Runner>, FileId, File, u64),
    /// Sends a file.
    Upload(Rc<Runner>, FileId, Freight, Rc<Control>),
    /// Has the host remove a file.
    Discard(Rc<Runner>, String),
    /// Sends the nomination under a key.
    Post(Rc<Runner>, String, String),
}

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Does it. Where the second part has still to be fetched and cannot be, nothing is done: whoever may not
/// take that lightly fetches it first.
pub(super) async fn done(job: Job) {
    #[cfg(nf_split)]
    let work = work(job).await;
    #[cfg(not(nf_split))]
    let work = work(job);
    if let Ok(work) = work {
        work.await;
    }
}

#[cfg_attr(nf_split, wasm_split_helpers::wasm_split(later, fallible))]
#[allow(clippy::unnecessary_wraps)] // for what it becomes where the wasm is cut
fn work(job: Job) -> Result<Work, Unfetched> {
    Ok(match job {
        Job::Start(opening) => Box::pin(async move { opening.take_up().await }),
        Job::Ask(opening, ask) => Box::pin(async move { opening.answer(ask).await }),
        Job::Read(runner, file, chosen, most) => {
            Box::pin(async move { runner.read(file, &chosen, most).await })
        }
        Job::Upload(runner, file, freight, control) => {
            Box::pin(async move { runner.carry(file, freight, control).await })
        }
        Job::Discard(runner, url) => Box::pin(async move { runner.discard(&url).await }),
        Job::Post(runner, body, key) => Box::pin(async move { runner.send_off(body, &key).await }),
    })
}
