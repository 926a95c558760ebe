//! What stands in the way of sending, each line leading to the place to mend it.

use super::el::{El, el};
use super::{Form, dom};
use crate::session::{Focus, Session, Stage, Summary};

/// Puts the summary into `around`; it is there once the person has tried to send and something is
/// wrong, and stays the same element while its lines change.
pub(super) fn summary(form: Form, around: El) -> El {
    let shown = move || form.watch("*", |s| !lines(s).is_empty() || s.rejected().is_some());
    around.children_when(shown, move |shown| shown.then(|| list(form)).into_iter().collect())
}

fn lines(session: &Session) -> Vec<Summary> {
    let filling = *session.stage() == Stage::Filling && session.tried() && session.open();
    if filling { session.summary() } else { Vec::new() }
}

fn list(form: Form) -> El {
    let list = el("ol", "summary__lines").children_when(
        move || form.watch("*", lines),
        move |lines| lines.iter().map(|line| entry(form, line)).collect(),
    );
    el("div", "summary")
        .attr("id", "summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "summary-title")
        .child(el("h3", "summary__title").attr("id", "summary-title").text_when(move || {
            let count = form.watch("*", |session| lines(session).len());
            form.words().not_sent(count)
        }))
        .children_when(
            move || form.watch("*", Session::rejected),
            move |status| {
                status.iter().map(|s| el("p", "").text(&form.words().rejected(*s))).collect()
            },
        )
        .child(list)
}

fn entry(form: Form, line: &Summary) -> El {
    let Summary { place, problem } = line;
    let Some(place) = place.clone() else {
        return el("li", "")
            .attr("data-rule", &problem.rule)
            .attr("data-severity", "error")
            .text(&problem.message);
    };
    let words = form.words().about(&form.label(place.key()), &problem.message);
    let href = format!("#{}", dom::control_id(&place));
    let leading = el("a", "").attr("href", &href).text(&words).on("click", move |event| {
        event.prevent_default();
        form.go(Focus::Place(place.clone()));
    });
    el("li", "").child(leading)
}
