//! A host in a folder of its own, and the ways to talk to it.

use std::io::Cursor;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::app::{Host, Settings, router};
use nomination_form::files::sha256_hex;

/// A host that goes away with its data.
pub(crate) struct Portal {
    settings: Settings,
    router: Router,
    /// Held so that the data goes away with the test, and no sooner.
    folder: TempDir,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Portal {
    pub(crate) fn open() -> Self {
        Self::open_with(|_| ())
    }

    pub(crate) fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = TempDir::new().unwrap();
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut settings = Settings {
            port: 0,
            data_dir: folder.path().join("data"),
            public_dir: project.join("public"),
            nf_dir: built_component(folder.path()),
            now: "2022-08-18T10:00:00+08:00".to_owned(),
            faults: false,
        };
        change(&mut settings);
        let router = router(Host::open(settings.clone()).unwrap());
        Self { settings, router, folder }
    }

    /// The host stopped and started again over the same data, at `now`.
    pub(crate) fn reopened(self, now: &str) -> Self {
        let Self { settings, router: old, folder } = self;
        drop(old);
        let settings = Settings { now: now.to_owned(), ..settings };
        let router = router(Host::open(settings.clone()).unwrap());
        Self { settings, router, folder }
    }

    /// A second process over the same data.
    pub(crate) fn twin(&self) -> Self {
        let router = router(Host::open(self.settings.clone()).unwrap());
        Self { settings: self.settings.clone(), router, folder: TempDir::new().unwrap() }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, url: &str) -> Answer {
        self.send(request(Method::GET, url, &[], Body::empty())).await
    }

    pub(crate) async fn tus(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = request(method, url, headers, Body::from(body.to_vec()));
        let (mut parts, body) = request.into_parts();
        parts.headers.entry("tus-resumable").or_insert("1.0.0".parse().unwrap());
        self.send(Request::from_parts(parts, body)).await
    }

    pub(crate) async fn patch(&self, url: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers =
            [("content-type", "application/offset+octet-stream"), ("upload-offset", &offset)];
        self.tus("PATCH", url, &headers, bytes).await
    }

    /// Makes an upload of `length` bytes, of which none is there yet.
    pub(crate) async fn create(&self, length: usize) -> String {
        let made = self.tus("POST", "/files", &[("upload-length", &length.to_string())], b"").await;
        assert_eq!(made.status, 201);
        made.header("location").to_owned()
    }

    pub(crate) async fn uploaded(&self, bytes: &[u8]) -> String {
        let url = self.create(bytes.len()).await;
        assert_eq!(self.patch(&url, 0, bytes).await.status, 204);
        url
    }

    pub(crate) async fn offset(&self, url: &str) -> String {
        let asked = self.tus("HEAD", url, &[], b"").await;
        assert_eq!(asked.status, 200);
        asked.header("upload-offset").to_owned()
    }

    pub(crate) async fn submit(&self, key: &str, submission: &Value) -> Answer {
        self.send(submitting(key, submission)).await
    }

    /// A submission the host takes, with its files uploaded.
    pub(crate) async fn good_submission(&self) -> Value {
        let mut submission: Value =
            serde_json::from_str(include_str!("../fixtures/wire/nm2022.worker.json")).unwrap();
        let files = [("photo", photo()), ("discipline_letter", pdf()), ("notice_material", pdf())];
        let mut attachments = Vec::new();
        for (slot, bytes) in files {
            attachments.push(attachment(slot, &bytes, &self.uploaded(&bytes).await));
        }
        submission["attachments"] = attachments.into();
        submission
    }

    /// Serves over real connections, for as long as the test runs.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        let value =
            self.headers.get(name).unwrap_or_else(|| panic!("no `{name}` in {:?}", self.headers));
        value.to_str().unwrap()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The findings of a refusal, as `pointer code`.
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<String> {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        let errors = json["errors"].as_array().unwrap();
        let words = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        errors.iter().map(|it| format!("{} {}", words(it, "pointer"), words(it, "code"))).collect()
    }
}

pub(crate) fn request(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Request<Body> {
    let builder = Request::builder().method(method).uri(url);
    headers.iter().fold(builder, |it, (name, value)| it.header(*name, *value)).body(body).unwrap()
}

pub(crate) fn submitting(key: &str, submission: &Value) -> Request<Body> {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    request(Method::POST, "/api/nominations", &headers, Body::from(submission.to_string()))
}

pub(crate) fn attachment(slot: &str, bytes: &[u8], upload: &str) -> Value {
    let picture = bytes.starts_with(&[0xff, 0xd8]);
    let mut attachment = json!({
        "slot": slot, "name": format!("{slot}.bin"), "bytes": bytes.len(), "sha256": sha256_hex(bytes), "upload": upload,
        "format": if picture { "jpeg" } else { "pdf" },
        "media_type": if picture { "image/jpeg" } else { "application/pdf" },
    });
    if picture {
        attachment["image"] =
            json!({"width": 826, "height": 1158, "background": "blue", "colour": true});
    }
    attachment
}

/// A portrait as the notice asks for: blue ground, 826 x 1158, more than 1M.
pub(crate) fn photo() -> Vec<u8> {
    static PHOTO: LazyLock<Vec<u8>> = LazyLock::new(|| photo_before([0x43, 0x8e, 0xdb]));
    PHOTO.clone()
}

/// The same on another ground.
pub(crate) fn photo_before(ground: [u8; 3]) -> Vec<u8> {
    let ground = image::RgbImage::from_pixel(826, 1158, image::Rgb(ground));
    let mut jpeg = Cursor::new(Vec::new());
    ground.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    // Comments of the greatest length make up the size; a camera would do it with detail.
    let comment = [&[0xff, 0xfe, 0xff, 0xff][..], &vec![b' '; 0xfffd]].concat();
    let (start, rest) = jpeg.get_ref().split_at(2);
    [start, &comment.repeat(17), rest].concat()
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// Sends bytes over a connection and gives what comes back until the other side closes.
pub(crate) async fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A connection that is cut may end in an error; what came before it is the answer.
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// A request as it goes over the wire.
pub(crate) fn wire(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "{head}\r\nhost: test\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn built_component(folder: &Path) -> std::path::PathBuf {
    let built = folder.join("nf");
    std::fs::create_dir(&built).unwrap();
    for (name, bytes) in [
        ("nomination-form.js", &b"plain"[..]),
        ("nomination-form.js.br", b"br"),
        ("nomination-form.js.gz", b"gz"),
        ("nomination-form.wasm", b"\0asm"),
    ] {
        std::fs::write(built.join(name), bytes).unwrap();
    }
    built
}
