//! The whole form: heading, deadline, sections, the button that sends.

use leptos::prelude::*;
use web_sys::Element;

use super::el::{El, button, el, put, whole};
use super::problems::problems;
use super::progress::{progress, steps};
use super::review::review;
use super::section::section;
use super::status::{copied, status};
use super::summary::summary;
use super::{Ask, Form, dom, draft};
use crate::campaign::{Campaign, Section};
use crate::session::{Event, Place, Session, Stage};
use crate::standards::{Day, Instant};
use crate::words::Words;

/// Puts the form into `place`. `said` is what the live region says.
pub fn app(place: &Element, form: Form, said: ReadSignal<String>) {
    let receipt = move || match form.stage() {
        Stage::Submitted(receipt) => Some(receipt.receipt),
        _ => None,
    };
    let variant =
        move || form.watch("form", |session| session.form_case().map(|case| case.name.clone()));
    let speaker = el("p", "visually-hidden").attr("role", "status").attr("aria-live", "polite");
    let whole = whole(form.lang())
        .attr_when("data-state", move || Some(form.state().to_owned()))
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
        .child(speaker.text_when(move || said.get()))
        .child(heading(form))
        .children(draft::resumed(form))
        .child(status(form))
        .child(copied(form));
    put(place, whole.child(questions(form)));
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
    let all = opened(form, summary(form, all), before);
    let all = opened(form, all, progress);
    let parts =
        el("div", "parts").flag_when("hidden", move || form.watch("way", Session::reviewing));
    let parts = (0..count).fold(parts, |parts, at| {
        parts.children_when(
            move || (at == 0 || form.is_whole()) && form.watch("way", |session| shown(session, at)),
            move |shown| shown.then(|| part(form, at)).flatten().into_iter().collect(),
        )
    });
    opened(form, all.child(parts).child(review(form)), |form| {
        Some(el("div", "ends").child(steps(form)).child(send(form)))
    })
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
    if session.open() {
        session.part_shown(at)
    } else {
        session.track().sections.get(at).is_some_and(asked)
    }
}

fn part(form: Form, at: usize) -> Option<El> {
    form.look(|session| session.track().sections.get(at).map(|part| section(form, part, at)))
}

fn send(form: Form) -> El {
    let words = form.words();
    let send = button("button button--primary button--send", "submit", words.submit())
        .attr("id", "send")
        .on("click", move |_| form.send(Event::Submit));
    // What is found in the whole, such as that it is late, stands where it is sent.
    let whole = problems(form, &Place::whole(), "problems");
    let note = el("p", "send__note").text(words.submit_note());
    let reviewing = move || form.watch("way", Session::reviewing);
    let review = button("button", "review", words.review())
        .flag_when("hidden", reviewing)
        .on("click", move |_| form.send(Event::Review));
    let edit = button("button", "back-to-form", words.go_back())
        .flag_when("hidden", move || !reviewing())
        .on("click", move |_| form.send(Event::Edit));
    let buttons = el("div", "send__buttons")
        .child(send.attr("aria-describedby", "problems"))
        .child(review)
        .child(edit);
    // Where parts stand one at a time, it is sent from the last or from the review.
    el("div", "send")
        .flag_when("data-last", move || {
            form.watch("way", |session| session.reviewing() || session.steps_around().1.is_none())
        })
        .child(whole)
        .child(note)
        .child(buttons)
}

fn heading(form: Form) -> El {
    let (lang, words) = (form.lang(), form.words());
    let (title, campaign) = form.look(|session| {
        let campaign = session.campaign();
        let notice = campaign.notice.as_ref().map(|notice| words.brackets(notice.get(lang)));
        let campaign = format!("{}{}", campaign.title.get(lang), notice.unwrap_or_default());
        (session.track().title.get(lang).to_owned(), campaign)
    });
    // There from the start, so that a form that becomes another is heard.
    let case = el("p", "heading__form").attr("aria-live", "polite").text_when(move || {
        form.watch("form", |session| {
            session.form_case().map_or_else(String::new, |case| {
                form.words().form_case(&case.name, case.title.as_ref().map(|title| title.get(lang)))
            })
        })
    });
    let (deadline, closed) =
        form.look(|session| deadline(words, session.campaign(), session.now()));
    el("header", "heading")
        .child(el("p", "heading__campaign").text(&campaign))
        .child(el("h2", "heading__title").attr("id", "title").attr("tabindex", "-1").text(&title))
        .child(case)
        .child(el("p", "heading__deadline").text(&deadline))
        .child(text_size(form))
        .children(closed.map(|words| el("p", "heading__closed").text(&words)))
}

/// The switch between the usual and larger text.
fn text_size(form: Form) -> El {
    button("button button--quiet heading__size", "text-size", form.words().large_text())
        .attr("aria-pressed", "false")
        .on("click", move |_| form.ask(Ask::TextSize))
}

/// The deadline in words, and a word of warning where it falls on a weekend.
fn deadline(words: &Words, campaign: &Campaign, now: Instant) -> (String, Option<String>) {
    let day = campaign.deadline;
    let today: Day = now.day_at(campaign.utc_offset_minutes);
    let left = today.days_until(day);
    let closed =
        (left >= 0 && day.weekday() > 5).then(|| words.closed_on_last_day(day.weekday() == 7));
    (words.deadline(left, day.month().month(), day.day_of_month()), closed)
}

fn before(form: Form) -> Option<El> {
    let lang = form.lang();
    let needed: Vec<El> = form.look(|session| {
        session.track().before.iter().map(|text| el("li", "").of(text, lang)).collect()
    });
    (!needed.is_empty()).then(|| {
        el("div", "before")
            .flag_when("hidden", move || form.watch("way", Session::reviewing))
            .flag_when("data-current", move || {
                form.watch("way", |session| session.steps_around().0.is_none())
            })
            .child(el("h3", "before__title").text(form.words().before()))
            .child(el("ul", "").children(needed))
    })
}
