//! What the host answers when it does not do as asked: problem details (RFC 9457) with every finding.
//!
//! Invariant: no answer of a nomination appears in a refusal; it names places (JSON pointers) and codes.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use nomination_form::campaign::Severity;
use nomination_form::rules::Problem;
use serde::Serialize;

/// A refusal: the status, one sentence, and the findings where there are any.
#[derive(Debug, Clone)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    detail: &'static str,
    errors: Vec<Finding>,
    retry_after_s: Option<u32>,
}

/// One finding, at its place in the submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A JSON pointer into the submission.
    pub pointer: String,
    /// The kind of finding.
    pub code: String,
    /// The words for the person.
    pub detail: String,
    /// The rule in the campaign file, where it was one of those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// The body of a refusal.
#[derive(Debug, Serialize)]
struct ProblemDetails<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'static str,
    code: &'static str,
    errors: &'a [Finding],
}

impl Refusal {
    /// A refusal without findings.
    pub fn new(status: StatusCode, code: &'static str, detail: &'static str) -> Self {
        Self { status, code, detail, errors: Vec::new(), retry_after_s: None }
    }

    /// The nomination is not right yet: 422 with everything to be put right.
    pub fn rejected(errors: Vec<Finding>) -> Self {
        let detail = "推荐材料还有需要改正的地方，改正后可以再次提交";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "rejected", detail) }
    }

    /// The same with one finding, at `pointer`.
    pub fn at(pointer: &str, code: &'static str, detail: &'static str) -> Self {
        let errors = vec![Finding::new(pointer, code, detail)];
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail) }
    }

    /// Something broke on our side. The cause goes to the log by its code; the sender may try again.
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

impl Finding {
    /// A finding of the host's own.
    pub fn new(pointer: &str, code: &str, detail: &str) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: detail.into(), rule: None }
    }

    /// What the engine found, if it forbids taking the nomination. Warnings do not.
    pub fn of_problem(problem: &Problem) -> Option<Self> {
        let finding = || Self {
            pointer: problem.path.clone(),
            code: kebab(&problem.code),
            detail: problem.message.clone(),
            rule: Some(problem.rule.clone()),
        };
        (problem.severity == Severity::Error).then(finding)
    }
}

/// A code as it goes over the wire.
fn kebab(code: &impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = ProblemDetails {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or_default(),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code,
            errors: &self.errors,
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
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
