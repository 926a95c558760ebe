//! What a person sees: components that read the session and send it events.
//!
//! Invariant: nothing here decides. A component that compares an answer with anything belongs
//! further in. All texts are shown as text nodes; nothing is ever parsed as markup, which also keeps
//! the form working where the page enforces Trusted Types.

mod app;
mod choice;
mod counter;
mod date;
mod dom;
mod draft;
mod drafts;
mod el;
mod essay;
mod field;
mod file;
mod finder;
mod form;
mod later;
mod line;
mod parcel;
mod part;
mod parts;
mod photo;
mod problems;
mod progress;
mod review;
mod rows;
mod section;
mod status;
mod summary;
mod timeline;
mod words;
mod yes_no;

pub use app::app;
pub use dom::{control_id, focus};
pub use drafts::{Asks, Listed, drafts};
pub(crate) use el::when;
pub use form::{Ask, Choose, Form, Outside, Told};
pub(crate) use later::{Unfetched, fetched, fetched_while};
