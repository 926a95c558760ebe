//! Walks the chunks of a PNG as its bytes go by: size, colour type, orientation, and whether it ends.

use super::{ImageFacts, exif};
use std::ops::Range;

const SIGNATURE_BYTES: u64 = 8;
/// Length and type before the data, and the check sum after it.
const CHUNK_HEAD: usize = 8;
const CHECKSUM_BYTES: u64 = 4;
/// PNG 3rd edition section 7.1: dimensions and chunk lengths stay below 2^31.
const LIMIT: u32 = 1 << 31;
/// A picture has one chunk of each kind.
const MAX_EXTRAS: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Png {
    state: State,
    position: u64,
    chunk_at: u64,
    kept: Vec<u8>,
    size: Option<(u32, u32)>,
    greyscale: bool,
    orientation: Option<u8>,
    extras: Vec<Range<u64>>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Bytes to pass over or to keep, then the chunk of that kind is closed.
    Body {
        kind: [u8; 4],
        left: u64,
    },
    Head,
    Ended,
    /// The first chunk was not the header, or a length was impossible.
    Broken,
}

impl Default for State {
    fn default() -> Self {
        Self::Body { kind: [0; 4], left: SIGNATURE_BYTES }
    }
}

impl Png {
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let used = match self.state {
                State::Ended | State::Broken => return,
                State::Head => self.head(bytes),
                State::Body { kind, left } => self.body(kind, left, bytes),
            };
            self.position = self.position.saturating_add(used as u64);
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    pub(super) const fn ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    pub(super) fn image(&self) -> Option<ImageFacts> {
        let (width, height) = self.size?;
        let mut facts = ImageFacts::new(width, height, self.orientation.unwrap_or(1));
        facts.greyscale = self.greyscale;
        Some(facts)
    }

    /// Where the chunks of EXIF data and colour profile stand, lengths and check sums included.
    pub(super) fn into_extras(self) -> Vec<Range<u64>> {
        self.extras
    }

    fn head(&mut self, bytes: &[u8]) -> usize {
        if self.kept.is_empty() {
            self.chunk_at = self.position;
        }
        let used = bytes.len().min(CHUNK_HEAD.saturating_sub(self.kept.len()));
        self.kept.extend_from_slice(bytes.get(..used).unwrap_or_default());
        if let Some(&[a, b, c, d, ref kind @ ..]) = self.kept.first_chunk::<CHUNK_HEAD>() {
            self.state = self.open(*kind, u32::from_be_bytes([a, b, c, d]));
            self.kept.clear();
        }
        used
    }

    fn open(&self, kind: [u8; 4], length: u32) -> State {
        let out_of_order = self.size.is_none() && kind != *b"IHDR";
        if out_of_order || length >= LIMIT {
            return State::Broken;
        }
        State::Body { kind, left: u64::from(length) + CHECKSUM_BYTES }
    }

    fn body(&mut self, kind: [u8; 4], left: u64, bytes: &[u8]) -> usize {
        let used = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if matches!(&kind, b"IHDR" | b"PLTE" | b"eXIf") {
            let room = exif::MAX_BYTES.saturating_sub(self.kept.len());
            self.kept.extend_from_slice(bytes.get(..used.min(room)).unwrap_or_default());
        }
        let left = left.saturating_sub(used as u64);
        self.state = if left > 0 {
            State::Body { kind, left }
        } else {
            let end = self.position.saturating_add(used as u64);
            self.close(kind, end)
        };
        used
    }

    fn close(&mut self, kind: [u8; 4], end: u64) -> State {
        let kept = std::mem::take(&mut self.kept);
        match &kind {
            b"IEND" => return State::Ended,
            b"IHDR" if self.size.is_none() => return self.header(&kept),
            // A palette of greys makes a grey picture; the last four bytes are the check sum.
            b"PLTE" => {
                let colours = kept.get(..kept.len().saturating_sub(4)).unwrap_or_default();
                self.greyscale |=
                    colours.chunks_exact(3).all(|c| matches!(c, [r, g, b] if r == g && g == b));
            }
            // The first one that tells counts.
            b"eXIf" => {
                self.orientation = self.orientation.or_else(|| exif::orientation(&kept));
            }
            _ => {}
        }
        let extra = matches!(
            &kind,
            b"eXIf" | b"iCCP" | b"cICP" | b"sRGB" | b"gAMA" | b"cHRM" | b"mDCV" | b"cLLI"
        );
        if extra && self.extras.len() < MAX_EXTRAS {
            self.extras.push(self.chunk_at..end);
        }
        State::Head
    }

    fn header(&mut self, body: &[u8]) -> State {
        let Some(&[w3, w2, w1, w0, h3, h2, h1, h0, _depth, colour]) = body.first_chunk::<10>()
        else {
            return State::Broken;
        };
        let width = u32::from_be_bytes([w3, w2, w1, w0]);
        let height = u32::from_be_bytes([h3, h2, h1, h0]);
        if !(1..LIMIT).contains(&width) || !(1..LIMIT).contains(&height) {
            return State::Broken;
        }
        self.size = Some((width, height));
        // Colour types 0 and 4 are grey without and with transparency.
        self.greyscale = matches!(colour, 0 | 4);
        State::Head
    }
}
