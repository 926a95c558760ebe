//! Taking a draft away as a file, and opening one that was brought along.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::el::{El, button, el};
use super::form::{Ask, Told};
use crate::words::Words;

/// The fewest characters of a passphrase: the file may lie anywhere.
const LEAST_CHARS: usize = 8;

/// Makes a file of what is in the form.
pub(super) fn take_away(words: &'static Words, ask: impl Fn(Ask) + 'static) -> El {
    let (phrase, said) = (phrase(words, "take-away-phrase"), said());
    let (typed, told) = (phrase.input.clone(), said.clone());
    let pack = button("button", "take-away", words.take_away());
    let pack = pack.on("click", move |_| {
        let phrase = typed.value();
        if phrase.chars().count() < LEAST_CHARS {
            return told.say(words.phrase_short());
        }
        told.say(words.packing());
        ask(Ask::Pack(phrase, telling(&told)));
    });
    let summary = el("summary", "").text(words.take_away_title());
    el("details", "parcel")
        .child(summary)
        .child(el("p", "").text(words.take_away_help()))
        .child(phrase.around)
        .child(pack)
        .child(said)
}

/// Opens a file that was brought along.
pub(super) fn bring_in(words: &'static Words, ask: impl Fn(Ask) + 'static) -> El {
    let (phrase, said) = (phrase(words, "bring-in-phrase"), said());
    let file = el("input", "input").attr("type", "file").attr("id", "bring-in-file");
    let input: HtmlInputElement = file.node().clone().unchecked_into();
    let (typed, told) = (phrase.input.clone(), said.clone());
    let open = button("button", "bring-in", words.bring_in());
    let open = open.on("click", move |_| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return told.say(words.no_parcel());
        };
        told.say(words.unpacking());
        ask(Ask::Unpack(file, typed.value(), telling(&told)));
    });
    let label = el("label", "field__label").attr("for", "bring-in-file").text(words.parcel_file());
    el("details", "parcel")
        .child(el("summary", "").text(words.bring_in_title()))
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

fn phrase(words: &'static Words, id: &str) -> Phrase {
    let input = el("input", "input input--text")
        .attr("type", "password")
        .attr("id", id)
        .attr("autocomplete", "off");
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let label = el("label", "field__label").attr("for", id).text(words.phrase());
    Phrase { around: el("div", "parcel__phrase").child(label).child(input), input: node }
}

fn said() -> El {
    el("p", "parcel__said").attr("role", "status")
}

fn telling(said: &El) -> Told {
    let said = said.clone();
    Box::new(move |words| said.say(words))
}
