//! The host's clock, as far as the page can know it.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;

use crate::standards::Instant;

/// The host's time: what the host said, plus what has passed since. Without a word from the host it
/// is the device's clock, which may be wrong; the host judges by its own in any case.
#[derive(Debug, Default)]
pub struct HostClock {
    said: Cell<Option<(Instant, f64)>>,
}

impl HostClock {
    /// A clock that follows the host's, if `said` is a time as RFC 3339 writes it.
    pub fn new(said: Option<&str>) -> Self {
        let clock = Self::default();
        if let Some(said) = said {
            clock.set(said);
        }
        clock
    }

    /// Takes over what the host says; anything but a time changes nothing.
    pub fn set(&self, said: &str) {
        if let Ok(instant) = Instant::parse(said) {
            self.said.set(Some((instant, ticks())));
        }
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        match self.said.get() {
            Some((said, at)) => {
                Instant::from_utc_seconds(said.utc_seconds() + whole((ticks() - at) / 1000.0))
            }
            None => Instant::from_utc_seconds(whole(js_sys::Date::now() / 1000.0)),
        }
    }
}

/// Milliseconds on a clock that nobody sets.
pub(super) fn ticks() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// What `work` gives, unless it takes longer than so many milliseconds.
pub(super) async fn in_time<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut late = pin!(TimeoutFuture::new(ms));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    })
    .await
}

#[allow(clippy::cast_possible_truncation)] // seconds of any real date fit
fn whole(seconds: f64) -> i64 {
    seconds as i64
}
