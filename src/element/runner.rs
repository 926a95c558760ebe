//! Carries out what the session asks for, and tells it how that went.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlElement, HtmlInputElement, ShadowRoot};

use super::keeper::{Keeper, Shelf, keeping};
use super::later::{Job, done};
use super::{does, json, tell};
use crate::browser::{
    self, Beside, Bytes, Control, Drafts, DraftsError, Freight, Http, PageEvent, PageWatch,
    Progress,
};
use crate::campaign::read;
use crate::session::{
    Answer, Effect, Event, FileId, Focus, Place, RowId, Session, Stage, answer_of,
};
use crate::view::{self, Form, fetched, fetched_while};

/// What is said within this time belongs together, in milliseconds.
const TOGETHER_MS: f64 = 50.0;
/// How long what has been fetched takes to be shown, in milliseconds.
const SHOWN_MS: u32 = 10;

/// Everything of one form that lives outside the session.
pub(super) struct Runner {
    host: HtmlElement,
    to: Addresses,
    /// What the loader gave us, see `does`.
    loader: JsValue,
    form: Cell<Option<(Form, WriteSignal<String>)>>,
    files: Rc<Shelf>,
    uploads: RefCell<Vec<(FileId, Rc<Control>)>>,
    keeper: Rc<Keeper>,
    next_file: Cell<FileId>,
    waiting: RefCell<Option<Timeout>>,
    watch: RefCell<Option<PageWatch>>,
    /// What was said last, and when.
    said: RefCell<(f64, String)>,
}

/// Where a form's requests go.
#[derive(Clone)]
pub(super) struct Addresses {
    pub(super) http: Http,
    pub(super) submit_to: String,
    pub(super) upload_to: String,
}

/// The first of a page's ids for files. Two windows may write beside the same draft until one of them learns of the
/// other, so they do not count from the same number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // below 2^31
fn first_file() -> FileId {
    (js_sys::Math::random() * f64::from(1_u32 << 31)) as FileId
}

impl Runner {
    /// `files` are the bytes that a draft had beside it; with the drafts comes whether this one's is
    /// this page's already.
    pub(super) fn new(
        host: HtmlElement,
        to: Addresses,
        loader: JsValue,
        (drafts, claimed): (Option<Rc<Drafts>>, bool),
        files: Vec<(FileId, Bytes)>,
    ) -> Rc<Self> {
        let files: Rc<Shelf> = Rc::new(RefCell::new(files));
        Rc::new(Self {
            host,
            to,
            loader,
            form: Cell::new(None),
            keeper: Keeper::new(drafts, claimed, files.clone()),
            files,
            uploads: RefCell::default(),
            next_file: Cell::new(first_file()),
            waiting: RefCell::default(),
            watch: RefCell::default(),
            said: RefCell::default(),
        })
    }

    /// The form is there: what it says goes to `say`, and its state stands on the element.
    pub(super) fn start(self: &Rc<Self>, form: Form, say: WriteSignal<String>) {
        self.form.set(Some((form, say)));
        self.keeper.start(form);
        let runner = self.clone();
        self.watch.replace(Some(PageWatch::new(move |happened| runner.page(happened))));
        let host = self.host.clone();
        view::when(
            Box::new(move || form.watch("draft", |session| session.keeping().name())),
            move |keeping: &&str| {
                // Attributes of an element of our own: nothing to do where they cannot be set.
                let _ = host.set_attribute("data-draft", keeping);
                tell(&host, "draft", &serde_json::json!({ "state": keeping }), false);
            },
        );
        let host = self.host.clone();
        view::when(Box::new(move || (form.state(), form.stage())), move |(state, stage)| {
            // Attributes of an element of our own: nothing to do where they cannot be set.
            let _ = host.set_attribute("data-state", state);
            if let Stage::Submitted(receipt) = stage {
                let _ = host.set_attribute("data-receipt", &receipt.receipt);
            } else {
                let _ = host.remove_attribute("data-receipt");
            }
        });
    }

    /// The form is going: nothing that is still under way may reach it.
    pub(super) fn stop(&self) {
        self.form.set(None);
        self.keeper.stop();
        self.watch.borrow_mut().take();
        self.waiting.borrow_mut().take();
        // What has arrived stays at the host: the draft knows where.
        self.uploads.borrow_mut().drain(..).for_each(|(_, control)| control.pause());
        self.files.borrow_mut().clear();
    }

    /// The draft's keeper.
    pub(super) fn keeper(&self) -> Rc<Keeper> {
        self.keeper.clone()
    }

    fn page(self: &Rc<Self>, happened: PageEvent) {
        match happened {
            PageEvent::Leaving => self.keep_now(),
            PageEvent::Released => {
                if let Some((form, _)) = self.form.get() {
                    form.released();
                }
            }
            PageEvent::Online => {
                self.uploads_online();
                self.send(Event::Online);
            }
            PageEvent::Back => {
                self.uploads_online();
                self.send(Event::CameBack);
            }
        }
    }

    fn uploads_online(&self) {
        self.uploads.borrow().iter().for_each(|(_, control)| control.online());
    }

    fn keep_now(self: &Rc<Self>) {
        let keeper = self.keeper.clone();
        spawn_local(async move {
            // What came of it, the form says.
            let _ = keeper.now(true).await;
        });
    }

    pub(super) fn run(self: Rc<Self>, effects: Vec<Effect>) {
        let mut said = Vec::new();
        for effect in effects {
            match effect {
                Effect::Look(_) => {}
                Effect::Show(place, text) => self.show(&place, &text),
                Effect::Focus(target) => self.focus(target),
                Effect::Announce(announcement) => {
                    if let Some((form, _)) = self.form.get() {
                        said.push(form.words().announcement(&announcement));
                    }
                }
                Effect::Return(target) => self.come_back(target),
                Effect::Upload(file) => self.upload(file),
                Effect::Pause(file) => {
                    if let Some(control) = self.control(file) {
                        control.pause();
                    }
                }
                Effect::Crop(file) => {
                    if let (Some(bytes), Some((form, _))) = (self.bytes(file), self.form.get()) {
                        // It says itself what comes of it, and puts a cropped photo into the slot as a person would.
                        let words = json(&form.words().beginning("crop_"));
                        let asked = Array::of3(&bytes.into(), &file.into(), &words);
                        does(&self.loader, "crop", &asked);
                    }
                }
                Effect::Forget(file) => self.forget(file),
                Effect::Discard(url) => {
                    let runner = self.clone();
                    spawn_local(async move {
                        // A draft that still names it must not find it gone.
                        if runner.keeper.now(false).await.is_ok() {
                            done(Job::Discard(runner, url)).await;
                        }
                    });
                }
                Effect::KeepNow => self.keep_now(),
                Effect::KeepAll => self.keep_all(),
                Effect::Wipe => self.keeper.wipe(),
                Effect::Post { body, key } => self.post(body, key),
                Effect::Wait(milliseconds) => self.wait(milliseconds),
                Effect::Tell(name, detail) => drop(tell(&self.host, name, &detail, false)),
            }
        }
        self.say(said);
        self.keeper.soon();
    }

    /// Says something through the live region. What one press or key brings about is said in one go, or the last of it
    /// would be all that is heard.
    fn say(&self, mut new: Vec<String>) {
        let Some((form, say)) = self.form.get().filter(|_| !new.is_empty()) else { return };
        let mut said = self.said.borrow_mut();
        let now = js_sys::Date::now();
        if now - said.0 < TOGETHER_MS {
            new.insert(0, std::mem::take(&mut said.1));
        }
        *said = (now, new.join(form.words().parts()));
        say.try_set(said.1.clone());
    }

    /// Takes a chosen file in: names it, reads it, says what was found.
    pub(super) fn choose(self: Rc<Self>, chosen: File, slot: String, row: Option<(String, RowId)>) {
        let file = self.next_file.replace(self.next_file.get() + 1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // sizes are whole and positive
        let bytes = chosen.size() as u64;
        let most =
            self.form.get().map_or(0, |(form, _)| form.look(|session| session.most_bytes(&slot)));
        self.send(Event::FileChosen { file, slot, row, name: chosen.name(), bytes });
        spawn_local(async move {
            if fetched_while(|| self.has(file)).await {
                done(Job::Read(self, file, chosen, most)).await;
            }
        });
    }

    /// Reads a chosen file and says what was found.
    pub(super) async fn read(self: Rc<Self>, file: FileId, chosen: &File, most: u64) {
        let told = self.clone();
        let progress = move |read| told.send(Event::FileReading(file, read));
        let beside = self.beside(file);
        match browser::read(chosen, most, beside.as_ref(), &progress).await {
            Ok(read) => {
                let wanted = self.has(file);
                let same = self.beside(file).map(|now| now.id)
                    == beside.as_ref().map(|then| then.id.clone());
                if let Some(beside) = beside.filter(|_| !wanted || !same) {
                    // Taken away, not to be kept any more, or of a draft by itself by now, while it was read.
                    beside.drafts.remove_file(&beside.id, file).await;
                } else {
                    match read.kept {
                        Ok(true) => self.send(Event::FileKept(file)),
                        Ok(false) => {}
                        Err(error) => self.send(Event::Kept(keeping(error))),
                    }
                }
                if wanted {
                    self.files.borrow_mut().push((file, read.bytes));
                    self.send(Event::FileRead(file, read.findings));
                }
                if wanted && !same {
                    self.keep_all();
                }
            }
            Err(_) => self.send(Event::FileUnreadable(file)),
        }
    }

    /// Whether a file is still wanted.
    fn has(&self, file: FileId) -> bool {
        let form = self.form.get();
        form.is_some_and(|(form, _)| form.look(|session| session.has_file(file)))
    }

    /// Where a file's bytes are to lie.
    fn beside(&self, file: FileId) -> Option<Beside> {
        let (form, _) = self.form.get()?;
        let id = form.look(|session| session.id().to_owned());
        Some(Beside { drafts: self.keeper.drafts()?, id, file })
    }

    fn control(&self, file: FileId) -> Option<Rc<Control>> {
        let uploads = self.uploads.borrow();
        uploads.iter().find(|(known, _)| *known == file).map(|(_, control)| control.clone())
    }

    fn forget(&self, file: FileId) {
        if let Some(control) = self.control(file) {
            control.cancel();
        }
        // The copy of what was sent still shows its photo.
        if !self.stage_is(|stage| matches!(stage, Stage::Submitted(_))) {
            self.files.borrow_mut().retain(|(known, _)| *known != file);
        }
        if let Some(Beside { drafts, id, file }) = self.beside(file) {
            let keeper = self.keeper.clone();
            spawn_local(async move {
                // A draft that still names it must not find its bytes gone.
                if keeper.now(false).await.is_ok() {
                    drafts.remove_file(&id, file).await;
                }
            });
        }
    }

    /// The files' bytes.
    pub(super) fn files(&self) -> Vec<(FileId, Bytes)> {
        self.files.borrow().clone()
    }

    pub(super) fn keep_all(self: &Rc<Self>) {
        let Some((form, _)) = self.form.get() else { return };
        let Some(drafts) = self.keeper.drafts() else { return };
        let (runner, id) = (self.clone(), form.look(|session| session.id().to_owned()));
        spawn_local(async move {
            if let Err(error) = runner.keeper.keep_files(&drafts, &id, form).await {
                runner.send(Event::Kept(keeping(error)));
            }
            runner.keeper.keep_all();
        });
    }

    fn send(&self, event: Event) {
        if let Some((form, _)) = self.form.get() {
            form.send(event);
        }
    }

    pub(super) fn bytes(&self, file: FileId) -> Option<Bytes> {
        let files = self.files.borrow();
        files.iter().find(|(known, _)| *known == file).map(|(_, bytes)| bytes.clone())
    }

    fn show(&self, place: &Place, text: &str) {
        let Some(root) = self.host.shadow_root() else { return };
        let control = root.get_element_by_id(&view::control_id(place));
        if let Some(input) = control.and_then(|control| control.dyn_into::<HtmlInputElement>().ok())
            && input.value() != text
        {
            input.set_value(text);
        }
    }

    /// Moves the focus once the view has caught up with the session.
    fn focus(self: &Rc<Self>, target: Focus) {
        let Some(root) = self.host.shadow_root() else { return };
        if let Some((form, _)) = self.form.get() {
            form.build_all();
        }
        let runner = self.clone();
        spawn_local(async move {
            if target == Focus::Review {
                runner.until_reviewed(&root).await;
            }
            tick().await;
            tick().await;
            view::focus(&root, &target);
        });
    }

    /// Waits until the whole is there to look through, which may have to be fetched, or the person has gone back.
    async fn until_reviewed(&self, root: &ShadowRoot) {
        let form = self.form.get().map(|(form, _)| form);
        let reviewing =
            || self.form.get().is_some() && form.is_some_and(|form| form.look(Session::reviewing));
        while fetched_while(reviewing).await && root.get_element_by_id("review").is_none() {
            TimeoutFuture::new(SHOWN_MS).await;
        }
    }

    /// Returns the focus to where a draft was left, if the person is nowhere else by now.
    fn come_back(self: &Rc<Self>, target: Focus) {
        let document = self.host.owner_document();
        let active = document.and_then(|document| document.active_element());
        let nowhere = active.is_none_or(|active| active.tag_name() == "BODY");
        if nowhere {
            self.focus(target);
        }
    }

    fn upload(self: &Rc<Self>, file: FileId) {
        let Some((form, _)) = self.form.get() else { return };
        let of = form.look(|session| session.upload_of(file));
        let (Some(bytes), Some((metadata, saved))) = (self.bytes(file), of) else {
            return self.send(Event::FileUnreadable(file));
        };
        if let Some(former) = self.control(file) {
            former.pause();
        }
        let control = Rc::new(Control::default());
        self.uploads.borrow_mut().retain(|(known, _)| *known != file);
        self.uploads.borrow_mut().push((file, control.clone()));
        let freight = Freight { upload_to: self.to.upload_to.clone(), bytes, metadata, saved };
        let runner = self.clone();
        spawn_local(async move {
            if !fetched().await {
                runner.send(Event::UploadWaiting(file));
            }
            if fetched_while(|| !control.is_stopped()).await {
                done(Job::Upload(runner, file, freight, control)).await;
            }
        });
    }

    /// Sends a file and says how that goes.
    pub(super) async fn carry(
        self: Rc<Self>,
        file: FileId,
        freight: Freight,
        control: Rc<Control>,
    ) {
        let told = self.clone();
        let tell = move |progress| {
            told.send(match progress {
                Progress::Sent { bytes, saved, remaining_ms } => {
                    Event::UploadProgress { file, sent: bytes, saved, remaining_ms }
                }
                Progress::Waiting => Event::UploadWaiting(file),
                Progress::Done(url) => Event::UploadDone(file, url),
                Progress::Failed(code) => Event::UploadFailed(file, code),
            });
        };
        browser::upload(&self.to.http, freight, &control, &tell).await;
        self.uploads.borrow_mut().retain(|(_, known)| !Rc::ptr_eq(known, &control));
    }

    /// Has the host remove a file that is not wanted any more.
    pub(super) async fn discard(&self, url: &str) {
        browser::discard(&self.to.http, &self.to.upload_to, url).await;
    }

    fn post(self: &Rc<Self>, body: String, key: String) {
        let detail = read::own(&body).unwrap_or_default();
        if tell(&self.host, "submit", &detail, true) {
            return self.send(Event::TakenOver);
        }
        let runner = self.clone();
        spawn_local(async move {
            // Where nothing can be kept, it goes out all the same.
            if runner.keeper.now(true).await == Err(DraftsError::Elsewhere)
                && !runner.stage_is(|stage| *stage == Stage::Posting)
            {
                return;
            }
            if fetched().await {
                return done(Job::Post(runner, body, key)).await;
            }
            // There is no network for the program, so there is none for the nomination: it waits for one.
            runner.send(Event::Answered(Answer::Later { retry_after_ms: None, silent: true }));
        });
    }

    /// Sends the nomination and says what the host answers.
    pub(super) async fn send_off(&self, body: String, key: &str) {
        let headers = [
            ("Content-Type", "application/json"),
            ("Accept", "application/json, application/problem+json"),
            ("Idempotency-Key", key),
        ];
        let (http, to) = (&self.to.http, &self.to.submit_to);
        let answer = match http.send("POST", to, &headers, Some(&JsValue::from(body)), None).await {
            Ok(reply) => {
                let (status, retry_after) = (reply.status, reply.header("Retry-After"));
                answer_of(status, retry_after.as_deref(), reply.text().await.as_deref())
            }
            Err(_) => Answer::Later { retry_after_ms: None, silent: true },
        };
        self.send(Event::Answered(answer));
    }

    fn stage_is(&self, which: impl Fn(&Stage) -> bool) -> bool {
        let form = self.form.get();
        form.is_some_and(|(form, _)| form.look(|session| which(session.stage())))
    }

    fn wait(self: &Rc<Self>, milliseconds: u64) {
        let runner = self.clone();
        // Up to a quarter more: pages that lost the host together do not come back together.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        // at most an hour
        let more = (milliseconds as f64 / 4.0 * js_sys::Math::random()) as u64;
        let milliseconds = u32::try_from(milliseconds + more).unwrap_or(u32::MAX);
        let timer = Timeout::new(milliseconds, move || runner.send(Event::TryAgain));
        *self.waiting.borrow_mut() = Some(timer);
    }
}
