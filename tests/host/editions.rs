//! A nomination sent again after a correction: one row, one receipt, the latest edition on show.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::support::{Answer, Portal, edition, key, upload};

#[tokio::test]
async fn a_higher_revision_takes_the_place_of_the_first_under_its_receipt() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let (one, two) = (edition(&submission, 1), edition(&submission, 2));
    let first = portal.submit(&one).await;
    assert_eq!(first.status, 201);
    let portal = portal.reopened("2022-08-19T09:00:00+08:00");
    let second = portal.submit(&two).await;
    assert_eq!(second.status, 201, "{}", second.text());
    assert_eq!(second.json()["receipt"], first.json()["receipt"]);
    assert!(second.json()["received_at"].as_str().unwrap().starts_with("2022-08-19T01:00:"));

    let shown = portal.nominations().await;
    assert_eq!((shown.len(), &shown[0]["answers"]["name"]), (1, &json!("第2个名字")));
    let id = submission["id"].as_str().unwrap();
    assert_eq!(portal.get(&format!("/api/nominations/{id}")).await.json(), shown[0]);
    // A repeat of either gets what it got, and changes nothing.
    let portal = portal.reopened("2022-09-30T08:00:00+08:00");
    for (sent, got) in [(&one, &first), (&two, &second), (&one, &first)] {
        let again = portal.submit(sent).await;
        assert_eq!((again.status.as_u16(), again.json()), (200, got.json()));
    }
    assert_eq!(portal.nominations().await, shown);
}

#[tokio::test]
async fn the_officer_reads_the_latest_and_finds_the_earlier_ones() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let receipt = "NM2022-20220818-000001";
    portal.submit(&edition(&submission, 1)).await;
    let page = portal.get(&format!("/officer/{receipt}")).await.text();
    assert!(!page.contains("次提交"), "sent once, so there is nothing to say of it");

    let portal = portal.reopened("2022-08-19T09:00:00+08:00");
    portal.submit(&edition(&submission, 3)).await;
    portal.submit(&edition(&submission, 2)).await;
    let page = portal.get(&format!("/officer/{receipt}")).await.text();
    for words in [
        "<dd>2022-08-19 09:00</dd>",
        "<dd>第3次提交<ul",
        "第2次提交：2022-08-19 09:00收到，后到，未采用",
        "第1次提交：2022-08-18 10:00收到 ",
        "第3个名字",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(portal.get("/officer").await.text().contains("第3次提交"));

    let links: Vec<_> = page.split("href=\"").filter_map(|rest| rest.split_once('"')).collect();
    let links: Vec<_> =
        links.iter().map(|(url, _)| *url).filter(|u| u.contains("edition=")).collect();
    assert_eq!(links.len(), 2);
    let late = portal.get(links[0]).await.text();
    assert!(late.contains("第2个名字") && late.contains("后到的提交不作核对"), "{late}");
    let first = portal.get(links[1]).await.text();
    assert!(first.contains("第1个名字") && first.contains("第1次提交，不是最新"), "{first}");
    assert_eq!(portal.get(&format!("/officer/{receipt}?edition=99")).await.status, 404);
}

#[tokio::test]
async fn numbers_that_never_came_are_explained() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    assert_eq!(portal.submit(&edition(&submission, 2)).await.status, 201);
    let page = portal.get("/officer/NM2022-20220818-000001").await.text();
    assert!(page.contains("第2次提交<ul") && page.contains("没有收到或者没有通过核对"), "{page}");
}

#[tokio::test]
async fn an_older_edition_that_comes_late_gets_the_receipt_and_changes_nothing() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let newer = portal.submit(&edition(&submission, 2)).await;
    assert_eq!(newer.status, 201);
    // What would not be taken by itself: it is not going to be shown, so it is not judged.
    let mut older = edition(&submission, 1);
    older["answers"].as_object_mut().unwrap().remove("deeds");
    older["attachments"][1]["upload"] = portal.uploaded(b"taken back").await.into();
    let late = portal.submit(&older).await;
    assert_eq!((late.status.as_u16(), &late.json()["receipt"]), (200, &newer.json()["receipt"]));
    let shown = portal.nominations().await;
    assert_eq!((shown.len(), &shown[0]["revision"]), (1, &json!(2)));

    let again = portal.submit(&older).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, late.json()));
    assert_eq!(portal.delete(upload(&older, 1)).await.status, 403, "its files are kept as well");
    older["answers"]["name"] = "另一个人".into();
    assert_eq!(portal.submit(&older).await.findings(), [" key-reused"]);
}

#[tokio::test]
async fn an_edition_that_is_refused_leaves_the_one_before_on_show() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    portal.submit(&edition(&submission, 1)).await;
    let shown = portal.nominations().await;
    let mut wrong = edition(&submission, 2);
    wrong["answers"].as_object_mut().unwrap().remove("name");
    assert_eq!(portal.submit(&wrong).await.findings(), ["/answers/name missing"]);
    assert_eq!(portal.nominations().await, shown);
}

#[tokio::test]
async fn a_key_that_is_not_of_the_body_is_refused() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    let id = submission["id"].as_str().unwrap();
    for key in ["k", id, &format!("{id}.2"), &format!("{id}.01"), "other.1"] {
        let refused = portal.submit_as(key, &submission).await;
        assert_eq!(refused.findings(), [" key-mismatch"], "{key}");
        assert!(!refused.text().contains(id));
    }
    assert!(portal.nominations().await.is_empty());
}

#[tokio::test]
async fn without_an_id_the_key_tells_nominations_apart() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    submission["id"] = "".into();
    let first = portal.submit_as("a", &submission).await;
    let second = portal.submit_as("b", &submission).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_ne!(first.json()["receipt"], second.json()["receipt"]);
    let again = portal.submit_as("a", &submission).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, first.json()));
    submission["revision"] = 2.into();
    assert_eq!(portal.submit_as("a", &submission).await.findings(), [" key-reused"]);
    assert_eq!(portal.nominations().await.len(), 2);
}

#[tokio::test]
async fn an_id_counts_within_its_campaign() {
    // Nobody may take a nomination out of its campaign by sending its id to another one, nor get
    // the receipt of one for a form of the other.
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    portal.submit(&edition(&submission, 2)).await;
    let shown = portal.nominations().await;
    for revision in [1, 3] {
        let mut elsewhere = edition(&submission, revision);
        elsewhere["campaign"]["id"] = "sh2023".into();
        elsewhere["track"] = "sh2023.collective".into();
        assert_eq!(portal.submit(&elsewhere).await.json()["code"], "rejected");
    }
    assert_eq!(portal.nominations().await, shown);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hosts_over_one_database_make_one_row_of_two_editions() {
    let one = Portal::open();
    let submission = one.good_submission().await;
    let two = one.twin();
    let (first, second) = (edition(&submission, 1), edition(&submission, 2));
    let (first, second) = tokio::join!(one.submit(&first), two.submit(&second));
    assert!([200, 201].contains(&first.status.as_u16()), "{}", first.text());
    assert_eq!(second.status, 201, "{}", second.text());
    assert_eq!(first.json()["receipt"], second.json()["receipt"]);
    let shown = one.nominations().await;
    assert_eq!((shown.len(), &shown[0]["revision"]), (1, &json!(2)));
}

/// Fifty requests at once, editions 1 to 5 ten times each, in an order that the seed decides.
async fn fifty_mixed(seed: u64) {
    let portal = Arc::new(Portal::open());
    let submission = portal.good_submission().await;
    let mut revisions: Vec<u32> = (0..50).map(|n| n % 5 + 1).collect();
    shuffle(&mut revisions, seed);
    let answered = Arc::new(Notify::new());
    let tries: Vec<_> = revisions
        .iter()
        .map(|revision| {
            let (portal, answered) = (Arc::clone(&portal), Arc::clone(&answered));
            let sent = edition(&submission, *revision);
            tokio::spawn(async move { until_answered(&portal, &sent, &answered).await })
        })
        .collect();
    let mut receipts = BTreeSet::new();
    for answer in tries {
        let answer = answer.await.unwrap();
        assert!([200, 201].contains(&answer.status.as_u16()), "seed {seed}: {}", answer.text());
        receipts.insert(answer.json()["receipt"].to_string());
    }
    assert_eq!(receipts.len(), 1, "seed {seed}");
    let shown = portal.nominations().await;
    assert_eq!((shown.len(), &shown[0]["revision"]), (1, &json!(5)), "seed {seed}");
    assert_eq!(shown[0]["answers"]["name"], "第5个名字");
    for revision in 1..=5 {
        assert_eq!(portal.submit(&edition(&submission, revision)).await.status, 200);
    }
    let page = portal.get(&format!("/officer/{}", shown[0]["receipt"].as_str().unwrap())).await;
    assert_eq!(page.text().matches("?edition=").count(), 4, "each edition is there once");
}

/// Sends as the form does: as long as the key is in progress, again. Whoever has it says when done.
async fn until_answered(portal: &Portal, submission: &Value, answered: &Notify) -> Answer {
    loop {
        // Before sending: what is told from now on is not missed.
        let next = answered.notified();
        let answer = portal.submit(submission).await;
        if answer.status != 409 {
            answered.notify_waiters();
            return answer;
        }
        next.await;
    }
}

fn shuffle(list: &mut [u32], seed: u64) {
    let mut state = seed;
    for last in (1..list.len()).rev() {
        // Knuth's constants for a linear congruential generator; its high bits are the good ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(last, usize::try_from(state >> 33).unwrap() % (last + 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_of_five_editions_make_one_row_with_the_fifth() {
    for seed in [1, 20_220_818] {
        fifty_mixed(seed).await;
    }
}

#[test]
fn the_key_is_the_submission_s_own() {
    let read = include_bytes!("../fixtures/wire/nm2022.worker.json");
    let json: Value = serde_json::from_slice(read).unwrap();
    let submission = nomination_form::submission::Submission::read(read).unwrap();
    assert_eq!(submission.idempotency_key(), key(&json));
}
