//! The way through the form: its parts with how far each is, and the buttons from one to the next.
//!
//! Whether the parts stand on one long page or one at a time is the host's choice and the style's
//! business (`layout="steps"`): here all parts are there, and the person's bears `data-current`.

use std::cell::RefCell;
use std::rc::Rc;

use super::Form;
use super::el::{El, button, el, when};
use crate::session::{Event, Progress, Session};

/// The list of parts.
pub(super) fn progress(form: Form) -> Option<El> {
    if form.look(|session| session.track().sections.len()) < 2 {
        return None;
    }
    let known = Known::default();
    let (of_parts, of_each) = (known.clone(), known.clone());
    let whole = el("p", "progress__whole").text_when(move || {
        let parts = all(form, &known);
        // One that may stay empty is nobody's doing, until all else is done.
        let left = parts.iter().any(|part| part.missing + part.wrong > 0);
        let done = |part: &&Progress| part.missing + part.wrong == 0 && !(left && part.optional);
        let done = parts.iter().filter(done).count();
        form.words().progress(
            parts.len(),
            done,
            count(&parts, |p| p.missing),
            count(&parts, |p| p.wrong),
        )
    });
    let parts = el("ol", "progress__parts").children_when(
        move || all(form, &of_parts).iter().map(|progress| progress.part).collect::<Vec<_>>(),
        move |shown| {
            let one = |(at, shown): (usize, &usize)| part(form, &of_each, *shown, at);
            shown.iter().enumerate().filter_map(one).collect()
        },
    );
    Some(
        el("nav", "progress")
            .attr("aria-label", form.words().parts_title())
            .child(whole)
            .child(parts),
    )
}

/// What was worked out last, and at which version of the session: all who show some of it ask in turn.
type Known = Rc<RefCell<(u64, Vec<Progress>)>>;

fn all(form: Form, known: &Known) -> Vec<Progress> {
    form.watch("way", |_| ());
    form.watch("progress", |session| {
        let mut known = known.borrow_mut();
        if known.0 != session.version() || known.1.is_empty() {
            *known = (session.version(), session.progress());
        }
        known.1.clone()
    })
}

fn count(parts: &[Progress], of: impl Fn(&Progress) -> usize) -> usize {
    parts.iter().map(of).sum()
}

fn part(form: Form, known: &Known, part: usize, at: usize) -> Option<El> {
    let title = form.look(|session| {
        let section = session.track().sections.get(part)?;
        Some((section.id.clone(), section.title.get(form.lang()).to_owned()))
    });
    let (id, title) = title?;
    let state = el("span", "progress__state");
    let lead = button("progress__part", "go-to-part", "")
        .child(
            el("span", "progress__number").attr("aria-hidden", "true").text(&(at + 1).to_string()),
        )
        .child(el("span", "progress__title").text(&title))
        .child(state.clone())
        .attr_when("aria-current", move || {
            let here = form.watch("way", |session| session.step() == part && !session.reviewing());
            here.then(|| "step".to_owned())
        })
        .on("click", move |_| form.send(Event::GoToPart(part)));
    let entry = el("li", "progress__entry").attr("data-part", &id).child(lead);
    let (around, known) = (entry.clone(), known.clone());
    let look = move || all(form, &known).into_iter().find(|progress| progress.part == part);
    when(Box::new(look), move |progress: &Option<Progress>| {
        let Some(progress) = progress else { return };
        around.clone().attr("data-progress", progress.name());
        state.say(&form.words().part_progress(progress));
    });
    Some(entry)
}

/// The buttons to the part before and after; shown where parts stand one at a time.
pub(super) fn steps(form: Form) -> El {
    let previous = button("button", "previous", form.words().previous())
        .flag_when("hidden", move || form.watch("way", |s| s.steps_around().0.is_none()))
        .on("click", move |_| form.send(Event::Previous));
    let next = button("button button--primary", "next", form.words().next())
        .flag_when("hidden", move || form.watch("way", |s| s.steps_around().1.is_none()))
        .on("click", move |_| form.send(Event::Next));
    el("div", "steps")
        .flag_when("hidden", move || form.watch("way", Session::reviewing))
        .child(previous)
        .child(next)
}
