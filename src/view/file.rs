//! Files: choosing, what was found in them, and how far they are.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::field::Control;
use super::{Form, words};
use crate::campaign::{Field, FieldKind};
use crate::session::{Chosen, Event, Upload};

pub(super) fn file(form: Form, field: &Field, control: Control) -> AnyView {
    let slot = control.place.key().to_owned();
    let lang = form.lang();
    let (photo, notes) = match &field.kind {
        FieldKind::Photo(photo) => {
            (true, photo.reminders.iter().map(|t| t.get(&lang).to_owned()).collect())
        }
        FieldKind::File(file) => {
            (false, file.copies.iter().map(|t| t.get(&lang).to_owned()).collect())
        }
        _ => (false, Vec::<String>::new()),
    };
    let (topic, of) = (format!("{slot}@files"), slot.clone());
    let chosen = Memo::new(move |_| {
        form.watch(&topic, |session| session.files_in(&of).cloned().collect::<Vec<_>>())
    });
    let words = move || match (chosen.with(Vec::is_empty), photo) {
        (true, true) => words::CHOOSE_PHOTO,
        (true, false) => words::CHOOSE_FILE,
        (false, _) => words::CHOOSE_OTHER,
    };
    let Control { id, described_by, name, wrong, .. } = control;
    let choose = move |event: web_sys::Event| {
        let Some(input) =
            event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            form.choose(file, slot.clone(), None);
        }
        // So that choosing the same file again is a change again.
        input.set_value("");
    };
    let for_id = id.clone();
    // Web views take the first entry of `accept` for all of it, so a photo asks for any picture and a
    // document for anything; what it is, its bytes tell.
    view! {
        <div class="file">
            <ul class="file__list">
                {move || chosen.get().into_iter().map(|chosen| item(form, chosen)).collect_view()}
            </ul>
            <label class="button button--choose" class=("button--wrong", move || wrong.get()) for=for_id>
                {words}
                <input
                    type="file"
                    class="visually-hidden"
                    id=id
                    name=name
                    accept=photo.then_some("image/*")
                    aria-describedby=described_by
                    aria-invalid=move || wrong.get().then_some("true")
                    on:change=choose
                />
            </label>
            <ul class="file__notes">
                {notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

fn item(form: Form, chosen: Chosen) -> impl IntoView {
    let file = chosen.file;
    let facts = facts(&chosen);
    let (state, words) = state(&chosen);
    let progress = match &chosen.upload {
        Upload::Reading(done) | Upload::Sending(done) | Upload::Waiting(done) => Some(*done),
        _ => None,
    };
    let again = matches!(chosen.upload, Upload::Failed(_)).then(|| {
        view! {
            <button type="button" class="button button--quiet" data-action="upload-again"
                on:click=move |_| form.send(Event::UploadAgain(file))>{words::UPLOAD_AGAIN}</button>
        }
    });
    let bar = progress.map(|done| {
        #[allow(clippy::cast_precision_loss)] // a bar
        let share = if chosen.bytes == 0 { 0.0 } else { done as f64 / chosen.bytes as f64 };
        let label = format!("{}：{words}", chosen.name);
        view! { <progress class="file__bar" max="1" prop:value=share aria-label=label></progress> }
    });
    let remove = format!("{}{}", words::REMOVE, chosen.name);
    view! {
        <li class="file__item" data-upload=state>
            <span class="file__name">{chosen.name.clone()}</span>
            <span class="file__facts">{facts}</span>
            <span class="file__state">{words}</span>
            {bar}
            <span class="file__actions">
                {again}
                <button type="button" class="button button--quiet" data-action="remove-file" aria-label=remove
                    on:click=move |_| form.send(Event::FileRemoved(file))>{words::REMOVE}</button>
            </span>
        </li>
    }
}

/// What was found: format, size, pixels, ground.
fn facts(chosen: &Chosen) -> String {
    let mut facts = Vec::new();
    if let Some(found) = &chosen.findings {
        facts.push(found.format.to_uppercase());
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
    let percent = |done: u64| if chosen.bytes == 0 { 0 } else { done * 100 / chosen.bytes };
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
