//! Failing on purpose, for tests of the page: what gateways and bad networks do to requests.
//!
//! Only with `NF_DEMO_FAULTS=1`. A test orders what happens to the next requests; the page itself
//! needs no change: `POST /demo/faults {"next": ["500", "late-close"], "uploads": ["cut", "ok"]}`.
//! `files` is for whatever the form sends to `/files`, as gateways strike: `{"files": ["ok", "405"]}`
//! lets an upload be made and refuses what comes next.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use futures_util::{StreamExt, future, stream};
use serde::Deserialize;

use super::Host;
use super::refusal::Refusal;

/// What is going to happen to the next requests, one entry for each.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Orders>);

/// The orders of a test.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Orders {
    /// For submissions.
    next: VecDeque<Fault>,
    /// For pieces of uploads (PATCH).
    uploads: VecDeque<Fault>,
    /// For all that makes, asks after, fills or removes an upload (POST, HEAD, PATCH, DELETE). A
    /// piece takes its fault from here first.
    files: VecDeque<Fault>,
}

/// One thing that goes wrong. A number is a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
enum Fault {
    /// Nothing: this one goes through.
    Nothing,
    /// An answer with this status and nothing done.
    Status(StatusCode),
    /// A gateway's sign-in page with status 200.
    Html,
    /// No answer, ever.
    Hang,
    /// The connection is cut and nothing done.
    Close,
    /// Everything is done, and the connection cut before the answer.
    LateClose,
    /// Half of the body arrives, then the connection is cut.
    Cut,
}

impl TryFrom<String> for Fault {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Ok(match word.as_str() {
            "ok" => Self::Nothing,
            "html" => Self::Html,
            "hang" => Self::Hang,
            "close" => Self::Close,
            "late-close" => Self::LateClose,
            "cut" => Self::Cut,
            status => Self::Status(status.parse().map_err(|_| format!("no fault `{word}`"))?),
        })
    }
}

/// `POST /demo/faults`: new orders, in place of whatever was left of the old ones.
pub async fn order(State(host): State<Arc<Host>>, Json(orders): Json<Orders>) -> StatusCode {
    *host.faults.0.lock().unwrap_or_else(PoisonError::into_inner) = orders;
    StatusCode::NO_CONTENT
}

/// Around submissions. `?fault=500` on the request itself works as well.
pub async fn on_submit(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let asked = in_query(&request).or_else(|| host.faults.pop(|orders| &mut orders.next));
    strike(asked, request, next).await
}

/// Around uploads. Reading a file back, as the officer does, uses up no order.
pub async fn on_upload(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    let method = request.method();
    let of_files = [Method::POST, Method::HEAD, Method::PATCH, Method::DELETE].contains(method);
    let of_uploads = *method == Method::PATCH;
    let faults = &host.faults;
    let asked = of_files.then(|| faults.pop(|orders| &mut orders.files)).flatten();
    let or_else = || of_uploads.then(|| faults.pop(|orders| &mut orders.uploads)).flatten();
    strike(asked.or_else(or_else), request, next).await
}

impl Faults {
    fn pop(&self, queue: impl Fn(&mut Orders) -> &mut VecDeque<Fault>) -> Option<Fault> {
        queue(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)).pop_front()
    }
}

fn in_query(request: &Request) -> Option<Fault> {
    let mut pairs = request.uri().query()?.split('&');
    let fault = pairs.find_map(|pair| pair.strip_prefix("fault="))?;
    Fault::try_from(fault.to_owned()).ok()
}

async fn strike(fault: Option<Fault>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    match fault.unwrap_or(Fault::Nothing) {
        Fault::Nothing => next.run(request).await,
        Fault::Status(status) => {
            drain(request.into_body()).await;
            status_only(status)
        }
        Fault::Html => {
            drain(request.into_body()).await;
            Html("<!doctype html><title>登录</title><p>请先登录</p>").into_response()
        }
        Fault::Hang => future::pending().await,
        Fault::Close => cut_off(&method),
        Fault::LateClose => {
            next.run(request).await;
            cut_off(&method)
        }
        Fault::Cut => {
            next.run(halved(request)).await;
            cut_off(&method)
        }
    }
}

fn status_only(status: StatusCode) -> Response {
    let refusal = Refusal::new(status, "demo-fault", "按测试要求出错");
    match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => refusal.retry_after_s(1),
        _ => refusal,
    }
    .into_response()
}

/// Reads a body to its end. A browser that is still sending would miss the answer.
async fn drain(body: Body) {
    body.into_data_stream().for_each(|_| future::ready(())).await;
}

/// A response that breaks before its first byte: hyper closes the connection and sends nothing.
fn cut_off(method: &Method) -> Response {
    if *method == Method::HEAD {
        // Nobody reads the body of an answer to HEAD, so it cannot break. This ends the task of the
        // connection, and the connection with it, without a word in the log.
        std::panic::resume_unwind(Box::new("demo fault"));
    }
    Response::new(Body::from_stream(stream::once(future::ready(broken()))))
}

fn broken() -> Result<Bytes, std::io::Error> {
    Err(std::io::ErrorKind::ConnectionReset.into())
}

/// The request with a body that breaks in the middle.
fn halved(request: Request) -> Request {
    let (parts, body) = request.into_parts();
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let mut left = length.and_then(|length| length.parse().ok()).unwrap_or(2) / 2;
    let half = body.into_data_stream().map(move |piece| {
        let mut piece = piece.map_err(std::io::Error::other)?;
        piece.truncate(left);
        left -= piece.len();
        if piece.is_empty() { broken() } else { Ok(piece) }
    });
    // Whole and half in one piece: the break has to come even when nothing more would be read.
    let half = half.chain(stream::once(future::ready(broken())));
    Request::from_parts(parts, Body::from_stream(half))
}
