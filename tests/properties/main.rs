//! Property tests: what must hold for every input, tried on inputs that nobody thought of.
//!
//! The same inputs are tried in every run, so that a failure is there again for whoever looks for it.
//! `PROPTEST_CASES=100000 cargo test --test properties` tries more of each, `PROPTEST_RNG_SEED=7`
//! others. Where an answer has to be known beforehand, it is worked out a second time by the dullest
//! way there is: a set of months, a walk from day to day, a text taken apart character by character.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
#[path = "../golden.rs"]
mod golden;

/// Small pictures and documents, the same as those of the tests inside `files`.
#[cfg(test)]
#[path = "../../src/files/fixtures.rs"]
#[allow(dead_code)]
mod fixtures;

#[cfg(test)]
mod carry;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod counting;
#[cfg(test)]
mod dates;
#[cfg(test)]
#[cfg(feature = "cli")]
mod editions;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod months;
#[cfg(test)]
mod nominations;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod seeds;
#[cfg(test)]
mod slow_count;
#[cfg(test)]
mod targets;
#[cfg(test)]
mod tus_server;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod workdays;

/// As many cases as the environment says, `usual` where it says nothing.
#[cfg(test)]
fn config(usual: u32) -> proptest::test_runner::Config {
    use proptest::test_runner::{Config, RngSeed};
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = usual;
    }
    if matches!(config.rng_seed, RngSeed::Random) {
        config.rng_seed = RngSeed::Fixed(20_230_810);
    }
    config
}
