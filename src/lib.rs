//! A form component for award nominations, and the engine that judges them.
//!
//! A campaign file and a person's answers go into a pure engine; a verdict comes out. The same code
//! runs in the page as WebAssembly and at the host, so what the person saw is what the host finds.
//!
//! # Example: judging again at the host
//!
//! ```
//! use std::sync::Arc;
//! use nomination_form::{campaign::Campaign, rules::Judge, standards::{Calendar, Instant}, submission::Submission};
//!
//! # let file = include_bytes!("../public/campaigns/nm2022.json");
//! # let body = include_bytes!("../tests/fixtures/verdicts/base/nm2022.worker.json");
//! let campaign = Campaign::parse(file).expect("a campaign without faults");
//! let nomination = Submission::read(body)?;
//! let calendar = Arc::new(Calendar::built_in());
//! let judge = Judge::new(Arc::new(campaign), &nomination.track, calendar).expect("a track of the campaign");
//! let verdict = nomination.judge(&judge, Instant::parse("2022-08-18T10:00:00+08:00")?)?;
//! assert!(verdict.ok);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things live
#![doc = include_str!("docs/design.md")]

pub mod answers;
#[cfg(feature = "cli")]
pub mod batch;
#[cfg(feature = "element")]
pub mod browser;
pub mod campaign;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "element")]
pub mod element;
pub mod files;
pub mod rules;
pub mod session;
pub mod standards;
pub mod submission;
pub mod upload;
#[cfg(feature = "element")]
pub mod view;
pub mod words;
