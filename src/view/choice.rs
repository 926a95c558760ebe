//! One or several of some values: buttons or boxes to tick where there are few, a list to choose from
//! where there are many.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::el::{El, el, option, when};
use super::field::{Control, watched};
use super::finder::finder;
use super::{Form, dom};
use crate::campaign::{ChoiceSettings, Field};
use crate::session::{Event, Offer, Place, Session, topic};
use crate::standards::codes;

/// The most options that are all shown at once.
const FEW: usize = 4;

/// Whether a choice shows all its options at once.
pub(super) fn is_radios(settings: &ChoiceSettings) -> bool {
    let coded = settings.codes.as_deref().and_then(codes::offered).unwrap_or_default();
    settings.options.len() + coded.len() <= FEW
}

pub(super) fn choice(
    form: Form,
    settings: &ChoiceSettings,
    field: &Field,
    control: &Control,
) -> El {
    let offers = Session::offers(field, form.lang());
    if is_radios(settings) {
        return radios(form, offers, control);
    }
    let list = select(form, offers.clone(), control);
    // Lists in the notice's own words are short, and their characters are anybody's.
    if settings.codes.is_none() {
        return list;
    }
    let finder = finder(form, &control.place, field.label.get(form.lang()), offers);
    el("div", "found").child(list).child(finder)
}

/// Boxes of which several can be ticked.
pub(super) fn choices(form: Form, field: &Field, control: &Control) -> El {
    buttons(form, Session::offers(field, form.lang()), control, "checkbox")
}

/// Puts a value into `around`, for as long as it can be chosen or is chosen.
fn offered(form: Form, place: &Place, offer: &Offer, around: El, build: Box<dyn Fn() -> El>) -> El {
    if !offer.conditional {
        return around.child(build());
    }
    let (shown, own) = (watched(place), topic(place));
    let (place, value) = (place.clone(), offer.value.clone());
    around.children_when(
        move || {
            form.watch(&shown, |_| ());
            form.watch(&own, |session| session.offered(&place, &value))
        },
        move |there| there.then(&build).into_iter().collect(),
    )
}

fn select(form: Form, offers: Vec<Offer>, control: &Control) -> El {
    let place = control.place.clone();
    let list = el("select", "input input--select")
        .attr("id", &control.id)
        .attr("aria-describedby", &control.described_by)
        .child(option("", form.words().choose(), false));
    let list = offers.into_iter().fold(list, |list, offer| {
        let (of, known) = (place.clone(), offer.clone());
        let build = move || {
            let chosen = form.look(|session| session.chosen(&of, &known.value));
            option(&known.value, &known.label, chosen)
        };
        offered(form, &place, &offer, list, Box::new(build))
    });
    let list = list.on("change blur", move |event| {
        if event.type_() == "change" {
            form.send(Event::Entered(place.clone(), dom::chosen(&event)));
        }
        form.send(Event::Left(place.clone()));
    });
    // What is chosen without the person, from a document's number, shows as well.
    let (own, of, node) = (topic(&control.place), control.place.clone(), list.clone());
    let look = move || form.watch(&own, |session| session.text_at(&of));
    when(Box::new(look), move |text: &String| {
        node.clone().prop("value", &text.as_str().into());
    });
    control.marked(form, control.named(form, "name", list))
}

/// Buttons of which one can be chosen.
pub(super) fn radios(form: Form, offers: Vec<Offer>, control: &Control) -> El {
    buttons(form, offers, control, "radio")
}

fn buttons(form: Form, offers: Vec<Offer>, control: &Control, kind: &'static str) -> El {
    let place = control.place.clone();
    let group = el("div", "radios").class_when("radios--wrong", control.wrong(form));
    let group = offers.into_iter().enumerate().fold(group, |group, (i, offer)| {
        let id = if i == 0 { control.id.clone() } else { format!("{}--{i}", control.id) };
        let (around, known) = (control.clone(), offer.clone());
        let build = move || button(form, &around, &id, &known, kind);
        offered(form, &place, &offer, group, Box::new(build))
    });
    // The question is left when the focus goes to something that is not one of its buttons.
    group.on_left(move || form.send(Event::Left(place.clone())))
}

/// One button or box. Its name groups it with the others, and follows the row.
fn button(form: Form, control: &Control, id: &str, offer: &Offer, kind: &'static str) -> El {
    let (asked, sent) = (control.place.clone(), control.place.clone());
    let (own, value) = (offer.value.clone(), offer.value.clone());
    let input = el("input", "")
        .attr("type", kind)
        .attr("id", id)
        .attr("value", &value)
        .attr("aria-describedby", &control.described_by)
        .on("change", move |event| {
            let (place, value) = (sent.clone(), value.clone());
            form.send(match kind {
                "radio" => Event::Entered(place, value),
                _ => Event::Ticked(place, value, dom::ticked(&event)),
            });
        });
    // Of one of several buttons it cannot be said that it is wrong, of a box it can.
    let input = if kind == "radio" { input } else { control.marked(form, input) };
    // When rows move, names change one after the other, and for a moment two groups share one: the
    // browser then takes a tick away. So the name and the tick are always set together.
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let (name, topic) = (control.name(form), topic(&control.place));
    let (name_and, of, value) = (name, control.place.clone(), offer.value.clone());
    let look = move || (name_and(), form.watch(&topic, |session| session.chosen(&of, &value)));
    when(Box::new(look), move |(name, _)| {
        node.set_name(name);
        node.set_checked(form.look(|session| session.chosen(&asked, &own)));
    });
    let words = el("span", "radio__words").text(&offer.label);
    el("label", "radio").attr("for", id).child(input).child(words)
}
