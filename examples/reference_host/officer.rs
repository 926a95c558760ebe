//! The officer's pages: what has arrived, and each nomination in full. Plain pages, no script.
//!
//! Who may read them is the portal's business (its sign-in, its roles) and left out of this example;
//! the pages say so.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nomination_form::answers::Attachment;
use nomination_form::campaign::{Severity, Track};
use nomination_form::rules::{Problem, Verdict};
use nomination_form::submission::Submission;
use serde::Deserialize;

use super::Host;
use super::clock::on_paper;
use super::editions;
use super::html::{Html, fill, text};
use super::refusal::Refusal;
use super::sheet;
use super::shelf::UploadId;
use super::store::Received;

/// `GET /officer`
pub async fn list(State(host): State<Arc<Host>>) -> Result<Html, Refusal> {
    let all = host.store.all().await?;
    let rows: Html = all.iter().map(|received| row(&host, received)).collect();
    let count = text(&all.len().to_string());
    Ok(fill(include_str!("assets/officer.html"), &[("rows", rows), ("count", count)]))
}

/// Which edition to show; the one on show where it is not said.
#[derive(Debug, Deserialize)]
pub struct Which {
    edition: Option<i64>,
}

/// `GET /officer/<receipt or submission id>`
pub async fn one(
    State(host): State<Arc<Host>>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Refusal> {
    let Some(newest) = host.store.find(&id).await? else { return Ok(unknown()) };
    let all = host.store.editions(&newest.receipt).await?;
    let wanted = which.edition.unwrap_or(newest.arrival);
    let Some(received) = all.iter().find(|it| it.arrival == wanted) else { return Ok(unknown()) };
    Ok(nomination(&host, received, &all)?.into_response())
}

fn unknown() -> Response {
    (StatusCode::NOT_FOUND, fill(include_str!("assets/unknown.html"), &[])).into_response()
}

/// The page of an edition; `all` are those of its nomination, the one on show first.
fn nomination(host: &Host, received: &Received, all: &[Received]) -> Result<Html, Refusal> {
    let submission = Submission::read(received.body.as_bytes())?;
    let track = track(host, received);
    let answers = track.map(|track| sheet::answers(track, &submission.answers));
    Ok(fill(
        include_str!("assets/nomination.html"),
        &[
            ("receipt", text(&received.receipt)),
            ("received_at", text(&on_paper(received.received_at))),
            ("editions", editions::of(received, all)),
            ("track", text(track_title(track, received))),
            ("answers", answers.unwrap_or_default()),
            ("files", files(track, &submission)),
            ("problems", problems(received)),
        ],
    ))
}

fn row(host: &Host, received: &Received) -> Html {
    let track = track(host, received);
    let submission = Submission::read(received.body.as_bytes()).ok();
    let name = track.zip(submission).map(|(track, it)| sheet::name(track, &it.answers));
    fill(
        include_str!("assets/officer-row.html"),
        &[
            ("receipt", text(&received.receipt)),
            ("received_at", text(&on_paper(received.received_at))),
            ("edition", editions::which(received)),
            ("track", text(track_title(track, received))),
            ("name", text(&name.unwrap_or_default())),
            ("problems", text(&verdict(received).problems.len().to_string())),
        ],
    )
}

fn files(track: Option<&Track>, submission: &Submission) -> Html {
    submission.attachments.iter().map(|attachment| file(track, attachment)).collect()
}

fn file(track: Option<&Track>, attachment: &Attachment) -> Html {
    let field = track.and_then(|track| track.field(&attachment.slot));
    let label = field.map_or(attachment.slot.as_str(), |field| field.label.base());
    let id = UploadId::of_url(&attachment.upload);
    let url = id.map(|id| format!("/files/{}", id.as_str())).unwrap_or_default();
    let picture = matches!(attachment.format.as_str(), "jpeg" | "png");
    let template = if picture {
        include_str!("assets/picture.html")
    } else {
        include_str!("assets/file.html")
    };
    fill(
        template,
        &[
            ("label", text(label)),
            ("url", text(&url)),
            ("name", text(&attachment.name)),
            ("bytes", text(&attachment.bytes.to_string())),
            ("sha256", text(&attachment.sha256)),
        ],
    )
}

fn problems(received: &Received) -> Html {
    if received.verdict.is_none() {
        return fill("<li>后到的提交不作核对</li>", &[]);
    }
    verdict(received).problems.iter().map(problem).collect()
}

fn problem(problem: &Problem) -> Html {
    let kind = match problem.severity {
        Severity::Error => "错误",
        Severity::Warn => "提醒",
        Severity::Info => "说明",
    };
    let message = text(&problem.message);
    fill("<li><b>{{kind}}</b> {{message}}</li>", &[("kind", text(kind)), ("message", message)])
}

/// What was found; nothing of an edition that was not judged.
fn verdict(received: &Received) -> Verdict {
    let verdict = received.verdict.as_deref().unwrap_or_default();
    serde_json::from_str(verdict).unwrap_or(Verdict { ok: false, problems: Vec::new() })
}

fn track<'h>(host: &'h Host, received: &Received) -> Option<&'h Track> {
    host.campaigns.with_id(&received.campaign)?.track(&received.track)
}

fn track_title<'a>(track: Option<&'a Track>, received: &'a Received) -> &'a str {
    track.map_or(received.track.as_str(), |track| track.title.base())
}
