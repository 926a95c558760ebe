//! Runs an upload: carries the state machine's requests to the host and its answers back.

use gloo_timers::future::TimeoutFuture;
use web_sys::Blob;

use super::Http;
use super::clock::ticks;
use super::http::part;
use crate::upload::{Action, Input, Metadata, Request, Response, Upload};

/// How much goes out at first, in bytes: a second or two on a phone's network.
const CHUNK_BYTES: u64 = 256 * 1024;

/// How an upload is going.
#[derive(Debug)]
pub enum Progress {
    /// So many bytes have arrived.
    Sent(u64),
    /// It waits for the network or the host.
    Waiting,
    /// It is there; where the host keeps it.
    Done(String),
    /// It was given up; the code says why.
    Failed(String),
}

/// Sends a file. `tell` says whether it is still wanted; an upload that is not is taken back.
pub async fn upload(
    http: &Http,
    upload_to: &str,
    bytes: &Blob,
    slot: &str,
    sha256: &str,
    tell: &dyn Fn(Progress) -> bool,
) {
    let Some(endpoint) = absolute(upload_to) else {
        tell(Progress::Failed("no-address".to_owned()));
        return;
    };
    let metadata = Metadata { slot: slot.to_owned(), sha256: sha256.to_owned() };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // sizes are whole and positive
    let mut upload = Upload::new(bytes.size() as u64, endpoint, CHUNK_BYTES, metadata);
    let mut input = Input::Start;
    let mut wanted = true;
    loop {
        input = match upload.next(input, jitter()) {
            Action::Send(request) => {
                if wanted {
                    wanted = tell(Progress::Sent(upload.offset()));
                    if !wanted {
                        input = Input::Cancelled;
                        continue;
                    }
                }
                send(http, &request, bytes).await
            }
            Action::Wait { ms } => {
                wanted = wanted && tell(Progress::Waiting);
                TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX)).await;
                Input::TimerFired
            }
            Action::Done { url } => {
                tell(Progress::Done(url));
                return;
            }
            Action::Failed(failure) => {
                tell(Progress::Failed(failure.code().to_owned()));
                return;
            }
            Action::Cancelled | Action::Nothing => return,
        };
    }
}

async fn send(http: &Http, request: &Request, bytes: &Blob) -> Input {
    let headers: Vec<_> =
        request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let body = request.body.as_ref().and_then(|range| part(bytes, range.start, range.end));
    let sent = ticks();
    let answer = http.send(request.method, &request.url, &headers, body.as_ref()).await;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // a conversion that saturates
    let elapsed_ms = (ticks() - sent) as u32;
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
