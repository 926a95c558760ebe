//! Judging: a campaign, answers, files and the time go in, a verdict comes out.
//!
//! Invariants: judging never fails, waits or reads a clock; the same input gives the same verdict in
//! the page and at the host; no finding carries an answer's content, except a masked document number
//! where two answers contradict each other.
//!
//! A kind of rule is one file: a pure function from the settings and the answers to findings. It
//! knows neither its id nor its severity nor its words.

mod aid;
mod answer;
pub mod carry;
mod check;
mod code;
mod condition;
mod continuity;
mod declared;
mod distinct;
mod early;
mod either;
mod file;
mod file_name;
mod finding;
mod first_row;
mod form;
mod grades;
mod id_birth;
mod id_document;
mod id_sex;
mod judge;
mod keyed;
mod late;
mod length;
mod line;
mod listed;
mod must;
mod note;
mod notice;
mod notices;
mod opinions;
mod periods;
mod phone;
mod photo;
mod problem;
mod rows;
mod shape;
mod span;
mod tenure;
mod uscc;
mod uscc_kind;
mod view;
mod wording;

pub use aid::{DaysOff, NoticePlan, Stretch};
pub use check::Given;
pub use code::Code;
pub use file::file_problem;
use finding::Finding;
pub use judge::{GateState, Judge};
pub use photo::asked_ratios;
pub use problem::{Problem, Verdict};
#[cfg(feature = "cli")]
pub(crate) use shape::suits;
#[cfg(feature = "cli")]
pub(crate) use wording::fill;
