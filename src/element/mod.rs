//! The composition root: puts engine, view and browser together behind the custom element.
//!
//! The element itself is a JavaScript class (`loader.js`), which is small, speaks when WebAssembly
//! does not, and calls [`open`] once campaign and engine are there. Invariant: nothing here decides
//! anything, and every form on a page has a state of its own.

mod keeper;
mod later;
mod opening;
mod runner;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlElement;

use crate::answers::written;
use crate::browser::{HostClock, Http};
use crate::campaign::{BASE_LANG, Campaign};
use crate::rules::Judge;
use crate::session::{Event, Initial};
use crate::standards::Calendar;
use crate::view::{Form, Unfetched};
use crate::words::Words;

use opening::{Opening, Shown};
use runner::Addresses;

/// What an element shows. The loader keeps it and closes it.
#[wasm_bindgen]
pub struct OpenForm {
    opening: Rc<Opening>,
}

/// Makes the form of `track` for the element `host`, to be shown in `place` by [`OpenForm::start`].
///
/// # Errors
///
/// The faults of the campaign file, as a list of `{code, pointer, message}`.
#[wasm_bindgen]
pub fn open(
    host: HtmlElement,
    place: HtmlElement,
    campaign: &[u8],
    track: &str,
    options: &JsValue,
) -> Result<OpenForm, JsValue> {
    let campaign = Campaign::parse(campaign).map_err(|faults| json(&faults))?;
    let (campaign, calendar) = (Arc::new(campaign), Arc::new(Calendar::built_in()));
    if Judge::new(campaign.clone(), track, calendar.clone()).is_none() {
        return Err(no_track(&campaign, track));
    }
    let initial = text(options, "initial").and_then(|json| crate::campaign::read::own(&json));
    let initial = initial.and_then(|given| given.as_object().cloned()).unwrap_or_default();
    let opening = Rc::new(Opening {
        host,
        place,
        campaign,
        track: track.to_owned(),
        calendar,
        clock: Rc::new(HostClock::new(text(options, "now").as_deref())),
        to: Addresses {
            http: Http::new(function(options, "headers")),
            submit_to: text(options, "submitTo").unwrap_or_default(),
            upload_to: text(options, "uploadTo").unwrap_or_default(),
        },
        words: words(options),
        initial: Initial::read(initial),
        loader: options.clone(),
        review: Cell::new(text(options, "mode").as_deref() == Some("review")),
        wish: text(options, "draft").unwrap_or_default(),
        last: text(options, "last"),
        drafts: OnceCell::new(),
        begun: Cell::new(false),
        closed: Cell::new(false),
        shown: RefCell::new(Shown::default()),
    });
    Ok(OpenForm { opening })
}

#[wasm_bindgen]
impl OpenForm {
    /// Shows the form, with the draft that was left there, or a list where there are several. The promise
    /// is kept once something is shown, and broken where what takes up drafts cannot be fetched.
    pub fn start(&self) -> Promise {
        let opening = self.opening.clone();
        promise(async move { opening.start().await })
    }

    /// The verdict of the moment, as JSON; nothing while no form is shown.
    pub fn judge(&self) -> Option<String> {
        let (form, now) = (self.form()?, self.opening.clock.now());
        serde_json::to_string(&form.look(|session| session.verdict(now))).ok()
    }

    /// The submission as it would go out now, as JSON; `null` while a question asked first is
    /// unanswered or stops the form. Nothing while no form is shown.
    pub fn submission(&self) -> Option<String> {
        let (form, now) = (self.form()?, self.opening.clock.now());
        Some(form.look(|session| {
            session.submission_at(now).map_or_else(|| "null".to_owned(), |whole| written(&whole))
        }))
    }

    /// Names the nomination that is shown.
    pub fn id(&self) -> Option<String> {
        self.form().map(|form| form.look(|session| session.id().to_owned()))
    }

    /// Does what the button does.
    pub fn submit(&self) {
        if let Some(form) = self.form() {
            form.send(Event::Submit);
        }
    }

    /// Shows the whole to look through, or the form to fill in.
    pub fn show(&self, review: bool) {
        self.opening.review.set(review);
        if let Some(form) = self.form() {
            form.send(Event::Show { review });
        }
    }

    /// Lets go of all that is kept of this nomination, and begins anew.
    #[wasm_bindgen(js_name = clearDraft)]
    pub fn clear_draft(&self) -> Promise {
        let opening = self.opening.clone();
        promise(async move {
            opening.clear_draft().await;
            Ok(())
        })
    }

    /// Takes over the host's time, RFC 3339.
    pub fn set_now(&self, now: &str) {
        self.opening.clock.set(now);
        if let Some(form) = self.form() {
            form.send(Event::Clock);
        }
    }

    /// Takes the form down: listeners, timers and requests end.
    pub fn close(self) {
        self.opening.close();
    }

    fn form(&self) -> Option<Form> {
        self.opening.shown.borrow().form
    }
}

/// Not an async method: it would hold on to the form, which could not be closed in the meantime.
fn promise(work: impl Future<Output = Result<(), Unfetched>> + 'static) -> Promise {
    future_to_promise(async move {
        work.await.map(|()| JsValue::UNDEFINED).map_err(|Unfetched| JsValue::UNDEFINED)
    })
}

fn no_track(campaign: &Campaign, track: &str) -> JsValue {
    let known: Vec<_> = campaign.tracks.iter().map(|track| format!("`{}`", track.id)).collect();
    let message = format!("unknown track `{track}`, expected one of {}", known.join(", "));
    json(
        &serde_json::json!([{ "code": "unknown-track", "pointer": "/tracks", "message": message }]),
    )
}

#[wasm_bindgen(module = "/src/element/tell.js")]
extern "C" {
    fn told(host: &HtmlElement, name: &str, json: &str, cancelable: bool) -> bool;
}

/// Tells the host page that `nf-<name>` happened. Gives whether the page has taken the matter over.
fn tell(host: &HtmlElement, name: &str, detail: &serde_json::Value, cancelable: bool) -> bool {
    told(host, name, &written(detail), cancelable)
}

/// Has the loader, by what it gave us to open the form with, do what only it can: it holds what the page
/// knows of the element.
fn does(loader: &JsValue, what: &str, with: &JsValue) {
    let does = Reflect::get(loader, &what.into()).unwrap_or_default();
    if let Some(does) = does.dyn_ref::<Function>() {
        // What it cannot do, such as print, the person sees.
        let _ = does.call1(&JsValue::UNDEFINED, with);
    }
}

/// A value of ours as a JavaScript value.
pub(crate) fn json(value: &impl serde::Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED)
}

/// The words of the language asked for, with the host's own over them.
fn words(options: &JsValue) -> &'static Words {
    let catalogues: Vec<_> =
        ["language", "words"].into_iter().filter_map(|name| text(options, name)).collect();
    let catalogues: Vec<_> = catalogues.iter().map(String::as_str).collect();
    Words::of(&text(options, "lang").unwrap_or_else(|| BASE_LANG.to_owned()), &catalogues)
}

fn text(options: &JsValue, name: &str) -> Option<String> {
    Reflect::get(options, &name.into()).ok()?.as_string()
}

fn function(options: &JsValue, name: &str) -> Function {
    let found = Reflect::get(options, &name.into()).ok();
    found.and_then(|value| value.dyn_into().ok()).unwrap_or_default()
}
