//! Names that nobody else has.

use std::fmt::Write;

/// A new random id, in the form of a version 4 UUID.
///
/// `crypto.randomUUID` is younger than Chromium 79 and wants a secure context; random bytes do not.
pub fn new_id() -> String {
    let mut bytes = [0u8; 16];
    let random = web_sys::window().and_then(|window| window.crypto().ok());
    let filled =
        random.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 255
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    bytes.iter().enumerate().fold(String::with_capacity(36), |mut id, (i, byte)| {
        if matches!(i, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        let _ = write!(id, "{byte:02x}");
        id
    })
}
