//! The portal page: how it embeds the form, and under which policy.

use axum::body::Body;
use axum::http::Method;

use crate::support::{Portal, request};

#[tokio::test]
async fn the_page_embeds_the_form_with_one_script_tag_and_nothing_inline() {
    let page = Portal::open().get("/").await.text();
    assert_eq!(page.matches("<script").count(), 1);
    let tag = r#"<script src="/nf/nomination-form.js" data-campaign="/campaigns/nm2022.json" data-track="nm2022.worker" data-submit-to="/api/nominations" data-upload-to="/files" data-now="2022-08-18T02:00:0"#;
    assert!(page.contains(tag), "{page}");
    assert!(page.contains("演示：主办方时钟设为2022年8月18日"));
    for inline in [" style=", "<style", "onclick=", "javascript:"] {
        assert!(!page.contains(inline), "{inline}");
    }
    assert!(!page.contains("{{") && !page.contains("loud.css"));
}

#[tokio::test]
async fn only_names_that_exist_get_into_the_page() {
    let portal = Portal::open();
    assert_eq!(portal.get("/?track=nm2022.worker").await.status, 200);
    assert_eq!(portal.get("/?campaign=nm2022").await.status, 200);
    for query in ["track=nm2022.nobody", "campaign=../x", "campaign=zz", "track=%3Cscript%3E"] {
        let page = portal.get(&format!("/?{query}")).await;
        assert_eq!(page.status, 404, "{query}");
        assert!(!page.text().contains("<script"));
    }
}

#[tokio::test]
async fn the_loud_page_has_one_sheet_more() {
    let portal = Portal::open();
    assert!(portal.get("/?loud=1").await.text().contains(r#"href="/assets/loud.css""#));
    assert_eq!(
        portal.get("/assets/loud.css").await.header("content-type"),
        "text/css; charset=utf-8"
    );
}

#[tokio::test]
async fn a_visitor_chooses_the_look_in_the_address() {
    let portal = Portal::open();
    let plain = portal.get("/").await.text();
    // A campaign's own region, light, until something is chosen.
    assert!(plain.contains(r#"href="/assets/looks/neimenggu.css""#));
    assert!(!plain.contains("-dark.css") && !plain.contains("data-theme"));
    let page = portal.get("/?track=nm2022.household&look=jilin&theme=dark&size=large").await.text();
    for part in [
        r#"<html lang="zh-CN" class="large">"#,
        r#"href="/assets/looks/jilin.css""#,
        r#"href="/assets/looks/jilin-dark.css">"#,
        r#" data-theme="dark" data-text-size="large" defer>"#,
        // Links keep what was chosen.
        r#"href="/?campaign=nm2022&amp;track=nm2022.worker&amp;look=jilin&amp;theme=dark&amp;size=large""#,
        r#"href="/?campaign=nm2022&amp;track=nm2022.household&amp;look=shanghai&amp;theme=dark&amp;size=large""#,
    ] {
        assert!(page.contains(part), "{part}");
    }
    let auto = portal.get("/?theme=auto").await.text();
    assert!(auto.contains(r#"-dark.css" media="(prefers-color-scheme: dark)">"#));
    let unknown = portal.get("/?look=%22x&theme=%3Cb%3E&size=9").await.text();
    assert!(unknown.contains("neimenggu.css") && !unknown.contains("-dark.css"));
    assert!(unknown.contains(r#"class="">"#) && !unknown.contains("<b>\""));
}

#[tokio::test]
async fn looks_are_served_by_name() {
    let portal = Portal::open();
    for look in ["shanghai", "neimenggu", "jilin"] {
        for file in [format!("{look}.css"), format!("{look}-dark.css")] {
            let sheet = portal.get(&format!("/assets/looks/{file}")).await;
            assert_eq!(sheet.status, 200);
            assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
        }
    }
    for other in ["beijing.css", "jilin", "jilin-darker.css"] {
        assert_eq!(portal.get(&format!("/assets/looks/{other}")).await.status, 404);
    }
}

#[tokio::test]
async fn a_component_that_is_not_built_is_said_with_the_way_out() {
    let portal = Portal::open_with(|settings| settings.nf_dir = "nowhere".into());
    let page = portal.get("/").await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("make serve"));
}

#[tokio::test]
async fn unsafe_eval_goes_to_old_kernels_alone() {
    let portal = Portal::open();
    let policy = async |version: &str, url: &str| {
        let agent = format!("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/{version} Safari/537.36");
        let headers = [("user-agent", agent.as_str())];
        let answer = portal.send(request(Method::GET, url, &headers, Body::empty())).await;
        answer.header("content-security-policy").to_owned()
    };
    let strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                  connect-src 'self'; img-src 'self' blob:; font-src 'none'; \
                  require-trusted-types-for 'script'; base-uri 'none'; form-action 'self'; \
                  frame-ancestors 'self'";
    assert_eq!(policy("156.0.0.0", "/").await, strict);
    assert_eq!(policy("97.0.0.0", "/").await, strict);
    let old = strict.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-eval'");
    assert_eq!(policy("79.0.3945.0", "/").await, old);
    assert_eq!(policy("96.0.0.0", "/officer").await, old);
    let blocked = strict.replace(" 'wasm-unsafe-eval'", "");
    assert_eq!(policy("156.0.0.0", "/?csp=nowasm").await, blocked);
}
