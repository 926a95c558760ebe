//! Uploads: tus 1.0 as a client sees it, and what the host keeps when things break.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Portal, request, upload, wire};

#[tokio::test]
async fn a_file_goes_up_in_pieces_and_comes_back_whole() {
    let portal = Portal::open();
    let metadata = ("upload-metadata", "filename 5byg5LiJLmpwZw==,filetype aW1hZ2UvanBlZw==");
    let made = portal.tus("POST", "/files", &[("upload-length", "10"), metadata], b"").await;
    assert_eq!(made.status, 201);
    assert_eq!(made.header("tus-resumable"), "1.0.0");
    let url = made.header("location").to_owned();
    assert!(url.starts_with("/files/") && url.len() == "/files/".len() + 32, "{url}");

    assert_eq!(portal.offset(&url).await, "0");
    let first = portal.patch(&url, 0, b"01234").await;
    assert_eq!((first.status.as_u16(), first.header("upload-offset")), (204, "5"));
    assert_eq!(portal.get(&url).await.status, 409, "a file that is not whole is not given out");
    assert_eq!(portal.patch(&url, 5, b"56789").await.header("upload-offset"), "10");

    // The answer to the last piece is the one that gets lost: asking again must work.
    let asked = portal.tus("HEAD", &url, &[], b"").await;
    assert_eq!((asked.header("upload-offset"), asked.header("upload-length")), ("10", "10"));
    assert_eq!(asked.header("upload-metadata"), metadata.1);
    assert_eq!(asked.header("cache-control"), "no-store");

    let file = portal.get(&url).await;
    assert_eq!(file.body, b"0123456789");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let disposition = file.header("content-disposition");
    assert_eq!(disposition, "attachment; filename*=UTF-8''%E5%BC%A0%E4%B8%89.jpg");
}

#[tokio::test]
async fn a_browser_page_given_as_a_file_stays_bytes() {
    let portal = Portal::open();
    let url = portal.uploaded(b"<script>alert(1)</script>").await;
    let file = portal.get(&url).await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn a_gateway_that_knows_only_get_and_post_can_be_passed() {
    let portal = Portal::open();
    let url = portal.create(3).await;
    let headers = [
        ("x-http-method-override", "PATCH"),
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", "0"),
    ];
    assert_eq!(portal.tus("POST", &url, &headers, b"abc").await.status, 204);
    let asked = portal.tus("POST", &url, &[("x-http-method-override", "HEAD")], b"").await;
    assert_eq!(asked.header("upload-offset"), "3");
    let gone = portal.tus("POST", &url, &[("x-http-method-override", "DELETE")], b"").await;
    assert_eq!(gone.status, 204);
}

#[tokio::test]
async fn a_terminated_upload_is_gone() {
    let portal = Portal::open();
    let url = portal.uploaded(b"abc").await;
    assert_eq!(portal.tus("DELETE", &url, &[], b"").await.status, 204);
    assert_eq!(portal.tus("HEAD", &url, &[], b"").await.status, 404);
    assert_eq!(portal.patch(&url, 3, b"").await.status, 404);
    assert_eq!(portal.get(&url).await.status, 404);
}

#[tokio::test]
async fn a_file_of_a_stored_nomination_cannot_be_terminated() {
    let portal = Portal::open();
    let submission = portal.good_submission().await;
    assert_eq!(portal.submit(&submission).await.status, 201);
    let url = upload(&submission, 0);
    let refused = portal.delete(url).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (403, &json!("upload-kept")));
    assert_eq!(portal.get(url).await.status, 200);
}

#[tokio::test]
async fn a_restart_keeps_what_has_arrived() {
    let portal = Portal::open();
    let url = portal.create(6).await;
    portal.patch(&url, 0, b"abc").await;
    let portal = portal.reopened("2022-08-19T08:00:00+08:00");
    assert_eq!(portal.offset(&url).await, "3");
    portal.patch(&url, 3, b"def").await;
    assert_eq!(portal.get(&url).await.body, b"abcdef");
}

#[tokio::test]
async fn a_wrong_offset_changes_nothing() {
    let portal = Portal::open();
    let url = portal.create(6).await;
    portal.patch(&url, 0, b"abc").await;
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 409);
    assert_eq!(portal.patch(&url, 4, b"x").await.status, 409);
    assert_eq!(portal.offset(&url).await, "3");
}

#[tokio::test]
async fn more_than_announced_or_allowed_is_refused() {
    let portal = Portal::open();
    let url = portal.create(2).await;
    assert_eq!(portal.patch(&url, 0, b"abc").await.status, 413);
    let large = portal.tus("POST", "/files", &[("upload-length", "30000001")], b"").await;
    assert_eq!(large.status, 413);
    let asked = portal.send(request(Method::OPTIONS, "/files", &[], Body::empty())).await;
    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("tus-max-size"), "30000000");
    assert_eq!(asked.header("tus-extension"), "creation,termination");
    assert_eq!(asked.header("tus-version"), "1.0.0");
}

#[tokio::test]
async fn another_version_of_the_protocol_is_told_ours() {
    let portal = Portal::open();
    let asked = portal
        .tus("POST", "/files", &[("tus-resumable", "0.2.2"), ("upload-length", "1")], b"")
        .await;
    assert_eq!((asked.status.as_u16(), asked.header("tus-version")), (412, "1.0.0"));
}

#[tokio::test]
async fn a_request_that_says_too_little_is_refused() {
    let portal = Portal::open();
    assert_eq!(portal.tus("POST", "/files", &[], b"").await.status, 400);
    assert_eq!(portal.tus("POST", "/files", &[("upload-length", "-1")], b"").await.status, 400);
    let url = portal.create(1).await;
    assert_eq!(portal.tus("PATCH", &url, &[("upload-offset", "0")], b"x").await.status, 415);
    assert_eq!(portal.tus("PUT", &url, &[], b"x").await.status, 405);
}

#[tokio::test]
async fn an_id_that_was_never_given_finds_nothing() {
    let portal = Portal::open();
    for id in ["..%2f..%2fnominations.sqlite", "0", "%00", "ffffffffffffffffffffffffffffffff"] {
        assert_eq!(portal.tus("HEAD", &format!("/files/{id}"), &[], b"").await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_loses_nothing_that_arrived() {
    let portal = Portal::open();
    let address = portal.listen().await;
    let url = portal.create(200_000).await;
    let head = format!(
        "PATCH {url} HTTP/1.1\r\nhost: test\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: 200000\r\n\r\n"
    );
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&vec![7; 120_000]).await.unwrap();
    connection.shutdown().await.unwrap();
    let _ = connection.read_to_end(&mut Vec::new()).await;

    // The piece is still being put away, perhaps: until then the upload is held (423), then it goes on.
    let rest = vec![7; 80_000];
    let mut answer = portal.patch(&url, 120_000, &rest).await;
    while answer.status == 423 || answer.status == 409 {
        tokio::task::yield_now().await;
        answer = portal.patch(&url, 120_000, &rest).await;
    }
    assert_eq!((answer.status.as_u16(), answer.header("upload-offset")), (204, "200000"));
    assert_eq!(portal.get(&url).await.body, vec![7; 200_000]);
}

#[tokio::test]
async fn two_at_once_never_write_into_each_other() {
    let portal = Portal::open();
    let address = portal.listen().await;
    let url = portal.create(4).await;
    let head = format!(
        "PATCH {url} HTTP/1.1\r\nhost: test\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: 4\r\n\r\n"
    );
    let mut first = TcpStream::connect(address).await.unwrap();
    first.write_all(format!("{head}ab").as_bytes()).await.unwrap();
    while portal.offset(&url).await != "2" {
        tokio::task::yield_now().await;
    }
    assert_eq!(portal.patch(&url, 2, b"XY").await.status, 423);
    first.write_all(b"cd").await.unwrap();
    while portal.offset(&url).await != "4" {
        tokio::task::yield_now().await;
    }
    let head = wire(&format!("GET {url} HTTP/1.1"), b"");
    assert!(crate::support::raw(address, &head).await.ends_with("abcd"));
}
