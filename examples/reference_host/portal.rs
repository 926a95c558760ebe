//! The portal page: what a government site looks like around the form, and how it embeds it.
//!
//! The whole integration is the one `<script>` tag in `assets/portal.html`.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nomination_form::campaign::{Campaign, Text, Track};
use serde::Deserialize;

use super::Host;
use super::clock::in_words;
use super::component;
use super::html::{Html, fill, text};

/// The campaign shown where none is asked for.
const DEFAULT_CAMPAIGN: &str = "nm2022";

/// What a visitor can choose in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    campaign: Option<String>,
    track: Option<String>,
    loud: Option<String>,
}

/// `GET /`
pub async fn page(State(host): State<Arc<Host>>, Query(choice): Query<Choice>) -> Response {
    if !component::is_built(&host.settings.nf_dir) {
        let page = fill(include_str!("assets/unbuilt.html"), &[]);
        return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
    }
    match chosen(&host, &choice) {
        Some((name, campaign, track)) => {
            portal(&host, name, campaign, track, choice.loud.is_some()).into_response()
        }
        None => {
            (StatusCode::NOT_FOUND, fill(include_str!("assets/unknown.html"), &[])).into_response()
        }
    }
}

/// Only names that exist: nothing a visitor writes into the address gets into the page.
fn chosen<'h>(host: &'h Host, choice: &Choice) -> Option<(&'h str, &'h Campaign, &'h Track)> {
    let wanted = choice.campaign.as_deref().or_else(|| of_track(choice.track.as_deref()?));
    let wanted = wanted.unwrap_or(DEFAULT_CAMPAIGN);
    let (name, campaign) = host.campaigns.all().find(|(name, _)| *name == wanted)?;
    let track = match &choice.track {
        Some(id) => campaign.track(id)?,
        None => campaign.tracks.first()?,
    };
    Some((name, campaign, track))
}

/// `nm2022` of `nm2022.worker`.
fn of_track(track: &str) -> Option<&str> {
    track.split_once('.').map(|(campaign, _)| campaign)
}

fn portal(host: &Host, name: &str, campaign: &Campaign, track: &Track, loud: bool) -> Html {
    let loud = if loud { fill(include_str!("assets/loud.html"), &[]) } else { Html::default() };
    let deadline = text(&in_words(campaign.deadline));
    let contact = |words: &Option<_>| text(words.as_ref().map_or(UNSAID, Text::base));
    fill(
        include_str!("assets/portal.html"),
        &[
            ("loud", loud),
            ("title", text(campaign.title.base())),
            ("notice", text(campaign.notice.as_ref().map_or("", Text::base))),
            ("track_title", text(track.title.base())),
            ("form", text(&forms(track))),
            ("deadline", deadline),
            ("before", before(track)),
            ("tracks", tracks(host, track)),
            ("campaign_url", text(&format!("/campaigns/{name}.json"))),
            ("track", text(&track.id)),
            ("now", text(&host.clock.now().to_string())),
            ("day", text(&in_words(host.clock.today()))),
            ("unit", contact(&campaign.contact.unit)),
            ("person", contact(&campaign.contact.person)),
            ("phone", contact(&campaign.contact.phone)),
            ("address", contact(&campaign.contact.address)),
        ],
    )
}

/// The names of the forms a track has: 附件1, or 附件5、附件6 where it depends on the nominee.
fn forms(track: &Track) -> String {
    track.form.0.iter().map(|case| case.name.as_str()).collect::<Vec<_>>().join("、")
}

/// What the footer says of a contact the campaign file does not give.
const UNSAID: &str = "见通知原文";

fn before(track: &Track) -> Html {
    let item = |words: &Text| fill("<li>{{words}}</li>", &[("words", text(words.base()))]);
    track.before.iter().map(item).collect()
}

/// Links to every form the host runs; the one shown is marked.
fn tracks(host: &Host, shown: &Track) -> Html {
    let links = host.campaigns.all().flat_map(|(name, campaign)| {
        campaign.tracks.iter().map(move |track| {
            let template = if track.id == shown.id {
                r#"<li><a href="{{url}}" aria-current="page">{{title}}</a></li>"#
            } else {
                r#"<li><a href="{{url}}">{{title}}</a></li>"#
            };
            let url = format!("/?campaign={name}&track={}", track.id);
            fill(template, &[("url", text(&url)), ("title", text(track.title.base()))])
        })
    });
    links.collect()
}
