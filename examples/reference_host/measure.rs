//! Checking that every attachment a submission names is here, and is what the submission says.
//!
//! What the page measured is a claim. Size and digest are taken again from the bytes we hold; the
//! verdict is then made from what *we* measured.

use nomination_form::answers::Attachment;

use super::refusal::{Finding, Refusal};
use super::shelf::{Shelf, UploadId};

/// The attachments as we have them.
#[derive(Debug, Default)]
pub struct Measured {
    /// In the order of the submission, with our figures.
    pub attachments: Vec<Attachment>,
    /// The uploads they lie in.
    pub uploads: Vec<UploadId>,
    /// What is not as the submission says.
    pub findings: Vec<Finding>,
}

/// Measures the uploads that `claimed` names.
pub async fn measure(shelf: &Shelf, claimed: &[Attachment]) -> Result<Measured, Refusal> {
    let mut measured = Measured::default();
    for (index, claim) in claimed.iter().enumerate() {
        let pointer = format!("/attachments/{index}");
        let Some(id) = complete_upload(shelf, &claim.upload).await else {
            let detail = "这个文件还没有传完，请重新上传";
            measured.findings.push(Finding::new(&pointer, "upload-missing", detail));
            measured.attachments.push(claim.clone());
            continue;
        };
        let ours = facts(shelf, &id, claim).await?;
        if ours.bytes != claim.bytes || ours.sha256 != claim.sha256.to_ascii_lowercase() {
            let detail = "收到的文件与所选文件不一致，请重新上传";
            measured.findings.push(Finding::new(&pointer, "upload-mismatch", detail));
        }
        measured.attachments.push(ours);
        measured.uploads.push(id);
    }
    Ok(measured)
}

async fn complete_upload(shelf: &Shelf, url: &str) -> Option<UploadId> {
    let upload = shelf.find(&UploadId::of_url(url)?).await?;
    upload.is_complete().then_some(upload.id)
}

/// The claim with size and digest replaced by what the file says.
async fn facts(shelf: &Shelf, id: &UploadId, claim: &Attachment) -> Result<Attachment, Refusal> {
    let bytes = tokio::fs::metadata(shelf.bytes_file(id)).await?.len();
    Ok(Attachment { bytes, sha256: shelf.sha256_hex(id).await?, ..claim.clone() })
}
