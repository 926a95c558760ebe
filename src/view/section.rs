//! A part of the form with its heading.

use super::Form;
use super::el::{El, el};
use super::field::field;
use crate::campaign::Section;
use crate::session::Place;

/// The section and its fields.
pub(super) fn section(form: Form, section: &Section, part: usize) -> El {
    let lang = form.lang();
    let title_id = format!("part-{part}");
    let number = el("span", "section__number").text_when(move || {
        form.watch("way", |session| (0..=part).filter(|at| session.part_shown(*at)).count())
            .to_string()
    });
    let title =
        el("h3", "section__title").attr("id", &title_id).attr("tabindex", "-1").child(number);
    let note = section.note.as_ref().map(|note| el("p", "section__note").of(note, lang));
    let fields = section.fields.iter().fold(el("div", "section__fields"), |fields, known| {
        field(form, Place::Field(known.key.clone()), fields)
    });
    el("section", "section")
        .attr("data-section", &section.id)
        .flag_when("data-current", move || form.watch("way", |session| session.step() == part))
        .attr("aria-labelledby", &title_id)
        .child(title.of(&section.title, lang))
        .children(note)
        .child(fields)
}
