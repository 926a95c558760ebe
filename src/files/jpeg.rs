//! Walks the segments of a JPEG as its bytes go by: size, components, orientation, and whether it ends.
//!
//! The end is found by walking, not by looking at the last two bytes: phones append a short film or
//! a second picture after the end marker, and those files are whole.

use super::{ImageFacts, exif};
use std::ops::Range;

const EXIF_HEADER: &[u8] = b"Exif\0\0";
const PROFILE_HEADER: &[u8] = b"ICC_PROFILE\0";
/// A picture has one EXIF segment and a colour profile of a few; more is somebody's joke.
const MAX_EXTRAS: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Jpeg {
    state: State,
    position: u64,
    /// Where the `FF` of the marker in hand stands.
    marker_at: u64,
    kept: Vec<u8>,
    frame: Option<Frame>,
    orientation: Option<u8>,
    extras: Vec<Range<u64>>,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Looking for `FF`. Decoders skip what stands before it, so we do.
    #[default]
    Between,
    /// After `FF`, inside compressed data or not.
    Marker {
        in_scan: bool,
    },
    LengthHigh {
        code: u8,
    },
    LengthLow {
        code: u8,
        high: u8,
    },
    Segment {
        code: u8,
        left: u16,
    },
    Scan,
    Ended,
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    /// Baseline, extended or progressive Huffman: what browsers and print programs decode.
    usual: bool,
    width: u16,
    height: u16,
    components: u8,
}

impl Jpeg {
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while let Some(&first) = bytes.first() {
            let used = match self.state {
                State::Ended => return,
                State::Scan => self.scan(bytes),
                State::Segment { code, left } => self.segment(code, left, bytes),
                _ => {
                    self.byte(first);
                    1
                }
            };
            self.position = self.position.saturating_add(used as u64);
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    pub(super) const fn ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    pub(super) fn image(&self) -> Option<ImageFacts> {
        // A height of 0 means that it follows the first scan (DNL), which browsers do not read.
        let frame = self.frame.filter(|f| f.usual && f.width > 0 && f.height > 0)?;
        let orientation = self.orientation.unwrap_or(1);
        let mut facts = ImageFacts::new(frame.width.into(), frame.height.into(), orientation);
        facts.greyscale = frame.components == 1;
        facts.cmyk = frame.components == 4;
        Some(facts)
    }

    /// Where the EXIF segments and those of the colour profile stand, markers included.
    pub(super) fn into_extras(self) -> Vec<Range<u64>> {
        self.extras
    }

    fn byte(&mut self, byte: u8) {
        self.state = match self.state {
            State::Between if byte == 0xFF => {
                self.marker_at = self.position;
                State::Marker { in_scan: false }
            }
            State::Marker { in_scan } => self.marker(byte, in_scan),
            State::LengthHigh { code } => State::LengthLow { code, high: byte },
            State::LengthLow { code, high } => {
                self.kept.clear();
                let left = u16::from_be_bytes([high, byte]).saturating_sub(2);
                if left == 0 { self.close(code) } else { State::Segment { code, left } }
            }
            other => other,
        };
    }

    fn marker(&mut self, code: u8, in_scan: bool) -> State {
        match code {
            0xFF => {
                self.marker_at = self.position;
                State::Marker { in_scan }
            }
            // A stuffed byte and the restart markers belong to the compressed data.
            0x00 | 0xD0..=0xD7 if in_scan => State::Scan,
            0x00 | 0x01 | 0xD0..=0xD8 => State::Between,
            0xD9 => State::Ended,
            _ => State::LengthHigh { code },
        }
    }

    fn scan(&mut self, bytes: &[u8]) -> usize {
        let Some(at) = bytes.iter().position(|byte| *byte == 0xFF) else { return bytes.len() };
        self.marker_at = self.position.saturating_add(at as u64);
        self.state = State::Marker { in_scan: true };
        at + 1
    }

    fn segment(&mut self, code: u8, left: u16, bytes: &[u8]) -> usize {
        let used = bytes.len().min(usize::from(left));
        if is_frame(code) || matches!(code, 0xE1 | 0xE2) {
            self.kept.extend_from_slice(bytes.get(..used).unwrap_or_default());
        }
        let left = left.saturating_sub(u16::try_from(used).unwrap_or(left));
        self.state = if left > 0 {
            State::Segment { code, left }
        } else {
            let end = self.position.saturating_add(used as u64);
            self.note_extra(code, end);
            self.close(code)
        };
        used
    }

    fn note_extra(&mut self, code: u8, end: u64) {
        match (code, self.kept.strip_prefix(EXIF_HEADER)) {
            // The first segment that tells counts, as it does for browsers.
            (0xE1, Some(tiff)) => {
                self.orientation = self.orientation.or_else(|| exif::orientation(tiff));
            }
            (0xE2, _) if self.kept.starts_with(PROFILE_HEADER) => {}
            _ => return,
        }
        if self.extras.len() < MAX_EXTRAS {
            self.extras.push(self.marker_at..end);
        }
    }

    fn close(&mut self, code: u8) -> State {
        if is_frame(code) && self.frame.is_none() {
            self.frame = frame(code, &self.kept);
        }
        if code == 0xDA { State::Scan } else { State::Between }
    }
}

/// SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC), ITU-T T.81 table B.1.
const fn is_frame(code: u8) -> bool {
    matches!(code, 0xC0..=0xCF) && !matches!(code, 0xC4 | 0xC8 | 0xCC)
}

fn frame(code: u8, body: &[u8]) -> Option<Frame> {
    let [_precision, h1, h0, w1, w0, components] = *body.first_chunk::<6>()?;
    Some(Frame {
        usual: code <= 0xC2 && matches!(components, 1 | 3 | 4),
        width: u16::from_be_bytes([w1, w0]),
        height: u16::from_be_bytes([h1, h0]),
        components,
    })
}
