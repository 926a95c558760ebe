//! Gateways that stand in the way of PATCH and HEAD.

use super::super::Action;
use super::script::{action, begun, input, play, upload};

#[test]
fn what_a_gateway_refuses_goes_as_post() {
    for status in ["400", "403", "404", "405", "501"] {
        play(
            begun(),
            &format!(
                "{status} -> PATCH /files/7 tunnelled 0..64
                 204 offset=64 -> PATCH /files/7 tunnelled 64..128
                 lost -> wait 500
                 timer -> HEAD /files/7 tunnelled
                 200 offset=64 -> PATCH /files/7 tunnelled 64..96
                 cancel -> DELETE /files/7 tunnelled"
            ),
        );
    }
    for status in ["400", "403", "405", "501"] {
        play(
            begun(),
            &format!(
                "204 offset=64 -> PATCH /files/7 64..128
                 lost -> wait 500
                 timer -> HEAD /files/7
                 {status} -> HEAD /files/7 tunnelled
                 200 offset=64 -> PATCH /files/7 tunnelled 64..96"
            ),
        );
    }
}

#[test]
fn where_the_tunnel_is_no_better_the_first_answer_counts() {
    let script = |first, second, then| {
        format!("{first} -> PATCH /files/7 tunnelled 0..64\n{second} -> {then}")
    };
    play(begun(), &script("403", "403", "failed sign-in"));
    play(begun(), &script("403", "405", "failed sign-in"));
    play(begun(), &script("400", "404", "failed refused"));
    play(begun(), &script("404", "400", "POST /files"));
    play(begun(), &script("405", "403", "failed method-blocked"));
    play(begun(), &script("501", "200", "failed method-blocked"));
    play(begun(), &script("405", "401", "failed sign-in"));
}

#[test]
fn after_a_tunnel_in_vain_plain_methods_are_tried_again() {
    play(
        begun(),
        "403 -> PATCH /files/7 tunnelled 0..64
         403 -> failed sign-in
         start -> HEAD /files/7
         200 offset=0 -> PATCH /files/7 0..64",
    );
    let blocked = play(
        begun(),
        "405 -> PATCH /files/7 tunnelled 0..64
         204 offset=64 -> PATCH /files/7 tunnelled 64..128
         405 -> failed method-blocked",
    );
    assert!(!blocked.saved().unwrap().tunnel);
    play(blocked, "start -> HEAD /files/7");
}

#[test]
fn a_method_that_got_through_is_not_doubted() {
    let sends = || play(begun(), "204 offset=64 -> PATCH /files/7 64..128");
    play(sends(), "403 -> failed sign-in");
    play(sends(), "400 -> failed refused");
    play(sends(), "404 -> POST /files");
    // That HEAD gets through says nothing about PATCH.
    play(
        begun(),
        "lost -> wait 500
         timer -> HEAD /files/7
         200 offset=0 -> PATCH /files/7 0..32
         403 -> PATCH /files/7 tunnelled 0..32",
    );
    // Nor does a size that is refused: many gateways look at that first.
    play(
        begun(),
        "413 -> PATCH /files/7 0..32
         403 -> PATCH /files/7 tunnelled 0..32",
    );
    // A server's own refusals are not a gateway's.
    play(begun(), "401 -> failed sign-in");
    play(begun(), "415 -> failed refused");
    play(begun(), "410 -> POST /files");
}

#[test]
fn one_try_on_suspicion_is_enough() {
    play(
        begun(),
        "404 -> PATCH /files/7 tunnelled 0..64
         404 -> POST /files
         201 location=/files/8 -> PATCH /files/8 0..64
         403 -> failed sign-in
         start -> HEAD /files/8
         403 -> HEAD /files/8 tunnelled",
    );
}

#[test]
fn a_try_outlasts_a_busy_server_and_a_lost_network() {
    play(
        begun(),
        "403 -> PATCH /files/7 tunnelled 0..64
         503 -> wait 500
         timer -> HEAD /files/7 tunnelled
         lost -> wait 1000
         timer -> HEAD /files/7 tunnelled
         200 offset=0 -> PATCH /files/7 tunnelled 0..64",
    );
}

#[test]
fn answers_without_the_offset_are_asked_for_through_the_tunnel() {
    // A firewall that refuses PATCH with a page of success.
    play(
        begun(),
        "200 -> HEAD /files/7 tunnelled
         200 offset=0 -> PATCH /files/7 tunnelled 0..64",
    );
    // A gateway that takes the headers from HEAD, where PATCH got through.
    play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         lost -> wait 500
         timer -> HEAD /files/7
         200 -> HEAD /files/7 tunnelled
         200 offset=100 -> PATCH /files/7 tunnelled 100..132",
    );
}

#[test]
fn a_conflict_in_the_tunnel_shows_that_it_leads_to_the_server() {
    play(
        begun(),
        "403 -> PATCH /files/7 tunnelled 0..64
         409 -> HEAD /files/7 tunnelled
         200 offset=64 -> PATCH /files/7 tunnelled 64..128",
    );
}

#[test]
fn methods_dropped_without_an_answer_are_tried_as_post_by_turns() {
    let dropped = || {
        play(
            begun(),
            "lost -> wait 500
             timer -> HEAD /files/7
             lost -> wait 1000
             timer -> HEAD /files/7
             lost -> wait 2000
             timer -> HEAD /files/7 tunnelled",
        )
    };
    play(dropped(), "200 offset=0 -> PATCH /files/7 tunnelled 0..32");
    play(dropped(), "401 -> failed sign-in");
    play(dropped(), "404 -> POST /files\n201 location=/files/8 -> PATCH /files/8 0..32");
    // A server that does not know the override, and a network that is there again.
    play(dropped(), "405 -> HEAD /files/7\n200 offset=16 -> PATCH /files/7 16..48");
    play(
        dropped(),
        "lost -> wait 4000
         timer -> HEAD /files/7
         lost -> wait 8000
         timer -> HEAD /files/7 tunnelled
         lost -> wait 16000
         timer -> HEAD /files/7
         200 offset=16 -> PATCH /files/7 16..48",
    );
}

#[test]
fn head_dropped_where_patch_gets_through_is_found_out_too() {
    let dropped = play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         lost -> wait 500
         timer -> HEAD /files/7
         lost -> wait 1000
         timer -> HEAD /files/7
         lost -> wait 2000
         timer -> HEAD /files/7 tunnelled",
    );
    // 64 KiB are at stake: a 404 may just mean that the server does not know the override.
    play(dropped, "404 -> HEAD /files/7\nlost -> wait 4000");
}

#[test]
fn an_upload_that_is_gone_is_found_out_through_the_tunnel_alone() {
    let asking = || {
        play(
            begun(),
            "204 offset=64 -> PATCH /files/7 64..128
             lost -> wait 500
             timer -> HEAD /files/7",
        )
    };
    play(asking(), "405 -> HEAD /files/7 tunnelled\n404 -> POST /files");
    // This may be a session that is over, at a server that does not know the override.
    for (status, code) in [("403", "sign-in"), ("400", "refused")] {
        let once = format!("{status} -> HEAD /files/7 tunnelled\n404 -> failed {code}");
        let again = format!("start -> HEAD /files/7\n{status} -> HEAD /files/7 tunnelled");
        let found = play(
            asking(),
            &format!("{once}\n{again}\n200 offset=64 -> PATCH /files/7 tunnelled 64..96"),
        );
        assert_eq!(found.offset(), 64 * 1024);
        play(asking(), &format!("{once}\n{again}\n404 -> POST /files"));
    }
    play(
        begun(),
        "503 -> wait 500\ntimer -> HEAD /files/7\n403 -> HEAD /files/7 tunnelled\n404 -> POST /files",
    );

    let mut pages = asking();
    for _ in 0..8 {
        pages = play(pages, "200 -> HEAD /files/7 tunnelled");
        let Action::Wait { .. } = pages.next(input("404"), 0) else { panic!() };
        pages = play(pages, "timer -> HEAD /files/7");
    }
    play(pages, "200 -> HEAD /files/7 tunnelled\n404 -> POST /files");

    let (mut dropped, mut turned_back) = (asking(), 0);
    for lost in 2.. {
        let Action::Wait { .. } = dropped.next(input("lost"), 0) else { panic!() };
        let sent = action(&dropped.next(input("timer"), 0));
        assert_eq!(sent.ends_with("tunnelled"), lost >= 3 && lost % 2 == 1);
        if sent.ends_with("tunnelled") {
            let then = action(&dropped.next(input("404"), 0));
            if then == "POST /files" {
                break;
            }
            assert_eq!(then, "HEAD /files/7");
            turned_back += 1;
        }
    }
    assert_eq!(turned_back, 3);
}

#[test]
fn where_both_methods_got_through_a_lost_network_is_just_that() {
    play(
        begun(),
        "204 offset=64 -> PATCH /files/7 64..128
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=64 -> PATCH /files/7 64..96
         lost -> wait 1000
         timer -> HEAD /files/7
         lost -> wait 2000
         timer -> HEAD /files/7
         lost -> wait 4000
         timer -> HEAD /files/7",
    );
}

#[test]
fn a_delete_that_is_blocked_goes_as_post() {
    play(begun(), "cancel -> DELETE /files/7\n405 -> DELETE /files/7 tunnelled\n405 -> cancelled");
    play(
        begun(),
        "403 -> PATCH /files/7 tunnelled 0..64
         cancel -> DELETE /files/7",
    );
    play(upload(), "start -> POST /files\n405 -> failed refused");
}
