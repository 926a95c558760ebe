//! What server_fn names of wasm-streams.
//!
//! leptos brings server_fn along, and server_fn wasm-streams, whose classes are exported to JavaScript:
//! so they and the machinery under them stay in the wasm, 3 kB for every page, though nothing of ours
//! calls a server function. Here are the names without the classes. Every stream is an empty one.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the browser's.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

/// A stream that ends at once.
#[derive(Debug)]
pub struct IntoStream;

impl ReadableStream {
    /// Wraps the browser's stream.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// An empty stream of the browser's.
    pub fn from_stream<S>(_: S) -> Self {
        Self(web_sys::ReadableStream::new().unwrap_throw())
    }

    /// The browser's stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// An empty stream of ours.
    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
