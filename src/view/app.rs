//! The whole form: heading, deadline, sections, the button that sends.

use leptos::prelude::*;

use super::section::section;
use super::status::Status;
use super::summary::ProblemSummary;
use super::{Form, words};
use crate::campaign::Campaign;
use crate::session::{Event, Stage};
use crate::standards::{Day, Instant};

/// The form. `said` is what the live region says.
#[component]
pub fn App(form: Form, said: ReadSignal<String>) -> impl IntoView {
    let lang = form.lang();
    let stage = Memo::new(move |_| form.watch("*", |session| session.stage().clone()));
    let state = move || stage.with(Stage::name);
    let receipt = move || match stage.get() {
        Stage::Submitted(receipt) => Some(receipt.receipt),
        _ => None,
    };
    let sections = form.look(|session| session.track().sections.clone());
    let sections =
        sections.iter().enumerate().map(|(i, part)| section(form, part, i + 1)).collect_view();
    // Enter in a box, or in an input method, is no wish to send: only the button is.
    let keep = move |event: web_sys::SubmitEvent| event.prevent_default();
    view! {
        <div class="nf" lang=lang data-state=state data-receipt=receipt>
            <p class="visually-hidden" role="status" aria-live="polite">{move || said.get()}</p>
            {heading(form)}
            <Status form />
            <form
                class="form"
                novalidate=true
                autocomplete="off"
                hidden=move || stage.get() != Stage::Filling
                on:submit=keep
            >
                <ProblemSummary form />
                {before(form)}
                {sections}
                <div class="send">
                    <p class="send__note">{words::SUBMIT_NOTE}</p>
                    <button type="button" class="button button--primary button--send" data-action="submit"
                        on:click=move |_| form.send(Event::Submit)>
                        {words::SUBMIT}
                    </button>
                </div>
            </form>
        </div>
    }
}

fn heading(form: Form) -> impl IntoView {
    let lang = form.lang();
    let (title, campaign, notice) = form.look(|session| {
        let campaign = session.campaign();
        let notice = campaign.notice.as_ref().map(|notice| notice.get(&lang).to_owned());
        (session.track().title.get(&lang).to_owned(), campaign.title.get(&lang).to_owned(), notice)
    });
    let (deadline, closed) = form.look(|session| deadline(session.campaign(), session.now()));
    view! {
        <header class="heading">
            <p class="heading__campaign">{campaign}{notice.map(|notice| format!("（{notice}）"))}</p>
            <h2 class="heading__title">{title}</h2>
            <p class="heading__deadline">{deadline}</p>
            {closed.map(|words| view! { <p class="heading__closed">{words}</p> })}
        </header>
    }
}

/// The deadline in words, and a word of warning where it falls on a weekend.
fn deadline(campaign: &Campaign, now: Instant) -> (String, Option<String>) {
    let day = campaign.deadline;
    let today: Day = now.day_at(campaign.utc_offset_minutes);
    let left = today.days_until(day);
    let weekend = match day.weekday() {
        6 => Some("星期六"),
        7 => Some("星期日"),
        _ => None,
    };
    let closed = weekend.filter(|_| left >= 0).map(words::closed_on_last_day);
    (words::deadline(left, day.month().month(), day.day_of_month()), closed)
}

fn before(form: Form) -> impl IntoView {
    let lang = form.lang();
    let needed = form.look(|session| {
        session.track().before.iter().map(|text| text.get(&lang).to_owned()).collect::<Vec<_>>()
    });
    (!needed.is_empty()).then(|| {
        view! {
            <div class="before">
                <h3 class="before__title">{words::BEFORE}</h3>
                <ul>{needed.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </div>
        }
    })
}
