//! The host's clock: it starts at a set time and runs on, so that a closed campaign can be tried.
//!
//! Deadlines are judged by this clock and never by the visitor's, which may be wrong or set back.

use std::time::Instant as Started;

use nomination_form::standards::{Day, Instant};

/// The demo's time where nothing else is said: two days before the closing date of `nm2022`.
pub const DEMO_START: &str = "2022-08-18T10:00:00+08:00";

/// Minutes that clocks in Beijing are ahead of UTC: receipts carry the day people have.
const BEIJING: i32 = 480;

/// A clock that was set once and has been running since.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
    started: Started,
}

impl Clock {
    /// A clock that shows `start` (RFC 3339) now.
    ///
    /// # Errors
    ///
    /// A sentence for whoever set the time, where it is not RFC 3339.
    pub fn starting_at(start: &str) -> Result<Self, String> {
        let start = Instant::parse(start)
            .map_err(|_| format!("`{start}` is no time, expected one like `{DEMO_START}`"))?;
        Ok(Self { start, started: Started::now() })
    }

    /// The time.
    pub fn now(&self) -> Instant {
        let passed = i64::try_from(self.started.elapsed().as_secs()).unwrap_or_default();
        Instant::from_utc_seconds(self.start.utc_seconds().saturating_add(passed))
    }

    /// The day.
    pub fn today(&self) -> Day {
        self.now().day_at(BEIJING)
    }
}

/// A day in words: `2022年8月18日`.
pub fn in_words(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month().month(), day.day_of_month())
}

/// A moment as people in Beijing write it: `2022-08-18 10:00`.
pub fn on_paper(moment: Instant) -> String {
    let minutes = moment.utc_seconds().div_euclid(60) + i64::from(BEIJING);
    let (hour, minute) = (minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60));
    format!("{} {hour:02}:{minute:02}", moment.day_at(BEIJING))
}
