//! What is cleared away: uploads that nobody names and nobody touches, and nothing else.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio::time::timeout;

use crate::app::settings::hours;
use crate::app::tidy::{clear, regularly};
use crate::races::{measured, stored};
use crate::support::{Portal, edition, upload};

const DAY: Duration = Duration::from_hours(24);

/// Makes every file of the uploads look as if it had last changed so many days ago.
fn age(portal: &Portal, days: u32) {
    for file in fs::read_dir(portal.files()).unwrap() {
        age_file(&file.unwrap().path(), days);
    }
}

fn age_file(file: &Path, days: u32) {
    // To read, for a folder cannot be opened to write.
    let file = File::open(file).unwrap();
    file.set_modified(SystemTime::now() - DAY * days).unwrap();
}

async fn is_here(portal: &Portal, url: &str) -> bool {
    portal.tus("HEAD", url, &[], b"").await.status == 200
}

#[tokio::test]
async fn an_upload_goes_a_week_after_the_last_byte_came() {
    let portal = Portal::open();
    let (whole, half) = (portal.uploaded(b"abc").await, portal.create(3).await);
    age(&portal, 6);
    clear(&portal.host).await.unwrap();
    assert!(is_here(&portal, &whole).await && is_here(&portal, &half).await);
    age(&portal, 8);
    portal.patch(&half, 0, b"a").await;
    clear(&portal.host).await.unwrap();
    assert!(!is_here(&portal, &whole).await);
    assert!(is_here(&portal, &half).await, "touched just now");
    assert_eq!(fs::read_dir(portal.files()).unwrap().count(), 2);
}

#[tokio::test]
async fn the_demo_s_clock_makes_nothing_old() {
    let portal = Portal::open();
    let url = portal.uploaded(b"abc").await;
    let portal = portal.reopened("2032-01-01T00:00:00+08:00");
    clear(&portal.host).await.unwrap();
    assert!(is_here(&portal, &url).await);
}

#[tokio::test]
async fn the_files_of_every_edition_stay() {
    let portal = Portal::open();
    let mut kept = Vec::new();
    // The last comes late and is never on show.
    for revision in [1, 3, 2] {
        let sent: Value = edition(&portal.good_submission().await, revision);
        assert!(portal.submit(&sent).await.status.is_success());
        kept.push(upload(&sent, 0).to_owned());
    }
    age(&portal, 1000);
    clear(&portal.host).await.unwrap();
    for url in kept {
        assert!(is_here(&portal, &url).await);
    }
}

#[tokio::test]
async fn a_file_being_measured_stays() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let held = measured(&portal, &submission).await;
    age(&portal, 8);
    clear(&portal.host).await.unwrap();
    assert_eq!(stored(&portal, held).await.status, 201);
}

#[tokio::test]
async fn what_a_killed_host_has_left_half_made_goes_too_and_nothing_else() {
    let portal = Portal::open();
    let half_made = "0123456789abcdef0123456789abcdef";
    for name in [&format!("{half_made}.bin"), &format!("{half_made}.new"), "read me.txt"] {
        fs::write(portal.files().join(name), b"").unwrap();
    }
    age(&portal, 8);
    clear(&portal.host).await.unwrap();
    let left: Vec<_> =
        fs::read_dir(portal.files()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["read me.txt"]);
}

#[tokio::test]
async fn one_that_cannot_go_does_not_keep_the_others() {
    let portal = Portal::open();
    let mut others = Vec::new();
    for _ in 0..8 {
        others.push(portal.uploaded(b"abc").await);
    }
    // A folder where the bytes should be: what removes files does not remove it.
    let stuck = portal.files().join("0123456789abcdef0123456789abcdef.bin");
    fs::create_dir(&stuck).unwrap();
    age(&portal, 8);
    assert!(clear(&portal.host).await.is_err());
    for url in others {
        assert!(!is_here(&portal, &url).await);
    }
    assert!(stuck.exists());
}

#[tokio::test]
async fn it_is_done_at_the_start_and_again_and_again() {
    let portal = Portal::open();
    let clearing = tokio::spawn(regularly(Arc::clone(&portal.host), Duration::from_millis(1)));
    for _ in 0..2 {
        let url = portal.create(3).await;
        age(&portal, 8);
        let gone = async {
            while is_here(&portal, &url).await {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_mins(1), gone).await.unwrap();
    }
    clearing.abort();
}

#[test]
fn how_long_to_keep_is_said_in_whole_hours() {
    assert_eq!(hours("168"), Ok(DAY * 7));
    assert_eq!(hours("1"), Ok(Duration::from_hours(1)));
    for text in ["", "0", "-1", "1.5", "a week", "99999999999"] {
        let refused = hours(text).unwrap_err();
        assert!(refused.contains("UPLOADS_KEEP_HOURS") && refused.contains(text), "{refused}");
    }
}
