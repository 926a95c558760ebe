//! The reference host through its real router, a real database, and real connections where a
//! connection is what matters.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code)] // reading the environment is `main`'s business
#[path = "../../examples/reference_host/app.rs"]
mod app;

mod campaigns;
mod faults;
mod nominations;
mod officer;
mod portal;
#[allow(clippy::unwrap_used, clippy::indexing_slicing)] // help for tests, outside of them
mod support;
mod uploads;
