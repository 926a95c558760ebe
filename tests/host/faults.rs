//! Failing on purpose: what a test orders is what happens, and nothing else is touched.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Portal, head, raw, request, wire};

fn failing() -> Portal {
    Portal::open_with(|settings| settings.faults = true)
}

async fn order(portal: &Portal, orders: &Value) {
    let headers = [("content-type", "application/json")];
    let body = Body::from(orders.to_string());
    let ordered = portal.send(request(Method::POST, "/demo/faults", &headers, body)).await;
    assert_eq!(ordered.status, 204);
}

#[tokio::test]
async fn orders_are_carried_out_one_by_one() {
    let portal = failing();
    let submission = portal.good_submission().await;
    order(&portal, &json!({"next": ["500", "html", "429", "401", "ok"]})).await;
    assert_eq!(portal.submit(&submission).await.status, 500);
    let html = portal.submit(&submission).await;
    assert_eq!(
        (html.status.as_u16(), html.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert_eq!(portal.submit(&submission).await.header("retry-after"), "1");
    assert_eq!(portal.submit(&submission).await.status, 401);
    assert_eq!(portal.get("/api/nominations").await.json(), json!([]), "reading uses up no order");
    assert_eq!(portal.submit(&submission).await.status, 201);
    assert_eq!(portal.submit(&submission).await.status, 200);
}

#[tokio::test]
async fn a_lost_answer_was_stored_and_an_early_cut_was_not() {
    let portal = failing();
    let address = portal.listen().await;
    let submission = portal.good_submission().await;
    let head = head(&submission);
    let submission = submission.to_string();
    order(&portal, &json!({"next": ["close", "late-close"]})).await;
    assert_eq!(raw(address, &wire(&head, submission.as_bytes())).await, "", "cut at once");
    assert_eq!(portal.get("/api/nominations").await.json(), json!([]));
    assert_eq!(
        raw(address, &wire(&head, submission.as_bytes())).await,
        "",
        "cut before the answer"
    );
    assert_eq!(portal.get("/api/nominations").await.json().as_array().unwrap().len(), 1);
    assert!(raw(address, &wire(&head, submission.as_bytes())).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_cut_upload_keeps_the_first_half() {
    let portal = failing();
    let address = portal.listen().await;
    let url = portal.create(10).await;
    order(&portal, &json!({"uploads": ["cut", "409", "404"]})).await;
    let head = format!(
        "PATCH {url} HTTP/1.1\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream"
    );
    assert_eq!(raw(address, &wire(&head, b"0123456789")).await, "");
    assert_eq!(portal.offset(&url).await, "5");
    assert_eq!(portal.patch(&url, 5, b"56789").await.status, 409);
    assert_eq!(portal.patch(&url, 5, b"56789").await.status, 404);
    assert_eq!(portal.patch(&url, 5, b"56789").await.status, 204);
}

#[tokio::test]
async fn whatever_goes_to_files_can_be_struck_in_order() {
    let portal = failing();
    let url = portal.create(10).await;
    order(&portal, &json!({"files": ["405", "401", "ok", "503", "ok"], "uploads": ["409"]})).await;
    let made = portal.tus("POST", "/files", &[("upload-length", "1")], b"").await;
    assert_eq!(made.status, 405);
    assert_eq!(portal.tus("HEAD", &url, &[], b"").await.status, 401);
    assert_eq!(portal.get(&url).await.json()["code"], "upload-incomplete", "reading uses up none");
    assert_eq!(portal.patch(&url, 0, b"01234").await.status, 204);
    assert_eq!(portal.delete(&url).await.status, 503);
    assert_eq!(portal.offset(&url).await, "5");
    assert_eq!(portal.patch(&url, 5, b"56789").await.status, 409, "then those for pieces");
    assert_eq!(portal.patch(&url, 5, b"56789").await.status, 204);
}

#[tokio::test]
async fn a_gateway_that_refuses_methods_is_passed_by_a_post() {
    let portal = failing();
    let url = portal.create(3).await;
    order(&portal, &json!({"files": ["405"]})).await;
    assert_eq!(portal.tus("HEAD", &url, &[], b"").await.status, 405);
    let asked = portal.tus("POST", &url, &[("x-http-method-override", "HEAD")], b"").await;
    assert_eq!((asked.status.as_u16(), asked.header("upload-offset")), (200, "0"));
}

#[tokio::test]
async fn a_question_can_be_cut_off_too() {
    let portal = failing();
    let address = portal.listen().await;
    let url = portal.create(3).await;
    order(&portal, &json!({"files": ["close", "late-close", "late-close"]})).await;
    let head = wire(&format!("HEAD {url} HTTP/1.1\r\ntus-resumable: 1.0.0"), b"");
    assert_eq!(raw(address, &head).await, "");
    assert_eq!(raw(address, &head).await, "");
    let delete = wire(&format!("DELETE {url} HTTP/1.1\r\ntus-resumable: 1.0.0"), b"");
    assert_eq!(raw(address, &delete).await, "", "removed, and nobody hears of it");
    assert!(raw(address, &head).await.starts_with("HTTP/1.1 404"));
}
