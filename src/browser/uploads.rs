//! Runs an upload: carries the state machine's requests to the host and its answers back.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::callback::Timeout;
use web_sys::{AbortController, Blob};

use super::clock::ticks;
use super::http::{Http, part};
use crate::upload::{Action, Input, Metadata, Request, Response, Saved, Upload};

/// How much goes out at first, in bytes; after that the machine follows the network.
const CHUNK_BYTES: u64 = 256 * 1024;

/// How an upload is going.
#[derive(Debug)]
pub enum Progress {
    /// So many bytes have arrived.
    Sent {
        /// The bytes.
        bytes: u64,
        /// Where to go on from after a reload.
        saved: Option<Saved>,
        /// How long the rest will take.
        remaining_ms: Option<u64>,
    },
    /// It waits for the network or the host.
    Waiting,
    /// It is there; where the host keeps it.
    Done(String),
    /// It was given up; the code says why.
    Failed(String),
}

/// What reaches into an upload that is under way.
#[derive(Default)]
pub struct Control {
    order: RefCell<Option<Input>>,
    abort: RefCell<Option<AbortController>>,
    waker: RefCell<Option<Waker>>,
    due: Cell<bool>,
}

impl Control {
    /// Stops it for now.
    pub fn pause(&self) {
        self.order(Input::Paused);
    }

    /// Stops it for good, and has the host forget what has arrived.
    pub fn cancel(&self) {
        self.order(Input::Cancelled);
    }

    /// Cuts a pause short: there may be a network again.
    pub fn online(&self) {
        if self.order.borrow().is_none() {
            self.order.replace(Some(Input::Online));
        }
        self.wake();
    }

    /// Whether the person has stopped it, for now or for good.
    pub fn is_stopped(&self) -> bool {
        matches!(*self.order.borrow(), Some(Input::Paused | Input::Cancelled))
    }

    fn order(&self, order: Input) {
        self.order.replace(Some(order));
        if let Some(abort) = self.abort.borrow_mut().take() {
            abort.abort();
        }
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// The order of the person, if there is one.
    fn taken(&self) -> Option<Input> {
        self.order.borrow_mut().take()
    }

    /// Waits until the time is over or an order comes.
    async fn pause_for(self: &Rc<Self>, ms: u64) -> Input {
        self.due.set(false);
        let told = self.clone();
        let timer = Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), move || {
            told.due.set(true);
            told.wake();
        });
        let input = poll_fn(|context| {
            if let Some(order) = self.taken() {
                return Poll::Ready(order);
            }
            if self.due.get() {
                return Poll::Ready(Input::TimerFired);
            }
            self.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
        drop(timer);
        input
    }
}

/// A file and where it goes.
pub struct Freight {
    /// The tus endpoint.
    pub upload_to: String,
    /// The file's bytes.
    pub bytes: Blob,
    /// What the host is told of it.
    pub metadata: Metadata,
    /// Where an earlier upload of it left off.
    pub saved: Option<Saved>,
}

/// Sends a file, until it is there, given up, stopped or taken back.
pub async fn upload(http: &Http, freight: Freight, control: &Rc<Control>, tell: &dyn Fn(Progress)) {
    let Some(endpoint) = absolute(&freight.upload_to) else {
        return tell(Progress::Failed("no-address".to_owned()));
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // sizes are whole and positive
    let size = freight.bytes.size() as u64;
    let mut upload = match freight.saved {
        Some(saved) => Upload::resumed(size, endpoint, CHUNK_BYTES, freight.metadata, saved),
        None => Upload::new(size, endpoint, CHUNK_BYTES, freight.metadata),
    };
    let mut input = Input::Start;
    loop {
        input = match upload.next(input, jitter()) {
            Action::Send(request) => {
                if !request.is_removal() {
                    tell(Progress::Sent {
                        bytes: upload.offset(),
                        saved: upload.saved(),
                        remaining_ms: upload.remaining_ms(),
                    });
                }
                let answer = send(http, &request, &freight.bytes, control).await;
                match control.taken() {
                    Some(Input::Cancelled) => {
                        // What the host has made of it by now is to be removed there.
                        if matches!(answer, Input::Response(_)) {
                            let _ = upload.next(answer, jitter());
                        }
                        Input::Cancelled
                    }
                    Some(Input::Paused) => Input::Paused,
                    _ => answer,
                }
            }
            Action::Wait { ms } => {
                tell(Progress::Waiting);
                control.pause_for(ms).await
            }
            Action::Done { url } => return tell(Progress::Done(url)),
            Action::Failed(failure) => return tell(Progress::Failed(failure.code().to_owned())),
            Action::Cancelled | Action::Nothing => return,
        };
    }
}

/// Has the host remove an upload that nobody wants any more. If it cannot be reached, or the upload does not lie
/// beneath its endpoint, its own expiry does it.
pub async fn discard(http: &Http, upload_to: &str, url: &str) {
    let request = absolute(upload_to).and_then(|endpoint| Request::removal(&endpoint, url));
    let Some(request) = request else { return };
    let _ = http.send(request.method, &request.url, &headers(&request), None, None).await;
}

async fn send(http: &Http, request: &Request, bytes: &Blob, control: &Control) -> Input {
    let body = request.body.as_ref().and_then(|range| part(bytes, range.start, range.end));
    let started = ticks();
    let abort = &|abort: &AbortController| drop(control.abort.replace(Some(abort.clone())));
    let answer = http
        .send(request.method, &request.url, &headers(request), body.as_ref(), Some(abort))
        .await;
    control.abort.borrow_mut().take();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // under a minute
    let elapsed_ms = (ticks() - started) as u32;
    match answer {
        Ok(reply) => Input::Response(Response {
            status: reply.status,
            location: reply.header("Location"),
            upload_offset: reply.header("Upload-Offset"),
            upload_length: reply.header("Upload-Length"),
            retry_after: reply.header("Retry-After"),
            tus_resumable: reply.header("Tus-Resumable"),
            elapsed_ms,
        }),
        Err(_) => Input::NetworkLost,
    }
}

fn headers(request: &Request) -> Vec<(&str, &str)> {
    request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The upload's address as the host knows it, whatever page the form stands on.
fn absolute(address: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(address, &base).ok()?.href())
}

/// A thousandth of chance, so that phones that lost the network together do not come back together.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 1000
fn jitter() -> u16 {
    (js_sys::Math::random() * 1000.0) as u16
}
