//! How much is written and how much may be.
//!
//! The visible figure follows every key. What is spoken comes from a region of its own, half a second
//! after the last key, so that a screen reader is not flooded.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use super::{Form, words};

/// The pause after which the figure is spoken.
const QUIET: Duration = Duration::from_millis(500);

/// The counter of a text or of a table's printed lines.
#[component]
pub fn Counter(form: Form, key: String, id: String) -> impl IntoView {
    let table =
        form.look(|session| session.track().field(&key).is_some_and(|f| !f.columns().is_empty()));
    let topic = if table { format!("{key}*") } else { key.clone() };
    let counted = Memo::new(move |_| form.watch(&topic, |session| session.count(&key)));
    let (spoken, speak) = signal(String::new());
    let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    Effect::new(move |before: Option<Option<(usize, u32)>>| {
        let now = counted.get();
        if before.is_some_and(|before| before != now) {
            waiting.get_value().inspect(TimeoutHandle::clear);
            let say = move || {
                if let Some((count, max)) = now {
                    speak.try_set(words::counter(count, max));
                }
            };
            waiting.set_value(set_timeout_with_handle(say, QUIET).ok());
        }
        now
    });
    on_cleanup(move || {
        waiting.try_get_value().flatten().inspect(TimeoutHandle::clear);
    });
    let over = move || counted.get().is_some_and(|(count, max)| count > max as usize);
    view! {
        <p class="counter" class=("counter--over", over) id=id>
            {move || counted.get().map(|(count, max)| words::counter(count, max))}
        </p>
        <p class="visually-hidden" aria-live="polite">{move || spoken.get()}</p>
    }
}
