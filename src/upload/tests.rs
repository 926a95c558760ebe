mod pace;
mod resume;
mod route;
mod script;

use super::{Action, Errand, Failure, Input, Metadata, Request, Step, Upload};
use script::{CHUNK, TOTAL, begun, input, play, upload};

#[test]
fn a_file_goes_up_in_chunks() {
    let done = play(
        begun(),
        "204 offset=64 tus=1.0.0 -> PATCH /files/7 64..128
         204 offset=128 tus=1.0.0 -> PATCH /files/7 128..150
         204 offset=150 tus=1.0.0 -> done /files/7
         start -> done /files/7",
    );
    assert!(done.is_done());
    assert_eq!((done.offset(), done.total()), (TOTAL, TOTAL));
    assert_eq!(done.url(), Some("https://h.example/files/7"));
}

#[test]
fn the_creation_says_length_slot_and_digest_and_nothing_else() {
    let Action::Send(request) = upload().next(Input::Start, 0) else { panic!() };
    let headers = [
        ("Tus-Resumable", "1.0.0".to_owned()),
        ("Upload-Length", "153600".to_owned()),
        ("Upload-Metadata", "slot cGhvdG8=,sha256 YWI=".to_owned()),
    ];
    assert_eq!((request.method, request.body), ("POST", None));
    assert_eq!(request.url, "https://h.example/files");
    assert_eq!(request.headers, headers);
}

#[test]
fn a_lost_answer_is_followed_by_asking_for_the_offset() {
    play(
        begun(),
        "lost -> wait 500
         timer -> HEAD /files/7
         200 offset=64 length=150 -> PATCH /files/7 64..96
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=100 -> PATCH /files/7 100..116",
    );
}

#[test]
fn a_lost_last_answer_is_found_out() {
    play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         204 offset=128 -> PATCH /files/7 128..150
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=150 -> done /files/7",
    );
}

#[test]
fn a_lost_network_is_waited_for_as_long_as_it_takes() {
    // Both methods have got through, so it is the network and no gateway.
    let mut upload = play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=64 -> PATCH /files/7 64..96",
    );
    for _ in 0..100 {
        let Action::Wait { ms } = upload.next(Input::NetworkLost, 1000) else { panic!() };
        assert!(ms <= 60_000);
        upload = play(upload, "timer -> HEAD /files/7");
    }
    play(
        upload,
        "lost -> wait 30000
         timer -> HEAD /files/7
         200 offset=80 -> PATCH /files/7 80..96
         lost -> wait 500",
    );
}

#[test]
fn a_lost_creation_is_created_again() {
    play(
        upload(),
        "start -> POST /files
         lost -> wait 500
         timer -> POST /files
         503 retry=7 -> wait 7000
         timer -> POST /files
         201 location=files/8 -> PATCH /files/8 0..64",
    );
}

#[test]
fn starting_again_goes_on_where_the_server_is() {
    play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         start -> HEAD /files/7
         200 offset=128 -> PATCH /files/7 128..150",
    );
}

#[test]
fn a_busy_server_is_waited_for_and_then_asked() {
    for status in ["423", "429", "500", "502", "503", "504", "408"] {
        play(
            begun(),
            &format!(
                "{status} retry=3 -> wait 3000
                 timer -> HEAD /files/7
                 {status} -> wait 1000
                 timer -> HEAD /files/7
                 200 offset=0 -> PATCH /files/7 0..64"
            ),
        );
    }
}

#[test]
fn a_conflict_is_settled_by_the_server_s_offset() {
    play(
        begun(),
        "409 -> HEAD /files/7
         200 offset=90 -> PATCH /files/7 90..150
         204 offset=150 -> done /files/7",
    );
}

#[test]
fn a_vanished_upload_begins_again_by_itself() {
    for status in ["404", "410"] {
        play(
            begun(),
            &format!(
                "204 offset=64 -> PATCH /files/7 64..128
                 {status} -> POST /files
                 201 location=/files/8 -> PATCH /files/8 0..64
                 lost -> wait 500
                 timer -> HEAD /files/8
                 {status} -> wait 1000
                 timer -> POST /files"
            ),
        );
    }
}

#[test]
fn a_server_that_keeps_forgetting_is_given_up() {
    let mut upload = play(begun(), "404 -> PATCH /files/7 tunnelled 0..64\n404 -> POST /files");
    for _ in 0..4 {
        upload = play(upload, "201 location=/files/7 -> PATCH /files/7 0..64");
        let _ = upload.next(input("404"), 0);
        upload = play(upload, "timer -> POST /files");
    }
    play(
        upload,
        "201 location=/files/7 -> PATCH /files/7 0..64
         404 -> failed vanishes
         lost -> nothing
         start -> POST /files",
    );
}

#[test]
fn a_damaged_file_begins_again_and_is_given_up_in_the_end() {
    let mut upload = begun();
    let last = "204 offset=128 -> PATCH /files/7 128..150";
    upload = play(upload, &format!("{last}\n460 -> POST /files"));
    for _ in 0..4 {
        upload = play(upload, "201 location=/files/7 -> PATCH /files/7 0..64");
        upload = play(upload, last);
        let Action::Wait { .. } = upload.next(input("460"), 0) else { panic!() };
        upload = play(upload, "timer -> POST /files");
    }
    upload = play(upload, "201 location=/files/7 -> PATCH /files/7 0..64");
    play(upload, &format!("{last}\n460 -> failed damaged\nstart -> POST /files"));
}

#[test]
fn a_server_that_gets_no_further_is_given_up() {
    let mut upload = begun();
    for _ in 0..8 {
        let Action::Wait { .. } = upload.next(input("204 offset=0"), 0) else { panic!() };
        upload = play(upload, "timer -> PATCH /files/7 0..64");
    }
    play(upload, "204 offset=0 -> failed no-progress");
}

#[test]
fn conflicts_for_ever_are_given_up() {
    let mut upload = begun();
    for _ in 0..200 {
        let answer = match upload.step {
            Step::Flying(Errand::Send) => "409",
            Step::Flying(_) => "200 offset=0",
            Step::Waiting(_) => "timer",
            _ => break,
        };
        let _ = upload.next(input(answer), 0);
    }
    assert_eq!(upload.step, Step::Failed);
}

#[test]
fn a_server_that_swings_to_and_fro_is_given_up() {
    let mut upload = begun();
    let (mut last, mut offsets) = (Action::Nothing, [64, 0].into_iter().cycle());
    for _ in 0..200 {
        let answer = match upload.step {
            Step::Flying(_) => format!("204 offset={}", offsets.next().unwrap()),
            Step::Waiting(_) => "timer".to_owned(),
            _ => break,
        };
        last = upload.next(input(&answer), 0);
    }
    assert_eq!(last, Action::Failed(Failure::NoProgress));
}

#[test]
fn an_offset_that_goes_back_is_believed() {
    play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=16 -> wait 1000
         timer -> PATCH /files/7 16..48
         204 offset=48 -> PATCH /files/7 48..80
         204 offset=80 -> PATCH /files/7 80..112",
    );
}

#[test]
fn an_offset_beyond_the_end_or_another_length_is_not_our_upload() {
    play(begun(), "204 offset=151 -> POST /files");
    let asked =
        |answer| format!("lost -> wait 500\ntimer -> HEAD /files/7\n{answer} -> POST /files");
    play(begun(), &asked("200 offset=151"));
    play(begun(), &asked("200 offset=0 length=149"));
}

#[test]
fn stray_pages_are_waited_out_and_then_given_up() {
    let mut upload = play(upload(), "start -> POST /files");
    for _ in 0..8 {
        let Action::Wait { .. } = upload.next(input("200"), 0) else { panic!() };
        upload = play(upload, "timer -> POST /files");
    }
    play(upload, "302 -> failed not-an-upload-server\nstart -> POST /files");
    play(
        begun(),
        "200 -> HEAD /files/7 tunnelled
         200 -> wait 500
         timer -> HEAD /files/7
         200 offset=many -> HEAD /files/7 tunnelled
         200 offset=64,64 -> wait 1000
         timer -> HEAD /files/7
         200 offset=64 -> PATCH /files/7 64..128",
    );
}

#[test]
fn another_version_of_the_protocol_is_told() {
    play(begun(), "204 offset=64 tus=0.2.2 -> failed version");
    play(upload(), "start -> POST /files\n412 tus=2.0.0 -> failed version");
}

#[test]
fn after_signing_in_again_it_goes_on() {
    for status in ["401", "403"] {
        let script = format!(
            "204 offset=64 -> PATCH /files/7 64..128
             {status} -> failed sign-in
             start -> HEAD /files/7
             200 offset=64 -> PATCH /files/7 64..128"
        );
        play(begun(), &script);
    }
    play(upload(), "start -> POST /files\n403 -> failed sign-in");
}

#[test]
fn other_refusals_are_told_with_their_status() {
    play(upload(), "start -> POST /files\n404 -> failed refused");
    play(upload(), "start -> POST /files\n405 -> failed refused");
    let mut upload = begun();
    let refused = Action::Failed(Failure::Refused { status: 415 });
    assert_eq!(upload.next(input("415"), 0), refused);
}

#[test]
fn an_upload_at_another_origin_is_not_followed() {
    let script =
        "start -> POST /files\n201 location=https://evil.example/7 -> failed foreign-location";
    play(upload(), script);
}

#[test]
fn what_is_taken_back_is_removed() {
    play(begun(), "cancel -> DELETE /files/7\n204 -> cancelled\nstart -> cancelled");
    play(begun(), "cancel -> DELETE /files/7\n404 -> cancelled");
    play(upload(), "start -> POST /files\ncancel -> cancelled\n201 location=/files/7 -> nothing");
    play(
        begun(),
        "204 offset=150 -> done /files/7
         cancel -> DELETE /files/7
         lost -> wait 500
         start -> DELETE /files/7
         405 -> DELETE /files/7 tunnelled
         503 -> wait 500
         timer -> DELETE /files/7 tunnelled
         lost -> wait 1000
         timer -> DELETE /files/7 tunnelled
         lost -> wait 2000
         timer -> DELETE /files/7 tunnelled
         lost -> cancelled",
    );
}

#[test]
fn an_empty_file_is_done_once_created() {
    let metadata = Metadata { slot: "note".into(), sha256: String::new() };
    let mut upload = Upload::new(0, "https://h.example/files", CHUNK, metadata);
    let Action::Send(_) = upload.next(Input::Start, 0) else { panic!() };
    let url = "https://h.example/files/7".to_owned();
    assert_eq!(upload.next(input("201 location=/files/7"), 0), Action::Done { url });
}

#[test]
fn any_order_of_events_ends_in_an_answer() {
    let inputs = [
        "start",
        "lost",
        "timer",
        "online",
        "204 offset=64",
        "204 offset=0",
        "200 offset=150",
        "201 location=/files/9",
        "404",
        "409",
        "413",
        "405",
        "500",
        "403",
        "200",
        "204 offset=999",
        "460",
        "pause",
    ];
    let mut seed = 7u32;
    let mut upload = upload();
    for _ in 0..20_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let at = (seed >> 16) as usize % inputs.len();
        let found = upload.next(input(inputs[at]), (seed >> 20) as u16);
        assert!(upload.offset() <= TOTAL);
        if let Action::Send(Request { body: Some(body), .. }) = &found {
            assert!(body.start < body.end && body.end <= TOTAL);
        }
        if upload.is_done() {
            upload = script::upload();
        }
    }
}
