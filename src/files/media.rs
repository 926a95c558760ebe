//! Walks the boxes of an MP4 file or the chunks of a WAV file as they go by: how long it plays,
//! whether there is a picture to the sound, and whether it ends.
//!
//! Both are lists of parts with a name and a length, and nothing is read of the sound itself. A film
//! made for streaming (in fragments) says nowhere how long it is; its duration stays open.

use super::Format;

/// As much of a part as is ever looked at: the times in `mvhd` of version 1 end here.
const KEPT: usize = 32;

#[derive(Debug)]
pub(super) struct Media {
    format: Format,
    kept: Vec<u8>,
    state: State,
    position: u64,
    /// Where the last `moov` should end.
    movie_end: u64,
    movie: bool,
    sound: bool,
    film: bool,
    /// WAV: bytes a second, and bytes of sound.
    rate: u64,
    sound_bytes: Option<u64>,
    duration_ms: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Before a part's length and name.
    Head,
    /// In a part, with so many bytes to come; the first of it are kept.
    Part { kind: [u8; 4], left: u64 },
    /// In a part that goes on to the end of the file.
    Last { kind: [u8; 4], start: u64 },
    /// A length that cannot be.
    Broken,
}

impl Media {
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            kept: Vec::new(),
            state: State::Head,
            position: 0,
            movie_end: 0,
            movie: false,
            sound: false,
            film: false,
            rate: 0,
            sound_bytes: None,
            duration_ms: None,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let used = match self.state {
                State::Head => self.head(bytes),
                State::Part { kind, left } => self.part(kind, left, bytes),
                State::Last { .. } | State::Broken => bytes.len(),
            };
            self.position = self.position.saturating_add(used as u64);
            bytes = bytes.get(used..).unwrap_or_default();
            if let State::Part { kind, left: 0 } = self.state {
                self.close(kind);
            }
        }
    }

    /// MP4 by its tracks: phones name a recording of sound alone as if it were a film.
    pub(super) const fn format(&self) -> Format {
        match self.format {
            Format::Mp4 | Format::M4a if self.film => Format::Mp4,
            Format::Mp4 | Format::M4a if self.sound => Format::M4a,
            format => format,
        }
    }

    pub(super) fn ended(&self) -> bool {
        let between = match self.state {
            State::Head => self.kept.is_empty(),
            State::Last { .. } => true,
            // The byte that should make the length even is often left out.
            State::Part { kind, left: 1 } if &kind == b"data" => {
                self.sound_bytes.is_some_and(|size| size % 2 == 1)
            }
            State::Part { .. } | State::Broken => false,
        };
        let complete = if self.is_wav() { self.sound_bytes().is_some() } else { self.movie };
        between && complete && self.position >= self.movie_end
    }

    pub(super) fn duration_ms(&self) -> Option<u64> {
        if !self.is_wav() {
            return self.duration_ms;
        }
        self.sound_bytes()?.saturating_mul(1000).checked_div(self.rate)
    }

    fn is_wav(&self) -> bool {
        self.format == Format::Wav
    }

    /// A recorder that was switched off leaves the length open: all that is there is sound.
    fn sound_bytes(&self) -> Option<u64> {
        match self.state {
            State::Last { kind, start } if &kind == b"data" => {
                Some(self.position.saturating_sub(start))
            }
            _ => self.sound_bytes,
        }
    }

    fn head(&mut self, bytes: &[u8]) -> usize {
        let long = !self.is_wav() && self.kept.starts_with(&[0, 0, 0, 1]);
        let want = if long { 16 } else { 8 };
        let used = bytes.len().min(want - self.kept.len().min(want));
        self.kept.extend_from_slice(bytes.get(..used).unwrap_or_default());
        // The length itself says whether eight more bytes belong to the head.
        let long = !self.is_wav() && self.kept.starts_with(&[0, 0, 0, 1]);
        if self.kept.len() == if long { 16 } else { 8 } {
            let start = self.position.saturating_add(used as u64);
            self.state = if self.is_wav() { self.chunk(start) } else { self.part_of_film(start) };
            self.kept.clear();
        }
        used
    }

    fn chunk(&mut self, start: u64) -> State {
        let Some(&[k3, k2, k1, k0, ref size @ ..]) = self.kept.first_chunk::<8>() else {
            return State::Broken;
        };
        let (kind, size) = ([k3, k2, k1, k0], u64::from(u32::from_le_bytes(*size)));
        match &kind {
            // The whole: its name follows, then its parts.
            b"RIFF" => State::Part { kind, left: 4 },
            b"data" if matches!(size, 0 | 0xFFFF_FFFF) => State::Last { kind, start },
            b"data" => {
                self.sound_bytes = Some(size);
                State::Part { kind, left: size + size % 2 }
            }
            _ => State::Part { kind, left: size + size % 2 },
        }
    }

    fn part_of_film(&mut self, start: u64) -> State {
        let Some(&[s3, s2, s1, s0, ref kind @ ..]) = self.kept.first_chunk::<8>() else {
            return State::Broken;
        };
        let mut size = u64::from(u32::from_be_bytes([s3, s2, s1, s0]));
        if let Some(&[.., a, b, c, d, e, f, g, h]) = self.kept.first_chunk::<16>() {
            size = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        }
        let head = self.kept.len() as u64;
        if size == 0 {
            return State::Last { kind: *kind, start };
        }
        let Some(left) = size.checked_sub(head) else { return State::Broken };
        match kind {
            b"moov" => {
                self.movie = true;
                self.movie_end = start.saturating_add(left);
                State::Head
            }
            // Their parts are read one by one, as if they stood outside.
            b"trak" | b"mdia" => State::Head,
            _ => State::Part { kind: *kind, left },
        }
    }

    fn part(&mut self, kind: [u8; 4], left: u64, bytes: &[u8]) -> usize {
        let used = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if matches!(&kind, b"mvhd" | b"hdlr" | b"fmt ") {
            let room = KEPT.saturating_sub(self.kept.len());
            self.kept.extend_from_slice(bytes.get(..used.min(room)).unwrap_or_default());
        }
        self.state = State::Part { kind, left: left.saturating_sub(used as u64) };
        used
    }

    fn close(&mut self, kind: [u8; 4]) {
        let kept = std::mem::take(&mut self.kept);
        let long = |at: usize| {
            kept.get(at..).and_then(<[u8]>::first_chunk).map(|four| u32::from_be_bytes(*four))
        };
        match &kind {
            b"mvhd" => self.duration_ms = duration_ms(kept.first().copied(), &long),
            b"hdlr" => {
                let handler = kept.get(8..12);
                self.film |= handler == Some(b"vide");
                self.sound |= handler == Some(b"soun");
            }
            b"fmt " => self.rate = long(8).map_or(0, |rate| rate.swap_bytes().into()),
            _ => {}
        }
        self.state = State::Head;
    }
}

/// ISO/IEC 14496-12, 8.2.2: ticks a second, then ticks. All ones or none means that it is not known.
fn duration_ms(version: Option<u8>, long: &dyn Fn(usize) -> Option<u32>) -> Option<u64> {
    let (scale, ticks) = match version? {
        1 => (long(20)?, u64::from(long(24)?) << 32 | u64::from(long(28)?)),
        _ => (long(12)?, u64::from(long(16)?)),
    };
    if ticks == 0 || ticks == u64::MAX || ticks == u64::from(u32::MAX) {
        return None;
    }
    ticks.saturating_mul(1000).checked_div(scale.into())
}
