//! A scripted server: each line is what it answers and what the upload must do then.

use super::super::{Action, Input, Metadata, Request, Response, Upload};
use std::ops::Range;

pub(super) const KIB: u64 = 1024;
pub(super) const CHUNK: u64 = 64 * KIB;
pub(super) const TOTAL: u64 = 150 * KIB;

pub(super) fn upload() -> Upload {
    let metadata = Metadata { slot: "photo".into(), sha256: "ab".into() };
    Upload::new(TOTAL, "https://h.example/files", CHUNK, metadata)
}

/// A request in short: method, path, offsets in KiB. Headers are asserted against it.
fn request(request: &Request) -> String {
    let value = |name| request.headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    assert_eq!(value("Tus-Resumable"), Some("1.0.0"));
    let tunnelled = value("X-HTTP-Method-Override");
    let method = tunnelled.unwrap_or(request.method);
    let mut text = format!("{method} {}", request.url.trim_start_matches("https://h.example"));
    if tunnelled.is_some() {
        assert_eq!(request.method, "POST");
        text += " tunnelled";
    }
    if let Some(body) = &request.body {
        assert_eq!(method, "PATCH");
        assert_eq!(value("Upload-Offset"), Some(body.start.to_string().as_str()));
        assert_eq!(value("Content-Type"), Some("application/offset+octet-stream"));
        let Range { start, end } = body;
        return format!("{text} {}..{}", start / KIB, end / KIB);
    }
    if method == "POST" {
        assert_eq!(value("Upload-Length"), Some(TOTAL.to_string().as_str()));
        assert_eq!(value("Upload-Metadata"), Some("slot cGhvdG8=,sha256 YWI="));
    }
    text
}

pub(super) fn action(action: &Action) -> String {
    match action {
        Action::Send(sent) => request(sent),
        Action::Wait { ms } => format!("wait {ms}"),
        Action::Done { url } => format!("done {}", url.trim_start_matches("https://h.example")),
        Action::Cancelled => "cancelled".into(),
        Action::Failed(failure) => format!("failed {}", failure.code()),
        Action::Nothing => "nothing".into(),
    }
}

/// `start`, `lost`, `timer`, `online`, `pause`, `cancel`, or a status with headers: `204 offset=64`.
/// Answers take two seconds, at which the chunks keep their size, unless `ms=` says otherwise.
pub(super) fn input(text: &str) -> Input {
    match text {
        "start" => return Input::Start,
        "lost" => return Input::NetworkLost,
        "timer" => return Input::TimerFired,
        "online" => return Input::Online,
        "pause" => return Input::Paused,
        "cancel" => return Input::Cancelled,
        _ => {}
    }
    let mut words = text.split(' ');
    let status = words.next().unwrap().parse().unwrap();
    let mut response = Response { status, elapsed_ms: 2_000, ..Response::default() };
    for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
        let kib = |value: &str| {
            value.parse::<u64>().map_or(value.to_owned(), |kib| (kib * KIB).to_string())
        };
        match name {
            "location" => response.location = Some(value.into()),
            "offset" => response.upload_offset = Some(kib(value)),
            "length" => response.upload_length = Some(kib(value)),
            "retry" => response.retry_after = Some(value.into()),
            "ms" => response.elapsed_ms = value.parse().unwrap(),
            "tus" => response.tus_resumable = Some(value.into()),
            other => panic!("{other}"),
        }
    }
    Input::Response(response)
}

/// Plays lines of `input -> action`.
#[track_caller]
pub(super) fn play(mut upload: Upload, script: &str) -> Upload {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (before, after) = line.split_once(" -> ").unwrap();
        let found = action(&upload.next(input(before), 0));
        assert_eq!(found, after, "at `{line}`");
    }
    upload
}

/// An upload whose first chunk is on its way.
#[track_caller]
pub(super) fn begun() -> Upload {
    play(
        upload(),
        "start -> POST /files
         201 location=/files/7 tus=1.0.0 -> PATCH /files/7 0..64",
    )
}
