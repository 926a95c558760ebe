//! unicode_tables
