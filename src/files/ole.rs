//! Tells a Word document before 2007 from the other files in the same container.
//!
//! The sectors of the directory may be anywhere and in any order, but an entry always begins at a
//! multiple of its own 128 bytes. So the names are found without following the chain of sectors,
//! in one pass and with 128 bytes of memory ([MS-CFB] sections 2.2 and 2.6.1).

use super::{FileProblem, Format};

const ENTRY_BYTES: usize = 128;

#[derive(Debug, Default)]
pub(super) struct Ole {
    entry: Vec<u8>,
    /// By what main stream was found.
    format: Option<Format>,
    root: bool,
    encrypted: bool,
}

impl Ole {
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        if !self.entry.is_empty() {
            let missing = ENTRY_BYTES.saturating_sub(self.entry.len()).min(bytes.len());
            let (start, rest) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
            self.entry.extend_from_slice(start);
            bytes = rest;
            if self.entry.len() < ENTRY_BYTES {
                return;
            }
            let entry = std::mem::take(&mut self.entry);
            self.note(&entry);
        }
        let (entries, rest) = bytes.as_chunks::<ENTRY_BYTES>();
        for entry in entries {
            self.note(entry);
        }
        self.entry.extend_from_slice(rest);
    }

    pub(super) fn finish(&self) -> (Format, Vec<FileProblem>) {
        let mut problems = Vec::new();
        if !self.root {
            problems.push(FileProblem::Truncated);
        }
        if self.encrypted {
            problems.push(FileProblem::Encrypted);
        }
        (self.format.unwrap_or(Format::Ole), problems)
    }

    fn note(&mut self, entry: &[u8]) {
        // A stream is of type 2, the root of type 5.
        match entry.get(66) {
            Some(5) => self.root |= is_named(entry, "Root Entry"),
            Some(2) => {
                self.format = main_stream(entry, self.format);
                // What a .docx with a password becomes.
                self.encrypted |= is_named(entry, "EncryptedPackage");
            }
            _ => {}
        }
    }
}

/// The format by this stream, or the one `known` already.
///
/// A Word document may hold a workbook as an object, so Word wins whatever the order: a file that
/// is let through can still be looked at, one that is turned away cannot be sent.
fn main_stream(entry: &[u8], known: Option<Format>) -> Option<Format> {
    if is_named(entry, "WordDocument") {
        return Some(Format::Doc);
    }
    let presentation = is_named(entry, "PowerPoint Document");
    if presentation && known != Some(Format::Doc) {
        return Some(Format::Ppt);
    }
    let workbook = is_named(entry, "Workbook") || is_named(entry, "Book");
    known.or(workbook.then_some(Format::Xls))
}

/// Names are UTF-16LE with a zero at the end.
fn is_named(entry: &[u8], name: &str) -> bool {
    let units = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes);
    entry.iter().copied().take((name.len() + 1) * 2).eq(units)
}
