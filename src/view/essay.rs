//! A longer text.
//!
//! The box is uncontrolled: it gets its text once and is only read after that, so an input method's
//! composition is never disturbed. There is no `maxlength`: it cuts pinyin short and counts wrongly.

use super::Form;
use super::counter::counter;
use super::el::{El, el};
use super::field::Control;
use crate::campaign::EssaySettings;
use crate::session::Place;

pub(super) fn essay(form: Form, settings: &EssaySettings, control: &Control, around: El) -> El {
    let counter_id = format!("{}-count", control.id);
    // Only a text of its own is counted, not one in a row or group.
    let counted = matches!(control.place, Place::Field(_));
    let described_by = if counted {
        format!("{} {counter_id}", control.described_by)
    } else {
        control.described_by.clone()
    };
    let text = el("textarea", "input input--essay")
        .attr("id", &control.id)
        .attr("rows", &settings.lines.unwrap_or(8).to_string())
        .attr("aria-describedby", &described_by);
    let text = control.typing(form, control.marked(form, control.named(form, "name", text)));
    let around = around.child(text);
    if counted { counter(form, control.place.key(), &counter_id, around) } else { around }
}
