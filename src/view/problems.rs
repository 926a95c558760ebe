//! The problems of one place, each with its words and the clause behind it.

use super::el::{El, Words, el, when};
use super::{Form, words};
use crate::campaign::{Cite, Severity};
use crate::session::{Place, Shown, topic};

/// The problems at a place. The box is always there, so that `aria-describedby` has something to
/// point at and assistive software something to watch.
pub(super) fn problems(form: Form, place: &Place, id: &str) -> El {
    let (topic, place) = (topic(place), place.clone());
    let list = el("div", "field__problems").attr("id", id);
    let (around, mut there) = (list.clone(), Vec::new());
    let look = move || form.watch(&topic, |session| session.problems_at(&place));
    when(Box::new(look), move |now| follow(&around, &mut there, now));
    list
}

/// A problem on the page, and its words.
type Line = (Shown, El, Words);

/// Problems that only have other words now keep their elements, and an opened clause stays open.
fn follow(around: &El, there: &mut Vec<Line>, now: &[Shown]) {
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
        let line = problem(new, &words);
        there.push((new.clone(), line.clone(), words));
        around.clone().child(line);
    }
}

fn same(old: &Shown, new: &Shown) -> bool {
    old.rule == new.rule && old.severity == new.severity && old.cite == new.cite
}

/// A problem as it stands at this moment.
pub(super) fn shown(shown: &Shown) -> El {
    problem(shown, &Words::new(&shown.message))
}

fn problem(shown: &Shown, message: &Words) -> El {
    let (class, lead, severity) = match shown.severity {
        Severity::Error => ("problem problem--error", words::PROBLEM, "error"),
        Severity::Warn => ("problem problem--warn", words::WARNING, "warn"),
        Severity::Info => ("problem problem--info", words::HINT, "info"),
    };
    let lead = el("strong", "problem__lead").text(lead);
    el("div", class)
        .attr("data-rule", &shown.rule)
        .attr("data-severity", severity)
        .child(el("p", "problem__words").child(lead).words(message))
        .children(shown.cite.as_ref().map(clause))
}

/// The clause of the notice, opened on request.
pub(super) fn clause(cite: &Cite) -> El {
    let words = match &cite.quote {
        Some(quote) => format!("通知{}：“{quote}”", cite.clause),
        None => format!("通知{}", cite.clause),
    };
    el("details", "clause")
        .child(el("summary", "").text(words::SOURCE))
        .child(el("p", "").text(&words))
}
