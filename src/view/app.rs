//! The whole form: heading, deadline, sections, the button that sends.

use leptos::prelude::*;

use super::el::{El, button, el};
use super::problems::problems;
use super::section::section;
use super::status::status;
use super::summary::summary;
use super::{Form, dom, draft, part, words};
use crate::campaign::{Campaign, Section};
use crate::session::{Event, Place, Session, Stage};
use crate::standards::{Day, Instant};

/// The form. `said` is what the live region says.
pub fn app(form: Form, said: ReadSignal<String>) -> impl IntoView {
    view! { <div class="nf" use:fill=(form, said)></div> }
}

/// Puts everything into the form's element.
fn fill(place: leptos::tachys::renderer::types::Element, (form, said): (Form, ReadSignal<String>)) {
    let receipt = move || match form.stage() {
        Stage::Submitted(receipt) => Some(receipt.receipt),
        _ => None,
    };
    let variant =
        move || form.watch("form", |session| session.form_case().map(|case| case.name.clone()));
    let speaker = el("p", "visually-hidden").attr("role", "status").attr("aria-live", "polite");
    let place = El::there(place)
        .attr("part", part::WHOLE)
        .attr("lang", &form.lang())
        .attr_when("data-state", move || Some(form.stage().name().to_owned()))
        .attr_when("data-receipt", receipt)
        .attr_when("data-variant", variant)
        .attr_when("data-draft", move || {
            Some(form.watch("draft", |session| session.keeping().name().to_owned()))
        })
        .on("focusin", move |event| {
            let name = dom::name(&event);
            if !name.is_empty() {
                form.send(Event::At(name));
            }
        })
        .on("pointerdown", move |_| form.pressed())
        .on("pointerup pointercancel", move |_| form.released())
        .child(speaker.text_when(move || said.get()))
        .child(heading(form))
        .children(draft::resumed(form))
        .child(status(form));
    place.child(questions(form));
}

fn questions(form: Form) -> El {
    // Enter in a box, or in an input method, is no wish to send: only the button is.
    let all = el("form", "form")
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .flag_when("hidden", move || form.stage() != Stage::Filling)
        .on("submit", |event| event.prevent_default());
    let count = form.look(|session| session.track().sections.len());
    let all = opened(form, all, draft::draft).child(draft::left_over(form));
    let all = (0..count).fold(opened(form, summary(form, all), before), |all, at| {
        all.children_when(
            move || form.watch("*", |session| shown(session, at)),
            move |shown| shown.then(|| part(form, at)).flatten().into_iter().collect(),
        )
    });
    opened(form, all, |form| Some(send(form)))
}

/// Puts into `around` what is there once the questions asked first let go on.
fn opened(form: Form, around: El, build: impl Fn(Form) -> Option<El> + 'static) -> El {
    around.children_when(
        move || form.watch("*", Session::open),
        move |open| open.then(|| build(form)).flatten().into_iter().collect(),
    )
}

/// Whether a section is shown; before the form is open only those with what is asked first.
fn shown(session: &Session, at: usize) -> bool {
    let asked = |section: &Section| {
        let gates = session.track().gates.iter().map(|gate| Place::Field(gate.field.clone()));
        gates
            .filter(|gate| section.fields.iter().any(|field| field.key == gate.key()))
            .any(|gate| session.visible(&gate))
    };
    session.open() || session.track().sections.get(at).is_some_and(asked)
}

fn part(form: Form, at: usize) -> Option<El> {
    form.look(|session| session.track().sections.get(at).map(|part| section(form, part, at + 1)))
}

fn send(form: Form) -> El {
    let send = button("button button--primary button--send", "submit", words::SUBMIT)
        .on("click", move |_| form.send(Event::Submit));
    // What is found in the whole, such as that it is late, stands where it is sent.
    let whole = problems(form, &Place::whole(), "problems");
    let note = el("p", "send__note").text(words::SUBMIT_NOTE);
    el("div", "send").child(whole).child(note).child(send.attr("aria-describedby", "problems"))
}

fn heading(form: Form) -> El {
    let lang = form.lang();
    let (title, campaign) = form.look(|session| {
        let campaign = session.campaign();
        let notice = campaign.notice.as_ref().map(|notice| format!("（{}）", notice.get(&lang)));
        let campaign = format!("{}{}", campaign.title.get(&lang), notice.unwrap_or_default());
        (session.track().title.get(&lang).to_owned(), campaign)
    });
    // There from the start, so that a form that becomes another is heard.
    let case = el("p", "heading__form").attr("aria-live", "polite").text_when(move || {
        form.watch("form", |session| {
            session.form_case().map_or_else(String::new, |case| {
                words::form_case(&case.name, case.title.as_ref().map(|title| title.get(&lang)))
            })
        })
    });
    let (deadline, closed) = form.look(|session| deadline(session.campaign(), session.now()));
    el("header", "heading")
        .child(el("p", "heading__campaign").text(&campaign))
        .child(el("h2", "heading__title").text(&title))
        .child(case)
        .child(el("p", "heading__deadline").text(&deadline))
        .children(closed.map(|words| el("p", "heading__closed").text(&words)))
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

fn before(form: Form) -> Option<El> {
    let lang = form.lang();
    let needed: Vec<El> = form.look(|session| {
        session.track().before.iter().map(|text| el("li", "").text(text.get(&lang))).collect()
    });
    (!needed.is_empty()).then(|| {
        el("div", "before")
            .child(el("h3", "before__title").text(words::BEFORE))
            .child(el("ul", "").children(needed))
    })
}
