//! One of several values: buttons to tick where there are few, a list to choose from where many.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::el::{El, el, when};
use super::field::Control;
use super::{Form, dom, words};
use crate::campaign::ChoiceSettings;
use crate::session::Event;
use crate::standards::codes;

/// The most options that are all shown at once.
const FEW: usize = 4;

/// Whether a choice shows all its options at once.
pub(super) fn is_radios(settings: &ChoiceSettings) -> bool {
    options(settings, "zh-CN").len() <= FEW
}

pub(super) fn choice(form: Form, settings: &ChoiceSettings, control: &Control) -> El {
    let options = options(settings, &form.lang());
    if options.len() <= FEW {
        radios(form, options, control)
    } else {
        select(form, options, control)
    }
}

/// The values and words offered.
fn options(settings: &ChoiceSettings, lang: &str) -> Vec<(String, String)> {
    match settings.codes.as_deref().and_then(codes::offered) {
        Some(table) => {
            table.iter().map(|code| (code.code.to_owned(), code.name.to_owned())).collect()
        }
        None => settings
            .options
            .iter()
            .map(|option| (option.value.clone(), option.label.get(lang).to_owned()))
            .collect(),
    }
}

fn select(form: Form, options: Vec<(String, String)>, control: &Control) -> El {
    let place = control.place.clone();
    let chosen = form.look(|session| session.text_at(&place));
    let list = options.into_iter().map(|(value, words)| {
        let selected = (value == chosen).then_some("");
        el("option", "").attr("value", &value).maybe_attr("selected", selected).text(&words)
    });
    let select = el("select", "input input--select")
        .attr("id", &control.id)
        .attr("aria-describedby", &control.described_by)
        .child(el("option", "").attr("value", "").text(words::CHOOSE))
        .children(list)
        .on("change blur", move |event| {
            if event.type_() == "change" {
                form.send(Event::Entered(place.clone(), dom::chosen(&event)));
            }
            form.send(Event::Left(place.clone()));
        });
    control.marked(form, control.named(form, "name", select))
}

/// Buttons of which one can be chosen. Their name groups them, and follows the row.
pub(super) fn radios(form: Form, options: Vec<(String, String)>, control: &Control) -> El {
    let place = control.place.clone();
    let buttons = options.into_iter().enumerate().map(|(i, (value, words))| {
        let id = if i == 0 { control.id.clone() } else { format!("{}-{i}", control.id) };
        radio(form, control, &id, value, &words)
    });
    let group = el("div", "radios")
        .class_when("radios--wrong", control.wrong(form))
        .attr("aria-describedby", &control.described_by)
        .attr("role", "presentation")
        .children(buttons);
    // The question is left when the focus goes to something that is not one of its buttons.
    group.on_left(move || form.send(Event::Left(place.clone())))
}

fn radio(form: Form, control: &Control, id: &str, value: String, words: &str) -> El {
    let (asked, sent, own) = (control.place.clone(), control.place.clone(), value.clone());
    let input = el("input", "")
        .attr("type", "radio")
        .attr("id", id)
        .attr("value", &value)
        .on("change", move |_| form.send(Event::Entered(sent.clone(), value.clone())));
    // When rows move, names change one after the other, and for a moment two groups share one: the
    // browser then takes a tick away. So the name and the tick are always set together.
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    when(control.name(form), move |name| {
        node.set_name(name);
        node.set_checked(form.look(|session| session.text_at(&asked)) == own);
    });
    let words = el("span", "radio__words").text(words);
    el("label", "radio").attr("for", id).child(input).child(words)
}
