//! Whether an upload that is complete is the file that was announced.
//!
//! The bytes are read again from the disk: they came in many requests, perhaps to several hosts one
//! after the other, and what a nomination is going to name is what lies there.

use std::fs::File;
use std::io;
use std::path::Path;

use nomination_form::files::Reader;

use super::refusal::Refusal;
use super::shelf::{Shelf, Upload};

/// The key in `Upload-Metadata`.
const SHA256: &str = "sha256";

/// Whether the sender said what the file's digest is.
pub fn is_announced(upload: &Upload) -> bool {
    upload.announced.said(SHA256).is_some()
}

/// Whether the file has the digest that was announced, if one was. One that cannot be read is one
/// that no file has.
pub async fn agrees(shelf: &Shelf, upload: &Upload) -> Result<bool, Refusal> {
    let Some(announced) = upload.announced.said(SHA256) else { return Ok(true) };
    let file = shelf.bytes_file(&upload.id);
    let found = tokio::task::spawn_blocking(move || sha256(&file)).await??;
    Ok(announced.eq_ignore_ascii_case(found.as_bytes()))
}

/// Read in pieces: the file need not fit into memory.
fn sha256(file: &Path) -> io::Result<String> {
    Ok(Reader::read(File::open(file)?)?.sha256)
}
