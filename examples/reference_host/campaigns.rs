//! The campaign files the host runs: read once at the start, served compressed, judged by.
//!
//! A file with a fault stops the host with the faults and their places: better the officer reads
//! them at the start than every visitor in the form.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use axum::response::{IntoResponse, Response};
use nomination_form::campaign::Campaign;
use nomination_form::files::sha256_hex;

use super::Host;

/// The campaigns by the name of their file, without `.json`.
#[derive(Debug, Default)]
pub struct Campaigns(BTreeMap<String, Entry>);

#[derive(Debug)]
struct Entry {
    campaign: Arc<Campaign>,
    etag: HeaderValue,
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
}

impl Campaigns {
    /// Reads every `*.json` of a folder.
    ///
    /// # Errors
    ///
    /// A sentence with the file and the place of what is wrong in it.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let unreadable = |error| format!("cannot read `{}`: {error}", folder.display());
        let mut campaigns = BTreeMap::new();
        for file in std::fs::read_dir(folder).map_err(unreadable)? {
            let file = file.map_err(unreadable)?.path();
            let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            if file.extension().is_some_and(|end| end == "json") {
                let bytes = std::fs::read(&file).map_err(unreadable)?;
                let entry = Entry::read(bytes).map_err(|why| format!("{name}.json: {why}"))?;
                campaigns.insert(name.to_owned(), entry);
            }
        }
        Ok(Self(campaigns))
    }

    /// The campaign with that id.
    pub fn with_id(&self, id: &str) -> Option<&Arc<Campaign>> {
        self.all().map(|(_, campaign)| campaign).find(|campaign| campaign.id == id)
    }

    /// All campaigns, with the names of their files.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Arc<Campaign>)> {
        self.0.iter().map(|(name, entry)| (name.as_str(), &entry.campaign))
    }
}

impl Entry {
    fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let campaign = Campaign::parse(&bytes).map_err(|faults| {
            let lines = faults.iter().map(|fault| format!("{}: {}", fault.pointer, fault.message));
            lines.collect::<Vec<_>>().join("\n")
        })?;
        let etag = HeaderValue::from_str(&format!("W/\"{}\"", sha256_hex(&bytes)));
        let packed = |error: std::io::Error| error.to_string();
        Ok(Self {
            campaign: Arc::new(campaign),
            etag: etag.map_err(|error| error.to_string())?,
            brotli: brotli(&bytes).map_err(packed)?.into(),
            gzip: gzip(&bytes).map_err(packed)?.into(),
            plain: bytes.into(),
        })
    }

    /// The smallest form the browser takes.
    fn accepted(&self, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let takes = |wanted| {
            let mut codings = accept.unwrap_or_default().split(',');
            codings.any(|coding| coding.split(';').next().map(str::trim) == Some(wanted))
        };
        if takes("br") {
            (Some("br"), self.brotli.clone())
        } else if takes("gzip") {
            (Some("gzip"), self.gzip.clone())
        } else {
            (None, self.plain.clone())
        }
    }
}

/// `GET /campaigns/<name>.json`. Always asked again (`no-cache`), answered with 304 when unchanged.
pub async fn serve(
    State(host): State<Arc<Host>>,
    UrlPath(file): UrlPath<String>,
    headers: HeaderMap,
) -> Response {
    let entry = file.strip_suffix(".json").and_then(|name| host.campaigns.0.get(name));
    let Some(entry) = entry else { return StatusCode::NOT_FOUND.into_response() };
    let common = [
        (ETAG, entry.etag.clone()),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if headers.get(IF_NONE_MATCH) == Some(&entry.etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let (coding, body) = entry.accepted(&headers);
    let mut response = (common, body).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(coding) = coding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let (quality, window) = (11, 22);
    brotli::CompressorWriter::new(&mut packed, 4096, quality, window).write_all(bytes)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
