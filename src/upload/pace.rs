//! How much goes out in one request, and how long the rest will take.

/// No chunk is made smaller than this, whatever the network or the server does.
pub(super) const MIN_CHUNK_BYTES: u64 = 16 * 1024;
/// Nor larger than this: it lies in memory while it is sent.
const MAX_CHUNK_BYTES: u64 = 4 * 1024 * 1024;
/// Between the two a chunk takes about as long as it should. Shorter, and the round trips in between
/// cost more than the bytes; longer, and a line that breaks wastes much.
const QUICK_MS: u32 = 1_000;
const SLOW_MS: u32 = 4_000;

/// The size of the next chunk and the speed of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    chunk: u64,
    /// The server or a gateway has refused anything larger.
    ceiling: u64,
    /// Bytes that got through and the time they took; what came before counts half each time.
    bytes: u64,
    ms: u64,
}

impl Pace {
    pub(super) fn new(chunk: u64) -> Self {
        let chunk = chunk.clamp(MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
        Self { chunk, ceiling: MAX_CHUNK_BYTES, bytes: 0, ms: 0 }
    }

    pub(super) const fn chunk(&self) -> u64 {
        self.chunk
    }

    /// So many bytes of a chunk have got through.
    pub(super) fn through(&mut self, bytes: u64, elapsed_ms: u32) {
        self.bytes = self.bytes / 2 + bytes;
        self.ms = self.ms / 2 + u64::from(elapsed_ms.max(1));
        if elapsed_ms > SLOW_MS {
            self.halve();
        } else if elapsed_ms < QUICK_MS && bytes >= self.chunk {
            // A shorter one, such as the last, says nothing about a chunk of this size.
            self.chunk = (self.chunk * 2).min(self.ceiling);
        }
    }

    pub(super) fn halve(&mut self) {
        self.chunk = (self.chunk / 2).max(MIN_CHUNK_BYTES);
    }

    /// A chunk of `sent` bytes was too large. `false` where it cannot be made smaller.
    pub(super) fn too_large(&mut self, sent: u64) -> bool {
        self.ceiling = (sent / 2).max(MIN_CHUNK_BYTES);
        self.chunk = self.ceiling;
        sent > MIN_CHUNK_BYTES
    }

    pub(super) fn remaining_ms(&self, bytes: u64) -> Option<u64> {
        bytes.saturating_mul(self.ms).checked_div(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHUNK_BYTES, MIN_CHUNK_BYTES, Pace};

    const KIB: u64 = 1024;

    #[test]
    fn quick_chunks_grow_and_slow_ones_shrink_within_bounds() {
        let mut pace = Pace::new(256 * KIB);
        let mut after = |ms| {
            pace.through(pace.chunk(), ms);
            pace.chunk() / KIB
        };
        assert_eq!([999, 1_000, 4_000, 4_001].map(&mut after), [512, 512, 512, 256]);
        assert_eq!([0, 0, 0, 0, 0].map(&mut after), [512, 1024, 2048, 4096, 4096]);
        assert_eq!([u32::MAX; 9].map(after), [2048, 1024, 512, 256, 128, 64, 32, 16, 16]);
    }

    #[test]
    fn the_first_size_keeps_within_bounds_too() {
        assert_eq!(Pace::new(0).chunk(), MIN_CHUNK_BYTES);
        assert_eq!(Pace::new(u64::MAX).chunk(), MAX_CHUNK_BYTES);
    }

    #[test]
    fn a_chunk_cut_short_does_not_make_the_next_larger() {
        let mut pace = Pace::new(256 * KIB);
        pace.through(255 * KIB, 10);
        assert_eq!(pace.chunk(), 256 * KIB);
    }

    #[test]
    fn what_was_too_large_is_never_reached_again() {
        let mut pace = Pace::new(256 * KIB);
        assert!(pace.too_large(256 * KIB));
        for _ in 0..9 {
            pace.through(pace.chunk(), 1);
            assert_eq!(pace.chunk(), 128 * KIB);
        }
        assert!(pace.too_large(MIN_CHUNK_BYTES + 1));
        assert_eq!(pace.chunk(), MIN_CHUNK_BYTES);
        assert!(!pace.too_large(MIN_CHUNK_BYTES));
    }

    #[test]
    fn the_remaining_time_follows_the_newer_chunks() {
        let mut pace = Pace::new(64 * KIB);
        assert_eq!(pace.remaining_ms(1000), None);
        pace.through(0, 500);
        assert_eq!(pace.remaining_ms(1000), None);
        let mut pace = Pace::new(64 * KIB);
        pace.through(1000, 1000);
        assert_eq!(pace.remaining_ms(5000), Some(5000));
        pace.through(1000, 4000);
        // 1500 bytes in 4500 ms: the slower, newer chunk weighs twice.
        assert_eq!(pace.remaining_ms(5000), Some(15_000));
        assert_eq!(pace.remaining_ms(0), Some(0));
        assert_eq!(pace.remaining_ms(u64::MAX), Some(u64::MAX / 1500));
    }
}
