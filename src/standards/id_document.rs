//! id_document
