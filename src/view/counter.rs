//! How much is written and how much may be.
//!
//! The visible figure follows every key. What is spoken comes from a region of its own, half a second
//! after the last key, so that a screen reader is not flooded.

use std::cell::Cell;

use gloo_timers::callback::Timeout;

use super::Form;
use super::el::{El, el, when};

/// The pause after which the figure is spoken, in milliseconds.
const QUIET_MS: u32 = 500;

/// Puts the counter of a text or of a table's printed lines into `around`.
pub(super) fn counter(form: Form, key: &str, id: &str, around: El) -> El {
    let table =
        form.look(|session| session.track().field(key).is_some_and(|f| !f.columns().is_empty()));
    let topic = if table { format!("{key}*") } else { key.to_owned() };
    let key = key.to_owned();
    let shown = el("p", "counter").attr("id", id);
    let spoken = el("p", "visually-hidden").attr("aria-live", "polite");
    let around = around.child(shown.clone()).child(spoken.clone());
    let waiting = Cell::new(None);
    let mut first = true;
    let counted = move || {
        form.watch(&topic, |session| {
            let (count, rule) = session.count(&key)?;
            let over = rule.most().is_some_and(|most| count > most as usize);
            Some((over, form.words().counter(count, rule)))
        })
    };
    when(Box::new(counted), move |now| {
        let (over, words) = now.clone().unwrap_or_default();
        shown.say(&words);
        shown.toggle("counter--over", over);
        if first {
            first = false;
            return;
        }
        let spoken = spoken.clone();
        let say = move || spoken.say(&words);
        // The timer before this one ends where it is replaced.
        waiting.set(now.as_ref().map(|_| Timeout::new(QUIET_MS, say)));
    });
    around
}
