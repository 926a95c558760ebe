//! What was received, in SQLite: one row per accepted nomination, never two for one key.
//!
//! Invariant: a receipt is given only for a row that is on the disk (`synchronous = FULL`), so a
//! host that loses power after answering has lost nothing it has promised to keep.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use nomination_form::standards::{Day, Instant};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use tokio::task;

use super::refusal::Refusal;

const SCHEMA: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
CREATE TABLE IF NOT EXISTS nomination (
    key           TEXT PRIMARY KEY,     -- the Idempotency-Key
    digest        TEXT NOT NULL,        -- SHA-256 of the body, to tell a repeat from a reuse
    receipt       TEXT NOT NULL UNIQUE,
    received_at   INTEGER NOT NULL,     -- seconds of UTC since 1970
    day           TEXT NOT NULL,        -- 2022-08-18
    number        INTEGER NOT NULL,     -- runs from 1 in each campaign and day
    submission_id TEXT NOT NULL,
    campaign      TEXT NOT NULL,
    track         TEXT NOT NULL,
    body          TEXT NOT NULL,        -- the submission as received
    verdict       TEXT NOT NULL,        -- what the engine found when it came in
    UNIQUE (campaign, day, number)
) STRICT;
CREATE TABLE IF NOT EXISTS attachment (
    upload  TEXT NOT NULL,
    receipt TEXT NOT NULL REFERENCES nomination (receipt),
    PRIMARY KEY (upload, receipt)
) STRICT, WITHOUT ROWID;
";

const COLUMNS: &str = "receipt, received_at, campaign, track, body, verdict";

/// The most nominations one listing gives.
const LISTED: u32 = 1000;

/// The database. Cheap to clone; every call runs on a thread that may block.
#[derive(Debug, Clone)]
pub struct Store(Arc<Mutex<Connection>>);

/// A nomination that is fit to be stored.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names say it, and the schema above
pub struct NewNomination {
    pub key: String,
    pub digest: String,
    pub received_at: Instant,
    pub day: Day,
    pub submission_id: String,
    pub campaign: String,
    pub track: String,
    pub body: String,
    pub verdict: String,
    pub uploads: Vec<String>,
}

/// What is given for a nomination, and given again to whoever repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub struct Stored {
    pub receipt: String,
    pub received_at: Instant,
    pub digest: String,
}

/// What became of a nomination that was to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inserted {
    /// It is stored.
    Now(Stored),
    /// Its key was taken: this is what was given for it, the same nomination or another.
    Before(Stored),
}

/// A nomination as the officer reads it.
#[derive(Debug, Clone)]
#[allow(missing_docs, clippy::struct_field_names)] // the names say it
pub struct Received {
    pub receipt: String,
    pub received_at: Instant,
    pub campaign: String,
    pub track: String,
    pub body: String,
    pub verdict: String,
}

impl Store {
    /// Opens the database file, making it where it is missing.
    ///
    /// # Errors
    ///
    /// What SQLite says: no permission, not a database, disk full.
    pub fn open(file: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// What was given for `key`, if anything was.
    pub async fn by_key(&self, key: &str) -> Result<Option<Stored>, Refusal> {
        let key = key.to_owned();
        self.run(move |connection| by_key(connection, &key)).await
    }

    /// Stores a nomination and gives its receipt, unless its key is taken already.
    pub async fn insert(&self, new: NewNomination) -> Result<Inserted, Refusal> {
        self.run(move |connection| insert(connection, &new)).await
    }

    /// What was received, newest first.
    pub async fn all(&self) -> Result<Vec<Received>, Refusal> {
        self.run(|connection| {
            let sql =
                format!("SELECT {COLUMNS} FROM nomination ORDER BY rowid DESC LIMIT {LISTED}");
            connection.prepare_cached(&sql)?.query_map([], received)?.collect()
        })
        .await
    }

    /// The nomination with that receipt, or the latest edition of the submission with that id.
    pub async fn find(&self, id: &str) -> Result<Option<Received>, Refusal> {
        let id = id.to_owned();
        self.run(move |connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM nomination WHERE receipt = ?1 OR submission_id = ?1 \
                 ORDER BY rowid DESC LIMIT 1"
            );
            connection.prepare_cached(&sql)?.query_row([&id], received).optional()
        })
        .await
    }

    /// Whether an upload belongs to a nomination, and so must stay.
    pub async fn keeps(&self, upload: &str) -> Result<bool, Refusal> {
        let upload = upload.to_owned();
        self.run(move |connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM attachment WHERE upload = ?1)";
            connection.prepare_cached(sql)?.query_row([&upload], |row| row.get(0))
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        let connection = Arc::clone(&self.0);
        let work = move || work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(task::spawn_blocking(work).await??)
    }
}

fn by_key(connection: &Connection, key: &str) -> rusqlite::Result<Option<Stored>> {
    connection
        .prepare_cached("SELECT receipt, received_at, digest FROM nomination WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(Stored { receipt: row.get(0)?, received_at: moment(row, 1)?, digest: row.get(2)? })
        })
        .optional()
}

fn insert(connection: &mut Connection, new: &NewNomination) -> rusqlite::Result<Inserted> {
    // IMMEDIATE: the right to write is taken before the look, so no other process gets in between.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(stored) = by_key(&transaction, &new.key)? {
        return Ok(Inserted::Before(stored));
    }
    let day = new.day.to_string();
    let number: u32 = transaction.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM nomination WHERE campaign = ?1 AND day = ?2",
        params![new.campaign, day],
        |row| row.get(0),
    )?;
    let receipt = format!("{}-{}-{number:06}", new.campaign.to_uppercase(), day.replace('-', ""));
    transaction.execute(
        "INSERT INTO nomination VALUES (:key, :digest, :receipt, :received_at, :day, :number,
         :submission_id, :campaign, :track, :body, :verdict)",
        named_params! {
            ":key": new.key, ":digest": new.digest, ":receipt": receipt,
            ":received_at": new.received_at.utc_seconds(), ":day": day, ":number": number,
            ":submission_id": new.submission_id, ":campaign": new.campaign, ":track": new.track,
            ":body": new.body, ":verdict": new.verdict,
        },
    )?;
    for upload in &new.uploads {
        let sql = "INSERT OR IGNORE INTO attachment VALUES (?1, ?2)";
        transaction.execute(sql, params![upload, receipt])?;
    }
    transaction.commit()?;
    let (received_at, digest) = (new.received_at, new.digest.clone());
    Ok(Inserted::Now(Stored { receipt, received_at, digest }))
}

fn received(row: &Row) -> rusqlite::Result<Received> {
    Ok(Received {
        receipt: row.get(0)?,
        received_at: moment(row, 1)?,
        campaign: row.get(2)?,
        track: row.get(3)?,
        body: row.get(4)?,
        verdict: row.get(5)?,
    })
}

fn moment(row: &Row, column: usize) -> rusqlite::Result<Instant> {
    Ok(Instant::from_utc_seconds(row.get(column)?))
}
