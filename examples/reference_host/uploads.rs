//! Uploads by tus 1.0 (core, creation, termination): any tus client can send, stop and go on.
//!
//! Gateways that know only GET and POST are common; `X-HTTP-Method-Override` on a POST gets past them.
//! Each step holds on its own: make an upload, ask how far it got, append from there.
//!
//! Left out here, and a portal's to add: who may upload. `tidy.rs` clears away what nobody names.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Host;
use super::busy::Held;
use super::digest;
use super::download;
use super::refusal::Refusal;
use super::shelf::{Announced, Appended, Cut, Upload, UploadId};

const TUS: HeaderValue = HeaderValue::from_static("1.0.0");
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The largest file taken. The campaigns ask for at most 20 MB; this leaves room for theirs to grow.
const MAX_BYTES: u64 = 30_000_000;
const MAX_BYTES_TEXT: &str = "30000000";
const MAX_METADATA: usize = 4096;

/// Asks for the protocol's version and puts it on every answer.
pub async fn tus(mut request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Some(meant) = request.headers().get(METHOD_OVERRIDE)
        && let Ok(meant) = Method::from_bytes(meant.as_bytes())
    {
        *request.method_mut() = meant;
    }
    let needs_version = !matches!(*request.method(), Method::OPTIONS | Method::GET);
    let spoken = request.headers().get(TUS_RESUMABLE) == Some(&TUS);
    let mut response = if needs_version && !spoken {
        Refusal::new(StatusCode::PRECONDITION_FAILED, "tus-version", "需要 Tus-Resumable: 1.0.0")
            .into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, TUS);
    headers.insert("tus-version", TUS);
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// `/files`: make an upload, or ask what this server can do.
pub async fn collection(State(host): State<Arc<Host>>, request: Request) -> Response {
    match *request.method() {
        Method::OPTIONS => options().into_response(),
        Method::POST => create(&host, request.headers()).await.into_response(),
        _ => not_allowed().into_response(),
    }
}

/// `/files/<id>`: one upload.
pub async fn one(
    State(host): State<Arc<Host>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    if request.method() == Method::OPTIONS {
        return options().into_response();
    }
    let upload = match UploadId::parse(&id) {
        Some(id) => host.shelf.find(&id).await,
        None => None,
    };
    let Some(upload) = upload else { return not_found().into_response() };
    match *request.method() {
        Method::HEAD => state(&host, &upload).into_response(),
        Method::GET => download::send(&host.shelf, &upload).await.into_response(),
        Method::PATCH => append(host, upload.id, request).await.into_response(),
        Method::DELETE => remove(&host, &upload.id).await.into_response(),
        _ => not_allowed().into_response(),
    }
}

fn options() -> impl IntoResponse {
    let headers = [("tus-extension", "creation,termination"), ("tus-max-size", MAX_BYTES_TEXT)];
    (StatusCode::NO_CONTENT, headers)
}

async fn create(host: &Host, headers: &HeaderMap) -> Result<impl IntoResponse + use<>, Refusal> {
    let bytes = number(headers, &UPLOAD_LENGTH)?;
    if bytes > MAX_BYTES {
        let detail = "文件超出30MB，请换一个小一些的文件";
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large", detail));
    }
    let metadata = headers.get(UPLOAD_METADATA).map(HeaderValue::to_str).transpose();
    let metadata = metadata.ok().flatten().unwrap_or_default();
    if metadata.len() > MAX_METADATA {
        return Err(bad("upload-metadata", "Upload-Metadata 太长"));
    }
    let upload = host.shelf.create(Announced { bytes, metadata: metadata.to_owned() }).await?;
    // A file of no bytes is complete already.
    let held = host.shelf.hold(&upload.id).ok_or_else(busy)?;
    refuse_other_file(host, &upload, held).await?;
    Ok((StatusCode::CREATED, [(LOCATION, format!("/files/{}", upload.id.as_str()))]))
}

/// How far an upload has got. Also answered once it is complete: the answer to the last PATCH is
/// the one that is lost most often.
fn state(host: &Host, upload: &Upload) -> Result<Response, Refusal> {
    // All bytes are here and being looked at: they may yet turn out to be another file's.
    let looked_at = || host.shelf.share(&upload.id).is_none();
    if upload.is_complete() && digest::is_announced(upload) && looked_at() {
        return Err(busy());
    }
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, upload.offset.into());
    headers.insert(UPLOAD_LENGTH, upload.announced.bytes.into());
    if let Ok(metadata) = HeaderValue::from_str(&upload.announced.metadata)
        && !metadata.is_empty()
    {
        headers.insert(UPLOAD_METADATA, metadata);
    }
    Ok(response)
}

async fn append(host: Arc<Host>, id: UploadId, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get("content-type").map(HeaderValue::as_bytes);
    if kind != Some(b"application/offset+octet-stream") {
        let detail = "Content-Type 应为 application/offset+octet-stream";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail));
    }
    let offset = number(&parts.headers, &UPLOAD_OFFSET)?;
    // A task of its own: this handler is dropped when the connection breaks, and what has arrived
    // until then must still be written, and written before anybody else may append.
    tokio::spawn(async move { append_at(&host, &id, offset, body).await }).await?
}

async fn append_at(
    host: &Host,
    id: &UploadId,
    offset: u64,
    body: Body,
) -> Result<Response, Refusal> {
    let held = host.shelf.hold(id).ok_or_else(busy)?;
    let upload = host.shelf.find(id).await.ok_or_else(not_found)?;
    if upload.offset != offset {
        return Err(Refusal::new(StatusCode::CONFLICT, "offset", "续传位置与已收到的不一致"));
    }
    let appended = host.shelf.append(&upload, body).await?;
    // Looked at also where the connection broke after the last byte: nothing more is going to come.
    let upload = Upload { offset: appended.offset, ..upload };
    refuse_other_file(host, &upload, held).await?;
    answer(&appended)
}

/// Removes an upload that is complete and not what was announced. One that a nomination names stays:
/// it was measured then, and is what the nomination says.
async fn refuse_other_file(host: &Host, upload: &Upload, held: Held) -> Result<(), Refusal> {
    let other = upload.is_complete() && !digest::agrees(&host.shelf, upload).await?;
    if other && discard(host, &upload.id, held).await? {
        return Err(Refusal::other_file());
    }
    Ok(())
}

fn answer(appended: &Appended) -> Result<Response, Refusal> {
    match appended.whole {
        Ok(()) => {
            let offset = HeaderValue::from(appended.offset);
            Ok((StatusCode::NO_CONTENT, [(UPLOAD_OFFSET, offset)]).into_response())
        }
        Err(Cut::Broken) => Err(bad("cut", "上传中断，可以续传")),
        Err(Cut::TooMuch) => {
            let detail = "内容超出 Upload-Length";
            Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "beyond-length", detail))
        }
    }
}

async fn remove(host: &Host, id: &UploadId) -> Result<StatusCode, Refusal> {
    let held = host.shelf.hold(id).ok_or_else(busy)?;
    if discard(host, id, held).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let detail = "文件属于已提交的推荐材料，不能删除";
    Err(Refusal::new(StatusCode::FORBIDDEN, "upload-kept", detail))
}

/// Removes an upload that one holds, unless an edition of a nomination names it. Says whether it is
/// gone.
pub async fn discard(host: &Host, id: &UploadId, held: Held) -> Result<bool, Refusal> {
    let (shelf, gone) = (host.shelf.clone(), id.clone());
    let remove = move || {
        // Held to the end, even where nobody waits for the answer any more.
        let _held = held;
        shelf.remove(&gone)
    };
    host.store.unless_kept(id.as_str(), remove).await
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| bad("header", "缺少 Upload-Length 或 Upload-Offset，或者不是数字"))
}

fn bad(code: &'static str, detail: &'static str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, detail)
}

fn busy() -> Refusal {
    Refusal::new(StatusCode::LOCKED, "upload-busy", "同一文件正在使用，请稍候").retry_after_s(1)
}

fn not_found() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "upload-unknown", "没有这个上传，请重新上传")
}

fn not_allowed() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", "不支持这种请求")
}
