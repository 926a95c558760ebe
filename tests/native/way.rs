//! The way through the form: its parts, how far they are, the review, and the focus that follows.

use std::sync::Arc;

use nomination_form::answers::Answers;
use nomination_form::campaign::Campaign;
use nomination_form::rules::Judge;
use nomination_form::session::{Effect, Event, Focus, Progress, Session};
use nomination_form::standards::Calendar;
use serde_json::{Value, json};

use crate::session::{complete, enter, field, form, now};

const NM2022: &str = include_str!("../../public/campaigns/nm2022.json");

fn focus(form: &mut Session, event: Event) -> Option<Focus> {
    let effects = form.apply(event, now());
    effects.into_iter().find_map(|effect| match effect {
        Effect::Focus(target) => Some(target),
        _ => None,
    })
}

fn part(form: &Session, id: &str) -> Progress {
    let at = form.track().sections.iter().position(|section| section.id == id).unwrap();
    form.progress().into_iter().find(|progress| progress.part == at).unwrap()
}

#[test]
fn an_empty_form_is_all_to_do_and_blames_nobody() {
    let form = form(&json!({}));
    let person = part(&form, "person");
    assert_eq!((person.name(), person.wrong), ("todo", 0));
    // Twelve of the thirteen, for the kind of document is given.
    assert_eq!(person.missing, 12);
    assert_eq!(part(&form, "honours").name(), "optional");
    assert!(form.progress().iter().all(|progress| progress.wrong == 0));
}

#[test]
fn a_complete_form_is_done() {
    let form = complete();
    let names: Vec<_> = form.progress().iter().map(Progress::name).collect();
    assert!(names.iter().all(|name| ["done", "optional"].contains(name)), "{names:?}");
}

#[test]
fn a_half_written_answer_is_trouble_only_once_it_is_left() {
    let mut form = form(&json!({}));
    enter(&mut form, "phone", "138");
    assert_eq!(part(&form, "person").wrong, 0);
    assert_eq!(part(&form, "person").missing, 12);
    form.apply(Event::Left(field("phone")), now());
    assert_eq!((part(&form, "person").wrong, part(&form, "person").missing), (1, 11));
    assert_eq!(part(&form, "person").name(), "problem");
}

#[test]
fn the_steps_lead_through_all_parts_and_to_the_review() {
    let mut form = complete();
    assert_eq!(form.steps_around(), (None, Some(1)));
    for step in 1..7 {
        assert_eq!(focus(&mut form, Event::Next), Some(Focus::Part(step)));
        assert_eq!(form.step(), step);
    }
    assert_eq!(form.steps_around(), (Some(5), None));
    assert_eq!(focus(&mut form, Event::Next), Some(Focus::Review));
    assert!(form.reviewing());
    assert_eq!(focus(&mut form, Event::Edit), Some(Focus::Part(6)));
    assert_eq!(focus(&mut form, Event::Previous), Some(Focus::Part(5)));
    assert!(!form.reviewing());
}

#[test]
fn going_on_shows_what_is_wrong_in_the_part_that_is_left() {
    let mut form = form(&json!({}));
    assert!(form.problems_at(&field("name")).is_empty());
    form.apply(Event::Next, now());
    assert_eq!(form.problems_at(&field("name")).len(), 1);
    assert!(form.problems_at(&field("deeds")).is_empty(), "another part is not blamed");
    assert_eq!(form.step(), 1, "going on is free");
}

#[test]
fn whoever_is_led_to_an_answer_leaves_the_review_and_is_in_its_part() {
    let mut form = complete();
    form.apply(Event::Review, now());
    let deeds = form.track().sections.iter().position(|section| section.id == "deeds").unwrap();
    form.apply(Event::Go(Focus::Place(field("deeds"))), now());
    assert!(!form.reviewing());
    assert_eq!(form.step(), deeds);
}

#[test]
fn the_focus_makes_its_part_the_present_one() {
    let mut form = form(&json!({}));
    form.apply(Event::At("resume".to_owned()), now());
    assert_eq!(form.step(), 1);
}

#[test]
fn the_host_can_have_the_whole_shown_without_moving_the_focus() {
    let mut form = complete();
    assert_eq!(focus(&mut form, Event::Show { review: true }), None);
    assert!(form.reviewing());
    form.apply(Event::Show { review: false }, now());
    assert!(!form.reviewing());
}

#[test]
fn a_part_with_nothing_to_show_is_no_step() {
    let mut file: Value = serde_json::from_str(NM2022).unwrap();
    let honours = &mut file["tracks"][0]["sections"][2]["fields"][0];
    honours["visible"] = json!({"==": [{"var": "violation"}, false]});
    let campaign = Campaign::parse(file.to_string().as_bytes()).unwrap();
    let calendar = Arc::new(Calendar::built_in());
    let judge = Judge::new(Arc::new(campaign), "nm2022.worker", calendar).unwrap();
    let mut form = Session::new(judge, "id-1".to_owned(), Answers::default(), now());
    assert!(!form.part_shown(2));
    assert!(form.progress().iter().all(|progress| progress.part != 2));
    form.apply(Event::GoToPart(1), now());
    assert_eq!(focus(&mut form, Event::Next), Some(Focus::Part(3)));
    enter(&mut form, "violation", "no");
    assert!(form.part_shown(2));
}
