//! Submissions: judged again, stored once, answered the same however often they come.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{
    Portal, attachment, head, key, pdf, photo_before, raw, request, submitting, wire,
};

#[tokio::test]
async fn a_good_nomination_gets_a_receipt_and_is_kept_as_sent() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let answer = portal.submit(&submission).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["receipt"], "NM2022-20220818-000001");
    assert!(answer.json()["received_at"].as_str().unwrap().starts_with("2022-08-18T02:00:"));

    let kept = portal.get("/api/nominations/NM2022-20220818-000001").await.json();
    assert_eq!(kept["answers"], submission["answers"]);
    assert_eq!(kept["attachments"], submission["attachments"]);
    assert_eq!(kept["receipt"], "NM2022-20220818-000001");
    assert_eq!(kept["verdict"]["ok"], true);
    let by_submission = format!("/api/nominations/{}", submission["id"].as_str().unwrap());
    assert_eq!(portal.get(&by_submission).await.json(), kept);
    assert_eq!(portal.get("/api/nominations").await.json(), json!([kept]));
}

#[tokio::test]
async fn a_repeat_gets_the_first_receipt_even_after_the_closing_day_and_a_restart() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let first = portal.submit(&submission).await;
    let portal = portal.reopened("2022-09-30T08:00:00+08:00");
    let again = portal.submit(&submission).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, first.json()));
    assert_eq!(portal.get("/api/nominations").await.json().as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_make_one_row() {
    let portal = Portal::open();
    let address = portal.listen().await;
    let submission = portal.good_submission().await;
    let bytes = wire(&head(&submission), submission.to_string().as_bytes());
    let tries: Vec<_> = (0..50)
        .map(|_| {
            let bytes = bytes.clone();
            tokio::spawn(async move { raw(address, &bytes).await })
        })
        .collect();
    let mut receipts = BTreeSet::new();
    let mut made = 0;
    for answer in tries {
        let answer = answer.await.unwrap();
        let status = &answer["HTTP/1.1 ".len()..][..3];
        assert!(matches!(status, "200" | "201" | "409"), "{answer}");
        made += usize::from(status == "201");
        if status != "409" {
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            receipts.insert(serde_json::from_str::<Value>(body).unwrap()["receipt"].to_string());
        }
    }
    assert_eq!((made, receipts.len()), (1, 1));
    assert_eq!(portal.get("/api/nominations").await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn two_hosts_over_one_database_store_a_key_once() {
    let one = Portal::open();
    let submission = one.good_submission().await;
    let two = one.twin();
    let (first, second) = tokio::join!(one.submit(&submission), two.submit(&submission));
    let statuses = BTreeSet::from([first.status.as_u16(), second.status.as_u16()]);
    assert_eq!(statuses, BTreeSet::from([200, 201]));
    assert_eq!(first.json(), second.json());
}

#[tokio::test]
async fn numbers_run_on_within_a_day() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let first = portal.submit(&submission).await.json();
    submission["id"] = "another".into();
    let second = portal.submit(&submission).await.json();
    assert_eq!(first["receipt"], "NM2022-20220818-000001");
    assert_eq!(second["receipt"], "NM2022-20220818-000002");
}

#[tokio::test]
async fn a_key_stands_for_one_body() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    portal.submit(&submission).await;
    submission["answers"]["name"] = "另一个人".into();
    let refused = portal.submit(&submission).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (422, &json!("key-reused")));
    assert_eq!(refused.findings(), [" key-reused"]);
}

#[tokio::test]
async fn everything_wrong_is_said_at_once_and_nothing_is_kept() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    submission["answers"].as_object_mut().unwrap().remove("name");
    submission["answers"].as_object_mut().unwrap().remove("deeds");
    let refused = portal.submit(&submission).await;
    assert_eq!(refused.status, 422);
    let body = refused.json();
    assert_eq!((&body["status"], &body["code"]), (&json!(422), &json!("rejected")));
    for member in ["type", "title", "detail"] {
        assert!(body[member].is_string(), "{member}");
    }
    assert_eq!(body["errors"][0]["pointer"], "/answers/name");
    assert_eq!(body["errors"][0]["rule"], "required:name");
    assert!(body["errors"][0]["detail"].is_string());
    assert_eq!(refused.findings().len(), 2, "{:?}", refused.findings());
    assert_eq!(portal.get("/api/nominations").await.json(), json!([]));
    // Put right, the same key will do: nothing was stored under it.
    let submission = portal.good_submission().await;
    assert_eq!(portal.submit(&submission).await.status, 201);
}

#[tokio::test]
async fn a_file_must_be_here_and_be_what_was_said() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let half = portal.create(pdf().len()).await;
    submission["attachments"][1]["upload"] = half.into();
    submission["attachments"][2]["sha256"] = "00".repeat(32).into();
    let refused = portal.submit(&submission).await;
    assert_eq!(refused.status, 422);
    let found = refused.findings();
    assert_eq!(found[..2], ["/attachments/1 upload-missing", "/attachments/2 upload-mismatch"]);

    let mut submission = portal.good_submission().await;
    submission["revision"] = 2.into();
    submission["attachments"][0]["bytes"] = 1_500_000.into();
    submission["attachments"][1]["upload"] = "https://elsewhere.example/x".into();
    let found = portal.submit(&submission).await.findings();
    assert_eq!(found[..2], ["/attachments/0 upload-mismatch", "/attachments/1 upload-missing"]);
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let program = b"MZ\x90\0 not a letter";
    let mut claim = attachment("discipline_letter", program, &portal.uploaded(program).await);
    claim["format"] = "pdf".into();
    submission["attachments"][1] = claim;
    let found = portal.submit(&submission).await.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("/attachments/1 "), "{found:?}");
}

#[tokio::test]
async fn a_photo_is_looked_at_again_whatever_the_page_says_of_it() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let url = portal.uploaded(&photo_before([200, 22, 29])).await;
    submission["attachments"][0] = attachment("photo", &photo_before([200, 22, 29]), &url);
    let answer = portal.submit(&submission).await;
    assert_eq!(answer.status, 201);
    let url = format!("/api/nominations/{}", answer.json()["receipt"].as_str().unwrap());
    let found = portal.get(&url).await.json()["verdict"]["problems"].clone();
    let of_photo: Vec<_> =
        found.as_array().unwrap().iter().filter(|it| it["path"] == "/attachments/0").collect();
    let rules: Vec<_> = of_photo.iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["photo.background"], "{found}");
}

#[tokio::test]
async fn a_grey_photo_is_refused_whatever_the_page_says_of_it() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let url = portal.uploaded(&photo_before([90, 90, 90])).await;
    submission["attachments"][0] = attachment("photo", &photo_before([90, 90, 90]), &url);
    let refused = portal.submit(&submission).await;
    assert_eq!(refused.findings(), ["/attachments/0 no-colour"]);
}

#[tokio::test]
async fn a_campaign_or_track_we_do_not_run_is_refused() {
    let portal = Portal::open();
    let good = portal.good_submission().await;
    let mut submission = good.clone();
    submission["campaign"]["id"] = "zz1999".into();
    assert_eq!(portal.submit(&submission).await.findings(), ["/campaign/id other-campaign"]);
    let mut submission = good;
    submission["track"] = "nm2022.nobody".into();
    assert_eq!(portal.submit(&submission).await.findings(), ["/track unknown-track"]);
}

#[tokio::test]
async fn what_is_no_submission_at_all_is_told_so() {
    let portal = Portal::open();
    let post = |kind, key, body: &str| {
        let headers = [("content-type", kind), ("idempotency-key", key)];
        request(Method::POST, "/api/nominations", &headers, Body::from(body.to_owned()))
    };
    let json = "application/json";
    assert_eq!(portal.send(post(json, "k", "{")).await.status, 400);
    assert_eq!(portal.send(post(json, "k", "\u{feff}")).await.status, 400);
    assert_eq!(portal.send(post(json, "k", r#"{"id": 3}"#)).await.status, 400);
    assert_eq!(portal.send(post("text/plain", "k", "{}")).await.status, 415);
    assert_eq!(portal.send(post(json, "", "{}")).await.status, 400);
    let deep = "[".repeat(100_000);
    assert_eq!(portal.send(post(json, "k", &deep)).await.status, 400);
    let large = format!("{{\"id\": \"{}\"}}", "x".repeat(5_000_000));
    let refused = portal.send(post(json, "k", &large)).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (413, &json!("too-large")));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_called_too_large_whatever_the_error_says() {
    let portal = Portal::open();
    let broken = Err::<&str, _>(std::io::Error::other("some limit"));
    let body = Body::from_stream(futures_util::stream::iter([Ok("{"), broken]));
    let headers = [("content-type", "application/json"), ("idempotency-key", "k")];
    let sent = request(Method::POST, "/api/nominations", &headers, body);
    let refused = portal.send(sent).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (400, &json!("cut")));
}

#[tokio::test]
async fn a_refusal_never_repeats_an_answer() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    submission["answers"]["name"] = json!(["秘密"]);
    submission["answers"]["phone"] = "秘密".into();
    submission["track"] = "秘密".into();
    assert!(!portal.submit(&submission).await.text().contains("秘密"));
    submission["track"] = "nm2022.worker".into();
    assert!(!portal.send(submitting(&key(&submission), &submission)).await.text().contains("秘密"));
}
