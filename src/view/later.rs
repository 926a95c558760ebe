//! What is fetched only once something asks for it: the second part of the wasm.
//!
//! The release build cuts the wasm in two (`--cfg nf_split` in .ci/build.sh, the cut in .ci/split.mjs).
//! The first part has what it takes to open a form and fill it in. Everything that is reached only through
//! a function marked `wasm_split(later)` is in the second, which a browser fetches when one of them is
//! called for the first time. Any other build is one piece, and there the second part has always been
//! fetched.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::el::{El, Spot, when};
use super::{Form, review, status};
use crate::session::Stored;

/// How long after a failure it is fetched again where nobody has to ask for that, in milliseconds.
const LATER_MS: u32 = 4_000;

static HERE: AtomicBool = AtomicBool::new(cfg!(not(nf_split)));

/// The second part could not be fetched. The loader has said so to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfetched;

#[cfg(nf_split)]
impl From<wasm_split_helpers::SplitLoaderError> for Unfetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches the second part where it is not here yet; gives whether it is here now.
pub(crate) async fn fetched() -> bool {
    if !is_here() && fetch().await.is_ok() {
        HERE.store(true, Ordering::Relaxed);
    }
    is_here()
}

/// Fetches the second part, time and again, until it is here or nobody is `waiting` for it any more; gives
/// whether it is here.
pub(crate) async fn fetched_while(waiting: impl Fn() -> bool) -> bool {
    while waiting() {
        if fetched().await {
            return true;
        }
        TimeoutFuture::new(LATER_MS).await;
    }
    false
}

fn is_here() -> bool {
    HERE.load(Ordering::Relaxed)
}

/// What the second part shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Late {
    /// The whole to look through, as it was at this version of the session.
    Review(u64),
    /// The receipt.
    Submitted(Stored),
    /// A copy of what was sent.
    Copy,
}

/// Children of `parent` that the second part builds; they follow what `look` gives.
pub(super) fn children_late(
    parent: El,
    form: Form,
    look: impl Fn() -> Option<Late> + 'static,
) -> El {
    let spot = Rc::new(RefCell::new(Spot::new(&parent)));
    let turn = Rc::new(Cell::new(0_u32));
    when(Box::new(look), move |late: &Option<Late>| {
        let mine = turn.get() + 1;
        turn.set(mine);
        let now = late.as_ref().filter(|_| is_here());
        spot.borrow_mut().fill(&mut || now.map(|late| build(form, late)).unwrap_or_default());
        let Some(late) = late.clone().filter(|_| !is_here()) else { return };
        let (spot, turn) = (spot.clone(), turn.clone());
        spawn_local(async move {
            let waiting = || form.is_open() && turn.get() == mine;
            if fetched_while(waiting).await && waiting() {
                spot.borrow_mut().fill(&mut || build(form, &late));
            }
        });
    });
    parent
}

/// What is to be shown; nothing where the second part is not here.
pub(super) fn build(form: Form, late: &Late) -> Vec<El> {
    #[cfg(nf_split)]
    let built = at_once(built(form, late)).unwrap_or(Err(Unfetched));
    #[cfg(not(nf_split))]
    let built = built(form, late);
    built.unwrap_or_default()
}

#[cfg_attr(nf_split, wasm_split_helpers::wasm_split(later, fallible, preload(fetch)))]
#[allow(clippy::unnecessary_wraps)] // for what it becomes where the wasm is cut
fn built(form: Form, late: &Late) -> Result<Vec<El>, Unfetched> {
    Ok(match late {
        Late::Review(_) => review::content(form),
        Late::Submitted(stored) => status::submitted(form, stored),
        Late::Copy => status::copy(form),
    })
}

#[cfg(not(nf_split))]
#[allow(clippy::unused_async)] // for what it becomes where the wasm is cut
async fn fetch() -> Result<(), Unfetched> {
    Ok(())
}

/// What a future gives that has nothing to wait for.
#[cfg(nf_split)]
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(done) => Some(done),
        std::task::Poll::Pending => None,
    }
}
