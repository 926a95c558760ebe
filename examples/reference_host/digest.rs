//! Whether an upload that is complete is the file that was announced.
//!
//! The bytes are read again from the disk: they came in many requests, perhaps to several hosts one
//! after the other, and what a nomination is going to name is what lies there.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

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
    let found = tokio::task::spawn_blocking(move || sha256(file)).await??;
    Ok(announced.eq_ignore_ascii_case(found.as_bytes()))
}

/// Read in pieces: the file need not fit into memory.
fn sha256(file: PathBuf) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

fn hex(digest: &[u8]) -> String {
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
