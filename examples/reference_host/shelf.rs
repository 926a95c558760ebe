//! Uploaded files on the disk: `<id>.bin` with the bytes so far, `<id>.json` with what was announced.
//!
//! The offset of an upload *is* the length of its file, so a host that was killed knows after the
//! restart exactly what it has, and there is no second place that could disagree.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::busy::{Busy, Held};
use super::refusal::Refusal;

/// How long an append waits for the next piece. A phone that lost its network does not close the
/// connection, and until we give it up nobody can go on with the upload.
const SILENCE: Duration = Duration::from_secs(20);

/// The folder of uploads.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
    busy: Busy,
}

/// The name of an upload: 128 random bits, since whoever knows it may read the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UploadId(String);

/// What was announced when the upload was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Announced {
    /// The size of the whole file.
    pub bytes: u64,
    /// The `Upload-Metadata` as sent; the protocol wants it back.
    pub metadata: String,
}

/// An upload as it stands.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names say it
pub struct Upload {
    pub id: UploadId,
    pub announced: Announced,
    pub offset: u64,
}

/// How an append ended. Whatever it was, `offset` bytes are on the disk.
#[derive(Debug)]
pub struct Appended {
    /// The offset now.
    pub offset: u64,
    /// Whether the body came to its end, and did not go beyond the announced size.
    pub whole: Result<(), Cut>,
}

/// Why an append stopped before the end of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The connection broke.
    Broken,
    /// More came than was announced.
    TooMuch,
}

impl UploadId {
    /// Reads an id from a path; only what [`UploadId::random`] makes is one, so no id can climb out
    /// of the folder.
    pub fn parse(id: &str) -> Option<Self> {
        let made_here =
            id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        made_here.then(|| Self(id.to_owned()))
    }

    /// The id in `/files/<id>`, or in an absolute URL that ends so.
    pub fn of_url(url: &str) -> Option<Self> {
        let (before, id) = url.rsplit_once("/files/")?;
        let ours =
            before.is_empty() || before.starts_with("http://") || before.starts_with("https://");
        Self::parse(id).filter(|_| ours)
    }

    fn random() -> Result<Self, Refusal> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(|error| Refusal::internal(format_args!("{error}")))?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bits))))
    }

    /// The id as it stands in paths.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Announced {
    /// What was said of the file under `name`, in base64: `filename 5byg5LiJLmpwZw==,slot cGhvdG8=`.
    /// What is no base64 is as good as an empty value.
    pub fn said(&self, name: &str) -> Option<Vec<u8>> {
        let mut pairs = self.metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        Some(STANDARD.decode(value.trim()).unwrap_or_default())
    }
}

impl Upload {
    /// Whether every byte is here.
    pub fn is_complete(&self) -> bool {
        self.offset == self.announced.bytes
    }
}

impl Shelf {
    /// Uses `folder`, which must be there.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), busy: Busy::default() }
    }

    /// Makes an empty upload.
    pub async fn create(&self, announced: Announced) -> Result<Upload, Refusal> {
        let id = UploadId::random()?;
        File::create_new(self.bytes_file(&id)).await?.sync_all().await?;
        // The description comes last and at once, by renaming: an upload is there once it is.
        let draft = self.draft_file(&id);
        let mut file = File::create_new(&draft).await?;
        let json = serde_json::to_vec(&announced).map_err(Refusal::internal)?;
        file.write_all(&json).await?;
        file.sync_all().await?;
        fs::rename(&draft, self.announced_file(&id)).await?;
        Ok(Upload { id, announced, offset: 0 })
    }

    /// The upload of that id, if there is one.
    pub async fn find(&self, id: &UploadId) -> Option<Upload> {
        let announced = fs::read(self.announced_file(id)).await.ok()?;
        let announced = serde_json::from_slice(&announced).ok()?;
        let offset = fs::metadata(self.bytes_file(id)).await.ok()?.len();
        Some(Upload { id: id.clone(), announced, offset })
    }

    /// The right to append or remove, which one request at a time has.
    pub fn hold(&self, id: &UploadId) -> Option<Held> {
        self.busy.take(id.as_str())
    }

    /// The right that an upload stays as it is, which many may have.
    pub fn share(&self, id: &UploadId) -> Option<Held> {
        self.busy.share(id.as_str())
    }

    /// Whether an upload of that id is there.
    pub fn has(&self, id: &str) -> bool {
        UploadId::parse(id)
            .is_some_and(|id| self.announced_file(&id).is_file() && self.bytes_file(&id).is_file())
    }

    /// Appends a body as it arrives. What arrived before a break is kept.
    pub async fn append(&self, upload: &Upload, body: Body) -> std::io::Result<Appended> {
        let mut file = OpenOptions::new().append(true).open(self.bytes_file(&upload.id)).await?;
        let mut offset = upload.offset;
        let mut whole = Ok(());
        let mut pieces = body.into_data_stream();
        while let Some(piece) = timeout(SILENCE, pieces.next()).await.unwrap_or(Some(Err(silent())))
        {
            let Ok(piece) = piece else {
                whole = Err(Cut::Broken);
                break;
            };
            if offset + piece.len() as u64 > upload.announced.bytes {
                whole = Err(Cut::TooMuch);
                break;
            }
            file.write_all(&piece).await?;
            offset += piece.len() as u64;
        }
        // Before the sender hears an offset, these bytes must survive a loss of power.
        file.sync_all().await?;
        Ok(Appended { offset, whole })
    }

    /// Removes an upload and whatever a host that was killed has left of one. Blocks.
    pub fn remove(&self, id: &UploadId) -> std::io::Result<()> {
        // The description goes first: without it there is no upload.
        [self.announced_file(id), self.draft_file(id), self.bytes_file(id)].iter().try_for_each(
            |file| match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        )
    }

    /// The uploads of which no file has changed for that long, by the clock of the disk. Blocks.
    pub fn untouched_for(&self, time: Duration) -> std::io::Result<Vec<UploadId>> {
        let mut untouched = HashMap::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let id = Path::new(&name).file_stem().and_then(|stem| UploadId::parse(stem.to_str()?));
            // A file may go while the folder is read; a time in the future is as good as now.
            let changed = entry.metadata().and_then(|metadata| metadata.modified());
            if let (Some(id), Ok(changed)) = (id, changed) {
                let old = changed.elapsed().is_ok_and(|age| age > time);
                untouched.entry(id).and_modify(|all| *all &= old).or_insert(old);
            }
        }
        Ok(untouched.into_iter().filter_map(|(id, old)| old.then_some(id)).collect())
    }

    /// Where the bytes of an upload lie.
    pub fn bytes_file(&self, id: &UploadId) -> PathBuf {
        self.folder.join(format!("{}.bin", id.as_str()))
    }

    fn announced_file(&self, id: &UploadId) -> PathBuf {
        self.folder.join(format!("{}.json", id.as_str()))
    }

    fn draft_file(&self, id: &UploadId) -> PathBuf {
        self.folder.join(format!("{}.new", id.as_str()))
    }
}

fn silent() -> axum::Error {
    axum::Error::new(std::io::Error::from(std::io::ErrorKind::TimedOut))
}
