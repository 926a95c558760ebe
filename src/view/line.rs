//! One line of text: names, numbers, months, days, telephone and identity numbers.
//!
//! The box belongs to the person: it is read on `input`, and written only when they leave it and the
//! answer has been understood in another spelling (`1985.6` becomes `1985-06`).

use super::el::{El, el};
use super::field::Control;
use super::{Form, date};
use crate::campaign::FieldKind;
use crate::session::Place;
use crate::words::Words;

pub(super) fn line(form: Form, kind: &FieldKind, control: &Control) -> El {
    let words = form.words();
    let (input_mode, autocomplete, kind_class, hint) = shape(words, kind, &control.place);
    let unit = match kind {
        FieldKind::Number(settings) => settings.unit.as_ref(),
        _ => None,
    };
    let unit = unit.map(|unit| el("span", "line__unit").text(unit.get(form.lang())));
    let input = el("input", &format!("input input--{kind_class}"))
        .attr("type", "text")
        .attr("id", &control.id)
        .attr("inputmode", input_mode)
        .attr("autocomplete", autocomplete)
        .maybe_attr("placeholder", hint)
        .attr("aria-describedby", &control.described_by);
    let input = if kind_class == "code" {
        input.attr("autocapitalize", "characters").attr("spellcheck", "false")
    } else {
        input
    };
    let input = control.typing(form, control.marked(form, control.named(form, "name", input)));
    let lists = date::lists(form, kind, control, &input);
    el("div", "line").child(input).children(unit).children(lists)
}

type Shape = (&'static str, &'static str, &'static str, Option<&'static str>);

/// Keyboard, autofill, width and example of each kind.
fn shape(words: &'static Words, kind: &FieldKind, place: &Place) -> Shape {
    match kind {
        FieldKind::PersonName if matches!(place, Place::Field(key) if key == "name") => {
            ("text", "name", "name", None)
        }
        FieldKind::PersonName => ("text", "off", "name", None),
        FieldKind::Phone => ("tel", "tel", "phone", None),
        // Figures and dots will do: 1985.6. That an end is open, an empty box says, or the list beside it.
        FieldKind::Month(settings) if settings.open => {
            ("decimal", "off", "month", Some(words.still()))
        }
        FieldKind::Month(_) => ("decimal", "off", "month", Some(words.example_month())),
        FieldKind::Date => ("decimal", "off", "month", Some(words.example_date())),
        FieldKind::DayOrMonth => ("decimal", "off", "month", Some(words.example_either())),
        FieldKind::Number(_) => ("decimal", "off", "number", None),
        FieldKind::IdNumber | FieldKind::Uscc => ("text", "off", "code", None),
        _ => ("text", "off", "text", None),
    }
}
