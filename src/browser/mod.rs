//! The rim: one file per web API, short wrappers that return our types.
//!
//! Invariant: whatever can fail for outside reasons fails here, as a value, at the call that made it.

mod clock;
mod drafts;
mod files;
mod http;
mod ids;
mod page;
mod parcel;
mod pictures;
mod seal;
mod uploads;

pub use clock::HostClock;
pub use drafts::{Drafts, DraftsError, Kept};
pub use files::{Beside, Bytes, FileRead, ReadError, joined, keep_file, pieces, read};
pub use http::{Http, HttpError, Reply};
pub use ids::new_id;
pub use page::{PageEvent, PageWatch};
pub use parcel::{ParcelError, hand_over, pack, unpack};
pub use uploads::{Control, Freight, Progress, discard, upload};
