//! The size of the chunks, and how long the rest will take.

use super::script::{begun, play, upload};

#[test]
fn chunks_follow_the_network() {
    play(
        begun(),
        "204 offset=64 ms=4001 -> PATCH /files/7 64..96
         204 offset=96 ms=999 -> PATCH /files/7 96..150
         lost -> wait 500
         timer -> HEAD /files/7
         200 offset=96 -> PATCH /files/7 96..128
         503 -> wait 1000
         timer -> HEAD /files/7
         200 offset=96 -> PATCH /files/7 96..128",
    );
}

#[test]
fn only_what_got_through_counts_for_the_speed() {
    let fresh = begun();
    assert_eq!(fresh.remaining_ms(), None);
    let stalled = play(fresh, "204 offset=0 ms=1 -> wait 500\ntimer -> PATCH /files/7 0..64");
    assert_eq!(stalled.remaining_ms(), None);
    let asked = play(
        stalled,
        "lost -> wait 1000\ntimer -> HEAD /files/7\n200 offset=50 -> PATCH /files/7 50..82",
    );
    assert_eq!(asked.remaining_ms(), None);
    let sent = play(asked, "204 offset=75 ms=2500 -> PATCH /files/7 75..107");
    assert_eq!(sent.remaining_ms(), Some(7_500));
    // Somebody else is ahead: what they sent was not sent in this time.
    let ahead = play(begun(), "204 offset=128 ms=1600 -> PATCH /files/7 128..150");
    assert_eq!(ahead.remaining_ms(), Some(550));
}

#[test]
fn a_chunk_too_large_is_halved_until_it_fits() {
    play(
        begun(),
        "413 -> PATCH /files/7 0..32
         204 offset=32 -> PATCH /files/7 32..64
         413 -> PATCH /files/7 32..48
         413 -> failed too-large",
    );
    play(upload(), "start -> POST /files\n413 -> failed too-large");
}

#[test]
fn a_size_once_refused_is_never_sent_again() {
    play(
        begun(),
        "413 -> PATCH /files/7 0..32
         204 offset=32 ms=1 -> PATCH /files/7 32..64
         404 -> POST /files
         201 location=/files/8 -> PATCH /files/8 0..32
         204 offset=32 ms=1 -> PATCH /files/8 32..64",
    );
}
