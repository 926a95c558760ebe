//! The inputs that once did harm, and a few of each kind that never did: what the fuzzers do with
//! theirs is done with these in every run of the tests.

use std::{fs, time::Instant as Clock};

use proptest::{collection::vec, prelude::*};

use crate::{
    config,
    golden::files,
    seeds,
    targets::{self, ALL, folder},
};

/// As a name in a fixture's folder and its bytes.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let all = fs::read_dir(folder("tests/fixtures/fuzz").join(target)).into_iter().flatten();
    let file = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
    };
    all.map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn what_once_did_harm_does_no_more() {
    let mut replayed = 0;
    for (name, target) in ALL {
        for (file, bytes) in kept(name) {
            let start = Clock::now();
            target(&bytes);
            replayed += 1;
            // A hundred times what any of them takes, on a machine that is busy.
            assert!(start.elapsed().as_secs() < 20, "{name}/{file} took {:?}", start.elapsed());
        }
    }
    assert!(replayed > 0);
}

#[test]
fn every_fixture_belongs_to_a_target() {
    for entry in fs::read_dir(folder("tests/fixtures/fuzz")).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(ALL.iter().any(|(target, _)| name == *target), "{}", name.display());
    }
}

#[test]
fn the_seeds_of_the_fuzzers_do_no_harm() {
    for (name, target) in ALL {
        let seeds = seeds::of(name);
        assert!(!seeds.is_empty(), "{name}");
        for seed in &seeds {
            target(seed);
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    /// A campaign that we ship with some bytes changed is a campaign or is refused with a reason.
    #[test]
    fn a_damaged_campaign_is_refused_or_works(
        edits in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = files::one("tests/fixtures/campaigns", "smallest");
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        targets::campaign(&bytes);
    }

    #[test]
    fn any_spelling_of_a_condition_can_be_asked(bytes in vec(any::<u8>(), 0..80)) {
        targets::condition(&bytes);
    }

    /// Pictures and documents, whole and damaged, in pieces of any size.
    #[test]
    fn a_file_is_the_same_in_whatever_pieces_it_comes(
        seed in any::<prop::sample::Index>(), edits in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()), pieces in any::<[u8; 2]>(),
    ) {
        let seeds = seeds::of("file");
        let mut bytes = seeds[seed.index(seeds.len())].clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()).max(2));
        }
        bytes[..2].copy_from_slice(&pieces);
        targets::file(&bytes);
    }
}
