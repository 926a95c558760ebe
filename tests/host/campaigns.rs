//! Campaign files and the built component, as a browser fetches them.

use std::io::Read;

use axum::body::Body;
use axum::http::Method;

use crate::support::{Answer, Portal, request};

async fn get(portal: &Portal, url: &str, headers: &[(&str, &str)]) -> Answer {
    portal.send(request(Method::GET, url, headers, Body::empty())).await
}

#[tokio::test]
async fn a_campaign_file_goes_out_packed_and_only_once() {
    let portal = Portal::open();
    let url = "/campaigns/nm2022.json";
    let plain = get(&portal, url, &[]).await;
    assert_eq!(plain.body, std::fs::read("public/campaigns/nm2022.json").unwrap());
    assert_eq!(plain.header("content-type"), "application/json");
    assert_eq!(plain.header("cache-control"), "no-cache");

    let packed = get(&portal, url, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    let mut unpacked = Vec::new();
    brotli::Decompressor::new(&packed.body[..], 4096).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let packed = get(&portal, url, &[("accept-encoding", "gzip;q=0.8")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");

    let again = get(&portal, url, &[("if-none-match", plain.header("etag"))]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
}

#[tokio::test]
async fn only_campaign_files_can_be_had() {
    let portal = Portal::open();
    for url in [
        "/campaigns/../Cargo.toml",
        "/campaigns/..%2f..%2fCargo.toml",
        "/campaigns/%2e%2e%2fworking-days.json",
        "/campaigns/nothing.json",
        "/campaigns/nm2022",
        "/nf/../data/nominations.sqlite",
        "/nf/..%2fdata%2fnominations.sqlite",
        "/nf/",
        "/data/nominations.sqlite",
        "/demo/faults",
    ] {
        assert_eq!(portal.get(url).await.status, 404, "{url}");
    }
}

#[tokio::test]
async fn the_component_is_asked_for_each_time_and_its_parts_are_kept() {
    let portal = Portal::open();
    let script = get(&portal, "/nf/nomination-form.js", &[("accept-encoding", "br")]).await;
    assert_eq!((script.body.as_slice(), script.header("content-encoding")), (&b"br"[..], "br"));
    assert_eq!(script.header("cache-control"), "no-cache");
    assert!(script.header("content-type").starts_with("text/javascript"));
    let plain = portal.get("/nf/nomination-form.js").await;
    assert_eq!(plain.body, b"plain");
    let wasm = portal.get("/nf/nomination-form.wasm?v=abc").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert_eq!(wasm.header("cache-control"), "public, max-age=31536000, immutable");
}
