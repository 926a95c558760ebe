//! Finds an entry of a long list by a few letters of its pinyin. The list itself stays what it is: whoever
//! wants to choose from it does so.

use std::cell::RefCell;
use std::rc::Rc;

use super::el::{El, Spot, button, el};
use super::{Form, dom};
use crate::session::{Event, Focus, Offer, Place};
use crate::standards::pinyin;

/// The most entries that are offered at once.
const MOST: usize = 6;

/// The box to type in and what fits, above the list of `offers`.
pub(super) fn finder(form: Form, place: &Place, label: &str, offers: Vec<Offer>) -> El {
    let input = el("input", "input input--finder")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("placeholder", form.words().find_example())
        .attr("aria-label", &form.words().find_in(label))
        .attr("data-find", place.key());
    let spoken = el("p", "visually-hidden").attr("role", "status");
    let list = el("div", "finder__found");
    let spot = Rc::new(RefCell::new(Spot::new(&list)));
    let (node, place, said) = (input.node().clone(), place.clone(), spoken.clone());
    let fitting = Rc::new(move |typed: &str| {
        let fits = |offer: &&Offer| !typed.is_empty() && pinyin::fits(&offer.label, typed);
        offers.iter().filter(fits).take(MOST).cloned().collect::<Vec<_>>()
    });
    let goes = place.clone();
    let take = Rc::new(move |value: &str| {
        form.send(Event::Entered(place.clone(), value.to_owned()));
        form.send(Event::Left(place.clone()));
    });
    let taken = take.clone();
    let choose = Rc::new(move |value: &str| {
        taken(value);
        form.go(Focus::Place(goes.clone()));
    });
    let (left, fitted) = (node.clone(), fitting.clone());
    let (found, pick) = (fitting.clone(), choose.clone());
    let shown = node.clone();
    let last = RefCell::new(String::new());
    let show = move || {
        let typed = dom::value(&shown);
        // Leaving the box is a change too; what is offered stays, for the focus is on its way there.
        if *last.borrow() == typed {
            return;
        }
        last.replace(typed.clone());
        let all = found(typed.trim());
        let words = form.words();
        said.say(&if typed.is_empty() { String::new() } else { words.found(all.len()) });
        spot.borrow_mut().fill(&mut || all.iter().map(|offer| one(offer, &pick, &shown)).collect());
    };
    let input = input.on("input compositionend change", move |event| {
        if !dom::composing(&event) {
            show();
        }
    });
    let input = input.on("keydown", move |event| {
        if dom::is_enter(&event) && !dom::composing(&event) {
            event.prevent_default();
            if let Some(first) = fitting(dom::value(&node).trim()).first() {
                dom::empty(&node);
                choose(&first.value);
            }
        }
    });
    let all = el("div", "finder").child(input).child(spoken).child(list);
    // What was typed in whole and not picked is taken for picked: it looks like an answer.
    all.on_left(move || {
        let typed = dom::value(&left);
        let all = fitted(typed.trim());
        let whole = all.iter().find(|offer| offer.label == typed.trim());
        if let Some(offer) = whole.or_else(|| all.first().filter(|_| all.len() == 1)) {
            dom::empty(&left);
            take(&offer.value);
        }
    })
}

/// A button that takes over what was found; the box is empty after that, for the list has it now.
fn one(offer: &Offer, choose: &Rc<impl Fn(&str) + 'static>, of: &web_sys::Element) -> El {
    let (choose, value, node) = (choose.clone(), offer.value.clone(), of.clone());
    button("button", "pick", &offer.label).on("click", move |_| {
        let (choose, value) = (choose.clone(), value.clone());
        dom::empty(&node);
        choose(&value);
    })
}
