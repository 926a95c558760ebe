//! The officer's pages: what has arrived, and each nomination in full. Plain pages, no script.
//!
//! Who may read them is the portal's business (its sign-in, its roles) and left out of this example;
//! the pages say so.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nomination_form::answers::Attachment;
use nomination_form::campaign::{Severity, Track};
use nomination_form::rules::{Problem, Verdict};
use nomination_form::submission::Submission;

use super::Host;
use super::clock::on_paper;
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

/// `GET /officer/<receipt or submission id>`
pub async fn one(
    State(host): State<Arc<Host>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let Some(received) = host.store.find(&id).await? else {
        let page = fill(include_str!("assets/unknown.html"), &[]);
        return Ok((StatusCode::NOT_FOUND, page).into_response());
    };
    let submission = Submission::read(received.body.as_bytes())?;
    let track = track(&host, &received);
    let answers = track.map(|track| sheet::answers(track, &submission.answers));
    let page = fill(
        include_str!("assets/nomination.html"),
        &[
            ("receipt", text(&received.receipt)),
            ("received_at", text(&on_paper(received.received_at))),
            ("track", text(track_title(track, &received))),
            ("answers", answers.unwrap_or_default()),
            ("files", files(track, &submission)),
            ("problems", verdict(&received).problems.iter().map(problem).collect()),
        ],
    );
    Ok(page.into_response())
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

fn problem(problem: &Problem) -> Html {
    let kind = match problem.severity {
        Severity::Error => "错误",
        Severity::Warn => "提醒",
        Severity::Info => "说明",
    };
    let message = text(&problem.message);
    fill("<li><b>{{kind}}</b> {{message}}</li>", &[("kind", text(kind)), ("message", message)])
}

fn verdict(received: &Received) -> Verdict {
    serde_json::from_str(&received.verdict).unwrap_or(Verdict { ok: false, problems: Vec::new() })
}

fn track<'h>(host: &'h Host, received: &Received) -> Option<&'h Track> {
    host.campaigns.with_id(&received.campaign)?.track(&received.track)
}

fn track_title<'a>(track: Option<&'a Track>, received: &'a Received) -> &'a str {
    track.map_or(received.track.as_str(), |track| track.title.base())
}
