//! What the host can be told from outside: a handful of environment variables.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::DEMO_START;

/// Hours: a form that was begun on one weekend can be finished on the next.
const A_WEEK: &str = "168";

/// Everything the host needs to know before it opens.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `PORT`: where it listens on 127.0.0.1; 0 takes any free port.
    pub port: u16,
    /// `DATA_DIR`: the database and the uploaded files.
    pub data_dir: PathBuf,
    /// `PUBLIC_DIR`: the campaign files (`campaigns/*.json`) and the calendar (`working-days.json`).
    pub public_dir: PathBuf,
    /// `NF_DIR`: the built component.
    pub nf_dir: PathBuf,
    /// `NOW`: what the host's clock shows at the start, RFC 3339.
    pub now: String,
    /// `UPLOADS_KEEP_HOURS`: how long an upload stays that no nomination names and nobody touches.
    pub uploads_keep: Duration,
    /// `NF_DEMO_FAULTS=1`: take orders to fail on purpose. For tests of the page only.
    pub faults: bool,
}

impl Settings {
    /// Reads the environment. What is not set gets the value that suits a checkout of this project.
    ///
    /// # Errors
    ///
    /// A sentence that names the variable and what it should have been.
    pub fn from_env() -> Result<Self, String> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
        Ok(Self {
            port: port.parse().map_err(|_| format!("PORT is `{port}`, expected a port number"))?,
            data_dir: path("DATA_DIR").unwrap_or_else(|| PathBuf::from("data")),
            public_dir: path("PUBLIC_DIR").unwrap_or_else(|| project.join("public")),
            nf_dir: path("NF_DIR").unwrap_or_else(|| project.join("dist/nf")),
            now: env::var("NOW").unwrap_or_else(|_| DEMO_START.to_owned()),
            uploads_keep: hours(env::var("UPLOADS_KEEP_HOURS").as_deref().unwrap_or(A_WEEK))?,
            faults: env::var("NF_DEMO_FAULTS").is_ok_and(|value| value == "1"),
        })
    }
}

/// Whole hours, as `UPLOADS_KEEP_HOURS` says them.
///
/// # Errors
///
/// A sentence that says what it should have been. Not 0: that would take a file away between its
/// upload and its nomination.
pub fn hours(text: &str) -> Result<Duration, String> {
    let hours = text.parse().ok().filter(|hours| *hours > 0);
    let hours: u32 = hours.ok_or_else(|| {
        format!("UPLOADS_KEEP_HOURS is `{text}`, expected a whole number of hours from 1 on")
    })?;
    Ok(Duration::from_hours(1) * hours)
}

fn path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
