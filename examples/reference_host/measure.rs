//! Checking that every attachment a submission names is here, and is what the submission says.
//!
//! What the page measured is a claim. The file is measured again from the bytes we hold, pixels
//! included, and the verdict is made from what *we* found.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use nomination_form::answers::{Attachment, Findings};
use nomination_form::files::{Reader, pixels};
use nomination_form::submission::RejectedPart;

use super::busy::Held;
use super::refusal::{Refusal, part};
use super::shelf::{Shelf, Upload, UploadId};

/// The attachments as we have them.
#[derive(Debug, Default)]
pub struct Measured {
    /// In the order of the submission, with our figures.
    pub attachments: Vec<Attachment>,
    /// The uploads they lie in.
    pub uploads: Vec<UploadId>,
    /// The uploads stay while these are held.
    pub held: Vec<Held>,
    /// What is not as the submission says.
    pub findings: Vec<RejectedPart>,
}

/// Measures the uploads that `claimed` names.
///
/// # Errors
///
/// Besides what breaks on our side: that one of them is being changed just now.
pub async fn measure(shelf: &Shelf, claimed: &[Attachment]) -> Result<Measured, Refusal> {
    let mut measured = Measured::default();
    for (index, claim) in claimed.iter().enumerate() {
        let pointer = format!("/attachments/{index}");
        let Some((id, held)) = complete_upload(shelf, &claim.upload).await? else {
            measured.findings.push(missing(&pointer));
            measured.attachments.push(claim.clone());
            continue;
        };
        let file = shelf.bytes_file(&id);
        let name = claim.name.clone();
        let found = tokio::task::spawn_blocking(move || found(file, &name)).await??;
        if found.bytes != claim.bytes || found.sha256 != claim.sha256.to_ascii_lowercase() {
            let detail = "收到的文件与所选文件不一致，请重新上传";
            measured.findings.push(part(&pointer, "upload-mismatch", detail));
        }
        measured.attachments.push(corrected(claim, found));
        measured.uploads.push(id);
        measured.held.push(held);
    }
    Ok(measured)
}

/// What is said of an attachment that is not here.
pub fn missing(pointer: &str) -> RejectedPart {
    part(pointer, "upload-missing", "这个文件还没有传完，请重新上传")
}

async fn complete_upload(shelf: &Shelf, url: &str) -> Result<Option<(UploadId, Held)>, Refusal> {
    let Some(id) = UploadId::of_url(url) else { return Ok(None) };
    // Held before the look: what is found complete then stays so until the nomination is stored.
    let Some(held) = shelf.share(&id) else { return Err(Refusal::in_progress()) };
    let upload = shelf.find(&id).await.filter(Upload::is_complete);
    Ok(upload.map(|upload| (upload.id, held)))
}

/// Decoding a picture may take hundreds of megabytes, so there is one at a time.
static DECODING: Mutex<()> = Mutex::new(());

/// What the file is; as in the page, only its name can tell some formats apart.
fn found(path: PathBuf, name: &str) -> io::Result<Findings> {
    let mut file = File::open(path)?;
    let facts = Reader::read(&mut file)?;
    file.rewind()?;
    let look = {
        let _one = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
        pixels::look(BufReader::new(file), &facts)
    };
    Ok(Findings::of(&facts, look, name))
}

/// The claim with our figures in the place of the page's.
fn corrected(claim: &Attachment, found: Findings) -> Attachment {
    Attachment {
        media_type: found.media_type,
        bytes: found.bytes,
        sha256: found.sha256,
        format: found.format,
        flaws: found.flaws,
        image: found.image,
        duration_ms: found.duration_ms,
        ..claim.clone()
    }
}
