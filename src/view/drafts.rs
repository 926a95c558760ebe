//! The drafts of this device, to choose one from.

use std::rc::Rc;

use web_sys::Element;

use super::el::{El, button, el, put, whole};
use super::form::Ask;
use super::parcel::bring_in;
use crate::standards::Instant;
use crate::words::Words;

/// A draft as it is listed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listed {
    /// The draft's id.
    pub id: String,
    /// Whether it belongs to this form.
    pub here: bool,
    /// Whether it was written by a newer version of the component, and cannot be opened by this one.
    pub newer: bool,
    /// The campaign's title.
    pub campaign: String,
    /// The track's title.
    pub title: String,
    /// Who is nominated.
    pub nominee: String,
    /// When it was saved.
    pub saved_at: Option<Instant>,
    /// The receipt, where it is in.
    pub receipt: Option<String>,
}

/// Takes what a person asks for.
pub type Asks = Box<dyn Fn(Ask)>;

/// Puts the list into `place`. `utc_offset_minutes` is that of the campaign's clock.
pub fn drafts(
    place: &Element,
    listed: &[Listed],
    utc_offset_minutes: i32,
    words: &'static Words,
    ask: Asks,
) {
    let ask = Rc::new(ask);
    let asked = ask.clone();
    let new = button("button button--primary", "new-draft", words.new_draft())
        .on("click", move |_| asked(Ask::New));
    let asked = ask.clone();
    let brought = bring_in(words, move |ask| asked(ask));
    let lines = listed.iter().rev().map(|known| line(words, known, utc_offset_minutes, &ask));
    let whole = whole(words.lang()).attr("data-state", "choosing").child(
        el("section", "drafts")
            .attr("aria-labelledby", "drafts-title")
            .child(
                el("h2", "drafts__title")
                    .attr("id", "drafts-title")
                    .attr("tabindex", "-1")
                    .text(words.drafts_title()),
            )
            .child(el("p", "").text(words.drafts_help()))
            .child(el("ul", "drafts__lines").children(lines))
            .child(el("div", "drafts__actions").child(new))
            .child(brought),
    );
    put(place, whole);
}

fn line(words: &'static Words, known: &Listed, offset: i32, ask: &Rc<Asks>) -> El {
    let name = words.draft_name(&known.title, &known.nominee);
    let when = known.saved_at.map(|time| words.time(time, offset)).unwrap_or_default();
    let facts = match &known.receipt {
        Some(receipt) => words.draft_sent(receipt, &when),
        None if known.newer => words.draft_newer().to_owned(),
        None => words.draft_saved(known.here, &when),
    };
    let mut actions = el("div", "drafts__actions");
    if known.here && !known.newer {
        let (asked, id) = (ask.clone(), known.id.clone());
        let sent = known.receipt.is_some();
        let go_on = if sent { words.show_receipt() } else { words.resume() };
        let resume = button("button button--primary", "resume-draft", go_on)
            .attr("data-draft-id", &known.id)
            .attr("aria-label", &words.pair(go_on, &name))
            .on("click", move |_| asked(Ask::Resume(id.clone())));
        actions = actions.child(resume);
    }
    let line = el("li", "drafts__line")
        .child(el("p", "drafts__name").text(&name))
        .child(el("p", "drafts__facts").text(&known.campaign))
        .child(el("p", "drafts__facts").text(&facts));
    line.child(actions.child(remove(words, &known.id, &name, ask)))
}

/// Removing asks twice: what is gone is gone.
fn remove(words: &'static Words, id: &str, name: &str, ask: &Rc<Asks>) -> El {
    let (asked, id) = (ask.clone(), id.to_owned());
    let remove = button("button button--quiet", "delete-draft", words.remove())
        .attr("aria-label", &words.pair(words.remove(), name));
    let (again, label) = (remove.clone(), words.pair(words.remove_sure(), name));
    remove.on("click", move |_| {
        if !again.asks_again(words.remove_sure()) {
            return asked(Ask::Remove(id.clone()));
        }
        again.clone().attr("aria-label", &label);
    })
}
