//! A file is what was announced, or it is not taken.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use nomination_form::files::sha256_hex;

use crate::support::{Answer, Portal, pdf, request, upload};

/// Waits until asking after `url` is answered with `status`.
async fn until(portal: &Portal, url: &str, status: u16) -> Answer {
    let asking = async {
        loop {
            let asked = portal.tus("HEAD", url, &[], b"").await;
            if asked.status == status {
                return asked;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_mins(1), asking).await.unwrap()
}

#[tokio::test]
async fn a_file_that_is_what_was_announced_is_taken_and_told_so_again() {
    let portal = Portal::open();
    // Digits above 9 in capitals are the same digest.
    let url = portal.announce(6, &sha256_hex(b"abcdef").to_uppercase()).await;
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 204);
    assert_eq!(portal.patch(&url, 3, b"def").await.status, 204);
    assert_eq!(portal.offset(&url).await, "6");
    assert_eq!(portal.patch(&url, 6, b"").await.status, 204, "nothing more, once more");
    assert_eq!(portal.get(&url).await.body, b"abcdef");
}

#[tokio::test]
async fn another_file_is_refused_with_its_last_byte_and_gone() {
    let portal = Portal::open();
    let url = portal.announce(6, &sha256_hex(b"abcdef")).await;
    assert_eq!(portal.patch(&url, 0, b"abX").await.status, 204, "nobody can know yet");
    let refused = portal.patch(&url, 3, b"def").await;
    assert_eq!((refused.status.as_u16(), refused.findings().len()), (460, 0));
    let problem = refused.json();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(460), &json!("digest")));
    assert_eq!(problem["title"], "Checksum Mismatch");
    assert_eq!(portal.tus("HEAD", &url, &[], b"").await.status, 404);
    assert_eq!(portal.patch(&url, 6, b"").await.status, 404);
    assert_eq!(std::fs::read_dir(portal.files()).unwrap().count(), 0, "nothing is left of it");
}

#[tokio::test]
async fn a_digest_that_none_can_be_fits_no_file() {
    let portal = Portal::open();
    let url = portal.announce(3, "abc").await;
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 460);
    let headers = [("upload-length", "3"), ("upload-metadata", "sha256 ???")];
    let url = portal.tus("POST", "/files", &headers, b"").await.header("location").to_owned();
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 460);
}

#[tokio::test]
async fn a_file_of_no_bytes_is_looked_at_when_it_is_announced() {
    let portal = Portal::open();
    let url = portal.announce(0, &sha256_hex(b"")).await;
    assert_eq!(portal.offset(&url).await, "0");
    // "YWJj" is "abc".
    let headers = [("upload-length", "0"), ("upload-metadata", "sha256 YWJj")];
    assert_eq!(portal.tus("POST", "/files", &headers, b"").await.status, 460);
}

#[tokio::test]
async fn a_host_killed_before_it_looked_looks_when_it_is_asked_to_go_on() {
    let portal = Portal::open();
    let url = portal.announce(3, &sha256_hex(b"abc")).await;
    std::fs::write(portal.bytes_file(&url), b"abX").unwrap();
    let portal = portal.reopened("2022-08-18T10:00:00+08:00");
    assert_eq!(portal.patch(&url, 3, b"").await.status, 460);
    assert_eq!(portal.tus("HEAD", &url, &[], b"").await.status, 404);
}

#[tokio::test]
async fn a_file_that_a_nomination_names_stays_whatever_was_announced() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    let url = portal.announce(pdf().len(), &sha256_hex(b"another")).await;
    std::fs::write(portal.bytes_file(&url), pdf()).unwrap();
    submission["attachments"][1]["upload"] = url.as_str().into();
    assert_eq!(portal.submit(&submission).await.status, 201);
    assert_eq!(portal.patch(&url, pdf().len(), b"").await.status, 204);
    assert_eq!(portal.get(upload(&submission, 1)).await.body, pdf());
}

#[tokio::test]
async fn a_file_is_not_called_complete_while_it_is_looked_at() {
    let portal = Portal::open();
    let address = portal.listen().await;
    let url = portal.announce(3, &sha256_hex(b"abc")).await;
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 204);
    // Somebody who has said that more is to come, and lets us wait for it.
    let head = format!(
        "PATCH {url} HTTP/1.1\r\nhost: test\r\ntus-resumable: 1.0.0\r\nupload-offset: 3\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: 5\r\n\r\n"
    );
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(until(&portal, &url, 423).await.header("retry-after"), "1");
    drop(connection);
    assert_eq!(until(&portal, &url, 200).await.header("upload-offset"), "3");
    let asked = portal.send(request(Method::GET, &url, &[], Body::empty())).await;
    assert_eq!(asked.body, b"abc");
}
