//! The gallery: one page with every kind of question, token, part, event and option of the component.
//!
//! It is for designers, who see what they can change; for developers, who copy from it; and for
//! tests, which walk it. Its forms send to addresses that answer and keep nothing.

use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use nomination_form::campaign::Campaign;
use serde::Deserialize;
use serde_json::{Value, json};

use super::contract::{Token, parts, table, tokens, values};
use super::html::{Html, fill, text};
use super::looks::Chosen;
use super::{Host, css};

/// The campaign of the gallery: one track for each family of questions.
const CAMPAIGN: &str = include_str!("assets/gallery.json");

/// The track that options and events are shown with.
const SMALL: &str = "gallery.small";

/// A time at which the gallery's campaign is open; the page looks the same every day.
const NOW: &str = "2024-03-13T10:00:00+08:00";

/// The states that every kind of question is shown in.
const STATES: [(&str, &str); 3] = [("empty", "空白"), ("filled", "已填"), ("problems", "有问题")];

/// Forms that show what an event is about: a host that takes, one that refuses, and no campaign.
const EVENTS: [(&str, &str); 3] =
    [("taken", "主办方收下"), ("refused", "主办方退回"), ("faulty", "打不开")];

/// Other forms of the two pages.
const OTHERS: [(&str, &str); 2] = [("methods", "属性和方法"), ("vertical", "竖排")];

/// The options, each with values to show it with.
const OPTIONS: [(&str, &[&str]); 12] = [
    ("campaign", &["/gallery/campaigns/empty.json"]),
    ("track", &["gallery.choices"]),
    ("submit-to", &["/gallery/taken"]),
    ("upload-to", &["/files"]),
    ("draft", &["device", "memory", "none"]),
    ("lang", &["en"]),
    ("words", &["/gallery/words.json"]),
    ("layout", &["page", "steps"]),
    ("mode", &["fill", "review"]),
    ("text-size", &["large"]),
    ("theme", &["light", "dark", "auto"]),
    ("now", &["2024-03-16T10:00:00+08:00"]),
];

static TRACKS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let campaign = Campaign::parse(CAMPAIGN.as_bytes());
    let tracks = campaign.map(|campaign| campaign.tracks).unwrap_or_default();
    let named = tracks.into_iter().map(|track| (track.id, track.title.base().to_owned()));
    named.filter(|(id, _)| id != SMALL).collect()
});

/// What a visitor can choose in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    look: Option<String>,
    theme: Option<String>,
    size: Option<String>,
}

impl Choice {
    fn looks(&self) -> Chosen {
        Chosen::read(self.look.as_deref(), self.theme.as_deref(), self.size.as_deref())
    }
}

/// `GET /gallery`
pub async fn page(Query(choice): Query<Choice>) -> Html {
    let chosen = choice.looks();
    let option = |(name, values): &(&str, &[&str])| option(chosen, name, values);
    let values = [
        ("kinds", TRACKS.iter().map(|(id, title)| kind(chosen, id, title)).collect()),
        ("tokens", tokens().iter().map(token).collect()),
        ("parts", parts().iter().map(part).collect()),
        ("events", reference("event")),
        ("live_events", EVENTS.iter().map(|event| live_event(chosen, *event)).collect()),
        ("options", OPTIONS.iter().map(option).collect()),
        ("properties", reference("property, method")),
        (
            "live_methods",
            form(chosen, SMALL, Some("methods"), &[("id", "methods"), ("draft", "memory")]),
        ),
    ];
    let all: Vec<_> = frame(chosen, "/gallery").into_iter().chain(values).collect();
    fill(include_str!("assets/gallery.html"), &all)
}

/// `GET /gallery/vertical`
pub async fn vertical(Query(choice): Query<Choice>) -> Html {
    let chosen = choice.looks();
    let shown = |track| form(chosen, track, Some("vertical"), &[("data-shows", "problems")]);
    let tracks = ["gallery.texts", "gallery.choices", "gallery.tables", "gallery.files"];
    let values = [("forms", tracks.into_iter().map(shown).collect())];
    let all: Vec<_> = frame(chosen, "/gallery/vertical").into_iter().chain(values).collect();
    fill(include_str!("assets/vertical.html"), &all)
}

/// `GET /gallery/words.json`: a host's own words over the form's.
pub async fn words() -> Json<Value> {
    Json(json!({ "submit": "上报推荐材料", "submit_note": "上报前再核对一遍" }))
}

/// What both pages have around them.
fn frame(chosen: Chosen, path: &'static str) -> [(&'static str, Html); 6] {
    let look = chosen.look("sh2023");
    let here = |chosen: Chosen| format!("{path}?{}", chosen.query().trim_start_matches('&'));
    let (other_size, other) = chosen.other_size();
    [
        ("sheets", chosen.sheets(look)),
        ("size", chosen.size()),
        ("looks", chosen.looks(look, here)),
        ("themes", chosen.themes(here)),
        ("other_size", text(other_size)),
        ("other_size_url", text(&here(other))),
    ]
}

/// A family of questions in all states, side by side.
fn kind(chosen: Chosen, track: &str, title: &str) -> Html {
    let state = |(state, words): &(&str, &str)| {
        let form = form(chosen, track, Some(state), &[("data-shows", state), ("class", "bare")]);
        shown(words, form)
    };
    fill(
        r#"<section class="kind"><h3>{{title}}</h3><ul class="states">{{states}}</ul></section>"#,
        &[("title", text(title)), ("states", STATES.iter().map(state).collect())],
    )
}

/// A form under the words that say what it shows.
fn shown(words: &str, form: Html) -> Html {
    let values = [("words", text(words)), ("form", form)];
    fill(r#"<li><p class="state">{{words}}</p>{{form}}</li>"#, &values)
}

fn token(token: &Token) -> Html {
    let grounds = |names: &[String]| {
        names.iter().map(|name| format!("--nf-{name}")).collect::<Vec<_>>().join(", ")
    };
    let contrast = token.contrast.as_ref();
    let contrast = contrast.map(|(ratio, names)| format!("{ratio}:1 on {}", grounds(names)));
    fill(
        include_str!("assets/gallery-token.html"),
        &[
            ("name", text(&token.name)),
            ("meaning", text(&token.meaning)),
            ("contrast", text(&contrast.unwrap_or_default())),
            ("light", value(token, "light", &token.light)),
            ("dark", value(token, "dark", &token.dark)),
        ],
    )
}

/// A value, after a piece of its colour where it is one.
fn value(token: &Token, theme: &str, value: &str) -> Html {
    let colour = token.contrast.is_some() || value.starts_with('#') || value.starts_with("var(");
    let template = if colour && !token.name.ends_with("font") {
        r#"<span class="swatch swatch--{{name}}-{{theme}}"></span><code>{{value}}</code>"#
    } else {
        "<code>{{value}}</code>"
    };
    let values = [("name", text(&token.name)), ("theme", text(theme)), ("value", text(value))];
    fill(template, &values)
}

fn part((name, meaning): &(String, String)) -> Html {
    fill(
        r#"<li><button class="press" type="button" aria-pressed="false" data-part="{{name}}">{{name}}</button> <span lang="en">{{meaning}}</span></li>"#,
        &[("name", text(name)), ("meaning", text(meaning))],
    )
}

/// A table of README, as a list of names and what they mean.
fn reference(head: &str) -> Html {
    let row = |(names, cells): (Vec<String>, Vec<String>)| {
        let names = names.iter().map(|name| {
            fill(r#"<code data-name="{{name}}">{{name}}</code> "#, &[("name", text(name))])
        });
        let meaning = cells.iter().map(|cell| prose(cell)).collect();
        let values = [("names", names.collect()), ("meaning", meaning)];
        fill(r#"<div><dt>{{names}}</dt><dd lang="en">{{meaning}}</dd></div>"#, &values)
    };
    table(head).into_iter().map(row).collect()
}

/// The only markup that these tables of README have: code.
fn prose(markdown: &str) -> Html {
    let piece = |(at, piece): (usize, &str)| match at % 2 {
        0 => text(piece),
        _ => fill("<code>{{code}}</code>", &[("code", text(piece))]),
    };
    markdown.split('`').enumerate().map(piece).collect()
}

fn live_event(chosen: Chosen, (mark, words): (&str, &str)) -> Html {
    let campaign = (mark != "faulty").then_some(mark);
    let to = format!("/gallery/{mark}");
    shown(words, form(chosen, SMALL, campaign, &[("submit-to", &to), ("draft", "memory")]))
}

/// An option, with a form for each of its values.
fn option(chosen: Chosen, name: &str, values: &[&str]) -> Html {
    let show = |(at, value): (usize, &&str)| {
        // A theme is shown with the form's own colours: a look has them for the page's theme alone.
        let plain = (name == "theme").then_some(("class", "plain"));
        let more: Vec<_> = [(name, *value)].into_iter().chain(plain).collect();
        let form = form(chosen, SMALL, Some(&format!("{name}-{at}")), &more);
        shown(&format!("{name}=\"{value}\""), form)
    };
    let rows = table("attribute");
    let row = rows.into_iter().find(|(names, _)| names.iter().any(|known| known == name));
    let meaning = row.map(|(_, cells)| cells.iter().map(|cell| prose(cell)).collect());
    fill(
        include_str!("assets/gallery-option.html"),
        &[
            ("name", text(name)),
            ("meaning", meaning.unwrap_or_default()),
            ("forms", values.iter().enumerate().map(show).collect()),
        ],
    )
}

/// The element with a track of the gallery's campaign, in the chosen look. `more` goes before what is
/// usual here.
fn form(chosen: Chosen, track: &str, mark: Option<&str>, more: &[(&str, &str)]) -> Html {
    let campaign = mark.map(|mark| format!("/gallery/campaigns/{mark}.json"));
    let mut all = more.to_vec();
    let mut usual = vec![("track", track), ("draft", "none"), ("now", NOW)];
    usual.extend([("submit-to", "/gallery/taken"), ("upload-to", "/files")]);
    usual.extend(campaign.as_ref().map(|url| ("campaign", url.as_str())));
    for (name, value) in chosen.attributes() {
        usual.push((name, value));
    }
    all.extend(usual.iter().filter(|(name, _)| more.iter().all(|(known, _)| known != name)));
    let attribute = |(name, value): &(&str, &str)| {
        fill(r#" {{name}}="{{value}}""#, &[("name", text(name)), ("value", text(value))])
    };
    let all = all.iter().map(attribute).collect();
    fill("<nomination-form{{all}}></nomination-form>", &[("all", all)])
}

/// `GET /gallery/campaigns/<mark>.json`: the campaign with words in its sections' titles that tell one
/// form from the other, for those who go from heading to heading.
pub async fn campaign(Path(file): Path<String>) -> Response {
    let words = file.strip_suffix(".json").and_then(words_of);
    let (Some(words), Ok(mut campaign)) = (words, serde_json::from_str::<Value>(CAMPAIGN)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let sections = each(&mut campaign, "tracks").flat_map(|track| each(track, "sections"));
    for title in sections.filter_map(|section| section.get_mut("title")) {
        match title {
            Value::String(title) => title.push_str(&words),
            Value::Object(by_language) => by_language.values_mut().for_each(|title| {
                *title = format!("{}{words}", title.as_str().unwrap_or_default()).into();
            }),
            _ => (),
        }
    }
    ([(CACHE_CONTROL, "no-cache")], Json(campaign)).into_response()
}

/// The entries of a list in an object.
fn each<'v>(object: &'v mut Value, name: &str) -> impl Iterator<Item = &'v mut Value> + use<'v> {
    object.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}

/// What is said of a form in its sections' titles.
fn words_of(mark: &str) -> Option<String> {
    let named = STATES.iter().chain(&EVENTS).chain(&OTHERS).find(|(known, _)| *known == mark);
    let option = || {
        let (name, at) = mark.rsplit_once('-')?;
        let (_, values) = OPTIONS.iter().find(|(known, _)| *known == name)?;
        Some(format!("（{name}={}）", values.get(at.parse::<usize>().ok()?)?))
    };
    named.map(|(_, words)| format!("（{words}）")).or_else(option)
}

/// `POST /gallery/taken`: a host that takes everything and keeps nothing.
pub async fn taken(State(host): State<Arc<Host>>) -> impl IntoResponse {
    let receipt = json!({"receipt": "示例-0001", "received_at": host.clock.now().to_string()});
    (StatusCode::CREATED, Json(receipt))
}

/// `POST /gallery/refused`: a host that finds something in every name.
pub async fn refused() -> impl IntoResponse {
    let error = json!({"pointer": "/answers/name", "code": "not-on-file", "detail": "与档案里的姓名不一致"});
    let problem = json!({"title": "与档案不一致", "status": 422, "errors": [error]});
    let kind = [(CONTENT_TYPE, "application/problem+json")];
    (StatusCode::UNPROCESSABLE_ENTITY, kind, problem.to_string())
}

/// `GET /assets/gallery-contract.css`: what the page shows of each token and part. Styles cannot stand
/// in the page itself, by its policy.
pub async fn sheet() -> impl IntoResponse {
    let swatches = [("light", false), ("dark", true)].into_iter().flat_map(|(theme, dark)| {
        let colours = values(dark, &[]).into_iter().filter(|(_, value)| value.starts_with('#'));
        colours.map(move |(name, value)| {
            format!(".swatch--{name}-{theme} {{ background: {value}; }}\n")
        })
    });
    let plain = tokens().into_iter().map(|token| format!("  --nf-{}: initial;\n", token.name));
    let plain = format!("nomination-form.plain {{\n{}}}\n", plain.collect::<String>());
    let marked = parts().into_iter().map(|(name, _)| {
        format!(
            ".shows-{name}::part({name}) {{ outline: 3px dashed #d0006f; outline-offset: 2px; }}\n"
        )
    });
    css(swatches.chain([plain]).chain(marked).collect::<String>())
}
