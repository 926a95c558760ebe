//! Checking that every attachment a submission names is here, and is what the submission says.
//!
//! What the page measured is a claim. The file is measured again from the bytes we hold, and the
//! verdict is made from what *we* found. Only the look of a photo (ground, colour) stays the page's
//! word, as it takes a picture decoder: a host that has one gives its pixels to `files::photo::look`.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use nomination_form::answers::{Attachment, Image};
use nomination_form::files::{Facts, Reader};
use nomination_form::submission::RejectedPart;

use super::refusal::{Refusal, part};
use super::shelf::{Shelf, UploadId};

/// The attachments as we have them.
#[derive(Debug, Default)]
pub struct Measured {
    /// In the order of the submission, with our figures.
    pub attachments: Vec<Attachment>,
    /// The uploads they lie in.
    pub uploads: Vec<UploadId>,
    /// What is not as the submission says.
    pub findings: Vec<RejectedPart>,
}

/// Measures the uploads that `claimed` names.
pub async fn measure(shelf: &Shelf, claimed: &[Attachment]) -> Result<Measured, Refusal> {
    let mut measured = Measured::default();
    for (index, claim) in claimed.iter().enumerate() {
        let pointer = format!("/attachments/{index}");
        let Some(id) = complete_upload(shelf, &claim.upload).await else {
            let detail = "这个文件还没有传完，请重新上传";
            measured.findings.push(part(&pointer, "upload-missing", detail));
            measured.attachments.push(claim.clone());
            continue;
        };
        let file = shelf.bytes_file(&id);
        let facts = tokio::task::spawn_blocking(move || facts(file)).await??;
        if facts.bytes != claim.bytes || facts.sha256 != claim.sha256.to_ascii_lowercase() {
            let detail = "收到的文件与所选文件不一致，请重新上传";
            measured.findings.push(part(&pointer, "upload-mismatch", detail));
        }
        measured.attachments.push(corrected(claim, facts));
        measured.uploads.push(id);
    }
    Ok(measured)
}

async fn complete_upload(shelf: &Shelf, url: &str) -> Option<UploadId> {
    let upload = shelf.find(&UploadId::of_url(url)?).await?;
    upload.is_complete().then_some(upload.id)
}

/// What the file is, read in pieces: it need not fit into memory.
fn facts(file: PathBuf) -> io::Result<Facts> {
    let mut file = File::open(file)?;
    let mut reader = Reader::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(reader.finish()),
            read => reader.push(piece.get(..read).unwrap_or_default()),
        }
    }
}

/// The claim with our figures in the place of the page's.
fn corrected(claim: &Attachment, facts: Facts) -> Attachment {
    let looked = claim.image.clone().unwrap_or_default();
    Attachment {
        bytes: facts.bytes,
        sha256: facts.sha256,
        format: facts.format.name().to_owned(),
        flaws: facts.problems.iter().map(|problem| problem.code().to_owned()).collect(),
        image: facts.image.map(|ours| Image { width: ours.width, height: ours.height, ..looked }),
        ..claim.clone()
    }
}
