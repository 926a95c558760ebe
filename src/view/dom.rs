//! The few things components need of the DOM itself.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Event, FocusOptions, HtmlElement, ShadowRoot};

use crate::session::{Focus, Place};

#[wasm_bindgen(module = "/src/view/dom.js")]
extern "C" {
    /// The text in the control that an event came from, in NFC.
    pub(super) fn typed(event: &Event) -> String;
    /// Whether an input method is in the middle of composing.
    pub(super) fn composing(event: &Event) -> bool;
    /// Has the Tab key go round among the controls within an element.
    #[wasm_bindgen(js_name = goRound)]
    pub(super) fn go_round(event: &Event, within: &web_sys::Element);
}

/// The id of a place's control within the shadow root. What belongs to the control has the same with two dashes and a
/// word behind it, which no column can be called.
pub fn control_id(place: &Place) -> String {
    match place {
        Place::Field(key) => format!("f-{key}"),
        Place::Row(key, row) => format!("f-{key}-{row}"),
        Place::Cell(key, row, column) => format!("f-{key}-{row}-{column}"),
    }
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

/// Whether the focus goes from a control to something else in the same of what `around` selects.
pub(super) fn stays_in(event: &Event, around: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let around = target.and_then(|target| target.closest(around).ok().flatten());
    let next: Option<web_sys::Node> = property(event, "relatedTarget").dyn_into().ok();
    around.is_some_and(|around| next.is_some_and(|next| around.contains(Some(&next))))
}

/// Whether the key that was pressed is Enter.
pub(super) fn is_enter(event: &Event) -> bool {
    property(event, "key") == "Enter"
}

/// Whether the key that was pressed is Escape.
pub(super) fn is_escape(event: &Event) -> bool {
    property(event, "key") == "Escape"
}

/// The text in a box.
pub(super) fn value(of: &web_sys::Element) -> String {
    property(of, "value").as_string().unwrap_or_default()
}

/// Takes the text out of a box.
pub(super) fn empty(of: &web_sys::Element) {
    // A property of an element of ours: nothing to do where it cannot be set.
    let _ = Reflect::set(of, &"value".into(), &"".into());
    if let Ok(event) = Event::new("change") {
        let _ = of.dispatch_event(&event);
    }
}

/// Puts the focus into a box.
pub(super) fn focus_on(of: &web_sys::Element) {
    focus_quietly(of.unchecked_ref());
}

/// Marks the text of a box behind `before`, and has it seen.
pub(super) fn select_from(of: &web_sys::Element, before: &str) {
    let text: &web_sys::HtmlTextAreaElement = of.unchecked_ref();
    let start = u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX);
    focus_quietly(text);
    // Browsers scroll to where the cursor is put, not to a range.
    let _ = text.set_selection_range(start, start);
    text.blur().and_then(|()| text.focus()).unwrap_or_default();
    let _ = text.set_selection_range(start, u32::MAX);
}

/// Takes over a pasted text where it has litter in it: what `tidy` leaves of it is put in, as one step that can be
/// undone. Where the browser does not let that be done, it pastes as it would have.
pub(super) fn paste(event: &Event, tidy: fn(&str) -> String) {
    let data = property(event, "clipboardData");
    let get: Option<js_sys::Function> = property(&data, "getData").dyn_into().ok();
    let pasted = get.and_then(|get| get.call1(&data, &"text/plain".into()).ok());
    let Some(pasted) = pasted.and_then(|text| text.as_string()) else { return };
    let clean = tidy(&pasted);
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let document = target.and_then(|target| target.owner_document());
    let document = document.and_then(|document| document.dyn_into().ok());
    let Some(document): Option<web_sys::HtmlDocument> = document else { return };
    if clean != pasted
        && document
            .exec_command_with_show_ui_and_value("insertText", false, &clean)
            .unwrap_or(false)
    {
        event.prevent_default();
    }
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
        Focus::Part(part) => format!("part-{part}"),
        Focus::Review => "review".to_owned(),
        Focus::LeftOver => "left-over-title".to_owned(),
        Focus::Drafts => "drafts-title".to_owned(),
        Focus::Summary => "summary".to_owned(),
        Focus::Status => "status".to_owned(),
        Focus::Title => "title".to_owned(),
        Focus::Send => "send".to_owned(),
    };
    let whole = || match target {
        // A cell of a table that is only shown.
        Focus::Place(place) => {
            root.get_element_by_id(&control_id(&Place::Field(place.key().to_owned())))
        }
        _ => None,
    };
    let Some(element) = root.get_element_by_id(&id).or_else(whole) else { return };
    let element: HtmlElement = element.unchecked_into();
    // Scroll the label into view, then focus: focusing first leaves the question above the screen.
    let around = element.closest(".field, .row, .section, .summary, .status").ok().flatten();
    around.as_ref().unwrap_or(&element).scroll_into_view();
    if element.tab_index() >= 0 || element.has_attribute("tabindex") {
        return focus_quietly(&element);
    }
    // What is wrong, else the first that takes an answer, else what adds a row: never what takes one away.
    let of = ["[aria-invalid]", "input, select, textarea", "[data-action=add-row]"];
    let inner = of.into_iter().find_map(|which| element.query_selector(which).ok().flatten());
    if let Some(inner) = inner {
        return focus_quietly(inner.unchecked_ref());
    }
    // Something to be read, which takes the focus for once.
    let _ = element.set_attribute("tabindex", "-1");
    focus_quietly(&element);
}

/// Focuses without scrolling again.
fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that takes no focus is left alone; there is nobody to tell.
    let _ = element.focus_with_options(&options);
}
