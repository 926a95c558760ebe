//! Yes or no: two buttons, or one box to tick.

use super::choice::radios;
use super::el::{El, el};
use super::field::Control;
use super::{Form, dom};
use crate::campaign::YesNoSettings;
use crate::session::{Event, Offer};

pub(super) fn yes_no(form: Form, settings: &YesNoSettings, control: &Control) -> El {
    let (lang, words) = (form.lang(), form.words());
    if settings.tick {
        return tick(form, control);
    }
    let word = |text: &Option<crate::campaign::Text>, usual: &str| {
        text.as_ref().map_or(usual, |text| text.get(lang)).to_owned()
    };
    let offer = |value: &str, label| Offer { value: value.to_owned(), label, conditional: false };
    let options = vec![
        offer("yes", word(&settings.yes, words.yes())),
        offer("no", word(&settings.no, words.no())),
    ];
    radios(form, options, control)
}

/// A box to tick. Not ticked is no answer.
fn tick(form: Form, control: &Control) -> El {
    let place = control.place.clone();
    let ticked = form.look(|session| session.text_at(&place)) == "yes";
    let tick = el("input", "")
        .attr("type", "checkbox")
        .attr("id", &control.id)
        .attr("value", "yes")
        .attr("aria-describedby", &control.described_by)
        .prop("checked", &ticked.into())
        .on("change", move |event| {
            let typed = if dom::ticked(&event) { "yes" } else { "" };
            form.send(Event::Entered(place.clone(), typed.to_owned()));
        });
    el("span", "tick").child(control.marked(form, control.named(form, "name", tick)))
}
