//! Taking nominations in, and giving them out as JSON.
//!
//! A nomination is stored once per `Idempotency-Key`, however often a bad network makes the page
//! send it: the key is made before the first try, and a repeat gets the receipt of the first.
//! Cross-site forms cannot reach this: they can send no `application/json`.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use nomination_form::files::sha256_hex;
use nomination_form::submission::{MAX_BYTES, Receipt, Submission};
use serde_json::{Map, Value};

use super::Host;
use super::judging::rejudge;
use super::measure::measure;
use super::refusal::Refusal;
use super::shelf::UploadId;
use super::store::{Inserted, NewNomination, Received, Stored};

const MAX_KEY: usize = 200;

/// `POST /api/nominations`
pub async fn take(State(host): State<Arc<Host>>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let key = idempotency_key(&parts.headers)?;
    require_json(&parts.headers)?;
    let body = bounded(body).await?;
    let Some(_held) = host.in_progress.take(&key) else {
        let detail = "同一份材料正在处理，请稍候";
        return Err(Refusal::new(StatusCode::CONFLICT, "in-progress", detail).retry_after_s(1));
    };
    let digest = sha256_hex(&body);
    // Before judging: a repeat must get its receipt even after the campaign has closed.
    if let Some(stored) = host.store.by_key(&key).await? {
        return repeated(&stored, &digest);
    }
    let new = accepted(&host, key, &digest, &body).await?;
    match host.store.insert(new).await? {
        Inserted::Now(stored) => Ok((StatusCode::CREATED, receipt(&stored)).into_response()),
        // Another process had the same key in hand; the database decided who was first.
        Inserted::Before(stored) => repeated(&stored, &digest),
    }
}

/// `GET /api/nominations`: what was received, newest first.
pub async fn all(State(host): State<Arc<Host>>) -> Result<impl IntoResponse, Refusal> {
    let all: Vec<_> = host.store.all().await?.iter().map(as_json).collect();
    Ok(([(CACHE_CONTROL, "no-store")], Json(all)))
}

/// `GET /api/nominations/<receipt or submission id>`
pub async fn one(
    State(host): State<Arc<Host>>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let unknown = || Refusal::new(StatusCode::NOT_FOUND, "unknown", "没有这份推荐材料");
    let received = host.store.find(&id).await?.ok_or_else(unknown)?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(as_json(&received))))
}

/// Reads and judges a body; gives it ready for storing, or everything that is wrong with it.
async fn accepted(
    host: &Host,
    key: String,
    digest: &str,
    body: &Bytes,
) -> Result<NewNomination, Refusal> {
    let submission = Submission::read(body)?;
    let text = String::from_utf8(body.to_vec()).map_err(|_| not_json())?;
    let measured = measure(&host.shelf, &submission.attachments).await?;
    let verdict = rejudge(host, &submission, measured.attachments)?;
    if !verdict.ok || !measured.findings.is_empty() {
        return Err(Refusal::rejected(measured.findings, &verdict));
    }
    Ok(NewNomination {
        key,
        digest: digest.to_owned(),
        received_at: host.clock.now(),
        day: host.clock.today(),
        submission_id: submission.id,
        campaign: submission.campaign.id,
        track: submission.track,
        body: text,
        verdict: serde_json::to_string(&verdict).map_err(Refusal::internal)?,
        uploads: measured.uploads.iter().map(UploadId::as_str).map(str::to_owned).collect(),
    })
}

fn repeated(stored: &Stored, digest: &str) -> Result<Response, Refusal> {
    if stored.digest != digest {
        return Err(Refusal::at("", "key-reused", "这个 Idempotency-Key 已用于另一份材料"));
    }
    Ok((StatusCode::OK, receipt(stored)).into_response())
}

fn receipt(stored: &Stored) -> impl IntoResponse + use<> {
    let receipt = Receipt { receipt: stored.receipt.clone(), received_at: stored.received_at };
    ([(CACHE_CONTROL, "no-store")], Json(receipt))
}

/// The submission as received, with what the host has to say of it.
pub fn as_json(received: &Received) -> Value {
    let mut json: Map<String, Value> =
        serde_json::from_str(body_json(received)).unwrap_or_default();
    json.insert("receipt".into(), received.receipt.as_str().into());
    json.insert("received_at".into(), received.received_at.to_string().into());
    json.insert("verdict".into(), serde_json::from_str(&received.verdict).unwrap_or_default());
    json.into()
}

fn not_json() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "not-json", "提交的内容不是 JSON")
}

/// The body without the byte order mark that some clients put before it.
fn body_json(received: &Received) -> &str {
    received.body.trim_start_matches('\u{feff}')
}

fn idempotency_key(headers: &HeaderMap) -> Result<String, Refusal> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    if key.is_empty() || key.len() > MAX_KEY {
        let detail = "需要 Idempotency-Key，不超过200个字符";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "key-missing", detail));
    }
    Ok(key.to_owned())
}

fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) == Some("application/json") {
        return Ok(());
    }
    let detail = "Content-Type 应为 application/json";
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail))
}

async fn bounded(body: Body) -> Result<Bytes, Refusal> {
    to_bytes(body, MAX_BYTES).await.map_err(|error| {
        // Either the limit was passed or the connection broke, and then nobody hears the answer.
        if error.to_string().contains("limit") {
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "提交的内容太大")
        } else {
            Refusal::new(StatusCode::BAD_REQUEST, "cut", "提交中断")
        }
    })
}
