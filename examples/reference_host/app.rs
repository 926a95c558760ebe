//! The reference host: a portal that embeds the form, takes nominations in and shows them.
//!
//! A router over one shared [`Host`]. Read `judging.rs` for how a host uses the engine,
//! `nominations.rs` for receipts, repeats and editions, `uploads.rs` for files, `policy.rs` for the
//! headers.

// `pub` here means: for the other modules, the entry and the tests. Nothing depends on an example.
#![allow(unreachable_pub)]

mod busy;
mod campaigns;
mod clock;
mod component;
pub mod contract;
mod digest;
mod download;
mod editions;
mod faults;
mod gallery;
mod html;
mod judging;
mod looks;
mod measure;
pub mod nominations;
mod officer;
mod policy;
mod portal;
mod refusal;
mod schema;
pub mod settings;
mod sheet;
mod shelf;
pub mod store;
pub mod tidy;
mod uploads;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use nomination_form::standards::Calendar;

use busy::Busy;
use campaigns::Campaigns;
use clock::Clock;
use faults::Faults;
pub use settings::Settings;
use shelf::Shelf;
use store::Store;

/// Everything the routes share.
#[derive(Debug)]
pub struct Host {
    settings: Settings,
    clock: Clock,
    calendar: Arc<Calendar>,
    campaigns: Campaigns,
    store: Store,
    shelf: Shelf,
    /// The idempotency keys of the submissions being taken just now.
    in_progress: Busy,
    faults: Faults,
}

impl Host {
    /// Reads the campaigns and the calendar, opens the database and the folder of uploads.
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the host.
    pub fn open(settings: Settings) -> Result<Self, String> {
        let files = settings.data_dir.join("files");
        std::fs::create_dir_all(&files).map_err(|error| cannot("make", &files, &error))?;
        let database = settings.data_dir.join("nominations.sqlite");
        let store = Store::open(&database).map_err(|error| cannot("open", &database, &error))?;
        Ok(Self {
            clock: Clock::starting_at(&settings.now)?,
            calendar: Arc::new(calendar(&settings.public_dir.join("working-days.json"))?),
            campaigns: Campaigns::read(&settings.public_dir.join("campaigns"))?,
            store,
            shelf: Shelf::new(&files),
            in_progress: Busy::default(),
            faults: Faults::default(),
            settings,
        })
    }
}

/// All routes.
pub fn router(host: Arc<Host>) -> Router {
    Router::new()
        .merge(submissions(&host))
        .merge(files(&host))
        .merge(demo(&host))
        .merge(gallery())
        .route("/", get(portal::page))
        .route("/officer", get(officer::list))
        .route("/officer/{id}", get(officer::one))
        .route("/campaigns/{file}", get(campaigns::serve))
        .nest_service("/nf", component::service(&host.settings.nf_dir))
        .route("/assets/icon.svg", get(async || icon()))
        .route("/assets/portal.css", get(async || css(include_str!("assets/portal.css"))))
        .route("/assets/looks/{file}", get(looks::sheet))
        .route("/assets/loud.css", get(async || css(include_str!("assets/loud.css"))))
        .route("/assets/officer.css", get(async || css(include_str!("assets/officer.css"))))
        .layer(from_fn(policy::add))
        .with_state(host)
}

fn submissions(host: &Arc<Host>) -> Router<Arc<Host>> {
    let routes = Router::new()
        .route("/api/nominations", get(nominations::all).post(nominations::take))
        .route("/api/nominations/{id}", get(nominations::one));
    if host.settings.faults {
        return routes.route_layer(from_fn_with_state(Arc::clone(host), faults::on_submit));
    }
    routes
}

fn files(host: &Arc<Host>) -> Router<Arc<Host>> {
    let mut routes = Router::new()
        .route("/files", any(uploads::collection))
        .route("/files/", any(uploads::collection))
        .route("/files/{id}", any(uploads::one));
    if host.settings.faults {
        routes = routes.route_layer(from_fn_with_state(Arc::clone(host), faults::on_upload));
    }
    // The last layer runs first: it puts the method right before a fault looks at it.
    routes.route_layer(from_fn(uploads::tus))
}

fn demo(host: &Arc<Host>) -> Router<Arc<Host>> {
    if host.settings.faults {
        return Router::new().route("/demo/faults", post(faults::order));
    }
    Router::new()
}

fn gallery() -> Router<Arc<Host>> {
    Router::new()
        .route("/gallery", get(gallery::page))
        .route("/gallery/vertical", get(gallery::vertical))
        .route("/gallery/campaigns/{file}", get(gallery::campaign))
        .route("/gallery/words.json", get(gallery::words))
        .route("/gallery/taken", post(gallery::taken))
        .route("/gallery/refused", post(gallery::refused))
        .route("/assets/gallery.css", get(async || css(include_str!("assets/gallery.css"))))
        .route("/assets/gallery-contract.css", get(gallery::sheet))
        .route("/assets/gallery.js", get(async || js(include_str!("assets/gallery.js"))))
        .route(
            "/assets/gallery-answers.js",
            get(async || js(include_str!("assets/gallery-answers.js"))),
        )
}

fn js(script: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], script)
}

fn icon() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")],
        include_str!("assets/icon.svg"),
    )
}

fn css(sheet: impl Into<axum::body::Body>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], sheet.into())
}

fn calendar(file: &Path) -> Result<Calendar, String> {
    let bytes = std::fs::read(file).map_err(|error| cannot("read", file, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| cannot("read", file, &error))
}

fn cannot(what: &str, file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("cannot {what} `{}`: {error}", file.display())
}
