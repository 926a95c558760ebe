//! nomination-form
pub mod campaign;
pub mod answers;
pub mod files;
pub mod rules;
pub mod session;
pub mod standards;
pub mod submission;
pub mod upload;
