//! The host's clock: it starts at a set time and runs on, so that a closed campaign can be tried.
//!
//! Deadlines are judged by this clock and never by the visitor's, which may be wrong or set back.

use std::time::Instant as Started;

use nomination_form::standards::Instant;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// The demo's time where nothing else is said: two days before the closing date of `nm2022`.
pub const DEMO_START: &str = "2022-08-18T10:00:00+08:00";

/// A clock that was set once and has been running since.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: OffsetDateTime,
    started: Started,
}

impl Clock {
    /// A clock that shows `start` (RFC 3339) now.
    ///
    /// # Errors
    ///
    /// A sentence for whoever set the time, where it is not RFC 3339.
    pub fn starting_at(start: &str) -> Result<Self, String> {
        let start = OffsetDateTime::parse(start, &Rfc3339)
            .map_err(|error| format!("`{start}` is no time like `{DEMO_START}`: {error}"))?;
        Ok(Self { start: start.to_offset(beijing()), started: Started::now() })
    }

    /// The time, as clocks in Beijing show it: receipts carry the day people have.
    pub fn now(&self) -> OffsetDateTime {
        self.start.saturating_add(self.started.elapsed().try_into().unwrap_or_default())
    }

    /// The time as RFC 3339, to the second.
    pub fn rfc3339(&self) -> String {
        let now = self.now();
        now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
    }

    /// The time as the engine takes it.
    pub fn instant(&self) -> Instant {
        Instant::from_utc_seconds(self.now().unix_timestamp())
    }

    /// The day as it stands in receipts: `20220818`.
    pub fn day(&self) -> String {
        let day = self.now().date();
        format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day())
    }

    /// The day in words: `2022年8月18日`.
    pub fn day_in_words(&self) -> String {
        let day = self.now().date();
        format!("{}年{}月{}日", day.year(), u8::from(day.month()), day.day())
    }
}

fn beijing() -> UtcOffset {
    UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC)
}
