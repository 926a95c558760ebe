//! The one EXIF entry we need: which way up the picture is (tag 0x0112 of the first directory).

/// Most bytes of EXIF data ever kept; a JPEG segment cannot hold more.
pub(super) const MAX_BYTES: usize = 65_535;

/// Orientation 1 to 8 from TIFF-structured EXIF data, `None` where it is not told or nonsense.
///
/// Tag and values: EXIF 2.32 section 4.6.4 (the same as TIFF 6.0).
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let order = match tiff.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let directory = usize::try_from(order.long(tiff, 4)?).ok()?;
    let count = usize::from(order.short(tiff, directory)?);
    let entries = tiff.get(directory.checked_add(2)?..)?.chunks_exact(12).take(count);
    let entry = entries.into_iter().find(|entry| order.short(entry, 0) == Some(0x0112))?;
    // Type 3 is SHORT; its value sits in the first two of the four value bytes in either order.
    let value = (order.short(entry, 2)? == 3).then(|| order.short(entry, 8))??;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(two),
            Self::Big => u16::from_be_bytes(two),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::tiff;
    use super::orientation;

    #[test]
    fn both_byte_orders_are_read() {
        for value in 1..=8 {
            assert_eq!(orientation(&tiff(value, true)), Some(value));
            assert_eq!(orientation(&tiff(value, false)), Some(value));
        }
    }

    #[test]
    fn a_value_outside_the_standard_is_not_told() {
        assert_eq!(orientation(&tiff(0, true)), None);
        assert_eq!(orientation(&tiff(9, false)), None);
    }

    #[test]
    fn a_directory_beyond_the_data_is_not_told() {
        let mut data = tiff(6, true);
        data[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(orientation(&data), None);
        assert_eq!(orientation(&tiff(6, true)[..14]), None);
    }
}
