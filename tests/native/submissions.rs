//! submissions
