//! Requests and responses of tus 1.0, as far as the upload needs them.

use std::ops::Range;

use super::location::beneath;

pub(super) const TUS_VERSION: &str = "1.0.0";

/// What the server is told about a file.
///
/// There is no place for a file name on purpose: names of files carry names of people, and servers
/// log this header.
///
/// # Example
///
/// ```
/// use nomination_form::upload::Metadata;
/// let metadata = Metadata { slot: "photo".into(), sha256: "ab".into() };
/// assert_eq!(metadata.header(), "slot cGhvdG8=,sha256 YWI=");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// What the file is for: the id of the attachment slot.
    pub slot: String,
    /// SHA-256 of the file, by which the host checks what arrived.
    pub sha256: String,
}

impl Metadata {
    /// The value of `Upload-Metadata`: keys with their values in base64.
    pub fn header(&self) -> String {
        let [slot, sha256] = [&self.slot, &self.sha256].map(|value| base64(value.as_bytes()));
        format!("slot {slot},sha256 {sha256}")
    }
}

/// A request to send as it stands, besides the host's own headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `POST`, `HEAD`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Where to, absolute if the endpoint was.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Which bytes of the file are the body; `None` for no body.
    pub body: Option<Range<u64>>,
}

/// What matters of a response: the status and five headers, as they came, and how long it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// `Location`.
    pub location: Option<String>,
    /// `Upload-Offset`.
    pub upload_offset: Option<String>,
    /// `Upload-Length`.
    pub upload_length: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// `Tus-Resumable`. Some gateways strip it: missing is fine, another version is not.
    pub tus_resumable: Option<String>,
    /// Milliseconds from sending the request until its answer: by these the chunks get their size.
    pub elapsed_ms: u32,
}

impl Request {
    fn new(method: &'static str, url: &str) -> Self {
        let headers = vec![("Tus-Resumable", TUS_VERSION.to_owned())];
        Self { method, url: url.to_owned(), headers, body: None }
    }

    pub(super) fn create(endpoint: &str, total: u64, metadata: &Metadata) -> Self {
        let mut request = Self::new("POST", endpoint);
        request.headers.push(("Upload-Length", total.to_string()));
        request.headers.push(("Upload-Metadata", metadata.header()));
        request
    }

    pub(super) fn ask(url: &str, tunnel: bool) -> Self {
        Self::new("HEAD", url).through(tunnel)
    }

    pub(super) fn chunk(url: &str, bytes: Range<u64>, tunnel: bool) -> Self {
        let mut request = Self::new("PATCH", url);
        request.headers.push(("Upload-Offset", bytes.start.to_string()));
        request.headers.push(("Content-Type", "application/offset+octet-stream".to_owned()));
        request.body = Some(bytes);
        request.through(tunnel)
    }

    /// Removes an upload that is at the server, once nobody wants it any more. Nothing where `url` does not lie
    /// beneath `endpoint`: it may be out of a draft, which anybody may have written.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::upload::Request;
    /// assert_eq!(Request::removal("/files", "/files/7").unwrap().method, "DELETE");
    /// assert_eq!(Request::removal("/files", "/api/nominations/7"), None);
    /// ```
    #[must_use]
    pub fn removal(endpoint: &str, url: &str) -> Option<Self> {
        Some(Self::delete(&beneath(endpoint, url)?, false))
    }

    /// Whether it takes an upload back.
    pub fn is_removal(&self) -> bool {
        let overrides =
            |(name, value): &(&str, String)| *name == "X-HTTP-Method-Override" && value == "DELETE";
        self.method == "DELETE" || self.headers.iter().any(overrides)
    }

    pub(super) fn delete(url: &str, tunnel: bool) -> Self {
        Self::new("DELETE", url).through(tunnel)
    }

    fn through(mut self, tunnel: bool) -> Self {
        if tunnel {
            self.headers.push(("X-HTTP-Method-Override", self.method.to_owned()));
            self.method = "POST";
        }
        self
    }
}

/// RFC 4648 section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |six: u32| DIGITS.get(six as usize & 63).map_or('=', |digit| char::from(*digit));
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        text.push(digit(bits >> 18));
        text.push(digit(bits >> 12));
        text.push(if three.len() > 1 { digit(bits >> 6) } else { '=' });
        text.push(if three.len() > 2 { digit(bits) } else { '=' });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_agrees_with_the_vectors_of_rfc_4648() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, expect) in vectors {
            assert_eq!(base64(text.as_bytes()), expect);
        }
        assert_eq!(base64(&[0xFB, 0xFF, 0xBF]), "+/+/");
    }
}
