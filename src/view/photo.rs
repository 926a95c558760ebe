//! What is asked of a photo, point by point, and the button that has it cropped.

use super::Form;
use super::el::{El, Spot, button, el, follow};
use super::file::facts;
use crate::campaign::PhotoSettings;
use crate::rules::asked_ratios;
use crate::session::{Event, FileId, Mark, Place, Point, topic};

/// Puts what the campaign asks of the photo at a place into `around`, behind the buttons. Whether it is
/// kept is the engine's word.
pub(super) fn points(form: Form, settings: &PhotoSettings, place: &Place, around: El) -> El {
    let mut cropping = Spot::new(&around);
    // There from the start, so that its words are heard when they change.
    let title = el("p", "checks__title").attr("aria-live", "polite");
    let list = el("ul", "checks__list");
    let mut lines = Spot::new(&list);
    let (lang, words) = (form.lang(), form.words());
    let reminders = settings.reminders.iter().map(|reminder| {
        el("li", "check check--yourself").text(&words.photo_yourself(reminder.get(lang)))
    });
    let around = around.child(title.clone()).child(list.clone().children(reminders));
    let (problems, files) = (topic(place), format!("{}@files", place.key()));
    let place = place.clone();
    let mut before = None;
    follow(Box::new(move || {
        form.watch(&problems, |_| ());
        let now = form.watch(&files, |session| session.photo_marks(&place));
        // An upload's progress is nothing to build the list anew for.
        if before != Some(now) {
            before = Some(now);
            let (file, marks) = now;
            title.say(words.photo_asked(&marks));
            cropping.fill(&mut || crop(form, &place, file, marks));
            lines.fill(&mut || checks(form, &place, marks));
        }
    }));
    around
}

fn checks(form: Form, place: &Place, marks: [Mark; 6]) -> Vec<El> {
    let words = form.words();
    form.look(|session| {
        let Some(asked) = session.photo_settings(place) else { return Vec::new() };
        let chosen = session.files_at(place).next();
        let found = chosen.map(|chosen| facts(words, chosen)).unwrap_or_default();
        let shrunk = session.photo_shrunk(place, marks);
        let mut checks = Vec::new();
        for (point, mark) in Point::ALL.into_iter().zip(marks) {
            if mark == Mark::Free {
                continue;
            }
            let found = FACTS.get(point as usize).and_then(|at| found.get(*at));
            let (state, standing) = words.photo_mark(mark);
            let check = el("li", "check")
                .attr("data-check", point.name())
                .attr("data-mark", state)
                .child(el("strong", "").text(standing))
                .text(&words.photo_point(point, asked, found.filter(|_| mark > Mark::Unseen)));
            let hint = (shrunk && point == Point::Bytes)
                .then(|| el("p", "check__hint").text(words.photo_original()));
            checks.push(check.children(hint));
        }
        checks
    })
}

/// Which fact about a file belongs to which point, in the order of both.
const FACTS: [usize; 6] = [0, 1, usize::MAX, 2, 3, usize::MAX];

/// The button that has a photo cropped, and the place for that, with what has to be known there. Both go
/// with their photo.
fn crop(form: Form, place: &Place, file: FileId, marks: [Mark; 6]) -> Vec<El> {
    form.look(|session| {
        let (asked, must) = (session.photo_settings(place), session.photo_crop(place, marks));
        let (Some(asked), Some(must)) = (asked, must) else { return Vec::new() };
        let class = if must { "button button--primary" } else { "button" };
        let crop = button(class, "crop-photo", form.words().crop_title())
            .on("click", move |_| form.send(Event::CropPhoto(file)));
        let size = |[width, height]: [u32; 2]| format!("{width}×{height}");
        let ratios = asked.exact.map_or_else(|| asked_ratios(asked).join(" "), size);
        let panel = el("div", "crop")
            .attr("data-crop", &file.to_string())
            .attr("data-ratios", &ratios)
            .attr("data-least", &size([asked.min_width, asked.min_height]))
            .maybe_attr("data-exact", asked.exact.map(|_| ""))
            .maybe_attr("data-fits", (!must).then_some(""));
        vec![crop, panel]
    })
}
