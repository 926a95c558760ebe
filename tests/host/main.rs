//! The reference host through its real router, a real database, and real connections where a
//! connection is what matters.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code)] // reading the environment is `main`'s business
#[path = "../../examples/reference_host/app.rs"]
mod app;

mod campaigns;
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod contract;
#[allow(clippy::unwrap_used)] // here and below: help for tests, outside of them
mod digests;
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod editions;
mod faults;
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod former;
#[allow(clippy::unwrap_used)]
mod gallery;
mod nominations;
mod officer;
mod portal;
#[allow(clippy::unwrap_used)]
mod races;
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod support;
#[allow(clippy::unwrap_used)]
mod tidy;
mod uploads;
