//! What stands in the way of sending, each line leading to the place to mend it.

use leptos::prelude::*;

use super::{Form, dom, words};
use crate::session::{Focus, Stage, Summary};

/// The summary; there once the person has tried to send and something is wrong.
#[component]
pub fn ProblemSummary(form: Form) -> impl IntoView {
    let lines = Memo::new(move |_| {
        form.watch("*", |session| {
            let filling = *session.stage() == Stage::Filling && session.tried();
            if filling { session.summary() } else { Vec::new() }
        })
    });
    let rejected = Memo::new(move |_| form.watch("*", crate::session::Session::rejected));
    let shown = move || !lines.with(Vec::is_empty) || rejected.get().is_some();
    move || {
        shown().then(|| {
            view! {
                <div class="summary" id="summary" role="alert" tabindex="-1" aria-labelledby="summary-title">
                    <h3 class="summary__title" id="summary-title">{words::SUMMARY}</h3>
                    {move || rejected.get().map(|status| view! { <p>{words::rejected(status)}</p> })}
                    <ol class="summary__lines">
                        {move || lines.get().into_iter().map(|line| entry(form, line)).collect_view()}
                    </ol>
                </div>
            }
        })
    }
}

fn entry(form: Form, line: Summary) -> AnyView {
    let Summary { place, problem } = line;
    let Some(place) = place else {
        return view! { <li data-rule=problem.rule data-severity="error">{problem.message}</li> }
            .into_any();
    };
    let lang = form.lang();
    let label = form.look(|session| {
        session.track().field(place.key()).map(|field| field.label.get(&lang).to_owned())
    });
    let words = match label {
        Some(label) if !problem.message.contains(&label) => format!("{label}：{}", problem.message),
        _ => problem.message,
    };
    let href = format!("#{}", dom::control_id(&place));
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        form.go(Focus::Place(place.clone()));
    };
    view! { <li><a href=href on:click=go>{words}</a></li> }.into_any()
}
