//! Giving an uploaded file back, in a way that no browser will run it.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::refusal::Refusal;
use super::shelf::{Shelf, Upload};

const PIECE: usize = 64 * 1024;

/// The whole file, as a download under the name it had. Pictures carry their type, so that the
/// officer's page can show them; everything else is bytes.
pub async fn send(shelf: &Shelf, upload: &Upload) -> Result<Response, Refusal> {
    if !upload.is_complete() {
        return Err(Refusal::new(StatusCode::CONFLICT, "upload-incomplete", "文件还没有传完"));
    }
    let mut file = File::open(shelf.bytes_file(&upload.id)).await?;
    let mut start = Vec::with_capacity(8);
    (&mut file).take(8).read_to_end(&mut start).await?;
    let kind = HeaderValue::from_static(picture_type(&start).unwrap_or("application/octet-stream"));
    let disposition = disposition(file_name(upload).as_deref());
    let body = Body::from_stream(pieces(file, start));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CONTENT_LENGTH, upload.announced.bytes.into());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// `start`, then the rest of the file in pieces.
fn pieces(file: File, start: Vec<u8>) -> impl stream::Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold((file, Some(start)), |(mut file, start)| async move {
        let mut piece = start.unwrap_or_default();
        if piece.is_empty() {
            piece.resize(PIECE, 0);
            let read = file.read(&mut piece).await?;
            piece.truncate(read);
        }
        Ok((!piece.is_empty()).then_some((piece, (file, None))))
    })
}

/// The type told by the first bytes, for the kinds that can only ever be drawn.
fn picture_type(start: &[u8]) -> Option<&'static str> {
    match start {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        _ => None,
    }
}

/// The name that was announced. The form announces none: names of files carry names of people.
fn file_name(upload: &Upload) -> Option<String> {
    let name = String::from_utf8(upload.announced.said("filename")?).ok()?;
    Some(name).filter(|name| !name.is_empty())
}

/// RFC 6266: the name percent-encoded, so that neither quotes nor line ends can break the header.
fn disposition(name: Option<&str>) -> String {
    let Some(name) = name else { return "attachment".to_owned() };
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => char::from(byte).into(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}
