//! What is asked of a photo, and how a chosen one stands to it: the engine's findings, point by point.

use std::sync::Arc;

use nomination_form::{
    answers::{Answers, Findings, Image},
    campaign::Campaign,
    rules::Judge,
    session::{Effect, Event, Mark, Place, Point, Session},
    standards::{Calendar, Instant},
};

use crate::golden;

fn now() -> Instant {
    Instant::parse("2022-08-18T10:00:00+08:00").unwrap()
}

/// A form of `nm2022.worker` whose photo is of that size and look.
fn with_photo(bytes: u64, image: Option<(u32, u32, &str)>) -> Session {
    let campaign = golden::files::one("public/campaigns", "nm2022");
    let campaign = Campaign::parse(&campaign).unwrap_or_else(|faults| panic!("{faults:?}"));
    let judge = Judge::new(Arc::new(campaign), "nm2022.worker", Arc::new(Calendar::built_in()));
    let mut form = Session::new(judge.unwrap(), "id-1".to_owned(), Answers::default(), now());
    let (slot, name) = ("photo".to_owned(), "二寸.jpg".to_owned());
    form.apply(Event::FileChosen { file: 1, slot, row: None, name, bytes }, now());
    let image = image.map(|(width, height, background)| Image {
        width,
        height,
        background: Some(background.to_owned()),
        colour: Some(true),
    });
    let format = if image.is_some() { "jpeg" } else { "pdf" };
    let findings = Findings { format: format.to_owned(), bytes, image, ..Findings::default() };
    form.apply(Event::FileRead(1, findings), now());
    form
}

fn photo() -> Place {
    Place::Field("photo".to_owned())
}

fn shrunk(form: &Session) -> bool {
    form.photo_shrunk(&photo(), form.photo_marks(&photo()).1)
}

fn crop(form: &Session) -> Option<bool> {
    form.photo_crop(&photo(), form.photo_marks(&photo()).1)
}

fn marks(form: &Session) -> String {
    let points = Point::ALL.into_iter().zip(form.photo_marks(&photo()).1);
    let marks = points.map(|(point, mark)| format!("{} {mark:?}", point.name()));
    marks.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_point_is_open_until_a_photo_has_been_read() {
    let mut form = with_photo(1_200_000, Some((826, 1158, "blue")));
    assert_eq!(form.photo_marks(&photo()), (1, [Mark::Fits; 6]));
    form.apply(Event::FileRemoved(1), now());
    let expected = "format Open, bytes Open, ratio Open, pixels Open, background Open, colour Open";
    assert_eq!(marks(&form), expected);
    assert_eq!(crop(&form), None);
}

#[test]
fn what_the_engine_finds_is_the_mark() {
    let form = with_photo(900_000, Some((400, 400, "white")));
    let expected =
        "format Fits, bytes Wrong, ratio Wrong, pixels Wrong, background Doubtful, colour Fits";
    assert_eq!(marks(&form), expected);
    assert!(shrunk(&form));
    assert_eq!(crop(&form), Some(true));
    // 1,000,000 bytes are enough, and may be sent back all the same.
    let nearly = with_photo(1_000_000, Some((826, 1158, "blue")));
    assert!(marks(&nearly).contains("bytes Doubtful"), "{}", marks(&nearly));
    assert!(shrunk(&nearly));
    assert_eq!(crop(&nearly), Some(false));
}

#[test]
fn a_photo_of_too_many_bytes_was_not_shrunk() {
    let form = with_photo(20_000_001, Some((826, 1158, "blue")));
    assert!(marks(&form).contains("bytes Wrong"), "{}", marks(&form));
    assert!(!shrunk(&form));
}

#[test]
fn of_what_is_no_picture_nothing_is_seen() {
    let form = with_photo(1_200_000, None);
    let expected =
        "format Wrong, bytes Fits, ratio Unseen, pixels Unseen, background Unseen, colour Unseen";
    assert_eq!(marks(&form), expected);
    assert_eq!(crop(&form), None);
}

#[test]
fn the_marks_are_there_before_the_slot_is_left() {
    // As after a draft is taken up: nothing is shown there yet, and the marks must not say that all is well.
    let form = with_photo(900_000, Some((826, 1158, "blue")));
    let draft = form.parcel(&[1]).unwrap();
    let draft = nomination_form::session::Draft::read(&draft).unwrap();
    let campaign = golden::files::one("public/campaigns", "nm2022");
    let campaign = Arc::new(Campaign::parse(&campaign).unwrap());
    let judge = Judge::new(campaign, "nm2022.worker", Arc::new(Calendar::built_in())).unwrap();
    let resumed = Session::resume(judge, &draft, &[1], now());
    assert!(marks(&resumed).contains("bytes Wrong"), "{}", marks(&resumed));
}

#[test]
fn a_press_has_the_photo_cropped() {
    let mut form = with_photo(1_200_000, Some((3000, 4000, "blue")));
    assert_eq!(form.apply(Event::CropPhoto(1), now()), [Effect::Crop(1)]);
}
