//! One of several values: buttons to tick where there are few, a list to choose from where many.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::field::Control;
use super::{Form, words};
use crate::campaign::ChoiceSettings;
use crate::session::{Event, Place};
use crate::standards::codes;

/// The most options that are all shown at once.
const FEW: usize = 4;

/// Whether a choice shows all its options at once.
pub(super) fn is_radios(settings: &ChoiceSettings) -> bool {
    options(settings, "zh-CN").len() <= FEW
}

pub(super) fn choice(form: Form, settings: &ChoiceSettings, control: Control) -> AnyView {
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

fn select(form: Form, options: Vec<(String, String)>, control: Control) -> AnyView {
    let Control { place, id, described_by, name, wrong } = control;
    let chosen = form.look(|session| session.text_at(&place));
    let (on_change, on_left) = (place.clone(), place);
    let list = options.into_iter().map(|(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <select
            id=id
            name=name
            class="input input--select"
            aria-describedby=described_by
            aria-invalid=move || wrong.get().then_some("true")
            on:change=move |event| {
                form.send(Event::Entered(on_change.clone(), event_target_value(&event)));
                form.send(Event::Left(on_change.clone()));
            }
            on:blur=move |_| form.send(Event::Left(on_left.clone()))
        >
            <option value="">{words::CHOOSE}</option>
            {list.collect_view()}
        </select>
    }
    .into_any()
}

/// Buttons of which one can be chosen. `name` groups them, and follows the row.
pub(super) fn radios(form: Form, options: Vec<(String, String)>, control: Control) -> AnyView {
    let Control { place, id, described_by, name, wrong } = control;
    let group = options
        .into_iter()
        .enumerate()
        .map(|(i, (value, words))| {
            let id = if i == 0 { id.clone() } else { format!("{id}-{i}") };
            radio(form, &place, name, id, value, words)
        })
        .collect_view();
    let on_left = place;
    let left = move |event: web_sys::FocusEvent| {
        // The question is left when the focus goes to something that is not one of its buttons.
        let within =
            event.current_target().zip(event.related_target()).is_some_and(|(group, next)| {
                group.unchecked_ref::<web_sys::Node>().contains(next.dyn_ref::<web_sys::Node>())
            });
        if !within {
            form.send(Event::Left(on_left.clone()));
        }
    };
    view! {
        <div
            class="radios"
            class=("radios--wrong", move || wrong.get())
            aria-describedby=described_by
            role="presentation"
            on:focusout=left
        >
            {group}
        </div>
    }
    .into_any()
}

fn radio(
    form: Form,
    place: &Place,
    name: Signal<String>,
    id: String,
    value: String,
    words: String,
) -> impl IntoView + use<> {
    let node: NodeRef<leptos::html::Input> = NodeRef::new();
    let (asked, sent, own) = (place.clone(), place.clone(), value.clone());
    // When rows move, names change one after the other, and for a moment two groups share one: the
    // browser then takes a tick away. So the name and the tick are always set together.
    Effect::new(move |_| {
        let name = name.get();
        if let Some(node) = node.get() {
            node.set_name(&name);
            node.set_checked(form.look(|session| session.text_at(&asked)) == own);
        }
    });
    let for_id = id.clone();
    view! {
        <label class="radio" for=for_id>
            <input
                type="radio"
                id=id
                node_ref=node
                value=value.clone()
                on:change=move |_| form.send(Event::Entered(sent.clone(), value.clone()))
            />
            <span class="radio__words">{words}</span>
        </label>
    }
}
