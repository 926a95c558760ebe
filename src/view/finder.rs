//! Finds an entry of a long list by a few letters of its pinyin. The list itself stays what it is: whoever
//! wants to choose from it does so.

use leptos::prelude::*;

use super::el::{El, button, el};
use super::{Form, dom};
use crate::session::{Event, Focus, Offer, Place};
use crate::standards::pinyin;

/// The most entries that are offered at once.
const MOST: usize = 6;

/// The box to type in and what fits, above the list of `offers`.
pub(super) fn finder(form: Form, place: &Place, label: &str, offers: Vec<Offer>) -> El {
    let (typed, type_in) = signal(String::new());
    let fitting = move || {
        let typed = typed.get();
        let fits = |offer: &&Offer| !typed.is_empty() && pinyin::fits(&offer.label, &typed);
        let all = offers.iter().filter(fits).take(MOST);
        all.map(|offer| (offer.value.clone(), offer.label.clone())).collect::<Vec<_>>()
    };
    let found = fitting.clone();
    let input = el("input", "input input--finder")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("placeholder", form.words().find_example())
        .attr("aria-label", &form.words().find_in(label))
        .attr("data-find", place.key());
    let node = input.node().clone();
    let chosen = place.clone();
    let choose = move |value: String| {
        // Nothing stands in the box any more; what was found stands in the list.
        let _ = js_sys::Reflect::set(&node, &"value".into(), &"".into());
        type_in.set(String::new());
        form.send(Event::Entered(chosen.clone(), value));
        form.send(Event::Left(chosen.clone()));
        form.go(Focus::Place(chosen.clone()));
    };
    let (first, pick) = (choose.clone(), choose);
    let input = input
        .on("input compositionend", move |event| {
            if !dom::composing(&event) {
                type_in.set(dom::typed(&event).trim().to_owned());
            }
        })
        .on("keydown", move |event| {
            if dom::is_enter(&event) && !dom::composing(&event) {
                event.prevent_default();
                if let Some((value, _)) = found().into_iter().next() {
                    first(value);
                }
            }
        });
    let count = fitting.clone();
    let spoken = el("p", "visually-hidden").attr("role", "status").text_when(move || {
        if typed.get().is_empty() { String::new() } else { form.words().found(count().len()) }
    });
    let list = el("div", "finder__found").children_when(fitting, move |all| {
        let one = |(value, label): &(String, String)| {
            let (pick, value) = (pick.clone(), value.clone());
            button("button", "pick", label).on("click", move |_| pick(value.clone()))
        };
        all.iter().map(one).collect()
    });
    el("div", "finder").child(input).child(spoken).child(list)
}
