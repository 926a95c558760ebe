//! What was received, in SQLite: one row for each nomination, and every edition of it beside.
//!
//! Invariant: a receipt is given only for a row that is on the disk (`synchronous = FULL`), so a
//! host that loses power after answering has lost nothing it has promised to keep.
//! Invariant: while an edition names an upload, the upload is there. The right to write into the
//! database is also the right to remove uploads, so this holds for several hosts over one database.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use nomination_form::standards::{Day, Instant};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use tokio::task;

use super::busy::Held;
use super::refusal::Refusal;
use super::schema;

const COLUMNS: &str = "receipt, received_at, campaign, track, body, verdict, revision, arrival";

/// The most nominations one listing gives.
const LISTED: u32 = 1000;

/// The database. Cheap to clone; every call runs on a thread that may block.
#[derive(Debug, Clone)]
pub struct Store(Arc<Mutex<Connection>>);

/// An edition of a nomination that is fit to be stored.
#[derive(Debug)]
#[allow(missing_docs)] // the names say it, and the schema
pub struct NewEdition {
    pub key: String,
    pub digest: String,
    pub received_at: Instant,
    pub day: Day,
    pub submission_id: String,
    pub revision: u32,
    pub campaign: String,
    pub track: String,
    pub body: String,
    /// `None` where a later edition was here already.
    pub verdict: Option<String>,
    /// In the order of the attachments.
    pub uploads: Vec<String>,
    /// The uploads while they were measured. Let go once the edition is stored: by then the
    /// database keeps them.
    pub held: Vec<Held>,
}

/// What is given for an edition, and given again to whoever repeats it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub struct Stored {
    pub receipt: String,
    pub received_at: Instant,
    pub digest: String,
}

/// What became of an edition that was to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inserted {
    /// It is stored and on show.
    Now(Stored),
    /// It changes nothing: its key was taken, by itself or by something else, or a later edition
    /// was here first.
    Before(Stored),
    /// An upload is gone that was here when it was measured; nothing is stored.
    Gone {
        /// Which of the attachments, from 0.
        attachment: usize,
    },
}

/// An edition as the officer reads it.
#[derive(Debug, Clone)]
#[allow(missing_docs, clippy::struct_field_names)] // the names say it
pub struct Received {
    pub receipt: String,
    pub received_at: Instant,
    pub campaign: String,
    pub track: String,
    pub body: String,
    pub verdict: Option<String>,
    pub revision: u32,
    /// Tells the editions of all nominations apart.
    pub arrival: i64,
}

impl Store {
    /// Opens the database file, making it where it is missing and bringing it up to date.
    ///
    /// # Errors
    ///
    /// What SQLite says (no permission, not a database, disk full), or that it is of a newer host.
    pub fn open(file: &Path) -> Result<Self, String> {
        let mut connection = Connection::open(file).map_err(|error| error.to_string())?;
        schema::prepare(&mut connection)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// What was given for `key`, if anything was.
    pub async fn by_key(&self, key: &str) -> Result<Option<Stored>, Refusal> {
        let key = key.to_owned();
        self.run(move |connection| by_key(connection, &key)).await
    }

    /// The revision on show of that submission.
    pub async fn newest(&self, campaign: &str, id: &str) -> Result<Option<u32>, Refusal> {
        let (campaign, id) = (campaign.to_owned(), id.to_owned());
        let known = self.run(move |connection| known(connection, &campaign, &id)).await?;
        Ok(known.map(|known| known.newest))
    }

    /// Stores an edition and gives its receipt, unless its key is taken already.
    ///
    /// `is_here` is asked for each upload of an edition that is to be shown.
    pub async fn insert(
        &self,
        new: NewEdition,
        is_here: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Inserted, Refusal> {
        self.run(move |connection| {
            let inserted = insert(connection, &new, is_here);
            drop(new.held);
            inserted
        })
        .await
    }

    /// The nominations as they are on show, the latest arrival first.
    pub async fn all(&self) -> Result<Vec<Received>, Refusal> {
        self.run(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM shown ORDER BY arrival DESC LIMIT {LISTED}");
            connection.prepare_cached(&sql)?.query_map([], received)?.collect()
        })
        .await
    }

    /// The nomination with that receipt, or of the submission with that id.
    pub async fn find(&self, id: &str) -> Result<Option<Received>, Refusal> {
        let id = id.to_owned();
        self.run(move |connection| {
            // Receipts come first: a sender makes up the id, and could make up a receipt.
            let sql = format!(
                "SELECT {COLUMNS} FROM shown WHERE receipt IN (
                     SELECT ?1 UNION SELECT nomination FROM further_receipt WHERE receipt = ?1
                 ) OR submission_id = ?1 ORDER BY submission_id = ?1, arrival DESC LIMIT 1"
            );
            connection.prepare_cached(&sql)?.query_row([&id], received).optional()
        })
        .await
    }

    /// Every edition under that receipt, the highest revision first.
    pub async fn editions(&self, receipt: &str) -> Result<Vec<Received>, Refusal> {
        let receipt = receipt.to_owned();
        self.run(move |connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM edition JOIN nomination USING (receipt)
                 WHERE receipt = ?1 ORDER BY revision DESC, arrival"
            );
            connection.prepare_cached(&sql)?.query_map([&receipt], received)?.collect()
        })
        .await
    }

    /// Removes an upload by `remove`, unless an edition names it. Says whether it was removed.
    ///
    /// No host over this database can store an edition meanwhile.
    pub async fn unless_kept(
        &self,
        upload: &str,
        remove: impl FnOnce() -> std::io::Result<()> + Send + 'static,
    ) -> Result<bool, Refusal> {
        let upload = upload.to_owned();
        let removed = self.run(move |connection| {
            let behavior = TransactionBehavior::Immediate;
            let transaction = connection.transaction_with_behavior(behavior)?;
            let sql = "SELECT EXISTS (SELECT 1 FROM attachment WHERE upload = ?1)";
            let kept: bool = transaction.query_row(sql, [&upload], |row| row.get(0))?;
            let removed = (!kept).then(remove);
            transaction.commit()?;
            Ok(removed)
        });
        Ok(removed.await?.transpose()?.is_some())
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
        .prepare_cached("SELECT receipt, received_at, digest FROM edition WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(Stored { receipt: row.get(0)?, received_at: moment(row, 1)?, digest: row.get(2)? })
        })
        .optional()
}

/// A nomination that is here, and the revision on show.
struct Known {
    receipt: String,
    newest: u32,
}

/// Without an id nothing is known again except by its key.
fn known(connection: &Connection, campaign: &str, id: &str) -> rusqlite::Result<Option<Known>> {
    let sql = "SELECT receipt, max(revision) FROM nomination JOIN edition USING (receipt)
               WHERE submission_id = ?1 AND submission_id <> '' AND campaign = ?2
               GROUP BY receipt";
    connection
        .prepare_cached(sql)?
        .query_row([id, campaign], |row| Ok(Known { receipt: row.get(0)?, newest: row.get(1)? }))
        .optional()
}

fn insert(
    connection: &mut Connection,
    new: &NewEdition,
    is_here: impl Fn(&str) -> bool,
) -> rusqlite::Result<Inserted> {
    // IMMEDIATE: the right to write is taken before the look, so no other process gets in between.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(stored) = by_key(&transaction, &new.key)? {
        return Ok(Inserted::Before(stored));
    }
    let known = known(&transaction, &new.campaign, &new.submission_id)?;
    let late = known.as_ref().is_some_and(|known| new.revision <= known.newest);
    if !late && let Some(attachment) = new.uploads.iter().position(|upload| !is_here(upload)) {
        return Ok(Inserted::Gone { attachment });
    }
    let receipt = match known {
        Some(known) => known.receipt,
        None => begin(&transaction, new)?,
    };
    add(&transaction, new, &receipt)?;
    transaction.commit()?;
    let (received_at, digest) = (new.received_at, new.digest.clone());
    let stored = Stored { receipt, received_at, digest };
    Ok(if late { Inserted::Before(stored) } else { Inserted::Now(stored) })
}

/// Makes the row of a nomination and gives its receipt.
fn begin(connection: &Connection, new: &NewEdition) -> rusqlite::Result<String> {
    let day = new.day.to_string();
    let number: u32 = connection.query_row(
        "INSERT INTO numbering VALUES (?1, ?2, 1)
         ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        params![new.campaign, day],
        |row| row.get(0),
    )?;
    let receipt = format!("{}-{}-{number:06}", new.campaign.to_uppercase(), day.replace('-', ""));
    connection.execute(
        "INSERT INTO nomination VALUES (?1, ?2, ?3)",
        params![receipt, new.submission_id, new.campaign],
    )?;
    Ok(receipt)
}

fn add(connection: &Connection, new: &NewEdition, receipt: &str) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO edition VALUES
         (NULL, :key, :digest, :receipt, :revision, :received_at, :track, :body, :verdict)",
        named_params! {
            ":key": new.key, ":digest": new.digest, ":receipt": receipt,
            ":revision": new.revision, ":received_at": new.received_at.utc_seconds(),
            ":track": new.track, ":body": new.body, ":verdict": new.verdict,
        },
    )?;
    let edition = connection.last_insert_rowid();
    for upload in &new.uploads {
        let sql = "INSERT OR IGNORE INTO attachment VALUES (?1, ?2)";
        connection.execute(sql, params![upload, edition])?;
    }
    Ok(())
}

fn received(row: &Row) -> rusqlite::Result<Received> {
    Ok(Received {
        receipt: row.get(0)?,
        received_at: moment(row, 1)?,
        campaign: row.get(2)?,
        track: row.get(3)?,
        body: row.get(4)?,
        verdict: row.get(5)?,
        revision: row.get(6)?,
        arrival: row.get(7)?,
    })
}

fn moment(row: &Row, column: usize) -> rusqlite::Result<Instant> {
    Ok(Instant::from_utc_seconds(row.get(column)?))
}
