//! Sealing: AES-GCM with a key that scripts cannot read, in the browser's own cryptography.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// The length of a nonce, in bytes. A new one is drawn for every sealing.
const NONCE_BYTES: usize = 12;

/// What is sealed cannot be opened: another key, or not what was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot be sealed or opened")]
pub(super) struct SealError;

/// Seals and opens under one key.
#[derive(Clone)]
pub(super) struct Seal {
    crypto: Crypto,
    key: CryptoKey,
}

/// The browser's cryptography; there is none without a secure connection.
pub(super) fn crypto() -> Option<Crypto> {
    let window = web_sys::window()?;
    // Chromium 79 has the object on insecure pages too, without anything in it.
    let crypto = window.crypto().ok()?;
    (window.is_secure_context() && subtle(&crypto).is_object()).then_some(crypto)
}

fn subtle(crypto: &Crypto) -> SubtleCrypto {
    Reflect::get(crypto, &"subtle".into()).unwrap_or_default().unchecked_into()
}

impl Seal {
    pub(super) fn new(crypto: Crypto, key: CryptoKey) -> Self {
        Self { crypto, key }
    }

    /// A new key, which can be kept and used but not read.
    pub(super) async fn new_key(crypto: &Crypto) -> Option<CryptoKey> {
        let kind = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let made = subtle(crypto).generate_key_with_object(&kind, false, &uses()).ok()?;
        JsFuture::from(made).await.ok()?.dyn_into().ok()
    }

    /// A key from a passphrase: PBKDF2 with SHA-256.
    pub(super) async fn of_passphrase(
        crypto: Crypto,
        passphrase: &str,
        salt: &[u8],
        rounds: u32,
    ) -> Option<Self> {
        let subtle = subtle(&crypto);
        let words = Uint8Array::from(passphrase.as_bytes());
        let derive = Array::of1(&"deriveKey".into());
        let raw = subtle.import_key_with_str("raw", &words, "PBKDF2", false, &derive).ok()?;
        let raw: CryptoKey = JsFuture::from(raw).await.ok()?.dyn_into().ok()?;
        let how = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", rounds.into()),
        ]);
        let kind = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let key =
            subtle.derive_key_with_object_and_object(&how, &raw, &kind, false, &uses()).ok()?;
        Some(Self::new(crypto, JsFuture::from(key).await.ok()?.dyn_into().ok()?))
    }

    pub(super) fn key(&self) -> &CryptoKey {
        &self.key
    }

    /// Seals `bytes` (an array or buffer). `about` says what they are and must be said again to open
    /// them: so no sealed part can be put in another's place. Gives nonce and sealed bytes.
    pub(super) async fn seal(
        &self,
        about: &str,
        bytes: &Object,
    ) -> Result<(Uint8Array, JsValue), SealError> {
        let mut nonce = [0; NONCE_BYTES];
        self.crypto.get_random_values_with_u8_array(&mut nonce).map_err(|_| SealError)?;
        let nonce = Uint8Array::from(nonce.as_slice());
        let how = how(&nonce, about);
        let sealed = subtle(&self.crypto)
            .encrypt_with_object_and_buffer_source(&how, &self.key, bytes)
            .map_err(|_| SealError)?;
        Ok((nonce, JsFuture::from(sealed).await.map_err(|_| SealError)?))
    }

    /// Opens what [`Seal::seal`] gave.
    pub(super) async fn open(
        &self,
        about: &str,
        nonce: &JsValue,
        sealed: &JsValue,
    ) -> Result<JsValue, SealError> {
        let how = how(nonce, about);
        let opened = subtle(&self.crypto)
            .decrypt_with_object_and_buffer_source(&how, &self.key, sealed.unchecked_ref())
            .map_err(|_| SealError)?;
        JsFuture::from(opened).await.map_err(|_| SealError)
    }
}

fn uses() -> JsValue {
    Array::of2(&"encrypt".into(), &"decrypt".into()).into()
}

fn how(nonce: &JsValue, about: &str) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", nonce.clone()),
        ("additionalData", Uint8Array::from(about.as_bytes()).into()),
    ])
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // An object of our own takes any entry.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
