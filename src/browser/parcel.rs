//! A draft as one file, sealed with a passphrase, to be opened on another machine.
//!
//! `NFDRAFT1`, the rounds of the key's derivation (4 bytes, little end first), the salt (16 bytes);
//! then parts, each with its nonce (12 bytes), its length (4 bytes) and its sealed bytes. The first part
//! is the draft's document, the others are the pieces of its files, in the document's order. Every part
//! says when it is sealed which one it is and whether it is the last, so none can be taken away, moved or
//! added.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlElement};

use super::files::{Bytes, pieces_of};
use super::http::part;
use super::seal::{Seal, crypto};

const MAGIC: &[u8; 8] = b"NFDRAFT1";
/// What a guess at the passphrase costs; the figure OWASP gives for PBKDF2 with SHA-256.
const ROUNDS: u32 = 600_000;
/// More than that is no honest file: it would keep the page busy for minutes.
const MOST_ROUNDS: u32 = 5_000_000;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: u64 = 12;
/// The largest part taken, in bytes.
const MAX_PART_BYTES: u64 = 8 << 20;

/// Why a parcel cannot be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// There is no cryptography without a secure connection.
    #[error("page is not a secure context")]
    Insecure,
    /// It is no parcel, or not whole.
    #[error("not a parcel, or not whole")]
    Damaged,
    /// The passphrase is another one.
    #[error("wrong passphrase")]
    Passphrase,
}

/// Seals a draft's document and its files.
///
/// # Errors
///
/// [`ParcelError::Insecure`], or [`ParcelError::Damaged`] where a file's bytes cannot be read.
pub async fn pack(json: &str, files: &[Bytes], passphrase: &str) -> Result<Blob, ParcelError> {
    let crypto = crypto().ok_or(ParcelError::Insecure)?;
    let mut salt = [0; SALT_BYTES];
    crypto.get_random_values_with_u8_array(&mut salt).map_err(|_| ParcelError::Insecure)?;
    let seal = Seal::of_passphrase(crypto, passphrase, &salt, ROUNDS).await;
    let seal = seal.ok_or(ParcelError::Insecure)?;
    let all = Array::new();
    for head in [MAGIC.as_slice(), &ROUNDS.to_le_bytes(), &salt] {
        all.push(&Uint8Array::from(head));
    }
    let document = Array::of1(&Uint8Array::from(json.as_bytes()));
    let document = Blob::new_with_buffer_source_sequence(&document);
    let mut parts = vec![document.map_err(|_| ParcelError::Damaged)?];
    for file in files {
        parts.extend(pieces_of(file).ok_or(ParcelError::Damaged)?);
    }
    let last = parts.len() - 1;
    for (index, blob) in parts.iter().enumerate() {
        let bytes = buffer(blob).await?;
        let sealed = seal.seal(&about(index, index == last), &bytes).await;
        let (nonce, sealed) = sealed.map_err(|_| ParcelError::Damaged)?;
        let length = Uint8Array::new(&sealed).length().to_le_bytes();
        all.push(&nonce);
        all.push(&Uint8Array::from(length.as_slice()));
        all.push(&sealed);
    }
    Blob::new_with_buffer_source_sequence(&all).map_err(|_| ParcelError::Damaged)
}

/// Opens a parcel: the draft's document, and the pieces of its files.
///
/// # Errors
///
/// [`ParcelError`].
pub async fn unpack(
    parcel: &Blob,
    passphrase: &str,
) -> Result<(String, Vec<ArrayBuffer>), ParcelError> {
    let crypto = crypto().ok_or(ParcelError::Insecure)?;
    let mut reader = Reader { parcel, at: 0 };
    if reader.bytes(MAGIC.len() as u64).await? != MAGIC {
        return Err(ParcelError::Damaged);
    }
    let rounds = reader.number().await?;
    let salt = reader.bytes(SALT_BYTES as u64).await?;
    if !(1..=MOST_ROUNDS).contains(&rounds) {
        return Err(ParcelError::Damaged);
    }
    let seal = Seal::of_passphrase(crypto, passphrase, &salt, rounds).await;
    let seal = seal.ok_or(ParcelError::Insecure)?;
    let (mut json, mut pieces) = (String::new(), Vec::new());
    for index in 0.. {
        let nonce = reader.buffer(NONCE_BYTES).await?;
        let length = u64::from(reader.number().await?);
        if length > MAX_PART_BYTES {
            return Err(ParcelError::Damaged);
        }
        let sealed = reader.buffer(length).await?;
        let last = reader.is_at_end();
        let nonce = Uint8Array::new(&nonce);
        let opened = seal.open(&about(index, last), &nonce, &sealed).await;
        // Of the first part, the passphrase is what is wrong most often.
        let wrong = if index == 0 { ParcelError::Passphrase } else { ParcelError::Damaged };
        let opened: ArrayBuffer = opened.map_err(|_| wrong)?.unchecked_into();
        if index == 0 {
            let bytes = Uint8Array::new(&opened).to_vec();
            json = String::from_utf8(bytes).map_err(|_| ParcelError::Damaged)?;
        } else {
            pieces.push(opened);
        }
        if last {
            break;
        }
    }
    Ok((json, pieces))
}

/// Hands a file to the person, as a download.
pub fn hand_over(place: &HtmlElement, file: &Blob, name: &str) -> Option<()> {
    let url = web_sys::Url::create_object_url_with_blob(file).ok()?;
    let link: HtmlElement = place.owner_document()?.create_element("a").ok()?.unchecked_into();
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.set_hidden(true);
    place.append_child(&link).ok()?;
    link.click();
    link.remove();
    // The browser takes its time to begin; what is left behind goes with the page.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}

fn about(index: usize, last: bool) -> String {
    format!("parcel {index}{}", if last { " last" } else { "" })
}

struct Reader<'a> {
    parcel: &'a Blob,
    at: u64,
}

impl Reader<'_> {
    async fn buffer(&mut self, bytes: u64) -> Result<ArrayBuffer, ParcelError> {
        let end = self.at + bytes;
        let piece: Blob = part(self.parcel, self.at, end)
            .map(JsCast::unchecked_into)
            .ok_or(ParcelError::Damaged)?;
        self.at = end;
        let buffer = buffer(&piece).await?;
        if u64::from(buffer.byte_length()) == bytes {
            Ok(buffer)
        } else {
            Err(ParcelError::Damaged)
        }
    }

    async fn bytes(&mut self, bytes: u64) -> Result<Vec<u8>, ParcelError> {
        let buffer = self.buffer(bytes).await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    async fn number(&mut self) -> Result<u32, ParcelError> {
        let bytes = self.bytes(4).await?;
        bytes.try_into().map(u32::from_le_bytes).map_err(|_| ParcelError::Damaged)
    }

    #[allow(clippy::cast_precision_loss)] // files are far smaller than 2^53 bytes
    fn is_at_end(&self) -> bool {
        self.at as f64 >= self.parcel.size()
    }
}

async fn buffer(blob: &Blob) -> Result<ArrayBuffer, ParcelError> {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    buffer.map(JsValue::unchecked_into).map_err(|_| ParcelError::Damaged)
}
