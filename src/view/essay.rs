//! A longer text.
//!
//! The box is uncontrolled: it gets its text once and is only read after that, so an input method's
//! composition is never disturbed. There is no `maxlength`: it cuts pinyin short and counts wrongly.

use leptos::prelude::*;

use super::counter::Counter;
use super::field::Control;
use super::{Form, dom};
use crate::campaign::EssaySettings;
use crate::session::Event;

pub(super) fn essay(form: Form, settings: &EssaySettings, control: Control) -> AnyView {
    let Control { place, id, described_by, name, wrong } = control;
    let typed = form.look(|session| session.text_at(&place));
    let (on_input, on_end, on_left) = (place.clone(), place.clone(), place.clone());
    let counter_id = format!("{id}-count");
    let described_by = format!("{described_by} {counter_id}");
    view! {
        <textarea
            id=id
            name=name
            class="input input--essay"
            rows=settings.lines.unwrap_or(8)
            aria-describedby=described_by
            aria-invalid=move || wrong.get().then_some("true")
            prop:value=typed
            on:input=move |event| {
                if !dom::composing(&event) {
                    form.send(Event::Entered(on_input.clone(), dom::typed(&event)));
                }
            }
            on:compositionend=move |event| {
                form.send(Event::Entered(on_end.clone(), dom::typed(&event)));
            }
            on:blur=move |event| {
                form.send(Event::Entered(on_left.clone(), dom::typed(&event)));
                form.send(Event::Left(on_left.clone()));
            }
        ></textarea>
        <Counter form key=place.key().to_owned() id=counter_id />
    }
    .into_any()
}
