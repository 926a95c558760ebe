//! The few things components need of the DOM itself.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, FocusOptions, HtmlElement, ShadowRoot};

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
    let value = chosen(event);
    if value.is_ascii() {
        return value;
    }
    js_sys::JsString::from(value).normalize("NFC").into()
}

/// What stands in the control that an event came from, or is chosen in it.
pub(super) fn chosen(event: &Event) -> String {
    let control = event.target().map(JsValue::from).unwrap_or_default();
    property(&control, "value").as_string().unwrap_or_default()
}

/// Whether the box that an event came from is ticked.
pub(super) fn ticked(event: &Event) -> bool {
    let control = event.target().map(JsValue::from).unwrap_or_default();
    property(&control, "checked").is_truthy()
}

/// Whether an input method is in the middle of composing: what stands in the control is then pinyin,
/// not yet the person's words.
pub(super) fn composing(event: &Event) -> bool {
    property(event, "isComposing").is_truthy()
}

/// Copies a text box's words. The selection stays, for where the browser does not let pages copy.
pub(super) fn copy(of: &web_sys::Element) {
    let text: &web_sys::HtmlTextAreaElement = of.unchecked_ref();
    text.select();
    let document = text.owner_document().and_then(|document| document.dyn_into().ok());
    if let Some(document) = document {
        let document: web_sys::HtmlDocument = document;
        // Old, but known to every kernel, secure page or not.
        let _ = document.exec_command("copy");
    }
}

/// The name of the control that an event came from; empty where it has none.
pub(super) fn name(event: &Event) -> String {
    let control = event.target().map(JsValue::from).unwrap_or_default();
    property(&control, "name").as_string().unwrap_or_default()
}

fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A number as the browser writes it. Rust's own way of writing decimals would be 2 kB more to load.
pub(super) fn figure(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
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
