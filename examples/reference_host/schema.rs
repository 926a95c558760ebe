//! The tables, and how a database of an earlier host becomes one of this host.
//!
//! `PRAGMA user_version` counts the steps that a database has gone through. A new database goes
//! through all of them, so every test runs the steps that an old one is going to need.

use rusqlite::{Connection, TransactionBehavior};

const STEPS: [&str; 2] = [BY_KEY, BY_NOMINATION];

/// The first schema, which counted no steps: a row for each key, so a second edition of a
/// nomination looked like a second nomination.
const BY_KEY: &str = "
CREATE TABLE IF NOT EXISTS nomination (
    key           TEXT PRIMARY KEY,
    digest        TEXT NOT NULL,
    receipt       TEXT NOT NULL UNIQUE,
    received_at   INTEGER NOT NULL,
    day           TEXT NOT NULL,
    number        INTEGER NOT NULL,
    submission_id TEXT NOT NULL,
    campaign      TEXT NOT NULL,
    track         TEXT NOT NULL,
    body          TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    UNIQUE (campaign, day, number)
) STRICT;
CREATE TABLE IF NOT EXISTS attachment (
    upload  TEXT NOT NULL,
    receipt TEXT NOT NULL REFERENCES nomination (receipt),
    PRIMARY KEY (upload, receipt)
) STRICT, WITHOUT ROWID;
";

/// A row for each nomination, and its editions beside it.
///
/// Nothing is ever overwritten: an edition is added, and which one is on show follows from the
/// revisions. So no order of arrival can leave an older edition on show.
const BY_NOMINATION: &str = "
ALTER TABLE nomination RENAME TO former;
ALTER TABLE attachment RENAME TO former_attachment;

CREATE TABLE nomination (
    receipt       TEXT PRIMARY KEY,
    submission_id TEXT NOT NULL,     -- empty where the sender gave none
    campaign      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_row_for_a_nomination
    ON nomination (submission_id, campaign) WHERE submission_id <> '';

CREATE TABLE edition (
    arrival     INTEGER PRIMARY KEY, -- in the order they came
    key         TEXT NOT NULL UNIQUE, -- the Idempotency-Key
    digest      TEXT NOT NULL,       -- SHA-256 of the body, to tell a repeat from a reuse
    receipt     TEXT NOT NULL REFERENCES nomination (receipt),
    revision    INTEGER NOT NULL,
    received_at INTEGER NOT NULL,    -- seconds of UTC since 1970
    track       TEXT NOT NULL,
    body        TEXT NOT NULL,       -- the submission as received
    verdict     TEXT                 -- what the engine found; null where a later edition was here
) STRICT;
CREATE INDEX editions_of_a_nomination ON edition (receipt, revision);

CREATE TABLE attachment (
    upload  TEXT NOT NULL,
    edition INTEGER NOT NULL REFERENCES edition (arrival),
    PRIMARY KEY (upload, edition)
) STRICT, WITHOUT ROWID;

-- The last number given in a campaign on a day.
CREATE TABLE numbering (
    campaign TEXT NOT NULL,
    day      TEXT NOT NULL,          -- 2022-08-18
    last     INTEGER NOT NULL,
    PRIMARY KEY (campaign, day)
) STRICT, WITHOUT ROWID;

-- Receipts that the first schema gave for further editions. People hold them.
CREATE TABLE further_receipt (
    receipt    TEXT PRIMARY KEY,
    nomination TEXT NOT NULL REFERENCES nomination (receipt)
) STRICT, WITHOUT ROWID;

-- The edition on show is the latest by its own account; of two such, the one that came first.
CREATE VIEW shown AS
SELECT nomination.submission_id, nomination.campaign, edition.*
FROM nomination JOIN edition ON edition.arrival = (
    SELECT arrival FROM edition AS its WHERE its.receipt = nomination.receipt
    ORDER BY revision DESC, arrival LIMIT 1
);

-- What the first schema held. The revision stood in the body only, perhaps after a byte order mark.
CREATE TEMP TABLE moved AS
SELECT rowid AS arrival,
    first_value(receipt) OVER (
        PARTITION BY campaign, submission_id, iif(submission_id = '', key, '') ORDER BY rowid
    ) AS first_receipt,
    coalesce(json_extract(ltrim(body, char(0xFEFF)), '$.revision'), 1) AS revision
FROM former;
INSERT INTO nomination
    SELECT receipt, submission_id, campaign FROM moved JOIN former ON former.rowid = arrival
    WHERE receipt = first_receipt ORDER BY arrival;
INSERT INTO edition
    SELECT arrival, key, digest, first_receipt, revision, received_at, track, body, verdict
    FROM moved JOIN former ON former.rowid = arrival;
INSERT INTO attachment
    SELECT upload, former.rowid FROM former_attachment JOIN former USING (receipt);
INSERT INTO numbering SELECT campaign, day, max(number) FROM former GROUP BY campaign, day;
INSERT INTO further_receipt
    SELECT receipt, first_receipt FROM moved JOIN former ON former.rowid = arrival
    WHERE receipt <> first_receipt;
DROP TABLE moved;
DROP TABLE former_attachment;
DROP TABLE former;
";

/// Makes the tables, or brings those of an earlier host up to date.
///
/// # Errors
///
/// What SQLite says, or that the database is of a newer host.
pub fn prepare(connection: &mut Connection) -> Result<(), String> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let gone_through = step_up(connection, known).map_err(|error| error.to_string())?;
    if gone_through > known {
        return Err(format!(
            "of a newer host (version {gone_through}, this one reads up to {known})"
        ));
    }
    Ok(())
}

/// Goes through the steps that are missing; gives how many the database had behind it.
fn step_up(connection: &mut Connection, known: u32) -> rusqlite::Result<u32> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    // IMMEDIATE: of two hosts that open an old database at once, the second finds it done.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version < known {
        for step in STEPS.iter().skip(version as usize) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", known)?;
    }
    transaction.commit()?;
    Ok(version)
}
