//! What stands in place of the form while it is sent, while it waits, and once it is in.

use super::el::{El, button, el};
use super::form::Ask;
use super::later::{self, Late};
use super::{Form, review};
use crate::session::{Event, Focus, Place, Session, Stage, Stored};

/// The words and buttons of a stage; nothing while the form is filled in.
pub(super) fn status(form: Form) -> El {
    el("div", "status")
        .attr("id", "status")
        .attr("tabindex", "-1")
        .attr_when("role", move || {
            let stopped = form.stage() == Stage::Stopped;
            Some(if stopped { "alert" } else { "status" }.to_owned())
        })
        .class_when("status--shown", move || form.stage() != Stage::Filling)
        .class_when("status--stopped", move || form.stage() == Stage::Stopped)
        .children_held(move || form.stage(), move |stage| content(form, stage))
}

fn content(form: Form, stage: &Stage) -> Vec<El> {
    let words = form.words();
    let Some((title, note)) = words.stage(stage) else {
        return match stage {
            Stage::Stopped => stopped(form),
            // Whoever sends it, or takes up a draft that was sent, has the second part.
            Stage::Submitted(receipt) => later::build(form, &Late::Submitted(receipt.clone())),
            _ => Vec::new(),
        };
    };
    let again = match stage {
        Stage::Waiting(_) => Some(words.try_now()),
        Stage::SignIn => Some(words.signed_in()),
        _ => None,
    };
    let mut actions = el("div", "status__actions");
    if let Some(again) = again {
        let again = button("button button--primary", "try-again", again).on("click", move |_| {
            // The button goes with this; the message stays.
            form.go(Focus::Status);
            form.send(Event::TryAgain);
        });
        actions = actions.child(again);
    }
    if *stage != Stage::Posting {
        let back = button("button button--quiet", "back", words.go_back())
            .on("click", move |_| form.send(Event::GoBack));
        actions = actions.child(back);
    }
    // Whether the page may be closed depends on where the work is.
    let offset = form.look(|session| session.campaign().utc_offset_minutes);
    let kept = el("p", "status__kept").text_when(move || {
        form.words().kept_while_sending(form.watch("draft", Session::keeping), offset)
    });
    vec![el("h3", "status__title").text(title), el("p", "").text(note), kept, actions]
}

/// Why the form stands still, and the way back for those who chose wrongly.
fn stopped(form: Form) -> Vec<El> {
    let (lang, words) = (form.lang(), form.words());
    let (message, rule) = form.look(|session| {
        let gate = session.stopped();
        let message = gate.map(|gate| gate.message.get(lang).to_owned()).unwrap_or_default();
        let key = gate.map(|gate| gate.field.clone()).unwrap_or_default();
        let found = session.problems_at(&Place::Field(key.clone())).into_iter().next();
        (message, found.map_or(key, |found| found.rule))
    });
    let back = button("button", "gate-back", words.gate_back())
        .on("click", move |_| form.send(Event::GateBack));
    vec![
        el("h3", "status__title").text(words.stopped()),
        el("p", "").attr("data-rule", &rule).attr("data-severity", "error").text(&message),
        el("div", "status__actions").child(back),
    ]
}

pub(super) fn submitted(form: Form, stored: &Stored) -> Vec<El> {
    let (words, offset) =
        (form.words(), form.look(|session| session.campaign().utc_offset_minutes));
    let time = stored.received_at.map(|time| words.time(time, offset));
    let facts = el("dl", "receipt")
        .child(el("dt", "").text(words.receipt()))
        .child(el("dd", "receipt__number").text(&stored.receipt))
        .children(time.is_some().then(|| el("dt", "").text(words.received_at())))
        .children(time.map(|time| el("dd", "").text(&time)));
    vec![
        el("h3", "status__title status__title--done").text(words.done()),
        facts,
        el("p", "").text(words.done_note()),
        el("div", "status__actions").child(
            button("button", "new-draft", words.another()).on("click", move |_| form.ask(Ask::New)),
        ),
    ]
}

/// The copy of what was sent, with the button that prints it. It stands beside the message, which is read out whole.
pub(super) fn copied(form: Form) -> El {
    el("div", "copied").children_when(
        // After a reload only the receipt is left.
        move || {
            matches!(form.stage(), Stage::Submitted(_))
                && form.look(|session| session.answers().0.keys().next().is_some())
        },
        move |there| if *there { later::build(form, &Late::Copy) } else { Vec::new() },
    )
}

pub(super) fn copy(form: Form) -> Vec<El> {
    let copy = review::copy(form);
    vec![review::print(form, &copy), copy]
}
