//! Decimal numbers as people type and read them.

use serde_json::Value;

/// The number that `text` writes: digits, one point at most, a sign before them. No exponent, no
/// `inf`. Up to 15 digits it is the nearest `f64`, as with any parser; what stands behind the
/// nineteenth digit is not looked at.
///
/// By hand, because the parser of the standard library brings ten kilobytes of tables into the page.
///
/// ```
/// use nomination_form::standards::decimal;
///
/// assert_eq!(decimal::parse("-12.50"), Some(-12.5));
/// assert_eq!(decimal::parse(".5"), Some(0.5));
/// assert_eq!(decimal::parse("1.2.3"), None);
/// assert_eq!(decimal::parse("1e5"), None);
/// ```
pub fn parse(text: &str) -> Option<f64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let size = unsigned(digits)?;
    Some(if negative { -size } else { size })
}

/// A figure as JSON writes it without `.0`: `5` for 5.0.
///
/// ```
/// use nomination_form::standards::decimal;
///
/// assert_eq!(decimal::plain(5.0).to_string(), "5");
/// assert_eq!(decimal::plain(0.6).to_string(), "0.6");
/// ```
#[allow(clippy::cast_possible_truncation)] // only whole figures well inside the range are cut
pub fn plain(figure: f64) -> Value {
    if figure.fract() == 0.0 && figure.abs() < 9e15 {
        (figure as i64).into()
    } else {
        figure.into()
    }
}

// Exact up to 2^53, which 15 digits are within; beyond that the nearest is near enough.
#[allow(clippy::cast_precision_loss)]
fn unsigned(text: &[u8]) -> Option<f64> {
    let (mut figure, mut scale) = (0_u64, 0_i32);
    let (mut digits, mut behind_point) = (0_usize, false);
    for byte in text {
        match byte {
            b'.' if !behind_point => behind_point = true,
            b'0'..=b'9' => {
                digits += 1;
                let kept = figure < 1_000_000_000_000_000_000;
                if kept {
                    figure = figure * 10 + u64::from(byte - b'0');
                }
                scale += i32::from(!kept && !behind_point) - i32::from(kept && behind_point);
            }
            _ => return None,
        }
    }
    let power = power_of_ten(scale.unsigned_abs());
    (digits > 0).then(|| if scale < 0 { figure as f64 / power } else { figure as f64 * power })
}

/// Exact up to 10^22.
fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent.min(400)).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_standard_library_reads() {
        for text in [
            "0",
            "-0",
            "+7",
            "007.50",
            "0.1",
            "0.3",
            "99.9",
            "123456789012345",
            "1234.56789",
            "5.",
            ".5",
            "0.000001",
            "9007199254740992",
            "100000000000000000000000",
        ] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "-", "+-1", "1-", "1 ", "..", "1e2", "inf", "NaN", "１"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn long_numbers_are_bounded() {
        assert_eq!(parse(&"9".repeat(100_000)), Some(f64::INFINITY));
        let third = parse(&format!("0.{}", "3".repeat(100_000))).unwrap();
        assert!((third - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(parse(&format!("0.{}1", "0".repeat(100_000))), Some(0.0));
    }
}
