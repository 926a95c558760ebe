//! Yes or no: two buttons, or one box to tick.

use leptos::prelude::*;

use super::choice::radios;
use super::field::Control;
use super::{Form, words};
use crate::campaign::YesNoSettings;
use crate::session::Event;

pub(super) fn yes_no(form: Form, settings: &YesNoSettings, control: Control) -> AnyView {
    let lang = form.lang();
    if settings.tick {
        return tick(form, control);
    }
    let word = |text: &Option<crate::campaign::Text>, usual: &str| {
        text.as_ref().map_or(usual, |text| text.get(&lang)).to_owned()
    };
    let options = vec![
        ("yes".to_owned(), word(&settings.yes, words::YES)),
        ("no".to_owned(), word(&settings.no, words::NO)),
    ];
    radios(form, options, control)
}

/// A box to tick. Not ticked is no answer.
fn tick(form: Form, control: Control) -> AnyView {
    let Control { place, id, described_by, name, .. } = control;
    let ticked = form.look(|session| session.text_at(&place)) == "yes";
    view! {
        <span class="tick">
            <input
                type="checkbox"
                id=id
                name=name
                value="yes"
                aria-describedby=described_by
                prop:checked=ticked
                on:change=move |event| {
                    let typed = if event_target_checked(&event) { "yes" } else { "" };
                    form.send(Event::Entered(place.clone(), typed.to_owned()));
                }
            />
        </span>
    }
    .into_any()
}
