//! A month or a day chosen from lists, for whoever would rather not type it. The box to type in stays what
//! it is, and shows what was chosen.

use super::el::{El, Spot, button, el, option};
use super::field::Control;
use super::{Form, dom};
use crate::campaign::FieldKind;
use crate::session::{Event, Place};
use crate::standards::Day;

/// How many years back the lists go: the oldest may have begun to work as long ago.
const YEARS: i32 = 100;

/// Which lists there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// A year and a month; the end of a row may be open.
    Month { open: bool },
    /// A day besides.
    Day,
    /// A day besides, or none.
    DayOrMonth,
}

/// The lists for such a question, closed at first, behind the button that opens them; nothing for others.
/// `text` is the box to type in.
pub(super) fn lists(form: Form, kind: &FieldKind, control: &Control, text: &El) -> Vec<El> {
    let lists = match kind {
        FieldKind::Month(settings) => Lists::Month { open: settings.open },
        FieldKind::Date => Lists::Day,
        FieldKind::DayOrMonth => Lists::DayOrMonth,
        _ => return Vec::new(),
    };
    let id = format!("{}--lists", control.id);
    let (place, text, left) = (control.place.clone(), text.clone(), control.place.clone());
    let around = el("div", "line__lists")
        .attr("id", &id)
        .on_left(move || form.send(Event::Left(left.clone())));
    let mut spot = Spot::new(&around);
    let label = form
        .look(|session| session.field(&place).map(|field| field.label.get(form.lang()).to_owned()));
    let words = form.words();
    let open = button("button button--quiet", "choose-date", words.choose_date())
        .attr("aria-expanded", "false")
        .attr("aria-controls", &id)
        .attr("aria-label", &words.named(words.choose_date(), &label.unwrap_or_default()));
    let shown = open.clone();
    let mut there = false;
    let open = open.on("click", move |_| {
        there = !there;
        shown.clone().attr("aria-expanded", if there { "true" } else { "false" });
        spot.show(there, &mut || opened(form, lists, &place, &text));
    });
    vec![open, around]
}

/// The lists, with what stands in the box chosen in them already.
fn opened(form: Form, lists: Lists, place: &Place, text: &El) -> El {
    let (known, today) = form.look(|session| {
        let today = session.now().day_at(session.campaign().utc_offset_minutes);
        (session.text_at(place), today)
    });
    let mut parts = known.split('-').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut known = || parts.next().unwrap_or_default();
    let words = form.words();
    let still = matches!(lists, Lists::Month { open: true }).then(|| words.still());
    let year = today.year().unsigned_abs();
    let oldest = today.year().saturating_sub(YEARS).unsigned_abs();
    let mut all = vec![
        list(words.list_year(), still, &mut (oldest..=year + 1).rev(), known()),
        list(words.list_month(), None, &mut (1..=12), known()),
    ];
    if !matches!(lists, Lists::Month { .. }) {
        all.push(list(words.list_day(), None, &mut (1..=31), known()));
    }
    let nodes: Vec<_> = all.iter().map(|(_, list)| list.node().clone()).collect();
    let (place, text) = (place.clone(), text.clone());
    let around = all
        .into_iter()
        .fold(el("div", "lists"), |around, (label, list)| around.child(label.child(list)));
    around.on("change", move |_| {
        let chosen: Vec<_> = nodes.iter().map(dom::value).collect();
        let Some(typed) = typed(lists, &chosen) else { return };
        let _ = text.clone().prop("value", &typed.as_str().into());
        form.send(Event::Entered(place.clone(), typed));
        form.send(Event::Left(place.clone()));
    })
}

/// A list of numbers, with `first` for none of them, under its label.
fn list(
    label: &str,
    first: Option<&str>,
    numbers: &mut dyn Iterator<Item = u32>,
    chosen: u32,
) -> (El, El) {
    let first = option("", first.unwrap_or("—"), false);
    let list = numbers.fold(el("select", "input input--select").child(first), |list, number| {
        let text = number.to_string();
        list.child(option(&text, &text, number == chosen))
    });
    (el("label", "lists__part").text(label), list)
}

/// What would be typed for what is chosen; nothing while it is not whole.
fn typed(lists: Lists, chosen: &[String]) -> Option<String> {
    let part = |at: usize| chosen.get(at).map(String::as_str).filter(|text| !text.is_empty());
    match (part(0), part(1), part(2)) {
        (None, ..) if matches!(lists, Lists::Month { open: true }) => Some(String::new()),
        (Some(year), Some(month), Some(day)) => {
            // In a month that has not so many days, its last.
            let days = (1..=day.parse::<u32>().ok()?).rev();
            days.map(|day| format!("{year}-{month:0>2}-{day:02}"))
                .find(|day| Day::parse(day).is_ok())
        }
        (Some(year), Some(month), None) if lists != Lists::Day => {
            Some(format!("{year}-{month:0>2}"))
        }
        _ => None,
    }
}
