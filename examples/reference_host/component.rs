//! The built component under `/nf/`: any web server that serves a folder could do this.
//!
//! The script has a stable name and is asked for each time (`no-cache`); it asks for its wasm and CSS
//! with the hash of their content (`?v=…`), and those may be kept for good. The `.br` and `.gz` beside
//! each file are sent to browsers that take them.

use std::convert::Infallible;
use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use tower::{Service, ServiceExt, service_fn};
use tower_http::services::ServeDir;

/// Serves the folder of the built component.
pub fn service(
    folder: &Path,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Sync + use<>
{
    let files = ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    service_fn(move |request: Request| {
        let files = files.clone();
        async move {
            let keep = keeping(request.uri().query());
            let mut response = match files.oneshot(request).await {
                Ok(response) => response.map(Body::new),
                Err(never) => match never {},
            };
            if response.status().is_success() {
                response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
            }
            Ok(response.into_response())
        }
    })
}

/// Whether the component has been built.
pub fn is_built(folder: &Path) -> bool {
    folder.join("nomination-form.js").is_file()
}

/// What the page may have its browser fetch before the script asks for it: addresses within the folder, from a file
/// that the build puts there. None where it cannot be read, for all of it is fetched later anyway.
pub fn preloads(folder: &Path) -> Vec<String> {
    let list = std::fs::read(folder.join("nomination-form.preload.json")).unwrap_or_default();
    serde_json::from_slice(&list).unwrap_or_default()
}

fn keeping(query: Option<&str>) -> &'static str {
    let hashed = query.is_some_and(|query| query.split('&').any(|pair| pair.starts_with("v=")));
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}
