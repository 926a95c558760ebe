//! The composition root: puts engine, view and browser together behind the custom element.
//!
//! The element itself is a JavaScript class (`loader.js`), which is small, speaks when WebAssembly
//! does not, and calls [`open`] once campaign and engine are there. Invariant: nothing here decides
//! anything, and every form on a page has a state of its own.

mod panic;
mod runner;

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::browser::{HostClock, Http, new_id};
use crate::campaign::Campaign;
use crate::rules::Judge;
use crate::session::{Event, Session};
use crate::standards::Calendar;
use crate::view::{Form, Outside, app};

use runner::Runner;

/// An open form. The loader keeps it and closes it.
#[wasm_bindgen]
pub struct OpenForm {
    form: Form,
    clock: Rc<HostClock>,
    runner: Rc<Runner>,
    mounted: RefCell<Option<Box<dyn Any>>>,
}

/// Opens the form of `track` in `place`, for the element `host`.
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
    panic::watch(function(options, "crashed"));
    let campaign = Campaign::parse(campaign).map_err(|faults| json(&faults))?;
    let campaign = Arc::new(campaign);
    let calendar = Arc::new(Calendar::built_in());
    let judge =
        Judge::new(campaign.clone(), track, calendar).ok_or_else(|| no_track(&campaign, track))?;
    let clock = Rc::new(HostClock::new(text(options, "now").as_deref()));
    let initial = text(options, "initial").and_then(|json| serde_json::from_str(&json).ok());
    let session = Session::new(judge, new_id(), initial.unwrap_or_default(), clock.now());
    let runner = Rc::new(Runner::new(
        host,
        Http::new(function(options, "headers")),
        text(options, "submitTo").unwrap_or_default(),
        text(options, "uploadTo").unwrap_or_default(),
    ));
    let lang = text(options, "lang").unwrap_or_else(|| "zh-CN".to_owned());
    let (form, mounted) = mount(place, session, &runner, &clock, lang);
    Ok(OpenForm { form, clock, runner, mounted: RefCell::new(Some(mounted)) })
}

#[wasm_bindgen]
impl OpenForm {
    /// The verdict of the moment, as JSON.
    pub fn judge(&self) -> String {
        self.form.look(|session| serde_json::to_string(&session.verdict()).unwrap_or_default())
    }

    /// The submission as it would go out now, as JSON; `null` while a question asked first is
    /// unanswered or stops the form.
    pub fn submission(&self) -> String {
        self.form.look(|session| serde_json::to_string(&session.submission()).unwrap_or_default())
    }

    /// Does what the button does.
    pub fn submit(&self) {
        self.form.send(Event::Submit);
    }

    /// Takes over the host's time, RFC 3339.
    pub fn set_now(&self, now: &str) {
        self.clock.set(now);
    }

    /// Takes the form down: listeners, timers and requests end.
    pub fn close(self) {
        self.runner.stop();
        self.mounted.borrow_mut().take();
    }
}

fn mount(
    place: HtmlElement,
    session: Session,
    runner: &Rc<Runner>,
    clock: &Rc<HostClock>,
    lang: String,
) -> (Form, Box<dyn Any>) {
    let (run, choose, clock) = (runner.clone(), runner.clone(), clock.clone());
    let outside = Outside {
        clock: Box::new(move || clock.now()),
        run: Box::new(move |effects| run.clone().run(effects)),
        choose: Box::new(move |file, slot, row| choose.clone().choose(file, slot, row)),
    };
    let made: Rc<RefCell<Option<Form>>> = Rc::default();
    let (making, runner) = (made.clone(), runner.clone());
    let mounted = leptos::mount::mount_to(place, move || {
        let form = Form::new(session, outside, lang);
        let (said, say) = signal(String::new());
        runner.start(form, say);
        *making.borrow_mut() = Some(form);
        app(form, said)
    });
    let form = made.borrow_mut().take();
    #[allow(clippy::expect_used)] // mount_to runs its function before it returns
    (form.expect("mounting makes the form"), Box::new(mounted))
}

fn no_track(campaign: &Campaign, track: &str) -> JsValue {
    let known: Vec<_> = campaign.tracks.iter().map(|track| format!("`{}`", track.id)).collect();
    let message = format!("unknown track `{track}`, expected one of {}", known.join(", "));
    json(
        &serde_json::json!([{ "code": "unknown-track", "pointer": "/tracks", "message": message }]),
    )
}

/// A value of ours as a JavaScript value.
pub(crate) fn json(value: &impl serde::Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED)
}

fn text(options: &JsValue, name: &str) -> Option<String> {
    Reflect::get(options, &name.into()).ok()?.as_string()
}

fn function(options: &JsValue, name: &str) -> Function {
    let found = Reflect::get(options, &name.into()).ok();
    found.and_then(|value| value.dyn_into().ok()).unwrap_or_default()
}
