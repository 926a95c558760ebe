//! The problems of one place, each with its words and the clause behind it.

use leptos::prelude::*;

use super::{Form, words};
use crate::campaign::{Cite, Severity};
use crate::session::{Place, Shown, topic};

/// The problems at a place. The box is always there, so that `aria-describedby` has something to
/// point at and assistive software something to watch.
#[component]
pub fn Problems(form: Form, place: Place, id: String) -> impl IntoView {
    let topic = topic(&place);
    let shown = Memo::new(move |_| form.watch(&topic, |session| session.problems_at(&place)));
    view! { <div class="field__problems" id=id>{move || shown.get().into_iter().map(problem).collect_view()}</div> }
}

fn problem(shown: Shown) -> impl IntoView {
    let (class, lead, severity) = match shown.severity {
        Severity::Error => ("problem problem--error", words::PROBLEM, "error"),
        Severity::Warn => ("problem problem--warn", words::WARNING, "warn"),
        Severity::Info => ("problem problem--info", words::HINT, "info"),
    };
    view! {
        <div class=class data-rule=shown.rule data-severity=severity>
            <p class="problem__words"><strong class="problem__lead">{lead}</strong>{shown.message}</p>
            {shown.cite.as_ref().map(clause)}
        </div>
    }
}

/// The clause of the notice, opened on request.
pub(super) fn clause(cite: &Cite) -> impl IntoView + use<> {
    let words = match &cite.quote {
        Some(quote) => format!("通知{}：“{quote}”", cite.clause),
        None => format!("通知{}", cite.clause),
    };
    view! {
        <details class="clause">
            <summary>{words::SOURCE}</summary>
            <p>{words}</p>
        </details>
    }
}
