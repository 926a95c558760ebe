//! The rim: one file per web API, short wrappers that return our types.
//!
//! Invariant: whatever can fail for outside reasons fails here, as a value, at the call that made it.

mod clock;
mod files;
mod http;
mod ids;
mod pictures;
mod uploads;

pub use clock::HostClock;
pub use files::{Bytes, ReadError, read};
pub use http::{Http, HttpError, Reply};
pub use ids::new_id;
pub use uploads::{Progress, upload};
