//! Response headers that keep the page to itself: content security policy and its companions.
//!
//! Nothing on our pages is inline and nothing comes from elsewhere, so the policy starts from
//! `'none'`. The component needs one word beyond that: `'wasm-unsafe-eval'`, to run its wasm.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, USER_AGENT, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// The first Chromium that knows `'wasm-unsafe-eval'`.
const KNOWS_WASM_UNSAFE_EVAL: u32 = 97;

/// Adds the headers to every response.
pub async fn add(request: Request, next: Next) -> Response {
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let scripts = script_sources(agent.unwrap_or_default(), request.uri().query());
    let policy = HeaderValue::from_str(&content_security_policy(scripts));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
        headers.append(VARY, HeaderValue::from_name(USER_AGENT));
    }
    for (name, value) in COMPANIONS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

const COMPANIONS: [(HeaderName, &str); 2] =
    [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];

/// Where scripts may come from, for the browser that asks.
///
/// Chromium before 97 does not know `'wasm-unsafe-eval'` and runs wasm only where `'unsafe-eval'`
/// stands. Those kernels get that word, and they alone: everybody else keeps the stricter policy.
/// Trusted Types still hold there from Chromium 83 on, so `eval` of a string stays out of reach.
fn script_sources(agent: &str, query: Option<&str>) -> &'static str {
    // For a test of what the component says where a portal's policy forbids wasm.
    if query.is_some_and(|query| query.split('&').any(|pair| pair == "csp=nowasm")) {
        return "'self'";
    }
    match chromium_version(agent) {
        Some(version) if version < KNOWS_WASM_UNSAFE_EVAL => {
            "'self' 'wasm-unsafe-eval' 'unsafe-eval'"
        }
        _ => "'self' 'wasm-unsafe-eval'",
    }
}

/// `79` of `Mozilla/5.0 (…) Chrome/79.0.3945.0 Safari/537.36`, and of the browsers made from it.
fn chromium_version(agent: &str) -> Option<u32> {
    let (_, after) = agent.split_once("Chrome/")?;
    after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn content_security_policy(scripts: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; connect-src 'self'; \
         img-src 'self' blob:; font-src 'none'; require-trusted-types-for 'script'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
}
