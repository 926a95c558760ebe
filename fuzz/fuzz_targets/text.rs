//! See `tests/properties/targets.rs`.
#![no_main]

#[path = "../../tests/properties/slow_count.rs"]
mod slow_count;
#[path = "../../tests/properties/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::text(bytes));
