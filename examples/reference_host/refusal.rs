//! What the host answers when it does not do as asked: problem details (RFC 9457) with every finding.
//!
//! Invariant: no answer of a nomination appears in a refusal; it names places (JSON pointers) and codes.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use nomination_form::rules::Verdict;
use nomination_form::submission::{RejectedPart, Rejection, Unusable};
use serde::Serialize;

/// A refusal: the package's own [`Rejection`], and what HTTP wants besides.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    #[serde(skip)]
    retry_after_s: Option<u32>,
    /// The kind of refusal, for programs.
    code: &'static str,
    #[serde(flatten)]
    body: Box<Rejection>,
}

impl Refusal {
    /// A refusal without findings.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let body = Rejection {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: Some(detail.into()),
            errors: Vec::new(),
        };
        Self { status, retry_after_s: None, code, body: Box::new(body) }
    }

    /// The nomination is not right yet: what the host found itself, then the errors of the verdict.
    /// Warnings do not stand in the way.
    pub fn rejected(found_here: Vec<RejectedPart>, verdict: &Verdict) -> Self {
        let mut body = Rejection::of(verdict);
        body.detail = Some("改正下列各处后可以再次提交".to_owned());
        body.errors.splice(0..0, found_here);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { status, retry_after_s: None, code: "rejected", body: Box::new(body) }
    }

    /// A refusal with one finding, at `pointer`.
    pub fn at(pointer: &str, code: &'static str, detail: &str) -> Self {
        let mut refusal = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
        refusal.body.errors.push(part(pointer, code, detail));
        refusal
    }

    /// The same material is in somebody's hands just now.
    pub fn in_progress() -> Self {
        let detail = "同一份材料正在处理，请稍候";
        Self::new(StatusCode::CONFLICT, "in-progress", detail).retry_after_s(1)
    }

    /// The file that arrived is not the one that was announced. 460 is tus' own status for this, of
    /// its extension `checksum`.
    pub fn other_file() -> Self {
        let status = StatusCode::from_u16(460).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let detail = "收到的文件与所选文件不一致，请重新上传";
        let mut refusal = Self::new(status, "digest", detail);
        "Checksum Mismatch".clone_into(&mut refusal.body.title);
        refusal
    }

    /// Something broke on our side. The log says what; the sender may try again.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        eprintln!("reference host: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "服务器出错，请稍后再试")
    }

    /// Says when to try again.
    pub fn retry_after_s(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

/// A finding of the host's own.
pub fn part(pointer: &str, code: &str, detail: &str) -> RejectedPart {
    let (pointer, code, detail) = (pointer.to_owned(), code.to_owned(), detail.to_owned());
    RejectedPart { pointer, code, detail, rule: None }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Unusable> for Refusal {
    fn from(fault: Unusable) -> Self {
        match fault.code {
            "too-large" => Self::new(StatusCode::PAYLOAD_TOO_LARGE, fault.code, fault.to_string()),
            "other-campaign" | "unknown-track" => {
                Self::at(&fault.pointer, fault.code, "这里没有这个评选活动或申报类别")
            }
            // A broken client, not a nomination to be put right.
            _ => Self::new(StatusCode::BAD_REQUEST, fault.code, fault.to_string()),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        // SQLite's own sentences never quote bound values, so no answer gets into the log.
        Self::internal(format_args!("database: {error}"))
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::internal(format_args!("files: {}", error.kind()))
    }
}

impl From<tokio::task::JoinError> for Refusal {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::internal("a task did not end")
    }
}
