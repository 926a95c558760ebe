//! The published standards the form relies on, as plain functions.
//!
//! Identity numbers, credit codes, telephone numbers, code tables, working days, months of service
//! and 字数: each in its own file, named with the clause it follows.
//!
//! Invariant: nothing in here reads a clock, waits, panics or keeps what it was given. Today's date is
//! an argument, every answer is bounded in cost however absurd the question, and no fault repeats
//! the number it was found in.

mod clusters;
pub mod codes;
pub mod count;
pub mod day;
pub mod decimal;
mod graphemes;
pub mod id_document;
mod id_fault;
pub mod instant;
pub mod month;
pub mod months;
pub mod phone;
pub mod pinyin;
pub mod resident_id;
pub mod sorted;
mod text_serde;
mod typed;
mod unicode_tables;
pub mod uscc;
mod words;
pub mod workdays;

pub use count::Policy;
pub use day::{DateFault, Day};
pub use instant::{Instant, TimeOfDay};
pub use month::{Month, TO_DATE, is_to_date};
pub use workdays::Calendar;
