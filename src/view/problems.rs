//! The problems of one place, each with its words and the clause behind it.

use super::Form;
use super::el::{El, Words, el, when};
use crate::campaign::{Cite, Severity};
use crate::session::{Place, Shown, topic};

/// The problems at a place. The box is always there, so that `aria-describedby` has something to
/// point at and assistive software something to watch.
pub(super) fn problems(form: Form, place: &Place, id: &str) -> El {
    let (topic, place) = (topic(place), place.clone());
    let list = el("div", "field__problems").attr("id", id);
    let (around, mut there) = (list.clone(), Vec::new());
    let look = move || form.watch(&topic, |session| session.problems_at(&place));
    when(Box::new(look), move |now| follow(form, &around, &mut there, now));
    list
}

/// A problem on the page, and its words.
type Line = (Shown, El, Words);

/// Problems that only have other words now keep their elements, and an opened clause stays open.
fn follow(form: Form, around: &El, there: &mut Vec<Line>, now: &[Shown]) {
    let stay = there.iter().zip(now).take_while(|((old, ..), new)| same(old, new)).count();
    there.drain(stay..).for_each(|(_, gone, _)| gone.remove());
    for ((old, _, words), new) in there.iter_mut().zip(now) {
        if old.message != new.message {
            words.say(&new.message);
            *old = new.clone();
        }
    }
    for new in now.iter().skip(stay) {
        let words = Words::new(&new.message);
        let line = problem(form, new, &words);
        there.push((new.clone(), line.clone(), words));
        around.clone().child(line);
    }
}

fn same(old: &Shown, new: &Shown) -> bool {
    old.rule == new.rule && old.severity == new.severity && old.cite == new.cite
}

/// A problem as it stands at this moment.
pub(super) fn shown(form: Form, shown: &Shown) -> El {
    problem(form, shown, &Words::new(&shown.message))
}

fn problem(form: Form, shown: &Shown, message: &Words) -> El {
    let words = form.words();
    let (class, lead, severity) = match shown.severity {
        Severity::Error => ("problem problem--error", words.problem(), "error"),
        Severity::Warn => ("problem problem--warn", words.warning(), "warn"),
        Severity::Info => ("problem problem--info", words.hint(), "info"),
    };
    let lead = el("strong", "problem__lead").text(&words.pair(lead, ""));
    el("div", class)
        .attr("data-rule", &shown.rule)
        .attr("data-severity", severity)
        .child(el("p", "problem__words").child(lead).words(message))
        .children(shown.cite.as_ref().map(|cite| clause(form, cite)))
}

/// The clause of the notice, opened on request.
pub(super) fn clause(form: Form, cite: &Cite) -> El {
    let words = form.words();
    let clause = words.clause(&cite.clause, cite.quote.as_deref());
    el("details", "clause")
        .child(el("summary", "").text(words.source()))
        .child(el("p", "").text(&clause))
}
