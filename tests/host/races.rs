//! What happens to a file between its measuring and the storing of its nomination.

use axum::body::Bytes;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use nomination_form::files::sha256_hex;

use crate::app::nominations::{accepted, keep};
use crate::app::store::NewEdition;
use crate::support::{Answer, Portal, key, upload};

/// Takes a submission as far as it is measured and judged, and nothing is stored yet: the host's
/// own function, called by the test in the place of its route.
pub(crate) async fn measured(portal: &Portal, submission: &Value) -> NewEdition {
    let body = Bytes::from(submission.to_string());
    accepted(&portal.host, key(submission), &sha256_hex(&body), &body).await.unwrap()
}

/// Goes on from there.
pub(crate) async fn stored(portal: &Portal, edition: NewEdition) -> Answer {
    Answer::of(keep(&portal.host, edition).await.into_response()).await
}

#[tokio::test]
async fn a_file_cannot_be_removed_from_its_measuring_on() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let url = upload(&submission, 0);
    let edition = measured(&portal, &submission).await;
    let refused = portal.delete(url).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (423, &json!("upload-busy")));
    assert_eq!(portal.tus("HEAD", url, &[], b"").await.status, 200, "asking is free");
    assert_eq!(stored(&portal, edition).await.status, 201);
    assert_eq!(portal.delete(url).await.status, 403);
    assert_eq!(portal.get(url).await.status, 200);
}

#[tokio::test]
async fn two_editions_may_be_measured_at_once_and_both_hold_the_file() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let first = measured(&portal, &submission).await;
    submission["revision"] = 2.into();
    let second = measured(&portal, &submission).await;
    drop(first);
    assert_eq!(portal.delete(upload(&submission, 0)).await.status, 423);
    drop(second);
    assert_eq!(portal.delete(upload(&submission, 0)).await.status, 204, "nobody wants it any more");
}

#[tokio::test]
async fn where_another_process_took_the_file_nothing_is_stored() {
    let portal = Portal::open();
    let twin = portal.twin();
    let mut submission = portal.good_submission().await;
    let edition = measured(&portal, &submission).await;
    assert_eq!(twin.delete(upload(&submission, 1)).await.status, 204);
    let refused = stored(&portal, edition).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.findings(), ["/attachments/1 upload-missing"]);
    assert!(portal.nominations().await.is_empty());
    // With the file here again, the same edition is taken, and gets the first number.
    submission["attachments"] = portal.good_submission().await["attachments"].take();
    let answer = portal.submit(&submission).await;
    assert_eq!(answer.json()["receipt"], "NM2022-20220818-000001");
    assert_eq!(twin.delete(upload(&submission, 1)).await.status, 403);
}

#[tokio::test]
async fn an_edition_overtaken_while_it_was_judged_is_not_shown() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let first = measured(&portal, &submission).await;
    submission["revision"] = 2.into();
    let newer = portal.submit(&submission).await;
    assert_eq!(newer.status, 201);
    let late = stored(&portal, first).await;
    assert_eq!((late.status.as_u16(), &late.json()["receipt"]), (200, &newer.json()["receipt"]));
    let shown = portal.nominations().await;
    assert_eq!((shown.len(), &shown[0]["revision"]), (1, &json!(2)));
}
