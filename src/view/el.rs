//! Elements, made directly: what leptos' own elements would be, without a type for each of them.
//!
//! Leptos compiles the building, updating and taking down of every element anew for each combination
//! of attributes and children, which made the view the largest part of the download. Here an element
//! is one type, and everything that changes is a boxed closure in one kind of leptos effect. Owners
//! are leptos' own, so effects and listeners end with the owner under which they were made.

use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::{Owner, StoredValue};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, FocusEvent, Node};

use super::{dom, part};
use crate::campaign::Text;

#[wasm_bindgen(module = "/src/view/dom.js")]
extern "C" {
    fn element(tag: &str, classes: &str, parts: &str) -> Element;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    fn new_text(words: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createComment)]
    fn new_mark(words: &str) -> Node;
    #[wasm_bindgen(js_name = Option)]
    type ListOption;
    #[wasm_bindgen(constructor, js_class = "Option")]
    fn new(words: &str, value: &str, chosen_at_first: bool, chosen: bool) -> ListOption;

    type Parent;
    #[wasm_bindgen(method, js_name = append)]
    fn append_text(this: &Parent, words: &str);
}

/// An element under construction, or in its place.
#[derive(Clone)]
pub(super) struct El(Element);

/// Words that may become others later.
#[derive(Clone)]
pub(super) struct Words(Node);

impl Words {
    pub(super) fn new(words: &str) -> Self {
        Self(new_text(words))
    }

    pub(super) fn say(&self, words: &str) {
        self.0.set_text_content(Some(words));
    }
}

/// A new element with its class, and the parts that it is by its class; an empty class is none.
pub(super) fn el(tag: &str, class: &str) -> El {
    El(element(tag, class, &part::of(class)))
}

/// One of the values of a list to choose from.
pub(super) fn option(value: &str, words: &str, chosen: bool) -> El {
    El(ListOption::new(words, value, chosen, chosen).unchecked_into())
}

/// A button that does something other than send.
pub(super) fn button(class: &str, action: &str, words: &str) -> El {
    el("button", class).attr("type", "button").attr("data-action", action).text(words)
}

/// What stands for the whole of what an element shows, in its language.
pub(super) fn whole(lang: &str) -> El {
    el("div", "nf").attr("part", part::WHOLE).attr("lang", lang)
}

/// Puts an element into the page.
#[allow(clippy::needless_pass_by_value)] // nobody has further use for it
pub(super) fn put(place: &Element, new: El) {
    append(place, &new.0);
}

impl El {
    pub(super) fn remove(&self) {
        self.0.remove();
    }

    pub(super) fn node(&self) -> &Element {
        &self.0
    }

    pub(super) fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    pub(super) fn maybe_attr(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// The attribute has this value from now on; without one it goes.
    pub(super) fn follow_attr(&self, name: &str, value: Option<&str>) {
        set(&self.0, name, value);
    }

    /// The attribute stands, with nothing in it, if it is to be `there`.
    pub(super) fn flag(&self, name: &str, there: bool) {
        set(&self.0, name, there.then_some(""));
    }

    pub(super) fn prop(self, name: &str, value: &JsValue) -> Self {
        // A property of an element of our own: nothing to do where it cannot be set.
        let _ = js_sys::Reflect::set(&self.0, &name.into(), value);
        self
    }

    pub(super) fn text(self, words: &str) -> Self {
        self.0.unchecked_ref::<Parent>().append_text(words);
        self
    }

    /// Says what the campaign says, which may not be in the form's own language.
    pub(super) fn of(self, text: &Text, lang: &str) -> Self {
        self.maybe_attr("lang", text.other_lang(lang)).text(text.get(lang))
    }

    pub(super) fn words(self, words: &Words) -> Self {
        append(&self.0, &words.0);
        self
    }

    #[allow(clippy::needless_pass_by_value)] // so that building reads as the tree it builds
    pub(super) fn child(self, child: El) -> Self {
        append(&self.0, &child.0);
        self
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Listens for one or more `events`, with spaces between, for as long as the present owner lives.
    pub(super) fn on(self, events: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        listen(self.0.clone().into(), events, Box::new(heard));
        self
    }

    /// Listens for the focus leaving the element and everything in it.
    pub(super) fn on_left(self, left: impl Fn() + 'static) -> Self {
        let within = self.0.clone();
        self.on("focusout", move |event| {
            let next = event.unchecked_into::<FocusEvent>().related_target();
            let next = next.as_ref().map(JsCast::unchecked_ref::<Node>);
            if next.is_none_or(|next| !within.contains(Some(next))) {
                left();
            }
        })
    }

    /// The attribute follows `value`; it is taken away where there is none.
    pub(super) fn attr_when(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let element = self.0.clone();
        let follow = move |now: &Option<String>| set(&element, name, now.as_deref());
        when_from(Some(None), Box::new(value), follow);
        self
    }

    /// The attribute stands, with nothing in it, while `there`.
    pub(super) fn flag_when(self, name: &'static str, there: impl Fn() -> bool + 'static) -> Self {
        let element = self.clone();
        when_bool(Box::new(there), Box::new(move |now| element.flag(name, now)));
        self
    }

    /// The class stands beside the others while `there`.
    pub(super) fn class_when(self, name: &'static str, there: impl Fn() -> bool + 'static) -> Self {
        let element = self.clone();
        when_bool(Box::new(there), Box::new(move |now| element.toggle(name, now)));
        self
    }

    /// Replaces all there is inside with words.
    pub(super) fn say(&self, words: &str) {
        self.0.set_text_content(Some(words));
    }

    /// Of a button that was pressed: whether it is to be pressed once more. It says so at the first time.
    pub(super) fn asks_again(&self, words: &str) -> bool {
        if self.0.has_attribute("data-sure") {
            return false;
        }
        set(&self.0, "data-sure", Some(""));
        self.say(words);
        true
    }

    pub(super) fn toggle(&self, class: &str, there: bool) {
        // Names without spaces are always taken.
        let _ = self.0.class_list().toggle_with_force(class, there);
    }

    /// Text that follows `words`.
    pub(super) fn text_when(self, words: impl Fn() -> String + 'static) -> Self {
        let node = Words::new("");
        let all = self.words(&node);
        when_from(Some(String::new()), Box::new(words), move |now| node.say(now));
        all
    }

    /// Children that follow what `look` gives; they stand among their siblings where this is called.
    pub(super) fn children_when<T: PartialEq + 'static>(
        self,
        look: impl Fn() -> T + 'static,
        build: impl Fn(&T) -> Vec<El> + 'static,
    ) -> Self {
        let mut spot = Spot::new(&self);
        when(Box::new(look), move |now| spot.fill(&mut || build(now)));
        self
    }

    /// The same of an element that takes the focus itself: it does where what had it goes.
    pub(super) fn children_held<T: PartialEq + 'static>(
        self,
        look: impl Fn() -> T + 'static,
        build: impl Fn(&T) -> Vec<El> + 'static,
    ) -> Self {
        let (mut spot, around) = (Spot::new(&self), self.0.clone());
        when(Box::new(look), move |now| {
            let held = around.matches(":focus-within").unwrap_or_default();
            spot.fill(&mut || build(now));
            if held {
                dom::focus_on(&around);
            }
        });
        self
    }
}

/// Runs `show` with what `look` gives, now and whenever that has become something else.
pub(crate) fn when<T: PartialEq + 'static>(
    look: Box<dyn Fn() -> T>,
    show: impl FnMut(&T) + 'static,
) {
    when_from(None, look, show);
}

/// The same, where what is shown `before` is there already.
fn when_from<T: PartialEq + 'static>(
    mut before: Option<T>,
    look: Box<dyn Fn() -> T>,
    mut show: impl FnMut(&T) + 'static,
) {
    follow(Box::new(move || {
        let now = look();
        if before.as_ref() != Some(&now) {
            show(&now);
            before = Some(now);
        }
    }));
}

fn when_bool(look: Box<dyn Fn() -> bool>, show: Box<dyn Fn(bool)>) {
    when_from(Some(false), look, move |now| show(*now));
}

/// Runs `run` now and whenever what it watched has changed, for as long as the present owner lives.
pub(super) fn follow(mut run: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_| run())));
}

/// Keeps a value until the present owner ends.
fn keep(value: Box<dyn std::any::Any>) {
    StoredValue::new_local(value);
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Attributes of elements of our own, with names of our own: they are always taken.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(parent: &Node, child: &Node) {
    // A new node always finds its place.
    let _ = parent.append_child(child);
}

struct Listener {
    target: EventTarget,
    events: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        for event in self.events.split(' ') {
            let _ = self.target.remove_event_listener_with_callback(event, heard);
        }
    }
}

fn listen(target: EventTarget, events: &'static str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard);
    for event in events.split(' ') {
        let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    }
    keep(Box::new(Listener { target, events, heard }));
}

/// A place among siblings whose elements come and go; what they hold ends with them.
pub(super) struct Spot {
    mark: Node,
    owner: Owner,
    there: Vec<El>,
}

impl Spot {
    /// A place behind what `parent` holds already.
    pub(super) fn new(parent: &El) -> Self {
        let mark = new_mark("");
        append(&parent.0, &mark);
        Self { mark, owner: Owner::new(), there: Vec::new() }
    }

    /// Puts others in place of what is there. The old ones leave the page before their listeners
    /// end, for a control that loses the focus still has something to say.
    pub(super) fn fill(&mut self, build: &mut dyn FnMut() -> Vec<El>) {
        self.there.drain(..).for_each(|old| old.remove());
        self.owner.cleanup();
        self.there = self.owner.with(build);
        self.there.iter().for_each(|new| self.insert(new));
    }

    /// Builds what belongs here once it is to be `there`, and takes it away once it is not.
    pub(super) fn show(&mut self, there: bool, build: &mut dyn FnMut() -> El) {
        if there == self.there.is_empty() {
            self.fill(&mut || if there { vec![build()] } else { Vec::new() });
        }
    }

    fn insert(&self, new: &El) {
        self.insert_before(new, &self.mark);
    }

    fn insert_before(&self, new: &El, next: &Node) {
        if let Some(parent) = self.mark.parent_node() {
            // What stands next is a child of the mark's parent.
            let _ = parent.insert_before(&new.0, Some(next));
        }
    }
}

/// Elements of which each belongs to an id, and stays as it is while the id stays.
pub(super) struct Keyed {
    spot: Spot,
    rows: Vec<(u32, Owner, El)>,
}

impl Keyed {
    pub(super) fn new(parent: &El) -> Self {
        Self { spot: Spot::new(parent), rows: Vec::new() }
    }

    /// Brings the elements in line with `ids`. None is ever moved, so none loses the focus: `ids` that
    /// stay keep their order.
    pub(super) fn follow(&mut self, ids: &[u32], build: &dyn Fn(u32) -> El) {
        self.rows.retain(|(id, owner, row)| {
            let stays = ids.contains(id);
            if !stays {
                row.remove();
                owner.cleanup();
            }
            stays
        });
        for (at, id) in ids.iter().enumerate() {
            if self.rows.get(at).is_some_and(|(known, ..)| known == id) {
                continue;
            }
            let owner = self.spot.owner.with(Owner::new);
            let row = owner.with(|| build(*id));
            let next = self.rows.get(at).map_or(&self.spot.mark, |(_, _, next)| &next.0);
            self.spot.insert_before(&row, next);
            self.rows.insert(at, (*id, owner, row));
        }
    }
}
