//! Requests to the host, and to nobody else.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, Headers, RequestCredentials, RequestInit, Response};

use super::clock::in_time;

/// How long an answer may take, from the asking for the host's headers to the end of its body, in milliseconds. A proxy
/// that never answers is a network that is gone.
const PATIENCE_MS: u32 = 30_000;
/// The longest answer read, in bytes: an error page is of no use to anybody here.
const MAX_ANSWER_BYTES: u32 = 1_000_000;

#[wasm_bindgen(module = "/src/browser/body.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = bytesOf)]
    async fn bytes_of(response: &Response, most: u32) -> Result<JsValue, JsValue>;
}

/// Sends requests with the host's own headers.
#[derive(Clone)]
pub struct Http {
    headers: js_sys::Function,
}

/// No answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The network is gone, or the host closed the connection.
    #[error("no connection")]
    Network,
    /// Nothing came in time.
    #[error("no answer in time")]
    Timeout,
}

/// An answer.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    response: Response,
    /// Ends what takes too long, the body as well.
    _patience: Timeout,
}

impl Reply {
    /// A header of the answer.
    pub fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    /// The body as text; `None` where it breaks off or is longer than any answer.
    pub async fn text(self) -> Option<String> {
        let bytes = bytes_of(&self.response, MAX_ANSWER_BYTES + 1).await.ok()?;
        let bytes = Uint8Array::new(&bytes).to_vec();
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        (bytes.len() <= MAX_ANSWER_BYTES as usize).then(|| text.to_owned())
    }
}

impl Http {
    /// `headers` is asked before each request; it promises a list of name and value.
    pub fn new(headers: js_sys::Function) -> Self {
        Self { headers }
    }

    /// Sends a request and waits for the answer's head. `abortable` gets what ends the request early.
    ///
    /// # Errors
    ///
    /// When there is no answer. Every status is an answer.
    pub async fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<&JsValue>,
        abortable: Option<&dyn Fn(&AbortController)>,
    ) -> Result<Reply, HttpError> {
        let abort = AbortController::new().map_err(|_| HttpError::Network)?;
        if let Some(abortable) = abortable {
            abortable(&abort);
        }
        let options = RequestInit::new();
        options.set_method(method);
        options.set_credentials(RequestCredentials::SameOrigin);
        options.set_signal(Some(&abort.signal()));
        if let Some(body) = body {
            options.set_body(body);
        }
        let late = Rc::new(Cell::new(false));
        let patience = {
            let late = late.clone();
            Timeout::new(PATIENCE_MS, move || {
                late.set(true);
                abort.abort();
            })
        };
        // A host that never says with which headers is as good as gone, too.
        let headers = in_time(PATIENCE_MS, self.all_headers(headers)).await;
        options.set_headers(&headers.ok_or(HttpError::Timeout)?);
        let window = web_sys::window().ok_or(HttpError::Network)?;
        let answer = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await;
        let response: Response = answer
            .ok()
            .and_then(|answer| answer.dyn_into().ok())
            .ok_or(if late.get() { HttpError::Timeout } else { HttpError::Network })?;
        Ok(Reply { status: response.status(), response, _patience: patience })
    }

    /// The host's headers, then ours: a host cannot take the idempotency key away by mistake.
    async fn all_headers(&self, ours: &[(&str, &str)]) -> JsValue {
        let Ok(headers) = Headers::new() else { return JsValue::UNDEFINED };
        for entry in self.host_headers().await.unwrap_or_default().iter() {
            let pair: js_sys::Array = entry.unchecked_into();
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                let _ = headers.set(&name, &value);
            }
        }
        for (name, value) in ours {
            let _ = headers.set(name, value);
        }
        headers.into()
    }

    async fn host_headers(&self) -> Option<js_sys::Array> {
        let promise =
            self.headers.call0(&JsValue::NULL).ok()?.dyn_into::<js_sys::Promise>().ok()?;
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }
}

/// A part of a file as a request's body.
pub(super) fn part(blob: &Blob, start: u64, end: u64) -> Option<JsValue> {
    #[allow(clippy::cast_precision_loss)] // files are far smaller than 2^53 bytes
    blob.slice_with_f64_and_f64(start as f64, end as f64).ok().map(JsValue::from)
}
