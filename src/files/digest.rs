//! SHA-256 as it is written in a submission: 64 lower-case hexadecimal digits.

use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes`, FIPS 180-4, as 64 lower-case hexadecimal digits.
///
/// For what is in memory anyway; a file is read through [`Reader`](super::Reader), which hashes on
/// the way.
///
/// # Example
///
/// ```
/// use nomination_form::files::sha256_hex;
/// assert!(sha256_hex(b"abc").starts_with("ba7816bf8f01cfea"));
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Two lower-case digits for each byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::sha256_hex;

    #[test]
    fn agrees_with_the_vectors_of_the_standard() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), abc);
    }
}
