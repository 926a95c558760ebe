//! Carries out what the session asks for, and tells it how that went.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, File, HtmlElement, HtmlInputElement};

use super::json;
use crate::browser::{self, Bytes, Http, Progress};
use crate::session::{Answer, Effect, Event, FileId, Focus, Place, RowId, Stage, answer_of};
use crate::view::{self, Form, words};

/// Everything of one form that lives outside the session.
pub(super) struct Runner {
    host: HtmlElement,
    http: Http,
    submit_to: String,
    upload_to: String,
    form: Cell<Option<(Form, WriteSignal<String>)>>,
    files: RefCell<Vec<(FileId, Bytes)>>,
    next_file: Cell<FileId>,
    waiting: RefCell<Option<Timeout>>,
}

impl Runner {
    pub(super) fn new(host: HtmlElement, http: Http, submit_to: String, upload_to: String) -> Self {
        Self {
            host,
            http,
            submit_to,
            upload_to,
            form: Cell::new(None),
            files: RefCell::default(),
            next_file: Cell::new(1),
            waiting: RefCell::default(),
        }
    }

    /// The form is there: what it says goes to `say`, and its state stands on the element.
    pub(super) fn start(self: &Rc<Self>, form: Form, say: WriteSignal<String>) {
        self.form.set(Some((form, say)));
        let host = self.host.clone();
        view::when(Box::new(move || form.stage()), move |stage| {
            // Attributes of an element of our own: nothing to do where they cannot be set.
            let _ = host.set_attribute("data-state", stage.name());
            if let Stage::Submitted(receipt) = stage {
                let _ = host.set_attribute("data-receipt", &receipt.receipt);
            }
        });
    }

    /// The form is going: nothing that is still under way may reach it.
    pub(super) fn stop(&self) {
        self.form.set(None);
        self.waiting.borrow_mut().take();
        self.files.borrow_mut().clear();
    }

    pub(super) fn run(self: Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Look(_) => {}
                Effect::Show(place, text) => self.show(&place, &text),
                Effect::Focus(target) => self.focus(target),
                Effect::Announce(announcement) => {
                    if let Some((_, say)) = self.form.get() {
                        say.try_set(words::announcement(&announcement));
                    }
                }
                Effect::Upload(file) => self.upload(file),
                Effect::Forget(file) => {
                    self.files.borrow_mut().retain(|(known, _)| *known != file);
                }
                Effect::Post { body, key } => self.post(&body, key),
                Effect::Wait(milliseconds) => self.wait(milliseconds),
                Effect::Tell(name, detail) => drop(self.tell(name, &detail, false)),
            }
        }
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
            let told = self.clone();
            let progress = move |read| told.send(Event::FileReading(file, read));
            match browser::read(&chosen, most, &progress).await {
                Ok((findings, bytes)) => {
                    // Of a file taken away while it was read, nobody will ask for the bytes.
                    let form = self.form.get();
                    if form.is_some_and(|(form, _)| form.look(|session| session.has_file(file))) {
                        self.files.borrow_mut().push((file, bytes));
                        self.send(Event::FileRead(file, findings));
                    }
                }
                Err(_) => self.send(Event::FileUnreadable(file)),
            }
        });
    }

    fn send(&self, event: Event) {
        if let Some((form, _)) = self.form.get() {
            form.send(event);
        }
    }

    fn bytes(&self, file: FileId) -> Option<Bytes> {
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
    fn focus(&self, target: Focus) {
        let Some(root) = self.host.shadow_root() else { return };
        spawn_local(async move {
            tick().await;
            tick().await;
            view::focus(&root, &target);
        });
    }

    fn upload(self: &Rc<Self>, file: FileId) {
        let Some(bytes) = self.bytes(file) else { return };
        let Some((form, _)) = self.form.get() else { return };
        let Some((slot, sha256)) = form.look(|session| session.upload_of(file)) else { return };
        let runner = self.clone();
        spawn_local(async move {
            let told = runner.clone();
            let tell = move |progress| {
                // Once the file is taken away, its upload is to stop.
                let wanted = told.bytes(file).is_some() && told.form.get().is_some();
                if wanted {
                    told.send(match progress {
                        Progress::Sent(bytes) => Event::UploadProgress(file, bytes),
                        Progress::Waiting => Event::UploadWaiting(file),
                        Progress::Done(url) => Event::UploadDone(file, url),
                        Progress::Failed(code) => Event::UploadFailed(file, code),
                    });
                }
                wanted
            };
            browser::upload(&runner.http, &runner.upload_to, &bytes, &slot, &sha256, &tell).await;
        });
    }

    fn post(self: &Rc<Self>, body: &Value, key: String) {
        if self.tell("submit", body, true) {
            return self.send(Event::TakenOver);
        }
        let text = body.to_string();
        let runner = self.clone();
        spawn_local(async move {
            let headers = [
                ("Content-Type", "application/json"),
                ("Accept", "application/json, application/problem+json"),
                ("Idempotency-Key", key.as_str()),
            ];
            let body = JsValue::from(text);
            let answer =
                match runner.http.send("POST", &runner.submit_to, &headers, Some(&body)).await {
                    Ok(reply) => {
                        let (status, retry_after) = (reply.status, reply.header("Retry-After"));
                        answer_of(status, retry_after.as_deref(), reply.text().await.as_deref())
                    }
                    Err(_) => Answer::Later { retry_after_ms: None, silent: true },
                };
            runner.send(Event::Answered(answer));
        });
    }

    fn wait(self: &Rc<Self>, milliseconds: u64) {
        let runner = self.clone();
        let milliseconds = u32::try_from(milliseconds).unwrap_or(u32::MAX);
        let timer = Timeout::new(milliseconds, move || runner.send(Event::TryAgain));
        *self.waiting.borrow_mut() = Some(timer);
    }

    /// Tells the host page. Gives whether the page has taken the matter over.
    fn tell(&self, name: &str, detail: &Value, cancelable: bool) -> bool {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(&json(detail));
        let event = CustomEvent::new_with_event_init_dict(&format!("nf-{name}"), &init);
        event.is_ok_and(|event| self.host.dispatch_event(&event).is_ok_and(|went_on| !went_on))
    }
}
