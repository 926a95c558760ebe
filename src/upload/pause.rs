//! How long to wait before the next try.

const FIRST_MS: u64 = 1_000;
const LONGEST_MS: u64 = 60_000;
/// A server that wants to be left alone for longer is asked once an hour.
const LONGEST_RETRY_AFTER_S: u64 = 3_600;

/// Milliseconds before try number `tries` (from 1) is repeated: what the server asks for, or 1, 2,
/// 4 … 60 seconds, of which the upper half depends on `jitter` (0 to 1000).
pub(super) fn ms(tries: u32, retry_after: Option<&str>, jitter: u16) -> u64 {
    let jitter = u64::from(jitter.min(1000));
    if let Some(seconds) = retry_after.and_then(retry_after_s) {
        return seconds * 1000 + jitter;
    }
    let doublings = tries.saturating_sub(1).min(6);
    let full = (FIRST_MS << doublings).min(LONGEST_MS);
    full / 2 + full / 2 * jitter / 1000
}

/// How many seconds a server asks to be left alone for, up to an hour; nothing where it does not say, or says 0,
/// which would be no pause at all. A date is not read: the page's clock may be wrong by years.
pub(crate) fn retry_after_s(value: &str) -> Option<u64> {
    let seconds = value.trim().parse::<u64>().ok().filter(|seconds| *seconds > 0);
    seconds.map(|seconds| seconds.min(LONGEST_RETRY_AFTER_S))
}

#[cfg(test)]
mod tests {
    use super::ms;

    #[test]
    fn pauses_double_up_to_a_minute() {
        let full: Vec<u64> = (1..=9).map(|tries| ms(tries, None, 1000)).collect();
        let expect = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000];
        assert_eq!(full, expect);
        assert_eq!(ms(u32::MAX, None, 1000), 60_000);
    }

    #[test]
    fn jitter_takes_off_up_to_half() {
        assert_eq!(ms(3, None, 0), 2_000);
        assert_eq!(ms(3, None, 500), 3_000);
        assert_eq!(ms(3, None, u16::MAX), 4_000);
    }

    #[test]
    fn what_the_server_asks_for_counts_within_reason() {
        assert_eq!(ms(1, Some("30"), 250), 30_250);
        assert_eq!(ms(1, Some("999999999"), 0), 3_600_000);
        assert_eq!(ms(1, Some("0"), 1000), 1_000);
        assert_eq!(ms(1, Some("Fri, 20 Nov 2026 08:00:00 GMT"), 1000), 1_000);
        assert_eq!(ms(1, Some("-5"), 1000), 1_000);
    }
}
