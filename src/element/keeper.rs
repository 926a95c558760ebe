//! Keeps the draft on the device: soon after every change, at once where the page may end, and one
//! writing at a time.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;

use crate::browser::{Bytes, Drafts, DraftsError, new_id, pieces};
use crate::session::{Event, FileId, Keeping, Session};
use crate::view::Form;

/// How long after a change it is kept, in milliseconds: often enough that a crash costs a word, seldom
/// enough that a phone does not write at every key.
const SOON_MS: u32 = 200;
/// How long after a failure it is tried again, in milliseconds.
const LATER_MS: u32 = 4_000;

/// The files' bytes in this page.
pub(super) type Shelf = RefCell<Vec<(FileId, Bytes)>>;

/// Keeps one form's draft.
pub(super) struct Keeper {
    drafts: Option<Rc<Drafts>>,
    form: Cell<Option<Form>>,
    shelf: Rc<Shelf>,
    timer: RefCell<Option<Timeout>>,
    turn: Turn,
    /// The session's version that is kept, and the connection it went over.
    kept: Cell<(u64, u32)>,
    /// Whether the draft is this page's by now.
    claimed: Cell<bool>,
}

impl Keeper {
    /// Without `drafts` it keeps nothing. `claimed` says that the draft is this page's already.
    pub(super) fn new(drafts: Option<Rc<Drafts>>, claimed: bool, shelf: Rc<Shelf>) -> Rc<Self> {
        let connections = drafts.as_deref().map_or(0, Drafts::connections);
        Rc::new(Self {
            drafts,
            form: Cell::new(None),
            shelf,
            timer: RefCell::default(),
            turn: Turn::default(),
            kept: Cell::new((0, connections)),
            claimed: Cell::new(claimed),
        })
    }

    /// The form is there: where nothing can be kept after all, it says so before anything is typed.
    pub(super) fn start(self: &Rc<Self>, form: Form) {
        self.form.set(Some(form));
        let keeper = self.clone();
        spawn_local(async move {
            let Some(drafts) = &keeper.drafts else { return };
            if drafts.ready().await.is_err()
                && let Some(form) = keeper.form.get()
            {
                form.send(Event::Kept(Keeping::Blocked));
            }
        });
    }

    /// The form is going. What is not kept yet is taken along.
    pub(super) fn stop(self: &Rc<Self>) {
        self.timer.borrow_mut().take();
        let (form, drafts) = (self.form.get(), self.drafts());
        self.form.set(None);
        let (Some(form), Some(drafts)) = (form, drafts) else { return };
        let (version, id) = form.look(|session| (session.version(), session.id().to_owned()));
        if version == self.kept.get().0 {
            return;
        }
        let Some(draft) = form.look(Session::draft) else { return };
        let keeper = self.clone();
        spawn_local(async move {
            keeper.turn.enter().await;
            // There is no form left to say what came of it.
            let _ = drafts.keep(&id, &draft, !keeper.claimed.get(), false).await;
            keeper.turn.leave();
        });
    }

    /// The form is going, and nothing of it is to be kept from now on: waits for what is being written just now.
    pub(super) async fn end(&self) {
        self.turn.enter().await;
        self.form.set(None);
        self.turn.leave();
        self.timer.borrow_mut().take();
    }

    /// The drafts, while something is to be kept.
    pub(super) fn drafts(&self) -> Option<Rc<Drafts>> {
        let keeps = self.form.get()?.look(Session::keeps);
        self.drafts.clone().filter(|_| keeps)
    }

    /// Something may have changed.
    pub(super) fn soon(self: &Rc<Self>) {
        let Some(form) = self.form.get() else { return };
        let (version, worth) = form.look(|session| (session.version(), session.has_work()));
        if self.drafts().is_none() || !worth || version == self.kept.get().0 {
            return;
        }
        let keeping = form.look(Session::keeping);
        if matches!(keeping, Keeping::Nothing | Keeping::Saved(_)) {
            form.send(Event::Kept(Keeping::Saving));
        }
        let late = !matches!(keeping, Keeping::Nothing | Keeping::Saved(_) | Keeping::Saving);
        let late = late && keeping != Keeping::Elsewhere;
        self.after(if late { LATER_MS } else { SOON_MS });
    }

    fn after(self: &Rc<Self>, ms: u32) {
        let mut timer = self.timer.borrow_mut();
        if timer.is_some() {
            return;
        }
        let keeper = self.clone();
        *timer = Some(Timeout::new(ms, move || {
            keeper.timer.borrow_mut().take();
            spawn_local(async move {
                // What came of it, the form says.
                let _ = keeper.now(false).await;
            });
        }));
    }

    /// Keeps what there is, now.
    pub(super) async fn now(self: &Rc<Self>, to_disk: bool) -> Result<(), DraftsError> {
        self.turn.enter().await;
        let done = self.write(to_disk).await;
        self.turn.leave();
        if let Some(form) = self.form.get() {
            match done {
                Ok(Some(version)) => {
                    let current = form.look(Session::version);
                    let now = form.look(Session::now);
                    if current == version {
                        form.send(Event::Kept(Keeping::Saved(now)));
                    } else {
                        self.soon();
                    }
                }
                Ok(None) => {}
                Err(DraftsError::Elsewhere) => self.fork(form),
                Err(error) => form.send(Event::Kept(keeping(error))),
            }
            if matches!(done, Err(DraftsError::Full | DraftsError::Blocked)) {
                self.after(LATER_MS);
            }
        }
        done.map(drop)
    }

    /// Gives the version that is kept now; nothing where there was nothing to keep.
    async fn write(self: &Rc<Self>, to_disk: bool) -> Result<Option<u64>, DraftsError> {
        let (Some(form), Some(drafts)) = (self.form.get(), self.drafts()) else { return Ok(None) };
        let (version, (kept, connection)) = (form.look(Session::version), self.kept.get());
        if version == kept && !to_disk {
            return Ok(None);
        }
        let Some(draft) = form.look(Session::draft) else { return Ok(None) };
        let id = form.look(|session| session.id().to_owned());
        let mine = !self.claimed.get();
        drafts.keep(&id, &draft, mine, to_disk).await?;
        self.claimed.set(true);
        if connection != drafts.connections() {
            self.keep_files(&drafts, &id, form).await?;
        }
        self.kept.set((version, drafts.connections()));
        Ok(Some(version))
    }

    /// Another page has the draft now. What is here becomes a draft of its own, files and all; where it does not,
    /// because it is on its way to the host, the draft stays the other page's.
    fn fork(self: &Rc<Self>, form: Form) {
        let own = new_id();
        form.send(Event::Elsewhere(own.clone()));
        if form.look(|session| session.id() == own) {
            self.claimed.set(false);
            self.kept.set((0, 0));
            self.soon();
        }
    }

    /// Puts the files' bytes beside the draft that are not there.
    pub(super) async fn keep_files(
        &self,
        drafts: &Drafts,
        id: &str,
        form: Form,
    ) -> Result<(), DraftsError> {
        let all = self.shelf.borrow().clone();
        for (file, bytes) in all {
            if !drafts.has_file(id, file, pieces(&bytes)).await {
                crate::browser::keep_file(drafts, id, file, &bytes).await?;
            }
            form.send(Event::FileKept(file));
        }
        Ok(())
    }

    /// Has everything kept that was only in this page until now.
    pub(super) fn keep_all(self: &Rc<Self>) {
        self.kept.set((0, 0));
        self.soon();
    }

    /// Lets go of everything that is kept of this nomination.
    pub(super) fn wipe(self: &Rc<Self>) {
        self.timer.borrow_mut().take();
        let (Some(form), Some(drafts)) = (self.form.get(), self.drafts.clone()) else { return };
        let id = form.look(|session| session.id().to_owned());
        let keeper = self.clone();
        spawn_local(async move {
            // After what is being written just now, so that it does not come back.
            keeper.turn.enter().await;
            drafts.remove(&id).await;
            keeper.claimed.set(false);
            keeper.turn.leave();
        });
    }
}

/// What the form says of a failure.
pub(super) fn keeping(error: DraftsError) -> Keeping {
    match error {
        DraftsError::Full => Keeping::Full,
        DraftsError::Insecure => Keeping::Insecure,
        DraftsError::Blocked | DraftsError::Elsewhere => Keeping::Blocked,
    }
}

/// One at a time.
#[derive(Default)]
struct Turn {
    busy: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Turn {
    async fn enter(&self) {
        poll_fn(|context| {
            if self.busy.replace(true) {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    fn leave(&self) {
        self.busy.set(false);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }
}
