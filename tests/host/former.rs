//! A database that an earlier host has left.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::Value;

use nomination_form::files::sha256_hex;

use crate::app::{Host, Settings};
use crate::support::{Portal, edition};

/// As the first host made it, before it counted versions.
const SCHEMA: &str = "
CREATE TABLE nomination (
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
CREATE TABLE attachment (
    upload  TEXT NOT NULL,
    receipt TEXT NOT NULL REFERENCES nomination (receipt),
    PRIMARY KEY (upload, receipt)
) STRICT, WITHOUT ROWID;
";

/// What the rows hold: key, campaign, id, revision, and the numbers of their receipts run on.
const ROWS: [(&str, &str, &str, u32); 6] = [
    ("k", "nm2022", "a", 1),
    ("three", "nm2022", "a", 3),
    ("a.2", "nm2022", "a", 2),
    ("free", "nm2022", "", 1),
    ("free too", "nm2022", "", 1),
    ("elsewhere", "sh2023", "a", 4),
];

const UPLOAD: &str = "0123456789abcdef0123456789abcdef";

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/wire/nm2022.worker.json")).unwrap()
}

/// The body of a row. One begins with a byte order mark, as some clients send it.
fn body((key, campaign, id, revision): (&str, &str, &str, u32)) -> String {
    let mut body = edition(&fixture(), revision);
    body["id"] = id.into();
    body["campaign"]["id"] = campaign.into();
    let mark = if key == "a.2" { "\u{feff}" } else { "" };
    format!("{mark}{body}")
}

fn receipt(number: u32) -> String {
    format!("NM2022-20220818-{number:06}")
}

fn leave_behind(data: &Path) {
    std::fs::create_dir_all(data.join("files")).unwrap();
    std::fs::write(data.join(format!("files/{UPLOAD}.bin")), b"abc").unwrap();
    let announced = r#"{"bytes": 3, "metadata": ""}"#;
    std::fs::write(data.join(format!("files/{UPLOAD}.json")), announced).unwrap();
    let database = Connection::open(data.join("nominations.sqlite")).unwrap();
    database.execute_batch(SCHEMA).unwrap();
    for (number, row) in (1..).zip(ROWS) {
        let body = body(row);
        let receipt = receipt(number).replace("NM2022", &row.1.to_uppercase());
        database
            .execute(
                "INSERT INTO nomination VALUES
                 (?1, ?2, ?3, ?4, '2022-08-18', ?5, ?6, ?7, 'nm2022.worker', ?8, ?9)",
                params![
                    row.0,
                    sha256_hex(body.as_bytes()),
                    receipt,
                    1_660_788_000 + number,
                    number,
                    row.2,
                    row.1,
                    body,
                    r#"{"ok": true, "problems": []}"#
                ],
            )
            .unwrap();
    }
    let sql = "INSERT INTO attachment VALUES (?1, ?2)";
    database.execute(sql, params![UPLOAD, receipt(3)]).unwrap();
}

fn inherited() -> Portal {
    Portal::open_with(|settings| leave_behind(&settings.data_dir))
}

#[tokio::test]
async fn editions_that_were_rows_become_one_and_the_others_stay() {
    let portal = inherited();
    let shown = portal.nominations().await;
    let told: Vec<_> = shown
        .iter()
        .map(|it| (it["receipt"].as_str().unwrap(), it["revision"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("SH2023-20220818-000006", 4),
            ("NM2022-20220818-000005", 1),
            ("NM2022-20220818-000004", 1),
            ("NM2022-20220818-000001", 3),
        ]
    );
    let page = portal.get(&format!("/officer/{}", receipt(1))).await.text();
    for words in ["第3次提交", "第2次提交", "第1次提交", "第3个名字"] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn every_receipt_that_was_given_still_finds_its_nomination() {
    let portal = inherited();
    for number in 1..=3 {
        let found = portal.get(&format!("/api/nominations/{}", receipt(number))).await.json();
        assert_eq!((&found["receipt"], &found["revision"]), (&receipt(1).into(), &3.into()));
    }
}

#[tokio::test]
async fn repeats_get_the_receipt_of_their_nomination_under_the_keys_of_then() {
    let portal = inherited();
    for (number, row) in (1..=5).zip(ROWS) {
        let again = portal.submit_bytes(row.0, body(row)).await;
        let expected = if number <= 3 { receipt(1) } else { receipt(number) };
        assert_eq!((again.status.as_u16(), &again.json()["receipt"]), (200, &expected.into()));
        let at = format!("2022-08-18T02:00:0{number}Z");
        assert_eq!(again.json()["received_at"], at);
    }
    let other = portal.submit_bytes("k", body(ROWS[1])).await;
    assert_eq!(other.findings(), [" key-reused"]);
}

#[tokio::test]
async fn what_comes_next_goes_on_from_there() {
    let portal = inherited();
    let mut next = portal.good_submission().await;
    next["id"] = "b".into();
    assert_eq!(portal.submit(&next).await.json()["receipt"], receipt(6));
    // The same revision under the key that it should have had.
    next["id"] = "a".into();
    let equal = portal.submit(&edition(&next, 3)).await;
    assert_eq!((equal.status.as_u16(), &equal.json()["receipt"]), (200, &receipt(1).into()));
    let higher = portal.submit(&edition(&next, 4)).await;
    assert_eq!((higher.status.as_u16(), &higher.json()["receipt"]), (201, &receipt(1).into()));
    let refused = portal.delete(&format!("/files/{UPLOAD}")).await;
    assert_eq!(refused.status, 403, "the file of an edition that is not on show");
}

#[tokio::test]
async fn once_is_enough_and_a_newer_database_is_left_alone() {
    let portal = inherited();
    let before = portal.nominations().await;
    assert_eq!(portal.twin().nominations().await, before);
    let database = Connection::open(portal.database()).unwrap();
    let version: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    database.pragma_update(None, "user_version", version + 1).unwrap();
    let settings: Settings = portal.settings().clone();
    let refused = Host::open(settings).unwrap_err();
    assert!(refused.contains("of a newer host"), "{refused}");
    assert_eq!(portal.nominations().await, before);
}
