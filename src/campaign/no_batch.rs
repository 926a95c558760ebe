//! What the page knows of a batch: that there may be one. Nobody there uses its settings, so they are
//! neither read nor checked; lint, the command and the host do that, with the whole of `batch.rs`.

use serde_json::Value;

use super::read::{Read, Reader};

/// Rules over the nominations of one track, unread.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Batch;

impl Read for Batch {
    fn read(_: Option<&Value>, _: &mut Reader) -> Self {
        Self
    }
}
