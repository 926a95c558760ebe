//! The draft: what is kept of a form, and what comes back of it.

use std::sync::Arc;

use nomination_form::{
    answers::Answers,
    rules::Judge,
    session::{
        Answer, Draft, DraftError, Effect, Event, Focus, Initial, Keeping, Place, Session, Stage,
        Stored, Upload, answer_of,
    },
    standards::{Calendar, Instant},
    upload::Saved,
};
use serde_json::{Map, Value, json};

use crate::golden;
use crate::session::{attach, changed, complete, enter, field, form, judge, now, posted};

fn kept(form: &Session) -> Draft {
    Draft::read(&form.draft().expect("there is something to keep")).unwrap()
}

/// The form closed and opened again, with the bytes of these files at hand.
fn again(form: &Session, files: &[u32]) -> Session {
    Session::resume(judge(), &kept(form), files, now())
}

fn keep_files(form: &mut Session) {
    for file in 1..=3 {
        form.apply(Event::FileKept(file), now());
    }
}

/// The answers without the empty ends of rows: an end that is not there is 至今, as one that is `null`.
fn filled(form: &Session) -> Value {
    let mut answers = json!(form.answers());
    for row in answers["resume"].as_array_mut().unwrap() {
        row.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    }
    answers
}

fn later() -> Event {
    Event::Answered(Answer::Later { retry_after_ms: None, silent: true })
}

fn document(form: &Session) -> Value {
    serde_json::from_str(&form.draft().unwrap()).unwrap()
}

#[test]
fn nothing_is_kept_before_a_person_has_done_anything() {
    let mut form = form(&json!({"name": "娜仁花"}));
    assert_eq!(form.draft(), None);
    form.apply(Event::At("name".to_owned()), now());
    form.apply(Event::Left(field("name")), now());
    assert_eq!(form.draft(), None);
    enter(&mut form, "phone", "1");
    assert_eq!(kept(&form).nominee, "娜仁花");
}

#[test]
fn a_whole_form_comes_back_as_it_was() {
    let mut form = complete();
    keep_files(&mut form);
    enter(&mut form, "deeds", "一行\n二行，85年夏天 𠮷👨‍👩‍👧");
    form.apply(Event::AddRow("honours".to_owned()), now());
    form.apply(Event::Left(field("phone")), now());
    form.apply(Event::At("resume.1.org".to_owned()), now());
    let mut back = again(&form, &[1, 2, 3]);
    assert_eq!(filled(&back), filled(&form));
    assert_eq!(back.verdict(now()), form.verdict(now()));
    let place = Place::Cell("resume".to_owned(), back.row_ids("resume")[1], "org".to_owned());
    let mut effects = back.apply(Event::Resumed, now());
    effects.retain(|effect| !matches!(effect, Effect::Look(_)));
    // The host may have cleared away what nobody sent, so it is asked for each file.
    let back_to = Effect::Return(Focus::Place(place));
    assert_eq!(effects, [Effect::Upload(1), Effect::Upload(2), Effect::Upload(3), back_to]);
    assert_eq!(back.upload_of(2).unwrap().1.unwrap().url, "/files/2");
    for file in 1..=3 {
        back.apply(Event::UploadDone(file, format!("/files/{file}")), now());
    }
    assert_eq!(back.submission(), form.submission());
    assert_eq!(
        back.resumed().map(|resumed| (resumed.changed, resumed.lost_files)),
        Some((false, 0))
    );
}

#[test]
fn what_cannot_be_read_as_a_month_comes_back_as_it_was_typed() {
    let mut form = form(&json!({}));
    enter(&mut form, "work_start", "85年夏天");
    assert_eq!(again(&form, &[]).text_at(&field("work_start")), "85年夏天");
}

#[test]
fn uploads_go_on_from_where_the_host_has_them() {
    let mut form = form(&json!({}));
    let base = golden::base("nm2022.worker");
    attach(&mut form, 1, &base["attachments"][0]);
    form.apply(Event::FileKept(1), now());
    let saved = Some(Saved { url: "/files/7".to_owned(), offset: 262_144, tunnel: true });
    let progress =
        Event::UploadProgress { file: 1, sent: 262_144, saved: saved.clone(), remaining_ms: None };
    form.apply(progress, now());
    let mut back = again(&form, &[1]);
    assert_eq!(back.files_in("photo").next().unwrap().upload, Upload::Waiting(262_144));
    assert_eq!(back.upload_of(1).unwrap().1, saved);
    assert!(back.apply(Event::Resumed, now()).contains(&Effect::Upload(1)));
}

#[test]
fn a_file_whose_bytes_are_not_at_hand_is_to_be_chosen_again_unless_it_has_arrived() {
    let mut form = form(&json!({}));
    let base = golden::base("nm2022.worker");
    for (file, at) in [(1, 0), (2, 1)] {
        attach(&mut form, file, &base["attachments"][at]);
        form.apply(Event::FileKept(file), now());
    }
    form.apply(Event::UploadDone(2, "/files/2".to_owned()), now());
    let back = again(&form, &[]);
    assert_eq!(back.files_in("photo").next().unwrap().upload, Upload::Unreadable);
    let slot = base["attachments"][1]["slot"].as_str().unwrap();
    assert_eq!(back.files_in(slot).next().unwrap().upload, Upload::Done("/files/2".to_owned()));
    assert_eq!(back.resumed().unwrap().lost_files, 1);
}

#[test]
fn a_paused_upload_stays_paused_until_it_is_asked_for() {
    let mut form = complete();
    let base = golden::base("nm2022.worker");
    attach(&mut form, 9, &base["attachments"][1]);
    form.apply(Event::FileKept(9), now());
    let effects = form.apply(Event::PauseUpload(9), now());
    assert!(effects.contains(&Effect::Pause(9)));
    form.apply(Event::UploadWaiting(9), now());
    let mut back = again(&form, &[1, 2, 3, 9]);
    assert!(!back.apply(Event::Resumed, now()).contains(&Effect::Upload(9)));
    // Whoever sends wants it to go on.
    assert!(back.apply(Event::Submit, now()).contains(&Effect::Upload(9)));
    assert_eq!(back.stage().name(), "sending");
}

#[test]
fn what_was_on_its_way_goes_on_with_the_same_bytes_under_the_same_key() {
    for stage in ["posting", "waiting", "sign-in"] {
        let mut form = complete();
        keep_files(&mut form);
        let first = posted(&form.apply(Event::Submit, now()));
        match stage {
            "waiting" => drop(form.apply(later(), now())),
            "sign-in" => drop(form.apply(Event::Answered(Answer::SignIn), now())),
            _ => {}
        }
        let mut back = again(&form, &[1, 2, 3]);
        assert_eq!(back.stage().name(), "waiting", "{stage}");
        assert_eq!(posted(&back.apply(Event::Resumed, now())), first, "{stage}");
    }
}

#[test]
fn a_nomination_that_waits_for_its_files_goes_out_by_itself_after_a_reload() {
    let mut form = complete();
    keep_files(&mut form);
    let base = golden::base("nm2022.worker");
    attach(&mut form, 9, &base["attachments"][1]);
    form.apply(Event::FileKept(9), now());
    form.apply(Event::Submit, now());
    let mut back = again(&form, &[1, 2, 3, 9]);
    assert_eq!(*back.stage(), Stage::Uploading);
    assert!(back.apply(Event::Resumed, now()).contains(&Effect::Upload(9)));
    let files: Vec<_> = back.track().fields().flat_map(|field| back.files_in(&field.key)).collect();
    let files: Vec<_> = files.into_iter().map(|chosen| chosen.file).collect();
    let mut effects = Vec::new();
    for file in files {
        effects = back.apply(Event::UploadDone(file, format!("/files/{file}")), now());
    }
    let (body, key) = posted(&effects);
    assert_eq!((key.as_str(), &body["revision"]), ("id-1.1", &json!(1)));
}

#[test]
fn going_back_and_sending_again_after_a_reload_is_the_next_edition() {
    let mut form = complete();
    keep_files(&mut form);
    posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    form.apply(Event::GoBack, now());
    let mut back = again(&form, &[1, 2, 3]);
    assert_eq!(*back.stage(), Stage::Filling);
    back.apply(Event::Submit, now());
    let mut arrived = |file| back.apply(Event::UploadDone(file, format!("/files/{file}")), now());
    arrived(1);
    arrived(2);
    assert_eq!(posted(&arrived(3)).1, "id-1.2");
}

#[test]
fn after_the_receipt_nothing_but_the_receipt_is_kept() {
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    let stored = Stored { receipt: "NM-1".to_owned(), received_at: Some(now()) };
    let effects = form.apply(Event::Answered(Answer::Stored(stored.clone())), now());
    assert!(effects.contains(&Effect::Forget(1)) && effects.contains(&Effect::KeepNow));
    assert!(
        !effects.iter().any(|effect| matches!(effect, Effect::Discard(_))),
        "the host has them"
    );
    let document = document(&form);
    let keys: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "campaign",
            "campaign_title",
            "format",
            "id",
            "receipt",
            "received_at",
            "saved_at",
            "title",
            "track"
        ]
    );
    assert_eq!(*again(&form, &[]).stage(), Stage::Submitted(stored));
}

#[test]
fn on_a_public_computer_nothing_is_kept_and_what_was_kept_goes() {
    let mut form = form(&json!({}));
    enter(&mut form, "name", "娜仁花");
    let effects = form.apply(Event::PublicComputer(true), now());
    assert!(effects.contains(&Effect::Wipe));
    assert_eq!((form.draft(), form.keeping(), form.keeps()), (None, Keeping::Memory, false));
    let effects = form.apply(Event::PublicComputer(false), now());
    assert!(effects.contains(&Effect::KeepAll) && form.draft().is_some());
}

#[test]
fn a_secret_is_wiped_at_once_and_nothing_is_kept_of_it() {
    let (campaign, calendar) = (golden::campaign("jl2023"), Arc::new(Calendar::built_in()));
    let judge = Judge::new(campaign, "jl2023.individual", calendar).unwrap();
    let mut form = Session::new(judge, "id".to_owned(), Answers(Map::new()), now());
    enter(&mut form, "secret", "no");
    enter(&mut form, "name", "娜仁花");
    assert!(form.draft().unwrap().contains("娜仁花"));
    let effects = form.apply(Event::Entered(field("secret"), "yes".to_owned()), now());
    assert!(effects.contains(&Effect::Wipe));
    assert_eq!(form.draft(), None);
    form.apply(Event::GateBack, now());
    assert_eq!(form.draft(), None, "nothing has been done since");
}

#[test]
fn a_draft_that_another_window_opened_goes_on_here_as_one_of_its_own() {
    let mut form = complete();
    keep_files(&mut form);
    enter(&mut form, "deeds", "这里写的");
    let effects = form.apply(Event::Elsewhere("id-2".to_owned()), now());
    assert!(effects.contains(&Effect::KeepAll));
    assert_eq!((form.id(), form.keeping()), ("id-2", Keeping::Elsewhere));
    form.apply(Event::Kept(Keeping::Saved(now())), now());
    assert_eq!(form.keeping(), Keeping::Elsewhere, "still worth knowing");
    assert_eq!(kept(&form).id, "id-2");
    // The uploads are the other window's: these go out anew, and removing one here takes none from there.
    assert!((1..=3).all(|file| effects.contains(&Effect::Upload(file))));
    assert_eq!(form.upload_of(2).unwrap().1, None);
    for file in 1..=3 {
        form.apply(Event::UploadDone(file, format!("/files/1{file}")), now());
    }
    assert_eq!(posted(&form.apply(Event::Submit, now())).1, "id-2.1");
}

#[test]
fn what_two_drafts_share_neither_removes() {
    let mut form = complete();
    // Nothing lies beside the draft, so what has arrived is all there is.
    form.apply(Event::Elsewhere("id-2".to_owned()), now());
    assert!(form.submission().unwrap()["attachments"][0]["upload"].is_string());
    let gone = |effects: &[Effect]| effects.iter().any(|it| matches!(it, Effect::Discard(_)));
    assert!(!gone(&form.apply(Event::FileRemoved(1), now())));
    // Nor does a copy of a draft that came in a file.
    let copy = kept(&complete()).copied("id-3");
    let mut copy = Session::resume(judge(), &copy, &[], now());
    assert!(!gone(&copy.apply(Event::FileRemoved(1), now())));
    let mut whole = complete();
    keep_files(&mut whole);
    let copy = Session::resume(judge(), &kept(&whole).copied("id-4"), &[1, 2, 3], now());
    assert_eq!(copy.files_in("photo").next().unwrap().upload, Upload::Waiting(0));
}

#[test]
fn a_draft_that_came_in_a_file_sends_nothing_by_itself() {
    let mut form = complete();
    let first = posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    let mut back = Session::resume(judge(), &kept(&form).brought(), &[], now());
    assert_eq!(*back.stage(), Stage::Filling);
    let posts = |effects: &[Effect]| effects.iter().any(|it| matches!(it, Effect::Post { .. }));
    for event in [Event::Resumed, Event::Online, Event::CameBack, Event::TryAgain] {
        assert!(!posts(&back.apply(event, now())));
    }
    let next = posted(&back.apply(Event::Submit, now()));
    assert_eq!((first.1.as_str(), next.1.as_str()), ("id-1.1", "id-1.2"));
}

/// The individual track of Jilin, which asks first whether anything is secret.
fn secret_judge() -> Judge {
    let (campaign, calendar) = (golden::campaign("jl2023"), Arc::new(Calendar::built_in()));
    Judge::new(campaign, "jl2023.individual", calendar).unwrap()
}

#[test]
fn a_draft_that_the_questions_asked_first_stop_is_wiped_and_sends_nothing() {
    let mut form = Session::new(secret_judge(), "id".to_owned(), Answers(Map::new()), now());
    enter(&mut form, "secret", "no");
    enter(&mut form, "name", "娜仁花");
    let mut stopped = document(&form);
    stopped["answers"]["secret"] = true.into();
    (stopped["stage"], stopped["frozen"]) = ("waiting".into(), "{}".into());
    let draft = Draft::read(&stopped.to_string()).unwrap();
    let mut back = Session::resume(secret_judge(), &draft, &[], now());
    assert_eq!((back.stage(), back.draft()), (&Stage::Stopped, None));
    let effects = back.apply(Event::Resumed, now());
    assert!(effects.contains(&Effect::Wipe));
    assert!(
        !effects.iter().any(|effect| matches!(effect, Effect::Post { .. } | Effect::Upload(_)))
    );
    // One that has no answer any more waits for it.
    let mut asked = stopped;
    asked["answers"].as_object_mut().unwrap().remove("secret");
    let draft = Draft::read(&asked.to_string()).unwrap();
    let mut back = Session::resume(secret_judge(), &draft, &[], now());
    assert_eq!(*back.stage(), Stage::Filling);
    assert!(!back.apply(Event::Resumed, now()).iter().any(|it| matches!(it, Effect::Post { .. })));
    enter(&mut back, "secret", "no");
    assert_eq!(back.text_at(&field("name")), "娜仁花");
}

#[test]
fn what_the_host_has_verified_can_stop_the_form_and_is_rid_of_what_nobody_asks() {
    let initial = |given: Value| Initial::read(given.as_object().cloned().unwrap());
    let given = initial(json!({
        "secret": {"value": true, "verified": true}, "name": {"value": "娜仁花", "verified": true},
    }));
    let form = Session::new(secret_judge(), "id".to_owned(), Answers(Map::new()), now());
    let form = form.knowing(&given);
    assert_eq!((form.stage(), form.answers().get("name")), (&Stage::Stopped, None));
    let given = initial(json!({
        "honours": {"value": [{"title": "先进", "colour": "红"}], "verified": true},
    }));
    let form = self::form(&json!({})).knowing(&given);
    assert_eq!(form.answers().at("honours.0.colour"), None);
    assert_eq!(form.answers().at("honours.0.title"), Some(&json!("先进")));
}

#[test]
fn what_a_page_has_taken_over_is_followed_by_the_next_revision() {
    let mut form = complete();
    assert_eq!(posted(&form.apply(Event::Submit, now())).1, "id-1.1");
    form.apply(Event::TakenOver, now());
    assert_eq!(posted(&form.apply(Event::Submit, now())).1, "id-1.2");
}

#[test]
fn a_host_that_asks_for_no_pause_gets_one_all_the_same() {
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    let effects = form.apply(Event::Answered(answer_of(503, Some("0"), None)), now());
    assert!(effects.contains(&Effect::Wait(2_000)));
}

#[test]
fn an_upload_that_is_under_way_is_not_begun_a_second_time() {
    let mut form = form(&json!({}));
    let base = golden::base("nm2022.worker");
    attach(&mut form, 1, &base["attachments"][0]);
    assert_eq!(form.apply(Event::UploadAgain(1), now()), []);
}

#[test]
fn the_verdict_is_that_of_the_time_it_is_asked_for() {
    let form = complete();
    let late = Instant::parse("2022-08-21T00:00:00+08:00").unwrap();
    let found = |now| form.verdict(now).problems.iter().any(|problem| problem.rule == "late");
    assert_eq!((found(now()), found(late)), (false, true));
    let problems = form.submission_at(late).unwrap()["problems"].to_string();
    assert!(problems.contains("\"late\""));
}

#[test]
fn a_first_sending_is_not_sent_behind_the_back_of_another_window() {
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    form.apply(Event::Elsewhere("id-2".to_owned()), now());
    assert_eq!((form.stage(), form.id()), (&Stage::Filling, "id-2"));
    // What may have gone out before goes on: it is the same there, byte for byte.
    let mut form = complete();
    let first = posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    form.apply(Event::Elsewhere("id-2".to_owned()), now());
    assert_eq!(posted(&form.apply(Event::TryAgain, now())), first);
}

#[test]
fn a_key_that_the_host_knows_with_other_words_leads_to_the_next_edition_once() {
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    let refused = || {
        let body = r#"{"errors": [{"pointer": "", "code": "key-reused", "detail": "用过了"}]}"#;
        Event::Answered(answer_of(422, None, Some(body)))
    };
    assert_eq!(posted(&form.apply(refused(), now())).1, "id-1.2");
    form.apply(refused(), now());
    assert_eq!(*form.stage(), Stage::Filling, "a host that says so for ever is not asked for ever");
}

#[test]
fn the_network_and_the_person_coming_back_end_the_waiting() {
    let mut form = complete();
    let first = posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    assert_eq!(posted(&form.apply(Event::Online, now())), first);
    form.apply(later(), now());
    assert_eq!(posted(&form.apply(Event::CameBack, now())), first);
    form.apply(Event::Answered(Answer::SignIn), now());
    assert_eq!(form.apply(Event::Online, now()), [], "a network is no session");
    assert_eq!(posted(&form.apply(Event::CameBack, now())), first);
    // A host that asked for time gets it.
    let busy = Answer::Later { retry_after_ms: Some(300_000), silent: false };
    let effects = form.apply(Event::Answered(busy), now());
    assert!(effects.contains(&Effect::Wait(300_000)));
    assert_eq!(form.apply(Event::Online, now()), []);
}

#[test]
fn an_upload_that_wanted_a_session_goes_on_when_the_person_comes_back() {
    let mut form = form(&json!({}));
    let base = golden::base("nm2022.worker");
    attach(&mut form, 1, &base["attachments"][0]);
    form.apply(Event::UploadFailed(1, "sign-in".to_owned()), now());
    assert!(form.apply(Event::CameBack, now()).contains(&Effect::Upload(1)));
}

#[test]
fn a_file_that_nobody_wants_is_removed_at_the_host_unless_the_host_may_need_it() {
    let mut form = complete();
    let effects = form.apply(Event::FileRemoved(1), now());
    assert!(effects.contains(&Effect::Discard("/files/1".to_owned())));
    let mut form = complete();
    posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    form.apply(Event::GoBack, now());
    let effects = form.apply(Event::FileRemoved(1), now());
    assert!(effects.contains(&Effect::Forget(1)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Discard(_))));
}

#[test]
fn a_page_that_ends_while_a_file_is_chosen_says_so_afterwards() {
    let mut form = form(&json!({}));
    enter(&mut form, "name", "娜仁花");
    assert!(form.apply(Event::Choosing(field("photo")), now()).contains(&Effect::KeepNow));
    assert!(again(&form, &[]).resumed().unwrap().choosing);
    form.apply(Event::At("name".to_owned()), now());
    assert!(!again(&form, &[]).resumed().unwrap().choosing, "nothing was chosen after all");
}

/// Takes a question out of the form, and all rules with it.
fn without(json: &mut Value, key: &str) {
    let track = json["tracks"].as_array_mut().unwrap();
    let track = track.iter_mut().find(|track| track["id"] == "nm2022.worker").unwrap();
    for section in track["sections"].as_array_mut().unwrap() {
        section["fields"].as_array_mut().unwrap().retain(|field| field["key"] != key);
    }
    track["summary"].as_array_mut().unwrap().retain(|column| column["field"] != key);
    let mentions = |rule: &Value| rule.to_string().contains(&format!("\"{key}\""));
    track["rules"].as_array_mut().unwrap().retain(|rule| !mentions(rule));
}

#[test]
fn a_changed_campaign_keeps_what_fits_and_lists_the_rest() {
    let mut form = complete();
    keep_files(&mut form);
    enter(&mut form, "position", "社区居民委员会主任");
    let judge = changed(|json| without(json, "position"));
    let mut back = Session::resume(judge, &kept(&form), &[1, 2, 3], now());
    assert!(back.resumed().unwrap().changed);
    let left: Vec<_> = back.left_over().iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["社区居民委员会主任"]);
    assert!(!back.left_over()[0].label.is_empty());
    assert_eq!(back.text_at(&field("name")), form.text_at(&field("name")));
    // It stays with the draft until the person has decided.
    let kept_on = Draft::read(&back.draft().unwrap()).unwrap();
    let mut later =
        Session::resume(changed(|json| without(json, "position")), &kept_on, &[], now());
    assert_eq!(later.left_over().len(), 1);
    back.apply(Event::DropLeftOver(0), now());
    assert_eq!(back.left_over(), []);
    later.apply(Event::DropLeftOver(7), now());
    assert_eq!(later.left_over().len(), 1);
}

#[test]
fn a_nomination_on_its_way_goes_on_under_the_edition_it_was_sent_with() {
    let mut form = complete();
    keep_files(&mut form);
    let first = posted(&form.apply(Event::Submit, now()));
    form.apply(later(), now());
    let mut back = Session::resume(changed(|_| ()), &kept(&form), &[1, 2, 3], now());
    assert_eq!(posted(&back.apply(Event::Resumed, now())), first);
}

#[test]
fn one_that_only_waited_for_its_files_is_looked_at_again_first() {
    let mut form = complete();
    keep_files(&mut form);
    let base = golden::base("nm2022.worker");
    attach(&mut form, 9, &base["attachments"][1]);
    form.apply(Event::Submit, now());
    let back = Session::resume(changed(|_| ()), &kept(&form), &[1, 2, 3], now());
    assert_eq!(*back.stage(), Stage::Filling);
}

#[test]
fn drafts_of_every_format_ever_released_open() {
    let bytes = golden::files::one("tests/fixtures/drafts", "nomination-draft-1");
    let draft = Draft::read(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert_eq!((draft.nominee.as_str(), draft.track.as_str()), ("娜仁花", "nm2022.worker"));
    let form = Session::resume(judge(), &draft, &[1], now());
    assert_eq!(form.text_at(&field("phone")), "13800138000");
    assert_eq!(form.row_ids("resume").len(), 2);
    assert_eq!(form.files_in("photo").next().unwrap().upload, Upload::Waiting(262_144));
    assert_eq!(form.left_over()[0].text, "先进个人");
}

#[test]
fn a_newer_draft_is_left_alone_and_a_spoiled_one_gives_what_it_has() {
    assert_eq!(
        Draft::read(r#"{"format": "nomination-draft/9", "id": "1"}"#),
        Err(DraftError::Newer)
    );
    for damaged in ["", "[]", "{}", r#"{"format": "nomination-draft/1"}"#, r#"{"format": 1}"#] {
        assert_eq!(Draft::read(damaged), Err(DraftError::Damaged), "{damaged}");
    }
    let spoiled = json!({
        "format": "nomination-draft/1", "id": "1", "answers": {"name": "娜仁花", "resume": 7},
        "files": [7, {"file": -1}, {"file": 1, "slot": "nowhere", "name": "a.pdf"}, {"file": 2, "row": "x.9"}],
        "left": [1, "nowhere.3"], "cursor": {}, "edition": -3, "stage": 5, "frozen": [], "labels": 3,
        "left_over": [{}, 3], "saved_at": "yesterday",
    });
    let draft = Draft::read(&spoiled.to_string()).unwrap();
    let form = Session::resume(judge(), &draft, &[1, 2], now());
    assert_eq!(form.text_at(&field("name")), "娜仁花");
    assert_eq!(form.stage(), &Stage::Filling);
}

#[test]
fn the_clock_jumping_changes_nothing_but_the_time_that_is_shown() {
    let mut form = complete();
    keep_files(&mut form);
    let far = Instant::parse("2042-01-01T00:00:00Z").unwrap();
    let past = Instant::parse("1970-01-01T00:00:00Z").unwrap();
    form.apply(Event::Entered(field("deeds"), "未来写的".to_owned()), far);
    form.apply(Event::Entered(field("phone"), "13800138001".to_owned()), past);
    let back = Session::resume(judge(), &kept(&form), &[1, 2, 3], far);
    assert_eq!(filled(&back), filled(&form));
}
