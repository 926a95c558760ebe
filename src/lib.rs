//! nomination-form
pub mod answers;
#[cfg(feature = "element")]
pub mod browser;
pub mod campaign;
#[cfg(feature = "element")]
pub mod element;
pub mod files;
pub mod rules;
pub mod session;
pub mod standards;
pub mod submission;
pub mod upload;
#[cfg(feature = "element")]
pub mod view;
