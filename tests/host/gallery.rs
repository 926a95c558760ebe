//! The gallery: nothing inline, nothing left out, forms that are sound.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use nomination_form::campaign::Campaign;
use serde_json::Value;

use crate::app::contract::{parts, table, tokens};
use crate::support::{Portal, request};

#[tokio::test]
async fn both_pages_have_nothing_inline_and_the_same_policy_as_the_portal() {
    let portal = Portal::open();
    let policy = portal.get("/").await.header("content-security-policy").to_owned();
    for url in ["/gallery", "/gallery/vertical?look=jilin&theme=dark&size=large"] {
        let page = portal.get(url).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-security-policy"), policy);
        let text = page.text();
        for inline in [" style=", "<style", "onclick=", "javascript:", "{{"] {
            assert!(!text.contains(inline), "{url}: {inline}");
        }
        assert_eq!(text.matches("<script").count(), text.matches("<script src=\"/").count());
    }
}

#[tokio::test]
async fn every_token_part_event_and_option_is_on_the_page() {
    let page = Portal::open().get("/gallery").await.text();
    for token in tokens() {
        assert!(page.contains(&format!(r#"data-token="{}""#, token.name)), "--nf-{}", token.name);
    }
    for (part, _) in parts() {
        assert!(page.contains(&format!(r#"data-part="{part}""#)), "{part}");
    }
    for head in ["event", "property, method", "attribute"] {
        let rows = table(head);
        assert!(rows.len() > 4, "README has no table of `{head}`");
        for name in rows.into_iter().flat_map(|(names, _)| names) {
            assert!(page.contains(&format!(r#"data-name="{name}""#)), "{head} `{name}`");
            let live = format!(r#" {name}=""#);
            assert!(head != "attribute" || page.contains(&live), "no form with {name}");
        }
    }
}

#[tokio::test]
async fn every_form_of_the_page_has_a_sound_campaign_whose_titles_tell_it_from_the_others() {
    let portal = Portal::open();
    let page = portal.get("/gallery").await.text();
    let forms: Vec<_> = page.split("<nomination-form").skip(1).collect();
    let mut titles = BTreeSet::new();
    for form in &forms {
        let form = form.split_once('>').unwrap().0;
        let value = |name: &str| {
            let (_, rest) = form.split_once(&format!(r#" {name}=""#))?;
            rest.split_once('"').map(|(value, _)| value)
        };
        let (Some(url), Some(track)) = (value("campaign"), value("track")) else { continue };
        let answer = portal.get(url).await;
        let campaign = Campaign::parse(&answer.body).unwrap();
        let track = campaign.track(track).unwrap_or_else(|| panic!("{url} has no {track}"));
        let title = track.sections[0].title.base().to_owned();
        assert!(titles.insert(title.clone()), "two forms are called {title}");
    }
    assert!(titles.len() > 20);
    assert_eq!(titles.len() + 1, forms.len(), "one is shown without a campaign");
    for url in ["/gallery/campaigns/nothing.json", "/gallery/campaigns/draft-9.json"] {
        assert_eq!(portal.get(url).await.status, 404);
    }
}

#[test]
fn every_kind_of_question_is_in_the_gallery() {
    let gallery: Value =
        serde_json::from_str(include_str!("../../examples/reference_host/assets/gallery.json"))
            .unwrap();
    let schema: Value =
        serde_json::from_str(include_str!("../../public/campaign.schema.json")).unwrap();
    let (mut shown, mut known) = (BTreeSet::new(), BTreeSet::new());
    kinds_used(&gallery, &mut shown);
    kinds_known(&schema["$defs"]["FieldKind"], &mut known);
    assert!(known.len() > 10, "{known:?}");
    assert_eq!(shown, known);
}

fn kinds_used(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| kinds_used(value, into)),
        Value::Object(all) => {
            match all.get("type").filter(|_| all.contains_key("key")) {
                Some(Value::String(kind)) => drop(into.insert(kind.clone())),
                Some(Value::Object(kind)) => into.extend(kind.keys().cloned()),
                _ => (),
            }
            all.values().for_each(|value| kinds_used(value, into));
        }
        _ => (),
    }
}

/// The names of the kinds, as words or as the one key of an object.
fn kinds_known(kind: &Value, into: &mut BTreeSet<String>) {
    let words = [&kind["const"]].into_iter().chain(kind["enum"].as_array().into_iter().flatten());
    into.extend(words.filter_map(Value::as_str).map(str::to_owned));
    let keys = kind["properties"].as_object().into_iter().flatten();
    into.extend(keys.map(|(name, _)| name.clone()));
    for one in ["oneOf", "anyOf"].iter().filter_map(|name| kind[*name].as_array()).flatten() {
        kinds_known(one, into);
    }
}

#[tokio::test]
async fn what_the_gallery_sends_is_answered_and_not_kept() {
    let portal = Portal::open();
    let post =
        async |url: &str| portal.send(request(Method::POST, url, &[], Body::from("{}"))).await;
    let taken = post("/gallery/taken").await;
    assert_eq!(taken.status, 201);
    assert_eq!(taken.json()["receipt"], "示例-0001");
    assert_eq!(post("/gallery/refused").await.findings(), ["/answers/name not-on-file"]);
    assert!(portal.nominations().await.is_empty());
}

#[tokio::test]
async fn the_sheet_of_the_page_shows_the_defaults_in_both_themes() {
    let sheet = Portal::open().get("/assets/gallery-contract.css").await.text();
    for rule in [
        ".swatch--on-accent-light { background: #fff; }",
        // As its ground, which it follows.
        ".swatch--link-dark { background: #8ab4f8; }",
        ".shows-section-title::part(section-title) {",
        "  --nf-accent: initial;",
    ] {
        assert!(sheet.contains(rule), "{rule}");
    }
}
