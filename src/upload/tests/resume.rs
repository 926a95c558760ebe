//! Going on after a reload or a pause, and being woken.

use super::super::{Metadata, Saved, Upload};
use super::script::{CHUNK, TOTAL, begun, play, upload};

const ENDPOINT: &str = "https://h.example/files";

fn resumed(url: &str, offset: u64, tunnel: bool) -> Upload {
    let metadata = Metadata { slot: "photo".into(), sha256: "ab".into() };
    let saved = Saved { url: url.to_owned(), offset, tunnel };
    Upload::resumed(TOTAL, ENDPOINT, CHUNK, metadata, saved)
}

#[test]
fn a_draft_keeps_what_is_needed_once_there_is_a_place() {
    assert_eq!(upload().saved(), None);
    assert_eq!(play(upload(), "start -> POST /files").saved(), None);
    let going = play(begun(), "204 offset=64 -> PATCH /files/7 64..128");
    let url = format!("{ENDPOINT}/7");
    assert_eq!(going.saved(), Some(Saved { url, offset: CHUNK, tunnel: false }));
    let gone = play(going, "404 -> POST /files");
    assert_eq!(gone.saved(), None);
}

#[test]
fn a_draft_goes_on_where_the_server_is() {
    let upload = resumed("https://h.example/files/7", CHUNK, false);
    assert_eq!(upload.offset(), CHUNK);
    play(
        upload,
        "start -> HEAD /files/7
         200 offset=128 length=150 -> PATCH /files/7 128..150
         204 offset=150 -> done /files/7",
    );
    let upload = resumed("https://h.example/files/7", CHUNK, false);
    play(upload, "start -> HEAD /files/7\n200 offset=150 -> done /files/7");
}

#[test]
fn a_draft_whose_upload_has_expired_begins_anew() {
    for answer in ["404", "410", "200 offset=64 length=151"] {
        let upload = resumed("https://h.example/files/7", CHUNK, false);
        let upload = play(upload, &format!("start -> HEAD /files/7\n{answer} -> POST /files"));
        assert_eq!(upload.offset(), 0);
    }
}

#[test]
fn a_draft_remembers_the_tunnel() {
    let found = play(
        begun(),
        "405 -> PATCH /files/7 tunnelled 0..64
         204 offset=64 -> PATCH /files/7 tunnelled 64..128",
    );
    let saved = found.saved().unwrap();
    assert!(saved.tunnel);
    play(resumed(&saved.url, saved.offset, saved.tunnel), "start -> HEAD /files/7 tunnelled");
    // A try that nobody has answered yet is no finding.
    let trying = play(begun(), "405 -> PATCH /files/7 tunnelled 0..64");
    assert!(!trying.saved().unwrap().tunnel);
}

#[test]
fn a_draft_that_names_another_place_begins_anew() {
    for url in ["https://evil.example/files/7", "https://h.example/api/nominations/7", "", "//"] {
        let upload = resumed(url, CHUNK, true);
        assert_eq!((upload.offset(), upload.saved()), (0, None), "{url}");
        play(upload.clone(), "cancel -> cancelled");
        play(upload, "start -> POST /files\n201 location=/files/8 -> PATCH /files/8 0..64");
    }
}

#[test]
fn a_draft_s_offset_is_no_more_than_shown() {
    let upload = resumed("https://h.example/files/7", u64::MAX, false);
    assert_eq!((upload.offset(), upload.remaining_ms()), (TOTAL, None));
    play(
        upload,
        "start -> HEAD /files/7
         200 offset=0 -> wait 500
         timer -> PATCH /files/7 0..64",
    );
}

#[test]
fn a_pause_lasts_until_the_start() {
    let paused = play(
        begun(),
        "pause -> nothing
         lost -> nothing
         204 offset=64 -> nothing
         timer -> nothing
         online -> nothing
         pause -> nothing",
    );
    assert_eq!(paused.saved().map(|saved| saved.offset), Some(0));
    play(paused, "start -> HEAD /files/7\n200 offset=64 -> PATCH /files/7 64..128");
    play(
        begun(),
        "503 -> wait 500
         pause -> nothing
         timer -> nothing
         cancel -> DELETE /files/7
         pause -> nothing
         204 -> cancelled
         pause -> nothing
         start -> cancelled",
    );
    play(
        upload(),
        "pause -> nothing\nstart -> POST /files\npause -> nothing\nstart -> POST /files",
    );
    let done = play(begun(), "204 offset=150 -> done /files/7\npause -> nothing");
    assert!(done.is_done());
    play(begun(), "415 -> failed refused\npause -> nothing\nstart -> HEAD /files/7");
}

#[test]
fn a_network_that_is_back_wakes_what_waits_for_one() {
    let woken = play(
        upload(),
        "start -> POST /files
         lost -> wait 500
         timer -> POST /files
         lost -> wait 1000
         online -> POST /files
         online -> nothing
         lost -> wait 500
         online -> POST /files
         201 location=/files/7 -> PATCH /files/7 0..64
         lost -> wait 500
         online -> HEAD /files/7
         timer -> nothing",
    );
    play(woken, "cancel -> DELETE /files/7\nlost -> wait 500\nonline -> DELETE /files/7");
}

#[test]
fn a_busy_server_is_left_alone_all_the_same() {
    for answer in ["503 retry=30 -> wait 30000", "429 -> wait 500", "204 offset=0 -> wait 500"] {
        play(begun(), &format!("{answer}\nonline -> nothing"));
    }
}
