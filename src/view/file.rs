//! Files: choosing, what was found in them, and how far they are.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FileList, HtmlInputElement};

use super::el::{El, Keyed, Spot, Words, button, el, when};
use super::field::{Control, watched};
use super::problems::problems;
use super::{Form, dom, photo};
use crate::campaign::{Field, FieldKind, FileSettings};
use crate::session::{Chosen, Event, FileId, Place, RowId, Upload};

pub(super) fn file(form: Form, field: &Field, control: &Control) -> El {
    match field.per_row() {
        Some(table) => of_rows(form, field, table, control),
        None => slot(form, field, control),
    }
}

/// A slot for each row that a file belongs to, as rows come and go.
fn of_rows(form: Form, field: &Field, table: &str, control: &Control) -> El {
    let around = el("div", "rows");
    let mut rows = Keyed::new(&around);
    let (key, table, topic) = (field.key.clone(), table.to_owned(), watched(&control.place));
    let of = key.clone();
    let ids = move || form.watch(&topic, |session| session.file_rows(&of));
    when(Box::new(ids), move |ids| {
        rows.follow(ids, &|id| of_row(form, &key, &table, id));
    });
    around
}

fn of_row(form: Form, key: &str, table: &str, row: RowId) -> El {
    let place = Place::Row(key.to_owned(), row);
    let id = dom::control_id(&place);
    let problems_id = format!("{id}--problems");
    let (of, cells, rows) = (table.to_owned(), format!("{table}*"), format!("{table}#"));
    let index = rows.clone();
    let name = move || form.watch(&index, |session| session.path(&Place::Row(of.clone(), row)));
    let (of, lang) = (table.to_owned(), form.lang());
    let title = move || {
        form.watch(&cells, |_| ());
        form.watch(&rows, |session| {
            let label = match session.track().field(&of).map(|field| &field.kind) {
                Some(FieldKind::Rows(settings)) => settings.row_label.get(lang),
                _ => "",
            };
            let index = session.row_index(&of, row).unwrap_or_default();
            let line = session.judge().line(&of, index, session.answers());
            form.words().row_file(label, index + 1, &line)
        })
    };
    let control = Control { described_by: problems_id.clone(), id, place: place.clone() };
    let title = el("label", "row__title").attr("for", &control.id).text_when(title);
    let around = el("div", "row row--file").attr_when("data-for", name).child(title);
    let body =
        form.look(|session| session.track().field(key).map(|field| slot(form, field, &control)));
    around.child(problems(form, &place, &problems_id)).children(body)
}

/// The files of a slot, or of a row's part of it, and the button that chooses one more.
fn slot(form: Form, field: &Field, control: &Control) -> El {
    let place = control.place.clone();
    let (portrait, document) = match &field.kind {
        FieldKind::Photo(settings) => (Some(settings), None),
        FieldKind::File(file) => (None, Some(file)),
        _ => (None, None),
    };
    let (photo, captioned) = (portrait.is_some(), document.is_some_and(|file| file.caption));
    let room = form.look(|session| session.room(&field.key));
    let notes = document.map(|file| notes(form, file, room)).unwrap_or_default();
    let (list, choose) = (el("ul", "file__list"), Words::new(""));
    let mut items = Keyed::new(&list);
    let input = chooser(form, field, photo, control)
        .attr("id", &control.id)
        .attr("name", &field.key)
        .maybe_attr("multiple", (room > 1).then_some(""));
    let input = control.marked(form, input);
    let camera = photo.then(|| {
        let taken = chooser(form, field, true, control).attr("capture", "environment");
        el("label", "button button--choose button--camera")
            .text(form.words().take_photo())
            .child(taken)
    });
    let button = el("label", "button button--choose")
        .class_when("button--wrong", control.wrong(form))
        .attr("for", &control.id)
        .words(&choose)
        .child(input.clone());
    let (of, label) = (place.clone(), button.clone());
    when(ids(form, &place), move |ids| {
        let words = form.words();
        choose.say(match (ids.is_empty(), photo) {
            (true, true) => words.choose_photo(),
            (true, false) => words.choose_file(),
            (false, _) if room > 1 => words.choose_more(),
            (false, _) => words.choose_other(),
        });
        let full = room > 1 && ids.len() >= room;
        label.flag("hidden", full);
        input.flag("disabled", full);
        items.follow(ids, &|file| item(form, of.clone(), file, captioned));
    });
    let around = el("div", "file").child(list).child(button).children(camera);
    if let Some(settings) = portrait {
        return photo::points(form, settings, &place, around);
    }
    let notes = notes.iter().map(|note| el("li", "").text(note));
    around.child(el("ul", "file__notes").children(notes))
}

/// What is asked of a document: on paper, whose stamp, and which files are taken here.
fn notes(form: Form, file: &FileSettings, room: usize) -> Vec<String> {
    let (words, lang) = (form.words(), form.lang());
    let copies = file.copies.as_ref().map(|copies| words.copies(copies.get(lang)));
    let stamp = file.stamp.as_ref().map(|whose| words.stamped(whose.get(lang)));
    let taken = words.taken(&file.formats, file.max_bytes);
    let most = (room > 1).then(|| words.most_files(room));
    copies.into_iter().chain(stamp).chain([taken]).chain(most).collect()
}

/// Puts into a label whether its slot has what it asks for.
pub(super) fn given(form: Form, slot: &str, label: El) -> El {
    let (files, shown, slot) = (format!("{slot}@files"), format!("{slot}?"), slot.to_owned());
    let mark = el("span", "field__given");
    let around = mark.clone();
    let look = move || {
        form.watch(&shown, |_| ());
        form.watch(&files, |session| (session.is_given(&slot), session.is_refused(&slot)))
    };
    when(Box::new(look), move |(given, refused): &(bool, bool)| {
        let words = form.words();
        around.toggle("field__given--yes", *given && !refused);
        around.say(match (given, refused) {
            (_, true) => words.given_refused(),
            (true, _) => words.given(),
            _ => words.not_given(),
        });
    });
    label.child(mark)
}

/// The files at a place, watched.
fn ids(form: Form, place: &Place) -> Box<dyn Fn() -> Vec<FileId>> {
    let (topic, place) = (format!("{}@files", place.key()), place.clone());
    Box::new(move || {
        form.watch(&topic, |session| session.files_at(&place).map(|chosen| chosen.file).collect())
    })
}

/// What opens the system's own choice of files, or its camera. The one that chooses bears the slot's name;
/// whose row it is, `data-for` says.
///
/// Web views take the first entry of `accept` for all of it, so a photo asks for any picture and a
/// document for anything; what it is, its bytes tell.
fn chooser(form: Form, field: &Field, photo: bool, control: &Control) -> El {
    let input = el("input", "visually-hidden")
        .attr("type", "file")
        .maybe_attr("accept", photo.then_some("image/*"))
        .attr("aria-describedby", &control.described_by);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let slot = field.key.clone();
    let row = match (&control.place, field.per_row()) {
        (Place::Row(_, row), Some(table)) => Some((table.to_owned(), *row)),
        _ => None,
    };
    // The page may not live to see what is chosen: phones end it while the camera is open.
    let place = control.place.clone();
    let input = input.on("click", move |_| form.send(Event::Choosing(place.clone())));
    input.on("change", move |_| {
        let chosen = node.files();
        for at in 0..chosen.as_ref().map_or(0, FileList::length) {
            if let Some(file) = chosen.as_ref().and_then(|files| files.get(at)) {
                form.choose(file, slot.clone(), row.clone());
            }
        }
        // So that choosing the same file again is a change again.
        node.set_value("");
    })
}

/// A file's line. It stays as it is while its words change, so that its buttons keep the focus.
fn item(form: Form, place: Place, file: FileId, captioned: bool) -> El {
    let (name, facts_box) = (el("span", "file__name"), el("span", "file__facts"));
    let (state_box, actions) = (el("span", "file__state"), el("span", "file__actions"));
    let bar = el("progress", "file__bar").attr("max", "1");
    let line = el("li", "file__item")
        .child(name.clone())
        .child(facts_box.clone())
        .child(state_box.clone());
    let (mut bar_spot, mut way) = (Spot::new(&line), Spot::new(&actions));
    // One button under several names, so that the focus stays on it.
    let turn = button("button button--quiet", "", "");
    let remove = button("button button--quiet", "remove-file", form.words().remove())
        .on("click", move |_| form.send(Event::FileRemoved(file)));
    let caption = captioned.then(|| caption(form, &place, file));
    let all = line.clone().child(actions.child(remove.clone())).children(caption.clone());
    let (topic, of) = (format!("{}@files", place.key()), place.clone());
    let look = move || {
        form.watch(&topic, |session| session.files_at(&of).find(|c| c.file == file).cloned())
    };
    when(Box::new(look), move |chosen: &Option<Chosen>| {
        let Some(chosen) = chosen else { return };
        let spoken = form.words();
        let (state, words) = state(spoken, chosen);
        line.clone().attr("data-upload", state);
        name.say(&chosen.name);
        facts_box.say(&facts(spoken, chosen).join(" · "));
        state_box.say(&words);
        remove.clone().attr("aria-label", &spoken.named(spoken.remove(), &chosen.name));
        if let Some(caption) = &caption {
            caption.clone().attr("aria-label", &spoken.pair(&chosen.name, spoken.caption()));
        }
        let share = share(chosen);
        bar.clone()
            .attr("aria-label", &spoken.pair(&chosen.name, &words))
            .prop("value", &JsValue::from(share.unwrap_or_default()));
        bar_spot.show(share.is_some(), &mut || bar.clone());
        let can = match chosen.upload {
            Upload::Failed(_) => Some(("upload-again", spoken.upload_again())),
            Upload::Paused(_) => Some(("resume-upload", spoken.go_on())),
            Upload::Sending(_) | Upload::Waiting(_) => Some(("pause-upload", spoken.pause())),
            _ => None,
        };
        let (action, words) = can.unwrap_or_default();
        turn.clone().attr("data-action", action).say(words);
        // What is gone cannot have the focus: what stays takes it.
        let held = can.is_none() && turn.node().matches(":focus").unwrap_or_default();
        way.show(can.is_some(), &mut || {
            let (pressed, place) = (turn.clone(), place.clone());
            pressed.on("click", move |_| {
                let going = form.look(|session| {
                    session.files_at(&place).any(|it| it.file == file && it.is_under_way())
                });
                form.send(if going { Event::PauseUpload(file) } else { Event::UploadAgain(file) });
            })
        });
        if held {
            dom::focus_on(remove.node());
        }
    });
    all
}

/// The box for words about a file.
fn caption(form: Form, place: &Place, file: FileId) -> El {
    let known = form.look(|session| {
        let chosen = session.files_at(place).find(|chosen| chosen.file == file);
        chosen.map(|chosen| chosen.caption.clone()).unwrap_or_default()
    });
    el("input", "input file__caption")
        .attr("type", "text")
        .attr("name", &format!("{}.caption", place.key()))
        .attr("autocomplete", "off")
        .attr("placeholder", form.words().caption())
        .prop("value", &known.into())
        .on("input compositionend change", move |event| {
            if !dom::composing(&event) {
                form.send(Event::FileCaptioned(file, dom::typed(&event)));
            }
        })
}

/// How much of it is done, where something is under way.
fn share(chosen: &Chosen) -> Option<f64> {
    let (Upload::Reading(done)
    | Upload::Sending(done)
    | Upload::Waiting(done)
    | Upload::Paused(done)) = chosen.upload
    else {
        return None;
    };
    #[allow(clippy::cast_precision_loss)] // a bar
    Some(if chosen.bytes == 0 { 0.0 } else { done as f64 / chosen.bytes as f64 })
}

/// What was found: format, size, pixels, ground.
pub(super) fn facts(words: &crate::words::Words, chosen: &Chosen) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(found) = chosen.findings.as_ref().filter(|found| found.bytes > 0) {
        facts.push(found.format.to_ascii_uppercase());
    }
    facts.push(words.megabytes(chosen.bytes));
    if let Some(image) = chosen.findings.as_ref().and_then(|found| found.image.as_ref()) {
        facts.push(words.pixels(image.width, image.height));
        facts.extend(
            image.background.as_deref().and_then(|ground| words.ground(ground)).map(str::to_owned),
        );
    }
    facts
}

/// How far it is: for host scripts, and in words.
fn state(words: &crate::words::Words, chosen: &Chosen) -> (&'static str, String) {
    let (state, done) = match &chosen.upload {
        Upload::Failed(code) => return ("failed", words.upload_failed(code).to_owned()),
        Upload::Reading(done) => ("reading", *done),
        Upload::Unreadable => ("unreadable", 0),
        Upload::Held => ("held", 0),
        Upload::Sending(done) => ("sending", *done),
        Upload::Paused(done) => ("paused", *done),
        Upload::Waiting(done) => ("waiting", *done),
        Upload::Done(_) => ("done", 0),
    };
    let percent = (done * 100).checked_div(chosen.bytes).unwrap_or_default();
    let left = chosen.remaining_ms.map(|ms| words.remaining(ms)).unwrap_or_default();
    (state, words.upload(state, percent, &left))
}
