//! Files: choosing, what was found in them, and how far they are.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;

use super::el::{El, Keyed, Spot, Words, button, el, when};
use super::field::Control;
use super::{Form, dom, words};
use crate::campaign::{Field, FieldKind};
use crate::session::{Chosen, Event, FileId, Upload};

pub(super) fn file(form: Form, field: &Field, control: &Control) -> El {
    let slot = control.place.key().to_owned();
    let (photo, captioned, notes) = match &field.kind {
        FieldKind::Photo(photo) => (true, false, photo.reminders.as_slice()),
        FieldKind::File(file) => (false, file.caption, file.copies.as_slice()),
        _ => (false, false, [].as_slice()),
    };
    let lang = form.lang();
    let notes = notes.iter().map(|note| el("li", "").text(note.get(&lang)));
    let (list, choose) = (el("ul", "file__list"), Words::new(""));
    let mut items = Keyed::new(&list);
    let (of, choose_words) = (slot.clone(), choose.clone());
    when(ids(form, &slot), move |ids| {
        choose_words.say(match (ids.is_empty(), photo) {
            (true, true) => words::CHOOSE_PHOTO,
            (true, false) => words::CHOOSE_FILE,
            (false, _) => words::CHOOSE_OTHER,
        });
        items.follow(ids, &|file| item(form, of.clone(), file, captioned));
    });
    let choose = el("label", "button button--choose")
        .class_when("button--wrong", control.wrong(form))
        .attr("for", &control.id)
        .words(&choose)
        .child(input(form, slot, photo, control));
    el("div", "file").child(list).child(choose).child(el("ul", "file__notes").children(notes))
}

/// The files in a slot, watched.
fn ids(form: Form, slot: &str) -> Box<dyn Fn() -> Vec<FileId>> {
    let (topic, slot) = (format!("{slot}@files"), slot.to_owned());
    Box::new(move || {
        form.watch(&topic, |session| session.files_in(&slot).map(|chosen| chosen.file).collect())
    })
}

/// What opens the system's own choice of files.
///
/// Web views take the first entry of `accept` for all of it, so a photo asks for any picture and a
/// document for anything; what it is, its bytes tell.
fn input(form: Form, slot: String, photo: bool, control: &Control) -> El {
    let input = el("input", "visually-hidden")
        .attr("type", "file")
        .attr("id", &control.id)
        .maybe_attr("accept", photo.then_some("image/*"))
        .attr("aria-describedby", &control.described_by);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let input = input.on("change", move |_| {
        if let Some(file) = node.files().and_then(|files| files.get(0)) {
            form.choose(file, slot.clone(), None);
        }
        // So that choosing the same file again is a change again.
        node.set_value("");
    });
    control.marked(form, control.named(form, "name", input))
}

/// A file's line. It stays as it is while its words change, so that its buttons keep the focus.
fn item(form: Form, slot: String, file: FileId, captioned: bool) -> El {
    let (name, facts_box) = (el("span", "file__name"), el("span", "file__facts"));
    let (state_box, actions) = (el("span", "file__state"), el("span", "file__actions"));
    let bar = el("progress", "file__bar").attr("max", "1");
    let line = el("li", "file__item")
        .child(name.clone())
        .child(facts_box.clone())
        .child(state_box.clone());
    let (mut bar_spot, mut again) = (Spot::new(&line), Spot::new(&actions));
    let remove = button("button button--quiet", "remove-file", words::REMOVE)
        .on("click", move |_| form.send(Event::FileRemoved(file)));
    let caption = captioned.then(|| caption(form, &slot, file));
    let all = line.clone().child(actions.child(remove.clone())).children(caption.clone());
    let topic = format!("{slot}@files");
    let look = move || {
        form.watch(&topic, |session| session.files_in(&slot).find(|c| c.file == file).cloned())
    };
    when(Box::new(look), move |chosen: &Option<Chosen>| {
        let Some(chosen) = chosen else { return };
        let (state, words) = state(chosen);
        line.clone().attr("data-upload", state);
        name.say(&chosen.name);
        facts_box.say(&facts(chosen));
        state_box.say(&words);
        remove.clone().attr("aria-label", &format!("{}{}", words::REMOVE, chosen.name));
        if let Some(caption) = &caption {
            caption.clone().attr("aria-label", &format!("{}：{}", chosen.name, words::CAPTION));
        }
        let share = share(chosen);
        bar.clone()
            .attr("aria-label", &format!("{}：{words}", chosen.name))
            .prop("value", &JsValue::from(share.unwrap_or_default()));
        bar_spot.show(share.is_some(), &mut || bar.clone());
        again.show(matches!(chosen.upload, Upload::Failed(_)), &mut || {
            button("button button--quiet", "upload-again", words::UPLOAD_AGAIN)
                .on("click", move |_| form.send(Event::UploadAgain(file)))
        });
    });
    all
}

/// The box for words about a file. It is read when the person leaves it.
fn caption(form: Form, slot: &str, file: FileId) -> El {
    el("input", "input file__caption")
        .attr("type", "text")
        .attr("name", &format!("{slot}.caption"))
        .attr("autocomplete", "off")
        .attr("placeholder", words::CAPTION)
        .on("change", move |event| form.send(Event::FileCaptioned(file, dom::typed(&event))))
}

/// How much of it is done, where something is under way.
fn share(chosen: &Chosen) -> Option<f64> {
    let (Upload::Reading(done) | Upload::Sending(done) | Upload::Waiting(done)) = chosen.upload
    else {
        return None;
    };
    #[allow(clippy::cast_precision_loss)] // a bar
    Some(if chosen.bytes == 0 { 0.0 } else { done as f64 / chosen.bytes as f64 })
}

/// What was found: format, size, pixels, ground.
fn facts(chosen: &Chosen) -> String {
    let mut facts = Vec::new();
    if let Some(found) = &chosen.findings {
        facts.push(found.format.to_ascii_uppercase());
    }
    facts.push(words::size(chosen.bytes));
    if let Some(image) = chosen.findings.as_ref().and_then(|found| found.image.as_ref()) {
        facts.push(format!("{}×{}像素", image.width, image.height));
        facts.extend(image.background.as_deref().and_then(words::ground).map(str::to_owned));
    }
    facts.join(" · ")
}

/// How far it is: for host scripts, and in words.
fn state(chosen: &Chosen) -> (&'static str, String) {
    let percent = |done: u64| (done * 100).checked_div(chosen.bytes).unwrap_or_default();
    match &chosen.upload {
        Upload::Reading(done) => ("reading", format!("正在检查 {}%", percent(*done))),
        Upload::Unreadable => ("unreadable", "读不出这个文件，重新选一次".to_owned()),
        Upload::Held => ("held", "不合要求，没有上传".to_owned()),
        Upload::Sending(done) => ("sending", format!("正在上传 {}%", percent(*done))),
        Upload::Waiting(done) => ("waiting", format!("等待网络，已传 {}%", percent(*done))),
        Upload::Failed(code) => ("failed", words::upload_failed(code).to_owned()),
        Upload::Done(_) => ("done", "已上传".to_owned()),
    }
}
