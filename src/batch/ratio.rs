//! Figures of a notice times a number, exactly. `0.29 × 100` is 29, whatever binary fractions say.

/// Parts of one that are told apart; a notice says 15 %, seldom 12.5 %.
const ONE: u128 = 1_000_000_000_000;
const PLACES: usize = 12;

/// A ratio as it is written in a campaign file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio(u128);

impl Ratio {
    /// A ratio of 0 or more, to twelve places.
    pub(super) fn of(ratio: f64) -> Self {
        let digits: String =
            format!("{ratio:.PLACES$}").chars().filter(char::is_ascii_digit).collect();
        Self(digits.parse().unwrap_or_default())
    }

    /// Rounded down: what "at most" leaves.
    pub(super) fn floor(self, of: u64) -> u64 {
        whole(self.0.saturating_mul(of.into()) / ONE)
    }

    /// Rounded up: what "at least" asks.
    pub(super) fn ceil(self, of: u64) -> u64 {
        whole(self.0.saturating_mul(of.into()).div_ceil(ONE))
    }

    /// The nearest whole number, from the half on the next above.
    pub(super) fn nearest(self, of: u64) -> u64 {
        whole(self.0.saturating_mul(of.into()).saturating_add(ONE / 2) / ONE)
    }

    /// As a notice writes it: `15%`, `12.5%`.
    pub(super) fn percent(self) -> String {
        let (whole, parts) = (self.0 * 100 / ONE, self.0 * 100 % ONE);
        let decimals = format!("{parts:0PLACES$}");
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() { format!("{whole}%") } else { format!("{whole}.{decimals}%") }
    }
}

fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_notices_are_exact() {
        for (ratio, of, floor, nearest, ceil) in [
            (1.2, 50, 60, 60, 60),
            (1.2, 100, 120, 120, 120),
            (1.2, 30, 36, 36, 36),
            (0.15, 10, 1, 2, 2),
            (0.15, 6, 0, 1, 1),
            (0.15, 7, 1, 1, 2),
            (0.15, 20, 3, 3, 3),
            (0.25, 10, 2, 3, 3),
            (0.29, 100, 29, 29, 29),
            (0.07, 100, 7, 7, 7),
            (0.1 + 0.2, 10, 3, 3, 3),
            (1.0, u64::from(u32::MAX), 4_294_967_295, 4_294_967_295, 4_294_967_295),
            (100.0, u64::MAX, u64::MAX, u64::MAX, u64::MAX),
            (0.6, 0, 0, 0, 0),
        ] {
            let ratio = Ratio::of(ratio);
            let found = (ratio.floor(of), ratio.nearest(of), ratio.ceil(of));
            assert_eq!(found, (floor, nearest, ceil), "{ratio:?} of {of}");
        }
    }

    #[test]
    fn a_percentage_reads_as_in_a_notice() {
        for (ratio, percent) in
            [(0.15, "15%"), (1.2, "120%"), (0.125, "12.5%"), (0.005, "0.5%"), (0.0, "0%")]
        {
            assert_eq!(Ratio::of(ratio).percent(), percent);
        }
    }
}
