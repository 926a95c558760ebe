//! One line of text: names, numbers, months, days, telephone and identity numbers.
//!
//! The box belongs to the person: it is read on `input`, and written only when they leave it and the
//! answer has been understood in another spelling (`1985.6` becomes `1985-06`).

use leptos::prelude::*;

use super::field::Control;
use super::{Form, dom, words};
use crate::campaign::FieldKind;
use crate::session::{Event, Place};

pub(super) fn line(form: Form, kind: &FieldKind, control: Control) -> AnyView {
    let Control { place, id, described_by, name, wrong } = control;
    let typed = form.look(|session| session.text_at(&place));
    let (on_input, on_end, on_left) = (place.clone(), place.clone(), place.clone());
    let (input_mode, autocomplete, kind_class, hint) = shape(kind, &place);
    let unit = match kind {
        FieldKind::Number(settings) => {
            settings.unit.as_ref().map(|unit| unit.get(&form.lang()).to_owned())
        }
        _ => None,
    };
    view! {
        <span class="line">
            <input
                type="text"
                id=id
                name=name
                class=format!("input input--{kind_class}")
                inputmode=input_mode
                autocomplete=autocomplete
                placeholder=hint
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
            />
            {unit.map(|unit| view! { <span class="line__unit">{unit}</span> })}
        </span>
    }
    .into_any()
}

type Shape = (&'static str, &'static str, &'static str, Option<&'static str>);

/// Keyboard, autofill, width and example of each kind.
fn shape(kind: &FieldKind, place: &Place) -> Shape {
    match kind {
        FieldKind::PersonName if matches!(place, Place::Field(key) if key == "name") => {
            ("text", "name", "name", None)
        }
        FieldKind::PersonName => ("text", "off", "name", None),
        FieldKind::Phone => ("tel", "tel", "phone", None),
        FieldKind::Month(settings) if settings.open => ("text", "off", "month", Some(words::STILL)),
        FieldKind::Month(_) => ("text", "off", "month", Some("如1985.06")),
        FieldKind::Date => ("text", "off", "month", Some("如2022.08.11")),
        FieldKind::Number(_) => ("decimal", "off", "number", None),
        FieldKind::IdNumber | FieldKind::Uscc => ("text", "off", "code", None),
        _ => ("text", "off", "text", None),
    }
}
