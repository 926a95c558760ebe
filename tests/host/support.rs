//! A host in a folder of its own, and the ways to talk to it.

use std::io::Cursor;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::app::{Host, Settings, router};
use nomination_form::files::sha256_hex;

/// A host that goes away with its data.
pub(crate) struct Portal {
    pub(crate) host: Arc<Host>,
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
            uploads_keep: Duration::from_hours(7 * 24),
            faults: false,
        };
        change(&mut settings);
        Self::over(settings, folder)
    }

    fn over(settings: Settings, folder: TempDir) -> Self {
        let host = Arc::new(Host::open(settings.clone()).unwrap());
        Self { router: router(Arc::clone(&host)), host, settings, folder }
    }

    /// The host stopped and started again over the same data, at `now`.
    pub(crate) fn reopened(self, now: &str) -> Self {
        let Self { host, settings, router, folder } = self;
        drop((host, router));
        Self::over(Settings { now: now.to_owned(), ..settings }, folder)
    }

    /// A second process over the same data.
    pub(crate) fn twin(&self) -> Self {
        Self::over(self.settings.clone(), TempDir::new().unwrap())
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where the database lies, for a look behind the host's back.
    pub(crate) fn database(&self) -> PathBuf {
        self.settings.data_dir.join("nominations.sqlite")
    }

    /// The file with the bytes of an upload.
    pub(crate) fn bytes_file(&self, url: &str) -> PathBuf {
        self.files().join(format!("{}.bin", url.strip_prefix("/files/").unwrap()))
    }

    /// The folder of uploads.
    pub(crate) fn files(&self) -> PathBuf {
        self.settings.data_dir.join("files")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
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

    /// The same, with the digest announced that the file is going to have.
    pub(crate) async fn announce(&self, length: usize, sha256: &str) -> String {
        let metadata = format!("slot cGhvdG8=,sha256 {}", STANDARD.encode(sha256));
        let length = length.to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", &metadata)];
        let made = self.tus("POST", "/files", &headers, b"").await;
        assert_eq!(made.status, 201);
        made.header("location").to_owned()
    }

    pub(crate) async fn uploaded(&self, bytes: &[u8]) -> String {
        let url = self.announce(bytes.len(), &sha256_hex(bytes)).await;
        assert_eq!(self.patch(&url, 0, bytes).await.status, 204);
        url
    }

    pub(crate) async fn offset(&self, url: &str) -> String {
        let asked = self.tus("HEAD", url, &[], b"").await;
        assert_eq!(asked.status, 200);
        asked.header("upload-offset").to_owned()
    }

    pub(crate) async fn delete(&self, url: &str) -> Answer {
        self.tus("DELETE", url, &[], b"").await
    }

    /// Submits as the form does: under the key of this edition.
    pub(crate) async fn submit(&self, submission: &Value) -> Answer {
        self.submit_as(&key(submission), submission).await
    }

    pub(crate) async fn submit_bytes(&self, key: &str, body: String) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send(request(Method::POST, "/api/nominations", &headers, Body::from(body))).await
    }

    pub(crate) async fn submit_as(&self, key: &str, submission: &Value) -> Answer {
        self.send(submitting(key, submission)).await
    }

    /// What is on show, the latest arrival first.
    pub(crate) async fn nominations(&self) -> Vec<Value> {
        self.get("/api/nominations").await.json().as_array().unwrap().clone()
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
    pub(crate) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Self { status: parts.status, headers: parts.headers, body }
    }

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

/// The submission as it is sent with that revision, told apart by the name in it.
pub(crate) fn edition(submission: &Value, revision: u32) -> Value {
    let mut edition = submission.clone();
    edition["revision"] = revision.into();
    edition["answers"]["name"] = format!("第{revision}个名字").into();
    edition
}

/// `<id>.<revision>`
pub(crate) fn key(submission: &Value) -> String {
    format!("{}.{}", submission["id"].as_str().unwrap(), submission["revision"])
}

/// The head of a request that submits, as it goes over the wire.
pub(crate) fn head(submission: &Value) -> String {
    let key = key(submission);
    format!(
        "POST /api/nominations HTTP/1.1\r\ncontent-type: application/json\r\nidempotency-key: {key}"
    )
}

/// The URL of an attachment.
pub(crate) fn upload(submission: &Value, attachment: usize) -> &str {
    submission["attachments"][attachment]["upload"].as_str().unwrap()
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
