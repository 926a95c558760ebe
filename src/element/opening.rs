//! What an element shows: the form of one nomination, or the drafts to choose one from.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use serde_json::json;
use wasm_bindgen::JsValue;
use web_sys::{Blob, Element, HtmlElement};

use super::keeper::Keeper;
use super::later::{Job, done};
use super::runner::{Addresses, Runner};
use super::{does, tell};
use crate::browser::{
    Bytes, Drafts, DraftsError, HostClock, ParcelError, hand_over, joined, new_id, pack, unpack,
};
use crate::campaign::Campaign;
use crate::rules::Judge;
use crate::session::{Draft, DraftError, Event, FileId, Focus, Initial, Keeping, Session};
use crate::standards::Calendar;
use crate::view::{Ask, Form, Listed, Outside, Unfetched, app, drafts, fetched, focus};
use crate::words::Words;

/// How long the first part of a form stands alone, in milliseconds: so that it is seen before the others
/// are built, which takes a slow phone a while.
const SEEN_MS: u32 = 30;

/// What every form of an element has in common.
pub(super) struct Opening {
    pub(super) host: HtmlElement,
    pub(super) place: HtmlElement,
    pub(super) campaign: Arc<Campaign>,
    pub(super) track: String,
    pub(super) calendar: Arc<Calendar>,
    pub(super) clock: Rc<HostClock>,
    pub(super) to: Addresses,
    /// What the form says, in the language that the page asks for.
    pub(super) words: &'static Words,
    pub(super) initial: Initial,
    /// What the loader was asked to open the form with, and what it can do.
    pub(super) loader: JsValue,
    /// Whether the whole is to be looked through first.
    pub(super) review: Cell<bool>,
    /// What the host wishes for drafts.
    pub(super) wish: String,
    /// The drafts of this device, once they have been looked for; else why there are none.
    pub(super) drafts: OnceCell<Result<Rc<Drafts>, Keeping>>,
    /// The nomination that the element showed before it was taken out of the page.
    pub(super) last: Option<String>,
    /// Whether it has shown a form yet.
    pub(super) begun: Cell<bool>,
    pub(super) closed: Cell<bool>,
    pub(super) shown: RefCell<Shown>,
}

/// What is shown at the moment.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) form: Option<Form>,
    runner: Option<Rc<Runner>>,
    /// What it was mounted with: it goes from the page when this is dropped.
    _mounted: Option<Box<dyn Any>>,
}

impl Opening {
    /// Shows the draft that was left, a list where there are several, or an empty form.
    ///
    /// # Errors
    ///
    /// [`Unfetched`], where there are drafts and what takes them up cannot be had.
    pub(super) async fn start(self: &Rc<Self>) -> Result<(), Unfetched> {
        let mut finding = pin!(self.find_drafts());
        // While the device looks for drafts, the form is made that is shown if there are none.
        let mut session = None;
        let any = poll_fn(|context| {
            let found = finding.as_mut().poll(context);
            session.get_or_insert_with(|| self.new_session());
            found
        });
        if !any.await {
            self.begin(session.flatten(), Vec::new(), false);
        } else if fetched().await {
            done(Job::Start(self.clone())).await;
        } else {
            return Err(Unfetched);
        }
        Ok(())
    }

    /// Looks for drafts on this device; gives whether there are any.
    async fn find_drafts(&self) -> bool {
        // It is set here alone.
        let _ = self.drafts.set(self.open_drafts().await);
        match self.drafts() {
            Ok(drafts) => drafts.any().await,
            Err(_) => false,
        }
    }

    /// Shows the draft that was left, or a list where there are several.
    pub(super) async fn take_up(self: &Rc<Self>) {
        let listed = self.listed().await;
        let open: Vec<_> =
            listed.iter().filter(|known| known.here && known.receipt.is_none()).collect();
        let last = self.last.as_deref();
        if let Some(known) = open.iter().find(|known| Some(known.id.as_str()) == last) {
            return self.resume(&known.id).await;
        }
        match open.as_slice() {
            [] => match listed.iter().rfind(|known| known.here) {
                Some(sent) => self.resume(&sent.id).await,
                None => self.begin(self.new_session(), Vec::new(), false),
            },
            [one] if !one.newer => self.resume(&one.id).await,
            _ => self.choose(listed),
        }
    }

    /// The drafts of this device, unless the host wants nothing kept.
    async fn open_drafts(&self) -> Result<Rc<Drafts>, Keeping> {
        match self.wish.as_str() {
            "memory" => Err(Keeping::Memory),
            "none" => Err(Keeping::Host),
            _ => Drafts::open().await.map_err(|error| match error {
                DraftsError::Insecure => Keeping::Insecure,
                _ => Keeping::Blocked,
            }),
        }
    }

    fn drafts(&self) -> Result<Rc<Drafts>, Keeping> {
        self.drafts.get().cloned().unwrap_or(Err(Keeping::Nothing))
    }

    /// The drafts of this device, oldest first.
    async fn listed(&self) -> Vec<Listed> {
        let Ok(drafts) = self.drafts() else { return Vec::new() };
        let listed = |(id, read): (String, Result<Draft, DraftError>)| match read {
            Ok(draft) => Some(Listed {
                here: draft.campaign == self.campaign.id && draft.track == self.track,
                newer: false,
                id,
                title: draft.title,
                campaign: draft.campaign_title,
                nominee: draft.nominee,
                saved_at: draft.saved_at,
                receipt: draft.receipt.map(|stored| stored.receipt),
            }),
            Err(DraftError::Newer) => Some(Listed { id, newer: true, ..Listed::default() }),
            Err(DraftError::Damaged) => None,
        };
        let kept = drafts.all().await;
        let mut listed: Vec<_> = kept
            .into_iter()
            .map(|kept| (kept.id, Draft::read(&kept.json)))
            .filter_map(listed)
            .collect();
        listed.sort_by_key(|known| known.saved_at);
        listed
    }

    /// Takes up a draft; an empty form where it is gone.
    async fn resume(self: &Rc<Self>, id: &str) {
        let claimed = match self.drafts() {
            Ok(drafts) => drafts.claim(id).await,
            Err(_) => None,
        };
        let draft = claimed.and_then(|kept| Draft::read(&kept.json).ok());
        let (Some(draft), Some(judge)) = (draft, self.judge()) else {
            return self.begin(self.new_session(), Vec::new(), false);
        };
        let files = self.files(&draft).await;
        let kept: Vec<_> = files.iter().map(|(file, _)| *file).collect();
        let session = Session::resume(judge, &draft, &kept, self.clock.now());
        self.begin(session.knowing(&self.initial), files, true);
    }

    /// The bytes that lie beside a draft.
    async fn files(&self, draft: &Draft) -> Vec<(FileId, Bytes)> {
        let Ok(drafts) = self.drafts() else { return Vec::new() };
        let mut files = Vec::new();
        for (file, bytes) in draft.kept_files() {
            if let Some(bytes) = drafts.file(&draft.id, file, bytes).await {
                files.push((file, bytes));
            }
        }
        files
    }

    fn judge(&self) -> Option<Judge> {
        let judge = Judge::new(self.campaign.clone(), &self.track, self.calendar.clone())?;
        Some(judge.speaking(self.words))
    }

    fn new_session(&self) -> Option<Session> {
        let judge = self.judge()?;
        let answers = self.initial.answers.clone();
        Some(Session::new(judge, new_id(), answers, self.clock.now()).knowing(&self.initial))
    }

    /// Shows a form. `claimed` says that its draft is this page's already.
    fn begin(
        self: &Rc<Self>,
        session: impl Into<Option<Session>>,
        files: Vec<(FileId, Bytes)>,
        claimed: bool,
    ) {
        let Some(mut session) = session.into().filter(|_| !self.closed.get()) else { return };
        self.clear();
        if let Err(keeping) = self.drafts() {
            // Nobody looks at the session yet, so there is nothing to be done about it.
            session.apply(Event::Kept(keeping), self.clock.now());
        }
        let kept = self.drafts().ok();
        let keeping = (kept, claimed);
        let (host, to, loader) = (self.host.clone(), self.to.clone(), self.loader.clone());
        let runner = Runner::new(host, to, loader, keeping, files);
        let (run, choose, clock) = (runner.clone(), runner.clone(), self.clock.clone());
        let asked = Rc::downgrade(self);
        let outside = Outside {
            clock: Box::new(move || clock.now()),
            run: Box::new(move |effects| run.clone().run(effects)),
            choose: Box::new(move |file, slot, row| choose.clone().choose(file, slot, row)),
            ask: Box::new(move |ask| {
                if let Some(opening) = asked.upgrade() {
                    opening.asked(ask);
                }
            }),
        };
        // Who opens the page is waiting; who goes on from another form has it whole at once.
        let first = !self.begun.replace(true);
        let made: Rc<RefCell<Option<Form>>> = Rc::default();
        let (making, starting) = (made.clone(), runner.clone());
        let place = self.place.clone();
        // Leptos has nothing to build here, only an owner to give.
        let mounted = leptos::mount::mount_to(self.place.clone(), move || {
            let form = Form::new(session, outside, !first);
            let (said, say) = signal(String::new());
            starting.start(form, say);
            *making.borrow_mut() = Some(form);
            app(&place, form, said);
        });
        let form = made.borrow_mut().take();
        self.shown.replace(Shown { form, runner: Some(runner), _mounted: Some(Box::new(mounted)) });
        let Some(form) = form else { return };
        form.send(Event::Resumed);
        form.send(Event::Show { review: self.review.get() });
        let host = self.host.clone();
        spawn_local(async move {
            if first {
                TimeoutFuture::new(SEEN_MS).await;
                form.build_all();
                tick().await;
            }
            if form.is_open() {
                tell(&host, "ready", &json!({}), false);
            }
        });
    }

    /// Shows the drafts of this device to choose from.
    fn choose(self: &Rc<Self>, listed: Vec<Listed>) {
        if self.closed.get() {
            return;
        }
        self.clear();
        let asked = Rc::downgrade(self);
        let (offset, words) = (self.campaign.utc_offset_minutes, self.words);
        let ask = Box::new(move |ask| {
            if let Some(opening) = asked.upgrade() {
                opening.asked(ask);
            }
        });
        let place = self.place.clone();
        let mounted = leptos::mount::mount_to(self.place.clone(), move || {
            drafts(&place, &listed, offset, words, ask);
        });
        self.shown.replace(Shown { _mounted: Some(Box::new(mounted)), ..Shown::default() });
        // An attribute of an element of our own: nothing to do where it cannot be set.
        let _ = self.host.set_attribute("data-state", "choosing");
        let _ = self.host.remove_attribute("data-receipt");
    }

    fn asked(self: &Rc<Self>, ask: Ask) {
        let opening = self.clone();
        spawn_local(async move {
            match ask {
                Ask::TextSize => does(&opening.loader, "textSize", &JsValue::UNDEFINED),
                ask if fetched().await => done(Job::Ask(opening, ask)).await,
                // That it is not fetched, the loader says.
                Ask::Pack(_, told) | Ask::Unpack(_, _, told) => told(""),
                _ => {}
            }
        });
    }

    /// Shows the drafts of this device to a person who asked for them, and takes them there.
    async fn list(self: &Rc<Self>) {
        let listed = self.listed().await;
        self.choose(listed);
        self.go_to(&Focus::Drafts);
    }

    /// Takes a person who has pressed something that is gone by now to what has come in its place.
    fn go_to(&self, target: &Focus) {
        if let Some(root) = self.host.shadow_root() {
            focus(&root, target);
        }
    }

    /// Has a photo shown in a place of the form.
    fn picture(&self, file: FileId, place: &Element) {
        let runner = self.shown.borrow().runner.clone();
        if let Some(bytes) = runner.and_then(|runner| runner.bytes(file)) {
            let name = place.get_attribute("data-picture");
            does(&self.loader, "picture", &Array::of3(&bytes.into(), place, &name.into()));
        }
    }

    /// Does what a person wants done with drafts.
    pub(super) async fn answer(self: &Rc<Self>, ask: Ask) {
        let kept = !self.would_lose();
        self.settle().await;
        if kept && self.would_lose() {
            // It could not be kept after all, as the form says by now.
            return;
        }
        match ask {
            Ask::Print(paper) => does(&self.loader, "print", &paper),
            Ask::Picture(file, place) => self.picture(file, &place),
            Ask::TextSize => {}
            Ask::Pack(phrase, told) => told(self.pack(&phrase).await),
            Ask::Unpack(file, phrase, told) => match self.unpack(&file, &phrase).await {
                Ok(()) => self.go_to(&Focus::Title),
                Err(words) => told(words),
            },
            Ask::New => {
                self.begin(self.new_session(), Vec::new(), false);
                self.go_to(&Focus::Title);
            }
            Ask::List => self.list().await,
            Ask::Resume(id) => self.resume(&id).await,
            Ask::Remove(id) => {
                if let Ok(drafts) = self.drafts() {
                    drafts.remove(&id).await;
                }
                self.list().await;
            }
        }
    }

    /// Hands the draft over as a sealed file; gives what came of it, in words.
    async fn pack(&self, phrase: &str) -> &'static str {
        let words = self.words;
        let (form, runner) = {
            let shown = self.shown.borrow();
            (shown.form, shown.runner.clone())
        };
        let (Some(form), Some(runner)) = (form, runner) else { return words.parcel_damaged() };
        let files = runner.files();
        let ids: Vec<_> = files.iter().map(|(id, _)| *id).collect();
        let Some(document) = form.look(|session| session.parcel(&ids)) else {
            return words.parcel_damaged();
        };
        // In the order in which the document lists them.
        let listed = Draft::read(&document).map(|draft| draft.kept_files()).unwrap_or_default();
        let bytes = |(id, _): &(FileId, u64)| {
            files.iter().find(|(known, _)| known == id).map(|(_, bytes)| bytes.clone())
        };
        let files: Vec<_> = listed.iter().filter_map(bytes).collect();
        match pack(&document, &files, phrase).await {
            Ok(parcel) if hand_over(&self.place, &parcel, words.parcel_name()).is_some() => {
                words.packed()
            }
            Ok(_) => words.parcel_damaged(),
            Err(error) => parcel_words(words, error),
        }
    }

    /// Takes up the draft in a file. Where this device has another draft of that nomination, it becomes
    /// one of its own, so that neither is lost.
    async fn unpack(self: &Rc<Self>, file: &Blob, phrase: &str) -> Result<(), &'static str> {
        let words = self.words;
        let (document, pieces) =
            unpack(file, phrase).await.map_err(|error| parcel_words(words, error))?;
        let mut draft = Draft::read(&document).map_err(|error| match error {
            DraftError::Newer => words.parcel_newer(),
            DraftError::Damaged => words.parcel_damaged(),
        })?;
        if draft.campaign != self.campaign.id || draft.track != self.track {
            return Err(words.parcel_other());
        }
        let (ids, sizes): (Vec<_>, Vec<_>) = draft.kept_files().into_iter().unzip();
        let files = joined(&sizes, &pieces).ok_or_else(|| words.parcel_damaged())?;
        draft = draft.brought();
        if self.listed().await.iter().any(|known| known.id == draft.id) {
            draft = draft.copied(&new_id());
        }
        let judge = self.judge().ok_or_else(|| words.parcel_damaged())?;
        let session = Session::resume(judge, &draft, &ids, self.clock.now());
        let session = session.knowing(&self.initial);
        self.begin(session, ids.into_iter().zip(files).collect(), false);
        if let Some(runner) = &self.shown.borrow().runner {
            runner.keep_all();
        }
        Ok(())
    }

    /// Keeps what is in the form, before another takes its place.
    async fn settle(&self) {
        let keeper: Option<Rc<Keeper>> =
            self.shown.borrow().runner.as_ref().map(|runner| runner.keeper());
        if let Some(keeper) = keeper {
            // What came of it, the form says.
            let _ = keeper.now(true).await;
        }
    }

    fn would_lose(&self) -> bool {
        let form = self.shown.borrow().form;
        form.is_some_and(|form| form.look(Session::would_be_lost))
    }

    /// Lets go of the draft of what is in the form, and begins anew.
    pub(super) async fn clear_draft(self: &Rc<Self>) {
        let form = self.shown.borrow().form;
        let id = form.map(|form| form.look(|session| session.id().to_owned()));
        let keeper = self.shown.borrow().runner.as_ref().map(|runner| runner.keeper());
        if let Some(keeper) = keeper {
            // So that nothing is on its way to the device any more when it is removed there.
            keeper.end().await;
        }
        self.clear();
        if let (Ok(drafts), Some(id)) = (self.drafts(), id) {
            drafts.remove(&id).await;
        }
        self.begin(self.new_session(), Vec::new(), false);
    }

    /// Takes it down for good.
    pub(super) fn close(&self) {
        self.closed.set(true);
        self.clear();
    }

    /// Takes down what is shown: listeners, timers and requests end.
    fn clear(&self) {
        let shown = self.shown.take();
        if let Some(runner) = &shown.runner {
            runner.stop();
        }
        drop(shown);
        self.place.set_text_content(None);
    }
}

fn parcel_words(words: &'static Words, error: ParcelError) -> &'static str {
    match error {
        ParcelError::Insecure => words.parcel_insecure(),
        ParcelError::Damaged => words.parcel_damaged(),
        ParcelError::Passphrase => words.parcel_phrase(),
    }
}
