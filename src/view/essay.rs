//! A longer text.
//!
//! The box is uncontrolled: it gets its text once and is only read after that, so an input method's
//! composition is never disturbed. There is no `maxlength`: it cuts pinyin short and counts wrongly.

use super::counter::counter;
use super::el::{El, button, el};
use super::field::Control;
use super::{Form, dom};
use crate::campaign::EssaySettings;
use crate::session::{Place, tidy};

/// The class of a text that has the whole screen.
const WIDE: &str = "field--whole-screen";
/// How much of the surplus is quoted, in characters.
const QUOTED: usize = 40;

pub(super) fn essay(form: Form, settings: &EssaySettings, control: &Control, around: El) -> El {
    let counter_id = format!("{}--count", control.id);
    // Only a text of its own is counted, not one in a row or group.
    let counted = matches!(control.place, Place::Field(_));
    let described_by = if counted {
        format!("{} {counter_id}", control.described_by)
    } else {
        control.described_by.clone()
    };
    let text = el("textarea", "input input--essay")
        .attr("id", &control.id)
        .attr("rows", &settings.lines.unwrap_or(8).to_string())
        .attr("aria-describedby", &described_by)
        .on("paste", |event| dom::paste(&event, tidy));
    let text = control.typing(form, control.marked(form, control.named(form, "name", text)));
    if !counted {
        return around.child(text);
    }
    let wide = wide(form, control.place.key(), &around, &text);
    let around = around.child(wide).child(text.clone());
    let around = counter(form, control.place.key(), &counter_id, around);
    around.child(surplus(form, control.place.key(), &text))
}

/// The switch that gives the text the whole screen, for small ones.
fn wide(form: Form, key: &str, around: &El, text: &El) -> El {
    let switch = button("button button--quiet button--whole-screen", "whole-screen", "");
    let (field, of, shown) = (around.clone(), text.node().clone(), switch.clone());
    let is = |field: &El| field.node().class_list().contains(WIDE);
    let label = form.label(key);
    let show = move |wide: bool| {
        let words = form.words();
        field.toggle(WIDE, wide);
        // What lies beneath is not to be got at.
        field.follow_attr("role", wide.then_some("dialog"));
        field.follow_attr("aria-modal", wide.then_some("true"));
        field.follow_attr("aria-label", wide.then_some(&label));
        shown.clone().attr("aria-pressed", if wide { "true" } else { "false" });
        shown.say(if wide { words.written() } else { words.whole_screen() });
    };
    show(false);
    let (field, close) = (around.clone(), show.clone());
    let node = of.clone();
    // Listening does not change what it listens on.
    let _ = around.clone().on("keydown", move |event| {
        if !is(&field) || dom::composing(&event) {
            return;
        }
        if dom::is_escape(&event) {
            close(false);
            dom::focus_on(&node);
        } else {
            dom::go_round(&event, field.node());
        }
    });
    let field = around.clone();
    switch.on("click", move |_| {
        show(!is(&field));
        dom::focus_on(&of);
    })
}

/// What is too much: quoted, and to be marked in the text.
fn surplus(form: Form, key: &str, text: &El) -> El {
    let (topic, key, node) = (key.to_owned(), key.to_owned(), text.node().clone());
    let of = key.clone();
    let too_much = move || form.watch(&topic, |session| session.surplus(&of, QUOTED));
    el("div", "").children_when(too_much, move |quoted| {
        let Some(quoted) = quoted else { return Vec::new() };
        let (node, key) = (node.clone(), key.clone());
        let select = button("button button--quiet", "select-surplus", form.words().mark_surplus())
            .on("click", move |_| {
                let text = dom::value(&node);
                if let Some(start) = form.look(|session| session.surplus_start(&key, &text)) {
                    dom::select_from(&node, text.get(..start).unwrap_or_default());
                }
            });
        let words = el("p", "surplus__words")
            .text(form.words().surplus())
            .child(el("mark", "surplus__text").text(quoted));
        vec![el("div", "surplus").child(words).child(select)]
    })
}
