//! Names the usual size of an identity photo by its ratio, for messages such as "this is a 小二寸".
//!
//! No national standard says what "2寸" is; two sizes go by that name and others come close. What a
//! campaign accepts is its own business; here are only the names.

/// A usual size of an identity photo on paper.
///
/// # Example
///
/// ```
/// use nomination_form::files::named_size;
/// let size = named_size(390, 567).unwrap();
/// assert_eq!(size.name, "大一寸");
/// assert_eq!((size.width_mm, size.height_mm), (33, 48));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintSize {
    /// What photo shops call it.
    pub name: &'static str,
    /// Width in millimetres.
    pub width_mm: u32,
    /// Height in millimetres.
    pub height_mm: u32,
}

const fn size(name: &'static str, width_mm: u32, height_mm: u32) -> PrintSize {
    PrintSize { name, width_mm, height_mm }
}

const ONE_INCH: PrintSize = size("1寸", 25, 35);
const SIZES: [PrintSize; 4] = [
    size("2寸", 35, 49),
    size("大二寸", 35, 53),
    size("小二寸", 35, 45),
    // The same size is asked for in passports.
    size("大一寸", 33, 48),
];
/// Half-way between the widths of 1寸 and 2寸 at 300 dots per inch, 295 and 413.
const ONE_INCH_BELOW: u32 = 354;

/// The size on paper whose ratio is nearest to that of a picture of `width` x `height` pixels,
/// `None` where none is within 2 %.
///
/// 1寸 and 2寸 (35 x 49 mm) have one ratio: a picture narrower than 354 pixels is called 1寸.
///
/// # Example
///
/// ```
/// use nomination_form::files::named_size;
/// assert_eq!(named_size(413, 531).map(|size| size.name), Some("小二寸"));
/// assert_eq!(named_size(295, 413).map(|size| size.name), Some("1寸"));
/// assert_eq!(named_size(1000, 1000), None);
/// ```
pub fn named_size(width: u32, height: u32) -> Option<PrintSize> {
    let nearest = SIZES.into_iter().min_by_key(|size| deviation_ppm(*size, width, height))?;
    if height == 0 || deviation_ppm(nearest, width, height) > 20_000 {
        return None;
    }
    let is_one_inch = nearest.width_mm == 35 && nearest.height_mm == 49 && width < ONE_INCH_BELOW;
    Some(if is_one_inch { ONE_INCH } else { nearest })
}

/// How far the picture's ratio is from the size's, in millionths of the latter.
fn deviation_ppm(size: PrintSize, width: u32, height: u32) -> u64 {
    let picture = u64::from(width) * u64::from(size.height_mm);
    let paper = u64::from(height) * u64::from(size.width_mm);
    picture.abs_diff(paper).saturating_mul(1_000_000) / paper.max(1)
}

#[cfg(test)]
mod tests {
    use super::named_size;

    #[track_caller]
    fn check(width: u32, height: u32, expect: Option<&str>) {
        assert_eq!(named_size(width, height).map(|size| size.name), expect);
    }

    #[test]
    fn each_size_at_300_dots_per_inch_is_named() {
        check(413, 579, Some("2寸"));
        check(413, 626, Some("大二寸"));
        check(413, 531, Some("小二寸"));
        check(390, 567, Some("大一寸"));
        check(295, 413, Some("1寸"));
    }

    #[test]
    fn a_high_scan_is_named_by_its_ratio() {
        check(3500, 4900, Some("2寸"));
        check(2500, 3500, Some("2寸"));
    }

    #[test]
    fn two_per_cent_are_allowed_and_no_more() {
        check(1020 * 35, 1000 * 45, Some("小二寸"));
        check(1021 * 35, 1000 * 45, None);
    }

    #[test]
    fn no_size_lies_on_its_side_or_has_no_extent() {
        check(579, 413, None);
        check(0, 0, None);
        check(413, 0, None);
        check(0, 579, None);
        check(u32::MAX, u32::MAX, None);
    }
}
