//! A part of the form with its heading.

use leptos::prelude::*;

use super::Form;
use super::field::FieldView;
use crate::campaign::Section;
use crate::session::Place;

/// The section and its fields.
pub(super) fn section(form: Form, section: &Section, number: usize) -> impl IntoView + use<> {
    let lang = form.lang();
    let title_id = format!("s-{}", section.id);
    let labelled_by = title_id.clone();
    let title = section.title.get(&lang).to_owned();
    let note = section.note.as_ref().map(|note| {
        let note = note.get(&lang).to_owned();
        view! { <p class="section__note">{note}</p> }
    });
    let fields = section
        .fields
        .iter()
        .map(|field| view! { <FieldView form place=Place::Field(field.key.clone()) /> })
        .collect_view();
    view! {
        <section class="section" data-section=section.id.clone() aria-labelledby=labelled_by>
            <h3 class="section__title" id=title_id>
                <span class="section__number">{number}</span>
                {title}
            </h3>
            {note}
            <div class="section__fields">{fields}</div>
        </section>
    }
}
