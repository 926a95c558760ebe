//! The whole to look through before it is sent, and what was sent: one line for each question, as in the
//! official table.

use serde_json::Value;

use super::el::{El, button, el};
use super::form::Ask;
use super::later::{self, Late};
use super::{Form, problems};
use crate::campaign::{Field, FieldKind, Section};
use crate::session::{Chosen, Event, Focus, Place, Session};
use crate::words::Words;

/// The lines of all parts that are shown, each with the way to change it.
pub(super) fn review(form: Form) -> El {
    let around =
        el("div", "review").flag_when("hidden", move || !form.watch("way", Session::reviewing));
    later::children_late(around, form, move || {
        form.watch("way", |s| s.reviewing().then(|| Late::Review(s.version())))
    })
}

pub(super) fn content(form: Form) -> Vec<El> {
    let title = el("h3", "review__title")
        .attr("id", "review")
        .attr("tabindex", "-1")
        .text(form.words().review_title());
    let mut all = vec![title, el("p", "review__note").text(form.words().review_note())];
    all.extend(parts(form, true));
    all
}

/// What was sent, to be read and printed: there as long as the page is.
pub(super) fn copy(form: Form) -> El {
    let (title, subtitle, blocks) = form.look(|session| {
        let (track, lang) = (session.track(), form.lang());
        let print = track.print.as_ref();
        let title = print.map_or(&track.title, |print| &print.title).get(lang).to_owned();
        let subtitle = print.and_then(|print| print.subtitle.as_ref());
        let subtitle = subtitle.map(|text| text.get(lang).to_owned());
        (title, subtitle, blocks(form, session, lang))
    });
    el("div", "copy")
        .child(el("h3", "copy__title").text(&title))
        .children(subtitle.map(|words| el("p", "copy__subtitle").text(&words)))
        .children(parts(form, false))
        .children(blocks)
}

/// The button that prints what `of` holds.
pub(super) fn print(form: Form, of: &El) -> El {
    let paper = of.node().clone();
    button("button", "print", form.words().print())
        .on("click", move |_| form.ask(Ask::Print(paper.clone())))
}

/// The cells that are filled in on paper.
fn blocks(form: Form, session: &Session, lang: &str) -> Option<El> {
    let case = session.form_case().map(|case| case.name.as_str()).unwrap_or_default();
    let blocks = session.track().print.as_ref().map_or(&[][..], |print| &print.blocks);
    let here = blocks.iter().filter(|b| b.forms.is_empty() || b.forms.iter().any(|f| f == case));
    let lines = here.map(|block| {
        let stamps = block
            .stamps
            .iter()
            .map(|stamp| el("p", "copy__stamp").text(&form.words().stamp(stamp.get(lang))));
        let date = block.date.then(|| el("p", "copy__date").text(form.words().blank_date()));
        let room = el("dd", "review__answer copy__room")
            .children(block.preset.as_ref().map(|words| el("p", "").text(words.get(lang))))
            .children(stamps)
            .children(date);
        el("div", "review__line review__line--wide")
            .child(el("dt", "review__label").text(block.label.get(lang)))
            .child(room)
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| el("dl", "review__lines copy__blocks").children(lines))
}

fn parts(form: Form, editable: bool) -> Vec<El> {
    form.look(|session| {
        let sections = session.track().sections.iter().enumerate();
        let shown = sections.filter(|(at, _)| session.part_shown(*at));
        shown.map(|(_, section)| part(form, session, section, editable)).collect()
    })
}

fn part(form: Form, session: &Session, section: &Section, editable: bool) -> El {
    let fields = section.fields.iter();
    let shown = fields.filter(|field| session.visible(&Place::Field(field.key.clone())));
    // A box that is not ticked is no answer, and none is missing.
    let idle = |field: &Field| {
        matches!(&field.kind, FieldKind::YesNo(yes_no) if yes_no.tick)
            && session.answers().get(&field.key).is_none()
            && session.problems_within(&field.key).is_empty()
    };
    let shown = shown.filter(|field| !idle(field));
    let lines = shown.map(|field| line(form, session, field, editable));
    el("div", "review__part")
        .child(el("h4", "review__heading").of(&section.title, form.lang()))
        .child(el("dl", "review__lines").children(lines))
}

fn line(form: Form, session: &Session, field: &Field, editable: bool) -> El {
    let (lang, place) = (form.lang(), Place::Field(field.key.clone()));
    let answer = el("div", "review__words").children(lines(form, session, field, editable));
    let photo = matches!(field.kind, FieldKind::Photo(_));
    let photos = session.files_in(&field.key).filter(|_| photo).map(|chosen| picture(form, chosen));
    let answer = answer.children(photos);
    let found = session.problems_within(&field.key);
    let edit = editable.then(|| {
        let label = field.label.get(lang);
        let target = Focus::Place(place.clone());
        button("button button--quiet", "edit", form.words().edit())
            .attr("aria-label", &form.words().named(form.words().edit(), label))
            .attr("data-for", &field.key)
            .on("click", move |_| form.send(Event::Go(target.clone())))
    });
    let class = if is_wide(field) { "review__line review__line--wide" } else { "review__line" };
    let label = el("dt", "review__label").of(&field.label, lang);
    let box_ = el("dd", "review__answer").child(answer);
    let box_ = if editable {
        box_.children(found.iter().map(|found| problems::shown(form, found)))
    } else {
        box_
    };
    el("div", class).attr("data-line", &field.key).child(label).child(box_.children(edit))
}

/// Whether an answer needs the whole width of the table.
fn is_wide(field: &Field) -> bool {
    !field.columns().is_empty()
        || matches!(field.kind, FieldKind::Essay(_) | FieldKind::File(_) | FieldKind::Choices(_))
}

/// An answer in words, in paragraphs.
pub(super) fn answer(form: Form, session: &Session, field: &Field) -> Vec<El> {
    lines(form, session, field, true)
}

/// The same; without `whole`, rows that have a printed line as they are printed and no more.
fn lines(form: Form, session: &Session, field: &Field, whole: bool) -> Vec<El> {
    let (words, lang) = (form.words(), form.lang());
    let value = session.answers().get(&field.key);
    let paragraphs: Vec<String> = match (&field.kind, value) {
        (FieldKind::Photo(_) | FieldKind::File(_), _) => {
            session.files_in(&field.key).map(|file| file_line(form, file)).collect()
        }
        (FieldKind::Rows(_), Some(Value::Array(rows))) => {
            let line = |at: usize, row: &Value| row_line(words, session, field, (at, row), whole);
            rows.iter().enumerate().map(|(at, row)| line(at, row)).collect()
        }
        (FieldKind::Matrix(_), Some(Value::Object(entries))) => field
            .entries()
            .iter()
            .filter_map(|entry| {
                let label = entry.label.as_ref().map_or(entry.key.as_str(), |l| l.get(lang));
                let cells = cells(words, field, entries.get(&entry.key)?, "");
                Some(form.words().pair(label, &cells))
            })
            .collect(),
        (FieldKind::Group(_), Some(part)) => vec![cells(words, field, part, "")],
        (_, Some(value)) => vec![plain(words, field, value)],
        (_, None) => Vec::new(),
    };
    let none = paragraphs.is_empty();
    let none = none.then(|| el("p", "review__none").text(form.words().not_filled()));
    paragraphs.iter().map(|words| el("p", "").text(words)).chain(none).collect()
}

/// The place of a photo, which is shown there once it is decoded.
fn picture(form: Form, chosen: &Chosen) -> El {
    let place = el("p", "review__picture").attr("data-picture", &chosen.name);
    form.ask(Ask::Picture(chosen.file, place.node().clone()));
    place
}

fn file_line(form: Form, chosen: &Chosen) -> String {
    let size = form.words().megabytes(chosen.bytes);
    match chosen.caption.as_str() {
        "" => format!("{} · {size}", chosen.name),
        caption => format!("{} · {size} · {caption}", chosen.name),
    }
}

/// A row as it is printed, with the answers that the printed line has no place for.
fn row_line(
    words: &Words,
    session: &Session,
    field: &Field,
    (at, row): (usize, &Value),
    whole: bool,
) -> String {
    let FieldKind::Rows(settings) = &field.kind else { return String::new() };
    let pattern = settings.line.as_deref().unwrap_or_default();
    let printed = session.judge().line(&field.key, at, session.answers());
    if !whole && !printed.is_empty() {
        return printed;
    }
    let rest = cells(words, field, row, pattern);
    let parts: Vec<_> = [printed, rest].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(words.parts())
}

/// The answers of a row, of an entry or of a group, in one line, but for those that `pattern` has.
fn cells(words: &Words, field: &Field, part: &Value, pattern: &str) -> String {
    let left = |column: &&Field| !pattern.contains(&format!("{{{}}}", column.key));
    let cells = field.columns().iter().filter(left).filter_map(|column| {
        let label = column.label.get(words.lang());
        match (&column.kind, part.get(&column.key)) {
            (FieldKind::Month(month), None | Some(Value::Null)) if month.open => {
                Some(words.pair(label, words.still()))
            }
            (_, None | Some(Value::Null)) => None,
            (FieldKind::YesNo(yes_no), Some(value)) if yes_no.tick => {
                (*value == Value::Bool(true)).then(|| label.to_owned())
            }
            (_, Some(value)) => Some(words.pair(label, &plain(words, column, value))),
        }
    });
    let cells: Vec<_> = cells.collect();
    cells.join(words.parts())
}

/// A single answer in words.
pub(super) fn plain(words: &Words, field: &Field, value: &Value) -> String {
    match (&field.kind, value) {
        (FieldKind::YesNo(yes_no), Value::Bool(yes)) => {
            let (own, usual) =
                if *yes { (&yes_no.yes, words.yes()) } else { (&yes_no.no, words.no()) };
            own.as_ref().map_or(usual, |text| text.get(words.lang())).to_owned()
        }
        (FieldKind::Choice(_), value) => chosen(field, value, words.lang()),
        (FieldKind::Choices(_), Value::Array(values)) => {
            let all: Vec<_> =
                values.iter().map(|value| chosen(field, value, words.lang())).collect();
            all.join(words.join())
        }
        (FieldKind::Number(number), value) => {
            let unit = number.unit.as_ref().map_or("", |unit| unit.get(words.lang()));
            format!("{}{unit}", crate::session::text(value))
        }
        (FieldKind::Month(_) | FieldKind::Date | FieldKind::DayOrMonth, value) => {
            crate::session::text(value).replace('-', ".")
        }
        (_, value) => crate::session::text(value),
    }
}

/// A value by the words it was offered under.
fn chosen(field: &Field, value: &Value, lang: &str) -> String {
    let text = crate::session::text(value);
    let offers = Session::offers(field, lang);
    offers.into_iter().find(|offer| offer.value == text).map_or(text, |offer| offer.label)
}
