//! Watches a PDF go by for its end mark and for encryption.
//!
//! No PDF reader: a search for three words. `/Encrypt` counts only outside streams, so a page that
//! writes about encryption is not taken for an encrypted one. It stands in plain text even where the
//! cross-reference table is a stream, because the dictionary of a stream is never compressed
//! (ISO 32000-1, 7.5.8), and the first part of a linearised file carries it near the beginning:
//! hence the whole file is watched and not its tail alone.

/// Acrobat looks for the end mark in the last 1,024 bytes (ISO 32000-1 annex H, note 18).
const END_ZONE: u64 = 1024;

#[derive(Debug, Default)]
pub(super) struct Pdf {
    /// The last 16 bytes, newest lowest.
    recent: u128,
    position: u64,
    end_mark: Option<u64>,
    /// Just after the last byte that is neither zero nor white space.
    content_end: u64,
    in_stream: bool,
    after_name: AfterName,
    encrypted: bool,
}

/// What may follow `/Encrypt`: white space, then a reference or a dictionary.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum AfterName {
    #[default]
    No,
    Touching,
    Spaced,
}

impl Pdf {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.recent = (self.recent << 8) | u128::from(byte);
            self.position = self.position.saturating_add(1);
            if !is_white(byte) {
                self.content_end = self.position;
            }
            self.byte(byte);
        }
    }

    pub(super) const fn encrypted(&self) -> bool {
        self.encrypted
    }

    pub(super) fn ended(&self) -> bool {
        self.end_mark.is_some_and(|at| self.content_end.saturating_sub(at) <= END_ZONE)
    }

    fn byte(&mut self, byte: u8) {
        if self.after_name != AfterName::No {
            self.follow(byte);
        }
        match byte {
            b'F' if self.just_read(b"%%EOF") => self.end_mark = Some(self.position),
            b'm' if self.in_stream && self.just_read(b"endstream") => self.in_stream = false,
            b'\r' | b'\n' if !self.in_stream => self.in_stream = self.opens_stream(),
            b't' if !self.in_stream && self.just_read(b"/Encrypt") => {
                self.after_name = AfterName::Touching;
            }
            _ => {}
        }
    }

    fn follow(&mut self, byte: u8) {
        self.after_name = match (self.after_name, byte) {
            (_, byte) if is_white(byte) => AfterName::Spaced,
            (_, b'<') | (AfterName::Spaced, b'0'..=b'9') => {
                self.encrypted = true;
                AfterName::No
            }
            _ => AfterName::No,
        };
    }

    /// The word `stream` and a line end, right after the end of a dictionary.
    fn opens_stream(&self) -> bool {
        let bytes = self.recent.to_be_bytes();
        let Some(before) = bytes.strip_suffix(b"\n").or_else(|| bytes.strip_suffix(b"\r")) else {
            return false;
        };
        before.strip_suffix(b"stream").is_some_and(|left| {
            left.iter().rev().find(|byte| !is_white(**byte)).is_some_and(|byte| *byte == b'>')
        })
    }

    fn just_read(&self, word: &[u8]) -> bool {
        self.recent.to_be_bytes().ends_with(word)
    }
}

const fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}
