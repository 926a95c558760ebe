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
use super::looks::Chosen;

/// The campaign shown where none is asked for.
const DEFAULT_CAMPAIGN: &str = "nm2022";

/// What a visitor can choose in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    campaign: Option<String>,
    track: Option<String>,
    loud: Option<String>,
    look: Option<String>,
    theme: Option<String>,
    size: Option<String>,
}

impl Choice {
    fn looks(&self) -> Chosen {
        Chosen::read(self.look.as_deref(), self.theme.as_deref(), self.size.as_deref())
    }
}

/// `GET /`
pub async fn page(State(host): State<Arc<Host>>, Query(choice): Query<Choice>) -> Response {
    if !component::is_built(&host.settings.nf_dir) {
        let page = fill(include_str!("assets/unbuilt.html"), &[]);
        return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
    }
    match chosen(&host, &choice) {
        Some((name, campaign, track)) => {
            let loud = choice.loud.is_some();
            portal(&host, name, campaign, track, choice.looks(), loud).into_response()
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

/// Has the browser fetch wasm and campaign while it still reads the page: the script asks for the same later, and gets
/// these.
fn preloads(host: &Host, campaign: &str) -> Html {
    let wasm = component::preloads(&host.settings.nf_dir).into_iter().map(|at| format!("/nf/{at}"));
    let urls = wasm.chain([format!("/campaigns/{campaign}.json")]);
    let link = include_str!("assets/preload.html");
    urls.map(|url| fill(link, &[("url", text(&url))])).collect()
}

fn portal(
    host: &Host,
    name: &str,
    campaign: &Campaign,
    track: &Track,
    chosen: Chosen,
    loud: bool,
) -> Html {
    let loud = if loud { fill(include_str!("assets/loud.html"), &[]) } else { Html::default() };
    let look = chosen.look(name);
    let here = |chosen| address(name, track, chosen);
    let (other_size, other) = chosen.other_size();
    let all = host.campaigns.all();
    let (same, others): (Vec<_>, Vec<_>) = all.partition(|(known, _)| *known == name);
    let contact = |words: &Option<_>| text(words.as_ref().map_or(UNSAID, Text::base));
    fill(
        include_str!("assets/portal.html"),
        &[
            ("loud", loud),
            ("sheets", chosen.sheets(look)),
            ("preloads", preloads(host, name)),
            ("size", chosen.size()),
            ("portal", text(look.portal)),
            ("mark", text(look.mark)),
            ("looks", chosen.looks(look, here)),
            ("themes", chosen.themes(here)),
            ("other_size", text(other_size)),
            ("other_size_url", text(&here(other))),
            ("home_url", text(&format!("/?campaign={DEFAULT_CAMPAIGN}{}", chosen.query()))),
            ("title", text(campaign.title.base())),
            ("notice", text(campaign.notice.as_ref().map_or("", Text::base))),
            ("track_title", text(track.title.base())),
            ("form", text(&forms(track))),
            ("deadline", text(&in_words(campaign.deadline))),
            ("before", before(track)),
            ("tracks", cards(&same, track, chosen)),
            ("others", cards(&others, track, chosen)),
            ("campaign_url", text(&format!("/campaigns/{name}.json"))),
            ("track", text(&track.id)),
            ("options", chosen.options()),
            ("now", text(&host.clock.now().to_string())),
            ("day", text(&in_words(host.clock.today()))),
            ("unit", contact(&campaign.contact.unit)),
            ("person", contact(&campaign.contact.person)),
            ("phone", contact(&campaign.contact.phone)),
            ("address", contact(&campaign.contact.address)),
        ],
    )
}

/// Where a track's form stands, in the look that was chosen.
fn address(campaign: &str, track: &Track, chosen: Chosen) -> String {
    format!("/?campaign={campaign}&track={}{}", track.id, chosen.query())
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

/// The tracks of campaigns, each as a link to its form; the one shown is marked.
fn cards(campaigns: &[(&str, &Arc<Campaign>)], shown: &Track, chosen: Chosen) -> Html {
    let cards = campaigns.iter().flat_map(|(name, campaign)| {
        campaign.tracks.iter().map(move |track| {
            let template = if track.id == shown.id {
                r#"<li><a href="{{url}}" aria-current="page"><b>{{title}}</b><span>正在填报 · 使用{{form}}</span></a></li>"#
            } else {
                r#"<li><a href="{{url}}"><b>{{title}}</b><span>使用{{form}} · {{deadline}}截止</span></a></li>"#
            };
            let values = [
                ("url", text(&address(name, track, chosen))),
                ("title", text(track.title.base())),
                ("form", text(&forms(track))),
                ("deadline", text(&in_words(campaign.deadline))),
            ];
            fill(template, &values)
        })
    });
    cards.collect()
}
