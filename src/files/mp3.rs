//! Counts the frames of an MP3 as they go by: that alone tells how long it plays.
//!
//! An MP3 has no end mark and no table of contents that can be relied on, so one that was cut off
//! cannot be told from a shorter one.

/// Kilobits a second of layer III, by the index in a frame's header (ISO 11172-3, 2.4.2.3).
const MPEG_1: [u32; 16] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const MPEG_2: [u32; 16] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const TAG_HEAD: usize = 10;

#[derive(Debug, Default)]
pub(super) struct Mp3 {
    kept: Vec<u8>,
    skip: u64,
    samples: u64,
    rate: u32,
    /// Something that is no frame, such as the old kind of tag at the end.
    ended: bool,
}

#[derive(Clone, Copy)]
struct Frame {
    bytes: u32,
    samples: u32,
    rate: u32,
}

impl Mp3 {
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.ended {
            let used = if self.skip > 0 {
                let used = bytes.len().min(usize::try_from(self.skip).unwrap_or(usize::MAX));
                self.skip -= used as u64;
                used
            } else {
                self.head(bytes)
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    pub(super) fn duration_ms(&self) -> Option<u64> {
        let ms = self.samples.saturating_mul(1000).checked_div(self.rate.into());
        ms.filter(|_| self.samples > 0)
    }

    fn head(&mut self, bytes: &[u8]) -> usize {
        let want = if self.kept.starts_with(b"ID3") { TAG_HEAD } else { 4 };
        let used = bytes.len().min(want.saturating_sub(self.kept.len()));
        self.kept.extend_from_slice(bytes.get(..used).unwrap_or_default());
        if let Some(&[b'I', b'D', b'3', _, _, flags, a, b, c, d]) = self.kept.first_chunk() {
            // Seven bits a byte; the flag says that the head is repeated at the end.
            let size = [a, b, c, d].iter().fold(0, |size, part| size << 7 | u64::from(part & 0x7F));
            self.skip = size + if flags & 0x10 == 0 { 0 } else { TAG_HEAD as u64 };
            self.kept.clear();
        } else if self.kept.len() == 4 && !self.kept.starts_with(b"ID3") {
            match frame(&self.kept) {
                Some(frame) => {
                    self.samples = self.samples.saturating_add(frame.samples.into());
                    self.rate = frame.rate;
                    self.skip = u64::from(frame.bytes.saturating_sub(4));
                }
                None => self.ended = true,
            }
            self.kept.clear();
        }
        used
    }
}

/// Whether a file without a tag begins with two frames.
pub(super) fn begins(head: &[u8]) -> bool {
    let second = frame(head).and_then(|first| head.get(usize::try_from(first.bytes).ok()?..));
    second.is_some_and(|second| frame(second).is_some())
}

fn frame(head: &[u8]) -> Option<Frame> {
    let &[0xFF, kind, rates, _] = head.first_chunk::<4>()? else { return None };
    // Eleven bits set, then the version, then layer III.
    if kind & 0xE6 != 0xE2 {
        return None;
    }
    let base = *[44_100, 48_000, 32_000].get(usize::from(rates >> 2 & 3))?;
    let (kilobits, samples, rate) = match kind >> 3 & 3 {
        3 => (MPEG_1, 1152, base),
        2 => (MPEG_2, 576, base / 2),
        0 => (MPEG_2, 576, base / 4),
        _ => return None,
    };
    let kilobits = *kilobits.get(usize::from(rates >> 4))?;
    let padding = u32::from(rates >> 1 & 1);
    (kilobits > 0).then(|| Frame {
        bytes: samples / 8 * kilobits * 1000 / rate + padding,
        samples,
        rate,
    })
}
