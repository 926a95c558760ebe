//! Provisional: shows that the built component starts. The element itself replaces this.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Shows one text box in `place`, which lives in the element's shadow root.
#[wasm_bindgen]
pub fn mount(place: web_sys::HtmlElement) {
    let text = RwSignal::new(String::new());
    let count = move || text.read().chars().count();
    leptos::mount::mount_to(place, move || {
        view! {
            <label for="deeds">"先进事迹"</label>
            <textarea id="deeds" name="deeds" rows=move || 8
                on:input=move |input| text.set(event_target_value(&input))></textarea>
            <p class="count">{count}" 字"</p>
        }
    })
    .forget();
}

fn main() {}
