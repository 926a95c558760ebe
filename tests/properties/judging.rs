//! Judging as a whole, on nominations that nobody would write.

use nomination_form::{rules::Problem, standards::Instant, submission::Submission};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{
    config,
    nominations::{MOMENTS, Nomination, SECRET, changed_answer, nominations, tracks},
};

fn one_by_one(nomination: &Nomination) -> Vec<Vec<Problem>> {
    let judge = &nomination.track.judge;
    (0..judge.checks()).map(|check| judge.run(check, &nomination.given())).collect()
}

#[test]
fn what_is_changed_was_complete_before() {
    for track in tracks() {
        let base = track.base();
        let sent = MOMENTS.iter().any(|now| {
            let now = Instant::parse(now).unwrap();
            base.judge(&track.judge, now).unwrap().ok
        });
        assert!(sent, "{}", base.track);
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn judging_is_running_every_check_and_gives_the_same_twice(nomination in nominations()) {
        let judge = &nomination.track.judge;
        let verdict = judge.judge(&nomination.given());
        prop_assert_eq!(&verdict.problems, &one_by_one(&nomination).concat());
        prop_assert_eq!(&judge.clone().judge(&nomination.given()), &verdict);
        let grave = |found: &Problem| serde_json::to_value(found.severity).unwrap() == "error";
        prop_assert_eq!(verdict.ok, !verdict.problems.iter().any(grave));
    }

    /// Whoever changes an answer need only run the checks that depend on it.
    #[test]
    fn a_changed_answer_changes_only_what_depends_on_it((before, key, value) in changed_answer()) {
        let judge = &before.track.judge;
        let mut after = before.clone();
        after.submission.answers.set(&key, value);
        let (old, new) = (one_by_one(&before), one_by_one(&after));
        for check in 0..judge.checks() {
            let depends = judge.depending_on(&key).contains(&check);
            prop_assert!(depends || old[check] == new[check], "{}: {:?} became {:?}", key, old[check], new[check]);
        }
        for field in judge.track().fields() {
            let depends = field.key == key || judge.shown_by(&key).contains(&field.key);
            let asked = |of: &Nomination| {
                (judge.visible(&field.key, &of.given()), judge.required(&field.key, &of.given()))
            };
            prop_assert!(depends || asked(&before) == asked(&after), "{} of {}", field.key, key);
        }
    }

    /// Nothing that a person wrote comes back out of a verdict.
    #[test]
    fn no_verdict_repeats_an_answer(nomination in nominations()) {
        let verdict = nomination.track.judge.judge(&nomination.given());
        let said = serde_json::to_string(&verdict).unwrap();
        prop_assert!(!said.contains(SECRET), "{}", said);
    }

    #[test]
    fn every_finding_is_in_words_and_points_at_a_place(nomination in nominations()) {
        for found in nomination.track.judge.judge(&nomination.given()).problems {
            prop_assert!(!found.rule.is_empty() && !found.message.is_empty(), "{:?}", found);
            prop_assert!(!found.message.contains(['{', '}']), "{:?}", found);
            let of = ["/answers", "/attachments"].iter().any(|part| found.path.starts_with(part));
            prop_assert!(of || found.path.is_empty(), "{:?}", found);
        }
    }

    /// What the page judges is what the host judges when it has read what was sent.
    #[test]
    fn a_nomination_that_was_sent_is_judged_the_same(nomination in nominations()) {
        let Nomination { track, submission, now } = &nomination;
        let sent = serde_json::to_vec(submission).unwrap();
        let read = Submission::read(&sent).unwrap();
        prop_assert_eq!(&read, submission);
        let here = submission.judge(&track.judge, *now).unwrap();
        prop_assert_eq!(read.judge(&track.judge, *now).unwrap(), here);
        prop_assert_eq!(
            track.judge.computed(&Nomination { submission: read, ..nomination.clone() }.given()),
            track.judge.computed(&nomination.given())
        );
    }

    #[test]
    fn everything_about_a_nomination_can_be_asked(nomination in nominations(), odd in select(vec!["", ".", "a.b.c", "resume.0", "x"])) {
        let (judge, given) = (&nomination.track.judge, nomination.given());
        for key in nomination.track.keys().iter().map(String::as_str).chain([odd]) {
            let counted = judge.count(key, &given).is_some();
            prop_assert_eq!(counted, judge.counter(key, &given).is_some());
            judge.lines(key, given.answers);
            let row = given.answers.rows(key).first().cloned().unwrap_or(Value::Null);
            for column in judge.track().field(key).map_or(&[][..], |field| field.columns()) {
                let required = judge.column_required(key, &column.key, &row);
                prop_assert!(!required || judge.column_visible(key, &column.key, &row));
            }
        }
        for value in &judge.track().computed {
            let one = judge.computed_one(&value.key, &given);
            prop_assert_eq!(one.is_some(), judge.computed(&given).contains_key(&value.key));
        }
    }

    /// Blank answers and answers that are not there are the same to every rule.
    #[test]
    fn null_is_no_answer(nomination in nominations(), at in any::<usize>()) {
        let keys = nomination.track.keys();
        let key = &keys[at % keys.len()];
        let (mut without, mut null) = (nomination.clone(), nomination);
        without.submission.answers.set(key, None);
        null.submission.answers.0.insert(key.clone(), json!(null));
        let judge = &without.track.judge;
        prop_assert_eq!(judge.judge(&without.given()), judge.judge(&null.given()));
    }
}
