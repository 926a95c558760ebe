//! Taking nominations in, and giving them out as JSON.
//!
//! A nomination is stored once, whatever a bad network repeats, reorders or cuts. Its id and the
//! revision make the `Idempotency-Key` before the first try: a repeat of a key gets what the first
//! got, and a higher revision takes the place of a lower one under the same receipt, never the other
//! way round.
//!
//! Who may send a further edition is the portal's to decide by its sign-in: whoever knows the id can
//! here. Cross-site forms cannot reach this: they can send no `application/json`.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use nomination_form::files::sha256_hex;
use nomination_form::rules::Verdict;
use nomination_form::submission::{MAX_BYTES, Receipt, Submission};
use serde_json::{Map, Value};

use super::Host;
use super::busy::Held;
use super::judging::rejudge;
use super::measure::{measure, missing};
use super::refusal::Refusal;
use super::shelf::UploadId;
use super::store::{Inserted, NewEdition, Received, Stored};

const MAX_KEY: usize = 200;

/// `POST /api/nominations`
pub async fn take(State(host): State<Arc<Host>>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let key = idempotency_key(&parts.headers)?;
    require_json(&parts.headers)?;
    let body = bounded(body).await?;
    let _held = host.in_progress.take(&key).ok_or_else(Refusal::in_progress)?;
    let digest = sha256_hex(&body);
    // Before anything else: a repeat must get its receipt even after the campaign has closed.
    if let Some(stored) = host.store.by_key(&key).await? {
        return repeated(&stored, &digest);
    }
    let edition = accepted(&host, key, &digest, &body).await?;
    keep(&host, edition).await
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
pub async fn accepted(
    host: &Host,
    key: String,
    digest: &str,
    body: &Bytes,
) -> Result<NewEdition, Refusal> {
    let submission = Submission::read(body)?;
    require_key_of(&submission, &key)?;
    let text = String::from_utf8(body.to_vec()).map_err(|_| not_json())?;
    let checked = checked(host, &submission).await?;
    let verdict = checked.verdict.as_ref().map(serde_json::to_string).transpose();
    Ok(NewEdition {
        key,
        digest: digest.to_owned(),
        received_at: host.clock.now(),
        day: host.clock.today(),
        submission_id: submission.id,
        revision: submission.revision,
        campaign: submission.campaign.id,
        track: submission.track,
        body: text,
        verdict: verdict.map_err(Refusal::internal)?,
        uploads: checked.uploads.iter().map(UploadId::as_str).map(str::to_owned).collect(),
        held: checked.held,
    })
}

/// What the host has to say of an edition that it takes.
struct Checked {
    verdict: Option<Verdict>,
    uploads: Vec<UploadId>,
    held: Vec<Held>,
}

async fn checked(host: &Host, submission: &Submission) -> Result<Checked, Refusal> {
    let newest = host.store.newest(&submission.campaign.id, &submission.id).await?;
    if newest.is_some_and(|newest| submission.revision <= newest) {
        // A later edition is on show, so this one is kept and never shown. It is not judged: its
        // sender has moved on, and a refusal, of files taken back meanwhile for instance, would
        // call a nomination wrong that has its receipt.
        let named = submission.attachments.iter();
        let uploads = named.filter_map(|file| UploadId::of_url(&file.upload)).collect();
        return Ok(Checked { verdict: None, uploads, held: Vec::new() });
    }
    let measured = measure(&host.shelf, &submission.attachments).await?;
    let verdict = rejudge(host, submission, measured.attachments)?;
    if !verdict.ok || !measured.findings.is_empty() {
        return Err(Refusal::rejected(measured.findings, &verdict));
    }
    Ok(Checked { verdict: Some(verdict), uploads: measured.uploads, held: measured.held })
}

/// Stores an edition and answers for it.
pub async fn keep(host: &Host, edition: NewEdition) -> Result<Response, Refusal> {
    let (shelf, digest) = (host.shelf.clone(), edition.digest.clone());
    match host.store.insert(edition, move |upload| shelf.has(upload)).await? {
        Inserted::Now(stored) => Ok((StatusCode::CREATED, receipt(&stored)).into_response()),
        // A later edition is here, or another process had the same key in hand; the database
        // decided who was first.
        Inserted::Before(stored) => repeated(&stored, &digest),
        // Another process removed it. This one could not while the edition held it.
        Inserted::Gone { attachment } => {
            let part = missing(&format!("/attachments/{attachment}"));
            Err(Refusal::at(&part.pointer, "upload-missing", &part.detail))
        }
    }
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
    let verdict = received.verdict.as_deref().unwrap_or_default();
    json.insert("verdict".into(), serde_json::from_str(verdict).unwrap_or_default());
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

/// Without this, one nomination could come under many keys, and each be taken for another one.
fn require_key_of(submission: &Submission, key: &str) -> Result<(), Refusal> {
    if submission.id.is_empty() || submission.idempotency_key() == key {
        return Ok(());
    }
    let detail = "Idempotency-Key 与材料不一致，应为材料的 id 和 revision，中间加一个点";
    Err(Refusal::at("", "key-mismatch", detail))
}

fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) == Some("application/json") {
        return Ok(());
    }
    let detail = "Content-Type 应为 application/json";
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail))
}

/// Reads a body as far as it may be taken. Counted by hand, so that too much is not told from a broken
/// connection by the words of an error.
async fn bounded(body: Body) -> Result<Bytes, Refusal> {
    let mut whole = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        // The connection broke, and mostly nobody hears the answer.
        let cut = |_| Refusal::new(StatusCode::BAD_REQUEST, "cut", "提交中断");
        let piece = piece.map_err(cut)?;
        if whole.len() + piece.len() > MAX_BYTES {
            let detail = "提交的内容太大";
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}
