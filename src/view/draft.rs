//! Where the work is kept, in words; what a person is told who comes back; and answers that a changed
//! form has no place for.

use super::el::{El, button, el};
use super::form::Ask;
use super::parcel::take_away;
use super::{Form, dom};
use crate::rules::carry::LeftOver;
use crate::session::{Event, Keeping, Session, Stage};

/// Where the work is kept, the switch for computers that others use too, and the way to other drafts.
pub(super) fn draft(form: Form) -> Option<El> {
    if keeping(form) == Keeping::Host {
        return None;
    }
    let state = el("p", "draft__state")
        .attr_when("data-keeping", move || Some(keeping(form).name().to_owned()))
        .text_when(move || {
            let offset = form.look(|session| session.campaign().utc_offset_minutes);
            form.words().keeping(keeping(form), offset)
        });
    // What concerns the work itself is heard; that it was kept once more is not.
    let warned = el("p", "draft__warning")
        .attr("role", "status")
        .text_when(move || form.words().not_kept(keeping(form)).to_owned());
    let line = el("div", "draft__line").child(state).children(public(form)).child(actions(form));
    let away = take_away(form.words(), move |ask| form.ask(ask));
    Some(el("div", "draft").child(line).child(warned).child(away))
}

fn keeping(form: Form) -> Keeping {
    form.watch("draft", Session::keeping)
}

/// The switch; not where the host wants nothing kept, or nothing can be kept.
fn public(form: Form) -> Option<El> {
    if form.look(Session::never_keeps) {
        return None;
    }
    let on = form.look(Session::is_public_computer);
    let tick = el("input", "")
        .attr("type", "checkbox")
        .attr("id", "public-computer")
        .attr("data-action", "public-computer")
        .attr("aria-describedby", "public-computer-help")
        .prop("checked", &on.into())
        .on("change", move |event| form.send(Event::PublicComputer(dom::ticked(&event))));
    let words = el("span", "radio__words").text(form.words().public_computer());
    let help = el("p", "field__help").attr("id", "public-computer-help");
    let help = help.text(form.words().public_computer_help());
    let label =
        el("label", "draft__public").attr("for", "public-computer").child(tick).child(words);
    Some(el("div", "draft__computer").child(label).child(help))
}

fn actions(form: Form) -> El {
    let words = form.words();
    let new = leading(form, "new-draft", words.new_draft(), || Ask::New);
    let list = leading(form, "drafts", words.drafts(), || Ask::List);
    el("div", "draft__actions").child(new).child(list)
}

/// A button that leads away from the form; where that would cost what is written, it asks once more.
fn leading(form: Form, action: &str, words: &str, ask: fn() -> Ask) -> El {
    let button = button("button button--quiet", action, words);
    let again = button.clone();
    button.on("click", move |_| {
        if !form.look(Session::would_be_lost) || !again.asks_again(form.words().leave_sure()) {
            form.ask(ask());
        }
    })
}

/// What a person is told who comes back to a draft.
pub(super) fn resumed(form: Form) -> Option<El> {
    let offset = form.look(|session| session.campaign().utc_offset_minutes);
    let lines = form.look(|session| {
        let resumed = session.resumed().filter(|_| *session.stage() == Stage::Filling)?;
        Some(form.words().resumed(resumed, offset))
    })?;
    let lines = lines.iter().map(|line| el("p", "").text(line));
    Some(el("div", "resumed").attr("role", "status").children(lines))
}

/// The answers that the form has no place for any more, each with its text to copy.
pub(super) fn left_over(form: Form) -> El {
    el("div", "").children_when(
        move || form.watch("left-over", |session| session.left_over().to_vec()),
        move |left| if left.is_empty() { Vec::new() } else { vec![list(form, left)] },
    )
}

fn list(form: Form, left: &[LeftOver]) -> El {
    let words = form.words();
    let lines = left.iter().enumerate().map(|(index, left)| line(form, index, left));
    el("section", "left-over")
        .attr("aria-labelledby", "left-over-title")
        .child(
            el("h3", "left-over__title")
                .attr("id", "left-over-title")
                .attr("tabindex", "-1")
                .text(words.left_over()),
        )
        .child(el("p", "").text(words.left_over_help()))
        .child(el("ul", "left-over__lines").children(lines))
}

fn line(form: Form, index: usize, left: &LeftOver) -> El {
    let label = if left.label.is_empty() { &left.path } else { &left.label };
    let text = el("textarea", "input left-over__text")
        .attr("readonly", "")
        .attr("rows", "2")
        .attr("aria-label", label)
        .prop("value", &left.text.as_str().into());
    let (node, words) = (text.node().clone(), form.words());
    let copy = button("button button--quiet", "copy-text", words.copy())
        .attr("aria-label", &words.named(words.copy(), label))
        .on("click", move |_| dom::copy(&node));
    let drop = button("button button--quiet", "drop-text", words.drop_text())
        .attr("aria-label", &words.named(words.drop_text(), label))
        .on("click", move |_| form.send(Event::DropLeftOver(index)));
    el("li", "left-over__line")
        .attr("data-left-over", &left.path)
        .child(el("p", "left-over__label").text(label))
        .child(text)
        .child(el("div", "left-over__actions").child(copy).child(drop))
}
