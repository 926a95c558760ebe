//! Taking a draft away as a file, and opening one that was brought along.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::el::{El, button, el};
use super::form::{Ask, Told};
use super::words;

/// The fewest characters of a passphrase: the file may lie anywhere.
const LEAST_CHARS: usize = 8;

/// Makes a file of what is in the form.
pub(super) fn take_away(ask: impl Fn(Ask) + 'static) -> El {
    let (phrase, said) = (phrase("take-away-phrase"), said());
    let (typed, told) = (phrase.input.clone(), said.clone());
    let pack = button("button", "take-away", words::TAKE_AWAY).on("click", move |_| {
        let phrase = typed.value();
        if phrase.chars().count() < LEAST_CHARS {
            return told.say(words::PHRASE_SHORT);
        }
        told.say(words::PACKING);
        ask(Ask::Pack(phrase, telling(&told)));
    });
    let summary = el("summary", "").text(words::TAKE_AWAY_TITLE);
    el("details", "parcel")
        .child(summary)
        .child(el("p", "").text(words::TAKE_AWAY_HELP))
        .child(phrase.around)
        .child(pack)
        .child(said)
}

/// Opens a file that was brought along.
pub(super) fn bring_in(ask: impl Fn(Ask) + 'static) -> El {
    let (phrase, said) = (phrase("bring-in-phrase"), said());
    let file = el("input", "input").attr("type", "file").attr("id", "bring-in-file");
    let input: HtmlInputElement = file.node().clone().unchecked_into();
    let (typed, told) = (phrase.input.clone(), said.clone());
    let open = button("button", "bring-in", words::BRING_IN).on("click", move |_| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return told.say(words::NO_PARCEL);
        };
        told.say(words::UNPACKING);
        ask(Ask::Unpack(file, typed.value(), telling(&told)));
    });
    let label = el("label", "field__label").attr("for", "bring-in-file").text(words::PARCEL_FILE);
    el("details", "parcel")
        .child(el("summary", "").text(words::BRING_IN_TITLE))
        .child(label)
        .child(file)
        .child(phrase.around)
        .child(open)
        .child(said)
}

struct Phrase {
    around: El,
    input: HtmlInputElement,
}

fn phrase(id: &str) -> Phrase {
    let input = el("input", "input input--text")
        .attr("type", "password")
        .attr("id", id)
        .attr("autocomplete", "off");
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let label = el("label", "field__label").attr("for", id).text(words::PHRASE);
    Phrase { around: el("div", "parcel__phrase").child(label).child(input), input: node }
}

fn said() -> El {
    el("p", "parcel__said").attr("role", "status")
}

fn telling(said: &El) -> Told {
    let said = said.clone();
    Box::new(move |words| said.say(words))
}
