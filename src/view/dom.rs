//! The few things components need of the DOM itself.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{
    Event, FocusOptions, HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent, ShadowRoot,
};

use crate::session::{Focus, Place};

/// The id of a place's control within the shadow root.
pub fn control_id(place: &Place) -> String {
    match place {
        Place::Field(key) => format!("f-{key}"),
        Place::Row(key, row) => format!("f-{key}-{row}"),
        Place::Cell(key, row, column) => format!("f-{key}-{row}-{column}"),
    }
}

/// The text in the control that an event came from, in NFC: what a person sees as one character is
/// counted and compared as one, whichever way their keyboard put it together.
pub(super) fn typed(event: &Event) -> String {
    let target = event.target();
    let value = target.as_ref().and_then(|target| {
        target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
            .or_else(|| target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value))
    });
    let value = value.unwrap_or_else(|| event_target_value(event));
    if value.is_ascii() {
        return value;
    }
    js_sys::JsString::from(value).normalize("NFC").into()
}

/// Whether an input method is in the middle of composing: what stands in the control is then pinyin,
/// not yet the person's words.
pub(super) fn composing(event: &Event) -> bool {
    event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing)
}

/// Moves the focus, its label in view.
pub fn focus(root: &ShadowRoot, target: &Focus) {
    let id = match target {
        Focus::Place(place) => control_id(place),
        Focus::AddButton(key) => format!("add-{key}"),
        Focus::Summary => "summary".to_owned(),
        Focus::Status => "status".to_owned(),
    };
    let Some(element) = root.get_element_by_id(&id) else { return };
    let element: HtmlElement = element.unchecked_into();
    // Scroll the label into view, then focus: focusing first leaves the question above the screen.
    let around = element.closest(".field, .row, .summary, .status").ok().flatten();
    around.as_ref().unwrap_or(&element).scroll_into_view();
    let focusable = element.query_selector("input, select, textarea, button").ok().flatten();
    let takes_focus = element.tab_index() >= 0 || element.has_attribute("tabindex");
    match focusable {
        Some(inner) if !takes_focus => focus_quietly(inner.unchecked_ref()),
        _ => focus_quietly(&element),
    }
}

/// Focuses without scrolling again.
fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that takes no focus is left alone; there is nobody to tell.
    let _ = element.focus_with_options(&options);
}
