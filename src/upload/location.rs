//! Where the server has put an upload, from its `Location` header.

const MAX_BYTES: usize = 4_096;

/// `location` as a URL to send to, resolved against `endpoint`; `None` where it is at another origin
/// or no http(s) URL at all.
///
/// Servers behind a gateway that ends TLS often say `http:` of an `https:` endpoint; browsers block
/// that as mixed content, so it is put right.
pub(super) fn resolve(endpoint: &str, location: &str) -> Option<String> {
    let location = location.trim();
    // Browsers read a backslash as a slash and drop line ends: neither belongs in a URL.
    let odd = |c: char| c == '\\' || c.is_whitespace() || c.is_control();
    if location.is_empty() || location.len() > MAX_BYTES || location.contains(odd) {
        return None;
    }
    let base = Base::of(endpoint);
    if let Some(rest) = location.strip_prefix("//") {
        return base.absolute(base.scheme, rest);
    }
    if let Some((scheme, rest)) = location.split_once("://").filter(|(s, _)| is_scheme(s)) {
        return base.absolute(&scheme.to_ascii_lowercase(), rest);
    }
    let first = location.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') {
        return None;
    }
    let Base { origin, path, .. } = base;
    Some(match location.as_bytes().first() {
        Some(b'/') => format!("{origin}{location}"),
        Some(b'?' | b'#') => format!("{origin}{path}{location}"),
        _ => {
            let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
            let slash = if folder.is_empty() && !origin.is_empty() { "/" } else { "" };
            format!("{origin}{folder}{slash}{location}")
        }
    })
}

/// `saved`, a URL that [`resolve`] once gave and that has been out of our hands since; `None` where it
/// is not beneath `endpoint`.
///
/// A draft is a file that anybody may have written. What is resumed gets requests with the session of
/// whoever opens it, one of them DELETE, so it must not name any other thing at the host.
pub(super) fn beneath(endpoint: &str, saved: &str) -> Option<String> {
    let url = resolve(endpoint, saved)?;
    let base = endpoint.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let id = url.strip_prefix(base)?.strip_prefix('/')?;
    let climbs = id.contains("..") || id.contains("/.") || id.to_ascii_lowercase().contains("%2e");
    (!climbs && !id.is_empty() && !id.starts_with(['/', '?', '#', '.'])).then_some(url)
}

fn is_scheme(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The parts of the endpoint; scheme, authority and origin are empty where it is relative.
struct Base<'a> {
    scheme: &'a str,
    authority: &'a str,
    origin: &'a str,
    path: &'a str,
}

impl<'a> Base<'a> {
    fn of(endpoint: &'a str) -> Self {
        let bare = endpoint.split(['?', '#']).next().unwrap_or_default();
        let Some((scheme, rest)) = bare.split_once("://") else {
            return Self { scheme: "", authority: "", origin: "", path: bare };
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let origin = bare.get(..bare.len().saturating_sub(path.len())).unwrap_or_default();
        Self { scheme, authority, origin, path }
    }

    fn absolute(&self, scheme: &str, rest: &str) -> Option<String> {
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let same_scheme = scheme.eq_ignore_ascii_case(self.scheme);
        let upgraded = scheme == "http" && self.scheme.eq_ignore_ascii_case("https");
        let same = host(authority, scheme).eq_ignore_ascii_case(host(self.authority, self.scheme));
        (!authority.is_empty() && same && (same_scheme || upgraded))
            .then(|| format!("{}{path}", self.origin))
    }
}

/// The authority without the port that its scheme has anyway.
fn host<'a>(authority: &'a str, scheme: &str) -> &'a str {
    let usual = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    authority.strip_suffix(usual).unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::{beneath, resolve};

    const ENDPOINT: &str = "https://host.example/api/files?tenant=3";

    #[track_caller]
    fn check(location: &str, expect: Option<&str>) {
        assert_eq!(resolve(ENDPOINT, location).as_deref(), expect);
    }

    #[test]
    fn relative_locations_are_resolved_against_the_endpoint() {
        check("/files/7", Some("https://host.example/files/7"));
        check("files/7", Some("https://host.example/api/files/7"));
        check("7?x=a:b", Some("https://host.example/api/7?x=a:b"));
        check("?id=7", Some("https://host.example/api/files?id=7"));
        check("//host.example/7", Some("https://host.example/7"));
        assert_eq!(resolve("https://h", "7").as_deref(), Some("https://h/7"));
        assert_eq!(resolve("/api/files", "files/7").as_deref(), Some("/api/files/7"));
        assert_eq!(resolve("/api/files", "/files/7").as_deref(), Some("/files/7"));
        assert_eq!(resolve("upload", "7").as_deref(), Some("7"));
    }

    #[test]
    fn absolute_locations_at_the_same_origin_are_taken() {
        check("https://host.example/f/7", Some("https://host.example/f/7"));
        check("HTTPS://Host.Example:443/f/7", Some("https://host.example/f/7"));
        check("http://host.example/f/7", Some("https://host.example/f/7"));
        check("https://host.example", Some("https://host.example"));
    }

    #[test]
    fn other_origins_and_other_schemes_are_not() {
        check("https://evil.example/7", None);
        check("https://host.example.evil.example/7", None);
        check("https://host.example@evil.example/7", None);
        check("https://host.example:8443/7", None);
        check("//evil.example/7", None);
        check("\\\\evil.example/7", None);
        check("/\t/evil.example/7", None);
        check("javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("ftp://host.example/7", None);
        check("", None);
        check(&"a".repeat(5000), None);
        assert_eq!(resolve("/api/files", "https://host.example/7"), None);
        assert_eq!(resolve("/api/files", "//host.example/7"), None);
        assert_eq!(resolve("http://host.example/", "https://host.example/7"), None);
    }

    #[test]
    fn only_what_lies_beneath_the_endpoint_is_taken_back() {
        let taken = |endpoint, saved: &str| beneath(endpoint, saved).as_deref() == Some(saved);
        assert!(taken("https://h.example/files", "https://h.example/files/7"));
        assert!(taken("https://h.example/files/", "https://h.example/files/a+b/7%2B8?x=1"));
        assert!(taken("https://h.example/files?tenant=3", "https://h.example/files/7"));
        assert!(taken("/files", "/files/7"));
        for saved in [
            "https://h.example/files",
            "https://h.example/files/",
            "https://h.example/files/?x",
            "https://h.example/filesystem/7",
            "https://h.example/api/nominations/7",
            "https://h.example/files/../api/nominations/7",
            "https://h.example/files/7/../../api/nominations/7",
            "https://h.example/files/7/%2E%2e/%2e%2e/api",
            "https://h.example/files/x%2f..%2f..%2fapi",
            "https://h.example/files/./../api",
            "https://h.example/files/..\\api",
            "https://h.example/files/.\t./api",
            "https://h.example/files//../api",
            "https://evil.example/files/7",
            "https://h.example@evil.example/files/7",
            "//evil.example/files/7",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(beneath("https://h.example/files", saved), None, "{saved}");
        }
    }
}
