//! A chosen file: read once from end to end, and copied while it is read.
//!
//! The copy is what goes out. Android gives a page an address that may point to other bytes a minute
//! later, so what was looked at and what is sent must be the same bytes in our hands.

use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::{Drafts, DraftsError, http::part, pictures};
use crate::answers::Findings;
use crate::files::{Facts, Reader};

/// The bytes of a chosen file.
pub type Bytes = Blob;

/// How much is read at once, in bytes.
const PIECE: u64 = 1 << 20;
/// How much of a file is read that is too large anyway: enough to tell what it is.
const HEAD: u64 = 1 << 18;

/// The file could not be read: gone, changed, or not ours to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("file cannot be read")]
pub struct ReadError;

/// What was read of a file.
pub struct FileRead {
    /// What was found in it.
    pub findings: Findings,
    /// Its bytes.
    pub bytes: Bytes,
    /// Whether all of them lie beside the draft.
    pub kept: Result<bool, DraftsError>,
}

/// Where a file's bytes are kept while they are read.
pub struct Beside {
    /// The drafts of this device.
    pub drafts: Rc<Drafts>,
    /// The draft's id.
    pub id: String,
    /// The file's id in it.
    pub file: u32,
}

/// Reads a file, keeps its bytes piece by piece and says what was found. Of a file of more than `most`
/// bytes only the head is read.
///
/// # Errors
///
/// When the browser does not give the bytes.
pub async fn read(
    file: &File,
    most: u64,
    beside: Option<&Beside>,
    progress: &dyn Fn(u64),
) -> Result<FileRead, ReadError> {
    let bytes = whole(file.size());
    let until = if bytes > most { bytes.min(HEAD) } else { bytes };
    let mut reader = Reader::new();
    let pieces = Array::new();
    let mut kept = Ok(beside.is_some() && until == bytes);
    let mut at = 0;
    while at < until {
        let end = (at + PIECE).min(until);
        let buffer = buffer(file, at, end).await.ok_or(ReadError)?;
        reader.push(&Uint8Array::new(&buffer).to_vec());
        if let Some(beside) = beside.filter(|_| kept == Ok(true)) {
            let Beside { drafts, id, file } = beside;
            let piece = pieces.length();
            kept = drafts.keep_piece(id, *file, piece, &buffer).await.map(|()| true);
        }
        pieces.push(&buffer);
        at = end;
        progress(at);
    }
    let facts = reader.finish();
    let copy = Blob::new_with_buffer_source_sequence(&pieces).map_err(|_| ReadError)?;
    let findings = if until < bytes {
        of_head(&facts, bytes)
    } else {
        of_whole(&facts, &copy, &file.name()).await
    };
    Ok(FileRead { findings, bytes: copy, kept })
}

/// Keeps the bytes of a file that is in this page already.
///
/// # Errors
///
/// [`DraftsError`] where they are not kept.
pub async fn keep_file(
    drafts: &Drafts,
    id: &str,
    file: u32,
    bytes: &Bytes,
) -> Result<(), DraftsError> {
    let pieces = pieces_of(bytes).ok_or(DraftsError::Blocked)?;
    for (number, piece) in (0..).zip(pieces) {
        let buffer = buffer(&piece, 0, PIECE).await.ok_or(DraftsError::Blocked)?;
        drafts.keep_piece(id, file, number, &buffer).await?;
    }
    Ok(())
}

/// In how many pieces a file is kept.
pub fn pieces(bytes: &Bytes) -> u32 {
    u32::try_from(whole(bytes.size()).div_ceil(PIECE)).unwrap_or(u32::MAX)
}

/// A file in the pieces that it is kept and sealed in.
pub(super) fn pieces_of(bytes: &Bytes) -> Option<Vec<Blob>> {
    let size = whole(bytes.size());
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < size {
        pieces.push(part(bytes, at, at + PIECE)?.unchecked_into());
        at += PIECE;
    }
    Some(pieces)
}

/// The files that such pieces make, by their sizes; nothing where the pieces do not fit.
pub fn joined(sizes: &[u64], pieces: &[ArrayBuffer]) -> Option<Vec<Bytes>> {
    let mut pieces = pieces.iter();
    let files = sizes.iter().map(|size| {
        let all = Array::new();
        let mut read = 0;
        while read < *size {
            let piece = pieces.next()?;
            read += u64::from(piece.byte_length()).max(1);
            all.push(piece);
        }
        (read == *size).then(|| Blob::new_with_buffer_source_sequence(&all).ok()).flatten()
    });
    files.collect()
}

/// Of a file that is too large, its size and kind are all that matters.
fn of_head(facts: &Facts, bytes: u64) -> Findings {
    Findings {
        format: facts.format.name().to_owned(),
        media_type: facts.format.media_type().to_owned(),
        bytes,
        ..Findings::default()
    }
}

async fn of_whole(facts: &Facts, copy: &Blob, name: &str) -> Findings {
    let look = match facts.decodable() {
        Some(picture) => pictures::look(copy, facts, picture).await,
        None => None,
    };
    Findings::of(facts, look, name)
}

async fn buffer(file: &Blob, start: u64, end: u64) -> Option<ArrayBuffer> {
    #[allow(clippy::cast_precision_loss)] // files are far smaller than 2^53 bytes
    let piece = file.slice_with_f64_and_f64(start as f64, end as f64).ok()?;
    JsFuture::from(piece.array_buffer()).await.ok()?.dyn_into().ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // sizes are whole and positive
fn whole(size: f64) -> u64 {
    size as u64
}
