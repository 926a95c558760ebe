//! HTML by templates: files with `{{name}}` in them, filled in with values that are escaped.
//!
//! Invariant: text from outside reaches a page through [`text`] only, so no answer can ever be markup.

use std::fmt;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A piece of HTML. There are three ways to one: escaped text, a filled template, pieces joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(pieces: I) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        // Pages show people's data and a clock: nothing between here and the reader may keep them.
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
        (headers, self.0).into_response()
    }
}

/// Text as HTML, safe between tags and within quoted attributes.
pub fn text(words: &str) -> Html {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    Html(safe)
}

/// The template with each `{{name}}` replaced by its value; a name without a value leaves nothing.
///
/// Values are not looked through again: braces in an answer stay braces.
pub fn fill(template: &'static str, values: &[(&str, Html)]) -> Html {
    let mut page = String::with_capacity(template.len() + 1024);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, after)) = after.split_once("}}") else { break };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name.trim()) {
            page.push_str(&value.0);
        }
        rest = after;
    }
    page.push_str(rest);
    Html(page)
}
